//! Two at one case: whoever comes second is told who was first and what they did; whoever sends twice is not refused.

use super::tab::Tab;
use crate::cases::log::{Loaded, load};
use crate::cases::texts;
use crate::desk::seat::Seat;
use crate::dossier;
use huiyin_domain::calendar::Instant;
use huiyin_domain::case::{By, Command, Event, Recorded, TextKind};
use huiyin_domain::ids::{CaseNo, PersonId};
use huiyin_foundation::db::Tx;
use huiyin_foundation::error::Error;
use huiyin_foundation::say;

/// Whether this very act was already done from this very page: a form sent twice.
pub(super) fn is_repeat(
    tx: &mut Tx,
    seat: &Seat,
    no: &CaseNo,
    seen: u32,
    tab: Tab,
    command: &Command,
) -> Result<bool, Error> {
    let Some(loaded) = load(tx, no)? else { return Ok(false) };
    let own = loaded.record.iter().filter(|line| line.seq > seen && person(line) == Some(&seat.person));
    let mut own = own.filter(|line| is_of(tab, &line.event)).peekable();
    if own.peek().is_none() {
        return Ok(false);
    }
    let (kind, words) = match command {
        Command::Reply { words, .. }
        | Command::ProposeReply { words, .. }
        | Command::ReportProgress { words, .. }
        | Command::AskRequester { words }
        | Command::ReviewShelved { words, .. }
        | Command::StrikeOff { words }
        | Command::Note { words } => (TextKind::Words, words),
        Command::SendBack { reason, .. }
        | Command::AskExtension { reason, .. }
        | Command::ReturnReply { reason } => (TextKind::Reason, reason),
        _ => return Ok(true),
    };
    let texts = texts::load(tx, no)?;
    Ok(own.any(|line| texts.of(line.seq, kind) == words.trim()))
}

fn is_of(tab: Tab, event: &Event) -> bool {
    matches!(
        (tab, event),
        (Tab::Signature, Event::SignedFor {})
            | (Tab::Reply | Tab::Approval, Event::Replied { .. })
            | (Tab::Proposal, Event::ReplyProposed { .. })
            | (Tab::Rewriting, Event::ReplyReturned {})
            | (Tab::Progress, Event::ProgressReported { .. })
            | (Tab::Question, Event::Asked {})
            | (Tab::Extension, Event::ExtensionAsked { .. })
            | (Tab::Review, Event::ShelvedReviewed { .. })
            | (Tab::StrikingOff, Event::StruckOff {})
            | (Tab::Note, Event::Noted {})
            | (Tab::Return, Event::SentBack { .. })
    )
}

fn person(line: &Recorded) -> Option<&PersonId> {
    match &line.by {
        By::Staff { person, .. } => Some(person),
        _ => None,
    }
}

/// 「刘… 3 分钟前已签收。」: the last thing somebody else did to the case since the page was opened.
pub(super) fn who_was_first(
    tx: &mut Tx,
    seat: &Seat,
    no: &CaseNo,
    seen: u32,
    now: Instant,
) -> Result<Option<String>, Error> {
    let Some(loaded) = load(tx, no)? else { return Ok(None) };
    let since = loaded.record.iter().rev().filter(|line| line.seq > seen);
    let mut others = since.filter(|line| person(line) != Some(&seat.person));
    let Some((line, act)) = others.find_map(|line| Some((line, act(&line.event)?))) else {
        return Ok(None);
    };
    sentence(tx, line, act, now).map(Some)
}

/// Why the case is no longer there for somebody of the unit that had it: a colleague handed it back meanwhile.
pub(super) fn gone(
    tx: &mut Tx,
    seat: &Seat,
    no: &CaseNo,
    seen: u32,
    now: Instant,
) -> Result<Option<String>, Error> {
    let Some(Loaded { record, .. }) = load(tx, no)? else { return Ok(None) };
    let is_ours = |by: &By| matches!(by, By::Staff { unit: Some(unit), .. } if *unit == seat.unit);
    let handed_back = record
        .iter()
        .rev()
        .find(|line| line.seq > seen && matches!(line.event, Event::SentBack { .. }) && is_ours(&line.by));
    match handed_back {
        Some(line) => {
            let sentence = sentence(tx, line, "退回", now)?;
            Ok(Some(format!("{sentence}现在由协调部门安排。")))
        }
        None => Ok(None),
    }
}

fn sentence(tx: &mut Tx, line: &Recorded, act: &str, now: Instant) -> Result<String, Error> {
    let ago = say::lasted(now.0 - line.at.0);
    Ok(match person(line) {
        Some(person) => {
            let names = dossier::names(tx, std::slice::from_ref(person))?;
            let name = names.get(person).map_or("同事", String::as_str);
            format!("{name} {ago}前已{act}。")
        }
        // The hour of a requester is nobody's business.
        None => format!("反映人已{act}。"),
    })
}

/// The acts that change what the next one may do.
fn act(event: &Event) -> Option<&'static str> {
    Some(match event {
        Event::SignedFor {} => "签收",
        Event::Replied { .. } => "答复",
        Event::ReplyProposed { .. } => "送审答复",
        Event::ReplyReturned {} => "退改答复",
        Event::ProgressReported { .. } => "发阶段反馈",
        Event::SentBack { .. } => "退回",
        Event::TakenBack {} => "收回",
        Event::Asked {} => "请反映人补充",
        Event::ExtensionAsked { .. } => "申请延期",
        Event::ShelvedReviewed { .. } => "复核",
        Event::StruckOff {} => "销账",
        Event::Transferred { .. } | Event::Assigned { .. } => "改派",
        Event::Instructed { .. } => "批示",
        Event::Corrected { .. } => "更正",
        Event::Withdrawn {} => "撤回",
        Event::Rated { .. } => "评价",
        _ => return None,
    })
}
