//! One case and what was found about it: every step, and the form for the next. The office reads it here; a unit is led to its
//! own desk.

use super::entry::suggested;
use super::queries::{self, Finding, Taken};
use super::state::{State, Step, after};
use crate::cases::log::Standing;
use crate::cases::sight::{self, Seen};
use crate::coordination;
use crate::dossier::{actor_of, kind_of, names, unit_name};
use crate::screening::quality::Check;
use crate::screening::saved;
use askama::Template;
use axum::extract::{Path, Query, State as Of};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use huiyin_domain::access::Hat;
use huiyin_domain::calendar::Instant;
use huiyin_domain::ids::{CaseNo, PersonId, UnitId};
use huiyin_domain::policy::Policy;
use huiyin_foundation::db::Tx;
use huiyin_foundation::error::Error;
use huiyin_foundation::say::{self, Tag};
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Choice, Filled, Page, html};
use huiyin_people::units;
use serde::Deserialize;
use std::collections::BTreeMap;

/// What the address may ask for.
#[derive(Default, Deserialize)]
pub(super) struct Ask {
    /// Where a new finding would come from.
    #[serde(default)]
    from: String,
}

/// One step, as it is told.
pub(super) struct Line {
    pub did: &'static str,
    pub by: String,
    pub when: String,
    pub words: String,
    /// 「11 月 26 日（周四）前」; empty where the step names no day.
    pub until: String,
    pub responsible: String,
}

/// A finding as it is told.
pub(super) struct Told {
    pub source: String,
    pub tag: Tag,
    pub unit: String,
    pub until: String,
    pub is_late: bool,
    pub responsible: String,
    pub lines: Vec<Line>,
}

#[derive(Template)]
#[template(path = "screening/finding/page.html")]
struct One {
    page: Page,
    no: CaseNo,
    title: String,
    kind: (String, u8),
    unit: String,
    open: Option<Told>,
    closed: Vec<Told>,
    may_work: bool,
    may_ask: bool,
    may_order: bool,
    may_close: bool,
    /// The unit has reported: another order sends it back.
    is_reported: bool,
    /// It is being put right: another order names another day.
    is_ordered: bool,
    people: Vec<Choice>,
    form: Filled,
    notice: String,
}

/// GET /staff/findings/{no}
pub(super) async fn show(
    Of(app): Of<App>,
    page: Page,
    Path(no): Path<String>,
    Query(ask): Query<Ask>,
) -> Result<Response, Error> {
    render(app, page, CaseNo(no), Shown { source: ask.from, ..Shown::default() }).await
}

/// What stands on the page besides the case: a form that could not be taken, and why.
#[derive(Default)]
pub(super) struct Shown {
    pub source: String,
    pub form: Option<Filled>,
    pub notice: String,
    pub status: StatusCode,
}

/// What the page is made of.
struct Read {
    standing: Standing,
    seen: Seen,
    findings: Vec<Told>,
    state: Option<State>,
    people: Vec<Choice>,
    side: Option<huiyin_foundation::web::Side>,
}

pub(super) async fn render(app: App, page: Page, no: CaseNo, shown: Shown) -> Result<Response, Error> {
    let (school, visitor, actor) = (app.clone(), page.visitor.clone(), actor_of(&page.visitor)?);
    let read = app
        .db
        .read(move |tx| {
            let standing = Standing::of(&school);
            let bench = standing.bench(&school.keys);
            let seen = sight::by_staff(tx, &bench, &actor, &no)?;
            let side = coordination::side(tx, bench.policy, &visitor, bench.now)?;
            let open = queries::open(tx, &no)?;
            let findings = told(tx, &standing, &no, Ear::Office)?;
            let people = match &seen.case().unit {
                Some(unit) => units::officers_of(tx, unit)?,
                None => Vec::new(),
            };
            let people =
                people.iter().map(|one| Choice::new(one.person.as_str(), one.name.as_str())).collect();
            let state = open.map(|finding| finding.state);
            Ok::<_, Error>(Read { standing, seen, findings, state, people, side })
        })
        .await?;
    let Read { standing, seen, findings, state, people, side } = read;
    if !seen.hats.iter().any(|hat| reads(*hat)) {
        return at_the_desk(&page, &seen, !findings.is_empty(), &standing.policy.policy);
    }
    let (policy, now) = (&standing.policy.policy, standing.now);
    let form = shown.form.unwrap_or_else(|| {
        let day = suggested(&standing.calendar, now.day()).to_string();
        Filled::new().with("due_on", day).with("from", shown.source)
    });
    let (mut open, mut closed) = (None, findings);
    if state.is_some() && !closed.is_empty() {
        open = Some(closed.remove(0));
    }
    let may_work = works(&seen);
    let may = |step| may_work && after(state, step).is_some();
    let has_errors = !form.errors.is_empty() || !shown.notice.is_empty();
    let answer = html(One {
        title: seen.texts.title().to_owned(),
        kind: kind_of(policy, &seen.case().kind),
        unit: seen.case().unit.as_ref().map_or_else(|| "待转办".to_owned(), |unit| unit_name(policy, unit)),
        may_ask: may(Step::Ask) && seen.case().unit.is_some(),
        may_order: may(Step::Order),
        may_close: may(Step::Close),
        is_reported: state == Some(State::Reported),
        is_ordered: state == Some(State::Ordered),
        may_work,
        open,
        closed,
        people,
        form,
        notice: shown.notice,
        page: page.titled("核实整改").back_to("/staff/findings").with_errors(has_errors).beside_any(side),
        no: seen.no,
    })?;
    Ok((shown.status, answer).into_response())
}

