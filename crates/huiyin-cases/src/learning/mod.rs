//! What the school's own history says of a new text (3.1, 3.5): which category, how surely, by which words.
//!
//! A model is learned from cases whose category a person stands behind, and from sentences that come with the program as long
//! as there are few of those. It is kept with what it was judged by, an older one can be taken up again, and a damaged one
//! gives way to the one before it and then to the words of the catalogue. What is protected, whose name is sealed, who is
//! complained of and what was removed is not learned from. What this room deliberately does not do: decide. It proposes.

mod choices;
mod drawn;
mod history;
mod known;
mod labels;
mod propose;
mod rounds;
mod start;
mod store;
mod sure;
mod teach;
#[cfg(test)]
mod tests;

pub use choices::{Agreement, agreement};
pub(crate) use choices::{note_change, note_choice, proposed_for};
pub use drawn::{Drawn, draw};
pub use known::{Known, damaged, known};
pub use propose::{Hint, Hints, hints};
pub use rounds::round;
pub(crate) use rounds::wish;
pub use store::{Entry, Judged, State, Told, entries, take_up};
pub use sure::dispatch_sure;
