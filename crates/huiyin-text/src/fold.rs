//! One form for what is written and what is asked: lower case, half width, simplified characters.
//!
//! Character by character, so that a question folded alone meets the same character inside any sentence, and a place in
//! the folded text is a place in the written one.

use ferrous_opencc::OpenCC;
use ferrous_opencc::config::BuiltinConfig;
use std::collections::HashMap;
use std::sync::OnceLock;

/// The folded form of a text. What leaves no trace on paper (joiners, marks of direction, soft hyphens) is left out.
pub fn fold(text: &str) -> String {
    text.chars().filter_map(fold_char).collect()
}

/// The folded form of one character; `None` if it leaves no trace on paper.
pub fn fold_char(written: char) -> Option<char> {
    match written {
        'a'..='z' | '0'..='9' | ' ' => Some(written),
        'A'..='Z' => Some(written.to_ascii_lowercase()),
        '\u{3000}' | '\u{a0}' => Some(' '),
        '！'..='～' => fold_char(char::from_u32(u32::from(written) - 0xfee0).unwrap_or(written)),
        '\u{ad}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2069}'
        | '\u{feff}'
        | '\u{fe00}'..='\u{fe0f}' => None,
        '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{2ffff}' => {
            Some(simplified().get(&written).copied().unwrap_or(written))
        }
        other if other.is_ascii() => Some(other),
        other => {
            let mut lower = other.to_lowercase();
            match (lower.next(), lower.next()) {
                (Some(one), None) => Some(one),
                _ => Some(other),
            }
        }
    }
}

/// The characters whose simplified form is another single character, asked of the table of OpenCC once.
fn simplified() -> &'static HashMap<char, char> {
    static TABLE: OnceLock<HashMap<char, char>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let Ok(converter) = OpenCC::from_config(BuiltinConfig::T2s) else { return HashMap::new() };
        ('\u{3400}'..='\u{9fff}')
            .chain('\u{f900}'..='\u{faff}')
            .filter_map(|written| {
                let mut converted =
                    converter.convert(written.encode_utf8(&mut [0; 4])).chars().collect::<Vec<_>>();
                let one = converted.pop().filter(|_| converted.is_empty())?;
                (one != written).then_some((written, one))
            })
            .collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_form_for_width_case_and_tradition() {
        assert_eq!(fold("ＫＴ空調３號樓　Wi-Fi"), "kt空调3号楼 wi-fi");
        assert_eq!(fold("乾燥 皇后 頭髮"), "干燥 皇后 头发");
        assert_eq!(fold("热\u{200b}水\u{feff}"), "热水");
        assert_eq!(fold(""), "");
    }

    #[test]
    fn folding_twice_changes_nothing() {
        for text in ["ＡＢｃ臺灣、綫路", "İstanbul ß ŒUVRE", "🙂👨‍👩‍👧 𠮷野家", "\u{fe0f}\u{202e}abc"]
        {
            assert_eq!(fold(&fold(text)), fold(text), "{text}");
        }
    }
}
