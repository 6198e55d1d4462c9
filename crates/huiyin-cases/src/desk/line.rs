//! A line of a list: the folded row of a case in the words an officer reads. The names of requesters and officers of a
//! whole page come from two questions, not from one for each line.

use super::queries::PAGE_ROWS;
use super::seat::Seat;
use super::view::Cursor;
use crate::cases::due;
use crate::cases::log::Standing;
use crate::cases::opinions;
use crate::cases::texts;
use crate::dossier::{self, kind_of, place_words, unit_name};
use huiyin_domain::calendar::Instant;
use huiyin_domain::case::{ClockCalendar, Solved, Stage};
use huiyin_domain::ids::{CaseNo, ChannelId, PersonId, PlaceId, UnitId};
use huiyin_domain::policy::Policy;
use huiyin_foundation::db::{Row, Tx};
use huiyin_foundation::error::Error;
use huiyin_foundation::index::Piece;
use huiyin_foundation::say::{self, Due, Tag};
use std::collections::BTreeMap;

/// A case in a list.
pub(super) struct Line {
    /// Its number.
    pub no: CaseNo,
    /// The number of its last event.
    pub seen: u32,
    /// Its title.
    pub title: String,
    /// The title with what was asked for, where somebody asked.
    pub marked: Vec<Piece>,
    /// What is due next.
    pub due: Option<Due>,
    /// Kind: name and colour.
    pub kind: (String, u8),
    /// Where.
    pub place: String,
    /// The requester, as far as the unit may know.
    pub requester: String,
    /// Which way it came.
    pub channel: String,
    /// How it stands.
    pub tag: Tag,
    /// Who signed for it; empty while nobody has.
    pub officer: String,
    /// Whether it waits to be signed for.
    pub is_unsigned: bool,
    /// Small remarks under the title.
    pub marks: Vec<Mark>,
    /// When it came in.
    pub came: String,
}

/// A small remark: icon, words, and whether it presses.
pub(super) struct Mark {
    /// Icon of the sprite; may be empty.
    pub icon: &'static str,
    /// The words.
    pub words: String,
    /// In red.
    pub presses: bool,
}

impl Line {
    /// The CSS class of its edge.
    pub fn edge(&self) -> &'static str {
        match self.due.as_ref().map(|due| due.tone.edge()) {
            Some("late") => "is-late",
            Some("soon") => "is-soon",
            _ => "",
        }
    }

    /// Where the unit only assists: what is due is its own opinion, and nothing once that is given.
    fn owes_opinion(&mut self, by: Instant, standing: &Standing) {
        let is_owed = by < opinions::GIVEN;
        let due = || say::due(standing.now, by, ClockCalendar::Working, &standing.calendar);
        self.due = is_owed.then(due);
        if !is_owed {
            let words =
                if by == opinions::GIVEN { "已给意见" } else { "这一轮没有请您单位给意见" };
            self.marks.insert(0, Mark { icon: "check", words: words.into(), presses: false });
        }
    }

    /// Whether its time is over.
    pub fn is_over(&self) -> bool {
        self.edge() == "is-late"
    }

    /// Whether it is over or due today.
    pub fn is_pressing(&self) -> bool {
        !self.edge().is_empty()
    }
}

/// Names that a page of lines needs.
#[derive(Default)]
pub(super) struct Names {
    people: BTreeMap<PersonId, String>,
    on_behalf: BTreeMap<CaseNo, String>,
}

impl Names {
    /// The name of a person; empty when it is not known.
    pub fn of(&self, person: Option<&PersonId>) -> String {
        person.and_then(|id| self.people.get(id)).cloned().unwrap_or_default()
    }
}

/// The names behind a page of rows.
pub(super) fn names(tx: &mut Tx, rows: &[Row]) -> Result<Names, Error> {
    let mut wanted: Vec<PersonId> = Vec::new();
    let mut registered: Vec<CaseNo> = Vec::new();
    for row in rows {
        let requester: Option<PersonId> = row.get("requester_id")?;
        if requester.is_none() && row.str("identity")? == "open" {
            registered.push(row.get("case_no")?);
        }
        wanted.extend(requester);
        wanted.extend(row.get::<Option<PersonId>>("officer")?);
    }
    wanted.sort();
    wanted.dedup();
    let people = dossier::names(tx, &wanted)?;
    let on_behalf = texts::on_behalf_of(tx, &registered)?;
    Ok(Names { people, on_behalf })
}

/// A row as a line.
pub(super) fn line(row: &Row, names: &Names, standing: &Standing) -> Result<Line, Error> {
    let policy = &standing.policy.policy;
    let no: CaseNo = row.get("case_no")?;
    let signed_at = row.opt_instant("signed_at")?;
    let officer: Option<PersonId> = row.get("officer")?;
    let stage = stage_of(row.str("stage")?)?;
    Ok(Line {
        seen: row.get("last_seq")?,
        title: row.text("title")?,
        marked: Vec::new(),
        due: due::next_due(row, standing.now, &standing.calendar)?,
        kind: kind_of(policy, &row.get("kind")?),
        place: place_words(policy, row.get::<Option<PlaceId>>("place")?.as_ref(), row.str("room")?),
        requester: requester(row, &no, names)?,
        channel: channel_of(policy, &row.get("channel")?),
        tag: say::case_tag(stage, signed_at.is_some(), row.get("round")?, solved_of(row)?),
        officer: names.of(officer.as_ref()),
        is_unsigned: stage == Stage::Assigned && signed_at.is_none(),
        marks: marks(row, policy)?,
        came: say::moment(standing.now, row.instant("submitted_at")?),
        no,
    })
}

