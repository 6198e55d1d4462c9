//! The words of messages: at most 60 characters, no content of complaints (ui.md §12). What leaves the house does not even
//! hold the first words of a title.

use huiyin_domain::ids::CaseNo;

use super::Notice;

/// The first twelve characters of a title.
fn short(title: &str) -> String {
    let mut start: String = title.chars().take(12).collect();
    if title.chars().count() > 12 {
        start.push('…');
    }
    start
}

/// The message, as it stands in the list inside the pages.
pub fn words(notice: &Notice, no: &CaseNo) -> String {
    said(notice, no, |title| format!("“{}”", short(title)))
}

/// The message as it may leave the house: a requester's title is already something of what they wrote, so the number
/// stands in its place.
pub fn words_outside(notice: &Notice, no: &CaseNo) -> String {
    said(notice, no, |_| format!(" {no} ")).trim_start().to_owned()
}

/// 「11 月 26 日（周四）18:00 前答复」, or 「尽快答复」 where no day is promised.
fn by(until: &str, what: &str) -> String {
    if until.is_empty() { format!("尽快{what}") } else { format!("{until} 前{what}") }
}

fn said(notice: &Notice, number: &CaseNo, matter: impl Fn(&str) -> String) -> String {
    match notice {
        Notice::HandedOn { title, unit, until } => {
            format!("您反映的{}已交{unit}，{}", matter(title), by(until, "反馈"))
        }
        Notice::Progress { title, unit } => format!("{}有新进展，{unit}已反馈，请查看", matter(title)),
        Notice::Answered { title, unit } => format!("{}{unit}已答复，请看结果并评价", matter(title)),
        Notice::Asked { title, unit } => format!("{}{unit}请您补充，补充以前期限暂停", matter(title)),
        Notice::Extended { title, until } => {
            format!("{}批准延期，{}", matter(title), by(until, "给您结果"))
        }
        Notice::RoundOrdered { title, until } => {
            format!("{}责成重新办理，{}", matter(title), by(until, "给您结果"))
        }
        Notice::SupervisionEnded { title } => {
            format!("{}督办已结束，请看结论；有异议可以反映办理问题", matter(title))
        }
        Notice::ShelvedReviewed { title, until } => {
            format!("{}挂账已复核，请看情况；{until}前再看一次", matter(title))
        }
        Notice::StruckOff { title } => format!("{}已销账，办成了什么、为什么销账请查看", matter(title)),
        Notice::RatingTaken { title } => {
            format!("{}电话回访记下了您的评价，记得不对的请自己改", matter(title))
        }
        Notice::EffectAsked { title } => format!("{}现在还好吗，请告诉我们一声", matter(title)),
        Notice::LetterTaken { until: Some(until), notes } => {
            with_notes(&format!("{number} 来信已收到，{}", by(until, "首次回应您")), notes)
        }
        Notice::LetterTaken { until: None, notes } => with_notes(&format!("{number} 补充已收到"), notes),
        Notice::Declined { title } => format!("{}不予受理，理由和可走的途径请查看", matter(title)),
        Notice::Escalated { title } => format!("{}已呈报校领导，有批示会告诉您", matter(title)),
        Notice::ToBeRemoved { count, from } => {
            format!("您有 {count} 件诉求{from}起因保存期满不再保留，要留存请先下载")
        }
        Notice::AddressToBeForgotten { from } => {
            format!("{number} {from}起不留您的邮箱，不再发信；凭查询码能看")
        }
        Notice::RemovalCalledOff { count } => {
            format!("您有 {count} 件诉求原定保存期满后不再保留，现在决定接着保留")
        }
        Notice::RemovalToConfirm => "一份到期清单等您确认，请到“保存期限”里逐件看过再定".to_owned(),
        Notice::Forewarned => "近来反映同一件事的人比往常多，请到“热点预警”看一看".to_owned(),
        Notice::ForewarningTask { until } if until.is_empty() => {
            "未诉先办的一项任务有新情况，请到“未诉先办”查看".to_owned()
        }
        Notice::ForewarningTask { until } => format!("请未诉先办：有一项新任务，{until}前办完"),
        Notice::ForewarningReported => "未诉先办：承办单位报告了新情况，请查看".to_owned(),
        Notice::EchoAnswered => format!("您也遇到的 {number} 已答复，请查看"),
        Notice::NewForUnit { until } => format!("新件 {number}，请签收，{}", by(until, "首次回应")),
        Notice::Allotted { until } => format!("{number} 分给您办理，{}", by(until, "答复")),
        Notice::ToAssist { until, unit, by_whistle: false } => {
            format!("请协办 {number}：{unit}牵头，{}", by(until, "给意见"))
        }
        Notice::Supplemented => format!("{number} 反映人补充了说明，请查看"),
        Notice::Urged => format!("{number} 反映人催办，请尽快回应"),
        Notice::Judged => format!("{number} 反映人已评价，请查看"),
        Notice::Reopened { by: None, until } => {
            format!("{number} 反映人说没有解决，重新办理，{}", by(until, "答复"))
        }
        Notice::Reopened { by: Some(presser), until } => {
            format!("{number} {presser}要求重新办理，{}", by(until, "答复"))
        }
        Notice::DueSoon { of, until } => format!("{number} 的{of}快到期，{}", by(until, "请办理")),
        Notice::Missed { of } => format!("{number} 的{of}已超期，请立即办理并说明原因"),
        Notice::Supervised => format!("【督办】{number} 请过问，督促承办单位尽快办理"),
        Notice::Reminded { by } => format!("【催办】{number} {by}催办，请尽快办理"),
        Notice::SentBack { unit } => format!("{number} 被{unit}退回，请重新安排"),
        Notice::ExtensionAsked { unit } => format!("{number} {unit}申请延期，请您批"),
        Notice::NobodyThere { unit, until } => format!(
            "新件 {number} 派给了{unit}，那里还没有承办员，没有人收到；请设承办员，或改派，{}",
            by(until, "首次回应")
        ),
        Notice::StrikeOffAsked { unit } => format!("{number} {unit}申请销账，请您核实"),
        Notice::ExtensionDecided => format!("{number} 延期已批准，请看新的期限"),
        Notice::ToApprove => format!("{number} 答复已送审，请您审核"),
        Notice::ReplyReturned => format!("{number} 答复退改，请修改后再送审"),
        Notice::HandlingComplained => format!("{number} 反映人对办理有意见，请过问"),
        Notice::ComplaintMissed => format!("{number} 反映的办理问题没有按时答复，请过问"),
        Notice::ComplaintAnswered { title } => format!("{}您反映的办理问题已答复，请查看", matter(title)),
        Notice::RecusalLifted { title } => format!("{}核实后解除了一个单位的回避，请查看", matter(title)),
        Notice::ReviewMissed => format!("{number} 挂账事项过了复核日期，请复核"),
        Notice::ToDispatch => format!("新件 {number} 等您转办"),
        Notice::Danger => format!("【紧急】{number} 涉及人身安全，请立即处置"),
        Notice::ToInstruct => format!("{number} 已呈报，等您批示"),
        Notice::Withdrawn => format!("{number} 反映人已撤回，不再办理"),
        Notice::OpinionGiven { unit } => format!("{number} {unit}已给协办意见，请查看"),
        Notice::OpinionSoon { until } => format!("{number} 的协办意见快到期，{}", by(until, "请给出")),
        Notice::OpinionMissed => format!("{number} 的协办意见已超期，请立即给出"),
        Notice::OpinionMissing { unit } => format!("{number} {unit}没有按时给协办意见，您可以先答复"),
        Notice::ToAssist { until, unit, by_whistle: true } => {
            format!("【吹哨】{number} {unit}请您单位一起办，{}", by(until, "给意见"))
        }
        Notice::ExtensionRefused { until } => format!("{number} 没有批准延期，{}", by(until, "请答复")),
        Notice::Recused => format!("{number} 有单位要回避，请重新安排"),
        Notice::MergedAway => format!("{number} 已并案，随主件一起答复，不用单独办"),
        Notice::Joined => format!("{number} 并入了一件相同的诉求，请一起答复"),
        Notice::Parted => format!("{number} 并入的一件已分开，各自办理"),
        Notice::Restored { until } => format!("{number} 恢复单独办理，{}", by(until, "答复")),
        Notice::KeptAway { title } => format!("{}已请有关单位回避，它看不到这件", matter(title)),
        Notice::HandledTogether { title } => {
            format!("{}和相同的诉求一起办理，答复会同时告诉您", matter(title))
        }
        Notice::OthersJoined { title } => format!("{}有相同的诉求并进来一起办，您的期限不变", matter(title)),
        Notice::ByItselfAgain { title, until } => {
            format!("{}恢复单独办理，{}", matter(title), by(until, "给您结果"))
        }
        Notice::SplitInTwo { title } => format!("{}里的另一件事已单独立件，两件都会答复您", matter(title)),
        Notice::PartAwaited { title, until } => {
            format!("{}缺配件，预计{until}到货，到了接着办", matter(title))
        }
        Notice::SquadCalled { unit } => format!("{unit}请服务队到现场办 {number}，请看工单"),
        Notice::SquadReleased => format!("{number} 已由单位收回，服务队不用去了"),
        Notice::WorkReported { is_done: true } => format!("{number} 服务队报修好了，请确认后答复"),
        Notice::WorkReported { is_done: false } => {
            format!("{number} 服务队办不了，已还给单位，请接着办")
        }
        Notice::CosignAsked => format!("同事请您附议提案 {number}，请看内容，愿不愿意都请答复"),
        Notice::CosignAnswered { title, cosigned } => {
            format!("{}又有一位教职工附议，现在共 {cosigned} 位", matter(title))
        }
        Notice::ProposalSettled { title, is_filed: true } => format!("{}已立案，作为提案办理", matter(title)),
        Notice::ProposalSettled { title, is_filed: false } => {
            format!("{}作为建议办理，理由请查看，照样按期答复", matter(title))
        }
        Notice::CosignedNews => format!("您附议的提案 {number} 有了新进展，请查看"),
        Notice::FindingAsked { until } => format!("{number} 请核实，{}", by(until, "回复")),
        Notice::FindingAnswered { unit } => format!("{number} {unit}已核实，请看结果"),
        Notice::MendingOrdered { until } => format!("{number} 请整改，{}", by(until, "改好并报告")),
        Notice::MendingReported { unit } => format!("{number} {unit}报告已改好，请验收"),
        Notice::FindingClosed => format!("{number} 核实整改已了结"),
        Notice::PartDue => format!("{number} 的配件预计今天到货，请安排；没到请重报日期"),
    }
}

