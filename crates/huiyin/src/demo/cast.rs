//! The people of the demonstration school: those who bring cases, those who handle them, those who look after both.

use super::chance::Chance;
use super::matters::Texts;
use huiyin_domain::access::{Duty, Role};
use huiyin_domain::calendar::Instant;
use huiyin_domain::ids::{PersonId, UnitId};
use huiyin_domain::policy::Policy;
use huiyin_foundation::db::{DbError, Tx};
use huiyin_foundation::keys::Keys;
use huiyin_people::identity::{PersonEntry, PersonKind, set_duties, upsert};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

const NAMES: &str = include_str!("names.toml");
/// Units with the most to do have two officers and a head; the others one officer.
const MAIN_UNITS: usize = 6;
const STUDENTS: usize = 12;
const TEACHERS: usize = 4;
/// In each squad.
const VOLUNTEERS: usize = 3;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Names {
    surnames: Vec<String>,
    given: Vec<String>,
    colleges: Vec<String>,
}

/// Somebody at the demonstration school.
#[derive(Clone, Debug)]
pub struct Member {
    /// Who.
    pub person: PersonId,
    /// Name.
    pub name: String,
    /// What they are there for.
    pub duties: Vec<Duty>,
    /// Student or staff.
    kind: PersonKind,
}

/// Everybody.
#[derive(Clone, Debug, Default)]
pub struct Cast {
    members: Vec<Member>,
}

/// A member before they have an account.
struct Part {
    kind: PersonKind,
    department: String,
    duties: Vec<Duty>,
}

impl Cast {
    /// Gives everybody an account.
    pub fn engage(
        tx: &mut Tx,
        keys: &Keys,
        policy: &Policy,
        texts: &Texts,
        chance: &mut Chance,
        at: Instant,
    ) -> Result<Cast, DbError> {
        let names: Names = toml::from_str(NAMES).expect("names.toml is read by a test");
        let mut taken = BTreeSet::new();
        let mut aside = chance.aside();
        let mut cast = Cast::default();
        for (place, part) in parts(policy, texts, &names).into_iter().enumerate() {
            // Volunteers came later to this school: the others keep the names they had.
            let is_volunteer = part.duties.iter().any(|duty| duty.role == Role::Volunteer);
            let name = name(&names, &mut taken, if is_volunteer { &mut aside } else { chance });
            let prefix = if part.kind == PersonKind::Student { "2024" } else { "9" };
            let entry = PersonEntry {
                number: format!("{prefix}{:04}", place + 1),
                name: name.clone(),
                kind: part.kind,
                department: part.department,
                email: String::new(),
                phone: String::new(),
            };
            let (person, _) = upsert(tx, &PersonId(keys.uuid_v7(at)), &entry, at)?;
            set_duties(tx, &person, &part.duties)?;
            cast.members.push(Member { person, name, duties: part.duties, kind: part.kind });
        }
        Ok(cast)
    }

    /// Somebody who brings a case.
    pub fn requester(&self, chance: &mut Chance) -> Option<&Member> {
        self.one(chance, |member| member.duties.is_empty())
    }

    /// Everybody who may bring a case, beginning anywhere.
    pub fn crowd(&self, chance: &mut Chance) -> impl Iterator<Item = &Member> {
        let everybody: Vec<&Member> = self.members.iter().filter(|member| member.duties.is_empty()).collect();
        let (count, begin) = (everybody.len(), chance.below(everybody.len()));
        everybody.into_iter().cycle().skip(begin).take(count)
    }

    /// A clerk of the coordinating office.
    pub fn clerk(&self, chance: &mut Chance) -> Option<&Member> {
        self.one(chance, |member| holds(member, |duty| duty.role == Role::Clerk))
    }

    /// An officer of a unit.
    pub fn officer(&self, unit: &UnitId, chance: &mut Chance) -> Option<&Member> {
        let is_theirs = |duty: &Duty| duty.role == Role::Officer && duty.unit.as_ref() == Some(unit);
        self.one(chance, |member| holds(member, is_theirs))
    }

    /// The holder of a leader post.
    pub fn leader(&self, post: &str) -> Option<&Member> {
        self.members.iter().find(|member| holds(member, |duty| duty.post.as_deref() == Some(post)))
    }

    /// Who supervises.
    pub fn supervisor(&self) -> Option<&Member> {
        self.members.iter().find(|member| holds(member, |duty| duty.role == Role::Supervisor))
    }

    /// Who administers the school.
    pub fn administrator(&self) -> Option<&Member> {
        self.members.iter().find(|member| holds(member, |duty| duty.role == Role::Admin))
    }

    /// A member of a squad; always the same one, who has begun the work.
    pub fn volunteer(&self, squad: &str) -> Option<&Member> {
        let is_theirs = |duty: &Duty| duty.role == Role::Volunteer && duty.post.as_deref() == Some(squad);
        self.members.iter().find(|member| holds(member, is_theirs))
    }

