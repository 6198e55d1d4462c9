//! A manifest names what its crate uses, and nothing else: what is no longer used is still built, audited and downloaded.

use crate::house::{Paper, nothing, papers};
use crate::rust::{Part, parts};
use std::collections::BTreeSet;

/// What is used without being named in the code: crate, dependency, and why.
const UNNAMED: [(&str, &str, &str); 0] = [];

#[test]
fn every_dependency_of_a_manifest_is_named_in_its_crate() {
    let code = papers(&["rs"]);
    let mut complaints = Vec::new();
    let mut excused: BTreeSet<(&str, &str)> = UNNAMED.iter().map(|(home, name, _)| (*home, *name)).collect();
    let manifests = papers(&["Cargo.toml"]);
    for manifest in &manifests {
        let Some(home) = manifest.path.strip_suffix("/Cargo.toml") else { continue };
        for (table, name) in dependencies(&manifest.text) {
            let identifier = name.replace('-', "_");
            let is_program = |paper: &&Paper| paper.path.starts_with(&format!("{home}/src/"));
            let is_any =
                |paper: &&Paper| paper.path.starts_with(&format!("{home}/")) && paper.path != manifest.path;
            let is_named = match table {
                "dependencies" => code.iter().filter(is_program).any(|paper| names(paper, &identifier)),
                _ => code.iter().filter(is_any).any(|paper| names(paper, &identifier)),
            };
            let crate_name = home.rsplit('/').next().unwrap_or_default();
            let is_excused = excused.contains(&(crate_name, name.as_str()));
            match (is_named, is_excused) {
                (false, false) => complaints.push(format!("{}: {name} is used nowhere", manifest.path)),
                (false, true) => excused.retain(|known| *known != (crate_name, name.as_str())),
                (true, _) => {}
            }
        }
    }
    complaints
        .extend(excused.iter().map(|(home, name)| format!("{name} of {home} needs no excuse any more")));
    complaints.extend(unasked(&manifests));
    nothing("a manifest names what its crate uses", &complaints);
}

/// What the workspace offers from outside and no manifest asks for.
fn unasked(manifests: &[Paper]) -> Vec<String> {
    let (workspace, crates): (Vec<_>, Vec<_>) =
        manifests.iter().partition(|paper| paper.path == "Cargo.toml");
    let asked: BTreeSet<String> =
        crates.iter().flat_map(|paper| dependencies(&paper.text)).map(|(_, name)| name).collect();
    let offered = workspace.iter().flat_map(|paper| dependencies(&paper.text)).map(|(_, name)| name);
    let idle = offered.filter(|name| !name.starts_with("huiyin") && !asked.contains(name));
    idle.map(|name| format!("Cargo.toml: no crate asks for {name}")).collect()
}

/// What a manifest asks for, with the table in which it asks.
fn dependencies(manifest: &str) -> Vec<(&str, String)> {
    let mut table = "";
    let mut found = Vec::new();
    for line in manifest.lines() {
        if let Some(heading) = line.strip_prefix('[') {
            table = heading.trim_end_matches(']');
        } else if matches!(
            table,
            "dependencies" | "dev-dependencies" | "build-dependencies" | "workspace.dependencies"
        ) && let Some(name) = line.split(['.', '=', ' ']).next().filter(|name| !name.is_empty())
            && !name.starts_with('#')
        {
            found.push((table, name.to_owned()));
        }
    }
    found
}

/// Whether the code of a file says this name, as a word of its own.
fn names(paper: &Paper, identifier: &str) -> bool {
    let is_name = |c: char| c.is_alphanumeric() || c == '_';
    parts(&paper.text).into_iter().any(|(_, part)| match part {
        Part::Code(code) => code.match_indices(identifier).any(|(at, _)| {
            !code[..at].ends_with(is_name) && !code[at + identifier.len()..].starts_with(is_name)
        }),
        _ => false,
    })
}
