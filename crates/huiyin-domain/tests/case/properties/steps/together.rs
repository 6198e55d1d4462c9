//! Random acts that came with several units and several cases.

use super::Step;
use crate::school::{self, UNITS};
use huiyin_domain::access::Role;
use huiyin_domain::case::*;
use huiyin_domain::ids::UnitId;

impl Step {
    /// What came with several units and several cases.
    pub(super) fn dispatching(&self, case: &Case) -> (Actor, Command) {
        let office = school::clerk;
        let (words, reason) = (self.words("内容"), self.words("理由"));
        let unit: UnitId = self.pick(2, &UNITS).into();
        let other = self.pick(4, &["HY-20261123-0002", "HY-20261123-0003"]).into();
        match self.what {
            52 | 53 => {
                let units = vec![unit, self.pick(7, &UNITS).into()];
                let whistle = self.flavour.is_multiple_of(2);
                (office(), Command::AskAssistance { units, words, whistle })
            }
            54 | 55 => {
                let assistant = case.assisting.first().cloned().unwrap_or(unit);
                (school::officer(assistant.as_str()), Command::GiveOpinion { words, files: vec![] })
            }
            56 if self.flavour.is_multiple_of(2) => {
                let who = self.pick(9, &[office(), office(), Actor::Rule]);
                (who, Command::Recuse { units: vec![unit], reason })
            }
            56 if !case.recused.is_empty() => {
                let who = self.pick(9, &[office(), school::staff(Role::Supervisor, None, None), Actor::Rule]);
                (who, Command::LiftRecusal { units: vec![self.pick(3, &case.recused)], reason })
            }
            57 => {
                let (restricted, recused) = (case.restricted, case.recused.clone());
                let (kind, category) = (case.kind.clone(), case.category.clone());
                let (stage, is_crisis) = (Stage::Assigned, case.is_crisis());
                let lead = Lead { no: other, kind, category, stage, restricted, recused, is_crisis };
                let own = self.pick(9, &["HY-20261123-0001", "HY-20261123-0002"]).into();
                (office(), Command::Merge { own, lead: Box::new(lead) })
            }
            58 => (office(), Command::Join { other }),
            59 => (self.pick(1, &[office(), Actor::Rule]), Command::Unmerge { reason }),
            60 if self.flavour.is_multiple_of(2) => (Actor::Rule, Command::Protect),
            60 => (office(), Command::Part { other }),
            61 if self.flavour.is_multiple_of(3) => (Actor::Rule, Command::ReportThroughLead { unit, words }),
            61 => {
                let (outcome, visibility) = (Outcome::Solved, Visibility::Public);
                let files = vec!["file-3".into()];
                (
                    Actor::Rule,
                    Command::ReplyThroughLead(LeadsAnswer { unit, words, outcome, visibility, files }),
                )
            }
            62 if self.flavour.is_multiple_of(2) => (Actor::Rule, Command::FollowSuccessor),
            62 if self.flavour.is_multiple_of(3) => {
                let category = self.pick(5, &["lighting", "books"]).into();
                let words = vec!["灯".to_owned()];
                let learned =
                    Learned { category, model: 3, share: 98, confirmed: 400, words, text: String::new() };
                (Actor::Rule, Command::AssignAsLearned(Box::new(learned)))
            }
            62 => (office(), Command::SplitOff { other }),
            _ => (office(), Command::Assign { unit, forced: true, reason }),
        }
    }
}
