//! The sum of the book of tables, as one golden paper: what a school's database looks like today.

#[path = "golden/mod.rs"]
mod golden;

use huiyin_foundation::db::migrate::BOOK;
use huiyin_foundation::db::{Db, DbError, Engine, Sql, Tx};
use huiyin_foundation::params;
use huiyin_foundation::testing::TestDb;
use std::collections::BTreeMap;

#[test]
fn the_schema_is_the_sum_of_its_migrations() {
    let db = TestDb::new();
    if db.engine() == Engine::Sqlite {
        let made = db.read_now(whole_schema).unwrap();
        golden::check("schema/schema.sql", &made);
    }
}

#[test]
fn both_engines_keep_the_same_columns() {
    let embedded = Db::open_sqlite_temporary().unwrap().read_now(columns).unwrap();
    let tested = TestDb::new().read_now(columns).unwrap();
    assert_eq!(embedded, tested);
    assert!(embedded.contains_key("migrations"));
}

/// Each table with its comment, then its indexes and triggers; tables an extension keeps for itself left out.
fn whole_schema(tx: &mut Tx) -> Result<String, DbError> {
    let comments = comments();
    let mut made = String::from(
        "-- The sum of the numbered book beside this file, made by the test `schema`: read it, do not edit it.\n",
    );
    tx.query_each(
        "select m.type, m.name, m.sql
         from sqlite_master m
         left join pragma_table_list l on l.name = m.tbl_name and l.schema = 'main'
         where m.sql is not null
           and coalesce(l.type, '') <> 'shadow'
           and m.name not like 'sqlite\\_%' escape '\\'
         order by m.tbl_name, m.type <> 'table', m.name",
        params![],
        |row| {
            if row.str("type")? == "table" {
                made.push('\n');
                made.push_str(comments.get(row.str("name")?).map_or("", String::as_str));
            }
            made.push_str(&in_lower_case(row.str("sql")?));
            made.push_str(";\n");
            Ok::<_, DbError>(())
        },
    )?;
    Ok(made)
}

/// The engine keeps a statement as it was written but for its first words.
fn in_lower_case(sql: &str) -> String {
    let shouted = sql.find(|letter: char| letter.is_lowercase()).unwrap_or(sql.len());
    format!("{}{}", sql[..shouted].to_lowercase(), &sql[shouted..])
}

/// The comment above each `create table` of the book: the engine forgets it.
fn comments() -> BTreeMap<String, String> {
    let mut comments = BTreeMap::new();
    let mut comment = String::new();
    for line in BOOK.iter().flat_map(|page| page.text(Engine::Sqlite).lines()) {
        let opening =
            ["create table ", "create virtual table "].iter().find_map(|words| line.strip_prefix(words));
        if line.starts_with("--") {
            comment.push_str(line);
            comment.push('\n');
        } else if let Some(name) = opening.and_then(|rest| rest.split_whitespace().next()) {
            comments.insert(name.to_owned(), std::mem::take(&mut comment));
        } else {
            comment.clear();
        }
    }
    comments
}

/// The columns of each ordinary table, in their order. The embedded engine keeps what words are found by in tables of its
/// module for full text, PostgreSQL in a column of a type of its own.
fn columns(tx: &mut Tx) -> Result<BTreeMap<String, Vec<String>>, DbError> {
    let question = Sql::per_engine(
        "select t.name as table_name, c.name as column_name
         from pragma_table_list t
         join pragma_table_info(t.name) c
         where t.type = 'table' and t.schema = 'main' and t.name not like 'sqlite\\_%' escape '\\'
         order by t.name, c.cid",
        "select table_name, column_name
         from information_schema.columns
         where table_schema = current_schema() and data_type <> 'tsvector'
         order by table_name, ordinal_position",
    );
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    tx.query_each(question, params![], |row| {
        found.entry(row.text("table_name")?).or_default().push(row.text("column_name")?);
        Ok::<_, DbError>(())
    })?;
    Ok(found)
}
