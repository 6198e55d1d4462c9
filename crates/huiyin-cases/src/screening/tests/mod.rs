//! Which cases stand on which list, who reads it, and what becomes of them.

mod findings;
mod lists;
mod quality;

use crate::cases::log::{Bringer, Standing, submit};
use crate::dossier::tests::done;
use huiyin_domain::case::{Actor, Answer, Command, Identity, Outcome, Place, Submission};
use huiyin_domain::ids::CaseNo;
use huiyin_foundation::error::Error;
use huiyin_foundation::params;
use huiyin_foundation::testing::TestApp;

pub(super) const CATEGORY: &str = "catering";
pub(super) const PLACE: &str = "canteen-1";

pub(super) fn site() -> TestApp {
    TestApp::new(crate::routes())
}

/// What somebody brings in.
pub(super) struct Matter<'a> {
    pub person: &'a str,
    pub title: &'a str,
    pub body: &'a str,
    pub category: Option<&'a str>,
    pub place: Option<&'a str>,
    pub room: &'a str,
    pub identity: Identity,
}

impl Default for Matter<'_> {
    fn default() -> Self {
        let (title, body) = ("希望图书馆周末早点开门", "自习座位不够。");
        let (category, place, room, identity) = (None, None, "", Identity::Open);
        Matter { person: "p-student", title, body, category, place, room, identity }
    }
}

pub(super) fn brought(app: &TestApp, matter: Matter<'_>) -> CaseNo {
    let submission = Submission {
        kind: "suggestion".into(),
        category: matter.category.map(Into::into),
        title: matter.title.into(),
        body: matter.body.into(),
        place: Place { id: matter.place.map(Into::into), room: matter.room.into() },
        identity: matter.identity,
        channel: "online".into(),
        danger: false,
        may_publish: true,
        contact: "13800000000".into(),
        on_behalf_of: String::new(),
        outside_no: String::new(),
        files: vec![],
        unit: None,
        about: Vec::new(),
        split_from: None,
    };
    let (school, standing, person) = (app.app(), Standing::of(app), matter.person.into());
    let no = app.db.write_now(move |tx| {
        let bench = standing.bench(&school.keys);
        submit(tx, &bench, &Actor::Requester, None, &Bringer::Account(person), None, submission)
    });
    no.unwrap()
}

pub(super) fn assigned(app: &TestApp, no: &CaseNo, unit: &str) {
    let assign = Command::Assign { unit: unit.into(), forced: false, reason: String::new() };
    done(app, &app.clerk(), no, assign);
}

pub(super) fn answered(app: &TestApp, no: &CaseNo, unit: &str, words: &str) {
    let reply = Answer {
        words: words.to_owned(),
        outcome: Outcome::Solved,
        public: None,
        files: vec![],
        shelving: None,
        joined_words: String::new(),
    };
    done(app, &app.officer(unit), no, Command::Reply(reply));
}

/// Marks a case as one that is about a unit.
pub(super) fn about(app: &TestApp, no: &CaseNo, unit: &'static str) {
    let no = no.clone();
    let marked = app.db.write_now(move |tx| {
        Ok::<_, Error>(tx.execute("update cases set recused = $2 where case_no = $1", params![no, unit])?)
    });
    marked.unwrap();
}
