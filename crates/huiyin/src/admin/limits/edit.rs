//! One limit: how long it gives, the clause it quotes, and a look at what the change does before it is made.

use super::list::circumstances;
use super::trial::{self, Example, Line};
use crate::admin::changes::Changes;
use crate::admin::saving::{self, Again, CLAUSE_MAX, Outcome};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use huiyin_domain::policy::{self, Limit, Policy};
use huiyin_foundation::error::{Error, FieldErrors};
use huiyin_foundation::say;
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Choice, Filled, Form, Page, html};

const LENGTH_MAX: u16 = 999;

#[derive(Template)]
#[template(path = "admin/limits/edit.html")]
struct Edit {
    page: Page,
    form: Filled,
    notice: String,
    version: u32,
    id: String,
    now_is: String,
    fits: String,
    measures: Vec<Choice>,
    kinds: Vec<Choice>,
    routes: Vec<Choice>,
    urgencies: Vec<Choice>,
    trial: Vec<Line>,
}

/// The form of a limit as it stands.
pub(super) async fn page(
    State(app): State<App>,
    Path(id): Path<String>,
    page: Page,
) -> Result<Response, Error> {
    let in_force = app.policy_in_force();
    let limit = in_force.policy.limits.iter().find(|limit| limit.id == id).ok_or(Error::Hidden)?;
    let (measure, length) = measured(limit);
    let form = Filled::new()
        .with("measure", measure)
        .with("length", length.map(|n| n.to_string()).unwrap_or_default())
        .with("clause", &limit.clause);
    let form = trial::filled(form, &in_force.policy, limit, app.now());
    let again = Again::unchanged(form);
    render(&app, page, &id, again, Vec::new())
}

/// Shows what the change would do, or makes it.
pub(super) async fn save(
    State(app): State<App>,
    Path(id): Path<String>,
    page: Page,
    form: Form,
) -> Result<Response, Error> {
    let in_force = app.policy_in_force();
    let place = in_force.policy.limits.iter().position(|limit| limit.id == id).ok_or(Error::Hidden)?;
    if let Err(again) = saving::judge(&form) {
        return render(&app, page, &id, again, Vec::new());
    }
    let known = &in_force.policy.limits[place];
    let typed = match read(&form, known) {
        Ok(typed) => typed,
        Err(errors) => return render(&app, page, &id, Again::wrong(&form, errors), Vec::new()),
    };
    let mut changes = Changes::default();
    changes.compare("期限", &say::limit_span(known), &say::limit_span(&typed));
    changes.compare("依据", &known.clause, &typed.clause);
    let whose = format!("时限「{}，{}」", say::clock(known.clock), circumstances(&in_force.policy, known));
    let mut policy = in_force.policy.clone();
    policy.limits[place] = typed;
    if form.text("act") == "try" {
        return try_out(&app, page, &id, &form, &in_force.policy, &policy);
    }
    match saving::keep(&app, &page, &form, changes.about(&whose), policy, "/admin/limits").await? {
        Outcome::Done(response) => Ok(response),
        Outcome::Again(again) => render(&app, page, &id, again, Vec::new()),
    }
}

/// The promised instants of the example before and after; a policy that does not hold together says so instead.
fn try_out(
    app: &App,
    page: Page,
    id: &str,
    form: &Form,
    before: &Policy,
    after: &Policy,
) -> Result<Response, Error> {
    let mut errors = FieldErrors::new();
    for complaint in policy::parse(&policy::to_toml(after), "设置").err().unwrap_or_default() {
        errors.add("policy", complaint.reason);
    }
    if !errors.is_empty() {
        return render(app, page, id, Again::wrong(form, errors), Vec::new());
    }
    let limit = after.limits.iter().find(|limit| limit.id == id).ok_or(Error::Hidden)?;
    match Example::read(form, after, limit) {
        Err(errors) => render(app, page, id, Again::wrong(form, errors), Vec::new()),
        Ok(example) => {
            let lines = example.compare(before, after, &app.calendar.load(), app.now());
            let form = form.filled(FieldErrors::new());
            let again = Again::unchanged(form);
            render(app, page, id, again, lines)
        }
    }
}

fn measured(limit: &Limit) -> (&'static str, Option<u16>) {
    match (limit.working_days, limit.school_days, limit.hours) {
        (Some(days), _, _) => ("working_days", Some(days)),
        (_, Some(days), _) => ("school_days", Some(days)),
        (_, _, Some(hours)) => ("hours", Some(hours)),
        _ => ("same_day", None),
    }
}

fn read(form: &Form, known: &Limit) -> Result<Limit, FieldErrors> {
    let mut errors = FieldErrors::new();
    let measure = form.text("measure");
    let is_known = ["working_days", "school_days", "hours", "same_day"].contains(&measure.as_str());
    errors.expect(is_known, "measure", "请选怎么算");
    let typed = form.text("length");
    let length = typed.parse::<u16>().ok().filter(|length| (1..=LENGTH_MAX).contains(length));
    if measure != "same_day" && length.is_none() {
        errors.add("length", format!("多少天或小时要写 1 到 {LENGTH_MAX} 的整数，现在是「{typed}」"));
    }
    errors.expect(form.has("clause"), "clause", "请写明依据；学校自己定的，写哪次会议或哪份文件");
    form.expect_at_most(&mut errors, "clause", "依据", CLAUSE_MAX);
    let of = |name: &str| length.filter(|_| measure == name);
    errors.or(Limit {
        working_days: of("working_days"),
        school_days: of("school_days"),
        hours: of("hours"),
        same_day: measure == "same_day",
        clause: form.text("clause"),
        ..known.clone()
    })
}

fn render(app: &App, page: Page, id: &str, again: Again, trial: Vec<Line>) -> Result<Response, Error> {
    let in_force = app.policy_in_force();
    let policy = &in_force.policy;
    let limit = policy.limits.iter().find(|limit| limit.id == id).ok_or(Error::Hidden)?;
    let (kinds, routes, urgencies) = trial::choices(policy);
    let measures = [
        ("working_days", "个工作日"),
        ("school_days", "个教学日（只算学期内）"),
        ("hours", "小时（日夜都算）"),
        ("same_day", "当天办完（不用填数）"),
    ];
    let edit = Edit {
        page: saving::sheet(page, format!("改{}时限", say::clock(limit.clock)), "/admin/limits", &again),
        form: again.form,
        notice: again.notice,
        version: in_force.version,
        id: id.to_owned(),
        now_is: format!("{}　{}", say::clock(limit.clock), say::limit_span(limit)),
        fits: circumstances(policy, limit),
        measures: measures.map(|(value, words)| Choice::new(value, words)).into(),
        kinds,
        routes,
        urgencies,
        trial,
    };
    Ok((again.status, html(edit)?).into_response())
}
