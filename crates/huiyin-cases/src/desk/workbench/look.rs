//! The parts of the workbench, each as the page reads it.

use crate::cases::cosigning;
use crate::cases::log::Standing;
use crate::cases::photos::{self, Paper};
use crate::cases::sight::Seen;
use crate::cases::timeline::{self, Ear, Frame, Telling};
use crate::desk::line::channel_of;
use crate::dossier::{extended_until, kind_of, place_words, unit_name};
use huiyin_domain::calendar::Instant;
use huiyin_domain::case::{Case, Identity, Outcome, Satisfaction, SendBackGround, TextKind, Urgency};
use huiyin_domain::ids::{FileId, PersonId, UnitId};
use huiyin_domain::policy::{Policy, Statutory};
use huiyin_foundation::db::Tx;
use huiyin_foundation::error::Error;
use huiyin_foundation::files::StoredFile;
use huiyin_foundation::keys::Keys;
use huiyin_foundation::say::{self, Tag};
use huiyin_foundation::web::{Choice, Photo};
use huiyin_people::identity;
use std::collections::BTreeMap;

/// How far back other cases of the same place are shown.
pub(super) const SAME_PLACE_DAYS: i64 = 30;

/// What was said.
pub(super) struct Subject {
    pub no: String,
    pub title: String,
    pub body: String,
    pub tag: Tag,
    pub kind: (String, u8),
    pub urgency: Option<&'static str>,
    pub is_restricted: bool,
    /// A matter of danger, about which nobody is asked to judge.
    pub is_crisis: bool,
    pub echoes: i64,
    pub came: String,
    pub channel: String,
    pub place: String,
    pub publicity: &'static str,
    pub is_published: bool,
    pub photos: Vec<Photo>,
    pub papers: Vec<Paper>,
    pub is_frozen: bool,
    pub is_shelved: bool,
    /// 附议 2 / 3; empty for what is no proposal.
    pub cosigned: String,
}

/// Who said it, as far as this officer may know.
pub(in crate::desk) struct Requester {
    pub word: &'static str,
    pub name: String,
    pub department: String,
    pub contact: String,
    pub note: &'static str,
    pub salutation: String,
}

/// A line of the flow.
pub(super) struct Fact {
    pub label: &'static str,
    pub words: String,
    pub is_quiet: bool,
}

/// A line of the record.
pub(super) struct Entry {
    pub look: &'static str,
    pub icon: &'static str,
    pub title: String,
    pub when: String,
    pub who: String,
    pub line: String,
    pub words: String,
    pub bubble: &'static str,
    pub photos: Vec<Photo>,
    pub papers: Vec<Paper>,
}

pub(super) fn subject(seen: &Seen, attached: &Attached<'_>, standing: &Standing) -> Subject {
    let (case, policy) = (seen.case(), &standing.policy.policy);
    let (kind, colour) = kind_of(policy, &case.kind);
    let category = case.category.as_ref().and_then(|id| policy.category(id));
    let kind = category.map_or_else(|| kind.clone(), |category| format!("{kind} · {}", category.name));
    let round = u32::try_from(case.rounds.len()).unwrap_or(u32::MAX);
    let (photos, papers) = attached.shown(&case.files);
    Subject {
        no: seen.no.to_string(),
        title: seen.texts.title().to_owned(),
        body: seen.texts.body().to_owned(),
        tag: say::case_tag(case.stage, case.signed_at.is_some(), round, case.round().solved),
        kind: (kind, colour),
        urgency: (case.urgency != Urgency::Normal).then(|| say::urgency(case.urgency)),
        is_restricted: case.restricted,
        is_crisis: case.is_crisis(),
        echoes: seen.echoes,
        came: say::moment(standing.now, case.submitted_at),
        channel: channel_of(policy, &case.channel),
        place: place_words(policy, case.place.as_ref(), seen.texts.room()),
        publicity: match (case.restricted, case.may_publish) {
            (true, _) => "不公开（这类事项只单独答复）",
            (false, true) => "反映人同意公开，公开前隐去个人信息",
            (false, false) => "仅反映人可见",
        },
        is_published: case.is_published,
        photos,
        papers,
        is_frozen: case.ended_at.is_some(),
        is_shelved: case.shelved.is_some(),
        cosigned: cosigning::standing(policy, case).unwrap_or_default(),
    }
}

/// The files of the case, with what links to them are signed with.
pub(super) struct Attached<'a> {
    /// By id.
    pub files: &'a BTreeMap<FileId, StoredFile>,
    /// For the links.
    pub keys: &'a Keys,
    /// From when the links are good.
    pub now: Instant,
}

impl Attached<'_> {
    pub fn shown(&self, ids: &[FileId]) -> (Vec<Photo>, Vec<Paper>) {
        photos::linked(ids, self.files, self.keys, self.now)
    }
}

