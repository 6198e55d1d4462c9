//! `huiyin text`: figures on files with known answers, the same twice, one line for a file that cannot be used; a
//! school's own model.

use super::house::{School, huiyin};

const CLASSES: &str = "label\ttitle\tbody\n饮食\t食堂饭菜凉了\t中午就凉了\n饮食\t食堂排队\t人太多\n维修\t灯管不亮\t三天没修\n维修\t水龙头漏水\t一直滴\n";
const STREAM: &str = "time\tuser\ttitle\tbody\tevent\n2026-09-01 08:00\tu1\t三号楼热水不热\t\te1\n2026-09-02 08:00\tu2\t三号楼热水又不热\t\te1\n2026-09-03 08:00\tu3\t食堂排队\t\t\n";

#[test]
fn figures_are_printed_in_words_or_as_one_object() {
    let school = School::new();
    let classes = school.file("classes.tsv", CLASSES);
    let classes = classes.to_str().unwrap();
    let told = huiyin(&["text", "classify", "--train", classes, "--eval", classes]);
    let told = told.done();
    assert!(told.starts_with("judged 4 texts, learned from 4\nmacro-F1"), "{told}");
    let figures = huiyin(&["text", "classify", "--train", classes, "--eval", classes, "--json"]).json();
    assert_eq!(figures["macro_f1"].as_f64(), Some(1.0), "{figures}");

    let stream = school.file("stream.tsv", STREAM);
    let figures = huiyin(&["text", "topics", "--eval", stream.to_str().unwrap(), "--json"]).json();
    assert_eq!((figures["messages"].as_u64(), figures["topics"].as_u64()), (Some(3), Some(2)));

    let corpus =
        school.file("corpus.tsv", "id\ttitle\na\t三号楼热水不热\nb\t热水不热，三号楼\nc\t食堂排队\n");
    let groups = school.file("groups.tsv", "matter\tid\nm\ta\nm\tb\n");
    let [corpus, groups] = [&corpus, &groups].map(|file| file.to_str().unwrap());
    let figures = huiyin(&["text", "similar", "--train", corpus, "--eval", groups, "--json"]).json();
    assert_eq!(figures["whole"]["recall_at_1"].as_f64(), Some(1.0), "{figures}");
}

#[test]
fn every_word_of_a_file_is_found_as_often_as_it_stands_there() {
    let school = School::new();
    let file = school.file("classes.tsv", CLASSES);
    let file = file.to_str().unwrap();
    let told = huiyin(&["text", "search", "--eval", file]);
    let told = told.done();
    assert!(told.starts_with("4 messages, 34 characters\nlaid out in "), "{told}");
    let figures = huiyin(&["text", "search", "--train", file, "--eval", file, "--json"]).json();
    assert_eq!(figures["messages"].as_u64(), Some(8), "{figures}");
    assert_eq!(figures["agreeing"], figures["questions"], "{figures}");
    assert!(figures["questions"].as_u64() >= Some(500), "{figures}");
    let none = school.file("none.tsv", "title\tbody\n");
    let figures = huiyin(&["text", "search", "--eval", none.to_str().unwrap(), "--json"]).json();
    assert_eq!(figures["questions"].as_u64(), Some(0), "{figures}");
}

#[test]
fn a_file_that_cannot_be_used_is_named_in_one_line() {
    let school = School::new();
    let empty = school.file("empty.tsv", "");
    let said = huiyin(&["text", "classify", "--eval", empty.to_str().unwrap()]);
    assert_eq!((said.code, said.out.as_str()), (1, ""), "{said:?}");
    assert_eq!(said.err, format!("{}: there is no column “label”\n", empty.display()));
    let said = huiyin(&["text", "topics", "--eval", "nowhere.tsv"]);
    assert_eq!(said.code, 1, "{said:?}");
    assert!(said.err.starts_with("nowhere.tsv: ") && said.err.lines().count() == 1, "{said:?}");
    assert_eq!(huiyin(&["text", "topics"]).code, 2, "--eval is needed");
}

#[test]
fn a_school_learns_anew_and_the_same_history_gives_the_same_bytes() {
    let school = School::new();
    let first = huiyin(&["text", "train", "--data", school.data(), "--json"]).json();
    assert_eq!((first["version"].as_u64(), first["takes_over"].as_bool()), (Some(1), Some(true)), "{first}");
    assert_eq!(first["told"]["examples"].as_u64(), Some(0), "nothing was confirmed yet: {first}");
    let again = huiyin(&["text", "train", "--data", school.data(), "--json"]).json();
    assert_eq!((&again["checksum"], again["version"].as_u64()), (&first["checksum"], Some(2)));
    let told = huiyin(&["text", "train", "--data", school.data()]);
    assert!(told.done().starts_with("model 3: 0 confirmed cases, "), "{told:?}");
}
