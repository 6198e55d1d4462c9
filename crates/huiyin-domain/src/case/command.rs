//! What may be asked of a case. Words are imperative; the events that answer them are in the past tense.
use super::Removal;
use super::answer::{Answer, LeadsAnswer, Said};
use super::facts::*;
use super::record::Text;
use super::standing::Lead;
use super::submission::{Learned, PublicText, Submission, Urgency};
use crate::calendar::Day;
use crate::ids::{CaseNo, CategoryId, FileId, KindId, PersonId, PlaceId, SquadId, UnitId};

/// What may be asked of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Bring in a new case; the only command on no case.
    Submit(Box<Submission>),
    /// Take it on without a unit yet.
    Accept,
    /// Give it to the unit whose matter it is (direct).
    Assign {
        /// Responsible unit.
        unit: UnitId,
        /// It may not hand it back.
        forced: bool,
        /// Why, when forced.
        reason: String,
    },
    /// By the rule of the school, give it to the unit of the category that was learned.
    AssignAsLearned(Box<Learned>),
    /// Hand it to another unit.
    Transfer {
        /// Responsible unit.
        unit: UnitId,
        /// Assisting units.
        assisting: Vec<UnitId>,
        /// It may not hand it back.
        forced: bool,
        /// Why.
        reason: String,
    },
    /// Lay it before a leader.
    Escalate {
        /// Leader post.
        leader: String,
        /// One-page brief (拟办意见).
        brief: String,
    },
    /// The leader's instruction.
    Instruct {
        /// Responsible unit.
        unit: UnitId,
        /// Result wanted by the close of office hours of this day.
        until: Option<Day>,
        /// Key supervision.
        key: bool,
        /// The instruction.
        words: String,
    },
    /// Ask other units to assist, or call them by the whistle.
    AskAssistance {
        /// Which units.
        units: Vec<UnitId>,
        /// What is wanted of them.
        words: String,
        /// Called by the whistle.
        whistle: bool,
    },
    /// The opinion of an assisting unit.
    GiveOpinion {
        /// The words.
        words: String,
        /// Attachments.
        files: Vec<FileId>,
    },
    /// Keep units that are complained of away from the case.
    Recuse {
        /// Which units.
        units: Vec<UnitId>,
        /// Why.
        reason: String,
    },
    /// Let units see the case again that were kept away in error.
    LiftRecusal {
        /// Which units.
        units: Vec<UnitId>,
        /// Why.
        reason: String,
    },
    /// Protect it because the lead case became a protected one.
    Protect,
    /// Handle this case together with a lead case; the caller records [`Command::Join`] there.
    Merge {
        /// The number of this case.
        own: CaseNo,
        /// The lead case as it stands.
        lead: Box<Lead>,
    },
    /// Another case is handled together with this one.
    Join {
        /// The other case.
        other: CaseNo,
    },
    /// Handle it by itself again, also by rule when the lead ends without an answer; the lead gets [`Command::Part`].
    Unmerge {
        /// Why.
        reason: String,
    },
    /// The other case is handled by itself again.
    Part {
        /// The other case.
        other: CaseNo,
    },
    /// The answer of the lead case, carried over by rule.
    ReplyThroughLead(LeadsAnswer),
    /// A report on the lead case, carried over by rule.
    ReportThroughLead {
        /// The unit that reports.
        unit: UnitId,
        /// The words written for those who came along.
        words: String,
    },
    /// A second matter became a case of its own; recorded after that one was submitted.
    SplitOff {
        /// The new case.
        other: CaseNo,
    },
    /// A unit of this case was dissolved: the one that took over from it has the case now.
    FollowSuccessor,
    /// The unit signs for it.
    SignFor,
    /// Somebody of the unit gives it to one of them (分给), who is named in the list from then on.
    Allot {
        /// Who is to handle it; that they belong to the unit is for the desk to see.
        officer: PersonId,
    },
    /// The unit hands it back.
    SendBack {
        /// Ground.
        ground: SendBackGround,
        /// Proposed unit.
        suggested: Option<UnitId>,
        /// Why.
        reason: String,
    },
    /// Interim words to the requester.
    ReportProgress {
        /// The words.
        words: String,
        /// Attachments.
        files: Vec<FileId>,
        /// The words for those whose cases came along; needed where any did.
        joined_words: String,
    },
    /// The answer with its result.
    Reply(Answer),
    /// An answer for the head of the unit to look at first.
    ProposeReply(Answer),
    /// The head lets the proposed answer go out.
    ApproveReply {
        /// The texts of the proposal as they are kept: the caller loads them, because the case holds no words.
        texts: Vec<Text>,
        /// Somebody is head of the unit; where nobody is, the coordinating office signs. The caller knows the people.
        has_head: bool,
    },
    /// The head wants the proposed answer written otherwise.
    ReturnReply {
        /// What is missing.
        reason: String,
        /// Somebody is head of the unit.
        has_head: bool,
    },
    /// Ask the requester for more; the result clock stands still until the answer.
    AskRequester {
        /// The question.
        words: String,
    },
    /// Ask for more time before the limit.
    AskExtension {
        /// Until when.
        until: Day,
        /// Why.
        reason: String,
    },
    /// Give more time.
    GrantExtension {
        /// Until when; none: as asked.
        until: Option<Day>,
        /// More words; may be empty.
        words: String,
    },
    /// Give no more time.
    RefuseExtension {
        /// Why.
        reason: String,
    },
    /// Look again at a matter that cannot be done yet.
    ReviewShelved {
        /// How it stands.
        words: String,
        /// The next day of review.
        next: Day,
    },
    /// Say that it can be struck off that list, for somebody else to look at.
    AskStrikeOff {
        /// What was done.
        words: String,
    },
    /// Strike it off the list of what cannot be done yet.
    StrikeOff {
        /// What came of it.
        words: String,
    },
    /// Internal note.
    Note {
        /// The words.
        words: String,
    },
    /// The requester adds facts.
    Supplement {
        /// The words.
        words: String,
        /// Attachments.
        files: Vec<FileId>,
    },
    /// The requester urges.
    Urge {
        /// Why.
        because: UrgeReason,
        /// More words.
        reason: String,
    },
    /// The requester judges.
    Rate {
        /// Did anybody get in touch?
        contacted: Option<bool>,
        /// Solved?
        solved: Solved,
        /// Satisfied?
        satisfaction: Satisfaction,
        /// What was not done well, as the policy words them.
        complaints: Vec<String>,
        /// More words.
        words: String,
        /// May matter and answer be shown to everybody? None: not said, as before.
        publish: Option<bool>,
        /// Please handle it again.
        reopen: bool,
    },
    /// Ask the requester by phone, and record what was said; none: nobody was reached.
    FollowUp(Option<Said>),
    /// The requester asks for another round later on.
    Reopen {
        /// Why.
        reason: String,
    },
    /// The requester takes it back.
    Withdraw {
        /// Why; may be empty.
        reason: String,
    },
    /// Do not accept it.
    Decline {
        /// Ground.
        ground: DeclineGround,
        /// What to tell the requester and where to go instead.
        words: String,
    },
    /// Put right what the entrance got wrong.
    Correct {
        /// Kind.
        kind: Option<KindId>,
        /// Category.
        category: Option<CategoryId>,
        /// Place.
        place: Option<PlaceId>,
        /// Urgency.
        urgency: Option<Urgency>,
        /// Why.
        reason: String,
    },
    /// Show it to everybody.
    Publish(PublicText),
    /// Take it off the public list.
    Unpublish {
        /// Why.
        reason: String,
    },
    /// A person reminds the unit.
    Remind {
        /// By which means.
        means: Means,
        /// Why.
        reason: String,
    },
    /// A person steps up supervision.
    Supervise {
        /// To whom.
        level: Level,
        /// Why.
        reason: String,
    },
    /// The requester complains about the handling, past the unit.
    ComplainAboutHandling {
        /// What is wrong with it.
        words: String,
        /// It is about the coordinating office itself.
        about_office: bool,
    },
    /// Answer a complaint about the handling.
    AnswerComplaint {
        /// What was found.
        words: String,
    },
    /// The requester says whether the result still holds.
    CheckEffect {
        /// Still solved?
        holds: Solved,
        /// More words.
        words: String,
    },
    /// Order another round of a case that stayed unsolved (责成重办).
    OrderRound {
        /// Why, and what is wanted.
        reason: String,
    },
    /// Let go of a case that stayed unsolved.
    CloseSupervision {
        /// What was found, and why it ends here.
        words: String,
    },
    /// A false alarm: keep it from ordinary lists no longer.
    LowerRestriction {
        /// Why.
        reason: String,
    },
    /// Say how a matter from outside the school stands to what was raised inside (1.8).
    Match {
        /// The earlier case inside; that it is one, and earlier, is for the caller to see.
        earlier: Option<CaseNo>,
        /// Why it was raised outside.
        cause: LeakCause,
    },
    /// Somebody of the unit is at the place.
    Arrive,
    /// Pictures from the place.
    Picture {
        /// Before or after the work.
        moment: WorkMoment,
        /// The pictures.
        files: Vec<FileId>,
    },
    /// A part is missing; more time is asked for along with it where that is needed and the rules allow it.
    AwaitPart {
        /// Which part, in words that the requester reads.
        words: String,
        /// The day on which it is expected.
        expected_on: Day,
    },
    /// The clock takes away what need not be kept any longer (5.6).
    Remove {
        /// Which step.
        what: Removal,
    },
    /// Hand the work at the place to a volunteer squad of the unit.
    CallSquad {
        /// Which squad.
        squad: SquadId,
        /// What to know; may be empty.
        words: String,
    },
    /// Take it back from the squad.
    ReleaseSquad,
    /// The squad says what came of it.
    ReportWork {
        /// It is done; otherwise the squad gives it back.
        is_done: bool,
        /// What was done, or why it could not be.
        words: String,
        /// Pictures.
        files: Vec<FileId>,
    },
    /// Ask others of the staff to co-sign a proposal.
    NameCosigners {
        /// Who they are, in words; kept beside the record.
        names: Vec<String>,
    },
    /// One of those asked answers.
    AnswerCosigning {
        /// Co-signs.
        consents: bool,
    },
    /// Say what becomes of a proposal.
    SettleProposal {
        /// Taken on as a proposal (立案); otherwise handled as a suggestion.
        is_filed: bool,
        /// Why.
        reason: String,
    },
    /// The clock looks at what has come due: reminders, missed promises, supervision, closing.
    NoteTime,
}
