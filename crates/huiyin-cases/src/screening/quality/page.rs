//! 数据质量 (C12): each check with its definition, of how many it was asked and what it found; and the cases of one check, each to
//! be given back to its unit or to be said fine with a reason.

use super::super::finding;
use super::super::hits::{Reach, visible};
use super::check::Check;
use super::queries::{self, Marked};
use crate::cases::log::Standing;
use crate::cases::sight;
use crate::coordination;
use crate::dossier::{actor_of, names};
use crate::overseeing::Line;
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use huiyin_domain::ids::{CaseNo, PersonId};
use huiyin_foundation::error::Error;
use huiyin_foundation::say::Tag;
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Form, Page, html};
use serde::Deserialize;

/// How far back can be looked.
const SPANS_DAYS: [i64; 3] = [7, 30, 90];
const DAY_MS: i64 = 86_400_000;
const ROWS: usize = 100;
const REASON_CHARS_MAX: usize = 200;
const WORDS_SHOWN: usize = 120;

/// What the address may ask for.
#[derive(Default, Deserialize)]
pub(super) struct Ask {
    #[serde(default)]
    days: String,
}

impl Ask {
    fn days(&self) -> i64 {
        self.days.parse().ok().filter(|days| SPANS_DAYS.contains(days)).unwrap_or(30)
    }
}

/// A check as a line.
struct Of {
    word: &'static str,
    name: &'static str,
    definition: String,
    found: u64,
    waiting: u64,
    share: String,
}

#[derive(Template)]
#[template(path = "screening/quality/page.html")]
struct Quality {
    page: Page,
    days: i64,
    looked: u64,
    checks: Vec<Of>,
    is_clean: bool,
}

impl Quality {
    fn spans(&self) -> [i64; 3] {
        SPANS_DAYS
    }
}

/// 「2.4%」, with one decimal.
pub(in crate::screening) fn share(part: u64, whole: u64) -> String {
    match (part * 1000 + whole / 2).checked_div(whole) {
        Some(tenths) => format!("{}.{}%", tenths / 10, tenths % 10),
        None => "—".to_owned(),
    }
}

/// GET /staff/quality
pub(super) async fn show(
    State(app): State<App>,
    page: Page,
    Query(ask): Query<Ask>,
) -> Result<Response, Error> {
    let days = ask.days();
    let (school, visitor) = (app.clone(), page.visitor.clone());
    let (side, looked, counts) = app
        .db
        .read(move |tx| {
            let standing = Standing::of(&school);
            let policy = &standing.policy.policy;
            let side = coordination::side(tx, policy, &visitor, standing.now)?;
            let reach = Reach::of(tx, policy, &visitor)?;
            let since = standing.now.plus_ms(-days * DAY_MS);
            let looked = queries::looked(tx, &reach, since)?;
            Ok::<_, Error>((side, looked, queries::counts(tx, &reach, since)?))
        })
        .await?;
    let of = |check: Check| {
        let (found, waiting) = counts.get(&check).copied().unwrap_or_default();
        let (word, name, definition) = (check.word(), check.name(), check.definition());
        Of { word, name, definition, found, waiting, share: share(found, looked) }
    };
    html(Quality {
        page: page.titled("数据质量").beside_any(side),
        days,
        looked,
        is_clean: counts.values().all(|(_, waiting)| *waiting == 0),
        checks: Check::ALL.map(of).into(),
    })
}

/// A case as a row.
struct Row {
    line: Line,
    words: String,
    /// What it was copied from, where the reader may know it.
    other: String,
    tag: Option<Tag>,
    settled: String,
    is_open: bool,
}

#[derive(Template)]
#[template(path = "screening/quality/cases.html")]
struct Cases {
    page: Page,
    check: &'static str,
    definition: String,
    days: i64,
    rows: Vec<Row>,
    is_full: bool,
    notice: String,
}

/// GET /staff/quality/{check}
pub(super) async fn cases(
    State(app): State<App>,
    page: Page,
    Path(check): Path<String>,
    Query(ask): Query<Ask>,
) -> Result<Response, Error> {
    let check = Check::from_word(&check).ok_or(Error::Hidden)?;
    render(app, page, check, ask.days(), String::new()).await
}

