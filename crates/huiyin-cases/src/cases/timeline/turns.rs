//! The turns a matter can take, each in one plain line: more time, waiting for an answer, the list of what cannot be done
//! yet, the second look, what comes after the judgement.

use super::{Ear, Frame, Telling};
use huiyin_domain::case::{Event, TextKind};
use huiyin_domain::ids::FileId;
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

/// Tells a turn; what is not one is told elsewhere.
pub(super) fn turn(event: &Event, telling: &Telling<'_>) -> Option<Turn> {
    let is_requester = telling.ear == Ear::Requester;
    let you = |act: &str| if is_requester { format!("您{act}") } else { format!("反映人{act}") };
    let day = |day| say::day_long(telling.now, day);
    let new_limit = |promises: &[huiyin_domain::case::Promise]| {
        let moment = promises.first().map(|promise| say::moment_long(telling.now, promise.due));
        moment.map_or_else(|| "办结期限不变".to_owned(), |moment| format!("新的办结期限 {moment}"))
    };
    Some(match event {
        Event::ExtensionAsked { until } => {
            plain("bell", "tone-warn", format!("承办单位申请延期到{}", day(*until)))
                .with(TextKind::Reason, Frame::Plain)
        }
        Event::Extended { promises } => plain("check", "tone-warn", "已批准延期")
            .noting(new_limit(promises))
            .with(TextKind::Words, Frame::Plain),
        Event::ExtensionRefused {} => {
            plain("ban", "", "没有批准延期，按原来的期限办").with(TextKind::Reason, Frame::Plain)
        }
        Event::Asked {} if is_requester => plain("message-square-text", "tone-warn", "请您补充")
            .noting("补充以前，办结期限暂停")
            .with(TextKind::Words, Frame::Reply),
        Event::Asked {} => plain("message-square-text", "tone-warn", "请反映人补充")
            .noting("补充以前，办结期限暂停")
            .with(TextKind::Words, Frame::Reply),
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
        Event::StruckOff {} => plain("check", "spot-done", "已销账").with(TextKind::Words, Frame::Reply),
        Event::ReplyProposed { outcome, .. } => {
            plain("pen-line", "", format!("答复送单位负责人审核：{}", say::outcome(*outcome)))
                .with(TextKind::Words, Frame::Inside)
        }
        Event::ReplyReturned {} => {
            plain("undo-2", "tone-warn", "单位负责人退改答复").with(TextKind::Reason, Frame::Inside)
        }
        Event::HandlingComplained {} => plain("bell-ring", "tone-warn", you("反映办理中的问题"))
            .noting("不经承办单位，直接到协调部门")
            .with(TextKind::Words, Frame::Plain),
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
        Event::Matched { earlier: Some(no), cause } => {
            plain("globe", "", format!("与校内先前的 {no} 比对：{}", say::leak_cause(*cause)))
        }
        Event::Matched { earlier: None, cause } => {
            plain("globe", "", format!("与校内来件比对：{}", say::leak_cause(*cause)))
        }
        _ => return None,
    })
}

/// Papers of a turn.
pub(super) fn files(event: &Event) -> Vec<FileId> {
    match event {
        Event::ReplyProposed { files, .. } => files.clone(),
        _ => Vec::new(),
    }
}
