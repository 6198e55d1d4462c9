//! Pieces and questions against the plain truth: does the folded word stand in the folded text?

use super::*;
use crate::fold;
use proptest::prelude::*;

/// What an index answers: the pieces of a way stand one behind the other.
fn is_found(question: &Question, title: &str, body: &str) -> bool {
    let split = |written: String| written.split(' ').map(str::to_owned).collect::<Vec<_>>();
    let fields = [split(tokens(title)), split(tokens(body))];
    let by_sound = [split(sounds(title)), split(initials(title))];
    let stands = |field: &[String], pieces: &[String]| field.windows(pieces.len()).any(|part| part == pieces);
    question.words.iter().all(|word| {
        word.ways.iter().any(|way| match way {
            Way::Letters(pieces) => fields.iter().any(|field| stands(field, pieces)),
            Way::Begins(start) => fields.iter().flatten().any(|piece| piece.starts_with(start)),
            Way::Sounds { syllables, last_is_begun: false } => stands(&by_sound[0], syllables),
            Way::Sounds { syllables, .. } => by_sound[0].windows(syllables.len()).any(|part| {
                let last = syllables.len() - 1;
                part[..last] == syllables[..last] && part[last].starts_with(&syllables[last])
            }),
            Way::Initials(pieces) => stands(&by_sound[1], pieces),
        })
    })
}

fn ask(typed: &str) -> Question {
    Question::read(typed, &Synonyms::of([["空调", "冷气"]]))
}

fn finds(typed: &str, title: &str) -> bool {
    is_found(&ask(typed), title, "")
}

#[test]
fn words_stand_inside_sentences_in_any_width_case_and_tradition() {
    for (typed, title) in [
        ("空调", "三号楼空调不制冷"),
        ("３號樓", "三号楼与3号楼的WIFI"),
        ("wifi 3号", "三号楼与3号楼的ＷｉＦｉ"),
        ("楼", "三号楼"),
        ("三", "三号楼"),
        ("HY-2026", "hy-2026"),
    ] {
        assert!(finds(typed, title), "{typed} in {title}");
    }
    for (typed, title) in [("号楼空", "三号楼，空调"), ("楼三", "三号楼"), ("调控", "空调")]
    {
        assert!(!finds(typed, title), "{typed} in {title}");
    }
}

#[test]
fn titles_are_found_by_sound_and_first_letters() {
    let title = "三号楼空调不制冷，重复报修";
    for typed in ["kongtiao", "kongti", "kt", "KTBZL", "chongfu", "zhileng", "sanhaolou", "chongfubaoxiu"] {
        assert!(finds(typed, title), "{typed}: {:?}", ask(typed));
    }
    for typed in ["tiaokong", "tk", "lengchong", "xyz"] {
        assert!(!finds(typed, title), "{typed}");
    }
}

#[test]
fn letters_may_be_parted_in_several_ways() {
    assert!(finds("xian", "西安校区") && finds("xian", "先修课"));
    assert!(finds("lvse", "绿色通道"));
    assert!(!finds("wifi", "我飞"), "no syllables, no first letters: w i f i");
}

#[test]
fn words_that_sound_alike_are_found_when_asked_by_sound() {
    let typed = ask("空条坏");
    assert!(!is_found(&typed, "空调坏了", ""));
    assert!(is_found(&typed.by_sound().unwrap(), "空调坏了", ""));
    assert_eq!(ask("坏").by_sound(), None, "one character sounds like hundreds");
    assert_eq!(ask("wifi").by_sound(), None);
}

#[test]
fn the_schools_other_words_are_asked_for_too() {
    assert!(finds("冷气不冷", "空调不冷"));
    assert_eq!(ask("冷气不冷").words[0].others, ["空调不冷"]);
    assert!(!is_found(&ask("冷气").to_the_letter(), "空调", ""));
}

