//! One thing done to all cases that are ticked in the queue (H1): signing for them, or giving them to a colleague.
//!
//! Each case goes the ordinary way for itself, in a transaction of its own, and is answered for itself: what could not be
//! done is listed with its reason, and the rest is done. A number that is not the unit's is answered like one that does not
//! exist. The same form sent twice is carried out once.

use super::queries::PAGE_ROWS;
use super::queue::{self, Again};
use super::seat::{self, Seat};
use super::view::{Asked, View};
use crate::cases::log::{Standing, carry_out};
use crate::cases::once::SentForm;
use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use huiyin_domain::case::Command;
use huiyin_domain::ids::{CaseNo, PersonId};
use huiyin_foundation::db::Tx;
use huiyin_foundation::error::Error;
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Choice, Form, Page, html};
use huiyin_people::units;
use std::collections::BTreeSet;

/// A number that somebody made up may be long.
const NO_CHARS_MAX: usize = 24;
const NOT_HERE: &str = "本单位没有这件，或已经转走";

/// What is done to all of them.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Act {
    /// 签收
    Signature,
    /// 分给 this colleague
    Allotment(PersonId),
}

impl Act {
    fn command(&self) -> Command {
        match self {
            Act::Signature => Command::SignFor,
            Act::Allotment(officer) => Command::Allot { officer: officer.clone() },
        }
    }

    /// Signing takes a case over too, so the sentence says what is due next.
    fn done(&self, count: usize, officers: &[Choice]) -> String {
        match self {
            Act::Signature => format!("{count} 件已签收，请在期限前给反映人第一次回应。"),
            Act::Allotment(officer) => format!("{count} 件已分给 {}。", name_of(officer.as_str(), officers)),
        }
    }
}

/// A case to which it could not be done.
struct Left {
    no: String,
    /// Its workbench; empty for a number that is not the unit's.
    href: String,
    reason: String,
}

#[derive(Template)]
#[template(path = "desk/batch.html")]
struct Outcome {
    page: Page,
    seat: Seat,
    /// 12 件已分给 张老师。Empty if none.
    done: String,
    left: Vec<Left>,
    back: String,
}

/// Those of the unit to whom a case may be given: the one who asks first, the head last.
pub(super) fn officers(tx: &mut Tx, seat: &Seat) -> Result<Vec<Choice>, Error> {
    let mut choices: Vec<Choice> = Vec::new();
    for holder in units::officers_of(tx, &seat.unit)? {
        let is_known = choices.iter().any(|choice| choice.value == holder.person.as_str());
        if holder.person == seat.person {
            choices.retain(|choice| choice.value != holder.person.as_str());
            choices.insert(0, Choice::new(holder.person.as_str(), format!("我（{}）", holder.name)));
        } else if !is_known {
            choices.push(Choice::new(holder.person.as_str(), holder.name));
        }
    }
    Ok(choices)
}

/// What is said above the list after all of it was done.
pub(super) fn done_words(done: &str, count: &str, to: &str, officers: &[Choice]) -> String {
    let Ok(count) = count.parse::<usize>() else { return String::new() };
    match done {
        "signatures" => Act::Signature.done(count, officers),
        "allotment" => Act::Allotment(to.into()).done(count, officers),
        _ => String::new(),
    }
}

fn name_of<'a>(person: &str, officers: &'a [Choice]) -> &'a str {
    officers.iter().find(|choice| choice.value == person).map_or("同事", |choice| choice.words.as_str())
}

