//! Which cases enter a topic, asked of the row as it stands now: when following, and again at every reading.
//!
//! Restricted kinds and categories, protected and sealed cases, those that some unit is kept away from, withdrawn ones and
//! those whose words were taken away never enter, and are gone from a topic the moment they become so (2.1, 2.4, 7.6). What was
//! taken over from another system is nobody's here and seals nobody: an earlier year counts as soon as it is imported.

use huiyin_domain::policy::Policy;
use huiyin_foundation::db::Filter;

/// The condition that a row of `cases` may stand in a topic.
pub(super) fn that_may_enter(filter: Filter, policy: &Policy) -> Filter {
    // A list begins with a word that is nobody's, since nothing is outside of an empty list.
    let kinds = policy.kinds.iter().filter(|kind| kind.restricted).map(|kind| kind.id.as_str());
    let categories = policy.categories.iter().filter(|one| one.restricted).map(|one| one.id.as_str());
    let filter = filter.sql(
        "cases.restricted = 0
           and (cases.identity <> 'sealed' or (cases.requester_key is null and cases.receipt_hash is null))
           and cases.recused = ''
           and cases.stage <> 'withdrawn'
           and cases.removed is null
           and cases.kind not in ",
    );
    let filter = filter.list([""].into_iter().chain(kinds));
    filter.sql("\n and coalesce(cases.category, '') not in ").list(["-"].into_iter().chain(categories))
}
