//! One topic: how it went, where, with whom it lies, what was written, when it was noticed; and what the office makes of it.

use super::decisions::{self, Decision, Verb};
use super::list::{listed, number};
use super::scope::Scope;
use super::side::{beside, whose};
use super::tasks::{self, Line, line};
use super::topics::{self, Topic};
use super::warnings::{self, Kind};
use super::window::DAY_MS;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use huiyin_domain::access::Role;
use huiyin_domain::calendar::{Day, Instant};
use huiyin_foundation::db::Tx;
use huiyin_foundation::error::{Error, FieldErrors};
use huiyin_foundation::say;
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Choice, Form, Page, html};
use huiyin_people::identity;
use std::fmt::Write;

/// The drawing looks back so many days.
const DRAWN_DAYS: i64 = 42;
const SAMPLES: usize = 30;
const NAME_CHARS: usize = 40;
const REASON_CHARS: usize = 200;

struct Sample {
    no: String,
    title: String,
    unit: String,
    at: String,
}

/// When it was noticed, and how far ahead of the fullest day that was.
struct Noticed {
    kind: Kind,
    at: String,
    people: i64,
    window_days: i64,
    /// 「比最多的那天早 6 件」; empty where the fullest day came first.
    ahead: String,
}

struct Drawing {
    points: String,
    marks: Vec<(i64, String)>,
    most: usize,
    finding: String,
    days: Vec<(Day, usize)>,
}

#[derive(Template)]
#[template(path = "insight/topic.html")]
struct One {
    page: Page,
    id: String,
    name: String,
    whose: &'static str,
    covers_school: bool,
    total: usize,
    people: usize,
    this_week: usize,
    usual: String,
    times: Option<String>,
    closed: Option<String>,
    places: String,
    units: String,
    categories: String,
    drawing: Drawing,
    noticed: Vec<Noticed>,
    samples: Vec<Sample>,
    tasks: Vec<Line>,
    history: Vec<String>,
    others: Vec<Choice>,
    may_act: bool,
    notice: String,
}

/// GET /staff/topics/{id}
pub(super) async fn show(
    State(app): State<App>,
    page: Page,
    Path(id): Path<String>,
) -> Result<Response, Error> {
    let topic = id.clone();
    // What was taken for another leads there.
    let into = app.db.read(move |tx| Ok::<_, Error>(topics::merged(tx)?.get(&topic).cloned())).await?;
    match into {
        Some(into) => Ok(Redirect::to(&format!("/staff/topics/{into}")).into_response()),
        None => render(app, page, id, String::new(), StatusCode::OK).await,
    }
}

