//! The sections that say how: limits, reminders, handing back, more time, answering, judging, urging, attachments, safety, board.
//!
//! The bounds here only keep out slips of the pen; what is right for a school the school decides.

use crate::ids::UnitId;
use crate::policy::words::{CLOCKS, EXTENSION_BY, LEVELS, ROUTES, SECOND_LOOKS, URGENCIES};
use crate::policy::{
    Answering, Asking, Assisting, Attachments, Board, Extension, ExtensionBy, HandlingComplaints, Limit,
    Merging, OutcomeWords, Phone, Proposals, Rating, Retention, RetentionRule, Rung, Safety, Search,
    SendingBack, Shelving, Statutory, Supervision, Urging, Warnings,
};
use crate::reading::Table;

pub(super) fn limit(table: &Table<'_>) -> Limit {
    Limit {
        id: table.id("id"),
        clock: table.choice("clock", &CLOCKS),
        working_days: table.optional_number("working_days", 1..=90),
        school_days: table.optional_number("school_days", 1..=90),
        hours: table.optional_number("hours", 1..=2160),
        same_day: table.flag("same_day"),
        routes: table.choices("routes", &ROUTES),
        kinds: table.ids("kinds"),
        urgencies: table.choices("urgencies", &URGENCIES),
        reopened: table.flag("reopened"),
        clause: table.text("clause"),
    }
}

pub(super) fn supervision(table: &Table<'_>) -> Supervision {
    let rungs = table.tables("ladder");
    let rung = |rung: &Table<'_>| {
        let read =
            Rung { hours_after: rung.number("hours_after", 0..=2160), level: rung.choice("level", &LEVELS) };
        rung.complain_of_unknown_keys();
        read
    };
    Supervision {
        remind_hours_before: table.numbers("remind_hours_before", 0..=720),
        ladder: rungs.iter().map(rung).collect(),
        reply_working_days: table.optional_number("reply_working_days", 1..=15),
        clause: table.text("clause"),
    }
}

pub(super) fn sending_back(table: &Table<'_>) -> SendingBack {
    SendingBack {
        within_working_days: table.optional_number("within_working_days", 1..=30),
        within_working_hours: table.optional_number("within_working_hours", 1..=80),
        times: table.number("times", 0..=9),
        clause: table.text("clause"),
    }
}

pub(super) fn assisting(table: &Table<'_>) -> Assisting {
    Assisting { inner_working_days: table.number("inner_working_days", 1..=30), clause: table.text("clause") }
}

/// Below so many confirmed cases a model knows too little to go by.
const CONFIRMED_MIN: u16 = 350;

pub(super) fn proposals(table: &Table<'_>) -> Proposals {
    Proposals {
        automatic_from: table.optional_number("automatic_from", 80..=100),
        confirmed_min: table.number("confirmed_min", CONFIRMED_MIN..=u16::MAX),
        clause: table.text("clause"),
    }
}

pub(super) fn merging(table: &Table<'_>) -> Merging {
    Merging { undo_days: table.number("undo_days", 0..=90), clause: table.text("clause") }
}

pub(super) fn extension(table: &Table<'_>) -> Extension {
    Extension {
        times: table.number("times", 0..=9),
        working_days_max: table.number("working_days_max", 1..=60),
        clause: table.text("clause"),
    }
}

/// Settings from before this number was one stand with the number of the platform.
const ASKING_TIMES: u16 = 2;

pub(super) fn asking(table: &Table<'_>) -> Asking {
    Asking {
        times: table.optional_number("times", 0..=10).unwrap_or(ASKING_TIMES),
        days: table.number("days", 1..=60),
        clause: table.text("clause"),
    }
}

pub(super) fn shelving(table: &Table<'_>) -> Shelving {
    Shelving { review_days_max: table.number("review_days_max", 1..=730), clause: table.text("clause") }
}

pub(super) fn answering(table: &Table<'_>) -> Answering {
    Answering { second_look: table.choice("second_look", &SECOND_LOOKS), clause: table.text("clause") }
}

/// Settings from before this number was one stand with the number of the platform.
const FOLLOW_UP_CALLS: u16 = 3;

