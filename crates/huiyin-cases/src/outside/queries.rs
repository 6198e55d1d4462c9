//! Questions about what came from outside: how much, why, about whose matters, and which earlier cases it may stem from.

use crate::cases::log::Standing;
use crate::cases::sight::not_about;
use crate::dossier::{kind_of, read, unit_name};
use huiyin_domain::calendar::Instant;
use huiyin_domain::case::{Case, LeakCause, Stage};
use huiyin_domain::ids::{CaseNo, ChannelId, UnitId};
use huiyin_domain::policy::Policy;
use huiyin_foundation::db::{Filter, Row, Tx};
use huiyin_foundation::error::Error;
use huiyin_foundation::say::{self, Tag};

/// How far back an earlier case is looked for.
const EARLIER_DAYS: i64 = 365;
const DAY_MS: i64 = 86_400_000;

/// From one instant up to another, which no longer belongs to it.
#[derive(Clone, Copy)]
pub(super) struct Span {
    pub from: Instant,
    pub until: Instant,
}

/// Which part of the list is looked at.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// Nobody has compared it yet.
    Waiting,
    /// Compared, whatever was found.
    Compared,
    /// Went outside for this reason.
    Because(LeakCause),
}

/// One case of the list.
pub(super) struct Line {
    pub no: CaseNo,
    pub title: String,
    pub kind: (String, u8),
    pub unit: String,
    pub channel: String,
    pub outside_no: String,
    pub tag: Tag,
    pub when: String,
    pub cause: Option<LeakCause>,
    pub earlier: Option<CaseNo>,
    /// Where the list goes on after it.
    pub cursor: String,
}

const LINE: &str =
    "select case_no, title, kind, unit, channel, stage, signed_at, round, solved, submitted_at, leak_cause,
     earlier_no,
     (select case_texts.words from case_texts
       where case_texts.case_no = cases.case_no
         and case_texts.seq = 1
         and case_texts.kind = 'outside_no') as outside_no
   from cases
   where ";

fn line(row: &Row, standing: &Standing) -> Result<Line, Error> {
    let policy = &standing.policy.policy;
    let no: CaseNo = row.get("case_no")?;
    let at = row.instant("submitted_at")?;
    let stage = row.text("stage")?;
    let stage = Stage::ALL.into_iter().find(|known| known.word() == stage).unwrap_or(Stage::Assigned);
    let solved = row.opt_text("solved")?.and_then(|word| read(&word));
    let unit: Option<UnitId> = row.get("unit")?;
    let channel: ChannelId = row.get("channel")?;
    Ok(Line {
        title: row.text("title")?,
        kind: kind_of(policy, &row.get("kind")?),
        unit: unit.map_or_else(|| "待转办".to_owned(), |unit| unit_name(policy, &unit)),
        channel: policy.channel(&channel).map_or_else(String::new, |channel| channel.name.clone()),
        outside_no: row.opt_text("outside_no")?.unwrap_or_default(),
        tag: say::case_tag(stage, row.opt_instant("signed_at")?.is_some(), row.get("round")?, solved),
        when: say::moment(standing.now, at),
        cause: row.opt_text("leak_cause")?.and_then(|word| read(&word)),
        earlier: row.get("earlier_no")?,
        cursor: format!("{}.{no}", at.0),
        no,
    })
}

fn outside_ids(policy: &Policy) -> impl Iterator<Item = &str> {
    policy.outside_channels().map(|channel| channel.id.as_str())
}

/// A page of a part of the list, the newest first.
pub(super) fn lines(
    tx: &mut Tx,
    standing: &Standing,
    away: &[UnitId],
    span: Span,
    part: Part,
    cursor: Option<(i64, String)>,
    rows_max: usize,
) -> Result<Vec<Line>, Error> {
    let filter =
        not_about(Filter::new(LINE), away).sql("channel in ").list(outside_ids(&standing.policy.policy));
    let filter =
        filter.sql(" and submitted_at >= ").value(span.from).sql(" and submitted_at < ").value(span.until);
    let filter = match part {
        Part::Waiting => filter.sql(" and leak_cause is null"),
        Part::Compared => filter.sql(" and leak_cause is not null"),
        Part::Because(cause) => filter.sql(" and leak_cause = ").value(crate::dossier::stored(&cause)),
    };
    let filter = match cursor {
        Some((at, no)) => {
            filter.sql(" and (submitted_at, case_no) < (").value(at).sql(", ").value(no).sql(")")
        }
        None => filter,
    };
    let (sql, values) =
        filter.sql(" order by submitted_at desc, case_no desc limit ").value(rows_max).finish();
    // Which matters came back from outside?
    let rows = tx.query(sql, &values)?;
    rows.iter().map(|row| line(row, standing)).collect()
}

