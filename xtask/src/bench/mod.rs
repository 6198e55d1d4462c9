//! `cargo xtask bench`: what the release build does, held against what the machine can do at the same minute.
//!
//! Prints load average, rounds, median, spread and the ratio to the yardstick of every figure; `--write` makes
//! docs/benchmarks.md of them. Never part of the checks: a shared machine says little in one run.

mod browser;
mod figures;
mod finding;
mod form;
mod loops;
mod pages;
mod phrases;
mod report;
mod scenarios;
mod school;
mod server;
mod yardsticks;

use crate::errand::{House, Stop};
use browser::Browser;
use figures::Figure;
use loops::Pace;
use report::Table;
use scenarios::Yardsticks;
use school::School;
use server::Server;
use std::time::Duration;

/// What was asked for.
struct Wish {
    cases: u64,
    grown: Option<u64>,
    command: String,
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

    let mut tables =
        vec![Table { cases: wish.cases, figures: at_size(house, wish, wish.cases, &held).await? }];
    if let Some(cases) = wish.grown {
        let mut figures = at_size(house, wish, cases, &held).await?;
        for figure in &mut figures {
            if let Some(small) = tables[0].figures.iter().find(|small| small.what == figure.what) {
                figure.grown_from(small);
            }
        }
        tables.push(Table { cases, figures });
    }
    if wish.writes {
        report::write(house, &wish.command, &machine(), &yardsticks, &tables)?;
    }
    Ok(())
}

/// Everything that is measured at a school with so many cases.
async fn at_size(house: &House, wish: &Wish, cases: u64, held: &Yardsticks) -> Result<Vec<Figure>, String> {
    println!("==> the school with {} cases", figures::plain(cases as f64));
    let folder = house.target().join("bench");
    let (school, rate) = School::prepare(house, &folder, cases).await?;
    let mut rates = vec![rate];
    // A large school is made once: every round would take minutes.
    while cases <= 20_000 && rates.len() < wish.pace.rounds {
        rates.push(School::prepare(house, &folder, cases).await?.1);
    }
    let imported = Figure::of("import through the ordinary command path", "cases/s", rates);
    let is_met = imported.median >= 5_000.0;
    let mut figures = vec![shown(imported.within("≥ 5,000 cases/s", is_met))];
    let verified = school.verify()?.as_secs_f64();
    figures.push(shown(Figure::of("verify: every record refolded", "s", vec![verified])));
    if wish.wants("start") {
        figures.extend(scenarios::start(&school, wish.pace).await?.into_iter().map(shown));
    }
    let server = school.open("/").await?;
    if wish.wants("queue") {
        figures.push(shown(scenarios::queue(&server, wish.pace, held).await?));
    }
    if wish.wants("case") {
        figures.push(shown(scenarios::case(&server, wish.pace, held).await?));
    }
    if wish.wants("pages") {
        figures.extend(pages::measure(&server, wish.pace, cases).await?.into_iter().map(shown));
    }
    if wish.wants("finding") {
        figures.extend(finding::measure(&school, &server, wish.pace).await?.into_iter().map(shown));
    }
    if wish.wants("submit") {
        figures.extend(scenarios::submit(&server, wish.pace, held).await?.into_iter().map(shown));
    }
    if let Some(memory) = server.memory_mib() {
        let after = Figure::of("memory, after all this load", "MiB", vec![memory]);
        figures.push(shown(after.within("≤ 300 MiB", memory <= 300.0)));
    }
    drop(server);
    if wish.wants("sweep") {
        // Last of all: it moves the clock of the school.
        figures.push(shown(scenarios::sweep(&school).await?));
    }
    if wish.wants("submit") {
        let again = school.verify()?.as_secs_f64();
        figures.push(shown(Figure::of("verify, after all this load", "s", vec![again])));
    }
    Ok(figures)
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
        let mut wish = Wish {
            cases: 20_000,
            grown: None,
            command: format!("cargo xtask bench {}", arguments.join(" ")),
            only: Vec::new(),
            pace,
            writes: false,
            serve_hello: None,
        };
        let mut rest = arguments.iter();
        while let Some(argument) = rest.next() {
            let mut value = || rest.next().ok_or_else(|| Stop::WrongUse(format!("{argument} wants a value")));
            let wrong = |value: &str| Stop::WrongUse(format!("{argument} does not take “{value}”"));
            match argument.as_str() {
                "--write" => wish.writes = true,
                "--only" => wish.only.push(value()?.clone()),
                "--cases" => wish.cases = value().and_then(|v| v.parse().map_err(|_| wrong(v)))?,
                "--grown" => wish.grown = Some(value().and_then(|v| v.parse().map_err(|_| wrong(v)))?),
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
