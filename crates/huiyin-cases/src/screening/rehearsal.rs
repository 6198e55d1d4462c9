//! Taking steps without a page: for the demonstration, which shows lists that somebody owns and findings at every stage.

use super::finding::{Entry, Step, take};
use super::question::Kind;
use super::saved;
use crate::cases::log::{Bench, staff};
use crate::cases::sight;
use huiyin_domain::access::Duty;
use huiyin_domain::calendar::Day;
use huiyin_domain::ids::{CaseNo, PersonId};
use huiyin_foundation::db::Tx;
use huiyin_foundation::error::Error;

/// One step as somebody takes it.
#[derive(Clone, Copy, Debug)]
pub struct Played<'a> {
    /// Who.
    pub by: &'a PersonId,
    /// With which duties.
    pub duties: &'a [Duty],
    /// The stored word of the step: ask, verify, deny, order, report, close.
    pub step: &'a str,
    /// What they write.
    pub words: &'a str,
    /// By when, where the step names a day.
    pub due_on: Option<Day>,
    /// Who is to put it right, where the step says so.
    pub responsible: Option<&'a PersonId>,
}

/// Takes a step about a case at the moment of the bench; `source` is the list that found it.
///
/// # Errors
/// `Hidden` where they may not see the case or there is no such step; `Conflict` where the step may not follow.
pub fn play(
    tx: &mut Tx,
    bench: &Bench<'_>,
    no: &CaseNo,
    source: &str,
    played: Played<'_>,
) -> Result<(), Error> {
    let seen = sight::by_staff(tx, bench, &staff(played.by, played.duties), no)?;
    let step = Step::from_word(played.step).ok_or(Error::Hidden)?;
    let (words, responsible) = (played.words.to_owned(), played.responsible.cloned());
    take(tx, bench, &seen, played.by, source, Entry { step, words, due_on: played.due_on, responsible })
}

/// Gives a list that comes ready an owner, at the moment of the bench.
///
/// # Errors
/// `Hidden` where there is no such list.
pub fn own(tx: &mut Tx, bench: &Bench<'_>, list: &str, owner: &PersonId) -> Result<(), Error> {
    let kind = Kind::from_word(list).ok_or(Error::Hidden)?;
    let known = saved::find(tx, kind.word())?.ok_or(Error::Hidden)?;
    let (version, owner_is) = (known.version + 1, Some(owner.clone()));
    saved::keep(tx, &saved::List { version, owner: owner_is, ..known }, owner, bench.now)
}
