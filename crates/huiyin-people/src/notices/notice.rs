//! What can be told, to whom, and what each message says besides its case.

/// What is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// To whoever wrote to the mailbox: the letter is a case, or was added to one.
    LetterTaken {
        /// First words by, as said to people, where the letter began a case.
        until: Option<String>,
        /// What of the letter was not taken as it came, a sentence each.
        notes: Vec<String>,
    },
    /// To the requester: a unit has it; result promised by.
    HandedOn {
        /// First words of the title.
        title: String,
        /// The unit.
        unit: String,
        /// Until when, as said to people.
        until: String,
    },
    /// To the requester: the unit reports progress.
    Progress {
        /// First words of the title.
        title: String,
        /// The unit.
        unit: String,
    },
    /// To the requester: answered; please judge.
    Answered {
        /// First words of the title.
        title: String,
        /// The unit.
        unit: String,
    },
    /// To the requester: the unit asks for more.
    Asked {
        /// First words of the title.
        title: String,
        /// The unit.
        unit: String,
    },
    /// To the requester: more time was given.
    Extended {
        /// First words of the title.
        title: String,
        /// Until when, as said to people.
        until: String,
    },
    /// To the requester: another round is ordered, because it stayed unsolved.
    RoundOrdered {
        /// First words of the title.
        title: String,
        /// Until when, as said to people.
        until: String,
    },
    /// To the requester: supervision of what stayed unsolved has ended with a conclusion.
    SupervisionEnded {
        /// First words of the title.
        title: String,
    },
    /// To the requester: what could not be done yet was looked at again.
    ShelvedReviewed {
        /// First words of the title.
        title: String,
        /// The next day of review, as said to people.
        until: String,
    },
    /// To the requester: off the list of what cannot be done yet.
    StruckOff {
        /// First words of the title.
        title: String,
    },
    /// To the requester: does the result still hold?
    EffectAsked {
        /// First words of the title.
        title: String,
    },
    /// To the requester: what was said on the phone has been taken down as their judgement.
    RatingTaken {
        /// First words of the title.
        title: String,
    },
    /// To the requester: not accepted.
    Declined {
        /// First words of the title.
        title: String,
    },
    /// To the requester: laid before a leader.
    Escalated {
        /// First words of the title.
        title: String,
    },
    /// To the requester: the time for keeping it will soon be over.
    ToBeRemoved {
        /// How many cases of theirs.
        count: usize,
        /// From when, as said to people.
        from: String,
    },
    /// To whoever wrote to the mailbox: their address will soon be forgotten; the receipt code stays good.
    AddressToBeForgotten {
        /// From when, as said to people.
        from: String,
    },
    /// To whoever was told of a removal: it does not happen.
    RemovalCalledOff {
        /// How many cases of theirs.
        count: usize,
    },
    /// To those who keep what is over: a list waits for one of them to confirm it.
    RemovalToConfirm,
    /// To the coordinating office: more people than usual speak of something; the page says of what.
    Forewarned,
    /// To a unit: a task to act before more complain, or news of one.
    ForewarningTask {
        /// Until when, as said to people; empty where it is news of a task.
        until: String,
    },
    /// To the coordinating office: a unit has reported on its task.
    ForewarningReported,
    /// To those who met the same matter: it is answered.
    EchoAnswered,
    /// To the unit: a new case; first words due by.
    NewForUnit {
        /// Until when, as said to people.
        until: String,
    },
    /// To somebody of the unit: a colleague gave it to them.
    Allotted {
        /// Until when, as said to people.
        until: String,
    },
    /// To a unit that assists: another unit answers, this one helps it until then.
    ToAssist {
        /// Until when, as said to people.
        until: String,
        /// The responsible unit.
        unit: String,
        /// Called to joint handling by the whistle.
        by_whistle: bool,
    },
    /// To the unit: the requester added facts.
    Supplemented,
    /// To the unit: the requester urges.
    Urged,
    /// To the unit: the requester judged.
    Judged,
    /// To the unit: not solved, another round.
    Reopened {
        /// Who wants it; none when the requester said "not solved", which opens it by itself.
        by: Option<String>,
        /// Until when, as said to people.
        until: String,
    },
    /// To the unit: the limit is near.
    DueSoon {
        /// Which limit, as said to people: 首次回应, 反馈结果.
        of: &'static str,
        /// Until when, as said to people.
        until: String,
    },
    /// To the unit: the limit is over.
    Missed {
        /// Which limit, as said to people.
        of: &'static str,
    },
    /// To whom supervision has gone.
    Supervised,
    /// To the unit: a person reminds.
    Reminded {
        /// Who.
        by: String,
    },
    /// To the clerks: handed back.
    SentBack {
        /// The unit.
        unit: String,
    },
    /// To the clerks: a unit asks for more time.
    ExtensionAsked {
        /// The unit.
        unit: String,
    },
    /// To the clerks: a case has gone to a unit in which nobody works.
    NobodyThere {
        /// The unit.
        unit: String,
        /// By when the requester hears first.
        until: String,
    },
    /// To the clerks: a unit says that what it put off can be struck off.
    StrikeOffAsked {
        /// The unit.
        unit: String,
    },
    /// To the unit: more time was given or not.
    ExtensionDecided,
    /// To the head of the unit: an answer waits for the second look.
    ToApprove,
    /// To the unit: the head wants the answer written otherwise.
    ReplyReturned,
    /// To the clerks: the requester complains about the handling.
    HandlingComplained,
    /// To the head of the school: a complaint about the handling was not answered in time.
    ComplaintMissed,
    /// To the unit: a day of review has passed.
    ReviewMissed,
    /// To the clerks: a new case waits to be dispatched.
    ToDispatch,
    /// To the clerks: it touches safety.
    Danger,
    /// To a leader: waits for an instruction.
    ToInstruct,
    /// To the unit: taken back by the requester.
    Withdrawn,
    /// To the lead unit: an assisting unit gave its opinion.
    OpinionGiven {
        /// The unit.
        unit: String,
    },
    /// To an assisting unit: its opinion is wanted soon.
    OpinionSoon {
        /// Until when, as said to people.
        until: String,
    },
    /// To an assisting unit: it gave no opinion in time.
    OpinionMissed,
    /// To the lead unit: an assisting unit gave no opinion in time; it may answer without.
    OpinionMissing {
        /// The unit.
        unit: String,
    },
    /// To the unit: no more time.
    ExtensionRefused {
        /// Until when, as said to people.
        until: String,
    },
    /// To the clerks: a unit was kept away, the case waits to be dispatched anew.
    Recused,
    /// To the unit: its case is handled together with another.
    MergedAway,
    /// To the unit: another case is handled together with its own.
    Joined,
    /// To the unit: the other case goes by itself again.
    Parted,
    /// To the unit: its case is by itself again.
    Restored {
        /// Until when, as said to people.
        until: String,
    },
    /// To the requester: a unit is kept away from the case.
    KeptAway {
        /// First words of the title.
        title: String,
    },
    /// To the requester: handled together with the same matter of others.
    HandledTogether {
        /// First words of the title.
        title: String,
    },
    /// To the requester: the same matter of others came along.
    OthersJoined {
        /// First words of the title.
        title: String,
    },
    /// To the requester: handled by itself again.
    ByItselfAgain {
        /// First words of the title.
        title: String,
        /// Until when, as said to people.
        until: String,
    },
    /// To the requester: the complaint about the handling was answered.
    ComplaintAnswered {
        /// First words of the title.
        title: String,
    },
    /// To the requester: a unit that was kept away in error is so no longer.
    RecusalLifted {
        /// First words of the title.
        title: String,
    },
    /// To the requester: a second matter became a case of its own.
    SplitInTwo {
        /// First words of the title.
        title: String,
    },
    /// To the requester: a part is missing, and when it is expected.
    PartAwaited {
        /// First words of the title.
        title: String,
        /// The day on which it is expected, as said to people.
        until: String,
    },
    /// To whoever has the work: the part was expected today.
    PartDue,
    /// To a member of staff: would they co-sign a proposal?
    CosignAsked,
    /// To the proposer: one of those asked to co-sign has answered.
    CosignAnswered {
        /// First words of the title.
        title: String,
        /// How many do by now.
        cosigned: usize,
    },
    /// To the proposer: taken on as a proposal, or handled as a suggestion.
    ProposalSettled {
        /// First words of the title.
        title: String,
        /// Taken on as a proposal.
        is_filed: bool,
    },
    /// To the members of a squad: work at a place.
    SquadCalled {
        /// The unit that answers for it.
        unit: String,
    },
    /// To the members of a squad: taken back by the unit.
    SquadReleased,
    /// To the unit: the squad says what came of the work.
    WorkReported {
        /// It is done.
        is_done: bool,
    },
    /// To whoever co-signs: something happened to the proposal.
    CosignedNews,
    /// To the unit: a list, a check or a sample found its case; is it so?
    FindingAsked {
        /// Until when, as said to people.
        until: String,
    },
    /// To whoever asked: the unit has checked what was found.
    FindingAnswered {
        /// The unit.
        unit: String,
    },
    /// To the unit, or to whoever of it is responsible: it is to be put right.
    MendingOrdered {
        /// Until when, as said to people.
        until: String,
    },
    /// To whoever ordered it: the unit says that it is put right.
    MendingReported {
        /// The unit.
        unit: String,
    },
    /// To the unit: nothing more is wanted about what was found.
    FindingClosed,
}
