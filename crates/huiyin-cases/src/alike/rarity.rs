//! How rare a pair of characters is at this school, counted on its newest texts and kept for a while.

use huiyin_domain::calendar::Instant;
use huiyin_foundation::db::{Row, Tx};
use huiyin_foundation::error::Error;
use huiyin_foundation::index::{Rarity, Shelf};
use huiyin_foundation::params;
use std::sync::{Arc, Mutex, PoisonError};

/// So many texts are counted: enough to know what everybody writes, and what nobody else does is rare anyway.
const TEXTS: usize = 2_000;
/// A count serves so long.
const SERVES_MS: i64 = 3_600_000;
/// So much of a text is counted.
const BODY_CHARS: usize = 400;

#[derive(Default)]
struct Kept([Mutex<Option<Counted>>; 2]);

#[derive(Clone)]
struct Counted {
    at: Instant,
    rarity: Arc<Rarity>,
}

/// Rarity among what lies on a shelf: of the public one only what is public counts, so that nothing about other texts can be
/// seen by what is called alike.
pub(super) fn rarity(tx: &mut Tx, shelf: Shelf, now: Instant) -> Result<Arc<Rarity>, Error> {
    let kept = tx.kept::<Kept>();
    let mut place =
        kept.as_ref().map(|kept| kept.0[shelf as usize].lock().unwrap_or_else(PoisonError::into_inner));
    let serves = |counted: &Counted| (0..SERVES_MS).contains(&(now.0 - counted.at.0));
    if let Some(counted) = place.as_deref().and_then(|place| place.as_ref()).filter(|one| serves(one)) {
        return Ok(counted.rarity.clone());
    }
    let rarity = Arc::new(count(tx, shelf)?);
    if let Some(place) = place.as_deref_mut() {
        *place = Some(Counted { at: now, rarity: rarity.clone() });
    }
    Ok(rarity)
}

fn count(tx: &mut Tx, shelf: Shelf) -> Result<Rarity, Error> {
    let mut rarity = Rarity::default();
    let mut add = |row: &Row| {
        let body: String = row.opt_text("body")?.unwrap_or_default().chars().take(BODY_CHARS).collect();
        rarity.add_pairs(&row.opt_text("title")?.unwrap_or_default(), &body);
        Ok::<_, Error>(())
    };
    match shelf {
        // What was shown to everybody last?
        Shelf::Public => tx.query_each(
            "select public_title as title, public_body as body
             from cases
             where is_published = 1
             order by published_at desc, case_no
             limit $1",
            params![TEXTS],
            &mut add,
        )?,
        // What came in last?
        Shelf::Store => tx.query_each(
            "select title, words as body
             from (select case_no, title from cases order by submitted_at desc, case_no desc limit $1) newest
             left join case_texts on case_texts.case_no = newest.case_no
               and case_texts.seq = 1
               and case_texts.kind = 'body'
               and case_texts.sealed = 0",
            params![TEXTS],
            &mut add,
        )?,
    }
    Ok(rarity)
}
