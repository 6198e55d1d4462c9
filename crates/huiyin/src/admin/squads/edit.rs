//! One squad: the form for an existing and for a new one.

use crate::admin::changes::Changes;
use crate::admin::choices::{self, category_names, kind_names, unit_names};
use crate::admin::saving::{self, Again, CLAUSE_MAX, Just, LINE_MAX, Outcome};
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use huiyin_domain::ids::{CategoryId, KindId, SquadId, UnitId};
use huiyin_domain::policy::{Policy, Squad};
use huiyin_foundation::error::{Error, FieldErrors};
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Choice, Filled, Form, Page, html};
use huiyin_people::units::{self, Holder};

#[derive(Template)]
#[template(path = "admin/squads/edit.html")]
struct Edit {
    page: Page,
    form: Filled,
    notice: String,
    saved: String,
    version: u32,
    /// The squad; none for a new one.
    id: Option<SquadId>,
    action: String,
    units: Vec<Choice>,
    kinds: Vec<Choice>,
    categories: Vec<Choice>,
    members: Vec<Holder>,
}

/// The form of a squad as it stands, and its members.
pub(super) async fn page(
    State(app): State<App>,
    Path(id): Path<String>,
    Query(just): Query<Just>,
    page: Page,
) -> Result<Response, Error> {
    let id = SquadId(id);
    let form = filled(app.policy_in_force().policy.squad(&id).ok_or(Error::Hidden)?);
    render(&app, page, Some(id), Again::unchanged(form), just.sentence()).await
}

/// The empty form.
pub(super) async fn blank(State(app): State<App>, page: Page) -> Result<Response, Error> {
    render(&app, page, None, Again::unchanged(Filled::new()), String::new()).await
}

/// What stands in the form of a squad.
pub(super) fn filled(squad: &Squad) -> Filled {
    let mut form = Filled::new()
        .with("name", &squad.name)
        .with("unit", squad.unit.as_str())
        .with("clause", &squad.clause);
    form = squad.kinds.iter().fold(form, |form, kind| form.with("kinds", kind.as_str()));
    form = squad.categories.iter().fold(form, |form, category| form.with("categories", category.as_str()));
    if squad.closed { form.with("closed", "yes") } else { form }
}

/// Keeps what was changed about a squad.
pub(super) async fn save(
    State(app): State<App>,
    Path(id): Path<String>,
    page: Page,
    form: Form,
) -> Result<Response, Error> {
    let id = SquadId(id);
    let mut policy = app.policy_in_force().policy.clone();
    let place = policy.squads.iter().position(|squad| squad.id == id).ok_or(Error::Hidden)?;
    let typed = match read(&form, &policy, id.clone()) {
        Ok(typed) => typed,
        Err(again) => return render(&app, page, Some(id), again, String::new()).await,
    };
    let known = policy.squads[place].clone();
    let note = differences(&policy, &known, &typed).about(&format!("服务队「{}」", known.name));
    policy.squads[place] = typed;
    match saving::keep(&app, &page, &form, note, policy, "/admin/squads").await? {
        Outcome::Done(response) => Ok(response),
        Outcome::Again(again) => render(&app, page, Some(id), again, String::new()).await,
    }
}

/// Adds a squad, and goes on to its page, where the members are.
pub(super) async fn add(State(app): State<App>, page: Page, form: Form) -> Result<Response, Error> {
    let mut policy = app.policy_in_force().policy.clone();
    let squad = match read(&form, &policy, SquadId(form.text("id"))) {
        Ok(squad) => squad,
        Err(again) => return render(&app, page, None, again, String::new()).await,
    };
    let is_taken = policy.squad(&squad.id).is_some() || policy.leader(squad.id.as_str()).is_some();
    if let Some(sentence) = saving::complaint_about_id(squad.id.as_str(), is_taken) {
        let mut errors = FieldErrors::new();
        errors.add("id", sentence);
        return render(&app, page, None, Again::wrong(&form, errors), String::new()).await;
    }
    let unit = unit_names(&policy, std::slice::from_ref(&squad.unit));
    let note = Some(format!("新服务队「{}」，在{unit}下面", squad.name));
    let next = format!("/admin/squads/{}", squad.id);
    policy.squads.push(squad);
    match saving::keep(&app, &page, &form, note, policy, &next).await? {
        Outcome::Done(response) => Ok(response),
        Outcome::Again(again) => render(&app, page, None, again, String::new()).await,
    }
}

fn read(form: &Form, policy: &Policy, id: SquadId) -> Result<Squad, Again> {
    saving::judge(form)?;
    let mut errors = FieldErrors::new();
    errors.expect(form.has("name"), "name", "请填写队名");
    form.expect_at_most(&mut errors, "name", "队名", LINE_MAX);
    form.expect_at_most(&mut errors, "clause", "依据", CLAUSE_MAX);
    let unit = UnitId(form.text("unit"));
    errors.expect(policy.unit(&unit).is_some(), "unit", "请选在哪个单位下面：活由它交，答复由它出");
    let squad = Squad {
        id,
        name: form.text("name"),
        unit,
        kinds: form.all("kinds").into_iter().map(KindId).collect(),
        categories: form.all("categories").into_iter().map(CategoryId).collect(),
        closed: form.has("closed"),
        clause: form.text("clause"),
    };
    if errors.is_empty() { Ok(squad) } else { Err(Again::wrong(form, errors)) }
}

fn differences(policy: &Policy, known: &Squad, typed: &Squad) -> Changes {
    let mut changes = Changes::default();
    changes.compare("名称", &known.name, &typed.name);
    let unit = |squad: &Squad| unit_names(policy, std::slice::from_ref(&squad.unit));
    changes.compare("承办单位", &unit(known), &unit(typed));
    changes.compare("类型", &kind_names(policy, &known.kinds), &kind_names(policy, &typed.kinds));
    let categories = |squad: &Squad| category_names(policy, &squad.categories);
    changes.compare("类别", &categories(known), &categories(typed));
    changes.compare("依据", &known.clause, &typed.clause);
    changes.flag("停用", &mut known.closed.clone(), typed.closed);
    changes
}

/// The page with what was typed, what is wrong, and the members.
pub(super) async fn render(
    app: &App,
    page: Page,
    id: Option<SquadId>,
    again: Again,
    saved: String,
) -> Result<Response, Error> {
    let in_force = app.policy_in_force();
    let policy = &in_force.policy;
    let squad = id.as_ref().and_then(|id| policy.squad(id));
    let members = match id.clone() {
        Some(id) => app.db.read(move |tx| units::members_of(tx, &id)).await?,
        None => Vec::new(),
    };
    let title = squad.map_or("加一个服务队", |squad| squad.name.as_str());
    let named: Vec<&UnitId> = squad.iter().map(|squad| &squad.unit).collect();
    let edit = Edit {
        page: saving::sheet(page, title, "/admin/squads", &again),
        form: again.form,
        notice: again.notice,
        saved,
        version: in_force.version,
        action: format!("/admin/squads/{}", id.as_ref().map_or("new", SquadId::as_str)),
        id,
        units: choices::units(policy, &named),
        kinds: choices::kinds(policy),
        categories: choices::categories(policy),
        members,
    };
    Ok((again.status, html(edit)?).into_response())
}
