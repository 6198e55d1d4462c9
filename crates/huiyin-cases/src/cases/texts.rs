//! The texts beside a record, read back for those who may see the case.

use super::log::seal_place;
use huiyin_domain::case::{By, Recorded, Removal, TextKind};
use huiyin_domain::ids::CaseNo;
use huiyin_domain::policy::Unit;
use huiyin_foundation::db::{Filter, Tx};
use huiyin_foundation::error::Error;
use huiyin_foundation::keys::Keys;
use huiyin_foundation::{params, say};
use std::collections::BTreeMap;

/// What a requester may have written.
const OWN_WORDS: [TextKind; 5] =
    [TextKind::Title, TextKind::Body, TextKind::Room, TextKind::Words, TextKind::Reason];

/// All texts of a case by event number and kind. A text that was removed is not there.
#[derive(Clone, Debug, Default)]
pub struct Texts {
    words: BTreeMap<(u32, String), String>,
    /// The time for keeping the words is over: a sentence stands in the place of title and body.
    are_removed: bool,
}

impl Texts {
    /// These texts as they stand after as much was taken away.
    pub fn after(self, removed: Option<Removal>) -> Texts {
        Texts { are_removed: removed == Some(Removal::Words), ..self }
    }

    /// A text of an event; empty when there is none, or it was removed.
    pub fn of(&self, seq: u32, kind: TextKind) -> &str {
        self.words.get(&(seq, kind.word().to_owned())).map_or("", String::as_str)
    }

    /// The title of the case.
    pub fn title(&self) -> &str {
        if self.are_removed { say::REMOVED_TITLE } else { self.of(1, TextKind::Title) }
    }

    /// What the requester wrote.
    pub fn body(&self) -> &str {
        if self.are_removed { say::REMOVED_BODY } else { self.of(1, TextKind::Body) }
    }

    /// Everything the requester wrote to the case, then and later.
    pub fn of_requester(&self, record: &[Recorded]) -> String {
        let own = record.iter().filter(|line| line.seq == 1 || line.by == By::Requester);
        let words = own.flat_map(|line| OWN_WORDS.map(|kind| self.of(line.seq, kind)));
        words.filter(|words| !words.is_empty()).collect::<Vec<_>>().join("\n")
    }

    /// Floor and room.
    pub fn room(&self) -> &str {
        self.of(1, TextKind::Room)
    }
}

/// Reads the texts of a case. Sealed ones (contact details of a sealed case) stay closed.
pub fn load(tx: &mut Tx, no: &CaseNo) -> Result<Texts, Error> {
    // What was written beside this case's events?
    let rows = tx.query(
        "select seq, kind, words
         from case_texts
         where case_no = $1
           and sealed = 0",
        params![no],
    )?;
    let texts = rows.iter().map(|row| Ok(((row.get("seq")?, row.text("kind")?), row.text("words")?)));
    let words = texts.collect::<Result<_, Error>>()?;
    Ok(Texts { words, are_removed: false })
}

/// Opens the contact details of the requester's own sealed case, for the requester.
pub fn own_contact(tx: &mut Tx, keys: &Keys, no: &CaseNo) -> Result<Option<String>, Error> {
    // How did the requester say they can be reached?
    let row = tx.query_opt(
        "select words, sealed
         from case_texts
         where case_no = $1
           and kind = 'contact'
         order by seq desc
         limit 1",
        params![no],
    )?;
    let Some(row) = row else { return Ok(None) };
    let words = row.text("words")?;
    if !row.flag("sealed")? {
        return Ok(Some(words));
    }
    keys.open(&seal_place(no, TextKind::Contact), &words).map(Some).map_err(Error::internal)
}

/// Whether these words name the unit, as it is called or as people call it.
pub(crate) fn is_named(unit: &Unit, words: &str) -> bool {
    let mut names = std::iter::once(&unit.name).chain(&unit.aliases);
    names.any(|name| !name.is_empty() && words.contains(name.as_str()))
}

/// For whom these cases were registered, as far as it is written in the clear.
pub(crate) fn on_behalf_of(tx: &mut Tx, cases: &[CaseNo]) -> Result<BTreeMap<CaseNo, String>, Error> {
    if cases.is_empty() {
        return Ok(BTreeMap::new());
    }
    let filter = Filter::new(
        "select case_no, words
         from case_texts
         where seq = 1
           and kind = 'on_behalf_of'
           and sealed = 0
           and case_no in ",
    );
    let (sql, values) = filter.list(cases).finish();
    // For whom were these registered?
    let rows = tx.query(sql, &values)?;
    rows.iter().map(|row| Ok((row.get("case_no")?, row.text("words")?))).collect()
}
