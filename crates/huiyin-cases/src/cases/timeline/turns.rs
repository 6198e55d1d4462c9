//! The turns a matter can take, each in one plain line: more time, waiting for an answer, the list of what cannot be done
//! yet, the second look, what comes after the judgement.

use super::{Ear, Frame, Telling};
use huiyin_domain::access::{Hat, Role};
use huiyin_domain::case::{
    Answerer, ComplaintEnd, Event, HandlingComplaint, Lifting, Matched, Opinion, Pictured, Succession,
    TextKind, WorkMoment,
};
use huiyin_domain::ids::{FileId, UnitId};
use huiyin_foundation::say;

/// How one turn is told.
pub(super) struct Turn {
    pub(super) icon: &'static str,
    pub(super) dot: &'static str,
    pub(super) title: String,
    pub(super) line: String,
    pub(super) words: Option<TextKind>,
    pub(super) frame: Frame,
}

fn plain(icon: &'static str, dot: &'static str, title: impl Into<String>) -> Turn {
    Turn { icon, dot, title: title.into(), line: String::new(), words: None, frame: Frame::Plain }
}

impl Turn {
    fn with(self, words: TextKind, frame: Frame) -> Turn {
        Turn { words: Some(words), frame, ..self }
    }

    fn noting(self, line: impl Into<String>) -> Turn {
        Turn { line: line.into(), ..self }
    }
}

/// What came of several units and several cases: assistance, recusal, merging, splitting, succession.
fn road(event: &Event, telling: &Telling<'_>) -> Option<Turn> {
    let is_requester = telling.ear == Ear::Requester;
    let unit_name =
        |id: &UnitId| telling.policy.unit(id).map_or_else(|| id.to_string(), |unit| unit.name.clone());
    let by = |due| format!("{} 前给意见", say::moment_long(telling.now, due));
    Some(match event {
        Event::AssistanceAsked { unit, .. } if is_requester => {
            plain("users", "spot-done", format!("请{}一起办", unit_name(unit)))
        }
        Event::AssistanceAsked { unit, due, whistle } => {
            let word = if *whistle { "吹哨：请" } else { "请" };
            plain("users", "spot-done", format!("{word}{}一起办", unit_name(unit)))
                .noting(by(*due))
                .with(TextKind::Words, Frame::Inside)
        }
        Event::OpinionGiven(Opinion { unit, .. }) => {
            plain("message-square-text", "spot-done", format!("{}给了协办意见", unit_name(unit)))
                .with(TextKind::Words, Frame::Inside)
        }
        Event::AssistanceMissed { unit, .. } => {
            plain("triangle-alert", "tone-warn", format!("{}没有按时给协办意见", unit_name(unit)))
        }
        Event::Recused { units, .. } => {
            let names: Vec<String> = units.iter().map(unit_name).collect();
            let turn = plain("eye-off", "tone-warn", format!("请{}回避", names.join("、")))
                .noting("看不到这件，也不经办");
            if is_requester { turn } else { turn.with(TextKind::Reason, Frame::Inside) }
        }
        Event::Merged { .. } if is_requester => {
            plain("layers", "spot-done", "和相同的诉求一起办理").noting("答复会同时送到这里，您单独评价")
        }
        Event::Merged { into } => plain("layers", "spot-done", format!("并入 {into}，一起办理")),
        Event::Joined { .. } if is_requester => {
            plain("layers", "", "有一件相同的诉求并进来一起办").noting("您的期限不变")
        }
        Event::Joined { other } => plain("layers", "", format!("{other} 并入本件，一起办理")),
        // Why is a word inside the house.
        Event::Unmerged {} if is_requester => {
            plain("layers", "tone-warn", "恢复单独办理").noting("核对后还是单独办理更合适；期限照原来的")
        }
        Event::Unmerged {} => plain("layers", "tone-warn", "取消并案，恢复单独办理")
            .noting("期限照原来的")
            .with(TextKind::Reason, Frame::Inside),
        Event::Protected {} if is_requester => return None,
        Event::Protected {} => plain("lock", "tone-warn", "主件列为受保护，一起办的这件也受保护"),
        Event::RecusalLifted(Lifting { units }) => {
            let names: Vec<String> = units.iter().map(unit_name).collect();
            let turn = plain("eye-off", "", format!("解除{}的回避", names.join("、")))
                .noting("核实后解除，它可以看到并办理这件");
            if is_requester { turn } else { turn.with(TextKind::Reason, Frame::Inside) }
        }
        Event::Parted { .. } if is_requester => plain("layers", "", "并进来的一件已分开，各自办理"),
        Event::Parted { other } => plain("layers", "", format!("{other} 已分开，各自办理")),
        Event::SplitOff { other } => plain("split", "", format!("另一件事单独立件：{other}")),
        Event::Succeeded(Succession { from, unit }) => {
            let (from, unit) = (unit_name(from), unit_name(unit));
            plain("rotate-ccw", "spot-done", format!("{from}已撤并，由{unit}接着办")).noting("期限不变")
        }
        _ => return at_the_place(event, telling),
    })
}

