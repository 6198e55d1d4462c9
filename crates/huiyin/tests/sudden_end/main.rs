//! SIGKILL at twenty points: what was acknowledged is there, and the records of the school agree.

#![expect(clippy::unwrap_used, reason = "a test may stop at what it did not expect")]

mod importing;
mod killing;
mod serving;
