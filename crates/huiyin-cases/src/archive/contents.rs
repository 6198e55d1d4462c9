//! What goes into the file of a case, read in one state of the database.

use super::pages;
use crate::cases::log::Standing;
use crate::cases::sight::Seen;
use crate::cases::timeline::Ear;
use huiyin_domain::access::sees_event;
use huiyin_domain::case::TextKind;
use huiyin_domain::ids::{FileId, PersonId};
use huiyin_foundation::db::Tx;
use huiyin_foundation::error::Error;
use huiyin_foundation::files::StoredFile;
use huiyin_foundation::params;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Texts that never leave the house with a file; the record keeps its commitment to them.
const WITHHELD: [TextKind; 2] = [TextKind::Contact, TextKind::OnBehalfOf];

/// Everything but the bytes of attachments.
pub(super) struct Contents {
    /// Name and bytes of each page and list.
    pub papers: Vec<(String, Vec<u8>)>,
    /// Attachments, under their names.
    pub files: Vec<(String, StoredFile)>,
}

/// An event as it is stored; the hash is over these very letters. Of what goes past the reader only the hashes are here: the
/// chain holds without a word of it.
#[derive(Serialize)]
struct EventLine {
    seq: u32,
    at_ms: Option<i64>,
    prev: String,
    hash: String,
    body: Option<String>,
}

/// A text with the salt of its commitment.
#[derive(Serialize)]
struct TextLine {
    seq: u32,
    kind: String,
    salt: String,
    words: String,
}

impl Contents {
    pub fn of(
        tx: &mut Tx,
        seen: &Seen,
        standing: &Standing,
        names: &BTreeMap<PersonId, String>,
        files: BTreeMap<FileId, StoredFile>,
    ) -> Result<Contents, Error> {
        let files = named(files);
        let index = pages::index(seen, Ear::Staff, standing, names, &files)?;
        let papers = vec![
            ("index.html".to_owned(), index.into_bytes()),
            ("sheet.css".to_owned(), pages::SHEET.as_bytes().to_vec()),
            ("events.jsonl".to_owned(), events(tx, seen)?),
            ("texts.jsonl".to_owned(), texts(tx, seen)?),
            ("files.sha256".to_owned(), sums(&files).into_bytes()),
            ("README.txt".to_owned(), pages::read_me(seen, standing).into_bytes()),
            ("check.py".to_owned(), pages::CHECK.as_bytes().to_vec()),
        ];
        Ok(Contents { papers, files })
    }

    /// What the requester sees on their page, with the attachments they see there.
    pub fn of_requester(
        seen: &Seen,
        standing: &Standing,
        names: &BTreeMap<PersonId, String>,
        files: BTreeMap<FileId, StoredFile>,
    ) -> Result<Contents, Error> {
        let shown = pages::shown(seen, Ear::Requester, standing, names);
        let is_shown = |id: &FileId| shown.iter().any(|item| item.files.contains(id));
        let files = named(files.into_iter().filter(|(id, _)| is_shown(id)).collect());
        let index = pages::index(seen, Ear::Requester, standing, names, &files)?;
        let papers = vec![
            ("index.html".to_owned(), index.into_bytes()),
            ("sheet.css".to_owned(), pages::SHEET.as_bytes().to_vec()),
        ];
        Ok(Contents { papers, files })
    }
}

/// The attachments in the order they came, under their names.
fn named(files: BTreeMap<FileId, StoredFile>) -> Vec<(String, StoredFile)> {
    let mut files: Vec<StoredFile> = files.into_values().collect();
    files.sort_by_key(|file| file.ordinal);
    files.into_iter().map(|file| (format!("files/{}", file.shown_name()), file)).collect()
}

fn events(tx: &mut Tx, seen: &Seen) -> Result<Vec<u8>, Error> {
    let past_them = past_the_reader(seen);
    // What happened to this case, letter by letter?
    let lines = tx.query_map(
        "select seq, at_ms, body, prev, hash
         from case_events
         where case_no = $1
         order by seq",
        params![&seen.no],
        |row| {
            let (prev, hash) = (hex(&row.bytes("prev")?), hex(&row.bytes("hash")?));
            let seq: u32 = row.get("seq")?;
            let (at_ms, body) = match past_them.contains(&seq) {
                true => (None, None),
                false => (Some(row.int("at_ms")?), Some(row.text("body")?)),
            };
            Ok::<_, Error>(EventLine { seq, at_ms, prev, hash, body })
        },
    )?;
    json_lines(&lines)
}

/// The lines of the record that are not theirs to read: a complaint about the handling that is about their own office.
pub(super) fn past_the_reader(seen: &Seen) -> BTreeSet<u32> {
    let lines = seen.loaded.record.iter().filter(|line| !sees_event(&seen.hats, &line.event));
    lines.map(|line| line.seq).collect()
}

fn texts(tx: &mut Tx, seen: &Seen) -> Result<Vec<u8>, Error> {
    let past_them = past_the_reader(seen);
    // What was written beside its events, as far as it is open?
    let mut lines = tx.query_map(
        "select seq, kind, salt, words
         from case_texts
         where case_no = $1
           and sealed = 0
         order by seq, kind",
        params![&seen.no],
        |row| {
            Ok::<_, Error>(TextLine {
                seq: row.get("seq")?,
                kind: row.text("kind")?,
                salt: hex(&row.bytes("salt")?),
                words: row.text("words")?,
            })
        },
    )?;
    lines.retain(|line| !past_them.contains(&line.seq));
    lines.retain(|line| WITHHELD.iter().all(|kind| kind.word() != line.kind));
    json_lines(&lines)
}

fn json_lines<T: Serialize>(lines: &[T]) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    for line in lines {
        serde_json::to_writer(&mut bytes, line).map_err(Error::internal)?;
        bytes.push(b'\n');
    }
    Ok(bytes)
}

/// One line each, as `sha256sum --check` reads them.
fn sums(files: &[(String, StoredFile)]) -> String {
    files.iter().map(|(name, file)| format!("{}  {name}\n", file.sha256)).collect()
}

fn hex(bytes: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(bytes)
}