/// A page of lines, and from where the next page goes on.
pub(super) fn page_of(
    tx: &mut Tx,
    mut rows: Vec<Row>,
    standing: &Standing,
    order_column: &'static str,
) -> Result<(Vec<Line>, Option<Cursor>), Error> {
    let has_more = rows.len() > PAGE_ROWS;
    rows.truncate(PAGE_ROWS);
    let names = names(tx, &rows)?;
    let mut lines = rows.iter().map(|row| line(row, &names, standing)).collect::<Result<Vec<_>, _>>()?;
    if order_column == "wanted_by" {
        for (line, row) in lines.iter_mut().zip(&rows) {
            line.owes_opinion(row.instant(order_column)?, standing);
            // Who has it in another unit is that unit's affair.
            let lead: Option<UnitId> = row.get("unit")?;
            line.officer = lead.map_or_else(String::new, |id| unit_name(&standing.policy.policy, &id));
        }
    }
    let next = match rows.last() {
        Some(last) if has_more => Some(Cursor { due: last.instant(order_column)?, no: last.get("case_no")? }),
        _ => None,
    };
    Ok((lines, next))
}

fn requester(row: &Row, no: &CaseNo, names: &Names) -> Result<String, Error> {
    Ok(match row.str("identity")? {
        "sealed" => "保密".into(),
        "anonymous" => "匿名".into(),
        _ => {
            let person: Option<PersonId> = row.get("requester_id")?;
            let known = names.of(person.as_ref());
            let known = if known.is_empty() { names.on_behalf.get(no).cloned() } else { Some(known) };
            known.unwrap_or_else(|| "实名".into())
        }
    })
}

fn marks(row: &Row, policy: &Policy) -> Result<Vec<Mark>, Error> {
    let mut marks = Vec::new();
    let mark = |icon, words: String, presses| Mark { icon, words, presses };
    match row.str("urgency")? {
        "critical" => marks.push(mark("triangle-alert", "特急".into(), true)),
        "urgent" => marks.push(mark("zap", "加急".into(), true)),
        _ => {}
    }
    if row.flag("is_key")? {
        marks.push(mark("triangle-alert", "重点督办".into(), true));
    }
    if row.opt_instant("asked_at")?.is_some() && row.opt_instant("next_due")?.is_none() {
        marks.push(mark("clock", "计时暂停".into(), false));
    }
    if row.opt_text("review_on")?.is_some() {
        marks.push(mark("archive", "已挂账".into(), false));
    }
    let urges: u32 = row.get("urges")?;
    if urges > 0 {
        marks.push(mark("", format!("已催办 {urges} 次"), true));
    }
    if let Some(post) = row.opt_text("leader")?
        && let Some(leader) = policy.leader(&post)
    {
        let words = match (row.flag("awaits_instruction")?, row.flag("is_instructed")?) {
            (true, _) => "已呈报",
            (false, true) => "批示：",
            (false, false) => "呈报过",
        };
        marks.push(mark("stamp", format!("{words}{}", leader.name), false));
    }
    if row.opt_text("next_clock")?.as_deref() == Some("first_reply") {
        marks.push(mark("", "待首次回应".into(), false));
    }
    let assisting: Vec<String> =
        row.str("assisting")?.split_whitespace().map(|id| unit_name(policy, &id.into())).collect();
    if !assisting.is_empty() {
        marks.push(mark("users", format!("协办：{}", assisting.join("、")), false));
    }
    Ok(marks)
}

/// The name of a channel.
pub(super) fn channel_of(policy: &Policy, id: &ChannelId) -> String {
    policy.channel(id).map_or_else(|| id.to_string(), |channel| channel.name.clone())
}

/// A stage by its stored word.
pub(super) fn stage_of(word: &str) -> Result<Stage, Error> {
    let found = Stage::ALL.into_iter().find(|stage| stage.word() == word);
    found.ok_or_else(|| Error::internal(format!("no stage is called {word}")))
}

fn solved_of(row: &Row) -> Result<Option<Solved>, Error> {
    Ok(row.opt_text("solved")?.and_then(|word| match word.as_str() {
        "yes" => Some(Solved::Yes),
        "partly" => Some(Solved::Partly),
        "no" => Some(Solved::No),
        _ => None,
    }))
}

impl Line {
    /// The way to its workbench.
    pub fn href(&self, seat: &Seat) -> String {
        format!("{}/cases/{}", seat.desk(), self.no)
    }
}
