//! Who sees a case: every page and every act begins here. What a viewer may not see does not exist for them (404).

use super::cosigning;
use super::log::{Bench, Loaded, load};
use super::numbers::is_number;
use super::texts::{self, Texts};
use huiyin_domain::access::{Act, Hat, are_kept_away, hats, may, sees_line};
use huiyin_domain::calendar::Instant;
use huiyin_domain::case::{Actor, Case, Identity};
use huiyin_domain::ids::{CaseNo, PersonId, UnitId};
use huiyin_foundation::db::{Filter, Tx};
use huiyin_foundation::error::Error;
use huiyin_foundation::params;
use huiyin_people::{identity, units};

/// A case in the eyes of somebody who may see it.
#[derive(Clone, Debug)]
pub struct Seen {
    /// Its number.
    pub no: CaseNo,
    /// How it stands, with its record.
    pub loaded: Loaded,
    /// What was written.
    pub texts: Texts,
    /// Who is looking.
    pub actor: Actor,
    /// What they are to it.
    pub hats: Vec<Hat>,
    /// The requester by account; only on an open case.
    pub requester: Option<PersonId>,
    /// How many others met the same matter.
    pub echoes: i64,
    /// Somebody is head of its unit; asked only while an answer waits for a second look.
    pub unit_has_head: bool,
}

impl Seen {
    /// How it stands.
    pub fn case(&self) -> &Case {
        &self.loaded.case
    }

    /// Whether the table lets the viewer do this at all; stage and rule are asked by `offers`.
    pub fn may(&self, act: Act) -> bool {
        self.hats.iter().any(|hat| may(*hat, act))
    }

    /// The number of the last line that this reader may read. A form carries it: what goes past somebody must not betray itself
    /// by a gap.
    pub fn last_read(&self) -> u32 {
        let visible = self.loaded.record.iter().rev().find(|line| sees_line(&self.hats, line));
        visible.map_or(0, |line| line.seq)
    }

    /// When it came in.
    pub fn submitted_at(&self) -> Instant {
        self.case().submitted_at
    }
}

/// The case as its requester sees it by account.
pub fn by_account(tx: &mut Tx, bench: &Bench<'_>, person: &PersonId, no: &CaseNo) -> Result<Seen, Error> {
    let keys = keys_of(tx, no)?;
    if !keys.requester_key.as_ref().is_some_and(|key| bench.keys.own_refs(person).contains(key)) {
        return Err(Error::Hidden);
    }
    seen(tx, bench, no, keys, Actor::Requester)
}

/// The case as the holder of its receipt code sees it.
pub fn by_receipt(tx: &mut Tx, bench: &Bench<'_>, code_hash: &str) -> Result<Seen, Error> {
    // Which case has this receipt?
    let row = tx.query_opt("select case_no from cases where receipt_hash = $1", params![code_hash])?;
    let no: CaseNo = row.ok_or(Error::Hidden)?.get("case_no")?;
    let keys = keys_of(tx, &no)?;
    seen(tx, bench, &no, keys, Actor::Requester)
}

/// The case as whoever holds a letter about it may act on it: an open one only. What is restricted, sealed or anonymous is
/// not reached by letter.
pub fn by_letter(tx: &mut Tx, bench: &Bench<'_>, no: &CaseNo) -> Result<Seen, Error> {
    let keys = keys_of(tx, no)?;
    let seen = seen(tx, bench, no, keys, Actor::Requester)?;
    let is_open = seen.case().identity == Identity::Open && !seen.case().restricted;
    if is_open { Ok(seen) } else { Err(Error::Hidden) }
}

/// The case as a member of staff sees it, by the duties they hold on it. Who is only in its squad sees it as an order, by
/// [`by_squad`], and not as staff.
pub fn by_staff(tx: &mut Tx, bench: &Bench<'_>, actor: &Actor, no: &CaseNo) -> Result<Seen, Error> {
    let keys = keys_of(tx, no)?;
    let seen = seen(tx, bench, no, keys, actor.clone())?;
    if seen.hats == [Hat::Volunteer] { Err(Error::Hidden) } else { Ok(seen) }
}

/// The case as an order that a member of its squad has in hand. `actor` holds the duties of a volunteer alone.
pub fn by_squad(tx: &mut Tx, bench: &Bench<'_>, actor: &Actor, no: &CaseNo) -> Result<Seen, Error> {
    let keys = keys_of(tx, no)?;
    let seen = seen(tx, bench, no, keys, actor.clone())?;
    if seen.hats == [Hat::Volunteer] { Ok(seen) } else { Err(Error::Hidden) }
}

