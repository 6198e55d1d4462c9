//! The templates of a unit, read by everybody who works there and written by its head; those for all units are written by an
//! administrator on a page of the same look.

use super::blanks::{KNOWN, complaint};
use super::{ACTS, ReplyTemplate, queries};
use crate::cases::log::Standing;
use crate::desk::seat::{self, Seat};
use crate::desk::view::Asked;
use crate::desk::workbench::OUTCOMES;
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use huiyin_domain::access::Role;
use huiyin_domain::case::Outcome;
use huiyin_domain::policy::{Policy, Statutory};
use huiyin_foundation::db::Tx;
use huiyin_foundation::error::{Error, FieldErrors};
use huiyin_foundation::say;
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Choice, Filled, Form, Page, Side, html};

const NAME_MAX: usize = 30;
const WORDS_MAX: usize = 2000;
/// More than anybody finds their way in.
const OWN_MAX: usize = 100;

/// A template in the list.
struct Shown {
    id: String,
    name: String,
    /// 答复反映人 · 报修 · 已解决
    uses: String,
    words: String,
    /// It may be changed here.
    is_own: bool,
}

#[derive(Template)]
#[template(path = "desk/reply_templates/page.html")]
struct Templates {
    page: Page,
    here: String,
    is_school: bool,
    may_write: bool,
    shown: Vec<Shown>,
    form: Filled,
    done: &'static str,
    acts: Vec<Choice>,
    categories: Vec<Choice>,
    outcomes: Vec<Choice>,
    known: [(&'static str, &'static str); 8],
}

/// Whose templates are looked at.
#[derive(Clone)]
enum Shelf {
    /// A unit's, from this seat.
    Unit(Seat),
    /// Those for all units.
    School,
}

impl Shelf {
    fn unit(&self) -> &str {
        match self {
            Shelf::Unit(seat) => seat.unit.as_str(),
            Shelf::School => "",
        }
    }

    fn here(&self) -> String {
        match self {
            Shelf::Unit(seat) => format!("{}/templates", seat.desk()),
            Shelf::School => "/admin/templates".into(),
        }
    }

    fn may_write(&self, page: &Page) -> bool {
        match self {
            Shelf::Unit(seat) => page.visitor.has_at(Role::UnitHead, seat.unit.as_str()),
            Shelf::School => true,
        }
    }
}

/// GET /desk/{unit}/templates
pub(in crate::desk) async fn of_unit(
    State(app): State<App>,
    Path(unit): Path<String>,
    Query(asked): Query<Asked>,
    page: Page,
) -> Result<Response, Error> {
    let seat = Seat::take(&page.visitor, &unit)?;
    show(&app, page, Shelf::Unit(seat), &asked, None, StatusCode::OK).await
}

/// POST /desk/{unit}/templates
pub(in crate::desk) async fn save_of_unit(
    State(app): State<App>,
    Path(unit): Path<String>,
    page: Page,
    form: Form,
) -> Result<Response, Error> {
    let seat = Seat::take(&page.visitor, &unit)?;
    save(&app, page, Shelf::Unit(seat), form).await
}

/// GET /admin/templates
pub(in crate::desk) async fn of_school(
    State(app): State<App>,
    Query(asked): Query<Asked>,
    page: Page,
) -> Result<Response, Error> {
    show(&app, page, Shelf::School, &asked, None, StatusCode::OK).await
}

/// POST /admin/templates
pub(in crate::desk) async fn save_of_school(
    State(app): State<App>,
    page: Page,
    form: Form,
) -> Result<Response, Error> {
    save(&app, page, Shelf::School, form).await
}

