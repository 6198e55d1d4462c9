//! Which open cases are most like this one, to be ticked when cases are merged (3.8): of the same category at the same place,
//! or by the same requester where both are open; which of the two it is, and who that is, is not said. What the reader may not
//! see is not among them, and numbers may still be typed.

use super::parts::unit_name;
use crate::cases::log::Bench;
use crate::cases::open::OPEN;
use crate::cases::sight::{Seen, not_about};
use huiyin_domain::access::{Act, Duty, units_near};
use huiyin_domain::ids::{CaseNo, UnitId};
use huiyin_foundation::db::{Filter, Row, Tx};
use huiyin_foundation::error::Error;
use huiyin_foundation::say;
use huiyin_foundation::web::Choice;

const LIKELY_MAX: usize = 12;
const SINCE_MS: i64 = 30 * 86_400_000;

/// What may well be the same matter as this, the newest first. Where somebody is kept away or protected, nothing is offered by
/// likeness.
pub(super) fn likely(
    tx: &mut Tx,
    bench: &Bench<'_>,
    seen: &Seen,
    duties: &[Duty],
) -> Result<Vec<Choice>, Error> {
    let case = seen.case();
    if !seen.may(Act::Merge) || case.restricted || !case.recused.is_empty() {
        return Ok(Vec::new());
    }
    let away = units_near(duties, bench.policy);
    let mut found: Vec<(i64, Choice)> = Vec::new();
    if let (Some(category), Some(place)) = (&case.category, &case.place) {
        let filter = open_ones(seen, bench, &away).sql(" and category = ").value(category);
        read(tx, bench, filter.sql(" and place = ").value(place), &mut found)?;
    }
    if let Some(person) = &seen.requester {
        let filter = open_ones(seen, bench, &away).sql(" and identity = 'open' and requester_key in ");
        read(tx, bench, filter.list(bench.keys.own_refs(person)), &mut found)?;
    }
    found.sort_by(|(one, _), (other, _)| other.cmp(one));
    found.truncate(LIKELY_MAX);
    Ok(found.into_iter().map(|(_, choice)| choice).collect())
}

/// The beginning of both questions; what makes them alike follows.
fn open_ones(seen: &Seen, bench: &Bench<'_>, away: &[UnitId]) -> Filter {
    let filter = Filter::new("select case_no, title, unit, submitted_at\n   from cases\n  where ");
    not_about(filter, away)
        .sql(OPEN)
        .sql(" and restricted = 0 and recused = '' and case_no <> ")
        .value(&seen.no)
        .sql(" and submitted_at >= ")
        .value(bench.now.plus_ms(-SINCE_MS))
}

fn read(tx: &mut Tx, bench: &Bench<'_>, filter: Filter, found: &mut Vec<(i64, Choice)>) -> Result<(), Error> {
    let (sql, values) = filter.sql(" order by submitted_at desc, case_no limit ").value(LIKELY_MAX).finish();
    // Which open cases of the last weeks are like this one?
    let rows = tx.query(sql, &values)?;
    let choice = |row: &Row| {
        let (no, unit): (CaseNo, Option<UnitId>) = (row.get("case_no")?, row.get("unit")?);
        let unit = unit.map_or_else(|| "待转办".to_owned(), |unit| unit_name(bench.policy, &unit));
        let at = row.instant("submitted_at")?;
        let hint = format!("{no} · {} · {unit}", say::moment(bench.now, at));
        Ok::<_, Error>((at.0, Choice::new(no.as_str(), row.text("title")?).hinting(hint)))
    };
    for row in &rows {
        let (at, choice) = choice(row)?;
        if !found.iter().any(|(_, known)| known.value == choice.value) {
            found.push((at, choice));
        }
    }
    Ok(())
}
