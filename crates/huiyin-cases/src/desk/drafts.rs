//! An answer half written (5.1): kept at the case while its officer writes, found again by them on any machine, shown to
//! nobody else but the head of the unit, gone when the answer is sent.
//!
//! A page with scripts saves after a pause; one without has a button for it. One draft for each officer at each case: what
//! was saved last. Files are not kept; they come with the answer itself.

use super::seat::Seat;
use super::workbench::attempt::FromDesk;
use crate::cases::log::Standing;
use crate::cases::presence;
use crate::dossier;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use huiyin_domain::access::Hat;
use huiyin_domain::calendar::Instant;
use huiyin_domain::ids::{CaseNo, PersonId, UnitId};
use huiyin_foundation::db::{Row, Tx};
use huiyin_foundation::error::Error;
use huiyin_foundation::params;
use huiyin_foundation::say;
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Filled, Form};
use std::collections::BTreeMap;

/// What of the form of an answer is kept.
const FIELDS: [&str; 8] =
    ["words", "outcome", "visibility", "public_title", "public_body", "plan", "review_on", "joined_words"];
/// Longer than the form takes, so that too much can still be kept and shortened later.
const CHARS_MAX: usize = 8000;
/// A draft that nobody has touched for so long goes.
const KEPT_MS: i64 = 60 * 86_400_000;
/// How many a unit's list shows.
const LISTED_MAX: i64 = 20;

/// A draft as kept.
pub(super) struct Draft {
    pub person: PersonId,
    pub unit: UnitId,
    pub saved_at: Instant,
    values: BTreeMap<String, String>,
}

impl Draft {
    fn read(row: &Row) -> Result<Draft, Error> {
        Ok(Draft {
            person: row.get("person_id")?,
            unit: row.get("unit")?,
            saved_at: row.instant("saved_ms")?,
            values: serde_json::from_str(row.str("body")?).map_err(Error::internal)?,
        })
    }

    /// The words of the answer so far.
    pub fn words(&self) -> &str {
        self.values.get("words").map_or("", String::as_str)
    }

    /// The form of the answer with what is kept.
    pub fn into_form(self, form: Filled) -> Filled {
        self.values.into_iter().fold(form, |form, (name, value)| form.with_only(&name, value))
    }
}

/// The drafts at a case that somebody in this seat may see: their own, and at the head's seat those of the unit.
pub(super) fn of_case(tx: &mut Tx, no: &CaseNo, seat: &Seat, hats: &[Hat]) -> Result<Vec<Draft>, Error> {
    // Which answers to this case are half written?
    let rows = tx.query(
        "select person_id, unit, body, saved_ms
         from answer_drafts
         where case_no = $1
         order by saved_ms desc, person_id",
        params![no],
    )?;
    let mut drafts = rows.iter().map(Draft::read).collect::<Result<Vec<_>, _>>()?;
    let is_head = hats.contains(&Hat::UnitHead);
    drafts.retain(|draft| draft.person == seat.person || (is_head && draft.unit == seat.unit));
    Ok(drafts)
}

/// A draft in the list of its officer.
pub(super) struct Unfinished {
    pub no: CaseNo,
    pub title: String,
    pub saved: String,
}

/// What this officer has begun at this desk and not sent.
pub(super) fn of_officer(tx: &mut Tx, seat: &Seat, now: Instant) -> Result<Vec<Unfinished>, Error> {
    // At which cases of this unit has this officer begun an answer?
    let rows = tx.query(
        "select cases.case_no as no, cases.title as title, answer_drafts.saved_ms as saved_ms
         from answer_drafts
         join cases on cases.case_no = answer_drafts.case_no
         where answer_drafts.person_id = $1
           and answer_drafts.unit = $2
           and cases.unit = $2
           and cases.stage = 'assigned'
         order by answer_drafts.saved_ms desc, cases.case_no
         limit $3",
        params![&seat.person, &seat.unit, LISTED_MAX],
    )?;
    rows.iter()
        .map(|row| {
            Ok(Unfinished {
                no: row.get("no")?,
                title: row.text("title")?,
                saved: say::moment(now, row.instant("saved_ms")?),
            })
        })
        .collect()
}

