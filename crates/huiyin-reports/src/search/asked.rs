//! What the address asks for.

use huiyin_domain::calendar::Instant;
use serde::Deserialize;

/// So many letters are read.
const LETTERS_MAX: usize = 60;
/// The longest id or place in a list that an address may bring.
const WORD_MAX: usize = 64;

/// The question in the address; unknown words simply find nothing.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    pub q: String,
    /// One group alone: `mine`, `done`, `open`.
    #[serde(default, rename = "in")]
    pub group: String,
    #[serde(default)]
    pub unit: String,
    #[serde(default)]
    pub kind: String,
    /// `1`, `3` or `12` months.
    #[serde(default)]
    pub since: String,
    /// `new`: the newest first; otherwise those first that have every word in their title.
    #[serde(default)]
    pub order: String,
    #[serde(default)]
    pub after: String,
}

impl Asked {
    /// Without what cannot be seen, and no longer than anybody types.
    pub fn tidied(self) -> Asked {
        let word = |word: String| if word.len() > WORD_MAX { String::new() } else { word };
        Asked {
            q: self.q.trim().chars().filter(|c| !c.is_control()).take(LETTERS_MAX).collect(),
            group: word(self.group),
            unit: word(self.unit),
            kind: word(self.kind),
            since: word(self.since),
            order: word(self.order),
            after: word(self.after),
        }
    }

    /// Whether nothing is asked.
    pub fn is_empty(&self) -> bool {
        self.q.is_empty() && !self.is_narrowed()
    }

    /// Whether something is left out by a filter.
    pub fn is_narrowed(&self) -> bool {
        !(self.unit.is_empty() && self.kind.is_empty() && self.since.is_empty())
    }

    /// The months that the filter lets through, as marks name them; none without a filter.
    pub fn months(&self, now: Instant) -> Vec<String> {
        let count: i16 = match self.since.as_str() {
            "1" => 1,
            "3" => 3,
            "12" => 12,
            _ => return Vec::new(),
        };
        let today = now.day().0;
        let this = today.year() * 12 + i16::from(today.month()) - 1;
        (0..count)
            .map(|back| this - back)
            .map(|month| format!("{:04}-{:02}", month / 12, month % 12 + 1))
            .collect()
    }

    /// The address of the same question in this group, going on behind this place.
    pub fn address(&self, group: &str, after: &str) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        let kept = [
            ("q", self.q.as_str()),
            ("in", group),
            ("unit", &self.unit),
            ("kind", &self.kind),
            ("since", &self.since),
            ("order", &self.order),
            ("after", after),
        ];
        for (name, value) in kept.into_iter().filter(|(_, value)| !value.is_empty()) {
            query.append_pair(name, value);
        }
        format!("/search?{}", query.finish())
    }

    /// The address of the same words without filters.
    pub fn unnarrowed(&self) -> String {
        let plain = Asked { q: self.q.clone(), order: self.order.clone(), ..Asked::default() };
        plain.address(&self.group, "")
    }

    /// The way to the form, with the words that were typed.
    pub fn say(&self) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.append_pair("title", &self.q);
        format!("/say?{}", query.finish())
    }
}
