//! Who co-signs a proposal.

use crate::case::{Case, Cosigning, Event};

/// Folds one event about co-signers; any other changes nothing.
pub(super) fn fold(case: &mut Case, event: &Event) {
    match event {
        Event::CosignersNamed(named) => {
            case.cosigners.extend(vec![Cosigning::Asked; usize::from(named.count)]);
        }
        Event::CosignAnswered(answer) => {
            let at = usize::from(answer.place).checked_sub(1);
            if let Some(cosigning) = at.and_then(|at| case.cosigners.get_mut(at)) {
                *cosigning = if answer.consents { Cosigning::Consents } else { Cosigning::Declines };
            }
        }
        _ => {}
    }
}
