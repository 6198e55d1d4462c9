//! Which cases are most like this one, and why: open ones to be ticked when cases are merged (3.8, 1.6), ended ones to be read.
//!
//! A case is like another whose words are alike, that is of the same category at the same place, or by the same requester
//! where both are open; that it is the last of these, and who that is, is not said. What the reader may not see is not among
//! them, and numbers may still be typed.

use super::parts::unit_name;
use crate::alike;
use crate::cases::log::Bench;
use crate::cases::open::OPEN;
use crate::cases::sight::{Seen, not_about};
use huiyin_domain::access::{Act, Duty, units_near};
use huiyin_domain::ids::{CaseNo, PlaceId, UnitId};
use huiyin_foundation::db::{Filter, Row, Tx};
use huiyin_foundation::error::Error;
use huiyin_foundation::index::{ALIKE_FROM, Compared};
use huiyin_foundation::say;
use huiyin_foundation::web::{Choice, ChoiceGroup};
use std::collections::BTreeMap;

const LIKELY_MAX: usize = 12;
/// So many are read and compared.
const READ_MAX: usize = 40;
/// So many that have ended are named.
const ENDED_MAX: usize = 3;
const SINCE_MS: i64 = 30 * 86_400_000;

/// What may well be the same matter.
pub(super) struct Likely {
    /// Still in hand, of the last thirty days: to be ticked; one group.
    pub open: Vec<ChoiceGroup>,
    /// Ended, the most alike first: to be read.
    pub ended: Vec<Choice>,
}

/// A case like this one.
struct Like {
    at: i64,
    likeness: f32,
    choice: Choice,
}

/// What may well be the same matter as this. Where somebody is kept away or protected, nothing is offered by likeness.
pub(super) fn likely(tx: &mut Tx, bench: &Bench<'_>, seen: &Seen, duties: &[Duty]) -> Result<Likely, Error> {
    let case = seen.case();
    if !seen.may(Act::Merge) || case.restricted || !case.recused.is_empty() {
        return Ok(Likely { open: vec![ChoiceGroup::plain(Vec::new())], ended: Vec::new() });
    }
    let rarity = alike::store_rarity(tx, bench.now)?;
    let compared = Compared::new(seen.texts.title(), seen.texts.body(), &rarity);
    let search = Search { seen, bench, compared, away: units_near(duties, bench.policy) };
    let (mut open, mut ended) = (BTreeMap::new(), BTreeMap::new());
    if let (Some(category), Some(place)) = (&case.category, &case.place) {
        let filter = search.open_ones().sql(" and category = ").value(category);
        search.read(tx, filter.sql(" and place = ").value(place), 0.0, &mut open)?;
    }
    if let Some(person) = &seen.requester {
        let filter = search.open_ones().sql(" and identity = 'open' and requester_key in ");
        search.read(tx, filter.list(bench.keys.own_refs(person)), 0.0, &mut open)?;
    }
    let numbers = alike::shortlist_of_store(tx, &search.compared)?;
    if !numbers.is_empty() {
        let filter = search.open_ones().sql(" and case_no in ").list(&numbers);
        search.read(tx, filter, ALIKE_FROM, &mut open)?;
        let filter = search.ended_ones().sql(" and case_no in ").list(&numbers);
        search.read(tx, filter, ALIKE_FROM, &mut ended)?;
    }
    let mut open: Vec<Like> = open.into_values().collect();
    open.sort_by_key(|like| std::cmp::Reverse(like.at));
    let mut ended: Vec<Like> = ended.into_values().collect();
    ended.sort_by(|one, other| other.likeness.total_cmp(&one.likeness).then(other.at.cmp(&one.at)));
    let choices =
        |likes: Vec<Like>, at_most| likes.into_iter().map(|like| like.choice).take(at_most).collect();
    Ok(Likely { open: vec![ChoiceGroup::plain(choices(open, LIKELY_MAX))], ended: choices(ended, ENDED_MAX) })
}

struct Search<'a> {
    seen: &'a Seen,
    bench: &'a Bench<'a>,
    compared: Compared<'a>,
    away: Vec<UnitId>,
}

impl Search<'_> {
    /// The beginning of every question; what makes them alike follows.
    fn all(&self) -> Filter {
        let filter = Filter::new(
            "select case_no, title, unit, place, submitted_at,
               (select words from case_texts
                where case_texts.case_no = cases.case_no and seq = 1 and kind = 'body' and sealed = 0) as body
               from cases
              where ",
        );
        not_about(filter, &self.away)
            .sql("restricted = 0 and recused = '' and case_no <> ")
            .value(&self.seen.no)
    }

    fn open_ones(&self) -> Filter {
        let since = self.bench.now.plus_ms(-SINCE_MS);
        self.all().sql(" and ").sql(OPEN).sql(" and submitted_at >= ").value(since)
    }

    fn ended_ones(&self) -> Filter {
        self.all().sql(" and stage in ('replied', 'rated', 'archived')")
    }

    fn read(
        &self,
        tx: &mut Tx,
        filter: Filter,
        from: f32,
        found: &mut BTreeMap<String, Like>,
    ) -> Result<(), Error> {
        let (sql, values) =
            filter.sql(" order by submitted_at desc, case_no limit ").value(READ_MAX).finish();
        // Which cases are like this one?
        for row in &tx.query(sql, &values)? {
            let like = self.like(row)?;
            if like.likeness >= from {
                found.entry(like.choice.value.clone()).or_insert(like);
            }
        }
        Ok(())
    }

    /// A case of the list with the reasons: the place, and what both say.
    fn like(&self, row: &Row) -> Result<Like, Error> {
        let (no, unit): (CaseNo, Option<UnitId>) = (row.get("case_no")?, row.get("unit")?);
        let (title, body) = (row.text("title")?, row.opt_text("body")?.unwrap_or_default());
        let (place, own) = (row.get::<Option<PlaceId>>("place")?, self.seen.case().place.as_ref());
        let factor = alike::by_place(place.as_ref().map(PlaceId::as_str), own.map(PlaceId::as_str));
        let in_common = self.compared.in_common(&title, &body, 3);
        let at = row.instant("submitted_at")?;
        let unit = unit.map_or_else(|| "待转办".to_owned(), |unit| unit_name(self.bench.policy, &unit));
        let mut parts = vec![no.to_string(), say::moment(self.bench.now, at), unit];
        parts.extend((place.is_some() && place.as_ref() == own).then(|| "同一地点".to_owned()));
        parts.extend((!in_common.is_empty()).then(|| format!("都写到：{}", in_common.join("、"))));
        Ok(Like {
            at: at.0,
            likeness: self.compared.likeness(&title, &body) * factor,
            choice: Choice::new(no.as_str(), title).hinting(parts.join(" · ")),
        })
    }
}
