//! The proposer names colleagues by their roster number; each is asked in their messages.

use super::{named, queries, standing};
use crate::cases::log::{Bench, Standing, carry_out};
use crate::cases::notify;
use crate::cases::offers::offers;
use crate::cases::once::SentForm;
use crate::cases::own::just_done;
use crate::cases::sight;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use huiyin_domain::access::Act;
use huiyin_domain::case::{Actor, Command, Cosigning};
use huiyin_domain::ids::{CaseNo, PersonId};
use huiyin_foundation::db::Tx;
use huiyin_foundation::error::{Error, FieldErrors};
use huiyin_foundation::limits::{LimitedAction, Who};
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Filled, Form, Page, html};
use huiyin_people::identity::{self, Person, PersonKind};
use std::collections::BTreeSet;

/// More than this at once is a slip of the pen.
const NUMBERS_MAX: usize = 30;

#[derive(Template)]
#[template(path = "cases/cosigning/naming.html")]
struct Naming {
    page: Page,
    no: CaseNo,
    title: String,
    standing: String,
    named: Vec<(String, &'static str)>,
    may_name: bool,
    /// What they have just done; empty if nothing.
    done: String,
    label: &'static str,
    form: Filled,
    refusal: String,
}

/// GET /cases/{no}/cosigners
pub(super) async fn show(
    State(app): State<App>,
    Path(no): Path<String>,
    page: Page,
) -> Result<Response, Error> {
    render(&app, page, CaseNo(no), Filled::new(), String::new(), StatusCode::OK).await
}

async fn render(
    app: &App,
    page: Page,
    no: CaseNo,
    form: Filled,
    refusal: String,
    status: StatusCode,
) -> Result<Response, Error> {
    let person = page.visitor.person.clone().ok_or(Error::SignIn)?;
    let (school, case_no) = (app.clone(), no.clone());
    let read = app.db.read(move |tx| {
        let now = Standing::of(&school);
        let bench = now.bench(&school.keys);
        let seen = sight::by_account(tx, &bench, &person, &case_no)?;
        let standing = standing(bench.policy, seen.case()).ok_or(Error::Hidden)?;
        let may_name = offers(&seen, &bench).has(Act::NameCosigners);
        let done = just_done(&seen, &bench);
        Ok::<_, Error>((seen, standing, may_name, done))
    });
    let (seen, standing, may_name, done) = read.await?;
    let word = |cosigning| match cosigning {
        Cosigning::Consents => "已附议",
        // Who said no stands beside who has not said anything: it is nobody's to know.
        Cosigning::Asked | Cosigning::Declines => "还没有附议",
    };
    let named = named(&seen.loaded, &seen.texts).into_iter().map(|(name, state)| (name, word(state)));
    let has_errors = !form.errors.is_empty();
    let named: Vec<(String, &'static str)> = named.collect();
    let shown = html(Naming {
        label: if named.is_empty() { "请谁附议" } else { "再请谁附议" },
        named,
        title: seen.texts.title().to_owned(),
        page: page.titled("请人附议").back_to(format!("/cases/{no}")).with_errors(has_errors),
        no,
        standing,
        may_name,
        done,
        form,
        refusal,
    })?;
    Ok((status, shown).into_response())
}

/// POST /cases/{no}/cosigners
pub(super) async fn act(
    State(app): State<App>,
    Path(no): Path<String>,
    page: Page,
    form: Form,
) -> Result<Response, Error> {
    let no = CaseNo(no);
    let person = page.visitor.person.clone().ok_or(Error::SignIn)?;
    app.limits.pass(LimitedAction::ActOnOwnCase, Who::Person(&person), &app.keys, app.now())?;
    if let Some(sentence) = form.token().sentence() {
        let filled = form.filled(FieldErrors::new());
        return render(&app, page, no, filled, sentence.to_owned(), StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    let sent = SentForm::of(&app.keys, &no, "cosigners", &form);
    let (school, numbers) = (app.clone(), numbers(&form.text("numbers")));
    let attempt = || {
        let (school, no, person, sent, numbers) =
            (school.clone(), no.clone(), person.clone(), sent.clone(), numbers.clone());
        app.db.write(move |tx| name(tx, &school, &no, &person, &sent, &numbers))
    };
    let outcome = match attempt().await {
        // The same form at the same moment: once more finds it done.
        Err(Error::Conflict { .. }) => attempt().await,
        outcome => outcome,
    };
    match outcome {
        Ok(()) => Ok(Redirect::to(&format!("/cases/{no}/cosigners")).into_response()),
        Err(Error::Invalid(errors)) => {
            let filled = form.filled(errors);
            render(&app, page, no, filled, String::new(), StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Err(Error::Refused { sentence, clause }) => {
            let filled = form.filled(FieldErrors::new());
            render(&app, page, no, filled, format!("{sentence}{clause}"), StatusCode::CONFLICT).await
        }
        Err(other) => Err(other),
    }
}

/// The numbers in what was typed, each once and as they were written; what comes after one too many is not read.
fn numbers(typed: &str) -> Vec<String> {
    let parts = typed.split(|sign: char| sign.is_whitespace() || "、，,；;".contains(sign));
    let mut known = BTreeSet::new();
    let new = parts.filter(|part| !part.is_empty() && known.insert(*part));
    new.take(NUMBERS_MAX + 1).map(str::to_owned).collect()
}

fn name(
    tx: &mut Tx,
    school: &App,
    no: &CaseNo,
    proposer: &PersonId,
    sent: &SentForm,
    numbers: &[String],
) -> Result<(), Error> {
    let now = Standing::of(school);
    let bench = now.bench(&school.keys);
    sight::by_account(tx, &bench, proposer, no)?;
    if !sent.is_first(tx, no, now.now.day())? {
        return Ok(());
    }
    if numbers.is_empty() {
        return Err(Error::invalid("numbers", "请填附议人的工号"));
    }
    if numbers.len() > NUMBERS_MAX {
        return Err(Error::invalid("numbers", format!("一次最多请 {NUMBERS_MAX} 人，请分几次")));
    }
    let mut asked: Vec<Person> = Vec::new();
    for number in numbers {
        asked.push(colleague(tx, &bench, no, proposer, number)?);
    }
    invite(tx, &bench, no, &asked)
}

/// Asks these colleagues to co-sign, each in their messages.
pub fn invite(tx: &mut Tx, bench: &Bench<'_>, no: &CaseNo, asked: &[Person]) -> Result<(), Error> {
    let names = asked.iter().map(|person| format!("{}（{}）", person.name, person.number)).collect();
    let case = carry_out(tx, bench, &Actor::Requester, None, no, Command::NameCosigners { names })?;
    let before = u16::try_from(case.cosigners.len() - asked.len()).map_err(Error::internal)?;
    let mut keys = Vec::new();
    for (place, person) in (before + 1..).zip(asked) {
        let key = bench.keys.person_ref(&person.id);
        queries::put(tx, no, place, &key)?;
        keys.push(key);
    }
    notify::ask_to_cosign(tx, bench, no, keys)
}

/// The member of staff of this number, who is not the proposer and was not asked before.
fn colleague(
    tx: &mut Tx,
    bench: &Bench<'_>,
    no: &CaseNo,
    proposer: &PersonId,
    number: &str,
) -> Result<Person, Error> {
    let wrong = |sentence: String| Error::invalid("numbers", sentence);
    let person = identity::person_by_number(tx, number)?;
    let is_colleague = |person: &Person| person.kind == PersonKind::Staff && !person.is_disabled;
    let person = person
        .filter(is_colleague)
        .ok_or_else(|| wrong(format!("没有工号是 {number} 的教职工，请核对后再填")))?;
    if person.id == *proposer {
        return Err(wrong(format!("{number} 是您自己，提案人不用附议")));
    }
    match queries::place_of(tx, no, &bench.keys.person_ref(&person.id))? {
        Some(_) => Err(wrong(format!("{number} 已经请过，不用再请"))),
        None => Ok(person),
    }
}
