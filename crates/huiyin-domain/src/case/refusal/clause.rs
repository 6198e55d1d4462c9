//! The rule behind a refusal, and a refusal as the error that it is.

use super::Refusal;
use std::fmt;

/// How a refusal ends whose remedy is another day; a form marks the field of the day by it.
pub const ANOTHER_DAY: &str = "请重选日期。";

impl Refusal {
    /// The rule behind it, as people may quote it; empty where it is plain.
    pub fn clause(&self) -> &str {
        match self {
            Refusal::SendBackClosed { clause, .. }
            | Refusal::SentBackTooOften { clause, .. }
            | Refusal::AskedTooOften { clause, .. }
            | Refusal::SendBackHoursOver { clause, .. }
            | Refusal::ForcedAssignment { clause }
            | Refusal::UnmergeClosed { clause, .. }
            | Refusal::NeedsSecondLook { clause }
            | Refusal::HeadSigns { clause }
            | Refusal::ExtensionTooLate { clause }
            | Refusal::ExtensionTooLong { clause, .. }
            | Refusal::ExtendedTooOften { clause, .. }
            | Refusal::StatutoryBody { clause, .. }
            | Refusal::StatutoryTooLong { clause, .. }
            | Refusal::StatutoryNotShelved { clause }
            | Refusal::StatutoryClock { clause }
            | Refusal::BodyDecides { clause, .. }
            | Refusal::DecidedByLaw { clause }
            | Refusal::TalkBeforeSupervision { clause }
            | Refusal::RealNameOnly { clause, .. }
            | Refusal::DayTooFar { clause, .. }
            | Refusal::ForAPerson { clause }
            | Refusal::StillKept { clause } => clause,
            Refusal::ExtensionPending | Refusal::ExtensionNotLater => {
                "延期在到期之前申请，写明理由和新的日期，经批准后告知反映人。"
            }
            Refusal::NotToBeShelved | Refusal::NotShelved => {
                "现有条件下办不了的，说明原因，写明计划和复核日期，挂账到销账为止。"
            }
            Refusal::ComplainedRecently { .. } => "对办理的意见不经承办单位，每件在规定时间内一次。",
            Refusal::RecusedUnit
            | Refusal::RecusedLeader
            | Refusal::NobodyLeft
            | Refusal::HeirStaysAway(_) => "反映谁，就不由谁来办，也不让他看到。",
            Refusal::OwnAnswer { .. } => "谁答复的，不由谁回访、销账。",
            Refusal::RestDay => "答应反映人的期限、挂账复核的日子，都落在上班的日子。",
            Refusal::NotForASquad => "志愿者只看得到普通的报修：地点、内容和照片。",
            Refusal::ProtectedMatter => "举报、申诉等受保护的事项不公开。",
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
