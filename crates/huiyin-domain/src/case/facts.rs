//! The typed facts that commands ask with and events keep: identity, routes, clocks, promises, outcomes, grounds, judgements.
//!
//! All of it is stored inside events, so the words are frozen with them (`events.json`). No free text here.

use crate::calendar::Instant;
use crate::ids::UnitId;
use crate::policy::Statutory;
use serde::{Deserialize, Serialize};

/// How the requester is known (2.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Identity {
    /// 实名: the handling unit sees the name.
    Open,
    /// 保密: the account is known to the platform, the unit and the coordinators do not see it.
    Sealed,
    /// 匿名: nobody knows; a receipt code is the only key.
    Anonymous,
}

/// Three routes with their own limits (3.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Route {
    /// 直接办理
    Direct,
    /// 转办
    Transfer,
    /// 呈办
    Refer,
}

/// The three clocks of a case (4.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Clock {
    /// Accepted and dispatched.
    Acknowledge,
    /// First words of the unit to the requester.
    FirstReply,
    /// The result.
    Result,
}

/// Which calendar a limit counts on (4.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClockCalendar {
    /// Working days of China with make-up workdays.
    Working,
    /// Working days inside the school's terms.
    School,
    /// Around the clock.
    Hours,
}

impl ClockCalendar {
    /// The stored word.
    pub fn word(self) -> &'static str {
        match self {
            ClockCalendar::Working => "working",
            ClockCalendar::School => "school",
            ClockCalendar::Hours => "hours",
        }
    }

    /// The calendar of a stored word.
    pub fn from_word(word: &str) -> Option<ClockCalendar> {
        [ClockCalendar::Working, ClockCalendar::School, ClockCalendar::Hours]
            .into_iter()
            .find(|calendar| calendar.word() == word)
    }
}

/// A promised deadline: a fact inside the event that promised it; a later change of rules or calendar never moves it (4.2).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Promise {
    /// Which clock.
    pub clock: Clock,
    /// From when it was counted.
    pub from: Instant,
    /// Until when.
    pub due: Instant,
    /// On which calendar.
    pub calendar: ClockCalendar,
    /// The limit rule that said so.
    pub limit: String,
    /// What the rule quotes.
    pub clause: String,
    /// The calendar was not known that far (4.1): the date may change when the notice is out.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub provisional: bool,
}

/// The limit a promise names when a leader set the day.
const INSTRUCTION: &str = "instruction";
/// The limit a promise names when it was extended before it ran out.
const EXTENSION: &str = "extension";

/// What the limit of a promise begins with that a law has set, and once it was extended.
const STATUTORY: &str = "statutory:";
const STATUTORY_EXTENDED: &str = "statutory-extended:";

impl Promise {
    /// The result by the day that the law has set for this procedure. It is a day and counts on no calendar of working days.
    pub fn by_statute(procedure: &Statutory, from: Instant, due: Instant, provisional: bool) -> Promise {
        let (limit, clause) = (format!("{STATUTORY}{}", procedure.id), procedure.clause.clone());
        Promise {
            clock: Clock::Result,
            from,
            due,
            calendar: ClockCalendar::Hours,
            limit,
            clause,
            provisional,
        }
    }

    /// The result by the day a leader set. A date that a person names counts on no calendar of working days.
    pub fn by_instruction(from: Instant, due: Instant) -> Promise {
        let clause = "校领导批示的办结时限".into();
        let (clock, calendar, limit) = (Clock::Result, ClockCalendar::Hours, INSTRUCTION.into());
        Promise { clock, from, due, calendar, limit, clause, provisional: false }
    }

    /// The result by the day to which it was extended (4.4), counted from where it was counted before.
    pub fn extended_to(&self, due: Instant, clause: &str) -> Promise {
        let limit = match self.limit.strip_prefix(STATUTORY) {
            Some(id) => format!("{STATUTORY_EXTENDED}{id}"),
            None => EXTENSION.to_owned(),
        };
        let (calendar, clause) = (ClockCalendar::Hours, clause.to_owned());
        Promise { clock: self.clock, from: self.from, due, calendar, limit, clause, provisional: false }
    }

    /// Extended before it ran out: counted apart.
    pub fn is_extended(&self) -> bool {
        self.limit == EXTENSION || self.limit.starts_with(STATUTORY_EXTENDED)
    }

    /// The law has set it: it neither stands still nor moves when the case is passed on.
    pub fn is_statutory(&self) -> bool {
        self.limit.starts_with(STATUTORY) || self.limit.starts_with(STATUTORY_EXTENDED)
    }

    /// Passing on or correcting the case does not move it.
    pub fn is_fixed(&self) -> bool {
        self.is_set_by_a_person() || self.is_statutory()
    }

