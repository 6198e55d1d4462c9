//! Units side by side, within their class, and only those with enough promises come due have a place.

use crate::figures::{Counts, Rate, apart};
use huiyin_domain::case::Measure;
use huiyin_domain::policy::Policy;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Units that are compared with one another.
pub(super) struct Class {
    pub name: String,
    pub lines: Vec<Line>,
}

/// A unit on the board.
pub(super) struct Line {
    pub rank: Option<usize>,
    pub unit: String,
    pub assigned: i64,
    pub replied: i64,
    pub response: Rate,
    pub on_time: Rate,
    /// How many of those in time needed an extension, and how many came late or never.
    pub apart: String,
    pub satisfaction: Rate,
    pub reopened: i64,
}

/// The classes in the order of the settings; units without a case are left out.
pub(super) fn classes(mut counts: BTreeMap<String, Counts>, policy: &Policy) -> Vec<Class> {
    let mut classes: Vec<Class> = Vec::new();
    for unit in &policy.units {
        let Some(counts) = counts.remove(unit.id.as_str()).filter(|counts| !counts.is_empty()) else {
            continue;
        };
        let line = line(unit.name.clone(), &counts);
        match classes.iter_mut().find(|class| class.name == unit.class) {
            Some(class) => class.lines.push(line),
            None => classes.push(Class { name: unit.class.clone(), lines: vec![line] }),
        }
    }
    for class in &mut classes {
        rank(&mut class.lines, i64::from(policy.board.sample_min));
    }
    classes
}

fn line(unit: String, counts: &Counts) -> Line {
    Line {
        rank: None,
        unit,
        assigned: counts.of(Measure::Assigned),
        replied: counts.of(Measure::Replied),
        response: counts.response(),
        on_time: counts.on_time(),
        apart: apart(counts.of(Measure::RepliedInExtendedTime), counts.on_time()),
        satisfaction: counts.satisfaction(),
        reopened: counts.of(Measure::Reopened),
    }
}

/// On time first, then satisfaction, then how many answers; equals share a place.
fn rank(lines: &mut [Line], sample_min: i64) {
    let is_enough = |line: &Line| line.on_time.whole >= sample_min;
    let merit = |line: &Line| {
        (is_enough(line), line.on_time.per_mille(), line.satisfaction.per_mille(), line.replied)
    };
    lines.sort_by_key(|line| Reverse(merit(line)));
    for at in 0..lines.len() {
        let equals_the_one_above = at > 0 && merit(&lines[at]) == merit(&lines[at - 1]);
        let place = if equals_the_one_above { lines[at - 1].rank } else { Some(at + 1) };
        lines[at].rank = place.filter(|_| is_enough(&lines[at]));
    }
}
