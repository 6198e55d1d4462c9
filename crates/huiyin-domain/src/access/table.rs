//! The acts and who may do them.

use super::Hat::{self, *};

/// What can be done to a case that exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Act {
    /// Take it on.
    Accept,
    /// Give it to the unit whose matter it is.
    Assign,
    /// Give it to the unit that was learned.
    AssignAsLearned,
    /// Hand it to another unit.
    Transfer,
    /// Lay it before a leader.
    Escalate,
    /// Give an instruction.
    Instruct,
    /// Ask other units to assist.
    AskAssistance,
    /// Give the opinion of an assisting unit.
    GiveOpinion,
    /// Keep units away from it.
    Recuse,
    /// Let units see it again that were kept away in error.
    LiftRecusal,
    /// Protect it along with its lead case.
    Protect,
    /// Handle it together with a lead case.
    Merge,
    /// Take another case along.
    Join,
    /// Handle it by itself again.
    Unmerge,
    /// Let another case go by itself again.
    Part,
    /// Answer it, or report on it, by the words of the lead case.
    ReplyThroughLead,
    /// Make a second matter a case of its own.
    SplitOff,
    /// Go along to the unit that took over from a dissolved one.
    FollowSuccessor,
    /// Sign for it.
    SignFor,
    /// Give it to somebody of the unit.
    Allot,
    /// Hand it back.
    SendBack,
    /// Report progress to the requester.
    ReportProgress,
    /// Answer.
    Reply,
    /// Lay an answer before the head of the unit.
    ProposeReply,
    /// Let the proposed answer go out.
    ApproveReply,
    /// Want the proposed answer written otherwise.
    ReturnReply,
    /// Ask the requester for more.
    AskRequester,
    /// Ask for more time.
    AskExtension,
    /// Give more time.
    GrantExtension,
    /// Give no more time.
    RefuseExtension,
    /// Look again at what cannot be done yet.
    ReviewShelved,
    /// Ask for it to be struck off that list.
    AskStrikeOff,
    /// Strike it off that list.
    StrikeOff,
    /// Write an internal note.
    Note,
    /// Add facts.
    Supplement,
    /// Urge.
    Urge,
    /// Judge the answer.
    Rate,
    /// Ask for another round.
    Reopen,
    /// Complain about the handling.
    ComplainAboutHandling,
    /// Answer a complaint about the handling.
    AnswerComplaint,
    /// Ask by phone what came of it.
    FollowUp,
    /// Say whether the result still holds.
    CheckEffect,
    /// Take it back.
    Withdraw,
    /// Not accept it.
    Decline,
    /// Put kind, category, place or urgency right.
    Correct,
    /// Show it to everybody.
    Publish,
    /// Take it off the public list.
    Unpublish,
    /// Remind the unit by hand.
    Remind,
    /// Step up supervision.
    Supervise,
    /// Order another round of what stayed unsolved.
    OrderRound,
    /// Let go of what stayed unsolved.
    CloseSupervision,
    /// Call off a false alarm.
    LowerRestriction,
    /// Match a matter from outside with what was raised inside.
    Match,
    /// Be at the place.
    Arrive,
    /// Take pictures of the place.
    Picture,
    /// Say which part is missing.
    AwaitPart,
    /// Take away what need not be kept any longer.
    Remove,
    /// Hand the work at the place to a squad.
    CallSquad,
    /// Take it back from the squad.
    ReleaseSquad,
    /// Report what came of the work.
    ReportWork,
    /// Ask others to co-sign.
    NameCosigners,
    /// Answer whether one co-signs.
    AnswerCosigning,
    /// Say what becomes of a proposal.
    SettleProposal,
    /// Record what time has brought.
    NoteTime,
}

