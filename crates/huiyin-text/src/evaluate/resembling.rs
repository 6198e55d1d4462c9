//! How well the same matter is found in other words.

use super::{Clock, Table, Unfit, each};
use crate::find::{Compared, HOLDERS_MAX, tokens};
use crate::likeness::{Blend, Print, Rarity};
use crate::nearest::Nearest;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::convert::Infallible;

/// The figures of finding what is alike.
#[derive(Debug, Clone, Serialize)]
pub struct Resembling {
    /// Messages to find it among.
    pub corpus: usize,
    /// Asked with the whole message.
    pub whole: Resembled,
    /// Asked with the title alone, as somebody is still typing.
    pub title: Resembled,
    /// Both again as the pages ask: a short list from the index, compared by pairs of characters alone, with rarity counted on
    /// part of the texts.
    pub shortlisted: Shortlisted,
}

/// The figures of the way that serves a million texts.
#[derive(Debug, Clone, Serialize)]
pub struct Shortlisted {
    /// Asked with the whole message.
    pub whole: Resembled,
    /// Asked with the title alone.
    pub title: Resembled,
}

/// One way of asking.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Resembled {
    /// Questions.
    pub asked: usize,
    /// Share of questions answered by the first found.
    pub recall_at_1: f64,
    /// Share answered among the first five.
    pub recall_at_5: f64,
    /// The mean of one over the rank of the first right one.
    pub mean_reciprocal_rank: f64,
    /// Asked and answered among the first five, by kind of question.
    pub by_kind: BTreeMap<String, (usize, usize)>,
    /// Milliseconds of one question.
    pub milliseconds_each: f64,
}

/// Asks for every message of `judge` (columns `matter`, `id`) which others of its matter stand near it in the corpora.
///
/// # Errors
/// [`Unfit`] for a file without the columns; and for a message that stands in no corpus.
pub fn similar(corpora: &[Table], judge: &Table, clock: Clock<'_>) -> Result<Resembling, Unfit> {
    let mut ids = Vec::new();
    let mut words = Vec::new();
    for corpus in corpora {
        let id = corpus.column(&["id"])?;
        ids.extend((0..corpus.len()).map(|row| corpus.cell(row, id).to_owned()));
        words.extend((0..corpus.len()).map(|row| corpus.words_of(row)));
    }
    let mut rarity = Rarity::default();
    words.iter().for_each(|(title, body)| rarity.add(title, body));
    let number: HashMap<&str, usize> =
        ids.iter().enumerate().rev().map(|(number, id)| (id.as_str(), number)).collect();
    let questions = questions(judge, &number)?;
    let ask = |blend: Blend| {
        let mut nearest = Nearest::default();
        for (title, body) in &words {
            nearest.add(&Print::of(title, body, &rarity, blend));
        }
        let mut found = Resembled { asked: questions.len(), ..Resembled::default() };
        let begun = clock();
        for question in &questions {
            let (title, body) = &words[question.number];
            let body = if blend == Blend::TYPING { "" } else { body };
            let print = Print::of(title, body, &rarity, blend);
            let others = nearest
                .like(&print, 0, 0.0)
                .into_iter()
                .filter(|(other, _)| *other as usize != question.number);
            let rank =
                others.map(|(other, _)| other as usize).position(|other| question.same.contains(&other));
            found.note(rank, &question.kind);
        }
        found.finish(each(clock() - begun, questions.len()));
        found
    };
    let shortlisted = Shortlisted {
        whole: by_shortlist(&words, &questions, true, clock),
        title: by_shortlist(&words, &questions, false, clock),
    };
    Ok(Resembling { corpus: words.len(), whole: ask(Blend::SIMILAR), title: ask(Blend::TYPING), shortlisted })
}

/// On so many texts rarity is counted, taken evenly from all.
const COUNTED: usize = 2_000;

fn by_shortlist(
    words: &[(String, String)],
    questions: &[Question],
    is_whole: bool,
    clock: Clock<'_>,
) -> Resembled {
    let mut rarity = Rarity::default();
    let step = words.len().div_ceil(COUNTED).max(1);
    words.iter().step_by(step).for_each(|(title, body)| rarity.add_pairs(title, body));
    let mut postings: HashMap<String, Vec<i64>> = HashMap::new();
    for (number, (title, body)) in (0_i64..).zip(words) {
        let pieces = format!("{} {}", tokens(title), tokens(body));
        let pieces: BTreeSet<&str> = pieces.split(' ').collect();
        for piece in pieces {
            postings.entry(piece.to_owned()).or_default().push(number);
        }
    }
    let mut found = Resembled { asked: questions.len(), ..Resembled::default() };
    let begun = clock();
    for question in questions {
        let (title, body) = &words[question.number];
        let compared = Compared::new(title, if is_whole { body } else { "" }, &rarity);
        let holders = |piece: &str| {
            let newest = postings.get(piece).into_iter().flat_map(|held| held.iter().rev().copied());
            Ok::<_, Infallible>(newest.take(HOLDERS_MAX).collect())
        };
        let Ok(listed) = compared.shortlist(holders);
        let numbers = listed.into_iter().filter_map(|number| usize::try_from(number).ok());
        let mut others: Vec<(f32, usize)> = numbers
            .filter(|number| *number != question.number)
            .map(|number| (compared.likeness(&words[number].0, &words[number].1), number))
            .collect();
        others.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)));
        found.note(others.iter().position(|(_, number)| question.same.contains(number)), &question.kind);
    }
    found.finish(each(clock() - begun, questions.len()));
    found
}

struct Question {
    number: usize,
    kind: String,
    same: Vec<usize>,
}

fn questions(judge: &Table, number: &HashMap<&str, usize>) -> Result<Vec<Question>, Unfit> {
    let (matter, id) = (judge.column(&["matter"])?, judge.column(&["id"])?);
    let kinds = [judge.column(&["same"]).ok(), judge.column(&["kind"]).ok()];
    let unknown = |id: &str| Unfit::Message { file: judge.file(), id: id.to_owned() };
    let numbered: Vec<usize> = (0..judge.len())
        .map(|row| judge.cell(row, id))
        .map(|id| number.get(id).copied().ok_or_else(|| unknown(id)))
        .collect::<Result<_, _>>()?;
    Ok((0..judge.len())
        .map(|row| Question {
            number: numbered[row],
            kind: kinds.iter().flatten().map(|column| judge.cell(row, *column)).collect::<Vec<_>>().join("/"),
            same: (0..judge.len())
                .filter(|other| *other != row && judge.cell(*other, matter) == judge.cell(row, matter))
                .map(|other| numbered[other])
                .collect(),
        })
        .collect())
}

impl Resembled {
    fn note(&mut self, rank: Option<usize>, kind: &str) {
        let by_kind = self.by_kind.entry(kind.to_owned()).or_default();
        by_kind.0 += 1;
        let Some(rank) = rank else { return };
        self.mean_reciprocal_rank += 1.0 / (rank + 1) as f64;
        self.recall_at_1 += f64::from(u8::from(rank == 0));
        if rank < 5 {
            self.recall_at_5 += 1.0;
            by_kind.1 += 1;
        }
    }

    fn finish(&mut self, milliseconds_each: f64) {
        let asked = self.asked.max(1) as f64;
        self.recall_at_1 /= asked;
        self.recall_at_5 /= asked;
        self.mean_reciprocal_rank /= asked;
        self.milliseconds_each = milliseconds_each;
    }
}
