//! Data that lies beside the repository on the machines that have it.

/// The text of `data/NAME`; elsewhere none, and a line that says so, because a test that did nothing must not look like one that did.
#[expect(clippy::disallowed_methods, reason = "a test reads shared data where there is some")]
#[expect(clippy::print_stdout, reason = "whoever reads the test's output must know")]
pub fn text(name: &str) -> Option<String> {
    let root = format!("{}/../..", env!("CARGO_MANIFEST_DIR"));
    let named = std::env::var("HUIYIN_SHARED").unwrap_or_default();
    let folders = [named, format!("{root}/../shared"), format!("{root}/../../shared")];
    let found =
        folders.iter().find_map(|folder| std::fs::read_to_string(format!("{folder}/data/{name}")).ok());
    if found.is_none() {
        println!("skipped: no data/{name} beside this repository (HUIYIN_SHARED names the folder)");
    }
    found
}
