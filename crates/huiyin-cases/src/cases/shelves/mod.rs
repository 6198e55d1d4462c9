//! What of a case lies on the shelves for finding (8.7): on the store shelf its own words, on the public shelf, while it is
//! published, what everybody may read. Both are written in the transaction of the event, and both are derived: [`rebuild`] lays
//! them out anew from the rows and texts, [`differs`] says where they do not agree.
//!
//! A case that keeps its hour to itself is put on the store shelf when the hour is over ([`take_in_ripe`]). What it
//! deliberately does not keep there: state, unit and leader, which the rows know better.

mod asked;
mod entries;
mod rebuild;
#[cfg(test)]
mod tests;

use entries::{Laid, laid, laid_of};
use huiyin_domain::case::{Case, Identity};
use huiyin_domain::ids::CaseNo;
use huiyin_foundation::db::{Row, Tx};
use huiyin_foundation::error::Error;
use huiyin_foundation::index::{self, Shelf};
use huiyin_foundation::school::App;

pub(crate) use asked::Typed;
pub use rebuild::{mend, open_up, renew};

/// The room under which cases lie on the shelves.
pub const ROOM: &str = "cases";

/// Lays out a new case.
pub(super) fn arrive(tx: &mut Tx, no: &CaseNo, case: &Case) -> Result<(), Error> {
    if case.identity == Identity::Anonymous {
        return Ok(index::wait(tx, ROOM, no.as_str(), case.submitted_at)?);
    }
    lay_out(tx, no)
}

/// Lays a case out anew after an act, as far as what lies there says anything of what was changed.
pub(super) fn follow(tx: &mut Tx, no: &CaseNo, before: &Case, after: &Case) -> Result<(), Error> {
    let of_store = |case: &Case| (case.kind.clone(), case.place.clone(), case.removed);
    let of_public = |case: &Case| (case.is_published, case.stage, case.unit.clone(), case.kind.clone());
    // A title that is published again may be another one.
    let is_shown = after.is_published && after.last_seq != before.last_seq;
    if of_store(before) != of_store(after) || of_public(before) != of_public(after) || is_shown {
        lay_out(tx, no)?;
    }
    Ok(())
}

/// Lays a case out as it stands; one that still waits for its hour stays off the store shelf.
pub(super) fn lay_out(tx: &mut Tx, no: &CaseNo) -> Result<(), Error> {
    let Some(laid) = laid(tx, no)? else { return Ok(()) };
    lay(tx, &laid)
}

fn lay(tx: &mut Tx, laid: &Laid) -> Result<(), Error> {
    if !(laid.is_anonymous && index::waits(tx, ROOM, laid.no.as_str())?) {
        index::put(tx, Shelf::Store, &laid.store())?;
    }
    match laid.public() {
        Some(public) => index::put(tx, Shelf::Public, &public)?,
        None if laid.was_public => index::take_down(tx, Shelf::Public, ROOM, laid.no.as_str())?,
        None => {}
    }
    Ok(())
}

/// Lays out many cases that come in together and never were on a shelf.
pub(super) fn arrive_together(tx: &mut Tx, cases: &[(CaseNo, Identity)]) -> Result<(), Error> {
    let mut arriving = Vec::with_capacity(cases.len());
    for (no, identity) in cases {
        let Some(laid) = laid(tx, no)? else { continue };
        if *identity == Identity::Anonymous {
            index::wait(tx, ROOM, no.as_str(), laid.submitted_at)?;
        } else {
            arriving.push(laid);
        }
    }
    let store: Vec<_> = arriving.iter().map(Laid::store).collect();
    index::put_all(tx, Shelf::Store, &store)?;
    let public: Vec<_> = arriving.iter().filter_map(Laid::public).collect();
    if public.is_empty() { Ok(()) } else { Ok(index::put_all(tx, Shelf::Public, &public)?) }
}

/// Notes that words of a case were erased, so that nothing of them is left on the shelves either.
pub(super) fn erase(tx: &mut Tx, no: &CaseNo) -> Result<(), Error> {
    lay_out(tx, no)?;
    for shelf in Shelf::ALL {
        index::wipe(tx, shelf)?;
    }
    Ok(())
}

/// Puts the cases on the store shelf whose hour is over, all of them together; says how many.
pub async fn take_in_ripe(app: &App) -> Result<u64, Error> {
    let now = app.now();
    app.db
        .write(move |tx| {
            let mut ripe = Vec::new();
            for key in index::ripe(tx, ROOM, now)? {
                ripe.extend(laid(tx, &CaseNo(key))?);
            }
            let entries: Vec<_> = ripe.iter().map(Laid::store).collect();
            if !entries.is_empty() {
                index::put_all(tx, Shelf::Store, &entries)?;
            }
            Ok(entries.len() as u64)
        })
        .await
}

/// What of the shelves does not agree with this row; nothing is asked of a shelf that is being rebuilt.
pub(super) fn differs(tx: &mut Tx, row: &Row, open: Open) -> Result<Option<String>, Error> {
    let Some(laid) = laid_of(tx, row)? else { return Ok(None) };
    if open.store && !(laid.is_anonymous && index::waits(tx, ROOM, laid.no.as_str())?) {
        let entry = laid.store();
        if index::printed(tx, Shelf::Store, ROOM, entry.key)? != Some(index::print(&entry)) {
            return Ok(Some("what it is found by is not what it says".to_owned()));
        }
    }
    if open.public {
        let wanted = laid.public().map(|entry| index::print(&entry));
        if index::printed(tx, Shelf::Public, ROOM, laid.no.as_str())? != wanted {
            return Ok(Some("what everybody finds it by is not what is published of it".to_owned()));
        }
    }
    Ok(None)
}

/// Which shelves can be checked.
#[derive(Clone, Copy)]
pub(super) struct Open {
    store: bool,
    public: bool,
}

/// Which shelves are whole.
pub(super) fn open(tx: &mut Tx) -> Result<Open, Error> {
    Ok(Open { store: index::is_whole(tx, Shelf::Store)?, public: index::is_whole(tx, Shelf::Public)? })
}

/// A case that lies on a shelf and is not there any more, or is found by nothing.
pub(super) fn stray(tx: &mut Tx, open: Open) -> Result<Option<(CaseNo, &'static str)>, Error> {
    for (shelf, is_open) in [(Shelf::Store, open.store), (Shelf::Public, open.public)] {
        if !is_open {
            continue;
        }
        if let Some(key) = rebuild::gone(tx, shelf, 1)?.pop() {
            return Ok(Some((CaseNo(key), "it is found, and should not be")));
        }
    }
    Ok(None)
}
