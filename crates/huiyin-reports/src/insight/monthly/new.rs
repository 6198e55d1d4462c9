//! 定一题: which month, about what, who leads, what is planned.

use super::super::list::subject;
use super::super::scope::Scope;
use super::super::side::beside;
use super::super::tasks::rows::note;
use super::super::topics;
use super::super::warnings::tell;
use super::month_said;
use super::rows::{self, Monthly};
use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use huiyin_domain::calendar::Instant;
use huiyin_domain::ids::UnitId;
use huiyin_domain::policy::Policy;
use huiyin_foundation::error::{Error, FieldErrors};
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Choice, Filled, Form, Page, html};
use huiyin_people::notices::{Notice, Recipient};
use serde::Deserialize;

const TITLE_CHARS: usize = 40;
const PLAN_CHARS: usize = 1000;

#[derive(Clone, Default, Deserialize)]
pub(super) struct About {
    #[serde(default)]
    topic: String,
}

#[derive(Template)]
#[template(path = "insight/monthly/new.html")]
struct New {
    page: Page,
    form: Filled,
    months: Vec<Choice>,
    topics: Vec<Choice>,
    categories: Vec<Choice>,
    places: Vec<Choice>,
    units: Vec<Choice>,
    notice: String,
}

/// GET /staff/monthly/new
pub(super) async fn show(
    State(app): State<App>,
    page: Page,
    Query(about): Query<About>,
) -> Result<Response, Error> {
    let form = Filled::new().with("topic", about.topic).with("month", months(app.now())[0].clone());
    render(app, page, form, String::new(), StatusCode::OK).await
}

/// POST /staff/monthly
pub(super) async fn make(State(app): State<App>, page: Page, form: Form) -> Result<Response, Error> {
    let in_force = app.policy_in_force();
    let (now, id) = (app.now(), app.keys.uuid_v7(app.now()));
    let by = page.visitor.person.clone().ok_or(Error::SignIn)?;
    let read = read(&in_force.policy, &form, now).map(|unit| Monthly {
        id: id.clone(),
        month: form.text("month"),
        topic: form.text("topic"),
        category: if form.has("topic") { String::new() } else { form.text("category") },
        place: if form.has("topic") { String::new() } else { form.text("place") },
        title: form.text("title"),
        unit,
        plan: form.words("plan"),
        opened_at: now,
        opened_by: by,
        closed_at: None,
        public_at: None,
        public_words: String::new(),
    });
    let monthly = match form.taken(read) {
        Ok(monthly) => monthly,
        Err((filled, notice)) => {
            return render(app, page, filled, notice, StatusCode::UNPROCESSABLE_ENTITY).await;
        }
    };
    let school = app.clone();
    app.db
        .write(move |tx| {
            let in_force = school.policy_in_force();
            let policy = &in_force.policy;
            if !monthly.topic.is_empty() {
                topics::one(tx, policy, &Scope::School, &monthly.topic, now)?.ok_or(Error::Hidden)?;
            }
            rows::put(tx, &monthly)?;
            note(tx, &monthly.id, now, &monthly.opened_by, "opened", &monthly.plan)?;
            let (whom, news) =
                (Recipient::Unit(monthly.unit.clone()), Notice::ForewarningTask { until: String::new() });
            tell(tx, &school, &policy.school.coordinator, &whom, &news)
        })
        .await?;
    Ok(Redirect::to(&format!("/staff/monthly/{id}")).into_response())
}

/// This month and the next.
fn months(now: Instant) -> [String; 2] {
    let said = |year: i16, month: i8| format!("{year}-{month:02}");
    let day = now.day().0;
    let next = if day.month() == 12 { said(day.year() + 1, 1) } else { said(day.year(), day.month() + 1) };
    [said(day.year(), day.month()), next]
}

fn read(policy: &Policy, form: &Form, now: Instant) -> Result<UnitId, FieldErrors> {
    let mut errors = form.errors();
    if !months(now).contains(&form.text("month")) {
        errors.add("month", "请选这个月或下个月");
    }
    let is_known = |name| policy.categories.iter().any(|one| one.id.as_str() == name && !one.restricted);
    if !form.has("topic") && !is_known(form.text("category").as_str()) {
        errors.add("topic", "请选一个话题，或者选一类事");
    }
    if form.has("place") && !policy.places.iter().any(|one| one.id.as_str() == form.text("place")) {
        errors.add("place", "请重新选地点");
    }
    if form.text("title").chars().count() < 2 {
        errors.add("title", "请写上题目");
    }
    form.expect_at_most(&mut errors, "title", "题目", TITLE_CHARS);
    let unit = UnitId::from(form.text("unit").as_str());
    if policy.unit(&unit).is_none_or(|unit| unit.closed) {
        errors.add("unit", "请选牵头单位");
    }
    if form.words("plan").is_empty() {
        errors.add("plan", "请写明打算怎么办");
    }
    form.expect_at_most(&mut errors, "plan", "打算", PLAN_CHARS);
    if errors.is_empty() { Ok(unit) } else { Err(errors) }
}

async fn render(
    app: App,
    page: Page,
    form: Filled,
    notice: String,
    status: StatusCode,
) -> Result<Response, Error> {
    let in_force = app.policy_in_force();
    let (settings, now) = (in_force.clone(), app.now());
    let open = app.db.read(move |tx| topics::lately(tx, &settings.policy, &Scope::School, now)).await?;
    let policy = &in_force.policy;
    let open = open.iter().filter(|topic| topic.closed.is_none());
    let new = New {
        months: months(now).map(|month| Choice::new(&month, month_said(&month))).to_vec(),
        topics: open
            .map(|topic| Choice::new(&topic.id, format!("{}（{} 人）", topic.name, topic.people)))
            .collect(),
        categories: policy
            .categories
            .iter()
            .filter(|one| !one.restricted)
            .map(|one| Choice::new(one.id.as_str(), subject(policy, one.id.as_str(), "")))
            .collect(),
        places: policy.places.iter().map(|one| Choice::new(one.id.as_str(), &one.name)).collect(),
        units: policy
            .units
            .iter()
            .filter(|unit| !unit.closed)
            .map(|unit| Choice::new(unit.id.as_str(), &unit.name))
            .collect(),
        notice,
        page: beside(page.titled("定一题"), policy)
            .back_to("/staff/monthly")
            .with_errors(status != StatusCode::OK),
        form,
    };
    Ok((status, html(new)?).into_response())
}
