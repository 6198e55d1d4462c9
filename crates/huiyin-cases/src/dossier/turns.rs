//! What the coordinating office decides over the turns of a case: more time, the list of what cannot be done yet, another
//! round of what stayed unsolved, the end of supervision, a false alarm (4.4, 5.3, 7.6). Each act reads its own fields;
//! `decide` knows whether it may be.

use super::asked::{Noun, REASON_CHARS_MAX, WORDS_CHARS_MAX, needed};
use crate::cases::log::Bench;
use crate::cases::offers::{latest_extension, latest_review};
use crate::cases::sight::Seen;
use huiyin_domain::calendar::Instant;
use huiyin_domain::case::{Case, Clock, Command, Event, TextKind};
use huiyin_foundation::error::FieldErrors;
use huiyin_foundation::say;
use huiyin_foundation::web::Form;

/// The command of a form; none when the act is not one of these.
pub(super) fn command(noun: Noun, form: &Form, errors: &mut FieldErrors) -> Option<Command> {
    Some(match noun {
        Noun::Extension => {
            let typed = form.text("extension_until");
            let until = typed.parse().ok();
            errors.expect(typed.is_empty() || until.is_some(), "extension_until", "请选一个日期");
            form.expect_at_most(errors, "extension_words", "说明", REASON_CHARS_MAX);
            Command::GrantExtension { until, words: form.words("extension_words") }
        }
        Noun::ExtensionRefusal => {
            let say = "请写不同意延期的理由，承办单位和反映人都会看到";
            let reason = needed(form, errors, "extension_refusal", "理由", say, REASON_CHARS_MAX);
            Command::RefuseExtension { reason }
        }
        Noun::Review => {
            let say = "请写复核的情况：条件变了没有，现在怎么打算";
            let words = needed(form, errors, "review_words", "复核的情况", say, WORDS_CHARS_MAX);
            let next = form.text("review_next").parse().ok();
            errors.expect(next.is_some(), "review_next", "请选下次复核的日期");
            Command::ReviewShelved { words, next: next? }
        }
        Noun::StrikingOff => {
            let say = "请写销账的说明：办成了什么，或者为什么不必再办";
            let words = needed(form, errors, "striking_off_words", "销账的说明", say, WORDS_CHARS_MAX);
            Command::StrikeOff { words }
        }
        Noun::Round => {
            let say = "请写重办的要求：哪里没有解决，要做到什么";
            let reason = needed(form, errors, "round_reason", "重办的要求", say, REASON_CHARS_MAX);
            Command::OrderRound { reason }
        }
        Noun::Conclusion => {
            let say = "请写督办的结论：查到什么，为什么到此为止";
            let words = needed(form, errors, "conclusion_words", "督办的结论", say, WORDS_CHARS_MAX);
            Command::CloseSupervision { words }
        }
        Noun::Unrestriction => {
            let say = "请写解除保护的理由，会留在记录里";
            let reason = needed(form, errors, "unrestriction_reason", "理由", say, REASON_CHARS_MAX);
            Command::LowerRestriction { reason }
        }
        _ => return None,
    })
}

/// Whether an event is what one of these commands becomes.
pub(super) fn is_answered_by(command: &Command, event: &Event) -> bool {
    matches!(
        (command, event),
        (Command::GrantExtension { .. }, Event::Extended { .. })
            | (Command::RefuseExtension { .. }, Event::ExtensionRefused {})
            | (Command::ReviewShelved { .. }, Event::ShelvedReviewed { .. })
            | (Command::StrikeOff { .. }, Event::StruckOff {})
            | (Command::OrderRound { .. }, Event::Reopened { .. })
            | (Command::CloseSupervision { .. }, Event::SupervisionEnded {})
            | (Command::LowerRestriction { .. }, Event::RestrictionLowered {})
    )
}

