//! The window of messages that a new case is compared with: what came in half a year before, held in memory and made again
//! from the tables whenever it is not there.
//!
//! How rare a pair of characters is, is counted on the school's own texts of a year, and anew whenever a quarter more have
//! come; between two such counts it stands still, so that the same cases in the same order always give the same topics.

use huiyin_domain::calendar::Instant;
use huiyin_domain::policy::Policy;
use huiyin_text::topics::{Candidate, NEIGHBOURS_FROM, by_place, choose};
use huiyin_text::{Blend, Nearest, Print, Rarity};
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

/// A message is compared with those of so many days before it.
pub(super) const WINDOW_DAYS: i64 = 180;
/// Rarity is counted on so many days.
pub(super) const RARITY_DAYS: i64 = 365;
pub(super) const DAY_MS: i64 = 86_400_000;
/// No more than so many of the newest are held: it bounds memory and time where very many write.
const HELD_MAX: usize = 20_000;
/// So much of what somebody wrote is looked at.
const BODY_CHARS: usize = 400;
/// The likeliest of two places can raise a likeness by so much.
const PLACE_MAX: f32 = 1.2;
/// Rarity is counted anew after so many texts at the earliest.
const ANEW_MIN: u64 = 16;
/// What stands in the catalogue is no rare word from the first case on.
const CATALOGUE_COUNTS: usize = 3;

/// A case as the window holds it.
#[derive(Clone, Debug)]
pub(super) struct Message {
    pub no: String,
    pub topic: String,
    pub at: Instant,
    pub place: Option<String>,
    pub title: String,
    pub body: String,
}

struct Held {
    at: Instant,
    place: Option<u64>,
    topic: u32,
}

/// What is held.
pub(super) struct Window {
    rarity: Rarity,
    counted: u64,
    since: u64,
    nearest: Nearest,
    held: Vec<Held>,
    first: usize,
    names: Vec<String>,
    numbers: HashMap<String, u32>,
    sizes: HashMap<u32, usize>,
    /// The last case that was taken in.
    pub cursor: (i64, String),
    /// The last decision it knows of.
    pub decided: i64,
}

impl Window {
    /// An empty window that knows the catalogue.
    pub fn new(policy: &Policy) -> Window {
        let mut rarity = Rarity::default();
        for _ in 0..CATALOGUE_COUNTS {
            policy.places.iter().for_each(|place| rarity.add_pairs(&place.name, ""));
            policy.categories.iter().for_each(|one| rarity.add_pairs(&one.name, &one.words.join("，")));
        }
        Window {
            rarity,
            counted: 0,
            since: 0,
            nearest: Nearest::default(),
            held: Vec::new(),
            first: 0,
            names: Vec::new(),
            numbers: HashMap::new(),
            sizes: HashMap::new(),
            cursor: (i64::MIN, String::new()),
            decided: 0,
        }
    }

    /// Counts a text of before the last count of rarity.
    pub fn count(&mut self, title: &str, body: &str) {
        self.rarity.add_pairs(title, &cut(body));
        self.counted += 1;
    }

    /// Whether rarity is to be counted anew before the next message.
    pub fn is_to_count_anew(&self) -> bool {
        self.since >= (self.counted / 4).max(ANEW_MIN)
    }

    /// Puts a message in whose topic is known.
    pub fn put(&mut self, message: &Message, is_after_count: bool) {
        let print = self.print(message);
        self.hold(message, &print);
        self.since += u64::from(is_after_count);
    }

    /// Finds the topic of the next message and puts it in: one that is there, or the one named `own`.
    pub fn take(&mut self, message: &Message, own: &str) -> String {
        let from = Instant(message.at.0 - WINDOW_DAYS * DAY_MS);
        let crowded_out = self.held.len().saturating_sub(HELD_MAX);
        while self.first < crowded_out || self.held.get(self.first).is_some_and(|held| held.at < from) {
            if let Some(size) = self.sizes.get_mut(&self.held[self.first].topic) {
                *size = size.saturating_sub(1);
            }
            self.first += 1;
        }
        let print = self.print(message);
        let place = message.place.as_deref().map(number_of);
        let first = u32::try_from(self.first).unwrap_or(u32::MAX);
        let found: Vec<Candidate> = self
            .nearest
            .like(&print, first, NEIGHBOURS_FROM / PLACE_MAX)
            .into_iter()
            .map(|(number, likeness)| {
                let held = &self.held[number as usize];
                Candidate { topic: held.topic, likeness: likeness * by_place(held.place, place) }
            })
            .collect();
        let chosen = choose(&found, |topic| self.sizes.get(&topic).copied().unwrap_or_default());
        let topic = chosen.map_or_else(|| own.to_owned(), |one| self.names[one.topic as usize].clone());
        self.hold(&Message { topic: topic.clone(), ..message.clone() }, &print);
        self.since += 1;
        topic
    }

    fn print(&self, message: &Message) -> Print {
        Print::of(&message.title, &cut(&message.body), &self.rarity, Blend::TOPIC)
    }

    fn hold(&mut self, message: &Message, print: &Print) {
        let next = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        let topic = *self.numbers.entry(message.topic.clone()).or_insert(next);
        if topic == next {
            self.names.push(message.topic.clone());
        }
        self.nearest.add(print);
        self.held.push(Held { at: message.at, place: message.place.as_deref().map(number_of), topic });
        *self.sizes.entry(topic).or_default() += 1;
        self.cursor = (message.at.0, message.no.clone());
    }
}

fn cut(body: &str) -> String {
    body.chars().take(BODY_CHARS).collect()
}

fn number_of(word: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    word.hash(&mut hasher);
    hasher.finish()
}
