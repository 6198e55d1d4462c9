//! Finding by words (S2): what everybody may read, and one's own (8.7). One box for Chinese words, parts of them, pinyin, first
//! letters, traditional characters and slips of the finger; for each group the right count.
//!
//! Other people's words are never searched here: the public shelf holds what was published, and of the store shelf only
//! what bears the reader's own key is asked. What is asked besides the letters (other words of the school, the sound, a
//! word put right) is always said. What it deliberately does not do: weigh by rarity, or remember who searched what.

mod asked;
mod found;
#[cfg(test)]
mod tests;
mod view;

use asked::Asked;
use axum::extract::{Query, State};
use axum::response::Response;
use found::{Reader, Wanted};
use huiyin_foundation::caller::Caller;
use huiyin_foundation::error::Error;
use huiyin_foundation::index;
use huiyin_foundation::limits::{LimitedAction, Who};
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Door, Page, Routes, html};
use view::{Known, Search};

/// The routes of this room.
pub fn routes() -> Routes {
    Routes::new("search").get("/search", Door::Anyone, show)
}

async fn show(
    State(app): State<App>,
    page: Page,
    caller: Caller,
    Query(asked): Query<Asked>,
) -> Result<Response, Error> {
    let who = page.visitor.person.as_ref().map_or(Who::Address(caller.0), Who::Person);
    app.limits.pass(LimitedAction::Search, who, &app.keys, app.now())?;
    let asked = asked.tidied();
    let (in_force, now) = (app.policy_in_force(), app.now());
    let page = page.titled("搜索").back_to("/");
    if asked.is_empty() {
        return html(Search::empty(page, asked));
    }
    let reader = Reader { own: page.visitor.person.as_ref().map(|person| app.keys.own_refs(person)) };
    let wanted = Wanted::of(&asked, &in_force.policy, reader, now);
    let policy = in_force.clone();
    let found = app.db.read(move |tx| found::find(tx, &wanted, &policy.policy)).await;
    let found = index::or_torn(&app.db, found).await?;
    html(Search::of(page, asked, found, &Known { policy: &in_force.policy, now }))
}
