//! Putting an entry on a shelf, and taking it down.

use super::Shelf;
use super::standing::{VERSION, guarded};
use crate::db::{DbError, Engine, Tx};
use crate::params;
use huiyin_domain::calendar::Instant;
use huiyin_text::find::{initials, sounds, tokens};
use sha2::{Digest, Sha256};
use std::fmt::Write as _;

/// So many characters of a title are kept, by letters and by sound.
const TITLE_CHARS_MAX: usize = 500;
/// So many pieces of a text are kept: PostgreSQL knows no place in a text behind the 16,383rd.
const PIECES_MAX: usize = 15_000;

/// Places of the public shelf begin here, those of the store shelf end.
const PUBLIC_FROM: i64 = 1 << 30;
/// So many places has a minute of the public shelf.
const PLACES: i64 = 64;
const MINUTE_MS: i64 = 60_000;

/// A filter that an entry bears beside its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    tag: char,
    value: String,
}

impl Mark {
    /// What is said by the tag, as a plain letter, and its value, any text.
    pub fn new(tag: char, value: impl Into<String>) -> Mark {
        Mark { tag, value: value.into() }
    }

    /// In letters and digits alone, so that no engine cuts it.
    pub(super) fn written(&self) -> String {
        let mut word = format!("{}0", self.tag.to_ascii_lowercase());
        for byte in self.value.bytes() {
            // Writing to a string cannot fail.
            let _ = write!(word, "{byte:02x}");
        }
        word
    }
}

/// What is put on a shelf.
#[derive(Clone, Debug)]
pub struct Entry<'a> {
    /// The room that puts it there.
    pub room: &'a str,
    /// By what that room knows it.
    pub key: &'a str,
    /// Found by its letters and by its sound.
    pub title: &'a str,
    /// Whatever else it is found by: parts of it stand on lines of their own.
    pub body: &'a str,
    /// When; lists of the public shelf are ordered by it.
    pub at: Instant,
    /// Its filters.
    pub marks: &'a [Mark],
}

/// The fingerprint of an entry as this version of the index writes it.
pub fn print(entry: &Entry<'_>) -> i64 {
    let mut digest = Sha256::new();
    let mut part = |words: &str| {
        digest.update((words.len() as u64).to_le_bytes());
        digest.update(words);
    };
    part(&VERSION.to_string());
    part(entry.title);
    part(entry.body);
    part(&entry.at.0.to_string());
    for mark in entry.marks {
        part(&mark.written());
    }
    let bytes = digest.finalize();
    i64::from_le_bytes(std::array::from_fn(|place| bytes[place]))
}

/// Puts an entry on a shelf, in the place of what lay there under its key; one that lies there as it is stays untouched. A
/// shelf that is torn takes nothing until it is rebuilt, and fails nobody.
pub fn put(tx: &mut Tx, shelf: Shelf, entry: &Entry<'_>) -> Result<(), DbError> {
    guarded(tx, shelf, |tx| write(tx, shelf, entry))
}

/// Puts many entries on a shelf at once, which costs less than one by one.
pub fn put_all(tx: &mut Tx, shelf: Shelf, entries: &[Entry<'_>]) -> Result<(), DbError> {
    // In the order of their places the engine gathers them; going back has it write what it gathered.
    let mut in_order: Vec<&Entry<'_>> = entries.iter().collect();
    in_order.sort_by_key(|entry| entry.at);
    guarded(tx, shelf, |tx| in_order.into_iter().try_for_each(|entry| write(tx, shelf, entry)))
}

/// The fingerprint of what lies on a shelf under this key.
pub fn printed(tx: &mut Tx, shelf: Shelf, room: &str, key: &str) -> Result<Option<i64>, DbError> {
    // What lies there?
    let row = tx.query_opt(
        "select print
         from shelf_entries
         where shelf = $1
           and room = $2
           and key = $3",
        params![shelf.word(), room, key],
    )?;
    row.map(|row| row.int("print")).transpose()
}

/// Takes an entry down.
pub fn take_down(tx: &mut Tx, shelf: Shelf, room: &str, key: &str) -> Result<(), DbError> {
    guarded(tx, shelf, |tx| {
        // It lies there no longer.
        let row = tx.query_opt(
            "delete from shelf_entries
             where shelf = $1
               and room = $2
               and key = $3
             returning id",
            params![shelf.word(), room, key],
        )?;
        match row {
            Some(row) => forget_words(tx, shelf, row.int("id")?),
            None => Ok(()),
        }
    })
}

/// Takes the pieces of an entry down whose row is gone.
pub(super) fn forget_words(tx: &mut Tx, shelf: Shelf, id: i64) -> Result<(), DbError> {
    if tx.engine() == Engine::Postgres {
        return Ok(());
    }
    match shelf {
        Shelf::Public => tx.execute("delete from public_words where rowid = $1", params![id])?,
        Shelf::Store => tx.execute("delete from store_words where rowid = $1", params![id])?,
    };
    Ok(())
}

/// Writes an entry; a torn shelf is the caller's to mind.
pub(super) fn write(tx: &mut Tx, shelf: Shelf, entry: &Entry<'_>) -> Result<(), DbError> {
    match tx.engine() {
        Engine::Sqlite => write_beside(tx, shelf, entry),
        Engine::Postgres => write_within(tx, shelf, entry),
    }
}

/// The title is kept only where it is for everybody.
fn shown_title<'a>(shelf: Shelf, entry: &Entry<'a>) -> &'a str {
    if shelf == Shelf::Public { entry.title } else { "" }
}

