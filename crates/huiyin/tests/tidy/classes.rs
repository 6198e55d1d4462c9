//! Classes: what a template writes, a sheet must know. A misspelt class is silent in a browser and loud here.

use crate::house::{nothing, papers};
use std::collections::BTreeSet;

#[test]
fn every_class_of_a_template_is_in_a_sheet() {
    let sheets: String = papers(&["css"]).into_iter().map(|paper| paper.text).collect();
    let known = classes_of_sheets(&sheets);
    let mut complaints = Vec::new();
    for paper in papers(&["html"]).iter().filter(|paper| paper.path.starts_with("crates/")) {
        for (offset, _) in paper.text.match_indices(" class=\"") {
            let (static_names, beginnings) = written(&paper.text[offset + 8..]);
            let unknown = static_names.into_iter().filter(|name| !known.contains(name));
            complaints.extend(unknown.map(|name| format!("{}: {name}", paper.at(offset))));
            let lost =
                beginnings.into_iter().filter(|start| !known.iter().any(|name| name.starts_with(start)));
            complaints.extend(lost.map(|start| format!("{}: {start}…", paper.at(offset))));
        }
    }
    nothing("these classes are in no sheet", &complaints);
}

/// Every `.name` of a sheet.
fn classes_of_sheets(sheets: &str) -> BTreeSet<String> {
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    let parts =
        sheets.split('.').skip(1).map(|rest| rest.chars().take_while(|c| is_name(*c)).collect::<String>());
    parts.filter(|name| name.starts_with(|c: char| c.is_ascii_lowercase())).collect()
}

/// The names in a class attribute, and the beginnings of names that a template completes (`kind-{{ colour }}`).
fn written(text: &str) -> (Vec<String>, Vec<String>) {
    let (mut names, mut beginnings, mut name) = (Vec::new(), Vec::new(), String::new());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if rest.starts_with("{{") || rest.starts_with("{%") {
            let is_value = rest.starts_with("{{");
            let end = if is_value { "}}" } else { "%}" };
            let after = rest.find(end).map_or("", |at| &rest[at + 2..]);
            if is_value && !name.is_empty() {
                beginnings.push(std::mem::take(&mut name));
            }
            // What follows a value directly belongs to its name.
            let tail = after.find(['"', ' ', '{']).unwrap_or(after.len());
            rest = if is_value { &after[tail..] } else { after };
            continue;
        }
        if c == '"' || c.is_whitespace() {
            if !name.is_empty() {
                names.push(std::mem::take(&mut name));
            }
            if c == '"' {
                break;
            }
        } else {
            name.push(c);
        }
        rest = &rest[c.len_utf8()..];
    }
    (names, beginnings)
}

#[test]
fn a_class_attribute_is_read_through_its_template_marks() {
    let text = "count tone-{{ tone }}{% if tone == \"bad\" %} count-hot{% endif %}\" id=\"x\">";
    let (names, beginnings) = written(text);
    assert_eq!(names, ["count", "count-hot"]);
    assert_eq!(beginnings, ["tone-"]);
    assert_eq!(written("{{ look }} a\">"), (vec!["a".to_owned()], vec![]));
}
