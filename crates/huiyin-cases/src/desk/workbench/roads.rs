//! Several units on one case, as the desks see it (3.3, 3.7): the lead unit calls others by the whistle, each gives its opinion
//! by a time of its own, and the lead unit answers for all. What came along by merging stands beside it (3.8).

use super::acts::{WORDS_MAX, demand};
use super::attempt::FromDesk;
use super::look::Attached;
use super::tab::Tab;
use crate::cases::log::Standing;
use crate::cases::photos::Paper;
use crate::cases::sight::Seen;
use crate::dossier::{by_class, unit_name};
use axum::response::Response;
use huiyin_domain::access::Hat;
use huiyin_domain::case::{Assistance, Command, Event, TextKind};
use huiyin_domain::ids::UnitId;
use huiyin_foundation::error::Error;
use huiyin_foundation::say;
use huiyin_foundation::web::{Choice, ChoiceGroup, Photo};

/// The lead unit calls others to joint handling (吹哨).
pub(in crate::desk) async fn call(sent: FromDesk) -> Result<Response, Error> {
    let (form, mut errors) = (&sent.form, sent.form.errors());
    let units: Vec<UnitId> =
        form.all("helpers").into_iter().filter(|unit| !unit.is_empty()).map(UnitId).collect();
    errors.expect(!units.is_empty(), "helpers", "请选哪些单位一起办");
    let words = demand(form, &mut errors, "words", "要它们做什么", WORDS_MAX);
    form.expect_filled_in(&mut errors, "words");
    let command = |_| Command::AskAssistance { units, words, whistle: true };
    sent.carry(Tab::Assistance, errors, command).await
}

/// The opinion of an assisting unit, for the lead unit to read.
pub(in crate::desk) async fn give_opinion(sent: FromDesk) -> Result<Response, Error> {
    let (form, mut errors) = (&sent.form, sent.form.errors());
    let words = demand(form, &mut errors, "words", "协办意见", WORDS_MAX);
    form.expect_filled_in(&mut errors, "words");
    sent.carry(Tab::Opinion, errors, |files| Command::GiveOpinion { words, files }).await
}

/// A unit that assists, as it stands.
pub(super) struct Helper {
    /// Its name.
    pub name: String,
    /// 吹哨
    pub is_whistle: bool,
    /// 已给意见、11 月 25 日 18:00 前给意见、没有按时给意见
    pub standing: String,
    /// The tone of that.
    pub tone: &'static str,
    /// What it said, each with when.
    pub opinions: Vec<Opinion>,
}

/// What an assisting unit said.
pub(super) struct Opinion {
    /// When.
    pub when: String,
    /// The words.
    pub words: String,
    /// Pictures.
    pub photos: Vec<Photo>,
    /// Papers.
    pub papers: Vec<Paper>,
}

/// The units that assist, with their opinions; one that assists sees what others said too, so that they can agree.
pub(super) fn helpers(seen: &Seen, attached: &Attached<'_>, standing: &Standing) -> Vec<Helper> {
    let case = seen.case();
    let helper = |unit: &UnitId| {
        let asked = case.assistance.iter().find(|asked| asked.unit == *unit);
        let opinions = opinions(seen, unit, attached);
        let (words, tone) = how(asked, opinions.is_empty(), standing);
        let name = unit_name(&standing.policy.policy, unit);
        Helper {
            name,
            is_whistle: asked.is_some_and(|asked| asked.is_whistle),
            standing: words,
            tone,
            opinions,
        }
    };
    case.assisting.iter().map(helper).collect()
}

fn how(asked: Option<&Assistance>, is_silent: bool, standing: &Standing) -> (String, &'static str) {
    match asked {
        Some(asked) if asked.answered_at.is_some() => ("已给意见".into(), "ok"),
        Some(asked) if asked.due <= standing.now => ("没有按时给意见".into(), "bad"),
        Some(asked) => (format!("{} 前给意见", say::moment_long(standing.now, asked.due)), ""),
        None if is_silent => ("还没有意见".into(), ""),
        None => ("已给意见".into(), "ok"),
    }
}

fn opinions(seen: &Seen, unit: &UnitId, attached: &Attached<'_>) -> Vec<Opinion> {
    let given = seen.loaded.record.iter().filter_map(|line| match &line.event {
        Event::OpinionGiven(given) if given.unit == *unit => Some((line, &given.files)),
        _ => None,
    });
    let opinion = |(line, files): (&huiyin_domain::case::Recorded, &Vec<huiyin_domain::ids::FileId>)| {
        let (photos, papers) = attached.shown(files);
        let words = seen.texts.of(line.seq, TextKind::Words).to_owned();
        Opinion { when: say::moment(attached.now, line.at), words, photos, papers }
    };
    given.map(opinion).collect()
}

/// What the present unit is asked for, above its form; empty for the lead unit.
pub(super) fn asked_of(seen: &Seen, unit: &UnitId, standing: &Standing) -> String {
    if !seen.hats.contains(&Hat::Assistant) {
        return String::new();
    }
    let case = seen.case();
    let lead =
        case.unit.as_ref().map_or("协调部门".to_owned(), |lead| unit_name(&standing.policy.policy, lead));
    let mut lines = seen.loaded.record.iter().rev();
    let line =
        lines.find(|line| matches!(&line.event, Event::AssistanceAsked { unit: asked, .. } if asked == unit));
    let words = line.map_or("", |line| seen.texts.of(line.seq, TextKind::Words));
    let due =
        case.assistance.iter().find(|asked| asked.unit == *unit).filter(|asked| asked.answered_at.is_none());
    let until = due.map_or_else(String::new, |asked| {
        format!("，{} 前给意见", say::moment_long(standing.now, asked.due))
    });
    let words = if words.is_empty() { String::new() } else { format!("：{words}") };
    format!("{lead}牵头{until}{words}")
}

/// Units that can still be called.
pub(super) fn callable(seen: &Seen, standing: &Standing) -> Vec<ChoiceGroup> {
    let case = seen.case();
    let open = standing.policy.policy.units.iter().filter(|unit| {
        let is_in = case.unit.as_ref() == Some(&unit.id) || case.assisting.contains(&unit.id);
        !unit.closed && !is_in && !case.is_recused(&unit.id)
    });
    let open = open.map(|unit| Choice::new(unit.id.as_str(), unit.name.as_str()));
    by_class(&standing.policy.policy, open.collect())
}
