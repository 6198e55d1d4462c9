//! `cargo xtask ci`: the whole list of checks, the same for a person and for the build server.
//!
//! Each step says what it does and how long it took; the first failing one is named and ends the run
//! (`--keep-going` runs the rest all the same). Nothing is timed against a fixed limit: machines differ.

use crate::cluster::Cluster;
use crate::errand::{House, Stop, answers, must, on_path, said};
use crate::{deny, edit, setup};
use std::time::{Duration, Instant};

/// What a step may want to say in the summary.
type Done = Result<Option<String>, String>;

struct Step {
    name: &'static str,
    says: &'static str,
    run: fn(&House) -> Done,
}

/// In the order of how soon they can say no.
const STEPS: &[Step] = &[
    Step {
        name: "setup",
        says: "install what is missing",
        run: |house| setup::everything(house).map(|()| None),
    },
    Step { name: "fmt", says: "the code is formatted", run: fmt },
    Step { name: "clippy", says: "no warning in any crate, test or errand", run: clippy },
    Step { name: "deny", says: "licences and doubled crates are the accepted ones", run: deny::run },
    Step { name: "docs", says: "the documentation builds without a warning", run: docs },
    Step { name: "doctests", says: "the examples in the documentation hold", run: doctests },
    Step { name: "tidy", says: "the house rules hold", run: tidy },
    Step { name: "sqlite", says: "all tests, on SQLite", run: sqlite },
    Step { name: "postgres", says: "the tests that touch the database, on PostgreSQL", run: postgres },
    Step { name: "journeys", says: "what people do, in a real browser", run: journeys },
    Step { name: "edit", says: "edit a handler, build its tests: how long a person waits", run: edit::run },
];

/// The crates whose tests touch the database.
const WITH_DATABASE: [&str; 5] =
    ["huiyin-foundation", "huiyin-people", "huiyin-cases", "huiyin-reports", "huiyin"];

/// Runs the steps that were asked for.
pub fn run(house: &House, arguments: &[String]) -> Result<(), Stop> {
    let wish = Wish::read(arguments)?;
    let steps: Vec<&Step> = STEPS.iter().filter(|step| wish.wants(step.name)).collect();
    if wish.list {
        for step in steps {
            println!("{:10} {}", step.name, step.says);
        }
        return Ok(());
    }

    let started = Instant::now();
    let mut summary: Vec<(&Step, Duration, Done)> = Vec::new();
    for (at, step) in steps.iter().enumerate() {
        println!("\n==> {}/{} {}: {}", at + 1, steps.len(), step.name, step.says);
        let began = Instant::now();
        let done = (step.run)(house);
        if let Err(why) = &done {
            println!("    {why}");
        }
        let is_over = done.is_err() && !wish.keeps_going;
        summary.push((step, began.elapsed(), done));
        if is_over {
            break;
        }
    }

    println!("\n==> summary");
    for (step, time, done) in &summary {
        let (mark, note) = match done {
            Ok(note) => ("ok    ", note.as_deref().unwrap_or("")),
            Err(why) => ("FAILED", why.as_str()),
        };
        println!("    {mark} {:10} {:>12}  {note}", step.name, said(*time));
    }
    println!("    in all            {:>12}", said(started.elapsed()));
    let failed: Vec<&str> =
        summary.iter().filter(|(_, _, done)| done.is_err()).map(|(s, _, _)| s.name).collect();
    let left_out = STEPS.len() - summary.len();
    println!("\nsteps: {} passed, {} failed, {left_out} skipped", summary.len() - failed.len(), failed.len());
    if failed.is_empty() { Ok(()) } else { Err(Stop::Failed(format!("failed: {}", failed.join(", ")))) }
}

#[derive(Default)]
struct Wish {
    only: Vec<String>,
    skip: Vec<String>,
    keeps_going: bool,
    list: bool,
}

