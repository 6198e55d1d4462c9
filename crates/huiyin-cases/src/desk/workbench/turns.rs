//! The turns an officer can give a case: ask the requester for more, ask for more time before the limit, put off what
//! cannot be done yet with a plan and a day of review, look at it again, ask for it to be struck off (4.4, 4.5).

use super::acts::{REASON_MAX, WORDS_MAX, demand};
use super::attempt::FromDesk;
use super::tab::Tab;
use crate::cases::log::Bench;
use crate::cases::offers::latest_review;
use crate::cases::sight::Seen;
use crate::dossier::{extension_asked, extension_latest, granting};
use axum::response::Response;
use huiyin_domain::calendar::Day;
use huiyin_domain::case::{Clock, Command, Outcome, Shelving};
use huiyin_foundation::error::{Error, FieldErrors};
use huiyin_foundation::say;
use huiyin_foundation::web::Form;

/// A question to the requester; the result clock stands still until the answer.
pub(in crate::desk) async fn ask_requester(sent: FromDesk) -> Result<Response, Error> {
    let (form, mut errors) = (&sent.form, sent.form.errors());
    let words = demand(form, &mut errors, "words", "要补充什么", WORDS_MAX);
    form.expect_filled_in(&mut errors, "words");
    sent.carry(Tab::Question, errors, |_| Command::AskRequester { words }).await
}

/// More time, asked for before the limit with a day and a reason.
pub(in crate::desk) async fn ask_extension(sent: FromDesk) -> Result<Response, Error> {
    let (form, mut errors) = (&sent.form, sent.form.errors());
    let until: Option<Day> = form.text("until").parse().ok();
    errors.expect(until.is_some(), "until", "请选延到哪一天");
    let reason = demand(form, &mut errors, "reason", "延期的理由", REASON_MAX);
    let until = until.unwrap_or_else(|| sent.now().day());
    let command = |_| Command::AskExtension { until, reason };
    sent.carry(Tab::Extension, errors, command).await
}

/// A look at what could not be done, by the day that was named.
pub(in crate::desk) async fn review(sent: FromDesk) -> Result<Response, Error> {
    let (form, mut errors) = (&sent.form, sent.form.errors());
    let words = demand(form, &mut errors, "words", "复核的情况", WORDS_MAX);
    let next: Option<Day> = form.text("next").parse().ok();
    errors.expect(next.is_some(), "next", "请选下次复核的日期");
    let next = next.unwrap_or_else(|| sent.now().day());
    let command = |_| Command::ReviewShelved { words, next };
    sent.carry(Tab::Review, errors, command).await
}

/// To be struck off the list: done, or no longer to be done; somebody else looks at it first.
pub(in crate::desk) async fn strike_off(sent: FromDesk) -> Result<Response, Error> {
    let (form, mut errors) = (&sent.form, sent.form.errors());
    let words = demand(form, &mut errors, "words", "办成了什么", WORDS_MAX);
    sent.carry(Tab::StrikingOff, errors, |_| Command::AskStrikeOff { words }).await
}

/// The plan and the day of review of what cannot be done yet.
pub(super) fn shelving(form: &Form, errors: &mut FieldErrors, outcome: Outcome) -> Option<Shelving> {
    if outcome != Outcome::CannotYet {
        return None;
    }
    let plan = demand(form, errors, "plan", "挂账的计划", REASON_MAX);
    let review_on = form.text("review_on").parse().ok();
    errors.expect(review_on.is_some(), "review_on", "请选复核日期");
    review_on.map(|review_on| Shelving { plan, review_on })
}

/// The head of a body decides on the extension that a law gives it.
pub(in crate::desk) async fn grant_time(sent: FromDesk) -> Result<Response, Error> {
    let (form, mut errors) = (&sent.form, sent.form.errors());
    let typed = form.text("granted_until");
    let until: Option<Day> = typed.parse().ok();
    errors.expect(typed.is_empty() || until.is_some(), "granted_until", "请选一个日期");
    form.expect_at_most(&mut errors, "granted_words", "说明", REASON_MAX);
    let words = form.words("granted_words");
    sent.carry(Tab::MoreTime, errors, |_| Command::GrantExtension { until, words }).await
}

/// The head of a body gives no more time.
pub(in crate::desk) async fn refuse_time(sent: FromDesk) -> Result<Response, Error> {
    let (form, mut errors) = (&sent.form, sent.form.errors());
    let reason = demand(form, &mut errors, "granted_words", "不同意延期的理由", REASON_MAX);
    sent.carry(Tab::NoMoreTime, errors, |_| Command::RefuseExtension { reason }).await
}

/// What the rules say beside the fields of these forms.
pub(super) struct Hints {
    /// Beside the day until which more time is asked for.
    pub extension: String,
    /// Beside the day of review.
    pub review: String,
    /// Beside the question to the requester.
    pub asking: String,
    /// Beside sending it back, where it goes up then; else empty.
    pub returning: &'static str,
    /// What the unit asks for, for the head who decides it; empty when nothing is asked.
    pub asked: String,
    /// Beside the day that the head may name instead.
    pub granting: String,
}

impl Hints {
    pub fn of(seen: &Seen, bench: &Bench<'_>) -> Hints {
        let (policy, now) = (bench.policy, bench.now);
        let case = seen.case();
        let due = case.round().promise(Clock::Result);
        let procedure = policy.statutory_of(&case.kind, case.category.as_ref());
        let by_law =
            procedure.filter(|_| case.is_on_statute()).map(|it| it.extension_days.unwrap_or_default());
        let due = due.map_or_else(String::new, |promise| {
            format!("现在的期限是 {}；", say::moment_long(now, promise.due))
        });
        let latest = extension_latest(seen, bench);
        let (extension, review_days) = (&policy.extension, policy.shelving.review_days_max);
        Hints {
            asked: extension_asked(seen, now),
            extension: match by_law {
                Some(days) => {
                    let by = policy.extension_by(case).words();
                    format!("{due}{latest}依法只能延一次，最多 {days} 天，由{by}批")
                }
                None => format!(
                    "{due}{latest}每件最多延 {} 次，每次最多 {} 个工作日",
                    extension.times, extension.working_days_max
                ),
            },
            granting: granting(seen, bench),
            review: format!(
                "选上班的日子，最晚 {}（{review_days} 天以内）；到期前要再看一次，直到销账",
                say::day_long(now, latest_review(seen, bench))
            ),
            asking: if by_law.is_some() {
                "反映人马上能看到。法定的期限不因此暂停，请尽早问清".to_owned()
            } else {
                format!(
                    "反映人马上能看到。补充以前，办结期限暂停，每轮最多 {} 次；{} 天没有补充，接着计时，按已有情况办",
                    policy.asking.times, policy.asking.days
                )
            },
            returning: if case.send_backs > 0 { "这次退回会上报一级裁定。" } else { "" },
        }
    }
}
