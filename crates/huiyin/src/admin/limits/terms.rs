//! The terms of the school: where school days are counted. Emptying a name takes the term away.

use crate::admin::changes::Changes;
use crate::admin::saving::{self, Again, LINE_MAX, Outcome};
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use huiyin_domain::calendar::{Day, Term};
use huiyin_foundation::error::{Error, FieldErrors};
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Filled, Form, Page, html};

/// One line of the form, as typed.
struct Line {
    id: String,
    name: String,
    from: String,
    until: String,
}

#[derive(Template)]
#[template(path = "admin/limits/terms.html")]
struct Terms {
    page: Page,
    form: Filled,
    notice: String,
    version: u32,
    lines: Vec<Line>,
}

/// The terms as they stand, and an empty line.
pub(super) async fn page(State(app): State<App>, page: Page) -> Result<Response, Error> {
    let in_force = app.policy_in_force();
    let lines = in_force.policy.terms.iter().map(|term| Line {
        id: term.id.clone(),
        name: term.name.clone(),
        from: term.from.to_string(),
        until: term.until.to_string(),
    });
    let again = Again::unchanged(Filled::new());
    render(&app, page, again, lines.collect())
}

/// Keeps them.
pub(super) async fn save(State(app): State<App>, page: Page, form: Form) -> Result<Response, Error> {
    let lines = typed(&form);
    if let Err(again) = saving::judge(&form) {
        return render(&app, page, again, lines);
    }
    // The empty line is always sent; a form without any line is none of ours and must not take all terms away.
    if form.all("name").is_empty() {
        return render(&app, page, Again::told(&form, "没有收到学期，请重新打开这一页再填。"), lines);
    }
    let terms = match read(&lines) {
        Ok(terms) => terms,
        Err(errors) => return render(&app, page, Again::wrong(&form, errors), lines),
    };
    let mut policy = app.policy_in_force().policy.clone();
    let mut changes = Changes::default();
    if policy.terms != terms {
        changes.note("起止", &in_words(&policy.terms), &in_words(&terms));
    }
    policy.terms = terms;
    match saving::keep(&app, &page, &form, changes.about("学期"), policy, "/admin/limits").await? {
        Outcome::Done(response) => Ok(response),
        Outcome::Again(again) => render(&app, page, again, lines),
    }
}

/// The lines with a name; the boxes of a line stand at the same place in four lists.
fn typed(form: &Form) -> Vec<Line> {
    let [ids, names, from, until] = ["id", "name", "from", "until"].map(|name| form.all(name));
    let at = |list: &[String], place: usize| list.get(place).cloned().unwrap_or_default();
    let line = |place| Line {
        id: at(&ids, place),
        name: at(&names, place),
        from: at(&from, place),
        until: at(&until, place),
    };
    (0..names.len()).map(line).filter(|line| !line.name.is_empty()).collect()
}

fn read(lines: &[Line]) -> Result<Vec<Term>, FieldErrors> {
    let mut errors = FieldErrors::new();
    let mut terms = Vec::new();
    for line in lines {
        if line.name.chars().count() > LINE_MAX {
            errors.add("terms", format!("学期名称最多 {LINE_MAX} 字"));
        }
        match (line.from.parse::<Day>(), line.until.parse::<Day>()) {
            (Ok(from), Ok(until)) => {
                let id = if line.id.is_empty() { format!("from-{from}") } else { line.id.clone() };
                terms.push(Term { id, name: line.name.clone(), from, until });
            }
            _ => errors.add(
                "terms",
                format!(
                    "「{}」的起止日期请写成 2026-09-01 的样子，现在是「{}」至「{}」",
                    line.name, line.from, line.until
                ),
            ),
        }
    }
    terms.sort_by_key(|term| term.from);
    errors.or(terms)
}

fn in_words(terms: &[Term]) -> String {
    terms
        .iter()
        .map(|term| format!("{} {}至{}", term.name, term.from, term.until))
        .collect::<Vec<_>>()
        .join("，")
}

fn render(app: &App, page: Page, again: Again, mut lines: Vec<Line>) -> Result<Response, Error> {
    lines.push(Line { id: String::new(), name: String::new(), from: String::new(), until: String::new() });
    let terms = Terms {
        page: saving::sheet(page, "改学期", "/admin/limits", &again),
        form: again.form,
        notice: again.notice,
        version: app.policy_in_force().version,
        lines,
    };
    Ok((again.status, html(terms)?).into_response())
}
