//! Golden papers: files that say in plain text what the program is, compared word for word.
//!
//! A changed paper fails the test and shows the lines; `HUIYIN_BLESS=1 cargo test` writes it anew, and the diff is read
//! by whoever reviews the change. Use: `golden::check("crates/huiyin/tests/routes.txt", &made)`.

use std::path::{Path, PathBuf};

/// Compares what was made with the paper at this path, counted from the top of the repository.
#[track_caller]
pub fn check(paper: &str, made: &str) {
    let file = root().join(paper);
    let made = format!("{}\n", made.trim_end());
    if std::env::var_os("HUIYIN_BLESS").is_some() {
        std::fs::write(&file, &made).unwrap_or_else(|e| panic!("{paper}: {e}"));
        return;
    }
    let kept = std::fs::read_to_string(&file).unwrap_or_default();
    if kept != made {
        panic!(
            "{paper} is not what the program says now:\n{}\nIf the change is meant: HUIYIN_BLESS=1",
            changes(&kept, &made)
        );
    }
}

/// The top of the repository.
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).unwrap_or(here).to_path_buf()
}

/// The lines that only one side has, the first 40 of them.
fn changes(kept: &str, made: &str) -> String {
    let only_in = |one: &str, other: &str, mark: char| -> Vec<String> {
        let known: std::collections::HashSet<&str> = other.lines().collect();
        one.lines().filter(|line| !known.contains(line)).map(|line| format!("{mark} {line}")).collect()
    };
    let mut lines = only_in(kept, made, '-');
    lines.extend(only_in(made, kept, '+'));
    if lines.is_empty() {
        return "  the same lines in another order or number".into();
    }
    let more = lines.len().saturating_sub(40);
    lines.truncate(40);
    if more > 0 {
        lines.push(format!("  … and {more} more"));
    }
    lines.join("\n")
}
