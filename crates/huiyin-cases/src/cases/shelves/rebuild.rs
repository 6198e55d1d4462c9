//! Laying the shelves out anew, in steps between which everybody writes, each going on where the one before it stopped: also
//! after a sudden end.

use super::ROOM;
use super::entries::{Laid, laid};
use huiyin_domain::calendar::Instant;
use huiyin_domain::ids::CaseNo;
use huiyin_foundation::db::Tx;
use huiyin_foundation::error::Error;
use huiyin_foundation::index::{self, Entry, Shelf, Standing};
use huiyin_foundation::params;
use huiyin_foundation::school::App;

/// So many cases are laid out in one transaction.
const STEP: usize = 200;

/// How a step ended.
enum Step {
    /// The shelf is whole, and was.
    Nothing,
    /// So much of it is there.
    On(u8),
    /// It is whole now.
    Whole,
}

/// Rebuilds what is torn or was made in an older way, to the end; says how many shelves it were.
pub async fn mend(app: &App) -> Result<u64, Error> {
    let mut mended = 0;
    for shelf in Shelf::ALL {
        let mut said = 0;
        loop {
            match app.db.write(move |tx| step(tx, shelf)).await? {
                Step::Nothing => break,
                Step::Whole => {
                    tracing::info!(shelf = shelf.word(), "the index for searching is whole");
                    mended += 1;
                    break;
                }
                Step::On(percent) if percent >= said + 10 => {
                    said = percent;
                    tracing::info!(shelf = shelf.word(), percent, "rebuilding the index for searching");
                }
                Step::On(_) => {}
            }
        }
    }
    Ok(mended)
}

/// Opens the shelves of a school. What is to be rebuilt and is small is rebuilt at once; the rest is left to [`mend`].
pub fn open_up(tx: &mut Tx) -> Result<(), Error> {
    index::open(tx)?;
    for shelf in Shelf::ALL {
        if matches!(step(tx, shelf)?, Step::On(_)) {
            step(tx, shelf)?;
        }
    }
    Ok(())
}

/// Has both shelves laid out anew, because the rows are; what lies there answers until then.
pub fn renew(tx: &mut Tx) -> Result<(), Error> {
    for shelf in Shelf::ALL {
        index::renew(tx, shelf)?;
    }
    Ok(())
}

fn step(tx: &mut Tx, shelf: Shelf) -> Result<Step, Error> {
    let cursor = match index::standing(tx, shelf)? {
        Standing::Whole => return Ok(Step::Nothing),
        Standing::Torn => {
            index::restart(tx, shelf)?;
            String::new()
        }
        Standing::Building { cursor, .. } => cursor,
    };
    if cursor.is_empty() {
        let total = total(tx, shelf)?;
        index::begin(tx, shelf, total)?;
    }
    let (keys, next) = behind(tx, shelf, &cursor)?;
    let Some(next) = next else {
        for key in gone(tx, shelf, i64::MAX)? {
            index::take_down(tx, shelf, ROOM, &key)?;
        }
        index::finish(tx, shelf)?;
        return Ok(Step::Whole);
    };
    lay_out(tx, shelf, &keys)?;
    index::advance(tx, shelf, &next, i64::try_from(keys.len()).unwrap_or(i64::MAX))?;
    match index::standing(tx, shelf)? {
        Standing::Building { percent, .. } => Ok(Step::On(percent)),
        // Torn again while it was written: the next round begins anew.
        _ => Ok(Step::Nothing),
    }
}

fn total(tx: &mut Tx, shelf: Shelf) -> Result<i64, Error> {
    let row = match shelf {
        // How many are there?
        Shelf::Store => tx.query_one("select count(*) as n from cases", params![])?,
        // How many does everybody see?
        Shelf::Public => tx.query_one("select count(*) as n from cases where is_published = 1", params![])?,
    };
    Ok(row.int("n")?)
}

/// The cases that come next, and where the step after them begins; none when all are laid out.
fn behind(tx: &mut Tx, shelf: Shelf, cursor: &str) -> Result<(Vec<CaseNo>, Option<String>), Error> {
    if shelf == Shelf::Store {
        // Which come next by their number?
        let nos: Vec<CaseNo> = tx.query_map(
            "select case_no
             from cases
             where case_no > $1
             order by case_no
             limit $2",
            params![cursor, STEP],
            |row| Ok::<_, Error>(row.get("case_no")?),
        )?;
        let next = nos.last().map(|no| no.0.clone());
        return Ok((nos, next));
    }
    let (at, no) = cursor.split_once('~').unwrap_or_default();
    let at = Instant(at.parse().unwrap_or(i64::MIN));
    // Which were published next?
    let shown: Vec<(Instant, CaseNo)> = tx.query_map(
        "select published_at, case_no
         from cases
         where is_published = 1
           and (published_at > $1 or (published_at = $1 and case_no > $2))
         order by published_at, case_no
         limit $3",
        params![at, no, STEP],
        |row| Ok::<_, Error>((row.instant("published_at")?, row.get("case_no")?)),
    )?;
    let next = shown.last().map(|(at, no)| format!("{}~{no}", at.0));
    Ok((shown.into_iter().map(|(_, no)| no).collect(), next))
}

fn lay_out(tx: &mut Tx, shelf: Shelf, nos: &[CaseNo]) -> Result<(), Error> {
    let mut found = Vec::with_capacity(nos.len());
    for no in nos {
        let Some(laid) = laid(tx, no)? else { continue };
        let waits = shelf == Shelf::Store && laid.is_anonymous && index::waits(tx, ROOM, no.as_str())?;
        if !waits {
            found.push(laid);
        }
    }
    let entries: Vec<Entry<'_>> = match shelf {
        Shelf::Store => found.iter().map(Laid::store).collect(),
        Shelf::Public => found.iter().filter_map(Laid::public).collect(),
    };
    Ok(index::put_all(tx, shelf, &entries)?)
}

/// Some entries whose cases are not there, or not there for everybody, any more.
pub(super) fn gone(tx: &mut Tx, shelf: Shelf, limit: i64) -> Result<Vec<String>, Error> {
    let sql = match shelf {
        Shelf::Store => {
            "select key
             from shelf_entries
             where shelf = 'store'
               and shelf_entries.room = 'cases'
               and not exists (select 1 from cases where cases.case_no = shelf_entries.key)
             limit $1"
        }
        Shelf::Public => {
            "select key
             from shelf_entries
             where shelf = 'public'
               and shelf_entries.room = 'cases'
               and not exists (select 1 from cases where cases.case_no = shelf_entries.key and is_published = 1)
             limit $1"
        }
    };
    // What lies there for nothing?
    tx.query_map(sql, params![limit], |row| Ok(row.text("key")?))
}
