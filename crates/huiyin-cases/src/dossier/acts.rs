//! Carrying out what a form asks, once: with a valid token, on the case as the page showed it, never twice for a double
//! press. Whoever acts on a page that has grown old is shown what is new first, with their words kept.

use super::asked::{self, Noun};
use super::concerned;
use super::page::{self, View};
use super::picked;
use super::roads::{self, Together};
use super::since::{Reader, who_was_first};
use crate::cases::covering;
use crate::cases::log::{self, Bench, Standing, carry_out};
use crate::cases::once::SentForm;
use crate::cases::proposal;
use crate::cases::sight::{self, Seen};
use crate::cases::together::Hand;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use huiyin_domain::access::{Role, sees_line};
use huiyin_domain::case::{ANOTHER_DAY, Actor, By, Command};
use huiyin_domain::ids::{CaseNo, CategoryId, UnitId};
use huiyin_domain::policy::Policy;
use huiyin_foundation::db::Tx;
use huiyin_foundation::error::Error;
use huiyin_foundation::keys::Keys;
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Form, Page, Visitor, marked};

/// Two presses of one button lie closer together than this.
const DOUBLE_PRESS_MS: i64 = 60_000;

/// POST /staff/cases/{no}/…
pub(super) async fn act(
    State(app): State<App>,
    page: Page,
    Path(no): Path<String>,
    form: Form,
) -> Result<Response, Error> {
    let noun = Noun::of_path(&page.path)?;
    let sent = Sent { back: format!("/staff/cases/{no}"), no: CaseNo(no), noun, form };
    carry(app, page, sent).await
}

/// A form of these desks on its way.
pub(crate) struct Sent {
    /// On which case.
    pub no: CaseNo,
    /// What it asks.
    pub noun: Noun,
    /// The form.
    pub form: Form,
    /// Where to go when it is done.
    pub back: String,
}

/// Carries out what a form asks and goes back; a form that cannot be taken is shown again on the page of the case.
pub(crate) async fn carry(app: App, page: Page, sent: Sent) -> Result<Response, Error> {
    let Sent { no, noun, form, back } = sent;
    let asked = match (picked::category(noun, &form), roads::together(noun, &form)) {
        (Some(category), _) => Ok(Asked::Picked(category)),
        (None, Ok(Some(together))) => Ok(Asked::Together(together)),
        (None, Ok(None)) => asked::command(noun, &form).map(Asked::Plain),
        (None, Err(errors)) => Err(errors),
    };
    let asked = match form.taken(asked) {
        Ok(asked) => asked,
        Err((filled, sentence)) => {
            let view = View::again(noun, filled, &sentence, "");
            return page::render(app, page, no, view, StatusCode::UNPROCESSABLE_ENTITY).await;
        }
    };
    let (school, case_no) = (app.clone(), no.clone());
    let (visitor, seen_seq) = (page.visitor.clone(), seen_seq(&app.keys, &no, &form));
    let sent = SentForm::of(&app.keys, &no, noun.word(), &form);
    let is_looked_into = form.has(concerned::LOOKED_INTO);
    let draft = marked(&app.keys, &no, &form.text("draft"));
    let proposed = picked::proposed(&app, noun, &no).await?;
    let done = app.db.write(move |tx| {
        let standing = Standing::of(&school);
        let bench = standing.bench(&school.keys);
        match asked {
            Asked::Picked(category) => {
                let hand = (&visitor, &sent, seen_seq);
                picked::carry(tx, &bench, hand, &case_no, category, is_looked_into)?;
                picked::note(tx, &bench, &case_no, None, proposed.as_ref())
            }
            Asked::Plain(command) => {
                if noun == Noun::Statute {
                    roads::expect_a_road(tx, &bench, &visitor, &case_no, &command)?;
                }
                if !is_looked_into {
                    let seen = sight::by_staff(tx, &bench, &actor_of(&visitor)?, &case_no)?;
                    concerned::expect_other_unit(tx, &bench, &seen, &command)?;
                }
                let command = proposal::with_texts(tx, &case_no, draft, command)?;
                let corrected = picked::corrected(&command);
                carry_once(tx, &bench, &visitor, &case_no, &sent, seen_seq, command)?;
                picked::note(tx, &bench, &case_no, corrected.as_ref(), proposed.as_ref())
            }
            Asked::Together(Together::Split(title, body, Some(unit))) if !is_looked_into => {
                let seen = sight::by_staff(tx, &bench, &actor_of(&visitor)?, &case_no)?;
                if seen.case().restricted {
                    concerned::expect_unnamed(tx, &bench, &seen, &[&unit])?;
                }
                let asked = Together::Split(title, body, Some(unit));
                together_once(tx, &bench, &visitor, &case_no, (&sent, seen_seq), &asked)
            }
            Asked::Together(asked) => {
                together_once(tx, &bench, &visitor, &case_no, (&sent, seen_seq), &asked)
            }
        }
    });
    let refused =
        |sentence: &str, clause: &str| View::again(noun, form.filled(form.errors()), sentence, clause);
    let view = match done.await {
        Ok(()) => return Ok(Redirect::to(&back).into_response()),
        Err(Error::Refused { sentence, clause }) => {
            let mut errors = form.errors();
            if let Some(field) = noun.day_field().filter(|_| sentence.ends_with(ANOTHER_DAY)) {
                errors.add(field, sentence.clone());
            }
            View::again(noun, form.filled(errors), &sentence, &clause)
        }
        Err(Error::Conflict { sentence }) => refused(&sentence, ""),
        Err(Error::Invalid(errors)) => {
            let view = View::again(noun, form.filled(errors), "", "");
            return page::render(app, page, no, view, StatusCode::UNPROCESSABLE_ENTITY).await;
        }
        Err(other) => return Err(other),
    };
    page::render(app, page, no, view, StatusCode::CONFLICT).await
}

