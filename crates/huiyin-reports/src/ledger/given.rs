//! The term's ledger for other programs and for the office's own spreadsheet: the columns the rule names, the whole
//! school, nobody's name.

use super::queries;
use super::row::Line;
use super::{sheet, sum, term_asked};
use huiyin_domain::calendar::{Instant, Term};
use huiyin_domain::policy::Policy;
use huiyin_foundation::db::Tx;
use huiyin_foundation::error::Error;
use serde::Serialize;

/// The heads of the columns.
pub const GIVEN_HEADS: [&str; 7] = ["序号", "编号", "承办单位", "反映问题", "反映渠道", "办理情况", "原因"];

const WIDTHS: [f64; 7] = [6.0, 19.0, 20.0, 40.0, 14.0, 10.0, 40.0];

/// The ledger of a term.
#[derive(Debug)]
pub struct Given {
    /// The term.
    pub term: Term,
    /// Every case that came in during it, in the order of their coming.
    pub lines: Vec<GivenLine>,
    /// How many there are and how many are done, in words.
    pub sum: String,
}

/// One case of it, in words.
#[derive(Debug, Serialize)]
pub struct GivenLine {
    /// 序号
    pub serial: usize,
    /// 编号
    pub number: String,
    /// 承办单位; empty while nobody has it.
    pub unit: String,
    /// 反映问题
    pub title: String,
    /// 反映渠道
    pub channel: String,
    /// 办理情况
    pub state: &'static str,
    /// 原因, of what is not done.
    pub reason: String,
}

/// The ledger of a term, by its id; without one of the term we are in. None if the settings name no such term.
pub fn given(tx: &mut Tx, policy: &Policy, asked: &str, now: Instant) -> Result<Option<Given>, Error> {
    let Some(term) = term_asked(asked, policy, now).cloned() else { return Ok(None) };
    let found = queries::of_term(tx, None, term.from.start(), term.until.next().start())?;
    let lines: Vec<Line> =
        found.into_iter().zip(1..).map(|(case, serial)| Line::of(case, serial, policy, now)).collect();
    Ok(Some(Given { sum: sum(&lines), lines: lines.into_iter().map(GivenLine::of).collect(), term }))
}

/// The same as a workbook.
pub fn given_workbook(given: &Given, school: &str) -> Result<Vec<u8>, Error> {
    let title = format!("问题办理情况汇总表　{school}　{}", given.term.name);
    let rows = given.lines.iter().map(GivenLine::cells);
    sheet::table(&title, &WIDTHS, &GIVEN_HEADS, rows, &given.sum).map_err(Error::internal)
}

impl GivenLine {
    fn of(line: Line) -> GivenLine {
        let Line { serial, no, unit, title, channel, state, reason, .. } = line;
        GivenLine { serial, number: no, unit, title, channel, state, reason }
    }

    /// The cells in the order of [`GIVEN_HEADS`].
    pub fn cells(&self) -> [String; 7] {
        [
            self.serial.to_string(),
            self.number.clone(),
            self.unit.clone(),
            self.title.clone(),
            self.channel.clone(),
            self.state.to_owned(),
            self.reason.clone(),
        ]
    }
}