/// What happened at the place.
fn at_the_place(event: &Event, telling: &Telling<'_>) -> Option<Turn> {
    let is_requester = telling.ear == Ear::Requester;
    Some(match event {
        Event::SquadCalled(called) => {
            let squad = telling.policy.squad(&called.squad);
            let name = squad.map_or("服务队", |squad| squad.name.as_str());
            let turn = plain("users", "spot-done", format!("请{name}到现场办理"))
                .noting("责任、期限和答复仍在承办单位");
            if is_requester { turn } else { turn.with(TextKind::Words, Frame::Inside) }
        }
        Event::SquadReleased {} => plain("undo-2", "", "单位从服务队收回，自己办理"),
        Event::WorkReported(report) => {
            let (dot, title) = match report.is_done {
                true => ("spot-done", "服务队报已修好，等承办单位确认"),
                false => ("tone-warn", "服务队办不了，已还给承办单位"),
            };
            let turn = plain("wrench", dot, title);
            if is_requester { turn } else { turn.with(TextKind::Words, Frame::Inside) }
        }
        Event::FieldArrived {} => plain("map-pin", "spot-done", "已有人到现场"),
        Event::FieldPictured(Pictured { moment: WorkMoment::Before, .. }) => {
            plain("camera", "", "现场照片：修前")
        }
        Event::FieldPictured(Pictured { moment: WorkMoment::After, .. }) => {
            plain("camera", "", "现场照片：修后")
        }
        Event::PartAwaited(part) => plain("wrench", "tone-warn", "缺配件，等到货")
            .noting(format!("预计 {}到货，到了接着办", say::day_long(telling.now, part.expected_on)))
            .with(TextKind::Words, Frame::Reply),
        Event::PartDue(_) => plain("bell", "tone-warn", "到了配件预计到货的日子，已提醒承办的人"),
        Event::Removed { what } => {
            plain("archive", "", format!("保存期满，删去{}", say::removal(*what))).noting("办理记录还在")
        }
        _ => return of_a_proposal(event, telling),
    })
}

/// What became of a proposal. Who was asked is for the proposer; who co-signs stands on a page of its own.
fn of_a_proposal(event: &Event, telling: &Telling<'_>) -> Option<Turn> {
    let is_proposer = telling.hats.contains(&Hat::Requester);
    Some(match event {
        Event::CosignersNamed(named) => {
            let turn = plain("users", "", format!("请 {} 位教职工附议", named.count));
            if is_proposer { turn.with(TextKind::Cosigners, Frame::Plain) } else { turn }
        }
        Event::CosignAnswered(answer) if answer.consents => plain("check", "spot-done", "一位教职工附议"),
        // Nobody is to be found out for having said no.
        Event::CosignAnswered(_) if telling.ear == Ear::Requester => return None,
        Event::CosignAnswered(_) => plain("users", "", "一位教职工没有附议"),
        Event::ProposalSettled(settled) if settled.is_filed => {
            plain("stamp", "spot-done", "已立案，作为提案办理").with(TextKind::Reason, Frame::Reply)
        }
        Event::ProposalSettled(_) => {
            plain("stamp", "spot-done", "作为建议办理").with(TextKind::Reason, Frame::Reply)
        }
        _ => return None,
    })
}

