//! The templates that units and the school have written.

use super::{ACTS, ReplyTemplate};
use huiyin_domain::calendar::Instant;
use huiyin_domain::ids::PersonId;
use huiyin_foundation::db::{Row, Tx};
use huiyin_foundation::error::Error;
use huiyin_foundation::params;

/// Those of a unit and those for all units.
pub(super) fn for_unit(tx: &mut Tx, unit: &str) -> Result<Vec<ReplyTemplate>, Error> {
    // With which words of its own, or of the school, may this unit begin?
    let rows = tx.query(
        "select id, unit, act, name, category, outcome, words, changed_by
         from reply_templates
         where unit = $1
            or unit = ''
         order by name, id",
        params![unit],
    )?;
    rows.iter().filter_map(|row| read(row).transpose()).collect()
}

fn read(row: &Row) -> Result<Option<ReplyTemplate>, Error> {
    let act = ACTS.into_iter().find(|act| row.str("act").is_ok_and(|word| word == act.word()));
    let Some(act) = act else { return Ok(None) };
    Ok(Some(ReplyTemplate {
        id: row.text("id")?,
        name: row.text("name")?,
        unit: row.text("unit")?,
        act,
        category: row.text("category")?,
        outcome: row.text("outcome")?,
        kinds: Vec::new(),
        words: row.text("words")?,
        changed: row.text("changed_by")?,
    }))
}

/// Writes a template of a unit, or of the school: anew, or in place of what it was. A template of somebody else stays as it is.
pub(super) fn keep(tx: &mut Tx, one: &ReplyTemplate, by: &PersonId, now: Instant) -> Result<bool, Error> {
    // The template as it reads from now on.
    let changed = tx.execute(
        "insert into reply_templates (id, unit, act, name, category, outcome, words, changed_ms, changed_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         on conflict (id) do update
         set act = excluded.act, name = excluded.name, category = excluded.category, outcome = excluded.outcome,
             words = excluded.words, changed_ms = excluded.changed_ms, changed_by = excluded.changed_by
         where reply_templates.unit = excluded.unit",
        params![
            one.id.as_str(),
            one.unit.as_str(),
            one.act.word(),
            one.name.as_str(),
            one.category.as_str(),
            one.outcome.as_str(),
            one.words.as_str(),
            now,
            by
        ],
    )?;
    Ok(changed > 0)
}

/// Takes a template away; false if it is not theirs.
pub(super) fn remove(tx: &mut Tx, id: &str, unit: &str) -> Result<bool, Error> {
    // Nobody begins with this any more.
    let removed = tx.execute(
        "delete from reply_templates
         where id = $1
           and unit = $2",
        params![id, unit],
    )?;
    Ok(removed > 0)
}
