//! Topics as somebody sees them: read from the rows as they stand, and only from those that this reader may see.

use super::entering::that_may_enter;
use super::naming::{PEOPLE_MIN, shared_words};
use super::scope::Scope;
use super::window::DAY_MS;
use crate::stored;
use huiyin_domain::calendar::{Day, Instant};
use huiyin_domain::policy::Policy;
use huiyin_foundation::db::{Filter, Row, Tx};
use huiyin_foundation::error::Error;
use huiyin_foundation::params;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The usual number a week is that of so many weeks before.
pub(super) const USUAL_WEEKS: i64 = 8;
/// A list is made from what came in during so many days.
const LATELY_DAYS: i64 = 7 * (USUAL_WEEKS + 1);
/// Lists name so many places, units and categories.
const NAMED_MAX: usize = 3;

/// A case in a topic.
#[derive(Clone, Debug)]
pub(super) struct Spoken {
    pub topic: String,
    pub no: String,
    pub title: String,
    pub place: String,
    pub unit: String,
    pub category: String,
    pub at: Instant,
    person: String,
}

/// What the office made of a topic.
#[derive(Clone, Debug, Default)]
pub(super) struct Made {
    pub name: String,
    pub closed: Option<Instant>,
}

/// A topic in numbers.
#[derive(Clone, Debug)]
pub(super) struct Topic {
    pub id: String,
    pub name: String,
    pub closed: Option<Instant>,
    pub cases: Vec<Spoken>,
    /// Of the days that were asked for.
    pub people: usize,
    pub this_week: usize,
    pub people_this_week: usize,
    /// How many a week are usual.
    pub usual: f64,
}

impl Spoken {
    fn of(row: &Row) -> Result<Spoken, Error> {
        Ok(Spoken {
            topic: row.text("topic")?,
            no: row.text("case_no")?,
            title: row.text("title")?,
            place: row.opt_text("place")?.unwrap_or_default(),
            unit: row.opt_text("unit")?.unwrap_or_default(),
            category: row.opt_text("category")?.unwrap_or_default(),
            at: row.instant("submitted_at")?,
            person: row.opt_text("requester_key")?.unwrap_or_default(),
        })
    }
}

impl Topic {
    fn of(
        id: String,
        cases: Vec<Spoken>,
        made: &Made,
        scope: &Scope,
        policy: &Policy,
        now: Instant,
    ) -> Topic {
        let since = |days: i64| now.0 - days * DAY_MS;
        let week: Vec<&Spoken> = cases.iter().filter(|one| one.at.0 > since(7)).collect();
        let before = cases.iter().filter(|one| one.at.0 <= since(7) && one.at.0 > since(LATELY_DAYS)).count();
        // What the office wrote may be made of cases that only the office sees.
        let is_named = *scope == Scope::School && !made.name.is_empty();
        Topic {
            name: if is_named { made.name.clone() } else { named(&cases, policy) },
            closed: made.closed,
            people: people(cases.iter()),
            this_week: week.len(),
            people_this_week: people(week.into_iter()),
            usual: before as f64 / USUAL_WEEKS as f64,
            cases,
            id,
        }
    }

    /// 「4 倍」, where there is something to compare with.
    pub fn times(&self) -> Option<String> {
        times(self.this_week as f64, self.usual)
    }

    /// How many came on each of the last so many days, the oldest first.
    pub fn by_day(&self, now: Instant, days: i64) -> Vec<(Day, usize)> {
        (0..days)
            .rev()
            .map(|ago| Instant(now.0 - ago * DAY_MS).day())
            .map(|day| (day, self.cases.iter().filter(|one| one.at.day() == day).count()))
            .collect()
    }

    /// The places most speak of.
    pub fn places(&self, policy: &Policy) -> Vec<(String, usize)> {
        let name =
            |id: &str| policy.places.iter().find(|place| place.id.as_str() == id).map(|one| one.name.clone());
        most(&self.cases, |one| &one.place, name)
    }

    /// The units that have most of it.
    pub fn units(&self, policy: &Policy) -> Vec<(String, usize)> {
        most(&self.cases, |one| &one.unit, |id| Some(stored::unit_name(policy, &id.into())))
    }

    /// The categories most of it has.
    pub fn categories(&self, policy: &Policy) -> Vec<(String, usize)> {
        most(&self.cases, |one| &one.category, |id| category_name(policy, id))
    }
}

/// 「4 倍」 of what is usual; nothing where hardly anything is usual.
pub(super) fn times(now: f64, usual: f64) -> Option<String> {
    let times = now / usual;
    (usual >= 0.5 && times >= 1.5).then(|| {
        if times < 10.0 && (times - times.round()).abs() >= 0.1 {
            format!("{times:.1} 倍")
        } else {
            format!("{times:.0} 倍")
        }
    })
}

/// What the catalogue calls a category.
pub(super) fn category_name(policy: &Policy, id: &str) -> Option<String> {
    policy.categories.iter().find(|one| one.id.as_str() == id).map(|one| one.name.clone())
}

