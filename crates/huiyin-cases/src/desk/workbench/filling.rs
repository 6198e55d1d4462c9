//! With what the forms of the workbench begin: what was kept of an answer half written, the last answer laid before the head,
//! a template, and what is said above them.

use super::look::{Attached, Subject};
use super::second_look;
use super::tab::Tab;
use crate::cases::covering;
use crate::cases::sight::Seen;
use crate::desk::drafts::Draft;
use crate::desk::reply_templates::Offered;
use huiyin_domain::ids::PersonId;
use huiyin_foundation::web::Filled;
use std::collections::BTreeMap;

/// What is said after an act, or after a draft was kept.
pub(super) fn done(word: &str) -> &'static str {
    match word {
        "draft" => "草稿已存，下次打开这件还在；反映人看不到。",
        "draft-dropped" => "草稿已丢掉。",
        word => Tab::act_of_word(word).map(Tab::done).unwrap_or_default(),
    }
}

/// The form before anything was sent.
pub(super) fn begun(
    seen: &Seen,
    known: &BTreeMap<PersonId, String>,
    attached: &Attached<'_>,
    subject: &Subject,
    tab: Option<Tab>,
    draft: Option<Draft>,
    template: Option<&Offered>,
) -> Filled {
    let names = covering::names_among(seen, known);
    let form = Filled::new()
        .with("visibility", "private")
        .with("public_title", covering::covered_for(&subject.title, &names))
        .with("public_body", covering::covered_for(&subject.body, &names));
    let form = match tab {
        Some(Tab::Reply) => second_look::refilled(seen, attached, form),
        _ => form,
    };
    let form = match draft.filter(|_| tab == Some(Tab::Reply)) {
        Some(draft) => draft.into_form(form),
        None => form,
    };
    match template {
        Some(template) if template.outcome.is_empty() => form.with_only("words", &template.words),
        Some(template) => form.with_only("words", &template.words).with_only("outcome", &template.outcome),
        None => form,
    }
}
