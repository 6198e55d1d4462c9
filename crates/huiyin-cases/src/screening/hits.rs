//! Reading what stands on lists, as one reader may see it: a list shows nothing that the page of the case would keep from
//! them, and a count is a count of what they would be shown.

use super::saved::List;
use crate::cases::log::Standing;
use crate::cases::sight::{accused_among, not_about};
use crate::coordination::posts_of;
use crate::leaders::units_in_charge;
use crate::overseeing::Line;
use huiyin_domain::access::{Role, units_near};
use huiyin_domain::calendar::Instant;
use huiyin_domain::ids::{CaseNo, UnitId};
use huiyin_domain::policy::Policy;
use huiyin_foundation::db::{Filter, Tx};
use huiyin_foundation::error::Error;
use huiyin_foundation::web::Visitor;
use std::collections::{BTreeMap, BTreeSet};

/// Which cases a reader may see: all but those about these units, and a leader only those that lie with them.
pub(super) struct Reach {
    away: Vec<UnitId>,
    /// A leader: their posts, the units in their charge, and whether they are head of the school.
    posts: Option<(Vec<String>, Vec<UnitId>, bool)>,
}

impl Reach {
    /// As far as this visitor sees.
    pub fn of(tx: &mut Tx, policy: &Policy, visitor: &Visitor) -> Result<Reach, Error> {
        let away = accused_among(tx, &units_near(&visitor.duties, policy))?;
        let sees_all = visitor.has(Role::Clerk) || visitor.has(Role::Supervisor);
        let posts = (!sees_all).then(|| {
            let posts = posts_of(visitor);
            let units = units_in_charge(policy, &posts);
            let is_head = policy.head().is_some_and(|head| posts.contains(&head.id));
            (posts, units, is_head)
        });
        Ok(Reach { away, posts })
    }

    /// Whether nothing is kept from this reader, so that counts need not look at the cases.
    pub fn is_all(&self) -> bool {
        self.away.is_empty() && self.posts.is_none()
    }

    /// The condition that a row of `cases` is theirs to see; another follows.
    pub fn narrow(&self, filter: Filter) -> Filter {
        let filter = not_about(filter, &self.away);
        match &self.posts {
            None => filter,
            Some((posts, units, is_head)) => {
                let filter =
                    filter.sql("(cases.leader in ").list(posts).sql(" or cases.unit in ").list(units);
                filter.sql(if *is_head { " or cases.unit is null)\n and " } else { ")\n and " })
            }
        }
    }
}

/// How many stand on each list now, or stood there at a moment.
pub(super) fn counts(
    tx: &mut Tx,
    reach: &Reach,
    at: Option<Instant>,
) -> Result<BTreeMap<String, u64>, Error> {
    let filter = if reach.is_all() {
        Filter::new("select list_id, count(*) as n\n from screening_hits\n where ")
    } else {
        reach.narrow(Filter::new(
            "select list_id, count(*) as n
             from screening_hits
             join cases on cases.case_no = screening_hits.case_no
             where ",
        ))
    };
    let filter = match at {
        None => filter.sql("until_ms is null"),
        Some(at) => {
            let filter = filter.sql("since_ms <= ").value(at);
            filter.sql(" and (until_ms is null or until_ms > ").value(at).sql(")")
        }
    };
    let (sql, values) = filter.sql("\n group by list_id").finish();
    // How many cases stood on which list?
    let rows = tx.query(sql, &values)?;
    rows.iter().map(|row| Ok((row.text("list_id")?, row.get("n")?))).collect()
}

/// How many stand on one list now.
pub(super) fn count(tx: &mut Tx, reach: &Reach, list: &str) -> Result<u64, Error> {
    let filter = if reach.is_all() {
        Filter::new("select count(*) as n\n from screening_hits\n where ")
    } else {
        reach.narrow(Filter::new(
            "select count(*) as n
             from screening_hits
             join cases on cases.case_no = screening_hits.case_no
             where ",
        ))
    };
    let (sql, values) = filter.sql("until_ms is null and list_id = ").value(list).finish();
    // How many cases stand on this list?
    Ok(tx.query_one(sql, &values)?.get("n")?)
}

/// A case on a list.
pub(super) struct Hit {
    pub line: Line,
    /// Since when it stands there.
    pub since: Instant,
    /// What it has in common with others there; empty for nothing.
    pub topic: String,
}

/// A stretch of a list: what has something in common stands together, the newest first.
pub(super) fn page(
    tx: &mut Tx,
    reach: &Reach,
    standing: &Standing,
    list: &List,
    offset: u64,
    limit: usize,
) -> Result<Vec<Hit>, Error> {
    let (sql, values) = asked(Filter::new(""), reach, list, offset, limit).finish();
    // Which cases stand on this list?
    tx.query_map(sql, &values, |row| {
        Ok(Hit { line: Line::of(row, standing)?, since: row.instant("since_ms")?, topic: row.text("topic")? })
    })
}

/// The question behind a page of a list; tests ask the engine how it would answer it.
pub(super) fn asked(head: Filter, reach: &Reach, list: &List, offset: u64, limit: usize) -> Filter {
    let filter = reach.narrow(head.sql(
        "select cases.case_no, title, kind, unit, stage, signed_at, round, solved, submitted_at as at, since_ms, topic
         from screening_hits
         join cases on cases.case_no = screening_hits.case_no
         where ",
    ));
    filter
        .sql("screening_hits.list_id = ")
        .value(list.id.as_str())
        .sql(
            "
           and until_ms is null
         order by topic desc, screening_hits.case_no desc
         limit ",
        )
        .value(limit)
        .sql(" offset ")
        .value(i64::try_from(offset).unwrap_or(i64::MAX))
}

/// Of these cases, those that the reader may see.
pub(super) fn visible(tx: &mut Tx, reach: &Reach, cases: &[CaseNo]) -> Result<BTreeSet<CaseNo>, Error> {
    if cases.is_empty() {
        return Ok(BTreeSet::new());
    }
    let filter = reach.narrow(Filter::new("select case_no\n from cases\n where "));
    let (sql, values) = filter.sql("case_no in ").list(cases).finish();
    // Which of these may they see?
    let rows = tx.query(sql, &values)?;
    rows.iter().map(|row| Ok(row.get("case_no")?)).collect()
}
