//! The three steps. `GET /say/{kind}` begins; every button posts to `/say/{kind}`, which keeps new photos, judges what lies
//! before the step asked for, and shows it, or the first step that something is wrong with.
//!
//! Going from step to step stores nothing but photos that belong to nobody, so an old or foreign token stops nobody
//! here; it is judged when the case is sent.

use super::answers::{Answers, identity_from};
use super::entrance::Entrance;
use super::pages::{self, Showing, Step};
use super::{channel, parking, photos, rules};
use crate::alike::{Alike, Typed, among_public};
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use huiyin_foundation::caller::Caller;
use huiyin_foundation::error::{Error, FieldErrors};
use huiyin_foundation::limits::{LimitedAction, Who};
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Form, Page};
use serde::Deserialize;

/// What the address may bring along: the sheet in a room names the place, the search box its words; or parked answers.
#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    title: String,
    #[serde(default)]
    place: String,
    #[serde(default)]
    room: String,
    #[serde(default)]
    via: String,
    #[serde(default)]
    parked: String,
}

/// What a button asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wish {
    /// A step.
    Go(Step),
    /// Stay and show the photos just handed in.
    AddPhotos,
    /// Take this photo away.
    DropPhoto(usize),
    /// Leave the channel that asks for a name, with everything that was written.
    LeaveChannel,
    /// Sign in and come back.
    SignIn,
}

impl Wish {
    fn of(form: &Form) -> Wish {
        let go = form.text("go");
        match go.as_str() {
            "1" => Wish::Go(Step::Matter),
            "2" => Wish::Go(Step::Reply),
            "photos" => Wish::AddPhotos,
            "plain" => Wish::LeaveChannel,
            "sign-in" => Wish::SignIn,
            other => match other.strip_prefix("drop-").and_then(|place| place.parse().ok()) {
                Some(place) => Wish::DropPhoto(place),
                None => Wish::Go(Step::Check),
            },
        }
    }
}

/// `GET /say/{kind}`
pub(super) async fn begin(
    State(app): State<App>,
    Path(kind): Path<String>,
    Query(asked): Query<Asked>,
    page: Page,
) -> Result<Response, Error> {
    let entrance = Entrance::of(&app, &kind)?;
    if !asked.parked.is_empty() {
        return resume(&app, &entrance, asked.parked, page).await;
    }
    let answers = Answers::asked_for(asked.title, asked.place, asked.room, asked.via);
    if let Some(page) = channel::not_meant(&app, &page, &entrance, &answers).await? {
        return Ok(page);
    }
    let errors = FieldErrors::new();
    let notice = String::new();
    let (school, alike) = (&app, Vec::new());
    let showing = Showing { school, entrance: &entrance, answers: &answers, errors, notice, alike };
    pages::show(Step::Matter, page, showing)
}

/// `POST /say/{kind}`
pub(super) async fn walk(
    State(app): State<App>,
    Path(kind): Path<String>,
    caller: Caller,
    page: Page,
    mut form: Form,
) -> Result<Response, Error> {
    let entrance = Entrance::of(&app, &kind)?;
    let mut answers = Answers::read(&form, &app.keys);
    let mut errors = form.errors();
    let who = page.visitor.person.as_ref().map_or(Who::Address(caller.0), Who::Person);
    let sent = form.take_files("photo");
    photos::keep(&app, who, page.visitor.is_signed_in(), sent, &mut answers, &mut errors).await?;
    parking::clear(&app, &mut answers).await?;
    if let Some(page) = channel::not_meant(&app, &page, &entrance, &answers).await? {
        return Ok(page);
    }

    let mut notice = String::new();
    let wish = Wish::of(&form);
    let step = match wish {
        Wish::Go(step) => judge(&mut errors, &answers, &entrance, step, page.visitor.is_signed_in()),
        Wish::LeaveChannel => {
            answers = Answers { via: String::new(), identity: None, ..answers };
            judge(&mut errors, &answers, &entrance, Step::Reply, page.visitor.is_signed_in())
        }
        Wish::AddPhotos => Step::Matter,
        Wish::DropPhoto(place) => {
            if place < answers.photos.len() {
                answers.photos.remove(place);
            }
            Step::Matter
        }
        Wish::SignIn if form.token().sentence().is_some() || !fits(&answers, &entrance, &mut errors) => {
            notice = form.token().sentence().unwrap_or_default().to_owned();
            Step::Matter
        }
        Wish::SignIn => {
            app.limits.pass(LimitedAction::Park, who, &app.keys, app.now())?;
            // Who signs in chooses anew how to be known, unless they had before the session ended.
            let answers = Answers { identity: identity_from(&form.text("wanted")), ..answers };
            let parked = parking::park(&app, &answers).await?;
            let back = format!("/say/{kind}?parked={parked}");
            let next: String = form_urlencoded::byte_serialize(back.as_bytes()).collect();
            return Ok(Redirect::to(&format!("/sign-in?next={next}")).into_response());
        }
    };
    let alike = alike(&app, &entrance, &answers, &page, step).await?;
    let showing = Showing { school: &app, entrance: &entrance, answers: &answers, errors, notice, alike };
    pages::show(step, page, showing)
}

