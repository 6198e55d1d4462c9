//! Taking a step: whether it may follow, how the finding stands then, and who hears of it; all in one transaction.

use super::entry::Entry;
use super::queries::{self, Finding, Taken};
use super::state::{Step, after};
use super::telling;
use crate::cases::log::Bench;
use crate::cases::sight::Seen;
use crate::screening::quality::{self, Check};
use huiyin_domain::ids::PersonId;
use huiyin_foundation::db::Tx;
use huiyin_foundation::error::Error;

/// Takes a step about a case; `source` says where a new finding comes from.
///
/// # Errors
/// `Conflict` when the step may not follow on how it stands by now; `Refused` where no unit has the case.
pub(in crate::screening) fn take(
    tx: &mut Tx,
    bench: &Bench<'_>,
    seen: &Seen,
    by: &PersonId,
    source: &str,
    entry: Entry,
) -> Result<(), Error> {
    let open = queries::open(tx, &seen.no)?;
    let state = after(open.as_ref().map(|finding| finding.state), entry.step);
    let Some(state) = state else {
        return Err(Error::conflict("这一步刚才已经有人办过，请看最新情况。"));
    };
    let unit = seen.case().unit.clone();
    let finding = match open {
        None => {
            let no_unit = || Error::refused("这件还没有交到单位，先转办，再交单位核实。", "");
            let due_on = entry.due_on.ok_or_else(|| Error::internal("a step without its day"))?;
            Finding {
                id: bench.keys.uuid_v7(bench.now),
                no: seen.no.clone(),
                unit: unit.ok_or_else(no_unit)?,
                source: source.to_owned(),
                state,
                due_on,
                responsible: None,
                asked_by: by.clone(),
            }
        }
        // What is ordered is ordered of whoever has the case by now.
        Some(known) => Finding {
            state,
            unit: unit.filter(|_| entry.step == Step::Order).unwrap_or(known.unit),
            due_on: entry.due_on.unwrap_or(known.due_on),
            responsible: entry.responsible.clone().or(known.responsible),
            asked_by: if entry.step == Step::Order { by.clone() } else { known.asked_by },
            ..known
        },
    };
    queries::write(tx, &finding, bench.now)?;
    if entry.step == Step::Ask
        && let Some(check) = source.strip_prefix("check:").and_then(Check::from_word)
    {
        quality::asked(tx, &finding.no, check, by, bench.now)?;
    }
    let taken = Taken {
        step: entry.step,
        at: bench.now,
        by: by.clone(),
        words: entry.words,
        due_on: entry.due_on,
        responsible: entry.responsible,
    };
    queries::add(tx, &finding, &taken)?;
    telling::tell(tx, bench, seen, &finding, entry.step)
}
