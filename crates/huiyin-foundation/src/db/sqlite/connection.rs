//! One connection to the file: how it is set up, and how a statement runs on it.

use super::errors::db_error;
use crate::db::dialect::numbered;
use crate::db::error::DbError;
use crate::db::row::Row;
use crate::db::value::Value;
use crate::private;
use rusqlite::config::DbConfig;
use rusqlite::types::{ToSql, ToSqlOutput, ValueRef};
use rusqlite::{OpenFlags, params_from_iter};
use std::borrow::Cow;
use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// Statements kept ready on each connection: more than the program has.
const PREPARED_MAX: usize = 1_000;
/// How long to wait for another process that holds the file.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// Every connection: nothing deleted stays behind in the file, and nothing the file says of itself is trusted.
const SETTINGS: &str = "
pragma foreign_keys = on;
pragma secure_delete = on;
pragma trusted_schema = off;
pragma temp_store = memory;
pragma cache_size = -16000;
pragma analysis_limit = 400;
";
/// The writer folds 16 MiB of write-ahead log into the file at a time and keeps the log under 64 MiB.
const WRITER_SETTINGS: &str = "
pragma journal_mode = wal;
pragma wal_autocheckpoint = 4000;
pragma journal_size_limit = 67108864;
";
/// No mapping of the file into memory: it won nothing that could be measured, counts against every reader's memory, and
/// a disk error inside it would end the process instead of one request.
const READER_SETTINGS: &str = "
pragma query_only = on;
pragma mmap_size = 0;
pragma cache_size = -8000;
";

/// What a connection is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Writing, flushed to the disk with every commit.
    Write,
    /// Writing to a file that is thrown away: nothing is flushed.
    WriteUnflushed,
    /// Reading only.
    Read,
}

/// A connection, with what it remembers of the statements it has seen.
pub(crate) struct Connection {
    inner: rusqlite::Connection,
    /// By the place of the literal in the program.
    seen: HashMap<(usize, usize), Arc<Statement>>,
    /// By their words: statements put together at run time.
    grown: HashMap<String, Arc<Statement>>,
}

struct Statement {
    numbered: String,
    columns: Arc<[String]>,
}

