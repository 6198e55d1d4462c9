//! 受理转办: the inbox with a dispatch form at each case, what is late, and the units at this moment (C1).

use super::proposals::{has_unit, is_unsure};
use super::queries::{self, Cursor, Shelf, Today};
use super::side::side;
use super::waiting::{Reader, Waiting};
use crate::cases::cosigning;
use crate::cases::log::{self, Standing};
use crate::cases::sight::{self, accused_among};
use crate::dossier::{Line, Noun, Sent, actor_of, carry, leader_name, open_units, unit_name};
use crate::learning::{self, Agreement, Known};
use crate::supervision;
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use huiyin_domain::access::units_near;
use huiyin_domain::case::{Clock, Stage};
use huiyin_domain::ids::{CaseNo, UnitId};
use huiyin_domain::policy::{Phone, Policy};
use huiyin_foundation::db::Tx;
use huiyin_foundation::error::Error;
use huiyin_foundation::say;
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Choice, Form, Page, Side, Tab, Visitor, html, percent_of};
use serde::Deserialize;
use std::collections::BTreeMap;

const ROWS: usize = 25;
/// So many cases are read at once where a shelf depends on what was written.
const READ_ROWS: usize = 200;
const LATE_SHOWN: usize = 3;
const UNITS_SHOWN: usize = 10;
/// Keeping time is judged over so many days.
const KEPT_DAYS: i64 = 30;
const DAY_MS: i64 = 86_400_000;

/// What the address may ask for.
#[derive(Default, Deserialize)]
pub(super) struct Ask {
    #[serde(default)]
    show: String,
    #[serde(default)]
    after: String,
    #[serde(default)]
    done: String,
}

/// A unit in the table at the side.
struct UnitLine {
    name: String,
    open: u64,
    unanswered: u64,
    late: u64,
    /// In time, in percent; none without an answer lately.
    kept: Option<i64>,
}

impl UnitLine {
    fn tone(&self) -> &'static str {
        if self.kept.is_some_and(|kept| kept < 95) { "warn" } else { "ok" }
    }
}

#[derive(Template)]
#[template(path = "coordination/triage.html")]
struct Triage {
    page: Page,
    day: String,
    today: Today,
    to_decide: u64,
    shelf: &'static str,
    tabs: Vec<Tab>,
    cases: Vec<Waiting>,
    /// Where to call when somebody may be in danger.
    phones: Vec<Phone>,
    next: String,
    is_filtered: bool,
    all_units: Vec<Choice>,
    leaders: Vec<Choice>,
    late: Vec<Line>,
    late_count: u64,
    units: Vec<UnitLine>,
    units_hidden: usize,
    done: String,
    done_no: String,
    /// How often the first proposal was taken lately.
    agreement: Agreement,
    /// 依据学校历史 1,240 件
    source: String,
}

impl Triage {
    /// Once a unit has handed a case back, it is nobody's plain matter: another unit with helpers is the likelier road.
    fn is_direct(&self, case: &Waiting) -> bool {
        case.sent_back.is_empty()
    }
}

/// What one reading of the store brings.
struct Found {
    standing: Standing,
    side: Option<Side>,
    today: Today,
    counts: BTreeMap<&'static str, u64>,
    cases: Vec<Waiting>,
    next: Option<Cursor>,
    late: Vec<Line>,
    late_count: u64,
    units: Vec<UnitLine>,
    done: String,
    agreement: Agreement,
    source: String,
}

/// GET /triage
pub(super) async fn show(
    State(app): State<App>,
    page: Page,
    Query(ask): Query<Ask>,
) -> Result<Response, Error> {
    let shelf = Shelf::from_word(&ask.show);
    let after = Cursor::from_text(&ask.after);
    let (school, visitor, done_no) = (app.clone(), page.visitor.clone(), CaseNo(ask.done));
    let looked_for = done_no.clone();
    let found =
        app.db.read(move |tx| find(tx, &school, &visitor, shelf, after.as_ref(), &looked_for)).await?;
    let policy = &found.standing.policy.policy;
    let tabs = Shelf::ALL.map(|known| Tab {
        href: if known == Shelf::All { "/triage".into() } else { format!("/triage?show={}", known.word()) },
        words: known.title().into(),
        count: found.counts.get(known.word()).copied(),
        tone: if known == Shelf::Danger { "bad" } else { "mute" },
        is_current: known == shelf,
    });
    let page = page.titled("受理转办").beside_any(found.side);
    let next = found.next.map_or_else(String::new, |cursor| {
        format!("/triage?show={}&after={}", shelf.word(), cursor.to_text())
    });
    let mut units = found.units;
    let units_hidden = units.len().saturating_sub(UNITS_SHOWN);
    units.truncate(UNITS_SHOWN);
    html(Triage {
        day: say::day_long(found.standing.now, found.standing.now.day()),
        today: found.today,
        to_decide: found.counts.get(Shelf::All.word()).copied().unwrap_or_default(),
        shelf: shelf.word(),
        tabs: tabs.to_vec(),
        cases: found.cases,
        next,
        phones: policy.phones(),
        is_filtered: shelf != Shelf::All,
        all_units: open_units(policy),
        leaders: leaders(policy),
        late: found.late,
        late_count: found.late_count,
        units,
        units_hidden,
        done_no: if found.done.is_empty() { String::new() } else { done_no.0 },
        done: found.done,
        agreement: found.agreement,
        source: found.source,
        page,
    })
}

