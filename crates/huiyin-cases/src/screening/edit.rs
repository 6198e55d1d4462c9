//! Making a list and changing one: its name, its owner, its numbers and what it is narrowed to. Every change is a new version
//! with who and when; the list is run through at once.

use super::question::{Kind, Question};
use super::run::run_through;
use super::saved::{self, List};
use crate::cases::log::Standing;
use crate::coordination;
use crate::dossier::{open_places, open_units};
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use huiyin_domain::access::Role;
use huiyin_domain::ids::{CategoryId, KindId, PersonId, PlaceId, UnitId};
use huiyin_domain::policy::Policy;
use huiyin_foundation::db::Tx;
use huiyin_foundation::error::{Error, FieldErrors};
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Choice, Filled, Form, Page, html};
use huiyin_people::units::{self, Holder};
use serde::Deserialize;

const NAME_CHARS_MAX: usize = 30;

/// What the address may ask for.
#[derive(Default, Deserialize)]
pub(super) struct Ask {
    #[serde(default)]
    kind: String,
}

/// A number of the form.
struct Field {
    name: &'static str,
    words: &'static str,
    hint: String,
}

#[derive(Template)]
#[template(path = "screening/edit.html")]
struct Edit {
    page: Page,
    /// Where the form goes.
    action: String,
    /// The question before anything is typed.
    definition: String,
    kinds: Vec<(String, &'static str, bool)>,
    numbers: Vec<Field>,
    owners: Vec<Choice>,
    units: Vec<Choice>,
    of_kinds: Vec<Choice>,
    categories: Vec<Choice>,
    places: Vec<Choice>,
    is_new: bool,
    form: Filled,
    notice: String,
}

/// GET /staff/lists/new
pub(super) async fn begin(
    State(app): State<App>,
    page: Page,
    Query(ask): Query<Ask>,
) -> Result<Response, Error> {
    let kind = Kind::from_word(&ask.kind).unwrap_or(Kind::Repeated);
    render(app, page, Of::New(kind), None, String::new(), StatusCode::OK).await
}

/// GET /staff/lists/{id}/question
pub(super) async fn show(
    State(app): State<App>,
    page: Page,
    Path(id): Path<String>,
) -> Result<Response, Error> {
    let list = app.db.read(move |tx| saved::find(tx, &id)).await?.ok_or(Error::Hidden)?;
    render(app, page, Of::Known(Box::new(list)), None, String::new(), StatusCode::OK).await
}

/// POST /staff/lists
pub(super) async fn make(State(app): State<App>, page: Page, form: Form) -> Result<Response, Error> {
    let kind = Kind::from_word(&form.text("kind")).unwrap_or(Kind::Repeated);
    keep(app, page, Of::New(kind), form).await
}

/// POST /staff/lists/{id}/question
pub(super) async fn change(
    State(app): State<App>,
    page: Page,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Error> {
    let list = app.db.read(move |tx| saved::find(tx, &id)).await?.ok_or(Error::Hidden)?;
    keep(app, page, Of::Known(Box::new(list)), form).await
}

/// Who may look after a list, each once.
fn owners(tx: &mut Tx) -> Result<Vec<Holder>, Error> {
    let mut owners: Vec<Holder> = Vec::new();
    for role in [Role::Clerk, Role::Supervisor] {
        for one in units::all_with(tx, role)? {
            if owners.iter().all(|known| known.person != one.person) {
                owners.push(one);
            }
        }
    }
    Ok(owners)
}

/// Which list the form is about.
enum Of {
    New(Kind),
    Known(Box<List>),
}

impl Of {
    fn kind(&self) -> Kind {
        match self {
            Of::New(kind) => *kind,
            Of::Known(list) => list.question.kind,
        }
    }
}

async fn keep(app: App, page: Page, of: Of, form: Form) -> Result<Response, Error> {
    let by = page.visitor.person.clone().ok_or(Error::SignIn)?;
    let in_force = app.policy_in_force();
    let owners = app.db.read(owners).await?;
    let typed = match form.taken(typed(&form, of.kind(), &in_force.policy, &owners)) {
        Ok(typed) => typed,
        Err((filled, notice)) => {
            return render(app, page, of, Some(filled), notice, StatusCode::UNPROCESSABLE_ENTITY).await;
        }
    };
    let now = app.now();
    let seen: i64 = form.text("version").parse().unwrap_or(0);
    let (id, version) = match &of {
        Of::New(_) => (app.keys.uuid_v7(now), 1),
        Of::Known(list) => (list.id.clone(), seen + 1),
    };
    let list = List { id, version, made: Some((now, by.clone())), ..typed };
    if let Of::Known(known) = &of
        && known.version != seen
    {
        let sentence = "这份清单刚有人改过，请看过现在的口径再改。".to_owned();
        return render(app, page, of, Some(form.filled(form.errors())), sentence, StatusCode::CONFLICT).await;
    }
    let kept = list.clone();
    app.db.write(move |tx| saved::keep(tx, &kept, &by, now)).await?;
    let to = format!("/staff/lists/{}", list.id);
    if !list.is_set_aside {
        run_through(&app, list).await?;
    }
    Ok(Redirect::to(&to).into_response())
}

/// What the form says, if it may be taken.
fn typed(form: &Form, kind: Kind, policy: &Policy, owners: &[Holder]) -> Result<List, FieldErrors> {
    let mut errors = form.errors();
    let name = form.text("name");
    errors.expect(!name.is_empty(), "name", "请给清单起个名字");
    form.expect_at_most(&mut errors, "name", "名字", NAME_CHARS_MAX);
    let mut question = Question { unit: None, ..Question::ready(kind) };
    for number in kind.numbers() {
        let value: Option<u16> = form.text(number.field).parse().ok();
        let value = value.filter(|value| (number.least..=number.most).contains(value));
        if value.is_none() {
            errors.add(number.field, format!("请写 {} 到 {} 之间的整数", number.least, number.most));
        }
        let value = value.unwrap_or(number.first);
        match number.field {
            "days" => question.days = value,
            "at_least" => question.at_least = value,
            _ => question.second = value,
        }
    }
    let chosen = |field: &str| Some(form.text(field)).filter(|value| !value.is_empty());
    question.unit = chosen("unit").map(UnitId).filter(|id| policy.unit(id).is_some());
    question.of_kind = chosen("of_kind").map(KindId).filter(|id| policy.kind(id).is_some());
    question.category = chosen("category").map(CategoryId).filter(|id| policy.category(id).is_some());
    question.place = chosen("place").map(PlaceId).filter(|id| policy.place(id).is_some());
    let owner = chosen("owner").map(PersonId);
    let is_known = owner.as_ref().is_none_or(|owner| owners.iter().any(|one| one.person == *owner));
    errors.expect(is_known, "owner", "请重新选一位，原来的已不在这个岗位");
    let is_set_aside = form.has("set_aside");
    errors.or(List { id: String::new(), version: 0, name, question, owner, is_set_aside, made: None })
}

async fn render(
    app: App,
    page: Page,
    of: Of,
    form: Option<Filled>,
    notice: String,
    status: StatusCode,
) -> Result<Response, Error> {
    let (school, visitor) = (app.clone(), page.visitor.clone());
    let (standing, side, owners) = app
        .db
        .read(move |tx| {
            let standing = Standing::of(&school);
            let side = coordination::side(tx, &standing.policy.policy, &visitor, standing.now)?;
            let owners = owners(tx)?;
            Ok::<_, Error>((standing, side, owners))
        })
        .await?;
    let policy = &standing.policy.policy;
    let kind = of.kind();
    let (id, question, first) = match &of {
        Of::New(kind) => {
            let question = Question::ready(*kind);
            let first = filled(&question, kind.name(), page.visitor.person.as_ref(), false, 0);
            (None, question, first)
        }
        Of::Known(list) => {
            let first =
                filled(&list.question, &list.name, list.owner.as_ref(), list.is_set_aside, list.version);
            (Some(list.id.clone()), list.question.clone(), first)
        }
    };
    let form = form.unwrap_or(first);
    let people = owners.iter().map(|one| Choice::new(one.person.as_str(), one.name.as_str())).collect();
    let choice = |id: &str, name: &str| Choice::new(id, name);
    let answer = html(Edit {
        action: id
            .as_ref()
            .map_or_else(|| "/staff/lists".to_owned(), |id| format!("/staff/lists/{id}/question")),
        definition: question.definition(policy),
        kinds: Kind::ALL
            .map(|one| (format!("/staff/lists/new?kind={}", one.word()), one.name(), one == kind))
            .into(),
        numbers: kind
            .numbers()
            .into_iter()
            .map(|number| Field {
                name: number.field,
                words: number.words,
                hint: format!("{} 到 {}", number.least, number.most),
            })
            .collect(),
        owners: people,
        units: open_units(policy),
        of_kinds: policy.kinds.iter().map(|kind| choice(kind.id.as_str(), &kind.name)).collect(),
        categories: policy.categories.iter().map(|one| choice(one.id.as_str(), &one.name)).collect(),
        places: open_places(policy),
        is_new: id.is_none(),
        page: {
            let back = id.map_or_else(|| "/staff/lists".to_owned(), |id| format!("/staff/lists/{id}"));
            let has_errors = !form.errors.is_empty() || !notice.is_empty();
            let title = if matches!(of, Of::New(_)) { "新建清单" } else { "改口径" };
            page.titled(title).back_to(back).with_errors(has_errors).beside_any(side)
        },
        form,
        notice,
    })?;
    Ok((status, answer).into_response())
}

fn filled(
    question: &Question,
    name: &str,
    owner: Option<&PersonId>,
    is_set_aside: bool,
    version: i64,
) -> Filled {
    let mut form = Filled::new().with("name", name).with("kind", question.kind.word());
    for number in question.kind.numbers() {
        form = form.with(number.field, question.number(number.field).to_string());
    }
    let of = |id: Option<&str>| id.unwrap_or_default().to_owned();
    form.with("owner", of(owner.map(PersonId::as_str)))
        .with("unit", of(question.unit.as_ref().map(|id| id.as_str())))
        .with("of_kind", of(question.of_kind.as_ref().map(|id| id.as_str())))
        .with("category", of(question.category.as_ref().map(|id| id.as_str())))
        .with("place", of(question.place.as_ref().map(|id| id.as_str())))
        .with("set_aside", if is_set_aside { "yes" } else { "" })
        .with("version", version.to_string())
}
