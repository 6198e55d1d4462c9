//! Warnings: what was noticed, with its numbers, once each, told to the coordinating office.
//!
//! A warning names a topic, or a category and a place; words of a case stand in none. One that is made from the records of
//! earlier times, as when a school begins to use this, is kept and told to nobody.

use super::window::DAY_MS;
use huiyin_domain::calendar::Instant;
use huiyin_domain::ids::CaseNo;
use huiyin_foundation::db::{Row, Tx};
use huiyin_foundation::error::Error;
use huiyin_foundation::params;
use huiyin_foundation::school::App;
use huiyin_people::notices::{self, InPlace, Notice, Recipient, Teller};

/// What is older than so many days is told to nobody any more.
const TOLD_DAYS: i64 = 2;

/// What was noticed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Kind {
    /// 苗头：some people within a short time.
    #[default]
    Notice,
    /// 预警：more people within a longer time.
    Crowd,
    /// 预警：more than usual of a category at a place.
    Burst,
}

impl Kind {
    /// The stored word.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Notice => "notice",
            Kind::Crowd => "crowd",
            Kind::Burst => "burst",
        }
    }

    /// Whether somebody should act, and not only look.
    pub fn is_warning(self) -> bool {
        self != Kind::Notice
    }

    fn from_word(word: &str) -> Kind {
        [Kind::Crowd, Kind::Burst].into_iter().find(|kind| kind.word() == word).unwrap_or_default()
    }
}

/// A warning with its numbers.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Warning {
    pub id: String,
    pub kind: Kind,
    /// A topic, or a category and a place with a blank between.
    pub subject: String,
    pub category: String,
    pub place: String,
    pub at: Instant,
    pub window_days: i64,
    pub observed: i64,
    pub people: i64,
    /// How many are usual in that time of the year; 0 where only people were counted.
    pub expected: f64,
    /// How likely so many or more would be by chance; 1 where only people were counted.
    pub chance: f64,
}

impl Warning {
    /// A crowd that a topic drew.
    pub fn of_crowd(kind: Kind, topic: &str, at: Instant, window_days: i64, drawn: (i64, i64)) -> Warning {
        let (observed, people) = drawn;
        Warning {
            id: String::new(),
            kind,
            subject: topic.to_owned(),
            category: String::new(),
            place: String::new(),
            at,
            window_days,
            observed,
            people,
            expected: 0.0,
            chance: 1.0,
        }
    }

    fn of(row: &Row) -> Result<Warning, Error> {
        Ok(Warning {
            id: row.text("id")?,
            kind: Kind::from_word(row.str("kind")?),
            subject: row.text("subject")?,
            category: row.text("category")?,
            place: row.text("place")?,
            at: row.instant("at_ms")?,
            window_days: row.int("window_days")?,
            observed: row.int("observed")?,
            people: row.int("people")?,
            expected: row.real("expected")?,
            chance: row.real("chance")?,
        })
    }
}

/// Whether this was raised between these moments.
pub(super) fn was_raised(
    tx: &mut Tx,
    kind: Kind,
    subject: &str,
    after: Instant,
    until: Instant,
) -> Result<bool, Error> {
    // Was this said lately?
    let row = tx.query_opt(
        "select 1 as said
         from insight_warnings
         where kind = $1
           and subject = $2
           and at_ms > $3
           and at_ms <= $4
         limit 1",
        params![kind.word(), subject, after, until],
    )?;
    Ok(row.is_some())
}

/// Keeps a warning and tells the office of it, once.
pub(super) fn raise(tx: &mut Tx, app: &App, warning: &Warning) -> Result<(), Error> {
    let now = app.now();
    let is_told = warning.kind != Kind::Notice && warning.at.0 > now.0 - TOLD_DAYS * DAY_MS;
    let raised = tx.execute(
        "insert into insight_warnings (id, kind, subject, category, place, at_ms, day, window_days,
           observed, people, expected, chance, told)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
         on conflict (kind, subject, day) do nothing",
        params![
            app.keys.uuid_v7(now),
            warning.kind.word(),
            &warning.subject,
            &warning.category,
            &warning.place,
            warning.at,
            warning.at.day(),
            warning.window_days,
            warning.observed,
            warning.people,
            warning.expected,
            warning.chance,
            is_told
        ],
    )?;
    if raised > 0 && is_told {
        let in_force = app.policy_in_force();
        tell(tx, app, &in_force.policy.school.coordinator, &Recipient::Clerks, &Notice::Forewarned)?;
    }
    Ok(())
}

/// Tells somebody something of this room; it is about no case.
pub(super) fn tell(
    tx: &mut Tx,
    app: &App,
    coordinator: &huiyin_domain::ids::UnitId,
    whom: &Recipient,
    notice: &Notice,
) -> Result<(), Error> {
    let at = app.now();
    let (keys, outlets) = (&app.keys, &*app.config.outlets);
    let teller = Teller { keys, outlets, coordinator, in_place: InPlace::Clerks, at, not_before: at };
    notices::tell(tx, &teller, whom, &CaseNo::from(""), notice)?;
    Ok(())
}

/// The warnings since a moment, the newest first.
pub(super) fn since(tx: &mut Tx, after: Instant) -> Result<Vec<Warning>, Error> {
    // What was noticed lately?
    tx.query_map(
        "select id, kind, subject, category, place, at_ms, window_days, observed, people, expected, chance
         from insight_warnings
         where at_ms > $1
         order by at_ms desc, id desc
         limit 200",
        params![after],
        Warning::of,
    )
}

/// The warnings of a subject, the first first.
pub(super) fn of_subject(tx: &mut Tx, subject: &str) -> Result<Vec<Warning>, Error> {
    // When was this noticed?
    tx.query_map(
        "select id, kind, subject, category, place, at_ms, window_days, observed, people, expected, chance
         from insight_warnings
         where subject = $1
         order by at_ms",
        params![subject],
        Warning::of,
    )
}
