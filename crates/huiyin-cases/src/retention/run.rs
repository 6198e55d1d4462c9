//! Carrying out what was announced. Each case in a transaction of its own, so that a stop in between loses nothing and
//! repeats nothing.

use super::queries::{self, Fate, State};
use crate::cases::log::Standing;
use crate::cases::removal;
use huiyin_domain::case::Removal;
use huiyin_domain::ids::CaseNo;
use huiyin_foundation::db::Tx;
use huiyin_foundation::error::Error;
use huiyin_foundation::school::App;
use huiyin_foundation::{index, outbox};

/// Carries out the lists whose day has come; says of how many cases something was taken away.
pub async fn carry_out_lists(app: &App) -> Result<u64, Error> {
    let mut removed = 0;
    loop {
        let today = app.now().day();
        let Some(id) = app.db.read(move |tx| queries::ripe(tx, today)).await? else { break };
        loop {
            let list = id.clone();
            let some = app.db.read(move |tx| queries::waiting(tx, &list)).await?;
            let nos: Vec<CaseNo> = some.iter().map(|(no, _)| no.clone()).collect();
            if some.is_empty() {
                break;
            }
            for (no, step) in some {
                removed += u64::from(take(app, &id, no, step).await? == Fate::Done);
            }
            let list = id.clone();
            app.db.write(move |tx| forget_recipients(tx, &list, &nos)).await?;
        }
        let (list, now) = (id.clone(), app.now());
        app.db.write(move |tx| queries::end(tx, &list, State::Done, None, now)).await?;
    }
    if removed > 0 {
        // What was erased must not linger in the index for searching, nor in the log of the database until its next folding.
        index::settle(&app.db).await?;
        app.db.fold().await?;
    }
    Ok(removed)
}

/// The ledger of letters no longer says who was told about what leads back to nobody.
fn forget_recipients(tx: &mut Tx, list: &str, cases: &[CaseNo]) -> Result<(), Error> {
    let nobodys = queries::nobodys(tx, list, cases)?;
    Ok(outbox::forget_recipients(tx, &nobodys)?)
}

/// Takes the step for one case, and notes what became of it. A list that was called off in between stops at once.
async fn take(app: &App, list: &str, no: CaseNo, step: Removal) -> Result<Fate, Error> {
    let (school, id, case_no) = (app.clone(), list.to_owned(), no.clone());
    let taken = app.db.write(move |tx| {
        if !queries::holds(tx, &id)? {
            return Ok(None);
        }
        let standing = Standing::of(&school);
        let files = removal::remove(tx, &standing.bench(&school.keys), &case_no, step)?;
        queries::settle(tx, &id, &case_no, Fate::Done)?;
        Ok::<_, Error>(Some(files))
    });
    let fate = match taken.await {
        Ok(None) => return Ok(Fate::Kept),
        Ok(Some(files)) => {
            for file in &files {
                // What cannot be removed now is swept later: no row knows it any longer.
                if let Err(error) = app.files.discard(file) {
                    tracing::warn!(%error, "a file that is kept no longer is still on the disk");
                }
            }
            return Ok(Fate::Done);
        }
        Err(Error::Refused { .. }) => Fate::Kept,
        Err(error) => {
            // One that cannot be read keeps no other waiting.
            tracing::error!(case = %no, %error, "nothing was taken away from this case");
            Fate::Failed
        }
    };
    let id = list.to_owned();
    app.db.write(move |tx| queries::settle(tx, &id, &no, fate)).await?;
    Ok(fate)
}
