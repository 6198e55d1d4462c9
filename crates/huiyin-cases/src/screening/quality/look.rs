//! Looking at the answers that were given since the last look, unit by unit. Each is looked at once and stays looked at, so
//! that of how many a check was asked is known.

use super::check::{Check, Given, Other, judged};
use super::queries::{self, Answer};
use crate::cases::log::{Standing, load};
use crate::desk;
use crate::learning;
use huiyin_domain::calendar::Instant;
use huiyin_domain::case::Event;
use huiyin_domain::ids::{CaseNo, UnitId};
use huiyin_foundation::db::Tx;
use huiyin_foundation::error::Error;
use huiyin_foundation::school::App;
use huiyin_text::replies::Sketch;

/// The first look goes back so far, and so far back answers are compared with each other.
const BACK_MS: i64 = 90 * 86_400_000;
/// As many earlier answers of a unit are compared with at most, the latest ones.
const OTHERS_MAX: usize = 400;
/// As many answers are looked at in one step.
const STEP: usize = 100;

/// An answer that was looked at.
pub(super) struct Looked {
    pub no: CaseNo,
    pub seq: u32,
    pub at: Instant,
    pub found: Vec<(Check, Option<CaseNo>)>,
}

/// Looks at what was answered since the last look; says how many answers that were.
pub async fn look(app: &App) -> Result<u64, Error> {
    let units: Vec<UnitId> = app.policy_in_force().policy.units.iter().map(|unit| unit.id.clone()).collect();
    let mut all = 0;
    for unit in units {
        loop {
            let (school, of) = (app.clone(), unit.clone());
            let (looked, until) = app.db.read(move |tx| look_at(tx, &Standing::of(&school), &of)).await?;
            let Some(until) = until else { break };
            all += looked.len() as u64;
            let of = unit.clone();
            app.db.write(move |tx| queries::keep(tx, &of, &looked, until)).await?;
        }
    }
    Ok(all)
}

/// Looks at the next answers of a unit; nothing where there is none. The moment is that of the last one looked at.
fn look_at(tx: &mut Tx, standing: &Standing, unit: &UnitId) -> Result<(Vec<Looked>, Option<Instant>), Error> {
    let back = standing.now.plus_ms(-BACK_MS);
    let since = queries::looked_until(tx, unit)?.unwrap_or(back).max(back);
    let Some(until) = queries::next_until(tx, unit, since, STEP)? else { return Ok((Vec::new(), None)) };
    let answers = queries::answers(tx, unit, since, until)?;
    let templates: Vec<Sketch> =
        desk::template_words(tx, unit)?.iter().map(|words| Sketch::of(words)).collect();
    let others: Vec<Other> = queries::others(tx, unit, back, OTHERS_MAX)?
        .iter()
        .map(|one| Other::of(one.no.clone(), &one.question, &one.words))
        .collect();
    let known = learning::known(tx)?;
    let policy = &standing.policy.policy;
    let mut looked = Vec::with_capacity(answers.len());
    for Answer { no, at, .. } in answers {
        let Some(loaded) = load(tx, &no)? else { continue };
        let record = &loaded.record;
        let Some(line) = record.iter().rev().find(|line| matches!(line.event, Event::Replied { .. })) else {
            continue;
        };
        // The words of a lead case are looked at there.
        if matches!(line.event, Event::Replied { through: Some(_), .. }) {
            continue;
        }
        let Some(one) = queries::words_of(tx, &no)? else { continue };
        let case = &loaded.case;
        let hints = known
            .as_deref()
            .map(|known| learning::hints(policy, Some(known), &case.kind, &one.title, &one.body));
        let own = Other::of(no.clone(), &one.question, &one.words);
        let given = Given {
            question: &one.question,
            answer: &one.words,
            own: &own,
            record,
            templates: &templates,
            others: &others,
            category: case.category.as_ref(),
            hints: hints.as_ref(),
        };
        looked.push(Looked { seq: line.seq, at, found: judged(&given), no });
    }
    Ok((looked, Some(until)))
}