/// What may be the same matter, for the page on which all is checked: whoever has no script meets it there.
async fn alike(
    app: &App,
    entrance: &Entrance,
    answers: &Answers,
    page: &Page,
    step: Step,
) -> Result<Vec<Alike>, Error> {
    if step != Step::Check || entrance.kind().restricted {
        return Ok(Vec::new());
    }
    let (school, standing) = (app.clone(), entrance.standing.clone());
    let person = page.visitor.person.clone();
    let (title, body, place) = (answers.title.clone(), answers.body.clone(), answers.place.clone());
    app.db
        .read(move |tx| {
            let typed = Typed { title: &title, body: &body, place: &place };
            let policy = &standing.policy.policy;
            among_public(tx, policy, &school.keys, person.as_ref(), standing.now, &typed)
        })
        .await
}

/// Whether answers are short enough to be put by; what is not written yet may still come.
fn fits(answers: &Answers, entrance: &Entrance, errors: &mut FieldErrors) -> bool {
    rules::judge_lengths(errors, answers, entrance.policy());
    errors.is_empty()
}

/// Judges everything before the step asked for; the step to show is the first that something is wrong with.
pub(super) fn judge(
    errors: &mut FieldErrors,
    answers: &Answers,
    entrance: &Entrance,
    asked: Step,
    is_signed_in: bool,
) -> Step {
    if asked > Step::Matter {
        rules::judge_matter(errors, answers, entrance.kind(), entrance.policy());
    }
    if !errors.is_empty() || asked <= Step::Reply {
        return if errors.is_empty() { asked } else { Step::Matter };
    }
    rules::judge_reply(errors, answers, is_signed_in);
    rules::judge_name(errors, answers, entrance.channel(answers));
    match errors.is_empty() {
        true => Step::Check,
        false if errors.of("photo").is_some() => Step::Matter,
        false => Step::Reply,
    }
}

/// After signing in: the parked answers, at the first step that is not complete.
async fn resume(app: &App, entrance: &Entrance, parked: String, page: Page) -> Result<Response, Error> {
    if !page.visitor.is_signed_in() {
        return Err(Error::SignIn);
    }
    let (answers, notice) = match parking::find(app, &parked).await? {
        Some(answers) => match channel::not_meant(app, &page, entrance, &answers).await? {
            Some(page) => return Ok(page),
            None => (answers, String::new()),
        },
        None => (Answers::default(), "存着的内容已经过期清掉了，请重新写一次。".to_owned()),
    };
    let mut errors = FieldErrors::new();
    let step = match judge(&mut errors, &answers, entrance, Step::Check, true) {
        _ if !notice.is_empty() => Step::Matter,
        step => step,
    };
    // Nobody has pressed a button yet, so nothing is wrong yet either.
    let errors = FieldErrors::new();
    let alike = alike(app, entrance, &answers, &page, step).await?;
    let showing = Showing { school: app, entrance, answers: &answers, errors, notice, alike };
    pages::show(step, page, showing)
}
