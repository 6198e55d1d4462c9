//! 抽查: drawing a sample, the four questions for each case of it, and what came of it, in all and unit by unit.

use super::super::hits::{Reach, visible};
use super::super::lists::may_work;
use super::draw::draw as lots;
use super::figures::Share;
use super::queries::{self, Drawn, QUESTIONS, Said, Sample};
use crate::cases::log::Standing;
use crate::cases::sight;
use crate::coordination;
use crate::dossier::{actor_of, names, open_units, unit_name};
use crate::overseeing::Line;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use huiyin_domain::calendar::{Day, Instant};
use huiyin_domain::ids::{CaseNo, PersonId, UnitId};
use huiyin_domain::policy::Policy;
use huiyin_foundation::error::{Error, FieldErrors};
use huiyin_foundation::say;
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Choice, Filled, Form, Page, html};
use std::collections::BTreeMap;

/// More is no sample.
const WANTED_MAX: usize = 200;
const DAYS_MAX: i64 = 370;
const DAY_MS: i64 = 86_400_000;
const WORDS_CHARS_MAX: usize = 300;

/// A draw as a line.
struct OfSample {
    id: String,
    title: String,
    when: String,
    by: String,
}

#[derive(Template)]
#[template(path = "screening/sample/list.html")]
struct List {
    page: Page,
    samples: Vec<OfSample>,
    units: Vec<Choice>,
    may_work: bool,
    form: Filled,
    notice: String,
}

/// GET /staff/samples
pub(super) async fn list(State(app): State<App>, page: Page) -> Result<Response, Error> {
    render_list(app, page, None, String::new()).await
}

