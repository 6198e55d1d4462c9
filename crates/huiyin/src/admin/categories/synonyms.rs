//! The school's words for the same (8.7): whoever searches for one of them finds the others too, and is told so.

use crate::admin::changes::Changes;
use crate::admin::saving::{self, Again, Outcome};
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use huiyin_domain::policy::Search;
use huiyin_foundation::error::{Error, FieldErrors};
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Filled, Form, Page, html};

/// So much is read.
const WORDS_MAX: usize = 5000;

#[derive(Template)]
#[template(path = "admin/categories/synonyms.html")]
struct Synonyms {
    page: Page,
    form: Filled,
    notice: String,
    version: u32,
}

/// The words as they stand.
pub(super) async fn page(State(app): State<App>, page: Page) -> Result<Response, Error> {
    let synonyms = app.policy_in_force().policy.search.synonyms.join("\n");
    render(&app, page, Again::unchanged(Filled::new().with("synonyms", synonyms)))
}

/// Keeps them.
pub(super) async fn save(State(app): State<App>, page: Page, form: Form) -> Result<Response, Error> {
    if let Err(again) = saving::judge(&form) {
        return render(&app, page, again);
    }
    let synonyms = match read(&form) {
        Ok(synonyms) => synonyms,
        Err(errors) => return render(&app, page, Again::wrong(&form, errors)),
    };
    let mut policy = app.policy_in_force().policy.clone();
    let mut changes = Changes::default();
    if policy.search.synonyms != synonyms {
        changes.note("同义的词", &policy.search.synonyms.join("；"), &synonyms.join("；"));
    }
    policy.search.synonyms = synonyms;
    match saving::keep(&app, &page, &form, changes.about("搜索"), policy, "/admin/categories").await? {
        Outcome::Done(response) => Ok(response),
        Outcome::Again(again) => render(&app, page, again),
    }
}

/// A line for each group, its words with one space between.
fn read(form: &Form) -> Result<Vec<String>, FieldErrors> {
    let mut errors = form.errors();
    form.expect_at_most(&mut errors, "synonyms", "同义的词", WORDS_MAX);
    let mut lines: Vec<String> = Vec::new();
    for typed in form.text("synonyms").lines() {
        let words = Search::words_of(typed);
        let line = words.join(" ");
        if words.len() == 1 {
            errors.add("synonyms", format!("「{line}」这一行只有一个词，同义的至少写两个，用空格隔开"));
        } else if !line.is_empty() && !lines.contains(&line) {
            lines.push(line);
        }
    }
    errors.or(lines)
}

fn render(app: &App, page: Page, again: Again) -> Result<Response, Error> {
    let sheet = Synonyms {
        page: saving::sheet(page, "搜索时同义的词", "/admin/categories", &again),
        form: again.form,
        notice: again.notice,
        version: app.policy_in_force().version,
    };
    Ok((again.status, html(sheet)?).into_response())
}
