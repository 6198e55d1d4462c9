//! Whom an event concerns: the requester in plain words, the unit that must act, the office or leader it went to.
//! Every send-back, transfer and reopening reaches the next responsible unit.

use super::log::{Bench, Folded};
use huiyin_domain::case::{By, Case, Clock, Event, Identity, Level, Promise, Recorded};
use huiyin_domain::ids::{CaseNo, UnitId};
use huiyin_domain::policy;
use huiyin_foundation::db::Tx;
use huiyin_foundation::error::Error;
use huiyin_foundation::{params, say};
use huiyin_people::notices::{Notice, Recipient, Teller, announce, tell as send};

/// Tells everybody whom the appended lines concern. `before` is the case without them.
pub(super) fn tell(
    tx: &mut Tx,
    bench: &Bench<'_>,
    no: &CaseNo,
    before: Option<&Case>,
    folded: &Folded,
) -> Result<(), Error> {
    let case = &folded.case;
    let mut told: Vec<(Recipient, Notice)> = Vec::new();
    for (line, _) in &folded.lines {
        told.extend(for_staff(line, no, before, case, bench));
    }
    let has_answer = folded.lines.iter().any(|(line, _)| matches!(line.event, Event::Replied { .. }));
    if let Some(about) = folded.lines.iter().rev().find(|(line, _)| concerns_requester(line, has_answer))
        && case.identity != Identity::Anonymous
        && let Some((key, title)) = requester(tx, no)?
        && let Some(notice) = for_requester(&about.0, title, case, bench)
    {
        told.push((Recipient::PersonKey(key), notice));
    }
    if has_answer && case.is_published {
        for key in echoes(tx, no)? {
            told.push((Recipient::PersonKey(key), Notice::EchoAnswered { number: no.to_string() }));
        }
    }
    // Not now: what an anonymous requester does is recorded by the hour, and a message must not tell the minute.
    let at = folded.lines.last().map_or(bench.now, |(line, _)| line.at);
    // Nor may the minute in which a letter arrives: it leaves when the hour is full.
    let not_before = if at < bench.now { at.plus_hours(1) } else { at };
    let (keys, outlets, coordinator) = (bench.keys, bench.outlets, &bench.policy.school.coordinator);
    let teller = Teller { keys, outlets, coordinator, at, not_before };
    for (recipient, notice) in &told {
        send(tx, &teller, recipient, no, notice)?;
    }
    let kinds = told.iter().map(|(_, notice)| (notice.kind(), notice.topic())).collect();
    announce(tx, &teller, no, &kinds)
}

fn requester(tx: &mut Tx, no: &CaseNo) -> Result<Option<(String, String)>, Error> {
    // Who brought this case in, as a keyed reference, and what do they call it?
    let row = tx.query_opt("select requester_key, title from cases where case_no = $1", params![no])?;
    let Some(row) = row else { return Ok(None) };
    let title = row.text("title")?;
    Ok(row.opt_text("requester_key")?.map(|key| (key, title)))
}

fn echoes(tx: &mut Tx, no: &CaseNo) -> Result<Vec<String>, Error> {
    // Who met the same matter?
    let rows = tx.query("select person from case_echoes where case_no = $1", params![no])?;
    rows.iter().map(|row| Ok(row.text("person")?)).collect()
}

fn unit_name(bench: &Bench<'_>, unit: Option<&UnitId>) -> String {
    unit.and_then(|id| bench.policy.unit(id)).map_or_else(|| "承办单位".into(), |unit| unit.name.clone())
}

fn until(case: &Case, clock: Clock, bench: &Bench<'_>) -> String {
    let promise: Option<&Promise> = case.round().promise(clock);
    promise.map_or_else(|| "尽快".into(), |promise| say::moment_long(bench.now, promise.due))
}

