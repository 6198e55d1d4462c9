//! The figures on files of a few lines, where every one can be counted by hand.

use super::*;
use std::time::Duration;

fn table(text: &str) -> Table {
    Table::of("f.tsv", text)
}

fn still() -> Duration {
    Duration::ZERO
}

#[test]
fn files_are_read_by_the_names_of_their_columns() {
    let read = table("id\ttitle\tbody\n1\t灯坏了\t三天没人修\n2\t短行\n");
    assert_eq!(read.len(), 2);
    assert_eq!(read.words_of(0), ("灯坏了".to_owned(), "三天没人修".to_owned()));
    assert_eq!(read.words_of(1), ("短行".to_owned(), String::new()));
    assert_eq!(read.column(&["label"]), Err(Unfit::Column { file: "f.tsv".into(), column: "label".into() }));
}

#[test]
fn classes_are_judged_by_what_was_learned_elsewhere() {
    let learn = table("label\ttitle\n饮食\t食堂饭菜凉了\n饮食\t食堂排队\n维修\t灯管不亮\n维修\t水龙头漏水\n");
    let judge = table("label\ttitle\n饮食\t食堂的饭菜\n维修\t灯管坏了\n维修\t食堂排队的灯\n");
    let figures = classify(Some(&learn), &judge, &still).expect("all columns");
    assert_eq!((figures.judged, figures.learned_from), (3, 4));
    assert!((figures.top[1] - 1.0).abs() < 1e-9, "two classes, two proposals");
    let one_class = classify(Some(&table("label\ttitle\n饮食\t凉\n饮食\t贵\n")), &judge, &still).map(|_| ());
    assert_eq!(one_class, Err(Unfit::TooFewClasses { file: "f.tsv".into() }));
    // 饮食: named twice, once rightly (F1 2/3); 维修: named once, rightly, of two (F1 2/3).
    assert!((figures.macro_f1 - 2.0 / 3.0).abs() < 1e-9, "{figures:?}");
    assert!(figures.automatic_share.abs() < 1e-9, "four texts are too few for any to go out by itself");
}

#[test]
fn the_same_matter_is_found_and_its_rank_counted() {
    let corpus = table(
        "id\ttitle\tbody\na\t三号楼热水不热\t晚上洗澡没有热水\nb\t热水器\t三号楼晚上没有热水\nc\t食堂排队\t中午人多\n",
    );
    let judge = table("matter\tid\nm1\ta\nm1\tb\n");
    let figures = similar(&[corpus], &judge, &still).expect("all columns");
    assert_eq!((figures.corpus, figures.whole.asked), (3, 2));
    assert!((figures.whole.recall_at_1 - 1.0).abs() < 1e-9 && (figures.title.recall_at_5 - 1.0).abs() < 1e-9);
    let elsewhere = similar(&[table("id\ttitle\nz\t别的\n")], &judge, &still).map(|_| ());
    assert_eq!(elsewhere, Err(Unfit::Message { file: "f.tsv".into(), id: "a".into() }));
}

#[test]
fn an_event_is_grouped_and_what_was_noticed_is_counted_in_its_messages() {
    let mut text = String::from("time\tuser\ttitle\tbody\tevent\n");
    for day in 1..=6 {
        text += &format!("2026-09-0{day} 08:00\tu{day}\t滨河苑捆绑销售车位\t开发商强制购买车位\te1\n");
        text += &format!(
            "2026-09-0{day} 09:00\tv{day}\t第{day}件别的事情\t{}\t\n",
            ["路灯", "公交", "噪音", "医保", "学区", "垃圾"][day - 1]
        );
    }
    let figures = topics(None, &table(&text), &still).expect("all columns");
    let event = &figures.events[0];
    assert_eq!((event.messages, event.noticed_after, event.warned_after), (6, Some(3), Some(5)));
    assert!((event.f1 - 1.0).abs() < 1e-9 && (figures.b_cubed[2] - 1.0).abs() < 1e-9, "{figures:?}");
    assert_eq!(event.peak_after, 1, "every day had one; the first is the peak");
}
