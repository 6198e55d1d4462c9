//! TOML → [`Policy`], or everything that is wrong with it, each thing with file, line and reason (10.3).
//!
//! A preset may stand on a shipped one: `based_on = "campus"`. A section it writes replaces the whole section of the
//! base, a section it leaves out is the base's, so that a preset shows only what its practice does differently. What
//! [`to_toml`] writes stands on nothing; a section that came with a later release is campus' there, so that settings stored
//! before it can still be read.

mod conduct;
mod organisation;

use super::{Policy, check};
use crate::reading::{Complaint, Sheet, Table};
use crate::shipped;

/// Reads a preset or stored settings, or says everything that is wrong.
pub fn parse(text: &str, file_name: &str) -> Result<Policy, Vec<Complaint>> {
    let own = Sheet::parse(text, file_name);
    let root = own.root();
    let base_name = root.optional_text("based_on");
    let base_text = base_name.as_deref().and_then(shipped::preset_text);
    if let (Some(name), None) = (&base_name, base_text) {
        root.complain_of("based_on", format!("没有名为「{name}」的预设可以作底本"));
    }
    if !own.is_clean() {
        return Err(own.complaints());
    }
    let base_file = format!("presets/{}.toml", base_name.unwrap_or_default());
    let base = base_text.map(|text| Sheet::parse(text, &base_file));
    if base.as_ref().is_some_and(|base| base.root().has("based_on")) {
        root.complain_of("based_on", "底本自己也有底本，请直接以 campus 为底本".to_owned());
        return Err(own.complaints());
    }
    let house = Sheet::parse(shipped::preset_text("campus").unwrap_or_default(), "presets/campus.toml");
    let book = Book { own: root, base: base.as_ref().map(Sheet::root), house: house.root() };
    let policy = read(&book, || own.is_clean() && base.as_ref().is_none_or(Sheet::is_clean));
    let mut complaints = own.complaints();
    complaints.extend(base.as_ref().map(Sheet::complaints).unwrap_or_default());
    match policy {
        Some(policy) if complaints.is_empty() => Ok(policy),
        _ => Err(complaints),
    }
}

/// Writes a policy as TOML that `parse` reads back to the same value.
pub fn to_toml(policy: &Policy) -> String {
    toml::to_string_pretty(policy).expect("a policy has only texts, numbers, flags, lists and tables")
}

/// A preset with the one it stands on.
struct Book<'s> {
    own: Table<'s>,
    base: Option<Table<'s>>,
    /// The default preset, for sections that are younger than the text.
    house: Table<'s>,
}

impl<'s> Book<'s> {
    /// The table that holds this section: the preset's own if it writes the section, else the base's.
    fn holder(&self, key: &'static str) -> &Table<'s> {
        match &self.base {
            Some(base) if !self.own.has(key) => base,
            _ => &self.own,
        }
    }

    /// Reads a section that is one table.
    fn section<T>(&self, key: &'static str, read: impl Fn(&Table<'s>) -> T) -> Option<(T, Table<'s>)> {
        let table = self.holder(key).table(key)?;
        let value = read(&table);
        table.complain_of_unknown_keys();
        Some((value, table))
    }

    /// Reads a section that came with a later release.
    fn later_section<T>(&self, key: &'static str, read: impl Fn(&Table<'s>) -> T) -> Option<(T, Table<'s>)> {
        if self.base.is_some() || self.own.has(key) {
            return self.section(key, read);
        }
        let table = self.house.table(key)?;
        Some((read(&table), table))
    }

    /// Reads a section that is a list of tables and may not be empty.
    fn list<T>(&self, key: &'static str, read: impl Fn(&Table<'s>) -> T) -> Entries<'s, T> {
        let holder = self.holder(key);
        if holder.tables(key).is_empty() {
            holder.complain_of(key, format!("{key} 至少要写一项，用 [[{key}]] 开头"));
        }
        self.optional_list(key, read)
    }

    /// Reads a section that is a list of tables and may be empty.
    fn optional_list<T>(&self, key: &'static str, read: impl Fn(&Table<'s>) -> T) -> Entries<'s, T> {
        let tables = self.holder(key).tables(key);
        let values = tables.iter().map(|table| {
            let value = read(table);
            table.complain_of_unknown_keys();
            value
        });
        Entries { values: values.collect(), tables }
    }
}

/// What was read of a list, with where each entry stands.
pub(super) struct Entries<'s, T> {
    /// What was read.
    values: Vec<T>,
    /// One table for each value.
    tables: Vec<Table<'s>>,
}