async fn render_list(app: App, page: Page, form: Option<Filled>, notice: String) -> Result<Response, Error> {
    let (school, visitor) = (app.clone(), page.visitor.clone());
    let (standing, side, samples, names) = app
        .db
        .read(move |tx| {
            let standing = Standing::of(&school);
            let side = coordination::side(tx, &standing.policy.policy, &visitor, standing.now)?;
            let samples = queries::samples(tx)?;
            let people: Vec<PersonId> = samples.iter().map(|sample| sample.drawn_by.clone()).collect();
            let names = names(tx, &people)?;
            Ok::<_, Error>((standing, side, samples, names))
        })
        .await?;
    let (policy, now) = (&standing.policy.policy, standing.now);
    let has_errors = form.is_some();
    let form = form.unwrap_or_else(|| {
        let form = Filled::new().with("from", now.plus_ms(-30 * DAY_MS).day().to_string());
        form.with("until", now.day().to_string()).with("wanted", "20").with("stratified", "yes")
    });
    let line = |sample: &Sample| OfSample {
        id: sample.id.clone(),
        title: title(sample, policy),
        when: say::moment(now, sample.drawn_at),
        by: names.get(&sample.drawn_by).cloned().unwrap_or_else(|| "已不在名册的人".to_owned()),
    };
    let answer = html(List {
        samples: samples.iter().map(line).collect(),
        units: open_units(policy),
        may_work: may_work(&page),
        page: page.titled("抽查").with_errors(has_errors).beside_any(side),
        form,
        notice,
    })?;
    let status = if has_errors { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok((status, answer).into_response())
}

/// 「2026-10-25 至 2026-11-24 办结 · 全校 · 20 件」
fn title(sample: &Sample, policy: &Policy) -> String {
    let whose = sample.unit.as_ref().map_or_else(|| "全校".to_owned(), |unit| unit_name(policy, unit));
    let count = sample.wanted.min(sample.pool);
    format!("{} 至 {} 办结 · {whose} · {count} 件", sample.from, sample.until)
}

/// What is to be drawn.
struct Wanted {
    from: Day,
    until: Day,
    unit: Option<UnitId>,
    is_stratified: bool,
    wanted: usize,
}

fn wanted(form: &Form, policy: &Policy, today: Day) -> Result<Wanted, FieldErrors> {
    let mut errors = form.errors();
    let day = |field: &str| form.text(field).parse::<Day>().ok();
    let (from, until) = (day("from"), day("until"));
    errors.expect(from.is_some(), "from", "请选日期，写成 2026-12-01 这样");
    errors.expect(until.is_some(), "until", "请选日期，写成 2026-12-01 这样");
    let (from, until) = (from.unwrap_or(today), until.unwrap_or(today));
    errors.expect(from <= until, "until", "请选不早于开始那天的日子");
    errors.expect(until.start().0 - from.start().0 <= DAYS_MAX * DAY_MS, "until", "一次最多看一年");
    let wanted: Option<usize> = form.text("wanted").parse().ok();
    let wanted = wanted.filter(|wanted| (1..=WANTED_MAX).contains(wanted));
    errors.expect(wanted.is_some(), "wanted", format!("请写 1 到 {WANTED_MAX} 之间的整数"));
    let unit = Some(UnitId(form.text("unit"))).filter(|id| policy.unit(id).is_some());
    let is_stratified = form.has("stratified") && unit.is_none();
    errors.or(Wanted { from, until, unit, is_stratified, wanted: wanted.unwrap_or(1) })
}

/// POST /staff/samples
pub(super) async fn draw(State(app): State<App>, page: Page, form: Form) -> Result<Response, Error> {
    let standing = Standing::of(&app);
    let wanted = match form.taken(wanted(&form, &standing.policy.policy, standing.now.day())) {
        Ok(wanted) => wanted,
        Err((filled, notice)) => return render_list(app, page, Some(filled), notice).await,
    };
    let by = page.visitor.person.clone().ok_or(Error::SignIn)?;
    let (id, seed) = (app.keys.uuid_v7(standing.now), app.keys.random_letters(26));
    let (visitor, sample_id) = (page.visitor.clone(), id.clone());
    let is_drawn = app
        .db
        .write(move |tx| {
            let reach = Reach::of(tx, &standing.policy.policy, &visitor)?;
            let (from, until) = (wanted.from.start(), wanted.until.next().start());
            let pool = queries::pool(tx, &reach, from, until, wanted.unit.as_ref())?;
            let drawn = lots(&seed, &pool, wanted.wanted, wanted.is_stratified);
            if drawn.is_empty() {
                return Ok(false);
            }
            let sample = Sample {
                id: sample_id.clone(),
                drawn_at: standing.now,
                drawn_by: by.clone(),
                from: wanted.from,
                until: wanted.until,
                unit: wanted.unit.clone(),
                is_stratified: wanted.is_stratified,
                wanted: wanted.wanted as u64,
                pool: pool.len() as u64,
                seed: seed.clone(),
            };
            queries::keep(tx, &sample, &drawn)?;
            Ok::<_, Error>(true)
        })
        .await?;
    if !is_drawn {
        let sentence = "这段时间没有办结的件，换一段时间再抽。".to_owned();
        return render_list(app, page, Some(form.filled(form.errors())), sentence).await;
    }
    Ok(Redirect::to(&format!("/staff/samples/{id}")).into_response())
}

/// A case as a row.
struct Row {
    line: Line,
    /// The questions with what was said: `yes`, `no` or nothing.
    said: Vec<(&'static str, &'static str, &'static str)>,
    words: String,
    reviewed: String,
}

#[derive(Template)]
#[template(path = "screening/sample/one.html")]
struct One {
    page: Page,
    id: String,
    title: String,
    /// How it was drawn, so that it can be drawn again.
    how: String,
    reviewed: usize,
    shares: Vec<(&'static str, String)>,
    by_unit: Vec<(String, Vec<String>)>,
    heads: Vec<&'static str>,
    rows: Vec<Row>,
    may_work: bool,
    notice: String,
}

/// GET /staff/samples/{id}
pub(super) async fn show(
    State(app): State<App>,
    page: Page,
    Path(id): Path<String>,
) -> Result<Response, Error> {
    render(app, page, id, String::new()).await
}

async fn render(app: App, page: Page, id: String, notice: String) -> Result<Response, Error> {
    let (school, visitor, of) = (app.clone(), page.visitor.clone(), id.clone());
    let (standing, side, sample, drawn, names) = app
        .db
        .read(move |tx| {
            let standing = Standing::of(&school);
            let policy = &standing.policy.policy;
            let sample = queries::find(tx, &of)?.ok_or(Error::Hidden)?;
            let side = coordination::side(tx, policy, &visitor, standing.now)?;
            let reach = Reach::of(tx, policy, &visitor)?;
            let drawn = queries::drawn(tx, &reach, &standing, &of)?;
            let reviewers = drawn.iter().filter_map(|one| one.reviewed.as_ref().map(|(_, by)| by.clone()));
            let people: Vec<PersonId> = reviewers.chain([sample.drawn_by.clone()]).collect();
            let names = names(tx, &people)?;
            Ok::<_, Error>((standing, side, sample, drawn, names))
        })
        .await?;
    let (policy, now) = (&standing.policy.policy, standing.now);
    let name = |person: &PersonId| names.get(person).cloned().unwrap_or_else(|| "已不在名册的人".to_owned());
    let how = format!(
        "{} {} 从 {} 件里{}抽的；随机种子 {}，同一批件、同一种子抽出来的一样。",
        say::moment(now, sample.drawn_at),
        name(&sample.drawn_by),
        sample.pool,
        if sample.is_stratified { "按单位件数分摊" } else { "" },
        sample.seed
    );
    let status = if notice.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let answer = html(One {
        title: title(&sample, policy),
        how,
        reviewed: drawn.iter().filter(|one| one.reviewed.is_some()).count(),
        shares: QUESTIONS
            .iter()
            .enumerate()
            .map(|(at, (_, words))| (*words, share(&drawn, at, None).words()))
            .collect(),
        by_unit: by_unit(&drawn, policy),
        heads: QUESTIONS.map(|(_, words)| words).into(),
        rows: drawn.into_iter().map(|one| row(one, &name, now)).collect(),
        may_work: may_work(&page),
        page: page.titled("抽查").back_to("/staff/samples").beside_any(side),
        id,
        notice,
    })?;
    Ok((status, answer).into_response())
}

fn row(one: Drawn, name: &impl Fn(&PersonId) -> String, now: Instant) -> Row {
    let word = |said: Option<bool>| match said {
        Some(true) => "yes",
        Some(false) => "no",
        None => "",
    };
    let said = QUESTIONS.iter().zip(one.said).map(|((field, words), said)| (*field, *words, word(said)));
    let reviewed = one.reviewed.map(|(at, by)| format!("{} {} 评", name(&by), say::moment(now, at)));
    Row { said: said.collect(), words: one.words, reviewed: reviewed.unwrap_or_default(), line: one.line }
}

/// Of those of whom a reviewer could say it: how many yes.
fn share(drawn: &[Drawn], question: usize, unit: Option<&UnitId>) -> Share {
    let of = drawn.iter().filter(|one| unit.is_none_or(|unit| one.unit == *unit));
    of.filter_map(|one| one.said[question]).fold(Share::default(), |share, said| Share {
        part: share.part + u64::from(said),
        whole: share.whole + 1,
    })
}

fn by_unit(drawn: &[Drawn], policy: &Policy) -> Vec<(String, Vec<String>)> {
    let units: BTreeMap<&UnitId, ()> = drawn.iter().map(|one| (&one.unit, ())).collect();
    let said = |unit: &UnitId| -> Vec<String> {
        let of = (0..QUESTIONS.len()).map(|at| {
            let share = share(drawn, at, Some(unit));
            if share.whole == 0 { "—".to_owned() } else { format!("{} / {}", share.part, share.whole) }
        });
        of.collect()
    };
    units.into_keys().map(|unit| (unit_name(policy, unit), said(unit))).collect()
}

/// POST /staff/samples/{id}/review
pub(super) async fn review(
    State(app): State<App>,
    page: Page,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Error> {
    let (no, words) = (CaseNo(form.text("no")), form.words("words"));
    let mut errors = form.errors();
    form.expect_at_most(&mut errors, "words", "说明", WORDS_CHARS_MAX);
    let said: Said = QUESTIONS.map(|(field, _)| match form.text(field).as_str() {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    });
    errors.expect(said.iter().any(Option::is_some), "answered", "请至少答一问，看不出来的可以空着");
    let wrong = errors.iter().next().map(|(_, sentence)| sentence.to_owned());
    if let Some(sentence) = form.token().sentence().map(str::to_owned).or(wrong) {
        return render(app, page, id, sentence).await;
    }
    let by = page.visitor.person.clone().ok_or(Error::SignIn)?;
    let (school, visitor) = (app.clone(), page.visitor.clone());
    let (actor, of) = (actor_of(&page.visitor)?, id.clone());
    let kept = app
        .db
        .write(move |tx| {
            let standing = Standing::of(&school);
            let bench = standing.bench(&school.keys);
            sight::by_staff(tx, &bench, &actor, &no)?;
            let reach = Reach::of(tx, bench.policy, &visitor)?;
            if visible(tx, &reach, std::slice::from_ref(&no))?.is_empty() {
                return Err(Error::Hidden);
            }
            queries::review(tx, &of, &no, &by, bench.now, said, &words)
        })
        .await?;
    if kept { Ok(Redirect::to(&format!("/staff/samples/{id}")).into_response()) } else { Err(Error::Hidden) }
}
