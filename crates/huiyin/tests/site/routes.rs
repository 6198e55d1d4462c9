//! Every route with who may enter and which room answers, as one golden paper.

use crate::golden;
use huiyin_foundation::web::Door;
use std::collections::BTreeSet;

#[test]
fn every_route_is_on_the_paper() {
    let rows: Vec<String> = huiyin::routes().list().iter().map(ToString::to_string).collect();
    golden::check("crates/huiyin/tests/routes.txt", &rows.join("\n"));
}

#[test]
fn no_road_is_recorded_twice() {
    let mut seen = BTreeSet::new();
    for row in huiyin::routes().list() {
        assert!(seen.insert((row.method, row.path)), "{row} is there twice");
    }
}

#[test]
fn the_roads_without_a_name_recognise_nobody() {
    for row in huiyin::routes().list() {
        let is_nameless = row.path.starts_with("/receipt") || row.path.starts_with("/nameless");
        assert!(!is_nameless || row.door == Door::Nameless, "{row}: a session must not be read on this road");
    }
}