fn write_beside(tx: &mut Tx, shelf: Shelf, entry: &Entry<'_>) -> Result<(), DbError> {
    let print = print(entry);
    // Does it lie there as it is?
    let lies = tx.query_opt(
        "select id, at_ms, print
         from shelf_entries
         where shelf = $1
           and room = $2
           and key = $3",
        params![shelf.word(), entry.room, entry.key],
    )?;
    let id = match lies {
        Some(row) if row.int("print")? == print => return Ok(()),
        Some(row) if row.instant("at_ms")? == entry.at => {
            let id = row.int("id")?;
            // What lies there from now on.
            tx.execute(
                "update shelf_entries set title = $2, print = $3 where id = $1",
                params![id, shown_title(shelf, entry), print],
            )?;
            id
        }
        lies => {
            if let Some(row) = lies {
                let id = row.int("id")?;
                // It lies there no longer: its place is another one.
                tx.execute("delete from shelf_entries where id = $1", params![id])?;
                forget_words(tx, shelf, id)?;
            }
            let id = place(tx, shelf, entry.at)?;
            // A new entry.
            tx.execute(
                "insert into shelf_entries (id, shelf, room, key, title, at_ms, print)
                 values ($1, $2, $3, $4, $5, $6, $7)",
                params![id, shelf.word(), entry.room, entry.key, shown_title(shelf, entry), entry.at, print],
            )?;
            id
        }
    };
    let marks: Vec<String> = entry.marks.iter().map(Mark::written).collect();
    let (title, body) = (cut(tokens(entry.title)), cut(tokens(entry.body)));
    let pieces =
        params![id, title, body, sounds(entry.title), initials(entry.title), marks.join(" ")].to_vec();
    match shelf {
        // What it is found by.
        Shelf::Public => tx.execute(
            "replace into public_words (rowid, title, body, sounds, initials, marks)
             values ($1, $2, $3, $4, $5, $6)",
            &pieces,
        )?,
        // What it is found by.
        Shelf::Store => tx.execute(
            "replace into store_words (rowid, title, body, sounds, initials, marks)
             values ($1, $2, $3, $4, $5, $6)",
            &pieces,
        )?,
    };
    Ok(())
}

/// A free place. On the public shelf it follows the minute of the entry, so that the engine finds the newest first without
/// looking at all; on the store shelf it is the next, below all places of the public one.
fn place(tx: &mut Tx, shelf: Shelf, at: Instant) -> Result<i64, DbError> {
    let mut from = if shelf == Shelf::Public { (at.0 / MINUTE_MS * PLACES).max(PUBLIC_FROM) } else { 1 };
    let mut until = if shelf == Shelf::Public { from + PLACES } else { PUBLIC_FROM };
    loop {
        // Which is the last that is taken there?
        let last = tx.query_opt(
            "select id
             from shelf_entries
             where id >= $1
               and id < $2
             order by id desc
             limit 1",
            params![from, until],
        )?;
        let next = last.map_or(Ok(from), |row| row.int("id").map(|id| id + 1))?;
        if next < until {
            return Ok(next);
        }
        // So many in one minute: the next minute has room.
        (from, until) = (until, until + PLACES);
    }
}

fn write_within(tx: &mut Tx, shelf: Shelf, entry: &Entry<'_>) -> Result<(), DbError> {
    let (word, title, print) = (shelf.word(), shown_title(shelf, entry), print(entry));
    // A new entry, or what lies there from now on, unless it lies there as it is.
    tx.execute(
        "insert into shelf_entries (shelf, room, key, title, at_ms, print, words)
         values ($1, $2, $3, $4, $5, $6, cast(cast($7 as text) as tsvector))
         on conflict (shelf, room, key) do update
         set title = excluded.title, at_ms = excluded.at_ms, print = excluded.print, words = excluded.words
         where shelf_entries.print <> excluded.print",
        params![word, entry.room, entry.key, title, entry.at, print, vector(entry)],
    )?;
    Ok(())
}

/// The pieces with their places as PostgreSQL reads them: those of the title weigh more, sounds, first letters and marks bear
/// a letter in front, and nothing stands next to what it does not stand next to.
fn vector(entry: &Entry<'_>) -> String {
    let mut written = String::new();
    let mut place = 0;
    let mut field = |pieces: &str, front: &str, weight: &str| {
        place += 2;
        for piece in pieces.split(' ').filter(|piece| !piece.is_empty()) {
            place += 1;
            // Writing to a string cannot fail.
            let _ = write!(written, "'{front}{piece}':{place}{weight} ");
        }
    };
    let title = named(entry);
    field(&tokens(title), "", "A");
    for mark in entry.marks {
        field(&mark.written(), "m.", "");
    }
    field(&cut(tokens(entry.body)), "", "");
    field(&sounds(title), "s.", "");
    field(&initials(title), "i.", "");
    written
}

/// As much of the title as is found.
fn named<'a>(entry: &Entry<'a>) -> &'a str {
    let end = entry.title.char_indices().nth(TITLE_CHARS_MAX).map_or(entry.title.len(), |(at, _)| at);
    &entry.title[..end]
}

/// The first pieces.
fn cut(mut pieces: String) -> String {
    if let Some((end, _)) = pieces.match_indices(' ').nth(PIECES_MAX - 1) {
        pieces.truncate(end);
    }
    pieces
}
