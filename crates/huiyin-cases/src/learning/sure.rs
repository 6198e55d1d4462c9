//! What goes to its unit by the rule that the school has set (3.1), for those that waited for nobody yet.
//!
//! Where the school has set no such rule nothing is read and nothing is loaded. Whether a case may go is the domain's to
//! say; here it is only asked, once for each case and each version of rules and model.

use super::choices::note_automatic;
use super::known::known;
use super::propose::{Hints, hints};
use crate::cases::log::{Standing, carry_out};
use huiyin_domain::case::{Actor, Command, Learned};
use huiyin_domain::ids::{CaseNo, KindId};
use huiyin_domain::policy::Policy;
use huiyin_foundation::db::Tx;
use huiyin_foundation::error::Error;
use huiyin_foundation::params;
use huiyin_foundation::school::App;
use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

/// So many waiting cases are looked at in one round; the rest in the next.
const ROWS: usize = 500;

/// Which cases were looked at under which settings and model.
#[derive(Default)]
struct Considered(Mutex<(u32, u32, BTreeSet<String>)>);

/// A case that may go.
struct Ripe {
    no: CaseNo,
    hints: Hints,
    learned: Learned,
}

/// Lets go what is sure enough; tells how many went.
pub async fn dispatch_sure(app: &App) -> Result<u64, Error> {
    let settings = app.policy_in_force();
    let Some(from) = settings.policy.proposals.automatic_from else { return Ok(0) };
    let version = settings.version;
    let ripe = app.db.read(move |tx| ripe(tx, &settings.policy, version, from)).await?;
    let mut gone = 0;
    for one in ripe {
        let school = app.clone();
        let sent = app.db.write(move |tx| send(tx, &school, one)).await;
        match sent {
            Ok(()) => gone += 1,
            // A person was quicker, or the rule does not cover it: it waits for a person as before.
            Err(Error::Refused { .. } | Error::Hidden | Error::Conflict { .. }) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(gone)
}

fn ripe(tx: &mut Tx, policy: &Policy, settings: u32, from: u16) -> Result<Vec<Ripe>, Error> {
    let Some(considered) = tx.kept::<Considered>() else { return Ok(Vec::new()) };
    // What has come in, waits for a unit and is in nobody's hands?
    let rows = tx.query(
        "select cases.case_no, cases.kind, cases.title, coalesce(case_texts.words, '') as body
         from cases
         left join case_texts on case_texts.case_no = cases.case_no
           and case_texts.seq = 1
           and case_texts.kind = 'body'
         where cases.stage = 'submitted'
           and cases.unit is null
           and cases.restricted = 0
           and cases.urgency <> 'critical'
         order by cases.submitted_at desc, cases.case_no
         limit $1",
        params![ROWS],
    )?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let Some(known) = known(tx)? else {
        super::wish(tx);
        return Ok(Vec::new());
    };
    let mut seen = considered.0.lock().unwrap_or_else(PoisonError::into_inner);
    if (seen.0, seen.1) != (settings, known.version) {
        *seen = (settings, known.version, BTreeSet::new());
    }
    let waiting: BTreeSet<String> = rows.iter().map(|row| row.text("case_no")).collect::<Result<_, _>>()?;
    seen.2.retain(|no| waiting.contains(no));
    let mut ripe = Vec::new();
    for row in rows {
        let no: CaseNo = row.get("case_no")?;
        if !seen.2.insert(no.to_string()) {
            continue;
        }
        let (kind, title, body): (KindId, _, _) = (row.get("kind")?, row.text("title")?, row.text("body")?);
        let hints = hints(policy, Some(&known), &kind, &title, &body);
        let Some(first) = hints.best.first().filter(|_| u16::from(hints.proven) >= from) else { continue };
        let learned = Learned {
            category: first.category.clone(),
            model: known.version,
            share: hints.proven,
            confirmed: u32::try_from(known.told.examples).unwrap_or(u32::MAX),
            words: first.words.clone(),
            text: format!("{title}\n{body}"),
        };
        ripe.push(Ripe { no, hints, learned });
    }
    Ok(ripe)
}

fn send(tx: &mut Tx, school: &App, ripe: Ripe) -> Result<(), Error> {
    let Ripe { no, hints, learned } = ripe;
    let standing = Standing::of(school);
    let bench = standing.bench(&school.keys);
    let command = Command::AssignAsLearned(Box::new(learned));
    let case = carry_out(tx, &bench, &Actor::Rule, None, &no, command)?;
    note_automatic(tx, &no, &hints, &case, bench.now)
}
