//! Which right each command needs.

use crate::access::Act;
use crate::case::Command;

/// The right a command needs; none for the submission, which needs no case.
pub(super) fn act_of(command: &Command) -> Option<Act> {
    Some(match command {
        Command::Submit(_) => return None,
        Command::Accept => Act::Accept,
        Command::Assign { .. } => Act::Assign,
        Command::Transfer { .. } => Act::Transfer,
        Command::Escalate { .. } => Act::Escalate,
        Command::Instruct { .. } => Act::Instruct,
        Command::SignFor => Act::SignFor,
        Command::Allot { .. } => Act::Allot,
        Command::SendBack { .. } => Act::SendBack,
        Command::ReportProgress { .. } => Act::ReportProgress,
        Command::Reply { .. } => Act::Reply,
        Command::AskRequester { .. } => Act::AskRequester,
        Command::ProposeReply { .. } => Act::ProposeReply,
        Command::ApproveReply { .. } => Act::ApproveReply,
        Command::ReturnReply { .. } => Act::ReturnReply,
        Command::AskExtension { .. } => Act::AskExtension,
        Command::GrantExtension { .. } => Act::GrantExtension,
        Command::RefuseExtension { .. } => Act::RefuseExtension,
        Command::ReviewShelved { .. } => Act::ReviewShelved,
        Command::StrikeOff { .. } => Act::StrikeOff,
        Command::Note { .. } => Act::Note,
        Command::Supplement { .. } => Act::Supplement,
        Command::Urge { .. } => Act::Urge,
        Command::Rate { .. } => Act::Rate,
        Command::CheckEffect { .. } => Act::CheckEffect,
        Command::OrderRound { .. } => Act::OrderRound,
        Command::ComplainAboutHandling { .. } => Act::ComplainAboutHandling,
        Command::CloseSupervision { .. } => Act::CloseSupervision,
        Command::LowerRestriction { .. } => Act::LowerRestriction,
        Command::Match { .. } => Act::Match,
        Command::Reopen { .. } => Act::Reopen,
        Command::Withdraw { .. } => Act::Withdraw,
        Command::Decline { .. } => Act::Decline,
        Command::Correct { .. } => Act::Correct,
        Command::Publish(_) => Act::Publish,
        Command::Unpublish { .. } => Act::Unpublish,
        Command::Remind { .. } => Act::Remind,
        Command::Supervise { .. } => Act::Supervise,
        Command::NoteTime => Act::NoteTime,
    })
}
