//! One timeline in plain words: where it is, who has it, why it moved (5.2). The same record is told to the requester
//! and to staff, each only what is theirs to know.

use super::log::Loaded;
use super::texts::Texts;
use huiyin_domain::access::{Hat, sees_line};
use huiyin_domain::calendar::Instant;
use huiyin_domain::case::{By, Case, Event, Means, Recorded, Succession, TextKind, apply};
use huiyin_domain::ids::{FileId, PersonId, UnitId};
use huiyin_domain::policy::{Policy, Statutory};
use huiyin_foundation::say;
use std::collections::BTreeMap;

mod corrected;
mod turns;

/// To whom it is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ear {
    /// The requester.
    Requester,
    /// Staff with a hat on the case.
    Staff,
}

/// How the words of an item are framed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Frame {
    /// Plain.
    Plain,
    /// An answer to the requester.
    Reply,
    /// Internal.
    Inside,
}

impl Frame {
    /// The CSS word.
    pub fn class(self) -> &'static str {
        match self {
            Frame::Plain => "",
            Frame::Reply => "reply",
            Frame::Inside => "note",
        }
    }
}

/// A line of the timeline.
#[derive(Clone, Debug)]
pub struct Item {
    /// The number of the event it tells of.
    pub seq: u32,
    /// Icon of the sprite.
    pub icon: &'static str,
    /// Look of the dot: `spot-done`, `spot-closed`, `tone-warn`, or empty for grey.
    pub dot: &'static str,
    /// 后勤管理处已签收
    pub title: String,
    /// 今天 08:40
    pub when: String,
    /// Who, where it may be told.
    pub who: String,
    /// One plain line beneath.
    pub line: String,
    /// Words in a bubble.
    pub words: String,
    /// How the bubble looks.
    pub frame: Frame,
    /// Pictures and papers.
    pub files: Vec<FileId>,
}

/// What the telling needs to know besides the record.
pub struct Telling<'a> {
    /// To whom.
    pub ear: Ear,
    /// What they are to the case: some events go past some of them.
    pub hats: &'a [Hat],
    /// Now.
    pub now: Instant,
    /// Names of units, kinds, leaders.
    pub policy: &'a Policy,
    /// The law that promises its result, whose clock neither waits nor moves.
    pub law: Option<&'a Statutory>,
    /// Names of staff.
    pub names: &'a BTreeMap<PersonId, String>,
}

impl Telling<'_> {
    /// 「您提交了诉求」 to the requester; whoever co-signs it reads of somebody else, and staff too.
    fn requester_did(&self, act: &str) -> String {
        let who = match self.ear {
            Ear::Requester if self.hats.contains(&Hat::Cosigner) => "提案人",
            Ear::Requester => "您",
            Ear::Staff => "反映人",
        };
        format!("{who}{act}")
    }
}

/// The staff whose names the record needs.
pub fn staff_in(loaded: &Loaded) -> Vec<PersonId> {
    let officer = |line: &Recorded| match &line.event {
        Event::Allotted { officer } => Some(officer.clone()),
        _ => None,
    };
    let named = loaded.record.iter().flat_map(|line| [person(&line.by).cloned(), officer(line)]);
    let mut people: Vec<PersonId> = named.flatten().collect();
    people.sort();
    people.dedup();
    people
}

/// The timeline, newest first.
pub fn timeline(loaded: &Loaded, texts: &Texts, telling: &Telling<'_>) -> Vec<Item> {
    let mut unit: Option<UnitId> = None;
    let mut transfer: Option<&Recorded> = None;
    let (mut items, mut so_far) = (Vec::new(), None);
    for line in &loaded.record {
        match &line.event {
            Event::Assigned { unit: next, .. }
            | Event::Transferred { unit: next, .. }
            | Event::Instructed { unit: next, .. }
            | Event::Succeeded(Succession { unit: next, .. })
            | Event::Replied { through: Some(next), .. } => {
                unit = Some(next.clone());
            }
            _ => {}
        }
        let mut told = item(line, so_far.as_ref(), unit.as_ref(), texts, telling);
        so_far = apply(so_far, line);
        match (&line.event, transfer) {
            (Event::Transferred { .. }, _) => transfer = Some(line),
            // Each unit that assists is told of with its own limit; what was said with the transfer is said once.
            (Event::AssistanceAsked { .. }, Some(with)) => {
                let is_said = texts.of(line.seq, TextKind::Words) == texts.of(with.seq, TextKind::Reason);
                if let Some(told) = told.as_mut().filter(|_| is_said) {
                    told.words.clear();
                }
            }
            _ => transfer = None,
        }
        items.extend(told);
    }
    items.reverse();
    items
}

