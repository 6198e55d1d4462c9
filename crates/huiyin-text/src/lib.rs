//! Language: what knows Chinese and knows no case.
//!
//! `fold` gives text and question one form; `cut` makes words of it; `find` makes pieces for an index and reads questions; `classify` proposes a class with a confidence that can be
//! trusted and the words that spoke for it; [`Print`] says how alike two texts are; `topics` groups a stream; `replies` looks at answers; `evaluate`
//! measures all of it on files with known answers. Nothing here reads a file, a clock or a database: texts come in as
//! arguments, models as bytes, and the same arguments give the same answer.

pub mod classify;
pub mod evaluate;
pub mod find;
mod fold;
mod likeness;
mod nearest;
pub mod replies;
mod sparse;
pub mod topics;
mod words;

pub use fold::{fold, fold_char};
pub use likeness::{Blend, Print, Rarity};
pub use nearest::Nearest;
pub use words::{cut, runs};
