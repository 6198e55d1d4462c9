//! The house rules, checked by reading the repository as text.
//!
//! Each test names every place that breaks its rule. What the compiler or clippy can forbid is forbidden there and not here.

#[path = "../golden/mod.rs"]
mod golden;
mod house;
mod rust;

mod classes;
mod doors;
mod floors;
mod lengths;
mod links;
mod manifests;
mod modules;
mod places;
mod schema;
mod statements;
mod templates;
mod words;
mod writers;
