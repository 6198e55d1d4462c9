//! Bundles the sheets, the script and the icons (`frontend/build.mjs`) and hands them to `web/assets.rs`.
//!
//! Runs Node only when the bundle in `frontend/dist` is missing or older than what it is made from; installs the few
//! packages of `frontend/package-lock.json` first when they are missing.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

const BUNDLE: [&str; 4] = ["hy.css", "hy.js", "icons.svg", "favicon.svg"];

/// Brings the bundle up to date and copies it to where `include_bytes!` finds it.
pub fn bundle() -> Result<(), String> {
    let crate_dir = PathBuf::from(env("CARGO_MANIFEST_DIR")?);
    let root = crate_dir.ancestors().nth(2).ok_or("the crate does not stand in crates/")?.to_path_buf();
    let frontend = root.join("frontend");
    let sources = sources(&root, &frontend)?;
    for source in &sources {
        println!("cargo::rerun-if-changed={}", source.display());
    }
    let dist = frontend.join("dist");
    let newest = sources.iter().filter_map(|file| changed(file)).max();
    let is_fresh = BUNDLE.iter().all(|name| changed(&dist.join(name)) >= newest);
    if !is_fresh {
        if !frontend.join("node_modules/esbuild").exists() {
            run("npm", &["ci", "--no-audit", "--no-fund"], &frontend)?;
        }
        run("node", &["build.mjs"], &frontend)?;
    }
    let out = PathBuf::from(env("OUT_DIR")?);
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for name in BUNDLE {
        let bytes = fs::read(dist.join(name)).map_err(|error| format!("frontend/dist/{name}: {error}"))?;
        // FNV-1a: names a version of the bundle in its addresses, nothing more.
        for byte in &bytes {
            hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
        fs::write(out.join(name), bytes).map_err(|error| format!("{name}: {error}"))?;
    }
    println!("cargo::rustc-env=HUIYIN_ASSETS_HASH={hash:016x}");
    Ok(())
}

/// Everything the bundle is made from. New sheets are found through `order.txt`, which must name them.
fn sources(root: &Path, frontend: &Path) -> Result<Vec<PathBuf>, String> {
    let crates = root.join("crates");
    let order = crates.join("huiyin-foundation/src/web/styles/order.txt");
    let text = fs::read_to_string(&order).map_err(|error| format!("order.txt: {error}"))?;
    let sheets = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let mut sources: Vec<PathBuf> = sheets.map(|sheet| crates.join(sheet)).collect();
    sources.push(order);
    for name in ["build.mjs", "floor.mjs", "icons.txt", "favicon.svg", "package-lock.json"] {
        sources.push(frontend.join(name));
    }
    let scripts = fs::read_dir(frontend.join("src")).map_err(|error| format!("frontend/src: {error}"))?;
    sources.extend(scripts.flatten().map(|entry| entry.path()));
    Ok(sources)
}

fn changed(file: &Path) -> Option<SystemTime> {
    fs::metadata(file).and_then(|about| about.modified()).ok()
}

fn run(program: &str, arguments: &[&str], folder: &Path) -> Result<(), String> {
    let output = Command::new(program).args(arguments).current_dir(folder).output().map_err(|error| {
        format!("{program} could not be started ({error}); install Node.js 18 or newer, or build frontend/dist elsewhere and copy it here")
    })?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let said: Vec<&str> =
        said.lines().filter(|line| !line.trim().is_empty() && !line.starts_with("npm warn")).collect();
    Err(format!("`{program} {}` in frontend/ failed: {}", arguments.join(" "), said.join(" / ")))
}

fn env(name: &str) -> Result<String, String> {
    std::env::var(name).map_err(|_| format!("{name} is not set; build with cargo"))
}
