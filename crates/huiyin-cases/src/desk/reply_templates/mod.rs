//! Reply templates (5.1): a beginning for common answers, by act, category and outcome, with what is known filled in.
//!
//! Some are shipped as files; the head of a unit writes those of the unit, an administrator those for all (`page.rs`). What is
//! known stands in them as {{受理编号}} and the like (`blanks.rs`); what only the writer knows is left as 【…】, is asked for
//! when the form is sent, and nothing else is checked. A name that the unit may not know is filled in nowhere.

pub(super) mod blanks;
pub(super) mod page;
mod queries;
mod shipped;

use super::workbench::tab::Tab;
use blanks::Blanks;
use huiyin_domain::case::Case;
use huiyin_domain::ids::UnitId;
use huiyin_foundation::db::Tx;
use huiyin_foundation::error::Error;

/// The acts whose words can begin with a template.
pub(super) const ACTS: [Tab; 3] = [Tab::Reply, Tab::Progress, Tab::Question];

/// A beginning for an answer.
#[derive(Clone, Debug)]
pub(super) struct ReplyTemplate {
    /// Its word in addresses.
    pub id: String,
    /// 报修：已修好
    pub name: String,
    /// Whose it is: a unit's, or empty for every unit's.
    pub unit: String,
    pub act: Tab,
    /// Only for this category; empty for any.
    pub category: String,
    /// The outcome that it speaks of; empty for none.
    pub outcome: String,
    /// The kinds that it fits first; only shipped ones say.
    pub kinds: Vec<&'static str>,
    pub words: String,
    /// Who wrote it last, and when; empty for a shipped one.
    pub changed: String,
}

/// A template with what is known filled in, as the workbench offers it.
pub(super) struct Offered {
    pub id: String,
    pub name: String,
    pub outcome: String,
    pub words: String,
}

/// The templates that the unit and the school wrote for this act.
pub(super) fn written(tx: &mut Tx, unit: &UnitId) -> Result<Vec<ReplyTemplate>, Error> {
    queries::for_unit(tx, unit.as_str())
}

/// The words of every template with which this unit can begin an answer.
pub(crate) fn words_for(tx: &mut Tx, unit: &UnitId) -> Result<Vec<String>, Error> {
    let all = written(tx, unit)?.into_iter().chain(shipped::all());
    Ok(all.filter(|one| one.act == Tab::Reply).map(|one| one.words).collect())
}

/// What is offered at a case: what fits its category first, the unit's own before the school's, those shipped last.
pub(super) fn offered(
    written: Vec<ReplyTemplate>,
    act: Tab,
    case: &Case,
    blanks: &Blanks<'_>,
) -> Vec<Offered> {
    let category = case.category.as_ref().map_or("", |id| id.as_str());
    let mut fitting: Vec<ReplyTemplate> = written.into_iter().chain(shipped::all()).collect();
    fitting.retain(|one| one.act == act && (one.category.is_empty() || one.category == category));
    fitting.sort_by_key(|one| {
        let is_shipped = one.changed.is_empty();
        let is_off_kind = !one.kinds.contains(&case.kind.as_str());
        (is_shipped, one.category.is_empty(), one.unit.is_empty(), is_off_kind)
    });
    fitting
        .into_iter()
        .map(|one| Offered {
            words: blanks.fill(&one.words),
            id: one.id,
            name: one.name,
            outcome: one.outcome,
        })
        .collect()
}

#[cfg(test)]
mod tests;
