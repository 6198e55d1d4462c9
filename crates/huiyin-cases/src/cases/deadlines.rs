//! The sweep: reminders, missed promises, supervision and closing, when their time has come (4.6, 5.3).
//!
//! One select finds the cases whose next look is due; each is carried out in its own transaction with the clock as
//! actor. Running twice changes nothing; a server that slept all night catches up at start. The cost grows with what
//! is due, not with what exists. One case that cannot be looked at keeps no other waiting: it is told in the log, and
//! comes again with the next sweep.

use super::log::{Standing, carry_out_on, load};
use super::row;
use huiyin_domain::calendar::Instant;
use huiyin_domain::case::{Actor, Case, Command};
use huiyin_domain::ids::CaseNo;
use huiyin_domain::policy::Policy;
use huiyin_foundation::db::Tx;
use huiyin_foundation::error::Error;
use huiyin_foundation::params;
use huiyin_foundation::school::App;
use tokio::task::JoinSet;

/// How many cases are looked up at a time.
const BATCH: i64 = 500;
/// How many of them are written at a time: enough to share a flush to the disk, few enough to let others between.
const TOGETHER: usize = 64;

/// What a sweep did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Swept {
    /// Cases on which something was recorded.
    pub changed: u64,
    /// Cases that could not be looked at.
    pub failed: u64,
}

/// A place in the order in which cases are due.
type Place = (Instant, String);

/// Looks once at every case whose time has come.
///
/// # Errors
/// When it cannot be asked which cases these are.
pub async fn sweep(app: &App) -> Result<Swept, Error> {
    let (mut swept, now) = (Swept::default(), app.clock.now());
    let mut last: Place = (Instant(i64::MIN), String::new());
    loop {
        let after = last.clone();
        let due = app.db.read(move |tx| due(tx, now, &after)).await?;
        let Some(place) = due.last() else { return Ok(swept) };
        last = place.clone();
        for some in due.chunks(TOGETHER) {
            look_at_some(app, some, &mut swept).await;
        }
    }
}

/// Lets the clock look at every case again that is not closed: new settings may call it earlier than the old ones did.
pub async fn look_at_all(app: &App) -> Result<(), Error> {
    let now = app.clock.now();
    app.db
        .write(move |tx| {
            // The next look is now.
            tx.execute(
                "update cases
                 set next_check = $1
                 where stage in ('submitted', 'accepted', 'assigned', 'replied', 'rated', 'merged')",
                params![now],
            )?;
            Ok(())
        })
        .await
}

/// Each look is a write of its own, so that one that fails leaves its neighbours alone; those that wait together are
/// committed together.
async fn look_at_some(app: &App, due: &[Place], swept: &mut Swept) {
    let mut looks = JoinSet::new();
    for (_, no) in due {
        let (school, no, db) = (app.clone(), CaseNo(no.clone()), app.db.clone());
        looks.spawn(async move { db.write(move |tx| look_at(tx, &school, &no)).await });
    }
    while let Some(look) = looks.join_next().await {
        match look.map_err(Error::internal).and_then(|looked| looked) {
            Ok(is_changed) => swept.changed += u64::from(is_changed),
            Err(error) => {
                swept.failed += 1;
                // Without its number, which no line of the log may hold; `verify` names a case that is broken.
                tracing::error!(%error, "the clock could not look at a case; `huiyin verify` finds what is broken");
            }
        }
    }
}

fn look_at(tx: &mut Tx, school: &App, no: &CaseNo) -> Result<bool, Error> {
    let standing = Standing::of(school);
    let bench = standing.bench(&school.keys);
    let loaded = load(tx, no)?.ok_or(Error::Hidden)?;
    let before = loaded.case.last_seq;
    let loaded = match heirs(&loaded.case, bench.policy) {
        true => {
            carry_out_on(tx, &bench, &Actor::Rule, None, no, loaded, Command::FollowSuccessor)?;
            load(tx, no)?.ok_or(Error::Hidden)?
        }
        false => loaded,
    };
    let case = carry_out_on(tx, &bench, &Actor::Clock, None, no, loaded, Command::NoteTime)?;
    if case.last_seq == before {
        // The settings have changed since the row was written: look when they say so now.
        row::look_again(tx, bench.policy, no, &case)?;
    }
    Ok(case.last_seq != before)
}

/// Whether a unit of this case was dissolved and another has taken over from it.
fn heirs(case: &Case, policy: &Policy) -> bool {
    let units = case.unit.iter().chain(&case.assisting);
    units.chain(&case.recused).any(|unit| policy.heir_of(unit).is_some_and(|heir| !case.is_recused(heir)))
}

fn due(tx: &mut Tx, now: Instant, (at, no): &Place) -> Result<Vec<Place>, Error> {
    // Which cases has time caught up with, behind this place?
    tx.query_map(
        "select next_check, case_no
         from cases
         where next_check <= $1
           and (next_check, case_no) > ($2, $3)
         order by next_check, case_no
         limit $4",
        params![now, *at, no.as_str(), BATCH],
        |row| Ok((row.instant("next_check")?, row.text("case_no")?)),
    )
}
