//! Wrong use: one line, exit 2, and the way to help.

use super::house::huiyin;

#[test]
fn wrong_use_is_told_in_one_line_and_exit_2() {
    for (words, said) in [
        (&["frobnicate"][..], "unrecognized subcommand"),
        (&["due", "--preset", "campus"], "--route"),
        (&["due", "--route", "sideways", "--from", "-"], "[possible values: direct, transfer, refer]"),
        (&["verify", "--data"], "a value is required"),
        (&["init", "--data", "x"], "--name"),
        (&["serve", "--listen", "nowhere"], "nowhere"),
        (&["init", "--data", "x", "--name", " "], "write the school's name"),
    ] {
        let complaint = huiyin(words);
        assert!(complaint.complaint(2).contains(said), "{words:?}: {complaint:?}");
    }
}

#[test]
fn help_names_every_command_and_what_it_does_not_offer_is_not_there() {
    let help = huiyin(&["--help"]);
    for name in [
        "demo", "init", "serve", "import", "export", "verify", "due", "preset", "backup", "restore", "config",
    ] {
        assert!(help.done().contains(&format!("\n  {name} ")), "{name}");
        assert_eq!(huiyin(&[name, "--help"]).code, 0, "{name}");
    }
    assert_eq!(huiyin(&["text", "search"]).code, 2);
    assert!(huiyin(&["--version"]).done().starts_with("huiyin "));
    assert!(huiyin(&["backup", "--help"]).done().contains("Keep it like a key"));
}

#[test]
fn a_command_without_a_school_says_how_to_make_one() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("none");
    let data = data.to_str().unwrap();
    let file = folder.path().join("a.tsv");
    std::fs::write(&file, "title\n").unwrap();
    for words in
        [&["verify"][..], &["export", "cases"], &["import", "cases", file.to_str().unwrap()], &["serve"]]
    {
        let said = huiyin(&[words, &["--data", data]].concat());
        assert!(said.complaint(1).contains("huiyin init --data"), "{said:?}");
    }
    assert!(!std::path::Path::new(data).exists(), "asking makes nothing");
}
