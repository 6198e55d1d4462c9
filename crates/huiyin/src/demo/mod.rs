//! The demonstration: a small university with a term of cases in every state, made by seed through the ordinary command
//! path (10.1), and a page that moves its clock.
//!
//! Names, texts and matters are invented. The same seed makes the same school, but for the present moment and the
//! secrets of its keys. A real school is never opened this way.

mod album;
mod cast;
mod chance;
mod clock;
mod drawing;
mod fate;
mod hours;
mod keeping;
mod matters;
mod phones;
mod play;
mod scenes;
mod screening;
mod step;
#[cfg(test)]
mod tests;
mod words;

pub use clock::routes;
pub use play::{Played, Season};

use album::Album;
use cast::Cast;
use chance::Chance;
use huiyin_cases::cases::log::Standing;
use huiyin_domain::calendar::Instant;
use huiyin_domain::policy::Policy;
use huiyin_foundation::error::Error;
use huiyin_foundation::params;
use huiyin_foundation::school::App;
use huiyin_people::notices::read_before;
use matters::Texts;
use play::Props;
use std::sync::Arc;

/// The preset of the demonstration.
pub const PRESET: &str = "campus";
/// Marks a data folder as one of the demonstration.
pub const MARK: &str = "demonstration";

/// Older messages have been read.
const LETTERS_UNREAD_MS: i64 = 36 * 3_600_000;

/// A term so far: ten weeks, some four hundred cases and more.
pub const TERM: Season = Season { days: 70, cases_a_day: 7, cases_lately: 45, cases_before_leaders: 1 };

/// The settings of the demonstration: those of its preset, with a telephone on every desk and a shorter time of keeping.
pub fn settings(preset: Policy) -> Policy {
    keeping::with_short_keeping(phones::with_phones(preset))
}

/// Fills an empty school with people and a season of cases, up to now.
pub fn seed(app: &App, seed: u64, season: Season) -> Result<Played, Error> {
    let album = Album::filled(app)?;
    let school = app.clone();
    let (played, album) = app.db.write_now(move |tx| {
        // What is played has happened long ago: nobody outside is told of it.
        let standing = Standing { outlets: Arc::default(), ..Standing::of(&school) };
        let texts = Texts::read();
        let mut chance = Chance::of(seed);
        let begun_at = Instant(standing.now.0 - season.days * 86_400_000);
        let policy = &standing.policy.policy;
        let cast = Cast::engage(tx, &school.keys, policy, &texts, &mut chance, begun_at)?;
        let mut props = Props { texts: &texts, cast: &cast, album };
        let played = play::play(tx, &standing, &school.keys, &mut props, chance, season)?;
        keeping::list(tx, &standing.bench(&school.keys), &cast)?;
        screening::find(tx, &standing.bench(&school.keys), &cast, seed)?;
        let album = props.album;
        read_before(tx, Instant(standing.now.0 - LETTERS_UNREAD_MS))?;
        Ok::<_, Error>((played, album))
    })?;
    album.put_away(app)?;
    Ok(played)
}

/// A receipt code that can be tried out in a demonstration that was seeded before: the newest that its cases know.
pub fn known_receipt_code(app: &App) -> Result<Option<String>, Error> {
    let keys = app.keys.clone();
    app.db.read_now(move |tx| {
        let mut known = None;
        for nth in 1.. {
            let code = play::receipt_code(&keys, nth);
            // Does a case have this receipt?
            let case = tx.query_opt(
                "select case_no from cases where receipt_hash = $1",
                params![keys.receipt_code_hash(&code)],
            )?;
            if case.is_none() {
                break;
            }
            known = Some(code.grouped());
        }
        Ok(known)
    })
}
