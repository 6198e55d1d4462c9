//! What goes into the file of a case, read in one state of the database.

use super::pages;
use crate::cases::chain::{self, Hash};
use crate::cases::log::Standing;
use crate::cases::sight::Seen;
use crate::cases::timeline::Ear;
use huiyin_domain::access::{sees_event, sees_line};
use huiyin_domain::case::{Event, HandlingComplaint, TextKind};
use huiyin_domain::ids::{FileId, PersonId};
use huiyin_foundation::db::Tx;
use huiyin_foundation::error::Error;
use huiyin_foundation::files::StoredFile;
use huiyin_foundation::params;
use serde::Serialize;
use std::collections::BTreeMap;

/// Texts that never leave the house with a file; the record keeps its commitment to them.
const WITHHELD: [TextKind; 2] = [TextKind::Contact, TextKind::OnBehalfOf];

/// Everything but the bytes of attachments.
pub(super) struct Contents {
    /// Name and bytes of each page and list.
    pub papers: Vec<(String, Vec<u8>)>,
    /// Attachments, under their names.
    pub files: Vec<(String, StoredFile)>,
}

/// An event as it is stored; the hash is over these very letters.
///
/// Past some readers a complaint about the handling may go ([`reads_all`]), and that a rule parted another case from this one.
/// Their files are numbered and chained anew, each of
/// them, whether anything went past them or not: a gap, or a hash without its words, would tell that something was said.
#[derive(Serialize)]
struct EventLine {
    seq: u32,
    at_ms: i64,
    prev: String,
    hash: String,
    body: String,
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
        let places = places(seen);
        let papers = vec![
            ("index.html".to_owned(), index.into_bytes()),
            ("sheet.css".to_owned(), pages::SHEET.as_bytes().to_vec()),
            ("events.jsonl".to_owned(), events(tx, seen, &places)?),
            ("texts.jsonl".to_owned(), texts(tx, seen, &places)?),
            ("files.sha256".to_owned(), sums(&files).into_bytes()),
            ("README.txt".to_owned(), pages::read_me(seen).into_bytes()),
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

fn events(tx: &mut Tx, seen: &Seen, places: &Places) -> Result<Vec<u8>, Error> {
    let mut prev = Hash::ZERO;
    // What happened to this case, letter by letter?
    let lines = tx.query(
        "select seq, at_ms, body, hash
         from case_events
         where case_no = $1
         order by seq",
        params![&seen.no],
    )?;
    let mut shown = Vec::new();
    for row in &lines {
        let Some(seq) = places.get(&row.get("seq")?).copied() else { continue };
        let (at, body) = (row.instant("at_ms")?, row.text("body")?);
        let hash = match reads_all(seen) {
            true => Hash::from_stored(&row.bytes("hash")?)?,
            false => chain::hash(prev, &seen.no, seq, at, &body),
        };
        let (before, after) = (hex(prev.bytes()), hex(hash.bytes()));
        shown.push(EventLine { seq, at_ms: at.0, prev: before, hash: after, body });
        prev = hash;
    }
    json_lines(&shown)
}

/// Whether nothing of any case goes past somebody under these hats: asked of the hats alone, never of what the record holds.
pub(super) fn reads_all(seen: &Seen) -> bool {
    let farthest = HandlingComplaint { due: None, about_office: true, danger: false };
    sees_event(&seen.hats, &Event::HandlingComplained(farthest))
}

/// Where each line that this reader reads stands in their file, by its number in the record.
type Places = BTreeMap<u32, u32>;

fn places(seen: &Seen) -> Places {
    // The chain of the record has every line; without one of them it would not hold.
    let is_whole = reads_all(seen);
    let lines = seen.loaded.record.iter().filter(|line| is_whole || sees_line(&seen.hats, line));
    lines.map(|line| line.seq).zip(1..).collect()
}

fn texts(tx: &mut Tx, seen: &Seen, places: &Places) -> Result<Vec<u8>, Error> {
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
    lines.retain(|line| WITHHELD.iter().all(|kind| kind.word() != line.kind));
    lines.retain_mut(|line| places.get(&line.seq).map(|place| line.seq = *place).is_some());
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