/// What somebody who was asked to co-sign finds.
pub enum Asked {
    /// The case in their eyes.
    Seen(Box<Seen>),
    /// They said no: nothing more of it is shown, and they are not told that there is nothing.
    Declined,
}

/// The case as somebody sees it who was asked to co-sign it.
pub fn by_cosigner(tx: &mut Tx, bench: &Bench<'_>, person: &PersonId, no: &CaseNo) -> Result<Asked, Error> {
    let keys = keys_of(tx, no)?;
    let place = cosigning::place_of(tx, no, &bench.keys.person_ref(person))?.ok_or(Error::Hidden)?;
    let duties = identity::duties_of(tx, person)?;
    match seen(tx, bench, no, keys, Actor::Cosigner { place }) {
        Err(Error::Hidden) => Ok(Asked::Declined),
        Err(error) => Err(error),
        // It has become a protected matter, or is about those they work with.
        Ok(seen) if seen.case().restricted || are_kept_away(&duties, seen.case(), bench.policy) => {
            Ok(Asked::Declined)
        }
        Ok(seen) => Ok(Asked::Seen(Box::new(seen))),
    }
}

struct RequesterKeys {
    requester_id: Option<PersonId>,
    requester_key: Option<String>,
    echoes: i64,
}

fn keys_of(tx: &mut Tx, no: &CaseNo) -> Result<RequesterKeys, Error> {
    if !is_number(no.as_str()) {
        return Err(Error::Hidden);
    }
    // Whose case is it, and how many met the same?
    let row = tx.query_opt(
        "select requester_id, requester_key,
           (select count(*) from case_echoes where case_echoes.case_no = cases.case_no) as echoes
         from cases
         where case_no = $1",
        params![no],
    )?;
    let row = row.ok_or(Error::Hidden)?;
    Ok(RequesterKeys {
        requester_id: row.get("requester_id")?,
        requester_key: row.opt_text("requester_key")?,
        echoes: row.int("echoes")?,
    })
}

/// Whether somebody is head of the unit that has a proposed answer; where nobody is, the coordinating office signs.
pub(crate) fn has_head(tx: &mut Tx, case: &Case) -> Result<bool, Error> {
    match case.unit.as_ref().filter(|_| case.proposed.is_some()) {
        Some(unit) => Ok(!units::heads_of(tx, unit)?.is_empty()),
        None => Ok(true),
    }
}

fn seen(
    tx: &mut Tx,
    bench: &Bench<'_>,
    no: &CaseNo,
    keys: RequesterKeys,
    actor: Actor,
) -> Result<Seen, Error> {
    let loaded = load(tx, no)?.ok_or(Error::Hidden)?;
    let hats = hats(&actor, &loaded.case, bench.policy);
    if hats.is_empty() {
        return Err(Error::Hidden);
    }
    let texts = texts::load(tx, no)?.after(loaded.case.removed);
    let (requester, echoes) = (keys.requester_id, keys.echoes);
    let unit_has_head = has_head(tx, &loaded.case)?;
    Ok(Seen { no: no.clone(), loaded, texts, actor, hats, requester, echoes, unit_has_head })
}

/// Which of these units any case is about at all: mostly none, and then the counts are asked as for everybody else.
pub(crate) fn accused_among(tx: &mut Tx, units: &[UnitId]) -> Result<Vec<UnitId>, Error> {
    if units.is_empty() {
        return Ok(Vec::new());
    }
    // Which units are cases about?
    let rows = tx.query("select distinct recused from cases where recused <> ''", params![])?;
    let mut accused: Vec<UnitId> = Vec::new();
    for row in &rows {
        accused.extend(row.str("recused")?.split(' ').map(UnitId::from));
    }
    Ok(units.iter().filter(|unit| accused.contains(unit)).cloned().collect())
}

/// Leaves out of a list what is about one of these units ([`huiyin_domain::access::units_near`] the reader), so that a page ends where it should; a
/// condition follows.
pub(crate) fn not_about(filter: Filter, away: &[UnitId]) -> Filter {
    away.iter().fold(filter, |filter, unit| {
        // The ids of the units stand in one text, with a space between them.
        filter.sql("' ' || recused || ' ' not like ").value(format!("% {unit} %")).sql("\n and ")
    })
}
