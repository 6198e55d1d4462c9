//! The page where somebody says how they want to be told outside these pages (S20, 9.1): per channel and family of
//! messages, quiet hours, the hour of the digest. The messages inside the pages cannot be switched off.

use super::personal_channels;
use super::topics::{Mode, Topic};
use super::wishes::{self, Wishes, hour};
use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use huiyin_domain::calendar::TimeOfDay;
use huiyin_foundation::error::Error;
use huiyin_foundation::outbox;
use huiyin_foundation::school::{App, School};
use huiyin_foundation::web::{Choice, Filled, Form, Page, html};
use serde::Deserialize;

#[derive(Template)]
#[template(path = "notices/wishes.html")]
struct WishesPage {
    page: Page,
    form: Filled,
    notice: String,
    is_saved: bool,
    channels: Vec<Channel>,
    modes: Vec<Choice>,
    hours: Vec<Choice>,
    email: String,
}

/// A channel with the families this person gets.
struct Channel {
    name: &'static str,
    is_mail: bool,
    families: Vec<Family>,
}

struct Family {
    field: String,
    name: &'static str,
    hint: &'static str,
}

#[derive(Deserialize)]
pub(super) struct Saved {
    #[serde(default)]
    saved: String,
}

/// The page as things stand.
pub(super) async fn show(
    State(app): State<App>,
    page: Page,
    Query(saved): Query<Saved>,
) -> Result<Response, Error> {
    let person = page.visitor.person.clone().ok_or(Error::SignIn)?;
    let wishes = app.db.read(move |tx| wishes::of(tx, &person)).await?;
    let mut form = Filled::new();
    for (channel, topic) in offered(&app, &page) {
        form = form.with(&field(channel, topic), wishes.mode(channel, topic).word());
    }
    let form = form
        .with("quiet_from", wishes.quiet_from.to_string())
        .with("quiet_until", wishes.quiet_until.to_string())
        .with("digest_at", wishes.digest_at.to_string());
    render(&app, page, form, "", saved.saved == "yes").await
}

/// Keeps what was chosen; what is unknown is left as it was.
pub(super) async fn act(State(app): State<App>, page: Page, form: Form) -> Result<Response, Error> {
    if let Some(sentence) = form.token().sentence() {
        let page = render(&app, page, form.filled(form.errors()), sentence, false).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    let person = page.visitor.person.clone().ok_or(Error::SignIn)?;
    let offered = offered(&app, &page);
    app.db
        .write(move |tx| {
            let mut wishes = wishes::of(tx, &person)?;
            for (channel, topic) in offered {
                if let Some(mode) = Mode::from_word(&form.text(&field(channel, topic))) {
                    wishes.choose(channel, topic, mode);
                }
            }
            let Wishes { quiet_from, quiet_until, digest_at, .. } = &mut wishes;
            for (name, place) in
                [("quiet_from", quiet_from), ("quiet_until", quiet_until), ("digest_at", digest_at)]
            {
                *place = full_hour(&form.text(name)).unwrap_or(*place);
            }
            wishes::keep(tx, &person, &wishes)
        })
        .await?;
    Ok(Redirect::to("/settings/notices?saved=yes").into_response())
}

/// The families this person can get, on every channel of the school.
fn offered(app: &School, page: &Page) -> Vec<(&'static str, Topic)> {
    let is_staff = !page.visitor.duties.is_empty();
    let families = move |channel| {
        let wanted = Topic::CHOSEN.into_iter().filter(move |topic| is_staff || !topic.is_for_staff());
        wanted.map(move |topic| (channel, topic))
    };
    personal_channels(&app.config.outlets).flat_map(families).collect()
}

fn field(channel: &str, topic: Topic) -> String {
    format!("{channel}-{}", topic.word())
}

fn full_hour(text: &str) -> Option<TimeOfDay> {
    text.parse().ok().filter(|time: &TimeOfDay| time.minutes.is_multiple_of(60) && time.minutes < 1440)
}

async fn render(
    app: &School,
    page: Page,
    form: Filled,
    notice: &str,
    is_saved: bool,
) -> Result<Response, Error> {
    let person = page.visitor.person.clone().ok_or(Error::SignIn)?;
    let email = app.db.read(move |tx| crate::identity::person(tx, &person)).await?;
    let channels = personal_channels(&app.config.outlets).map(|channel| Channel {
        name: if channel == outbox::MAIL { "邮件" } else { "企业微信" },
        is_mail: channel == outbox::MAIL,
        families: offered(app, &page)
            .into_iter()
            .filter(|(on, _)| *on == channel)
            .map(|(_, topic)| Family {
                field: field(channel, topic),
                name: topic.shown().0,
                hint: topic.shown().1,
            })
            .collect(),
    });
    let channels = channels.collect();
    let hours = (0..24).map(|at| hour(at).to_string()).map(|time| Choice::new(&time, &time)).collect();
    html(WishesPage {
        page: page.titled("通知").back_to("/settings"),
        form,
        notice: notice.to_owned(),
        is_saved,
        channels,
        modes: Mode::ALL.iter().map(|mode| Choice::new(mode.word(), mode.shown())).collect(),
        hours,
        email: email.map(|person| person.email).unwrap_or_default(),
    })
}
