//! Finding: what of a text goes into an index, and what of a question is asked of it.
//!
//! Every unbroken run of letters and digits is cut into its pairs of neighbours, and its last character stands once more
//! alone. A word is then found by its own pairs standing one behind the other, which is the case exactly where it stands
//! in the text, however anybody would cut the sentence into words; one character alone is found as the beginning of a
//! piece. Pieces are written in plain letters and digits, four for each character, so that no engine's own idea of what a
//! word is has a say. Titles are kept by sound too: whole syllables and their first letters.

mod alike;
mod question;
mod slips;
mod sounds;
mod spans;
#[cfg(test)]
mod tests;
mod tokens;

pub use alike::{ALIKE_FROM, Compared, HOLDERS_MAX};
pub use question::{Question, Synonyms, Way, Word};
pub use slips::slips;
pub use sounds::{initials, sounds};
pub use spans::Piece;
pub use tokens::tokens;
