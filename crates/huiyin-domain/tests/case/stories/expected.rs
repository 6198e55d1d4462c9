//! What must hold after a line: each kind of expectation says what it found instead.

use super::grammar::Token;
use super::names::*;
use crate::record::Line;
use huiyin_domain::access::may_see;
use huiyin_domain::calendar::{Day, Instant};
use huiyin_domain::case::*;
use huiyin_domain::policy::Policy;

/// What a line did, and the case around it.
pub struct Outcome<'a> {
    pub policy: &'a Policy,
    pub now: Instant,
    pub actor: &'a Actor,
    pub before: Option<&'a Case>,
    pub after: Option<&'a Case>,
    pub answer: &'a Result<Vec<Line>, Refusal>,
    /// The whole record, this line included.
    pub record: Vec<Recorded>,
}

/// Checks one expectation; the error says what was found.
pub fn check(expected: &[Token], outcome: &Outcome<'_>) -> Result<(), String> {
    let words: Vec<&str> = expected
        .iter()
        .map(|token| match token {
            Token::Word(word) | Token::Quote(word) => word.as_str(),
        })
        .collect();
    if let ["不准", sentence] = words[..] {
        return refused(sentence, outcome);
    }
    let lines = outcome.answer.as_ref().map_err(|refusal| format!("不准：{refusal}"))?;
    let case = outcome.after.ok_or("还没有这一件")?;
    match words[..] {
        [stage] if meaning(STAGES, stage).is_some() => same(stage, word(STAGES, &case.stage)),
        [urgency] if meaning(URGENCIES, urgency).is_some() => same(urgency, word(URGENCIES, &case.urgency)),
        ["记下", ..] => same(&words[1..].concat(), &phrases(lines)),
        ["无事"] => same("", &phrases(lines)),
        ["存下", kinds] => same(kinds, &texts(lines)),
        ["记在", day, time] => same(&moment(day, time)?, &shown(lines.last().map(|line| line.recorded.at))),
        ["下次巡检", day, time] => same(&moment(day, time)?, &shown(next_check(case, outcome.policy))),
        ["不再巡检"] => same("无", &shown(next_check(case, outcome.policy))),
        ["承办", unit] => same(&Names(outcome.policy).unit(unit)?.0, &unit_of(case)),
        ["协办", units] => {
            let expected = Names(outcome.policy).units(units)?;
            same(&format!("{expected:?}"), &format!("{:?}", case.assisting))
        }
        ["无承办单位"] => same("无", &unit_of(case)),
        ["第", round, "轮"] => same(round, &case.rounds.len().to_string()),
        ["督办到", level] => same(level, case.supervised.map_or("没有督办", |level| word(LEVELS, &level))),
        ["没有督办"] => {
            same("没有督办", case.supervised.map_or("没有督办", |level| word(LEVELS, &level)))
        }
        ["督办单", "第", number, "号"] => same(number, &orders(&outcome.record).count().to_string()),
        ["没有督办单"] => holds(orders(&outcome.record).count() == 0, "有督办单"),
        ["重点督办"] => holds(case.is_key, "不是重点督办"),
        ["挂账到", day] => {
            let found = case.shelved.as_ref().map(|shelf| shelf.review_on.to_string());
            same(day, &found.unwrap_or("没有挂账".to_owned()))
        }
        ["没有挂账"] => holds(case.shelved.is_none(), "还挂着账"),
        ["附议", count] => same(count, &case.cosigned().to_string()),
        ["等配件到", day] => {
            let found = case.field.part_on.map_or("不等配件".to_owned(), |day| day.to_string());
            same(day, &found)
        }
        ["不等配件"] => holds(case.field.part_on.is_none(), "在等配件"),
        ["等补充"] => holds(case.asked_at.is_some(), "不等补充"),
        ["不等补充"] => holds(case.asked_at.is_none(), "在等补充"),
        ["答复问题期限", day, time] => {
            same(&moment(day, time)?, &shown(case.complaint.map(|complaint| complaint.due)))
        }
        ["没有待答的办理问题"] => holds(case.complaint.is_none(), "还有办理问题没有答复"),
        ["走法定程序"] => holds(case.is_on_statute(), "不走法定程序"),
        ["不走法定程序"] => holds(!case.is_on_statute(), "走法定程序"),
        ["读得到", what] => reads(what, outcome, case, true),
        ["读不到", what] => reads(what, outcome, case, false),
        ["待批延期"] => holds(case.extension_asked.is_some(), "没有延期申请"),
        ["待审答复"] => holds(case.proposed.is_some(), "没有送审的答复"),
        ["协办期限", unit, day, time] => {
            let unit = Names(outcome.policy).unit(unit)?;
            let asked = case.assistance.iter().find(|assistance| assistance.unit == unit);
            same(&moment(day, time)?, &shown(asked.map(|assistance| assistance.due)))
        }
        ["责任单位", unit] => {
            let found = case.responsible(outcome.policy).map_or("无".to_owned(), |unit| unit.0);
            same(&Names(outcome.policy).unit(unit)?.0, &found)
        }
        ["等批示"] => holds(case.awaits_instruction, "不等批示"),
        ["不等批示"] => holds(!case.awaits_instruction, "在等批示"),
        ["受保护"] => holds(case.restricted, "没有受保护"),
        ["可以公开"] => holds(case.may_publish && !case.restricted, "不能公开"),
        ["不能公开"] => holds(!case.may_publish || case.restricted, "可以公开"),
        ["在公开栏"] => holds(case.is_published, "不在公开栏"),
        ["不在公开栏"] => holds(!case.is_published, "在公开栏"),
        ["已逾期"] => holds(case.is_overdue(outcome.now), "没有逾期"),
        ["未逾期"] => holds(!case.is_overdue(outcome.now), "已经逾期"),
        ["看得见"] => holds(may_see(outcome.actor, case, outcome.policy), "看不见"),
        ["看不见"] => holds(!may_see(outcome.actor, case, outcome.policy), "看得见"),
        [limit, ..] if limit.ends_with("期限") => due(limit, &words[1..], case, outcome.before),
        _ => Err(format!("不知道怎样核对「{}」", words.join(" "))),
    }
}