/// How many came from outside, by reason and by the unit whose matter it is.
pub(super) struct Report {
    pub waiting: u64,
    pub causes: Vec<(LeakCause, u64)>,
    /// Unit, all of it, and how much of that had been raised inside before; most of the latter first.
    pub units: Vec<(Option<UnitId>, u64, u64)>,
}

impl Report {
    /// All that came.
    pub fn total(&self) -> u64 {
        self.waiting + self.causes.iter().map(|(_, count)| count).sum::<u64>()
    }

    /// So many had been raised inside before.
    pub fn had_earlier(&self) -> u64 {
        self.causes.iter().filter(|(cause, _)| cause.has_earlier()).map(|(_, count)| count).sum()
    }

    /// So many for this reason.
    pub fn of(&self, cause: LeakCause) -> u64 {
        self.causes.iter().find(|(known, _)| *known == cause).map_or(0, |(_, count)| *count)
    }
}

/// The figures of a span.
pub(super) fn report(tx: &mut Tx, standing: &Standing, away: &[UnitId], span: Span) -> Result<Report, Error> {
    let filter = Filter::new("select unit, leak_cause, count(*) as many from cases where ");
    let filter = not_about(filter, away).sql("channel in ").list(outside_ids(&standing.policy.policy));
    let filter =
        filter.sql(" and submitted_at >= ").value(span.from).sql(" and submitted_at < ").value(span.until);
    let (sql, values) = filter.sql(" group by unit, leak_cause").finish();
    // How many came from outside, for which reason, about whose matters?
    let rows = tx.query(sql, &values)?;
    let mut report = Report { waiting: 0, causes: Vec::new(), units: Vec::new() };
    for row in &rows {
        let unit: Option<UnitId> = row.get("unit")?;
        let cause: Option<LeakCause> = row.opt_text("leak_cause")?.and_then(|word| read(&word));
        let many: u64 = row.get("many")?;
        match cause {
            None => report.waiting += many,
            Some(cause) => match report.causes.iter_mut().find(|(known, _)| *known == cause) {
                Some((_, count)) => *count += many,
                None => report.causes.push((cause, many)),
            },
        }
        let inside = if cause.is_some_and(LeakCause::has_earlier) { many } else { 0 };
        match report.units.iter_mut().find(|(known, ..)| *known == unit) {
            Some((_, all, earlier)) => (*all, *earlier) = (*all + many, *earlier + inside),
            None => report.units.push((unit, many, inside)),
        }
    }
    report.units.sort_by(|a, b| (b.2, b.1, &a.0).cmp(&(a.2, a.1, &b.0)));
    Ok(report)
}

/// Earlier cases from inside that this one may stem from: same category and place first, then the newest.
pub(super) fn candidates(
    tx: &mut Tx,
    standing: &Standing,
    away: &[UnitId],
    no: &CaseNo,
    case: &Case,
) -> Result<Vec<Line>, Error> {
    let since = Instant(case.submitted_at.0 - EARLIER_DAYS * DAY_MS);
    let filter =
        not_about(Filter::new(LINE), away).sql("channel not in ").list(outside_ids(&standing.policy.policy));
    let filter = filter.sql(" and submitted_at >= ").value(since);
    let filter =
        filter.sql(" and submitted_at <= ").value(case.submitted_at).sql(" and case_no <> ").value(no);
    let (category, place) = (case.category.as_ref(), case.place.as_ref());
    let filter = filter.sql(" and (category = ").value(category).sql(" or place = ").value(place).sql(")");
    let filter = filter
        .sql(" order by case when category = ")
        .value(category)
        .sql(" and place = ")
        .value(place)
        .sql(" then 0 when place = ")
        .value(place)
        .sql(" then 1 else 2 end, submitted_at desc, case_no limit 8");
    let (sql, values) = filter.finish();
    // Which earlier cases lie near this one?
    let rows = tx.query(sql, &values)?;
    rows.iter().map(|row| line(row, standing)).collect()
}
