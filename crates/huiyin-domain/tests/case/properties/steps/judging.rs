//! Random judgements of an answer, on the page and on the phone.

use super::Step;
use huiyin_domain::case::*;

impl Step {
    /// What was said on the phone, where somebody was reached.
    pub(super) fn call(&self, words: String) -> Command {
        let solved = self.pick(2, &[Solved::Yes, Solved::Partly, Solved::No]);
        let satisfaction = self.pick(4, &[Satisfaction::Satisfied, Satisfaction::Dissatisfied]);
        let said = Said { contacted: Some(true), solved, satisfaction, words, publish: None };
        Command::FollowUp(Some(said).filter(|_| !self.flavour.is_multiple_of(3)))
    }

    pub(super) fn rating(&self) -> Command {
        Command::Rate {
            contacted: self.pick(1, &[None, Some(true), Some(false)]),
            solved: self.pick(2, &[Solved::Yes, Solved::Partly, Solved::No, Solved::No]),
            satisfaction: self
                .pick(4, &[Satisfaction::Satisfied, Satisfaction::Fairly, Satisfaction::Dissatisfied]),
            complaints: self.pick(6, &[vec![], vec!["太慢".to_owned()]]),
            words: self.words("评价"),
            publish: self.pick(7, &[None, Some(true), Some(false)]),
            reopen: self.flavour.is_multiple_of(8),
        }
    }
}
