//! Who may do what: one table.
//!
//! A person holds duties ([`Duty`]); on one case these become hats ([`Hat`]). The table says which hat may do which act;
//! the rules of time and stage are `decide`'s. Sight is here too: what is not visible does not exist for the viewer.
//! The administrator sets the school up and sees no case.

use crate::case::{
    Actor, By, Case, ComplaintEnd, Cosigning, Event, HandlingComplaint, Identity, Recorded, Stage,
};
use crate::ids::UnitId;
use crate::policy::Policy;
use serde::{Deserialize, Serialize};

mod table;

use Hat::*;
pub use table::{Act, TABLE};

/// What a person is there for; a person may hold several.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 承办员 of a unit.
    Officer,
    /// 单位负责人
    UnitHead,
    /// 受理员（专班）of the coordinating office.
    Clerk,
    /// 校领导, by post.
    Leader,
    /// 纪检督办
    Supervisor,
    /// 公开审核
    Publisher,
    /// 审计
    Auditor,
    /// 系统管理
    Admin,
    /// 服务队队员, by squad; students may be.
    Volunteer,
}

impl Role {
    /// All roles.
    pub const ALL: [Role; 9] = [
        Role::Officer,
        Role::UnitHead,
        Role::Clerk,
        Role::Leader,
        Role::Supervisor,
        Role::Publisher,
        Role::Auditor,
        Role::Admin,
        Role::Volunteer,
    ];

    /// The stored word.
    pub fn word(self) -> &'static str {
        match self {
            Role::Officer => "officer",
            Role::UnitHead => "unit_head",
            Role::Clerk => "clerk",
            Role::Leader => "leader",
            Role::Supervisor => "supervisor",
            Role::Publisher => "publisher",
            Role::Auditor => "auditor",
            Role::Admin => "admin",
            Role::Volunteer => "volunteer",
        }
    }

    /// The role of a stored word.
    pub fn from_word(word: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.word() == word)
    }
}

/// A role with the place where it holds.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Duty {
    /// The role.
    pub role: Role,
    /// The unit, for officers and unit heads.
    pub unit: Option<UnitId>,
    /// The leader post, for leaders; the squad, for volunteers.
    pub post: Option<String>,
}

/// What somebody is to one case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Hat {
    /// Its requester.
    Requester,
    /// Officer of the responsible unit.
    Officer,
    /// Head of the responsible unit.
    UnitHead,
    /// Officer or head of an assisting unit.
    Assistant,
    /// Clerk of the coordinating office.
    Clerk,
    /// Leader before whom it lies or who instructed.
    Addressee,
    /// Leader in charge of the responsible unit, or the head of the school.
    Leader,
    /// The head of the school, who stands above the coordinating office.
    Head,
    /// Supervision.
    Supervisor,
    /// Publisher.
    Publisher,
    /// Auditor.
    Auditor,
    /// Asked to co-sign, or co-signs.
    Cosigner,
    /// In the squad that has the work at the place.
    Volunteer,
    /// Besides another: works in the coordinating office, or is in charge of it. It gives no right and takes away what is said
    /// of the office.
    OfTheOffice,
    /// The clock.
    Clock,
    /// A dispatch rule.
    Rule,
}

impl Hat {
    /// All hats.
    pub const ALL: [Hat; 16] = [
        Hat::Requester,
        Hat::Officer,
        Hat::UnitHead,
        Hat::Assistant,
        Hat::Clerk,
        Hat::Addressee,
        Hat::Leader,
        Hat::Head,
        Hat::Supervisor,
        Hat::Publisher,
        Hat::Auditor,
        Hat::Cosigner,
        Hat::Volunteer,
        Hat::OfTheOffice,
        Hat::Clock,
        Hat::Rule,
    ];
}

/// May somebody under this hat do this?
pub fn may(hat: Hat, act: Act) -> bool {
    TABLE.iter().any(|(row, hats)| *row == act && hats.contains(&hat))
}

