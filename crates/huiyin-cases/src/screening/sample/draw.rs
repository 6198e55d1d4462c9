//! Drawing: every case of the pool gets a lot from the seed, and the smallest lots are drawn. Whoever has the seed and the pool
//! draws the same cases again; nobody who does not know the seed beforehand can choose.

use huiyin_domain::ids::{CaseNo, UnitId};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// A case that may be drawn, with the unit that had it.
pub(super) type Lot = (CaseNo, UnitId);

/// Draws so many of the pool; stratified, every unit gives its share, and the largest remainders give one more.
pub(super) fn draw(seed: &str, pool: &[Lot], wanted: usize, is_stratified: bool) -> Vec<Lot> {
    if !is_stratified {
        return smallest(seed, pool.iter().collect(), wanted);
    }
    let mut strata: BTreeMap<&UnitId, Vec<&Lot>> = BTreeMap::new();
    for lot in pool {
        strata.entry(&lot.1).or_default().push(lot);
    }
    let wanted = wanted.min(pool.len());
    let mut shares: Vec<(usize, usize, Vec<&Lot>)> = strata
        .into_values()
        .map(|lots| {
            let exact = lots.len() * wanted;
            (exact / pool.len(), exact % pool.len(), lots)
        })
        .collect();
    let mut left = wanted - shares.iter().map(|(share, _, _)| share).sum::<usize>();
    let mut order: Vec<usize> = (0..shares.len()).collect();
    order.sort_by_key(|at| std::cmp::Reverse(shares[*at].1));
    for at in order {
        if left > 0 && shares[at].0 < shares[at].2.len() {
            shares[at].0 += 1;
            left -= 1;
        }
    }
    shares.into_iter().flat_map(|(share, _, lots)| smallest(seed, lots, share)).collect()
}

fn smallest(seed: &str, lots: Vec<&Lot>, wanted: usize) -> Vec<Lot> {
    let mut drawn: Vec<([u8; 32], &Lot)> = lots.into_iter().map(|lot| (lot_of(seed, &lot.0), lot)).collect();
    drawn.sort();
    drawn.into_iter().take(wanted).map(|(_, lot)| lot.clone()).collect()
}

/// The lot of a case under a seed: SHA-256 of the seed, a line and the number.
fn lot_of(seed: &str, no: &CaseNo) -> [u8; 32] {
    Sha256::digest(format!("{seed}|{no}").as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pool(of: &[(&str, usize)]) -> Vec<Lot> {
        let lots = of.iter().flat_map(|(unit, many)| (0..*many).map(|at| (unit.to_string(), at)));
        lots.map(|(unit, at)| (format!("HY-{unit}-{at:04}").as_str().into(), unit.as_str().into())).collect()
    }

    #[test]
    fn the_same_seed_draws_the_same_cases_and_another_draws_others() {
        let pool = pool(&[("library", 300)]);
        let drawn = draw("a", &pool, 20, false);
        let mut turned = pool.clone();
        turned.reverse();
        assert_eq!(drawn, draw("a", &turned, 20, false), "the order of the pool says nothing");
        assert_ne!(drawn, draw("b", &pool, 20, false));
        assert_eq!(draw("a", &pool, 500, false).len(), 300, "no more than there are");
        assert_eq!(draw("a", &[], 5, true), []);
    }

    #[test]
    fn every_unit_gives_its_share_when_that_is_asked() {
        let pool = pool(&[("catering", 10), ("library", 70), ("logistics", 120)]);
        let drawn = draw("a", &pool, 20, true);
        let of = |unit: &str| drawn.iter().filter(|lot| lot.1.as_str() == unit).count();
        assert_eq!((drawn.len(), of("catering"), of("library"), of("logistics")), (20, 1, 7, 12));
    }

    #[test]
    fn every_case_is_drawn_as_often_as_every_other() {
        let pool = pool(&[("library", 10)]);
        let mut times: BTreeMap<CaseNo, usize> = BTreeMap::new();
        for seed in 0..2000 {
            for (no, _) in draw(&seed.to_string(), &pool, 2, false) {
                *times.entry(no).or_default() += 1;
            }
        }
        assert!(times.len() == 10 && times.values().all(|n| (330..=470).contains(n)), "{times:?}");
    }
}
