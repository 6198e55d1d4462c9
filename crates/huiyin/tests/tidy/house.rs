//! The repository as the checks see it: its own text files, without what is built or installed.

use crate::golden;
use std::fs;
use std::path::Path;

/// A text file of the repository.
pub struct Paper {
    /// Where it stands, counted from the top, with `/`.
    pub path: String,
    /// What it says.
    pub text: String,
}

impl Paper {
    /// Whether it holds tests, not program.
    pub fn is_test(&self) -> bool {
        let name = self.path.rsplit('/').next().unwrap_or_default();
        self.path.contains("/tests/") || self.path.contains("/testing/") || name.ends_with("tests.rs")
    }

    /// Its name and the line at this place in the text.
    pub fn at(&self, offset: usize) -> String {
        let line = self.text[..offset].matches('\n').count() + 1;
        format!("{}:{line}", self.path)
    }
}

/// Folders that are made, installed or another tool's own.
const NOT_OURS: [&str; 6] = ["target", "node_modules", ".git", "dist", ".cargo-home", "proptest-regressions"];

/// All files with one of these endings.
pub fn papers(endings: &[&str]) -> Vec<Paper> {
    let mut found = Vec::new();
    gather(&golden::root(), "", endings, &mut found);
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

/// The Rust files of the program and its tests, xtask included.
pub fn rust() -> Vec<Paper> {
    papers(&["rs"])
}

/// The Rust files of the program alone.
pub fn program() -> Vec<Paper> {
    let is_program =
        |paper: &Paper| paper.path.starts_with("crates/") && paper.path.contains("/src/") && !paper.is_test();
    rust().into_iter().filter(is_program).collect()
}

/// Fails with the whole list if there is anything on it.
#[track_caller]
pub fn nothing(rule: &str, complaints: &[String]) {
    assert!(complaints.is_empty(), "{rule}:\n  {}\n", complaints.join("\n  "));
}

fn gather(folder: &Path, prefix: &str, endings: &[&str], found: &mut Vec<Paper>) {
    for entry in fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display())).flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = if prefix.is_empty() { name.clone() } else { format!("{prefix}/{name}") };
        let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
        if is_folder {
            let is_data = prefix.is_empty() && name == "data";
            if !NOT_OURS.contains(&name.as_str()) && !is_data {
                gather(&entry.path(), &path, endings, found);
            }
        } else if endings.iter().any(|ending| name.ends_with(&format!(".{ending}")) || name == *ending) {
            match fs::read_to_string(entry.path()) {
                Ok(text) => found.push(Paper { path, text }),
                Err(e) => panic!("{path} is not readable text: {e}"),
            }
        }
    }
}
