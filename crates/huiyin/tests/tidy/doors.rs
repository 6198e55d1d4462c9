//! One writer: `decide` is asked about stored cases in one place, and what was decided is kept in one place.

use crate::house::{Paper, nothing, program};
use crate::rust::{Part, parts};

const CASES: &str = "crates/huiyin-cases/src/cases/";

/// What only some files may call, and which. Others go through `carry_out` of the record.
const DOORS: [(&str, &[&str]); 4] = [
    // Where it is kept; and two that ask what would be decided and keep nothing: which buttons a page shows, and what a
    // form not yet sent would promise.
    ("decide", &["log.rs", "offers.rs", "submit/outlook.rs"]),
    ("decide_now", &["log.rs", "past.rs"]),
    ("append", &["log.rs", "past.rs"]),
    // A case that was loaded in order to be written: by a person, and by the clock.
    ("carry_out_on", &["log.rs", "deadlines.rs"]),
];

#[test]
fn a_decision_is_asked_for_and_kept_only_behind_the_one_door() {
    let program = program();
    let mut complaints = Vec::new();
    for (door, keys) in DOORS {
        let mut unused: Vec<String> = keys.iter().map(|key| format!("{CASES}{key}")).collect();
        for paper in program.iter().filter(|paper| !paper.path.starts_with("crates/huiyin-domain/")) {
            let Some(offset) = call_of(paper, door) else { continue };
            let had = unused.len();
            unused.retain(|key| *key != paper.path);
            if unused.len() == had {
                complaints.push(format!("{}: {door} is called here", paper.at(offset)));
            }
        }
        complaints
            .extend(unused.iter().map(|key| format!("{key} has the key to {door} and does not use it")));
    }
    nothing("one function decides on stored cases and keeps what was decided", &complaints);
}

/// Where a file calls a free function of this name; its own definition is none.
fn call_of(paper: &Paper, function: &str) -> Option<usize> {
    parts(&paper.text).into_iter().find_map(|(at, part)| {
        let Part::Code(code) = part else { return None };
        let mut found = code.match_indices(function).filter(|(from, word)| {
            let is_name = |c: char| c.is_alphanumeric() || c == '_';
            let before = code[..*from].trim_end();
            let after = &code[from + word.len()..];
            let is_whole = !code[..*from].ends_with(is_name) && !after.starts_with(is_name);
            let is_method = before.ends_with('.');
            let is_definition = before.ends_with("fn");
            is_whole && !is_method && !is_definition && after.starts_with('(')
        });
        found.next().map(|(from, _)| at + from)
    })
}
