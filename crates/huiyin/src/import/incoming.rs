//! A row becomes a case to be taken in, or is said to be unusable and why.
//!
//! Who wrote is not taken over: a name from another system cannot be shown to its owner here and would only lie about.

use super::columns::{Columns, Field};
use super::moment;
use super::rows::{Bad, Row};
use huiyin_domain::calendar::Instant;
use huiyin_domain::case::{Identity, Place, Submission};
use huiyin_domain::ids::{ChannelId, KindId, UnitId};
use huiyin_domain::policy::{self, Category, Policy};
use huiyin_foundation::keys::{Keys, Label};
use std::collections::HashMap;

const DAY_MS: i64 = 86_400_000;
/// Rows without a time are spread over so many days before today.
const SPREAD_DAYS: i64 = 365;
/// A title made from the first words of the body is at most so long.
const TITLE_CHARS_MAX: usize = 40;
/// A unit that nobody knows is named by so many letters of its name.
const UNIT_CHARS_MAX: usize = 40;
/// What is longer is no message of one person, but a file put into a cell.
const FIELD_CHARS_MAX: [(Field, &str, usize); 4] = [
    (Field::Title, "title", 200),
    (Field::Body, "body", 20_000),
    (Field::Reply, "reply", 20_000),
    (Field::Room, "room", 200),
];

/// A case to be taken in.
#[derive(Clone, Debug)]
pub struct Incoming {
    /// Its line in the file.
    pub line: u64,
    /// When it came in.
    pub at: Instant,
    /// What it says.
    pub submission: Submission,
    /// Whose matter it is.
    pub unit: UnitId,
    /// The unit that the row names, if nobody here is called so.
    pub unknown_unit: Option<String>,
    /// When and how it was answered.
    pub reply: Option<(Instant, String)>,
    /// The same row has the same form, so that it is taken in once.
    pub form: String,
}

/// What a row turned out to be.
#[derive(Clone, Debug)]
pub enum Found {
    /// A case.
    Case(Box<Incoming>),
    /// Nothing for us, and why.
    Skipped(&'static str),
}

/// How rows are read.
pub struct Reading<'a> {
    /// The settings in force.
    pub policy: &'a Policy,
    /// Which column holds what.
    pub columns: &'a Columns,
    /// The kind of rows that name none.
    pub kind: KindId,
    /// No message can be later than this.
    pub now: Instant,
    /// For the form of a row.
    pub keys: &'a Keys,
}

