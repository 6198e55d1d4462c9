//! 问题清单: every list with its owner, how many cases stand on it, and how that has changed in a week; one's own first.

use super::hits::{self, Reach};
use super::saved::{self, List, Run};
use crate::cases::log::Standing;
use crate::coordination;
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use huiyin_domain::access::Role;
use huiyin_domain::calendar::Instant;
use huiyin_domain::ids::PersonId;
use huiyin_foundation::error::Error;
use huiyin_foundation::say;
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Page, html};

const WEEK_MS: i64 = 7 * 86_400_000;

/// A list as a line.
struct Line {
    id: String,
    name: String,
    definition: String,
    owner: String,
    /// How many; nothing before the first round.
    count: Option<u64>,
    change: Change,
    is_own: bool,
}

/// How a count stands beside that of a week ago.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Change {
    /// So many more, or fewer.
    By(i64),
    /// It is not a week old.
    New,
    /// Another question was asked a week ago.
    Asked,
}

impl Change {
    /// Compares what can be compared.
    pub fn of(list: &List, run: Option<&Run>, now: Instant, count: u64, before: u64) -> Change {
        let week_ago = now.plus_ms(-WEEK_MS);
        if list.made.as_ref().is_some_and(|(at, _)| *at > week_ago) && list.version > 1 {
            return Change::Asked;
        }
        if run.is_none_or(|run| run.first > week_ago) {
            return Change::New;
        }
        Change::By(i64::try_from(count).unwrap_or(i64::MAX) - i64::try_from(before).unwrap_or(i64::MAX))
    }

    /// In words.
    pub fn words(self) -> String {
        match self {
            Change::By(0) => "和一周前一样多".to_owned(),
            Change::By(more) if more > 0 => format!("比一周前多 {more} 件"),
            Change::By(less) => format!("比一周前少 {} 件", -less),
            Change::New => "满一周后可比".to_owned(),
            Change::Asked => "口径刚改，满一周后可比".to_owned(),
        }
    }
}

#[derive(Template)]
#[template(path = "screening/lists.html")]
struct Lists {
    page: Page,
    lines: Vec<Line>,
    set_aside: Vec<(String, String)>,
    as_of: String,
    may_make: bool,
}

/// GET /staff/lists
pub(super) async fn show(State(app): State<App>, page: Page) -> Result<Response, Error> {
    let (school, visitor) = (app.clone(), page.visitor.clone());
    let (standing, side, lists, runs, now_on, then_on, names) = app
        .db
        .read(move |tx| {
            let standing = Standing::of(&school);
            let policy = &standing.policy.policy;
            let side = coordination::side(tx, policy, &visitor, standing.now)?;
            let reach = Reach::of(tx, policy, &visitor)?;
            let (lists, runs) = (saved::all(tx)?, saved::runs(tx)?);
            let now_on = hits::counts(tx, &reach, None)?;
            let then_on = hits::counts(tx, &reach, Some(standing.now.plus_ms(-WEEK_MS)))?;
            let owners: Vec<PersonId> = lists.iter().filter_map(|list| list.owner.clone()).collect();
            let names = crate::dossier::names(tx, &owners)?;
            Ok::<_, Error>((standing, side, lists, runs, now_on, then_on, names))
        })
        .await?;
    let policy = &standing.policy.policy;
    let line = |list: &List| {
        let run = runs.iter().find(|run| run.list == list.id);
        let count = |on: &std::collections::BTreeMap<String, u64>| on.get(&list.id).copied().unwrap_or(0);
        Line {
            id: list.id.clone(),
            name: list.name.clone(),
            definition: list.question.definition(policy),
            owner: owner_words(list, &names),
            count: run.map(|_| count(&now_on)),
            change: Change::of(list, run, standing.now, count(&now_on), count(&then_on)),
            is_own: list.owner.is_some() && list.owner == page.visitor.person,
        }
    };
    let mut lines: Vec<Line> = lists.iter().filter(|list| !list.is_set_aside).map(line).collect();
    lines.sort_by_key(|line| !line.is_own);
    let set_aside = lists.iter().filter(|list| list.is_set_aside);
    html(Lists {
        lines,
        set_aside: set_aside.map(|list| (list.id.clone(), list.name.clone())).collect(),
        as_of: runs
            .iter()
            .map(|run| run.last)
            .max()
            .map_or_else(String::new, |at| say::moment(standing.now, at)),
        may_make: may_work(&page),
        page: page.titled("问题清单").beside_any(side),
    })
}

/// Whose list it is.
pub(super) fn owner_words(list: &List, names: &std::collections::BTreeMap<PersonId, String>) -> String {
    match &list.owner {
        None => "还没有人认领".to_owned(),
        Some(owner) => names.get(owner).cloned().unwrap_or_else(|| "已不在名册的人".to_owned()),
    }
}

/// Whether this reader works with lists, or only reads them.
pub(super) fn may_work(page: &Page) -> bool {
    page.visitor.has(Role::Clerk) || page.visitor.has(Role::Supervisor)
}