impl Wish {
    fn read(arguments: &[String]) -> Result<Wish, Stop> {
        let mut wish = Wish::default();
        let mut rest = arguments.iter();
        while let Some(argument) = rest.next() {
            match argument.as_str() {
                "--keep-going" => wish.keeps_going = true,
                "--list" => wish.list = true,
                "--only" | "--skip" => {
                    let known = STEPS.iter().map(|step| step.name).collect::<Vec<_>>();
                    let step =
                        rest.next().filter(|step| known.contains(&step.as_str())).ok_or_else(|| {
                            Stop::WrongUse(format!("{argument} wants one of: {}", known.join(", ")))
                        })?;
                    if argument == "--only" { &mut wish.only } else { &mut wish.skip }.push(step.clone());
                }
                other => return Err(Stop::WrongUse(format!("ci does not know “{other}”"))),
            }
        }
        Ok(wish)
    }

    fn wants(&self, name: &str) -> bool {
        let is_named = |list: &[String]| list.iter().any(|step| step == name);
        (self.only.is_empty() || is_named(&self.only)) && !is_named(&self.skip)
    }
}

fn fmt(house: &House) -> Done {
    must(house.cargo().args(["fmt", "--all", "--check"])).map(|()| None)
}

fn clippy(house: &House) -> Done {
    let call = ["clippy", "--locked", "--workspace", "--all-targets", "--features", "xtask/bench"];
    must(house.cargo().args(call).args(["--", "-D", "warnings"])).map(|()| None)
}

fn docs(house: &House) -> Done {
    // Private items are documented too, since the only readers are those who change them; links to them are fine.
    let flags = "-D warnings -A rustdoc::private_intra_doc_links";
    let call = ["doc", "--locked", "--no-deps", "--workspace", "--document-private-items"];
    must(house.cargo().env("RUSTDOCFLAGS", flags).args(call)).map(|()| None)
}

fn doctests(house: &House) -> Done {
    must(house.cargo().args(["test", "--locked", "--quiet", "--workspace", "--doc"])).map(|()| None)
}

fn tidy(house: &House) -> Done {
    // --workspace keeps the feature set of the other tests, so that nothing is built twice; only this one binary runs.
    let call = ["test", "--locked", "--workspace", "--test", "tidy", "--", "--show-output"];
    must(house.cargo().args(call)).map(|()| None)
}

fn sqlite(house: &House) -> Done {
    let mut call = house.cargo();
    call.env_remove("HUIYIN_TEST_DATABASE_URL");
    if has_nextest(house) {
        call.args(["nextest", "run", "--locked", "--workspace", "--profile", "ci"]);
        call.args(["-E", "not binary(tidy)"]);
    } else {
        call.args(["test", "--locked", "--workspace", "--no-fail-fast", "--lib", "--bins", "--tests"]);
    }
    must(&mut call).map(|()| None)
}

fn postgres(house: &House) -> Done {
    let cluster = Cluster::start()?;
    println!("    PostgreSQL listens on {}", cluster.address());
    let mut call = house.cargo();
    call.env("HUIYIN_TEST_DATABASE_URL", cluster.url());
    if has_nextest(house) {
        let ours = WITH_DATABASE.map(|name| format!("package(={name})")).join(" + ");
        call.args(["nextest", "run", "--locked", "--workspace", "--profile", "ci"]);
        call.args(["-E", &format!("({ours}) - binary(tidy)")]);
    } else {
        call.args(["test", "--locked", "--no-fail-fast", "--lib", "--bins", "--tests"]);
        call.args(WITH_DATABASE.map(|name| format!("--package={name}")));
    }
    let done = must(&mut call);
    if done.is_err() {
        cluster.print_log();
    }
    done.map(|()| Some(cluster.version()))
}

fn journeys(house: &House) -> Done {
    // The program as the tests built it: another selection of packages would build the libraries a second time.
    must(house.cargo().args(["test", "--locked", "--workspace", "--no-run"]))?;
    must(house.program("node").arg("e2e/run.mjs").env("HUIYIN_BINARY", house.target().join("debug/huiyin")))
        .map(|()| Some("pictures in target/e2e/".into()))
}

fn has_nextest(house: &House) -> bool {
    on_path("cargo-nextest").is_some() && answers(house.cargo().args(["nextest", "--version"]))
}
