//! `cargo xtask release`: what a school downloads, put together under target/release-bundle and looked at once.
//!
//! The program carries its pages, presets and tables inside, so the bundle is one file with its papers. It is started from
//! an empty folder with an empty environment before it counts as good. Nothing is signed, uploaded or tagged here.

use crate::errand::{House, Stop, must, output};
use crate::setup;
use std::fs;
use std::path::Path;

/// Larger than this and something was packed that does not belong (performance.md).
const BINARY_MB_MAX: f64 = 40.0;
/// What lies beside the program.
const PAPERS: [&str; 5] =
    ["LICENSE", "README.md", "README.zh-CN.md", "docs/operating.md", "docs/security.md"];

/// Builds, strips, gathers, checks and packs.
pub fn run(house: &House, options: &[String]) -> Result<(), Stop> {
    if let Some(option) = options.first() {
        return Err(Stop::WrongUse(format!("release does not know “{option}”; it takes no options")));
    }
    println!("==> 1/3 build: on two cores about a quarter of an hour the first time");
    setup::for_building(house)?;
    must(house.cargo().args(["build", "--locked", "--release", "--package", "huiyin"]))?;

    println!("==> 2/3 bundle");
    let all = house.target().join("release-bundle");
    let version = version(house)?;
    let name = format!("huiyin-{version}-{}", target(house)?);
    let bundle = all.join(&name);
    fs::remove_dir_all(&bundle).ok();
    fs::create_dir_all(bundle.join("docs")).map_err(about(&bundle))?;
    let program = bundle.join("huiyin");
    // Debian's binutils come with every linker.
    let mut strip = house.program("strip");
    must(strip.arg("--strip-all").arg("-o").arg(&program).arg(house.target().join("release/huiyin")))?;
    for paper in PAPERS {
        fs::copy(house.at(paper), bundle.join(paper)).map_err(about(&house.at(paper)))?;
    }
    let bytes = fs::metadata(&program).map_err(about(&program))?.len();
    let megabytes = bytes as f64 / 1_000_000.0;
    if megabytes > BINARY_MB_MAX {
        return Err(Stop::Failed(format!(
            "the program has {megabytes:.1} MB and may have {BINARY_MB_MAX:.0}: see what was packed into it"
        )));
    }

    println!("==> 3/3 a look at it, then checksums and archive");
    starts_alone(house, &program, &version)?;
    let sums = output(house.program("sha256sum").arg("huiyin").args(PAPERS).current_dir(&bundle))?;
    fs::write(bundle.join("SHA256SUMS"), sums).map_err(about(&bundle))?;
    let archive = format!("{name}.tar.gz");
    let committed = output(house.program("git").args(["log", "-1", "--format=%ct"]))?;
    // The same commit gives the same archive: names in order, nobody's account, the commit's time.
    must(
        house
            .program("tar")
            .current_dir(&all)
            .args(["--sort=name", "--owner=0", "--group=0", "--numeric-owner"])
            .arg(format!("--mtime=@{}", committed.trim()))
            .args(["-czf", &archive, &name]),
    )?;
    let sum = output(house.program("sha256sum").arg(&archive).current_dir(&all))?;
    fs::write(all.join(format!("{archive}.sha256")), &sum).map_err(about(&all))?;
    let packed = fs::metadata(all.join(&archive)).map_err(about(&all))?.len();
    println!(
        "huiyin {version}: {megabytes:.1} MB of {BINARY_MB_MAX:.0} allowed, {:.1} MB packed\n{}\n{}",
        packed as f64 / 1_000_000.0,
        all.join(&archive).display(),
        sum.trim_end()
    );
    Ok(())
}

/// From an empty folder, with an empty environment: nothing of the house may be needed.
fn starts_alone(house: &House, program: &Path, version: &str) -> Result<(), Stop> {
    let folder = house.target().join("release-bundle/empty");
    fs::create_dir_all(&folder).map_err(about(&folder))?;
    let says = |words: &[&str]| output(house.program(program).current_dir(&folder).env_clear().args(words));
    let greeting = says(&["--version"])?;
    if greeting.trim() != format!("huiyin {version}") {
        return Err(Stop::Failed(format!("the program calls itself “{}”", greeting.trim())));
    }
    if !says(&["preset", "explain", "campus"])?.contains("工作日") {
        return Err(Stop::Failed("the program does not carry its presets".into()));
    }
    fs::remove_dir(&folder).map_err(about(&folder))?;
    Ok(())
}

fn version(house: &House) -> Result<String, Stop> {
    let told = output(house.cargo().args(["pkgid", "--package", "huiyin"]))?;
    let version = told.trim().rsplit(['#', '@']).next().unwrap_or_default();
    Ok(version.to_owned())
}

fn target(house: &House) -> Result<String, Stop> {
    let told = output(house.program("rustc").arg("-vV"))?;
    let host = told.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned).ok_or_else(|| Stop::Failed("rustc does not say what it builds for".into()))
}

fn about(path: &Path) -> impl Fn(std::io::Error) -> Stop {
    move |cause| Stop::Failed(format!("{}: {cause}", path.display()))
}
