//! What the proposals come from (3.1, 3.5): the versions that were learned from the school's history with what each was judged
//! by, and whether what is sure enough goes out by itself.
//!
//! One can go back to an older version; the next night may learn a better one all the same. What this page deliberately
//! does not do: show a case, or the words that a version knows.

use super::changes::Changes;
use super::saving::{self, Again, Just, Outcome};
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use huiyin_cases::learning::{self, Entry};
use huiyin_domain::calendar::Instant;
use huiyin_foundation::error::Error;
use huiyin_foundation::say;
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Choice, Door, Filled, Form, Page, Routes, Side, html};

/// From how many right ones in a hundred something may go out by itself; the first is never.
const CHOICES: [(&str, &str); 5] = [
    ("", "不自动转办，都由受理员定"),
    ("95", "一百件里至少 95 件会对的"),
    ("97", "一百件里至少 97 件会对的"),
    ("98", "一百件里至少 98 件会对的"),
    ("99", "一百件里至少 99 件会对的"),
];

/// The routes of this room.
pub(super) fn routes() -> Routes {
    Routes::new("admin")
        .get("/admin/proposals", Door::Admin, page)
        .post("/admin/proposals", Door::Admin, save)
        .post("/admin/proposals/{version}", Door::Admin, take_up)
}

/// A version on the page.
struct Line {
    version: u32,
    when: String,
    /// 依据学校历史 1,240 件 和初始样例 176 句
    learned_from: String,
    /// 最近确认的 60 件里说对 54 件（90%）
    judged: String,
    /// 同一批里：这一版 54 件，上一版 51 件
    compared: String,
    /// 后勤维修 120、图书馆 43
    classes: String,
    checksum: String,
    state: learning::State,
}

#[derive(Template)]
#[template(path = "admin/proposals/page.html")]
struct Proposals {
    page: Page,
    saved: String,
    form: Filled,
    notice: String,
    version: u32,
    choices: Vec<Choice>,
    confirmed_min: u16,
    clause: String,
    lines: Vec<Line>,
    damaged: Option<u32>,
}

/// GET /admin/proposals
async fn page(State(app): State<App>, Query(just): Query<Just>, page: Page) -> Result<Response, Error> {
    render(&app, page, Again::unchanged(as_it_stands(&app)), just.sentence()).await
}

fn as_it_stands(app: &App) -> Filled {
    let from = app.policy_in_force().policy.proposals.automatic_from;
    Filled::new().with("automatic_from", from.map_or_else(String::new, |from| from.to_string()))
}

/// POST /admin/proposals
async fn save(State(app): State<App>, page: Page, form: Form) -> Result<Response, Error> {
    if let Err(again) = saving::judge(&form) {
        return render(&app, page, again, String::new()).await;
    }
    let mut policy = app.policy_in_force().policy.clone();
    let typed = form.text("automatic_from");
    let before = words_of(policy.proposals.automatic_from);
    // One that stands in a preset is kept, though it is not among those to choose from.
    let stands = policy.proposals.automatic_from.map(|from| from.to_string());
    if CHOICES.iter().all(|(value, _)| *value != typed) && stands.as_ref() != Some(&typed) {
        let mut errors = form.errors();
        errors.add("automatic_from", "请从列出的里面选一个".to_owned());
        return render(&app, page, Again::wrong(&form, errors), String::new()).await;
    }
    policy.proposals.automatic_from = typed.parse().ok();
    let mut changes = Changes::default();
    changes.compare("自动转办", &before, &words_of(policy.proposals.automatic_from));
    match saving::keep(&app, &page, &form, changes.about("建议"), policy, "/admin/proposals").await? {
        Outcome::Done(response) => Ok(response),
        Outcome::Again(again) => render(&app, page, again, String::new()).await,
    }
}

fn words_of(from: Option<u16>) -> String {
    from.map_or_else(|| "不自动转办".to_owned(), |from| format!("一百件里至少 {from} 件会对的"))
}

/// POST /admin/proposals/{version}
async fn take_up(
    State(app): State<App>,
    page: Page,
    Path(version): Path<String>,
    form: Form,
) -> Result<Response, Error> {
    if let Err(again) = saving::judge(&form) {
        return render(&app, page, again, String::new()).await;
    }
    let version: u32 = version.parse().map_err(|_| Error::Hidden)?;
    app.db.write(move |tx| learning::take_up(tx, version)).await?;
    tracing::info!(version, by = ?page.visitor.person, "another version proposes from now on");
    Ok(Redirect::to("/admin/proposals").into_response())
}

async fn render(app: &App, page: Page, again: Again, saved: String) -> Result<Response, Error> {
    let (in_force, now) = (app.policy_in_force(), app.now());
    let (entries, damaged) =
        app.db.read(|tx| Ok::<_, Error>((learning::entries(tx)?, learning::damaged(tx)?))).await?;
    let rule = &in_force.policy.proposals;
    let mut choices: Vec<Choice> = CHOICES.map(|(value, words)| Choice::new(value, words)).into();
    if let Some(from) = rule.automatic_from.map(|from| from.to_string())
        && CHOICES.iter().all(|(value, _)| *value != from)
    {
        choices.push(Choice::new(from, words_of(rule.automatic_from)));
    }
    let lines = entries.into_iter().map(|entry| line(&in_force.policy, now, entry)).collect();
    let page = page.titled("建议与自动转办").beside(Side::admin()).with_errors(!again.form.errors.is_empty());
    let body = html(Proposals {
        page,
        saved,
        form: again.form,
        notice: again.notice,
        version: in_force.version,
        choices,
        confirmed_min: rule.confirmed_min,
        clause: rule.clause.clone(),
        lines,
        damaged,
    })?;
    Ok((again.status, body).into_response())
}

fn line(policy: &huiyin_domain::policy::Policy, now: Instant, entry: Entry) -> Line {
    let Entry { version, trained_at, state, checksum, told } = entry;
    let of = |right: usize, asked: usize| {
        format!("{asked} 件里说对 {right} 件（{}%）", right * 100 / asked.max(1))
    };
    let judged = match told.judged.asked {
        0 => "确认过的还太少，看不出准不准".to_owned(),
        asked => format!("最近确认的、它没有学过的 {}", of(told.judged.right, asked)),
    };
    let compared = told.judged.both().map_or_else(String::new, |[new, old]| {
        format!("同前一版比：这一版 {}，前一版 {}", of(new.0, new.1), of(old.0, old.1))
    });
    let mut classes: Vec<(&String, &usize)> = told.classes.iter().collect();
    classes.sort_by(|one, other| other.1.cmp(one.1).then(one.0.cmp(other.0)));
    let named = classes.into_iter().map(|(id, count)| {
        let known = policy.category(&id.as_str().into());
        format!("{} {count}", known.map_or(id.as_str(), |known| known.name.as_str()))
    });
    Line {
        version,
        when: say::moment(now, trained_at),
        learned_from: format!("学校历史 {} 件，初始样例和目录用词 {} 条", told.examples, told.start),
        judged,
        compared,
        classes: named.collect::<Vec<_>>().join("、"),
        checksum: checksum.chars().take(12).collect(),
        state,
    }
}
