//! Asking the shelves: the words as typed, then their sound, then one of them put right.

use super::asked::Asked;
use crate::public::PublicCase;
use crate::stored;
use huiyin_domain::calendar::Instant;
use huiyin_domain::ids::{CaseNo, KindId};
use huiyin_domain::policy::Policy;
use huiyin_foundation::db::{Filter, Tx};
use huiyin_foundation::error::Error;
use huiyin_foundation::index::{
    self, Asking, Expression, Found, Mark, Place, Question, Shelf, Standing, Synonyms, slips,
};
use huiyin_foundation::say::Tag;
use std::collections::HashMap;

/// So many of each group stand on the page of all groups.
const SOME: usize = 5;
/// So many stand on a page of one group.
const PAGE: usize = 20;
/// So many words put right are tried.
const SLIPS_MAX: usize = 6;

/// The groups in their order on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Group {
    Mine,
    Done,
    Open,
}

impl Group {
    pub const ALL: [Group; 3] = [Group::Mine, Group::Done, Group::Open];

    /// As the address names it, and the mark of the public ones.
    pub fn word(self) -> &'static str {
        match self {
            Group::Mine => "mine",
            Group::Done => "done",
            Group::Open => "open",
        }
    }
}

/// Who asks.
pub(super) struct Reader {
    /// The keys of their own cases; none for a stranger.
    pub own: Option<[String; 2]>,
}

/// What is asked.
pub(super) struct Wanted {
    question: Question,
    reader: Reader,
    group: Option<Group>,
    unit: String,
    kind: String,
    months: Vec<String>,
    newest_first: bool,
    after: String,
}

impl Wanted {
    pub fn of(asked: &Asked, policy: &Policy, reader: Reader, now: Instant) -> Wanted {
        let synonyms = Synonyms::of(policy.search.groups());
        let question = Question::read(&asked.q, &synonyms);
        Wanted {
            newest_first: asked.order == "new" || question.is_empty(),
            question,
            reader,
            group: Group::ALL.into_iter().find(|group| group.word() == asked.group),
            unit: asked.unit.clone(),
            kind: asked.kind.clone(),
            months: asked.months(now),
            after: asked.after.clone(),
        }
    }

    /// Whether signs alone were typed.
    fn asks_nothing(&self) -> bool {
        self.question.is_empty() && self.unit.is_empty() && self.kind.is_empty() && self.months.is_empty()
    }

    fn narrowed<'a>(&self, question: &'a Question) -> Asking<'a> {
        let mut asking = Asking::of(question);
        if !self.kind.is_empty() {
            asking = asking.with([Mark::new('k', &self.kind)]);
        }
        if !self.months.is_empty() {
            asking = asking.with(self.months.iter().map(|month| Mark::new('m', month)));
        }
        asking
    }

    /// What everybody may read, and what only members may where the reader is one.
    fn public<'a>(&self, question: &'a Question, group: Group) -> Asking<'a> {
        let mut asking = self.narrowed(question).with([Mark::new('g', group.word())]);
        if !self.unit.is_empty() {
            asking = asking.with([Mark::new('u', &self.unit)]);
        }
        if self.reader.own.is_none() {
            asking = asking.without(Mark::new('a', "member"));
        }
        asking
    }

    fn own<'a>(&self, question: &'a Question, keys: &[String; 2]) -> Asking<'a> {
        self.narrowed(question).with(keys.iter().map(|key| Mark::new('w', key)))
    }
}

/// A case of the reader's own.
pub(super) struct Own {
    pub no: CaseNo,
    pub title: String,
    pub kind: KindId,
    pub submitted_at: Instant,
    pub tag: Tag,
}

/// A published case with what everybody may read of it.
pub(super) struct Shown {
    pub case: PublicCase,
    pub body: String,
}

/// What was found.
pub(super) struct Results {
    /// For each group.
    pub counts: [u64; 3],
    pub own: Vec<Own>,
    pub done: Vec<Shown>,
    pub open: Vec<Shown>,
    /// Where the group that is shown alone goes on.
    pub next: Option<String>,
    /// What was asked in the end.
    pub question: Question,
    /// The word that was put right, and to which.
    pub corrected: Option<(String, String)>,
    pub by_sound: bool,
    /// How much of the index is there, of a hundred; none when all of it is.
    pub percent: Option<u8>,
}