    /// A person named the day: passing on or correcting the case does not move it.
    pub fn is_set_by_a_person(&self) -> bool {
        self.is_extended() || self.limit == INSTRUCTION
    }
}

/// What came of it, as the unit says. Never "closed = solved".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// 已解决
    Solved,
    /// 部分解决
    Partly,
    /// 已解释
    Explained,
    /// 暂不能办
    CannotYet,
}

/// Who may read a reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Visibility {
    /// The requester agreed and everybody may read it.
    Public,
    /// The requester only.
    Private,
}

/// The requester's answer to "is it solved?".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Solved {
    /// 解决了
    Yes,
    /// 部分解决
    Partly,
    /// 没解决
    No,
}

/// The requester's answer to "are you satisfied?".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Satisfaction {
    /// 满意
    Satisfied,
    /// 基本满意
    Fairly,
    /// 不满意
    Dissatisfied,
}

/// Typed "not accepted" (3.6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeclineGround {
    /// Belongs to an emergency line.
    EmergencyLine,
    /// Has a statutory route of its own.
    StatutoryRoute,
    /// The same matter again with nothing new.
    NothingNew,
    /// Out of the school's scope.
    OutOfScope,
    /// Touches a secret.
    Secret,
    /// Asks for something unlawful.
    Unlawful,
}

/// Why a unit hands a case back (3.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SendBackGround {
    /// Another unit's duty.
    NotOurDuty,
    /// Several units, somebody else should lead.
    AnotherShouldLead,
    /// The matter cannot be understood as written.
    Unclear,
}

/// Why the requester urges.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UrgeReason {
    /// Nobody has been in touch.
    NoContact,
    /// It is getting worse.
    GettingWorse,
    /// The time is nearly up.
    TimeIsShort,
    /// Something else.
    Other,
}

/// The steps of supervision (4.6): unit head → coordinator → leader in charge → head of the school.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// 单位负责人
    UnitHead,
    /// 协调部门
    Coordinator,
    /// 分管校领导
    LeaderInCharge,
    /// 主要负责人
    Head,
}

/// By which means a person reminded the unit (4.6).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Means {
    /// 网上: on this platform.
    #[default]
    Here,
    /// 电话
    Phone,
    /// 纸质
    Paper,
    /// 短信、微信等消息
    Message,
    /// 约谈: the unit was called in and talked to; after supervision only.
    Talk,
}

impl Means {
    /// On this platform, which the record does not write out.
    pub fn is_here(&self) -> bool {
        *self == Means::Here
    }
}

/// When a picture of the place was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WorkMoment {
    /// 修前
    Before,
    /// 修后
    After,
}

/// Why a matter was raised outside the school (1.8).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LeakCause {
    /// Raised inside before, and not answered in time.
    NotAnswered,
    /// Answered inside, and not solved.
    NotSolved,
    /// Solved or explained inside, and the answer was not accepted.
    NotSatisfied,
    /// Never raised inside: the way was not known.
    WayUnknown,
    /// Never raised inside: no trust in the way.
    NoTrust,
    /// Never raised inside, for another reason.
    NeverRaised,
}

impl LeakCause {
    /// All of them, in the order in which they are offered.
    pub const ALL: [LeakCause; 6] = [
        LeakCause::NotAnswered,
        LeakCause::NotSolved,
        LeakCause::NotSatisfied,
        LeakCause::WayUnknown,
        LeakCause::NoTrust,
        LeakCause::NeverRaised,
    ];

    /// Speaks of an earlier case of the school.
    pub fn has_earlier(self) -> bool {
        matches!(self, LeakCause::NotAnswered | LeakCause::NotSolved | LeakCause::NotSatisfied)
    }
}

/// A complaint about the handling, as the record keeps it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandlingComplaint {
    /// Until when it is answered; none before answers were owed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Instant>,
    /// About the coordinating office itself, whose clerks do not read it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub about_office: bool,
    /// Words in it may mean danger: whoever answers it looks at once; the unit is not told of it by a change of urgency.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub danger: bool,
}

/// What became of a complaint about the handling.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ComplaintEnd {
    /// It was about the coordinating office itself, whose clerks do not read this either.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub about_office: bool,
    /// Who answered it; none for one that nobody answered, and for what was written before this was kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answerer: Option<Answerer>,
}

/// Under which duty somebody answered a complaint about the handling: the requester is told that, and no name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answerer {
    /// The coordinating office.
    Office,
    /// Supervision.
    Supervision,
    /// A leader of the school.
    Leader,
}

/// Units that are kept away no longer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lifting {
    /// Which.
    pub units: Vec<UnitId>,
}

/// A unit that took over from a dissolved one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Succession {
    /// The dissolved unit.
    pub from: UnitId,
    /// The unit that has its cases from now on.
    pub unit: UnitId,
}
