//! `cargo xtask bench`: what the release build does, held against what the machine can do at the same minute.
//!
//! Prints load average, rounds, median, spread and the ratio to the yardstick of every figure; `--write` makes
//! docs/benchmarks.md of them. Never part of the checks: a shared machine says little in one run.

mod browser;
mod figures;
mod form;
mod loops;
mod report;
mod scenarios;
mod school;
mod server;
mod yardsticks;

use crate::errand::{House, Stop};
use browser::Browser;
use figures::Figure;
use loops::Pace;
use scenarios::Yardsticks;
use school::School;
use server::Server;
use std::time::Duration;

/// What was asked for.
struct Wish {
    cases: u64,
    only: Vec<String>,
    pace: Pace,
    writes: bool,
    serve_hello: Option<std::net::SocketAddr>,
}

/// Measures and prints; writes the page when asked.
pub fn run(house: &House, arguments: &[String]) -> Result<(), Stop> {
    let wish = Wish::read(arguments)?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|e| format!("tokio: {e}"))?;
    if let Some(address) = wish.serve_hello {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .build()
            .map_err(|e| format!("tokio: {e}"))?;
        return Ok(runtime.block_on(yardsticks::serve_hello(address))?);
    }
    runtime.block_on(measure(house, &wish))
}

async fn measure(house: &House, wish: &Wish) -> Result<(), Stop> {
    let folder = house.target().join("bench");
    std::fs::create_dir_all(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;

    println!("==> yardsticks");
    let mut yardsticks = vec![shown(yardsticks::hello(wish.pace).await?)];
    for rows in [1, 32] {
        yardsticks.push(shown(yardsticks::commit(&folder, rows, wish.pace)?));
    }
    let held = Yardsticks { hello: yardsticks[0].median, commit_32: yardsticks[2].median };

    println!("==> the school with {} cases", wish.cases);
    let (school, rate) = School::prepare(house, &folder, wish.cases).await?;
    let imported = Figure::of("import through the ordinary command path", "cases/s", vec![rate]);
    let mut figures = vec![shown(imported.within("≥ 5,000 cases/s", rate >= 5_000.0))];
    if wish.wants("start") {
        figures.extend(scenarios::start(&school, wish.pace).await?.into_iter().map(shown));
    }
    let server = school.open("/").await?;
    if wish.wants("queue") {
        figures.extend(scenarios::queue(&server, wish.pace, &held).await?.into_iter().map(shown));
    }
    if wish.wants("case") {
        figures.extend(scenarios::case(&server, wish.pace, &held).await?.into_iter().map(shown));
    }
    if wish.wants("submit") {
        figures.extend(scenarios::submit(&server, wish.pace, &held).await?.into_iter().map(shown));
    }
    drop(server);
    let verified = school.verify()?.as_secs_f64();
    figures.push(shown(Figure::of("verify: every record refolded", "s", vec![verified])));

    if wish.writes {
        let about = format!("{} cases, SQLite, {}.", wish.cases, machine());
        report::write(house, "cargo xtask bench --write", &about, &yardsticks, &figures)?;
    }
    Ok(())
}

fn shown(figure: Figure) -> Figure {
    println!("{}", figure.line());
    figure
}

fn machine() -> String {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let about = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = about.lines().find_map(|line| line.strip_prefix("model name")?.split(": ").nth(1));
    format!("{cores} cores shared with the client ({})", model.unwrap_or("processor unknown").trim())
}

impl Wish {
    fn wants(&self, name: &str) -> bool {
        self.only.is_empty() || self.only.iter().any(|wanted| wanted == name)
    }

    fn read(arguments: &[String]) -> Result<Wish, Stop> {
        let pace = Pace { rounds: 3, round: Duration::from_secs(4) };
        let mut wish = Wish { cases: 20_000, only: Vec::new(), pace, writes: false, serve_hello: None };
        let mut rest = arguments.iter();
        while let Some(argument) = rest.next() {
            let mut value = || rest.next().ok_or_else(|| Stop::WrongUse(format!("{argument} wants a value")));
            let wrong = |value: &str| Stop::WrongUse(format!("{argument} does not take “{value}”"));
            match argument.as_str() {
                "--write" => wish.writes = true,
                "--only" => wish.only.push(value()?.clone()),
                "--cases" => wish.cases = value().and_then(|v| v.parse().map_err(|_| wrong(v)))?,
                "--rounds" => wish.pace.rounds = value().and_then(|v| v.parse().map_err(|_| wrong(v)))?,
                "--seconds" => {
                    wish.pace.round =
                        value().and_then(|v| v.parse().map(Duration::from_secs).map_err(|_| wrong(v)))?;
                }
                "--serve-hello" => {}
                "--listen" => wish.serve_hello = Some(value().and_then(|v| v.parse().map_err(|_| wrong(v)))?),
                other => return Err(Stop::WrongUse(format!("bench does not know “{other}”"))),
            }
        }
        Ok(wish)
    }
}
