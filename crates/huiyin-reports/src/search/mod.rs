//! Finding a case by its number or a few letters: what everybody may read, and one's own (P1).
//!
//! It reads public titles, public texts and the titles of one's own cases; other people's words are never searched. No
//! ranking yet: the newest stand first.

#[cfg(test)]
mod tests;

use crate::public::{Card, PublicCase};
use crate::stored;
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use huiyin_domain::ids::CaseNo;
use huiyin_foundation::caller::Caller;
use huiyin_foundation::db::Tx;
use huiyin_foundation::error::Error;
use huiyin_foundation::limits::{LimitedAction, Who};
use huiyin_foundation::params;
use huiyin_foundation::say::Tag;
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Door, Page, Routes, html};
use serde::Deserialize;

const LETTERS_MAX: usize = 60;

/// The routes of this room.
pub fn routes() -> Routes {
    Routes::new("search").get("/search", Door::Anyone, show)
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    q: String,
}

/// A case of the reader's own.
struct Own {
    no: CaseNo,
    title: String,
    tag: Tag,
}

#[derive(Template)]
#[template(path = "search/search.html")]
struct Search {
    page: Page,
    q: String,
    own: Vec<Own>,
    cases: Vec<Card>,
}

async fn show(
    State(app): State<App>,
    page: Page,
    caller: Caller,
    Query(asked): Query<Asked>,
) -> Result<Response, Error> {
    let who = page.visitor.person.as_ref().map_or(Who::Address(caller.0), Who::Person);
    app.limits.pass(LimitedAction::Search, who, &app.keys, app.now())?;
    let q: String = asked.q.trim().chars().filter(|c| !c.is_control()).take(LETTERS_MAX).collect();
    let reader = page.visitor.person.as_ref().map(|person| app.keys.own_refs(person));
    let (own, found) = if q.is_empty() {
        (Vec::new(), Vec::new())
    } else {
        let pattern = pattern(&q);
        app.db
            .read(move |tx| {
                let own = reader.map_or(Ok(Vec::new()), |reader| own(tx, &reader, &pattern))?;
                Ok::<_, Error>((own, published(tx, &pattern)?))
            })
            .await?
    };
    let in_force = app.policy_in_force();
    let cases = found.iter().map(|case| case.card(&in_force.policy)).collect();
    html(Search { page: page.titled("搜索").back_to("/"), q, own, cases })
}

/// What was typed as a pattern of `like`, its own signs taken as letters.
fn pattern(q: &str) -> String {
    let letters = q.to_lowercase().replace('!', "!!").replace('%', "!%").replace('_', "!_");
    format!("%{letters}%")
}

fn own(tx: &mut Tx, [open, sealed]: &[String; 2], pattern: &str) -> Result<Vec<Own>, Error> {
    // Which of the reader's own cases have these letters in their number or title?
    tx.query_map(
        "select case_no, title, stage, signed_at, round, solved
         from cases
         where requester_key in ($1, $2)
           and (lower(title) like $3 escape '!' or lower(case_no) like $3 escape '!')
         order by submitted_at desc, case_no
         limit 20",
        params![open, sealed, pattern],
        |row| Ok(Own { no: row.get("case_no")?, title: row.text("title")?, tag: stored::tag(row)? }),
    )
}

fn published(tx: &mut Tx, pattern: &str) -> Result<Vec<PublicCase>, Error> {
    // Which published cases have these letters in their number, public title or public text?
    tx.query_map(
        "select case_no, public_title, kind, unit, stage, signed_at, round, solved, submitted_at, replied_at,
           published_at,
           (select count(*) from case_echoes where case_echoes.case_no = cases.case_no) as echoes
         from cases
         where is_published = 1
           and (lower(public_title) like $1 escape '!'
             or lower(public_body) like $1 escape '!'
             or lower(case_no) like $1 escape '!')
         order by published_at desc, case_no
         limit 20",
        params![pattern],
        PublicCase::of,
    )
}
