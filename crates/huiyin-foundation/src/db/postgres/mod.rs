//! The server engine: a pool of connections to one schema, and threads for the work between the statements.
//!
//! The pool has a small runtime of its own. So work can be given from any place, from an async handler as from a plain
//! command, and a test's runtime may end while the pool lives on.

mod connection;
mod errors;
mod values;

pub(crate) use connection::Connection;

use super::error::DbError;
use super::kept::Kept;
use super::request::Request;
use super::tx::Tx;
use deadpool_postgres::{Manager, ManagerConfig, Pool, RecyclingMethod, Runtime as PoolRuntime};
use errors::pool_error;
use std::sync::Arc;
use std::time::Duration;
use tokio::runtime::{Builder, Runtime};
use tokio_postgres::{Config, NoTls};

/// How long to wait for a connection, new or free.
const CONNECTION_TIMEOUT: Duration = Duration::from_secs(10);

/// What a transaction is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    /// Reading one state of the whole database.
    Read,
    /// Reading and writing.
    Write,
}

/// A pool on one schema.
pub(super) struct Store {
    runtime: Option<Runtime>,
    pool: Pool,
    schema: String,
    read_opening: Arc<str>,
    write_opening: Arc<str>,
    kept: Arc<Kept>,
}

impl Store {
    /// Prepares the pool; the first request makes the first connection.
    pub(super) fn start(url: &str, schema: &str, connections_max: usize) -> Result<Store, DbError> {
        if !is_plain_name(schema) {
            let message = format!("“{schema}” is no schema name: small letters, digits and _, at most 63");
            return Err(DbError::Schema { message });
        }
        let mut config: Config = url.parse().map_err(|error: tokio_postgres::Error| {
            DbError::Unreachable { reason: format!("the database URL cannot be read: {error}") }
        })?;
        if config.get_application_name().is_none() {
            config.application_name("huiyin");
        }
        let runtime = Builder::new_multi_thread()
            .worker_threads(1)
            .thread_name("db-postgres")
            .enable_all()
            .build()
            .map_err(DbError::engine)?;
        let manager =
            Manager::from_config(config, NoTls, ManagerConfig { recycling_method: RecyclingMethod::Fast });
        let pool = Pool::builder(manager)
            .max_size(connections_max)
            .runtime(PoolRuntime::Tokio1)
            .wait_timeout(Some(CONNECTION_TIMEOUT))
            .create_timeout(Some(CONNECTION_TIMEOUT))
            .build()
            .map_err(DbError::engine)?;
        let opening = |kind: &str| Arc::from(format!("{kind}; set local search_path to \"{schema}\""));
        Ok(Store {
            runtime: Some(runtime),
            pool,
            schema: schema.to_owned(),
            read_opening: opening("begin isolation level repeatable read read only"),
            write_opening: opening("begin"),
            kept: Arc::default(),
        })
    }

    /// The schema everything lives in.
    pub(super) fn schema(&self) -> &str {
        &self.schema
    }

    /// Runs a request in a transaction of its own. If the pool is closed it answers so.
    pub(super) fn submit(&self, mut request: Box<dyn Request>, purpose: Purpose) {
        let Some(runtime) = &self.runtime else { return };
        let handle = runtime.handle().clone();
        let pool = self.pool.clone();
        let opening = Arc::clone(match purpose {
            Purpose::Read => &self.read_opening,
            Purpose::Write => &self.write_opening,
        });
        let kept = matches!(purpose, Purpose::Read).then(|| Arc::clone(&self.kept));
        runtime.spawn(async move {
            let client = match pool.get().await {
                Ok(client) => client,
                Err(error) => return request.answer(Err(pool_error(error))),
            };
            let connection = Connection::new(client, handle.clone(), opening);
            // A connection is had already, so no more threads block than the pool has connections.
            handle.spawn_blocking(move || {
                let tx = Tx::on_postgres(connection);
                let mut tx = match kept {
                    Some(kept) => tx.keeping(kept),
                    None => tx,
                };
                let wants_keeping = request.run(&mut tx);
                let with = if wants_keeping { "commit" } else { "rollback" };
                let ended = tx.postgres().map_or(Ok(()), |connection| connection.end(with));
                // The connection goes back first: whoever is told “done” may ask for the next one at once.
                drop(tx);
                request.answer(ended);
            });
        });
    }

    /// Refuses later requests; those under way still end.
    pub(super) fn close(&self) {
        self.pool.close();
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        self.pool.close();
        if let Some(runtime) = self.runtime.take() {
            // May happen inside another runtime, which would not let us wait.
            runtime.shutdown_background();
        }
    }
}

fn is_plain_name(schema: &str) -> bool {
    let plain = schema.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
    plain && (1..=63).contains(&schema.len()) && !schema.starts_with(|first: char| first.is_ascii_digit())
}
