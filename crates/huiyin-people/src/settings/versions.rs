//! The table of versions: one function a question.

use huiyin_domain::calendar::Instant;
use huiyin_domain::ids::PersonId;
use huiyin_domain::policy::{Policy, parse, to_toml};
use huiyin_foundation::db::{DbError, Row, Tx};
use huiyin_foundation::error::{Error, FieldErrors};
use huiyin_foundation::params;
use huiyin_foundation::school::PolicyInForce;

/// One version in the list of changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersionLine {
    /// Its number.
    pub version: u32,
    /// When it was made.
    pub made_at: Instant,
    /// Who made it; nobody for the preset.
    pub made_by: Option<PersonId>,
    /// Why.
    pub note: String,
}

/// Makes version 1 of a new school from its preset.
pub fn install(tx: &mut Tx, note: &str, policy: Policy, now: Instant) -> Result<PolicyInForce, Error> {
    add(tx, None, note, 0, policy, now)
}

/// Adds the version after `based_on`, if that is still the newest and the policy holds together.
pub(super) fn add(
    tx: &mut Tx,
    by: Option<&PersonId>,
    note: &str,
    based_on: u32,
    policy: Policy,
    now: Instant,
) -> Result<PolicyInForce, Error> {
    let text = to_toml(&policy);
    // What is stored must be readable by the same rules as a preset: pointers, numbers, clauses.
    let policy = parse(&text, "设置").map_err(|complaints| {
        let mut errors = FieldErrors::new();
        for complaint in complaints {
            errors.add("policy", complaint.reason);
        }
        errors
    })?;
    let newest = newest_version(tx)?;
    if newest != based_on {
        return Err(Error::conflict("刚才有人改过设置。请刷新页面，看过新的设置后再改。"));
    }
    let version = based_on + 1;
    // Add a version; none is ever changed.
    tx.execute(
        "insert into settings_versions (version, policy, made_at, made_by, note)
         values ($1, $2, $3, $4, $5)",
        params![version, text, now, by, note],
    )?;
    Ok(PolicyInForce { version, policy })
}

/// The newest version; none before a school is installed.
pub fn in_force(tx: &mut Tx) -> Result<Option<PolicyInForce>, Error> {
    let newest = newest_version(tx)?;
    Ok(version(tx, newest)?.map(|policy| PolicyInForce { version: newest, policy }))
}

/// What a version says.
pub fn version(tx: &mut Tx, version: u32) -> Result<Option<Policy>, Error> {
    // What does this version say?
    let row = tx.query_opt(
        "select policy
           from settings_versions
          where version = $1",
        params![version],
    )?;
    let Some(row) = row else { return Ok(None) };
    let file = format!("settings_versions {version}");
    parse(row.str("policy")?, &file).map(Some).map_err(|complaints| {
        let said: Vec<String> = complaints.iter().map(ToString::to_string).collect();
        Error::internal(said.join("; "))
    })
}

/// All changes, the newest first.
pub fn history(tx: &mut Tx) -> Result<Vec<VersionLine>, DbError> {
    // Which versions are there?
    tx.query_map(
        "select version, made_at, made_by, note
           from settings_versions
          order by version desc",
        params![],
        line,
    )
}

fn line(row: &Row) -> Result<VersionLine, DbError> {
    Ok(VersionLine {
        version: row.get("version")?,
        made_at: row.get("made_at")?,
        made_by: row.get("made_by")?,
        note: row.get("note")?,
    })
}

fn newest_version(tx: &mut Tx) -> Result<u32, DbError> {
    // Which version is in force?
    let row = tx.query_one(
        "select coalesce(max(version), 0) as newest\n           from settings_versions",
        params![],
    )?;
    row.get("newest")
}
