//! One school: the value that everything hangs on. A process may serve several; nothing is shared between them.
//!
//! The policy and the calendar in force are swapped whole when a new version is set, so a request sees one version from
//! beginning to end. What is deliberately not here: anything of a single request, and any rule.

use crate::carriers::Carriers;
use crate::clock::Clock;
use crate::config::Config;
use crate::db::Db;
use crate::files::Files;
use crate::keys::Keys;
use crate::limits::Limits;
use crate::passwords::Passwords;
use arc_swap::ArcSwap;
use huiyin_domain::calendar::{Calendar, Instant};
use huiyin_domain::policy::Policy;
use std::sync::Arc;

/// A school at work; the state of every handler is this, shared.
pub type App = Arc<School>;

/// A version of the settings, with its number, so that a promise can name the version it came from.
#[derive(Clone, Debug, PartialEq)]
pub struct PolicyInForce {
    /// The version; the preset is the first.
    pub version: u32,
    /// What it says.
    pub policy: Policy,
}

/// Everything one school needs to answer.
pub struct School {
    /// The store.
    pub db: Db,
    /// The settings in force.
    pub policy: ArcSwap<PolicyInForce>,
    /// The days that count.
    pub calendar: ArcSwap<Calendar>,
    /// What time it is.
    pub clock: Clock,
    /// Attachments.
    pub files: Files,
    /// Secrets and chance.
    pub keys: Keys,
    /// Hashing of passwords, a few at a time.
    pub passwords: Passwords,
    /// Who acts too often.
    pub limits: Limits,
    /// The ways out of the house.
    pub carriers: Carriers,
    /// Where and how this copy runs.
    pub config: Config,
    /// Whether this is the demonstration: every role one click away, the clock movable.
    pub is_demo: bool,
}

impl School {
    /// The present moment of this school.
    pub fn now(&self) -> Instant {
        self.clock.now()
    }

    /// The settings in force; hold on to the value for the length of one request.
    pub fn policy_in_force(&self) -> Arc<PolicyInForce> {
        self.policy.load_full()
    }
}

impl std::fmt::Debug for School {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("School").field("policy_version", &self.policy.load().version).finish_non_exhaustive()
    }
}
