//! Which cases answer to a question. Asked by night and when a question is changed, never while somebody waits for a page:
//! what came in within the days of the question is gone through once.

use super::question::{Kind, Question};
use crate::cases::open::OPEN;
use huiyin_domain::calendar::Instant;
use huiyin_domain::ids::{CaseNo, CategoryId, PlaceId};
use huiyin_foundation::db::{Filter, Tx};
use huiyin_foundation::error::Error;
use std::collections::{BTreeMap, HashMap, VecDeque};

const DAY_MS: i64 = 86_400_000;
/// What is not a matter of its own any longer is on no list but that of what is still open.
const COUNTS: &str = " and stage not in ('withdrawn', 'declined', 'merged')";

/// The cases that answer, each with what it has in common with others there; mostly nothing.
pub(super) type Found = BTreeMap<CaseNo, String>;

/// Every case that answers to the question at this moment.
pub(super) fn sift(tx: &mut Tx, question: &Question, now: Instant) -> Result<Found, Error> {
    match question.kind {
        Kind::Shelved => shelved(tx, question, now),
        Kind::Repeated => repeated(tx, question, now),
        Kind::Concentrated => concentrated(tx, question, now),
        Kind::Hard => plain(tx, hard(lately(SELECT, question, now), question)),
        Kind::Reopened => {
            plain(tx, lately(SELECT, question, now).sql(" and round >= ").value(question.at_least))
        }
        Kind::Bounced => {
            plain(tx, lately(SELECT, question, now).sql(" and send_backs >= ").value(question.at_least))
        }
    }
}

const SELECT: &str = "select case_no from cases where ";

/// The days of the question as the moment they begin with.
fn since(now: Instant, days: u16) -> Instant {
    now.plus_ms(-i64::from(days) * DAY_MS)
}

/// What came in lately, is a matter of its own and what the question is narrowed to.
fn lately(head: &'static str, question: &Question, now: Instant) -> Filter {
    let filter = Filter::new(head).sql("submitted_at >= ").value(since(now, question.days)).sql(COUNTS);
    narrowed(filter, question)
}

fn narrowed(mut filter: Filter, question: &Question) -> Filter {
    if let Some(unit) = &question.unit {
        filter = filter.sql(" and unit = ").value(unit);
    }
    if let Some(kind) = &question.of_kind {
        filter = filter.sql(" and kind = ").value(kind);
    }
    if let Some(category) = &question.category {
        filter = filter.sql(" and category = ").value(category);
    }
    if let Some(place) = &question.place {
        filter = filter.sql(" and place = ").value(place);
    }
    filter
}

fn hard(filter: Filter, question: &Question) -> Filter {
    filter
        .sql(
            "
           and (case when result_extended = 1 then 1 else 0 end
              + case when leader is not null then 1 else 0 end
              + case when is_instructed = 1 then 1 else 0 end
              + case when shelved_at is not null then 1 else 0 end
              + case when round >= 2 then 1 else 0 end
              + case when missed >= ",
        )
        .value(question.second)
        .sql(" then 1 else 0 end) >= ")
        .value(question.at_least)
}

fn plain(tx: &mut Tx, filter: Filter) -> Result<Found, Error> {
    let (sql, values) = filter.finish();
    // Which cases answer to this question?
    let found = tx.query_map(sql, &values, |row| Ok::<_, Error>((row.get("case_no")?, String::new())))?;
    Ok(found.into_iter().collect())
}

fn shelved(tx: &mut Tx, question: &Question, now: Instant) -> Result<Found, Error> {
    let filter = Filter::new(SELECT).sql("review_on is not null");
    let mut found = plain(tx, narrowed(filter, question))?;
    let filter = Filter::new(SELECT).sql(OPEN).sql(" and submitted_at <= ");
    found.extend(plain(tx, narrowed(filter.value(since(now, question.at_least)), question))?);
    Ok(found)
}

fn concentrated(tx: &mut Tx, question: &Question, now: Instant) -> Result<Found, Error> {
    const HEAD: &str = "select category, place, case_no,
           case when identity = 'open' then coalesce(requester_key, case_no) else case_no end as person
         from cases
         where ";
    let filter = lately(HEAD, question, now).sql(" and category is not null and place is not null");
    let (sql, values) = filter.finish();
    let mut crowds: HashMap<(CategoryId, PlaceId), Vec<(CaseNo, String)>> = HashMap::new();
    // Who spoke lately of which category at which place?
    tx.query_each(sql, &values, |row| {
        let matter = (row.get("category")?, row.get("place")?);
        crowds.entry(matter).or_default().push((row.get("case_no")?, row.text("person")?));
        Ok::<_, Error>(())
    })?;
    let mut found = Found::new();
    for ((category, place), mut cases) in crowds {
        cases.sort_by(|one, other| one.1.cmp(&other.1));
        let people = cases.chunk_by(|one, other| one.1 == other.1).count();
        if people >= usize::from(question.at_least) {
            let topic = format!("{category}|{place}");
            found.extend(cases.into_iter().map(|(no, _)| (no, topic.clone())));
        }
    }
    Ok(found)
}

/// What a later case may have in common with an earlier one.
#[derive(PartialEq, Eq, Hash)]
enum Common {
    Person(String, String),
    Room(String, String, String),
}

fn repeated(tx: &mut Tx, question: &Question, now: Instant) -> Result<Found, Error> {
    const HEAD: &str = "select case_no, category, place, room, submitted_at, replied_at,
           case when identity = 'open' then requester_key end as person
         from cases
         where ";
    let first = since(now, question.days);
    // The earlier one may have come in before the days of the question.
    let within_ms = i64::from(question.at_least) * DAY_MS;
    let wide = Question { days: question.days_before(), ..question.clone() };
    let filter = lately(HEAD, &wide, now).sql(" and category is not null order by submitted_at, case_no");
    let (sql, values) = filter.finish();
    let mut ended: HashMap<Common, VecDeque<(Instant, CaseNo)>> = HashMap::new();
    let mut found = Found::new();
    // What came in lately, the earliest first, from whom and where, and when was it answered?
    tx.query_each(sql, &values, |row| {
        let (no, category): (CaseNo, String) = (row.get("case_no")?, row.text("category")?);
        let (came, answered) = (row.instant("submitted_at")?, row.opt_instant("replied_at")?);
        let mut commons = Vec::new();
        if let Some(person) = row.opt_text("person")? {
            commons.push(Common::Person(category.clone(), person));
        }
        if let (Some(place), room) = (row.opt_text("place")?, row.text("room")?)
            && !room.trim().is_empty()
        {
            commons.push(Common::Room(category, place, room.trim().to_owned()));
        }
        for common in commons {
            let earlier = ended.entry(common).or_default();
            let is_before = |(at, _): &&(Instant, CaseNo)| *at <= came && at.0 >= came.0 - within_ms;
            if came >= first
                && let Some((_, before)) = earlier.iter().filter(is_before).max()
            {
                found.entry(no.clone()).or_insert_with(|| before.to_string());
            }
            if let Some(at) = answered {
                earlier.push_back((at, no.clone()));
            }
            // What was answered long ago has been followed by nothing.
            while earlier.front().is_some_and(|(at, _)| at.0 < came.0 - within_ms) {
                earlier.pop_front();
            }
        }
        Ok::<_, Error>(())
    })?;
    Ok(found)
}
