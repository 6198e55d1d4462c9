//! The mailbox on the page of the administrator (1.4): when it was looked into, what became of letters, what lies aside and why.
//!
//! Shows counts and reasons, never who wrote or what.

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use huiyin_cases::mailbox::{self, Standing};
use huiyin_domain::calendar::Instant;
use huiyin_domain::policy::Policy;
use huiyin_foundation::config::Outlets;
use huiyin_foundation::db::{DbError, Tx};
use huiyin_foundation::error::Error;
use huiyin_foundation::say;
use huiyin_foundation::school::App;
use huiyin_foundation::web::Form;

const WEEK_MS: i64 = 7 * 24 * 3_600_000;

/// The mailbox, as the page shows it.
pub(super) struct Mailbox {
    /// The channel through which its letters come.
    pub channel: String,
    /// When it was looked into, in words.
    pub looked: String,
    /// How it stands.
    pub standing: Standing,
}

/// How the mailbox stands, if one is set up.
pub(super) fn read(
    tx: &mut Tx,
    outlets: &Outlets,
    policy: &Policy,
    now: Instant,
) -> Result<Option<Mailbox>, DbError> {
    let Some(imap) = &outlets.imap else { return Ok(None) };
    let standing = mailbox::standing(tx, now.plus_ms(-WEEK_MS).day())?;
    let channel = policy.channel(&imap.channel.as_str().into());
    let channel = channel.map_or_else(|| imap.channel.clone(), |channel| channel.name.clone());
    let looked = match (standing.looked, standing.opened) {
        (None, _) => "程序启动后还没有去看过".to_owned(),
        (Some(_), Some(opened)) => format!("最近一次收信 {}", say::moment(now, opened)),
        (Some(_), None) => "一次也没有收成".to_owned(),
    };
    Ok(Some(Mailbox { channel, looked, standing }))
}

/// Asks that what lies aside be tried again.
pub(in crate::admin) async fn try_again(State(app): State<App>, form: Form) -> Result<Response, Error> {
    if form.token().sentence().is_none() {
        app.db.write(mailbox::try_again).await?;
    }
    Ok(Redirect::to("/admin?letters=in#letters").into_response())
}