pub(in crate::desk) fn requester(tx: &mut Tx, seen: &Seen, is_responsible: bool) -> Result<Requester, Error> {
    let word = say::identity(seen.case().identity);
    let nobody = |note| Requester {
        word,
        name: String::new(),
        department: String::new(),
        contact: String::new(),
        note,
        salutation: "您好".into(),
    };
    Ok(match seen.case().identity {
        Identity::Anonymous => nobody("平台也不知道是谁，请在本件里沟通"),
        Identity::Sealed => nobody("姓名由平台保密，请在本件里沟通"),
        Identity::Open if !is_responsible => nobody("由承办单位联系"),
        Identity::Open => {
            let text = |kind| seen.texts.of(1, kind).to_owned();
            let person = match &seen.requester {
                Some(id) => identity::person(tx, id)?,
                None => None,
            };
            let contact = text(TextKind::Contact);
            match person {
                Some(person) => {
                    let polite =
                        if person.kind == identity::PersonKind::Student { "同学" } else { "老师" };
                    Requester {
                        salutation: format!("{}{polite}", person.name),
                        name: person.name,
                        department: person.department,
                        // Once the contact was taken away, the roster's does not take its place.
                        contact: if contact.is_empty() && seen.case().removed.is_none() {
                            person.phone
                        } else {
                            contact
                        },
                        ..nobody("")
                    }
                }
                None => Requester { name: text(TextKind::OnBehalfOf), contact, ..nobody("") },
            }
        }
    })
}

pub(super) fn facts(case: &Case, standing: &Standing, names: &BTreeMap<PersonId, String>) -> Vec<Fact> {
    let policy = &standing.policy.policy;
    let fact = |label, words: Option<String>, otherwise: &str| Fact {
        label,
        is_quiet: words.is_none(),
        words: words.unwrap_or_else(|| otherwise.to_owned()),
    };
    let assisting: Vec<String> = case.assisting.iter().map(|unit| unit_name(policy, unit)).collect();
    let officer = case.officer.as_ref().map(|id| names.get(id).cloned().unwrap_or_else(|| "已签收".into()));
    let supervision = case.supervised.map(|level| say::supervised(level, case.unit.is_some()));
    let supervision = if case.is_key {
        Some(supervision.map_or_else(|| "重点督办".into(), |words| format!("重点督办，{words}")))
    } else {
        supervision
    };
    let mut facts = vec![
        fact("办理方式", case.route.map(|route| say::route(route).to_owned()), "还没有定"),
        fact("承办", case.unit.as_ref().map(|unit| unit_name(policy, unit)), "还没有单位"),
        fact("协办", (!assisting.is_empty()).then(|| assisting.join("、")), "无"),
        fact("经办人", officer, "未签收"),
        fact("督办", supervision, "未触发"),
    ];
    if let Some(leader) = case.leader.as_deref().and_then(|post| policy.leader(post)) {
        let words = match (case.awaits_instruction, case.is_instructed) {
            (true, _) => format!("已呈报{}", leader.name),
            (false, true) => format!("已批示：{}", leader.name),
            (false, false) => format!("呈报过{}，没有批示", leader.name),
        };
        facts.push(fact("批示", Some(words), ""));
    }
    if let Some(words) = cosigning::standing(policy, case) {
        facts.push(fact("提案", Some(words), ""));
    }
    if let Some(words) = at_the_place(case, policy, standing.now) {
        facts.push(fact("现场", Some(words), ""));
    }
    if let Some(until) = case.extension_asked {
        let by = policy.extension_by(case).words();
        let whom = if case.is_on_statute() { by } else { "协调部门" };
        let words = format!("已申请延到 {}，等{whom}批", say::day_long(standing.now, until));
        facts.push(fact("延期", Some(words), ""));
    } else if case.extensions > 0 {
        facts.push(fact(
            "延期",
            Some(format!("已延 {} 次{}", case.extensions, extended_until(case, standing.now))),
            "",
        ));
    }
    if let Some(shelf) = &case.shelved {
        let asked = if shelf.is_strike_off_asked { "，已申请销账，等核实" } else { "" };
        let words = format!("{}前复核{asked}", say::day_long(standing.now, shelf.review_on));
        facts.push(fact("挂账", Some(words), ""));
    }
    if case.urges > 0 {
        facts.push(fact("催办", Some(format!("反映人催办 {} 次", case.urges)), ""));
    }
    if case.send_backs > 0 {
        facts.push(fact("退回", Some(format!("已退回 {} 次", case.send_backs)), ""));
    }
    if case.rounds.len() > 1 {
        facts.push(fact("轮次", Some(format!("第 {} 轮", case.rounds.len())), ""));
    }
    facts
}

