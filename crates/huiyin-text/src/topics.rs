//! What many speak of at the same time: every new message joins the topic it is most like, or begins one.

use crate::likeness::{Blend, Print, Rarity};
use crate::nearest::Nearest;
use std::collections::{BTreeMap, HashMap, HashSet};

/// A message joins from this likeness on. Chosen, like `Blend::TOPIC`, on the three public events that
/// docs/benchmarks-text.md names.
const JOINS_FROM: f32 = 0.16;
/// Messages less alike than this are not neighbours at all: they count neither as the closest nor in a mean.
pub const NEIGHBOURS_FROM: f32 = JOINS_FROM / 2.0;
/// So many of a topic's messages are asked; the closest counts as much as their mean.
const ASKED: usize = 3;
/// A message is compared with those of so many days before it.
const WINDOW_DAYS: i64 = 180;
/// Said of the same place, a message is the likelier the same matter; of another one, the less.
const SAME_PLACE: f32 = 1.15;
const OTHER_PLACE: f32 = 0.75;

/// So many different people within so many days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Crowd {
    /// People, not messages: one who writes ten times is one.
    pub people: usize,
    /// Days up to the newest message.
    pub days: i64,
}

/// When a topic is worth a look.
pub const NOTICE: Crowd = Crowd { people: 3, days: 14 };
/// When somebody should act before more complain.
pub const WARNING: Crowd = Crowd { people: 5, days: 30 };

/// A message of a stream.
#[derive(Debug, Clone, Copy)]
pub struct Message<'a> {
    /// The day it came, counted from any day that stays the same. Messages must come in the order of their days.
    pub day: i64,
    /// Who wrote it, as a number that says only whether two are the same.
    pub person: u64,
    /// Where it happened, as a number of the same kind, if that is known.
    pub place: Option<u64>,
    /// Its title.
    pub title: &'a str,
    /// The rest.
    pub body: &'a str,
}

/// What became of a message.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Joined {
    /// The topic, counted from 0 in the order in which topics began.
    pub topic: u32,
    /// How alike it is to that topic; `None` where it began one.
    pub likeness: Option<f32>,
}

/// A topic one may join.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Candidate {
    /// The topic a message that was found belongs to.
    pub topic: u32,
    /// How alike that message is.
    pub likeness: f32,
}

/// The topic to join: the one whose messages are most alike, if they are alike enough. Needs every message from
/// [`NEIGHBOURS_FROM`] on; others change nothing. `messages_of` says how many messages a topic has in all, so that one close
/// message among many strangers counts less.
pub fn choose(found: &[Candidate], messages_of: impl Fn(u32) -> usize) -> Option<Candidate> {
    let mut by_topic: BTreeMap<u32, Vec<f32>> = BTreeMap::new();
    for one in found.iter().filter(|one| one.likeness >= NEIGHBOURS_FROM) {
        by_topic.entry(one.topic).or_default().push(one.likeness);
    }
    by_topic
        .into_iter()
        .map(|(topic, mut likenesses)| {
            likenesses.sort_by(|one, other| other.total_cmp(one));
            let asked = messages_of(topic).clamp(1, ASKED);
            let mean = likenesses.iter().take(asked).sum::<f32>() / asked as f32;
            Candidate { topic, likeness: (likenesses[0] + mean) / 2.0 }
        })
        .filter(|one| one.likeness >= JOINS_FROM)
        .max_by(|one, other| one.likeness.total_cmp(&other.likeness).then(other.topic.cmp(&one.topic)))
}

/// A stream held in memory.
#[derive(Debug)]
pub struct Stream<'r> {
    rarity: &'r Rarity,
    nearest: Nearest,
    seen: Vec<Seen>,
    /// The first message that is still compared with.
    first: u32,
    topics: HashMap<u32, Vec<u32>>,
}

#[derive(Debug, Clone, Copy)]
struct Seen {
    day: i64,
    person: u64,
    place: Option<u64>,
    topic: u32,
}

impl<'r> Stream<'r> {
    /// An empty stream that knows how rare pieces are.
    pub fn new(rarity: &'r Rarity) -> Self {
        Self { rarity, nearest: Nearest::default(), seen: Vec::new(), first: 0, topics: HashMap::new() }
    }