/// Asks.
pub(super) fn find(tx: &mut Tx, wanted: &Wanted, policy: &Policy) -> Result<Results, Error> {
    let mut found = Results {
        counts: [0; 3],
        own: Vec::new(),
        done: Vec::new(),
        open: Vec::new(),
        next: None,
        question: wanted.question.clone(),
        corrected: None,
        by_sound: false,
        percent: None,
    };
    for shelf in Shelf::ALL {
        match index::standing(tx, shelf)? {
            Standing::Whole => {}
            Standing::Building { percent, .. } => {
                found.percent = found.percent.min(Some(percent)).or(Some(percent))
            }
            Standing::Torn => {
                found.percent = Some(0);
                return Ok(found);
            }
        }
    }
    if wanted.asks_nothing() {
        return Ok(found);
    }
    found.counts = counts(tx, wanted, &found.question)?;
    if found.counts == [0; 3] {
        otherwise(tx, wanted, policy, &mut found)?;
    }
    let limit = if wanted.group.is_some() { PAGE } else { SOME };
    for group in Group::ALL {
        if wanted.group.is_none_or(|only| only == group) && found.counts[group as usize] > 0 {
            let after = if wanted.group.is_some() { wanted.after.as_str() } else { "" };
            found.next = match group {
                Group::Mine => {
                    let (own, next) = own(tx, wanted, &found.question, after, limit)?;
                    found.own = own;
                    next
                }
                Group::Done | Group::Open => {
                    let (shown, next) = shown(tx, wanted, &found.question, group, after, limit)?;
                    if group == Group::Done {
                        found.done = shown
                    } else {
                        found.open = shown
                    }
                    next
                }
            };
        }
    }
    found.next = found.next.filter(|_| wanted.group.is_some());
    Ok(found)
}

/// Nothing was found: by sound, then with one word put right to one that the school uses.
fn otherwise(tx: &mut Tx, wanted: &Wanted, policy: &Policy, found: &mut Results) -> Result<(), Error> {
    if let Some(question) = wanted.question.by_sound() {
        let counts = counts(tx, wanted, &question)?;
        if counts != [0; 3] {
            (found.counts, found.question, found.by_sound) = (counts, question, true);
            return Ok(());
        }
    }
    let known = index::known_words(words_of(policy));
    for word in &wanted.question.words {
        for meant in slips(&word.typed, known.iter().map(String::as_str)).into_iter().take(SLIPS_MAX) {
            let question = wanted.question.corrected(&word.typed, &meant);
            let counts = counts(tx, wanted, &question)?;
            if counts != [0; 3] {
                (found.counts, found.question) = (counts, question);
                found.corrected = Some((word.typed.clone(), meant));
                return Ok(());
            }
        }
    }
    Ok(())
}

/// The words of the school's own settings.
fn words_of(policy: &Policy) -> impl Iterator<Item = &str> {
    let units = policy.units.iter().flat_map(|unit| std::iter::once(&unit.name).chain(&unit.aliases));
    let places = policy.places.iter().map(|place| &place.name);
    let categories =
        policy.categories.iter().flat_map(|category| std::iter::once(&category.name).chain(&category.words));
    let synonyms = policy.search.groups().flatten();
    units.chain(places).chain(categories).map(String::as_str).chain(synonyms)
}

fn counts(tx: &mut Tx, wanted: &Wanted, question: &Question) -> Result<[u64; 3], Error> {
    let mut counts = [0; 3];
    let engine = tx.engine();
    for group in [Group::Done, Group::Open] {
        if let Some(asked) = wanted.public(question, group).in_words_of(engine) {
            counts[group as usize] = index::count_public(tx, &asked)?;
        }
    }
    if let Some(keys) = &wanted.reader.own
        && let Some(asked) = wanted.own(question, keys).in_words_of(engine)
    {
        let filter = own_rows(Filter::new("select count(*) as n"), tx, wanted, keys, &asked);
        let (sql, values) = filter.finish();
        // How many of the reader's own?
        counts[Group::Mine as usize] = tx.query_one(sql, &values)?.get("n")?;
    }
    Ok(counts)
}

/// The reader's own cases that answer: by their mark in the index, and by their row.
fn own_rows(filter: Filter, tx: &Tx, wanted: &Wanted, keys: &[String; 2], asked: &Expression) -> Filter {
    let engine = tx.engine();
    let filter = index::among_store(filter, engine);
    let filter = filter.sql("\n join cases on cases.case_no = shelf_entries.key\n where ");
    let filter = index::matches_store(filter, engine, asked).sql("\n and requester_key in ").list(keys);
    if wanted.unit.is_empty() { filter } else { filter.sql("\n and unit = ").value(&wanted.unit) }
}

