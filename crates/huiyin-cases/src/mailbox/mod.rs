//! The mailbox: a letter that comes in becomes a case, an answer to one of ours is added to its case (1.4, 5.2).
//!
//! The sender of a letter is only what the letter says. So no letter is ever joined to an account, shows anybody a case, or
//! acts on one by its sender's word: what it says of its sender stands on the case as said by the letter, and an answer
//! finds its case by the keyed name that only our own letters to that address bear. Words are never a reason to refuse
//! (1.7); what is not taken as it came is said in the case and in the letter back. What nobody wrote makes no case, and
//! whatever is laid aside stays in the mailbox, unread and starred. Not here: how letters are fetched, read and sent.

mod fate;
mod matter;
mod round;
mod rows;
mod take;
#[cfg(test)]
mod tests;

pub use round::look;
pub use rows::{Standing, forget, standing, try_again};
pub use take::take_past;
