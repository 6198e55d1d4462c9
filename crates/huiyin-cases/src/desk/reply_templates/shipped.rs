//! The templates that come with the program, one file each under `shipped/`: the name, then the act and the kinds it fits
//! first, an empty line, the words.

use super::ReplyTemplate;
use crate::desk::workbench::tab::Tab;

macro_rules! template_files {
    ($($id:literal),* $(,)?) => {
        [$(($id, include_str!(concat!("shipped/", $id, ".txt")))),*]
    };
}

pub(super) const FILES: [(&str, &str); 11] = template_files![
    "repaired",
    "repair_under_way",
    "answered",
    "adopted",
    "not_yet",
    "upheld",
    "not_found",
    "later",
    "please_add",
    "jobs",
    "talk",
];

/// All of them, in their order.
pub(super) fn all() -> impl Iterator<Item = ReplyTemplate> {
    FILES.iter().filter_map(|(id, text)| read(id, text))
}

fn read(id: &str, text: &'static str) -> Option<ReplyTemplate> {
    let (head, words) = text.split_once("\n\n")?;
    let (name, uses) = head.split_once('\n')?;
    let mut uses = uses.split_whitespace();
    let act = Tab::from_word(uses.next()?)?;
    Some(ReplyTemplate {
        id: id.to_owned(),
        name: name.to_owned(),
        unit: String::new(),
        act,
        category: String::new(),
        outcome: String::new(),
        kinds: uses.collect(),
        words: words.trim_end().to_owned(),
        changed: String::new(),
    })
}
