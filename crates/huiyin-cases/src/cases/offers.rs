//! Which acts a page offers: those that `decide` would not refuse this viewer now. Asked by probing, not by a second set of rules.

use super::log::Bench;
use super::sight::Seen;
use huiyin_domain::access::Act;
use huiyin_domain::calendar::Day;
use huiyin_domain::case::{
    self, Answer, Clock, Command, Ctx, DeclineGround, LeakCause, Level, Means, Outcome, PublicText, Refusal,
    Satisfaction, SendBackGround, Solved, Text, TextKind, UrgeReason, WorkMoment, decide,
};
use huiyin_domain::ids::UnitId;

/// The acts open to a viewer at this moment.
#[derive(Clone, Debug, Default)]
pub struct Offers(Vec<Act>);

impl Offers {
    /// Whether an act is offered.
    pub fn has(&self, act: Act) -> bool {
        self.0.contains(&act)
    }

    /// The acts, in the order of the table.
    pub fn acts(&self) -> &[Act] {
        &self.0
    }
}

/// What the viewer could do now.
pub fn offers(seen: &Seen, bench: &Bench<'_>) -> Offers {
    let ctx = ctx(seen, bench);
    let table = huiyin_domain::access::TABLE.iter().map(|(act, _)| *act);
    let is_open = |act: &Act| {
        let probe = probe(*act, seen, bench);
        probe.is_some_and(|command| decide(Some(seen.case()), command, &ctx).is_ok())
    };
    Offers(table.filter(is_open).collect())
}

/// Why an act is not open to the viewer now; none when it is.
pub fn refusal(seen: &Seen, bench: &Bench<'_>, act: Act) -> Option<Refusal> {
    decide(Some(seen.case()), probe(act, seen, bench)?, &ctx(seen, bench)).err()
}

/// Until which day more time may be asked for or granted now; none where there is none to give.
pub fn latest_extension(seen: &Seen, bench: &Bench<'_>) -> Option<Day> {
    case::latest_extension(seen.case(), &ctx(seen, bench))
}

/// By which day at the latest a matter that cannot be done yet is looked at again.
pub fn latest_review(seen: &Seen, bench: &Bench<'_>) -> Day {
    case::latest_review(&ctx(seen, bench))
}

fn ctx<'a>(seen: &'a Seen, bench: &'a Bench<'a>) -> Ctx<'a> {
    bench.ctx(&seen.actor, None)
}

