//! Which part of the queue is looked at: tab, kind, place, whose, and from where on. All of it stands in the address, so that a
//! view can be kept, sent to a colleague and walked case by case.

use huiyin_domain::calendar::Instant;
use huiyin_domain::ids::{CaseNo, KindId, PersonId, PlaceId};
use huiyin_domain::policy::Policy;
use std::collections::BTreeMap;

/// What stands behind the question mark of an address.
pub(super) type Asked = BTreeMap<String, String>;

/// A tab of the queue.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Shelf {
    /// 全部待办
    #[default]
    All,
    /// 待签收
    Unsigned,
    /// 办理中
    Working,
    /// 今日到期
    Today,
    /// 已超期
    Late,
    /// 重新办理
    Again,
    /// 本单位未回复
    Unanswered,
    /// 协办：another unit answers, this one helps
    Assisting,
}

impl Shelf {
    /// All tabs in their order.
    pub const ALL: [Shelf; 8] = [
        Shelf::All,
        Shelf::Unsigned,
        Shelf::Working,
        Shelf::Today,
        Shelf::Late,
        Shelf::Again,
        Shelf::Unanswered,
        Shelf::Assisting,
    ];

    /// The word in the address.
    pub fn word(self) -> &'static str {
        match self {
            Shelf::All => "all",
            Shelf::Unsigned => "unsigned",
            Shelf::Working => "working",
            Shelf::Today => "today",
            Shelf::Late => "late",
            Shelf::Again => "again",
            Shelf::Unanswered => "unanswered",
            Shelf::Assisting => "assisting",
        }
    }

    /// What the tab says.
    pub fn title(self) -> &'static str {
        match self {
            Shelf::All => "全部待办",
            Shelf::Unsigned => "待签收",
            Shelf::Working => "办理中",
            Shelf::Today => "今日到期",
            Shelf::Late => "已超期",
            Shelf::Again => "重新办理",
            Shelf::Unanswered => "本单位未回复",
            Shelf::Assisting => "协办",
        }
    }

    /// The colour of its count.
    pub fn tone(self, count: u32) -> &'static str {
        match self {
            Shelf::Today if count > 0 => "warn",
            Shelf::Late if count > 0 => "bad",
            _ => "mute",
        }
    }
}

/// Whose cases: a colleague's, or those that nobody has yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Whose {
    /// 未分
    Nobodys,
    /// Of this person.
    Of(PersonId),
}

impl Whose {
    /// The word for nobody; no person's id is a word.
    pub const NOBODY: &'static str = "nobody";

    fn read(word: &str) -> Option<Whose> {
        match word {
            "" => None,
            Whose::NOBODY => Some(Whose::Nobodys),
            person => Some(Whose::Of(person.into())),
        }
    }

    /// As it stands in the address.
    pub fn word(&self) -> &str {
        match self {
            Whose::Nobodys => Whose::NOBODY,
            Whose::Of(person) => person.as_str(),
        }
    }
}

/// A place in the order of deadlines: everything after it comes next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cursor {
    /// The deadline.
    pub due: Instant,
    /// The number, where deadlines are equal.
    pub no: CaseNo,
}

impl Cursor {
    /// Reads it from the address.
    pub fn read(text: &str) -> Option<Cursor> {
        let (due, no) = text.split_once('.')?;
        Some(Cursor { due: Instant(due.parse().ok()?), no: CaseNo(no.to_owned()) })
    }

    /// As it stands in the address.
    pub fn word(&self) -> String {
        format!("{}.{}", self.due.0, self.no)
    }
}

/// What is looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct View {
    /// The tab.
    pub shelf: Shelf,
    /// Only this kind.
    pub kind: Option<KindId>,
    /// Only this place.
    pub place: Option<PlaceId>,
    /// Only theirs.
    pub whose: Option<Whose>,
    /// Only what comes after this.
    pub after: Option<Cursor>,
}

impl View {
    /// Reads an address; what the school does not have is left out.
    pub fn read(asked: &Asked, policy: &Policy) -> View {
        let word = |name: &str| asked.get(name).map(String::as_str).unwrap_or_default();
        View {
            shelf: Shelf::ALL.into_iter().find(|shelf| shelf.word() == word("view")).unwrap_or_default(),
            kind: policy.kind(&word("kind").into()).map(|kind| kind.id.clone()),
            place: policy.place(&word("place").into()).map(|place| place.id.clone()),
            whose: Whose::read(word("officer")),
            after: Cursor::read(word("after")),
        }
    }

    /// Reads what a form carried along in one hidden field.
    pub fn carried(words: &str, policy: &Policy) -> View {
        let asked = form_urlencoded::parse(words.as_bytes()).into_owned().collect();
        View::read(&asked, policy)
    }

    /// The view as a query, without the question mark; empty for everything.
    pub fn query(&self) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        if self.shelf != Shelf::All {
            query.append_pair("view", self.shelf.word());
        }
        if let Some(kind) = &self.kind {
            query.append_pair("kind", kind.as_str());
        }
        if let Some(place) = &self.place {
            query.append_pair("place", place.as_str());
        }
        if let Some(whose) = &self.whose {
            query.append_pair("officer", whose.word());
        }
        if let Some(after) = &self.after {
            query.append_pair("after", &after.word());
        }
        query.finish()
    }

    /// A path with the view behind it.
    pub fn on(&self, path: &str) -> String {
        let query = self.query();
        if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
    }

    /// A path with the view and one more pair behind it.
    pub fn on_with(&self, path: &str, name: &str, value: &str) -> String {
        let mut query = form_urlencoded::Serializer::new(self.query());
        query.append_pair(name, value);
        format!("{path}?{}", query.finish())
    }

    /// The same filters on another tab, from the beginning.
    pub fn of_shelf(&self, shelf: Shelf) -> View {
        View { shelf, after: None, ..self.clone() }
    }

    /// The same from the beginning.
    pub fn begun_anew(&self) -> View {
        View { after: None, ..self.clone() }
    }

    /// The same from this place on.
    pub fn going_on(&self, after: Cursor) -> View {
        View { after: Some(after), ..self.clone() }
    }

    /// Whether kind, place or officer narrow it.
    pub fn is_narrowed(&self) -> bool {
        self.kind.is_some() || self.place.is_some() || self.whose.is_some()
    }
}
