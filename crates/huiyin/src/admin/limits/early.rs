//! 热点预警: how many people within how many days are told, and how many false alarms a month the school puts up with (7.1).

use crate::admin::changes::Changes;
use crate::admin::saving::{self, Again, CLAUSE_MAX, Outcome};
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use huiyin_domain::policy::Warnings;
use huiyin_foundation::error::{Error, FieldErrors};
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Filled, Form, Page, html};
use std::ops::RangeInclusive;

const PEOPLE: RangeInclusive<u16> = 3..=100;
const DAYS: RangeInclusive<u16> = 1..=90;
const ALARMS: RangeInclusive<u16> = 1..=100;

#[derive(Template)]
#[template(path = "admin/limits/early.html")]
struct Early {
    page: Page,
    form: Filled,
    notice: String,
    version: u32,
}

/// The rules as they stand.
pub(super) async fn page(State(app): State<App>, page: Page) -> Result<Response, Error> {
    let rules = app.policy_in_force().policy.warnings.clone();
    let form = Filled::new()
        .with("notice_people", rules.notice_people.to_string())
        .with("notice_days", rules.notice_days.to_string())
        .with("warning_people", rules.warning_people.to_string())
        .with("warning_days", rules.warning_days.to_string())
        .with("alarms", rules.false_alarms_per_month.to_string())
        .with("clause", rules.clause);
    render(&app, page, Again::unchanged(form))
}

/// Keeps them.
pub(super) async fn save(State(app): State<App>, page: Page, form: Form) -> Result<Response, Error> {
    if let Err(again) = saving::judge(&form) {
        return render(&app, page, again);
    }
    let rules = match read(&form) {
        Ok(rules) => rules,
        Err(errors) => return render(&app, page, Again::wrong(&form, errors)),
    };
    let mut policy = app.policy_in_force().policy.clone();
    let mut changes = Changes::default();
    if policy.warnings != rules {
        changes.note("什么时候提醒", &in_words(&policy.warnings), &in_words(&rules));
    }
    policy.warnings = rules;
    match saving::keep(&app, &page, &form, changes.about("热点预警"), policy, "/admin/limits").await? {
        Outcome::Done(response) => Ok(response),
        Outcome::Again(again) => render(&app, page, again),
    }
}

fn read(form: &Form) -> Result<Warnings, FieldErrors> {
    let mut errors = form.errors();
    let mut number = |name: &'static str, range: RangeInclusive<u16>| {
        let read = form.text(name).parse::<u16>().ok().filter(|number| range.contains(number));
        let (low, high) = range.into_inner();
        errors.expect(read.is_some(), name, format!("请写 {low} 到 {high} 的整数"));
        read.unwrap_or(low)
    };
    let rules = Warnings {
        notice_people: number("notice_people", PEOPLE),
        notice_days: number("notice_days", DAYS),
        warning_people: number("warning_people", PEOPLE),
        warning_days: number("warning_days", DAYS),
        false_alarms_per_month: number("alarms", ALARMS),
        clause: form.text("clause"),
    };
    errors.expect(!rules.clause.is_empty(), "clause", "请写明依据");
    form.expect_at_most(&mut errors, "clause", "依据", CLAUSE_MAX);
    errors.or(rules)
}

/// What the list and the record of changes say of it.
pub(super) fn in_words(rules: &Warnings) -> String {
    format!(
        "{} 天 {} 人列为苗头，{} 天 {} 人发预警，每月容许 {} 次误报",
        rules.notice_days,
        rules.notice_people,
        rules.warning_days,
        rules.warning_people,
        rules.false_alarms_per_month
    )
}

fn render(app: &App, page: Page, again: Again) -> Result<Response, Error> {
    let early = Early {
        page: saving::sheet(page, "改热点预警", "/admin/limits", &again),
        form: again.form,
        notice: again.notice,
        version: app.policy_in_force().version,
    };
    Ok((again.status, html(early)?).into_response())
}
