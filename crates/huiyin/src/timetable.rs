//! All recurring work of a school on one screen.
//!
//! Each line runs once at the start, so that a server that slept catches up, and then again and again. Work that fails or
//! panics is logged and comes again; nothing here may stop the school.

use huiyin_cases::cases::{deadlines, presence};
use huiyin_cases::desk::sweep_drafts;
use huiyin_foundation::clock::Stopwatch;
use huiyin_foundation::db::Tx;
use huiyin_foundation::error::Error;
use huiyin_foundation::school::App;
use std::pin::Pin;
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::JoinHandle;

const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(3600);
const DAY: Duration = Duration::from_secs(24 * 3600);

/// How much work was done, or why it was not.
type Done = Pin<Box<dyn Future<Output = Result<u64, Error>> + Send>>;

struct Line {
    name: &'static str,
    every: Duration,
    work: fn(App) -> Done,
}

const LINES: [Line; 7] = [
    Line {
        name: "deadlines",
        every: MINUTE,
        work: |app| Box::pin(async move { Ok(deadlines::sweep(&app).await?.changed) }),
    },
    Line { name: "abandoned files", every: HOUR, work: |app| Box::pin(abandoned_files(app)) },
    Line { name: "sessions over", every: HOUR, work: |app| Box::pin(sessions_over(app)) },
    Line { name: "floods gone by", every: HOUR, work: |app| Box::pin(floods_gone_by(app)) },
    Line { name: "drafts gone by", every: HOUR, work: |app| Box::pin(drafts_gone_by(app)) },
    Line { name: "missing calendar", every: DAY, work: |app| Box::pin(missing_calendar(app)) },
    Line { name: "write-ahead log", every: DAY, work: |app| Box::pin(write_ahead_log(app)) },
];

/// Files that were handed in with a form that was never sent.
async fn abandoned_files(app: App) -> Result<u64, Error> {
    let swept = app.files.sweep_orphans(&app.db, app.now()).await?;
    Ok((swept.unclaimed + swept.unknown) as u64)
}

/// Sessions whose time is over.
async fn sessions_over(app: App) -> Result<u64, Error> {
    let now = app.now();
    Ok(app.db.write(move |tx| huiyin_people::identity::sweep(tx, now)).await?)
}

/// Callers that have been quiet for long need not be remembered.
async fn floods_gone_by(app: App) -> Result<u64, Error> {
    app.limits.forget_idle();
    Ok(0)
}

/// Answers half written that nobody goes on with, and pages that nobody has open any more.
async fn drafts_gone_by(app: App) -> Result<u64, Error> {
    let now = app.now();
    let sweep = move |tx: &mut Tx| Ok::<_, Error>(sweep_drafts(tx, now)? + presence::sweep(tx, now)?);
    app.db.write(sweep).await
}

/// From November on somebody must bring next year's notice (4.1).
async fn missing_calendar(app: App) -> Result<u64, Error> {
    if let Some(year) = app.calendar.load().missing_year(app.now().day()) {
        tracing::warn!(
            year,
            "the working calendar of this year is missing: put YEAR.toml into DATA/calendars and start again"
        );
    }
    Ok(0)
}

/// Erased words must not linger in the log of the database.
async fn write_ahead_log(app: App) -> Result<u64, Error> {
    app.db.fold().await?;
    Ok(0)
}

/// The work under way.
pub struct Timetable {
    stop: watch::Sender<bool>,
    lines: Vec<JoinHandle<()>>,
}

impl Timetable {
    /// Starts all lines.
    pub fn start(app: &App) -> Timetable {
        let (stop, stopped) = watch::channel(false);
        let lines =
            LINES.iter().map(|line| tokio::spawn(follow(line, app.clone(), stopped.clone()))).collect();
        Timetable { stop, lines }
    }

    /// Lets what is under way finish, and begins nothing new.
    pub async fn stop(self) {
        // Without listeners everything has stopped already.
        let _ = self.stop.send(true);
        for line in self.lines {
            let _ = line.await;
        }
    }
}

/// One line of the log about a piece of recurring work that found something to do.
pub fn tell_done(name: &str, count: u64, since: &Stopwatch) {
    let took_ms = since.elapsed().as_millis();
    tracing::info!(work = name, count, took_ms, "done");
}

async fn follow(line: &'static Line, app: App, mut stopped: watch::Receiver<bool>) {
    loop {
        // In a task of its own, so that a panic ends this round only.
        let since = Stopwatch::start();
        let round = tokio::spawn((line.work)(app.clone()));
        match round.await {
            Ok(Ok(0)) => {}
            Ok(Ok(count)) => {
                tell_done(line.name, count, &since);
            }
            Ok(Err(error)) => tracing::error!(work = line.name, %error, "failed; it comes again"),
            Err(panic) => tracing::error!(work = line.name, %panic, "panicked; it comes again"),
        }
        tokio::select! {
            _ = stopped.changed() => return,
            () = tokio::time::sleep(line.every) => {}
        }
    }
}
