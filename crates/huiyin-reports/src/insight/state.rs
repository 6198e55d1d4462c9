//! How far the follower has come.

use huiyin_foundation::db::Tx;
use huiyin_foundation::error::Error;
use huiyin_foundation::params;

/// A place in the order of cases: when one came in, and its number.
pub(super) type Place = (i64, String);

/// How far the follower has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct State {
    /// The last case that was looked at.
    pub cursor: Place,
    /// The last case whose pairs were counted for rarity.
    pub counted: Place,
    /// The last decision that was applied.
    pub decided: i64,
}

const START: i64 = -8_000_000_000_000_000;

/// As it stands; at the start where nothing was done.
pub(super) fn read(tx: &mut Tx) -> Result<State, Error> {
    // How far have topics been followed?
    let rows = tx.query("select name, value, words from insight_state", params![])?;
    let mut state = State { cursor: (START, String::new()), counted: (START, String::new()), decided: 0 };
    for row in &rows {
        let (value, words) = (row.int("value")?, row.text("words")?);
        match row.str("name")? {
            "cursor" => state.cursor = (value, words),
            "counted" => state.counted = (value, words),
            "decided" => state.decided = value,
            _ => {}
        }
    }
    Ok(state)
}

/// Keeps it.
pub(super) fn write(tx: &mut Tx, state: &State) -> Result<(), Error> {
    note(tx, "cursor", state.cursor.0, &state.cursor.1)?;
    note(tx, "counted", state.counted.0, &state.counted.1)?;
    note(tx, "decided", state.decided, "")
}

/// Keeps a value under a name.
pub(super) fn note(tx: &mut Tx, name: &str, value: i64, words: &str) -> Result<(), Error> {
    tx.execute(
        "insert into insight_state (name, value, words)
         values ($1, $2, $3)
         on conflict (name) do update set value = excluded.value, words = excluded.words",
        params![name, value, words],
    )?;
    Ok(())
}

/// A value that was kept under a name.
pub(super) fn noted(tx: &mut Tx, name: &str) -> Result<Option<(i64, String)>, Error> {
    // What is kept under this name?
    let row = tx.query_opt("select value, words from insight_state where name = $1", params![name])?;
    row.map(|row| Ok((row.int("value")?, row.text("words")?))).transpose()
}