/// The topics of which this reader sees enough, those of most people this week first.
pub(super) fn lately(tx: &mut Tx, policy: &Policy, scope: &Scope, now: Instant) -> Result<Vec<Topic>, Error> {
    let made = made(tx)?;
    let filter =
        spoken(policy, scope).sql("\n and insight_members.topic <> ''\n and insight_members.at_ms > ");
    let filter = filter.value(now.0 - LATELY_DAYS * DAY_MS);
    let (sql, values) = filter.sql("\n order by insight_members.at_ms, cases.case_no").finish();
    // What came to topics during these weeks?
    let rows = tx.query_map(sql, &values, Spoken::of)?;
    let mut by_topic: BTreeMap<String, Vec<Spoken>> = BTreeMap::new();
    for one in rows {
        by_topic.entry(one.topic.clone()).or_default().push(one);
    }
    let nothing = Made::default();
    let mut topics: Vec<Topic> = by_topic
        .into_iter()
        .filter(|(_, cases)| people(cases.iter()) >= PEOPLE_MIN)
        .map(|(id, cases)| {
            let made = made.get(&id).unwrap_or(&nothing);
            Topic::of(id, cases, made, scope, policy, now)
        })
        .collect();
    topics.sort_by(|one, other| {
        let rank = |topic: &Topic| (topic.people_this_week, topic.people);
        rank(other).cmp(&rank(one)).then(one.id.cmp(&other.id))
    });
    Ok(topics)
}

/// One topic with all that this reader sees of it; nothing where it is too little.
pub(super) fn one(
    tx: &mut Tx,
    policy: &Policy,
    scope: &Scope,
    id: &str,
    now: Instant,
) -> Result<Option<Topic>, Error> {
    let made = made(tx)?;
    let filter = spoken(policy, scope).sql("\n and insight_members.topic = ").value(id);
    let (sql, values) = filter.sql("\n order by insight_members.at_ms, cases.case_no").finish();
    // What came to this topic?
    let cases = tx.query_map(sql, &values, Spoken::of)?;
    if id.is_empty() || people(cases.iter()) < PEOPLE_MIN {
        return Ok(None);
    }
    let made = made.get(id).cloned().unwrap_or_default();
    Ok(Some(Topic::of(id.to_owned(), cases, &made, scope, policy, now)))
}

/// Into which topic another went, for those that were merged.
pub(super) fn merged(tx: &mut Tx) -> Result<HashMap<String, String>, Error> {
    // Which topics were taken for one?
    let rows =
        tx.query("select topic, object from insight_decisions where verb = 'merge' order by seq", params![])?;
    let mut into: HashMap<String, String> = HashMap::new();
    for row in &rows {
        let (topic, object) = (row.text("topic")?, row.text("object")?);
        into.values_mut().filter(|other| **other == topic).for_each(|other| other.clone_from(&object));
        into.insert(topic, object);
    }
    Ok(into)
}

fn made(tx: &mut Tx) -> Result<HashMap<String, Made>, Error> {
    // What did the office make of topics?
    let made = tx.query_map(
        "select topic, name, closed_ms from insight_topics where name <> '' or closed_ms is not null",
        params![],
        |row| {
            let made = Made { name: row.text("name")?, closed: row.opt_instant("closed_ms")? };
            Ok::<_, Error>((row.text("topic")?, made))
        },
    )?;
    Ok(made.into_iter().collect())
}

fn spoken(policy: &Policy, scope: &Scope) -> Filter {
    let filter = Filter::new(
        "select insight_members.topic, cases.case_no, cases.title, cases.place, cases.unit, cases.category,
           cases.submitted_at, cases.requester_key
         from insight_members
         join cases on cases.case_no = insight_members.case_no
         where ",
    );
    scope.narrow(that_may_enter(filter, policy))
}

fn people<'a>(cases: impl Iterator<Item = &'a Spoken>) -> usize {
    cases.map(|one| one.person.as_str()).collect::<BTreeSet<_>>().len()
}

/// The name of a topic from the cases that are seen of it.
fn named(cases: &[Spoken], policy: &Policy) -> String {
    let known: Vec<&str> =
        cases.iter().map(|one| one.person.as_str()).collect::<BTreeSet<_>>().into_iter().collect();
    let number = |person: &str| known.binary_search(&person).unwrap_or_default();
    let titles: Vec<(usize, &str)> =
        cases.iter().map(|one| (number(&one.person), one.title.as_str())).collect();
    if let Some(words) = shared_words(&titles) {
        return words;
    }
    let often = |of: fn(&Spoken) -> &str| {
        let mut by: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for one in cases.iter().filter(|one| !of(one).is_empty()) {
            by.entry(of(one)).or_default().insert(&one.person);
        }
        let most = by.into_iter().filter(|(_, who)| who.len() >= PEOPLE_MIN).max_by_key(|(_, who)| who.len());
        most.map(|(id, _)| id)
    };
    let place = often(|one| &one.place);
    let place = policy.places.iter().find(|one| Some(one.id.as_str()) == place).map(|one| one.name.clone());
    let category = often(|one| &one.category).and_then(|id| category_name(policy, id));
    match (place, category) {
        (None, None) => "多人说到的同一件事".to_owned(),
        (place, category) => [place, category].into_iter().flatten().collect::<Vec<_>>().join(" "),
    }
}

fn most(
    cases: &[Spoken],
    of: fn(&Spoken) -> &String,
    name: impl Fn(&str) -> Option<String>,
) -> Vec<(String, usize)> {
    let mut counted: BTreeMap<&str, usize> = BTreeMap::new();
    for one in cases.iter().filter(|one| !of(one).is_empty()) {
        *counted.entry(of(one)).or_default() += 1;
    }
    let mut counted: Vec<(&str, usize)> = counted.into_iter().collect();
    counted.sort_by(|one, other| other.1.cmp(&one.1).then(one.0.cmp(other.0)));
    counted.into_iter().take(NAMED_MAX).filter_map(|(id, n)| Some((name(id)?, n))).collect()
}
