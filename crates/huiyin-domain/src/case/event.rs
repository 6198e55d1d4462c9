//! What happened to a case. The stored form is frozen by `events.json`: a field may be added with a default, never renamed.

use super::{Removal, facts::*, payload::*};
use crate::calendar::{Day, Instant};
use crate::ids::{CaseNo, CategoryId, ChannelId, FileId, KindId, PersonId, PlaceId, UnitId};
use serde::{Deserialize, Serialize};

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    /// The case came in. Texts: title, body, room, contact, on_behalf_of.
    Submitted {
        /// Kind.
        kind: KindId,
        /// Category, when the requester or the register knew it.
        category: Option<CategoryId>,
        /// Place picked from the list.
        place: Option<PlaceId>,
        /// How the requester is known.
        identity: Identity,
        /// Which way it came.
        channel: ChannelId,
        /// How pressing.
        urgency: super::Urgency,
        /// Touches safety: kept from ordinary lists and from the public (1.7).
        restricted: bool,
        /// The requester agrees to a public answer, as they said it; a restricted case is kept from the public all the same.
        may_publish: bool,
        /// Attachments.
        files: Vec<FileId>,
        /// The version of the school's settings that the promises come from.
        policy_version: u32,
        /// Promised at once.
        promises: Vec<Promise>,
        /// The units complained of: kept away from the case.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        about: Vec<UnitId>,
        /// Split off from this case, whose submission its limits are counted from.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        split_from: Option<CaseNo>,
        /// When the case from which it is split off came in: a law counts from there.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        split_since: Option<Instant>,
    },
    /// The coordinating office, or a rule, took it on.
    Accepted {
        /// The result clock of the direct route starts here.
        promises: Vec<Promise>,
    },
    /// Given to the unit whose matter it is (直接办理). Texts: reason, when forced.
    Assigned {
        /// The responsible unit from now on.
        unit: UnitId,
        /// The coordinating office's last word: it may not be handed back.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        forced: bool,
        /// The result clock of the direct route, counted from acceptance, when the case has been on another route.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        promises: Vec<Promise>,
    },
    /// Handed to another unit (转办). Texts: reason.
    Transferred {
        /// The responsible unit from now on.
        unit: UnitId,
        /// Units that assist (协办).
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        assisting: Vec<UnitId>,
        /// The coordinating office's last word: it may not be handed back.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        forced: bool,
        /// The result clock of the transfer route, counted from acceptance.
        promises: Vec<Promise>,
    },
    /// Laid before a leader (呈办). Texts: words (the brief).
    Escalated {
        /// Which leader post, as the policy names it.
        leader: String,
        /// The result clock of the refer route, counted from acceptance.
        promises: Vec<Promise>,
    },
    /// The leader's instruction (批示). Texts: words.
    Instructed {
        /// Which leader post.
        leader: String,
        /// The responsible unit from now on.
        unit: UnitId,
        /// The day by which the leader wants the result.
        until: Option<Day>,
        /// 重点督办
        key: bool,
        /// The result clock when the leader set a day.
        promises: Vec<Promise>,
    },
    /// The unit signed for it (签收).
    SignedFor {},
    /// Given to somebody of the unit, who handles it from now on (分给).
    Allotted {
        /// Who.
        officer: PersonId,
    },
    /// The unit hands it back to the coordinating office (退单). Texts: reason.
    SentBack {
        /// Typed ground.
        ground: SendBackGround,
        /// Which unit it proposes.
        suggested: Option<UnitId>,
    },
    /// The office takes it back from the unit: it has become a protected matter, and may be about that very unit.
    TakenBack {},
    /// Interim report to the requester (阶段反馈). Texts: words, joined_words.
    ProgressReported {
        /// Attachments.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        files: Vec<FileId>,
        /// The report on the lead case, by this unit, carried over to one that is handled together with it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        through: Option<UnitId>,
    },
    /// The unit's answer with its result. Texts: words.
    Replied {
        /// What came of it.
        outcome: Outcome,
        /// Who may read it.
        visibility: Visibility,
        /// Attachments.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        files: Vec<FileId>,
        /// Another answer lay before the head and was not the one that went out.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        passes_over_proposal: bool,
        /// The answer of the lead case, whose unit has this case from now on.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        through: Option<UnitId>,
    },
    /// Internal note, never shown to the requester. Texts: words.
    Noted {},
    /// The requester added facts; clocks run on, except one that waited for them. Texts: words.
    Supplemented {
        /// Attachments.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        files: Vec<FileId>,
    },
    /// The requester urged (催一催). Texts: reason.
    Urged {
        /// Why.
        because: UrgeReason,
    },
    /// The requester judged. Texts: words.
    Rated {
        /// Did anybody get in touch?
        contacted: Option<bool>,
        /// Solved?
        solved: Solved,
        /// Satisfied?
        satisfaction: Satisfaction,
        /// What was not done well.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        complaints: Vec<String>,
        /// May it be shown to everybody? Absent: not said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        publish: Option<bool>,
        /// The requester's own word, in place of what somebody took down on the phone for them.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        corrects: bool,
    },
    /// Opened again for another round. Texts: reason.
    Reopened {
        /// Which round begins, from 2.
        round: u32,
        /// Opened by the program because the requester said "not solved".
        automatic: bool,
        /// Clocks of the new round.
        promises: Vec<Promise>,
    },
    /// The requester took it back. Texts: reason.
    Withdrawn {},
    /// Not accepted. Texts: words (what and where to go instead).
    Declined {
        /// Typed ground.
        ground: DeclineGround,
    },
    /// Kind, category, place or urgency put right (3.5). Texts: reason.
    Corrected {
        /// New kind.
        kind: Option<KindId>,
        /// New category.
        category: Option<CategoryId>,
        /// New place.
        place: Option<PlaceId>,
        /// New urgency.
        urgency: Option<super::Urgency>,
        /// The new kind or category is a protected one: from now on kept from the public.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        restricted: bool,
        /// Running clocks that the correction makes earlier; it never makes one later.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        promises: Vec<Promise>,
    },
    /// Put under a category by the rule of the school, before it goes to its unit (3.1). Texts: reason (the words that spoke).
    Classified(Classified),
    /// Shown on the public list. Texts: public_title, public_body.
    Published {},
    /// Taken off the public list. Texts: reason.
    Unpublished {},
    /// The clock reminded the unit before the limit (催办).
    Reminded {
        /// For which clock.
        clock: Clock,
        /// Its due instant, so that one promise is reminded of once per step.
        due: Instant,
        /// Which step: hours before the limit.
        hours_before: u16,
    },
    /// A person reminded the unit, by phone, on paper or here (人工催办). Texts: reason.
    RemindedByHand {
        /// By which means.
        #[serde(default, skip_serializing_if = "Means::is_here")]
        means: Means,
    },
    /// A promise was not kept. Recorded once, by the clock.
    DeadlineMissed {
        /// Which clock.
        clock: Clock,
        /// The promise that was missed.
        due: Instant,
        /// More time had been asked for in time and not yet decided on: that decides whether it counts as missed.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        extension_pending: bool,
    },
    /// Supervision stepped up (督办). Texts: reason.
    Supervised(SupervisionOrder),
    /// Closed for changes; not a word on whether it is solved.
    Archived {
        /// The requester had answered the follow-up.
        rated: bool,
    },
    /// The unit asks for more time before the limit (延期). Texts: reason.
    ExtensionAsked {
        /// The day it asks for.
        until: Day,
    },
    /// The coordinating office gave more time. Texts: words.
    Extended {
        /// The result clock from now on.
        promises: Vec<Promise>,
    },
    /// The coordinating office gave no more time. Texts: reason.
    ExtensionRefused {},
    /// The unit asked the requester for more; the result clock stands still until the answer (4.5). Texts: words.
    Asked {},
    /// The result clock goes on.
    Resumed {
        /// Until when it stood still.
        until: Instant,
        /// The result clock, later by the time it stood still.
        promises: Vec<Promise>,
    },
    /// Cannot be done yet: on the list with a plan until struck off (挂账). Texts: plan.
    Shelved {
        /// The day by which it is looked at again.
        review_on: Day,
    },
    /// Looked at again, stays on the list. Texts: words.
    ShelvedReviewed {
        /// The next day.
        review_on: Day,
    },
    /// Nobody looked at it by the day that was named. Recorded once, by the clock.
    ReviewMissed {
        /// That day.
        review_on: Day,
    },
    /// Struck off the list (销账). Texts: words.
    StruckOff {},
    /// The unit says that it can be struck off, and what was done (申请销账). Texts: words.
    StrikeOffAsked {},
    /// An answer laid before the head of the unit. Texts: words, public_title, public_body, plan.
    ReplyProposed {
        /// What came of it.
        outcome: Outcome,
        /// Who shall read it.
        visibility: Visibility,
        /// Attachments.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        files: Vec<FileId>,
        /// The day of review, when it cannot be done yet.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        review_on: Option<Day>,
    },
    /// The head of the unit wants it written otherwise. Texts: reason.
    ReplyReturned {},
    /// The requester complains about the handling; goes past the unit (5.4). Texts: words.
    HandlingComplained(HandlingComplaint),
    /// Some weeks after the judgement the requester is asked whether it still holds (5.3).
    EffectCheckDue {},
    /// The requester says whether it held. Texts: words.
    EffectChecked {
        /// Still solved?
        holds: Solved,
    },
    /// Supervision lets go of a case that stayed unsolved. Texts: words.
    SupervisionEnded {},
    /// A false alarm: no longer kept from ordinary lists (7.6). Texts: reason.
    RestrictionLowered {},
    /// A matter from outside was matched with what was raised inside (1.8). Said again, the later holds.
    Matched(Matched),
    /// Another unit is asked to assist (协办), or called to joint handling (吹哨). Texts: words.
    AssistanceAsked {
        /// Which unit.
        unit: UnitId,
        /// Until when its opinion is wanted.
        due: Instant,
        /// Called by the whistle.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        whistle: bool,
    },
    /// An assisting unit gave its opinion. Texts: words.
    OpinionGiven(Opinion),
    /// The clock reminded an assisting unit.
    AssistanceReminded(AssistanceReminder),
    /// An assisting unit gave no opinion in time. Recorded once, by the clock.
    AssistanceMissed {
        /// Which unit.
        unit: UnitId,
        /// The instant that was missed.
        due: Instant,
    },
    /// Units that are complained of are kept away from the case (回避). Texts: reason.
    Recused {
        /// Which units.
        units: Vec<UnitId>,
        /// The leader posts in charge of them: what lies before one of these lies there no longer.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        leaders: Vec<String>,
        /// Which of them are so only because they took over from another that is; none in a record from before this was kept.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        heirs: Vec<Succession>,
    },
    /// Handled together with another case (并案).
    Merged {
        /// The lead case.
        into: CaseNo,
    },
    /// Another case is handled together with this one.
    Joined {
        /// The other case.
        other: CaseNo,
    },
    /// Handled by itself again, as it stood before. Texts: reason.
    Unmerged {},
    /// The other case is handled by itself again.
    Parted {
        /// The other case.
        other: CaseNo,
    },
    /// A second matter in this case became a case of its own.
    SplitOff {
        /// The new case.
        other: CaseNo,
    },
    /// The unit was dissolved, another has taken over from it: the case goes along, and no clock moves (3.2).
    Succeeded(Succession),
    /// Somebody has come to the place (到场). No words to the requester: no clock is met by it.
    FieldArrived {},
    /// Pictures from the place.
    FieldPictured(Pictured),
    /// A part is missing, and the requester is told (缺配件). Texts: words.
    PartAwaited(PartDay),
    /// The day on which a part was expected has come. Recorded once, by the clock.
    PartDue(PartDay),
    /// The time for keeping it was over (5.6). Recorded once for each step, by the clock.
    Removed {
        /// Which step.
        what: Removal,
    },
    /// Staff were asked to co-sign a proposal (附议). Texts: cosigners.
    CosignersNamed(CosignersNamed),
    /// One of them has answered; not said again.
    CosignAnswered(CosignAnswered),
    /// What becomes of a proposal (立案). Texts: reason.
    ProposalSettled(ProposalSettled),
    /// The unit hands the work at the place to a volunteer squad; it answers for the case as before. Texts: words.
    SquadCalled(SquadCalled),
    /// The unit takes the work back.
    SquadReleased {},
    /// The squad says what came of it. Texts: words.
    WorkReported(WorkReported),
    /// The complaint about the handling was answered. Texts: words.
    ComplaintAnswered(ComplaintEnd),
    /// Nobody answered the complaint about the handling in time. Recorded once, by the clock.
    ComplaintMissed(ComplaintEnd),
    /// The lead case became a protected one; what is handled together with it is protected too.
    Protected {},
    /// Somebody called to ask what came of it, and nobody was reached.
    FollowUpTried {},
    /// Units may see the case again from which they were kept away in error. Texts: reason.
    RecusalLifted(Lifting),
}
