//! The families of messages a person chooses about: few enough to read, apart enough to want differently.

use super::Notice;

/// A family of messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Topic {
    /// Something is asked of the requester: to add, to judge, to say whether it lasts.
    OwnAsks,
    /// One's own case moves.
    OwnNews,
    /// A matter one met too is answered.
    Echo,
    /// Work has come, or is wanted now.
    Work,
    /// Something was done on a case in hand.
    WorkNews,
    /// Limits near and passed.
    Due,
    /// Danger to somebody; always at once.
    Danger,
}

/// How a family is wanted on a channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// As it happens, outside quiet hours.
    AtOnce,
    /// Together in the morning.
    Digest,
    /// Not at all.
    Off,
}

impl Topic {
    /// Those a person may choose about.
    pub const CHOSEN: [Topic; 6] =
        [Topic::OwnAsks, Topic::OwnNews, Topic::Echo, Topic::Work, Topic::WorkNews, Topic::Due];

    /// The stored word.
    pub fn word(self) -> &'static str {
        match self {
            Topic::OwnAsks => "own_asks",
            Topic::OwnNews => "own_news",
            Topic::Echo => "echo",
            Topic::Work => "work",
            Topic::WorkNews => "work_news",
            Topic::Due => "due",
            Topic::Danger => "danger",
        }
    }

    /// The family of a stored word.
    pub fn from_word(word: &str) -> Option<Topic> {
        Topic::CHOSEN.into_iter().chain([Topic::Danger]).find(|topic| topic.word() == word)
    }

    /// Whether only people with a duty get such messages.
    pub fn is_for_staff(self) -> bool {
        matches!(self, Topic::Work | Topic::WorkNews | Topic::Due | Topic::Danger)
    }

    /// Its name on the page, and what belongs to it.
    pub fn shown(self) -> (&'static str, &'static str) {
        match self {
            Topic::OwnAsks => ("等您答的", "请补充、请评价、请看效果"),
            Topic::OwnNews => ("我的诉求", "转办、进展、延期、呈报"),
            Topic::Echo => ("我也遇到的", "别人反映、您也遇到的事有了答复"),
            Topic::Work => ("要办的", "新件、分办、协办、审批、催办、退回、核实整改"),
            Topic::WorkNews => ("在办件的动静", "补充、评价、撤回、审批结果"),
            Topic::Due => ("期限", "快到期、已超期、督办、挂账复核"),
            Topic::Danger => ("涉及人身安全", "马上通知，安静时段也发"),
        }
    }

    /// How it is wanted by whoever never said so: what is to be done at once, what is to be known in the morning.
    pub fn unsaid(self) -> Mode {
        match self {
            Topic::OwnAsks | Topic::OwnNews | Topic::Work | Topic::Danger => Mode::AtOnce,
            Topic::Echo | Topic::WorkNews | Topic::Due => Mode::Digest,
        }
    }
}

impl Mode {
    /// All of them.
    pub const ALL: [Mode; 3] = [Mode::AtOnce, Mode::Digest, Mode::Off];

    /// The stored word.
    pub fn word(self) -> &'static str {
        match self {
            Mode::AtOnce => "now",
            Mode::Digest => "digest",
            Mode::Off => "off",
        }
    }

    /// The mode of a stored word.
    pub fn from_word(word: &str) -> Option<Mode> {
        Mode::ALL.into_iter().find(|mode| mode.word() == word)
    }

    /// The word on the page.
    pub fn shown(self) -> &'static str {
        match self {
            Mode::AtOnce => "马上发",
            Mode::Digest => "早上汇总",
            Mode::Off => "不发",
        }
    }
}

impl Notice {
    /// The family it belongs to.
    pub fn topic(&self) -> Topic {
        match self {
            Notice::Asked { .. }
            | Notice::Answered { .. }
            | Notice::EffectAsked { .. }
            | Notice::CosignAsked => Topic::OwnAsks,
            Notice::LetterTaken { .. }
            | Notice::HandedOn { .. }
            | Notice::ToBeRemoved { .. }
            | Notice::AddressToBeForgotten { .. }
            | Notice::RemovalCalledOff { .. }
            | Notice::Progress { .. }
            | Notice::Extended { .. }
            | Notice::RoundOrdered { .. }
            | Notice::SupervisionEnded { .. }
            | Notice::ShelvedReviewed { .. }
            | Notice::StruckOff { .. }
            | Notice::Declined { .. }
            | Notice::Escalated { .. }
            | Notice::KeptAway { .. }
            | Notice::RatingTaken { .. }
            | Notice::ComplaintAnswered { .. }
            | Notice::RecusalLifted { .. }
            | Notice::HandledTogether { .. }
            | Notice::OthersJoined { .. }
            | Notice::ByItselfAgain { .. }
            | Notice::SplitInTwo { .. }
            | Notice::PartAwaited { .. }
            | Notice::CosignAnswered { .. }
            | Notice::ProposalSettled { .. }
            | Notice::CosignedNews => Topic::OwnNews,
            Notice::EchoAnswered => Topic::Echo,
            Notice::NewForUnit { .. }
            | Notice::Allotted { .. }
            | Notice::ToAssist { .. }
            | Notice::ToDispatch
            | Notice::ToInstruct
            | Notice::ToApprove
            | Notice::RemovalToConfirm
            | Notice::Forewarned
            | Notice::ForewarningTask { .. }
            | Notice::ForewarningReported
            | Notice::ExtensionAsked { .. }
            | Notice::StrikeOffAsked { .. }
            | Notice::NobodyThere { .. }
            | Notice::SentBack { .. }
            | Notice::Reopened { .. }
            | Notice::Reminded { .. }
            | Notice::HandlingComplained
            | Notice::ComplaintMissed
            | Notice::Recused
            | Notice::Restored { .. }
            | Notice::Urged
            | Notice::PartDue
            | Notice::SquadCalled { .. }
            | Notice::SquadReleased
            | Notice::FindingAsked { .. }
            | Notice::FindingAnswered { .. }
            | Notice::MendingOrdered { .. }
            | Notice::MendingReported { .. }
            | Notice::WorkReported { .. } => Topic::Work,
            Notice::Supplemented
            | Notice::Judged
            | Notice::ExtensionDecided
            | Notice::ReplyReturned
            | Notice::ExtensionRefused { .. }
            | Notice::OpinionGiven { .. }
            | Notice::OpinionMissing { .. }
            | Notice::MergedAway
            | Notice::Joined
            | Notice::Parted
            | Notice::FindingClosed
            | Notice::Withdrawn => Topic::WorkNews,
            Notice::DueSoon { .. }
            | Notice::Missed { .. }
            | Notice::Supervised
            | Notice::OpinionSoon { .. }
            | Notice::OpinionMissed
            | Notice::ReviewMissed => Topic::Due,
            Notice::Danger => Topic::Danger,
        }
    }
}