/// Where the sections that are checked against one another stand.
pub(super) struct Sources<'s> {
    pub(super) school: Table<'s>,
    pub(super) office: Table<'s>,
    pub(super) supervision: Table<'s>,
    pub(super) safety: Table<'s>,
    pub(super) sending_back: Table<'s>,
    pub(super) kinds: Vec<Table<'s>>,
    pub(super) units: Vec<Table<'s>>,
    pub(super) leaders: Vec<Table<'s>>,
    pub(super) categories: Vec<Table<'s>>,
    pub(super) squads: Vec<Table<'s>>,
    pub(super) channels: Vec<Table<'s>>,
    pub(super) places: Vec<Table<'s>>,
    pub(super) limits: Vec<Table<'s>>,
    pub(super) retention: Table<'s>,
    pub(super) terms: Vec<Table<'s>>,
    pub(super) statutory: Vec<Table<'s>>,
}

/// Reads every section first, so that all complaints are heard, then checks them against one another.
fn read<'s>(book: &Book<'s>, is_clean: impl Fn() -> bool) -> Option<Policy> {
    let school = book.section("school", organisation::school);
    let office = book.section("office", organisation::office);
    let kinds = book.list("kinds", organisation::kind);
    let units = book.list("units", organisation::unit);
    let leaders = book.list("leaders", organisation::leader);
    let categories = book.list("categories", organisation::category);
    let squads = book.optional_list("squads", organisation::squad);
    let channels = book.list("channels", organisation::channel);
    let places = book.list("places", organisation::place);
    let limits = book.list("limits", conduct::limit);
    let supervision = book.section("supervision", conduct::supervision);
    let sending_back = book.section("sending_back", conduct::sending_back);
    let assisting = book.later_section("assisting", conduct::assisting);
    let merging = book.later_section("merging", conduct::merging);
    let proposals = book.later_section("proposals", conduct::proposals);
    let extension = book.later_section("extension", conduct::extension);
    let asking = book.later_section("asking", conduct::asking);
    let shelving = book.later_section("shelving", conduct::shelving);
    let answering = book.later_section("answering", conduct::answering);
    let rating = book.section("rating", conduct::rating);
    let urging = book.section("urging", conduct::urging);
    let handling_complaints = book.later_section("handling_complaints", conduct::handling_complaints);
    let attachments = book.section("attachments", conduct::attachments);
    let safety = book.section("safety", conduct::safety);
    let retention = book.later_section("retention", conduct::retention);
    let board = book.section("board", conduct::board);
    let warnings = book.later_section("warnings", conduct::warnings);
    let search = book.later_section("search", conduct::search);
    let terms = book.list("terms", organisation::term);
    let statutory = book.optional_list("statutory", conduct::statutory);
    book.own.complain_of_unknown_keys();

    let (school, school_at) = school?;
    let (office, office_at) = office?;
    let (supervision, supervision_at) = supervision?;
    let (safety, safety_at) = safety?;
    let sending_back = sending_back?;
    let retention = retention?;
    let policy = Policy {
        school,
        office: office?,
        kinds: kinds.values,
        units: units.values,
        leaders: leaders.values,
        categories: categories.values,
        squads: squads.values,
        channels: channels.values,
        places: places.values,
        limits: limits.values,
        supervision,
        sending_back: sending_back.0,
        assisting: assisting?.0,
        merging: merging?.0,
        proposals: proposals?.0,
        extension: extension?.0,
        asking: asking?.0,
        shelving: shelving?.0,
        answering: answering?.0,
        rating: rating?.0,
        urging: urging?.0,
        handling_complaints: handling_complaints?.0,
        attachments: attachments?.0,
        safety,
        board: board?.0,
        warnings: warnings?.0,
        search: search?.0,
        retention: retention.0,
        terms: terms.values.into_iter().collect::<Option<_>>()?,
        statutory: statutory.values,
    };
    let sources = Sources {
        school: school_at,
        office: office_at,
        supervision: supervision_at,
        safety: safety_at,
        sending_back: sending_back.1,
        kinds: kinds.tables,
        units: units.tables,
        leaders: leaders.tables,
        categories: categories.tables,
        squads: squads.tables,
        channels: channels.tables,
        places: places.tables,
        limits: limits.tables,
        retention: retention.1,
        terms: terms.tables,
        statutory: statutory.tables,
    };
    // A stand-in for something unreadable would make the limits look full of holes; pointers are checked all the same.
    let is_readable = is_clean();
    check::pointers(&policy, &sources);
    check::conduct(&policy, &sources);
    if is_readable {
        check::limits(&policy, &sources.limits);
    }
    Some(policy)
}
