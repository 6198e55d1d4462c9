//! What the tests of this floor stand on: rows put on the shelf by hand, since the hall that writes them is another floor.

use huiyin_domain::calendar::Instant;
use huiyin_domain::case::Measure;
use huiyin_domain::ids::PersonId;
use huiyin_foundation::db::{DbError, Value};
use huiyin_foundation::index::{self, Entry, Mark, Shelf};
use huiyin_foundation::params;
use huiyin_foundation::testing::{TEST_MORNING, TestApp};

/// So many hours before the test's morning.
pub fn hours_ago(hours: i64) -> Instant {
    TEST_MORNING.plus_ms(-hours * 3_600_000)
}

/// A case as a list knows it; what a test does not set stays ordinary.
#[derive(Clone)]
pub struct Shelved {
    pub no: &'static str,
    pub title: &'static str,
    pub kind: &'static str,
    pub unit: Option<&'static str>,
    pub stage: &'static str,
    pub requester: Option<&'static str>,
    pub channel: &'static str,
    pub route: Option<&'static str>,
    pub submitted_at: Instant,
    pub replied_at: Option<Instant>,
    pub due: Option<Instant>,
    pub visibility: Option<&'static str>,
    pub solved: Option<&'static str>,
    pub satisfaction: Option<&'static str>,
    pub public: Option<(&'static str, &'static str)>,
    pub is_withdrawn_from_public: bool,
    pub restricted: bool,
    pub published_at: Instant,
}

impl Shelved {
    /// A case with a unit since the day before.
    pub fn new(no: &'static str, title: &'static str) -> Shelved {
        Shelved {
            no,
            title,
            kind: "repair",
            unit: Some("logistics"),
            stage: "assigned",
            requester: None,
            channel: "online",
            route: Some("direct"),
            submitted_at: hours_ago(24),
            replied_at: None,
            due: None,
            visibility: None,
            solved: None,
            satisfaction: None,
            public: None,
            is_withdrawn_from_public: false,
            restricted: false,
            published_at: hours_ago(2),
        }
    }

    /// The same, answered so many hours ago for everybody to read.
    pub fn answered(self, hours: i64) -> Shelved {
        Shelved { stage: "replied", replied_at: Some(hours_ago(hours)), visibility: Some("public"), ..self }
    }

    /// The same, shown to everybody under this title and text.
    pub fn shown_as(self, title: &'static str, body: &'static str) -> Shelved {
        Shelved { public: Some((title, body)), ..self }
    }

    /// Puts it on the shelf.
    pub fn put(&self, app: &TestApp) {
        let case = self.clone();
        let key = case.requester.map(|id| app.keys.person_ref(&PersonId::from(id)));
        let is_published = case.public.is_some() && !case.is_withdrawn_from_public;
        let (public_title, public_body) = case.public.unzip();
        let outcome = case.replied_at.map(|_| "solved");
        let values: Vec<Value> = params![
            case.no,
            case.kind,
            case.title,
            public_title,
            public_body,
            case.channel,
            case.stage,
            case.route,
            case.unit,
            key,
            case.submitted_at,
            case.replied_at,
            outcome,
            case.visibility,
            case.solved,
            case.satisfaction,
            case.due,
            case.due.map(|_| "result"),
            is_published,
            case.public.map(|_| case.published_at),
            vec![0_u8; 32],
            case.restricted,
        ]
        .to_vec();
        put(
            app,
            "insert into cases (
               case_no, kind, title, public_title, public_body, channel, stage, route, unit, requester_key,
               submitted_at, replied_at, outcome, visibility, solved, satisfaction, result_due, next_clock,
               is_published, published_at, next_due, accepted_at, signed_at, identity, urgency, restricted,
               may_publish, awaits_instruction, is_key, round, is_provisional, missed, send_backs, urges, files,
               last_seq, last_at, last_hash)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20,
               $17, $11, $11, 'open', 'normal', $22, 1, 0, 0, 1, 0, 0, 0, 0, 0, 3, $11, $21)",
            values,
        );
        self.lay_out(app);
    }

    /// Lays it out to be found, as the hall does.
    fn lay_out(&self, app: &TestApp) {
        let case = self.clone();
        let key = case.requester.map(|id| app.keys.person_ref(&PersonId::from(id)));
        let is_open = ["submitted", "accepted", "assigned"].contains(&case.stage);
        let month = |at: Instant| Mark::new('m', at.day().to_string()[..7].to_owned());
        let laid = app.db.write_now::<_, DbError>(move |tx| {
            let mut marks = vec![Mark::new('k', case.kind), month(case.submitted_at)];
            marks.extend(key.map(|key| Mark::new('w', key)));
            let (room, key, body) = ("cases", case.no, case.no);
            let entry = Entry { room, key, title: case.title, body, at: case.submitted_at, marks: &marks };
            index::put(tx, Shelf::Store, &entry)?;
            let Some((title, body)) = case.public.filter(|_| !case.is_withdrawn_from_public) else {
                return Ok(());
            };
            let group = Mark::new('g', if is_open { "open" } else { "done" });
            let mut marks = vec![Mark::new('k', case.kind), month(case.published_at), group];
            marks.extend(case.unit.map(|unit| Mark::new('u', unit)));
            let body = format!("{body}\n{key}");
            let entry = Entry { room, key, title, body: &body, at: case.published_at, marks: &marks };
            index::put(tx, Shelf::Public, &entry)
        });
        laid.unwrap();
    }
}

/// Puts the words of an event on the shelf.
pub fn event(app: &TestApp, no: &'static str, seq: i64, name: &'static str, words: &'static str) {
    put(
        app,
        "insert into case_events (case_no, seq, at_ms, name, body, prev, hash)
         values ($1, $2, 0, $3, '{}', $4, $4)",
        params![no, seq, name, vec![0_u8; 32]].to_vec(),
    );
    put(
        app,
        "insert into case_texts (case_no, seq, kind, salt, words, sealed)
         values ($1, $2, 'words', $4, $3, 0)",
        params![no, seq, words, vec![0_u8; 16]].to_vec(),
    );
}

/// Notes that somebody met the same.
pub fn echo(app: &TestApp, no: &'static str, person: &str) {
    let person = app.keys.echo_ref(&PersonId::from(person));
    put(
        app,
        "insert into case_echoes (case_no, person, at_ms)
         values ($1, $2, 0)",
        params![no, person].to_vec(),
    );
}

/// Counts so many of a measure on a day, for a unit.
pub fn count(app: &TestApp, day: &'static str, unit: &'static str, measure: Measure, n: i64) {
    put(
        app,
        "insert into case_counts (day, unit, kind, category, measure, n)
         values ($1, $2, 'repair', '', $3, $4)",
        params![day, unit, measure.word(), n].to_vec(),
    );
}

/// Writes past all rules.
pub fn put(app: &TestApp, sql: &'static str, values: Vec<Value>) {
    app.db.write_now::<_, DbError>(move |tx| tx.execute(sql, &values)).unwrap();
}