fn person(by: &By) -> Option<&PersonId> {
    match by {
        By::Staff { person, .. } => Some(person),
        _ => None,
    }
}

/// `before` is the case without the line, `unit` who has it then.
fn item(
    line: &Recorded,
    before: Option<&Case>,
    unit: Option<&UnitId>,
    texts: &Texts,
    telling: &Telling<'_>,
) -> Option<Item> {
    if !sees_line(telling.hats, line) {
        return None;
    }
    let (ear, policy) = (telling.ear, telling.policy);
    let staff = ear == Ear::Staff;
    let unit_name = |id: &UnitId| policy.unit(id).map_or_else(|| id.to_string(), |unit| unit.name.clone());
    let responsible = unit.map(&unit_name).unwrap_or_default();
    let leader = |id: &str| policy.leader(id).map_or_else(|| id.to_owned(), |leader| leader.name.clone());
    let said = |kind| texts.of(line.seq, kind).to_owned();
    let you = |act: &str| telling.requester_did(act);
    let told = |icon, dot, title: String| Item {
        seq: line.seq,
        icon,
        dot,
        title,
        when: say::moment(telling.now, line.at),
        who: who(line, telling),
        line: String::new(),
        words: String::new(),
        frame: Frame::Plain,
        files: Vec::new(),
    };
    let due = |promises: &[huiyin_domain::case::Promise]| {
        let result = promises.iter().find(|promise| promise.clock == huiyin_domain::case::Clock::Result);
        // On a road of the law its day is the only one that holds.
        let result = result.filter(|promise| telling.law.is_none() || promise.is_statutory());
        result.map_or(String::new(), |promise| {
            format!("{} 前反馈结果", say::moment_long(telling.now, promise.due))
        })
    };
    Some(match &line.event {
        Event::Submitted { files, channel, about, split_from, .. } => {
            let units = about.iter().map(&unit_name).collect::<Vec<_>>().join("、");
            let away = (!about.is_empty()).then(|| format!("已请{units}回避，它看不到这件"));
            let from = split_from.as_ref().map(|no| format!("从 {no} 拆出，期限从原件提交时算"));
            let remark = away.into_iter().chain(from).collect::<Vec<_>>().join("；");
            let title = match (person(&line.by), policy.channel(channel)) {
                (Some(_), Some(channel)) if staff => format!("{}，代为登记", channel.name),
                (Some(_), Some(channel)) => format!("{}，已替您登记", channel.name),
                _ => you("提交了诉求"),
            };
            let words = said(TextKind::Body);
            Item { line: remark, words, files: files.clone(), ..told("send", "spot-done", title) }
        }
        Event::Accepted { promises } => {
            Item { line: due(promises), ..told("circle-check", "spot-done", "已受理".into()) }
        }
        Event::Assigned { unit, forced: true, .. } => {
            let words = if staff { said(TextKind::Reason) } else { String::new() };
            let line = if staff { "指定承办，不能退回".into() } else { String::new() };
            let frame = Frame::Inside;
            Item { line, words, frame, ..told("split", "spot-done", format!("已派给{}", unit_name(unit))) }
        }
        Event::Assigned { unit, .. } if line.by == By::Rule => Item {
            line: format!("按派单目录直接派给{}", unit_name(unit)),
            ..told("zap", "spot-done", "系统自动派单".into())
        },
        Event::Assigned { unit, .. } => told("split", "spot-done", format!("已派给{}", unit_name(unit))),
        Event::Transferred { unit, assisting, promises, .. } => {
            let helpers: Vec<String> = assisting.iter().map(unit_name).collect();
            let helpers =
                if helpers.is_empty() { String::new() } else { format!("，{}协办", helpers.join("、")) };
            let words = if staff { said(TextKind::Reason) } else { String::new() };
            Item {
                line: due(promises),
                words,
                frame: Frame::Inside,
                ..told("split", "spot-done", format!("转办给{}{helpers}", unit_name(unit)))
            }
        }
        Event::Escalated { leader: post, promises } => {
            let words = if staff { said(TextKind::Words) } else { String::new() };
            let title = format!("已呈报{}", leader(post));
            Item { line: due(promises), words, frame: Frame::Inside, ..told("stamp", "spot-done", title) }
        }
        Event::Instructed { leader: post, unit, key, promises, .. } => {
            let title = format!("{}批示{}办理", leader(post), unit_name(unit));
            let line = if *key { format!("列为重点督办　{}", due(promises)) } else { due(promises) };
            let words = if staff { said(TextKind::Words) } else { String::new() };
            Item { line, words, frame: Frame::Inside, ..told("stamp", "spot-done", title) }
        }
        Event::SignedFor {} => told("check", "spot-done", format!("{responsible}已签收")),
        Event::Allotted { officer } if staff => {
            let name = telling.names.get(officer).map_or("同事", String::as_str);
            told("users", "spot-done", format!("分给{name}办理"))
        }
        Event::SentBack { ground, suggested } if staff => {
            let suggested =
                suggested.as_ref().map_or(String::new(), |id| format!("，建议交{}", unit_name(id)));
            let title = format!("退回：{}{suggested}", say::send_back_ground(*ground));
            Item { words: said(TextKind::Reason), frame: Frame::Inside, ..told("undo-2", "tone-warn", title) }
        }
        Event::SentBack { .. } => told("split", "tone-warn", "承办单位请求改派，协调部门正在重新安排".into()),
        Event::TakenBack {} => told("undo-2", "tone-warn", "已转为受保护的事项，从原单位收回重新安排".into()),
        Event::ProgressReported { files, through } => Item {
            line: through
                .as_ref()
                .map_or_else(String::new, |unit| format!("一起办的那件，{}反馈", unit_name(unit))),
            words: said(TextKind::Words),
            frame: Frame::Reply,
            files: files.clone(),
            ..told("wrench", "tone-warn", "阶段反馈".into())
        },
        Event::Replied { outcome, files, .. } => Item {
            words: said(TextKind::Words),
            frame: Frame::Reply,
            files: files.clone(),
            ..told(
                "message-square-text",
                "spot-closed",
                format!("{responsible}答复：{}", say::outcome_of(telling.law, *outcome)),
            )
        },
        Event::Noted {} if staff => Item {
            words: said(TextKind::Words),
            frame: Frame::Inside,
            ..told("pen-line", "", "内部批注".into())
        },
        Event::Supplemented { files } => Item {
            words: said(TextKind::Words),
            files: files.clone(),
            ..told("message-square-text", "spot-done", you("补充了说明"))
        },
        Event::Urged { because } => Item {
            line: say::urge_reason(*because).into(),
            words: said(TextKind::Reason),
            ..told("bell-ring", "tone-warn", you("催办"))
        },
        Event::Rated { solved, satisfaction, publish, corrects, .. } => {
            let consent = match publish {
                Some(true) => "，同意公开",
                Some(false) => "，不同意公开",
                None => "",
            };
            let (solved, satisfaction) = (say::solved(*solved), say::satisfaction(*satisfaction));
            let who = match (person(&line.by), corrects) {
                (Some(_), _) => "电话回访".to_owned(),
                (None, true) => you("更正了电话里记下的评价"),
                (None, false) => you("评价"),
            };
            Item {
                words: said(TextKind::Words),
                ..told("star", "spot-closed", format!("{who}：{solved}，{satisfaction}{consent}"))
            }
        }
        Event::Reopened { round, automatic, promises } => {
            let why = match (automatic, &line.by) {
                (false, By::Staff { .. }) => format!("{}责成重办，进入", say::pressed_by(&line.by)),
                (false, By::Requester) if !staff => "按您的要求进入".to_owned(),
                (false, By::Requester) => "按反映人要求进入".to_owned(),
                _ => "没有解决，按规定自动进入".to_owned(),
            };
            Item {
                line: due(promises),
                words: said(TextKind::Reason),
                ..told("rotate-ccw", "tone-warn", format!("{why}第 {round} 轮办理"))
            }
        }
        Event::Withdrawn {} => {
            Item { words: said(TextKind::Reason), ..told("undo-2", "", you("撤回了诉求")) }
        }
        Event::Declined { ground } => Item {
            words: said(TextKind::Words),
            frame: Frame::Reply,
            ..told("ban", "", format!("不予受理：{}", say::decline_ground(*ground)))
        },
        // To the requester it says nothing: the phones are shown to them before they send.
        Event::Corrected { .. } if line.by == By::Rule && !staff => return None,
        Event::Corrected { .. } if line.by == By::Rule => {
            told("triangle-alert", "tone-warn", "写到了可能的人身危险，按特急处理、不公开".into())
        }
        Event::Corrected { promises, .. } => {
            let words = if staff { said(TextKind::Reason) } else { String::new() };
            let (did, changes) = corrected::told(before, &line.event, promises, policy);
            let remarks = [changes, due(promises)];
            let remark = remarks.into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join("；");
            Item { words, line: remark, frame: Frame::Inside, ..told("pencil", "", did) }
        }
        Event::Classified(it) => Item {
            line: corrected::classified(it, &said(TextKind::Reason), policy),
            ..told("sparkles", "spot-done", "按学校规则自动转办".into())
        },
        Event::Published {} => told("globe", "spot-done", "已公开（隐去个人信息）".into()),
        Event::Unpublished {} => told("eye-off", "", "已撤下公开".into()),
        Event::Reminded { clock, due, .. } if staff => Item {
            line: format!("{}期限 {}", say::clock(*clock), say::moment_long(telling.now, *due)),
            ..told("bell", "tone-warn", "到期前提醒".into())
        },
        Event::RemindedByHand { means } => {
            let words = if staff { said(TextKind::Reason) } else { String::new() };
            let is_talk = *means == Means::Talk;
            let act = if is_talk { "约谈了承办单位" } else { "催办" };
            let title = format!("{}{act}", say::pressed_by(&line.by));
            let line = if means.is_here() || is_talk { String::new() } else { say::means(*means).to_owned() };
            Item { line, words, frame: Frame::Inside, ..told("bell-ring", "tone-warn", title) }
        }
        Event::DeadlineMissed { clock, due, extension_pending: true } => Item {
            line: format!("应于 {} 前；到期前已申请延期，等批复", say::moment_long(telling.now, *due)),
            ..told("clock", "tone-warn", format!("{}期限已到，延期待批", say::clock(*clock)))
        },
        Event::DeadlineMissed { clock, due, .. } => Item {
            line: format!("应于 {} 前", say::moment_long(telling.now, *due)),
            ..told("triangle-alert", "tone-warn", format!("超过{}期限", say::clock(*clock)))
        },
        Event::Supervised(order) => {
            let words = if staff { said(TextKind::Reason) } else { String::new() };
            Item {
                words,
                frame: Frame::Inside,
                ..told("bell-ring", "tone-warn", say::supervised(order.level, unit.is_some()))
            }
        }
        Event::Archived { rated } => Item {
            line: if *rated { String::new() } else { "反映人没有评价，不计入满意率".into() },
            ..told("archive", "", "已归档".into())
        },
        Event::Allotted { .. } | Event::Noted {} | Event::Reminded { .. } => return None,
        _ => {
            let turn = turns::turn(&line.event, telling)?;
            let words = turn.words.map(&said).unwrap_or_default();
            let files = turns::files(&line.event);
            Item { line: turn.line, words, frame: turn.frame, files, ..told(turn.icon, turn.dot, turn.title) }
        }
    })
}

/// Who did it. The requester learns the names of staff who speak to them; nobody ever learns the requester's from here.
fn who(line: &Recorded, telling: &Telling<'_>) -> String {
    let speaks = matches!(
        line.event,
        Event::Replied { .. } | Event::ProgressReported { .. } | Event::Asked {} | Event::PartAwaited(_)
    );
    if telling.ear == Ear::Requester && !speaks {
        return String::new();
    }
    person(&line.by).and_then(|person| telling.names.get(person)).cloned().unwrap_or_default()
}
