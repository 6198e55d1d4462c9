//! Who and what: names, entrances, units, posts, the dispatch catalogue, channels, places.

use crate::calendar::{Day, TimeOfDay};
use crate::case::Identity;
use crate::ids::{CategoryId, ChannelId, KindId, PlaceId, SquadId, UnitId};
use serde::Serialize;

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
    /// The unit that took over from a closed one: its cases and categories flow there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub successor: Option<UnitId>,
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
    /// In force from this day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub valid_from: Option<Day>,
    /// In force until this day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<Day>,
    /// Places at which another unit has the matter.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub by_place: Vec<ByPlace>,
}

/// Places at which another unit has the matter of a category.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ByPlace {
    /// Which places.
    pub places: Vec<PlaceId>,
    /// Which unit.
    pub unit: UnitId,
}

/// A volunteer squad that takes simple work under a unit (5.5). Who is in it is on the roster, not here.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Squad {
    /// Id.
    pub id: SquadId,
    /// 应急维修服务队
    pub name: String,
    /// The unit that answers for what the squad does.
    pub unit: UnitId,
    /// Kinds of which it may take cases; empty: all.
    pub kinds: Vec<KindId>,
    /// Categories of which it may take cases; empty: all.
    pub categories: Vec<CategoryId>,
    /// Takes nothing new; cases that name it keep it.
    pub closed: bool,
    /// Clause.
    pub clause: String,
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
    /// The kind of case that its own form in the portal opens with; none: it has no form of its own there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub form: Option<KindId>,
    /// It takes proposals, and so many co-signers are usual (附议); none: it takes none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cosigners_min: Option<u16>,
    /// Only with one's own name: neither sealed nor anonymous.
    pub real_name_only: bool,
    /// What comes from it was raised outside the school and is matched with what was raised inside before (1.8).
    pub outside: bool,
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
