//! The message for each whom an event concerns; who that is says the domain ([`notified`]). What a unit that is kept away was
//! told before is taken back.

use super::cosigning;
use super::log::{Bench, Folded};
use huiyin_domain::calendar::Instant;
use huiyin_domain::case::{
    AssistanceReminder, Audience, Case, Clock, Event, HandlingComplaint, Identity, Promise, Recorded, Stage,
    Urgency, apply, notified,
};
use huiyin_domain::ids::{CaseNo, UnitId};
use huiyin_domain::policy::Policy;
use huiyin_foundation::db::Tx;
use huiyin_foundation::error::Error;
use huiyin_foundation::{params, say};
use huiyin_people::notices::{
    Away, InPlace, Notice, Recipient, Teller, announce, exchange_of, take_back, tell as send,
};
use huiyin_people::units;

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
    let has_answer = folded.lines.iter().any(|(line, _)| matches!(line.event, Event::Replied { .. }));
    // What is struck off because it is answered now is told by the answer.
    let is_news = |line: &Recorded| !(has_answer && line.event == Event::StruckOff {});
    let (mut so_far, mut for_them) = (before.cloned(), None);
    for (line, _) in &folded.lines {
        let earlier = so_far.clone();
        so_far = apply(so_far, line);
        let audiences = notified(line, earlier.as_ref(), case, bench.policy);
        if audiences.contains(&Audience::Requester) && is_news(line) {
            for_them = Some(line);
        }
        let mut to_staff = |audience: Audience| {
            let recipient = recipient(tx, bench.policy, &audience, line)?;
            if let Some((whom, notice)) =
                recipient.zip(for_staff(line, &audience, earlier.as_ref(), case, bench))
            {
                let notice = where_nobody_is(tx, &whom, notice, bench)?;
                told.push((whom, notice));
            }
            Ok::<_, Error>(())
        };
        audiences.into_iter().try_for_each(&mut to_staff)?;
        if let Event::Recused { units, leaders, .. } = &line.event {
            let away = Away { units, leaders, office: &bench.policy.school.coordinator };
            let requester = requester(tx, no, case)?.and_then(|(whom, _)| match whom {
                Recipient::PersonKey(key) => Some(key),
                _ => None,
            });
            take_back(tx, bench.keys, bench.outlets, no, &away, requester.as_deref())?;
        }
    }
    if let Some(line) = for_them
        && case.identity != Identity::Anonymous
        && let Some((whom, title)) = requester(tx, no, case)?
        && let Some(notice) = for_requester(line, title, case, bench)
    {
        told.push((whom, notice));
    }
    let is_told_to_all = |line: &Recorded| {
        matches!(
            line.event,
            Event::Replied { .. } | Event::Declined { .. } | Event::Withdrawn {} | Event::ProposalSettled(_)
        )
    };
    if folded.lines.iter().any(|(line, _)| is_told_to_all(line)) {
        for key in cosigning::who_cosign(tx, no, case)? {
            told.push((Recipient::PersonKey(key), Notice::CosignedNews));
        }
    }
    if has_answer && case.is_published {
        for key in echoes(tx, no)? {
            told.push((Recipient::PersonKey(key), Notice::EchoAnswered));
        }
    }
    // Not now: what an anonymous requester does is recorded by the hour, and a message must not tell the minute.
    let at = folded.lines.last().map_or(bench.now, |(line, _)| line.at);
    // Nor may the minute in which a letter arrives: it leaves when the hour is full.
    let not_before = if at < bench.now { at.plus_hours(1) } else { at };
    send_all(tx, bench, no, case, &told, (at, not_before))?;
    tell_lead(tx, bench, case, folded, (at, not_before))
}

/// Tells staff of something about a case that is no event of it.
pub(crate) fn tell_of(
    tx: &mut Tx,
    bench: &Bench<'_>,
    no: &CaseNo,
    case: &Case,
    told: &[(Recipient, Notice)],
) -> Result<(), Error> {
    send_all(tx, bench, no, case, told, (bench.now, bench.now))
}

