//! Who: people, their duties, what they are told.

pub mod notices;