impl Connection {
    /// Opens the file for this purpose; makes it if it is to be written and is not there.
    pub(crate) fn open(path: &Path, purpose: Purpose) -> Result<Connection, DbError> {
        if purpose != Purpose::Read {
            // The engine would make the file as the umask says; its logs take the mode of the file.
            let closed = private::make_file(path).and_then(|()| {
                ["-wal", "-shm"].iter().try_for_each(|tail| {
                    let mut name = path.as_os_str().to_owned();
                    name.push(tail);
                    private::close_file(Path::new(&name))
                })
            });
            closed
                .map_err(|cause| DbError::Unreachable { reason: format!("{}: {cause}", path.display()) })?;
        }
        let flags = match purpose {
            Purpose::Read => OpenFlags::SQLITE_OPEN_READ_ONLY,
            _ => OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE,
        };
        let inner = rusqlite::Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)
            .map_err(db_error)?;
        set_up(&inner, purpose).map_err(db_error)?;
        Ok(Connection { inner, seen: HashMap::new(), grown: HashMap::new() })
    }

    /// Runs a statement that returns no rows.
    pub(crate) fn execute(&mut self, sql: Cow<'static, str>, params: &[Value]) -> Result<u64, DbError> {
        let statement = self.statement(sql).map_err(db_error)?;
        let mut prepared = self.inner.prepare_cached(&statement.numbered).map_err(db_error)?;
        let changed = prepared.execute(params_from_iter(params)).map_err(db_error)?;
        Ok(changed as u64)
    }

    /// Shows each row of the answer until there are no more or none is wanted.
    pub(crate) fn query(
        &mut self,
        sql: Cow<'static, str>,
        params: &[Value],
        visit: &mut dyn FnMut(Row) -> bool,
    ) -> Result<(), DbError> {
        let statement = self.statement(sql).map_err(db_error)?;
        let mut prepared = self.inner.prepare_cached(&statement.numbered).map_err(db_error)?;
        let mut rows = prepared.query(params_from_iter(params)).map_err(db_error)?;
        while let Some(row) = rows.next().map_err(db_error)? {
            let count = statement.columns.len();
            let values = (0..count).map(|place| row.get_ref(place).map_err(db_error).and_then(owned));
            let values = values.collect::<Result<Vec<_>, _>>()?;
            if !visit(Row::new(Arc::clone(&statement.columns), values)) {
                break;
            }
        }
        Ok(())
    }

    /// Runs statements without parameters.
    pub(crate) fn batch(&mut self, sql: &str) -> Result<(), DbError> {
        if sql.contains(';') {
            return self.inner.execute_batch(sql).map_err(db_error);
        }
        let mut prepared = self.inner.prepare_cached(sql).map_err(db_error)?;
        // Control statements and pragmas alike: whatever rows come are of no interest.
        let mut rows = prepared.query([]).map_err(db_error)?;
        while rows.next().map_err(db_error)?.is_some() {}
        Ok(())
    }

    /// Whether no transaction is open: also when the engine has given one up by itself, as on a full disk.
    pub(crate) fn is_idle(&self) -> bool {
        self.inner.is_autocommit()
    }

    /// The engine's own connection, for what only it can do.
    pub(crate) fn raw(&self) -> &rusqlite::Connection {
        &self.inner
    }

    fn statement(&mut self, sql: Cow<'static, str>) -> Result<Arc<Statement>, rusqlite::Error> {
        let place = match sql {
            Cow::Borrowed(literal) => (literal.as_ptr().addr(), literal.len()),
            // Put together at run time: its place says nothing.
            Cow::Owned(words) => return self.grown(words),
        };
        if let Some(statement) = self.seen.get(&place) {
            return Ok(Arc::clone(statement));
        }
        let statement = self.prepare(&sql)?;
        self.seen.insert(place, Arc::clone(&statement));
        Ok(statement)
    }

    fn grown(&mut self, words: String) -> Result<Arc<Statement>, rusqlite::Error> {
        if let Some(statement) = self.grown.get(&words) {
            return Ok(Arc::clone(statement));
        }
        let statement = self.prepare(&words)?;
        if self.grown.len() >= PREPARED_MAX {
            // Lists of every length make ever new words; what is in use comes back at once.
            self.grown.clear();
        }
        self.grown.insert(words, Arc::clone(&statement));
        Ok(statement)
    }

    fn prepare(&self, sql: &str) -> Result<Arc<Statement>, rusqlite::Error> {
        let numbered = numbered(sql);
        let prepared = self.inner.prepare_cached(&numbered)?;
        let columns = prepared.column_names().map(str::to_owned).collect();
        drop(prepared);
        Ok(Arc::new(Statement { numbered, columns }))
    }
}

fn set_up(inner: &rusqlite::Connection, purpose: Purpose) -> Result<(), rusqlite::Error> {
    inner.busy_timeout(BUSY_TIMEOUT)?;
    inner.set_prepared_statement_cache_capacity(PREPARED_MAX);
    // "x" is a column or an error, as on PostgreSQL, never a text.
    inner.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DML, false)?;
    inner.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DDL, false)?;
    inner.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    // One plan for a statement, whatever its parameters: else the engine plans it anew with every other value, which
    // cost a third of the time of a page.
    inner.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    inner.execute_batch(SETTINGS)?;
    match purpose {
        Purpose::Read => inner.execute_batch(READER_SETTINGS),
        Purpose::Write => {
            inner.execute_batch(WRITER_SETTINGS)?;
            inner.execute_batch("pragma synchronous = full;")
        }
        Purpose::WriteUnflushed => {
            inner.execute_batch(WRITER_SETTINGS)?;
            inner.execute_batch("pragma synchronous = off;")
        }
    }
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Value::Null => ValueRef::Null,
            Value::Int(number) => ValueRef::Integer(*number),
            Value::Text(text) => ValueRef::Text(text.as_bytes()),
            Value::Bytes(bytes) => ValueRef::Blob(bytes),
            Value::Real(number) => ValueRef::Real(*number),
        }))
    }
}

fn owned(value: ValueRef<'_>) -> Result<Value, DbError> {
    Ok(match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) => Value::Int(number),
        ValueRef::Real(number) => Value::Real(number),
        ValueRef::Blob(bytes) => Value::Bytes(bytes.to_vec()),
        ValueRef::Text(bytes) => match std::str::from_utf8(bytes) {
            Ok(text) => Value::Text(text.to_owned()),
            Err(_) => return Err(DbError::mistaken("a text in the file is not UTF-8")),
        },
    })
}
