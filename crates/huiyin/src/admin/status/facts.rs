//! How the school stands, in figures: engine and size, cases, files, settings.

use huiyin_cases::cases::open::in_hand;
use huiyin_domain::calendar::Instant;
use huiyin_foundation::db::{DbError, Engine, Tx};
use huiyin_foundation::error::Error;
use huiyin_foundation::params;
use huiyin_foundation::say;

/// The figures of the page, in words.
pub(super) struct Facts {
    pub version: &'static str,
    pub engine: &'static str,
    pub size: String,
    pub cases: u64,
    pub open: u64,
    pub newest: String,
    pub unswept: i64,
    pub files: i64,
    pub files_size: String,
    pub settings_version: u32,
    pub accounts: i64,
}

/// Reads the figures.
pub(super) fn read(tx: &mut Tx, settings_version: u32, now: Instant) -> Result<Facts, Error> {
    let (all, open) = in_hand(tx)?;
    // When was something last done to a case, which wait for the clock?
    let cases = tx.query_one(
        "select max(last_at) as newest,
                coalesce(sum(case when next_check <= $1 then 1 else 0 end), 0) as unswept
           from cases",
        params![now],
    )?;
    // How many files were handed in, and how large are they together?
    let files = tx.query_one(
        "select count(*) as files,
                cast(coalesce(sum(size_bytes), 0) as bigint) as size_bytes
           from files",
        params![],
    )?;
    let newest: Option<Instant> = cases.get("newest")?;
    let engine = tx.engine();
    Ok(Facts {
        version: env!("CARGO_PKG_VERSION"),
        engine: if engine == Engine::Sqlite { "SQLite（程序自带）" } else { "PostgreSQL" },
        size: size_in_words(database_size_bytes(tx, engine)?),
        cases: all,
        open,
        newest: newest.map_or_else(|| "还没有".to_owned(), |at| say::moment(now, at)),
        unswept: cases.get("unswept")?,
        files: files.get("files")?,
        files_size: size_in_words(files.get("size_bytes")?),
        settings_version,
        accounts: huiyin_people::identity::count_open(tx)?,
    })
}

fn database_size_bytes(tx: &mut Tx, engine: Engine) -> Result<i64, DbError> {
    // How large is the database? Each engine says it in its own way.
    let sql = match engine {
        Engine::Sqlite => {
            "select page_count * page_size as size_bytes
               from pragma_page_count(), pragma_page_size()"
        }
        Engine::Postgres => {
            "select cast(coalesce(sum(pg_total_relation_size(oid)), 0) as bigint) as size_bytes
               from pg_class
              where relkind = 'r'
                and relnamespace = current_schema()::regnamespace"
        }
    };
    tx.query_one(sql, params![])?.get("size_bytes")
}

/// 「812 KB」「3.4 MB」「1.2 GB」
fn size_in_words(bytes: i64) -> String {
    let kib = bytes / 1024;
    if kib < 1024 {
        format!("{kib} KB")
    } else if kib < 1_048_576 {
        format!("{}.{} MB", kib / 1024, kib % 1024 * 10 / 1024)
    } else {
        format!("{}.{} GB", kib / 1_048_576, kib % 1_048_576 * 10 / 1_048_576)
    }
}
