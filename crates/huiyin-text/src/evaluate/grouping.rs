//! How well a stream is grouped, and how early what many speak of is noticed.

use super::{Clock, Table, Unfit, each, harmonic};
use crate::likeness::Rarity;
use crate::sparse::hash;
use crate::topics::{Message, NOTICE, Stream, WARNING};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// The figures of grouping.
#[derive(Debug, Clone, Serialize)]
pub struct Grouped {
    /// Messages of the stream.
    pub messages: usize,
    /// Topics it fell into.
    pub topics: usize,
    /// The mean of the events' F1, each against the topic that fits it best.
    pub mean_event_f1: f64,
    /// B-cubed precision, recall and F over the messages whose event is known.
    pub b_cubed: [f64; 3],
    /// Topics that drew a crowd worth a look.
    pub notices: usize,
    /// Topics that drew a crowd worth acting on.
    pub warnings: usize,
    /// Every known event.
    pub events: Vec<Event>,
    /// Milliseconds of one message.
    pub milliseconds_each: f64,
}

/// A known event.
#[derive(Debug, Clone, Serialize)]
pub struct Event {
    /// Its name in the file.
    pub event: String,
    /// Its messages.
    pub messages: usize,
    /// Of the topic that fits it best: precision, recall, F1.
    pub precision: f64,
    /// See `precision`.
    pub recall: f64,
    /// See `precision`.
    pub f1: f64,
    /// So many of its messages had come when that topic was first worth a look; `None` if it never was.
    pub noticed_after: Option<usize>,
    /// So many when it was first worth acting on.
    pub warned_after: Option<usize>,
    /// So many had come up to the end of its fullest day.
    pub peak_after: usize,
}

/// One message as it was grouped.
struct Taken {
    day: i64,
    event: String,
    topic: u32,
}

/// Takes the messages of a file in the order of their time; rarity is counted on another file, or on the stream itself.
///
/// # Errors
/// [`Unfit`] for a file without `time` or `user`.
pub fn topics(elsewhere: Option<&Table>, judge: &Table, clock: Clock<'_>) -> Result<Grouped, Unfit> {
    let (time, user) = (judge.column(&["time"])?, judge.column(&["user"])?);
    let event = judge.column(&["event"]).ok();
    let mut rarity = Rarity::default();
    let counted = elsewhere.unwrap_or(judge);
    for row in 0..counted.len() {
        let (title, body) = counted.words_of(row);
        rarity.add(&title, &body);
    }
    let mut order: Vec<usize> = (0..judge.len()).collect();
    order.sort_by(|one, other| judge.cell(*one, time).cmp(judge.cell(*other, time)).then(one.cmp(other)));
    let mut stream = Stream::new(&rarity);
    let mut taken: Vec<Taken> = Vec::with_capacity(order.len());
    let (mut noticed, mut warned) = (HashMap::new(), HashMap::new());
    let begun = clock();
    for (at, row) in order.iter().enumerate() {
        let (title, body) = judge.words_of(*row);
        let day = day_of(judge.cell(*row, time));
        let person = hash(judge.cell(*row, user).as_bytes(), 0);
        let joined = stream.take(Message { day, person, place: None, title: &title, body: &body });
        if stream.has_drawn(joined.topic, NOTICE) {
            noticed.entry(joined.topic).or_insert(at);
        }
        if stream.has_drawn(joined.topic, WARNING) {
            warned.entry(joined.topic).or_insert(at);
        }
        let event = event.map_or("", |column| judge.cell(*row, column));
        taken.push(Taken { day, event: event.to_owned(), topic: joined.topic });
    }
    let milliseconds_each = each(clock() - begun, taken.len());
    let known: BTreeSet<&str> =
        taken.iter().map(|one| one.event.as_str()).filter(|event| !event.is_empty()).collect();
    let events: Vec<Event> = known.into_iter().map(|event| told(event, &taken, &noticed, &warned)).collect();
    Ok(Grouped {
        messages: taken.len(),
        topics: stream.topics(),
        mean_event_f1: events.iter().map(|one| one.f1).sum::<f64>() / events.len().max(1) as f64,
        b_cubed: b_cubed(&taken),
        notices: noticed.len(),
        warnings: warned.len(),
        events,
        milliseconds_each,
    })
}

fn told(event: &str, taken: &[Taken], noticed: &HashMap<u32, usize>, warned: &HashMap<u32, usize>) -> Event {
    let messages = taken.iter().filter(|one| one.event == event).count();
    let mut hits: BTreeMap<u32, usize> = BTreeMap::new();
    taken.iter().filter(|one| one.event == event).for_each(|one| *hits.entry(one.topic).or_default() += 1);
    let fits = |topic: u32, hits: usize| {
        let size = taken.iter().filter(|one| one.topic == topic).count();
        (hits as f64 / size as f64, hits as f64 / messages as f64)
    };
    let best = hits.iter().map(|(topic, hits)| (*topic, fits(*topic, *hits))).max_by(|one, other| {
        harmonic(one.1.0, one.1.1).total_cmp(&harmonic(other.1.0, other.1.1)).then(other.0.cmp(&one.0))
    });
    let (topic, (precision, recall)) = best.unwrap_or((0, (0.0, 0.0)));
    let come_by = |at: usize| taken[..=at].iter().filter(|one| one.event == event).count();
    let mut by_day: BTreeMap<i64, usize> = BTreeMap::new();
    taken.iter().filter(|one| one.event == event).for_each(|one| *by_day.entry(one.day).or_default() += 1);
    let peak = by_day
        .iter()
        .max_by(|one, other| one.1.cmp(other.1).then(other.0.cmp(one.0)))
        .map_or(0, |(day, _)| *day);
    Event {
        event: event.to_owned(),
        messages,
        precision,
        recall,
        f1: harmonic(precision, recall),
        noticed_after: noticed.get(&topic).map(|at| come_by(*at)),
        warned_after: warned.get(&topic).map(|at| come_by(*at)),
        peak_after: taken.iter().filter(|one| one.event == event && one.day <= peak).count(),
    }
}

/// B-cubed over the messages whose event is known; their topics may hold others, which say nothing here.
fn b_cubed(taken: &[Taken]) -> [f64; 3] {
    let known: Vec<&Taken> = taken.iter().filter(|one| !one.event.is_empty()).collect();
    let (mut precision, mut recall) = (0.0, 0.0);
    for one in &known {
        let topic: HashSet<usize> =
            (0..known.len()).filter(|other| known[*other].topic == one.topic).collect();
        let event: HashSet<usize> =
            (0..known.len()).filter(|other| known[*other].event == one.event).collect();
        let both = topic.intersection(&event).count() as f64;
        precision += both / topic.len() as f64;
        recall += both / event.len() as f64;
    }
    let count = known.len().max(1) as f64;
    let (precision, recall) = (precision / count, recall / count);
    [precision, recall, harmonic(precision, recall)]
}

/// Days since the first of March of year 0 for what begins `2019-07-31`; 0 for what is no day.
fn day_of(time: &str) -> i64 {
    let number = |from: usize, to: usize| time.get(from..to).and_then(|part| part.parse::<i64>().ok());
    let (Some(year), Some(month), Some(day)) = (number(0, 4), number(5, 7), number(8, 10)) else { return 0 };
    // Years begin in March, so that the leap day is the last.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day - 1
}
