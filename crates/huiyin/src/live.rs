//! `GET /live`: what is new for whoever has a page open, as server-sent events (9.1): how many messages wait, and whether
//! something was done at their desk since.
//!
//! Says counts and nothing of any case. A stream looks at the database every few seconds, so that several processes agree;
//! it ends with its session, with the school, and in any case after a quarter of an hour: a page that lies open must not
//! keep a member of staff signed in. Without scripts the next page says the same.

#[cfg(test)]
mod tests;

use axum::extract::State;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use huiyin_domain::ids::PersonId;
use huiyin_foundation::clock::Stopwatch;
use huiyin_foundation::db::Tx;
use huiyin_foundation::error::Error;
use huiyin_foundation::params;
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Door, Page, Routes, Visitor};
use huiyin_people::notices;
use std::collections::HashMap;
use std::convert::Infallible;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::watch;

const LOOKS_EVERY: Duration = Duration::from_secs(5);
const LASTS: Duration = Duration::from_secs(15 * 60);
/// So many streams of one person: a few pages open at once.
const OF_ONE_MAX: usize = 4;
/// So many streams in all; whoever comes later is told by the next page.
const OF_ALL_MAX: usize = 1_000;

/// Where the streams of a school sit; ends them all when the school stops.
pub(crate) struct Hall {
    seats: Mutex<HashMap<PersonId, usize>>,
    closing: watch::Sender<bool>,
}

impl Hall {
    /// A hall in which streams stay.
    pub fn open() -> Arc<Hall> {
        Arc::new(Hall { seats: Mutex::default(), closing: watch::Sender::new(false) })
    }

    /// A hall in which a stream says how things stand, and ends: where nobody waits for more.
    pub fn closed() -> Arc<Hall> {
        let hall = Hall::open();
        hall.close();
        hall
    }

    /// Ends every stream.
    pub fn close(&self) {
        self.closing.send_replace(true);
    }

    /// A seat for one more stream of this person; none when there are enough.
    fn seat(self: &Arc<Hall>, person: &PersonId) -> Option<Seat> {
        let mut seats = self.seats.lock().unwrap_or_else(PoisonError::into_inner);
        let all: usize = seats.values().sum();
        let own = seats.entry(person.clone()).or_default();
        if *own >= OF_ONE_MAX || all >= OF_ALL_MAX {
            return None;
        }
        *own += 1;
        Some(Seat { hall: self.clone(), person: person.clone() })
    }
}

/// The place of one stream; free again when it goes.
struct Seat {
    hall: Arc<Hall>,
    person: PersonId,
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut seats = self.hall.seats.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(own) = seats.get_mut(&self.person) {
            *own -= 1;
            if *own == 0 {
                seats.remove(&self.person);
            }
        }
    }
}

/// How things stand for somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Standing {
    unread: u32,
    /// Grows with everything that is done at the desks of their units.
    desk: i64,
}

/// One stream.
struct Watching {
    app: App,
    visitor: Visitor,
    _seat: Seat,
    closing: watch::Receiver<bool>,
    since: Stopwatch,
    said: Option<Standing>,
}

/// Its route.
pub(crate) fn routes(hall: Arc<Hall>) -> Routes {
    Routes::new("live")
        .get("/live", Door::SignedIn, move |State(app): State<App>, page: Page| show(app, page, hall))
}

async fn show(app: App, page: Page, hall: Arc<Hall>) -> Result<Response, Error> {
    let person = page.visitor.person.clone().ok_or(Error::SignIn)?;
    let seat = hall.seat(&person).ok_or(Error::TooMany { retry_after_s: 60 })?;
    let closing = hall.closing.subscribe();
    let watching =
        Watching { app, visitor: page.visitor, _seat: seat, closing, since: Stopwatch::start(), said: None };
    let stream = stream::unfold(watching, |mut watching| async move {
        let event = watching.next().await?;
        Some((Ok::<_, Infallible>(event), watching))
    });
    Ok(Sse::new(stream).keep_alive(KeepAlive::new().interval(Duration::from_secs(20))).into_response())
}

impl Watching {
    /// The next thing to say; nothing when the stream is over.
    async fn next(&mut self) -> Option<Event> {
        loop {
            if self.said.is_some() {
                if *self.closing.borrow() || self.since.elapsed() > LASTS {
                    return None;
                }
                tokio::select! {
                    _ = self.closing.changed() => return None,
                    () = tokio::time::sleep(LOOKS_EVERY) => {}
                }
            }
            // Nobody is told anything after signing out; a database that does not answer is said elsewhere.
            let standing = self.look().await.ok().flatten()?;
            if self.said != Some(standing) {
                self.said = Some(standing);
                let Standing { unread, desk } = standing;
                return Some(Event::default().data(format!("{{\"unread\":{unread},\"desk\":{desk}}}")));
            }
        }
    }

    async fn look(&self) -> Result<Option<Standing>, Error> {
        let (keys, visitor, now) = (self.app.keys.clone(), self.visitor.clone(), self.app.now());
        self.app.db.read(move |tx| look(tx, &keys, &visitor, now)).await
    }
}

fn look(
    tx: &mut Tx,
    keys: &huiyin_foundation::keys::Keys,
    visitor: &Visitor,
    now: huiyin_domain::calendar::Instant,
) -> Result<Option<Standing>, Error> {
    let (Some(person), Some(session)) = (&visitor.person, &visitor.session) else { return Ok(None) };
    // Is the session of this page still good?
    let is_good = tx.query_opt(
        "select 1 as good
           from sessions
          where token_hash = $1
            and expires_ms > $2",
        params![session.as_str(), now],
    )?;
    if is_good.is_none() {
        return Ok(None);
    }
    let mut desk = 0;
    for unit in visitor.duties.iter().filter_map(|duty| duty.unit.as_ref()) {
        // Has anything been done at the desk of this unit?
        let row = tx.query_opt("select version from desk_versions where unit = $1", params![unit])?;
        desk += row.map_or(Ok(0), |row| row.int("version"))?;
    }
    Ok(Some(Standing { unread: notices::unread(tx, keys, person)?, desk }))
}
