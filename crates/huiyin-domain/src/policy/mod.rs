//! What a school has set: the knobs. Every number in a rule comes from here, with the clause it quotes; none is a constant in code.
//!
//! A preset (TOML) becomes the first version; later versions are made in the browser and kept whole, so that a promise
//! can name the version it came from. `parse` names file, line and reason of every bad value and unknown key;
//! `explain` says a policy back in Chinese prose.

use crate::calendar::{Term, TimeOfDay};
use crate::case::{Clock, Identity, Route, Urgency};
use crate::ids::{CategoryId, ChannelId, KindId, PlaceId, UnitId};
use serde::Serialize;

mod check;
mod explain;
mod find;
mod parse;
mod propose;
mod words;

pub use explain::explain;
pub use find::can_be_dialled;
pub use parse::{parse, to_toml};
pub use propose::{Proposal, crisis_hits, propose, urgent_hits};

/// One version of a school's settings, as checked.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Policy {
    /// Names and numbers shown to people.
    pub school: School,
    /// Office hours; a limit in working days ends at their close.
    pub office: Office,
    /// Entrances.
    pub kinds: Vec<Kind>,
    /// The organisation.
    pub units: Vec<Unit>,
    /// Leader posts.
    pub leaders: Vec<Leader>,
    /// The dispatch catalogue.
    pub categories: Vec<Category>,
    /// The register of channels.
    pub channels: Vec<Channel>,
    /// Buildings and areas.
    pub places: Vec<Place>,
    /// Time limits; for each clock the first rule that fits holds.
    pub limits: Vec<Limit>,
    /// Reminders and the ladder of supervision.
    pub supervision: Supervision,
    /// Handing back.
    pub sending_back: SendingBack,
    /// Judging the answer.
    pub rating: Rating,
    /// Urging.
    pub urging: Urging,
    /// Attachments.
    pub attachments: Attachments,
    /// Words and numbers of the safety rule.
    pub safety: Safety,
    /// What the public board shows.
    pub board: Board,
    /// Terms of the school.
    pub terms: Vec<Term>,
}

/// Names and numbers shown to people.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct School {
    /// Full name; set at `init`.
    pub name: String,
    /// One line under the name on the first page.
    pub promise: String,
    /// Duty telephone that is answered round the clock; empty until the school has named one.
    pub duty_phone: String,
    /// The unit that dispatches and supervises.
    pub coordinator: UnitId,
    /// The practice it follows, in one line, with its source.
    pub practice: String,
}

/// Office hours of a working day.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Office {
    /// Opening.
    pub opens: TimeOfDay,
    /// Close: where limits in working days end.
    pub closes: TimeOfDay,
}

/// An entrance (1.1). It only pre-selects.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Kind {
    /// Id.
    pub id: KindId,
    /// 建议
    pub name: String,
    /// 我有建议
    pub entrance: String,
    /// 给学校出个主意
    pub hint: String,
    /// Heading of the first step: 哪里坏了？
    pub question: String,
    /// One of the icons of the sprite.
    pub icon: String,
    /// Colour of the module, 1 to 5 (ui.md §6); others share 2.
    pub colour: u8,
    /// Shown among the entrances of the first page.
    pub on_home: bool,
    /// Which identity the form proposes.
    pub identity: Identity,
    /// Whether the form proposes a public answer.
    pub public: bool,
    /// Whether the place must be named.
    pub needs_place: bool,
    /// Whether a category with a unit dispatches at once with no human (1.3).
    pub dispatches_itself: bool,
    /// Never public, never dispatched by rule (举报、申诉).
    pub restricted: bool,
    /// Who sees it and how fast, for the page that lists the kinds.
    pub note: String,
}

/// A unit of the school.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Unit {
    /// Id.
    pub id: UnitId,
    /// Full name.
    pub name: String,
    /// Other names people use.
    pub aliases: Vec<String>,
    /// The unit it belongs to.
    pub parent: Option<UnitId>,
    /// The leader post in charge (分管校领导).
    pub leader: Option<String>,
    /// Office telephone; may be empty.
    pub phone: String,
    /// Class of units that are compared with one another (8.3).
    pub class: String,
    /// No longer handles cases.
    pub closed: bool,
}

/// A leader post. The person holding it is on the roster, not here.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Leader {
    /// Id.
    pub id: String,
    /// 分管后勤的副校长
    pub name: String,
    /// The head of the school.
    pub head: bool,
}

