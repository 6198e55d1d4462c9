//! A manifest's dependencies are the list of what a floor may import; the golden paper floors.txt keeps them.

use crate::golden;
use crate::house::{nothing, papers, program};
use std::collections::BTreeMap;
use std::fmt::Write;

/// Floors whose outside crates are part of the wall: what is pure stays pure by what it cannot reach.
const WATCHED: [&str; 2] = ["huiyin-domain", "huiyin-text"];

#[test]
fn no_floor_imports_another_without_saying_so_in_floors_txt() {
    let mut paper =
        String::from("# What each floor may import. A new edge needs a page in docs/decisions.\n\n");
    for (floor, imports) in floors() {
        let (ours, outside): (Vec<_>, Vec<_>) =
            imports.into_iter().partition(|name| name.starts_with("huiyin"));
        let ours = if ours.is_empty() { "nothing of ours".into() } else { ours.join(" ") };
        writeln!(paper, "{floor:18} ← {ours}").unwrap();
        if WATCHED.contains(&floor.as_str()) {
            let outside = if outside.is_empty() { "nothing".into() } else { outside.join(" ") };
            writeln!(paper, "{:18}   from outside: {outside}", "").unwrap();
        }
    }
    golden::check("crates/huiyin/tests/floors.txt", &paper);
}

#[test]
fn the_errands_import_nothing_of_ours() {
    let xtask = papers(&["Cargo.toml"]).into_iter().find(|paper| paper.path == "xtask/Cargo.toml").unwrap();
    assert!(!xtask.text.contains("huiyin"), "xtask is built before the house stands");
}

#[test]
fn the_pure_floor_reads_no_clock_file_or_network() {
    let mut complaints = Vec::new();
    for paper in program().iter().filter(|paper| paper.path.starts_with("crates/huiyin-domain/")) {
        for word in ["std::fs", "std::net", "std::env", "std::process", "std::thread", "async fn", "::now("] {
            complaints
                .extend(paper.text.match_indices(word).map(|(at, _)| format!("{}: {word}", paper.at(at))));
        }
    }
    nothing("huiyin-domain decides and does nothing else", &complaints);
}

fn floors() -> BTreeMap<String, Vec<String>> {
    papers(&["Cargo.toml"])
        .into_iter()
        .filter(|paper| paper.path.starts_with("crates/"))
        .map(|paper| (paper.path.split('/').nth(1).unwrap_or_default().to_owned(), dependencies(&paper.text)))
        .collect()
}

fn dependencies(manifest: &str) -> Vec<String> {
    let mut names: Vec<String> = manifest
        .lines()
        .skip_while(|line| *line != "[dependencies]")
        .skip(1)
        .take_while(|line| !line.starts_with('['))
        .filter_map(|line| {
            line.split(['.', '=', ' ']).next().filter(|name| !name.is_empty() && !name.starts_with('#'))
        })
        .map(str::to_owned)
        .collect();
    names.sort();
    names
}
