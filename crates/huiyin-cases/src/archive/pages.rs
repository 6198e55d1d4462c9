//! The page of the timeline, which needs nothing but the folder it lies in, and the words that say how to check the record.

use super::contents::past_the_reader;
use crate::cases::log::Standing;
use crate::cases::sight::Seen;
use crate::cases::timeline::{Ear, Item, Telling, timeline};
use crate::dossier::{kind_of, place_words, unit_name};
use askama::Template;
use huiyin_domain::ids::{FileId, PersonId};
use huiyin_foundation::error::Error;
use huiyin_foundation::files::StoredFile;
use huiyin_foundation::say;
use std::collections::BTreeMap;

/// The look of the page.
pub(super) const SHEET: &str = include_str!("sheet.txt");
const READ_ME: &str = include_str!("read_me.txt");
/// The check, for whoever has Python.
pub(super) const CHECK: &str = include_str!("check.txt");

/// What lies in the file and how it is checked.
pub(super) fn read_me(seen: &Seen, standing: &Standing) -> String {
    let elsewhere = elsewhere(seen, standing);
    let last = if elsewhere.is_empty() { String::new() } else { format!("\n{elsewhere}\n") };
    format!("{}{last}", READ_ME.replace("{no}", seen.no.as_str()))
}

/// That some of the record is kept elsewhere, by which clause; empty where all of it is here.
fn elsewhere(seen: &Seen, standing: &Standing) -> String {
    let clause = &standing.policy.policy.handling_complaints.clause;
    match past_the_reader(seen).len() {
        0 => String::new(),
        lines => {
            format!("另有 {lines} 条记录不经您这里，由纪检督办保管，这份里只有它们的校验值。依据：{clause}")
        }
    }
}

/// An entry of the timeline with its attachments.
struct Entry {
    title: String,
    when: String,
    who: String,
    line: String,
    words: String,
    files: Vec<(String, bool)>,
}

#[derive(Template)]
#[template(path = "archive/index.html")]
struct Index {
    school: String,
    no: String,
    title: String,
    body: String,
    made: String,
    facts: Vec<(&'static str, String)>,
    entries: Vec<Entry>,
    has_record: bool,
    /// That some of the record is kept elsewhere; empty where all of it is here.
    elsewhere: String,
}

/// What is told of the case, the last first.
pub(super) fn shown(
    seen: &Seen,
    ear: Ear,
    standing: &Standing,
    names: &BTreeMap<PersonId, String>,
) -> Vec<Item> {
    let policy = &standing.policy.policy;
    let telling =
        Telling { ear, hats: &seen.hats, law: policy.law_of(seen.case()), now: say::ON_PAPER, policy, names };
    timeline(&seen.loaded, &seen.texts, &telling)
}

/// The timeline from the first line to the last.
pub(super) fn index(
    seen: &Seen,
    ear: Ear,
    standing: &Standing,
    names: &BTreeMap<PersonId, String>,
    files: &[(String, StoredFile)],
) -> Result<String, Error> {
    let (case, policy) = (seen.case(), &standing.policy.policy);
    let named = |ids: &[FileId]| {
        let of_entry = files.iter().filter(|(_, file)| ids.contains(&file.id));
        of_entry.map(|(name, file)| (name.clone(), file.is_picture())).collect()
    };
    let entries = shown(seen, ear, standing, names).into_iter().rev().map(|item| Entry {
        files: named(&item.files),
        title: item.title,
        when: item.when,
        who: item.who,
        line: item.line,
        words: item.words,
    });
    let round = u32::try_from(case.rounds.len()).unwrap_or(u32::MAX);
    let tag = say::case_tag(case.stage, case.signed_at.is_some(), round, case.round().solved);
    let facts = [
        ("状态", tag.word.to_owned()),
        ("类型", kind_of(policy, &case.kind).0),
        ("反映人", say::identity(case.identity).to_owned()),
        ("地点", place_words(policy, case.place.as_ref(), seen.texts.room())),
        ("承办", case.unit.as_ref().map_or_else(String::new, |id| unit_name(policy, id))),
        ("提交", case.submitted_at.day().to_string()),
    ];
    let index = Index {
        school: policy.school.name.clone(),
        no: seen.no.to_string(),
        title: seen.texts.title().to_owned(),
        body: seen.texts.body().to_owned(),
        made: standing.now.day().to_string(),
        facts: facts.into_iter().filter(|(_, words)| !words.is_empty()).collect(),
        entries: entries.collect(),
        has_record: ear == Ear::Staff,
        elsewhere: if ear == Ear::Staff { elsewhere(seen, standing) } else { String::new() },
    };
    index.render().map_err(Error::internal)
}
