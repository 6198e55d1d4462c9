//! Proposals of the staff congress (教代会提案, 1.4): others are asked to co-sign, and each answers for themselves.
//!
//! Nothing waits for them: the proposal was received when it was sent, and its clocks run. How many have co-signed is said;
//! whether it is taken on as a proposal or handled as a suggestion, a person decides, never a number.

use super::*;
use crate::case::{CosignAnswered, CosignersNamed, Cosigning, ProposalSettled};
use crate::policy::Channel;

pub(super) fn name_cosigners(case: &Case, names: Vec<String>, ctx: &Ctx<'_>) -> Result<Vec<Draft>, Refusal> {
    channel_of(case, ctx)?;
    stage(case, OPEN, "请人附议")?;
    let names: Vec<String> = names.into_iter().filter(|name| !name.trim().is_empty()).collect();
    let count = u16::try_from(names.len()).unwrap_or(u16::MAX);
    demand(&names.concat(), "请谁附议")?;
    let named = Event::CosignersNamed(CosignersNamed { count });
    ctx.one(named, [(TextKind::Cosigners, names.join("\n"))])
}

/// Who consented may take it back while the proposal is open; who declined is asked no more.
pub(super) fn answer(case: &Case, consents: bool, ctx: &Ctx<'_>) -> Result<Vec<Draft>, Refusal> {
    let Actor::Cosigner { place } = ctx.actor else { return Err(Refusal::NotYours) };
    stage(case, OPEN, "答复附议")?;
    match case.cosigning_of(*place) {
        Some(Cosigning::Consents) if consents => Ok(Vec::new()),
        Some(Cosigning::Asked | Cosigning::Consents) => {
            ctx.one(Event::CosignAnswered(CosignAnswered { place: *place, consents }), [])
        }
        Some(Cosigning::Declines) | None => Err(Refusal::NotYours),
    }
}

/// By the unit that leads the channel, once it has the case, or by the coordinating office.
pub(super) fn settle(
    case: &Case,
    is_filed: bool,
    reason: String,
    worn: &[Hat],
    ctx: &Ctx<'_>,
) -> Result<Vec<Draft>, Refusal> {
    let channel = channel_of(case, ctx)?;
    if !worn.contains(&Hat::Clerk) && case.unit.as_ref() != Some(&channel.owner) {
        return Err(Refusal::LeadDecides);
    }
    stage(case, OPEN, "决定是否立案")?;
    if case.is_filed.is_some() {
        return Err(Refusal::TooLate { act: "决定是否立案", standing: "已经定过" });
    }
    if !is_filed {
        demand(&reason, "作为建议办理的理由")?;
    }
    ctx.one(Event::ProposalSettled(ProposalSettled { is_filed }), [(TextKind::Reason, reason)])
}

/// The channel, when it is one by which proposals come.
fn channel_of<'a>(case: &Case, ctx: &Ctx<'a>) -> Result<&'a Channel, Refusal> {
    let channel = ctx.policy.channel(&case.channel);
    channel.filter(|channel| channel.cosigners_min.is_some()).ok_or(Refusal::NotAProposal)
}
