//! All recurring work of a school on one screen.
//!
//! Each line runs once at the start, so that a server that slept catches up, and then again and again. Work that fails or
//! panics is logged and comes again; nothing here may stop the school.

use huiyin_cases::cases::{deadlines, presence, shelves};
use huiyin_cases::desk::sweep_drafts;
use huiyin_cases::learning;
use huiyin_cases::mailbox;
use huiyin_cases::retention;
use huiyin_cases::screening;
use huiyin_foundation::clock::Stopwatch;
use huiyin_foundation::db::Tx;
use huiyin_foundation::error::Error;
use huiyin_foundation::school::App;
use huiyin_foundation::{index, outbox};
use huiyin_people::notices::delivery;
use huiyin_reports::insight;
use std::pin::Pin;
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::JoinHandle;

const SOON: Duration = Duration::from_secs(15);
const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(3600);
const DAY: Duration = Duration::from_secs(24 * 3600);

/// How much work was done, or why it was not.
type Done = Pin<Box<dyn Future<Output = Result<u64, Error>> + Send>>;

struct Line {
    name: &'static str,
    every: Duration,
    work: fn(App) -> Done,
    /// Whether a round may be cut off when the school stops: what it was about is taken up again by itself.
    may_be_cut: bool,
}

impl Line {
    const fn new(name: &'static str, every: Duration, work: fn(App) -> Done) -> Line {
        Line { name, every, work, may_be_cut: false }
    }
}

const LINES: &[Line] = &[
    Line {
        name: "deadlines",
        every: MINUTE,
        work: |app| Box::pin(async move { Ok(deadlines::sweep(&app).await?.changed) }),
        may_be_cut: false,
    },
    // A mail server may keep us waiting for long; the letter under way is sent again by the next start.
    Line {
        name: "letters",
        every: SOON,
        work: |app| Box::pin(async move { delivery::deliver(&app).await }),
        may_be_cut: true,
    },
    // The mailbox itself says how often it is looked into; a letter half taken is known again.
    Line {
        name: "letters in",
        every: SOON,
        work: |app| Box::pin(async move { mailbox::look(&app).await }),
        may_be_cut: true,
    },
    // An hour that is over is over for all its anonymous cases at once.
    Line::new("cases to be found", MINUTE, |app| Box::pin(async move { shelves::take_in_ripe(&app).await })),
    // Step by step: what is cut off goes on with the next start.
    Line {
        name: "index for searching",
        every: SOON,
        work: |app| Box::pin(async move { shelves::mend(&app).await }),
        may_be_cut: true,
    },
    Line::new("letters of long ago", DAY, |app| Box::pin(letters_of_long_ago(app))),
    Line::new("abandoned files", HOUR, |app| Box::pin(abandoned_files(app))),
    Line::new("sessions over", HOUR, |app| Box::pin(sessions_over(app))),
    Line::new("floods gone by", HOUR, |app| Box::pin(floods_gone_by(app))),
    Line::new("drafts gone by", HOUR, |app| Box::pin(drafts_gone_by(app))),
    Line::new("missing calendar", DAY, |app| Box::pin(missing_calendar(app))),
    // Each case is a step of its own: what is cut off goes on with the next start.
    Line {
        name: "kept long enough",
        every: HOUR,
        work: |app| Box::pin(async move { retention::carry_out_lists(&app).await }),
        may_be_cut: true,
    },
    // A batch is a step of its own: what is cut off goes on with the next start.
    Line {
        name: "topics",
        every: MINUTE,
        work: |app| Box::pin(async move { insight::follow(&app).await }),
        may_be_cut: true,
    },
    Line::new("topics of cases that came late", HOUR, |app| {
        Box::pin(async move { insight::look_behind(&app).await })
    }),
    // Mostly it only looks at a mark and at the hour; what it draws is kept in one step.
    Line {
        name: "learning",
        every: SOON,
        work: |app| Box::pin(async move { learning::round(&app).await }),
        may_be_cut: true,
    },
    // What was looked at is kept step by step.
    Line {
        name: "answers looked at",
        every: HOUR,
        work: |app| Box::pin(async move { screening::look(&app).await }),
        may_be_cut: true,
    },
    // Nothing is read where the school has not set that anything goes out by itself.
    Line {
        name: "sure proposals",
        every: SOON,
        work: |app| Box::pin(async move { learning::dispatch_sure(&app).await }),
        may_be_cut: true,
    },
    // A list that was cut off is run through whole by the next round.
    Line {
        name: "problem lists",
        every: DAY,
        work: |app| Box::pin(async move { screening::screen(&app).await }),
        may_be_cut: true,
    },
    // It looks once a day, at the first round after midnight.
    Line::new("more than usual", HOUR, |app| Box::pin(async move { insight::look_for_rises(&app).await })),
    Line::new("write-ahead log", DAY, |app| Box::pin(write_ahead_log(app))),
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

/// Whom we told, and which letters came in, is kept for half a year.
async fn letters_of_long_ago(app: App) -> Result<u64, Error> {
    let now = app.now();
    app.db.write(move |tx| Ok::<_, Error>(outbox::forget(tx, now)? + mailbox::forget(tx, now)?)).await
}

/// Erased words must not linger in the index for searching, nor in the log of the database.
async fn write_ahead_log(app: App) -> Result<u64, Error> {
    index::settle(&app.db).await?;
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
        let mut round = tokio::spawn((line.work)(app.clone()));
        let ended = tokio::select! {
            ended = &mut round => ended,
            _ = stopped.changed(), if line.may_be_cut => {
                round.abort();
                return;
            }
        };
        match ended {
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