/// POST /triage/{no}/…
pub(super) async fn act(
    State(app): State<App>,
    page: Page,
    Path(no): Path<String>,
    form: Form,
) -> Result<Response, Error> {
    let noun = Noun::of_path(&page.path)?;
    let shelf = Shelf::from_word(&form.text("show"));
    let back = if shelf == Shelf::All {
        format!("/triage?done={no}")
    } else {
        format!("/triage?show={}&done={no}", shelf.word())
    };
    carry(app, page, Sent { no: CaseNo(no), noun, form, back }).await
}

fn leaders(policy: &Policy) -> Vec<Choice> {
    policy.leaders.iter().map(|leader| Choice::new(leader.id.as_str(), leader.name.as_str())).collect()
}

fn find(
    tx: &mut Tx,
    school: &App,
    visitor: &Visitor,
    shelf: Shelf,
    after: Option<&Cursor>,
    done: &CaseNo,
) -> Result<Found, Error> {
    let standing = Standing::of(school);
    let (policy, now) = (&standing.policy.policy, standing.now);
    let side = side(tx, policy, visitor, now)?;
    let away = units_near(&visitor.duties, policy);
    let accused = accused_among(tx, &away)?;
    let today = queries::today(tx, policy, now.day(), &accused)?;
    let mut counts = queries::counts(tx, &accused)?;
    let known = match counts.get(Shelf::All.word()).copied().unwrap_or_default() {
        0 => None,
        _ => learning::known(tx)?,
    };
    if known.is_none() {
        learning::wish(tx);
    }
    let reader = Reader { policy, calendar: &standing.calendar, now, known: known.as_deref() };
    let light = supervision::Light { policy, calendar: &standing.calendar, now, away: &away };
    let Inbox { cases, next, unsure } = inbox(tx, &reader, shelf, after, &accused)?;
    counts.extend(unsure.map(|count| (Shelf::Unsure.word(), count)));
    let late = supervision::worst(tx, light, LATE_SHOWN)?;
    let late_count = supervision::late_count(tx, now, &accused)?;
    let since = now.plus_ms(-KEPT_DAYS * DAY_MS).day();
    let units = queries::units_now(tx, now, since, &accused)?.into_iter().map(|unit| UnitLine {
        name: unit_name(policy, &unit.unit),
        open: unit.open,
        unanswered: unit.unanswered,
        late: unit.late,
        kept: (unit.promised > 0).then(|| percent_of(unit.in_time, unit.promised)),
    });
    let units = units.collect();
    let done = done_words(tx, &standing, school, visitor, done)?;
    let agreement = learning::agreement(tx, since.start())?;
    let source = source(known.as_deref());
    Ok(Found { agreement, source, side, today, counts, cases, next, late, late_count, units, done, standing })
}

/// A page of the inbox, where the next begins, and how many the shelf holds if that takes reading what was written.
struct Inbox {
    cases: Vec<Waiting>,
    next: Option<Cursor>,
    unsure: Option<u64>,
}