/// POST /desk/{unit}/cases/{no}/draft
pub(super) async fn save(sent: FromDesk) -> Result<Response, Error> {
    let (seat, no) = (sent.seat()?, sent.no());
    let is_quiet = sent.form.has("quietly");
    let back = sent.view().on_with(&format!("{}/cases/{no}", seat.desk()), "act", "reply");
    if let Some(sentence) = sent.form.token().sentence() {
        return Err(Error::conflict(sentence));
    }
    let is_forgotten = sent.form.text("keep") == "no";
    let values = if is_forgotten { BTreeMap::new() } else { typed(&sent.form) };
    let app = sent.app();
    keep(&app, seat, no, values).await?;
    if is_quiet {
        let now = app.now();
        return Ok((StatusCode::OK, format!("草稿已存 {}", now.time_of_day())).into_response());
    }
    let done = if is_forgotten { "draft-dropped" } else { "draft" };
    Ok(Redirect::to(&format!("{back}&done={done}#act")).into_response())
}

fn typed(form: &Form) -> BTreeMap<String, String> {
    let kept = FIELDS.map(|name| (name.to_owned(), form.words(name).chars().take(CHARS_MAX).collect()));
    kept.into_iter().filter(|(_, value): &(String, String)| !value.is_empty()).collect()
}

async fn keep(app: &App, seat: Seat, no: CaseNo, values: BTreeMap<String, String>) -> Result<(), Error> {
    let school = app.clone();
    let write = move |tx: &mut Tx| {
        let standing = Standing::of(&school);
        let seen = seat.see(tx, &standing.bench(&school.keys), &no)?;
        let is_ours = seen.hats.iter().any(|hat| matches!(hat, Hat::Officer | Hat::UnitHead));
        if !is_ours {
            return Err(Error::Hidden);
        }
        presence::renew(tx, &no, &seat.person, standing.now)?;
        if values.get("words").is_none_or(String::is_empty) {
            return forget(tx, &no, &seat.person);
        }
        let body = serde_json::to_string(&values).map_err(Error::internal)?;
        // Keep what stands in the form, in place of what stood there before.
        tx.execute(
            "insert into answer_drafts (case_no, person_id, unit, body, saved_ms)
             values ($1, $2, $3, $4, $5)
             on conflict (case_no, person_id) do update
             set unit = excluded.unit, body = excluded.body, saved_ms = excluded.saved_ms",
            params![&no, &seat.person, &seat.unit, body, standing.now],
        )?;
        Ok(())
    };
    app.db.write(write).await
}

/// The answer was sent, or its writer has no more use for it.
pub(super) fn forget(tx: &mut Tx, no: &CaseNo, person: &PersonId) -> Result<(), Error> {
    // This draft is no longer needed.
    tx.execute(
        "delete from answer_drafts
         where case_no = $1
           and person_id = $2",
        params![no, person],
    )?;
    Ok(())
}

/// Drops the drafts that nobody has touched for two months; says how many.
pub fn sweep(tx: &mut Tx, now: Instant) -> Result<u64, Error> {
    // Nobody goes on with these.
    Ok(tx.execute("delete from answer_drafts where saved_ms <= $1", params![now.plus_ms(-KEPT_MS)])?)
}

/// What the workbench says about drafts.
pub(super) struct Kept {
    /// When the viewer's own was saved; empty for none.
    pub own: String,
    /// Drafts of colleagues, for the head: who, when, the words so far.
    pub others: Vec<(String, String, String)>,
}

/// The viewer's own draft and how the page tells of all of them.
pub(super) fn told(
    tx: &mut Tx,
    drafts: Vec<Draft>,
    seat: &Seat,
    now: Instant,
) -> Result<(Option<Draft>, Kept), Error> {
    let (own, others): (Vec<Draft>, Vec<Draft>) =
        drafts.into_iter().partition(|draft| draft.person == seat.person);
    let people: Vec<PersonId> = others.iter().map(|draft| draft.person.clone()).collect();
    let names = dossier::names(tx, &people)?;
    let other = |draft: &Draft| {
        let name = names.get(&draft.person).map_or("同事", String::as_str).to_owned();
        (name, say::moment(now, draft.saved_at), draft.words().to_owned())
    };
    let own = own.into_iter().next();
    let saved = own.as_ref().map(|draft| say::moment(now, draft.saved_at)).unwrap_or_default();
    Ok((own, Kept { own: saved, others: others.iter().map(other).collect() }))
}
