//! A piece of work on its way to a connection and its answer on the way back.
//!
//! Running and answering are two steps, because an answer may only be given when the transaction that holds it, and
//! perhaps that of many others, has been committed.

use super::error::DbError;
use super::tx::Tx;
use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// A piece of work, whatever it returns. Dropped without an answer, it tells its caller that the store was closed.
pub(super) trait Request: Send {
    /// Runs the work; true if it wants what it did to be kept.
    fn run(&mut self, tx: &mut Tx) -> bool;
    /// Gives the answer: that of the work, or the reason why what it did could not be kept.
    fn answer(self: Box<Self>, kept: Result<(), DbError>);
}

struct Work<F, T, E, A> {
    work: Option<F>,
    outcome: Option<Result<T, E>>,
    answer: A,
}

/// Wraps the work and the way its answer goes back.
pub(super) fn request<T, E>(
    work: impl FnOnce(&mut Tx) -> Result<T, E> + Send + 'static,
    answer: impl FnOnce(Result<T, E>) + Send + 'static,
) -> Box<dyn Request>
where
    T: Send + 'static,
    E: From<DbError> + Send + 'static,
{
    Box::new(Work { work: Some(work), outcome: None, answer })
}

impl<F, T, E, A> Request for Work<F, T, E, A>
where
    F: FnOnce(&mut Tx) -> Result<T, E> + Send,
    T: Send,
    E: From<DbError> + Send,
    A: FnOnce(Result<T, E>) + Send,
{
    fn run(&mut self, tx: &mut Tx) -> bool {
        let Some(work) = self.work.take() else { return false };
        // The transaction is rolled back after a panic, so nothing half done is ever seen.
        let outcome = match catch_unwind(AssertUnwindSafe(|| work(tx))) {
            Ok(outcome) => outcome,
            Err(panic) => Err(E::from(DbError::Panicked { message: words_of(panic.as_ref()) })),
        };
        let outcome = match tx.take_spoiled() {
            Some(error) if outcome.is_ok() => Err(E::from(error)),
            _ => outcome,
        };
        let wants_keeping = outcome.is_ok();
        self.outcome = Some(outcome);
        wants_keeping
    }

    fn answer(self: Box<Self>, kept: Result<(), DbError>) {
        let outcome = match (self.outcome, kept) {
            // An error of the work itself says more than that of the transaction around it.
            (Some(Err(error)), _) => Err(error),
            (_, Err(error)) => Err(E::from(error)),
            (Some(Ok(value)), Ok(())) => Ok(value),
            (None, Ok(())) => Err(E::from(DbError::closed())),
        };
        (self.answer)(outcome);
    }
}

fn words_of(panic: &(dyn Any + Send)) -> String {
    let said = panic.downcast_ref::<&str>().map(|words| (*words).to_owned());
    said.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "no words".to_owned())
}