/// POST /desk/{unit}/batch
pub(super) async fn act(
    State(app): State<App>,
    Path(unit): Path<String>,
    page: Page,
    form: Form,
) -> Result<Response, Error> {
    let seat = Seat::take(&page.visitor, &unit)?;
    let view = View::carried(&form.text("list"), &app.policy_in_force().policy);
    let officers = {
        let seat = seat.clone();
        app.db.read(move |tx| officers(tx, &seat)).await?
    };
    let ticked = ticked(&form);
    let act = match asked(&form, &ticked, &officers) {
        Ok(act) => act,
        Err(wrong) => {
            let again = Again { wrong, ticked, officer: form.text("officer") };
            return queue::show(&app, page, seat, view, &Asked::new(), again).await;
        }
    };
    let mut left = Vec::new();
    for no in &ticked {
        if let Err(error) = one(&app, &seat, no, &act, &form).await {
            left.push(not_done(&seat, no, error)?);
        }
    }
    let done = ticked.len() - left.len();
    if left.is_empty() {
        return Ok(Redirect::to(&way_back(&view, &seat, &act, done)).into_response());
    }
    let standing = Standing::of(&app);
    let side = {
        let (seat, visitor) = (seat.clone(), page.visitor.clone());
        let sit =
            move |tx: &mut Tx| seat::side(tx, &standing.policy.policy, standing.now, &visitor, &seat.unit);
        app.db.read(sit).await?
    };
    html(Outcome {
        done: if done > 0 { act.done(done, &officers) } else { String::new() },
        back: view.on(&seat.desk()),
        page: page.titled("一起办的结果").beside(side),
        left,
        seat,
    })
}

/// The numbers that were ticked, each once, in their order.
fn ticked(form: &Form) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let numbers = form.all("case").into_iter().filter(|no| !no.is_empty());
    numbers.filter(|no| seen.insert(no.clone())).collect()
}

/// What is asked for; or what is wrong with it, for all of them alike.
fn asked(form: &Form, ticked: &[String], officers: &[Choice]) -> Result<Act, String> {
    if let Some(sentence) = form.token().sentence() {
        return Err(sentence.to_owned());
    }
    if ticked.is_empty() {
        return Err("还没有勾选，请先勾选要办的件。".into());
    }
    if ticked.len() > PAGE_ROWS {
        let count = ticked.len();
        return Err(format!("一次最多办 {PAGE_ROWS} 件，您选了 {count} 件，请分几次办。"));
    }
    match form.text("act").as_str() {
        "signature" => Ok(Act::Signature),
        "allotment" => {
            let officer = form.text("officer");
            let is_here = officers.iter().any(|choice| choice.value == officer);
            is_here
                .then(|| Act::Allotment(officer.as_str().into()))
                .ok_or("这位不在本单位，请重选分给谁。".into())
        }
        _ => Err("请选签收，或选好人再分给。".into()),
    }
}

/// Does it to one case.
async fn one(app: &App, seat: &Seat, no: &str, act: &Act, form: &Form) -> Result<(), Error> {
    let no = CaseNo(no.to_owned());
    let sent = SentForm::of(&app.keys, &no, &format!("{} batch", seat.unit), form);
    let (school, seat, command) = (app.clone(), seat.clone(), act.command());
    let write = move |tx: &mut Tx| {
        if sent.is_done(tx)? {
            return Ok(());
        }
        let standing = Standing::of(&school);
        let bench = standing.bench(&school.keys);
        seat.see(tx, &bench, &no)?;
        carry_out(tx, &bench, &seat.actor(), Some(&seat.unit), &no, command.clone())?;
        sent.is_first(tx, &no, standing.now.day()).map(|_| ())
    };
    app.db.write(write).await
}

/// Why it was not done; our own faults are not the case's.
fn not_done(seat: &Seat, no: &str, error: Error) -> Result<Left, Error> {
    let reason = match error {
        Error::Refused { sentence, .. } | Error::Conflict { sentence } => sentence,
        Error::Hidden => {
            let no = no.chars().take(NO_CHARS_MAX).collect();
            return Ok(Left { no, href: String::new(), reason: NOT_HERE.into() });
        }
        other => return Err(other),
    };
    Ok(Left { no: no.to_owned(), href: format!("{}/cases/{no}", seat.desk()), reason })
}

fn way_back(view: &View, seat: &Seat, act: &Act, count: usize) -> String {
    let (done, to) = match act {
        Act::Signature => ("signatures", ""),
        Act::Allotment(officer) => ("allotment", officer.as_str()),
    };
    let mut query = form_urlencoded::Serializer::new(view.query());
    query.append_pair("done", done).append_pair("count", &count.to_string());
    if !to.is_empty() {
        query.append_pair("to", to);
    }
    format!("{}?{}", seat.desk(), query.finish())
}
