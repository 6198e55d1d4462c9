//! What to cover before a text is shown to everybody: telephones, student numbers, identity cards, and the names behind the
//! case that the house knows (2.1, 8.1).
//!
//! A proposal with all that covered, and a second look when it is sent. What it does not do: find the names of others. Those
//! only a person finds, by reading.

use super::sight::Seen;
use huiyin_domain::case::{Answer, Command, Identity, TextKind};
use huiyin_domain::ids::PersonId;
use huiyin_foundation::db::Tx;
use huiyin_foundation::error::{Error, FieldErrors};
use huiyin_foundation::web::Form;
use huiyin_people::identity;
use std::collections::BTreeMap;

/// So many digits in a row tell of a person.
const DIGITS_MIN: usize = 7;
const SENTENCE: &str = "这里有一长串数字，可能是电话、学号或证件号；大家都看得到，请删去或改成 ×××";
const NUMBER: &str =
    "公开的答复大家都看得到：这里有手机号、证件号或反映人自己写的号码，请删去或改成 ×××；办公电话可以写";
const NAMED: &str = "这里有反映人或登记时写的姓名；大家都看得到，请删去或改成 ×××";
const COVER: &str = "×××";
/// What is written where a name belongs and is none.
const NO_NAMES: [&str; 10] =
    ["来信人", "家长", "学生", "同学", "老师", "教师", "校友", "访客", "匿名", "本人"];

/// The names behind a case, as far as the house knows them: of the requester, where they said who they are, and of whoever
/// it was registered for. `known` are the names of people.
pub fn names_among(seen: &Seen, known: &BTreeMap<PersonId, String>) -> Vec<String> {
    let is_open = seen.case().identity == Identity::Open;
    let own = seen.requester.as_ref().filter(|_| is_open).and_then(|person| known.get(person)).cloned();
    names_of(own, seen.texts.of(1, TextKind::OnBehalfOf))
}

/// The same of what is known already: the name of the account, and what was written of whom it was registered for.
pub fn names_of(own: Option<String>, written: &str) -> Vec<String> {
    // 「张三（来信自称，未核实）」「家长 王先生」
    let ends_a_name = |c: char| "（(，,、；;：:/<".contains(c);
    let written = written.split(ends_a_name).next().unwrap_or_default().trim();
    let parts = written.split_whitespace().filter(|part| !part.is_ascii()).map(str::to_owned);
    let mut names: Vec<String> = own.into_iter().chain([written.to_owned()]).chain(parts).collect();
    names.retain(|name| name.chars().count() > 1 && !NO_NAMES.contains(&name.as_str()));
    names.sort_by_key(|name| std::cmp::Reverse(name.len()));
    names
}

/// The names behind a case.
pub fn names_behind(tx: &mut Tx, seen: &Seen) -> Result<Vec<String>, Error> {
    let asked = seen.requester.as_slice();
    let known =
        if asked.is_empty() { BTreeMap::new() } else { identity::names_of(tx, asked)?.into_iter().collect() };
    Ok(names_among(seen, &known))
}

/// A text with its long numbers and these names covered. A person reads it again before it is shown.
pub fn covered_for(text: &str, names: &[String]) -> String {
    names.iter().fold(covered(text), |text, name| text.replace(name.as_str(), COVER))
}

/// Holds a command back whose text for the public names somebody behind the case.
///
/// # Errors
/// `Invalid`, at the field.
pub fn expect_unnamed(tx: &mut Tx, seen: &Seen, command: &Command) -> Result<(), Error> {
    let (public, answer) = match command {
        Command::Publish(public) => (public, ""),
        Command::Reply(Answer { public: Some(public), words, .. })
        | Command::ProposeReply(Answer { public: Some(public), words, .. }) => (public, words.as_str()),
        _ => return Ok(()),
    };
    let (names, mut errors) = (names_behind(tx, seen)?, FieldErrors::new());
    for (field, words) in
        [("public_title", public.title.as_str()), ("public_body", &public.body), ("words", answer)]
    {
        errors.expect(!names.iter().any(|name| words.contains(name.as_str())), field, NAMED);
    }
    // Everybody reads the answer with the rest; the telephone of an office may stand in it, a person's number may not.
    let own = numbers_in(&seen.texts.of_requester(&seen.loaded.record));
    let is_telling = |number: &String| is_of_a_person(number) || own.contains(number);
    errors.expect(!numbers_in(answer).iter().any(is_telling), "words", NUMBER);
    errors.or(()).map_err(Error::Invalid)
}

/// A mobile telephone, or as long as an identity card.
fn is_of_a_person(number: &str) -> bool {
    (number.len() == 11 && number.starts_with('1')) || number.len() >= 15
}

/// The long numbers of a text.
fn numbers_in(text: &str) -> Vec<String> {
    let runs = text.split(|c: char| !c.is_ascii_digit());
    runs.filter(|run| run.len() >= DIGITS_MIN).map(str::to_owned).collect()
}

/// A text with its long numbers covered.
fn covered(text: &str) -> String {
    let mut covered = String::with_capacity(text.len());
    let mut digits = String::new();
    for c in text.chars().chain(['\0']) {
        let ends_an_identity_card = matches!(c, 'X' | 'x') && digits.len() == 17;
        if c.is_ascii_digit() || ends_an_identity_card {
            digits.push(c);
            continue;
        }
        covered.push_str(if digits.len() >= DIGITS_MIN { COVER } else { &digits });
        digits.clear();
        if c != '\0' {
            covered.push(c);
        }
    }
    covered
}

/// Notes every text for the public in which a long number still stands.
pub fn expect_covered(form: &Form, errors: &mut FieldErrors) {
    for name in ["public_title", "public_body"] {
        let words = form.words(name);
        errors.expect(covered(&words) == words, name, SENTENCE);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mobile_tells_of_a_person_and_an_office_telephone_does_not() {
        let telling = |text: &str| numbers_in(text).iter().any(|number| is_of_a_person(number));
        assert!(telling("请打 13800000000"));
        assert!(telling("证件 37010119990101123X"));
        assert!(!telling("维修电话 0531-88360000，2026 年 11 月"));
    }

    #[test]
    fn long_numbers_are_covered_and_short_ones_stay() {
        assert_eq!(covered("3 号楼 602，电话 13800000000，学号2026010203"), "3 号楼 602，电话 ×××，学号×××");
        assert_eq!(covered("37010119990101123X 的同学"), "××× 的同学");
        assert_eq!(covered("热水 22:30 就停"), "热水 22:30 就停");
    }
}
