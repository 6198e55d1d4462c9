//! Two at one case: what somebody else did to it since the page was opened, so that whoever comes second is told who was
//! first and with which words, and loses none of their own (issue of the two officers; 5.1).

use super::parts::names;
use crate::cases::log::load;
use crate::cases::texts;
use huiyin_domain::access::{Hat, sees_line};
use huiyin_domain::calendar::Instant;
use huiyin_domain::case::{By, Event, Recorded, TextKind};
use huiyin_domain::ids::{CaseNo, PersonId};
use huiyin_foundation::db::Tx;
use huiyin_foundation::error::Error;
use huiyin_foundation::say;

/// So much of what the other wrote is repeated; the whole stands in the record below.
const EXCERPT_CHARS: usize = 60;

/// Who comes second: of what goes past them they hear nothing here either.
#[derive(Clone, Copy)]
pub(crate) struct Reader<'a> {
    /// Who.
    pub person: &'a PersonId,
    /// What they are to the case.
    pub hats: &'a [Hat],
}

/// Who wrote a line, if it was somebody of the school.
pub(crate) fn person(line: &Recorded) -> Option<&PersonId> {
    match &line.by {
        By::Staff { person, .. } => Some(person),
        _ => None,
    }
}

/// 「刘… 3 分钟前已答复：“……”。」: the last thing somebody else did to the case after line `seen`.
pub(crate) fn who_was_first(
    tx: &mut Tx,
    reader: Reader<'_>,
    no: &CaseNo,
    seen: u32,
    now: Instant,
) -> Result<Option<String>, Error> {
    let Some(loaded) = load(tx, no)? else { return Ok(None) };
    let since = loaded.record.iter().rev().filter(|line| line.seq > seen);
    let is_theirs_to_know =
        |line: &&Recorded| person(line) != Some(reader.person) && sees_line(reader.hats, line);
    let mut others = since.filter(is_theirs_to_know);
    let Some((line, act)) = others.find_map(|line| Some((line, act(line)?))) else {
        return Ok(None);
    };
    let texts = texts::load(tx, no)?;
    let words = [TextKind::Words, TextKind::Reason].map(|kind| texts.of(line.seq, kind));
    let words = words.into_iter().find(|words| !words.is_empty()).unwrap_or_default();
    sentence(tx, line, act, words, now).map(Some)
}

/// Who did it, how long ago, what, and how their words begin.
pub(crate) fn sentence(
    tx: &mut Tx,
    line: &Recorded,
    act: &str,
    words: &str,
    now: Instant,
) -> Result<String, Error> {
    let said = excerpt(words);
    let said = if said.is_empty() { String::new() } else { format!("：“{said}”") };
    Ok(match (&line.by, person(line)) {
        (_, Some(person)) => {
            let names = names(tx, std::slice::from_ref(person))?;
            let name = names.get(person).map_or("同事", String::as_str);
            let ago = say::lasted(now.0 - line.at.0);
            format!("{name} {ago}前已{act}{said}。")
        }
        // The hour of a requester is nobody's business.
        (By::Requester, _) => format!("反映人已{act}{said}。"),
        _ => format!("系统已{act}。"),
    })
}

fn excerpt(words: &str) -> String {
    let flat = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut excerpt: String = flat.chars().take(EXCERPT_CHARS).collect();
    if flat.chars().count() > EXCERPT_CHARS {
        excerpt.push('…');
    }
    excerpt
}

/// The acts that change what the next one may do, or what it ought to say.
fn act(line: &Recorded) -> Option<&'static str> {
    Some(match &line.event {
        Event::SignedFor {} => "签收",
        Event::Replied { .. } => "答复",
        Event::ReplyProposed { .. } => "送审答复",
        Event::ReplyReturned {} => "退改答复",
        Event::ProgressReported { .. } => "发阶段反馈",
        Event::SentBack { .. } => "退回",
        Event::TakenBack {} => "收回",
        Event::Asked {} => "请反映人补充",
        Event::ExtensionAsked { .. } => "申请延期",
        Event::ShelvedReviewed { .. } => "复核",
        Event::StruckOff {} => "销账",
        Event::Transferred { .. } | Event::Assigned { .. } => "改派",
        Event::Instructed { .. } => "批示",
        Event::Corrected { .. } => "更正",
        Event::Classified(_) => "自动归类",
        Event::Withdrawn {} => "撤回",
        Event::Supplemented { .. } => "补充情况",
        Event::Rated { .. } => "评价",
        Event::FollowUpTried {} => "记下电话没打通",
        Event::PartAwaited(_) => "记缺配件",
        // These a rule may also bring along with what the reader did themselves; then nobody was first.
        event if person(line).is_some() => return by_hand(event),
        _ => return None,
    })
}

fn by_hand(event: &Event) -> Option<&'static str> {
    Some(match event {
        Event::ComplaintAnswered(_) => "答复办理问题",
        Event::Recused { .. } => "请单位回避",
        Event::RecusalLifted(_) => "解除回避",
        Event::Merged { .. } | Event::Joined { .. } => "并案",
        Event::Unmerged {} | Event::Parted { .. } => "取消并案",
        Event::SplitOff { .. } => "拆分",
        Event::Extended { .. } => "批准延期",
        Event::ExtensionRefused {} => "回复不同意延期",
        Event::AssistanceAsked { .. } => "请协办",
        Event::Escalated { .. } => "呈报",
        Event::Shelved { .. } => "挂账",
        Event::SupervisionEnded {} => "结束督办",
        Event::Declined { .. } => "作不予受理处理",
        _ => return None,
    })
}
