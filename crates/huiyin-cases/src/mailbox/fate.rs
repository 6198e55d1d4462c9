//! What became of a letter.

/// What became of a letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fate {
    /// It is a case.
    Case,
    /// It was added to a case.
    Reply,
    /// It came before; nothing new.
    Twice,
    /// An answering machine wrote it.
    Automatic,
    /// It is about a letter of ours that did not arrive.
    Bounce,
    /// It is one of our own.
    Own,
    /// Laid aside: its sender wrote too many within an hour.
    Flood,
    /// Laid aside: written to many.
    Bulk,
    /// Laid aside: written by a program.
    Machine,
    /// Laid aside: it cannot be read.
    Unreadable,
    /// Could not be taken yet, through our fault; tried again.
    Trouble,
}

impl Fate {
    /// Those that are kept.
    pub const KEPT: [Fate; 10] = [
        Fate::Case,
        Fate::Reply,
        Fate::Automatic,
        Fate::Bounce,
        Fate::Own,
        Fate::Flood,
        Fate::Bulk,
        Fate::Machine,
        Fate::Unreadable,
        Fate::Trouble,
    ];

    /// The stored word.
    pub fn word(self) -> &'static str {
        match self {
            Fate::Case => "case",
            Fate::Reply => "reply",
            Fate::Twice => "twice",
            Fate::Automatic => "automatic",
            Fate::Bounce => "bounce",
            Fate::Own => "own",
            Fate::Flood => "flood",
            Fate::Bulk => "bulk",
            Fate::Machine => "machine",
            Fate::Unreadable => "unreadable",
            Fate::Trouble => "trouble",
        }
    }

    /// The fate of a stored word.
    pub fn from_word(word: &str) -> Option<Fate> {
        Fate::KEPT.into_iter().find(|fate| fate.word() == word)
    }

    /// Whether the letter stays in the mailbox for a person to look at.
    pub fn is_aside(self) -> bool {
        matches!(self, Fate::Flood | Fate::Bulk | Fate::Machine | Fate::Unreadable)
    }

    /// Whether nothing is left to be done with the letter.
    pub fn is_settled(self) -> bool {
        !self.is_aside() && self != Fate::Trouble
    }

    /// Why it was laid aside.
    pub fn shown(self) -> &'static str {
        match self {
            Fate::Flood => "同一来信人一小时内太多",
            Fate::Bulk => "群发信",
            Fate::Machine => "程序发的信",
            _ => "读不出来",
        }
    }
}