/// Sends what was said about a case, as it stands, at this moment and not out of the house before that one.
fn send_all(
    tx: &mut Tx,
    bench: &Bench<'_>,
    no: &CaseNo,
    case: &Case,
    told: &[(Recipient, Notice)],
    (at, not_before): (Instant, Instant),
) -> Result<(), Error> {
    let (keys, outlets, coordinator) = (bench.keys, bench.outlets, &bench.policy.school.coordinator);
    let recused = bench.policy.with_heirs(&case.recused);
    let posts = posts_above(&recused, bench);
    let in_place = match recused.contains(coordinator) {
        true => InPlace::Above { posts: &posts, recused: &recused },
        false => InPlace::Clerks,
    };
    let teller = Teller { keys, outlets, coordinator, in_place, at, not_before };
    for (recipient, notice) in told {
        send(tx, &teller, recipient, no, notice)?;
    }
    let kinds = told.iter().map(|(_, notice)| (notice.kind(), notice.topic())).collect();
    announce(tx, &teller, no, &kinds)
}

/// Asks these people to co-sign.
pub(super) fn ask_to_cosign(
    tx: &mut Tx,
    bench: &Bench<'_>,
    no: &CaseNo,
    people: Vec<String>,
) -> Result<(), Error> {
    let (keys, outlets, coordinator, at) =
        (bench.keys, bench.outlets, &bench.policy.school.coordinator, bench.now);
    let teller = Teller { keys, outlets, coordinator, in_place: InPlace::Clerks, at, not_before: at };
    let notice = Notice::CosignAsked;
    for person in people {
        send(tx, &teller, &Recipient::PersonKey(person), no, &notice)?;
    }
    Ok(())
}

/// Whoever is in charge of the unit that stands in for the office, then the head of the school.
fn posts_above(recused: &[UnitId], bench: &Bench<'_>) -> Vec<String> {
    let policy = bench.policy;
    let away = policy.leaders_kept_away(recused);
    let in_charge = policy.stands_in(recused).and_then(|unit| policy.leader_of(unit));
    let posts = in_charge.into_iter().chain(policy.head()).map(|leader| leader.id.clone());
    posts.filter(|post| !away.contains(post)).collect()
}

/// The requester with an account, or whoever wrote the letter it came as, unless it is protected: no letter tells of those.
fn requester(tx: &mut Tx, no: &CaseNo, case: &Case) -> Result<Option<(Recipient, String)>, Error> {
    // Who brought this case in, as a keyed reference, and what do they call it?
    let row = tx.query_opt("select requester_key, title from cases where case_no = $1", params![no])?;
    let Some(row) = row else { return Ok(None) };
    let title = row.text("title")?;
    if let Some(key) = row.opt_text("requester_key")? {
        return Ok(Some((Recipient::PersonKey(key), title)));
    }
    if case.identity != Identity::Open || case.restricted {
        return Ok(None);
    }
    Ok(exchange_of(tx, no)?.map(|exchange| (Recipient::Exchange(exchange), title)))
}

fn echoes(tx: &mut Tx, no: &CaseNo) -> Result<Vec<String>, Error> {
    // Who met the same matter?
    let rows = tx.query("select person from case_echoes where case_no = $1", params![no])?;
    rows.iter().map(|row| Ok(row.text("person")?)).collect()
}

fn unit_name(bench: &Bench<'_>, unit: Option<&UnitId>) -> String {
    unit.and_then(|id| bench.policy.unit(id)).map_or_else(|| "承办单位".into(), |unit| unit.name.clone())
}

/// By when, with the day named, since a message is read on another one; empty where nothing is promised.
fn until(case: &Case, clock: Clock, bench: &Bench<'_>) -> String {
    let promise: Option<&Promise> = case.round().promise(clock);
    promise.map_or_else(String::new, |promise| say::moment_named(bench.now, promise.due))
}

