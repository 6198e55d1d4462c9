//! The ways out of the house on the page of the administrator (9.1): what waits, what fails and why, once more, and a trial.
//!
//! Shows counts and reasons, never whom a letter is for or what it says.

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use huiyin_domain::calendar::{Day, Instant};
use huiyin_foundation::config::Outlets;
use huiyin_foundation::db::{DbError, Tx};
use huiyin_foundation::error::Error;
use huiyin_foundation::outbox::{self, NewLetter, Standing};
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Form, Page};
use huiyin_people::identity;

/// Sent letters are counted over so many days.
const DAYS_COUNTED: i64 = 7;
const DAY_MS: i64 = 24 * 3_600_000;

/// A way out, as the page shows it.
pub(super) struct Way {
    /// What it is called in the ledger.
    pub channel: String,
    /// What it is called on the page.
    pub name: String,
    /// Whether the file of the copy still names it.
    pub is_set_up: bool,
    /// How it stands.
    pub standing: Standing,
}

impl Way {
    /// Whether something did not leave as it should.
    pub fn is_failing(&self) -> bool {
        self.standing.failing + self.standing.given_up > 0
    }
}

/// Every way that is set up, and those that are not any more but still have letters.
pub(super) fn ways(tx: &mut Tx, outlets: &Outlets, today: Day) -> Result<Vec<Way>, DbError> {
    let since = Instant(today.start().0 - DAYS_COUNTED * DAY_MS).day();
    let mut standings = outbox::standings(tx, since)?;
    let mut ways: Vec<Way> = Vec::new();
    for (channel, name) in set_up(outlets) {
        let found = standings.iter().position(|standing| standing.channel == channel);
        let standing = found.map_or_else(|| Standing::idle(&channel), |position| standings.remove(position));
        ways.push(Way { channel, name, is_set_up: true, standing });
    }
    ways.extend(standings.into_iter().filter(|left| left.waiting + left.given_up > 0).map(|standing| {
        let channel = standing.channel.clone();
        Way { name: channel.clone(), channel, is_set_up: false, standing }
    }));
    Ok(ways)
}

fn set_up(outlets: &Outlets) -> Vec<(String, String)> {
    let mut ways = Vec::new();
    if outlets.smtp.is_some() {
        ways.push((outbox::MAIL.to_owned(), "邮件".to_owned()));
    }
    if outlets.wecom_app.is_some() {
        ways.push((outbox::WECOM.to_owned(), "企业微信应用".to_owned()));
    }
    let robots = outlets.robots.iter().map(|robot| (outbox::ROBOT, &robot.name, "群机器人"));
    let hooks = outlets.webhooks.iter().map(|hook| (outbox::HOOK, &hook.name, "网络回调"));
    ways.extend(
        robots
            .chain(hooks)
            .map(|(kind, name, shown)| (format!("{kind}{name}"), format!("{shown}「{name}」"))),
    );
    ways
}

/// Tries once more what failed or was given up.
pub(in crate::admin) async fn again(State(app): State<App>, form: Form) -> Result<Response, Error> {
    if form.token().sentence().is_none() {
        let (channel, now) = (form.text("channel"), app.now());
        app.db.write(move |tx| outbox::send_again(tx, &channel, now)).await?;
    }
    Ok(Redirect::to("/admin?letters=again#letters").into_response())
}

/// Puts down a trial: to oneself where a person is written to, else to the group or address.
pub(in crate::admin) async fn trial(
    State(app): State<App>,
    page: Page,
    form: Form,
) -> Result<Response, Error> {
    let channel = form.text("channel");
    let is_known = set_up(&app.config.outlets).iter().any(|(known, _)| *known == channel);
    if form.token().sentence().is_none() && is_known {
        let person = page.visitor.person.ok_or(Error::SignIn)?;
        let id = person.clone();
        let account = app.db.read(move |tx| identity::person(tx, &id)).await?;
        if channel == outbox::MAIL && account.is_none_or(|account| account.email.is_empty()) {
            return Ok(Redirect::to("/admin?letters=nowhere#letters").into_response());
        }
        let is_personal = channel == outbox::MAIL || channel == outbox::WECOM;
        let recipient = if is_personal { app.keys.person_ref(&person) } else { String::new() };
        let (keys, at) = (app.keys.clone(), app.now());
        app.db
            .write(move |tx| {
                let letter = NewLetter {
                    channel: &channel,
                    recipient: &recipient,
                    kind: "trial",
                    topic: "danger",
                    case_no: "试发",
                    words: "这是一条试发的通知，收到就说明这条路通了",
                    is_urgent: true,
                    at,
                    not_before: at,
                };
                outbox::put(tx, &keys, &letter)
            })
            .await?;
    }
    Ok(Redirect::to("/admin?letters=trial#letters").into_response())
}
