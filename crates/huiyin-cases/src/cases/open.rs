//! What is still in hand (在办): one condition and one count of it, for every page that tells how much runs.

use huiyin_domain::case::Stage;
use huiyin_foundation::db::Tx;
use huiyin_foundation::error::Error;
use huiyin_foundation::params;

/// The condition of a case that somebody owes something, whether its clock runs or waits for the requester. In these words
/// it is the condition of an index, and in others [`Stage::is_open`].
pub(crate) const OPEN: &str = "stage in ('submitted', 'accepted', 'assigned')";

/// How many cases there are, and how many of them are in hand: what was answered and only waits to be judged or filed is not.
pub fn in_hand(tx: &mut Tx) -> Result<(u64, u64), Error> {
    let mut all = (0, 0);
    // How many cases are at each stage?
    tx.query_each("select stage, count(*) as n from cases group by stage", params![], |row| {
        let n: u64 = row.get("n")?;
        let stage: Option<Stage> = crate::dossier::read(row.str("stage")?);
        all.0 += n;
        all.1 += if stage.is_some_and(Stage::is_open) { n } else { 0 };
        Ok::<_, Error>(())
    })?;
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_condition_names_the_stages_that_are_open() {
        for stage in Stage::ALL {
            let quoted = format!("'{}'", stage.word());
            assert_eq!(OPEN.contains(&quoted), stage.is_open(), "{quoted}");
        }
    }
}
