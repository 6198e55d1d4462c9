//! The presets and calendars that come with the program, built into it so that one binary is a whole school (10.1).
//!
//! Texts only; nothing here decides. A school may replace any of them by a file of its own.

use crate::calendar::Calendar;
use crate::policy::{self, Policy};

/// Every preset by name, the default first.
pub const PRESETS: [(&str, &str); 5] = [
    ("campus", include_str!("../../../presets/campus.toml")),
    ("echo-wall", include_str!("../../../presets/echo-wall.toml")),
    ("afternoon-tea", include_str!("../../../presets/afternoon-tea.toml")),
    ("information-channels", include_str!("../../../presets/information-channels.toml")),
    ("four-oclock", include_str!("../../../presets/four-oclock.toml")),
];

macro_rules! calendars {
    ($($year:literal)*) => { [$((concat!("calendars/", $year, ".toml"), include_str!(concat!("../../../calendars/", $year, ".toml")))),*] };
}

/// The calendar files of all years known when the program was built.
pub const CALENDARS: [(&str, &str); 23] = calendars!(
    2004 2005 2006 2007 2008 2009 2010 2011 2012 2013 2014 2015 2016 2017 2018 2019 2020 2021 2022 2023 2024 2025 2026
);

/// The text of a preset.
pub fn preset_text(name: &str) -> Option<&'static str> {
    PRESETS.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
}

/// A preset as a policy.
pub fn preset(name: &str) -> Option<Policy> {
    let policy = policy::parse(preset_text(name)?, &format!("presets/{name}.toml"));
    Some(policy.expect("every shipped preset is right: presets.rs reads them all"))
}

/// The calendar of all years that come with the program.
pub fn calendar() -> Calendar {
    let mut calendar = Calendar::default();
    for (file, text) in CALENDARS {
        calendar.merge(
            Calendar::parse(text, file).expect("every shipped calendar is right: calendar.rs reads them all"),
        );
    }
    calendar
}
