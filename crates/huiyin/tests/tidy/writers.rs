//! One writer per table: whoever reads a row knows which room made it so.

use crate::house::{Paper, nothing, program};
use crate::schema::owners;
use crate::statements::{statements, written};

#[test]
fn a_table_is_written_only_by_the_room_that_owns_it() {
    let owners = owners();
    let mut complaints = Vec::new();
    for paper in &program() {
        for found in statements(paper) {
            for table in written(found.sql) {
                match owners.get(&table) {
                    None => complaints
                        .push(format!("{}: no schema knows the table {table}", paper.at(found.offset))),
                    Some(owner) if !is_in(paper, owner) => {
                        complaints
                            .push(format!("{}: {table} belongs to the room {owner}", paper.at(found.offset)));
                    }
                    Some(_) => {}
                }
            }
        }
    }
    nothing("one writer per table", &complaints);
}

#[test]
fn every_owner_named_in_the_schema_is_a_room() {
    let program = program();
    let homeless: Vec<String> = owners()
        .into_iter()
        .filter(|(_, owner)| !program.iter().any(|paper| is_in(paper, owner)))
        .map(|(table, owner)| format!("{table} belongs to {owner}, and there is no such room"))
        .collect();
    nothing("a table's owner is a folder or a file under crates/*/src", &homeless);
}

/// Whether a file belongs to a room: its folder, or the one file of that name.
fn is_in(paper: &Paper, room: &str) -> bool {
    paper.path.contains(&format!("/src/{room}/")) || paper.path.ends_with(&format!("/src/{room}.rs"))
}
