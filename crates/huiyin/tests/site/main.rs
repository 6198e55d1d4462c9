//! The whole site: the list of its routes, and who is answered what on each of them.

#[path = "../golden/mod.rs"]
mod golden;

mod cast;
mod finding;
mod matrix;
mod routes;