/// Whether the one who looks may read that event of the case.
fn reads(what: &str, outcome: &Outcome<'_>, case: &Case, expected: bool) -> Result<(), String> {
    let due = case.complaint.map(|complaint| complaint.due);
    let about_office = case.complaint.is_some_and(|complaint| complaint.is_about_office);
    let event = match what {
        "办理问题" => Event::HandlingComplained(HandlingComplaint { due, about_office, danger: false }),
        _ => return Err(format!("不知道怎样读「{what}」")),
    };
    let worn = huiyin_domain::access::hats(outcome.actor, case, outcome.policy);
    let found = huiyin_domain::access::sees_event(&worn, &event);
    holds(found == expected, if found { "读得到" } else { "读不到" })
}

fn same(expected: &str, found: &str) -> Result<(), String> {
    if expected == found { Ok(()) } else { Err(format!("应为「{expected}」，实际「{found}」")) }
}

fn holds(is_so: bool, found: &str) -> Result<(), String> {
    if is_so { Ok(()) } else { Err(format!("实际{found}")) }
}

fn refused(sentence: &str, outcome: &Outcome<'_>) -> Result<(), String> {
    match outcome.answer {
        Ok(lines) => Err(format!("没有拦住，记下了「{}」", phrases(lines))),
        Err(refusal) if refusal.sentence().contains(sentence) => Ok(()),
        Err(refusal) => Err(format!("拦住了，但说的是「{refusal}」")),
    }
}

