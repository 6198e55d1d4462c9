//! `cargo xtask demo`: from a fresh clone to a running, seeded school in one command.
//!
//! Builds with the profile that tests use: it compiles in a third of the time of a release build,
//! and what would crawl unoptimised (passwords, pictures, SQLite) is optimised there too.

use crate::errand::{House, Stop, must, said};
use crate::setup;
use std::os::unix::process::CommandExt;
use std::time::Instant;

/// Sets up, builds, and becomes `huiyin demo` with the options given.
pub fn run(house: &House, options: &[String]) -> Result<(), Stop> {
    let started = Instant::now();
    println!("==> 1/3 set-up: what the pages are built with");
    setup::for_building(house)?;
    println!("==> 2/3 build: on two cores about five minutes the first time, seconds afterwards");
    must(house.cargo().args(["build", "--locked", "--package", "huiyin"]))?;
    println!(
        "==> 3/3 demo: {} since the start; the address follows, Ctrl-C ends it",
        said(started.elapsed())
    );
    // The school takes this process's place, so that Ctrl-C and its exit code reach it as they are.
    let mut school = house.program(house.target().join("debug/huiyin"));
    let why = school.env("HUIYIN_ROOT", &house.root).arg("demo").args(options).exec();
    Err(Stop::Failed(format!("huiyin did not start: {why}")))
}
