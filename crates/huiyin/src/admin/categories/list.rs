//! The catalogue, and the box in which a text is tried on it.

use crate::admin::choices;
use crate::admin::saving::{self, Again, Just};
use askama::Template;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use huiyin_domain::ids::KindId;
use huiyin_domain::policy::{self, Category, Policy};
use huiyin_foundation::error::Error;
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Choice, Filled, Form, Page, Side, html};

const TEXT_MAX: usize = 2000;

struct Line {
    category: Category,
    unit: String,
    kinds: String,
}

/// What a text is taken for.
struct Found {
    name: String,
    unit: String,
    words: String,
    share: u8,
}

/// What came of trying a text.
struct Tried {
    found: Vec<Found>,
    crisis: String,
    urgent: String,
}

#[derive(Template)]
#[template(path = "admin/categories/list.html")]
struct List {
    page: Page,
    form: Filled,
    notice: String,
    saved: String,
    lines: Vec<Line>,
    kinds: Vec<Choice>,
    tried: Option<Tried>,
}

/// The catalogue.
pub(super) async fn page(
    State(app): State<App>,
    Query(just): Query<Just>,
    page: Page,
) -> Result<Response, Error> {
    let again = Again::unchanged(Filled::new());
    render(&app, page, again, just.sentence(), None)
}

/// Tries a text. Sent as a form, so that it stands in no address and no log.
pub(super) async fn test(State(app): State<App>, page: Page, form: Form) -> Result<Response, Error> {
    if let Err(again) = saving::judge(&form) {
        return render(&app, page, again, String::new(), None);
    }
    let in_force = app.policy_in_force();
    let kind = KindId(form.text("kind"));
    let mut errors = form.errors();
    errors.expect(form.has("text"), "text", "请写一段要试的话");
    errors.expect(in_force.policy.kind(&kind).is_some(), "kind", "请选一个类型");
    form.expect_at_most(&mut errors, "text", "要试的话", TEXT_MAX);
    if !errors.is_empty() {
        return render(&app, page, Again::wrong(&form, errors), String::new(), None);
    }
    let tried = tried(&in_force.policy, &kind, &form.words("text"));
    let again = Again::unchanged(form.filled(errors));
    render(&app, page, again, String::new(), Some(tried))
}

fn tried(policy: &Policy, kind: &KindId, text: &str) -> Tried {
    let found = |proposal: policy::Proposal| Found {
        name: policy.category(&proposal.category).map(|category| category.name.clone()).unwrap_or_default(),
        unit: unit_name(policy, proposal.unit.as_ref().map(|unit| unit.as_str())),
        words: proposal.words.join("、"),
        share: proposal.share,
    };
    Tried {
        found: policy::propose(policy, kind, text).into_iter().map(found).collect(),
        crisis: policy::crisis_hits(policy, text).join("、"),
        urgent: policy::urgent_hits(policy, text).join("、"),
    }
}

fn unit_name(policy: &Policy, id: Option<&str>) -> String {
    let unit = id.and_then(|id| policy.units.iter().find(|unit| unit.id.as_str() == id));
    unit.map_or_else(|| "由受理员定单位".to_owned(), |unit| unit.name.clone())
}

fn render(
    app: &App,
    page: Page,
    again: Again,
    saved: String,
    tried: Option<Tried>,
) -> Result<Response, Error> {
    let in_force = app.policy_in_force();
    let policy = &in_force.policy;
    let line = |category: &Category| Line {
        unit: unit_name(policy, category.unit.as_ref().map(|unit| unit.as_str())),
        kinds: choices::kind_names(policy, &category.kinds),
        category: category.clone(),
    };
    let list = List {
        page: page.titled("类别派单").beside(Side::admin()).with_errors(!again.form.errors.is_empty()),
        form: again.form,
        notice: again.notice,
        saved,
        lines: policy.categories.iter().map(line).collect(),
        kinds: choices::kinds(policy),
        tried,
    };
    Ok((again.status, html(list)?).into_response())
}
