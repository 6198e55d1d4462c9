//! Who changed whose duties or account, and when: as it was and as it is (10.3, A13). The newest first, of everybody or of
//! one person. Nothing can be changed here.

use super::duties::{duty_in_words, duty_of_word};
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use huiyin_domain::calendar::Instant;
use huiyin_domain::ids::PersonId;
use huiyin_domain::policy::Policy;
use huiyin_foundation::error::Error;
use huiyin_foundation::say;
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Page, Side, html};
use huiyin_people::identity::{self, Changed};
use serde::Deserialize;

const ROWS: usize = 30;

/// What stands behind the question mark.
#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    person: String,
    #[serde(default)]
    after: String,
}

struct Line {
    person: PersonId,
    name: String,
    by: String,
    when: String,
    what: &'static str,
    before: String,
    after: String,
}

#[derive(Template)]
#[template(path = "admin/people/changes.html")]
struct List {
    page: Page,
    /// Of whom; empty for everybody.
    whose: String,
    lines: Vec<Line>,
    next: String,
}

/// The list.
pub(super) async fn page(
    State(app): State<App>,
    Query(asked): Query<Asked>,
    page: Page,
) -> Result<Response, Error> {
    let one = (!asked.person.is_empty()).then(|| PersonId(asked.person.clone()));
    let before = cursor(&asked.after);
    let (whose, mut found) = {
        let one = one.clone();
        let read = move |tx: &mut _| {
            let whose = match &one {
                Some(id) => identity::person(tx, id)?.ok_or(Error::Hidden)?.name,
                None => String::new(),
            };
            Ok::<_, Error>((whose, identity::changes_before(tx, one.as_ref(), &before, ROWS + 1)?))
        };
        app.db.read(read).await?
    };
    let has_more = found.len() > ROWS;
    found.truncate(ROWS);
    let next = found
        .last()
        .filter(|_| has_more)
        .map(|last| format!("/admin/people/changes?person={}&after={}.{}", asked.person, last.at.0, last.id));
    let in_force = app.policy_in_force();
    let lines = found.into_iter().map(|changed| line(&in_force.policy, app.now(), changed)).collect();
    let page = page.titled("改动记录").beside(Side::admin()).back_to("/admin/people");
    html(List { page, whose, lines, next: next.unwrap_or_default() })
}

fn cursor(text: &str) -> (Instant, String) {
    let read = text.split_once('.').and_then(|(at, id)| Some((Instant(at.parse().ok()?), id.to_owned())));
    read.unwrap_or((Instant(i64::MAX), String::new()))
}

fn line(policy: &Policy, now: Instant, changed: Changed) -> Line {
    let is_account = changed.what == "account";
    let said = |words: &str| if is_account { account(words).to_owned() } else { duties(policy, words) };
    Line {
        what: if is_account { "账号" } else { "角色" },
        before: said(&changed.before),
        after: said(&changed.after),
        when: say::moment_long(now, changed.at),
        person: changed.person,
        name: changed.name,
        by: changed.by,
    }
}

fn account(word: &str) -> &'static str {
    if word == "closed" { "停用" } else { "可登录" }
}

fn duties(policy: &Policy, words: &str) -> String {
    let said: Vec<String> =
        words.split_whitespace().filter_map(duty_of_word).map(|duty| duty_in_words(policy, &duty)).collect();
    if said.is_empty() { "没有角色".to_owned() } else { said.join("、") }
}
