//! The page of somebody who was asked to co-sign: the proposal and by whom; yes or no in one press. Whoever said yes goes on
//! reading it here, with its record and answer; whoever said no reads nothing more of it.

use super::standing;
use crate::cases::log::{Standing, carry_out};
use crate::cases::once::SentForm;
use crate::cases::photos::{self, Paper};
use crate::cases::sight::{self, Asked};
use crate::cases::timeline::{Ear, Item, Telling, staff_in, timeline};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use huiyin_domain::case::{Actor, Command, Cosigning};
use huiyin_domain::ids::{CaseNo, PersonId};
use huiyin_foundation::db::Tx;
use huiyin_foundation::error::Error;
use huiyin_foundation::limits::{LimitedAction, Who};
use huiyin_foundation::say::{self, Tag};
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Form, Page, Photo, html};
use huiyin_people::{identity, names};

#[derive(Template)]
#[template(path = "cases/cosigning/answering.html")]
struct Answering {
    page: Page,
    told: Told,
    refusal: &'static str,
}

/// The proposal as a co-signer is told of it.
struct Told {
    no: CaseNo,
    title: String,
    body: String,
    proposer: String,
    tag: Tag,
    standing: String,
    /// The record, once they co-sign.
    items: Vec<(Item, Vec<Photo>, Vec<Paper>)>,
    photos: Vec<Photo>,
    papers: Vec<Paper>,
    has_consented: bool,
    is_open: bool,
}

#[derive(Template)]
#[template(path = "cases/cosigning/declined.html")]
struct Declined {
    page: Page,
}

/// GET /cosigning/{no}
pub(super) async fn show(
    State(app): State<App>,
    Path(no): Path<String>,
    page: Page,
) -> Result<Response, Error> {
    render(&app, page, CaseNo(no), "", StatusCode::OK).await
}

async fn render(
    app: &App,
    page: Page,
    no: CaseNo,
    refusal: &'static str,
    status: StatusCode,
) -> Result<Response, Error> {
    let person = page.visitor.person.clone().ok_or(Error::SignIn)?;
    let school = app.clone();
    let told = app.db.read(move |tx| tell(tx, &school, &person, &no)).await?;
    let page = page.titled("请您附议").back_to("/messages");
    let shown = match told {
        Some(told) => html(Answering { page, told, refusal })?,
        None => html(Declined { page })?,
    };
    Ok((status, shown).into_response())
}

fn tell(tx: &mut Tx, school: &App, person: &PersonId, no: &CaseNo) -> Result<Option<Told>, Error> {
    let now = Standing::of(school);
    let bench = now.bench(&school.keys);
    let seen = match sight::by_cosigner(tx, &bench, person, no)? {
        Asked::Seen(seen) => seen,
        Asked::Declined => return Ok(None),
    };
    let proposer = match &seen.requester {
        Some(id) => identity::person(tx, id)?.map(|person| person.name).unwrap_or_default(),
        None => String::new(),
    };
    let case = seen.case();
    let has_consented = match seen.actor {
        Actor::Cosigner { place } => case.cosigning_of(place) == Some(Cosigning::Consents),
        _ => false,
    };
    let staff = names::of(tx, &staff_in(&seen.loaded))?;
    let telling = Telling {
        ear: Ear::Requester,
        hats: &seen.hats,
        now: bench.now,
        policy: bench.policy,
        names: &staff,
        law: bench.policy.law_of(case),
    };
    let stored = photos::of_case(tx, no, &seen.loaded.record)?;
    let with_files = |item: Item| {
        let (photos, papers) = photos::shown(&item, &stored, bench.keys, bench.now);
        (item, photos, papers)
    };
    let told = if has_consented { timeline(&seen.loaded, &seen.texts, &telling) } else { Vec::new() };
    let (photos, papers) = photos::linked(&case.files, &stored, bench.keys, bench.now);
    let round = u32::try_from(case.rounds.len()).unwrap_or(u32::MAX);
    Ok(Some(Told {
        no: no.clone(),
        title: seen.texts.title().to_owned(),
        body: seen.texts.body().to_owned(),
        tag: say::case_tag(case.stage, case.signed_at.is_some(), round, case.round().solved),
        standing: standing(bench.policy, case).unwrap_or_default(),
        items: told.into_iter().map(with_files).collect(),
        is_open: case.stage.is_open(),
        photos,
        papers,
        proposer,
        has_consented,
    }))
}

/// POST /cosigning/{no}
pub(super) async fn act(
    State(app): State<App>,
    Path(no): Path<String>,
    page: Page,
    form: Form,
) -> Result<Response, Error> {
    let no = CaseNo(no);
    let person = page.visitor.person.clone().ok_or(Error::SignIn)?;
    app.limits.pass(LimitedAction::ActOnOwnCase, Who::Person(&person), &app.keys, app.now())?;
    if form.token().sentence().is_some() {
        return render(&app, page, no, "这一页打开太久，请再点一次", StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    let consents = match form.text("answer").as_str() {
        "consent" => true,
        "decline" => false,
        _ => return render(&app, page, no, "请选附议或不附议", StatusCode::UNPROCESSABLE_ENTITY).await,
    };
    let sent = SentForm::of(&app.keys, &no, "cosigning", &form);
    let (school, case_no) = (app.clone(), no.clone());
    let write = move |tx: &mut Tx| {
        let now = Standing::of(&school);
        let bench = now.bench(&school.keys);
        let Asked::Seen(seen) = sight::by_cosigner(tx, &bench, &person, &case_no)? else { return Ok(()) };
        if !sent.is_first(tx, &case_no, now.now.day())? {
            return Ok(());
        }
        let command = Command::AnswerCosigning { consents };
        carry_out(tx, &bench, &seen.actor, None, &case_no, command).map(|_| ())
    };
    app.db.write(write).await?;
    Ok(Redirect::to(&format!("/cosigning/{no}")).into_response())
}
