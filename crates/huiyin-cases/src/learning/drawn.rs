//! Drawing a model from the history of the school: read some at a time, learned off the request threads, kept in one step.

use super::history::{self, LESSONS_MAX, Lesson, Marked};
use super::known::{Known, known};
use super::start;
use super::store::{self, State, Told};
use super::teach::{MARGIN_POINTS, Old, Taught, fingerprint, teach};
use data_encoding::HEXLOWER;
use huiyin_domain::policy::Policy;
use huiyin_foundation::error::Error;
use huiyin_foundation::school::School;
use sha2::{Digest, Sha256};
use std::sync::Arc;

/// What came of drawing a model.
#[derive(Debug)]
pub enum Drawn {
    /// A new one is kept under this number.
    New {
        /// Its number.
        version: u32,
        /// Whether it proposes from now on, or proved worse than the one before.
        takes_over: bool,
        /// What is said of it.
        told: Told,
        /// The hash of its bytes.
        checksum: String,
        /// How many bytes it has.
        bytes: usize,
    },
    /// Nothing it would be learned from has changed.
    Unchanged,
    /// Fewer than two categories: there is nothing to tell apart.
    TooLittle,
}

/// Draws a model from what people confirmed until now. Blocks the thread for seconds: never inside a handler. `again` learns
/// also where nothing has changed.
pub fn draw(school: &School, again: bool) -> Result<Drawn, Error> {
    let policy = Arc::new(school.policy_in_force().policy.clone());
    let lessons = lessons(school, &policy)?;
    let start = start::sentences(&policy);
    let old: Option<Arc<Known>> = school.db.read_now(known)?;
    let seen = fingerprint(&start, &lessons);
    let is_held_back = school.db.read_now(move |tx| {
        Ok::<_, Error>(store::entries(tx)?.first().is_some_and(|newest| newest.told.history == seen))
    })?;
    if !again && is_held_back {
        return Ok(Drawn::Unchanged);
    }
    let before = old.as_ref().map(|old| Old { model: &old.model, told: &old.told });
    let Ok(Taught { model, told }) = teach(&start, &lessons, before.as_ref()) else {
        return Ok(Drawn::TooLittle);
    };
    let takes_over = !told.judged.is_worse_by(MARGIN_POINTS);
    let state = if takes_over { State::InUse } else { State::HeldBack };
    let body = model.to_bytes();
    let (checksum, bytes) = (HEXLOWER.encode(&Sha256::digest(&body)), body.len());
    let (kept, sum, at) = (told.clone(), checksum.clone(), school.now());
    let version = school.db.write_now(move |tx| store::keep(tx, at, state, &kept, (&sum, &body)))?;
    Ok(Drawn::New { version, takes_over, told, checksum, bytes })
}

/// The newest confirmed cases in the order in which they were confirmed.
fn lessons(school: &School, policy: &Arc<Policy>) -> Result<Vec<Lesson>, Error> {
    let mut all: Vec<Marked> = Vec::new();
    let mut after = Some(String::new());
    while let Some(from) = after {
        let policy = Arc::clone(policy);
        let (some, last) = school.db.read_now(move |tx| history::marked(tx, &policy, &from))?;
        all.extend(some);
        after = last;
    }
    all.sort();
    let newest = all.split_off(all.len().saturating_sub(LESSONS_MAX));
    let mut lessons = Vec::with_capacity(newest.len());
    for some in newest.chunks(history::ROWS) {
        let some = some.to_vec();
        lessons.extend(school.db.read_now(move |tx| history::lessons(tx, &some))?);
    }
    Ok(lessons)
}
