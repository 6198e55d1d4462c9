//! The words of messages: at most 60 characters, no content of complaints (ui.md §12). What leaves the house does not even
//! hold the first words of a title.

use huiyin_domain::calendar::Instant;
use huiyin_domain::ids::CaseNo;
use huiyin_foundation::say;

/// What is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// To the requester: a unit has it; result promised by.
    HandedOn {
        /// First words of the title.
        title: String,
        /// The unit.
        unit: String,
        /// Until when, as said to people.
        until: String,
    },
    /// To the requester: the unit reports progress.
    Progress {
        /// First words of the title.
        title: String,
        /// The unit.
        unit: String,
    },
    /// To the requester: answered; please judge.
    Answered {
        /// First words of the title.
        title: String,
        /// The unit.
        unit: String,
    },
    /// To the requester: the unit asks for more.
    Asked {
        /// First words of the title.
        title: String,
        /// The unit.
        unit: String,
    },
    /// To the requester: more time was given.
    Extended {
        /// First words of the title.
        title: String,
        /// Until when, as said to people.
        until: String,
    },
    /// To the requester: another round is ordered, because it stayed unsolved.
    RoundOrdered {
        /// First words of the title.
        title: String,
        /// Until when, as said to people.
        until: String,
    },
    /// To the requester: supervision of what stayed unsolved has ended with a conclusion.
    SupervisionEnded {
        /// First words of the title.
        title: String,
    },
    /// To the requester: what could not be done yet was looked at again.
    ShelvedReviewed {
        /// First words of the title.
        title: String,
        /// The next day of review, as said to people.
        until: String,
    },
    /// To the requester: off the list of what cannot be done yet.
    StruckOff {
        /// First words of the title.
        title: String,
    },
    /// To the requester: does the result still hold?
    EffectAsked {
        /// First words of the title.
        title: String,
    },
    /// To the requester: not accepted.
    Declined {
        /// First words of the title.
        title: String,
    },
    /// To the requester: laid before a leader.
    Escalated {
        /// First words of the title.
        title: String,
    },
    /// To those who met the same matter: it is answered.
    EchoAnswered {
        /// Case number.
        number: String,
    },
    /// To the unit: a new case; first words due by.
    NewForUnit {
        /// Case number.
        number: String,
        /// Until when, as said to people.
        until: String,
    },
    /// To somebody of the unit: a colleague gave it to them.
    Allotted {
        /// Case number.
        number: String,
        /// Until when, as said to people.
        until: String,
    },
    /// To a unit that assists: another unit answers, this one helps it until then.
    ToAssist {
        /// Case number.
        number: String,
        /// Until when, as said to people.
        until: String,
        /// The responsible unit.
        unit: String,
    },
    /// To the unit: the requester added facts.
    Supplemented {
        /// Case number.
        number: String,
    },
    /// To the unit: the requester urges.
    Urged {
        /// Case number.
        number: String,
    },
    /// To the unit: the requester judged.
    Judged {
        /// Case number.
        number: String,
    },
    /// To the unit: not solved, another round.
    Reopened {
        /// Case number.
        number: String,
        /// Who wants it; none when the requester said "not solved", which opens it by itself.
        by: Option<String>,
        /// Until when, as said to people.
        until: String,
    },
    /// To the unit: the limit is near.
    DueSoon {
        /// Case number.
        number: String,
        /// Until when, as said to people.
        until: String,
    },
    /// To the unit and its head: the limit has passed.
    Missed {
        /// Case number.
        number: String,
    },
    /// To whom supervision has gone.
    Supervised {
        /// Case number.
        number: String,
    },
    /// To the unit: a person reminds.
    Reminded {
        /// Case number.
        number: String,
        /// Who.
        by: String,
    },
    /// To the clerks: handed back.
    SentBack {
        /// Case number.
        number: String,
        /// The unit.
        unit: String,
    },
    /// To the clerks: a unit asks for more time.
    ExtensionAsked {
        /// Case number.
        number: String,
        /// The unit.
        unit: String,
    },
    /// To the unit: more time was given or not.
    ExtensionDecided {
        /// Case number.
        number: String,
    },
    /// To the head of the unit: an answer waits for the second look.
    ToApprove {
        /// Case number.
        number: String,
    },
    /// To the unit: the head wants the answer written otherwise.
    ReplyReturned {
        /// Case number.
        number: String,
    },
    /// To the clerks: the requester complains about the handling.
    HandlingComplained {
        /// Case number.
        number: String,
    },
    /// To the unit: a day of review has passed.
    ReviewMissed {
        /// Case number.
        number: String,
    },
    /// To the clerks: a new case waits to be dispatched.
    ToDispatch {
        /// Case number.
        number: String,
    },
    /// To the clerks: it touches safety.
    Danger {
        /// Case number.
        number: String,
    },
    /// To a leader: waits for an instruction.
    ToInstruct {
        /// Case number.
        number: String,
    },
    /// To the unit: taken back by the requester.
    Withdrawn {
        /// Case number.
        number: String,
    },
}