/// The hats an actor wears on a case.
pub fn hats(actor: &Actor, case: &Case, policy: &Policy) -> Vec<Hat> {
    match actor {
        Actor::Requester => vec![Hat::Requester],
        // Who declined has no more to do with it.
        Actor::Cosigner { place } => match case.cosigning_of(*place) {
            Some(Cosigning::Asked | Cosigning::Consents) => vec![Hat::Cosigner],
            Some(Cosigning::Declines) | None => vec![],
        },
        Actor::Clock => vec![Hat::Clock],
        Actor::Rule => vec![Hat::Rule],
        Actor::Staff { duties, .. } => {
            // 反映谁，就不由谁来看：one duty in a unit that is kept away outweighs all others.
            if are_kept_away(duties, case, policy) {
                return vec![];
            }
            let mut hats: Vec<Hat> = duties.iter().flat_map(|duty| hats_of(duty, case, policy)).collect();
            // 说的是协调部门，就不由它的人来看、来答，whatever else they are; clerks are of it by their own hat.
            let stands_above = |hat: &Hat| matches!(hat, Head | Supervisor | Auditor);
            if hats.iter().any(stands_above)
                && units_near(duties, policy).contains(&policy.school.coordinator)
            {
                hats.push(OfTheOffice);
            }
            hats.sort();
            hats.dedup();
            hats
        }
    }
}

/// Does any of these duties keep its holder away from this case? Asked of all that somebody holds, also where they act under
/// one of them only.
pub fn are_kept_away(duties: &[Duty], case: &Case, policy: &Policy) -> bool {
    duties.iter().any(|duty| is_kept_away(duty, case, policy))
}

/// The units near somebody: where they work, the office for a clerk, what a leader is in charge of; the head of the school is
/// kept away from nothing. What is about one of these does not exist for them, in lists and counts either.
pub fn units_near(duties: &[Duty], policy: &Policy) -> Vec<UnitId> {
    let mut units: Vec<UnitId> = duties.iter().filter_map(|duty| duty.unit.clone()).collect();
    if duties.iter().any(|duty| duty.role == Role::Clerk) {
        units.push(policy.school.coordinator.clone());
    }
    let posts = duties.iter().filter_map(|duty| duty.post.as_deref());
    for post in posts.filter(|post| policy.head().is_none_or(|head| head.id != *post)) {
        let leads = |unit: &&UnitId| policy.leader_of(unit).is_some_and(|leader| leader.id == post);
        units.extend(policy.units.iter().map(|unit| &unit.id).filter(leads).cloned());
    }
    // What was about a dissolved unit is about whoever took over from it.
    let before =
        policy.units.iter().filter(|unit| policy.heir_of(&unit.id).is_some_and(|heir| units.contains(heir)));
    let before: Vec<UnitId> = before.map(|unit| unit.id.clone()).collect();
    units.extend(before);
    units.sort();
    units.dedup();
    units
}

/// Works in a unit that is kept away from this case, or is the leader in charge of one; the head of the school stays.
fn is_kept_away(duty: &Duty, case: &Case, policy: &Policy) -> bool {
    if case.recused.is_empty() {
        return false;
    }
    let away = policy.with_heirs(&case.recused);
    let office = || (duty.role == Role::Clerk).then_some(&policy.school.coordinator);
    let works_there = duty.unit.as_ref().or_else(office).is_some_and(|unit| away.contains(unit));
    let leads = |post: &String| policy.leaders_kept_away(&away).contains(post);
    works_there || duty.post.as_ref().is_some_and(leads)
}

fn hats_of(duty: &Duty, case: &Case, policy: &Policy) -> Vec<Hat> {
    let has = |unit: &UnitId| duty.unit.as_ref() == Some(unit) || duty.unit.as_ref() == policy.heir_of(unit);
    let is_responsible = case.unit.as_ref().is_some_and(has);
    let assists = case.assisting.iter().any(has);
    match duty.role {
        Role::Officer if is_responsible => vec![Hat::Officer],
        Role::UnitHead if is_responsible => vec![Hat::UnitHead],
        Role::Officer | Role::UnitHead if assists => vec![Hat::Assistant],
        Role::Officer | Role::UnitHead | Role::Admin => vec![],
        Role::Clerk => vec![Hat::Clerk],
        Role::Leader => leader_hats(duty, case, policy),
        Role::Supervisor => vec![Hat::Supervisor],
        Role::Publisher if case.may_publish && !case.restricted => vec![Hat::Publisher],
        Role::Publisher => vec![],
        Role::Auditor => vec![Hat::Auditor],
        Role::Volunteer if is_with_squad(duty, case) => vec![Hat::Volunteer],
        Role::Volunteer => vec![],
    }
}

/// The squad has the work now; of what is protected or sealed it sees nothing, whatever happened before.
fn is_with_squad(duty: &Duty, case: &Case) -> bool {
    let is_ordinary = !case.restricted && case.identity != Identity::Sealed;
    let squad = case.field.squad.as_ref().map(|work| work.squad.as_str());
    is_ordinary && case.stage == Stage::Assigned && squad.is_some() && squad == duty.post.as_deref()
}