fn inbox(
    tx: &mut Tx,
    reader: &Reader<'_>,
    shelf: Shelf,
    after: Option<&Cursor>,
    away: &[UnitId],
) -> Result<Inbox, Error> {
    let (mut places, unsure) = match shelf {
        Shelf::Unsure => unsure(tx, reader, after, away)?,
        _ => {
            let standing = queries::order(tx, shelf, after, Some(ROWS + 1), away)?;
            (standing.into_iter().map(|case| case.cursor).collect(), None)
        }
    };
    let has_more = places.len() > ROWS;
    places.truncate(ROWS);
    let next = places.last().filter(|_| has_more).cloned();
    let numbers: Vec<&str> = places.iter().map(|place| place.no.as_str()).collect();
    let (cards, bodies) = (queries::cards(tx, &numbers)?, queries::bodies(tx, &numbers)?);
    // Somebody has to call at once only about these.
    let dangerous: Vec<&str> =
        places.iter().filter(|place| place.rank == 0).map(|place| place.no.as_str()).collect();
    let contacts = queries::contacts(tx, &dangerous)?;
    let mut handed_back = Vec::new();
    for card in cards.values() {
        if card.int("send_backs")? > 0 {
            handed_back.push(card.get("case_no")?);
        }
    }
    let sent_back = queries::sent_back(tx, &handed_back)?;
    let mut cases = Vec::new();
    for place in places {
        let Some(card) = cards.get(&place.no) else { continue };
        let no = CaseNo(place.no.clone());
        let said = [&bodies, &contacts].map(|texts| texts.get(&place.no).map_or("", String::as_str));
        let mut waiting = reader.waiting(card, place.rank == 0, (said[0], said[1]), sent_back.get(&no))?;
        let channel = reader.policy.channel(&card.get("channel")?);
        let cosigned = match channel.and_then(|channel| channel.cosigners_min) {
            Some(_) => log::load(tx, &no)?.and_then(|it| cosigning::standing(reader.policy, &it.case)),
            None => None,
        };
        waiting.cosigned = cosigned.unwrap_or_default();
        cases.push(waiting);
    }
    Ok(Inbox { cases, next, unsure })
}

/// The cases whose words speak clearly for no unit, from there on, and how many there are in all. Every case that waits is
/// read for it, some at a time; those whose category names its unit need not be.
fn unsure(
    tx: &mut Tx,
    reader: &Reader<'_>,
    after: Option<&Cursor>,
    away: &[UnitId],
) -> Result<(Vec<Cursor>, Option<u64>), Error> {
    let Reader { policy, known, .. } = *reader;
    let mut all = queries::order(tx, Shelf::Unsure, None, None, away)?;
    all.retain(|case| !has_unit(policy, case.category.as_ref()));
    let mut found = Vec::new();
    for some in all.chunks(READ_ROWS) {
        let numbers: Vec<&str> = some.iter().map(|case| case.cursor.no.as_str()).collect();
        let bodies = queries::bodies(tx, &numbers)?;
        let is_open = |case: &&queries::Placed| {
            let body = bodies.get(&case.cursor.no).map_or("", String::as_str);
            is_unsure(policy, known, &case.kind, (&case.title, body))
        };
        let open = some.iter().filter(is_open);
        found.extend(open.map(|case| case.cursor.clone()));
    }
    let count = found.len() as u64;
    found.retain(|place| after.is_none_or(|after| place > after));
    found.truncate(ROWS + 1);
    Ok((found, Some(count)))
}

/// What the proposals come from, as it stands above the list.
fn source(known: Option<&Known>) -> String {
    match known {
        None => "建议依据：类别目录里的词".into(),
        Some(known) if known.told.examples == 0 => "建议依据：类别目录里的词和初始样例".into(),
        Some(known) => {
            let stands_in = if known.in_place_of.is_some() { "（备用的一版）" } else { "" };
            format!("建议依据：学校历史 {} 件{stands_in}", thousands(known.told.examples))
        }
    }
}

/// 1,240
fn thousands(count: usize) -> String {
    if count < 1000 { count.to_string() } else { format!("{},{:03}", thousands(count / 1000), count % 1000) }
}

/// What became of the case that was just dispatched; nothing for a number that the visitor may not see.
fn done_words(
    tx: &mut Tx,
    standing: &Standing,
    school: &App,
    visitor: &Visitor,
    no: &CaseNo,
) -> Result<String, Error> {
    let bench = standing.bench(&school.keys);
    let seen = match sight::by_staff(tx, &bench, &actor_of(visitor)?, no) {
        Ok(seen) => seen,
        Err(Error::Hidden) => return Ok(String::new()),
        Err(error) => return Err(error),
    };
    let case = seen.case();
    let until = case.round().promise(Clock::Result).map_or_else(String::new, |promise| {
        format!("，{} 前反馈结果", say::moment_long(bench.now, promise.due))
    });
    Ok(match (&case.unit, &case.leader, case.stage) {
        (_, Some(post), _) if case.awaits_instruction => {
            format!("已呈报{}{until}", leader_name(bench.policy, post))
        }
        (Some(unit), _, Stage::Assigned) => format!("已交{}办理{until}", unit_name(bench.policy, unit)),
        (_, _, Stage::Declined) => "已不予受理，说明已发给反映人".into(),
        _ => "已更新".into(),
    })
}
