//! Who stands before a door, and how they like their pages.

use huiyin_domain::access::{Duty, Role};
use huiyin_domain::ids::{PersonId, UnitId};

/// Light or dark; the system decides unless the person has chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the system says.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    /// The stored word; empty for the system's choice.
    pub fn word(self) -> &'static str {
        match self {
            Theme::System => "",
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }

    /// The theme of a stored word; anything else is the system's choice.
    pub fn from_word(word: &str) -> Theme {
        [Theme::Light, Theme::Dark].into_iter().find(|theme| theme.word() == word).unwrap_or_default()
    }
}

/// How large text is: 标准, 大, 特大.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TextSize {
    /// 标准
    #[default]
    Standard,
    /// 大
    Large,
    /// 特大
    Huge,
}

impl TextSize {
    /// The stored word; empty for the standard size.
    pub fn word(self) -> &'static str {
        match self {
            TextSize::Standard => "",
            TextSize::Large => "large",
            TextSize::Huge => "huge",
        }
    }

    /// The size of a stored word; anything else is the standard size.
    pub fn from_word(word: &str) -> TextSize {
        [TextSize::Large, TextSize::Huge].into_iter().find(|size| size.word() == word).unwrap_or_default()
    }
}

/// Whoever asks for a page: a stranger, or a person with their duties.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Visitor {
    /// The person, if signed in.
    pub person: Option<PersonId>,
    /// How they are called on their own pages.
    pub name: String,
    /// What they are there for.
    pub duties: Vec<Duty>,
    /// Messages not yet read, counted up to a hundred.
    pub unread: u32,
    /// Light or dark.
    pub theme: Theme,
    /// How large text is.
    pub size: TextSize,
    /// Names the session without opening it; form tokens are bound to it.
    pub session: Option<String>,
}

impl Visitor {
    /// Somebody who has not signed in.
    pub fn stranger() -> Visitor {
        Visitor::default()
    }

    /// Whether it is known who this is.
    pub fn is_signed_in(&self) -> bool {
        self.person.is_some()
    }

    /// Whether they hold this role anywhere.
    pub fn has(&self, role: Role) -> bool {
        self.duties.iter().any(|duty| duty.role == role)
    }

    /// Whether they hold this role at this unit.
    pub fn has_at(&self, role: Role, unit: &str) -> bool {
        self.duties
            .iter()
            .any(|duty| duty.role == role && duty.unit.as_ref().map(UnitId::as_str) == Some(unit))
    }

    /// How many messages are not yet read, in the space a bell has.
    pub fn unread_words(&self) -> String {
        if self.unread > 99 { "99+".to_owned() } else { self.unread.to_string() }
    }

    /// What form tokens of this visitor are bound to.
    pub fn binding(&self) -> &str {
        self.session.as_deref().unwrap_or("anyone")
    }
}
