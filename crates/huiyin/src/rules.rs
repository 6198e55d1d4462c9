//! The rules and calendars a command works with: those built in, by name, or a file of the school's own.

use crate::stop::{Stop, lines};
use huiyin_domain::calendar::Calendar;
use huiyin_domain::ids::KindId;
use huiyin_domain::policy::{self, Policy};
use huiyin_domain::shipped;
use std::path::{Path, PathBuf};

/// The text of a preset by name, or of a file, and the name to complain under.
pub fn text(name: &str) -> Result<(String, String), Stop> {
    if let Some(text) = shipped::preset_text(name) {
        return Ok((text.to_owned(), format!("presets/{name}.toml")));
    }
    let path = Path::new(name);
    if !path.exists() {
        let known: Vec<&str> = shipped::PRESETS.iter().map(|(known, _)| *known).collect();
        return Err(Stop::wrong_use(format!(
            "there is no preset and no file “{name}”; presets are {}",
            known.join(", ")
        )));
    }
    Ok((read(path)?, name.to_owned()))
}

/// A policy by name or from a file; what is wrong with it is named line by line.
pub fn policy(name: &str) -> Result<Policy, Stop> {
    let (text, file) = text(name)?;
    policy::parse(&text, &file).map_err(|complaints| Stop::Failed(lines(&complaints)))
}

/// The kind of this id or name.
pub fn kind(policy: &Policy, word: &str) -> Result<KindId, Stop> {
    let found = policy.kinds.iter().find(|kind| kind.id.as_str() == word || kind.name == word);
    found.map(|kind| kind.id.clone()).ok_or_else(|| {
        let known: Vec<&str> = policy.kinds.iter().map(|kind| kind.id.as_str()).collect();
        Stop::wrong_use(format!("there is no kind “{word}”; kinds are {}", known.join(", ")))
    })
}

/// The calendars built in; each given file replaces the built-in one for the years it knows.
pub fn calendar(files: &[PathBuf]) -> Result<Calendar, Stop> {
    let mut own = Calendar::default();
    for file in files {
        let name = file.display().to_string();
        let read =
            Calendar::parse(&read(file)?, &name).map_err(|complaints| Stop::Failed(lines(&complaints)))?;
        own.merge(read);
    }
    let mut calendar = Calendar::default();
    for (file, text) in shipped::CALENDARS {
        let shipped = Calendar::parse(text, file).map_err(|complaints| Stop::Failed(lines(&complaints)))?;
        if shipped.years().all(|(year, _)| !own.knows(year)) {
            calendar.merge(shipped);
        }
    }
    calendar.merge(own);
    Ok(calendar)
}

/// The calendar files of a data folder, in the order of their names.
pub fn calendar_files(data: &Path) -> Result<Vec<PathBuf>, Stop> {
    let folder = data.join("calendars");
    let Ok(entries) = std::fs::read_dir(&folder) else { return Ok(Vec::new()) };
    let mut files = Vec::new();
    for entry in entries {
        let path = entry.map_err(Stop::about(&folder))?.path();
        if path.extension().is_some_and(|end| end == "toml") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

fn read(path: &Path) -> Result<String, Stop> {
    let bytes = std::fs::read(path).map_err(Stop::about(path))?;
    String::from_utf8(bytes)
        .map_err(|_| Stop::failed(format!("{}: this is not UTF-8 text; save it as UTF-8", path.display())))
}
