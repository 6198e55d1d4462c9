//! Which class a text belongs to: a linear model over words, pairs of words and short runs of characters.
mod calibration;
mod model;
mod pieces;
mod stored;
mod svm;
#[cfg(test)]
mod tests;
mod training;

pub use calibration::{Reliability, Row};
pub use model::{Model, Proposal};
pub use stored::NoModel;
pub use training::{Example, TooLittle, train, train_judged_by};

/// What is to be classified: a title, empty where there is none, and what follows.
#[derive(Debug, Clone, Copy)]
pub struct Text<'a> {
    /// The title as written.
    pub title: &'a str,
    /// The rest as written.
    pub body: &'a str,
}
