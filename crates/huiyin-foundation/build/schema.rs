//! Binds the numbered book of tables (`schema/{sqlite,postgres}/NNNN-name.sql`) into the program: adding a migration is
//! adding two files.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

/// Writes `book.rs`: every migration with its text for both engines.
pub fn bind() {
    let here = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo says where the crate is"));
    let schema = here.join("../../schema");
    println!("cargo:rerun-if-changed={}", schema.display());
    let names = file_names(&schema.join("sqlite"));
    let others = file_names(&schema.join("postgres"));
    assert_eq!(names, others, "schema/sqlite and schema/postgres must hold files of the same names");

    let mut book = String::from("&[\n");
    let mut last = 0;
    for file in &names {
        let (number, name) = numbered(file);
        assert!(
            number > last,
            "two migrations have the number {number:04}: give one of them the next free one"
        );
        last = number;
        let text_of = |engine: &str| schema.join(engine).join(file);
        book.push_str(&format!(
            "Migration {{ number: {number}, name: {name:?}, sqlite: include_str!({:?}), postgres: include_str!({:?}) }},\n",
            text_of("sqlite"),
            text_of("postgres"),
        ));
    }
    book.push_str("]\n");
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo says where to write"));
    fs::write(out.join("book.rs"), book).expect("the build directory can be written");
}

fn file_names(folder: &Path) -> Vec<String> {
    println!("cargo:rerun-if-changed={}", folder.display());
    let entries = fs::read_dir(folder).expect("schema/ has a folder for each engine");
    let mut names: Vec<String> = entries
        .map(|entry| entry.expect("schema/ can be read").file_name().to_string_lossy().into_owned())
        .filter(|name| name.ends_with(".sql"))
        .collect();
    names.sort();
    names
}

fn numbered(file: &str) -> (u16, &str) {
    file.strip_suffix(".sql")
        .and_then(|stem| stem.split_once('-'))
        .filter(|(number, name)| number.len() == 4 && !name.is_empty())
        .and_then(|(number, name)| Some((number.parse().ok()?, name)))
        .unwrap_or_else(|| panic!("{file} is not named like 0001-foundation.sql"))
}