/// What a form asks: of one case, or of two.
enum Asked {
    Plain(Command),
    /// Under this category, and to the unit whose matter it is.
    Picked(CategoryId),
    Together(Together),
}

/// Carries out what touches two cases, once for each form.
fn together_once(
    tx: &mut Tx,
    bench: &Bench<'_>,
    visitor: &Visitor,
    no: &CaseNo,
    (sent, seen_seq): (&SentForm, Option<u32>),
    asked: &Together,
) -> Result<(), Error> {
    let actor = actor_of(visitor)?;
    let seen = sight::by_staff(tx, bench, &actor, no)?;
    if !sent.is_first(tx, no, bench.now.day())? {
        return Ok(());
    }
    if seen_seq.is_some_and(|seq| has_moved(&seen, seq)) {
        return Err(moved(tx, visitor, &seen, seen_seq.unwrap_or_default(), bench)?);
    }
    let unit = acting_for(visitor, bench.policy);
    roads::carry(tx, bench, Hand { actor: &actor, unit: unit.as_ref() }, &seen, asked)
}

/// The last event that the page showed, as its form says; none for a form that does not say.
pub(crate) fn seen_seq(keys: &Keys, no: &CaseNo, form: &Form) -> Option<u32> {
    marked(keys, no, &form.text("seen"))
}

/// Carries out a command on the case as the page showed it, once for each form.
///
/// # Errors
/// `Conflict` when something happened to the case since; `Hidden` and `Refused` as the hall says.
pub(crate) fn carry_once(
    tx: &mut Tx,
    bench: &Bench<'_>,
    visitor: &Visitor,
    no: &CaseNo,
    sent: &SentForm,
    seen_seq: Option<u32>,
    command: Command,
) -> Result<(), Error> {
    carry_all_once(tx, bench, (visitor, sent, seen_seq), no, vec![command])
}

/// The same for several commands that one press asks for; the last is what it was about.
pub(super) fn carry_all_once(
    tx: &mut Tx,
    bench: &Bench<'_>,
    (visitor, sent, seen_seq): (&Visitor, &SentForm, Option<u32>),
    no: &CaseNo,
    commands: Vec<Command>,
) -> Result<(), Error> {
    let actor = actor_of(visitor)?;
    let seen = sight::by_staff(tx, bench, &actor, no)?;
    if !sent.is_first(tx, no, bench.now.day())? {
        return Ok(());
    }
    if seen_seq.is_some_and(|seq| has_moved(&seen, seq)) {
        if commands.last().is_some_and(|command| is_double_press(&seen, visitor, command, bench)) {
            return Ok(());
        }
        return Err(moved(tx, visitor, &seen, seen_seq.unwrap_or_default(), bench)?);
    }
    for command in commands {
        covering::expect_unnamed(tx, &seen, &command)?;
        carry_out(tx, bench, &actor, acting_for(visitor, bench.policy).as_ref(), no, command)?;
    }
    Ok(())
}

/// What goes past this reader is no news to them, and its being there is not theirs to know.
fn has_moved(seen: &Seen, since: u32) -> bool {
    seen.loaded.record.iter().any(|line| line.seq > since && sees_line(&seen.hats, line))
}

/// What is said to whoever acts on a page that has grown old: who was first, and that nothing of theirs is lost.
fn moved(tx: &mut Tx, visitor: &Visitor, seen: &Seen, since: u32, bench: &Bench<'_>) -> Result<Error, Error> {
    let reader = Reader { person: visitor.person.as_ref().ok_or(Error::SignIn)?, hats: &seen.hats };
    let first = who_was_first(tx, reader, &seen.no, since, bench.now)?.unwrap_or_default();
    let sentence = "这件刚有新进展，已经显示在下面。看过之后还要办，请再点一次，写好的都在。";
    Ok(Error::conflict(format!("{first}{sentence}")))
}

fn is_double_press(seen: &Seen, visitor: &Visitor, command: &Command, bench: &Bench<'_>) -> bool {
    let (kind, words) = asked::words_of(command);
    seen.loaded.record.last().is_some_and(|last| {
        let is_theirs =
            matches!(&last.by, By::Staff { person, .. } if Some(person) == visitor.person.as_ref());
        is_theirs
            && bench.now.0 - last.at.0 < DOUBLE_PRESS_MS
            && asked::is_answered_by(command, &last.event)
            && seen.texts.of(last.seq, kind) == words
    })
}

/// The visitor with all their duties, as the rules see them.
pub(crate) fn actor_of(visitor: &Visitor) -> Result<Actor, Error> {
    let person = visitor.person.as_ref().ok_or(Error::SignIn)?;
    Ok(log::staff(person, &visitor.duties))
}

/// A clerk acts for the coordinating office; leaders and supervisors act for no unit.
fn acting_for(visitor: &Visitor, policy: &Policy) -> Option<UnitId> {
    visitor.has(Role::Clerk).then(|| policy.school.coordinator.clone())
}
