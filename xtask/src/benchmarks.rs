//! `cargo xtask bench`: builds the release program and this errand once more with the feature `bench`, then measures.
//!
//! The everyday errand carries no client and no drivers; this small door calls the one that does.

use crate::errand::{House, Stop};

/// Measures, or builds the errand that can.
#[cfg(feature = "bench")]
pub fn run(house: &House, options: &[String]) -> Result<(), Stop> {
    crate::bench::run(house, options)
}

/// Measures, or builds the errand that can.
#[cfg(not(feature = "bench"))]
pub fn run(house: &House, options: &[String]) -> Result<(), Stop> {
    use crate::errand::must;
    println!("==> building the release program; on two cores this takes a quarter of an hour the first time");
    // Both in one build: what they share is compiled once.
    let packages = ["--package", "huiyin", "--package", "xtask", "--features", "xtask/bench"];
    must(house.cargo().args(["build", "--locked", "--release"]).args(packages))?;
    must(house.program(house.target().join("release/xtask")).arg("bench").args(options))?;
    Ok(())
}
