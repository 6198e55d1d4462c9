//! Set-up: what the checks and the demo need beyond Rust, installed from Debian's and npm's packages by name.
//!
//! Looks first and installs only what is missing, so a machine that has everything is left alone
//! and needs neither root nor the network.

use crate::errand::{House, answers, must, on_path, output};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// Everything `ci` needs.
pub fn everything(house: &House) -> Result<(), String> {
    let mut missing = Vec::new();
    if postgres_programs().is_none() {
        missing.push("postgresql");
    }
    if chromium().is_none() {
        missing.push("chromium");
    }
    if !has_chinese_font(house) {
        missing.extend(["fontconfig", "fonts-noto-cjk"]);
    }
    missing.extend(mail_servers(house));
    if on_path("pdftotext").is_none() {
        missing.push("poppler-utils");
    }
    missing.extend(node_packages());
    install(house, &missing)?;
    rust_components(house)?;
    npm(house, "frontend")?;
    npm(house, "e2e")
}

/// What the program itself is built with: less than the checks need.
pub fn for_building(house: &House) -> Result<(), String> {
    install(house, &node_packages())?;
    npm(house, "frontend")
}

/// The folder of PostgreSQL's own programs: the newest of Debian's, else where `initdb` is on PATH.
pub fn postgres_programs() -> Option<PathBuf> {
    let debian = std::fs::read_dir("/usr/lib/postgresql").ok().into_iter().flatten().flatten();
    let mut versions: Vec<(u32, PathBuf)> = debian
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin"))))
        .filter(|(_, bin)| bin.join("initdb").is_file() && bin.join("postgres").is_file())
        .collect();
    versions.sort();
    versions.pop().map(|(_, bin)| bin).or_else(|| {
        let initdb = on_path("initdb")?.canonicalize().ok()?;
        initdb.parent().filter(|bin| bin.join("postgres").is_file()).map(PathBuf::from)
    })
}

fn chromium() -> Option<PathBuf> {
    std::env::var_os("HUIYIN_CHROMIUM")
        .map(PathBuf::from)
        .filter(|file| file.is_file())
        .or_else(|| on_path("chromium"))
}

fn has_chinese_font(house: &House) -> bool {
    output(house.program("fc-list").args([":lang=zh-cn", "family"])).is_ok_and(|list| !list.trim().is_empty())
}

/// The servers that the tests of mail talk to, each started by its test on loopback.
fn mail_servers(house: &House) -> Vec<&'static str> {
    let has_smtp = answers(house.program("/usr/bin/python3").args(["-c", "import aiosmtpd"]));
    let has_imap = Path::new("/usr/sbin/dovecot").is_file() && Path::new("/usr/lib/dovecot/imap").is_file();
    let servers = [(has_smtp, "python3-aiosmtpd"), (has_imap, "dovecot-imapd")];
    servers.into_iter().filter(|(is_there, _)| !is_there).map(|(_, package)| package).collect()
}

fn node_packages() -> Vec<&'static str> {
    [("node", "nodejs"), ("npm", "npm")]
        .into_iter()
        .filter(|(program, _)| on_path(program).is_none())
        .map(|(_, package)| package)
        .collect()
}

fn install(house: &House, packages: &[&str]) -> Result<(), String> {
    if packages.is_empty() {
        return Ok(());
    }
    let list = packages.join(" ");
    let by_hand = format!("missing: {list}. Install them as root: apt-get install {list}");
    if on_path("apt-get").is_none() {
        return Err(format!(
            "missing: {list}, and this machine has no apt-get; install them by its own means"
        ));
    }
    let is_root = output(house.program("id").arg("-u")).is_ok_and(|id| id.trim() == "0");
    let apt = |arguments: &[&str]| {
        let mut call = if is_root {
            house.program("apt-get")
        } else {
            let mut sudo = house.program("sudo");
            sudo.args(["-n", "apt-get"]);
            sudo
        };
        call.env("DEBIAN_FRONTEND", "noninteractive").args(arguments);
        call
    };
    if !is_root && !answers(house.program("sudo").args(["-n", "true"])) {
        return Err(by_hand);
    }
    must(&mut apt(&["update", "-q"]))?;
    must(apt(&["install", "-q", "-y", "--no-install-recommends"]).args(packages))
        .map_err(|why| format!("{why}; {by_hand}"))
}

fn rust_components(house: &House) -> Result<(), String> {
    for (component, check) in [("rustfmt", "fmt"), ("clippy", "clippy")] {
        if answers(house.cargo().args([check, "--version"])) {
            continue;
        }
        must(house.program("rustup").args(["component", "add", component])).map_err(|why| {
            format!("{why}; this toolchain has no {component}: install it where a network is, or skip the step with --skip {check}")
        })?;
    }
    Ok(())
}

/// `npm ci` in one folder, unless what is installed there is at least as new as the lockfile.
fn npm(house: &House, folder: &str) -> Result<(), String> {
    let changed = |file: PathBuf| -> Option<SystemTime> { file.metadata().and_then(|is| is.modified()).ok() };
    let folder = house.at(folder);
    let Some(locked) = changed(folder.join("package-lock.json")) else { return Ok(()) };
    if changed(folder.join("node_modules/.package-lock.json")).is_some_and(|installed| installed >= locked) {
        return Ok(());
    }
    println!("    in {}", folder.display());
    let call = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
    must(house.program("npm").args(call).current_dir(&folder))
}
