//! The steps of a task or of a monthly topic, as a page tells them.

use super::tasks::rows::Step;
use huiyin_domain::calendar::Instant;
use huiyin_domain::ids::PersonId;
use huiyin_foundation::db::Tx;
use huiyin_foundation::error::Error;
use huiyin_foundation::say;
use huiyin_people::identity;

/// A step in words.
pub(super) struct Told {
    pub at: String,
    pub by: String,
    pub step: &'static str,
    pub words: String,
}

/// All of them, the first first.
pub(super) fn told(tx: &mut Tx, steps: Vec<Step>, now: Instant) -> Result<Vec<Told>, Error> {
    let people: Vec<PersonId> = steps.iter().map(|step| step.by.clone()).collect();
    let names = identity::names_of(tx, &people)?;
    let told = steps.into_iter().map(|step| Told {
        at: say::moment_long(now, step.at),
        by: names.get(&step.by).cloned().unwrap_or_else(|| "已不在名册的人".to_owned()),
        step: said(&step.step),
        words: step.words,
    });
    Ok(told.collect())
}

fn said(step: &str) -> &'static str {
    match step {
        "opened" => "发起",
        "progress" => "报告进展",
        "done" => "报告办完",
        "returned" => "退回再办",
        "confirmed" => "确认办好",
        "called_off" => "作罢",
        "published" => "公开",
        "unpublished" => "撤下公开",
        "closed" => "办结",
        _ => "记了一笔",
    }
}
