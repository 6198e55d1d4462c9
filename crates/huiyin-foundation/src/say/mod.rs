//! Saying things to people: moments, deadlines and the words for what the program keeps as enums.
//!
//! Times read like 「今天 21:14」「11 月 26 日（周四）18:00」; working days say that they are working days (ui.md §12).

mod due;
mod when;
mod words;

pub use due::{Due, Tone, due};
pub use when::{
    ON_PAPER, day_long, day_short, lasted, limit_span, moment, moment_long, moment_named, weekday,
};
pub use words::{
    REMOVED_BODY, REMOVED_TITLE, Tag, case_tag, channel_calendar, clock, decline_ground, identity,
    leak_cause, level, means, outcome, outcome_of, pressed_by, removal, role, route, satisfaction,
    send_back_ground, solved, supervised, urge_reason, urgency,
};
