//! Roads that the law has laid (5.7): an appeal, a review, a report, a petition goes to its own body under its own clock, and
//! whatever is done here ends none of the requester's rights.
//!
//! Everything in it is the school's to set; the law is quoted, never compiled in.

use super::Policy;
use crate::case::{Case, Outcome};
use crate::ids::{CategoryId, KindId, UnitId};
use serde::Serialize;

/// A procedure that the law gives its own body and its own clock.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Statutory {
    /// Id, named in the promise made from it.
    pub id: String,
    /// 学生申诉
    pub name: String,
    /// Only these kinds; empty: all.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub kinds: Vec<KindId>,
    /// Only these categories; empty: all, also before one is known.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub categories: Vec<CategoryId>,
    /// The body that decides.
    pub unit: UnitId,
    /// Calendar days from the day it came in; what ends on a rest day ends on the working day after.
    pub days: u16,
    /// Calendar days of the one extension; none: never.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extension_days: Option<u16>,
    /// Who grants it.
    #[serde(skip_serializing_if = "ExtensionBy::is_head")]
    pub extension_by: ExtensionBy,
    /// Days from the decision within which it is brought in; said to the requester, never refused by the program.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub filing_days: Option<u16>,
    /// What the requester may do after the answer, said on their page.
    pub rights: String,
    /// Clause.
    pub clause: String,
    /// How what came of it is called; none: as of any matter.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcomes: Option<OutcomeWords>,
}

/// The words of a procedure for what came of it; what they mean for the figures stays what it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OutcomeWords {
    /// 撤销原处理
    pub solved: String,
    /// 变更原处理
    pub partly: String,
    /// 维持原处理
    pub explained: String,
}

impl OutcomeWords {
    /// How this one is called; what has a term is not put off.
    pub fn of(&self, outcome: Outcome) -> Option<&str> {
        match outcome {
            Outcome::Solved => Some(&self.solved),
            Outcome::Partly => Some(&self.partly),
            Outcome::Explained => Some(&self.explained),
            Outcome::CannotYet => None,
        }
    }
}

/// Who grants the extension that a law gives.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ExtensionBy {
    /// 该机构负责人; the leader in charge where the body has none.
    #[default]
    Head,
    /// 学校负责人: the leader in charge of the body, or the head of the school.
    School,
}

impl ExtensionBy {
    /// The head of the body, which a preset does not write out.
    pub fn is_head(&self) -> bool {
        *self == ExtensionBy::Head
    }

    /// How whoever grants it is called.
    pub fn words(self) -> &'static str {
        match self {
            ExtensionBy::Head => "承办机构负责人",
            ExtensionBy::School => "学校负责人",
        }
    }
}

impl Statutory {
    fn is_for(&self, kind: &KindId, category: Option<&CategoryId>) -> bool {
        let fits_category = || category.is_some_and(|category| self.categories.contains(category));
        (self.kinds.is_empty() || self.kinds.contains(kind))
            && (self.categories.is_empty() || fits_category())
    }
}

impl Policy {
    /// The procedure that a matter of this kind and category has by law: the first that fits.
    pub fn statutory_of(&self, kind: &KindId, category: Option<&CategoryId>) -> Option<&Statutory> {
        self.statutory.iter().find(|procedure| procedure.is_for(kind, category))
    }

    /// The law that has set the term of this case.
    pub fn law_of(&self, case: &Case) -> Option<&Statutory> {
        self.law_in_row(&case.kind, case.category.as_ref(), case.is_on_statute())
    }

    /// The same for a case of which only this is known: a category that is put under a procedure later does not change what an
    /// answer was given as.
    pub fn law_in_row(
        &self,
        kind: &KindId,
        category: Option<&CategoryId>,
        is_on_statute: bool,
    ) -> Option<&Statutory> {
        self.statutory_of(kind, category).filter(|_| is_on_statute)
    }

    /// Who grants the extension that the law gives this case.
    pub fn extension_by(&self, case: &Case) -> ExtensionBy {
        let procedure = self.statutory_of(&case.kind, case.category.as_ref());
        procedure.map_or_else(ExtensionBy::default, |procedure| procedure.extension_by)
    }

    /// The procedures of this kind between which nobody has chosen yet; none once a category says which it is.
    pub fn untold(&self, kind: &KindId, category: Option<&CategoryId>) -> Vec<&Statutory> {
        let of_this_kind = self.statutory.iter().filter(|procedure| procedure.kinds.contains(kind));
        if category.is_some() || self.statutory_of(kind, category).is_some() {
            return Vec::new();
        }
        of_this_kind.collect()
    }

    /// The body of a procedure, or whoever has taken over from it.
    pub fn body_of<'p>(&'p self, procedure: &'p Statutory) -> Option<&'p UnitId> {
        let is_open = self.unit(&procedure.unit).is_some_and(|unit| !unit.closed);
        if is_open { Some(&procedure.unit) } else { self.heir_of(&procedure.unit) }
    }

    /// These units, and whoever has taken over from them: what is about a unit is about its heir too.
    pub fn with_heirs(&self, units: &[UnitId]) -> Vec<UnitId> {
        let mut all: Vec<UnitId> =
            units.iter().chain(units.iter().filter_map(|unit| self.heir_of(unit))).cloned().collect();
        all.sort();
        all.dedup();
        all
    }
}
