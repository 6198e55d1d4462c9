//! The scenes of the demonstration that are written out in `scenes.toml`, act by act and day by day: what is seldom enough
//! that chance would not bring it about, and is asked about first.

use super::step::{Doing, Hand, Step};
use huiyin_domain::calendar::{Day, Instant, TimeOfDay};
use huiyin_domain::case::{Answer, Command, Outcome, PublicText, Satisfaction, Solved, WorkMoment};
use huiyin_domain::ids::{CategoryId, ChannelId, KindId, PlaceId, UnitId};
use huiyin_domain::policy::Policy;
use serde::Deserialize;
use std::collections::VecDeque;

const SCENES: &str = include_str!("scenes.toml");

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Book {
    scenes: Vec<Scene>,
}

/// Who begins it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Beginner {
    /// A student.
    Student,
    /// Somebody of the staff.
    Teacher,
    /// Whoever wrote a letter.
    Letter,
}

/// Something that is played as it is written.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scene {
    /// Who begins it.
    pub by: Beginner,
    /// What the writer of a letter is called.
    #[serde(default)]
    pub called: String,
    /// Where the letter comes from.
    #[serde(default)]
    pub address: String,
    days_ago: u16,
    at: String,
    /// Channel.
    pub channel: ChannelId,
    /// Kind.
    pub kind: KindId,
    /// Category.
    #[serde(default)]
    pub category: Option<CategoryId>,
    /// Building.
    #[serde(default)]
    pub place: Option<PlaceId>,
    /// Floor and room.
    #[serde(default)]
    pub room: String,
    /// One sentence.
    pub title: String,
    /// In detail.
    pub body: String,
    /// Whether it may be shown to everybody.
    #[serde(default)]
    pub publish: bool,
    acts: VecDeque<Act>,
}

/// Something that is done, so many days after the beginning.
#[derive(Clone, Debug, Deserialize)]
struct Act {
    day: u16,
    at: String,
    #[serde(flatten)]
    deed: Deed,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(tag = "does", rename_all = "snake_case")]
enum Deed {
    Invite { count: usize },
    Cosign { place: u16, consents: bool },
    Settle { is_filed: bool, words: String },
    Assign { unit: UnitId },
    Transfer { unit: UnitId, words: String },
    SignFor,
    Progress { words: String },
    CallSquad { words: String },
    Arrive,
    Picture { moment: WorkMoment },
    Report { is_done: bool, words: String },
    Add { words: String },
    Reply { words: String, outcome: Option<Outcome> },
    Rate { words: String },
}

/// The scenes that this school can play: of its kinds, channels and units.
pub fn read(policy: &Policy) -> Vec<Scene> {
    let book: Book = toml::from_str(SCENES).expect("scenes.toml is read by a test");
    book.scenes.into_iter().filter(|scene| scene.fits(policy)).collect()
}

impl Scene {
    fn fits(&self, policy: &Policy) -> bool {
        let knows_channel = policy.channel(&self.channel).is_some();
        let knows_unit = |act: &Act| match &act.deed {
            Deed::Assign { unit } | Deed::Transfer { unit, .. } => policy.unit(unit).is_some(),
            _ => true,
        };
        policy.kind(&self.kind).is_some() && knows_channel && self.acts.iter().all(knows_unit)
    }

    /// The day on which it began.
    fn first_day(&self, today: Day) -> Day {
        (0..self.days_ago).fold(today, |day, _| day.before())
    }

    /// When it began.
    pub fn begins(&self, today: Day) -> Instant {
        moment(self.first_day(today), &self.at)
    }

    /// What is done next, if anything.
    pub fn next(&mut self, today: Day) -> Option<Step> {
        let act = self.acts.pop_front()?;
        let day = (0..act.day).fold(self.first_day(today), |day, _| day.next());
        let (hand, doing) = self.done_by(act.deed);
        Some(Step { at: moment(day, &act.at), hand, doing })
    }

    fn done_by(&self, deed: Deed) -> (Hand, Doing) {
        let files = Vec::new();
        let (hand, command) = match deed {
            Deed::Invite { count } => return (Hand::Requester, Doing::Invite(count)),
            Deed::Picture { moment } => return (Hand::Volunteer, Doing::Picture(moment)),
            Deed::CallSquad { words } => return (Hand::Officer, Doing::CallSquad(words)),
            Deed::Cosign { place, consents } => {
                (Hand::Cosigner(place), Command::AnswerCosigning { consents })
            }
            Deed::Settle { is_filed, words } => {
                (Hand::Clerk, Command::SettleProposal { is_filed, reason: words })
            }
            Deed::Assign { unit } => {
                (Hand::Clerk, Command::Assign { unit, forced: false, reason: String::new() })
            }
            Deed::Transfer { unit, words } => {
                let assisting = Vec::new();
                (Hand::Clerk, Command::Transfer { unit, assisting, forced: false, reason: words })
            }
            Deed::SignFor => (Hand::Officer, Command::SignFor),
            Deed::Progress { words } => {
                let joined_words = String::new();
                (Hand::Officer, Command::ReportProgress { words, files, joined_words })
            }
            Deed::Arrive => (Hand::Volunteer, Command::Arrive),
            Deed::Report { is_done, words } => {
                (Hand::Volunteer, Command::ReportWork { is_done, words, files })
            }
            Deed::Add { words } => (Hand::Requester, Command::Supplement { words, files }),
            Deed::Reply { words, outcome } => {
                let public = PublicText { title: self.title.clone(), body: self.body.clone() };
                let public = self.publish.then_some(public);
                let outcome = outcome.unwrap_or(Outcome::Solved);
                let (shelving, joined_words) = (None, String::new());
                let answer = Answer { words, outcome, public, files, shelving, joined_words };
                (Hand::Officer, Command::Reply(answer))
            }
            Deed::Rate { words } => (
                Hand::Requester,
                Command::Rate {
                    contacted: Some(true),
                    solved: Solved::Yes,
                    satisfaction: Satisfaction::Satisfied,
                    complaints: Vec::new(),
                    words,
                    publish: None,
                    reopen: false,
                },
            ),
        };
        (hand, Doing::Command(command))
    }
}

fn moment(day: Day, at: &str) -> Instant {
    let at: TimeOfDay = at.parse().expect("scenes.toml is read by a test");
    day.at(at)
}