/// What the unit asks for, above the form that decides it; empty when nothing is asked.
pub(crate) fn extension_asked(seen: &Seen, now: Instant) -> String {
    let Some(until) = seen.case().extension_asked else { return String::new() };
    let mut asked = seen.loaded.record.iter().rev();
    let line = asked.find(|line| matches!(line.event, Event::ExtensionAsked { .. }));
    let reason = line.map_or("", |line| seen.texts.of(line.seq, TextKind::Reason));
    let due = seen.case().round().promise(Clock::Result);
    let due = due.map_or_else(String::new, |promise| say::moment_long(now, promise.due));
    format!("承办单位申请延到 {}（现在的期限 {due}）：{reason}", say::day_long(now, until))
}

/// 「最晚可延到 12 月 3 日（周四）；」: by the calendar and the rule that holds for this case; empty where no more time is given.
pub(crate) fn extension_latest(seen: &Seen, bench: &Bench<'_>) -> String {
    let latest = latest_extension(seen, bench);
    latest.map_or_else(String::new, |day| format!("最晚可延到 {}；", say::day_long(bench.now, day)))
}

/// Beside the day that whoever decides may name instead of the one that was asked for.
pub(crate) fn granting(seen: &Seen, bench: &Bench<'_>) -> String {
    format!("{}不填就按申请的日期", extension_latest(seen, bench))
}

/// 「，延到 11 月 30 日（周一）18:00」: by when the result is owed since; empty where nothing is promised now.
pub(crate) fn extended_until(case: &Case, now: Instant) -> String {
    let promise = case.round().promise(Clock::Result).filter(|promise| promise.is_extended());
    promise.map_or_else(String::new, |promise| format!("，延到 {}", say::moment_named(now, promise.due)))
}

/// What the unit asks for, above the forms that decide it.
pub(super) struct Asked {
    /// More time; empty when none is asked for.
    pub(super) extension: String,
    /// Beside the day that may be named instead.
    pub(super) granting: String,
    /// To strike it off the list of what cannot be done yet; empty when it does not.
    pub(super) strike_off: String,
    /// Beside the next day of review.
    pub(super) review: String,
}

pub(super) fn asked(seen: &Seen, bench: &Bench<'_>) -> Asked {
    Asked {
        extension: extension_asked(seen, bench.now),
        granting: granting(seen, bench),
        strike_off: strike_off_asked(seen),
        review: format!("选上班的日子，最晚 {}", say::day_long(bench.now, latest_review(seen, bench))),
    }
}

/// What the unit says was done, above the form that strikes it off; empty when it does not ask for that.
fn strike_off_asked(seen: &Seen) -> String {
    if !seen.case().shelved.as_ref().is_some_and(|shelf| shelf.is_strike_off_asked) {
        return String::new();
    }
    let line = seen.loaded.record.iter().rev().find(|line| line.event == Event::StrikeOffAsked {});
    let words = line.map_or("", |line| seen.texts.of(line.seq, TextKind::Words));
    format!("承办单位申请销账：{words} 请核实后销账；没有办成的，记下复核、定下次日期，就还在账上。")
}

/// What the facts of the case say of its turns; empty where there is nothing to say.
pub(super) fn facts(case: &Case, now: Instant) -> [(&'static str, String); 3] {
    let waits = if case.is_on_statute() { "法定期限不停" } else { "办结期限暂停" };
    let asked = case.asked_at.map(|at| format!("{} 请反映人补充，{waits}", say::moment(now, at)));
    let extended = match case.extensions {
        0 => String::new(),
        times => format!("已延期 {times} 次{}", extended_until(case, now)),
    };
    let shelved = case.shelved.as_ref();
    let shelved = shelved.map(|shelf| {
        format!(
            "{}前复核{}",
            say::day_long(now, shelf.review_on),
            if shelf.is_strike_off_asked { "，已申请销账" } else { "" }
        )
    });
    [("计时", asked.unwrap_or_default()), ("延期", extended), ("挂账", shelved.unwrap_or_default())]
}
