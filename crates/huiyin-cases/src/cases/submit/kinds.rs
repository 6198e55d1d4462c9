//! S3: which kind of matter it is. The entrance only pre-selects; nobody is turned away for having chosen the wrong one (1.1).

use super::channel;
use crate::cases::log::Standing;
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use huiyin_domain::case::{Clock, Route, Urgency, due};
use huiyin_domain::policy::{Kind, Phone};
use huiyin_foundation::error::Error;
use huiyin_foundation::say;
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Page, html};
use serde::Deserialize;

#[derive(Template)]
#[template(path = "cases/submit/kinds.html")]
struct KindsPage {
    page: Page,
    entrances: Vec<Row>,
    others: Vec<Row>,
    channels: Vec<channel::Row>,
    phones: Vec<Phone>,
    /// What comes behind an address, so that words from the search box stand in the form.
    along: String,
}

/// What the search box brings along.
#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    title: String,
}

/// A kind with what is promised on it.
struct Row {
    kind: Kind,
    how_long: String,
}

/// `GET /say`
pub(super) async fn choose(
    State(app): State<App>,
    Query(asked): Query<Asked>,
    page: Page,
) -> Result<Response, Error> {
    let standing = Standing::of(&app);
    let policy = &standing.policy.policy;
    let rows =
        policy.kinds.iter().map(|kind| Row { how_long: how_long(&standing, kind), kind: kind.clone() });
    let (entrances, others) = rows.partition(|row| row.kind.on_home);
    let phones = policy.phones();
    let channels = channel::rows(&app, policy, &page.visitor).await?;
    let title: String = form_urlencoded::byte_serialize(asked.title.as_bytes()).collect();
    let along = if title.is_empty() { title } else { format!("?title={title}") };
    html(KindsPage {
        page: page.titled("我要说").back_to("/"), entrances, others, channels, phones, along
    })
}

/// 「24 小时内回应，受理后 3 个工作日内反馈结果」
fn how_long(standing: &Standing, kind: &Kind) -> String {
    let policy = &standing.policy.policy;
    let span = |clock, route| {
        let of = due::Circumstances {
            kind: &kind.id,
            category: None,
            urgency: Urgency::Normal,
            route,
            reopened: false,
            from: standing.now,
        };
        let promise = due::promise(policy, &standing.calendar, clock, &of)?;
        if promise.is_statutory() {
            return policy.statutory_of(&kind.id, None).map(|procedure| format!("{} 天内", procedure.days));
        }
        let limit = policy.limits.iter().find(|limit| limit.id == promise.limit)?;
        Some(say::limit_span(limit))
    };
    let reply = span(Clock::FirstReply, None).map(|span| format!("{span}回应"));
    let result = span(Clock::Result, Some(Route::Direct)).map(|span| format!("受理后 {span}反馈结果"));
    [reply, result].into_iter().flatten().collect::<Vec<_>>().join("，")
}
