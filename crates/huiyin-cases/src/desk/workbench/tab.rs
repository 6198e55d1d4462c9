//! What can be done at the workbench, one tab each.

use huiyin_domain::access::Act;

/// An act of the unit on its case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::desk) enum Tab {
    /// 签收; a button, not a tab.
    Signature,
    /// 答复反映人
    Reply,
    /// 送审; the form of the answer with another button.
    Proposal,
    /// 签发; a button beside the proposed answer.
    Approval,
    /// 退改; a form beside the proposed answer.
    Rewriting,
    /// 阶段反馈
    Progress,
    /// 请反映人补充
    Question,
    /// 申请延期
    Extension,
    /// 复核挂账
    Review,
    /// 申请销账
    StrikingOff,
    /// 内部批注
    Note,
    /// 退回
    Return,
    /// 吹哨
    Assistance,
    /// 协办意见
    Opinion,
    /// 批延期, by the head of a body on its own extension by law
    MoreTime,
    /// 不同意延期; the same form with another button.
    NoMoreTime,
}

impl Tab {
    /// Those with a form of their own, in their order.
    pub const FORMS: [Tab; 11] = [
        Tab::Opinion,
        Tab::MoreTime,
        Tab::Reply,
        Tab::Progress,
        Tab::Question,
        Tab::Assistance,
        Tab::Extension,
        Tab::Review,
        Tab::StrikingOff,
        Tab::Note,
        Tab::Return,
    ];

    /// Those beside them.
    const BESIDE: [Tab; 5] = [Tab::Signature, Tab::Proposal, Tab::Approval, Tab::Rewriting, Tab::NoMoreTime];

    /// The word in addresses.
    pub fn word(self) -> &'static str {
        match self {
            Tab::Signature => "signature",
            Tab::Reply => "reply",
            Tab::Proposal => "proposal",
            Tab::Approval => "approval",
            Tab::Rewriting => "rewriting",
            Tab::Progress => "progress",
            Tab::Question => "question",
            Tab::Extension => "extension",
            Tab::Review => "review",
            Tab::StrikingOff => "striking-off",
            Tab::Note => "note",
            Tab::Return => "return",
            Tab::Assistance => "assistance",
            Tab::Opinion => "opinion",
            Tab::MoreTime => "more-time",
            Tab::NoMoreTime => "no-more-time",
        }
    }

    /// The field in which its form asks for a day.
    pub fn day_field(self) -> Option<&'static str> {
        match self {
            Tab::Reply | Tab::Proposal => Some("review_on"),
            Tab::Extension => Some("until"),
            Tab::MoreTime => Some("granted_until"),
            Tab::Review => Some("next"),
            _ => None,
        }
    }

    /// The tab of a word.
    pub fn from_word(word: &str) -> Option<Tab> {
        Tab::FORMS.into_iter().find(|tab| tab.word() == word)
    }

    /// The act of a word, whether it has a tab or not.
    pub fn act_of_word(word: &str) -> Option<Tab> {
        Tab::FORMS.into_iter().chain(Tab::BESIDE).find(|tab| tab.word() == word)
    }

    /// The tab whose form is filled in for this act; none for what stands beside the tabs.
    pub fn of_form(self) -> Option<Tab> {
        match self {
            Tab::Proposal => Some(Tab::Reply),
            Tab::NoMoreTime => Some(Tab::MoreTime),
            tab => Tab::FORMS.contains(&tab).then_some(tab),
        }
    }

    /// What the tab says.
    pub fn title(self) -> &'static str {
        match self {
            Tab::Signature => "签收",
            Tab::Reply => "答复反映人",
            Tab::Proposal => "送审",
            Tab::Approval => "签发",
            Tab::Rewriting => "退改",
            Tab::Progress => "阶段反馈",
            Tab::Question => "请反映人补充",
            Tab::Extension => "申请延期",
            Tab::Review => "复核挂账",
            Tab::StrikingOff => "申请销账",
            Tab::Note => "内部批注",
            Tab::Return => "退回",
            Tab::Assistance => "吹哨",
            Tab::Opinion => "协办意见",
            Tab::MoreTime => "批延期",
            Tab::NoMoreTime => "不同意延期",
        }
    }

    /// The act behind it.
    pub fn act(self) -> Act {
        match self {
            Tab::Signature => Act::SignFor,
            Tab::Reply => Act::Reply,
            Tab::Proposal => Act::ProposeReply,
            Tab::Approval => Act::ApproveReply,
            Tab::Rewriting => Act::ReturnReply,
            Tab::Progress => Act::ReportProgress,
            Tab::Question => Act::AskRequester,
            Tab::Extension => Act::AskExtension,
            Tab::Review => Act::ReviewShelved,
            Tab::StrikingOff => Act::AskStrikeOff,
            Tab::Note => Act::Note,
            Tab::Return => Act::SendBack,
            Tab::Assistance => Act::AskAssistance,
            Tab::Opinion => Act::GiveOpinion,
            Tab::MoreTime => Act::GrantExtension,
            Tab::NoMoreTime => Act::RefuseExtension,
        }
    }

    /// What is said after it was done; handing back is told in the list.
    pub fn done(self) -> &'static str {
        match self {
            Tab::Signature => "已签收，请在期限前给反映人第一次回应。",
            Tab::Reply => "已答复，反映人会收到通知。",
            Tab::Proposal => "答复已送审，单位负责人签发后反映人才看得到；期限不停。",
            Tab::Approval => "已签发，反映人会收到通知。",
            Tab::Rewriting => "已退改，经办人会收到通知。",
            Tab::Progress => "阶段反馈已发给反映人。",
            Tab::Question => "已请反映人补充，反映人会收到通知。",
            Tab::Extension => "延期申请已送批，批准以前期限不变。",
            Tab::Review => "已复核，反映人能看到；下次复核日期前再看一次。",
            Tab::StrikingOff => "已申请销账；核实以前还在账上，反映人能看到您写的。",
            Tab::Note => "批注已记下，只有办理人员看得到。",
            Tab::Return => "",
            Tab::Assistance => "已吹哨，请的单位会收到通知，各自有给意见的期限；您的期限不变。",
            Tab::Opinion => "协办意见已给出，主办单位会收到通知。",
            Tab::MoreTime => "已批准延期，经办人和反映人会收到通知。",
            Tab::NoMoreTime => "没有批准延期，按原来的期限办。",
        }
    }
}
