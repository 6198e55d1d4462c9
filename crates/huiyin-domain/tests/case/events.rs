//! The stored form of the record is frozen: what was written once can always be read, and means the same.
//!
//! `golden/events.json` holds lines as they were written. A new event or field adds lines there; no line is ever changed.

use huiyin_domain::case::{Event, Recorded};
use serde_json::Value;
use std::collections::BTreeSet;

/// Every event there is, by the word it is stored under.
pub const NAMES: [&str; 73] = [
    "submitted",
    "accepted",
    "assigned",
    "transferred",
    "escalated",
    "instructed",
    "signed_for",
    "allotted",
    "sent_back",
    "taken_back",
    "progress_reported",
    "replied",
    "noted",
    "supplemented",
    "urged",
    "rated",
    "reopened",
    "withdrawn",
    "declined",
    "corrected",
    "published",
    "unpublished",
    "reminded",
    "reminded_by_hand",
    "deadline_missed",
    "supervised",
    "archived",
    "extension_asked",
    "extended",
    "extension_refused",
    "asked",
    "resumed",
    "shelved",
    "shelved_reviewed",
    "review_missed",
    "struck_off",
    "reply_proposed",
    "reply_returned",
    "handling_complained",
    "effect_check_due",
    "effect_checked",
    "supervision_ended",
    "restriction_lowered",
    "matched",
    "assistance_asked",
    "opinion_given",
    "assistance_reminded",
    "assistance_missed",
    "recused",
    "merged",
    "joined",
    "unmerged",
    "parted",
    "split_off",
    "succeeded",
    "field_arrived",
    "field_pictured",
    "part_awaited",
    "part_due",
    "removed",
    "cosigners_named",
    "cosign_answered",
    "proposal_settled",
    "squad_called",
    "squad_released",
    "work_reported",
    "complaint_answered",
    "complaint_missed",
    "protected",
    "recusal_lifted",
    "follow_up_tried",
    "strike_off_asked",
    "classified",
];

/// The word an event is stored under. Without a catch-all: a new event must be named here, in [`NAMES`] and in the golden paper.
pub fn name_of(event: &Event) -> &'static str {
    match event {
        Event::Submitted { .. } => "submitted",
        Event::Accepted { .. } => "accepted",
        Event::Assigned { .. } => "assigned",
        Event::Transferred { .. } => "transferred",
        Event::Escalated { .. } => "escalated",
        Event::Instructed { .. } => "instructed",
        Event::SignedFor {} => "signed_for",
        Event::Allotted { .. } => "allotted",
        Event::SentBack { .. } => "sent_back",
        Event::TakenBack {} => "taken_back",
        Event::ProgressReported { .. } => "progress_reported",
        Event::Replied { .. } => "replied",
        Event::Noted {} => "noted",
        Event::Supplemented { .. } => "supplemented",
        Event::Urged { .. } => "urged",
        Event::Rated { .. } => "rated",
        Event::Reopened { .. } => "reopened",
        Event::Withdrawn {} => "withdrawn",
        Event::Declined { .. } => "declined",
        Event::Corrected { .. } => "corrected",
        Event::Classified(_) => "classified",
        Event::Published {} => "published",
        Event::Unpublished {} => "unpublished",
        Event::Reminded { .. } => "reminded",
        Event::RemindedByHand { .. } => "reminded_by_hand",
        Event::DeadlineMissed { .. } => "deadline_missed",
        Event::Supervised(_) => "supervised",
        Event::Archived { .. } => "archived",
        Event::ExtensionAsked { .. } => "extension_asked",
        Event::Extended { .. } => "extended",
        Event::ExtensionRefused {} => "extension_refused",
        Event::Asked {} => "asked",
        Event::Resumed { .. } => "resumed",
        Event::Shelved { .. } => "shelved",
        Event::ShelvedReviewed { .. } => "shelved_reviewed",
        Event::ReviewMissed { .. } => "review_missed",
        Event::StruckOff {} => "struck_off",
        Event::StrikeOffAsked {} => "strike_off_asked",
        Event::ReplyProposed { .. } => "reply_proposed",
        Event::ReplyReturned {} => "reply_returned",
        Event::HandlingComplained(_) => "handling_complained",
        Event::EffectCheckDue {} => "effect_check_due",
        Event::EffectChecked { .. } => "effect_checked",
        Event::SupervisionEnded {} => "supervision_ended",
        Event::RestrictionLowered {} => "restriction_lowered",
        Event::Matched { .. } => "matched",
        Event::AssistanceAsked { .. } => "assistance_asked",
        Event::OpinionGiven { .. } => "opinion_given",
        Event::AssistanceReminded(_) => "assistance_reminded",
        Event::AssistanceMissed { .. } => "assistance_missed",
        Event::Recused { .. } => "recused",
        Event::Merged { .. } => "merged",
        Event::Joined { .. } => "joined",
        Event::Unmerged {} => "unmerged",
        Event::Parted { .. } => "parted",
        Event::SplitOff { .. } => "split_off",
        Event::Succeeded(_) => "succeeded",
        Event::FieldArrived {} => "field_arrived",
        Event::Removed { .. } => "removed",
        Event::FieldPictured(_) => "field_pictured",
        Event::PartAwaited(_) => "part_awaited",
        Event::PartDue(_) => "part_due",
        Event::CosignersNamed(_) => "cosigners_named",
        Event::CosignAnswered(_) => "cosign_answered",
        Event::ProposalSettled(_) => "proposal_settled",
        Event::SquadCalled(_) => "squad_called",
        Event::SquadReleased {} => "squad_released",
        Event::WorkReported(_) => "work_reported",
        Event::ComplaintAnswered(_) => "complaint_answered",
        Event::FollowUpTried {} => "follow_up_tried",
        Event::ComplaintMissed(_) => "complaint_missed",
        Event::Protected {} => "protected",
        Event::RecusalLifted(_) => "recusal_lifted",
    }
}

fn golden() -> Vec<Value> {
    let text = include_str!("../golden/events.json");
    serde_json::from_str(text).expect("golden/events.json is a list of lines")
}

// 8.9
#[test]
fn every_line_ever_written_reads_and_writes_back_the_same() {
    for stored in golden() {
        let line: Recorded = serde_json::from_value(stored.clone())
            .unwrap_or_else(|error| panic!("cannot read an old line: {error}\n{stored}"));
        assert_eq!(serde_json::to_value(&line).expect("a line can be written"), stored);
        assert_eq!(stored["event"]["event"], name_of(&line.event), "an event is stored under its own name");
    }
}

#[test]
fn every_event_has_a_line_in_the_golden_paper() {
    let lines = golden();
    let seen: BTreeSet<&str> = lines.iter().filter_map(|line| line["event"]["event"].as_str()).collect();
    assert_eq!(seen, BTreeSet::from(NAMES));
}

#[test]
fn an_event_that_nobody_knows_is_refused_not_guessed() {
    let line = r#"{"seq":1,"at":0,"by":{"who":"clock"},"event":{"event":"promoted"}}"#;
    assert!(serde_json::from_str::<Recorded>(line).is_err());
}