/// `办结期限 2025-10-10 18:00`, with 暂定 behind it when the calendar is not known that far; `办结期限 不变`; `办结期限 无`.
fn due(limit: &str, words: &[&str], case: &Case, before: Option<&Case>) -> Result<(), String> {
    let name = limit.trim_end_matches("期限");
    let clock = meaning(CLOCKS, name).ok_or(format!("没有「{limit}」"))?;
    let found = said(case.round().promise(clock));
    match words {
        ["不变"] => same(&said(before.and_then(|case| case.round().promise(clock))), &found),
        ["无"] => same("无", &found),
        [day, time] => same(&moment(day, time)?, &found),
        [day, time, "暂定"] => same(&format!("{} 暂定", moment(day, time)?), &found),
        _ => Err("期限要写日期和时间".to_owned()),
    }
}

fn said(promise: Option<&Promise>) -> String {
    let provisional = promise.is_some_and(|promise| promise.provisional);
    format!("{}{}", shown(promise.map(|promise| promise.due)), if provisional { " 暂定" } else { "" })
}

/// Midnight is said as the 24:00 that ends a day.
fn moment(day: &str, time: &str) -> Result<String, String> {
    let day: Day = day.parse()?;
    Ok(shown(Some(day.at(time.parse()?))))
}

fn shown(at: Option<Instant>) -> String {
    at.map_or("无".to_owned(), |at| at.to_rfc3339())
}

fn unit_of(case: &Case) -> String {
    case.unit.as_ref().map_or("无".to_owned(), |unit| unit.0.clone())
}

fn texts(lines: &[Line]) -> String {
    let kinds = lines.iter().flat_map(|line| &line.texts).map(|text| word(TEXTS, &text.kind));
    kinds.collect::<Vec<_>>().join("、")
}

fn phrases(lines: &[Line]) -> String {
    lines.iter().map(|line| phrase(&line.recorded.event)).collect::<Vec<_>>().join("、")
}

