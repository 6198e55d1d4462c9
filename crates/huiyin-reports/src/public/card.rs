//! A published case as lists show it.

use crate::stored;
use huiyin_domain::calendar::Instant;
use huiyin_domain::case::Stage;
use huiyin_domain::ids::{CaseNo, KindId, UnitId};
use huiyin_domain::policy::Policy;
use huiyin_foundation::db::Row;
use huiyin_foundation::error::Error;
use huiyin_foundation::say::{self, Tag};

/// A published case as it is stored.
#[derive(Clone, Debug)]
pub struct PublicCase {
    /// Its number.
    pub no: CaseNo,
    /// The title made for the public.
    pub title: String,
    /// Which kind.
    pub kind: KindId,
    /// Whose matter it is, if it has a unit.
    pub unit: Option<UnitId>,
    /// Where it stands.
    pub stage: Stage,
    /// The same in words.
    pub tag: Tag,
    /// How many others met the same.
    pub echoes: i64,
    /// When it came in; for counting how long it took only.
    pub submitted_at: Instant,
    /// When it was answered.
    pub replied_at: Option<Instant>,
    /// When it was shown to everybody.
    pub published_at: Instant,
}

impl PublicCase {
    /// Reads a row with the columns `case_no`, `public_title`, `kind`, `unit`, `stage`, `signed_at`, `round`, `solved`,
    /// `submitted_at`, `replied_at`, `published_at` and `echoes`.
    pub fn of(row: &Row) -> Result<PublicCase, Error> {
        Ok(PublicCase {
            no: row.get("case_no")?,
            title: row.opt_text("public_title")?.unwrap_or_default(),
            kind: row.get("kind")?,
            unit: row.get("unit")?,
            stage: stored::stage(row)?,
            tag: stored::tag(row)?,
            echoes: row.int("echoes")?,
            submitted_at: row.instant("submitted_at")?,
            replied_at: row.opt_instant("replied_at")?,
            published_at: row.instant("published_at")?,
        })
    }

    /// How long the answer took, if there is one.
    pub fn took(&self) -> Option<String> {
        let replied_at = self.replied_at.filter(|_| !self.stage.is_open())?;
        Some(say::lasted(replied_at.0 - self.submitted_at.0))
    }

    /// The case in the words of a list.
    pub fn card(&self, policy: &Policy) -> Card {
        let unit = self.unit.as_ref().map(|unit| stored::unit_name(policy, unit));
        let what = match (self.took(), unit) {
            (Some(took), Some(unit)) => format!("{unit} · 用时 {took}答复"),
            (Some(took), None) => format!("用时 {took}答复"),
            (None, Some(unit)) => format!("{unit}办理中"),
            (None, None) => "正在安排办理单位".to_owned(),
        };
        let kind = policy.kind(&self.kind);
        Card {
            href: format!("/public/{}", self.no),
            title: self.title.clone(),
            tag: self.tag,
            kind: kind.map_or_else(|| self.kind.to_string(), |kind| kind.name.clone()),
            colour: kind.map_or(2, |kind| kind.colour),
            echoes: self.echoes,
            what,
        }
    }
}

/// A published case in the words of a list.
#[derive(Clone, Debug)]
pub struct Card {
    /// The way to it.
    pub href: String,
    /// Its title.
    pub title: String,
    /// Where it stands.
    pub tag: Tag,
    /// 报修
    pub kind: String,
    /// Colour of the kind.
    pub colour: u8,
    /// How many others met the same.
    pub echoes: i64,
    /// 后勤管理处 · 用时 3 天答复
    pub what: String,
}
