//! The page of one case for the desks that dispatch, supervise, lead and audit: facts, words, pictures, the whole record,
//! and a form for each act that would not be refused now.

use super::acts::actor_of;
use super::asked::Noun;
use super::choices::{Choices, choices};
use super::done;
use super::facts::facts;
use super::likely::{Likely, likely};
use super::parts::{self, names};
use super::roads::{self, Proposal};
use super::turns;
use super::words::{self, stored};
use crate::archive;
use crate::cases::cosigning;
use crate::cases::covering;
use crate::cases::log::{Bench, Standing};
use crate::cases::offers::{Offers, offers};
use crate::cases::photos::{self, Paper};
use crate::cases::presence;
use crate::cases::reads;
use crate::cases::sight::{self, Seen};
use crate::cases::timeline::{Ear, Item, Telling, staff_in, timeline};
use crate::cases::together::{self, Along};
use crate::coordination;
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use huiyin_domain::access::{Act, Hat};
use huiyin_domain::case::{Event, Level, Stage, Urgency};
use huiyin_domain::ids::{CaseNo, PersonId, UnitId};
use huiyin_domain::policy::{Policy, propose};
use huiyin_foundation::error::Error;
use huiyin_foundation::say::{self, Due, Tag};
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Door, Filled, Page, Photo, Side, html};
use serde::Deserialize;
use std::collections::BTreeMap;

/// The boxes in which somebody writes more than a word.
const TEXTS: [&str; 16] = [
    "note",
    "brief",
    "transfer_reason",
    "decline_words",
    "complaint_answer",
    "assistance_words",
    "recusal_reason",
    "lifting_reason",
    "statute_reason",
    "unmerging_reason",
    "split_body",
    "extension_words",
    "extension_refusal",
    "review_words",
    "striking_off_words",
    "conclusion_words",
];

/// What the address may ask for: a form to be open, a ground with its words.
#[derive(Default, Deserialize)]
pub(super) struct Ask {
    #[serde(default)]
    open: String,
    #[serde(default)]
    ground: String,
}

/// GET /staff/cases/{no}
pub(super) async fn show(
    State(app): State<App>,
    page: Page,
    Path(no): Path<String>,
    Query(ask): Query<Ask>,
) -> Result<Response, Error> {
    let mut view = View { open: ask.open, ..View::default() };
    if let Some(ground) = words::read(&ask.ground) {
        let suggested = words::suggested(ground, &page.duty_phone);
        view.open = Noun::Declination.word().to_owned();
        view.form = view.form.with("ground", ask.ground).with("decline_words", suggested);
    }
    render(app, page, CaseNo(no), view, StatusCode::OK).await
}

/// How the page is shown: fresh, or with a form that could not be taken.
#[derive(Default)]
pub(super) struct View {
    form: Filled,
    open: String,
    notice: String,
    clause: String,
    /// The act that was asked for; whoever may never do it is told nothing of its form.
    asked: Option<Noun>,
}

impl View {
    /// The form of an act again, with what was typed and what is to be said above it.
    pub fn again(noun: Noun, form: Filled, notice: &str, clause: &str) -> View {
        let open = noun.word().to_owned();
        View { form, open, notice: notice.to_owned(), clause: clause.to_owned(), asked: Some(noun) }
    }
}

/// An item of the record with its pictures and papers.
struct Entry {
    item: Item,
    photos: Vec<Photo>,
    papers: Vec<Paper>,
}

