//! Carrying out what was announced. Each case in a transaction of its own, so that a stop in between loses nothing and
//! repeats nothing.

use super::queries::{self, Fate, State};
use crate::cases::log::Standing;
use crate::cases::removal;
use huiyin_domain::case::Removal;
use huiyin_domain::ids::CaseNo;
use huiyin_foundation::error::Error;
use huiyin_foundation::school::App;

/// Carries out the lists whose day has come; says of how many cases something was taken away.
pub async fn carry_out_lists(app: &App) -> Result<u64, Error> {
    let mut removed = 0;
    loop {
        let today = app.now().day();
        let Some(id) = app.db.read(move |tx| queries::ripe(tx, today)).await? else { break };
        loop {
            let list = id.clone();
            let some = app.db.read(move |tx| queries::waiting(tx, &list)).await?;
            if some.is_empty() {
                break;
            }
            for (no, step) in some {
                removed += u64::from(take(app, &id, no, step).await?);
            }
        }
        let (list, now) = (id.clone(), app.now());
        app.db.write(move |tx| queries::end(tx, &list, State::Done, None, now)).await?;
    }
    if removed > 0 {
        // What was erased must not linger in the log of the database until its next folding.
        app.db.fold().await?;
    }
    Ok(removed)
}

/// Takes the step for one case; false when the rules say by now that it is to be kept.
async fn take(app: &App, list: &str, no: CaseNo, step: Removal) -> Result<bool, Error> {
    let (school, id, case_no) = (app.clone(), list.to_owned(), no.clone());
    let taken = app.db.write(move |tx| {
        let standing = Standing::of(&school);
        let files = removal::remove(tx, &standing.bench(&school.keys), &case_no, step)?;
        queries::settle(tx, &id, &case_no, Fate::Done)?;
        Ok::<_, Error>(files)
    });
    match taken.await {
        Ok(files) => {
            for file in &files {
                // What cannot be removed now is swept later: no row knows it any longer.
                if let Err(error) = app.files.discard(file) {
                    tracing::warn!(%error, "a file that is kept no longer is still on the disk");
                }
            }
            Ok(true)
        }
        Err(Error::Refused { .. }) => {
            let id = list.to_owned();
            app.db.write(move |tx| queries::settle(tx, &id, &no, Fate::Kept)).await?;
            Ok(false)
        }
        Err(other) => Err(other),
    }
}