async fn save(app: &App, page: Page, shelf: Shelf, form: Form) -> Result<Response, Error> {
    let (unit, here) = (shelf.unit().to_owned(), shelf.here());
    let person = page.visitor.person.clone().ok_or(Error::SignIn)?;
    if let Some(sentence) = form.token().sentence() {
        let mut errors = form.errors();
        errors.add("name", sentence);
        return again(app, page, shelf, &form, errors).await;
    }
    let id = form.text("id");
    if form.text("do") == "removal" {
        let is_gone = app.db.write(move |tx| queries::remove(tx, &id, &unit)).await?;
        return if is_gone {
            Ok(Redirect::to(&format!("{here}?done=removed")).into_response())
        } else {
            Err(Error::Hidden)
        };
    }
    let standing = Standing::of(app);
    let one = match read(&form, &unit, &standing.policy.policy) {
        Ok(one) if one.id.is_empty() => ReplyTemplate { id: app.keys.uuid_v7(standing.now), ..one },
        Ok(one) => one,
        Err(errors) => return again(app, page, shelf, &form, errors).await,
    };
    let kept = app.db.write(move |tx| {
        let known = queries::for_unit(tx, &one.unit)?;
        let own = known.iter().filter(|known| known.unit == one.unit);
        let (is_known, count) =
            own.fold((false, 0), |(is_known, count), known| (is_known || known.id == one.id, count + 1));
        if !is_known && count >= OWN_MAX {
            let sentence = format!("范本已有 {OWN_MAX} 个，请先删去不用的");
            return Err(Error::invalid("name", sentence));
        }
        // Somebody took it away meanwhile: it is written anew. Somebody else's is not touched.
        queries::keep(tx, &one, &person, standing.now)
    });
    match kept.await {
        Ok(true) => Ok(Redirect::to(&format!("{here}?done=saved")).into_response()),
        Ok(false) => Err(Error::Hidden),
        Err(Error::Invalid(errors)) => again(app, page, shelf, &form, errors).await,
        Err(other) => Err(other),
    }
}

fn read(form: &Form, unit: &str, policy: &Policy) -> Result<ReplyTemplate, FieldErrors> {
    let mut errors = form.errors();
    let (name, words) = (form.text("name"), form.words("words"));
    errors.expect(!name.is_empty(), "name", "请写范本的名称");
    form.expect_at_most(&mut errors, "name", "名称", NAME_MAX);
    errors.expect(!words.is_empty(), "words", "请写范本的内容");
    form.expect_at_most(&mut errors, "words", "内容", WORDS_MAX);
    let complaint = complaint(&words);
    if !complaint.is_empty() {
        errors.add("words", complaint);
    }
    let act = ACTS.into_iter().find(|act| act.word() == form.text("act"));
    errors.expect(act.is_some(), "act", "请选用在哪一步");
    let category = form.text("category");
    let is_known = category.is_empty() || policy.category(&category.as_str().into()).is_some();
    errors.expect(is_known, "category", "没有这个类别，请重选");
    let outcome = form.text("outcome");
    let is_outcome = outcome.is_empty() || OUTCOMES.iter().any(|(word, _)| *word == outcome);
    errors.expect(is_outcome, "outcome", "请重选办理结果");
    let act = errors.clone().or(act)?.unwrap_or(ACTS[0]);
    // Only an answer has an outcome.
    let outcome = if act == ACTS[0] { outcome } else { String::new() };
    let unit = unit.to_owned();
    let (kinds, changed) = (Vec::new(), String::new());
    Ok(ReplyTemplate { id: form.text("id"), name, unit, act, category, outcome, kinds, words, changed })
}

async fn again(
    app: &App,
    page: Page,
    shelf: Shelf,
    form: &Form,
    errors: FieldErrors,
) -> Result<Response, Error> {
    let filled = form.filled(errors.in_order_of(&["name", "act", "category", "outcome", "words"]));
    show(app, page, shelf, &Asked::new(), Some(filled), StatusCode::UNPROCESSABLE_ENTITY).await
}