/// Tells a turn; what is not one is told elsewhere.
pub(super) fn turn(event: &Event, telling: &Telling<'_>) -> Option<Turn> {
    let is_requester = telling.ear == Ear::Requester;
    let you = |act: &str| telling.requester_did(act);
    let day = |day| say::day_long(telling.now, day);
    let new_limit = |promises: &[huiyin_domain::case::Promise]| {
        let moment = promises.first().map(|promise| say::moment_long(telling.now, promise.due));
        moment.map_or_else(|| "办结期限不变".to_owned(), |moment| format!("新的办结期限 {moment}"))
    };
    Some(match event {
        Event::ExtensionAsked { until } => {
            plain("bell", "tone-warn", format!("承办单位申请延期到 {}", day(*until)))
                .with(TextKind::Reason, Frame::Plain)
        }
        Event::Extended { promises } => plain("check", "tone-warn", "已批准延期")
            .noting(new_limit(promises))
            .with(TextKind::Words, Frame::Plain),
        Event::ExtensionRefused {} => {
            plain("ban", "", "没有批准延期，按原来的期限办").with(TextKind::Reason, Frame::Plain)
        }
        Event::Asked {} => {
            let title = if is_requester { "请您补充" } else { "请反映人补充" };
            let turn = plain("message-square-text", "tone-warn", title).with(TextKind::Words, Frame::Reply);
            // The day of a law does not wait.
            if telling.law.is_some() { turn } else { turn.noting("补充以前，办结期限暂停") }
        }
        Event::Resumed { promises, .. } if promises.is_empty() && telling.law.is_some() => return None,
        Event::Resumed { promises, .. } => {
            plain("rotate-ccw", "", "办结期限恢复计算").noting(new_limit(promises))
        }
        Event::Shelved { review_on } => plain("archive", "tone-warn", "暂时办不了，已挂账")
            .noting(format!("{}前复核", day(*review_on)))
            .with(TextKind::Plan, Frame::Reply),
        Event::ShelvedReviewed { review_on } => plain("archive", "tone-warn", "挂账事项已复核")
            .noting(format!("下次复核 {}", day(*review_on)))
            .with(TextKind::Words, Frame::Reply),
        Event::ReviewMissed { review_on } => {
            plain("triangle-alert", "tone-warn", format!("应于{}复核，没有复核", day(*review_on)))
        }
        Event::StrikeOffAsked {} => {
            plain("check", "tone-warn", "承办单位申请销账，等核实").with(TextKind::Words, Frame::Plain)
        }
        Event::StruckOff {} => plain("check", "spot-done", "已销账").with(TextKind::Words, Frame::Reply),
        Event::ReplyProposed { outcome, .. } => {
            plain("pen-line", "", format!("答复送单位负责人审核：{}", say::outcome_of(telling.law, *outcome)))
                .with(TextKind::Words, Frame::Inside)
        }
        Event::ReplyReturned {} => {
            plain("undo-2", "tone-warn", "单位负责人退改答复").with(TextKind::Reason, Frame::Inside)
        }
        Event::HandlingComplained(HandlingComplaint { due, about_office, .. }) => {
            let whom = match about_office {
                true => "不经承办单位和协调部门，由上一级或纪检督办答复",
                false => "不经承办单位，直接到协调部门",
            };
            let until = due
                .map_or_else(String::new, |due| format!("，{} 前答复", say::moment_long(telling.now, due)));
            plain("bell-ring", "tone-warn", you("反映办理中的问题"))
                .noting(format!("{whom}{until}"))
                .with(TextKind::Words, Frame::Plain)
        }
        Event::ComplaintAnswered(ComplaintEnd { about_office, answerer }) => {
            let whom =
                if *about_office { "承办单位和协调部门看不到" } else { "承办单位看不到" };
            let who = match answerer {
                Some(Answerer::Office) => "协调部门",
                Some(Answerer::Supervision) => say::role(Role::Supervisor),
                Some(Answerer::Leader) => say::role(Role::Leader),
                None => "",
            };
            let whose = if is_requester { "您反映的" } else { "反映的" };
            plain("message-square-text", "spot-done", format!("{who}答复了{whose}办理问题"))
                .noting(whom)
                .with(TextKind::Words, Frame::Reply)
        }
        Event::ComplaintMissed(_) => {
            plain("triangle-alert", "tone-warn", "反映的办理问题没有按时答复").noting("已报学校主要负责人")
        }
        Event::FollowUpTried {} => plain(
            "phone",
            "",
            if is_requester { "打过您的电话，没有打通" } else { "电话回访，没有打通" },
        ),
        Event::EffectCheckDue {} if is_requester => plain("star", "tone-warn", "想再问您一次：现在还好吗"),
        Event::EffectCheckDue {} => plain("star", "", "已请反映人回答效果"),
        Event::EffectChecked { holds } => {
            plain("star", "spot-closed", format!("{}：{}", you("回答效果"), say::solved(*holds)))
                .with(TextKind::Words, Frame::Plain)
        }
        Event::SupervisionEnded {} => {
            plain("circle-check", "spot-done", "督办结束").with(TextKind::Words, Frame::Plain)
        }
        Event::RestrictionLowered {} if !is_requester => {
            plain("eye-off", "", "核实为虚惊，解除限制").with(TextKind::Reason, Frame::Inside)
        }
        Event::Matched(Matched { earlier: Some(no), cause }) => {
            plain("globe", "", format!("与校内先前的 {no} 比对：{}", say::leak_cause(*cause)))
        }
        Event::Matched(Matched { earlier: None, cause }) => {
            plain("globe", "", format!("与校内来件比对：{}", say::leak_cause(*cause)))
        }
        _ => return road(event, telling),
    })
}

/// Papers of a turn.
pub(super) fn files(event: &Event) -> Vec<FileId> {
    match event {
        Event::ReplyProposed { files, .. } | Event::OpinionGiven(Opinion { files, .. }) => files.clone(),
        Event::FieldPictured(pictured) => pictured.files.clone(),
        Event::WorkReported(report) => report.files.clone(),
        _ => Vec::new(),
    }
}
