//! Problem lists of the demonstration: one that a clerk owns, and findings at every stage, so that the pages of the office and
//! of the units have something to show. The lists themselves are run through when the school opens.

use super::cast::Cast;
use super::chance::Chance;
use huiyin_cases::cases::log::Bench;
use huiyin_cases::screening::{Played, own, play};
use huiyin_domain::calendar::TimeOfDay;
use huiyin_domain::ids::{CaseNo, UnitId};
use huiyin_foundation::db::Tx;
use huiyin_foundation::error::Error;
use huiyin_foundation::params;

/// Which steps of the unit and of the office a finding has behind it, one more for each.
const STEPS: [(&str, &str); 3] = [
    ("verify", "核实过了，确实拖了，当时缺人手，没有及时联系反映人。"),
    ("order", "请排出人手，办完以后电话告诉反映人，并写明防止再发生的办法。"),
    ("report", "已排专人，前天上门办完，反映人表示可以；以后这类件当天联系。"),
];
const ASKED: &str = "这件来回不止一次，请核实是什么原因，现在办到哪一步。";
const ASKED_AT: TimeOfDay = TimeOfDay { minutes: 15 * 60 + 40 };

/// Yesterday the office asked about some cases that went to and fro; the units have answered some.
pub fn find(tx: &mut Tx, bench: &Bench<'_>, cast: &Cast, seed: u64) -> Result<(), Error> {
    let mut chance = Chance::of(seed);
    let Some(clerk) = cast.clerk(&mut chance) else { return Ok(()) };
    let at = bench.now.day().before().at(ASKED_AT);
    own(tx, &Bench { now: at, ..*bench }, "repeated", &clerk.person)?;
    for (far, (no, unit)) in to_and_fro(tx)?.into_iter().enumerate() {
        let Some(officer) = cast.officer(&unit, &mut chance) else { continue };
        let due_on = Some(bench.calendar.nth_working_day_after(bench.now.day(), 2).0);
        let ask = Played {
            by: &clerk.person,
            duties: &clerk.duties,
            step: "ask",
            words: ASKED,
            due_on,
            responsible: None,
        };
        play(tx, &Bench { now: at, ..*bench }, &no, "list:bounced", ask)?;
        for (nth, (step, words)) in (1_i64..).zip(STEPS).take(far) {
            let is_order = step == "order";
            let member = if is_order { clerk } else { officer };
            let taken = Played {
                by: &member.person,
                duties: &member.duties,
                step,
                words,
                due_on: due_on.filter(|_| is_order),
                responsible: Some(&officer.person).filter(|_| is_order),
            };
            play(tx, &Bench { now: at.plus_ms(nth * 40 * 60_000), ..*bench }, &no, "", taken)?;
        }
    }
    Ok(())
}

/// Some cases that were sent back or handled again, each with its unit.
fn to_and_fro(tx: &mut Tx) -> Result<Vec<(CaseNo, UnitId)>, Error> {
    // Which cases went to and fro, and lie with a unit?
    tx.query_map(
        "select case_no, unit
         from cases
         where (send_backs > 0 or round > 1 or review_on is not null)
           and unit is not null
           and restricted = 0
           and recused = ''
           and stage in ('assigned', 'replied', 'rated', 'archived')
         order by send_backs desc, round desc, case_no desc
         limit 4",
        params![],
        |row| Ok((row.get("case_no")?, row.get("unit")?)),
    )
}
