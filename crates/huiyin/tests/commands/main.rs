//! The command line as scripts see it: what is printed, what is complained of, which exit code.

#![expect(clippy::unwrap_used, reason = "a test may stop at what it did not expect")]

mod due;
mod house;
mod moving;
mod rules;
mod school;
mod taking_in;
mod text;
mod use_of_it;
