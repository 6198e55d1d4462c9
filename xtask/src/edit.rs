//! How long a person waits between editing a handler and having its tests built: the figure the house is built around.
//!
//! Printed, never judged: a shared machine says little about another.

use crate::errand::{House, must, said};
use std::path::{Path, PathBuf};
use std::time::{Instant, SystemTime};

/// Touches one handler of the cases floor and builds that floor's tests.
pub fn run(house: &House) -> Result<Option<String>, String> {
    let handler = handler(house).ok_or("no handler found in crates/huiyin-cases/src")?;
    let call = ["test", "--locked", "--quiet", "--package", "huiyin-cases", "--no-run"];
    must(house.cargo().args(call))?;
    std::fs::File::open(&handler)
        .and_then(|file| file.set_modified(SystemTime::now()))
        .map_err(|e| format!("{}: {e}", handler.display()))?;
    let began = Instant::now();
    must(house.cargo().args(call))?;
    let name = handler.strip_prefix(&house.root).unwrap_or(&handler).display();
    Ok(Some(format!("{} after a touch of {name}{}", said(began.elapsed()), load())))
}

/// The first file of the cases floor that answers requests, in the order of the alphabet.
fn handler(house: &House) -> Option<PathBuf> {
    let mut files = Vec::new();
    gather(&house.at("crates/huiyin-cases/src"), &mut files);
    files.sort();
    let answers = |file: &&PathBuf| {
        std::fs::read_to_string(file)
            .is_ok_and(|text| text.contains("pub async fn ") || text.contains("\nasync fn "))
    };
    files.iter().find(answers).or(files.first()).cloned()
}

fn gather(folder: &Path, files: &mut Vec<PathBuf>) {
    for path in std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()) {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() {
            gather(&path, files);
        } else if name.ends_with(".rs") && !["lib.rs", "mod.rs", "tests.rs"].contains(&name.as_str()) {
            files.push(path);
        }
    }
}

fn load() -> String {
    std::fs::read_to_string("/proc/loadavg")
        .ok()
        .and_then(|said| said.split(' ').next().map(|one| format!(", load {one}")))
        .unwrap_or_default()
}
