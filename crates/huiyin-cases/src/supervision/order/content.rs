//! What stands on an order of supervision, taken from the record.

use crate::cases::log::Standing;
use crate::cases::sight::Seen;
use crate::dossier::{kind_of, leader_name, place_words, unit_name};
use huiyin_domain::access::Role;
use huiyin_domain::calendar::Instant;
use huiyin_domain::case::{
    By, Clock, Event, Issuer, Level, Means, Recorded, SupervisionOrder, TextKind, orders,
};
use huiyin_domain::policy::Policy;
use huiyin_foundation::say;

/// An order, in the words that are printed.
#[derive(Debug)]
pub(super) struct Order {
    /// The case.
    pub no: String,
    /// 督字 HY-20261122-0001 第 2 号
    pub number: String,
    /// 示范大学
    pub school: String,
    /// The office that sends it out.
    pub office: String,
    /// Who issued it, by office or post.
    pub issuer: String,
    /// By when the unit answers it; empty where the school has set no time for that.
    pub reply_by: String,
    /// Of which day it is.
    pub dated: String,
    /// Who has to act.
    pub unit: String,
    /// Up to whom it has gone.
    pub level: String,
    pub title: String,
    pub kind: String,
    pub place: String,
    pub came: String,
    /// What is demanded; the general words where a rule stepped it up.
    pub demand: String,
    /// By when, and whether that is over.
    pub deadline: String,
    pub clause: String,
    /// Kept from the public: the paper may not be passed on.
    pub is_restricted: bool,
    /// What was done to press it, from the first: when, what, with which words.
    pub history: Vec<Step>,
}

/// A line of what was done to press it.
#[derive(Debug)]
pub(super) struct Step {
    pub at: String,
    pub what: String,
    pub words: String,
}

/// The order of a supervised case; none for one that is not.
pub(super) fn of(seen: &Seen, standing: &Standing) -> Option<Order> {
    let (case, policy, record) = (seen.case(), &standing.policy.policy, &seen.loaded.record);
    let orders: Vec<&Recorded> = orders(record).collect();
    let last = orders.last()?;
    let Event::Supervised(terms) = &last.event else { return None };
    let level = case.supervised.unwrap_or(Level::UnitHead);
    let said = |line: &Recorded| seen.texts.of(line.seq, TextKind::Reason).to_owned();
    let demand = match said(last) {
        words if words.is_empty() => {
            "请查明逾期的原因，尽快办结，并向反映人答复；不能按期的，书面说明理由和新的日期。".to_owned()
        }
        words => words,
    };
    Some(Order {
        issuer: issuer(&last.by, terms, policy),
        reply_by: reply_by(terms),
        no: seen.no.to_string(),
        number: format!("督字 {} 第 {} 号", seen.no, orders.len()),
        school: policy.school.name.clone(),
        office: unit_name(policy, &policy.school.coordinator),
        dated: dated_day(last.at),
        unit: case.unit.as_ref().map_or_else(|| "（还没有承办单位）".to_owned(), |id| unit_name(policy, id)),
        level: say::level(level).to_owned(),
        title: seen.texts.title().to_owned(),
        kind: kind_of(policy, &case.kind).0,
        place: place_words(policy, case.place.as_ref(), seen.texts.room()),
        came: dated_day(case.submitted_at),
        demand,
        deadline: deadline(seen, standing),
        clause: policy.supervision.clause.clone(),
        is_restricted: case.restricted,
        history: record.iter().filter_map(|line| step(line, seen, policy)).collect(),
    })
}

/// In whose name it went out, as it was issued; what a rule steps up says that a rule did. Of an older line that names nobody
/// it is the school, whoever holds which duty today.
fn issuer(by: &By, order: &SupervisionOrder, policy: &Policy) -> String {
    let name = match (&order.issuer, by) {
        (Some(Issuer::Unit(unit)), _) | (None, By::Staff { unit: Some(unit), .. }) => unit_name(policy, unit),
        (Some(Issuer::Leader(post)), _) => leader_name(policy, post),
        (Some(Issuer::Supervisor), _) => say::role(Role::Supervisor).to_owned(),
        (None, _) => policy.school.name.clone(),
    };
    match by {
        By::Staff { .. } => name,
        _ => format!("{name}（超期未办，按规定自动逐级督办）"),
    }
}

/// The day that it named as it was issued.
fn reply_by(order: &SupervisionOrder) -> String {
    let Some(reply_by) = order.reply_by else { return String::new() };
    let changes = if reply_by.provisional { "（放假安排公布后可能调整）" } else { "" };
    format!("{} 前书面回复{changes}", dated(reply_by.due))
}

fn deadline(seen: &Seen, standing: &Standing) -> String {
    let case = seen.case();
    let Some(promise) = case.next_promise().or_else(|| case.round().promise(Clock::Result)) else {
        return "按督办要求".into();
    };
    let at = format!("{}：{}", say::clock(promise.clock), dated(promise.due));
    if case.stage.is_open() && promise.due <= standing.now && case.asked_at.is_none() {
        let late = say::lasted(standing.now.0 - promise.due.0);
        format!("{at}（已超期 {late}）")
    } else {
        format!("{at} 前")
    }
}

/// Pressing, by the clock, by people and by the requester; other lines are not told here.
fn step(line: &Recorded, seen: &Seen, policy: &Policy) -> Option<Step> {
    let by = || match &line.by {
        By::Staff { unit: Some(unit), .. } => unit_name(policy, unit),
        by => say::pressed_by(by).to_owned(),
    };
    let mut words = seen.texts.of(line.seq, TextKind::Reason).to_owned();
    let what = match &line.event {
        Event::Reminded { clock, .. } => format!("到期前提醒（{}）", say::clock(*clock)),
        Event::RemindedByHand { means: Means::Talk } => format!("{}约谈承办单位", by()),
        Event::RemindedByHand { means } => format!("{}催办（{}）", by(), say::means(*means)),
        Event::DeadlineMissed { clock, .. } => format!("超过{}期限", say::clock(*clock)),
        Event::Supervised(order) => format!("{}督办，报{}", by(), say::level(order.level)),
        Event::Urged { .. } => {
            // What the requester writes is between them and the unit, and may say who they are.
            words.clear();
            "反映人催办".into()
        }
        _ => return None,
    };
    // The hour of a requester is nobody's business.
    let at = if line.by == By::Requester { dated_day(line.at) } else { dated(line.at) };
    Some(Step { at, what, words })
}

/// 2026 年 11 月 22 日 10:00
fn dated(at: Instant) -> String {
    // What ends with the day is written as its last moment.
    let is_midnight = at.time_of_day().minutes == 0;
    if is_midnight {
        format!("{} 24:00", dated_day(at.plus_ms(-1)))
    } else {
        format!("{} {}", dated_day(at), at.time_of_day())
    }
}

fn dated_day(at: Instant) -> String {
    let day = at.day().to_string();
    let mut parts = day.split('-').map(|part| part.trim_start_matches('0'));
    let mut next = || parts.next().unwrap_or_default();
    let (year, month, day) = (next(), next(), next());
    format!("{year} 年 {month} 月 {day} 日")
}
