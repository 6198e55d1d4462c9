//! The settings a school lives by (10.3): the whole policy as TOML, a new version for every change, none ever altered.
//!
//! A preset becomes version 1; a change in the browser becomes the next, with who made it and why. What was promised
//! under an older version stays as promised. What this room deliberately does not do: draw the pages on which settings are
//! edited; the administrator's rooms do that and call [`change`].

mod versions;
#[cfg(test)]
mod tests;

pub use versions::{VersionLine, history, in_force, install, version};

use huiyin_domain::ids::PersonId;
use huiyin_domain::policy::Policy;
use huiyin_foundation::error::Error;
use huiyin_foundation::school::{PolicyInForce, School};
use std::sync::Arc;

/// Makes the next version and puts it in force at once. `based_on` is the version whose form was filled in: if somebody
/// else was quicker, nothing is changed.
pub async fn change(
    school: &School,
    by: &PersonId,
    note: &str,
    based_on: u32,
    policy: Policy,
) -> Result<u32, Error> {
    let (by, note, now) = (by.clone(), note.to_owned(), school.now());
    let made = school.db.write(move |tx| versions::add(tx, Some(&by), &note, based_on, policy, now)).await?;
    let version = made.version;
    put_in_force(school, made);
    Ok(version)
}

/// Reads what is in force from the database, as another process of this school may have changed it.
pub async fn refresh(school: &School) -> Result<(), Error> {
    if let Some(newest) = school.db.read(in_force).await? {
        put_in_force(school, newest);
    }
    Ok(())
}

/// Never back to an older version: two changes may finish in another order than they were made.
fn put_in_force(school: &School, made: PolicyInForce) {
    let made = Arc::new(made);
    school.policy.rcu(|known| if known.version < made.version { made.clone() } else { known.clone() });
}
