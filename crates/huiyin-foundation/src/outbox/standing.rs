//! How each channel stands, for the page of the administrator: counts and the last reason, never a person.

use crate::db::{DbError, Tx};
use crate::params;
use huiyin_domain::calendar::{Day, Instant};

/// How a channel stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The channel.
    pub channel: String,
    /// Letters that have not left yet.
    pub waiting: i64,
    /// Of these, how many were tried in vain.
    pub failing: i64,
    /// How many left since a day.
    pub sent: i64,
    /// How many were given up.
    pub given_up: i64,
    /// Why the last try failed; empty if none did.
    pub last_reason: String,
}

impl Standing {
    /// A channel by which nothing was sent yet.
    pub fn idle(channel: &str) -> Standing {
        let (channel, last_reason) = (channel.to_owned(), String::new());
        Standing { channel, waiting: 0, failing: 0, sent: 0, given_up: 0, last_reason }
    }
}

/// Every channel that has letters. `since` is the day from which sent ones are counted.
pub fn standings(tx: &mut Tx, since: Day) -> Result<Vec<Standing>, DbError> {
    // How does each channel stand?
    let mut channels = tx.query_map(
        "select channel,
                count(*) filter (where state in ('unsorted', 'waiting')) as waiting,
                count(*) filter (where state = 'waiting' and last_reason <> '') as failing,
                count(*) filter (where state = 'sent' and done_on >= $1) as sent,
                count(*) filter (where state = 'given_up') as given_up
           from outbox
          group by channel
          order by channel",
        params![since],
        |row| {
            Ok::<_, DbError>(Standing {
                channel: row.get("channel")?,
                waiting: row.get("waiting")?,
                failing: row.get("failing")?,
                sent: row.get("sent")?,
                given_up: row.get("given_up")?,
                last_reason: String::new(),
            })
        },
    )?;
    for channel in &mut channels {
        if channel.failing + channel.given_up > 0 {
            channel.last_reason = last_reason(tx, &channel.channel)?;
        }
    }
    Ok(channels)
}

fn last_reason(tx: &mut Tx, channel: &str) -> Result<String, DbError> {
    // Why did the newest letter fail that did not leave?
    let row = tx.query_opt(
        "select last_reason
           from outbox
          where channel = $1
            and state in ('waiting', 'given_up')
            and last_reason <> ''
          order by next_try_ms desc, id desc
          limit 1",
        params![channel],
    )?;
    row.map_or(Ok(String::new()), |row| row.text("last_reason"))
}

/// Tries everything of a channel again that failed or was given up, from now on.
pub fn send_again(tx: &mut Tx, channel: &str, now: Instant) -> Result<u64, DbError> {
    // Once more, as if for the first time. What left and came back has no words any more.
    tx.execute(
        "update outbox
            set state = 'waiting',
                tries = 0,
                next_try_ms = $2,
                done_on = null
          where channel = $1
            and last_reason <> ''
            and state in ('waiting', 'given_up')
            and (channel <> 'mail' or words <> '')",
        params![channel, now],
    )
}
