//! Words that have no place in the program, its tests, its comments and its names.

use crate::house::{Paper, nothing, program, rust};
use crate::rust::{Part, parts};

/// Never, anywhere.
const UNFINISHED: [&str; 5] = ["todo!", "unimplemented!", "dbg!(", "#[ignore", "#[should_panic]"];

/// Only where the clock or the keys are kept.
const CLOCK_AND_CHANCE: [&str; 8] = [
    "SystemTime::now",
    "Instant::now",
    "Timestamp::now",
    "Zoned::now",
    "getrandom::",
    "thread_rng",
    "now_v7",
    "new_v4",
];

#[test]
fn nothing_is_left_unfinished() {
    let complaints = find_in_code(&rust(), &UNFINISHED);
    nothing("finish it, or leave it out and say so", &complaints);
}

#[test]
fn only_the_clock_and_the_keys_ask_for_time_and_chance() {
    let is_theirs = |paper: &Paper| {
        let name = paper.path.strip_prefix("crates/huiyin-foundation/src/").unwrap_or_default();
        name.starts_with("clock") || name.starts_with("keys")
    };
    let others: Vec<Paper> = program().into_iter().filter(|paper| !is_theirs(paper)).collect();
    nothing("time and chance are arguments", &find_in_code(&others, &CLOCK_AND_CHANCE));
}

#[test]
fn no_test_sleeps() {
    let tests: Vec<Paper> = rust().into_iter().filter(|paper| paper.is_test() && !is_tidy(paper)).collect();
    nothing("wait for the thing itself, not for a while", &find_in_code(&tests, &["sleep("]));
}

#[test]
fn names_are_written_in_latin_letters() {
    let mut complaints = Vec::new();
    for paper in rust() {
        for (offset, part) in parts(&paper.text) {
            if let Part::Code(code) = part
                && let Some((at, _)) = code.char_indices().find(|(_, c)| is_chinese(*c))
            {
                complaints.push(paper.at(offset + at));
            }
        }
    }
    nothing("Chinese stands in texts and comments, never in a name", &complaints);
}

#[test]
fn comments_are_sentences_and_not_decoration() {
    let mut complaints = Vec::new();
    for paper in rust() {
        for (offset, part) in parts(&paper.text) {
            let Part::Comment(comment) = part else { continue };
            let words = comment.trim_start_matches(['/', '!', '*']).trim();
            if ["====", "----", "****", "####", "~~~~"].iter().any(|line| words.contains(line)) {
                complaints.push(format!("{}: a banner", paper.at(offset)));
            }
            if ["TODO", "FIXME", "XXX", "HACK"].iter().any(|mark| words.contains(mark)) && !is_tidy(&paper) {
                complaints.push(format!("{}: a note to oneself", paper.at(offset)));
            }
            let is_plain = !comment.starts_with("///") && !comment.starts_with("//!");
            if is_plain && (words.ends_with(");") || words.starts_with("let ") && words.ends_with(';')) {
                complaints.push(format!("{}: code that was commented out", paper.at(offset)));
            }
        }
    }
    nothing("a comment says why", &complaints);
}

#[test]
fn no_school_is_named_in_the_program() {
    // What may stand before 大学 in an ordinary sentence, and the made-up school of the presets.
    const ORDINARY: [&str; 7] = ["一所", "所在", "本校", "各类", "全国", "普通", "示范"];
    let mut complaints = Vec::new();
    let mut papers = program();
    papers.extend(
        crate::house::papers(&["html", "txt"]).into_iter().filter(|paper| paper.path.starts_with("crates/")),
    );
    for paper in papers.iter().filter(|paper| !paper.path.contains("/demo/")) {
        for (at, _) in paper.text.match_indices("大学") {
            let before: Vec<char> = paper.text[..at].chars().rev().take(2).collect();
            let pair: String = before.iter().rev().collect();
            let is_name = before.len() == 2
                && before.iter().all(|c| is_chinese(*c) && !"，。：；、「」（）".contains(*c));
            if is_name && !ORDINARY.contains(&pair.as_str()) {
                complaints.push(format!("{}: …{pair}大学", paper.at(at)));
            }
        }
    }
    nothing("a school differs by its preset, not by its name in code", &complaints);
}

fn find_in_code(papers: &[Paper], words: &[&str]) -> Vec<String> {
    let mut complaints = Vec::new();
    for paper in papers.iter().filter(|paper| !is_errand(paper)) {
        for (offset, part) in parts(&paper.text) {
            if let Part::Code(code) = part {
                for word in words {
                    let places = code.match_indices(word).map(|(at, _)| paper.at(offset + at));
                    complaints.extend(places.map(|place| format!("{place}: {word}")));
                }
            }
        }
    }
    complaints
}

/// Errands time themselves and wait for servers.
fn is_errand(paper: &Paper) -> bool {
    paper.path.starts_with("xtask/")
}

fn is_tidy(paper: &Paper) -> bool {
    paper.path.starts_with("crates/huiyin/tests/tidy/")
}

fn is_chinese(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{2ffff}')
}
