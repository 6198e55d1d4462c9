//! A report never goes unseen to the unit it is about: whoever gives a protected case to a unit that its words name has to
//! say that they looked into it (5.1). The names of people are not looked for; only reading finds those.

use crate::cases::log::Bench;
use crate::cases::sight::Seen;
use crate::cases::texts::is_named;
use crate::cases::together::words_with_joined;
use huiyin_domain::case::Command;
use huiyin_domain::ids::{CategoryId, KindId, UnitId};
use huiyin_foundation::db::Tx;
use huiyin_foundation::error::Error;

/// The tick that says so.
pub(crate) const LOOKED_INTO: &str = "looked_into";

/// Asks for the tick when a protected case is given to a unit that it names.
pub(crate) fn expect_other_unit(
    tx: &mut Tx,
    bench: &Bench<'_>,
    seen: &Seen,
    command: &Command,
) -> Result<(), Error> {
    let units = match command {
        Command::Assign { unit, .. } | Command::Instruct { unit, .. } => vec![unit],
        Command::Transfer { unit, assisting, .. } => std::iter::once(unit).chain(assisting).collect(),
        Command::AskAssistance { units, .. } => units.iter().collect(),
        // Onto a road of the law it goes to the body at once.
        Command::Correct { kind, category, .. } => {
            return expect_other_body(tx, bench, seen, kind, category);
        }
        _ => return Ok(()),
    };
    if !seen.case().restricted {
        return Ok(());
    }
    expect_unnamed(tx, bench, seen, &units)
}

/// Asks for the tick when a correction would carry a matter to a body that it names.
fn expect_other_body(
    tx: &mut Tx,
    bench: &Bench<'_>,
    seen: &Seen,
    kind: &Option<KindId>,
    category: &Option<CategoryId>,
) -> Result<(), Error> {
    let case = seen.case();
    let present = bench.policy.statutory_of(&case.kind, case.category.as_ref());
    let becomes = bench
        .policy
        .statutory_of(kind.as_ref().unwrap_or(&case.kind), category.as_ref().or(case.category.as_ref()));
    let body = becomes.filter(|_| becomes != present).and_then(|procedure| bench.policy.body_of(procedure));
    body.map_or(Ok(()), |body| expect_unnamed(tx, bench, seen, &[body]))
}

/// Asks for the tick when the words of the requester, or of somebody whose case comes along, name one of these units.
pub(super) fn expect_unnamed(
    tx: &mut Tx,
    bench: &Bench<'_>,
    seen: &Seen,
    units: &[&UnitId],
) -> Result<(), Error> {
    let words = words_with_joined(tx, seen)?;
    let named = units.iter().filter_map(|id| bench.policy.unit(id)).find(|unit| is_named(unit, &words));
    match named {
        None => Ok(()),
        Some(unit) => {
            let sentence =
                format!("内容里提到了{}，可能反映的就是它。核实之后请在下面打勾，或改派别的单位", unit.name);
            Err(Error::invalid(LOOKED_INTO, sentence))
        }
    }
}
