//! Who is signed in where.
//!
//! A session is a random cookie, stored as a keyed hash. People with a duty are signed out after 30 minutes without a
//! request and after 12 hours in any case, because their pages show what others wrote. Everybody else stays for 14 days,
//! or until the browser forgets its cookie: a requester mostly comes back to look once a day.

use super::queries::duties_of;
use crate::notices;
use huiyin_domain::calendar::Instant;
use huiyin_domain::ids::PersonId;
use huiyin_foundation::db::{DbError, Tx};
use huiyin_foundation::error::Error;
use huiyin_foundation::keys::{Keys, Label};
use huiyin_foundation::params;
use huiyin_foundation::school::School;
use huiyin_foundation::web::{Doorkeeper, Recognising, TextSize, Theme, Visitor};

const MINUTE_MS: i64 = 60_000;
const HOUR_MS: i64 = 60 * MINUTE_MS;
/// Staff are signed out after so long without a request.
pub const STAFF_IDLE_MS: i64 = 30 * MINUTE_MS;
/// Staff sign in again after so long in any case.
pub const STAFF_ABSOLUTE_MS: i64 = 12 * HOUR_MS;
/// Everybody else signs in again after so long.
pub const OTHERS_ABSOLUTE_MS: i64 = 14 * 24 * HOUR_MS;
/// The last request is noted at most so often, so that reading pages hardly ever writes.
const SEEN_EVERY_MS: i64 = MINUTE_MS;

/// Opens a session and gives the value of its cookie. Always a new one: an older cookie of this browser means nothing.
pub(crate) fn open(tx: &mut Tx, keys: &Keys, person: &PersonId, now: Instant) -> Result<String, DbError> {
    let is_staff = !duties_of(tx, person)?.is_empty();
    let lasts_ms = if is_staff { STAFF_ABSOLUTE_MS } else { OTHERS_ABSOLUTE_MS };
    let token = keys.random_token();
    // Note a signed-in browser.
    tx.execute(
        "insert into sessions (token_hash, person_id, created_ms, seen_ms, expires_ms)
         values ($1, $2, $3, $3, $4)",
        params![hash(keys, &token), person, now, now.plus_ms(lasts_ms)],
    )?;
    Ok(token)
}

/// Ends the session of a cookie.
pub(super) fn end(tx: &mut Tx, keys: &Keys, token: &str) -> Result<(), DbError> {
    // Forget a signed-in browser.
    tx.execute(
        "delete from sessions
          where token_hash = $1",
        params![hash(keys, token)],
    )?;
    Ok(())
}

/// Ends all sessions of a person, but for one if named by its hash.
pub(crate) fn end_all(tx: &mut Tx, person: &PersonId, but: Option<&str>) -> Result<(), DbError> {
    // Forget every signed-in browser of a person, except one.
    tx.execute(
        "delete from sessions
          where person_id = $1
            and token_hash <> $2",
        params![person, but.unwrap_or_default()],
    )?;
    Ok(())
}

/// Forgets sessions and set-up links whose time is over; called by the timetable.
pub fn sweep(tx: &mut Tx, now: Instant) -> Result<u64, DbError> {
    // Forget browsers whose time is over.
    let sessions = tx.execute(
        "delete from sessions
          where expires_ms <= $1",
        params![now],
    )?;
    // Forget links nobody used in time.
    let links = tx.execute(
        "delete from setup_links
          where expires_ms <= $1",
        params![now],
    )?;
    Ok(sessions + links)
}

fn hash(keys: &Keys, token: &str) -> String {
    keys.hmac_text(Label::Sessions, token.as_bytes())
}

/// Knows whose session a cookie names.
#[derive(Clone, Copy, Debug, Default)]
pub struct Keeper;

impl Doorkeeper for Keeper {
    fn recognise<'a>(&'a self, school: &'a School, cookie: &'a str) -> Recognising<'a> {
        Box::pin(async move {
            let (keys, now) = (school.keys.clone(), school.now());
            let token_hash = hash(&keys, cookie);
            let name_of_session = token_hash.clone();
            let found = school.db.read(move |tx| visitor(tx, &keys, &token_hash, now)).await?;
            let Some((visitor, is_noted)) = found else { return Ok(Visitor::stranger()) };
            if !is_noted {
                // Reading goes on while nothing can be written, as with a full disk: `/healthz` says so, and at worst
                // somebody signs in once more.
                let _ = school.db.write(move |tx| note_seen(tx, &name_of_session, now)).await;
            }
            Ok::<_, Error>(visitor)
        })
    }
}

/// The visitor of a session that is still good, and whether their last request was noted lately.
fn visitor(
    tx: &mut Tx,
    keys: &Keys,
    token_hash: &str,
    now: Instant,
) -> Result<Option<(Visitor, bool)>, DbError> {
    // Whose session is this, and is it still good?
    let row = tx.query_opt(
        "select p.id, p.name, p.theme, p.text_size, s.seen_ms
           from sessions s
           join people p on p.id = s.person_id
          where s.token_hash = $1
            and s.expires_ms > $2
            and p.disabled = 0",
        params![token_hash, now],
    )?;
    let Some(row) = row else { return Ok(None) };
    let person: PersonId = row.get("id")?;
    let seen_ms = row.instant("seen_ms")?;
    let unread = notices::unread(tx, keys, &person)?;
    let duties = duties_of(tx, &person)?;
    if !duties.is_empty() && now.0 - seen_ms.0 > STAFF_IDLE_MS {
        return Ok(None);
    }
    let visitor = Visitor {
        person: Some(person),
        name: row.get("name")?,
        duties,
        unread,
        theme: Theme::from_word(row.str("theme")?),
        size: TextSize::from_word(row.str("text_size")?),
        session: Some(token_hash.to_owned()),
    };
    Ok(Some((visitor, now.0 - seen_ms.0 < SEEN_EVERY_MS)))
}

fn note_seen(tx: &mut Tx, token_hash: &str, now: Instant) -> Result<(), DbError> {
    // Note the time of a browser's last request.
    tx.execute(
        "update sessions
            set seen_ms = $2
          where token_hash = $1
            and seen_ms < $2",
        params![token_hash, now],
    )?;
    Ok(())
}