/// A well-formed command of this act, with words and ids that cannot be the ground of a refusal.
fn probe(act: Act, seen: &Seen, bench: &Bench<'_>) -> Option<Command> {
    let (policy, now) = (bench.policy, bench.now);
    // Neither a deadline nor a review lies on a day of rest.
    let working_day_after = |day: Day| bench.calendar.nth_working_day_after(day, 1).0;
    let words = || "—".to_owned();
    // One that is kept away would be the ground of a refusal; so would one that has the case already.
    let is_new =
        |unit: &UnitId| seen.case().unit.as_ref() != Some(unit) && !seen.case().assisting.contains(unit);
    let helper = || -> Option<UnitId> {
        let mut open = policy.units.iter().filter(|unit| !unit.closed && !seen.case().is_recused(&unit.id));
        Some(open.find(|unit| is_new(&unit.id))?.id.clone())
    };
    let unit = || -> Option<UnitId> {
        let case = seen.case();
        // What has a body of its own by law is offered to no other.
        let road = policy.statutory_of(&case.kind, case.category.as_ref()).filter(|_| !case.is_crisis());
        let body = road.and_then(|procedure| policy.body_of(procedure)).filter(|body| !case.is_recused(body));
        match body {
            Some(body) => is_new(body).then(|| body.clone()),
            None => helper(),
        }
    };
    Some(match act {
        Act::Accept => Command::Accept,
        Act::Assign => Command::Assign { unit: unit()?, forced: false, reason: String::new() },
        Act::Transfer => {
            Command::Transfer { unit: unit()?, assisting: vec![], forced: false, reason: words() }
        }
        Act::Escalate => Command::Escalate { leader: policy.leaders.first()?.id.clone(), brief: words() },
        Act::Instruct => Command::Instruct { unit: unit()?, until: None, key: false, words: words() },
        Act::SignFor => Command::SignFor,
        Act::Allot => Command::Allot { officer: "—".into() },
        Act::SendBack => {
            Command::SendBack { ground: SendBackGround::NotOurDuty, suggested: None, reason: words() }
        }
        Act::ReportProgress => {
            Command::ReportProgress { words: words(), files: vec![], joined_words: words() }
        }
        Act::Reply => Command::Reply(Answer {
            words: words(),
            outcome: Outcome::Explained,
            public: None,
            files: vec![],
            shelving: None,
            joined_words: words(),
        }),
        Act::ProposeReply => Command::ProposeReply(Answer {
            words: words(),
            outcome: Outcome::Explained,
            public: None,
            files: vec![],
            shelving: None,
            joined_words: words(),
        }),
        Act::ApproveReply => {
            let kinds = [TextKind::Words, TextKind::PublicTitle, TextKind::Plan];
            let texts = kinds.map(|kind| Text { kind, words: words() }).to_vec();
            Command::ApproveReply { texts, has_head: seen.unit_has_head }
        }
        Act::ReturnReply => Command::ReturnReply { reason: words(), has_head: seen.unit_has_head },
        Act::AskRequester => Command::AskRequester { words: words() },
        Act::AskExtension => {
            let promise = seen.case().round().promise(Clock::Result)?;
            Command::AskExtension { until: working_day_after(promise.due.day()), reason: words() }
        }
        Act::GrantExtension => Command::GrantExtension { until: None, words: words() },
        Act::RefuseExtension => Command::RefuseExtension { reason: words() },
        Act::ReviewShelved => Command::ReviewShelved { words: words(), next: working_day_after(now.day()) },
        Act::AskStrikeOff => Command::AskStrikeOff { words: words() },
        Act::StrikeOff => Command::StrikeOff { words: words() },
        Act::Note => Command::Note { words: words() },
        Act::Supplement => Command::Supplement { words: words(), files: vec![] },
        Act::Urge => Command::Urge { because: UrgeReason::Other, reason: words() },
        Act::Rate => Command::Rate {
            contacted: None,
            solved: Solved::Yes,
            satisfaction: Satisfaction::Satisfied,
            complaints: vec![],
            words: words(),
            publish: None,
            reopen: false,
        },
        Act::Reopen => Command::Reopen { reason: words() },
        Act::Withdraw => Command::Withdraw { reason: words() },
        Act::Decline => Command::Decline { ground: DeclineGround::OutOfScope, words: words() },
        Act::Correct => Command::Correct {
            kind: Some(seen.case().kind.clone()),
            category: None,
            place: None,
            urgency: None,
            reason: words(),
        },
        Act::Publish => Command::Publish(PublicText { title: words(), body: String::new() }),
        Act::Unpublish => Command::Unpublish { reason: words() },
        Act::Remind => Command::Remind { means: Means::Here, reason: words() },
        Act::ComplainAboutHandling => Command::ComplainAboutHandling { words: words(), about_office: false },
        Act::AnswerComplaint => Command::AnswerComplaint { words: words() },
        Act::LiftRecusal => {
            let unit = seen.case().liftable(policy).next()?.clone();
            Command::LiftRecusal { units: vec![unit], reason: words() }
        }
        Act::FollowUp => Command::FollowUp(None),
        Act::CheckEffect => Command::CheckEffect { holds: Solved::Yes, words: words() },
        Act::OrderRound => Command::OrderRound { reason: words() },
        Act::CloseSupervision => Command::CloseSupervision { words: words() },
        Act::LowerRestriction => Command::LowerRestriction { reason: words() },
        Act::Supervise => Command::Supervise { level: Level::Coordinator, reason: words() },
        Act::Match => Command::Match { earlier: None, cause: LeakCause::NeverRaised },
        Act::AskAssistance => {
            Command::AskAssistance { units: vec![helper()?], words: words(), whistle: false }
        }
        Act::GiveOpinion => Command::GiveOpinion { words: words(), files: vec![] },
        Act::Recuse => {
            let office = &policy.school.coordinator;
            let others = policy.units.iter().map(|unit| &unit.id);
            let other = others.clone().find(|unit| *unit != office && !seen.case().is_recused(unit));
            Command::Recuse { units: vec![other?.clone()], reason: words() }
        }
        Act::Unmerge => Command::Unmerge { reason: words() },
        Act::Join => Command::Join { other: "—".into() },
        Act::SplitOff => Command::SplitOff { other: seen.no.clone() },
        Act::CallSquad => {
            let case = seen.case();
            let squad = policy.squads_for(case.unit.as_ref()?, &case.kind, case.category.as_ref()).next()?;
            Command::CallSquad { squad: squad.id.clone(), words: words() }
        }
        Act::ReleaseSquad => Command::ReleaseSquad,
        Act::ReportWork => Command::ReportWork { is_done: true, words: words(), files: vec![] },
        Act::NameCosigners => Command::NameCosigners { names: vec![words()] },
        Act::AnswerCosigning => Command::AnswerCosigning { consents: true },
        Act::SettleProposal => Command::SettleProposal { is_filed: false, reason: words() },
        Act::Arrive => Command::Arrive,
        Act::Picture => Command::Picture { moment: WorkMoment::Before, files: vec!["—".into()] },
        Act::AwaitPart => Command::AwaitPart { words: words(), expected_on: now.day().next() },
        // What points at another case is asked for where that case is chosen.
        Act::Merge
        | Act::Part
        | Act::Protect
        | Act::ReplyThroughLead
        | Act::AssignAsLearned
        | Act::FollowSuccessor
        | Act::Remove
        | Act::NoteTime => {
            return None;
        }
    })
}
