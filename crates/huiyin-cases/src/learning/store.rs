//! The models as they are kept: what was told of each, which one is in use.

use huiyin_domain::calendar::Instant;
use huiyin_foundation::db::{Row, Tx};
use huiyin_foundation::error::Error;
use huiyin_foundation::params;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// So many models are kept, the one in use and the newest besides.
const KEPT: usize = 5;

/// What is said of a model besides its bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// Sentences and words of the start it learned from.
    pub start: usize,
    /// Confirmed cases it learned from.
    pub examples: usize,
    /// When the last of them was confirmed.
    pub learned_until: Option<Instant>,
    /// The fingerprint of all it learned from.
    pub history: String,
    /// Confirmed cases by category.
    pub classes: BTreeMap<String, usize>,
    /// How it was judged.
    pub judged: Judged,
}

/// How a model did on the newest confirmed cases: always a twin of it that had not learned from them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Judged {
    /// Cases asked; none where there were too few.
    pub asked: usize,
    /// Of these, right with the first proposal.
    pub right: usize,
    /// Of those asked, the ones that the model before it did not know either.
    pub compared: usize,
    /// Of the compared, right by the new one.
    pub right_of_compared: usize,
    /// Of the compared, right by the old one.
    pub old_right: usize,
    /// Where too few could be compared: what the old one was asked when it was new.
    pub old_asked_before: usize,
    /// And what it got right then.
    pub old_right_before: usize,
}

impl Judged {
    /// Both figures as right of asked, the new model's first; none where there was nothing to compare.
    pub fn both(&self) -> Option<[(usize, usize); 2]> {
        if self.compared > 0 {
            return Some([(self.right_of_compared, self.compared), (self.old_right, self.compared)]);
        }
        let is_comparable = self.asked > 0 && self.old_asked_before > 0;
        is_comparable.then_some([(self.right, self.asked), (self.old_right_before, self.old_asked_before)])
    }

    /// Whether the new one is worse than the old one by more than so many points of a hundred.
    pub fn is_worse_by(&self, points: u32) -> bool {
        self.both().is_some_and(|[(new, of_new), (old, of_old)]| {
            let share = |right: usize, asked: usize| right as f64 * 100.0 / asked as f64;
            share(old, of_old) - share(new, of_new) > f64::from(points)
        })
    }
}

/// What a model is there for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It proposes.
    InUse,
    /// It did, or may again.
    Kept,
    /// It proved worse and did not take over.
    HeldBack,
}

impl State {
    /// The stored word.
    pub fn word(self) -> &'static str {
        match self {
            State::InUse => "in_use",
            State::Kept => "kept",
            State::HeldBack => "held_back",
        }
    }

    fn from_word(word: &str) -> State {
        [State::InUse, State::HeldBack].into_iter().find(|it| it.word() == word).unwrap_or(State::Kept)
    }
}

/// A model without its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its number, from 1.
    pub version: u32,
    /// When it was learned.
    pub trained_at: Instant,
    /// What it is there for.
    pub state: State,
    /// The first characters of the hash of its bytes.
    pub checksum: String,
    /// What is said of it.
    pub told: Told,
}

/// All models that are kept, the newest first.
pub fn entries(tx: &mut Tx) -> Result<Vec<Entry>, Error> {
    // Which models are kept?
    let sql = "select version, trained_at, state, checksum, told
               from models
               order by version desc";
    tx.query(sql, params![])?.iter().map(entry).collect()
}

fn entry(row: &Row) -> Result<Entry, Error> {
    Ok(Entry {
        version: row.get("version")?,
        trained_at: row.instant("trained_at")?,
        state: State::from_word(row.str("state")?),
        checksum: row.text("checksum")?,
        told: serde_json::from_str(row.str("told")?).map_err(Error::internal)?,
    })
}

/// The number of the model in use; none before the first.
pub(super) fn in_use(tx: &mut Tx) -> Result<Option<u32>, Error> {
    // Which model proposes?
    let row = tx.query_opt("select version from models where state = 'in_use'", params![])?;
    Ok(row.map(|row| row.get("version")).transpose()?)
}

/// The bytes of a model.
pub(super) fn body(tx: &mut Tx, version: u32) -> Result<Option<Vec<u8>>, Error> {
    // What are the bytes of this model?
    let row = tx.query_opt("select body from models where version = $1", params![version])?;
    Ok(row.map(|row| row.bytes("body")).transpose()?)
}

/// Keeps a model under the next number, takes it into use unless it is held back, and lets the oldest go.
pub(super) fn keep(
    tx: &mut Tx,
    at: Instant,
    state: State,
    told: &Told,
    (checksum, body): (&str, &[u8]),
) -> Result<u32, Error> {
    // Under which number?
    let row = tx.query_one("select coalesce(max(version), 0) + 1 as next from models", params![])?;
    let version: u32 = row.get("next")?;
    let told = serde_json::to_string(told).map_err(Error::internal)?;
    // Keep it.
    tx.execute(
        "insert into models (version, trained_at, state, checksum, told, body)
         values ($1, $2, $3, $4, $5, $6)",
        params![version, at, State::Kept.word(), checksum, told, body],
    )?;
    match state {
        State::InUse => take_up(tx, version)?,
        State::Kept => {}
        State::HeldBack => set_state(tx, version, State::HeldBack)?,
    }
    let old: Vec<u32> = entries(tx)?
        .into_iter()
        .filter(|one| one.state != State::InUse)
        .skip(KEPT - 1)
        .map(|one| one.version)
        .collect();
    for version in old {
        // Let one go that is older than those kept.
        tx.execute("delete from models where version = $1", params![version])?;
    }
    Ok(version)
}

/// Takes a kept model into use in place of the one that was.
///
/// # Errors
/// `Hidden` if no such model is kept.
pub fn take_up(tx: &mut Tx, version: u32) -> Result<(), Error> {
    // The one that was in use is kept.
    tx.execute("update models set state = 'kept' where state = 'in_use'", params![])?;
    set_state(tx, version, State::InUse)
}

fn set_state(tx: &mut Tx, version: u32, state: State) -> Result<(), Error> {
    // From now on it is there for this.
    let sql = "update models set state = $2 where version = $1";
    if tx.execute(sql, params![version, state.word()])? == 0 { Err(Error::Hidden) } else { Ok(()) }
}
