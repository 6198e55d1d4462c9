//! One unit: the form for an existing and for a new one.

use crate::admin::changes::{Changes, split_words};
use crate::admin::choices;
use crate::admin::saving::{self, Again, LINE_MAX, Outcome};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use huiyin_domain::ids::{PersonId, UnitId};
use huiyin_domain::policy::{Policy, Unit, can_be_dialled};
use huiyin_foundation::error::{Error, FieldErrors};
use huiyin_foundation::say;
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Choice, Filled, Form, Page, html};
use huiyin_people::units;

const WORDS_MAX: usize = 300;

/// Somebody who works in the unit.
struct Officer {
    person: PersonId,
    name: String,
    role: &'static str,
}

#[derive(Template)]
#[template(path = "admin/units/edit.html")]
struct Edit {
    page: Page,
    form: Filled,
    notice: String,
    version: u32,
    /// The unit; none for a new one.
    id: Option<UnitId>,
    action: String,
    parents: Vec<Choice>,
    heirs: Vec<Choice>,
    posts: Vec<Choice>,
    officers: Vec<Officer>,
}

/// The form of a unit as it stands.
pub(super) async fn page(
    State(app): State<App>,
    Path(id): Path<String>,
    page: Page,
) -> Result<Response, Error> {
    let id = UnitId(id);
    let in_force = app.policy_in_force();
    let unit = in_force.policy.unit(&id).ok_or(Error::Hidden)?;
    let mut form = Filled::new()
        .with("name", &unit.name)
        .with("aliases", unit.aliases.join("、"))
        .with("phone", &unit.phone)
        .with("class", &unit.class)
        .with("parent", unit.parent.as_ref().map_or("", UnitId::as_str))
        .with("leader", unit.leader.clone().unwrap_or_default())
        .with("successor", unit.successor.as_ref().map_or("", UnitId::as_str));
    if unit.closed {
        form = form.with("closed", "yes");
    }
    render(&app, page, Some(id), Again::unchanged(form)).await
}

/// The empty form.
pub(super) async fn blank(State(app): State<App>, page: Page) -> Result<Response, Error> {
    let again = Again::unchanged(Filled::new());
    render(&app, page, None, again).await
}

/// Keeps what was changed about a unit.
pub(super) async fn save(
    State(app): State<App>,
    Path(id): Path<String>,
    page: Page,
    form: Form,
) -> Result<Response, Error> {
    let id = UnitId(id);
    let mut policy = app.policy_in_force().policy.clone();
    let place = policy.units.iter().position(|unit| unit.id == id).ok_or(Error::Hidden)?;
    if let Err(again) = wrong(&form, &policy) {
        return render(&app, page, Some(id), again).await;
    }
    let (parent, leader) = (optional(&form, "parent"), optional(&form, "leader"));
    let mut changes = Changes::default();
    let unit_name = |id: &Option<String>| named(&policy, id);
    let post_name = |id: &Option<String>| {
        id.as_deref().and_then(|id| policy.leader(id)).map(|post| post.name.clone()).unwrap_or_default()
    };
    let known = &policy.units[place];
    let known_parent = known.parent.as_ref().map(|id| id.0.clone());
    if known_parent != parent {
        changes.note("上级", &unit_name(&known_parent), &unit_name(&parent));
    }
    if known.leader != leader {
        changes.note("分管岗位", &post_name(&known.leader), &post_name(&leader));
    }
    // Only a dissolved unit has one that took over from it.
    let successor = optional(&form, "successor").filter(|_| form.has("closed"));
    let known_successor = known.successor.as_ref().map(|id| id.0.clone());
    if known_successor != successor {
        changes.note("接手单位", &unit_name(&known_successor), &unit_name(&successor));
    }
    let whose = format!("单位「{}」", known.name);
    let unit = &mut policy.units[place];
    unit.parent = parent.map(UnitId);
    unit.leader = leader;
    unit.successor = successor.map(UnitId);
    changes.text("名称", &mut unit.name, form.text("name"));
    changes.words("别名", &mut unit.aliases, split_words(&form.words("aliases")));
    changes.text("电话", &mut unit.phone, form.text("phone"));
    changes.text("比较类别", &mut unit.class, form.text("class"));
    changes.flag("停用", &mut unit.closed, form.has("closed"));
    match saving::keep(&app, &page, &form, changes.about(&whose), policy, "/admin/units").await? {
        Outcome::Done(response) => Ok(response),
        Outcome::Again(again) => render(&app, page, Some(id), again).await,
    }
}

