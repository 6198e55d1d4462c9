//! One table of a sheet, asked key by key.

use super::Sheet;
use crate::calendar::Day;
use std::cell::RefCell;
use std::ops::RangeInclusive;
use std::str::FromStr;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The longest text that a single knob may hold, in characters: a clause or a note, not an essay.
const TEXT_CHARS_MAX: usize = 400;
/// Ids stand in addresses of pages and in stored events.
const ID_CHARS_MAX: usize = 40;

/// One table, with where it stands and which keys were asked for.
pub(crate) struct Table<'s> {
    sheet: &'s Sheet<'s>,
    entries: &'s DeTable<'s>,
    at: usize,
    name: String,
    asked: RefCell<Vec<&'static str>>,
}

type Entry<'s> = &'s Spanned<DeValue<'s>>;

impl<'s> Table<'s> {
    pub(super) fn new(sheet: &'s Sheet<'s>, entries: &'s DeTable<'s>, at: usize, name: String) -> Self {
        Table { sheet, entries, at, name, asked: RefCell::default() }
    }

    /// Complains of this table as a whole.
    pub(crate) fn complain(&self, reason: String) {
        self.sheet.complain(self.at, reason);
    }

    /// Complains of the value of a key, or of the table when the key is not there.
    pub(crate) fn complain_of(&self, key: &str, reason: String) {
        self.sheet.complain(self.entries.get(key).map_or(self.at, |entry| entry.span().start), reason);
    }

    /// Complains of one element of a list.
    pub(crate) fn complain_of_item(&self, key: &str, index: usize, reason: String) {
        let list = self.entries.get(key).and_then(|entry| entry.get_ref().as_array());
        match list.and_then(|list| list.get(index)) {
            Some(item) => self.sheet.complain(item.span().start, reason),
            None => self.complain_of(key, reason),
        }
    }

    /// Complains of every key that nobody asked for.
    pub(crate) fn complain_of_unknown_keys(&self) {
        let asked = self.asked.borrow();
        for key in self.entries.keys().filter(|key| !asked.contains(&key.get_ref().as_ref())) {
            let hint =
                nearest(key.get_ref(), &asked).map_or(String::new(), |near| format!("，是不是 {near}"));
            self.sheet.complain(key.span().start, format!("不认识的键 {}{hint}", self.path(key.get_ref())));
        }
    }

    /// Whether the key is there.
    pub(crate) fn has(&self, key: &'static str) -> bool {
        self.entry(key).is_some()
    }

    /// A text that must be there and not be blank.
    pub(crate) fn text(&self, key: &'static str) -> String {
        let text = self.required(key, "文字", |value| value.as_str().map(str::to_owned)).unwrap_or_default();
        if self.has(key) && text.trim().is_empty() {
            self.complain_of(key, format!("{} 不能是空的", self.path(key)));
        }
        self.measured(key, text)
    }

    /// A text that may be missing.
    pub(crate) fn optional_text(&self, key: &'static str) -> Option<String> {
        self.has(key).then(|| self.text(key))
    }

    /// A text that may be missing or blank.
    pub(crate) fn text_or_blank(&self, key: &'static str) -> String {
        let text = self.optional(key, "文字", |value| value.as_str().map(str::to_owned));
        self.measured(key, text.unwrap_or_default())
    }

    /// An id: small letters, digits and hyphens, because it stands in addresses.
    pub(crate) fn id(&self, key: &'static str) -> String {
        let id = self.text(key);
        let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if !id.is_empty() && (id.chars().count() > ID_CHARS_MAX || !id.chars().all(fits)) {
            let path = self.path(key);
            self.complain_of(
                key,
                format!("{path} 只能用小写字母、数字和连字符，最多 {ID_CHARS_MAX} 个，写的是「{id}」"),
            );
        }
        id
    }

    /// Yes or no; missing means no.
    pub(crate) fn flag(&self, key: &'static str) -> bool {
        self.optional(key, "开关值（true 或 false）", DeValue::as_bool).unwrap_or_default()
    }

    /// A whole number within bounds that must be there.
    pub(crate) fn number(&self, key: &'static str, bounds: RangeInclusive<u16>) -> u16 {
        self.required(key, "整数", integer)
            .and_then(|n| self.bounded(key, n, &bounds))
            .unwrap_or(*bounds.start())
    }