    /// A student, or somebody of the staff, who is there for nothing else.
    pub fn somebody(&self, is_staff: bool, chance: &mut Chance) -> Option<&Member> {
        let kind = if is_staff { PersonKind::Staff } else { PersonKind::Student };
        self.one(chance, |member| member.duties.is_empty() && member.kind == kind)
    }

    /// Everybody of the staff, those without a duty first.
    pub fn staff(&self) -> impl Iterator<Item = &Member> {
        self.members.iter().filter(|member| member.kind == PersonKind::Staff)
    }

    /// The member with this id.
    pub fn member(&self, person: &PersonId) -> Option<&Member> {
        self.members.iter().find(|member| member.person == *person)
    }

    /// All names, for the test that nobody shares one.
    #[cfg(test)]
    pub fn names(&self) -> Vec<String> {
        self.members.iter().map(|member| member.name.clone()).collect()
    }

    fn one(&self, chance: &mut Chance, fits: impl Fn(&Member) -> bool) -> Option<&Member> {
        let fitting: Vec<&Member> = self.members.iter().filter(|member| fits(member)).collect();
        chance.pick(&fitting).copied()
    }
}

fn holds(member: &Member, fits: impl Fn(&Duty) -> bool) -> bool {
    member.duties.iter().any(fits)
}

/// Who is needed, requesters first.
fn parts(policy: &Policy, texts: &Texts, names: &Names) -> Vec<Part> {
    let duty = |role, unit: Option<&UnitId>, post: Option<&str>| Duty {
        role,
        unit: unit.cloned(),
        post: post.map(str::to_owned),
    };
    let unit_name = |unit: &UnitId| policy.unit(unit).map_or_else(String::new, |unit| unit.name.clone());
    let staff = |department: String, duties: Vec<Duty>| Part { kind: PersonKind::Staff, department, duties };
    let colleges = names.colleges.iter().cycle();
    let mut parts: Vec<Part> = colleges
        .zip([PersonKind::Student; STUDENTS].into_iter().chain([PersonKind::Staff; TEACHERS]))
        .map(|(college, kind)| Part { kind, department: college.clone(), duties: Vec::new() })
        .collect();
    let office = &policy.school.coordinator;
    for nth in 0..2 {
        let mut duties = vec![duty(Role::Clerk, Some(office), None)];
        if nth == 0 {
            duties.push(duty(Role::Officer, Some(office), None));
        }
        parts.push(staff(unit_name(office), duties));
    }
    for (place, unit) in busy_units(policy, texts).into_iter().enumerate() {
        let is_main = place < MAIN_UNITS;
        for _ in 0..if is_main { 2 } else { 1 } {
            parts.push(staff(unit_name(&unit), vec![duty(Role::Officer, Some(&unit), None)]));
        }
        if is_main {
            parts.push(staff(unit_name(&unit), vec![duty(Role::UnitHead, Some(&unit), None)]));
        }
    }
    for leader in &policy.leaders {
        parts.push(staff(unit_name(office), vec![duty(Role::Leader, None, Some(&leader.id))]));
    }
    for role in [Role::Supervisor, Role::Publisher, Role::Auditor, Role::Admin] {
        parts.push(staff(unit_name(office), vec![duty(role, None, None)]));
    }
    for squad in policy.squads.iter().filter(|squad| !squad.closed) {
        let members = names.colleges.iter().cycle().take(VOLUNTEERS);
        parts.extend(members.map(|college| Part {
            kind: PersonKind::Student,
            department: college.clone(),
            duties: vec![duty(Role::Volunteer, None, Some(squad.id.as_str()))],
        }));
    }
    parts
}

/// The units whose matters people bring in, the busiest first, without the coordinating office.
fn busy_units(policy: &Policy, texts: &Texts) -> Vec<UnitId> {
    let mut weights: BTreeMap<&UnitId, u32> = BTreeMap::new();
    for matter in &texts.matters {
        for unit in texts.units_of(matter, policy) {
            *weights.entry(unit).or_default() += matter.weight;
        }
    }
    let mut units: Vec<(&UnitId, u32)> = weights.into_iter().collect();
    units.sort_by_key(|(unit, weight)| (std::cmp::Reverse(*weight), *unit));
    units
        .into_iter()
        .map(|(unit, _)| unit.clone())
        .filter(|unit| *unit != policy.school.coordinator)
        .collect()
}

fn name(names: &Names, taken: &mut BTreeSet<String>, chance: &mut Chance) -> String {
    loop {
        let name = chance.word(&names.surnames) + &chance.word(&names.given);
        if taken.insert(name.clone()) {
            return name;
        }
    }
}
