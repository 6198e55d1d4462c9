//! Errands around the house: the checks, the demo, the benchmarks. Run as `cargo xtask NAME`.
//!
//! Imports none of our crates and nobody imports it; without the feature `bench` it depends on nothing,
//! so that a fresh clone reaches its first line of output within seconds.

#[cfg(feature = "bench")]
mod bench;
mod benchmarks;
mod ci;
mod cluster;
mod demo;
mod deny;
mod edit;
mod errand;
mod release;
mod setup;
mod spdx;

use errand::House;
use std::process::ExitCode;

const HELP: &str = "cargo xtask ERRAND

  ci     [--only STEP]… [--skip STEP]… [--keep-going] [--list]
         every check of the house, on a machine with Rust, Node and apt; installs what is missing
  tidy   only the house rules (one writer per table, file lengths, names, golden papers of the floors)
  postgres -- PROGRAM [ARGUMENT]…
         runs a program, such as `cargo test -p huiyin-cases`, beside a PostgreSQL cluster that lives as long as it does
  demo   [--listen 127.0.0.1:8080] [--seed N] [--data DIR]
         sets everything up, builds and runs a seeded school; the options go to `huiyin demo`
  release
         the stripped program with its papers and checksums under target/release-bundle, held against its 40 MB
  bench  [--cases N] [--grown N] [--only start|queue|case|pages|finding|submit]… [--rounds N] [--seconds N] [--write]
         yardsticks and figures of the release build, once more at a larger school if asked; --write puts them into
         docs/benchmarks.md
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (errand, rest) = match arguments.split_first() {
        Some((errand, rest)) => (errand.as_str(), rest),
        None => ("--help", &[][..]),
    };
    let house = House::here();
    let done = match errand {
        "ci" => ci::run(&house, rest),
        "tidy" => ci::run(&house, &["--only".into(), "tidy".into()]),
        "postgres" => cluster::run(&house, rest),
        "demo" => demo::run(&house, rest),
        "release" => release::run(&house, rest),
        "bench" => benchmarks::run(&house, rest),
        "help" | "--help" | "-h" => {
            print!("{HELP}");
            return ExitCode::SUCCESS;
        }
        other => {
            eprint!("xtask: there is no errand “{other}”.\n\n{HELP}");
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(errand::Stop::Failed(why)) => {
            eprintln!("xtask: {why}");
            ExitCode::from(1)
        }
        Err(errand::Stop::WrongUse(why)) => {
            eprintln!("xtask: {why}");
            ExitCode::from(2)
        }
    }
}
