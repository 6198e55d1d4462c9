//! One list: exactly what it asks, who looks after it, how it was changed, and the cases that answer.

use super::finding;
use super::hits::{self, Hit, Reach};
use super::lists::{Change, may_work, owner_words};
use super::question::Kind;
use super::saved::{self, List};
use crate::cases::log::Standing;
use crate::coordination;
use crate::dossier::{category_name, place_words};
use crate::overseeing;
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use huiyin_domain::calendar::Instant;
use huiyin_domain::ids::{CaseNo, CategoryId, PersonId, PlaceId};
use huiyin_domain::policy::Policy;
use huiyin_foundation::error::Error;
use huiyin_foundation::say;
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Filled, Page, Pages, html};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

pub(super) const ROWS: u64 = 25;
const WEEK_MS: i64 = 7 * 86_400_000;

/// What the address may ask for.
#[derive(Default, Deserialize)]
pub(super) struct Ask {
    #[serde(default)]
    page: String,
}

/// A case as a row.
struct Row {
    line: overseeing::Line,
    since: String,
    /// What it has in common with others of the list, in words; empty for nothing.
    common: String,
    /// How far it has come on the way from finding to remedy; nothing while nobody was asked.
    finding: Option<say::Tag>,
    /// A heading before it: what this and the next have in common; empty where the one before has the same.
    heading: String,
}

#[derive(Template)]
#[template(path = "screening/one.html")]
struct One {
    page: Page,
    list: List,
    definition: String,
    owner: String,
    history: Vec<String>,
    total: u64,
    change: String,
    as_of: String,
    rows: Vec<Row>,
    pages: Pages,
    may_work: bool,
    form: Filled,
    notice: String,
}

/// GET /staff/lists/{id}
pub(super) async fn show(
    State(app): State<App>,
    page: Page,
    Path(id): Path<String>,
    Query(ask): Query<Ask>,
) -> Result<Response, Error> {
    let number = ask.page.parse().unwrap_or(1);
    render(app, page, id, number, None, String::new()).await
}

/// The page again with a form that could not be taken.
pub(super) async fn again(
    app: App,
    page: Page,
    id: String,
    form: Filled,
    notice: String,
) -> Result<Response, Error> {
    let answer = render(app, page, id, 1, Some(form), notice).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, answer).into_response())
}

async fn render(
    app: App,
    page: Page,
    id: String,
    number: u64,
    form: Option<Filled>,
    notice: String,
) -> Result<Response, Error> {
    let (school, visitor) = (app.clone(), page.visitor.clone());
    let base = format!("/staff/lists/{id}");
    let (standing, side, versions, run, total, before, hits, open, earlier, names, pages) = app
        .db
        .read(move |tx| {
            let standing = Standing::of(&school);
            let policy = &standing.policy.policy;
            let versions = saved::versions(tx, &id)?;
            let list = versions.first().ok_or(Error::Hidden)?;
            let side = coordination::side(tx, policy, &visitor, standing.now)?;
            let reach = Reach::of(tx, policy, &visitor)?;
            let total = hits::count(tx, &reach, &id)?;
            let then_on = hits::counts(tx, &reach, Some(standing.now.plus_ms(-WEEK_MS)))?;
            let pages = Pages::new(total, number, ROWS, base);
            let hits = hits::page(tx, &reach, &standing, list, pages.offset(ROWS), ROWS as usize)?;
            let shown: Vec<CaseNo> = hits.iter().map(|hit| hit.line.no.clone()).collect();
            let open = finding::open_among(tx, &shown)?;
            let earlier = match list.question.kind {
                Kind::Repeated => hits.iter().map(|hit| CaseNo::from(hit.topic.as_str())).collect(),
                _ => Vec::new(),
            };
            let earlier = hits::visible(tx, &reach, &earlier)?;
            let run = saved::runs(tx)?.into_iter().find(|run| run.list == id);
            let people: Vec<PersonId> = versions
                .iter()
                .flat_map(|list| list.owner.iter().chain(list.made.as_ref().map(|(_, by)| by)))
                .cloned()
                .collect();
            let names = crate::dossier::names(tx, &people)?;
            let before = then_on.get(&id).copied().unwrap_or(0);
            Ok::<_, Error>((standing, side, versions, run, total, before, hits, open, earlier, names, pages))
        })
        .await?;
    let (policy, now) = (&standing.policy.policy, standing.now);
    let list = versions.first().cloned().ok_or(Error::Hidden)?;
    html(One {
        definition: list.question.definition(policy),
        owner: owner_words(&list, &names),
        history: history(&versions, &names, policy, now),
        total,
        change: match run {
            None => String::new(),
            Some(_) => Change::of(&list, run.as_ref(), now, total, before).words(),
        },
        as_of: run.map_or_else(String::new, |run| say::moment(now, run.last)),
        rows: rows(hits, &open, &earlier, list.question.kind, policy, now),
        pages,
        may_work: may_work(&page),
        form: form.unwrap_or_else(|| {
            let day = finding::suggested(&standing.calendar, now.day()).to_string();
            Filled::new().with("due_on", day)
        }),
        notice,
        page: page.titled(list.name.clone()).back_to("/staff/lists").beside_any(side),
        list,
    })
}

/// How the question was changed, the newest first: nothing while it is as it came.
fn history(
    versions: &[List],
    names: &BTreeMap<PersonId, String>,
    policy: &Policy,
    now: Instant,
) -> Vec<String> {
    let made = versions.iter().zip(versions.iter().skip(1).map(Some).chain([None]));
    made.filter_map(|(list, before)| {
        let (at, by) = list.made.as_ref()?;
        let by = names.get(by).map_or("已不在名册的人", String::as_str);
        let did = match before {
            _ if list.is_set_aside => "停用".to_owned(),
            None => format!("新建：{}", list.question.definition(policy)),
            Some(before) if before.is_set_aside => "重新启用".to_owned(),
            Some(before) if before.question != list.question => {
                format!("口径改为：{}", list.question.definition(policy))
            }
            Some(before) if before.owner != list.owner => format!("负责人改为 {}", owner_words(list, names)),
            Some(_) => format!("改名为“{}”", list.name),
        };
        Some(format!("{} {by} {did}", say::moment(now, *at)))
    })
    .collect()
}

fn rows(
    hits: Vec<Hit>,
    open: &BTreeMap<CaseNo, finding::State>,
    earlier: &BTreeSet<CaseNo>,
    kind: Kind,
    policy: &Policy,
    now: Instant,
) -> Vec<Row> {
    let mut last = String::new();
    let row = |hit: Hit| {
        let heading = match kind {
            Kind::Concentrated if hit.topic != last => matter(policy, &hit.topic),
            _ => String::new(),
        };
        last.clone_from(&hit.topic);
        let before = CaseNo::from(hit.topic.as_str());
        let common = match kind {
            Kind::Repeated if earlier.contains(&before) => before.to_string(),
            _ => String::new(),
        };
        let finding = open.get(&hit.line.no).map(|state| state.tag());
        Row { since: say::day_short(now, hit.since.day()), common, heading, finding, line: hit.line }
    };
    hits.into_iter().map(row).collect()
}

/// 「空调 · 学生三号楼」
pub(super) fn matter(policy: &Policy, topic: &str) -> String {
    let (category, place) = topic.split_once('|').unwrap_or((topic, ""));
    let place = PlaceId::from(place);
    let category = category_name(policy, Some(&CategoryId::from(category)));
    format!("{category} · {}", place_words(policy, Some(&place), ""))
}
