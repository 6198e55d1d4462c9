//! How: limits, reminders, handing back, judging, urging, attachments, safety, the board. Every knob with its clause.

use crate::case::{Clock, Level, Route, Urgency};
use crate::ids::{KindId, UnitId};
use serde::Serialize;

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
    /// The unit answers an order of supervision within so many working days; none: the paper names no day of its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reply_working_days: Option<u16>,
    /// Clause.
    pub clause: String,
}

/// A rung of the ladder.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Rung {
    /// Hours after the missed limit.
    pub hours_after: u16,
    /// To whom it goes.
    pub level: Level,
}

/// Handing back (3.4).
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SendingBack {
    /// Within so many working days after the unit got it; one of the two measures is set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub within_working_days: Option<u16>,
    /// Within so many office hours of working days.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub within_working_hours: Option<u16>,
    /// A case is handed back at most so often; after that the coordinator's word holds.
    pub times: u16,
    /// Clause.
    pub clause: String,
}

/// Units that assist (3.3, 3.7).
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Assisting {
    /// An assisting unit gives its opinion within so many working days, a working day before the lead unit must answer.
    pub inner_working_days: u16,
    /// Clause.
    pub clause: String,
}

/// What is learned from the school's own history and proposed (3.1).
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Proposals {
    /// A proposal of which so many in a hundred prove right goes out by itself; none: a person always looks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub automatic_from: Option<u16>,
    /// Nothing goes out by itself before so many cases were confirmed by people.
    pub confirmed_min: u16,
    /// Clause.
    pub clause: String,
}

/// Handling several cases together (3.8).
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Merging {
    /// A merge can be undone for so many days.
    pub undo_days: u16,
    /// Clause.
    pub clause: String,
}

/// More time for the result, asked for before the limit (4.4).
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Extension {
    /// A case is extended at most so often; 0: never.
    pub times: u16,
    /// Each time by at most so many working days.
    pub working_days_max: u16,
    /// Clause.
    pub clause: String,
}

/// Waiting for the requester (4.5).
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Asking {
    /// So many questions in one round stop the result clock.
    pub times: u16,
    /// After so many days without an answer the result clock goes on by itself.
    pub days: u16,
    /// Clause.
    pub clause: String,
}

/// The list of what cannot be done yet (4.4).
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Shelving {
    /// The day of review lies at most so many days ahead.
    pub review_days_max: u16,
    /// Clause.
    pub clause: String,
}

/// Answering (5.1).
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Answering {
    /// Which answers the head of the unit looks at before they go out.
    pub second_look: SecondLook,
    /// Clause.
    pub clause: String,
}

impl Answering {
    /// Whether the head of the unit looks at an answer first: to a protected case, or for everybody to read.
    pub fn wants_second_look(&self, is_restricted: bool, is_public: bool) -> bool {
        match self.second_look {
            SecondLook::None => false,
            SecondLook::Restricted => is_restricted,
            SecondLook::Public => is_public,
            SecondLook::All => true,
        }
    }
}

/// Which answers the head of the unit looks at before they go out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SecondLook {
    /// 都不用
    None,
    /// 受限的诉求
    Restricted,
    /// 公开的答复
    Public,
    /// 全部
    All,
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
    /// So many weeks after a good judgement the requester is asked whether it still holds; 0: never.
    pub effect_check_weeks: u16,
    /// Whoever has not judged is called on at most so many days; 0: nobody is called.
    pub follow_up_calls: u16,
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

/// Complaints about the handling (5.4).
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct HandlingComplaints {
    /// Answered within so many working days.
    pub answer_working_days: u16,
    /// Clause.
    pub clause: String,
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
    /// The unit that dispatches where the coordinating office itself is complained of (2.4).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recusal_unit: Option<UnitId>,
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

/// Finding by words (8.7).
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Search {
    /// Lines of words that mean the same here, with spaces between: 空调 冷气.
    pub synonyms: Vec<String>,
}

impl Search {
    /// The words of each line.
    pub fn groups(&self) -> impl Iterator<Item = Vec<&str>> {
        self.synonyms.iter().map(|line| Search::words_of(line))
    }

    /// The words of a line.
    pub fn words_of(line: &str) -> Vec<&str> {
        let between = |letter: char| letter.is_whitespace() || "、，,；;/".contains(letter);
        line.split(between).filter(|word| !word.is_empty()).collect()
    }
}

/// Noticing early what many speak of (7.1).
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Warnings {
    /// A topic is worth a look when so many different people spoke of it …
    pub notice_people: u16,
    /// … within so many days.
    pub notice_days: u16,
    /// Somebody should act when so many different people spoke of it …
    pub warning_people: u16,
    /// … within so many days.
    pub warning_days: u16,
    /// How many warnings a month may come from chance alone: the more are allowed, the earlier a rise is told.
    pub false_alarms_per_month: u16,
    /// Clause.
    pub clause: String,
}
