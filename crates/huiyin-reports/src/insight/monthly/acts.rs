//! What is done on a monthly topic: the unit that leads reports, the office shows it to everybody, takes it back and ends it.

use super::super::scope::Scope;
use super::super::tasks::rows::note;
use super::super::warnings::tell;
use super::one::render;
use super::{rows, sees};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use huiyin_domain::access::Role;
use huiyin_foundation::error::Error;
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Form, Page};
use huiyin_people::notices::{Notice, Recipient};

const WORDS_CHARS: usize = 1000;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Act {
    Progress,
    Publish,
    Unpublish,
    Close,
}

impl Act {
    fn step(self) -> &'static str {
        match self {
            Act::Progress => "progress",
            Act::Publish => "published",
            Act::Unpublish => "unpublished",
            Act::Close => "closed",
        }
    }

    fn wants(self) -> &'static str {
        match self {
            Act::Progress => "请写明做到哪一步了",
            Act::Publish => "请写几句给大家的话",
            Act::Unpublish => "",
            Act::Close => "请写明办成了什么",
        }
    }
}

/// POST /staff/monthly/{id}/progress
pub(super) async fn progress(
    state: State<App>,
    page: Page,
    id: Path<String>,
    form: Form,
) -> Result<Response, Error> {
    carry_out(state, page, id, form, Act::Progress).await
}

/// POST /staff/monthly/{id}/publish
pub(super) async fn publish(
    state: State<App>,
    page: Page,
    id: Path<String>,
    form: Form,
) -> Result<Response, Error> {
    carry_out(state, page, id, form, Act::Publish).await
}

/// POST /staff/monthly/{id}/unpublish
pub(super) async fn unpublish(
    state: State<App>,
    page: Page,
    id: Path<String>,
    form: Form,
) -> Result<Response, Error> {
    carry_out(state, page, id, form, Act::Unpublish).await
}

/// POST /staff/monthly/{id}/close
pub(super) async fn close(
    state: State<App>,
    page: Page,
    id: Path<String>,
    form: Form,
) -> Result<Response, Error> {
    carry_out(state, page, id, form, Act::Close).await
}

async fn carry_out(
    State(app): State<App>,
    page: Page,
    Path(id): Path<String>,
    form: Form,
    act: Act,
) -> Result<Response, Error> {
    let mut errors = form.errors();
    form.expect_at_most(&mut errors, "words", "这段话", WORDS_CHARS);
    let words = form.words("words");
    if words.is_empty() && !act.wants().is_empty() {
        errors.add("words", act.wants());
    }
    let wrong = errors.iter().next().map(|(_, sentence)| sentence.to_owned());
    if let Some(sentence) = form.token().sentence().map(str::to_owned).or(wrong) {
        return render(app, page, id, sentence, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    let by = page.visitor.person.clone().ok_or(Error::SignIn)?;
    let (school, visitor, monthly_id) = (app.clone(), page.visitor.clone(), id.clone());
    let written = app
        .db
        .write(move |tx| {
            let in_force = school.policy_in_force();
            let (policy, now) = (&in_force.policy, school.now());
            let scope = Scope::of(&visitor, policy);
            let found = rows::find(tx, &monthly_id)?.filter(|one| sees(&scope, one)).ok_or(Error::Hidden)?;
            let unit = found.unit.as_str();
            let is_theirs = visitor.has_at(Role::Officer, unit) || visitor.has_at(Role::UnitHead, unit);
            let refused = |sentence| Error::refused(sentence, policy.warnings.clause.clone());
            match act {
                Act::Progress if !is_theirs => return Err(Error::Hidden),
                Act::Progress if found.closed_at.is_some() => {
                    return Err(refused("这一题已经办结，不能再报进展。"));
                }
                Act::Progress => {}
                Act::Publish if found.public_at.is_some() => return Err(refused("这一题已经公开了。")),
                Act::Publish => rows::show_to_all(tx, &found.id, Some(now), &words)?,
                Act::Unpublish if found.public_at.is_none() => return Err(refused("这一题没有公开。")),
                Act::Unpublish => rows::show_to_all(tx, &found.id, None, "")?,
                Act::Close => {
                    if !rows::close(tx, &found.id, now)? {
                        return Err(refused("这一题已经办结了。"));
                    }
                }
            }
            note(tx, &found.id, now, &by, act.step(), &words)?;
            let (whom, notice) = match act {
                Act::Progress => (Recipient::Clerks, Notice::ForewarningReported),
                Act::Close => {
                    (Recipient::Unit(found.unit.clone()), Notice::ForewarningTask { until: String::new() })
                }
                Act::Publish | Act::Unpublish => return Ok(()),
            };
            tell(tx, &school, &policy.school.coordinator, &whom, &notice)
        })
        .await;
    match written {
        Ok(()) => Ok(Redirect::to(&format!("/staff/monthly/{id}")).into_response()),
        Err(Error::Refused { sentence, .. }) => render(app, page, id, sentence, StatusCode::CONFLICT).await,
        Err(other) => Err(other),
    }
}
