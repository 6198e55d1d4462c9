//! How long what is kept (5.6): rules by kind and category, and the notice before anything is taken away.

use super::Policy;
use crate::case::Removal;
use crate::ids::{CategoryId, KindId};
use serde::Serialize;

/// How long cases are kept once they are over.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Retention {
    /// What is to be taken away is announced so many days before.
    pub notice_days: u16,
    /// Clause.
    pub clause: String,
    /// The first rule that fits holds; what fits none is kept for good.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<RetentionRule>,
}

/// How long cases of a sort are kept, counted in days from the day on which they were closed. A step that is not named is
/// never taken.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RetentionRule {
    /// Only these kinds; empty: all.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub kinds: Vec<KindId>,
    /// Only these categories; empty: all.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub categories: Vec<CategoryId>,
    /// How to reach the requester.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact_days: Option<u16>,
    /// Who the requester is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub requester_days: Option<u16>,
    /// Words and files.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub words_days: Option<u16>,
    /// Clause.
    pub clause: String,
}

impl RetentionRule {
    /// After how many days a step is taken. What a later step takes is never kept longer than it.
    pub fn days(&self, step: Removal) -> Option<u16> {
        match step {
            Removal::Contact => self.contact_days,
            Removal::Requester => self.requester_days,
            Removal::Words => self.words_days,
        }
    }

    /// Whether the rule speaks of such cases.
    pub fn fits(&self, kind: &KindId, category: Option<&CategoryId>) -> bool {
        let fits_category = |category: &CategoryId| self.categories.contains(category);
        (self.kinds.is_empty() || self.kinds.contains(kind))
            && (self.categories.is_empty() || category.is_some_and(fits_category))
    }
}

impl Policy {
    /// The rule of retention for cases of this kind and category.
    pub fn retention_of(&self, kind: &KindId, category: Option<&CategoryId>) -> Option<&RetentionRule> {
        self.retention.rules.iter().find(|rule| rule.fits(kind, category))
    }

    /// For so many days after its end a case may still be judged, asked about or taken up again by its requester.
    pub fn days_after_the_end(&self) -> u16 {
        let rating = &self.rating;
        rating.reopen_days.max(rating.effect_check_weeks * 7 + rating.days)
    }
}