/// A line of the dispatch catalogue (3.2).
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Category {
    /// Id.
    pub id: CategoryId,
    /// Name.
    pub name: String,
    /// Kinds under which it is offered; empty: all.
    pub kinds: Vec<KindId>,
    /// The unit whose matter it is.
    pub unit: Option<UnitId>,
    /// Units that usually assist.
    pub assisting: Vec<UnitId>,
    /// Words that speak for this category.
    pub words: Vec<String>,
    /// Never public, never dispatched by rule.
    pub restricted: bool,
}

/// A channel of the register (1.4).
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Channel {
    /// Id.
    pub id: ChannelId,
    /// Name.
    pub name: String,
    /// 牵头单位
    pub owner: UnitId,
    /// Whom it is for.
    pub audience: Audience,
    /// Staff register cases from it by hand.
    pub registered_by_staff: bool,
    /// Clause.
    pub clause: String,
}

/// Whom a channel is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// 学生
    Students,
    /// 教职工
    Staff,
    /// 师生
    All,
}

/// A building or area.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Place {
    /// Id.
    pub id: PlaceId,
    /// Name.
    pub name: String,
    /// Campus it stands on.
    pub campus: String,
    /// No longer offered; cases that name it keep it.
    pub closed: bool,
}

/// A time limit. Exactly one of the four measures is set.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Limit {
    /// Id, named in every promise made from it.
    pub id: String,
    /// Which clock.
    pub clock: Clock,
    /// Working days of China; ends at the close of office hours.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub working_days: Option<u16>,
    /// Working days inside the school's terms.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub school_days: Option<u16>,
    /// Hours around the clock.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hours: Option<u16>,
    /// Before midnight of the same day (事不过夜).
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub same_day: bool,
    /// Only on these routes; empty: all.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub routes: Vec<Route>,
    /// Only for these kinds; empty: all.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub kinds: Vec<KindId>,
    /// Only at these urgencies; empty: all.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub urgencies: Vec<Urgency>,
    /// Only from the second round on.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub reopened: bool,
    /// What the source says, quoted or paraphrased, with where it stands.
    pub clause: String,
}

/// Reminders and the ladder of supervision (4.6).
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Supervision {
    /// Remind the unit so many hours before the limit; 0 is at the limit. Descending.
    pub remind_hours_before: Vec<u16>,
    /// After a missed limit.
    pub ladder: Vec<Rung>,
    /// Clause.
    pub clause: String,
}

/// A rung of the ladder.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Rung {
    /// Hours after the missed limit.
    pub hours_after: u16,
    /// To whom it goes.
    pub level: crate::case::Level,
}

/// Handing back (3.4).
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SendingBack {
    /// Within so many working days after the unit got it.
    pub within_working_days: u16,
    /// A case is handed back at most so often; after that the coordinator's word holds.
    pub times: u16,
    /// Clause.
    pub clause: String,
}

/// Judging the answer (5.3, 5.4).
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Rating {
    /// The requester may judge for so many days after the answer; then the case closes as "no answer".
    pub days: u16,
    /// "Not solved" opens so many further rounds by itself.
    pub automatic_rounds: u16,
    /// The requester may reopen for so many days after judging.
    pub reopen_days: u16,
    /// What may not have been done well.
    pub complaints: Vec<String>,
    /// Clause.
    pub clause: String,
}

/// Urging (5.4).
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Urging {
    /// Once in so many hours.
    pub every_hours: u16,
}

/// Attachments (1.2).
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Attachments {
    /// At most so many a case and act.
    pub count_max: u16,
    /// Each at most so many mebibytes.
    pub size_mib_max: u16,
    /// Each at most so many megapixels.
    pub megapixels_max: u16,
}

/// Safety (1.7): hints, never verdicts.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Safety {
    /// Words whose presence opens a restricted case.
    pub crisis_words: Vec<String>,
    /// Words that speak for urgency.
    pub urgent_words: Vec<String>,
    /// Numbers shown on the form before sending: name and number.
    pub phones: Vec<Phone>,
}

/// A telephone number with its name.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Phone {
    /// 校园报警
    pub name: String,
    /// 110
    pub number: String,
}

/// What the public board shows (7.4, 8.3).
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Board {
    /// Units with fewer cases are not ranked.
    pub sample_min: u16,
}