impl Reading<'_> {
    /// Reads a row.
    pub fn read(&self, row: &Row) -> Result<Found, Bad> {
        let mut said: HashMap<Field, &str> = HashMap::new();
        for (column, value) in &row.cells {
            if let Some(field) = self.columns.field(column) {
                said.entry(field).or_insert(value.as_str());
            }
        }
        let of = |field: Field| said.get(&field).copied().unwrap_or_default();
        let bad = |reason: String| Bad { line: row.line, reason };
        for (field, name, chars_max) in FIELD_CHARS_MAX {
            let chars = of(field).chars().count();
            if chars > chars_max {
                return Err(bad(format!("its {name} has {chars} characters; at most {chars_max} are taken")));
            }
        }
        let kind = match of(Field::Kind) {
            // Collections for learning say here whether a row is running text or only its words.
            "tokens" => return Ok(Found::Skipped("word lists, not running text")),
            "" | "raw" => self.kind.clone(),
            word => self.kind_of(word).map_err(bad)?,
        };
        let body = of(Field::Body);
        let title = if of(Field::Title).is_empty() { first_words(body) } else { of(Field::Title).to_owned() };
        if title.is_empty() {
            return Err(bad("it has neither title nor body".to_owned()));
        }
        let form = self.form_of(&[of(Field::Id), of(Field::Time), of(Field::Title), body]);
        let at = self.time_of(of(Field::Time), &form).map_err(bad)?;
        let reply = self.reply_of(of(Field::Reply), of(Field::ReplyTime), at).map_err(bad)?;
        let category = self.category_of(of(Field::Category), &kind, &format!("{title}\n{body}"));
        let (unit, unknown_unit) = self.unit_of(of(Field::Unit), category);
        let place = self
            .policy
            .places
            .iter()
            .find(|place| is_called(of(Field::Place), place.id.as_str(), &place.name));
        let submission = Submission {
            kind,
            category: category.map(|category| category.id.clone()),
            title,
            body: body.to_owned(),
            place: Place { id: place.map(|place| place.id.clone()), room: of(Field::Room).to_owned() },
            identity: Identity::Sealed,
            channel: self.channel_of(of(Field::Channel)),
            danger: false,
            may_publish: is_public(of(Field::Public)).map_err(bad)?,
            contact: String::new(),
            on_behalf_of: String::new(),
            outside_no: String::new(),
            files: Vec::new(),
            unit: None,
            about: Vec::new(),
            split_from: None,
        };
        Ok(Found::Case(Box::new(Incoming {
            line: row.line,
            at,
            submission,
            unit,
            unknown_unit,
            reply,
            form,
        })))
    }

    fn kind_of(&self, word: &str) -> Result<KindId, String> {
        let known = self.policy.kinds.iter().find(|kind| is_called(word, kind.id.as_str(), &kind.name));
        known.map(|kind| kind.id.clone()).ok_or_else(|| {
            let names: Vec<&str> = self.policy.kinds.iter().map(|kind| kind.name.as_str()).collect();
            format!("there is no kind “{word}”; kinds are {}", names.join("、"))
        })
    }

    fn time_of(&self, written: &str, form: &str) -> Result<Instant, String> {
        if written.is_empty() {
            // A moment of the past year that only this row decides; today's rows are for people.
            let spread =
                form.bytes().fold(0_i64, |sum, byte| (sum * 257 + i64::from(byte)) % (SPREAD_DAYS * DAY_MS));
            return Ok(Instant(self.now.day().start().0 - DAY_MS - spread / 1000 * 1000));
        }
        let at = moment::parse(written)
            .ok_or_else(|| format!("“{written}” is not a time like 2020-01-08 10:23:45"))?;
        if at > self.now { Err(format!("{written} is still to come")) } else { Ok(at) }
    }

    fn reply_of(&self, words: &str, written: &str, at: Instant) -> Result<Option<(Instant, String)>, String> {
        if words.is_empty() {
            return Ok(None);
        }
        if written.is_empty() {
            return Err("it has an answer and no time of the answer; map a column to reply_time".to_owned());
        }
        let replied_at = moment::parse(written)
            .ok_or_else(|| format!("“{written}” is not a time like 2020-01-08 10:23:45"))?;
        if replied_at < at {
            return Err(format!("it was answered on {written}, before it came in"));
        }
        if replied_at > self.now {
            return Err(format!("{written} is still to come"));
        }
        Ok(Some((replied_at, words.to_owned())))
    }

    fn category_of(&self, word: &str, kind: &KindId, text: &str) -> Option<&Category> {
        let named = self
            .policy
            .categories
            .iter()
            .find(|category| is_called(word, category.id.as_str(), &category.name));
        named.or_else(|| {
            let proposal = policy::propose(self.policy, kind, text).into_iter().next()?;
            self.policy.category(&proposal.category)
        })
    }

    /// The unit that is named, or whose matter it is, or the coordinating office, which can hand it on.
    /// Also gives the name back if nobody here is called so.
    fn unit_of(&self, word: &str, category: Option<&Category>) -> (UnitId, Option<String>) {
        let open = |id: &UnitId| self.policy.unit(id).filter(|unit| !unit.closed);
        let is_named = |unit: &&policy::Unit| {
            is_called(word, unit.id.as_str(), &unit.name) || unit.aliases.iter().any(|alias| alias == word)
        };
        let named = self.policy.units.iter().find(is_named).and_then(|unit| open(&unit.id));
        let usual = || open(category?.unit.as_ref()?);
        let unknown =
            (named.is_none() && !word.is_empty()).then(|| word.chars().take(UNIT_CHARS_MAX).collect());
        let unit = named.or_else(usual);
        (unit.map_or_else(|| self.policy.school.coordinator.clone(), |unit| unit.id.clone()), unknown)
    }

    fn channel_of(&self, word: &str) -> ChannelId {
        let channels = &self.policy.channels;
        // Of what is taken in nobody's name is known: it cannot have come by a way that asks for one.
        let takes_it = channels.iter().filter(|channel| !channel.real_name_only);
        let named = takes_it.clone().find(|channel| is_called(word, channel.id.as_str(), &channel.name));
        let usual = takes_it.clone().find(|channel| channel.registered_by_staff).or(channels.first());
        named.or(usual).map_or_else(|| ChannelId::from(""), |channel| channel.id.clone())
    }

    fn form_of(&self, words: &[&str]) -> String {
        self.keys.hmac_text(Label::FormTokens, format!("imported case\0{}", words.join("\0")).as_bytes())
    }
}

fn is_called(word: &str, id: &str, name: &str) -> bool {
    !word.is_empty() && (word == id || word == name)
}

/// The first sentence, or as much of it as a title bears.
fn first_words(body: &str) -> String {
    let sentence = body.split(['。', '！', '？', '；', '\n']).map(str::trim).find(|part| !part.is_empty());
    let sentence = sentence.unwrap_or_default();
    match sentence.char_indices().nth(TITLE_CHARS_MAX) {
        Some((end, _)) => format!("{}…", &sentence[..end]),
        None => sentence.to_owned(),
    }
}

/// Whether a row says that everybody could read it.
fn is_public(word: &str) -> Result<bool, String> {
    match word.to_lowercase().as_str() {
        "是" | "公开" | "yes" | "true" | "1" => Ok(true),
        "" | "否" | "不公开" | "no" | "false" | "0" => Ok(false),
        _ => Err(format!("its public is “{word}”; 是 or 否 is understood")),
    }
}
