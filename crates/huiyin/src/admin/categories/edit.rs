//! One category: name, the unit whose matter it is, units that assist, words, kinds, and whether it is restricted.

use super::terms::{self, Rule};
use crate::admin::changes::{Changes, split_words};
use crate::admin::choices::{self, kind_names, unit_names};
use crate::admin::saving::{self, Again, LINE_MAX, Outcome};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use huiyin_domain::calendar::Day;
use huiyin_domain::ids::{CategoryId, KindId, UnitId};
use huiyin_domain::policy::Category;
use huiyin_foundation::error::{Error, FieldErrors};
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Choice, Filled, Form, Page, html};

const WORDS_MAX: usize = 2000;

#[derive(Template)]
#[template(path = "admin/categories/edit.html")]
struct Edit {
    page: Page,
    form: Filled,
    notice: String,
    version: u32,
    is_new: bool,
    action: String,
    units: Vec<Choice>,
    kinds: Vec<Choice>,
    rules: Vec<Rule>,
}

/// The form of a category as it stands.
pub(super) async fn page(
    State(app): State<App>,
    Path(id): Path<String>,
    page: Page,
) -> Result<Response, Error> {
    let id = CategoryId(id);
    let in_force = app.policy_in_force();
    let category = in_force.policy.category(&id).ok_or(Error::Hidden)?;
    let mut form = Filled::new()
        .with("name", &category.name)
        .with("unit", category.unit.as_ref().map_or("", UnitId::as_str))
        .with("words", category.words.join("、"));
    form = category.assisting.iter().fold(form, |form, unit| form.with("assisting", unit.as_str()));
    form = category.kinds.iter().fold(form, |form, kind| form.with("kinds", kind.as_str()));
    if category.restricted {
        form = form.with("restricted", "yes");
    }
    let form = terms::filled(form, category);
    render(&app, page, Some(id), Again::unchanged(form))
}

/// The empty form.
pub(super) async fn blank(State(app): State<App>, page: Page) -> Result<Response, Error> {
    let again = Again::unchanged(Filled::new());
    render(&app, page, None, again)
}

/// Keeps what was changed about a category.
pub(super) async fn save(
    State(app): State<App>,
    Path(id): Path<String>,
    page: Page,
    form: Form,
) -> Result<Response, Error> {
    let id = CategoryId(id);
    let mut policy = app.policy_in_force().policy.clone();
    let place = policy.categories.iter().position(|category| category.id == id).ok_or(Error::Hidden)?;
    if let Err(again) = wrong(&form) {
        return render(&app, page, Some(id), again);
    }
    let known = policy.categories[place].clone();
    let typed = read(&form, id.clone());
    let mut changes = Changes::default();
    let pairs = [
        ("名称", known.name.clone(), typed.name.clone()),
        ("主办单位", unit_names(&policy, known.unit.as_slice()), unit_names(&policy, typed.unit.as_slice())),
        ("协办单位", unit_names(&policy, &known.assisting), unit_names(&policy, &typed.assisting)),
        ("类型", kind_names(&policy, &known.kinds), kind_names(&policy, &typed.kinds)),
        ("词", known.words.join("、"), typed.words.join("、")),
        ("第一天", said(known.valid_from), said(typed.valid_from)),
        ("最后一天", said(known.valid_until), said(typed.valid_until)),
        ("按地点", terms::in_words(&policy, &known.by_place), terms::in_words(&policy, &typed.by_place)),
    ];
    for (label, before, after) in pairs {
        changes.compare(label, &before, &after);
    }
    let mut restricted = known.restricted;
    changes.flag("受限", &mut restricted, typed.restricted);
    policy.categories[place] = typed;
    let note = changes.about(&format!("类别「{}」", known.name));
    match saving::keep(&app, &page, &form, note, policy, "/admin/categories").await? {
        Outcome::Done(response) => Ok(response),
        Outcome::Again(again) => render(&app, page, Some(id), again),
    }
}

/// Adds a category at the end of the catalogue.
pub(super) async fn add(State(app): State<App>, page: Page, form: Form) -> Result<Response, Error> {
    if let Err(again) = wrong(&form) {
        return render(&app, page, None, again);
    }
    let mut policy = app.policy_in_force().policy.clone();
    let id = CategoryId(form.text("id"));
    if let Some(sentence) = saving::complaint_about_id(id.as_str(), policy.category(&id).is_some()) {
        let mut errors = FieldErrors::new();
        errors.add("id", sentence);
        return render(&app, page, None, Again::wrong(&form, errors));
    }
    let category = read(&form, id);
    let note = format!("新类别「{}」，{}", category.name, unit_names(&policy, category.unit.as_slice()));
    policy.categories.push(category);
    match saving::keep(&app, &page, &form, Some(note), policy, "/admin/categories").await? {
        Outcome::Done(response) => Ok(response),
        Outcome::Again(again) => render(&app, page, None, again),
    }
}

fn wrong(form: &Form) -> Result<(), Again> {
    saving::judge(form)?;
    let mut errors = FieldErrors::new();
    errors.expect(form.has("name"), "name", "请填写类别名称");
    form.expect_at_most(&mut errors, "name", "类别名称", LINE_MAX);
    form.expect_at_most(&mut errors, "words", "词", WORDS_MAX);
    terms::read(form, &mut errors);
    if errors.is_empty() { Ok(()) } else { Err(Again::wrong(form, errors)) }
}

fn said(day: Option<Day>) -> String {
    day.map(|day| day.to_string()).unwrap_or_default()
}

fn read(form: &Form, id: CategoryId) -> Category {
    let unit = form.text("unit");
    // It has been judged.
    let (valid_from, valid_until, by_place) = terms::read(form, &mut FieldErrors::new());
    Category {
        id,
        name: form.text("name"),
        kinds: form.all("kinds").into_iter().map(KindId).collect(),
        unit: (!unit.is_empty()).then_some(UnitId(unit)),
        assisting: form.all("assisting").into_iter().map(UnitId).collect(),
        words: split_words(&form.words("words")),
        restricted: form.has("restricted"),
        valid_from,
        valid_until,
        by_place,
    }
}

/// Every unit that a category names.
fn units_of(category: &Category) -> impl Iterator<Item = &UnitId> {
    let by_place = category.by_place.iter().map(|rule| &rule.unit);
    category.unit.iter().chain(&category.assisting).chain(by_place)
}

fn render(app: &App, page: Page, id: Option<CategoryId>, again: Again) -> Result<Response, Error> {
    let in_force = app.policy_in_force();
    let policy = &in_force.policy;
    let known = id.as_ref().and_then(|id| policy.category(id));
    let named: Vec<&UnitId> = known.iter().flat_map(|known| units_of(known)).collect();
    let edit = Edit {
        page: saving::sheet(
            page,
            known.map_or("加一个类别", |known| &known.name),
            "/admin/categories",
            &again,
        ),
        rules: terms::rules(&again.form, policy),
        form: again.form,
        notice: again.notice,
        version: in_force.version,
        is_new: id.is_none(),
        action: format!("/admin/categories/{}", id.as_ref().map_or("new", CategoryId::as_str)),
        units: choices::units(policy, &named),
        kinds: choices::kinds(policy),
    };
    Ok((again.status, html(edit)?).into_response())
}
