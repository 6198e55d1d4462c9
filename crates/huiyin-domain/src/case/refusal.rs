//! When the rule says no: which rule, the sentence for the person, the clause behind it.

use std::fmt;

/// Why a command was refused. Nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The actor has no such right on this case; outside it is answered as if the case did not exist.
    NotYours,
    /// The case is past the stage in which this can be done.
    TooLate {
        /// What was asked, in Chinese.
        act: &'static str,
        /// How the case stands, in Chinese.
        standing: &'static str,
    },
    /// The unit has answered this round already.
    AlreadyReplied,
    /// Somebody signed for it already.
    AlreadySignedFor,
    /// Urged less than the allowed time ago.
    UrgedRecently {
        /// Once in so many hours.
        every_hours: u16,
    },
    /// The time to judge is over.
    RatingClosed {
        /// Days the requester had.
        days: u16,
    },
    /// Nobody is surveyed about a case of danger (7.6).
    NoSurvey,
    /// The time to ask for another round is over.
    ReopeningClosed {
        /// Days the requester had after judging.
        days: u16,
    },
    /// The time to hand back is over.
    SendBackClosed {
        /// Working days the unit had.
        working_days: u16,
        /// Clause.
        clause: String,
    },
    /// Handed back as often as the rule allows; the coordinator's word holds now.
    SentBackTooOften {
        /// Allowed times.
        times: u16,
        /// Clause.
        clause: String,
    },
    /// The leader's instruction named this unit.
    InstructedUnitMayNotSendBack,
    /// The requester did not agree to a public answer, or the matter is a protected one.
    NotForThePublic,
    /// Not laid before this leader.
    NotLaidBeforeYou,
    /// A unit, kind, category, place or leader post the school does not have, or no longer has.
    NoSuch {
        /// What, in Chinese.
        what: &'static str,
    },
    /// The words that the act cannot do without are missing.
    WordsMissing {
        /// Which words, in Chinese.
        what: &'static str,
    },
    /// The day lies in the past.
    DayPassed,
    /// The school's limits do not cover this case.
    NoLimit,
}

impl Refusal {
    /// The sentence shown to the person: what holds and what to do.
    pub fn sentence(&self) -> String {
        match self {
            Refusal::NotYours => "这件不在您的办理范围内。".into(),
            Refusal::TooLate { act, standing } => format!("这件{standing}，现在不能{act}。"),
            Refusal::AlreadyReplied => {
                "这一轮已经答复过了，请等反映人评价；要更正，请写内部批注告知协调部门。".into()
            }
            Refusal::AlreadySignedFor => "这件已经签收，直接办理就好。".into(),
            Refusal::UrgedRecently { every_hours } => {
                format!("刚催办过，{every_hours} 小时内只能催一次，承办单位已经收到提醒。")
            }
            Refusal::RatingClosed { days } => {
                format!("答复已超过 {days} 天，评价已截止；还没解决，请再提交一件。")
            }
            Refusal::NoSurvey => {
                "涉及人身安全的事项不做满意度评价；还需要帮助，请再提交一件或直接打电话。".into()
            }
            Refusal::ReopeningClosed { days } => {
                format!("评价已超过 {days} 天，不能再要求重办；还没解决，请再提交一件。")
            }
            Refusal::SendBackClosed { working_days, .. } => {
                format!("接件已超过 {working_days} 个工作日，不能再退回，请直接办理或联系协调部门。")
            }
            Refusal::SentBackTooOften { times, .. } => {
                format!("这件已退回 {times} 次，由协调部门指定承办，不能再退。")
            }
            Refusal::InstructedUnitMayNotSendBack => {
                "这件由校领导批示交办，不能退回；有困难请向批示的校领导说明。".into()
            }
            Refusal::NotForThePublic => "反映人没有同意公开，或这类事项不公开，只能单独答复。".into(),
            Refusal::NotLaidBeforeYou => "这件没有呈报给您。".into(),
            Refusal::NoSuch { what } => format!("没有这个{what}，或已经停用，请重选。"),
            Refusal::WordsMissing { what } => format!("请写明{what}。"),
            Refusal::DayPassed => "办结时限不能早于今天，请重选日期。".into(),
            Refusal::NoLimit => "学校还没有为这类诉求设时限，请联系管理员。".into(),
        }
    }

    /// The rule behind it, as people may quote it; empty where it is plain.
    pub fn clause(&self) -> &str {
        match self {
            Refusal::SendBackClosed { clause, .. } | Refusal::SentBackTooOften { clause, .. } => clause,
            Refusal::AlreadyReplied => "一轮一答复：答复后由反映人评价，未解决的自动进入下一轮。",
            Refusal::NotForThePublic => "公开须经反映人同意，并隐去个人信息。",
            Refusal::UrgedRecently { .. } => "催一催：每件在规定时间内一次。",
            _ => "",
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sentence())
    }
}

impl std::error::Error for Refusal {}
