//! `huiyin preset` and `huiyin config`: rules checked and said back, settings and where they came from.

use super::house::{command, huiyin};
use std::path::Path;

fn preset(name: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap();
    root.join("presets").join(format!("{name}.toml")).to_str().unwrap().to_owned()
}

#[test]
fn a_right_preset_is_counted_and_a_wrong_one_named_by_line() {
    assert!(huiyin(&["preset", "check", &preset("campus")]).done().starts_with("ok: 9 kinds, "));

    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("own.toml");
    let text = std::fs::read_to_string(preset("campus")).unwrap();
    std::fs::write(
        &file,
        text.replacen("office.closes = \"18:00\"", "office.closes = \"25:00\"\noffice.lunch = 1", 1),
    )
    .unwrap();
    let file = file.to_str().unwrap();
    let said = huiyin(&["preset", "check", file]);
    assert_eq!(said.code, 1, "{said:?}");
    let lines: Vec<&str> = said.err.lines().collect();
    assert_eq!(lines.len(), 2, "each thing that is wrong, once: {said:?}");
    assert!(lines.iter().all(|line| line.starts_with(file) && line.contains('行')), "{said:?}");
    let said = huiyin(&["preset", "check", file, "--json"]);
    assert_eq!((said.code, said.json()["ok"].as_bool()), (1, Some(false)));
    assert_eq!(said.json()["complaints"].as_array().unwrap().len(), 2);
}

#[test]
fn every_preset_is_said_back_in_chinese() {
    for name in ["campus", "echo-wall", "afternoon-tea", "information-channels", "four-oclock"] {
        let said = huiyin(&["preset", "explain", name]);
        assert!(said.done().contains("诉求办理规则") && said.out.lines().count() > 30, "{name}");
    }
    assert!(
        huiyin(&["preset", "explain", "nowhere"]).complaint(2).contains("there is no preset and no file")
    );
}

#[test]
fn each_setting_says_where_it_came_from_and_passwords_are_not_shown() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().to_str().unwrap();
    std::fs::write(folder.path().join("huiyin.toml"), "log_format = \"json\"\n").unwrap();
    let output = command(["config", "explain", "--data", data, "--listen", "127.0.0.1:9"])
        .env("HUIYIN_DATABASE_URL", "postgres://school:secret@db.example/huiyin")
        .output()
        .unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    let line = |key: &str| said.lines().find(|line| line.starts_with(key)).unwrap().to_owned();
    assert!(line("listen").contains("127.0.0.1:9") && line("listen").contains("--listen"));
    assert!(line("log_format").contains("huiyin.toml:1"));
    assert!(line("database_url").contains("HUIYIN_DATABASE_URL") && !said.contains("secret"), "{said}");
    assert!(line("rate_limits").contains("built in"));
    std::fs::write(folder.path().join("huiyin.toml"), "lisen = \"x\"\n").unwrap();
    assert!(huiyin(&["config", "explain", "--data", data]).complaint(2).contains("unknown key “lisen”"));
}
