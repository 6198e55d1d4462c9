//! Licences and doubled crates, held against deny.toml.
//!
//! With cargo-deny on the machine it judges; without it the same file is read here and the same two questions are
//! asked of `cargo tree`, so that the check needs nothing installed. An accepted double that is gone fails too:
//! the list only shrinks.

use crate::errand::{House, answers, must, on_path, output};
use crate::spdx;
use std::collections::{BTreeMap, BTreeSet};

/// Runs the check.
pub fn run(house: &House) -> Result<Option<String>, String> {
    if on_path("cargo-deny").is_some() && answers(house.cargo().args(["deny", "--version"])) {
        return must(house.cargo().args(["deny", "check", "licenses", "bans", "sources"])).map(|()| None);
    }
    let file = house.at("deny.toml");
    let text = std::fs::read_to_string(&file).map_err(|e| format!("{}: {e}", file.display()))?;
    let rules = Rules::read(&text)?;
    let crates = crates(house)?;
    let complaints = rules.complaints(&crates);
    if !complaints.is_empty() {
        return Err(format!("deny.toml does not agree:\n      {}", complaints.join("\n      ")));
    }
    Ok(Some(format!("{} crates, {} accepted doubles", crates.len(), rules.doubles.len())))
}

/// A crate in the tree.
struct Package {
    name: String,
    version: String,
    licence: String,
    is_foreign_source: bool,
}

fn crates(house: &House) -> Result<Vec<Package>, String> {
    let call =
        ["tree", "--locked", "--workspace", "--all-features", "--prefix=none", "--edges=normal,build,dev"];
    let told =
        output(house.cargo().args(call).args(["--target=x86_64-unknown-linux-gnu", "--format={p}|{l}"]))?;
    let lines: BTreeSet<&str> =
        told.lines().map(|line| line.trim_end_matches(" (*)")).filter(|line| !line.is_empty()).collect();
    lines.into_iter().filter(|line| !is_ours(line)).map(package).collect()
}

fn is_ours(line: &str) -> bool {
    line.starts_with("huiyin") || line.starts_with("xtask ")
}

/// `serde v1.0.0 (proc-macro)|MIT OR Apache-2.0`; a place in brackets means it did not come from the registry.
fn package(line: &str) -> Result<Package, String> {
    let unreadable = || format!("`cargo tree` said “{line}”");
    let (what, licence) = line.split_once('|').ok_or_else(unreadable)?;
    let mut words = what.split(' ');
    let name = words.next().ok_or_else(unreadable)?.to_owned();
    let version = words.next().and_then(|word| word.strip_prefix('v')).ok_or_else(unreadable)?.to_owned();
    let is_foreign_source = words.any(|word| word.starts_with('(') && word != "(proc-macro)");
    Ok(Package { name, version, licence: licence.to_owned(), is_foreign_source })
}

/// What deny.toml allows.
struct Rules {
    licences: BTreeSet<String>,
    /// Crate, leading part of the version, reason.
    doubles: Vec<(String, String, String)>,
}

impl Rules {
    /// Reads the few lines of deny.toml that matter: `allow = […]` and one accepted double a line.
    fn read(text: &str) -> Result<Rules, String> {
        let mut rules = Rules { licences: BTreeSet::new(), doubles: Vec::new() };
        let mut is_in_allow = false;
        for (at, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.starts_with('#') {
                continue;
            }
            is_in_allow |= line.starts_with("allow = [");
            let quoted: Vec<&str> = line.split('"').skip(1).step_by(2).collect();
            if is_in_allow {
                rules.licences.extend(quoted.iter().map(|name| (*name).to_owned()));
                is_in_allow = !line.ends_with(']');
            } else if line.starts_with("{ crate") {
                let [which, reason] = quoted[..] else {
                    return Err(format!("deny.toml:{}: a double wants crate and reason", at + 1));
                };
                let (name, version) = which
                    .split_once('@')
                    .ok_or_else(|| format!("deny.toml:{}: “{which}” wants name@version", at + 1))?;
                rules.doubles.push((name.to_owned(), version.to_owned(), reason.to_owned()));
            }
        }
        Ok(rules)
    }

    fn complaints(&self, crates: &[Package]) -> Vec<String> {
        let mut complaints = Vec::new();
        let mut versions: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        let mut is_used = vec![false; self.doubles.len()];
        for each in crates {
            let who = format!("{} {}", each.name, each.version);
            match spdx::is_met(&each.licence, &|name| self.licences.contains(name)) {
                Ok(true) => {}
                Ok(false) => complaints.push(format!("{who}: licence “{}” is not on the list", each.licence)),
                Err(why) => complaints.push(format!("{who}: {why}")),
            }
            if each.is_foreign_source {
                complaints.push(format!("{who} does not come from the registry"));
            }
            let accepted = self.doubles.iter().position(|(name, version, _)| {
                *name == each.name
                    && (*version == each.version || each.version.starts_with(&format!("{version}.")))
            });
            match accepted {
                Some(at) => is_used[at] = true,
                None => versions.entry(&each.name).or_default().push(&each.version),
            }
        }
        for (name, kept) in versions.iter().filter(|(_, kept)| kept.len() > 1) {
            complaints.push(format!(
                "{name} comes {} times ({}): accept one with a reason, or be rid of it",
                kept.len(),
                kept.join(", ")
            ));
        }
        for ((name, version, reason), is_used) in self.doubles.iter().zip(is_used) {
            if !is_used || !versions.contains_key(name.as_str()) {
                complaints.push(format!("{name}@{version} is no double any more: take its line out"));
            }
            if reason.trim().is_empty() {
                complaints.push(format!("{name}@{version} has no reason"));
            }
        }
        complaints
    }
}

#[cfg(test)]
mod tests {
    use super::{Rules, package};

    const FILE: &str =
        "allow = [\n  \"MIT\",\n]\nskip = [\n  { crate = \"old@1\", reason = \"the picture reader\" },\n]\n";

    fn complaints(lines: &[&str]) -> Vec<String> {
        let crates: Vec<_> = lines.iter().map(|line| package(line).unwrap()).collect();
        Rules::read(FILE).unwrap().complaints(&crates)
    }

    #[test]
    fn an_accepted_double_passes() {
        assert_eq!(complaints(&["old v1.2.0|MIT", "old v2.0.0 (proc-macro)|MIT"]), Vec::<String>::new());
    }

    #[test]
    fn a_new_double_and_a_foreign_licence_are_named() {
        let said = complaints(&["a v1.0.0|MIT", "a v2.0.0|GPL-3.0-only", "old v1.2.0|MIT", "old v2.0.0|MIT"]);
        assert!(said[0].contains("GPL-3.0-only"), "{said:?}");
        assert!(said[1].contains("a comes 2 times"), "{said:?}");
    }

    #[test]
    fn an_accepted_double_that_is_gone_must_go_from_the_list() {
        assert!(complaints(&["old v2.0.0|MIT"])[0].contains("no double any more"));
    }

    #[test]
    fn a_crate_from_elsewhere_is_named() {
        let said = complaints(&["b v1.0.0 (/somewhere)|MIT", "old v1.2.0|MIT", "old v2.0.0|MIT"]);
        assert!(said[0].contains("registry"), "{said:?}");
    }
}
