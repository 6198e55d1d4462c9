//! 发未诉先办单: which unit does what by when, about which topic, or which category at which place.

use super::super::list::subject;
use super::super::monthly;
use super::super::scope::Scope;
use super::super::side::beside;
use super::super::topics;
use super::super::warnings::tell;
use super::rows::{self, State as TaskState, Task};
use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use huiyin_domain::calendar::Instant;
use huiyin_domain::ids::UnitId;
use huiyin_domain::policy::Policy;
use huiyin_foundation::db::Tx;
use huiyin_foundation::error::{Error, FieldErrors};
use huiyin_foundation::say;
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Choice, Filled, Form, Page, html};
use huiyin_people::notices::{Notice, Recipient};
use serde::Deserialize;

const WHAT_CHARS: usize = 60;
const PLAN_CHARS: usize = 500;
const LEAD_CHARS: usize = 20;
const DAYS_MAX: u16 = 60;
/// So many working days are proposed.
const DAYS_USUAL: &str = "5";

/// What the task is about, as the address says it.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct About {
    #[serde(default)]
    topic: String,
    #[serde(default)]
    category: String,
    #[serde(default)]
    place: String,
    #[serde(default)]
    monthly: String,
}

impl About {
    fn of(form: &Form) -> About {
        let text = |name| form.text(name);
        About {
            topic: text("topic"),
            category: text("category"),
            place: text("place"),
            monthly: text("monthly"),
        }
    }
}

#[derive(Template)]
#[template(path = "insight/tasks/new.html")]
struct New {
    page: Page,
    form: Filled,
    /// What it is about, in words.
    named: String,
    units: Vec<Choice>,
    categories: Vec<Choice>,
    places: Vec<Choice>,
    /// It is about a topic: then no category is asked for.
    is_fixed: bool,
    notice: String,
}

/// GET /staff/tasks/new
pub(super) async fn show(
    State(app): State<App>,
    page: Page,
    Query(about): Query<About>,
) -> Result<Response, Error> {
    let form = Filled::new()
        .with("topic", &about.topic)
        .with("category", &about.category)
        .with("place", &about.place)
        .with("monthly", &about.monthly)
        .with("days", DAYS_USUAL);
    render(app, page, form, about, String::new(), StatusCode::OK).await
}

/// POST /staff/tasks
pub(super) async fn make(State(app): State<App>, page: Page, form: Form) -> Result<Response, Error> {
    let about = About::of(&form);
    let in_force = app.policy_in_force();
    let (policy, now) = (&in_force.policy, app.now());
    let id = app.keys.uuid_v7(now);
    let by = page.visitor.person.clone().ok_or(Error::SignIn)?;
    let due = due(&app, policy, &form, now);
    let read = read(policy, &form, &about).and_then(|(unit, what)| {
        Ok(Task {
            id: id.clone(),
            topic: about.topic.clone(),
            category: about.category.clone(),
            place: about.place.clone(),
            monthly: about.monthly.clone(),
            unit,
            lead: form.text("lead"),
            what,
            plan: form.words("plan"),
            due: due?,
            state: TaskState::Open,
            opened_at: now,
            opened_by: by,
            done_at: None,
        })
    });
    let task = match form.taken(read) {
        Ok(task) => task,
        Err((filled, notice)) => {
            return render(app, page, filled, about, notice, StatusCode::UNPROCESSABLE_ENTITY).await;
        }
    };
    let school = app.clone();
    app.db.write(move |tx| open(tx, &school, &task)).await?;
    Ok(Redirect::to(&format!("/staff/tasks/{id}")).into_response())
}

fn open(tx: &mut Tx, app: &App, task: &Task) -> Result<(), Error> {
    let in_force = app.policy_in_force();
    let policy = &in_force.policy;
    named(tx, policy, &About { topic: task.topic.clone(), ..About::default() }, task.opened_at)?;
    if !task.monthly.is_empty() {
        monthly::open_one(tx, &task.monthly)?;
    }
    rows::put(tx, task)?;
    let until = say::moment_long(task.opened_at, task.due);
    let notice = Notice::ForewarningTask { until };
    tell(tx, app, &policy.school.coordinator, &Recipient::Unit(task.unit.clone()), &notice)
}

