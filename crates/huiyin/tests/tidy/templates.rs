//! Templates: nothing the content policy would refuse, nothing unescaped without a reason.

use crate::house::{nothing, papers};

/// Where `|safe` is right, and why. A new line here is read by whoever reviews the change.
const UNESCAPED: &[(&str, &str)] = &[];

#[test]
fn no_template_carries_style_or_script_in_its_lines() {
    let mut complaints = Vec::new();
    for paper in papers(&["html"]).iter().filter(|paper| paper.path.starts_with("crates/")) {
        for (offset, tag) in tags(&paper.text) {
            let name =
                tag.trim_start_matches('<').split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
            if name == "style" {
                complaints.push(format!("{}: a sheet belongs into a .css file", paper.at(offset)));
            }
            if name == "script" && !tag.contains(" src=") {
                complaints.push(format!("{}: a script without src", paper.at(offset)));
            }
            for attribute in attributes(tag) {
                let is_handler = attribute.starts_with("on") && attribute.len() > 3;
                if attribute == "style" || is_handler || attribute.starts_with("hx-on") {
                    complaints.push(format!("{}: the attribute {attribute}", paper.at(offset)));
                }
            }
            if tag.contains("javascript:") {
                complaints.push(format!("{}: an address that is a script", paper.at(offset)));
            }
        }
    }
    nothing("the content policy refuses inline style and script", &complaints);
}

#[test]
fn nothing_is_left_unescaped_without_a_reason() {
    let mut complaints = Vec::new();
    for paper in papers(&["html"]).iter().filter(|paper| paper.path.starts_with("crates/")) {
        let flat = paper.text.replace("| safe", "|safe");
        let found = flat.matches("|safe").count();
        let allowed =
            UNESCAPED.iter().filter(|(path, reason)| *path == paper.path && !reason.is_empty()).count();
        if found > allowed {
            complaints.push(format!("{}: |safe {found} times, allowed {allowed}", paper.path));
        }
    }
    nothing("what people typed is escaped; an exception stands in UNESCAPED with its reason", &complaints);
}

/// The opening tags with their places; template expressions inside them stay as they are.
fn tags(text: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    for (offset, _) in text.match_indices('<') {
        let rest = &text[offset..];
        if !rest[1..].starts_with(|c: char| c.is_ascii_alphabetic()) {
            continue;
        }
        let mut quote = None;
        let end = rest.char_indices().find(|(_, c)| match (quote, c) {
            (None, '>') => true,
            (None, '"' | '\'') => {
                quote = Some(*c);
                false
            }
            (Some(open), c) if open == *c => {
                quote = None;
                false
            }
            _ => false,
        });
        found.push((offset, &rest[..end.map_or(rest.len(), |(end, _)| end)]));
    }
    found
}

/// The names of a tag's attributes.
fn attributes(tag: &str) -> Vec<&str> {
    let mut names = Vec::new();
    for (at, _) in tag.match_indices('=') {
        let name = tag[..at]
            .rsplit(|c: char| !(c.is_alphanumeric() || c == '-' || c == ':'))
            .next()
            .unwrap_or_default();
        let before = &tag[..at - name.len()];
        // Inside an open quotation the equals sign is part of a value.
        if before.ends_with(char::is_whitespace) && before.matches('"').count().is_multiple_of(2) {
            names.push(name);
        }
    }
    names
}

#[test]
fn attributes_are_told_from_values() {
    assert_eq!(
        attributes("<a href=\"/x?style=1\" onclick=\"go()\" class=\"on\""),
        ["href", "onclick", "class"]
    );
}