/// What was not taken stands on lines of its own; only the first line is a subject.
fn with_notes(words: &str, notes: &[String]) -> String {
    notes.iter().fold(words.to_owned(), |words, note| format!("{words}\n{note}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_leaves_the_house_names_the_number_in_place_of_the_title() {
        let no = CaseNo::from("HY-20261124-0042");
        let (title, unit) = ("水房的灯坏了三天".to_owned(), "后勤处".to_owned());
        let outside = words_outside(&Notice::Answered { title, unit }, &no);
        assert_eq!(outside, "HY-20261124-0042 后勤处已答复，请看结果并评价");
        let (title, unit, until) =
            ("水房".to_owned(), "后勤处".to_owned(), "11 月 25 日（周三）18:00".to_owned());
        let outside = words_outside(&Notice::HandedOn { title, unit, until }, &no);
        assert_eq!(outside, "您反映的 HY-20261124-0042 已交后勤处，11 月 25 日（周三）18:00 前反馈");
    }

    #[test]
    fn what_has_no_day_is_done_soon_and_a_day_stands_behind_a_comma() {
        let no = CaseNo::from("HY-20261124-0042");
        let (title, unit) = (|| "水房".to_owned(), || "后勤处".to_owned());
        let extended = words(&Notice::Extended { title: title(), until: String::new() }, &no);
        assert_eq!(extended, "“水房”批准延期，尽快给您结果");
        let handed_on = Notice::HandedOn { title: title(), unit: unit(), until: String::new() };
        assert_eq!(words(&handed_on, &no), "您反映的“水房”已交后勤处，尽快反馈");
        let letter = Notice::LetterTaken { until: Some(String::new()), notes: Vec::new() };
        assert_eq!(words(&letter, &no), "HY-20261124-0042 来信已收到，尽快首次回应您");
        let soon = Notice::DueSoon { of: "首次回应", until: "11 月 24 日（周二）18:00".into() };
        assert_eq!(words(&soon, &no), "HY-20261124-0042 的首次回应快到期，11 月 24 日（周二）18:00 前请办理");
        let missed = Notice::Missed { of: "反馈结果" };
        assert_eq!(words(&missed, &no), "HY-20261124-0042 的反馈结果已超期，请立即办理并说明原因");
    }

    #[test]
    fn a_message_is_never_longer_than_sixty_characters() {
        let no = CaseNo::from("HY-20261124-0042");
        let long = "很长的标题".repeat(10);
        let (unit, until) = ("后勤管理处".to_owned(), "11 月 26 日（周四）18:00".to_owned());
        let told = words(&Notice::HandedOn { title: long, unit, until }, &no);
        assert!(told.chars().count() <= 60, "{told}");
        let (title, until) = ("很长的标题".repeat(10), "11 月 26 日（周四）18:00".to_owned());
        for notice in [
            Notice::RoundOrdered { title: title.clone(), until: until.clone() },
            Notice::SupervisionEnded { title: title.clone() },
            Notice::ShelvedReviewed { title: title.clone(), until },
            Notice::StruckOff { title },
            Notice::AddressToBeForgotten { from: "2027 年 12 月 28 日（周二）".into() },
            Notice::RemovalCalledOff { count: 12 },
        ] {
            assert!(words(&notice, &no).chars().count() <= 60, "{notice:?}");
        }
        assert!(words(&Notice::Danger, &no).chars().count() <= 60);
    }
}