fn phrase(event: &Event) -> String {
    match event {
        Event::Submitted { .. } => "提交".into(),
        Event::Accepted { .. } => "受理".into(),
        Event::Assigned { .. } => "派单".into(),
        Event::Transferred { .. } => "转办".into(),
        Event::Escalated { .. } => "呈办".into(),
        Event::Instructed { .. } => "批示".into(),
        Event::SignedFor {} => "签收".into(),
        Event::Allotted { .. } => "分给经办人".into(),
        Event::SentBack { .. } => "退回".into(),
        Event::TakenBack {} => "收回".into(),
        Event::ProgressReported { .. } => "反馈进展".into(),
        Event::Replied { visibility: Visibility::Public, .. } => "公开答复".into(),
        Event::Replied { visibility: Visibility::Private, .. } => "单独答复".into(),
        Event::Noted {} => "批注".into(),
        Event::Supplemented { .. } => "补充".into(),
        Event::Urged { .. } => "催一催".into(),
        Event::Rated { corrects: true, .. } => "更正评价".into(),
        Event::Rated { .. } => "评价".into(),
        Event::Reopened { automatic: true, .. } => "自动重办".into(),
        Event::Reopened { automatic: false, .. } => "要求重办".into(),
        Event::Withdrawn {} => "撤回".into(),
        Event::Declined { .. } => "不予受理".into(),
        Event::Corrected { .. } => "更正".into(),
        Event::Classified(_) => "按历史归类".into(),
        Event::Published {} => "上公开栏".into(),
        Event::Unpublished {} => "撤下公开".into(),
        Event::Reminded { clock, hours_before, .. } => {
            format!("提前{hours_before}小时催办{}", word(CLOCKS, clock))
        }
        Event::RemindedByHand { means: Means::Talk } => "约谈".into(),
        Event::RemindedByHand { .. } => "人工催办".into(),
        Event::ExtensionAsked { .. } => "申请延期".into(),
        Event::Extended { .. } => "延期".into(),
        Event::ExtensionRefused {} => "不同意延期".into(),
        Event::Asked {} => "请补充".into(),
        Event::Resumed { .. } => "恢复计时".into(),
        Event::Shelved { .. } => "挂账".into(),
        Event::ShelvedReviewed { .. } => "复核".into(),
        Event::ReviewMissed { .. } => "复核逾期".into(),
        Event::StruckOff {} => "销账".into(),
        Event::StrikeOffAsked {} => "申请销账".into(),
        Event::ReplyProposed { .. } => "送审".into(),
        Event::ReplyReturned {} => "退改".into(),
        Event::HandlingComplained(HandlingComplaint { danger: true, .. }) => "反映办理问题里有危险".into(),
        Event::HandlingComplained(HandlingComplaint { about_office: true, .. }) => {
            "反映协调部门的问题".into()
        }
        Event::HandlingComplained(_) => "反映办理问题".into(),
        Event::ComplaintAnswered(_) => "答复办理问题".into(),
        Event::FollowUpTried {} => "电话没打通".into(),
        Event::ComplaintMissed(_) => "办理问题逾期未答".into(),
        Event::Protected {} => "随主件受保护".into(),
        Event::RecusalLifted(_) => "解除回避".into(),
        Event::EffectCheckDue {} => "问效果".into(),
        Event::EffectChecked { .. } => "效果回访".into(),
        Event::SupervisionEnded {} => "结束督办".into(),
        Event::RestrictionLowered {} => "解除限制".into(),
        Event::Matched(Matched { earlier: Some(no), .. }) => format!("比对{no}"),
        Event::Matched(Matched { earlier: None, .. }) => "比对校内未反映".into(),
        Event::AssistanceAsked { whistle: false, .. } => "请协办".into(),
        Event::AssistanceAsked { whistle: true, .. } => "吹哨".into(),
        Event::OpinionGiven { .. } => "协办意见".into(),
        Event::AssistanceReminded(AssistanceReminder { hours_before, .. }) => {
            format!("提前{hours_before}小时催协办")
        }
        Event::AssistanceMissed { .. } => "协办逾期".into(),
        Event::Recused { .. } => "回避".into(),
        Event::Merged { .. } => "并案".into(),
        Event::Joined { .. } => "并入".into(),
        Event::Unmerged {} => "取消并案".into(),
        Event::Parted { .. } => "分开".into(),
        Event::Succeeded(_) => "随撤并移交".into(),
        Event::SplitOff { .. } => "拆分".into(),
        Event::FieldArrived {} => "到场".into(),
        Event::Removed { what } => format!("删去{}", word(REMOVALS, what)),
        Event::FieldPictured(Pictured { moment, .. }) => format!("照片{}", word(WORK_MOMENTS, moment)),
        Event::SquadCalled(_) => "交服务队".into(),
        Event::SquadReleased {} => "收回服务队".into(),
        Event::WorkReported(WorkReported { is_done: true, .. }) => "报修好".into(),
        Event::WorkReported(WorkReported { is_done: false, .. }) => "报办不了".into(),
        Event::CosignersNamed(_) => "请附议".into(),
        Event::CosignAnswered(CosignAnswered { consents: true, .. }) => "附议".into(),
        Event::CosignAnswered(CosignAnswered { consents: false, .. }) => "不附议".into(),
        Event::ProposalSettled(ProposalSettled { is_filed: true }) => "立案".into(),
        Event::ProposalSettled(ProposalSettled { is_filed: false }) => "作为建议办理".into(),
        Event::PartAwaited(_) => "缺配件".into(),
        Event::PartDue(_) => "配件到期".into(),
        Event::DeadlineMissed { extension_pending: true, .. } => "到期待批延期".into(),
        Event::DeadlineMissed { clock, .. } => format!("{}逾期", word(CLOCKS, clock)),
        Event::Supervised(order) => format!("督办到{}", word(LEVELS, &order.level)),
        Event::Archived { rated: true } => "归档".into(),
        Event::Archived { rated: false } => "未评价归档".into(),
    }
}
