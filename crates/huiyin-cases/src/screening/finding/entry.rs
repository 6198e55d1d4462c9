//! What a step says: its words, its day and who is responsible, read from a form and judged.

use super::state::Step;
use huiyin_domain::calendar::{Calendar, Day};
use huiyin_domain::ids::PersonId;
use huiyin_foundation::error::FieldErrors;
use huiyin_foundation::web::Form;

const WORDS_CHARS_MAX: usize = 500;
/// Nobody is given longer than this at once; the day can be named anew.
const DAYS_MAX: u16 = 60;
/// So many working days are suggested.
const SUGGESTED_WORKING_DAYS: u16 = 3;

/// What a step says.
#[derive(Clone, Debug)]
pub(in crate::screening) struct Entry {
    pub step: Step,
    pub words: String,
    pub due_on: Option<Day>,
    pub responsible: Option<PersonId>,
}

/// Reads a step from its form.
pub(super) fn read(form: &Form, step: Step, calendar: &Calendar, today: Day) -> Result<Entry, FieldErrors> {
    let mut errors = form.errors();
    let words = form.words("words");
    let missing = match step {
        Step::Ask => "请写要单位核实什么",
        Step::Verify | Step::Deny => "请写核实到的情况",
        Step::Order => "请写要怎么改",
        Step::Report => "请写改了什么",
        Step::Close => "请写结论",
    };
    errors.expect(!words.is_empty(), "words", missing);
    form.expect_at_most(&mut errors, "words", "内容", WORDS_CHARS_MAX);
    let due_on = match step {
        Step::Ask | Step::Order => day(&form.text("due_on"), calendar, today, &mut errors),
        _ => None,
    };
    let responsible = Some(form.text("responsible")).filter(|id| step == Step::Order && !id.is_empty());
    errors.or(Entry { step, words, due_on, responsible: responsible.map(PersonId) })
}

fn day(typed: &str, calendar: &Calendar, today: Day, errors: &mut FieldErrors) -> Option<Day> {
    let latest = (0..DAYS_MAX).fold(today, |day, _| day.next());
    let day: Option<Day> = typed.parse().ok();
    match day {
        None => errors.add("due_on", "请选日期，写成 2026-12-01 这样"),
        Some(day) if day <= today => errors.add("due_on", "请选明天起的日子"),
        Some(day) if day > latest => errors.add("due_on", format!("最远选到 {latest}")),
        Some(day) if !calendar.is_working_day(day) => errors.add("due_on", "这天不上班，请选工作日"),
        Some(_) => return day,
    }
    None
}

/// The day that stands in the form at first.
pub(in crate::screening) fn suggested(calendar: &Calendar, today: Day) -> Day {
    calendar.nth_working_day_after(today, SUGGESTED_WORKING_DAYS).0
}
