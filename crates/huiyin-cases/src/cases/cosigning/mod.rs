//! Co-signing a proposal of the staff congress (教代会提案, 附议; 1.4): the proposer asks others by their roster number, each
//! answers on a page of their own, and the unit that leads the channel says what becomes of it.
//!
//! Nobody is a co-signer without their own word, nothing waits for them, and no number decides. Who co-signs reads the
//! proposal, its record and its answer; judging it stays the proposer's. What the record keeps is how many were asked and
//! which of them said yes, not who they are.

mod answering;
mod mine;
mod naming;
mod queries;
mod settling;
#[cfg(test)]
mod tests;

pub(crate) use mine::{Cosigned, of_person};
pub use naming::invite;
pub(crate) use queries::place_of;

use super::log::Loaded;
use super::texts::Texts;
use huiyin_domain::case::{Case, Cosigning, Event, TextKind};
use huiyin_domain::ids::CaseNo;
use huiyin_domain::policy::Policy;
use huiyin_foundation::db::Tx;
use huiyin_foundation::error::Error;
use huiyin_foundation::web::{Door, Routes};

/// The routes of this folder.
pub fn routes() -> Routes {
    Routes::new("cases")
        .get("/cases/{no}/cosigners", Door::SignedIn, naming::show)
        .post("/cases/{no}/cosigners", Door::SignedIn, naming::act)
        .get("/cosigning/{no}", Door::SignedIn, answering::show)
        .post("/cosigning/{no}", Door::SignedIn, answering::act)
        .get("/staff/cases/{no}/proposal", Door::Staff, settling::show)
        .post("/staff/cases/{no}/proposal", Door::Staff, settling::act)
}

/// 「附议 2 / 3」 for a proposal; none for any other case.
pub(crate) fn standing(policy: &Policy, case: &Case) -> Option<String> {
    let wanted = policy.channel(&case.channel)?.cosigners_min?;
    let settled = match case.is_filed {
        None => "",
        Some(true) => "，已立案",
        Some(false) => "，作为建议办理",
    };
    Some(format!("附议 {} / {wanted}{settled}", case.cosigned()))
}

/// Those who were asked, as they were named, each with the answer.
pub(crate) fn named(loaded: &Loaded, texts: &Texts) -> Vec<(String, Cosigning)> {
    let mut names = Vec::new();
    for line in &loaded.record {
        if let Event::CosignersNamed(named) = &line.event {
            // A text that was erased leaves its places, without names.
            let mut said = texts.of(line.seq, TextKind::Cosigners).lines();
            let name = || said.next().unwrap_or("（姓名已删除）").to_owned();
            names.extend(std::iter::repeat_with(name).take(usize::from(named.count)));
        }
    }
    names.into_iter().zip(loaded.case.cosigners.iter().copied()).collect()
}

/// The keyed references of all who co-sign, for the messages they get.
pub(crate) fn who_cosign(tx: &mut Tx, no: &CaseNo, case: &Case) -> Result<Vec<String>, Error> {
    let consents = |place: u16| case.cosigning_of(place) == Some(Cosigning::Consents);
    // Of what is protected or about somebody they hear nothing more: who of them is near cannot be told by a reference.
    let is_told = case.cosigned() > 0 && !case.restricted && case.recused.is_empty();
    let all = if is_told { queries::all(tx, no)? } else { Vec::new() };
    Ok(all.into_iter().filter(|(place, _)| consents(*place)).map(|(_, person)| person).collect())
}

/// The keyed references of all who were ever asked.
pub(crate) fn who_was_asked(tx: &mut Tx, no: &CaseNo) -> Result<Vec<String>, Error> {
    Ok(queries::all(tx, no)?.into_iter().map(|(_, person)| person).collect())
}
