//! The life of a case, held to its rules from outside: stories, laws, the access matrix, the stored form, the counts.
//!
//! One program, so that all of them share one small school and one way of keeping a record. A requirement's number stands
//! as a mark above its canonical test (`// 3.4`).

mod school;
mod record;
mod herd;
mod learned;
mod access;
mod asked;
mod events;
mod properties;
mod stories;
mod tally;
mod rules;
mod second_look;
mod heirs;
mod together;
mod phoned;
