//! What came before a leader because units sent it back: which of them, on what ground and in which words (3.4). The leader
//! decides between them and reads all of them.

use crate::cases::log;
use crate::cases::texts::Texts;
use crate::dossier::{Line, unit_name};
use huiyin_domain::calendar::Instant;
use huiyin_domain::case::{By, Event, Recorded, SendBackGround, TextKind};
use huiyin_domain::ids::UnitId;
use huiyin_domain::policy::Policy;
use huiyin_foundation::db::Tx;
use huiyin_foundation::error::Error;
use huiyin_foundation::say;

/// One unit that did not keep the case.
pub(super) struct SendBack {
    /// 图书馆
    pub unit: String,
    /// 不是本单位职责，建议交后勤管理处
    pub ground: String,
    /// What it wrote.
    pub words: String,
    /// 今天 08:40
    pub when: String,
}

/// Every time that a unit sent it back, the first at the top.
pub(super) fn of(record: &[Recorded], texts: &Texts, policy: &Policy, now: Instant) -> Vec<SendBack> {
    let told = |(line, by, ground, suggested): (&Recorded, _, _, Option<&UnitId>)| SendBack {
        unit: by,
        ground: match suggested {
            Some(unit) => format!("{}，建议交{}", say::send_back_ground(ground), unit_name(policy, unit)),
            None => say::send_back_ground(ground).to_owned(),
        },
        words: texts.of(line.seq, TextKind::Reason).to_owned(),
        when: say::moment(now, line.at),
    };
    sent_back(record, policy).map(told).collect()
}

/// The same in one line, beside each case of a list: 「图书馆退回：不是本单位职责；后勤管理处退回：内容看不明白，需先补充」.
pub(super) fn beside(tx: &mut Tx, policy: &Policy, lines: Vec<Line>) -> Result<Vec<Line>, Error> {
    let told = |line: Line| {
        let Some(loaded) = log::load(tx, &line.no)? else { return Ok(line) };
        let each = sent_back(&loaded.record, policy)
            .map(|(_, unit, ground, _)| format!("{unit}退回：{}", say::send_back_ground(ground)));
        let said = each.collect::<Vec<_>>().join("；");
        Ok(if said.is_empty() { line } else { Line { said, ..line } })
    };
    lines.into_iter().map(told).collect()
}

fn sent_back<'a>(
    record: &'a [Recorded],
    policy: &'a Policy,
) -> impl Iterator<Item = (&'a Recorded, String, SendBackGround, Option<&'a UnitId>)> {
    record.iter().filter_map(|line| match (&line.event, &line.by) {
        (Event::SentBack { ground, suggested }, By::Staff { unit: Some(unit), .. }) => {
            Some((line, unit_name(policy, unit), *ground, suggested.as_ref()))
        }
        _ => None,
    })
}
