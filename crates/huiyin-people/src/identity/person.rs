//! A person with an account.

use huiyin_domain::access::Duty;
use huiyin_domain::ids::PersonId;

/// Student or member of staff.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PersonKind {
    /// 学生
    Student,
    /// 教职工
    Staff,
}

impl PersonKind {
    /// The stored word.
    pub fn word(self) -> &'static str {
        match self {
            PersonKind::Student => "student",
            PersonKind::Staff => "staff",
        }
    }

    /// The kind of a stored word.
    pub fn from_word(word: &str) -> Option<PersonKind> {
        [PersonKind::Student, PersonKind::Staff].into_iter().find(|kind| kind.word() == word)
    }

    /// The word on pages.
    pub fn shown(self) -> &'static str {
        match self {
            PersonKind::Student => "学生",
            PersonKind::Staff => "教职工",
        }
    }
}

/// A person with an account, as lists and forms know them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Who.
    pub id: PersonId,
    /// 学工号, by which they sign in.
    pub number: String,
    /// Name.
    pub name: String,
    /// Student or staff.
    pub kind: PersonKind,
    /// College or unit, in words.
    pub department: String,
    /// Address for letters; may be empty.
    pub email: String,
    /// Telephone; may be empty.
    pub phone: String,
    /// Whether they can sign in with a password already.
    pub has_password: bool,
    /// Whether the account is closed.
    pub is_disabled: bool,
    /// What they are there for.
    pub duties: Vec<Duty>,
}

/// What a new or changed account says; the number finds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonEntry {
    /// 学工号
    pub number: String,
    /// Name.
    pub name: String,
    /// Student or staff.
    pub kind: PersonKind,
    /// College or unit, in words.
    pub department: String,
    /// Address for letters; may be empty.
    pub email: String,
    /// Telephone; may be empty.
    pub phone: String,
}