/// 「今天 10:20 到场；缺配件，预计 11 月 30 日到货」
pub(in crate::desk) fn at_the_place(case: &Case, policy: &Policy, now: Instant) -> Option<String> {
    let squad = case.field.squad.as_ref().map(|work| {
        let name = policy.squad(&work.squad).map_or("服务队", |squad| squad.name.as_str());
        let done = if work.done_at.is_some() { "已报修好，请确认后答复" } else { "在办" };
        format!("{name}{done}")
    });
    let arrived = case.field.arrived_at.map(|at| format!("{} 到场", say::moment(now, at)));
    let part = case.field.part_on.map(|day| format!("缺配件，预计 {}到货", say::day_long(now, day)));
    let words: Vec<String> = arrived.into_iter().chain(part).chain(squad).collect();
    (!words.is_empty()).then(|| words.join("；"))
}

pub(super) fn entries(
    seen: &Seen,
    attached: &Attached<'_>,
    standing: &Standing,
    names: &BTreeMap<PersonId, String>,
    is_outside: bool,
) -> Vec<Entry> {
    let ear = if is_outside { Ear::Requester } else { Ear::Staff };
    let telling = Telling {
        ear,
        hats: &seen.hats,
        law: standing.policy.policy.law_of(seen.case()),
        now: standing.now,
        policy: &standing.policy.policy,
        names,
    };
    let items = timeline::timeline(&seen.loaded, &seen.texts, &telling).into_iter();
    let entry = |item: timeline::Item| {
        let (photos, papers) = attached.shown(&item.files);
        Entry {
            look: item.dot,
            icon: item.icon,
            title: item.title,
            when: item.when,
            who: item.who,
            line: item.line,
            words: item.words,
            bubble: match item.frame {
                Frame::Plain => "",
                Frame::Reply => "reply",
                Frame::Inside => "note",
            },
            photos,
            papers,
        }
    };
    let mut entries: Vec<Entry> = items.map(entry).collect();
    // What was sent in stands above the record, which says only that it came.
    if let Some(first) = entries.last_mut() {
        first.words.clear();
        first.photos.clear();
        first.papers.clear();
    }
    entries
}

/// What can come of a case, as the form offers it.
pub(in crate::desk) const OUTCOMES: [(&str, Outcome); 4] = [
    ("solved", Outcome::Solved),
    ("partly", Outcome::Partly),
    ("explained", Outcome::Explained),
    ("cannot_yet", Outcome::CannotYet),
];

/// The same for one case: on a road of the law in its words, and nothing is put off there.
pub(super) fn outcomes_of(law: Option<&Statutory>) -> Vec<Choice> {
    let is_open = |outcome: &Outcome| law.is_none() || *outcome != Outcome::CannotYet;
    let open = OUTCOMES.into_iter().filter(|(_, outcome)| is_open(outcome));
    open.map(|(word, outcome)| Choice::new(word, say::outcome_of(law, outcome))).collect()
}

/// Why a case can be handed back, as the form offers it.
pub(super) const GROUNDS: [(&str, SendBackGround); 3] = [
    ("not_our_duty", SendBackGround::NotOurDuty),
    ("another_should_lead", SendBackGround::AnotherShouldLead),
    ("unclear", SendBackGround::Unclear),
];

pub(super) fn grounds() -> Vec<Choice> {
    GROUNDS.into_iter().map(|(word, ground)| Choice::new(word, say::send_back_ground(ground))).collect()
}

/// Chosen when the officer cannot say whose matter it is.
pub(super) const NOBODY_KNOWS: &str = "unknown";

pub(super) fn units(policy: &Policy, own: &UnitId, case: &Case) -> Vec<Choice> {
    let others = policy.units.iter();
    let others = others.filter(|unit| unit.id != *own && !unit.closed && !case.is_recused(&unit.id));
    let others = others.map(|unit| Choice::new(unit.id.as_str(), unit.name.as_str()));
    others.chain([Choice::new(NOBODY_KNOWS, "说不准，请协调部门定")]).collect()
}

/// A stored outcome in words, those of its law where it has any; empty for none.
pub(in crate::desk) fn outcome_words<'l>(law: Option<&'l Statutory>, word: Option<&str>) -> &'l str {
    let found = OUTCOMES.into_iter().find(|(known, _)| Some(*known) == word);
    found.map_or("", |(_, outcome)| say::outcome_of(law, outcome))
}

/// A stored judgement in words; empty for none.
pub(in crate::desk) fn satisfaction_words(word: Option<&str>) -> &'static str {
    match word {
        Some("satisfied") => say::satisfaction(Satisfaction::Satisfied),
        Some("fairly") => say::satisfaction(Satisfaction::Fairly),
        Some("dissatisfied") => say::satisfaction(Satisfaction::Dissatisfied),
        _ => "",
    }
}
