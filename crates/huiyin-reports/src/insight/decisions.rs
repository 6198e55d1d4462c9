//! What the office decides about topics: two are one, a case is another matter, it is called so, it is over. Kept for good
//! with who, when and why, and applied again at the same place of the order when topics are made anew.

use super::follow::name_of;
use super::state;
use huiyin_domain::calendar::Instant;
use huiyin_domain::ids::PersonId;
use huiyin_foundation::db::{Row, Tx};
use huiyin_foundation::error::Error;
use huiyin_foundation::keys::Keys;
use huiyin_foundation::params;

/// What was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verb {
    /// What is in it belongs to the topic `object`.
    Merge,
    /// The case `object` is another matter.
    Split,
    /// It is called `object`.
    Rename,
    /// It takes nothing in any more; what comes after begins another.
    Close,
}

impl Verb {
    const ALL: [Verb; 4] = [Verb::Merge, Verb::Split, Verb::Rename, Verb::Close];

    fn word(self) -> &'static str {
        match self {
            Verb::Merge => "merge",
            Verb::Split => "split",
            Verb::Rename => "rename",
            Verb::Close => "close",
        }
    }

    /// As pages say it.
    pub fn said(self) -> &'static str {
        match self {
            Verb::Merge => "并入另一个话题",
            Verb::Split => "移出一件",
            Verb::Rename => "改名",
            Verb::Close => "关闭",
        }
    }
}

/// A decision as it is kept.
#[derive(Clone, Debug)]
pub(super) struct Decision {
    pub seq: i64,
    pub at: Instant,
    pub by: PersonId,
    pub topic: String,
    pub verb: Verb,
    pub object: String,
    pub reason: String,
}

impl Decision {
    fn of(row: &Row) -> Result<Decision, Error> {
        let word = row.str("verb")?;
        let verb = Verb::ALL.into_iter().find(|verb| verb.word() == word);
        Ok(Decision {
            seq: row.int("seq")?,
            at: row.instant("at_ms")?,
            by: row.get("made_by")?,
            topic: row.text("topic")?,
            verb: verb.ok_or_else(|| Error::internal(format!("a decision to {word}")))?,
            object: row.text("object")?,
            reason: row.text("reason")?,
        })
    }
}

/// The first decision after this one.
pub(super) fn after(tx: &mut Tx, seq: i64) -> Result<Option<Decision>, Error> {
    // What was decided next?
    let row = tx.query_opt(
        "select seq, at_ms, made_by, topic, verb, object, reason
         from insight_decisions
         where seq > $1
         order by seq
         limit 1",
        params![seq],
    )?;
    row.as_ref().map(Decision::of).transpose()
}

/// What was decided about a topic, the first first.
pub(super) fn about(tx: &mut Tx, topic: &str) -> Result<Vec<Decision>, Error> {
    // What was decided about this topic?
    tx.query_map(
        "select seq, at_ms, made_by, topic, verb, object, reason
         from insight_decisions
         where topic = $1
            or (verb = 'merge' and object = $1)
         order by seq",
        params![topic],
        Decision::of,
    )
}

/// Decides; where the follower has applied all before, this is applied at once.
pub(super) fn settle(tx: &mut Tx, keys: &Keys, decision: &Decision) -> Result<(), Error> {
    // How many were there before?
    let row = tx.query_one("select coalesce(max(seq), 0) as last from insight_decisions", params![])?;
    let seq = row.int("last")? + 1;
    tx.execute(
        "insert into insight_decisions (seq, at_ms, made_by, topic, verb, object, reason)
         values ($1, $2, $3, $4, $5, $6, $7)",
        params![
            seq,
            decision.at,
            &decision.by,
            &decision.topic,
            decision.verb.word(),
            &decision.object,
            &decision.reason
        ],
    )?;
    let mut state = state::read(tx)?;
    if state.decided == seq - 1 {
        apply(tx, keys, decision)?;
        state.decided = seq;
        state::write(tx, &state)?;
    }
    Ok(())
}

/// Notes that a topic has begun.
pub(super) fn begin(tx: &mut Tx, topic: &str, at: Instant) -> Result<(), Error> {
    tx.execute(
        "insert into insight_topics (topic, began_ms, name, closed_ms)
         values ($1, $2, '', null)
         on conflict (topic) do nothing",
        params![topic, at],
    )?;
    Ok(())
}

/// Carries a decision over to the derived tables.
pub(super) fn apply(tx: &mut Tx, keys: &Keys, decision: &Decision) -> Result<(), Error> {
    let topic = &decision.topic;
    match decision.verb {
        Verb::Merge => {
            let into = &decision.object;
            tx.execute("update insight_members set topic = $2 where topic = $1", params![topic, into])?;
            tx.execute("delete from insight_topics where topic = $1", params![topic])?;
        }
        Verb::Split => {
            // Which topic is the case in now, and when did it come in?
            let row = tx.query_opt(
                "select at_ms from insight_members where case_no = $1 and topic = $2",
                params![&decision.object, topic],
            )?;
            if let Some(row) = row {
                let own = split_name(keys, decision);
                begin(tx, &own, row.instant("at_ms")?)?;
                tx.execute(
                    "update insight_members set topic = $2 where case_no = $1",
                    params![&decision.object, own],
                )?;
            }
        }
        Verb::Rename => {
            tx.execute(
                "update insight_topics set name = $2 where topic = $1",
                params![topic, &decision.object],
            )?;
        }
        Verb::Close => {
            tx.execute(
                "update insight_topics set closed_ms = $2 where topic = $1",
                params![topic, decision.at],
            )?;
        }
    }
    Ok(())
}

/// The case a topic began with may be split off as well: what is left keeps the name, so the case wants another.
fn split_name(keys: &Keys, decision: &Decision) -> String {
    name_of(keys, &format!("{} from {}", decision.object, decision.topic))
}
