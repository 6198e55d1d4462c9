//! Nothing in the repository knows the machine it was written on, nor where packages are fetched from.

use crate::house::{Paper, nothing, papers};

const WRITTEN: [&str; 17] = [
    "rs",
    "toml",
    "html",
    "css",
    "js",
    "mjs",
    "json",
    "md",
    "sql",
    "txt",
    "story",
    "yml",
    "lock",
    "run",
    ".npmrc",
    ".gitignore",
    "sh",
];

#[test]
fn no_file_knows_the_machine_it_was_written_on() {
    // Put together here, so that this file does not break its own rule.
    let homes = ["work", "root", "home", "Users"].map(|name| format!("/{name}/"));
    let mut complaints = Vec::new();
    for paper in papers(&WRITTEN) {
        for home in &homes {
            for (at, _) in paper.text.match_indices(home.as_str()) {
                // Only where a path begins: `docs/work/…` and addresses of pages are no places on a disk.
                let begins = paper.text[..at]
                    .chars()
                    .next_back()
                    .is_none_or(|c| c.is_whitespace() || "\"'`(=:".contains(c));
                let is_address = paper.text[..at].ends_with("http:") || paper.text[..at].ends_with("https:");
                if begins && !is_address {
                    complaints.push(format!("{}: {home}", paper.at(at)));
                }
            }
        }
    }
    nothing("a path of one machine means nothing on another", &complaints);
}

#[test]
fn no_file_names_a_place_that_packages_come_from() {
    let hosts = ["registry", "mirror", "mirrors", "npmjs", "pypi", "deb"];
    let mut complaints = Vec::new();
    for paper in papers(&WRITTEN) {
        for (at, _) in paper.text.match_indices("://") {
            let host = paper.text[at + 3..]
                .split(['/', '"', '\'', ' ', '\n', ')', ':', '>'])
                .next()
                .unwrap_or_default();
            if host.split('.').any(|label| hosts.contains(&label)) {
                complaints.push(format!("{}: {host}", paper.at(at)));
            }
        }
        if paper.path.ends_with("package-lock.json") && paper.text.contains("\"resolved\"") {
            complaints.push(format!("{}: made without omit-lockfile-registry-resolved", paper.path));
        }
        if is_setting(&paper)
            && paper.text.lines().any(|line| line.starts_with("registry") || line.starts_with("[source"))
        {
            complaints.push(format!("{}: sets a place of its own", paper.path));
        }
    }
    nothing("everybody fetches packages from where their own machine is set to", &complaints);
}

fn is_setting(paper: &Paper) -> bool {
    paper.path.ends_with(".npmrc") || paper.path.starts_with(".cargo/")
}
