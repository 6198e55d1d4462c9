//! 批示: the facts, what the office proposes, and the leader's words with unit and day (L2).
//!
//! With scripts, phrases go into the box with one press; without, one choice stands for the commonest of them.

use super::send_backs::{self, SendBack};
use crate::cases::log::{Bench, Standing};
use crate::cases::offers::offers;
use crate::cases::once::SentForm;
use crate::cases::photos::{self, Paper};
use crate::cases::reads;
use crate::cases::sight::{self, Seen};
use crate::cases::timeline::{Ear, Telling, timeline};
use crate::coordination::side;
use crate::dossier::{
    LOOKED_INTO, actor_of, carry_once, expect_other_unit, kind_of, leader_name, names, place_words, seen_seq,
    unit_name, units_for,
};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use huiyin_domain::access::{Act, Hat};
use huiyin_domain::calendar::Day;
use huiyin_domain::case::{By, Clock, Command, Event, TextKind};
use huiyin_domain::ids::{CaseNo, FileId, PersonId, UnitId};
use huiyin_domain::policy::{self, Policy};
use huiyin_foundation::error::{Error, FieldErrors};
use huiyin_foundation::files::StoredFile;
use huiyin_foundation::say;
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Choice, Filled, Form, Page, Photo, Side, html};
use std::collections::BTreeMap;

const WORDS_CHARS_MAX: usize = 1000;
/// 同意拟办意见
const AGREED: &str = "同意拟办意见。";

#[derive(Template)]
#[template(path = "leaders/instruct.html")]
struct Instruct {
    page: Page,
    no: CaseNo,
    title: String,
    body: String,
    kind: String,
    colour: u8,
    identity: &'static str,
    place: String,
    sent_back: Vec<SendBack>,
    is_restricted: bool,
    is_offered: bool,
    laid: String,
    brief: String,
    brief_by: String,
    given: Option<Given>,
    photos: Vec<Photo>,
    papers: Vec<Paper>,
    units: Vec<Choice>,
    phrases: Vec<&'static str>,
    until_hint: String,
    form: Filled,
    seen: u32,
    notice: String,
    clause: String,
}

/// An instruction that was given.
struct Given {
    title: String,
    words: String,
    when: String,
}

/// GET /leader/cases/{no}
pub(super) async fn show(
    State(app): State<App>,
    page: Page,
    Path(no): Path<String>,
) -> Result<Response, Error> {
    render(app, page, CaseNo(no), Filled::new(), [String::new(), String::new()], StatusCode::OK).await
}

/// POST /leader/cases/{no}
pub(super) async fn act(
    State(app): State<App>,
    page: Page,
    Path(no): Path<String>,
    form: Form,
) -> Result<Response, Error> {
    let no = CaseNo(no);
    let command = match form.taken(instruction(&form)) {
        Ok(command) => command,
        Err((filled, sentence)) => {
            let notice = [sentence, String::new()];
            return render(app, page, no, filled, notice, StatusCode::UNPROCESSABLE_ENTITY).await;
        }
    };
    let (school, case_no) = (app.clone(), no.clone());
    let (visitor, seen_seq) = (page.visitor.clone(), seen_seq(&app.keys, &no, &form));
    let sent = SentForm::of(&app.keys, &no, "instruction", &form);
    let is_looked_into = form.has(LOOKED_INTO);
    let done = app.db.write(move |tx| {
        let standing = Standing::of(&school);
        let bench = standing.bench(&school.keys);
        if !is_looked_into {
            let seen = sight::by_staff(tx, &bench, &actor_of(&visitor)?, &case_no)?;
            expect_other_unit(tx, &bench, &seen, &command)?;
        }
        carry_once(tx, &bench, &visitor, &case_no, &sent, seen_seq, command)
    });
    let notice = match done.await {
        Ok(()) => return Ok(Redirect::to(&format!("/leader/instructions?done={no}")).into_response()),
        Err(Error::Refused { sentence, clause }) => [sentence, clause],
        Err(Error::Conflict { sentence }) => [sentence, String::new()],
        Err(Error::Invalid(errors)) => {
            let (filled, nothing) = (form.filled(errors), [String::new(), String::new()]);
            return render(app, page, no, filled, nothing, StatusCode::UNPROCESSABLE_ENTITY).await;
        }
        Err(other) => return Err(other),
    };
    render(app, page, no, form.filled(form.errors()), notice, StatusCode::CONFLICT).await
}