async fn render(app: App, page: Page, check: Check, days: i64, notice: String) -> Result<Response, Error> {
    let (school, visitor) = (app.clone(), page.visitor.clone());
    let (side, marked, open, seen, names) = app
        .db
        .read(move |tx| {
            let standing = Standing::of(&school);
            let policy = &standing.policy.policy;
            let side = coordination::side(tx, policy, &visitor, standing.now)?;
            let reach = Reach::of(tx, policy, &visitor)?;
            let since = standing.now.plus_ms(-days * DAY_MS);
            let marked = queries::marked(tx, &reach, &standing, check, since, ROWS)?;
            let shown: Vec<CaseNo> = marked.iter().map(|one| one.line.no.clone()).collect();
            let open = finding::open_among(tx, &shown)?;
            let others: Vec<CaseNo> = marked.iter().filter_map(|one| one.other.clone()).collect();
            let seen = visible(tx, &reach, &others)?;
            let people: Vec<PersonId> = marked.iter().filter_map(|one| one.by.clone()).collect();
            let names = names(tx, &people)?;
            Ok::<_, Error>((side, marked, open, seen, names))
        })
        .await?;
    let row = |one: Marked| {
        let by = one.by.as_ref().and_then(|by| names.get(by)).map_or("", String::as_str);
        let settled = match one.state.as_str() {
            "fine" => format!("{by} 看过没有问题：{}", one.reason),
            "asked" => format!("{by} 已请单位改"),
            _ => String::new(),
        };
        Row {
            words: one.words.map_or_else(|| "保密的件，答复打开查看".to_owned(), |words| shortened(&words)),
            other: one.other.filter(|no| seen.contains(no)).map_or_else(String::new, |no| no.to_string()),
            tag: open.get(&one.line.no).map(|state| state.tag()),
            is_open: one.state == "open",
            settled: settled.trim().to_owned(),
            line: one.line,
        }
    };
    let status = if notice.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let answer = html(Cases {
        check: check.word(),
        definition: check.definition(),
        days,
        is_full: marked.len() == ROWS,
        rows: marked.into_iter().map(row).collect(),
        page: page.titled(check.name()).back_to("/staff/quality").beside_any(side),
        notice,
    })?;
    Ok((status, answer).into_response())
}

fn shortened(words: &str) -> String {
    let mut short: String = words.chars().take(WORDS_SHOWN).collect();
    if short.len() < words.len() {
        short.push('…');
    }
    short
}

/// POST /staff/quality/{check}/fine
pub(super) async fn fine(
    State(app): State<App>,
    page: Page,
    Path(check): Path<String>,
    form: Form,
) -> Result<Response, Error> {
    let check = Check::from_word(&check).ok_or(Error::Hidden)?;
    let (no, reason) = (CaseNo(form.text("no")), form.words("reason"));
    let mut errors = form.errors();
    errors.expect(!reason.is_empty(), "reason", "请写为什么没有问题");
    form.expect_at_most(&mut errors, "reason", "理由", REASON_CHARS_MAX);
    let wrong = errors.iter().next().map(|(_, sentence)| sentence.to_owned());
    let days = Ask { days: form.text("days") }.days();
    if let Some(sentence) = form.token().sentence().map(str::to_owned).or(wrong) {
        return render(app, page, check, days, sentence).await;
    }
    let by = page.visitor.person.clone().ok_or(Error::SignIn)?;
    let (school, visitor, actor) = (app.clone(), page.visitor.clone(), actor_of(&page.visitor)?);
    app.db
        .write(move |tx| {
            let standing = Standing::of(&school);
            let bench = standing.bench(&school.keys);
            sight::by_staff(tx, &bench, &actor, &no)?;
            let reach = Reach::of(tx, bench.policy, &visitor)?;
            if visible(tx, &reach, std::slice::from_ref(&no))?.is_empty() {
                return Err(Error::Hidden);
            }
            // Said twice it is said once.
            queries::settle(tx, &no, check, &by, &reason, bench.now).map(drop)
        })
        .await?;
    Ok(Redirect::to(&format!("/staff/quality/{}?days={days}", check.word())).into_response())
}