/// The table.
pub const TABLE: &[(Act, &[Hat])] = &[
    (Act::Accept, &[Clerk, Rule]),
    (Act::Assign, &[Clerk, Rule]),
    (Act::AssignAsLearned, &[Rule]),
    (Act::Transfer, &[Clerk]),
    (Act::Escalate, &[Clerk]),
    (Act::Instruct, &[Addressee]),
    (Act::AskAssistance, &[Officer, UnitHead, Clerk]),
    (Act::GiveOpinion, &[Assistant]),
    (Act::Recuse, &[Clerk, Supervisor, Rule]),
    (Act::LiftRecusal, &[Clerk, Supervisor, Rule]),
    (Act::Protect, &[Rule]),
    (Act::Merge, &[Clerk]),
    (Act::Join, &[Clerk]),
    (Act::Unmerge, &[Clerk, Rule]),
    (Act::Part, &[Clerk, Rule]),
    (Act::ReplyThroughLead, &[Rule]),
    (Act::SplitOff, &[Clerk]),
    (Act::FollowSuccessor, &[Rule]),
    (Act::SignFor, &[Officer, UnitHead]),
    (Act::Allot, &[Officer, UnitHead]),
    (Act::SendBack, &[Officer, UnitHead]),
    (Act::ReportProgress, &[Officer, UnitHead]),
    (Act::Reply, &[Officer, UnitHead]),
    (Act::ProposeReply, &[Officer, UnitHead]),
    (Act::ApproveReply, &[UnitHead, Clerk]),
    (Act::ReturnReply, &[UnitHead, Clerk]),
    (Act::AskRequester, &[Officer, UnitHead]),
    (Act::AskExtension, &[Officer, UnitHead]),
    (Act::GrantExtension, &[UnitHead, Clerk, Leader]),
    (Act::RefuseExtension, &[UnitHead, Clerk, Leader]),
    (Act::ReviewShelved, &[Officer, UnitHead, Clerk]),
    (Act::AskStrikeOff, &[Officer, UnitHead]),
    (Act::StrikeOff, &[Clerk, Supervisor]),
    (Act::Note, &[Officer, UnitHead, Assistant, Clerk, Addressee, Supervisor]),
    (Act::Supplement, &[Requester]),
    (Act::Urge, &[Requester]),
    (Act::Rate, &[Requester]),
    (Act::Reopen, &[Requester]),
    (Act::ComplainAboutHandling, &[Requester]),
    (Act::AnswerComplaint, &[Clerk, Supervisor, Leader, Addressee, Head]),
    (Act::FollowUp, &[Clerk, Supervisor]),
    (Act::CheckEffect, &[Requester]),
    (Act::Withdraw, &[Requester]),
    (Act::Decline, &[Clerk]),
    (Act::Correct, &[Clerk]),
    (Act::Publish, &[Officer, UnitHead, Clerk, Publisher]),
    (Act::Unpublish, &[Requester, Clerk, Publisher]),
    (Act::Remind, &[Clerk, Leader, Addressee, Supervisor]),
    (Act::Supervise, &[Clerk, Leader, Addressee, Supervisor]),
    (Act::OrderRound, &[Clerk, Supervisor]),
    (Act::CloseSupervision, &[Clerk, Supervisor]),
    (Act::LowerRestriction, &[Clerk, Supervisor, Rule]),
    (Act::Match, &[Clerk, Supervisor]),
    (Act::Arrive, &[Officer, UnitHead, Volunteer]),
    (Act::Picture, &[Officer, UnitHead, Volunteer]),
    (Act::AwaitPart, &[Officer, UnitHead]),
    (Act::Remove, &[Clock]),
    (Act::CallSquad, &[Officer, UnitHead]),
    (Act::ReleaseSquad, &[Officer, UnitHead]),
    (Act::ReportWork, &[Volunteer]),
    (Act::NameCosigners, &[Requester]),
    (Act::AnswerCosigning, &[Cosigner]),
    (Act::SettleProposal, &[Officer, UnitHead, Clerk]),
    (Act::NoteTime, &[Clock]),
];
