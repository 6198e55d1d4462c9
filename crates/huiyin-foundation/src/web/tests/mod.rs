//! The habits of the web, tested over HTTP where a person would meet them.

mod bundle;
mod components;
mod doors;
mod forms;
mod headers;
mod log;
mod pages;
mod sessions;
mod tokens;
mod troubles;

use super::{Door, Form, Page, Routes};
use crate::testing::TestApp;
use axum::response::Redirect;

/// A site with one route behind each door, and a form that says what it received.
fn site() -> TestApp {
    let routes = Routes::new("tests")
        .get("/anyone", Door::Anyone, greet)
        .get("/nameless", Door::Nameless, greet)
        .get("/mine", Door::SignedIn, greet)
        .get("/boom", Door::Anyone, boom)
        .post("/say", Door::Anyone, echo)
        .post("/mine/say", Door::SignedIn, async || Redirect::to("/mine"));
    TestApp::new(routes)
}

async fn greet(page: Page) -> String {
    let name = if page.visitor.is_signed_in() { page.visitor.name.clone() } else { "stranger".to_owned() };
    format!("hello {name}")
}

async fn boom() -> String {
    panic!("the lamp fell down");
}

/// Answers with every text, its error, and the files it holds.
async fn echo(form: Form) -> String {
    let errors = form.errors();
    let title = form.text("title");
    let words = form.words("words");
    let wrong: Vec<String> = errors.iter().map(|(name, sentence)| format!("{name}: {sentence}")).collect();
    let files: Vec<String> =
        form.files("photo").iter().map(|file| format!("{}={}", file.name, file.bytes.len())).collect();
    format!(
        "title[{title}] words[{words}] wrong[{}] files[{}] token[{:?}]",
        wrong.join("|"),
        files.join("|"),
        form.token()
    )
}
