//! The list of progress (办理公开): narrowed by kind, unit and state, all of it in the address.

use super::card::{Card, PublicCase};
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use huiyin_domain::calendar::Instant;
use huiyin_domain::ids::CaseNo;
use huiyin_foundation::db::Tx;
use huiyin_foundation::error::Error;
use huiyin_foundation::params;
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Choice, Page, html};
use serde::Deserialize;

const CASES_ON_A_PAGE: usize = 25;

/// What the address asks for; unknown words simply find nothing.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    kind: String,
    #[serde(default)]
    unit: String,
    #[serde(default)]
    state: String,
    #[serde(default)]
    after: String,
}

impl Asked {
    fn is_narrowed(&self) -> bool {
        !(self.kind.is_empty() && self.unit.is_empty() && self.state.is_empty())
    }

    /// Where the page before ended: the last moment and number on it.
    fn place(&self) -> (Instant, CaseNo) {
        let place = self.after.split_once('~').and_then(|(at, no)| Some((at.parse().ok()?, no)));
        place.map_or((Instant(i64::MAX), CaseNo(String::new())), |(at, no)| (Instant(at), no.into()))
    }

    fn next(&self, last: &PublicCase) -> String {
        let narrowed = [("kind", &self.kind), ("unit", &self.unit), ("state", &self.state)];
        let kept = narrowed.into_iter().filter(|(_, value)| is_word(value));
        let kept: String = kept.map(|(name, value)| format!("{name}={value}&")).collect();
        format!("/public?{kept}after={}~{}", last.published_at.0, last.no)
    }
}

/// Ids and states are plain words; nothing else is carried on in an address.
fn is_word(value: &str) -> bool {
    !value.is_empty() && value.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
}

#[derive(Template)]
#[template(path = "public/list.html")]
struct List {
    page: Page,
    asked: Asked,
    kinds: Vec<Choice>,
    units: Vec<Choice>,
    states: Vec<Choice>,
    cases: Vec<Card>,
    next: Option<String>,
}

pub(super) async fn show(
    State(app): State<App>,
    page: Page,
    Query(asked): Query<Asked>,
) -> Result<Response, Error> {
    let in_force = app.policy_in_force();
    let policy = &in_force.policy;
    let wanted = asked.clone();
    let (mut found, in_use) =
        app.db.read(move |tx| Ok::<_, Error>((published(tx, &wanted)?, units_shown(tx)?))).await?;
    let has_more = found.len() > CASES_ON_A_PAGE;
    found.truncate(CASES_ON_A_PAGE);
    let next = found.last().filter(|_| has_more).map(|last| asked.next(last));
    let kinds = policy.kinds.iter().filter(|kind| !kind.restricted);
    let units = policy.units.iter().filter(|unit| in_use.contains(&unit.id.0) || unit.id.0 == asked.unit);
    html(List {
        page: page.titled("办理公开").at("public"),
        kinds: kinds.map(|kind| Choice::new(kind.id.as_str(), &kind.name)).collect(),
        units: units.map(|unit| Choice::new(unit.id.as_str(), &unit.name)).collect(),
        states: vec![Choice::new("open", "办理中"), Choice::new("answered", "已答复")],
        cases: found.iter().map(|case| case.card(policy)).collect(),
        next,
        asked,
    })
}

fn published(tx: &mut Tx, asked: &Asked) -> Result<Vec<PublicCase>, Error> {
    let (before, before_no) = asked.place();
    // Which published cases fit, the newest first, and how many met the same?
    tx.query_map(
        "select case_no, public_title, kind, unit, stage, signed_at, round, solved, submitted_at, replied_at,
           published_at,
           (select count(*) from case_echoes where case_echoes.case_no = cases.case_no) as echoes
         from cases
         where is_published = 1
           and ($1 = '' or kind = $1)
           and ($2 = '' or unit = $2)
           and ($3 = '' or $3 = case when stage in ('submitted', 'accepted', 'assigned') then 'open' else 'answered' end)
           and (published_at < $4 or (published_at = $4 and case_no > $5))
         order by published_at desc, case_no
         limit $6",
        params![&asked.kind, &asked.unit, &asked.state, before, before_no, CASES_ON_A_PAGE + 1],
        PublicCase::of,
    )
}

fn units_shown(tx: &mut Tx) -> Result<Vec<String>, Error> {
    // Which units have something published?
    tx.query_map(
        "select distinct unit
         from cases
         where is_published = 1
           and unit is not null",
        params![],
        |row| Ok(row.text("unit")?),
    )
}
