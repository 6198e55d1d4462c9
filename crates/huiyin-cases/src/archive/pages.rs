//! The page of the timeline, which needs nothing but the folder it lies in, and the words that say how to check the record.

use super::contents::reads_all;
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

/// What lies in the file and how it is checked; the same words in every file of readers of one kind.
pub(super) fn read_me(seen: &Seen) -> String {
    let numbering = match reads_all(seen) {
        true => "和平台里存的一字不差",
        false => "内容和平台里存的一字不差，编号和校验值是为这份另编的",
    };
    let last = if reads_all(seen) { "" } else { ANOTHER_CHAIN };
    format!("{}{last}", READ_ME.replace("{no}", seen.no.as_str()).replace("{numbering}", numbering))
}

/// What a chain made for one file proves, and where the other is.
const ANOTHER_CHAIN: &str = "
协调部门的人取的每一份，编号和校验值都另编：只收他们看得到的记录，有没有别的，这里看不出。
它证明这份取出以后没有改过；要和平台里的记录逐条核对，请用纪检督办或审计取的那份。
";

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
    };
    index.render().map_err(Error::internal)
}
