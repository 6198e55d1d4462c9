//! Words of a stored row turned back into what they stand for.

use huiyin_domain::case::{Solved, Stage};
use huiyin_domain::ids::UnitId;
use huiyin_domain::policy::Policy;
use huiyin_foundation::db::Row;
use huiyin_foundation::error::Error;
use huiyin_foundation::say::{self, Tag};
use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::Error as WrongWord;

/// What a stored word stands for; nothing for a word nobody knows.
pub fn known<T: for<'de> Deserialize<'de>>(word: &str) -> Option<T> {
    T::deserialize(IntoDeserializer::<WrongWord>::into_deserializer(word)).ok()
}

/// What the word in a column stands for, if there is one.
pub fn opt<T: for<'de> Deserialize<'de>>(row: &Row, column: &'static str) -> Result<Option<T>, Error> {
    let Some(word) = row.opt_text(column)? else { return Ok(None) };
    let value = known(&word).ok_or_else(|| Error::internal(format!("{column} holds the word {word}")))?;
    Ok(Some(value))
}

/// The stage of a row with the column `stage`.
pub fn stage(row: &Row) -> Result<Stage, Error> {
    opt(row, "stage")?.ok_or_else(|| Error::internal("a case without a stage"))
}

/// The status of a row with the columns `stage`, `signed_at`, `round` and `solved`.
pub fn tag(row: &Row) -> Result<Tag, Error> {
    let solved: Option<Solved> = opt(row, "solved")?;
    Ok(say::case_tag(stage(row)?, row.opt_int("signed_at")?.is_some(), row.get("round")?, solved))
}

/// The name of a unit; its id when the settings in force no longer know it.
pub fn unit_name(policy: &Policy, id: &UnitId) -> String {
    policy.unit(id).map_or_else(|| id.to_string(), |unit| unit.name.clone())
}