fn own(
    tx: &mut Tx,
    wanted: &Wanted,
    question: &Question,
    after: &str,
    limit: usize,
) -> Result<(Vec<Own>, Option<String>), Error> {
    let Some(keys) = &wanted.reader.own else { return Ok((Vec::new(), None)) };
    let Some(asked) = wanted.own(question, keys).in_words_of(tx.engine()) else {
        return Ok((Vec::new(), None));
    };
    let columns = Filter::new(
        "select case_no, cases.title as own_title, kind, stage, signed_at, round, solved, submitted_at",
    );
    let mut filter = own_rows(columns, tx, wanted, keys, &asked);
    if let Some((at, no)) = after.split_once('.')
        && let Ok(at) = at.parse::<i64>()
    {
        filter = filter.sql("\n and (submitted_at < ").value(at).sql(" or (submitted_at = ").value(at);
        filter = filter.sql(" and case_no > ").value(no).sql("))");
    }
    let filter = filter.sql("\n order by submitted_at desc, case_no\n limit ").value(limit + 1);
    let (sql, values) = filter.finish();
    // Which of the reader's own?
    let mut found = tx.query_map(sql, &values, |row| {
        Ok::<_, Error>(Own {
            no: row.get("case_no")?,
            title: row.text("own_title")?,
            kind: row.get("kind")?,
            submitted_at: row.instant("submitted_at")?,
            tag: stored::tag(row)?,
        })
    })?;
    let has_more = found.len() > limit;
    found.truncate(limit);
    let last = found.last().filter(|_| has_more);
    let next = last.map(|own| format!("{}.{}", own.submitted_at.0, own.no));
    Ok((found, next))
}

/// The published cases of a group: first those with every word in the title, unless the newest are wanted first.
fn shown(
    tx: &mut Tx,
    wanted: &Wanted,
    question: &Question,
    group: Group,
    after: &str,
    limit: usize,
) -> Result<(Vec<Shown>, Option<String>), Error> {
    let engine = tx.engine();
    let all = wanted.public(question, group);
    let parts =
        if wanted.newest_first { vec![all] } else { vec![all.clone().in_titles(), all.not_in_titles()] };
    let (from, place) = after.split_once('.').unwrap_or(("0", ""));
    let from: usize = from.parse().unwrap_or(0);
    let mut places: Vec<(usize, Found)> = Vec::new();
    for (part, asking) in parts.iter().enumerate().skip(from) {
        let wanting = limit + 1 - places.len();
        if wanting == 0 {
            break;
        }
        let behind = Place::read(place).filter(|_| part == from);
        if let Some(asked) = asking.in_words_of(engine) {
            let found = index::list_public(tx, &asked, behind, wanting)?;
            places.extend(found.into_iter().map(|found| (part, found)));
        }
    }
    let has_more = places.len() > limit;
    places.truncate(limit);
    let next =
        places.last().filter(|_| has_more).map(|(part, found)| format!("{part}.{}", found.place.word()));
    let keys: Vec<&str> = places
        .iter()
        .filter(|(_, found)| found.room == "cases")
        .map(|(_, found)| found.key.as_str())
        .collect();
    let mut by_no = read(tx, &keys)?;
    Ok((keys.iter().filter_map(|key| by_no.remove(*key)).collect(), next))
}

fn read(tx: &mut Tx, keys: &[&str]) -> Result<HashMap<String, Shown>, Error> {
    let filter = Filter::new(
        "select case_no, public_title, public_body, kind, unit, stage, signed_at, round, solved, submitted_at,
           replied_at, published_at,
           (select count(*) from case_echoes where case_echoes.case_no = cases.case_no) as echoes
         from cases
         where is_published = 1
           and case_no in ",
    );
    let (sql, values) = filter.list(keys.iter().copied()).finish();
    // What may everybody read of these?
    let found = tx.query_map(sql, &values, |row| {
        let body = row.opt_text("public_body")?.unwrap_or_default();
        Ok::<_, Error>((row.text("case_no")?, Shown { case: PublicCase::of(row)?, body }))
    })?;
    Ok(found.into_iter().collect())
}
