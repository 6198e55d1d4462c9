//! The page of all places, which is one form.

use super::edit::{self, Line, Uses, Wanted};
use crate::admin::changes::Changes;
use crate::admin::saving::{self, Again, Just, Outcome};
use askama::Template;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use huiyin_foundation::db::{DbError, Tx};
use huiyin_foundation::error::Error;
use huiyin_foundation::params;
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Filled, Form, Page, Side, html};

const ADDED_CHARS_MAX: usize = 20_000;

/// The places of one campus.
struct Campus {
    name: String,
    lines: Vec<Line>,
}

#[derive(Template)]
#[template(path = "admin/places/page.html")]
struct Places {
    page: Page,
    form: Filled,
    notice: String,
    saved: String,
    version: u32,
    are_of_the_preset: bool,
    campuses: Vec<Campus>,
}

/// The list as it stands.
pub(super) async fn show(
    State(app): State<App>,
    Query(just): Query<Just>,
    page: Page,
) -> Result<Response, Error> {
    let uses = app.db.read(uses).await?;
    let lines = edit::lines(&app.policy_in_force().policy.places, &uses);
    let again = Again::unchanged(Filled::new());
    render(&app, page, again, lines, just.sentence())
}

/// Keeps what was changed.
pub(super) async fn save(State(app): State<App>, page: Page, form: Form) -> Result<Response, Error> {
    let uses = app.db.read(uses).await?;
    let lines = edit::typed(&form, &uses);
    if let Err(again) = saving::judge(&form) {
        return render(&app, page, again, lines, String::new());
    }
    let mut policy = app.policy_in_force().policy.clone();
    let mut changes = Changes::default();
    let added = form.words("added");
    let mut errors = form.errors();
    form.expect_at_most(&mut errors, "added", "新加的地点", ADDED_CHARS_MAX);
    let wanted = Wanted { lines: &lines, added: &added, drops_preset: form.has("drop_preset") };
    let places = errors.or(()).and_then(|()| edit::changed(&policy.places, &wanted, &mut changes));
    match places {
        Ok(places) => policy.places = places,
        Err(errors) => return render(&app, page, Again::wrong(&form, errors), lines, String::new()),
    }
    match saving::keep(&app, &page, &form, changes.about("地点"), policy, "/admin/places").await? {
        Outcome::Done(response) => Ok(response),
        Outcome::Again(again) => render(&app, page, again, lines, String::new()),
    }
}

fn uses(tx: &mut Tx) -> Result<Uses, DbError> {
    // How many cases name each place?
    let rows = tx.query(
        "select place, count(*) as cases
           from cases
          where place is not null
          group by place",
        params![],
    )?;
    rows.iter().map(|row| Ok((row.get("place")?, row.get("cases")?))).collect()
}

fn render(app: &App, page: Page, again: Again, lines: Vec<Line>, saved: String) -> Result<Response, Error> {
    let in_force = app.policy_in_force();
    let places = Places {
        page: page.titled("地点").beside(Side::admin()).with_errors(!again.form.errors.is_empty()),
        form: again.form,
        notice: again.notice,
        saved,
        version: in_force.version,
        are_of_the_preset: edit::are_of_the_preset(&in_force.policy.places),
        campuses: by_campus(lines),
    };
    Ok((again.status, html(places)?).into_response())
}

fn by_campus(lines: Vec<Line>) -> Vec<Campus> {
    let mut campuses: Vec<Campus> = Vec::new();
    for line in lines {
        match campuses.iter_mut().find(|campus| campus.name == line.campus) {
            Some(campus) => campus.lines.push(line),
            None => campuses.push(Campus { name: line.campus.clone(), lines: vec![line] }),
        }
    }
    campuses
}