/// Adds a unit at the end of its level.
pub(super) async fn add(State(app): State<App>, page: Page, form: Form) -> Result<Response, Error> {
    let mut policy = app.policy_in_force().policy.clone();
    if let Err(again) = wrong(&form, &policy) {
        return render(&app, page, None, again).await;
    }
    let id = form.text("id");
    let sentence = saving::complaint_about_id(&id, policy.units.iter().any(|unit| unit.id.as_str() == id));
    if let Some(sentence) = sentence {
        let mut errors = FieldErrors::new();
        errors.add("id", sentence);
        return render(&app, page, None, Again::wrong(&form, errors)).await;
    }
    let unit = Unit {
        id: UnitId(id),
        name: form.text("name"),
        aliases: split_words(&form.words("aliases")),
        parent: optional(&form, "parent").map(UnitId),
        leader: optional(&form, "leader"),
        phone: form.text("phone"),
        class: form.text("class"),
        closed: false,
        successor: None,
    };
    let note = Some(format!("新单位「{}」", unit.name));
    policy.units.push(unit);
    match saving::keep(&app, &page, &form, note, policy, "/admin/units").await? {
        Outcome::Done(response) => Ok(response),
        Outcome::Again(again) => render(&app, page, None, again).await,
    }
}

fn wrong(form: &Form, policy: &Policy) -> Result<(), Again> {
    saving::judge(form)?;
    let mut errors = FieldErrors::new();
    errors.expect(form.has("name"), "name", "请填写单位名称");
    let is_phone = !form.has("phone") || can_be_dialled(&form.text("phone"));
    errors.expect(is_phone, "phone", "办公电话只写数字和短横，例如 0531-12345678，要能直接拨通");
    errors.expect(form.has("class"), "class", "请填写比较类别，例如“机关”“学院”");
    for (name, label) in [("name", "单位名称"), ("phone", "办公电话"), ("class", "比较类别")] {
        form.expect_at_most(&mut errors, name, label, LINE_MAX);
    }
    form.expect_at_most(&mut errors, "aliases", "别名", WORDS_MAX);
    let parent = form.text("parent");
    let is_unit = parent.is_empty() || policy.units.iter().any(|unit| unit.id.as_str() == parent);
    errors.expect(is_unit, "parent", "请从列表里选上级单位");
    let successor = form.text("successor");
    let is_open =
        successor.is_empty() || policy.units.iter().any(|unit| unit.id.as_str() == successor && !unit.closed);
    errors.expect(is_open, "successor", "请从列表里选接手的单位");
    let needs_closing = successor.is_empty() || form.has("closed");
    errors.expect(needs_closing, "successor", "停用以后才由别的单位接手：请同时勾“已停用”，或不选接手的单位");
    let leader = form.text("leader");
    errors.expect(leader.is_empty() || policy.leader(&leader).is_some(), "leader", "请从列表里选分管岗位");
    if errors.is_empty() { Ok(()) } else { Err(Again::wrong(form, errors)) }
}

fn optional(form: &Form, name: &str) -> Option<String> {
    Some(form.text(name)).filter(|value| !value.is_empty())
}

fn named(policy: &Policy, id: &Option<String>) -> String {
    let unit = id.as_deref().and_then(|id| policy.units.iter().find(|unit| unit.id.as_str() == id));
    unit.map(|unit| unit.name.clone()).unwrap_or_default()
}

async fn render(app: &App, page: Page, id: Option<UnitId>, again: Again) -> Result<Response, Error> {
    let in_force = app.policy_in_force();
    let policy = &in_force.policy;
    let holders = match id.clone() {
        Some(id) => app.db.read(move |tx| units::officers_of(tx, &id)).await?,
        None => Vec::new(),
    };
    let officer = |holder: units::Holder| Officer {
        person: holder.person,
        name: holder.name,
        role: say::role(holder.role),
    };
    let known = id.as_ref().and_then(|id| policy.unit(id));
    let named: Vec<&UnitId> =
        known.iter().flat_map(|unit| unit.parent.iter().chain(&unit.successor)).collect();
    let mut others = choices::units(policy, &named);
    others.retain(|choice| id.as_ref().is_none_or(|id| id.as_str() != choice.value));
    let edit = Edit {
        page: saving::sheet(page, known.map_or("加一个单位", |unit| &unit.name), "/admin/units", &again),
        form: again.form,
        notice: again.notice,
        version: in_force.version,
        action: format!("/admin/units/{}", id.as_ref().map_or("new", UnitId::as_str)),
        id,
        heirs: others.clone(),
        parents: others,
        posts: policy.leaders.iter().map(|post| Choice::new(&post.id, &post.name)).collect(),
        officers: holders.into_iter().map(officer).collect(),
    };
    Ok((again.status, html(edit)?).into_response())
}