/// Whose business it is to read what was found.
fn reads(hat: Hat) -> bool {
    matches!(hat, Hat::Clerk | Hat::Supervisor | Hat::Leader | Hat::Head | Hat::Addressee | Hat::Auditor)
}

/// Whether this reader takes the steps of the office.
pub(super) fn works(seen: &Seen) -> bool {
    seen.hats.iter().any(|hat| matches!(hat, Hat::Clerk | Hat::Supervisor))
}

/// A unit reads it at its desk.
fn at_the_desk(page: &Page, seen: &Seen, is_found: bool, policy: &Policy) -> Result<Response, Error> {
    let is_handling = seen.hats.iter().any(|hat| matches!(hat, Hat::Officer | Hat::UnitHead));
    let has = |unit: &&UnitId| {
        seen.case().unit.as_ref().is_some_and(|of| of == *unit || policy.heir_of(of) == Some(unit))
    };
    let unit = page.visitor.duties.iter().filter_map(|duty| duty.unit.as_ref()).find(has);
    match (is_handling && is_found, unit) {
        (true, Some(unit)) => Ok(Redirect::to(&format!("/desk/{unit}/findings/{}", seen.no)).into_response()),
        _ => Err(Error::Hidden),
    }
}

/// To whom steps are told: a unit reads what the office did and not who of it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Ear {
    Office,
    Unit,
}

/// The findings about a case with their steps, the newest first.
pub(super) fn told(tx: &mut Tx, standing: &Standing, no: &CaseNo, ear: Ear) -> Result<Vec<Told>, Error> {
    let mut all = Vec::new();
    for finding in queries::of_case(tx, no)? {
        let steps = queries::steps(tx, &finding.id)?;
        let source = source_words(tx, &finding.source)?;
        all.push((finding, source, steps));
    }
    let people: Vec<PersonId> = all
        .iter()
        .flat_map(|(finding, _, steps)| {
            let named = steps.iter().flat_map(|step| [Some(&step.by), step.responsible.as_ref()]);
            named.chain([finding.responsible.as_ref()]).flatten().cloned()
        })
        .collect();
    let names = names(tx, &people)?;
    let (policy, now) = (&standing.policy.policy, standing.now);
    Ok(all
        .into_iter()
        .map(|(finding, source, steps)| of(&finding, source, steps, &names, policy, now, ear))
        .collect())
}

fn of(
    finding: &Finding,
    source: String,
    steps: Vec<Taken>,
    names: &BTreeMap<PersonId, String>,
    policy: &Policy,
    now: Instant,
    ear: Ear,
) -> Told {
    let name = |person: &PersonId| names.get(person).cloned().unwrap_or_else(|| "已不在名册的人".to_owned());
    let line = |taken: Taken| Line {
        did: taken.step.did(),
        by: match ear {
            Ear::Unit if taken.step.is_of_the_office() => "协调督办".to_owned(),
            _ => name(&taken.by),
        },
        when: say::moment(now, taken.at),
        until: taken.due_on.map_or_else(String::new, |day| format!("{}前", say::day_long(now, day))),
        responsible: taken.responsible.as_ref().map_or_else(String::new, name),
        words: taken.words,
    };
    Told {
        source,
        tag: finding.state.tag(),
        unit: unit_name(policy, &finding.unit),
        until: match finding.state.is_with_the_unit() {
            true => format!("{}前", say::day_long(now, finding.due_on)),
            false => String::new(),
        },
        is_late: finding.is_late(now.day()),
        responsible: finding.responsible.as_ref().map_or_else(String::new, name),
        lines: steps.into_iter().map(line).collect(),
    }
}

/// Where a finding came from, in words; empty where nobody said.
pub(super) fn source_words(tx: &mut Tx, source: &str) -> Result<String, Error> {
    Ok(match source.split_once(':') {
        Some(("list", id)) => {
            saved::find(tx, id)?.map_or_else(String::new, |list| format!("清单：{}", list.name))
        }
        Some(("check", word)) => {
            Check::from_word(word).map_or_else(String::new, |check| format!("数据质量：{}", check.name()))
        }
        Some(("sample", _)) => "抽查".to_owned(),
        _ => String::new(),
    })
}
