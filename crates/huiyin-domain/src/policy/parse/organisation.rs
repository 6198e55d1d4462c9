//! The sections that say who and what: school, entrances, units, posts, catalogue, channels, places, terms.

use crate::calendar::Term;
use crate::ids::{KindId, UnitId};
use crate::policy::words::{AUDIENCES, IDENTITIES};
use crate::policy::{ByPlace, Category, Channel, Kind, Leader, Office, Place, School, Squad, Unit};
use crate::reading::Table;

pub(super) fn school(table: &Table<'_>) -> School {
    School {
        name: table.text("name"),
        promise: table.text("promise"),
        duty_phone: table.text_or_blank("duty_phone"),
        coordinator: UnitId(table.id("coordinator")),
        practice: table.text("practice"),
    }
}

pub(super) fn office(table: &Table<'_>) -> Option<Office> {
    let (opens, closes) = (table.written("opens", "08:30"), table.written("closes", "18:00"));
    Some(Office { opens: opens?, closes: closes? })
}

pub(super) fn kind(table: &Table<'_>) -> Kind {
    Kind {
        id: table.id("id").as_str().into(),
        name: table.text("name"),
        entrance: table.text("entrance"),
        hint: table.text("hint"),
        question: table.text("question"),
        icon: table.id("icon"),
        colour: table.number("colour", 1..=5) as u8,
        on_home: table.flag("on_home"),
        identity: table.choice("identity", &IDENTITIES),
        public: table.flag("public"),
        needs_place: table.flag("needs_place"),
        dispatches_itself: table.flag("dispatches_itself"),
        restricted: table.flag("restricted"),
        note: table.text("note"),
    }
}

pub(super) fn unit(table: &Table<'_>) -> Unit {
    Unit {
        id: UnitId(table.id("id")),
        name: table.text("name"),
        aliases: table.texts("aliases"),
        parent: table.optional_text("parent").map(UnitId),
        leader: table.optional_text("leader"),
        phone: table.text_or_blank("phone"),
        class: table.text_or_blank("class"),
        closed: table.flag("closed"),
        successor: table.optional_text("successor").map(UnitId),
    }
}

pub(super) fn leader(table: &Table<'_>) -> Leader {
    Leader { id: table.id("id"), name: table.text("name"), head: table.flag("head") }
}

pub(super) fn category(table: &Table<'_>) -> Category {
    Category {
        id: table.id("id").as_str().into(),
        name: table.text("name"),
        kinds: table.ids("kinds"),
        unit: table.optional_text("unit").map(UnitId),
        assisting: table.ids("assisting"),
        words: table.texts("words"),
        restricted: table.flag("restricted"),
        valid_from: table.has("valid_from").then(|| table.day("valid_from")).flatten(),
        valid_until: table.has("valid_until").then(|| table.day("valid_until")).flatten(),
        by_place: table.tables("by_place").iter().map(by_place).collect(),
    }
}

fn by_place(table: &Table<'_>) -> ByPlace {
    let read = ByPlace { places: table.ids("places"), unit: UnitId(table.id("unit")) };
    if read.places.is_empty() {
        table.complain_of("places", "by_place 要写明哪些地点".to_owned());
    }
    table.complain_of_unknown_keys();
    read
}

pub(super) fn squad(table: &Table<'_>) -> Squad {
    Squad {
        id: table.id("id").as_str().into(),
        name: table.text("name"),
        unit: UnitId(table.id("unit")),
        kinds: table.ids("kinds"),
        categories: table.ids("categories"),
        closed: table.flag("closed"),
        clause: table.text_or_blank("clause"),
    }
}

pub(super) fn channel(table: &Table<'_>) -> Channel {
    Channel {
        id: table.id("id").as_str().into(),
        name: table.text("name"),
        owner: UnitId(table.id("owner")),
        audience: table.choice("audience", &AUDIENCES),
        registered_by_staff: table.flag("registered_by_staff"),
        form: table.optional_text("form").map(KindId),
        real_name_only: table.flag("real_name_only"),
        cosigners_min: table.optional_number("cosigners_min", 1..=30),
        outside: table.flag("outside"),
        clause: table.text_or_blank("clause"),
    }
}

pub(super) fn place(table: &Table<'_>) -> Place {
    Place {
        id: table.id("id").as_str().into(),
        name: table.text("name"),
        campus: table.text_or_blank("campus"),
        closed: table.flag("closed"),
    }
}

pub(super) fn term(table: &Table<'_>) -> Option<Term> {
    let (id, name) = (table.id("id"), table.text("name"));
    let (from, until) = (table.day("from"), table.day("until"));
    Some(Term { id, name, from: from?, until: until? })
}
