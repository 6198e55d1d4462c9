//! Two at one case, at the desk of a unit: whoever sends twice is not refused, and whoever comes second is told who was first
//! and what they did before anything of theirs goes out. Who that was says `dossier/since.rs`.

use super::tab::Tab;
use crate::cases::log::{Loaded, load};
use crate::cases::texts;
use crate::desk::seat::Seat;
use crate::dossier::{person, sentence, who_was_first};
use huiyin_domain::calendar::Instant;
use huiyin_domain::case::{Answer, By, Command, Event, TextKind};
use huiyin_domain::ids::CaseNo;
use huiyin_foundation::db::Tx;
use huiyin_foundation::error::Error;

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
        Command::Reply(Answer { words, .. })
        | Command::ProposeReply(Answer { words, .. })
        | Command::ReportProgress { words, .. }
        | Command::AskRequester { words }
        | Command::ReviewShelved { words, .. }
        | Command::AskStrikeOff { words }
        | Command::AskAssistance { words, .. }
        | Command::GiveOpinion { words, .. }
        | Command::Note { words } => (TextKind::Words, words),
        Command::SendBack { reason, .. }
        | Command::AskExtension { reason, .. }
        | Command::ReturnReply { reason, .. } => (TextKind::Reason, reason),
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
            | (Tab::MoreTime, Event::Extended { .. })
            | (Tab::NoMoreTime, Event::ExtensionRefused {})
            | (Tab::Review, Event::ShelvedReviewed { .. })
            | (Tab::StrikingOff, Event::StrikeOffAsked {})
            | (Tab::Note, Event::Noted {})
            | (Tab::Assistance, Event::AssistanceAsked { .. })
            | (Tab::Opinion, Event::OpinionGiven { .. })
            | (Tab::Return, Event::SentBack { .. })
    )
}

/// Holds back an act of somebody who has not seen what a colleague, or the requester, did meanwhile. Their words are shown
/// again, beside what is new; pressed once more, it goes on.
pub(super) fn expect_nothing_new(
    tx: &mut Tx,
    seat: &Seat,
    no: &CaseNo,
    seen: u32,
    tab: Tab,
    now: Instant,
) -> Result<(), Error> {
    // A note is for colleagues and is never too late; what lies before the head is read by its own line.
    if matches!(tab, Tab::Note | Tab::Signature | Tab::Approval | Tab::Rewriting) {
        return Ok(());
    }
    match who_was_first(tx, seat.reader(), no, seen, now)? {
        Some(first) => Err(Error::conflict(format!("{first}您写的都在；看过新的情况还要办，请再点一次。"))),
        None => Ok(()),
    }
}

/// What somebody else did last since the page was opened.
pub(super) fn first(
    tx: &mut Tx,
    seat: &Seat,
    no: &CaseNo,
    seen: u32,
    now: Instant,
) -> Result<Option<String>, Error> {
    who_was_first(tx, seat.reader(), no, seen, now)
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
            let sentence = sentence(tx, line, "退回", "", now)?;
            Ok(Some(format!("{sentence}现在由协调部门安排。")))
        }
        None => Ok(None),
    }
}