fn for_requester(line: &Recorded, title: String, case: &Case, bench: &Bench<'_>) -> Option<Notice> {
    let unit = unit_name(bench, case.unit.as_ref());
    Some(match &line.event {
        Event::Assigned { .. }
        | Event::Transferred { .. }
        | Event::Instructed { .. }
        | Event::Succeeded(_) => Notice::HandedOn { title, unit, until: until(case, Clock::Result, bench) },
        Event::Escalated { .. } => Notice::Escalated { title },
        Event::ProgressReported { through: Some(unit), .. } => {
            Notice::Progress { title, unit: unit_name(bench, Some(unit)) }
        }
        Event::ProgressReported { .. } => Notice::Progress { title, unit },
        Event::Asked {} => Notice::Asked { title, unit },
        Event::Extended { .. } => Notice::Extended { title, until: until(case, Clock::Result, bench) },
        Event::Reopened { .. } => Notice::RoundOrdered { title, until: until(case, Clock::Result, bench) },
        Event::SupervisionEnded {} => Notice::SupervisionEnded { title },
        Event::ShelvedReviewed { review_on } => {
            Notice::ShelvedReviewed { title, until: say::day_long(bench.now, *review_on) }
        }
        Event::StruckOff {} => Notice::StruckOff { title },
        Event::Rated { .. } => Notice::RatingTaken { title },
        Event::EffectCheckDue {} => Notice::EffectAsked { title },
        // Nobody is asked to judge how danger was met (7.6).
        Event::Replied { .. } if case.is_crisis() => Notice::Progress { title, unit },
        Event::Replied { .. } => Notice::Answered { title, unit },
        Event::Declined { .. } => Notice::Declined { title },
        Event::Recused { .. } => Notice::KeptAway { title },
        Event::RecusalLifted(_) => Notice::RecusalLifted { title },
        Event::ComplaintAnswered(_) => Notice::ComplaintAnswered { title },
        Event::Merged { .. } => Notice::HandledTogether { title },
        Event::Joined { .. } => Notice::OthersJoined { title },
        Event::Unmerged {} => Notice::ByItselfAgain { title, until: until(case, Clock::Result, bench) },
        Event::SplitOff { .. } => Notice::SplitInTwo { title },
        Event::CosignAnswered(_) => {
            let cosigned = case.cosigned();
            Notice::CosignAnswered { title, cosigned }
        }
        Event::ProposalSettled(settled) => Notice::ProposalSettled { title, is_filed: settled.is_filed },
        Event::PartAwaited(part) => {
            Notice::PartAwaited { title, until: say::day_long(bench.now, part.expected_on) }
        }
        _ => return None,
    })
}

/// Who stands behind an audience; the requester is told apart. A second look waits for the office where a unit has no head.
fn recipient(
    tx: &mut Tx,
    policy: &Policy,
    audience: &Audience,
    line: &Recorded,
) -> Result<Option<Recipient>, Error> {
    Ok(Some(match audience {
        Audience::Requester => return Ok(None),
        Audience::Unit(unit) => Recipient::Unit(unit.clone()),
        Audience::UnitHead(unit) => {
            let has_head = !units::heads_of(tx, unit)?.is_empty();
            match &line.event {
                Event::ReplyProposed { .. } if !has_head => Recipient::Clerks,
                // The time that a law gives is decided by the leader in charge where the body has no head.
                Event::ExtensionAsked { .. } if !has_head => match policy.leader_of(unit) {
                    Some(leader) => Recipient::Leader(leader.id.clone()),
                    None => Recipient::UnitHead(unit.clone()),
                },
                _ => Recipient::UnitHead(unit.clone()),
            }
        }
        Audience::Office => Recipient::Clerks,
        Audience::Leader(post) => Recipient::Leader(post.clone()),
        Audience::Supervision { past } => Recipient::Supervisors { past: past.clone() },
        Audience::Person(person) => Recipient::Person(person.clone()),
        Audience::Squad(squad) => Recipient::Squad(squad.clone()),
    }))
}

/// What would ask a unit to sign for a case tells whoever hears it in its place what is the matter, where nobody works there.
fn where_nobody_is(
    tx: &mut Tx,
    whom: &Recipient,
    notice: Notice,
    bench: &Bench<'_>,
) -> Result<Notice, Error> {
    let (Recipient::Unit(unit), Notice::NewForUnit { until }) = (whom, &notice) else { return Ok(notice) };
    if !units::officers_of(tx, unit)?.is_empty() || !units::heads_of(tx, unit)?.is_empty() {
        return Ok(notice);
    }
    let unit = unit_name(bench, Some(unit));
    Ok(Notice::NobodyThere { unit, until: until.clone() })
}

