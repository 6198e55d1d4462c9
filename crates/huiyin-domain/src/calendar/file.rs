//! Reads a file of `calendars/`: one year's holidays and make-up workdays, as the yearly notice words them (4.1).

use super::{Calendar, Day, DayKind};
use crate::reading::{Complaint, Sheet, Table};

/// The longest a festival lasts with its bridging days; a longer run is a slip of the pen.
const RUN_DAYS_MAX: usize = 31;

impl Calendar {
    /// Reads the text of a calendar file, or says everything that is wrong with it.
    pub fn parse(text: &str, file_name: &str) -> Result<Calendar, Vec<Complaint>> {
        let sheet = Sheet::parse(text, file_name);
        let mut calendar = Calendar::default();
        if sheet.is_clean() {
            read(&sheet.root(), &mut calendar);
        }
        if sheet.is_clean() { Ok(calendar) } else { Err(sheet.complaints()) }
    }
}

fn read(root: &Table<'_>, calendar: &mut Calendar) {
    let year = root.number("year", 1990..=2200) as i16;
    calendar.know_year(year, &root.text("source"));
    let festivals = root.tables("holidays");
    if festivals.is_empty() {
        root.complain("一年里至少要有一个节日，用 [[holidays]] 开头".to_owned());
    }
    root.complain_of_unknown_keys();
    for festival in &festivals {
        read_festival(festival, year, calendar);
    }
    for festival in &festivals {
        read_makeup_days(festival, year, calendar);
    }
}

fn read_festival(festival: &Table<'_>, year: i16, calendar: &mut Calendar) {
    let name = festival.text("name");
    let Some(from) = festival.day("from") else { return };
    let until = if festival.has("until") { festival.day("until").unwrap_or(from) } else { from };
    if until < from {
        festival.complain_of("until", format!("{name}的最后一天 {until} 早于第一天 {from}"));
    }
    let run: Vec<Day> = std::iter::successors(Some(from), |day| Some(day.next()))
        .take_while(|day| *day <= until)
        .take(RUN_DAYS_MAX + 1)
        .collect();
    if run.len() > RUN_DAYS_MAX {
        festival.complain_of("until", format!("{name}放假超过 {RUN_DAYS_MAX} 天，请核对日期"));
    }
    for day in run {
        if !belongs_to_notice(day, year) {
            festival.complain_of("from", format!("{day} 不在 {year} 年（可以带上前一年 12 月的日子）"));
        }
        if let Some((_, other)) = calendar.word_on(day) {
            festival.complain_of("from", format!("{day} 已经列为{other}放假"));
        }
        calendar.list(day, DayKind::Holiday, &name);
    }
}

fn read_makeup_days(festival: &Table<'_>, year: i16, calendar: &mut Calendar) {
    let name = festival.text("name");
    for (index, day) in festival.days("makeup").into_iter().enumerate() {
        if !belongs_to_notice(day, year) {
            festival.complain_of_item(
                "makeup",
                index,
                format!("{day} 不在 {year} 年（可以带上前一年 12 月的日子）"),
            );
        }
        match calendar.word_on(day) {
            Some((DayKind::Holiday, other)) => {
                festival.complain_of_item("makeup", index, format!("{day} 既列为{other}放假，又列为上班"));
            }
            Some((DayKind::Makeup, _)) => {
                festival.complain_of_item("makeup", index, format!("{day} 上班写了两次"));
            }
            None if !day.is_weekend() => {
                festival.complain_of_item("makeup", index, format!("{day} 不是周末，本来就上班"));
            }
            None => calendar.list(day, DayKind::Makeup, &name),
        }
    }
    festival.complain_of_unknown_keys();
}

/// A year's notice may also speak of the last December before it (2024 年元旦：2023-12-30 至 2024-01-01).
fn belongs_to_notice(day: Day, year: i16) -> bool {
    day.year() == year || (day.year() == year - 1 && day.0.month() == 12)
}
