//! A report never goes unseen to the unit it is about: whoever gives a protected case to a unit that its words name has to
//! say that they looked into it (5.1). The names of people are not looked for; only reading finds those.

use super::acts::actor_of;
use crate::cases::log::Bench;
use crate::cases::sight;
use huiyin_domain::case::Command;
use huiyin_domain::ids::CaseNo;
use huiyin_domain::policy::Unit;
use huiyin_foundation::db::Tx;
use huiyin_foundation::error::Error;
use huiyin_foundation::web::Visitor;

/// The tick that says so.
pub(crate) const LOOKED_INTO: &str = "looked_into";

/// Asks for the tick when a protected case is given to a unit that it names.
pub(crate) fn expect_other_unit(
    tx: &mut Tx,
    bench: &Bench<'_>,
    visitor: &Visitor,
    no: &CaseNo,
    command: &Command,
) -> Result<(), Error> {
    let units = match command {
        Command::Assign { unit, .. } | Command::Instruct { unit, .. } => vec![unit],
        Command::Transfer { unit, assisting, .. } => std::iter::once(unit).chain(assisting).collect(),
        _ => return Ok(()),
    };
    let seen = sight::by_staff(tx, bench, &actor_of(visitor)?, no)?;
    if !seen.case().restricted {
        return Ok(());
    }
    let words = seen.texts.of_requester(&seen.loaded.record);
    let named = units.into_iter().filter_map(|id| bench.policy.unit(id)).find(|unit| is_named(unit, &words));
    match named {
        None => Ok(()),
        Some(unit) => {
            let sentence =
                format!("内容里提到了{}，可能反映的就是它。核实之后请在下面打勾，或改派别的单位", unit.name);
            Err(Error::invalid(LOOKED_INTO, sentence))
        }
    }
}

fn is_named(unit: &Unit, words: &str) -> bool {
    std::iter::once(&unit.name)
        .chain(&unit.aliases)
        .any(|name| !name.is_empty() && words.contains(name.as_str()))
}
