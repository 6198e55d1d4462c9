//! Every module opens by saying what it is for.

use crate::house::{nothing, rust};

#[test]
fn every_module_opens_with_what_it_is_for() {
    let mut complaints = Vec::new();
    for paper in rust() {
        let first = paper.text.lines().next().unwrap_or_default();
        match first.strip_prefix("//!") {
            None => complaints.push(format!("{} does not open with //!", paper.path)),
            Some(words) if words.trim().chars().count() < 12 => {
                complaints.push(format!("{} opens with “{}”, which says nothing", paper.path, words.trim()));
            }
            Some(_) => {}
        }
    }
    nothing("the first line of a module is //! and says what a person can do here", &complaints);
}
