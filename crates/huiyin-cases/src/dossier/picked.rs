//! A press on what is proposed (3.1): the case comes under that category and goes to the unit whose matter it is, in one step.
//! What was proposed and what was chosen is noted, also where somebody chose otherwise.

use super::acts::{actor_of, carry_all_once};
use super::asked::Noun;
use super::concerned;
use crate::cases::log::{Bench, load};
use crate::cases::once::SentForm;
use crate::cases::sight;
use crate::learning::{Hints, note_change, note_choice, proposed_for};
use huiyin_domain::case::Command;
use huiyin_domain::ids::{CaseNo, CategoryId};
use huiyin_foundation::db::Tx;
use huiyin_foundation::error::Error;
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Form, Visitor};

/// Why a category was set, where a press on a proposal set it.
const REASON: &str = "派单时按建议的类别确定";

/// The category that was pressed; none for an ordinary form.
pub(super) fn category(noun: Noun, form: &Form) -> Option<CategoryId> {
    let picked = Some(form.text("pick")).filter(|id| !id.is_empty());
    picked.filter(|_| noun == Noun::Assignment).map(CategoryId)
}

/// What is proposed for this case just now, where the act is to give it to a unit.
pub(super) async fn proposed(app: &App, noun: Noun, no: &CaseNo) -> Result<Option<Hints>, Error> {
    if !matches!(noun, Noun::Assignment | Noun::Transfer) {
        return Ok(None);
    }
    let (policy, no) = (app.policy_in_force(), no.clone());
    app.db.read(move |tx| proposed_for(tx, &policy.policy, &no)).await
}

/// Sets the category and gives the case to its unit.
///
/// # Errors
/// `Refused` for a category that is not offered under the kind of the case, or has no unit.
pub(super) fn carry(
    tx: &mut Tx,
    bench: &Bench<'_>,
    hand: (&Visitor, &SentForm, Option<u32>),
    no: &CaseNo,
    category: CategoryId,
    is_looked_into: bool,
) -> Result<(), Error> {
    let seen = sight::by_staff(tx, bench, &actor_of(hand.0)?, no)?;
    let case = seen.case();
    if !bench.policy.categories_of(&case.kind).any(|known| known.id == category) {
        return Err(Error::refused("这个类别不用在这一类诉求上，请另选类别", ""));
    }
    let Some(unit) = bench.policy.unit_for(&category, case.place.as_ref(), bench.now.day()) else {
        return Err(Error::refused("这个类别还没有主办单位，请选单位直接办理或转办", ""));
    };
    let mut commands = Vec::new();
    if case.category.as_ref() != Some(&category) {
        let reason = REASON.to_owned();
        let category = Some(category);
        commands.push(Command::Correct { kind: None, category, place: None, urgency: None, reason });
    }
    commands.push(Command::Assign { unit, forced: false, reason: String::new() });
    for command in commands.iter().filter(|_| !is_looked_into) {
        concerned::expect_other_unit(tx, bench, &seen, command)?;
    }
    carry_all_once(tx, bench, hand, no, commands)
}

/// The category that a command puts right.
pub(super) fn corrected(command: &Command) -> Option<CategoryId> {
    match command {
        Command::Correct { category, .. } => category.clone(),
        _ => None,
    }
}

/// Notes what became of a proposal by what was just carried out.
pub(super) fn note(
    tx: &mut Tx,
    bench: &Bench<'_>,
    no: &CaseNo,
    corrected: Option<&CategoryId>,
    proposed: Option<&Hints>,
) -> Result<(), Error> {
    if let Some(category) = corrected {
        note_change(tx, no, Some(category))?;
    }
    let Some(proposed) = proposed else { return Ok(()) };
    let Some(loaded) = load(tx, no)? else { return Ok(()) };
    note_choice(tx, bench.policy, no, proposed, &loaded.case, bench.now)
}