    /// A whole number within bounds that may be missing.
    pub(crate) fn optional_number(&self, key: &'static str, bounds: RangeInclusive<u16>) -> Option<u16> {
        self.optional(key, "整数", integer).and_then(|n| self.bounded(key, n, &bounds))
    }

    /// A list of whole numbers within bounds.
    pub(crate) fn numbers(&self, key: &'static str, bounds: RangeInclusive<u16>) -> Vec<u16> {
        let numbers = self.list(key, "整数", integer);
        let bounded = numbers.into_iter().enumerate().filter_map(|(index, n)| {
            let fits = u16::try_from(n).ok().filter(|n| bounds.contains(n));
            if fits.is_none() {
                self.complain_of_item(key, index, self.out_of_bounds(key, n, &bounds));
            }
            fits
        });
        bounded.collect()
    }

    /// A list of texts, none of them blank; missing means empty.
    pub(crate) fn texts(&self, key: &'static str) -> Vec<String> {
        let texts = self.list(key, "文字", |value| value.as_str().map(str::to_owned));
        for (index, text) in texts.iter().enumerate() {
            if text.trim().is_empty() {
                self.complain_of_item(key, index, format!("{} 里不能有空的一项", self.path(key)));
            } else if texts[..index].contains(text) {
                self.complain_of_item(key, index, format!("{} 里「{text}」写了两次", self.path(key)));
            }
        }
        texts
    }

    /// A list of texts that may not be empty.
    pub(crate) fn some_texts(&self, key: &'static str) -> Vec<String> {
        let list = self.entry(key).map(|entry| entry.get_ref().as_array());
        if list.is_none_or(|list| list.is_some_and(|list| list.is_empty())) {
            self.complain_of(key, format!("{} 至少要写一项", self.path(key)));
        }
        self.texts(key)
    }

    /// A list of ids.
    pub(crate) fn ids<T: for<'a> From<&'a str>>(&self, key: &'static str) -> Vec<T> {
        self.texts(key).iter().map(|id| T::from(id.as_str())).collect()
    }

    /// One of the words of a list; the first stands in for a wrong one.
    pub(crate) fn choice<T: Copy>(&self, key: &'static str, words: &[(&str, T)]) -> T {
        let word = self.text(key);
        let found = words.iter().find(|(known, _)| *known == word);
        if found.is_none() && !word.is_empty() {
            self.complain_of(key, self.not_a_choice(key, &word, words));
        }
        found.unwrap_or(&words[0]).1
    }

    /// Several of the words of a list; missing means none.
    pub(crate) fn choices<T: Copy>(&self, key: &'static str, words: &[(&str, T)]) -> Vec<T> {
        let texts = self.texts(key);
        let chosen = texts.iter().enumerate().filter_map(|(index, word)| {
            let found = words.iter().find(|(known, _)| known == word);
            if found.is_none() {
                self.complain_of_item(key, index, self.not_a_choice(key, word, words));
            }
            found.map(|(_, value)| *value)
        });
        chosen.collect()
    }

    /// A value that its own type reads from text, like a time of day; `example` shows the right form.
    pub(crate) fn written<T: FromStr>(&self, key: &'static str, example: &str) -> Option<T> {
        let text = self.text(key);
        let value = text.parse().ok();
        if value.is_none() && !text.is_empty() {
            self.complain_of(key, format!("{} 应写成 {example} 的样子，写的是「{text}」", self.path(key)));
        }
        value
    }

    /// A day, as a TOML date or as text.
    pub(crate) fn day(&self, key: &'static str) -> Option<Day> {
        self.required(key, "日期（如 2026-09-24）", day)
    }

    /// A list of days; missing means empty.
    pub(crate) fn days(&self, key: &'static str) -> Vec<Day> {
        self.list(key, "日期（如 2026-09-24）", day)
    }

