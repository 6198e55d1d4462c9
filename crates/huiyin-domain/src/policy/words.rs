//! The words a preset uses for routes, clocks and the like; the same as in stored events.

use super::{Audience, ExtensionBy, SecondLook};
use crate::case::{Clock, Identity, Level, Route, Urgency};

pub(super) const CLOCKS: [(&str, Clock); 3] =
    [("acknowledge", Clock::Acknowledge), ("first_reply", Clock::FirstReply), ("result", Clock::Result)];

pub(super) const ROUTES: [(&str, Route); 3] =
    [("direct", Route::Direct), ("transfer", Route::Transfer), ("refer", Route::Refer)];

pub(super) const URGENCIES: [(&str, Urgency); 3] =
    [("normal", Urgency::Normal), ("urgent", Urgency::Urgent), ("critical", Urgency::Critical)];

pub(super) const IDENTITIES: [(&str, Identity); 3] =
    [("open", Identity::Open), ("sealed", Identity::Sealed), ("anonymous", Identity::Anonymous)];

pub(super) const LEVELS: [(&str, Level); 4] = [
    ("unit_head", Level::UnitHead),
    ("coordinator", Level::Coordinator),
    ("leader_in_charge", Level::LeaderInCharge),
    ("head", Level::Head),
];

pub(super) const AUDIENCES: [(&str, Audience); 3] =
    [("students", Audience::Students), ("staff", Audience::Staff), ("all", Audience::All)];

pub(super) const EXTENSION_BY: [(&str, ExtensionBy); 2] =
    [("head", ExtensionBy::Head), ("school", ExtensionBy::School)];

pub(super) const SECOND_LOOKS: [(&str, SecondLook); 4] = [
    ("none", SecondLook::None),
    ("restricted", SecondLook::Restricted),
    ("public", SecondLook::Public),
    ("all", SecondLook::All),
];