/// What the requester is told of. A round that they asked for themselves is no news to them; what is struck off because it
/// is answered now is told by the answer.
fn concerns_requester(line: &Recorded, has_answer: bool) -> bool {
    let by_staff = matches!(line.by, By::Staff { .. });
    match &line.event {
        Event::Reopened { .. } => return by_staff,
        Event::StruckOff {} => return !has_answer,
        _ => {}
    }
    matches!(
        &line.event,
        Event::Assigned { .. }
            | Event::Transferred { .. }
            | Event::Escalated { .. }
            | Event::Instructed { .. }
            | Event::ProgressReported { .. }
            | Event::Asked {}
            | Event::Extended { .. }
            | Event::EffectCheckDue {}
            | Event::SupervisionEnded {}
            | Event::ShelvedReviewed { .. }
            | Event::Replied { .. }
            | Event::Declined { .. }
    )
}

fn for_requester(line: &Recorded, title: String, case: &Case, bench: &Bench<'_>) -> Option<Notice> {
    let unit = unit_name(bench, case.unit.as_ref());
    Some(match &line.event {
        Event::Assigned { .. } | Event::Transferred { .. } | Event::Instructed { .. } => {
            Notice::HandedOn { title, unit, until: until(case, Clock::Result, bench) }
        }
        Event::Escalated { .. } => Notice::Escalated { title },
        Event::ProgressReported { .. } => Notice::Progress { title, unit },
        Event::Asked {} => Notice::Asked { title, unit },
        Event::Extended { .. } => Notice::Extended { title, until: until(case, Clock::Result, bench) },
        Event::Reopened { .. } => Notice::RoundOrdered { title, until: until(case, Clock::Result, bench) },
        Event::SupervisionEnded {} => Notice::SupervisionEnded { title },
        Event::ShelvedReviewed { review_on } => {
            Notice::ShelvedReviewed { title, until: say::day_long(bench.now, *review_on) }
        }
        Event::StruckOff {} => Notice::StruckOff { title },
        Event::EffectCheckDue {} => Notice::EffectAsked { title },
        // Nobody is asked to judge how danger was met (7.6).
        Event::Replied { .. } if case.is_crisis() => Notice::Progress { title, unit },
        Event::Replied { .. } => Notice::Answered { title, unit },
        Event::Declined { .. } => Notice::Declined { title },
        _ => return None,
    })
}

