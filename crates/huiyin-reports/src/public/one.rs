//! One published case: what was asked, what came of it, and “I met this too”. What is not published does not exist here.

use super::card::{Card, PublicCase};
use crate::stored;
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use huiyin_domain::calendar::Instant;
use huiyin_domain::case::{Outcome, Satisfaction, Solved, Visibility};
use huiyin_domain::ids::{CaseNo, CategoryId};
use huiyin_foundation::db::Tx;
use huiyin_foundation::error::Error;
use huiyin_foundation::params;
use huiyin_foundation::say;
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Page, html};
use serde::Deserialize;

/// What brought the reader here.
#[derive(Deserialize)]
pub(super) struct Came {
    #[serde(default)]
    stale: String,
}

struct Public {
    case: PublicCase,
    body: String,
    category: Option<CategoryId>,
    is_on_statute: bool,
    outcome: Option<Outcome>,
    visibility: Option<Visibility>,
    reply: Option<String>,
    solved: Option<Solved>,
    satisfaction: Option<Satisfaction>,
    has_echoed: bool,
    is_own: bool,
}

#[derive(Template)]
#[template(path = "public/one.html")]
struct One {
    page: Page,
    card: Card,
    no: CaseNo,
    body: String,
    unit: String,
    shown_on: String,
    took: Option<String>,
    reply: Option<String>,
    replied: String,
    has_private_reply: bool,
    judged: Option<String>,
    has_echoed: bool,
    is_own: bool,
    is_stale: bool,
}

pub(super) async fn show(
    State(app): State<App>,
    Path(no): Path<String>,
    Query(came): Query<Came>,
    page: Page,
) -> Result<Response, Error> {
    let in_force = app.policy_in_force();
    let policy = &in_force.policy;
    let reader = page.visitor.person.as_ref().map(|person| app.keys.letter_refs(person)).unwrap_or_default();
    let no = CaseNo(no);
    let found = app.db.read(move |tx| find(tx, &no, &reader)).await?;
    let found = found.ok_or(Error::Hidden)?;
    let case = &found.case;
    let at = |moment: Instant| say::day_long(app.now(), moment.day());
    let unit = case.unit.as_ref().map(|unit| stored::unit_name(policy, unit)).unwrap_or_default();
    let law = policy.law_in_row(&case.kind, found.category.as_ref(), found.is_on_statute);
    let outcome = found.outcome.map(|outcome| say::outcome_of(law, outcome)).unwrap_or_default();
    let replied = case.replied_at.map(|moment| format!("{} · {outcome}", at(moment))).unwrap_or_default();
    let is_answered = case.replied_at.is_some() && !case.stage.is_open();
    let judged = found.solved.map(|solved| {
        let satisfied = found.satisfaction.map(say::satisfaction).unwrap_or_default();
        format!("{}，{satisfied}", say::solved(solved))
    });
    html(One {
        page: page.titled(&case.title).at("public").back_to("/public"),
        card: case.card(policy),
        no: case.no.clone(),
        unit,
        shown_on: at(case.published_at),
        took: case.took(),
        has_private_reply: is_answered && found.visibility != Some(Visibility::Public),
        reply: found.reply.filter(|_| is_answered),
        replied,
        judged,
        body: found.body,
        has_echoed: found.has_echoed,
        is_own: found.is_own,
        is_stale: !came.stale.is_empty(),
    })
}

/// The reader by their keyed references; empty for a stranger.
fn find(tx: &mut Tx, no: &CaseNo, [open, sealed, echo]: &[String; 3]) -> Result<Option<Public>, Error> {
    // What may everybody read of this case, and has the reader met it too?
    let row = tx.query_opt(
        "select case_no, public_title, public_body, kind, category, unit, stage, signed_at, round, solved,
           satisfaction, outcome, visibility, is_on_statute, submitted_at, replied_at, published_at,
           (select count(*) from case_echoes where case_echoes.case_no = cases.case_no) as echoes,
           (select count(*) from case_echoes
             where case_echoes.case_no = cases.case_no
               and case_echoes.person = $4) as own_echoes,
           case when requester_key in ($2, $3) then 1 else 0 end as is_own
         from cases
         where case_no = $1
           and is_published = 1",
        params![no, open, sealed, echo],
    )?;
    let Some(row) = row else { return Ok(None) };
    let visibility = stored::opt(&row, "visibility")?;
    let reply = if visibility == Some(Visibility::Public) { last_reply(tx, no)? } else { None };
    Ok(Some(Public {
        case: PublicCase::of(&row)?,
        body: row.opt_text("public_body")?.unwrap_or_default(),
        category: row.get("category")?,
        is_on_statute: row.flag("is_on_statute")?,
        outcome: stored::opt(&row, "outcome")?,
        visibility,
        reply,
        solved: stored::opt(&row, "solved")?,
        satisfaction: stored::opt(&row, "satisfaction")?,
        has_echoed: row.int("own_echoes")? > 0,
        is_own: row.flag("is_own")?,
    }))
}

/// The words of the last answer; asked for only when that answer is public.
fn last_reply(tx: &mut Tx, no: &CaseNo) -> Result<Option<String>, Error> {
    // What did the unit answer last? An erased text is not there.
    let row = tx.query_opt(
        "select case_texts.words
         from case_events
         left join case_texts on case_texts.case_no = case_events.case_no
           and case_texts.seq = case_events.seq
           and case_texts.kind = 'words'
           and case_texts.sealed = 0
         where case_events.case_no = $1
           and case_events.name = 'replied'
         order by case_events.seq desc
         limit 1",
        params![no],
    )?;
    row.map_or(Ok(None), |row| Ok(row.opt_text("words")?))
}
