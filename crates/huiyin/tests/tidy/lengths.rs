//! No file so long that nobody reads it.

use crate::house::{nothing, papers, rust};

const LINES_MAX: usize = 400;
const MEDIAN_BELOW: usize = 120;

#[test]
fn no_file_is_longer_than_400_lines() {
    let too_long: Vec<String> = papers(&["rs", "html", "css", "js", "mjs"])
        .iter()
        .map(|paper| (paper.text.lines().count(), &paper.path))
        .filter(|(lines, _)| *lines > LINES_MAX)
        .map(|(lines, path)| format!("{path} has {lines} lines"))
        .collect();
    nothing("split by meaning what is longer than 400 lines", &too_long);
}

#[test]
fn half_of_all_modules_have_fewer_than_120_lines() {
    let mut lines: Vec<usize> = rust().iter().map(|paper| paper.text.lines().count()).collect();
    lines.sort_unstable();
    let median = lines[lines.len() / 2];
    println!("{} modules, median {median} lines, longest {}", lines.len(), lines[lines.len() - 1]);
    assert!(median < MEDIAN_BELOW, "the median module has {median} lines");
}
