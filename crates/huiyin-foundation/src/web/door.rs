//! Who may enter: every route row names a door, and the door is checked before the handler runs.
//!
//! A door looks at duties only. Whether a case may be seen, and whether an act is allowed on it, is decided later by
//! `visible_to` and by the access table.

use super::visitor::Visitor;
use huiyin_domain::access::Role;
use std::fmt;

/// Who may enter a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Door {
    /// Everybody; whoever is signed in is recognised.
    Anyone,
    /// Everybody, and nobody is recognised: no session is read, set or refreshed on this road.
    Nameless,
    /// Everybody who has signed in.
    SignedIn,
    /// Everybody with any duty, but volunteers.
    Staff,
    /// Officers and heads; where the path names `{unit}`, of that unit only.
    Officer,
    /// Heads; where the path names `{unit}`, of that unit only.
    UnitHead,
    /// The coordinating office.
    Clerk,
    /// School leaders.
    Leader,
    /// Those who supervise: the coordinating office and discipline inspection.
    Supervisor,
    /// Those who look over the units: the coordinating office, supervision and leaders.
    Overseer,
    /// Those who check what is made public.
    Publisher,
    /// Auditors.
    Auditor,
    /// Administrators.
    Admin,
    /// Those who see to how long what is kept: administrators and auditors.
    Keeper,
    /// Members of volunteer squads.
    Volunteer,
    /// Everybody, but only in the demonstration; elsewhere the page does not exist.
    Demo,
}

/// What a door answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Admission {
    /// Come in.
    Enter,
    /// Say who you are first.
    SignIn,
    /// Not yours.
    Forbidden,
    /// There is nothing here.
    Hidden,
}

impl Door {
    /// All doors.
    pub const ALL: [Door; 16] = [
        Door::Anyone,
        Door::Nameless,
        Door::SignedIn,
        Door::Staff,
        Door::Officer,
        Door::UnitHead,
        Door::Clerk,
        Door::Leader,
        Door::Supervisor,
        Door::Overseer,
        Door::Publisher,
        Door::Auditor,
        Door::Admin,
        Door::Keeper,
        Door::Volunteer,
        Door::Demo,
    ];

    /// The roles it opens to; none for doors that ask for no duty.
    pub fn roles(self) -> &'static [Role] {
        match self {
            Door::Anyone | Door::Nameless | Door::SignedIn | Door::Demo => &[],
            Door::Staff => &[
                Role::Officer,
                Role::UnitHead,
                Role::Clerk,
                Role::Leader,
                Role::Supervisor,
                Role::Publisher,
                Role::Auditor,
                Role::Admin,
            ],
            Door::Officer => &[Role::Officer, Role::UnitHead],
            Door::UnitHead => &[Role::UnitHead],
            Door::Clerk => &[Role::Clerk],
            Door::Leader => &[Role::Leader],
            Door::Supervisor => &[Role::Supervisor, Role::Clerk],
            Door::Overseer => &[Role::Clerk, Role::Supervisor, Role::Leader],
            Door::Publisher => &[Role::Publisher],
            Door::Auditor => &[Role::Auditor],
            Door::Admin => &[Role::Admin],
            Door::Keeper => &[Role::Admin, Role::Auditor],
            Door::Volunteer => &[Role::Volunteer],
        }
    }

    /// Whether a session is looked at before this door.
    pub fn recognises(self) -> bool {
        self != Door::Nameless
    }

    /// Asks the door. `unit` is the unit that the path names.
    pub fn admits(self, visitor: &Visitor, unit: Option<&str>, is_demo: bool) -> Admission {
        match self {
            Door::Anyone | Door::Nameless => Admission::Enter,
            Door::Demo if is_demo => Admission::Enter,
            Door::Demo => Admission::Hidden,
            _ if !visitor.is_signed_in() => Admission::SignIn,
            Door::SignedIn => Admission::Enter,
            _ => {
                let holds = |role: &Role| match unit {
                    Some(unit) if matches!(role, Role::Officer | Role::UnitHead) => {
                        visitor.has_at(*role, unit)
                    }
                    _ => visitor.has(*role),
                };
                if self.roles().iter().any(holds) { Admission::Enter } else { Admission::Forbidden }
            }
        }
    }
}

impl fmt::Display for Door {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}
