//! `huiyin preset`: says what is wrong with a set of rules line by line, or says the rules back in Chinese prose (10.2).

use super::say;
use crate::cli::Preset;
use crate::rules;
use crate::stop::{Stop, lines};
use huiyin_domain::policy;
use serde_json::json;

/// Checks or explains.
pub fn run(options: Preset) -> Result<(), Stop> {
    match options {
        Preset::Check { file, json } => check(&file.display().to_string(), json),
        Preset::Explain { name } => say(policy::explain(&rules::policy(&name)?).trim_end()),
    }
}

fn check(file: &str, is_json: bool) -> Result<(), Stop> {
    let (text, name) = rules::text(file)?;
    let found = policy::parse(&text, &name);
    if is_json {
        let complaints = found.as_ref().err().into_iter().flatten();
        let complaints: Vec<_> = complaints
            .map(|one| json!({ "file": one.file, "line": one.line, "reason": one.reason }))
            .collect();
        say(json!({ "ok": found.is_ok(), "complaints": complaints }))?;
        return found.map(|_| ()).map_err(|_| Stop::Silently);
    }
    match found {
        Ok(policy) => {
            let (kinds, units, categories) =
                (policy.kinds.len(), policy.units.len(), policy.categories.len());
            let limits = policy.limits.len();
            say(format!("ok: {kinds} kinds, {units} units, {categories} categories, {limits} limits"))
        }
        Err(complaints) => Err(Stop::Failed(lines(&complaints))),
    }
}
