//! What the pages for people point to exists: files, presets, calendars.

use crate::golden;
use crate::house::{nothing, papers};

#[test]
fn every_link_between_pages_leads_somewhere() {
    let mut complaints = Vec::new();
    for paper in papers(&["md"]) {
        let folder = golden::root().join(&paper.path);
        for (at, _) in paper.text.match_indices("](") {
            let target = paper.text[at + 2..].split([')', '#', ' ']).next().unwrap_or_default();
            let is_elsewhere = target.is_empty() || target.contains("://") || target.starts_with("mailto:");
            if !is_elsewhere && !folder.with_file_name("").join(target).exists() {
                complaints.push(format!("{}: {target} does not exist", paper.at(at)));
            }
        }
    }
    nothing("a link leads somewhere", &complaints);
}

#[test]
fn every_preset_and_calendar_that_is_named_exists() {
    let mut complaints = Vec::new();
    for paper in papers(&["md"]) {
        for folder in ["presets/", "calendars/", "stories/"] {
            for (at, _) in paper.text.match_indices(folder) {
                let name: String = paper.text[at..]
                    .chars()
                    .take_while(|c| c.is_ascii_alphanumeric() || "/-_.".contains(*c))
                    .collect();
                let name = name.trim_end_matches('.');
                if !golden::root().join(name).exists() {
                    complaints.push(format!("{}: {name}", paper.at(at)));
                }
            }
        }
        for (at, _) in paper.text.match_indices("--preset ") {
            let name = paper.text[at + 9..]
                .split(|c: char| !c.is_ascii_lowercase() && c != '-')
                .next()
                .unwrap_or_default();
            let file = format!("presets/{name}.toml");
            if !name.is_empty() && !golden::root().join(&file).exists() {
                complaints.push(format!("{}: there is no {file}", paper.at(at)));
            }
        }
    }
    nothing("what is named exists", &complaints);
}