fn for_staff(
    line: &Recorded,
    no: &CaseNo,
    before: Option<&Case>,
    case: &Case,
    bench: &Bench<'_>,
) -> Vec<(Recipient, Notice)> {
    let number = no.to_string();
    let unit = || case.unit.clone().map(Recipient::Unit);
    let to_unit = |notice: Notice| unit().map(|unit| (unit, notice)).into_iter().collect();
    match &line.event {
        Event::Submitted { restricted, urgency, .. } => {
            if *urgency == huiyin_domain::case::Urgency::Critical || *restricted {
                vec![(Recipient::Clerks, Notice::Danger { number })]
            } else if case.unit.is_none() {
                vec![(Recipient::Clerks, Notice::ToDispatch { number })]
            } else {
                vec![]
            }
        }
        Event::Corrected { .. } if line.by == By::Rule => {
            vec![(Recipient::Clerks, Notice::Danger { number })]
        }
        Event::Assigned { .. } | Event::Transferred { .. } | Event::Instructed { .. } => {
            let mut told: Vec<_> = to_unit(Notice::NewForUnit {
                number: number.clone(),
                until: until(case, Clock::FirstReply, bench),
            });
            if let Event::Transferred { assisting, .. } = &line.event {
                let new = |unit: &UnitId| {
                    (
                        Recipient::Unit(unit.clone()),
                        Notice::ToAssist {
                            number: number.clone(),
                            until: until(case, Clock::Result, bench),
                            unit: unit_name(bench, case.unit.as_ref()),
                        },
                    )
                };
                told.extend(assisting.iter().map(new));
            }
            told
        }
        Event::Allotted { officer } => {
            let is_own = matches!(&line.by, By::Staff { person, .. } if person == officer);
            let given = Notice::Allotted { number, until: until(case, Clock::Result, bench) };
            if is_own { vec![] } else { vec![(Recipient::Person(officer.clone()), given)] }
        }
        Event::Escalated { leader, .. } => {
            vec![(Recipient::Leader(leader.clone()), Notice::ToInstruct { number })]
        }
        Event::SentBack { .. } => {
            let unit = unit_name(bench, before.and_then(|case| case.unit.as_ref()));
            vec![(Recipient::Clerks, Notice::SentBack { number, unit })]
        }
        Event::TakenBack {} => vec![(Recipient::Clerks, Notice::ToDispatch { number })],
        Event::Supplemented { .. } => to_unit(Notice::Supplemented { number }),
        Event::Urged { .. } => {
            let urged = Notice::Urged { number };
            vec![(unit().unwrap_or(Recipient::Clerks), urged)]
        }
        Event::Rated { .. } => to_unit(Notice::Judged { number }),
        Event::Reopened { automatic, .. } => {
            let by = (!automatic).then(|| say::pressed_by(&line.by).to_owned());
            to_unit(Notice::Reopened { number, by, until: until(case, Clock::Result, bench) })
        }
        Event::Reminded { due, .. } => {
            let until = say::moment_long(bench.now, *due);
            vec![(unit().unwrap_or(Recipient::Clerks), Notice::DueSoon { number, until })]
        }
        Event::RemindedByHand { .. } => {
            let by = say::pressed_by(&line.by).to_owned();
            vec![(unit().unwrap_or(Recipient::Clerks), Notice::Reminded { number, by })]
        }
        Event::DeadlineMissed { .. } => {
            vec![(unit().unwrap_or(Recipient::Clerks), Notice::Missed { number })]
        }
        Event::Supervised { level } => supervisors(*level, case, bench)
            .into_iter()
            .map(|to| (to, Notice::Supervised { number: number.clone() }))
            .collect(),
        Event::Withdrawn {} => to_unit(Notice::Withdrawn { number }),
        Event::ExtensionAsked { .. } => {
            let unit = unit_name(bench, case.unit.as_ref());
            vec![(Recipient::Clerks, Notice::ExtensionAsked { number, unit })]
        }
        Event::Extended { .. } | Event::ExtensionRefused {} => to_unit(Notice::ExtensionDecided { number }),
        Event::ReplyProposed { .. } => {
            let head = case.unit.clone().map(Recipient::UnitHead);
            head.map(|head| (head, Notice::ToApprove { number })).into_iter().collect()
        }
        Event::ReplyReturned {} => to_unit(Notice::ReplyReturned { number }),
        Event::HandlingComplained {} => vec![(Recipient::Clerks, Notice::HandlingComplained { number })],
        Event::ReviewMissed { .. } => to_unit(Notice::ReviewMissed { number }),
        _ => vec![],
    }
}

/// Who is told at a rung of the ladder. A rung on which nobody stands (no unit yet, no leader in charge of it) is not
/// passed over in silence: the head of the school and the clerks are told instead.
fn supervisors(level: Level, case: &Case, bench: &Bench<'_>) -> Vec<Recipient> {
    let leader = |post: &policy::Leader| Recipient::Leader(post.id.clone());
    let head = || bench.policy.leaders.iter().find(|post| post.head).map(leader);
    match level {
        Level::UnitHead => vec![case.unit.clone().map_or(Recipient::Clerks, Recipient::UnitHead)],
        Level::Coordinator => vec![Recipient::Clerks],
        Level::LeaderInCharge => {
            let in_charge = case.unit.as_ref().and_then(|unit| bench.policy.leader_of(unit));
            match in_charge {
                Some(post) => vec![leader(post)],
                None => head().into_iter().chain([Recipient::Clerks]).collect(),
            }
        }
        Level::Head => vec![head().unwrap_or(Recipient::Clerks)],
    }
}
