//! At the place (1.3): come, pictures, a part that is missing. The answer itself is the answer of `answering`.
//!
//! Having come is no word to the requester and meets no clock; saying which part is missing and when it is expected is one.

use super::*;
use crate::case::{PartDay, Pictured};
use crate::ids::FileId;

/// Come once more on the same day, with nothing awaited since, is the same coming: nothing is recorded.
pub(super) fn arrive(case: &Case, worn: &[Hat], ctx: &Ctx<'_>) -> Result<Vec<Draft>, Refusal> {
    stage(case, &[Stage::Assigned], "记到场")?;
    let field = &case.field;
    if field.part_on.is_none() && field.arrived_at.is_some_and(|at| at.day() == ctx.now.day()) {
        return Ok(Vec::new());
    }
    Ok(signed(case, worn, ctx).chain([ctx.draft(Event::FieldArrived {}, [])]).collect())
}

/// Whoever of the unit works on a case that nobody has signed for signs for it; a volunteer does not.
pub(super) fn signed(case: &Case, worn: &[Hat], ctx: &Ctx<'_>) -> impl Iterator<Item = Draft> + use<> {
    let is_new = case.signed_at.is_none() && worn != [Hat::Volunteer];
    is_new.then(|| ctx.draft(Event::SignedFor {}, [])).into_iter()
}

pub(super) fn picture(
    case: &Case,
    moment: WorkMoment,
    files: Vec<FileId>,
    worn: &[Hat],
    ctx: &Ctx<'_>,
) -> Result<Vec<Draft>, Refusal> {
    stage(case, &[Stage::Assigned], "传现场照片")?;
    if files.is_empty() {
        return Err(Refusal::PictureMissing);
    }
    let pictured = ctx.draft(Event::FieldPictured(Pictured { moment, files }), []);
    Ok(signed(case, worn, ctx).chain([pictured]).collect())
}

/// The day may lie behind the limit: then more time until that day is asked for at once, where the rules allow it.
/// Where they do not, the limit stands and the part is only told of. What is longer away than a matter may rest without a look
/// at it is no part that is awaited, but something that cannot be done yet (4.4).
pub(super) fn await_part(
    case: &Case,
    words: String,
    expected_on: Day,
    worn: &[Hat],
    ctx: &Ctx<'_>,
) -> Result<Vec<Draft>, Refusal> {
    stage(case, &[Stage::Assigned], "记缺配件")?;
    demand(&words, "缺什么配件")?;
    let until = coming(shelving::within_reach(expected_on, ctx)?, ctx)?;
    let reason = format!("缺配件：{}", words.trim());
    let awaited = ctx.draft(Event::PartAwaited(PartDay { expected_on }), [(TextKind::Words, words)]);
    let mut drafts: Vec<Draft> = signed(case, worn, ctx).chain([awaited]).collect();
    if case.round().promise(Clock::Result).is_some_and(|promise| promise.due < until) {
        drafts.extend(extension::ask(case, expected_on, reason, ctx).unwrap_or_default());
    }
    Ok(drafts)
}