/// The close of office hours on that working day.
fn due(app: &App, policy: &Policy, form: &Form, now: Instant) -> Result<Instant, FieldErrors> {
    let days = form.text("days").parse::<u16>().ok().filter(|days| (1..=DAYS_MAX).contains(days));
    let Some(days) = days else {
        let mut errors = FieldErrors::new();
        errors.add("days", format!("请写几个工作日，1 到 {DAYS_MAX}"));
        return Err(errors);
    };
    let (day, _) = app.calendar.load().nth_working_day_after(now.day(), days);
    Ok(day.at(policy.office.closes))
}

fn read(policy: &Policy, form: &Form, about: &About) -> Result<(UnitId, String), FieldErrors> {
    let mut errors = form.errors();
    let unit = UnitId::from(form.text("unit").as_str());
    if policy.unit(&unit).is_none_or(|unit| unit.closed) {
        errors.add("unit", "请选由哪个单位去办");
    }
    let what = form.text("what");
    if what.chars().count() < 2 {
        errors.add("what", "请用一句话写明办什么");
    }
    form.expect_at_most(&mut errors, "what", "办什么", WHAT_CHARS);
    form.expect_at_most(&mut errors, "lead", "负责人", LEAD_CHARS);
    form.expect_at_most(&mut errors, "plan", "怎么办", PLAN_CHARS);
    if about.topic.is_empty() && !policy.categories.iter().any(|one| one.id.as_str() == about.category) {
        errors.add("category", "请选是哪一类的事");
    }
    if !about.place.is_empty() && !policy.places.iter().any(|one| one.id.as_str() == about.place) {
        errors.add("place", "请重新选地点");
    }
    if errors.is_empty() { Ok((unit, what)) } else { Err(errors) }
}

/// What it is about, in words; a topic must be one the office sees.
fn named(tx: &mut Tx, policy: &Policy, about: &About, now: Instant) -> Result<String, Error> {
    if about.topic.is_empty() {
        return Ok(if about.category.is_empty() {
            String::new()
        } else {
            subject(policy, &about.category, &about.place)
        });
    }
    let topic = topics::one(tx, policy, &Scope::School, &about.topic, now)?.ok_or(Error::Hidden)?;
    Ok(topic.name)
}

async fn render(
    app: App,
    page: Page,
    form: Filled,
    about: About,
    notice: String,
    status: StatusCode,
) -> Result<Response, Error> {
    let in_force = app.policy_in_force();
    let (settings, now, asked) = (in_force.clone(), app.now(), about.clone());
    let name = app.db.read(move |tx| named(tx, &settings.policy, &asked, now)).await?;
    let policy = &in_force.policy;
    let new = New {
        units: policy
            .units
            .iter()
            .filter(|unit| !unit.closed)
            .map(|unit| Choice::new(unit.id.as_str(), &unit.name))
            .collect(),
        categories: policy
            .categories
            .iter()
            .filter(|one| !one.restricted)
            .map(|one| Choice::new(one.id.as_str(), &one.name))
            .collect(),
        places: policy
            .places
            .iter()
            .filter(|place| !place.closed)
            .map(|place| Choice::new(place.id.as_str(), &place.name))
            .collect(),
        is_fixed: !about.topic.is_empty(),
        named: name,
        notice,
        page: {
            let back = if about.topic.is_empty() {
                "/staff/tasks".to_owned()
            } else {
                format!("/staff/topics/{}", about.topic)
            };
            let has_errors = status != StatusCode::OK;
            beside(page.titled("发未诉先办单"), policy).back_to(back).with_errors(has_errors)
        },
        form,
    };
    Ok((status, html(new)?).into_response())
}
