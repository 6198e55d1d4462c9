//! What to cover before a text is shown to everybody: telephones, student numbers, identity cards (2.1, 8.1).
//!
//! A proposal with its long numbers covered, and a second look when it is sent. What it does not do: find names. Those only
//! a person finds, by reading.

use huiyin_foundation::error::FieldErrors;
use huiyin_foundation::web::Form;

/// So many digits in a row tell of a person.
const DIGITS_MIN: usize = 7;
const SENTENCE: &str = "这里有一长串数字，可能是电话、学号或证件号；大家都看得到，请删去或改成 ×××";

/// A text with its long numbers covered. A person reads it again before it is shown.
pub fn covered(text: &str) -> String {
    let mut covered = String::with_capacity(text.len());
    let mut digits = String::new();
    for c in text.chars().chain(['\0']) {
        let ends_an_identity_card = matches!(c, 'X' | 'x') && digits.len() == 17;
        if c.is_ascii_digit() || ends_an_identity_card {
            digits.push(c);
            continue;
        }
        covered.push_str(if digits.len() >= DIGITS_MIN { "×××" } else { &digits });
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
    fn long_numbers_are_covered_and_short_ones_stay() {
        assert_eq!(covered("3 号楼 602，电话 13800000000，学号2026010203"), "3 号楼 602，电话 ×××，学号×××");
        assert_eq!(covered("37010119990101123X 的同学"), "××× 的同学");
        assert_eq!(covered("热水 22:30 就停"), "热水 22:30 就停");
    }
}