impl Notice {
    /// The stored word; preferences will be kept by it.
    pub fn kind(&self) -> &'static str {
        match self {
            Notice::HandedOn { .. } => "handed_on",
            Notice::Progress { .. } => "progress",
            Notice::Answered { .. } => "answered",
            Notice::Asked { .. } => "asked",
            Notice::Extended { .. } => "extended",
            Notice::RoundOrdered { .. } => "round_ordered",
            Notice::SupervisionEnded { .. } => "supervision_ended",
            Notice::ShelvedReviewed { .. } => "shelved_reviewed",
            Notice::StruckOff { .. } => "struck_off",
            Notice::EffectAsked { .. } => "effect_asked",
            Notice::Declined { .. } => "declined",
            Notice::Escalated { .. } => "escalated",
            Notice::EchoAnswered { .. } => "echo_answered",
            Notice::NewForUnit { .. } => "new_for_unit",
            Notice::Allotted { .. } => "allotted",
            Notice::ToAssist { .. } => "to_assist",
            Notice::Supplemented { .. } => "supplemented",
            Notice::Urged { .. } => "urged",
            Notice::Judged { .. } => "judged",
            Notice::Reopened { .. } => "reopened",
            Notice::DueSoon { .. } => "due_soon",
            Notice::Missed { .. } => "missed",
            Notice::Supervised { .. } => "supervised",
            Notice::Reminded { .. } => "reminded",
            Notice::SentBack { .. } => "sent_back",
            Notice::ExtensionAsked { .. } => "extension_asked",
            Notice::ExtensionDecided { .. } => "extension_decided",
            Notice::ToApprove { .. } => "to_approve",
            Notice::ReplyReturned { .. } => "reply_returned",
            Notice::HandlingComplained { .. } => "handling_complained",
            Notice::ReviewMissed { .. } => "review_missed",
            Notice::ToDispatch { .. } => "to_dispatch",
            Notice::Danger { .. } => "danger",
            Notice::ToInstruct { .. } => "to_instruct",
            Notice::Withdrawn { .. } => "withdrawn",
        }
    }
}

/// The first twelve characters of a title.
fn short(title: &str) -> String {
    let mut start: String = title.chars().take(12).collect();
    if title.chars().count() > 12 {
        start.push('…');
    }
    start
}

/// The message, as it stands in the list inside the pages.
pub fn words(notice: &Notice) -> String {
    said(notice, |title| format!("“{}”", short(title)))
}

/// The message as it may leave the house: a requester's title is already something of what they wrote, so the number
/// stands in its place.
///
/// Days are named, since a letter may be read on another one.
pub fn words_outside(notice: &Notice, no: &CaseNo, at: Instant) -> String {
    let named = |day| say::day_long(at, day);
    said(notice, |_| format!(" {no} "))
        .trim_start()
        .replace("今天 ", &named(at.day()))
        .replace("明天 ", &named(at.day().next()))
}