fn instruction(form: &Form) -> Result<Command, FieldErrors> {
    let mut errors = form.errors();
    let written = form.words("words");
    let words = if form.has("agreed") { format!("{AGREED}{written}") } else { written };
    errors.expect(!words.is_empty(), "words", "请写批示内容");
    form.expect_at_most(&mut errors, "words", "批示", WORDS_CHARS_MAX);
    form.expect_filled_in(&mut errors, "words");
    let unit = form.text("unit");
    errors.expect(!unit.is_empty(), "unit", "请选承办单位");
    let day = form.text("until");
    let until: Option<Day> = day.parse().ok();
    errors.expect(day.is_empty() || until.is_some(), "until", "请写成 2026-12-01 这样的日期，或留空");
    errors.or(Command::Instruct { unit: UnitId(unit), until, key: form.has("key"), words })
}

async fn render(
    app: App,
    page: Page,
    no: CaseNo,
    form: Filled,
    notice: [String; 2],
    status: StatusCode,
) -> Result<Response, Error> {
    let actor = actor_of(&page.visitor)?;
    let (school, visitor) = (app.clone(), page.visitor.clone());
    let is_incomplete = status == StatusCode::UNPROCESSABLE_ENTITY;
    let (standing, seen, names, files, side) = app
        .db
        .read(move |tx| {
            let standing = Standing::of(&school);
            let bench = standing.bench(&school.keys);
            let seen = sight::by_staff(tx, &bench, &actor, &no)?;
            let is_theirs = |hat: &Hat| matches!(hat, Hat::Addressee | Hat::Leader);
            if !seen.hats.iter().any(is_theirs) || (is_incomplete && !seen.may(Act::Instruct)) {
                return Err(Error::Hidden);
            }
            let writers: Vec<PersonId> = brief_of(&seen).and_then(|(_, by)| by).into_iter().collect();
            let names = names(tx, &writers)?;
            let files = photos::of_case(tx, &no, &seen.loaded.record)?;
            let side = side(tx, bench.policy, &visitor, bench.now)?;
            Ok::<_, Error>((standing, seen, names, files, side))
        })
        .await?;
    reads::note(&app, &page.visitor, &seen, reads::Place::Leader).await?;
    let bench = standing.bench(&app.keys);
    let answer = html(page_of(page, side, &bench, &seen, &names, &files, form, notice))?;
    Ok((status, answer).into_response())
}