/// The message of a line for those who work on the case.
fn for_staff(
    line: &Recorded,
    to: &Audience,
    before: Option<&Case>,
    case: &Case,
    bench: &Bench<'_>,
) -> Option<Notice> {
    let result_until = || until(case, Clock::Result, bench);
    let own_unit = || unit_name(bench, case.unit.as_ref());
    Some(match &line.event {
        Event::Submitted { restricted, urgency, .. } => {
            let is_pressing = *urgency == Urgency::Critical || *restricted;
            if is_pressing { Notice::Danger } else { Notice::ToDispatch }
        }
        Event::Corrected { .. } => Notice::Danger,
        Event::Assigned { .. }
        | Event::Transferred { .. }
        | Event::Instructed { .. }
        | Event::Succeeded(_) => Notice::NewForUnit { until: until(case, Clock::FirstReply, bench) },
        Event::AssistanceAsked { due, whistle, .. } => {
            let (unit, until) = (own_unit(), say::moment_named(bench.now, *due));
            Notice::ToAssist { until, unit, by_whistle: *whistle }
        }
        Event::OpinionGiven(opinion) => Notice::OpinionGiven { unit: unit_name(bench, Some(&opinion.unit)) },
        Event::AssistanceReminded(AssistanceReminder { due, .. }) => {
            Notice::OpinionSoon { until: say::moment_named(bench.now, *due) }
        }
        Event::AssistanceMissed { unit, .. } if *to == Audience::Unit(unit.clone()) => Notice::OpinionMissed,
        Event::AssistanceMissed { unit, .. } => Notice::OpinionMissing { unit: unit_name(bench, Some(unit)) },
        Event::Allotted { .. } => Notice::Allotted { until: result_until() },
        Event::Escalated { .. } => Notice::ToInstruct,
        Event::SentBack { .. } => {
            let unit = unit_name(bench, before.and_then(|case| case.unit.as_ref()));
            Notice::SentBack { unit }
        }
        Event::TakenBack {} => Notice::ToDispatch,
        Event::Recused { .. } => Notice::Recused,
        Event::Merged { .. } => Notice::MergedAway,
        Event::Joined { .. } => Notice::Joined,
        Event::Parted { .. } => Notice::Parted,
        Event::Unmerged {} => Notice::Restored { until: result_until() },
        Event::Supplemented { .. } => Notice::Supplemented,
        Event::Urged { .. } => Notice::Urged,
        Event::Rated { .. } => Notice::Judged,
        Event::Reopened { automatic, .. } => {
            let by = (!automatic).then(|| say::pressed_by(&line.by).to_owned());
            Notice::Reopened { by, until: result_until() }
        }
        Event::Reminded { clock, due, .. } => {
            Notice::DueSoon { of: say::clock(*clock), until: say::moment_named(bench.now, *due) }
        }
        Event::RemindedByHand { .. } => Notice::Reminded { by: say::pressed_by(&line.by).to_owned() },
        Event::DeadlineMissed { clock, .. } => Notice::Missed { of: say::clock(*clock) },
        Event::Supervised(_) => Notice::Supervised,
        Event::Withdrawn {} => Notice::Withdrawn,
        Event::ExtensionAsked { .. } => Notice::ExtensionAsked { unit: own_unit() },
        Event::Extended { .. } => Notice::ExtensionDecided,
        Event::ExtensionRefused {} => Notice::ExtensionRefused { until: result_until() },
        Event::ReplyProposed { .. } => Notice::ToApprove,
        Event::ReplyReturned {} => Notice::ReplyReturned,
        Event::HandlingComplained(HandlingComplaint { danger: true, .. }) => Notice::Danger,
        Event::HandlingComplained(_) => Notice::HandlingComplained,
        Event::ComplaintMissed(_) => Notice::ComplaintMissed,
        Event::ReviewMissed { .. } => Notice::ReviewMissed,
        Event::StrikeOffAsked {} => Notice::StrikeOffAsked { unit: own_unit() },
        Event::PartDue(_) => Notice::PartDue,
        Event::SquadCalled(_) => Notice::SquadCalled { unit: own_unit() },
        Event::SquadReleased {} => Notice::SquadReleased,
        Event::WorkReported(report) => Notice::WorkReported { is_done: report.is_done },
        _ => return None,
    })
}

/// What a requester adds to a merged case, or urges there, reaches the unit of the lead case under the number it knows.
fn tell_lead(
    tx: &mut Tx,
    bench: &Bench<'_>,
    case: &Case,
    folded: &Folded,
    when: (Instant, Instant),
) -> Result<(), Error> {
    let notice = |(line, _): &(Recorded, _)| match line.event {
        Event::Supplemented { .. } => Some(Notice::Supplemented),
        Event::Urged { .. } => Some(Notice::Urged),
        _ => None,
    };
    let merged = case.merged.as_ref().filter(|_| case.stage == Stage::Merged);
    let Some((merged, notice)) = merged.zip(folded.lines.iter().find_map(notice)) else { return Ok(()) };
    // Who answers for the lead case?
    let row = tx.query_opt("select unit from cases where case_no = $1", params![&merged.into])?;
    let unit = row.and_then(|row| row.opt_text("unit").transpose()).transpose()?;
    let recipient = unit.map_or(Recipient::Clerks, |unit| Recipient::Unit(UnitId(unit)));
    send_all(tx, bench, &merged.into, case, &[(recipient, notice)], when)
}
