//! When the rule says no: which rule, the sentence for the person, the clause behind it.

mod clause;
mod moment;
mod sentence;
pub use clause::ANOTHER_DAY;

/// Why a command was refused. Nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The actor has no such right on this case; outside it is answered as if the case did not exist.
    NotYours,
    /// The case is past the stage in which this can be done.
    TooLate {
        /// What was asked, in Chinese.
        act: &'static str,
        /// How the case stands, in Chinese.
        standing: &'static str,
    },
    /// The rule of the school does not cover it: somebody has to look first.
    ForAPerson {
        /// Clause.
        clause: String,
    },
    /// The unit has answered this round already.
    AlreadyReplied,
    /// Somebody signed for it already.
    AlreadySignedFor,
    /// Urged less than the allowed time ago.
    UrgedRecently {
        /// From when it may be done again.
        again_at: crate::calendar::Instant,
    },
    /// The time to judge is over.
    RatingClosed {
        /// Days the requester had.
        days: u16,
    },
    /// Nobody is surveyed about a case of danger (7.6).
    NoSurvey,
    /// Nobody is called about a matter that is sealed, anonymous or protected.
    NobodyToCall,
    /// The coordinating office does not look at its own answer.
    OwnAnswer {
        /// What was asked, in Chinese.
        act: &'static str,
    },
    /// Called today already.
    CalledToday,
    /// Called as often as is fitting.
    CalledOften {
        /// Times.
        times: u16,
    },
    /// The time to ask for another round is over.
    ReopeningClosed {
        /// Days the requester had after judging.
        days: u16,
    },
    /// The time to hand back is over.
    SendBackClosed {
        /// Working days the unit had.
        working_days: u16,
        /// Clause.
        clause: String,
    },
    /// Handed back as often as the rule allows; the coordinator's word holds now.
    SentBackTooOften {
        /// Allowed times.
        times: u16,
        /// Clause.
        clause: String,
    },
    /// The working hours in which a unit may hand back are over.
    SendBackHoursOver {
        /// Working hours the unit had.
        working_hours: u16,
        /// Clause.
        clause: String,
    },
    /// The coordinating office's last word named this unit.
    ForcedAssignment {
        /// Clause.
        clause: String,
    },
    /// The unit is kept away from this case.
    RecusedUnit,
    /// Nobody would be left to dispatch.
    NobodyLeft,
    /// It took over from this unit, which is still kept away.
    HeirStaysAway(String),
    /// These two cases cannot be handled together.
    NotToBeMerged,
    /// The holder of a receipt code cannot hold two cases.
    AnonymousNotSplit,
    /// The leader is in charge of a unit that is kept away.
    RecusedLeader,
    /// The time to undo the merge is over.
    UnmergeClosed {
        /// Days allowed.
        days: u16,
        /// Clause.
        clause: String,
    },
    /// The leader's instruction named this unit.
    InstructedUnitMayNotSendBack,
    /// The requester is asked already.
    AlreadyAsked,
    /// Asked in this round as often as the rule lets the clock stand still.
    AskedTooOften {
        /// Allowed times.
        times: u16,
        /// Clause.
        clause: String,
    },
    /// The school wants the head of the unit to look at this answer first.
    NeedsSecondLook {
        /// Clause.
        clause: String,
    },
    /// The unit has a head, who signs; the coordinating office signs only where there is none.
    HeadSigns {
        /// Clause.
        clause: String,
    },
    /// No answer lies before the head.
    NothingProposed,
    /// An extension is asked for and not yet decided.
    ExtensionPending,
    /// No extension is asked for.
    NoExtensionAsked,
    /// The limit has run out; more time is asked for before.
    ExtensionTooLate {
        /// Clause.
        clause: String,
    },
    /// The new day is not later than the present one.
    ExtensionNotLater,
    /// Longer than the school allows.
    ExtensionTooLong {
        /// Working days allowed.
        working_days: u16,
        /// Clause.
        clause: String,
    },
    /// Extended as often as the school allows.
    ExtendedTooOften {
        /// Allowed times.
        times: u16,
        /// Clause.
        clause: String,
    },
    /// Only what cannot be done yet goes on the list.
    NotToBeShelved,
    /// Not on the list of what cannot be done yet.
    NotShelved,
    /// The day is farther away than a matter may rest without a look at it.
    DayTooFar {
        /// Days allowed.
        days: u16,
        /// Clause.
        clause: String,
    },
    /// Complained less than the allowed time ago.
    ComplainedRecently {
        /// From when it may be done again.
        again_at: crate::calendar::Instant,
    },
    /// The requester has not been asked whether it still holds, or has said so.
    EffectNotAsked,
    /// The time to say so is over.
    EffectClosed {
        /// Days the requester had.
        days: u16,
    },
    /// A unit is called in only about what is supervised already.
    TalkBeforeSupervision {
        /// Clause.
        clause: String,
    },
    /// Supervision does not hold this case.
    NotHeld,
    /// Its kind or category is a protected one, whatever its words.
    ProtectedMatter,
    /// The requester did not agree to a public answer, or the matter is a protected one.
    NotForThePublic,
    /// Not laid before this leader.
    NotLaidBeforeYou,
    /// A unit, kind, category, place or leader post the school does not have, or no longer has.
    NoSuch {
        /// What, in Chinese.
        what: &'static str,
    },
    /// The words that the act cannot do without are missing.
    WordsMissing {
        /// Which words, in Chinese.
        what: &'static str,
    },
    /// The channel takes no case without a name.
    RealNameOnly {
        /// Its name.
        channel: String,
        /// Clause.
        clause: String,
    },
    /// Of what is protected or sealed a squad sees nothing.
    NotForASquad,
    /// No squad has the work.
    NoSquad,
    /// It did not come as a proposal of the staff congress.
    NotAProposal,
    /// The unit that leads the channel decides, or the coordinating office.
    LeadDecides,
    /// No picture came along.
    PictureMissing,
    /// It did not come from outside the school.
    NotFromOutside,
    /// A law has given the matter a body of its own.
    StatutoryBody {
        /// Its name.
        body: String,
        /// Clause.
        clause: String,
    },
    /// Which of the procedures of its kind it is, nobody has said yet.
    WhichProcedure {
        /// What they are called.
        names: String,
    },
    /// What the law gives a term is decided, and not put off.
    StatutoryNotShelved {
        /// Clause.
        clause: String,
    },
    /// Longer than the law allows.
    StatutoryTooLong {
        /// Days allowed.
        days: u16,
        /// Clause.
        clause: String,
    },
    /// The law has set the day.
    StatutoryClock {
        /// Clause.
        clause: String,
    },
    /// Whoever the law names decides on more time, not the coordinating office.
    BodyDecides {
        /// Who, in Chinese.
        by: &'static str,
        /// Clause.
        clause: String,
    },
    /// The body decides once; what is left is what the law leaves.
    DecidedByLaw {
        /// Clause.
        clause: String,
    },
    /// No complaint about the handling waits for an answer.
    NoComplaint,
    /// The day lies in the past.
    DayPassed,
    /// Nobody works on that day.
    RestDay,
    /// The school's limits do not cover this case.
    NoLimit,
    /// The time for keeping it is not over, or it has been taken away already.
    StillKept {
        /// Clause.
        clause: String,
    },
}
