//! What was found, in words.

use super::asked::Asked;
use super::found::{Group, Own, Results, Shown};
use crate::public::Card;
use askama::Template;
use huiyin_domain::calendar::Instant;
use huiyin_domain::ids::KindId;
use huiyin_domain::policy::Policy;
use huiyin_foundation::index::{Piece, Question};
use huiyin_foundation::say::{self, Tag};
use huiyin_foundation::web::{Choice, Page, Tab};

/// So much of a title is shown.
const TITLE_MAX: usize = 80;
/// So much of a text around what was found.
const TEXT_MAX: usize = 60;

/// What the page is told in words by.
pub(super) struct Known<'a> {
    pub policy: &'a Policy,
    pub now: Instant,
}

/// A line of a group.
pub(super) struct Line {
    href: String,
    title: Vec<Piece>,
    text: Vec<Piece>,
    number: String,
    kind: (String, u8),
    what: String,
    tag: Tag,
}

/// A group with the first or all of its lines.
pub(super) struct Section {
    id: &'static str,
    name: &'static str,
    count: u64,
    lines: Vec<Line>,
    /// The way to all of them; empty where they all stand here.
    all: String,
}

/// The page.
#[derive(Template)]
#[template(path = "search/search.html")]
pub(super) struct Search {
    page: Page,
    asked: Asked,
    tabs: Vec<Tab>,
    sections: Vec<Section>,
    /// What was asked besides the letters, a sentence each.
    notes: Vec<String>,
    /// How much of the index is there.
    building: String,
    kinds: Vec<Choice>,
    units: Vec<Choice>,
    times: Vec<Choice>,
    orders: Vec<Choice>,
    next: String,
    total: u64,
}

impl Search {
    /// Before anything is asked.
    pub fn empty(page: Page, asked: Asked) -> Search {
        Search {
            page,
            asked,
            tabs: Vec::new(),
            sections: Vec::new(),
            notes: Vec::new(),
            building: String::new(),
            kinds: Vec::new(),
            units: Vec::new(),
            times: Vec::new(),
            orders: Vec::new(),
            next: String::new(),
            total: 0,
        }
    }

    /// What was found; nothing while the index is torn.
    pub fn of(page: Page, asked: Asked, found: Option<Results>, known: &Known<'_>) -> Search {
        let building = match found.as_ref().map_or(Some(0), |found| found.percent) {
            None => String::new(),
            Some(percent) => format!(
                "正在重建搜索，已完成 {percent} %。这几分钟里可能搜不全，过一会儿再搜一次；急着找的，到「办理公开」里按单位和类型翻。"
            ),
        };
        let policy = known.policy;
        let kinds = policy.kinds.iter().filter(|kind| !kind.restricted);
        let mut search = Search {
            kinds: kinds.map(|kind| Choice::new(kind.id.as_str(), &kind.name)).collect(),
            units: policy.units.iter().map(|unit| Choice::new(unit.id.as_str(), &unit.name)).collect(),
            times: [("1", "本月"), ("3", "近三个月"), ("12", "近一年")]
                .map(|(value, words)| Choice::new(value, words))
                .into(),
            orders: vec![Choice::new("new", "新的在前")],
            building,
            ..Search::empty(page, asked)
        };
        if let Some(found) = found {
            search.fill(found, known);
        }
        search
    }

    fn fill(&mut self, found: Results, known: &Known<'_>) {
        self.total = found.counts.iter().sum();
        self.notes = notes(&found);
        let question = &found.question;
        let own: Vec<Line> = found.own.iter().map(|own| own_line(own, question, known)).collect();
        let shown = |cases: &[Shown]| cases.iter().map(|case| shown_line(case, question, known)).collect();
        let groups: [(Group, &str, Vec<Line>); 3] = [
            (Group::Mine, "我的诉求", own),
            (Group::Done, "办过的", shown(&found.done)),
            (Group::Open, "正在办", shown(&found.open)),
        ];
        let is_alone = Group::ALL.iter().any(|group| group.word() == self.asked.group);
        let all = Tab {
            href: self.asked.address("", ""),
            words: "全部".to_owned(),
            count: Some(self.total),
            tone: "mute",
            is_current: !is_alone,
        };
        self.tabs.push(all);
        for (group, name, lines) in groups {
            let (id, count) = (group.word(), found.counts[group as usize]);
            let is_current = self.asked.group == id;
            if count > 0 || is_current {
                let href = self.asked.address(id, "");
                self.tabs.push(Tab {
                    href,
                    words: name.to_owned(),
                    count: Some(count),
                    tone: "mute",
                    is_current,
                });
            }
            if !lines.is_empty() {
                let has_more = count > lines.len() as u64 && !is_alone;
                let all = if has_more { self.asked.address(id, "") } else { String::new() };
                self.sections.push(Section { id, name, count, lines, all });
            }
        }
        self.next =
            found.next.map_or_else(String::new, |after| self.asked.address(&self.asked.group, &after));
    }
}

/// What was asked besides the letters typed, and in which order it stands.
fn notes(found: &Results) -> Vec<String> {
    let mut notes = Vec::new();
    if let Some((typed, meant)) = &found.corrected {
        notes.push(format!("没有“{typed}”，找的是“{meant}”。"));
    }
    if found.by_sound {
        notes.push("字面上没有，下面是读音相同的。".to_owned());
    }
    let others: Vec<&str> =
        found.question.words.iter().flat_map(|word| &word.others).map(String::as_str).collect();
    if !others.is_empty() {
        notes.push(format!("也找了：{}。", others.join("、")));
    }
    notes
}

fn kind_of(policy: &Policy, kind: &KindId) -> (String, u8) {
    policy.kind(kind).map_or_else(|| (kind.to_string(), 2), |kind| (kind.name.clone(), kind.colour))
}

fn own_line(own: &Own, question: &Question, known: &Known<'_>) -> Line {
    Line {
        href: format!("/cases/{}", own.no),
        title: question.excerpt(&own.title, TITLE_MAX, true),
        text: Vec::new(),
        number: own.no.to_string(),
        kind: kind_of(known.policy, &own.kind),
        what: format!("{}提交", say::day_long(known.now, own.submitted_at.day())),
        tag: own.tag,
    }
}

fn shown_line(shown: &Shown, question: &Question, known: &Known<'_>) -> Line {
    let card: Card = shown.case.card(known.policy);
    let text = question.excerpt(&shown.body, TEXT_MAX, false);
    Line {
        href: card.href,
        title: question.excerpt(&card.title, TITLE_MAX, true),
        // What is not in the text need not be read here.
        text: if text.iter().any(|piece| piece.is_found) { text } else { Vec::new() },
        number: String::new(),
        kind: (card.kind, card.colour),
        what: card.what,
        tag: card.tag,
    }
}