/// The record ready to be shown.
struct Told {
    entries: Vec<Entry>,
    /// Pictures and papers that came with the case.
    sent_in: (Vec<Photo>, Vec<Paper>),
    /// Who opened it, for those who audit.
    read_by: Vec<(String, &'static str, String)>,
    /// What the reader has just done; empty if nothing.
    done: String,
    /// Who else has the case open; empty for nobody.
    also_open: String,
    /// What is handled together with it.
    along: Vec<Along>,
    /// What may be the same matter.
    likely: Likely,
}

#[derive(Template)]
#[template(path = "dossier/dossier.html")]
struct Dossier {
    page: Page,
    no: CaseNo,
    title: String,
    body: String,
    tag: Tag,
    kind: String,
    colour: u8,
    urgency: &'static str,
    is_restricted: bool,
    is_key: bool,
    is_archived: bool,
    due: Option<(&'static str, Due)>,
    facts: Vec<(&'static str, String)>,
    photos: Vec<Photo>,
    papers: Vec<Paper>,
    entries: Vec<Entry>,
    read_by: Vec<(String, &'static str, String)>,
    /// 附议 2 / 3; empty for what is no proposal.
    cosigned: String,
    done: String,
    also_open: String,
    offers: Offers,
    instruct_here: bool,
    has_order: bool,
    may_take: bool,
    asked: turns::Asked,
    complaint: String,
    undo: String,
    proposal: Option<Proposal>,
    along: Vec<Along>,
    likely: Likely,
    form: Filled,
    choices: Choices,
    seen: u32,
    open: String,
    notice: String,
    clause: String,
}

impl Dossier {
    /// Whether the form of this act is on the page.
    fn has(&self, noun: &str) -> bool {
        Noun::from_word(noun).is_some_and(|noun| self.offers.has(noun.act()))
    }

    /// Whether there is anything to do here at all.
    fn has_acts(&self) -> bool {
        self.instruct_here || Noun::ALL.into_iter().any(|noun| self.offers.has(noun.act()))
    }

    /// What somebody wrote for an act that a colleague has done meanwhile: its form is gone, their words are not.
    fn unsent(&self) -> Vec<&str> {
        let is_gone = !self.open.is_empty() && !self.has(&self.open);
        let written = TEXTS.iter().map(|name| self.form.value(name));
        written.filter(|words| is_gone && !words.is_empty()).collect()
    }

    fn is_open(&self, noun: &str) -> bool {
        self.open == noun
    }

    /// Two forms ask for a unit; the one that has the floor has the name that the error summary leads to.
    fn unit_id(&self, noun: &str) -> String {
        if self.is_open(noun) { "unit".to_owned() } else { format!("unit-{noun}") }
    }
}

/// Shows the page; `status` tells whether a form on it could not be taken.
pub(super) async fn render(
    app: App,
    page: Page,
    no: CaseNo,
    view: View,
    status: StatusCode,
) -> Result<Response, Error> {
    let actor = actor_of(&page.visitor)?;
    let (school, visitor, asked) = (app.clone(), page.visitor.clone(), view.asked);
    let (standing, seen, names, stored_files, (side, also_open), readings, (along, likely)) = app
        .db
        .read(move |tx| {
            let standing = Standing::of(&school);
            let bench = standing.bench(&school.keys);
            let seen = sight::by_staff(tx, &bench, &actor, &no)?;
            if asked.is_some_and(|noun| !seen.may(noun.act())) {
                return Err(Error::Hidden);
            }
            let audits = |hat: &Hat| matches!(hat, Hat::Supervisor | Hat::Auditor);
            let readings = if seen.hats.iter().any(audits) { reads::of_case(tx, &no)? } else { Vec::new() };
            let readers = readings.iter().map(|reading| reading.person.clone());
            let people = staff_in(&seen.loaded).into_iter().chain(seen.requester.clone()).chain(readers);
            let mut people: Vec<PersonId> = people.collect();
            people.sort();
            people.dedup();
            let names = names(tx, &people)?;
            let files = photos::of_case(tx, &no, &seen.loaded.record)?;
            let side = coordination::side(tx, bench.policy, &visitor, bench.now)?;
            let also_open = presence::others_in_words(tx, &bench, &seen, &visitor)?;
            let along = together::along(tx, &seen.no, seen.case(), &seen.actor, bench.policy)?;
            let likely = likely(tx, &bench, &seen, &visitor.duties)?;
            Ok::<_, Error>((standing, seen, names, files, (side, also_open), readings, (along, likely)))
        })
        .await?;
    if let Some(workbench) = workbench_of(&seen, &page) {
        return Ok(Redirect::to(&workbench).into_response());
    }
    reads::note(&app, &page.visitor, &seen, reads::Place::Dossier).await?;
    presence::note(&app, &page.visitor, &seen).await?;
    let bench = standing.bench(&app.keys);
    let telling = Telling {
        ear: Ear::Staff,
        hats: &seen.hats,
        law: bench.policy.law_of(seen.case()),
        now: bench.now,
        policy: bench.policy,
        names: &names,
    };
    let entries = timeline(&seen.loaded, &seen.texts, &telling).into_iter().map(|item| {
        let (photos, papers) = photos::shown(&item, &stored_files, &app.keys, bench.now);
        Entry { item, photos, papers }
    });
    let mut entries: Vec<Entry> = entries.collect();
    // What was sent in stands at the top of the page; the record says only that it came.
    let sent_in = entries.last_mut().map(|first| {
        first.item.words.clear();
        (std::mem::take(&mut first.photos), std::mem::take(&mut first.papers))
    });
    let items = entries.iter().map(|entry| &entry.item);
    let done = if view.open.is_empty() {
        done::just_done(&seen, items, &page.visitor, &bench)
    } else {
        String::new()
    };
    let answer = html(dossier(
        page,
        side,
        &bench,
        seen,
        &names,
        Told {
            entries,
            sent_in: sent_in.unwrap_or_default(),
            read_by: reads::in_words(&readings, &names, bench.now),
            done,
            also_open,
            along,
            likely,
        },
        view,
    ))?;
    Ok((status, answer).into_response())
}

fn dossier(
    page: Page,
    side: Option<Side>,
    bench: &Bench<'_>,
    seen: Seen,
    names: &BTreeMap<PersonId, String>,
    told: Told,
    view: View,
) -> Dossier {
    let (case, policy) = (seen.case(), bench.policy);
    let page = page.titled("诉求详情").with_errors(!view.form.errors.is_empty());
    let page = match side {
        Some(side) => page.back_to(side.home.clone()).beside(side),
        None => page.back_to("/search"),
    };
    let (kind, colour) = parts::kind_of(policy, &case.kind);
    let offers = offers(&seen, bench);
    let due = case.next_promise().map(|promise| {
        let due = say::due(bench.now, promise.due, promise.calendar, bench.calendar);
        (say::clock(promise.clock), due)
    });
    Dossier {
        no: seen.no.clone(),
        title: seen.texts.title().to_owned(),
        body: seen.texts.body().to_owned(),
        tag: say::case_tag(
            case.stage,
            case.signed_at.is_some(),
            case.rounds.len() as u32,
            case.round().solved,
        ),
        kind,
        colour,
        urgency: if case.urgency == Urgency::Normal { "" } else { say::urgency(case.urgency) },
        is_restricted: case.restricted,
        is_key: case.is_key,
        is_archived: case.stage == Stage::Archived,
        due,
        facts: facts(&seen, bench, names),
        asked: turns::asked(&seen, bench),
        complaint: roads::complaint(&seen, bench),
        undo: roads::undo(case, bench),
        proposal: roads::proposal(&seen, bench.policy),
        along: told.along,
        likely: told.likely,
        entries: told.entries,
        read_by: told.read_by,
        cosigned: cosigning::standing(policy, case).unwrap_or_default(),
        done: told.done,
        also_open: told.also_open,
        photos: told.sent_in.0,
        papers: told.sent_in.1,
        instruct_here: offers.has(Act::Instruct),
        may_take: archive::may_take(&seen),
        has_order: case.supervised.is_some()
            && Door::Supervisor.roles().iter().any(|role| page.visitor.has(*role)),
        offers,
        form: filled(view.form, &seen, bench.policy, names),
        choices: choices(policy, case),
        seen: seen.last_read(),
        open: view.open,
        notice: view.notice,
        clause: view.clause,
        page,
    }
}

/// Officers work at their own desk; this page is for whoever is more, or something else, to the case.
fn workbench_of(seen: &Seen, page: &Page) -> Option<String> {
    let is_desk = |hat: &Hat| matches!(hat, Hat::Officer | Hat::UnitHead | Hat::Assistant);
    if !seen.hats.iter().all(is_desk) {
        return None;
    }
    let case = seen.case();
    let units = case.unit.iter().chain(&case.assisting);
    let held = |unit: &&UnitId| page.visitor.duties.iter().any(|duty| duty.unit.as_ref() == Some(*unit));
    units.into_iter().find(held).map(|unit| format!("/desk/{unit}/cases/{}", seen.no))
}

/// The unit that the list of waiting cases proposes first: what the one that sent it back names, what the category says,
/// else what the words speak for.
fn proposed_unit(seen: &Seen, policy: &Policy) -> Option<UnitId> {
    let case = seen.case();
    let day = case.submitted_at.day();
    let of_category = case.category.as_ref().and_then(|id| policy.unit_for(id, case.place.as_ref(), day));
    let text = format!("{}\n{}", seen.texts.title(), seen.texts.body());
    let of_words = || propose(policy, &case.kind, &text).into_iter().find_map(|proposal| proposal.unit);
    let sent_back = seen.loaded.record.iter().rev().find_map(|line| match &line.event {
        Event::SentBack { suggested, .. } => Some(suggested.clone()),
        _ => None,
    });
    sent_back
        .flatten()
        .or(of_category)
        .or_else(of_words)
        .filter(|id| policy.unit(id).is_some_and(|unit| !unit.closed) && !case.is_recused(id))
}

/// The boxes of all forms: what was typed, and proposals where nothing was.
fn filled(form: Filled, seen: &Seen, policy: &Policy, known: &BTreeMap<PersonId, String>) -> Filled {
    let (case, names) = (seen.case(), covering::names_among(seen, known));
    let unit = case.unit.clone().or_else(|| proposed_unit(seen, policy));
    let unit = unit.as_ref().map_or("", |unit| unit.as_str());
    let lowest = if case.unit.is_some() { Level::UnitHead } else { Level::Coordinator };
    let level = case.supervised.map_or(lowest, |level| level.max(lowest));
    let proposals = [
        ("unit", unit.to_owned()),
        ("level", stored(&level)),
        ("public_title", covering::covered_for(seen.texts.title(), &names)),
        ("public_body", covering::covered_for(seen.texts.body(), &names)),
    ];
    proposals.into_iter().fold(form, |form, (name, value)| {
        let is_typed = form.all(name).next().is_some();
        if is_typed { form } else { form.with(name, value) }
    })
}