async fn show(
    app: &App,
    page: Page,
    shelf: Shelf,
    asked: &Asked,
    filled: Option<Filled>,
    status: StatusCode,
) -> Result<Response, Error> {
    let standing = Standing::of(app);
    let (at, visitor, school) = (shelf.clone(), page.visitor.clone(), standing.clone());
    let (templates, side) = app
        .db
        .read(move |tx: &mut Tx| {
            let policy = &school.policy.policy;
            let side = match &at {
                Shelf::Unit(seat) => seat::side(tx, policy, school.now, &visitor, &seat.unit)?,
                Shelf::School => Side::admin(),
            };
            Ok::<_, Error>((queries::for_unit(tx, at.unit())?, side))
        })
        .await?;
    let policy = &standing.policy.policy;
    let may_write = shelf.may_write(&page);
    let edited = asked.get("edit").filter(|_| may_write);
    let edited = templates.iter().find(|one| one.unit == shelf.unit() && Some(&one.id) == edited);
    let form = filled.unwrap_or_else(|| match edited {
        Some(one) => Filled::new()
            .with("id", &one.id)
            .with("name", &one.name)
            .with("act", one.act.word())
            .with("category", &one.category)
            .with("outcome", &one.outcome)
            .with("words", &one.words),
        None => Filled::new(),
    });
    let shown = templates.iter().map(|one| Shown {
        id: one.id.clone(),
        name: one.name.clone(),
        uses: uses(one, policy),
        words: one.words.clone(),
        is_own: may_write && one.unit == shelf.unit(),
    });
    let categories = policy.categories.iter();
    let templates = Templates {
        here: shelf.here(),
        is_school: matches!(shelf, Shelf::School),
        may_write,
        shown: shown.collect(),
        done: match asked.get("done").map(String::as_str) {
            Some("saved") => "范本已存，办理时就能套用。",
            Some("removed") => "范本已删去。",
            _ => "",
        },
        acts: ACTS.map(|act| Choice::new(act.word(), act.title())).to_vec(),
        categories: categories.map(|one| Choice::new(one.id.as_str(), one.name.as_str())).collect(),
        outcomes: outcomes(policy, shelf.unit()),
        known: KNOWN,
        page: page.titled("答复范本").beside(side).with_errors(!form.errors.is_empty()),
        form,
    };
    Ok((status, html(templates)?).into_response())
}

/// 答复反映人 · 报修 · 已解决 · 全校
fn uses(one: &ReplyTemplate, policy: &Policy) -> String {
    let category = policy.category(&one.category.as_str().into()).map_or("", |known| known.name.as_str());
    let whose = if one.unit.is_empty() { "全校通用" } else { "" };
    let outcome = OUTCOMES.into_iter().find(|(word, _)| *word == one.outcome).map(|(_, outcome)| outcome);
    let outcome = outcome.map_or_else(String::new, |outcome| match laws_of(one, policy).as_slice() {
        [] => in_words(policy, &one.unit, outcome),
        [first, ..] => say::outcome_of(Some(first), outcome).to_owned(),
    });
    let parts = [one.act.title(), category, &outcome, whose];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// The laws for whose matters alone a template is.
fn laws_of<'p>(one: &ReplyTemplate, policy: &'p Policy) -> Vec<&'p Statutory> {
    let fits = |law: &&Statutory| match one.category.is_empty() {
        true => law.kinds.iter().any(|kind| one.kinds.contains(&kind.as_str())),
        false => law.categories.iter().any(|category| category.as_str() == one.category),
    };
    policy.statutory.iter().filter(fits).collect()
}

/// What can come of a case, as the form offers it.
fn outcomes(policy: &Policy, unit: &str) -> Vec<Choice> {
    OUTCOMES.into_iter().map(|(word, outcome)| Choice::new(word, in_words(policy, unit, outcome))).collect()
}

/// 「已解决（举报：属实，已处理）」: with what it is called where this unit decides by law.
fn in_words(policy: &Policy, unit: &str, outcome: Outcome) -> String {
    let laws = policy.statutory.iter().filter(|law| law.unit.as_str() == unit);
    let own = laws.filter_map(|law| {
        let words = law.outcomes.as_ref()?.of(outcome)?;
        Some(format!("{}：{words}", law.name))
    });
    match own.collect::<Vec<_>>().join("；").as_str() {
        "" => say::outcome(outcome).to_owned(),
        own => format!("{}（{own}）", say::outcome(outcome)),
    }
}
