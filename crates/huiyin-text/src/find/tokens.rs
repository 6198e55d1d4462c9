//! Pieces of a text in an alphabet that every engine takes as it is.

use crate::fold::fold;
use crate::words::runs;

/// How many letters and digits stand for one character: 36⁴ is more than there are.
const WIDTH: usize = 4;

/// The pieces of a text for an index, one space between them.
pub fn tokens(text: &str) -> String {
    let mut written = String::new();
    for run in runs(&fold(text)) {
        let codes: Vec<[u8; WIDTH]> = run.chars().map(code).collect();
        for pair in codes.windows(2) {
            push(&mut written, pair);
        }
        push(&mut written, &codes[codes.len() - 1..]);
    }
    written
}

/// The pieces that stand one behind the other exactly where this run of at least two characters stands.
pub(super) fn pairs(run: &str) -> Vec<String> {
    let codes: Vec<[u8; WIDTH]> = run.chars().map(code).collect();
    codes
        .windows(2)
        .map(|pair| {
            let mut piece = String::with_capacity(2 * WIDTH);
            push(&mut piece, pair);
            piece
        })
        .collect()
}

/// What the pieces begin with that begin with this character.
pub(super) fn beginning(one: char) -> String {
    code(one).iter().copied().map(char::from).collect()
}

fn push(written: &mut String, codes: &[[u8; WIDTH]]) {
    if !written.is_empty() {
        written.push(' ');
    }
    written.extend(codes.as_flattened().iter().copied().map(char::from));
}

fn code(one: char) -> [u8; WIDTH] {
    let mut rest = u32::from(one);
    let mut digits = [b'0'; WIDTH];
    for digit in digits.iter_mut().rev() {
        *digit = b"0123456789abcdefghijklmnopqrstuvwxyz"[(rest % 36) as usize];
        rest /= 36;
    }
    digits
}
