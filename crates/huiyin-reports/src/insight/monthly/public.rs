//! 每月一题 for everybody: what the office published, the unit that leads, the plan, and counts of days that are over. Small
//! numbers are not told.

use super::super::effect::{Counted, Effect};
use super::super::scope::Scope;
use super::super::topics;
use super::month_said;
use super::rows::{self, Monthly};
use crate::figures::OPINIONS_MIN;
use crate::stored::unit_name;
use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use huiyin_domain::policy::Policy;
use huiyin_foundation::error::Error;
use huiyin_foundation::say;
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Page, html};

struct Line {
    id: String,
    month: String,
    title: String,
    unit: String,
    is_closed: bool,
}

impl Line {
    fn of(monthly: &Monthly, policy: &Policy) -> Line {
        Line {
            id: monthly.id.clone(),
            month: month_said(&monthly.month),
            title: monthly.title.clone(),
            unit: unit_name(policy, &monthly.unit),
            is_closed: monthly.closed_at.is_some(),
        }
    }
}

#[derive(Template)]
#[template(path = "insight/monthly/public_list.html")]
struct List {
    page: Page,
    lines: Vec<Line>,
}

/// GET /monthly
pub(super) async fn list(State(app): State<App>, page: Page) -> Result<Response, Error> {
    let in_force = app.policy_in_force();
    let all = app.db.read(rows::all).await?;
    let shown = all.iter().filter(|monthly| monthly.public_at.is_some());
    html(List {
        lines: shown.map(|monthly| Line::of(monthly, &in_force.policy)).collect(),
        page: page.titled("每月一题").at("public"),
    })
}

#[derive(Template)]
#[template(path = "insight/monthly/public_one.html")]
struct One {
    page: Page,
    line: Line,
    words: String,
    plan: String,
    before: Option<String>,
    after: String,
    since: String,
}

/// GET /monthly/{id}
pub(super) async fn one(
    State(app): State<App>,
    page: Page,
    Path(id): Path<String>,
) -> Result<Response, Error> {
    let in_force = app.policy_in_force();
    let now = app.now();
    let settings = in_force.clone();
    let (monthly, effect) = app
        .db
        .read(move |tx| {
            let found = rows::find(tx, &id)?.filter(|one| one.public_at.is_some());
            let monthly = found.ok_or(Error::Hidden)?;
            let into = topics::merged(tx)?;
            let topic = into.get(&monthly.topic).unwrap_or(&monthly.topic);
            let counted = Counted { topic, category: &monthly.category, place: &monthly.place };
            // A count that ticked would tell in which minute somebody wrote.
            let (until, span) = (now.day().start(), (monthly.opened_at, monthly.closed_at));
            let effect = Effect::of(tx, &settings.policy, &Scope::School, counted, span, until)?;
            Ok::<_, Error>((monthly, effect))
        })
        .await?;
    // Of a few, everybody would know whose they are.
    let is_enough = effect.before >= OPINIONS_MIN;
    let is_few_after = effect.after.is_some_and(|(n, _)| (1..OPINIONS_MIN).contains(&n));
    html(One {
        line: Line::of(&monthly, &in_force.policy),
        words: monthly.public_words,
        plan: monthly.plan,
        before: is_enough.then(|| effect.before_said()),
        after: if is_few_after { format!("办完后不到 {OPINIONS_MIN} 件") } else { effect.after_said() },
        since: say::day_long(now, monthly.opened_at.day()),
        page: page.titled("每月一题").at("public").back_to("/monthly"),
    })
}
