//! My cases (page S8): those in progress, those that wait for me, those that have ended.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use huiyin_domain::case::{Solved, Stage};
use huiyin_domain::policy::Policy;
use huiyin_foundation::db::{Row, Tx};
use huiyin_foundation::error::Error;
use huiyin_foundation::params;
use huiyin_foundation::say::{self, Due, Tag};
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Page, Pages, Tab, html};
use serde::Deserialize;

use crate::cases::cosigning::{self, Cosigned};
use crate::cases::due;
use crate::cases::log::Standing;

const PAGE_SIZE: u64 = 20;

/// Which of one's cases are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum View {
    All,
    Open,
    WaitsForMe,
    Ended,
}

impl View {
    const ALL: [(View, &'static str, &'static str); 4] = [
        (View::All, "", "全部"),
        (View::Open, "open", "进行中"),
        (View::WaitsForMe, "mine", "等我回应"),
        (View::Ended, "ended", "已结束"),
    ];

    fn of(word: &str) -> View {
        View::ALL.iter().find(|(_, name, _)| *name == word).map_or(View::All, |(view, ..)| *view)
    }

    /// The stages it holds, as stored, between spaces; a case whose requester is asked for more stands as `asked`.
    fn stages(self) -> &'static str {
        match self {
            View::All => {
                " submitted accepted assigned asked replied rated archived declined withdrawn merged "
            }
            View::Open => " submitted accepted assigned asked ",
            View::WaitsForMe => " asked replied ",
            View::Ended => " rated archived declined withdrawn merged ",
        }
    }
}

/// What the address says.
#[derive(Deserialize)]
pub(super) struct Ask {
    #[serde(default)]
    view: String,
    #[serde(default)]
    page: Option<u64>,
}

/// A line of the list.
struct Line {
    no: String,
    title: String,
    tag: Tag,
    kind: (u8, String),
    unit: String,
    when: String,
    due: Option<Due>,
    waits_for_me: bool,
    is_asked: bool,
}

#[derive(Template)]
#[template(path = "cases/own/mine.html")]
struct Mine {
    page: Page,
    tabs: Vec<Tab>,
    lines: Vec<Line>,
    pages: Pages,
    /// What others asked them to co-sign; only on the first of the pages that shows everything.
    cosigned: Vec<Cosigned>,
}

/// GET /cases
pub(super) async fn list(
    State(app): State<App>,
    Query(ask): Query<Ask>,
    page: Page,
) -> Result<Response, Error> {
    let person = page.visitor.person.clone().ok_or(Error::SignIn)?;
    let (view, number) = (View::of(&ask.view), ask.page.unwrap_or(1));
    let keys = app.keys.own_refs(&person);
    let (standing, school) = (Standing::of(&app), app.clone());
    let read = app.db.read(move |tx| {
        let (tabs, lines, pages) = read(tx, &standing, &keys, view, number)?;
        let cosigned = match (view, number) {
            (View::All, 1) => cosigning::of_person(tx, &standing.bench(&school.keys), &person)?,
            _ => Vec::new(),
        };
        Ok::<_, Error>((tabs, lines, pages, cosigned))
    });
    let (tabs, lines, pages, cosigned) = read.await?;
    html(Mine { page: page.titled("我的诉求").at("mine"), tabs, lines, pages, cosigned })
}

fn read(
    tx: &mut Tx,
    standing: &Standing,
    [open, sealed]: &[String; 2],
    view: View,
    number: u64,
) -> Result<(Vec<Tab>, Vec<Line>, Pages), Error> {
    // How many of my cases stand where?
    let counts = tx.query(
        "select case when asked_at is null then stage else 'asked' end as stands, count(*) as n
         from cases
         where requester_key in ($1, $2)
         group by 1",
        params![open, sealed],
    )?;
    let count = |view: View| -> Result<u64, Error> {
        let of_view = counts.iter().filter(|row| {
            row.str("stands").is_ok_and(|stands| view.stages().contains(&format!(" {stands} ")))
        });
        of_view.map(|row| Ok(row.get::<u64>("n")?)).sum()
    };
    let mut tabs = Vec::new();
    for (tab, name, words) in View::ALL {
        let href = if name.is_empty() { "/cases".to_owned() } else { format!("/cases?view={name}") };
        let tone = if tab == View::WaitsForMe { "warn" } else { "mute" };
        tabs.push(Tab { href, words: words.into(), count: Some(count(tab)?), tone, is_current: tab == view });
    }
    let base = View::ALL.iter().find(|(known, ..)| *known == view).map_or("", |(_, name, _)| *name);
    let base = if base.is_empty() { "/cases".to_owned() } else { format!("/cases?view={base}") };
    let pages = Pages::new(count(view)?, number, PAGE_SIZE, base);
    // Which of my cases are on this page? What waits for me comes first, then the newest.
    let rows = tx.query(
        "select case_no, title, stage, signed_at, round, solved, kind, unit, submitted_at, next_due, next_calendar,
           next_clock, urgency, asked_at
         from cases
         where requester_key in ($1, $2)
           and $3 like '% ' || case when asked_at is null then stage else 'asked' end || ' %'
         order by case when stage = 'replied' or asked_at is not null then 0 else 1 end, submitted_at desc
         limit $4 offset $5",
        params![open, sealed, view.stages(), PAGE_SIZE as i64, pages.offset(PAGE_SIZE) as i64],
    )?;
    let lines = rows.iter().map(|row| line(row, standing)).collect::<Result<_, _>>()?;
    Ok((tabs, lines, pages))
}

fn line(row: &Row, standing: &Standing) -> Result<Line, Error> {
    let policy: &Policy = &standing.policy.policy;
    let stage = stored::<Stage>(&row.text("stage")?).unwrap_or(Stage::Submitted);
    let solved = row.opt_text("solved")?.and_then(|word| stored::<Solved>(&word));
    let kind = row.text("kind")?;
    let kind = policy.kinds.iter().find(|known| known.id.as_str() == kind);
    let unit = row.opt_text("unit")?;
    let unit = policy.units.iter().find(|known| Some(known.id.as_str()) == unit.as_deref());
    let now = standing.now;
    Ok(Line {
        no: row.text("case_no")?,
        title: row.text("title")?,
        tag: say::case_tag(stage, row.opt_instant("signed_at")?.is_some(), row.get("round")?, solved),
        kind: kind.map_or((2, String::new()), |kind| (kind.colour, kind.name.clone())),
        unit: unit.map(|unit| unit.name.clone()).unwrap_or_default(),
        when: say::moment(now, row.instant("submitted_at")?),
        due: due::next_due(row, now, &standing.calendar)?,
        is_asked: row.opt_instant("asked_at")?.is_some(),
        waits_for_me: stage == Stage::Replied && row.str("urgency")? != "critical",
    })
}

/// Reads a stored word back into its enum.
pub(super) fn stored<T: serde::de::DeserializeOwned>(word: &str) -> Option<T> {
    serde_json::from_value(serde_json::Value::String(word.to_owned())).ok()
}
