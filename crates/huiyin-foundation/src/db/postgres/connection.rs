//! One connection of the pool, for the length of one transaction.
//!
//! The work is written without `await`; here each statement is waited for, on a thread that may block.

use super::errors::db_error;
use super::values::value_at;
use crate::db::error::DbError;
use crate::db::row::Row;
use crate::db::value::Value;
use deadpool_postgres::Client;
use futures_util::future::join;
use futures_util::{TryStreamExt, pin_mut};
use std::sync::Arc;
use tokio::runtime::Handle;
use tokio_postgres::types::ToSql;
use tokio_postgres::{Error, Statement};

/// A connection that begins its transaction with the first statement, in the same round trip.
pub(crate) struct Connection {
    client: Option<Client>,
    handle: Handle,
    opening: Arc<str>,
    has_begun: bool,
}

impl Connection {
    /// Takes a connection of the pool; `opening` begins the transaction and names the school's schema.
    pub(super) fn new(client: Client, handle: Handle, opening: Arc<str>) -> Connection {
        Connection { client: Some(client), handle, opening, has_begun: false }
    }

    /// Runs a statement that returns no rows.
    pub(crate) fn execute(&mut self, sql: &str, params: &[Value]) -> Result<u64, DbError> {
        self.run(async |client| {
            let statement = client.prepare_cached(sql).await?;
            client.execute_raw(&statement, on_the_wire(params)).await
        })
    }

    /// Shows each row of the answer until there are no more or none is wanted.
    pub(crate) fn query(
        &mut self,
        sql: &str,
        params: &[Value],
        visit: &mut dyn FnMut(Row) -> bool,
    ) -> Result<(), DbError> {
        let mut columns: Option<Arc<[String]>> = None;
        let misread = self.run(async |client| {
            let statement = client.prepare_cached(sql).await?;
            let rows = client.query_raw(&statement, on_the_wire(params)).await?;
            pin_mut!(rows);
            while let Some(row) = rows.try_next().await? {
                let columns = columns.get_or_insert_with(|| names(&statement));
                let values = (0..columns.len()).map(|place| value_at(&row, place)).collect::<Result<_, _>>();
                let wants_more = match values {
                    Ok(values) => visit(Row::new(Arc::clone(columns), values)),
                    Err(error) => return Ok(Some(error)),
                };
                if !wants_more {
                    break;
                }
            }
            Ok(None)
        })?;
        misread.map_or(Ok(()), Err)
    }

    /// Runs statements without parameters.
    pub(crate) fn batch(&mut self, sql: &str) -> Result<(), DbError> {
        self.run(async |client| client.batch_execute(sql).await)
    }

    /// Ends the transaction, if a statement has begun one.
    pub(super) fn end(&mut self, with: &'static str) -> Result<(), DbError> {
        if self.has_begun {
            self.batch(with)?;
            self.has_begun = false;
        }
        Ok(())
    }

    fn run<T>(&mut self, statement: impl AsyncFnOnce(&Client) -> Result<T, Error>) -> Result<T, DbError> {
        let client = self.client.as_ref().ok_or_else(DbError::closed)?;
        let outcome = if self.has_begun {
            self.handle.block_on(statement(client))
        } else {
            self.has_begun = true;
            let opening = client.batch_execute(&self.opening);
            let (opened, outcome) = self.handle.block_on(join(opening, statement(client)));
            opened.and(outcome)
        };
        outcome.map_err(|error| db_error(&error))
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        // A transaction left open (the end did not get through) must not go back into the pool.
        if self.has_begun
            && let Some(client) = self.client.take()
        {
            drop(Client::take(client));
        }
    }
}

fn on_the_wire(params: &[Value]) -> impl ExactSizeIterator<Item = &(dyn ToSql + Sync)> {
    params.iter().map(|value| value as &(dyn ToSql + Sync))
}

fn names(statement: &Statement) -> Arc<[String]> {
    statement.columns().iter().map(|column| column.name().to_owned()).collect()
}
