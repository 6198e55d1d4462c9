//! What a person has answered so far. The steps keep nothing: every answer travels on as a hidden field, is read anew
//! each time, and is judged in full before a case is made of it.

use super::photos::Ticket;
use huiyin_domain::case::{Identity, Place, Submission};
use huiyin_domain::ids::{CategoryId, ChannelId, KindId, PlaceId, UnitId};
use huiyin_domain::policy::Kind;
use huiyin_foundation::error::FieldErrors;
use huiyin_foundation::keys::Keys;
use huiyin_foundation::web::{Filled, Form};
use serde::{Deserialize, Serialize};

/// The boxes of the steps as they stand from top to bottom.
const ASKED: [&str; 10] =
    ["title", "place", "room", "photo", "category", "body", "about", "identity", "publish", "phone"];

/// Everything the three steps ask.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Answers {
    /// One sentence that says the matter.
    pub title: String,
    /// The matter in detail.
    pub body: String,
    /// A building or area of the list.
    pub place: String,
    /// Floor and room.
    pub room: String,
    /// A line of the dispatch catalogue.
    pub category: String,
    /// The unit that is complained of and shall not see it.
    #[serde(default)]
    pub about: String,
    /// Somebody is in danger.
    pub danger: bool,
    /// Files kept so far.
    pub photos: Vec<Ticket>,
    /// 实名、保密、匿名; nothing until the second step.
    pub identity: Option<Identity>,
    /// Whether the answer may be public; nothing until the second step.
    pub publish: Option<bool>,
    /// How to reach the person.
    pub phone: String,
    /// The person wants to be reached here only.
    pub no_phone: bool,
    /// The open channel that the address named: the sheet in a room has its own.
    pub via: String,
    /// The parked answers that this form was opened from.
    pub parked: String,
}

impl Answers {
    /// What came with a form. A file whose ticket was not made here is left out.
    pub fn read(form: &Form, keys: &Keys) -> Answers {
        let answers = Answers {
            title: form.text("title"),
            body: form.words("body"),
            place: form.text("place"),
            room: form.text("room"),
            category: form.text("category"),
            about: form.text("about"),
            danger: form.has("danger"),
            photos: Vec::new(),
            identity: identity_from(&form.text("identity")),
            publish: match form.text("publish").as_str() {
                "yes" => Some(true),
                "no" => Some(false),
                _ => None,
            },
            phone: form.text("phone"),
            no_phone: form.has("no_phone"),
            via: form.text("via"),
            parked: form.text("parked"),
        };
        answers.with_photos(form.all("kept").iter().filter_map(|text| Ticket::read(keys, text)))
    }

    /// The same with these files, each once.
    fn with_photos(mut self, tickets: impl Iterator<Item = Ticket>) -> Answers {
        for ticket in tickets {
            if !self.photos.contains(&ticket) {
                self.photos.push(ticket);
            }
        }
        self
    }

    /// What the address of the form filled in: a place from the sheet in the room, words from the search box.
    pub fn asked_for(title: String, place: String, room: String, via: String) -> Answers {
        Answers { title, place, room, via, ..Answers::default() }
    }

    /// Every answer as name and value, as hidden fields carry them.
    pub fn pairs(&self, keys: &Keys) -> Vec<(&'static str, String)> {
        let tick = |is_set: bool| if is_set { "yes".to_owned() } else { String::new() };
        let publish = self.publish.map(|is_public| if is_public { "yes" } else { "no" });
        let mut pairs = vec![
            ("title", self.title.clone()),
            ("body", self.body.clone()),
            ("place", self.place.clone()),
            ("room", self.room.clone()),
            ("category", self.category.clone()),
            ("about", self.about.clone()),
            ("danger", tick(self.danger)),
            ("identity", self.identity.map(word).unwrap_or_default().to_owned()),
            ("publish", publish.unwrap_or_default().to_owned()),
            ("phone", self.phone.clone()),
            ("no_phone", tick(self.no_phone)),
            ("via", self.via.clone()),
            ("parked", self.parked.clone()),
        ];
        pairs.extend(self.photos.iter().map(|ticket| ("kept", ticket.text(keys))));
        pairs.retain(|(_, value)| !value.is_empty());
        pairs
    }

    /// Only those pairs that a page does not ask for itself.
    pub fn carried(&self, keys: &Keys, asked: &[&str]) -> Vec<(&'static str, String)> {
        let mut pairs = self.pairs(keys);
        pairs.retain(|(name, _)| !asked.contains(name));
        pairs
    }

