//! Parked answers: one function a question.

use huiyin_domain::calendar::Instant;
use huiyin_foundation::db::Tx;
use huiyin_foundation::error::Error;
use huiyin_foundation::params;

/// Keeps sealed answers under a name.
pub(super) fn park(tx: &mut Tx, name: &str, sealed: &str, hour: Instant) -> Result<(), Error> {
    // Park these answers.
    tx.execute(
        "insert into parked_answers (name, sealed, parked_hour)
         values ($1, $2, $3)",
        params![name, sealed, hour],
    )?;
    Ok(())
}

/// The sealed answers of a name, unless they are older than this.
pub(super) fn parked(tx: &mut Tx, name: &str, oldest: Instant) -> Result<Option<String>, Error> {
    // What was parked under this name?
    let row = tx.query_opt(
        "select sealed
         from parked_answers
         where name = $1
           and parked_hour >= $2",
        params![name, oldest],
    )?;
    row.map(|row| Ok(row.text("sealed")?)).transpose()
}

/// Forgets the answers of a name.
pub(super) fn unpark(tx: &mut Tx, name: &str) -> Result<(), Error> {
    // These answers are on their way again.
    tx.execute("delete from parked_answers where name = $1", params![name])?;
    Ok(())
}

/// Forgets the oldest answers until one more may lie here.
pub(super) fn make_room(tx: &mut Tx, parked_max: u32) -> Result<(), Error> {
    // Of so many, the oldest were given up longest ago.
    tx.execute(
        "delete from parked_answers
         where name in (
           select name
           from parked_answers
           order by parked_hour desc, name
           limit 1000000 offset $1)",
        params![i64::from(parked_max.saturating_sub(1))],
    )?;
    Ok(())
}

/// Forgets all answers parked before an hour.
pub(super) fn forget_parked_before(tx: &mut Tx, oldest: Instant) -> Result<(), Error> {
    // Nobody came back for these.
    tx.execute("delete from parked_answers where parked_hour < $1", params![oldest])?;
    Ok(())
}
