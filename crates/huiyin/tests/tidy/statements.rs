//! SQL as the checks find it in string literals, and the rule that a statement is written whole, in lower case.

use crate::house::{Paper, nothing, program};
use crate::rust::{Part, parts};

/// A statement in the program.
pub struct Statement<'a> {
    /// Where it begins.
    pub offset: usize,
    /// The literal.
    pub sql: &'a str,
    /// The code before the literal.
    pub before: &'a str,
}

/// Every literal of a file that reads like SQL.
pub fn statements(paper: &Paper) -> Vec<Statement<'_>> {
    let mut found = Vec::new();
    let mut before = "";
    for (offset, part) in parts(&paper.text) {
        match part {
            Part::Code(code) => before = code,
            Part::Text(sql) if is_sql(sql) => found.push(Statement { offset, sql, before }),
            Part::Text(_) | Part::Comment(_) => {}
        }
    }
    found
}

/// The tables a statement writes.
pub fn written(sql: &str) -> Vec<String> {
    let flat = sql.to_lowercase().replace("\\n", " ").replace('\\', " ");
    let words: Vec<&str> =
        flat.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty()).collect();
    let mut tables = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let next = |step: usize| words.get(at + step).copied().unwrap_or_default();
        let table = match *word {
            "insert" | "replace" if next(1) == "into" => next(2),
            "insert" if next(1) == "or" && next(3) == "into" => next(4),
            "delete" if next(1) == "from" => next(2),
            // `on conflict … do update set` and `for update` name no table of their own; `as c` may stand before `set`.
            "update" if next(1) != "set" && (2..=4).any(|step| next(step) == "set") => next(1),
            _ => continue,
        };
        if !table.is_empty() && !["set", "skip"].contains(&table) {
            tables.push(table.to_owned());
        }
    }
    tables
}

fn is_sql(text: &str) -> bool {
    let flat: String = text.to_lowercase().replace("\\n", " ").chars().take(400).collect();
    let start = flat.trim_start_matches([' ', '\n', '\\']);
    let says = |opening: &str, more: &str| start.starts_with(opening) && flat.contains(more);
    says("select ", "")
        && (flat.contains(" from ") || flat.contains("\n") || flat.split_whitespace().count() < 6)
        || says("insert ", "into ")
        || says("update ", " set ")
        || says("update ", "\n") && flat.contains("set ")
        || says("delete ", "from ")
        || says("with ", " as (")
}

#[test]
fn every_statement_is_a_literal_that_can_be_pasted_into_a_shell() {
    let mut complaints = Vec::new();
    for paper in program().iter().filter(|paper| !is_door(paper)) {
        for found in statements(paper) {
            let before = found.before.trim_end_matches(['"', 'r', '#']).trim_end();
            if ["format!(", "write!(", "writeln!(", "push_str(", "concat!("]
                .iter()
                .any(|made| before.ends_with(made))
            {
                complaints.push(format!("{}: a statement put together at run time", paper.at(found.offset)));
            }
            let words = ["SELECT ", "INSERT ", "UPDATE ", "DELETE ", " FROM ", " WHERE "];
            if words.iter().any(|word| found.sql.contains(word)) {
                complaints.push(format!("{}: SQL is written in lower case", paper.at(found.offset)));
            }
            if found.sql.contains('?') {
                complaints.push(format!("{}: parameters are $1 … $n", paper.at(found.offset)));
            }
        }
    }
    nothing("a statement is one literal, in lower case, with $1 … $n", &complaints);
}

/// The one place where the two engines differ may put a statement together.
fn is_door(paper: &Paper) -> bool {
    paper.path.starts_with("crates/huiyin-foundation/src/db/")
}

#[test]
fn written_tables_are_found() {
    assert_eq!(
        written("insert into cases (a)\nvalues ($1)\non conflict (a) do update set a = $1"),
        ["cases"]
    );
    assert_eq!(written("update cases\nset a = 1"), ["cases"]);
    assert_eq!(written("update cases as c set a = 1"), ["cases"]);
    assert_eq!(written("delete from case_texts where a = $1"), ["case_texts"]);
    assert_eq!(written("select a from cases for update skip locked"), Vec::<String>::new());
    assert_eq!(
        written("with due as (select 1) update jobs set a = 1 where b in (select b from due)"),
        ["jobs"]
    );
}
