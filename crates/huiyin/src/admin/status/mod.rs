//! Whether the school is ready to be used, and how it stands (A15, 10.1): what is missing with the way to mend it, then
//! plain facts, and how the ways in and out of the house stand. Shows counts only, never a case.

mod facts;
mod lacks;
mod letters;
mod letters_in;

use super::saving::Just;
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use facts::Facts;
use huiyin_foundation::error::Error;
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Page, Side, html};
use lacks::Lack;
use letters::Way;
pub(in crate::admin) use letters::{again, trial};
use letters_in::Mailbox;
pub(in crate::admin) use letters_in::try_again;
use serde::Deserialize;

#[derive(Template)]
#[template(path = "admin/status/page.html")]
struct Status {
    page: Page,
    saved: String,
    lacks: Vec<Lack>,
    facts: Facts,
    ways: Vec<Way>,
    mailbox: Option<Mailbox>,
    done: &'static str,
}

impl Status {
    fn is_failing(&self) -> bool {
        self.ways.iter().any(Way::is_failing)
    }
}

/// What was done with letters a moment ago.
#[derive(Deserialize)]
pub(super) struct Done {
    #[serde(default)]
    letters: String,
}

/// The page.
pub(super) async fn page(
    State(app): State<App>,
    Query(just): Query<Just>,
    Query(done): Query<Done>,
    page: Page,
) -> Result<Response, Error> {
    let (in_force, calendar, now) = (app.policy_in_force(), app.calendar.load_full(), app.now());
    let keeps_demo_name = app.is_demo;
    let outlets = app.config.outlets.clone();
    let load = move |tx: &mut huiyin_foundation::db::Tx| {
        let mut lacks = lacks::find(tx, &in_force.policy, &calendar, now.day(), keeps_demo_name)?;
        lacks.extend(lacks::damaged_model(tx)?);
        let ways = letters::ways(tx, &outlets, now.day())?;
        let mailbox = letters_in::read(tx, &outlets, &in_force.policy, now)?;
        Ok::<_, Error>((lacks, facts::read(tx, in_force.version, now)?, ways, mailbox))
    };
    let (lacks, facts, ways, mailbox) = app.db.read(load).await?;
    let done = match done.letters.as_str() {
        "again" => "没送到的都排上了，一分钟内再送一次。",
        "trial" => "试发已排上，一分钟内送出。没收到时回到这一页看原因。",
        "in" => "搁在信箱里的，下一次收信时再收一遍。",
        "nowhere" => "试发的邮件发到您自己的邮箱，可名册里还没有它。先在「人员与角色」里补上，再试一次。",
        _ => "",
    };
    let page = page.titled("系统状态").beside(Side::admin());
    html(Status { page, saved: just.sentence(), lacks, facts, ways, mailbox, done })
}