    /// Takes the next message in.
    pub fn take(&mut self, message: Message<'_>) -> Joined {
        while self.seen.get(self.first as usize).is_some_and(|seen| seen.day < message.day - WINDOW_DAYS) {
            self.first += 1;
        }
        let print = Print::of(message.title, message.body, self.rarity, Blend::TOPIC);
        let found: Vec<Candidate> = self
            .nearest
            .like(&print, self.first, NEIGHBOURS_FROM / SAME_PLACE)
            .into_iter()
            .map(|(number, likeness)| {
                let seen = self.seen[number as usize];
                Candidate { topic: seen.topic, likeness: likeness * by_place(seen.place, message.place) }
            })
            .collect();
        let chosen = choose(&found, |topic| self.topics.get(&topic).map_or(0, Vec::len));
        let topic = chosen.map_or(u32::try_from(self.topics.len()).unwrap_or(u32::MAX), |one| one.topic);
        let number = self.nearest.add(&print);
        self.seen.push(Seen { day: message.day, person: message.person, place: message.place, topic });
        self.topics.entry(topic).or_default().push(number);
        Joined { topic, likeness: chosen.map(|one| one.likeness) }
    }

    /// Whether a topic has drawn such a crowd up to its newest message.
    pub fn has_drawn(&self, topic: u32, crowd: Crowd) -> bool {
        let Some(messages) = self.topics.get(&topic) else { return false };
        let newest = messages.last().map_or(0, |number| self.seen[*number as usize].day);
        let recent = messages.iter().rev().map(|number| self.seen[*number as usize]);
        let people: HashSet<u64> =
            recent.take_while(|seen| seen.day >= newest - crowd.days).map(|seen| seen.person).collect();
        people.len() >= crowd.people
    }

    /// How many topics have begun.
    pub fn topics(&self) -> usize {
        self.topics.len()
    }
}

/// What two places say about two messages, as a factor of their likeness.
pub fn by_place(one: Option<u64>, other: Option<u64>) -> f32 {
    match (one, other) {
        (Some(one), Some(other)) if one == other => SAME_PLACE,
        (Some(_), Some(_)) => OTHER_PLACE,
        _ => 1.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(topic: u32, likeness: f32) -> Candidate {
        Candidate { topic, likeness }
    }

    #[test]
    fn a_topic_whose_messages_all_resemble_wins_over_one_chance_neighbour() {
        let found = [of(1, 0.30), of(2, 0.28), of(2, 0.27), of(2, 0.26)];
        assert_eq!(choose(&found, |_| 9).map(|one| one.topic), Some(2));
        assert_eq!(choose(&found[..1], |_| 1), Some(of(1, 0.30)), "a topic of one message is asked for one");
        assert_eq!(choose(&[of(1, 0.15)], |_| 1), None, "not alike enough");
        assert_eq!(choose(&[], |_| 1), None);
        let strangers = [of(1, 0.21), of(1, 0.079), of(1, 0.079)];
        assert_eq!(
            choose(&strangers, |_| 3),
            choose(&strangers[..1], |_| 3),
            "what is no neighbour changes nothing"
        );
    }

    #[test]
    fn people_make_a_crowd_and_messages_do_not() {
        let rarity = Rarity::default();
        let mut stream = Stream::new(&rarity);
        let mut write = |day, person| {
            stream.take(Message { day, person, place: None, title: "三号楼热水不热", body: "" }).topic
        };
        let topic = write(1, 7);
        assert_eq!([write(2, 7), write(3, 7), write(4, 8)], [topic; 3]);
        assert!(!stream.has_drawn(topic, NOTICE), "two people");
        stream.take(Message { day: 15, person: 9, place: None, title: "三号楼热水不热", body: "" });
        assert!(stream.has_drawn(topic, NOTICE), "the first day is fourteen days ago");
        stream.take(Message { day: 40, person: 10, place: None, title: "三号楼热水不热", body: "" });
        assert!(!stream.has_drawn(topic, NOTICE), "only the newest fourteen days count");
    }

    #[test]
    fn another_place_is_another_matter() {
        let rarity = Rarity::default();
        let mut stream = Stream::new(&rarity);
        let mut write =
            |place, title| stream.take(Message { day: 1, person: 1, place, title, body: "" }).topic;
        let first = write(Some(3), "热水不热，晚上洗澡没有热水");
        assert_eq!(write(Some(3), "热水又不热了"), first);
        assert_eq!((by_place(Some(3), Some(4)), by_place(None, Some(4))), (OTHER_PLACE, 1.0));
    }
}
