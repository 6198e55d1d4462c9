//! Reply templates (5.1): a beginning for common answers, with what is known filled in and the rest left as 【…】.
//!
//! One file each under `templates/`: the name, then the act and the kinds it fits first, an empty line, the words. They are
//! a help for the writer; what is still 【…】 when the form is sent is asked for, and nothing else is checked.

use super::workbench::tab::Tab;
use huiyin_domain::ids::KindId;
use std::sync::LazyLock;

macro_rules! template_files {
    ($($id:literal),* $(,)?) => {
        [$(($id, include_str!(concat!("templates/", $id, ".txt")))),*]
    };
}

const FILES: [(&str, &str); 11] = template_files![
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

static ALL: LazyLock<Vec<ReplyTemplate>> =
    LazyLock::new(|| FILES.iter().filter_map(|(id, text)| ReplyTemplate::read(id, text)).collect());

/// A beginning for an answer.
#[derive(Debug)]
pub(super) struct ReplyTemplate {
    /// Its word in addresses.
    pub id: &'static str,
    /// 报修：已修好
    pub name: &'static str,
    tab: Tab,
    kinds: Vec<&'static str>,
    words: &'static str,
}

/// What is known already.
pub(super) struct Blanks<'a> {
    /// 林晚同学
    pub salutation: &'a str,
    /// Building and room.
    pub place: &'a str,
    /// The title of the case.
    pub title: &'a str,
    /// The unit that answers.
    pub unit: &'a str,
    /// Its telephone; empty leaves a hole to fill in.
    pub phone: &'a str,
}

impl ReplyTemplate {
    fn read(id: &'static str, text: &'static str) -> Option<ReplyTemplate> {
        let (head, words) = text.split_once("\n\n")?;
        let (name, uses) = head.split_once('\n')?;
        let mut uses = uses.split_whitespace();
        let tab = Tab::from_word(uses.next()?)?;
        Some(ReplyTemplate { id, name, tab, kinds: uses.collect(), words: words.trim_end() })
    }

    /// The words with the blanks filled in.
    pub fn fill(&self, blanks: &Blanks<'_>) -> String {
        self.words
            .replace("{称呼}", blanks.salutation)
            .replace("{地点}", blanks.place)
            .replace("{标题}", blanks.title)
            .replace("{单位}", blanks.unit)
            .replace("{电话}", if blanks.phone.is_empty() { "【电话】" } else { blanks.phone })
    }
}

/// The templates of an act, those for this kind first.
pub(super) fn fitting(tab: Tab, kind: &KindId) -> Vec<&'static ReplyTemplate> {
    let mut fitting: Vec<&ReplyTemplate> = ALL.iter().filter(|template| template.tab == tab).collect();
    fitting.sort_by_key(|template| !template.kinds.contains(&kind.as_str()));
    fitting
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_a_template_and_leaves_no_blank_that_is_known() {
        assert_eq!(ALL.len(), FILES.len());
        let blanks =
            Blanks {
                salutation: "林晚同学", place: "图书馆", title: "灯不亮", unit: "后勤", phone: "8051"
            };
        for template in ALL.iter() {
            let words = template.fill(&blanks);
            assert!(!words.contains(['{', '}']), "{}: {words}", template.id);
            assert!(words.starts_with("林晚同学："), "{}: {words}", template.id);
        }
    }

    #[test]
    fn templates_for_the_kind_come_first() {
        let names: Vec<&str> =
            fitting(Tab::Reply, &"complaint".into()).iter().map(|template| template.id).collect();
        assert_eq!(names[..3], ["upheld", "not_found", "talk"]);
    }
}