#[test]
fn a_slip_is_put_right_to_a_known_word() {
    let known = ["自习室", "图书馆", "空调", "学生公寓"];
    for (typed, meant) in [
        ("自刁室", "自习室"),
        ("图书管开门", "图书馆开门"),
        ("图书书馆", "图书馆"),
        ("图书", ""),
        ("学公寓", "学生公寓"),
        ("图馆书", "图书馆"),
        ("调空", "空调"),
        ("自习室", ""),
        ("食堂", ""),
    ] {
        assert_eq!(slips(typed, known).join(" "), meant, "{typed}");
    }
}

#[test]
fn what_is_found_is_marked_where_it_is_written() {
    let marked = |typed: &str, text: &str, max| {
        let pieces = ask(typed).excerpt(text, max, true);
        pieces
            .iter()
            .map(|p| if p.is_found { format!("[{}]", p.text) } else { p.text.clone() })
            .collect::<String>()
    };
    assert_eq!(marked("空调 ３號", "3号楼的空\u{200b}调、空調", 60), "[3号]楼的[空\u{200b}调]、[空調]");
    assert_eq!(marked("kongtiao", "三号楼空调", 60), "三号楼[空调]");
    assert_eq!(marked("kt", "三号楼空调", 60), "三号楼[空调]");
    assert_eq!(marked("调不", "空调不冷", 60), "空[调不]冷");
    let long = format!("{}空调{}", "前".repeat(50), "后".repeat(50));
    assert_eq!(marked("空调", &long, 20), format!("…{}[空调]{}…", "前".repeat(12), "后".repeat(6)));
    assert_eq!(marked("没有", "空调", 1), "空…");
}

#[test]
fn signs_alone_ask_nothing_and_much_is_cut() {
    for typed in ["", " ", "\"'*()-", "，。！？", "🙂🙂", "%%%___"] {
        assert!(ask(typed).is_empty(), "{typed}");
    }
    assert_eq!(ask(&"空".repeat(10_000_000)).words[0].typed.chars().count(), 60);
    assert_eq!(ask(&"一 二 三 四 五 六 七 八 九 十".repeat(9)).words.len(), 8);
    assert!(
        ask(&"a".repeat(60)).words[0].ways.len() < 8,
        "letters can be parted in many ways; a handful is asked"
    );
}

proptest! {
    #[test]
    fn to_the_letter_is_the_truth_of_the_substring(
        title in "[ab空调机 ，]{0,12}", body in "[ab空调机 ，]{0,20}", word in "[ab空调机]{1,5}",
    ) {
        let truth = fold(&title).contains(&word) || fold(&body).contains(&word);
        prop_assert_eq!(is_found(&ask(&word).to_the_letter(), &title, &body), truth);
    }

    #[test]
    fn nothing_typed_or_written_is_too_strange(typed in "\\PC{0,80}", text in "\\PC{0,80}", max in 0_usize..50) {
        let question = ask(&typed);
        let together: String = question.excerpt(&text, text.chars().count(), true).iter().map(|p| p.text.as_str()).collect();
        prop_assert_eq!(together, text.clone());
        prop_assert!(question.excerpt(&text, max, true).iter().map(|p| p.text.chars().count()).sum::<usize>() <= max + 2);
        for written in [tokens(&text), sounds(&text), initials(&text)] {
            prop_assert!(written.bytes().all(|b| b == b' ' || b.is_ascii_lowercase() || b.is_ascii_digit()));
        }
        prop_assert!(slips(&typed, [text.as_str()]).len() <= 1);
    }

    #[test]
    fn a_slip_anywhere_in_a_long_word_is_put_right(at in 0_usize..4, slip in "[东南西北]") {
        let mut typed: Vec<char> = "学生公寓".chars().collect();
        typed[at] = slip.chars().next().unwrap();
        let typed: String = typed.into_iter().collect();
        prop_assert_eq!(slips(&typed, ["学生公寓"]), ["学生公寓"]);
    }
}
