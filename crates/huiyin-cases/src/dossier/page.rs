//! The page of one case for the desks that dispatch, supervise, lead and audit: facts, words, pictures, the whole record,
//! and a form for each act that would not be refused now.

use super::acts::actor_of;
use super::asked::Noun;
use super::choices::{Choices, choices};
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
use huiyin_domain::case::{Event, Level, Stage, TextKind, Urgency};
use huiyin_domain::ids::{CaseNo, PersonId, UnitId};
use huiyin_domain::policy::{Policy, propose};
use huiyin_foundation::error::Error;
use huiyin_foundation::say::{self, Due, Tag};
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Door, Filled, Page, Photo, Side, html};
use serde::Deserialize;
use std::collections::BTreeMap;

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
    /// Who else has the case open; empty for nobody.
    also_open: String,
    /// What is handled together with it.
    along: Vec<Along>,
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
    also_open: String,
    offers: Offers,
    instruct_here: bool,
    has_order: bool,
    may_take: bool,
    extension: String,
    complaint: String,
    undo: String,
    proposal: Option<Proposal>,
    along: Vec<Along>,
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
    let (standing, seen, names, stored_files, (side, also_open), readings, along) = app
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
            let also_open = presence::others_in_words(tx, &no, &visitor, bench.now)?;
            let along = together::along(tx, &seen.no, seen.case(), &seen.actor, bench.policy)?;
            Ok::<_, Error>((standing, seen, names, files, (side, also_open), readings, along))
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
        is_on_statute: seen.case().is_on_statute(),
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
            also_open,
            along,
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
        extension: turns::extension_asked(&seen, bench.now),
        complaint: roads::complaint(&seen, bench),
        undo: format!("{} 天内可以取消。", bench.policy.merging.undo_days),
        proposal: roads::proposal(&seen),
        along: told.along,
        entries: told.entries,
        read_by: told.read_by,
        cosigned: cosigning::standing(policy, case).unwrap_or_default(),
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

fn facts(seen: &Seen, bench: &Bench<'_>, names: &BTreeMap<PersonId, String>) -> Vec<(&'static str, String)> {
    let (case, policy) = (seen.case(), bench.policy);
    let assisting: Vec<String> = case.assisting.iter().map(|unit| parts::unit_name(policy, unit)).collect();
    let channel =
        policy.channel(&case.channel).map_or_else(|| case.channel.to_string(), |it| it.name.clone());
    // The clerk may have to call back, the addressed leader decides; supervision and audit need no name.
    let may_know = seen.hats.iter().any(|hat| matches!(hat, Hat::Clerk | Hat::Addressee));
    let name = seen.requester.as_ref().filter(|_| may_know).and_then(|person| names.get(person));
    let identity = say::identity(case.identity);
    let contact = if may_know { seen.texts.of(1, TextKind::Contact) } else { "" };
    let on_behalf_of = if may_know { seen.texts.of(1, TextKind::OnBehalfOf) } else { "" };
    let echoes = if seen.echoes > 0 { format!("{} 人", seen.echoes) } else { String::new() };
    let all = [
        ("反映人", name.map_or_else(|| identity.to_owned(), |name| format!("{name}（{identity}）"))),
        ("替谁登记", on_behalf_of.to_owned()),
        ("联系方式", contact.to_owned()),
        ("也遇到", echoes),
        ("提交", say::moment(bench.now, case.submitted_at)),
        ("渠道", channel),
        ("类别", parts::category_name(policy, case.category.as_ref())),
        ("地点", parts::place_words(policy, case.place.as_ref(), seen.texts.room())),
        ("方式", case.route.map_or("", say::route).to_owned()),
        ("承办", case.unit.as_ref().map_or_else(String::new, |unit| parts::unit_name(policy, unit))),
        ("协办", assisting.join("、")),
        ("呈报", case.leader.as_deref().map_or_else(String::new, |post| parts::leader_name(policy, post))),
        (
            "督办",
            case.supervised.map_or_else(String::new, |level| say::supervised(level, case.unit.is_some())),
        ),
        ("退回", if case.send_backs > 0 { format!("{} 次", case.send_backs) } else { String::new() }),
        ("催办", if case.urges > 0 { format!("反映人催了 {} 次", case.urges) } else { String::new() }),
        (
            "公开",
            match (case.restricted, case.may_publish) {
                (true, _) => "不公开（这类事项只单独答复）".into(),
                (false, true) => "同意公开".into(),
                (false, false) => "只答复本人".into(),
            },
        ),
    ];
    all.into_iter()
        .chain(turns::facts(case, bench.now))
        .chain(roads::facts(seen, bench))
        .filter(|(_, value)| !value.is_empty())
        .collect()
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
