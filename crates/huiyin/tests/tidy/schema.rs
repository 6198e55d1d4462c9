//! The numbered books of tables: one for each engine, the same tables in both, each with its owner.

use crate::house::{nothing, papers};
use std::collections::BTreeMap;

/// Table → room, from the comment above `create table`: `-- owner: cases. …`.
pub fn owners() -> BTreeMap<String, String> {
    book("sqlite").into_iter().filter_map(|table| Some((table.name, table.owner?))).collect()
}

struct Table {
    at: String,
    name: String,
    /// Kept by a module of the embedded engine; the other keeps the same in a column of a table of its own.
    is_virtual: bool,
    owner: Option<String>,
    says: String,
}

#[test]
fn every_table_says_who_owns_it_and_what_a_row_is() {
    let mut complaints = Vec::new();
    for table in book("sqlite").into_iter().chain(book("postgres")) {
        if table.owner.is_none() {
            complaints.push(format!("{}: {} wants “-- owner: ROOM. …” above it", table.at, table.name));
        } else if table.says.split_whitespace().count() < 4 {
            complaints.push(format!("{}: {} does not say what a row is", table.at, table.name));
        }
    }
    nothing("the comment above a table names its room and says what a row is", &complaints);
}

#[test]
fn both_engines_have_the_same_books_and_tables() {
    let files = |engine: &str| -> Vec<String> {
        let folder = format!("schema/{engine}/");
        papers(&["sql"])
            .iter()
            .filter_map(|paper| paper.path.strip_prefix(&folder).map(str::to_owned))
            .collect()
    };
    assert_eq!(files("sqlite"), files("postgres"), "the numbered books are the same ones");
    let tables = |engine: &str| -> Vec<(String, Option<String>)> {
        let ordinary = book(engine).into_iter().filter(|table| !table.is_virtual);
        ordinary.map(|table| (table.name, table.owner)).collect()
    };
    assert_eq!(tables("sqlite"), tables("postgres"), "the tables and their owners are the same");
}

fn book(engine: &str) -> Vec<Table> {
    let folder = format!("schema/{engine}/");
    let mut tables = Vec::new();
    for paper in papers(&["sql"]).iter().filter(|paper| paper.path.starts_with(&folder)) {
        for (offset, _) in
            paper.text.match_indices("create table ").chain(paper.text.match_indices("create virtual table "))
        {
            let rest = &paper.text[offset..];
            let name =
                rest.split_once("table ").map_or("", |(_, rest)| rest).trim_start_matches("if not exists ");
            let name =
                name.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default().to_owned();
            let comment = paper.text[..offset]
                .lines()
                .rev()
                .take_while(|line| line.starts_with("--"))
                .collect::<Vec<_>>();
            let says =
                comment.into_iter().rev().map(|line| line.trim_start_matches("--")).collect::<String>();
            let owner = says
                .trim()
                .strip_prefix("owner: ")
                .and_then(|rest| rest.split('.').next())
                .map(str::to_owned);
            let is_virtual = rest.starts_with("create virtual");
            tables.push(Table { at: paper.at(offset), name, is_virtual, owner, says });
        }
    }
    tables.sort_by(|a, b| a.name.cmp(&b.name));
    tables
}
