//! What people bring in at the demonstration school: the texts of `matters.toml`, with a place and a little variation each time.

use super::chance::Chance;
use super::drawing::Scene;
use super::words::{Manner, Words};
use huiyin_domain::calendar::Instant;
use huiyin_domain::case::Outcome;
use huiyin_domain::ids::{CategoryId, KindId, PlaceId, UnitId};
use huiyin_domain::policy::{self, Policy};
use serde::Deserialize;

const TEXTS: &str = include_str!("matters.toml");

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Book {
    matters: Vec<Matter>,
    sights: Vec<Sight>,
}

/// All texts.
#[derive(Debug)]
pub struct Texts {
    /// What people bring in.
    pub matters: Vec<Matter>,
    /// What people photograph.
    sights: Vec<Sight>,
    /// What is said along the way.
    pub words: Words,
}

/// A title with this word in it comes with photos of this scene.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Sight {
    word: String,
    scene: Scene,
}

/// Something people bring in. The n-th title, body, progress and reply belong together.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Matter {
    /// Kind.
    pub kind: KindId,
    /// Category, where the words alone do not say it.
    pub category: Option<CategoryId>,
    /// Where it can be.
    #[serde(default)]
    pub at: Vec<PlaceId>,
    /// Whether a room is named.
    #[serde(default)]
    pub room: bool,
    /// How often, against the others.
    pub weight: u32,
    titles: Vec<String>,
    bodies: Vec<String>,
    #[serde(default)]
    progress: Vec<String>,
    replies: Vec<String>,
}

/// One telling of a matter.
#[derive(Clone, Debug)]
pub struct Telling {
    /// Which matter.
    pub matter: usize,
    nth: usize,
    /// One sentence.
    pub title: String,
    /// In detail.
    pub body: String,
    /// Where.
    pub place: Option<PlaceId>,
    /// Floor and room.
    pub room: String,
}

impl Texts {
    /// Reads the texts that come with the program.
    pub fn read() -> Texts {
        let book: Book = toml::from_str(TEXTS).expect("matters.toml is read by a test");
        Texts { matters: book.matters, sights: book.sights, words: Words::read() }
    }

    /// Somebody tells of something.
    pub fn tell(&self, chance: &mut Chance, policy: &Policy) -> Telling {
        let known = |kind: &KindId| policy.kind(kind).is_some();
        let numbered: Vec<(usize, &Matter)> = self.matters.iter().enumerate().collect();
        let drawn =
            chance.weighed(&numbered, |(_, matter)| if known(&matter.kind) { matter.weight } else { 0 });
        let (index, matter) = drawn.copied().unwrap_or((0, &self.matters[0]));
        let nth = chance.below(matter.titles.len());
        // A title without its place means none of them, unless there is only one.
        let is_somewhere = matter.at.len() == 1 || matter.titles[nth].contains("{place}");
        let place = chance.pick(&matter.at).filter(|_| is_somewhere).and_then(|id| policy.place(id));
        let name = place.map_or("", |place| place.name.as_str());
        let title = self.fill(chance, &matter.titles[nth], name, "");
        let body = self.fill(chance, &matter.bodies[nth % matter.bodies.len()], name, "");
        let room = if matter.room { chance.word(&self.words.rooms) } else { String::new() };
        Telling { matter: index, nth, title, body, place: place.map(|place| place.id.clone()), room }
    }

    /// What a photo of it would show, if one can see it at all.
    pub fn sight_in(&self, title: &str) -> Option<Scene> {
        self.sights.iter().find(|sight| title.contains(&sight.word)).map(|sight| sight.scene)
    }

    /// Which kind of matter it is.
    pub fn kind(&self, telling: &Telling) -> &KindId {
        &self.matters[telling.matter].kind
    }

    /// How it is spoken of.
    pub fn manner(&self, telling: &Telling) -> &Manner {
        self.words.manner(self.kind(telling))
    }

    /// What can come of it: a question is explained, other things are done, done in part, or not possible yet.
    pub fn outcome(&self, chance: &mut Chance, telling: &Telling) -> Outcome {
        let weights = match self.kind(telling).as_str() {
            "inquiry" => [(Outcome::Explained, 92), (Outcome::CannotYet, 8)].as_slice(),
            "praise" | "report" => &[(Outcome::Solved, 100)],
            _ => &[(Outcome::Solved, 76), (Outcome::Partly, 14), (Outcome::CannotYet, 10)],
        };
        chance.weighed(weights, |(_, weight)| *weight).map_or(Outcome::Solved, |(outcome, _)| *outcome)
    }

    /// What the unit answers to it, as the outcome is and as often as it is asked.
    pub fn reply(
        &self,
        chance: &mut Chance,
        telling: &Telling,
        at: Instant,
        outcome: Outcome,
        round: usize,
    ) -> String {
        let replies = &self.matters[telling.matter].replies;
        let words = match outcome {
            Outcome::CannotYet => chance.word(&self.manner(telling).cannot_yet),
            Outcome::Partly => format!("{}{}", replies[telling.nth % replies.len()], self.words.rest_follows),
            _ => replies[telling.nth % replies.len()].clone(),
        };
        let once_more = if round > 1 { self.words.once_more.as_str() } else { "" };
        self.fill(chance, &format!("{once_more}{words}"), "", &today(at))
    }

    /// What the unit says meanwhile.
    pub fn progress(&self, chance: &mut Chance, telling: &Telling, at: Instant) -> String {
        let own = &self.matters[telling.matter].progress;
        let words = match own.get(telling.nth % own.len().max(1)) {
            Some(words) => words.clone(),
            None => chance.word(&self.manner(telling).progress),
        };
        self.fill(chance, &words, "", &today(at))
    }

    /// The units that may get such a matter, by its category or by its words.
    pub fn units_of<'a>(&self, matter: &Matter, policy: &'a Policy) -> Vec<&'a UnitId> {
        let proposed = |title: &String| {
            let proposal = policy::propose(policy, &matter.kind, title).into_iter().next();
            proposal.map(|proposal| proposal.category)
        };
        let categories: Vec<CategoryId> = match &matter.category {
            Some(category) => vec![category.clone()],
            None => matter.titles.iter().filter_map(proposed).collect(),
        };
        let mut units: Vec<&UnitId> =
            categories.iter().filter_map(|id| policy.category(id)?.unit.as_ref()).collect();
        units.sort();
        units.dedup();
        units
    }

    fn fill(&self, chance: &mut Chance, text: &str, place: &str, today: &str) -> String {
        text.replace("{place}", place)
            .replace("{today}", today)
            .replace("{days}", &chance.word(&self.words.days))
            .replace("{when}", &chance.word(&self.words.when))
            .replace("{count}", &chance.word(&self.words.count))
    }
}

/// The day as people write it: 11月18日.
fn today(at: Instant) -> String {
    let day = at.day().0;
    format!("{}月{}日", day.month(), day.day())
}
