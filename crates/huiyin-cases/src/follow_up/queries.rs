//! Questions about who may still be asked by phone.

use crate::cases::log::Standing;
use crate::cases::sight::{accused_among, not_about};
use crate::dossier::{kind_of, unit_name};
use huiyin_domain::access::{Role, units_near};
use huiyin_domain::calendar::Instant;
use huiyin_domain::ids::{CaseNo, PersonId, UnitId};
use huiyin_foundation::db::{Filter, Row, Tx};
use huiyin_foundation::error::Error;
use huiyin_foundation::say;
use huiyin_foundation::web::Visitor;
use huiyin_people::names;
use std::collections::BTreeSet;

/// A telephone inside the school has as many digits at least.
const PHONE_DIGITS_MIN: usize = 5;
const DAY_MS: i64 = 86_400_000;
/// Whoever has an account is left in peace for so long: most judge on the page.
const WITH_ACCOUNT_AFTER_DAYS: i64 = 3;

/// Which part of the list is looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Part {
    /// Brought in by phone, at a desk or on paper: nobody else will ever ask them.
    #[default]
    WithoutAccount,
    /// Has an account and has not judged.
    WithAccount,
}

impl Part {
    /// The word in the address.
    pub fn word(self) -> &'static str {
        match self {
            Part::WithoutAccount => "registered",
            Part::WithAccount => "online",
        }
    }
}

/// One who may be called.
pub(super) struct Line {
    pub no: CaseNo,
    pub title: String,
    pub kind: (String, u8),
    pub unit: String,
    /// When it was answered, and until when the judgement is open.
    pub when: String,
    pub until: String,
    /// Nobody left a telephone.
    pub has_no_phone: bool,
    /// What became of earlier calls; empty before the first.
    pub called: String,
    /// Where the list goes on after it.
    pub cursor: String,
}

/// Who may be called at all, as this visitor may see it.
fn to_call(
    tx: &mut Tx,
    head: &'static str,
    standing: &Standing,
    visitor: &Visitor,
    part: Part,
) -> Result<Filter, Error> {
    let policy = &standing.policy.policy;
    let own: Vec<UnitId> = visitor.duties.iter().filter_map(|duty| duty.unit.clone()).collect();
    let away = accused_among(tx, &units_near(&visitor.duties, policy))?;
    let open_since = Instant(standing.now.0 - i64::from(policy.rating.days) * DAY_MS);
    let mut filter = not_about(Filter::new(head), &away)
        .sql("stage = 'replied' and identity = 'open' and restricted = 0 and urgency <> 'critical' and calls < ")
        .value(policy.rating.follow_up_calls)
        .sql(" and replied_at > ")
        .value(open_since);
    // Nobody asks about their own answer.
    let office = visitor.has(Role::Clerk).then_some(&policy.school.coordinator);
    for unit in own.iter().chain(office) {
        filter = filter.sql(" and unit <> ").value(unit);
    }
    Ok(match part {
        Part::WithoutAccount => filter.sql(" and requester_id is null"),
        Part::WithAccount => filter
            .sql(" and requester_id is not null and replied_at <= ")
            .value(Instant(standing.now.0 - WITH_ACCOUNT_AFTER_DAYS * DAY_MS)),
    })
}

/// How many may be called.
pub(super) fn count(tx: &mut Tx, standing: &Standing, visitor: &Visitor, part: Part) -> Result<u64, Error> {
    let filter = to_call(tx, "select count(*) as many from cases where ", standing, visitor, part)?;
    let (sql, values) = filter.finish();
    // How many may still be asked by phone?
    Ok(tx.query_one(sql, &values)?.get("many")?)
}

/// A page of them, the one whose time runs out first in front.
pub(super) fn lines(
    tx: &mut Tx,
    standing: &Standing,
    visitor: &Visitor,
    part: Part,
    cursor: Option<(i64, String)>,
    rows_max: usize,
) -> Result<Vec<Line>, Error> {
    let head = "select case_no, title, kind, unit, replied_at, calls, called_at from cases where ";
    let mut filter = to_call(tx, head, standing, visitor, part)?;
    if let Some((at, no)) = cursor {
        filter = filter.sql(" and (replied_at, case_no) > (").value(at).sql(", ").value(no).sql(")");
    }
    let (sql, values) = filter.sql(" order by replied_at, case_no limit ").value(rows_max).finish();
    // Who may still be asked by phone?
    let rows = tx.query(sql, &values)?;
    let mut lines: Vec<Line> = rows.iter().map(|row| line(row, standing)).collect::<Result<_, _>>()?;
    let reachable = reachable(tx, &lines)?;
    for line in &mut lines {
        line.has_no_phone = !reachable.contains(&line.no);
    }
    Ok(lines)
}

/// Which of these left a telephone, with the case or on the roster.
fn reachable(tx: &mut Tx, lines: &[Line]) -> Result<BTreeSet<CaseNo>, Error> {
    if lines.is_empty() {
        return Ok(BTreeSet::new());
    }
    // Who can be reached about these cases?
    let filter = Filter::new(
        "select cases.case_no, cases.requester_id, coalesce(case_texts.words, '') as contact
         from cases
         left join case_texts on case_texts.case_no = cases.case_no
           and case_texts.seq = 1
           and case_texts.kind = 'contact'
           and case_texts.sealed = 0
         where cases.case_no in ",
    );
    let (sql, values) = filter.list(lines.iter().map(|line| &line.no)).finish();
    let rows = tx.query(sql, &values)?;
    let asked =
        rows.iter().map(|row| row.get("requester_id")).collect::<Result<Vec<Option<PersonId>>, _>>()?;
    let asked: Vec<PersonId> = asked.into_iter().flatten().collect();
    let phones = names::phones_of(tx, &asked)?;
    let mut reachable = BTreeSet::new();
    for row in &rows {
        let has_digits = |words: &str| words.chars().filter(char::is_ascii_digit).count() >= PHONE_DIGITS_MIN;
        let person: Option<PersonId> = row.get("requester_id")?;
        let on_roster = person.and_then(|person| phones.get(&person)).map_or("", String::as_str);
        if has_digits(row.str("contact")?) || has_digits(on_roster) {
            reachable.insert(row.get("case_no")?);
        }
    }
    Ok(reachable)
}

fn line(row: &Row, standing: &Standing) -> Result<Line, Error> {
    let policy = &standing.policy.policy;
    let no: CaseNo = row.get("case_no")?;
    let at = row.instant("replied_at")?;
    let unit: Option<UnitId> = row.get("unit")?;
    let until = at.plus_hours(u32::from(policy.rating.days) * 24);
    let calls = row.int("calls")?;
    let called = match row.opt_instant("called_at")? {
        Some(last) => format!("打过 {calls} 次没打通，上次 {}", say::moment(standing.now, last)),
        None => String::new(),
    };
    Ok(Line {
        title: row.text("title")?,
        kind: kind_of(policy, &row.get("kind")?),
        unit: unit.map_or_else(String::new, |unit| unit_name(policy, &unit)),
        when: say::moment(standing.now, at),
        until: say::moment(standing.now, until),
        called,
        has_no_phone: false,
        cursor: format!("{}.{no}", at.0),
        no,
    })
}