fn leader_hats(duty: &Duty, case: &Case, policy: &Policy) -> Vec<Hat> {
    let Some(post) = duty.post.as_deref() else { return vec![] };
    let mut hats = Vec::new();
    if case.leader.as_deref() == Some(post) {
        hats.push(Hat::Addressee);
    }
    let is_head = policy.head().is_some_and(|leader| leader.id == post);
    let leads = |unit: &UnitId| policy.leader_of(unit).is_some_and(|leader| leader.id == post);
    if is_head || case.unit.as_ref().is_some_and(leads) {
        hats.push(Hat::Leader);
    }
    if is_head {
        hats.push(Hat::Head);
    }
    hats
}

/// May the actor know that the case exists? Every hat sees; without one it does not exist for them,
/// unless it is published and then only its public face.
pub fn may_see(actor: &Actor, case: &Case, policy: &Policy) -> bool {
    !hats(actor, case, policy).is_empty()
}

/// Does one of these hats belong to the coordinating office? What is said of it goes past them.
pub fn are_of_the_office(worn: &[Hat]) -> bool {
    worn.iter().any(|hat| matches!(hat, Clerk | OfTheOffice))
}

/// Does one of these hats belong to the units that handle the case? A complaint about the handling is about them.
pub fn are_complained_of(worn: &[Hat]) -> bool {
    worn.iter().any(|hat| matches!(hat, Officer | UnitHead | Assistant | Volunteer))
}

/// May somebody under these hats read this event of a case that they may see? A complaint about the handling goes past the
/// unit that is complained of, and one about the coordinating office past everybody but supervision, auditors and the head of
/// the school, where these do not themselves belong to the office; what is written inside the house is not for the requester;
/// with which earlier case a matter from outside was matched is for neither.
pub fn sees_event(worn: &[Hat], event: &Event) -> bool {
    let past_the_unit = |hat: &Hat| {
        !matches!(hat, Officer | UnitHead | Assistant | Publisher | Cosigner | Volunteer | OfTheOffice)
    };
    // In charge of the unit is not above the office.
    let past_the_office = |hat: &Hat| past_the_unit(hat) && !matches!(hat, Clerk | Leader | Addressee);
    // Who also works where it is complained of does not read it under another hat.
    let is_complained_of = are_complained_of(worn);
    let is_of_the_office = are_of_the_office(worn);
    let inside = |hat: &Hat| !matches!(hat, Requester | Cosigner | Volunteer);
    match event {
        Event::HandlingComplained(HandlingComplaint { about_office: true, .. })
        | Event::ComplaintAnswered(ComplaintEnd { about_office: true, .. }) => {
            !is_of_the_office && !is_complained_of && worn.iter().any(past_the_office)
        }
        Event::ComplaintMissed(ComplaintEnd { about_office: true, .. }) => {
            !is_of_the_office
                && !is_complained_of
                && worn.iter().any(|hat| past_the_office(hat) && inside(hat))
        }
        Event::HandlingComplained(_) | Event::ComplaintAnswered(_) => {
            !is_complained_of && worn.iter().any(past_the_unit)
        }
        Event::ComplaintMissed(_) => {
            !is_complained_of && worn.iter().any(|hat| past_the_unit(hat) && inside(hat))
        }
        Event::Matched { .. } => worn.iter().any(|hat| past_the_unit(hat) && inside(hat)),
        // The squad reads what is said of the work at the place; its words to the unit are the unit's.
        Event::SquadCalled(_) | Event::WorkReported(_) => !worn.is_empty(),
        _ if worn == [Volunteer] => matches!(event, Event::FieldArrived {} | Event::FieldPictured(_)),
        Event::Noted {}
        | Event::ReplyProposed { .. }
        | Event::ReplyReturned {}
        | Event::OpinionGiven { .. }
        | Event::AssistanceReminded(_)
        | Event::AssistanceMissed { .. } => worn.iter().any(inside),
        _ => !worn.is_empty(),
    }
}

/// May somebody under these hats read this line of the record? That a rule parted a case from its lead is told to nobody
/// there: the other may have become protected, or be about one of the readers.
pub fn sees_line(worn: &[Hat], line: &Recorded) -> bool {
    let is_parted_by_rule = line.by == By::Rule && matches!(line.event, Event::Parted { .. });
    !is_parted_by_rule && sees_event(worn, &line.event)
}
