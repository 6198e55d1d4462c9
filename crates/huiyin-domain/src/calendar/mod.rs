//! Which days count: instants, days, working days of China with make-up workdays, the school's own terms (4.1).
//!
//! A working day is a make-up workday, or Monday to Friday not listed as a holiday. Day limits exclude the starting
//! day (民法典第二百零一条). Years whose holidays are not yet announced are counted by the days the law itself fixes, and
//! every day found that way is called provisional. No file is read here: text comes in, a [`Calendar`] goes out.

mod file;
mod instant;
mod statutory;
mod working;

pub use instant::{Day, Instant, TimeOfDay};
pub use working::{Calendar, DayKind, Term};