pub(super) fn rating(table: &Table<'_>) -> Rating {
    Rating {
        days: table.number("days", 1..=90),
        automatic_rounds: table.number("automatic_rounds", 0..=3),
        reopen_days: table.number("reopen_days", 0..=365),
        effect_check_weeks: table.optional_number("effect_check_weeks", 0..=52).unwrap_or_default(),
        follow_up_calls: table.optional_number("follow_up_calls", 0..=10).unwrap_or(FOLLOW_UP_CALLS),
        complaints: table.some_texts("complaints"),
        clause: table.text("clause"),
    }
}

pub(super) fn urging(table: &Table<'_>) -> Urging {
    Urging { every_hours: table.number("every_hours", 1..=720) }
}

pub(super) fn handling_complaints(table: &Table<'_>) -> HandlingComplaints {
    HandlingComplaints {
        answer_working_days: table.number("answer_working_days", 1..=30),
        clause: table.text("clause"),
    }
}

pub(super) fn statutory(table: &Table<'_>) -> Statutory {
    let words = table.has("outcomes").then(|| table.table("outcomes")).flatten();
    let outcomes = words.map(|words| {
        let read = OutcomeWords {
            solved: words.text("solved"),
            partly: words.text("partly"),
            explained: words.text("explained"),
        };
        words.complain_of_unknown_keys();
        read
    });
    Statutory {
        id: table.id("id"),
        name: table.text("name"),
        kinds: table.ids("kinds"),
        categories: table.ids("categories"),
        unit: UnitId(table.id("unit")),
        days: table.number("days", 1..=365),
        extension_days: table.optional_number("extension_days", 1..=365),
        extension_by: match table.has("extension_by") {
            true => table.choice("extension_by", &EXTENSION_BY),
            false => ExtensionBy::default(),
        },
        filing_days: table.optional_number("filing_days", 1..=365),
        rights: table.text("rights"),
        clause: table.text("clause"),
        outcomes,
    }
}

pub(super) fn attachments(table: &Table<'_>) -> Attachments {
    Attachments {
        count_max: table.number("count_max", 1..=20),
        size_mib_max: table.number("size_mib_max", 1..=50),
        megapixels_max: table.number("megapixels_max", 1..=200),
    }
}

pub(super) fn safety(table: &Table<'_>) -> Safety {
    let phones = table.tables("phones");
    let phone = |phone: &Table<'_>| {
        let read = Phone { name: phone.text("name"), number: phone.text("number") };
        phone.complain_of_unknown_keys();
        read
    };
    Safety {
        crisis_words: table.some_texts("crisis_words"),
        urgent_words: table.texts("urgent_words"),
        recusal_unit: table.optional_text("recusal_unit").map(UnitId),
        phones: phones.iter().map(phone).collect(),
    }
}

pub(super) fn board(table: &Table<'_>) -> Board {
    Board { sample_min: table.number("sample_min", 1..=1000) }
}

pub(super) fn warnings(table: &Table<'_>) -> Warnings {
    Warnings {
        notice_people: table.number("notice_people", 3..=100),
        notice_days: table.number("notice_days", 1..=90),
        warning_people: table.number("warning_people", 3..=100),
        warning_days: table.number("warning_days", 1..=90),
        false_alarms_per_month: table.number("false_alarms_per_month", 1..=100),
        clause: table.text("clause"),
    }
}

pub(super) fn search(table: &Table<'_>) -> Search {
    let search = Search { synonyms: table.texts("synonyms") };
    for (index, line) in search.synonyms.iter().enumerate() {
        if Search::words_of(line).len() < 2 {
            let message = format!("search.synonyms 里「{line}」只有一个词，同义的至少写两个，用空格隔开");
            table.complain_of_item("synonyms", index, message);
        }
    }
    search
}

/// A hundred years.
const KEPT_DAYS_MAX: u16 = 36_525;

pub(super) fn retention(table: &Table<'_>) -> Retention {
    let rules = table.tables("rules");
    let rule = |rule: &Table<'_>| {
        let read = RetentionRule {
            kinds: rule.ids("kinds"),
            categories: rule.ids("categories"),
            contact_days: rule.optional_number("contact_days", 1..=KEPT_DAYS_MAX),
            requester_days: rule.optional_number("requester_days", 1..=KEPT_DAYS_MAX),
            words_days: rule.optional_number("words_days", 1..=KEPT_DAYS_MAX),
            clause: rule.text("clause"),
        };
        rule.complain_of_unknown_keys();
        read
    };
    Retention {
        notice_days: table.number("notice_days", 1..=90),
        clause: table.text("clause"),
        rules: rules.iter().map(rule).collect(),
    }
}