    /// A table that must be there.
    pub(crate) fn table(&self, key: &'static str) -> Option<Table<'s>> {
        let found = self.required(key, "一节", |value| value.as_table().map(|_| ()));
        let entry = found.and_then(|()| self.entry(key))?;
        let entries = entry.get_ref().as_table()?;
        Some(Table::new(self.sheet, entries, entry.span().start, self.path(key)))
    }

    /// The tables of a list; missing means empty.
    pub(crate) fn tables(&self, key: &'static str) -> Vec<Table<'s>> {
        let Some(entry) = self.entry(key) else { return Vec::new() };
        let Some(items) = entry.get_ref().as_array() else {
            self.complain_of(key, format!("{} 应是列表，每一项用 [[{key}]] 开头", self.path(key)));
            return Vec::new();
        };
        let tables = items.iter().filter_map(|item| match item.get_ref().as_table() {
            Some(entries) => Some(Table::new(self.sheet, entries, item.span().start, self.path(key))),
            None => {
                self.sheet.complain(item.span().start, format!("{} 的每一项都应是一张表", self.path(key)));
                None
            }
        });
        tables.collect()
    }

    fn entry(&self, key: &'static str) -> Option<Entry<'s>> {
        if !self.asked.borrow().contains(&key) {
            self.asked.borrow_mut().push(key);
        }
        self.entries.get(key)
    }

    fn required<T>(
        &self,
        key: &'static str,
        what: &str,
        read: impl Fn(&DeValue<'s>) -> Option<T>,
    ) -> Option<T> {
        if !self.has(key) {
            self.complain(format!("缺少 {}（{what}）", self.path(key)));
        }
        self.optional(key, what, read)
    }

    fn optional<T>(
        &self,
        key: &'static str,
        what: &str,
        read: impl Fn(&DeValue<'s>) -> Option<T>,
    ) -> Option<T> {
        let entry = self.entry(key)?;
        let value = read(entry.get_ref());
        if value.is_none() {
            self.complain_of(key, format!("{} 应是{what}", self.path(key)));
        }
        value
    }

    fn list<T>(&self, key: &'static str, what: &str, read: impl Fn(&DeValue<'s>) -> Option<T>) -> Vec<T> {
        let Some(entry) = self.entry(key) else { return Vec::new() };
        let Some(items) = entry.get_ref().as_array() else {
            self.complain_of(key, format!("{} 应是列表，写成 [……]", self.path(key)));
            return Vec::new();
        };
        let values = items.iter().filter_map(|item| {
            let value = read(item.get_ref());
            if value.is_none() {
                self.sheet.complain(item.span().start, format!("{} 的每一项都应是{what}", self.path(key)));
            }
            value
        });
        values.collect()
    }

    fn measured(&self, key: &str, text: String) -> String {
        if text.chars().count() > TEXT_CHARS_MAX {
            self.complain_of(key, format!("{} 太长，最多 {TEXT_CHARS_MAX} 个字", self.path(key)));
        }
        if text.chars().any(char::is_control) {
            self.complain_of(key, format!("{} 里有换行或不可见的字符", self.path(key)));
        }
        text
    }

    fn bounded(&self, key: &str, n: i64, bounds: &RangeInclusive<u16>) -> Option<u16> {
        let fits = u16::try_from(n).ok().filter(|n| bounds.contains(n));
        if fits.is_none() {
            self.complain_of(key, self.out_of_bounds(key, n, bounds));
        }
        fits
    }

    fn out_of_bounds(&self, key: &str, n: i64, bounds: &RangeInclusive<u16>) -> String {
        format!("{} 应在 {} 到 {} 之间，写的是 {n}", self.path(key), bounds.start(), bounds.end())
    }

    fn not_a_choice<T>(&self, key: &str, word: &str, words: &[(&str, T)]) -> String {
        let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        format!("{} 没有「{word}」，可以写：{}", self.path(key), known.join("、"))
    }

    fn path(&self, key: &str) -> String {
        if self.name.is_empty() { key.to_owned() } else { format!("{}.{key}", self.name) }
    }
}

fn integer(value: &DeValue<'_>) -> Option<i64> {
    let number = value.as_integer()?;
    i64::from_str_radix(number.as_str(), number.radix()).ok()
}

fn day(value: &DeValue<'_>) -> Option<Day> {
    match value.as_datetime() {
        Some(moment) if moment.time.is_none() => moment.date?.to_string().parse().ok(),
        Some(_) => None,
        None => value.as_str()?.parse().ok(),
    }
}

/// The known key that a misspelt one was meant to be, if one is near.
fn nearest<'k>(typed: &str, known: &[&'k str]) -> Option<&'k str> {
    let distances = known.iter().map(|key| (distance(typed, key), *key));
    distances.filter(|(distance, _)| *distance <= 2).min().map(|(_, key)| key)
}

/// How many letters must be put in, taken out or changed.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, letter) in a.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for j in 0..b.len() {
            let change = diagonal + usize::from(letter != b[j]);
            diagonal = row[j + 1];
            row[j + 1] = change.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}
