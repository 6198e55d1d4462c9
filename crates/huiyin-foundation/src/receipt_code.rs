//! The receipt code: the only key to an anonymous case (requirements 2.1).
//!
//! 23 letters that look random (115 bits, too many to guess, so that a fast keyed hash finds the case) and one check
//! letter that catches every single mistyped letter and every two letters swapped, before anything is looked up.
//! The code is shown once and travels in bodies of forms only. It is not kept here: see [`crate::keys::Keys::receipt_code_hash`].

use crate::keys::ALPHABET;
use std::fmt;

const LETTERS: usize = 23;
const GROUP: usize = 4;

/// A receipt code whose check letter fits.
#[derive(Clone, PartialEq, Eq)]
pub struct ReceiptCode(String);

/// What is wrong with a code as typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReceiptTypo {
    /// Not 24 letters; so many were found.
    Length(usize),
    /// A sign that no code contains.
    Sign(char),
    /// The check letter does not fit: a letter is wrong or two are swapped.
    Check,
}

impl ReceiptCode {
    /// The code made of the first 115 bits.
    pub(crate) fn from_bytes(bytes: &[u8; 32]) -> ReceiptCode {
        let bit = |at: usize| bytes[at / 8] >> (7 - at % 8) & 1;
        let mut values: Vec<u8> =
            (0..LETTERS).map(|place| (0..5).fold(0, |value, at| value << 1 | bit(place * 5 + at))).collect();
        values.push(check_value(&values));
        ReceiptCode(values.iter().map(|value| ALPHABET[usize::from(*value)] as char).collect())
    }

    /// Reads a code as people type it: any case, spaces and dashes of any script, O for 0, I and L for 1.
    pub fn parse(typed: &str) -> Result<ReceiptCode, ReceiptTypo> {
        let mut values = Vec::with_capacity(LETTERS + 1);
        for sign in typed.chars().filter(|sign| !is_spacing(*sign)) {
            values.push(value_of(sign).ok_or(ReceiptTypo::Sign(sign))?);
            if values.len() > LETTERS + 1 {
                return Err(ReceiptTypo::Length(typed.chars().filter(|sign| !is_spacing(*sign)).count()));
            }
        }
        let (check, letters) = values
            .split_last()
            .filter(|(_, l)| l.len() == LETTERS)
            .ok_or(ReceiptTypo::Length(values.len()))?;
        if check_value(letters) != *check {
            return Err(ReceiptTypo::Check);
        }
        Ok(ReceiptCode(values.iter().map(|value| ALPHABET[usize::from(*value)] as char).collect()))
    }

    /// The 24 letters without grouping.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The code in groups of four, for reading and writing down.
    pub fn grouped(&self) -> String {
        let groups: Vec<&str> = (0..self.0.len()).step_by(GROUP).map(|at| &self.0[at..at + GROUP]).collect();
        groups.join("-")
    }
}

/// Never prints the code, so that no log line can hold one.
impl fmt::Debug for ReceiptCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ReceiptCode(…)")
    }
}

fn is_spacing(sign: char) -> bool {
    sign.is_whitespace() || matches!(sign, '-' | '‐'..='―' | '－' | '_' | '\u{200b}' | '\u{feff}')
}

fn value_of(sign: char) -> Option<u8> {
    // Chinese input methods write full-width letters and digits.
    let narrow = match sign {
        '！'..='～' => char::from_u32(sign as u32 - 0xfee0)?,
        other => other,
    };
    let letter = match narrow.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    ALPHABET.iter().position(|known| *known as char == letter).map(|at| at as u8)
}

/// The weighted sum of the letters in the field of 32 elements (x⁵ + x² + 1), each place with its own power of x.
fn check_value(values: &[u8]) -> u8 {
    values.iter().fold(0, |sum, value| times_x(sum) ^ times_x(*value))
}

fn times_x(value: u8) -> u8 {
    let doubled = value << 1;
    if doubled & 32 == 0 { doubled } else { doubled ^ 0b10_0101 }
}
