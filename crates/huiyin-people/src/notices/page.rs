//! The page of messages (S19): what is new first, one click to the case, one click to have seen it all.

use super::list::{self, Message};
use super::wishes_page;
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use huiyin_domain::ids::PersonId;
use huiyin_foundation::db::DbError;
use huiyin_foundation::error::Error;
use huiyin_foundation::say;
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Door, Form, Page, Pages, Routes, Token, html};
use serde::Deserialize;

const MESSAGES_ON_A_PAGE: u32 = 30;

/// The routes of this room.
pub fn routes() -> Routes {
    Routes::new("notices")
        .get("/messages", Door::SignedIn, show)
        .get("/messages/{id}", Door::SignedIn, open)
        .post("/messages/read", Door::SignedIn, read_all)
        .get("/settings/notices", Door::SignedIn, wishes_page::show)
        .post("/settings/notices", Door::SignedIn, wishes_page::act)
}

#[derive(Template)]
#[template(path = "notices/messages.html")]
struct Messages {
    page: Page,
    lines: Vec<Line>,
    unread: u64,
    pages: Pages,
}

struct Line {
    href: String,
    icon: &'static str,
    words: String,
    when: String,
    is_read: bool,
}

#[derive(Deserialize)]
struct Turned {
    #[serde(default)]
    page: String,
}

async fn show(State(app): State<App>, page: Page, Query(turned): Query<Turned>) -> Result<Response, Error> {
    let (person, keys) = (reader(&page)?, app.keys.clone());
    let number = turned.page.parse().unwrap_or(1);
    let size = u64::from(MESSAGES_ON_A_PAGE);
    let (pages, unread, messages) = app
        .db
        .read(move |tx| {
            let (total, unread) = list::counts(tx, &keys, &person)?;
            let pages = Pages::new(total, number, size, "/messages");
            let messages = list::newest(tx, &keys, &person, MESSAGES_ON_A_PAGE, pages.offset(size))?;
            Ok::<_, DbError>((pages, unread, messages))
        })
        .await?;
    let now = app.now();
    let line = |message: Message| Line {
        href: format!("/messages/{}", message.id),
        icon: icon(&message.kind),
        when: say::moment(now, message.at),
        words: message.words,
        is_read: message.is_read,
    };
    let lines = messages.into_iter().map(line).collect();
    let page = page.titled("消息").at("messages").back_to("/");
    html(Messages { page, lines, unread, pages })
}

/// Following a message is reading it: the mark can be set again without harm, so a link will do.
async fn open(State(app): State<App>, Path(id): Path<String>, page: Page) -> Result<Response, Error> {
    let (person, keys) = (reader(&page)?, app.keys.clone());
    let message = app.db.write(move |tx| list::open(tx, &keys, &person, &id)).await?.ok_or(Error::Hidden)?;
    Ok(Redirect::to(&way(&message)).into_response())
}

async fn read_all(State(app): State<App>, page: Page, form: Form) -> Result<Response, Error> {
    if !matches!(form.token(), Token::Foreign | Token::Missing) {
        let (person, keys) = (reader(&page)?, app.keys.clone());
        app.db.write(move |tx| list::read_all(tx, &keys, &person)).await?;
    }
    Ok(Redirect::to("/messages").into_response())
}

fn reader(page: &Page) -> Result<PersonId, Error> {
    page.visitor.person.clone().ok_or(Error::SignIn)
}

/// Where a message leads: the requester to their case, everybody to a published one, and staff of every kind to the page
/// of the case at the desks, which knows where each of them works on it.
fn way(message: &Message) -> String {
    way_of(&message.kind, message.case_no.as_str())
}

/// The same for a letter that says of which kind it is and about which case.
pub(super) fn way_of(kind: &str, no: &str) -> String {
    match kind {
        "trial" => "/messages".to_owned(),
        "echo_answered" => format!("/public/{no}"),
        "squad_called" => format!("/squad/{no}"),
        "removal_to_confirm" => "/retention".to_owned(),
        "forewarned" => "/staff/warnings".to_owned(),
        "forewarning_task" | "forewarning_reported" => "/staff/tasks".to_owned(),
        "finding_asked" | "finding_answered" | "mending_ordered" | "mending_reported" | "finding_closed" => {
            format!("/staff/findings/{no}")
        }
        "squad_released" => "/squad".to_owned(),
        "cosign_asked" | "cosigned_news" => format!("/cosigning/{no}"),
        kind if is_for_requester(kind) => format!("/cases/{no}"),
        _ => format!("/staff/cases/{no}"),
    }
}

fn is_for_requester(kind: &str) -> bool {
    matches!(
        kind,
        "letter_taken"
            | "letter_added"
            | "handed_on"
            | "progress"
            | "asked"
            | "extended"
            | "answered"
            | "effect_asked"
            | "declined"
            | "escalated"
            | "round_ordered"
            | "supervision_ended"
            | "shelved_reviewed"
            | "struck_off"
            | "kept_away"
            | "handled_together"
            | "others_joined"
            | "by_itself_again"
            | "split_in_two"
            | "part_awaited"
            | "cosign_answered"
            | "proposal_settled"
            | "to_be_removed"
            | "address_to_be_forgotten"
            | "removal_called_off"
            | "complaint_answered"
            | "rating_taken"
            | "recusal_lifted"
    )
}

fn icon(kind: &str) -> &'static str {
    match kind {
        "answered" | "echo_answered" | "progress" | "asked" => "message-square-text",
        "declined" | "withdrawn" => "ban",
        "danger" => "shield-alert",
        "missed" | "supervised" => "triangle-alert",
        "due_soon" | "extension_asked" | "extension_decided" | "extended" => "hourglass",
        "reopened" | "sent_back" => "rotate-ccw",
        "judged" | "effect_asked" => "star",
        "to_instruct" | "escalated" => "stamp",
        "new_for_unit" | "allotted" | "to_assist" | "to_dispatch" => "inbox",
        _ => "bell",
    }
}
