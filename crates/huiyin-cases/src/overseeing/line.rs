//! A line of these lists, and the page that shows them.

use crate::cases::log::Standing;
use crate::dossier::{kind_of, read, unit_name};
use askama::Template;
use huiyin_domain::calendar::Instant;
use huiyin_domain::case::Stage;
use huiyin_domain::ids::{CaseNo, UnitId};
use huiyin_foundation::db::Row;
use huiyin_foundation::error::Error;
use huiyin_foundation::index::Piece;
use huiyin_foundation::say::{self, Tag};
use huiyin_foundation::web::Page;

/// So many stand on a page.
pub(super) const ROWS: usize = 25;

/// One case of a list.
pub(crate) struct Line {
    pub no: CaseNo,
    pub title: String,
    /// The title with what was asked for.
    pub marked: Vec<Piece>,
    pub kind: (String, u8),
    pub unit: String,
    pub tag: Tag,
    pub when: String,
    /// The moment by which the list is ordered.
    pub came: Instant,
    /// Where the list goes on after it.
    pub cursor: String,
}

impl Line {
    /// Reads a row with `case_no`, `title`, `kind`, `unit`, `stage`, `signed_at`, `round`, `solved` and the moment `at` by
    /// which the list is ordered.
    pub fn of(row: &Row, standing: &Standing) -> Result<Line, Error> {
        let policy = &standing.policy.policy;
        let no: CaseNo = row.get("case_no")?;
        let at = row.instant("at")?;
        let stage = row.text("stage")?;
        let stage = Stage::ALL.into_iter().find(|known| known.word() == stage).unwrap_or(Stage::Assigned);
        let solved = row.opt_text("solved")?.and_then(|word| read(&word));
        let unit: Option<UnitId> = row.get("unit")?;
        let title = row.text("title")?;
        Ok(Line {
            marked: vec![Piece { text: title.clone(), is_found: false }],
            title,
            kind: kind_of(policy, &row.get("kind")?),
            unit: unit.map_or_else(|| "待转办".to_owned(), |unit| unit_name(policy, &unit)),
            tag: say::case_tag(stage, row.opt_instant("signed_at")?.is_some(), row.get("round")?, solved),
            when: say::moment(standing.now, at),
            came: at,
            cursor: format!("{}.{no}", at.0),
            no,
        })
    }
}

/// Where a list begins: before everything, or after the last line of the page before.
pub(super) fn before(cursor: &str) -> (Instant, String) {
    crate::dossier::after(cursor).map_or((Instant(i64::MAX), String::new()), |(at, no)| (Instant(at), no))
}

/// What stands on this page of a list that was read with one line more, and where the next begins; empty on the last.
pub(super) fn turned(mut lines: Vec<Line>, address: &str) -> (Vec<Line>, String) {
    let has_more = lines.len() > ROWS;
    lines.truncate(ROWS);
    let last = lines.last().filter(|_| has_more);
    let next = last.map_or_else(String::new, |last| format!("{address}after={}", last.cursor));
    (lines, next)
}

/// The page of a list.
#[derive(Template)]
#[template(path = "overseeing/list.html")]
pub(super) struct List {
    pub page: Page,
    pub intro: &'static str,
    /// What is done with a case of it.
    pub button: &'static str,
    /// What follows the address of a case.
    pub opening: &'static str,
    pub can_search: bool,
    pub q: String,
    pub when_of: &'static str,
    /// How it was found, a sentence each.
    pub notes: Vec<String>,
    pub lines: Vec<Line>,
    pub empty: &'static str,
    pub next: String,
}