    /// The boxes of a page with these answers in them.
    pub fn filled(&self, keys: &Keys, errors: FieldErrors) -> Filled {
        let values = self.pairs(keys).into_iter().map(|(name, value)| (name.to_owned(), value));
        Filled::from_values(values.collect(), errors.in_order_of(&ASKED))
    }

    /// What the person is, as far as the kind proposes it and the visitor may choose.
    pub fn identity_or(&self, kind: &Kind, is_signed_in: bool) -> Identity {
        let proposed = if is_signed_in { kind.identity } else { Identity::Anonymous };
        self.identity.unwrap_or(proposed)
    }

    /// Whether the answer may be public, as far as the kind allows it.
    pub fn may_publish(&self, kind: &Kind) -> bool {
        !kind.restricted && self.publish.unwrap_or(kind.public)
    }

    /// The telephone number that will be kept: digits only, none on an anonymous case or when none is wanted.
    pub fn contact(&self) -> String {
        if self.no_phone || self.identity == Some(Identity::Anonymous) {
            return String::new();
        }
        mobile(&self.phone).unwrap_or_default()
    }

    /// The case that these answers ask for; they have been judged.
    pub fn submission(&self, kind: &KindId, may_publish: bool, channel: &ChannelId) -> Submission {
        let named = |text: &String| (!text.is_empty()).then(|| text.clone());
        Submission {
            kind: kind.clone(),
            category: named(&self.category).map(CategoryId),
            title: self.title.clone(),
            body: self.body.clone(),
            place: Place { id: named(&self.place).map(PlaceId), room: self.room.clone() },
            identity: self.identity.unwrap_or(Identity::Anonymous),
            channel: channel.clone(),
            danger: self.danger,
            may_publish,
            contact: self.contact(),
            on_behalf_of: String::new(),
            outside_no: String::new(),
            files: self.photos.iter().map(|ticket| ticket.id.clone()).collect(),
            unit: None,
            about: named(&self.about).map(UnitId).into_iter().collect(),
            split_from: None,
        }
    }
}

/// The word of an identity in a form.
pub(super) fn word(identity: Identity) -> &'static str {
    match identity {
        Identity::Open => "open",
        Identity::Sealed => "sealed",
        Identity::Anonymous => "anonymous",
    }
}

/// The identity of a word.
pub(super) fn identity_from(text: &str) -> Option<Identity> {
    [Identity::Open, Identity::Sealed, Identity::Anonymous]
        .into_iter()
        .find(|identity| word(*identity) == text)
}

/// The eleven digits of a mobile number, however it was typed; none if it is no such number.
pub(super) fn mobile(typed: &str) -> Option<String> {
    let narrow = |sign: char| match sign {
        '０'..='９' => char::from_u32(sign as u32 - 0xfee0).unwrap_or(sign),
        other => other,
    };
    let signs: String = typed
        .chars()
        .map(narrow)
        .filter(|sign| !sign.is_whitespace() && !matches!(sign, '-' | '－' | '—'))
        .collect();
    let digits = signs.strip_prefix("+86").unwrap_or(&signs);
    let is_mobile =
        digits.len() == 11 && digits.starts_with('1') && digits.bytes().all(|b| b.is_ascii_digit());
    is_mobile.then(|| digits.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mobile_number_may_be_typed_with_spaces_and_country() {
        for typed in ["13853112233", "138 5311 2233", "+86 138-5311-2233", "１３８５３１１２２３３"]
        {
            assert_eq!(mobile(typed).as_deref(), Some("13853112233"), "{typed}");
        }
        for typed in ["1385311", "23853112233", "138531122334", "1385311223a", ""] {
            assert_eq!(mobile(typed), None, "{typed}");
        }
    }

    #[test]
    fn every_answer_travels_and_comes_back() {
        let keys = Keys::for_tests();
        let answers = Answers {
            title: "三楼的灯不亮".into(),
            danger: true,
            identity: Some(Identity::Sealed),
            publish: Some(false),
            no_phone: true,
            ..Answers::default()
        };
        let pairs = answers.pairs(&keys);
        assert_eq!(pairs.len(), 5);
        let carried = answers.carried(&keys, &["identity", "publish", "phone", "no_phone"]);
        assert_eq!(carried.iter().map(|(name, _)| *name).collect::<Vec<_>>(), ["title", "danger"]);
    }

    #[test]
    fn no_number_is_kept_of_an_anonymous_person() {
        let answers = |identity, no_phone| Answers {
            identity: Some(identity),
            phone: "13853112233".into(),
            no_phone,
            ..Answers::default()
        };
        assert_eq!(answers(Identity::Open, false).contact(), "13853112233");
        assert_eq!(answers(Identity::Anonymous, false).contact(), "");
        assert_eq!(answers(Identity::Sealed, true).contact(), "");
    }
}