#[expect(clippy::too_many_arguments, reason = "each is one part of the page, read from one place")]
fn page_of(
    page: Page,
    side: Option<Side>,
    bench: &Bench<'_>,
    seen: &Seen,
    names: &BTreeMap<PersonId, String>,
    files: &BTreeMap<FileId, StoredFile>,
    form: Filled,
    [notice, clause]: [String; 2],
) -> Instruct {
    let (case, policy) = (seen.case(), bench.policy);
    let page = page.titled("批示").back_to("/leader").with_errors(!form.errors.is_empty()).beside_any(side);
    let (kind, colour) = kind_of(policy, &case.kind);
    let telling = Telling {
        ear: Ear::Staff,
        hats: &seen.hats,
        law: policy.law_of(seen.case()),
        now: bench.now,
        policy,
        names,
    };
    let items = timeline(&seen.loaded, &seen.texts, &telling);
    let (mut all_photos, mut all_papers) = (Vec::new(), Vec::new());
    for item in &items {
        let (photos, papers) = photos::shown(item, files, bench.keys, bench.now);
        all_photos.extend(photos);
        all_papers.extend(papers);
    }
    let brief = brief_of(seen);
    let by = brief.as_ref().and_then(|(_, by)| by.as_ref()).and_then(|person| names.get(person));
    let laid = seen.loaded.record.iter().rev().find(|line| matches!(line.event, Event::Escalated { .. }));
    let promise = case.round().promise(Clock::Result);
    Instruct {
        no: seen.no.clone(),
        title: seen.texts.title().to_owned(),
        body: seen.texts.body().to_owned(),
        kind,
        colour,
        identity: say::identity(case.identity),
        place: place_words(policy, case.place.as_ref(), seen.texts.room()),
        sent_back: send_backs::of(&seen.loaded.record, &seen.texts, policy, bench.now),
        is_restricted: case.restricted,
        is_offered: offers(seen, bench).has(Act::Instruct),
        laid: laid.map_or_else(String::new, |line| say::lasted(bench.now.0 - line.at.0)),
        brief: brief.as_ref().map_or_else(String::new, |(words, _)| words.clone()),
        brief_by: by.cloned().unwrap_or_default(),
        given: given(seen, bench),
        photos: all_photos,
        papers: all_papers,
        units: units_for(policy, case),
        phrases: vec!["同意拟办意见", "请速核实，结果报我", "请当面报告", "从快办理，结果先回反映人"],
        until_hint: promise.map_or_else(String::new, |promise| {
            format!("不填按原定：{}", say::moment_long(bench.now, promise.due))
        }),
        form: filled(form, seen, policy),
        seen: seen.last_read(),
        notice,
        clause,
        page,
    }
}

/// What the office proposes, and who wrote it.
fn brief_of(seen: &Seen) -> Option<(String, Option<PersonId>)> {
    let line = seen.loaded.record.iter().rev().find(|line| matches!(line.event, Event::Escalated { .. }))?;
    let by = match &line.by {
        By::Staff { person, .. } => Some(person.clone()),
        _ => None,
    };
    Some((seen.texts.of(line.seq, TextKind::Words).to_owned(), by))
}

/// The last instruction on the case.
fn given(seen: &Seen, bench: &Bench<'_>) -> Option<Given> {
    let line = seen.loaded.record.iter().rev().find(|line| matches!(line.event, Event::Instructed { .. }))?;
    let Event::Instructed { leader, unit, .. } = &line.event else { return None };
    let (leader, unit) = (leader_name(bench.policy, leader), unit_name(bench.policy, unit));
    Some(Given {
        title: format!("{leader}已批示，{unit}办理"),
        words: seen.texts.of(line.seq, TextKind::Words).to_owned(),
        when: say::moment(bench.now, line.at),
    })
}

/// The unit that the brief names first, that has the case, or that its words speak for, stands in the box unless another
/// was chosen.
fn filled(form: Filled, seen: &Seen, policy: &Policy) -> Filled {
    if form.all("unit").next().is_some() {
        return form;
    }
    let case = seen.case();
    let text = format!("{}\n{}", seen.texts.title(), seen.texts.body());
    let category = case.category.as_ref().and_then(|id| policy.category(id));
    let by_category = || category.and_then(|category| category.unit.clone());
    let by_words =
        || policy::propose(policy, &case.kind, &text).into_iter().find_map(|proposal| proposal.unit);
    let unit = by_brief(seen, policy).or_else(|| case.unit.clone()).or_else(by_category).or_else(by_words);
    form.with("unit", unit.map_or_else(String::new, |unit| unit.0))
}

fn by_brief(seen: &Seen, policy: &Policy) -> Option<UnitId> {
    let (brief, _) = brief_of(seen)?;
    let open = policy.units.iter().filter(|unit| !unit.closed && !seen.case().is_recused(&unit.id));
    let named = open.filter_map(|unit| {
        let names = std::iter::once(&unit.name).chain(&unit.aliases);
        Some((names.filter_map(|name| brief.find(name.as_str())).min()?, &unit.id))
    });
    named.min_by_key(|(at, _)| *at).map(|(_, unit)| unit.clone())
}