/// POST /staff/topics/{id}/rename
pub(super) async fn rename(
    State(app): State<App>,
    page: Page,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Error> {
    let mut errors = form.errors();
    form.expect_at_most(&mut errors, "name", "名称", NAME_CHARS);
    if form.text("name").is_empty() {
        errors.add("name", "请写上新的名称");
    }
    let object = form.text("name");
    act(app, page, id, form, errors, Verb::Rename, object).await
}

/// POST /staff/topics/{id}/merge
pub(super) async fn merge(
    State(app): State<App>,
    page: Page,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Error> {
    let mut errors = form.errors();
    if form.text("into").is_empty() {
        errors.add("into", "请选要并入哪个话题");
    }
    let object = form.text("into");
    act(app, page, id, form, errors, Verb::Merge, object).await
}

/// POST /staff/topics/{id}/split
pub(super) async fn split(
    State(app): State<App>,
    page: Page,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Error> {
    let errors = form.errors();
    let object = form.text("no");
    act(app, page, id, form, errors, Verb::Split, object).await
}

/// POST /staff/topics/{id}/close
pub(super) async fn close(
    State(app): State<App>,
    page: Page,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Error> {
    let errors = form.errors();
    act(app, page, id, form, errors, Verb::Close, String::new()).await
}

async fn act(
    app: App,
    page: Page,
    id: String,
    form: Form,
    mut errors: FieldErrors,
    verb: Verb,
    object: String,
) -> Result<Response, Error> {
    form.expect_at_most(&mut errors, "reason", "理由", REASON_CHARS);
    let reason = form.words("reason");
    if reason.is_empty() {
        errors.add("reason", "请写明理由，以后看的人才知道为什么");
    }
    let wrong = errors.iter().next().map(|(_, sentence)| sentence.to_owned());
    if let Some(sentence) = form.token().sentence().map(str::to_owned).or(wrong) {
        return render(app, page, id, sentence, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    let by = page.visitor.person.clone().ok_or(Error::SignIn)?;
    let (school, topic, into) = (app.clone(), id.clone(), object.clone());
    let decided = app
        .db
        .write(move |tx| {
            let in_force = school.policy_in_force();
            let (policy, now) = (&in_force.policy, school.now());
            let found = topics::one(tx, policy, &Scope::School, &topic, now)?.ok_or(Error::Hidden)?;
            may(tx, &found, verb, &object, policy, now)?;
            let decision = Decision {
                seq: 0,
                at: now,
                by: by.clone(),
                topic: topic.clone(),
                verb,
                object: object.clone(),
                reason: reason.clone(),
            };
            decisions::settle(tx, &school.keys, &decision)
        })
        .await;
    match decided {
        Ok(()) if verb == Verb::Merge => Ok(Redirect::to(&format!("/staff/topics/{into}")).into_response()),
        Ok(()) => Ok(Redirect::to(&format!("/staff/topics/{id}")).into_response()),
        Err(Error::Refused { sentence, .. } | Error::Conflict { sentence }) => {
            render(app, page, id, sentence, StatusCode::CONFLICT).await
        }
        Err(other) => Err(other),
    }
}

/// What stands against a decision.
fn may(
    tx: &mut Tx,
    found: &Topic,
    verb: Verb,
    object: &str,
    policy: &huiyin_domain::policy::Policy,
    now: Instant,
) -> Result<(), Error> {
    let clause = || policy.warnings.clause.clone();
    if found.closed.is_some() {
        return Err(Error::refused("这个话题已经关闭，不能再改；以后再有人反映，会另起一个话题。", clause()));
    }
    match verb {
        Verb::Merge if object == found.id => Err(Error::refused("不能并入自己，请选另一个话题。", clause())),
        Verb::Merge => {
            let into = topics::one(tx, policy, &Scope::School, object, now)?;
            match into.filter(|into| into.closed.is_none()) {
                Some(_) => Ok(()),
                None => Err(Error::conflict("要并入的话题刚有变化，请重新选一个。")),
            }
        }
        Verb::Split if !found.cases.iter().any(|one| one.no == object) => {
            Err(Error::conflict("这一件已经不在这个话题里。"))
        }
        Verb::Split | Verb::Rename | Verb::Close => Ok(()),
    }
}

async fn render(
    app: App,
    page: Page,
    id: String,
    notice: String,
    status: StatusCode,
) -> Result<Response, Error> {
    let in_force = app.policy_in_force();
    let (policy, now) = (&in_force.policy, app.now());
    let scope = Scope::of(&page.visitor, policy);
    let (reads, settings) = (scope.clone(), in_force.clone());
    let (topic, said, decided, names, open, asked) = app
        .db
        .read(move |tx| {
            let policy = &settings.policy;
            let topic = topics::one(tx, policy, &reads, &id, now)?.ok_or(Error::Hidden)?;
            // What was counted and decided rests on cases that only those who look over the school see.
            let (said, decided) = match reads {
                Scope::School => (warnings::of_subject(tx, &id)?, decisions::about(tx, &id)?),
                Scope::Of { .. } => (Vec::new(), Vec::new()),
            };
            let people: Vec<_> = decided.iter().map(|decision| decision.by.clone()).collect();
            let names = identity::names_of(tx, &people)?;
            let open = topics::lately(tx, policy, &reads, now)?;
            let asked = tasks::rows::about(tx, &id, "")?;
            Ok::<_, Error>((topic, said, decided, names, open, asked))
        })
        .await?;
    let others = open.iter().filter(|other| other.id != topic.id && other.closed.is_none());
    let one = One {
        whose: whose(&scope),
        covers_school: scope == Scope::School,
        total: topic.cases.len(),
        people: topic.people,
        this_week: topic.this_week,
        usual: number(topic.usual),
        times: topic.times(),
        closed: topic.closed.map(|at| say::moment_long(now, at)),
        places: listed(&topic.places(policy)),
        units: listed(&topic.units(policy)),
        categories: listed(&topic.categories(policy)),
        drawing: drawing(&topic, now),
        noticed: said
            .iter()
            .map(|warning| Noticed {
                kind: warning.kind,
                at: say::moment_long(now, warning.at),
                people: warning.people,
                window_days: warning.window_days,
                ahead: ahead(&topic, warning.at, now),
            })
            .collect(),
        samples: topic
            .cases
            .iter()
            .rev()
            .take(SAMPLES)
            .map(|one| Sample {
                no: one.no.clone(),
                title: one.title.clone(),
                unit: if one.unit.is_empty() {
                    String::new()
                } else {
                    crate::stored::unit_name(policy, &one.unit.as_str().into())
                },
                at: say::moment(now, one.at),
            })
            .collect(),
        tasks: asked
            .iter()
            .filter(|task| tasks::sees(&scope, task))
            .map(|task| line(task, policy, now))
            .collect(),
        history: decided
            .iter()
            .map(|decision| {
                let by = names.get(&decision.by).map_or("已不在名册的人", String::as_str);
                let at = say::moment_long(now, decision.at);
                let what = match decision.verb {
                    Verb::Rename => format!("改名为“{}”", decision.object),
                    Verb::Split => format!("移出 {}", decision.object),
                    verb => verb.said().to_owned(),
                };
                format!("{at} {by}{what}：{}", decision.reason)
            })
            .collect(),
        others: others
            .map(|other| Choice::new(&other.id, format!("{}（{} 人）", other.name, other.people)))
            .collect(),
        may_act: page.visitor.has(Role::Clerk) && topic.closed.is_none(),
        notice,
        page: {
            let back = if scope == Scope::School && !page.visitor.has(Role::Leader) {
                "/staff/warnings"
            } else {
                "/leader/data"
            };
            beside(page.titled("话题"), policy).back_to(back)
        },
        name: topic.name,
        id: topic.id,
    };
    Ok((status, html(one)?).into_response())
}

/// How many messages before the end of the fullest day it was noticed.
fn ahead(topic: &Topic, noticed: Instant, now: Instant) -> String {
    let first = topic.cases.first().map_or(now, |one| one.at);
    let days = (now.0 - first.0) / DAY_MS + 2;
    let by_day = topic.by_day(now, days);
    let Some((fullest, _)) = by_day.iter().rev().max_by_key(|(_, n)| *n) else { return String::new() };
    let end = fullest.next().start();
    let later = topic.cases.iter().filter(|one| one.at > noticed && one.at < end).count();
    if later == 0 { String::new() } else { format!("比最多的那天过完早 {later} 件") }
}

const LEFT: i64 = 30;
const RIGHT: i64 = 640;
const TOP: i64 = 12;
const BOTTOM: i64 = 120;

fn drawing(topic: &Topic, now: Instant) -> Drawing {
    let days = topic.by_day(now, DRAWN_DAYS);
    let most = days.iter().map(|(_, n)| *n).max().unwrap_or_default().max(1);
    let x = |place: usize| LEFT + place as i64 * (RIGHT - LEFT) / (DRAWN_DAYS - 1);
    let mut points = String::new();
    for (place, (_, n)) in days.iter().enumerate() {
        // Writing to a string cannot fail.
        let _ = write!(points, "{},{} ", x(place), BOTTOM - *n as i64 * (BOTTOM - TOP) / most as i64);
    }
    let marks = days.iter().enumerate().filter(|(place, _)| place % 7 == 6);
    let sum: usize = days.iter().map(|(_, n)| n).sum();
    Drawing {
        points,
        marks: marks.map(|(place, (day, _))| (x(place), day.to_string()[5..].to_owned())).collect(),
        most,
        finding: format!("近 6 周共 {sum} 件，最多的一天 {most} 件"),
        days,
    }
}