fn said(notice: &Notice, matter: impl Fn(&str) -> String) -> String {
    match notice {
        Notice::HandedOn { title, unit, until } => {
            format!("您反映的{}已交{unit}，{until} 前反馈", matter(title))
        }
        Notice::Progress { title, unit } => format!("{}有新进展，{unit}已反馈，请查看", matter(title)),
        Notice::Answered { title, unit } => format!("{}{unit}已答复，请看结果并评价", matter(title)),
        Notice::Asked { title, unit } => format!("{}{unit}请您补充，补充以前期限暂停", matter(title)),
        Notice::Extended { title, until } => format!("{}批准延期，{until} 前给您结果", matter(title)),
        Notice::RoundOrdered { title, until } => {
            format!("{}责成重新办理，{until} 前给您结果", matter(title))
        }
        Notice::SupervisionEnded { title } => {
            format!("{}督办已结束，请看结论；有异议可以反映办理问题", matter(title))
        }
        Notice::ShelvedReviewed { title, until } => {
            format!("{}挂账已复核，请看情况；{until}前再看一次", matter(title))
        }
        Notice::StruckOff { title } => format!("{}已销账，办成了什么、为什么销账请查看", matter(title)),
        Notice::EffectAsked { title } => format!("{}现在还好吗，请告诉我们一声", matter(title)),
        Notice::Declined { title } => format!("{}不予受理，理由和可走的途径请查看", matter(title)),
        Notice::Escalated { title } => format!("{}已呈报校领导，有批示会告诉您", matter(title)),
        Notice::EchoAnswered { number } => format!("您也遇到的 {number} 已答复，请查看"),
        Notice::NewForUnit { number, until } => format!("新件 {number}，请签收，{until} 前首次回应"),
        Notice::Allotted { number, until } => format!("{number} 分给您办理，{until} 前答复"),
        Notice::ToAssist { number, until, unit } => {
            format!("请协办 {number}：{unit}牵头，{until}前答复，请配合")
        }
        Notice::Supplemented { number } => format!("{number} 反映人补充了说明，请查看"),
        Notice::Urged { number } => format!("{number} 反映人催办，请尽快回应"),
        Notice::Judged { number } => format!("{number} 反映人已评价，请查看"),
        Notice::Reopened { number, by: None, until } => {
            format!("{number} 反映人说没有解决，重新办理，{until} 前答复")
        }
        Notice::Reopened { number, by: Some(by), until } => {
            format!("{number} {by}要求重新办理，{until} 前答复")
        }
        Notice::DueSoon { number, until } => format!("{number} 快到期，请在 {until} 前办理"),
        Notice::Missed { number } => format!("{number} 已超期，请立即办理并说明原因"),
        Notice::Supervised { number } => format!("【督办】{number} 请过问，督促承办单位尽快办理"),
        Notice::Reminded { number, by } => format!("【催办】{number} {by}催办，请尽快办理"),
        Notice::SentBack { number, unit } => format!("{number} 被{unit}退回，请重新安排"),
        Notice::ExtensionAsked { number, unit } => format!("{number} {unit}申请延期，请您批"),
        Notice::ExtensionDecided { number } => format!("{number} 延期申请已有结果，请查看"),
        Notice::ToApprove { number } => format!("{number} 答复已送审，请您审核"),
        Notice::ReplyReturned { number } => format!("{number} 答复退改，请修改后再送审"),
        Notice::HandlingComplained { number } => format!("{number} 反映人对办理有意见，请过问"),
        Notice::ReviewMissed { number } => format!("{number} 挂账事项过了复核日期，请复核"),
        Notice::ToDispatch { number } => format!("新件 {number} 等您转办"),
        Notice::Danger { number } => format!("【紧急】{number} 涉及人身安全，请立即处置"),
        Notice::ToInstruct { number } => format!("{number} 已呈报，等您批示"),
        Notice::Withdrawn { number } => format!("{number} 反映人已撤回，不再办理"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use huiyin_foundation::testing::TEST_MORNING;

    #[test]
    fn what_leaves_the_house_names_the_number_in_place_of_the_title() {
        let no = CaseNo::from("HY-20261124-0042");
        let (title, unit) = ("水房的灯坏了三天".to_owned(), "后勤处".to_owned());
        let outside = words_outside(&Notice::Answered { title, unit }, &no, TEST_MORNING);
        assert_eq!(outside, "HY-20261124-0042 后勤处已答复，请看结果并评价");
        let (title, unit, until) = ("水房".to_owned(), "后勤处".to_owned(), "明天 18:00".to_owned());
        let outside = words_outside(&Notice::HandedOn { title, unit, until }, &no, TEST_MORNING);
        assert_eq!(outside, "您反映的 HY-20261124-0042 已交后勤处，11 月 25 日（周三）18:00 前反馈");
    }

    #[test]
    fn a_message_is_never_longer_than_sixty_characters() {
        let long = "很长的标题".repeat(10);
        let (unit, until) = ("后勤管理处".to_owned(), "11 月 26 日（周四）18:00".to_owned());
        let told = words(&Notice::HandedOn { title: long, unit, until });
        assert!(told.chars().count() <= 60, "{told}");
        let (title, until) = ("很长的标题".repeat(10), "11 月 26 日（周四）18:00".to_owned());
        for notice in [
            Notice::RoundOrdered { title: title.clone(), until: until.clone() },
            Notice::SupervisionEnded { title: title.clone() },
            Notice::ShelvedReviewed { title: title.clone(), until },
            Notice::StruckOff { title },
        ] {
            assert!(words(&notice).chars().count() <= 60, "{notice:?}");
        }
        assert!(words(&Notice::Danger { number: "HY-20261124-0042".into() }).chars().count() <= 60);
    }
}
