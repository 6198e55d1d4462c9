//! A small school for tests that must not change when a preset does: its settings, its days, its people.

use huiyin_domain::access::{Duty, Role};
use huiyin_domain::calendar::{Calendar, DayKind, Instant, Term, TimeOfDay};
use huiyin_domain::case::{Actor, Clock, Identity, Level, Route, Submission, Urgency};
use huiyin_domain::ids::{KindId, UnitId};
use huiyin_domain::policy::*;

/// Units that still handle cases.
pub const UNITS: [&str; 5] = ["office", "logistics", "dormitories", "library", "students"];
/// Leader posts: in charge of logistics and what belongs to it, of the library, the head.
pub const POSTS: [&str; 3] = ["logistics-vp", "library-vp", "head"];
/// Kinds: an ordinary one, one that dispatches itself, one counted in school days, one that is protected.
pub const KINDS: [&str; 4] = ["inquiry", "repair", "suggestion", "report"];

/// The school's settings.
pub fn policy() -> Policy {
    let limit = |id: &str, clock| Limit {
        id: id.into(),
        clock,
        working_days: None,
        school_days: None,
        hours: None,
        same_day: false,
        routes: vec![],
        kinds: vec![],
        urgencies: vec![],
        reopened: false,
        clause: format!("第 {id} 条"),
    };
    let days =
        |id: &str, route, n| Limit { working_days: Some(n), routes: vec![route], ..limit(id, Clock::Result) };
    let urgent = vec![Urgency::Urgent, Urgency::Critical];
    Policy {
        school: School {
            name: "示例大学".into(),
            promise: "事事有回音".into(),
            duty_phone: "12345".into(),
            coordinator: "office".into(),
            practice: String::new(),
        },
        office: Office { opens: TimeOfDay { minutes: 510 }, closes: TimeOfDay { minutes: 1080 } },
        kinds: KINDS.map(kind).into(),
        units: vec![
            unit("office", None, Some("head")),
            unit("logistics", None, Some("logistics-vp")),
            unit("dormitories", Some("logistics"), None),
            unit("library", None, Some("library-vp")),
            unit("students", None, None),
            Unit { closed: true, ..unit("dissolved", None, None) },
        ],
        leaders: POSTS.map(|id| Leader { id: id.into(), name: id.into(), head: id == "head" }).into(),
        categories: vec![
            category("lighting", Some("dormitories"), &["灯"]),
            category("books", Some("library"), &["借书"]),
            category("other", None, &[]),
            Category { restricted: true, ..category("bullying", Some("students"), &["欺凌"]) },
        ],
        channels: vec![
            channel("online", false),
            channel("hotline", true),
            channel("phone", true),
            channel("congress", true),
        ],
        squads: vec![Squad {
            id: "squad".into(),
            name: "服务队".into(),
            unit: "dormitories".into(),
            kinds: vec![],
            categories: vec![],
            closed: false,
            clause: "服务队".into(),
        }],
        places: vec![Place {
            id: "dormitory-1".into(),
            name: "一号楼".into(),
            campus: String::new(),
            closed: false,
        }],
        limits: vec![
            Limit { hours: Some(2), urgencies: urgent.clone(), ..limit("ack-urgent", Clock::Acknowledge) },
            Limit { working_days: Some(1), ..limit("ack", Clock::Acknowledge) },
            Limit { same_day: true, urgencies: urgent, ..limit("first-urgent", Clock::FirstReply) },
            Limit { hours: Some(24), ..limit("first", Clock::FirstReply) },
            Limit { working_days: Some(2), reopened: true, ..limit("again", Clock::Result) },
            Limit { hours: Some(48), kinds: vec!["repair".into()], ..limit("repair", Clock::Result) },
            Limit { school_days: Some(4), kinds: vec!["suggestion".into()], ..limit("term", Clock::Result) },
            days("direct", Route::Direct, 3),
            days("transfer", Route::Transfer, 5),
            days("refer", Route::Refer, 7),
        ],
        supervision: Supervision {
            reply_working_days: Some(2),
            remind_hours_before: vec![24, 4],
            ladder: [
                (0, Level::UnitHead),
                (24, Level::Coordinator),
                (48, Level::LeaderInCharge),
                (72, Level::Head),
            ]
            .map(|(hours_after, level)| Rung { hours_after, level })
            .into(),
            clause: String::new(),
        },
        sending_back: SendingBack {
            within_working_days: Some(1),
            within_working_hours: None,
            times: 2,
            clause: "首接负责".into(),
        },
        assisting: Assisting { inner_working_days: 2, clause: "协办".into() },
        proposals: Proposals { automatic_from: Some(97), confirmed_min: 350, clause: "自动转办".into() },
        merging: Merging { undo_days: 7, clause: "并案".into() },
        extension: Extension { times: 1, working_days_max: 5, clause: "延期".into() },
        asking: Asking { times: 2, days: 5, clause: "请补充".into() },
        shelving: Shelving { review_days_max: 92, clause: "挂账".into() },
        answering: Answering { second_look: SecondLook::Restricted, clause: "先审后发".into() },
        rating: Rating {
            days: 7,
            automatic_rounds: 1,
            reopen_days: 15,
            effect_check_weeks: 4,
            follow_up_calls: 3,
            complaints: vec!["太慢".into(), "答非所问".into()],
            clause: String::new(),
        },
        urging: Urging { every_hours: 24 },
        handling_complaints: HandlingComplaints {
            answer_working_days: 3, clause: "反映办理问题".into()
        },
        attachments: Attachments { count_max: 9, size_mib_max: 10, megapixels_max: 50 },
        safety: Safety {
            crisis_words: vec!["轻生".into()],
            urgent_words: vec!["漏水".into()],
            phones: vec![],
            recusal_unit: Some("students".into()),
        },
        search: Search::default(),
        retention: Retention {
            notice_days: 3,
            clause: "保存期限".into(),
            rules: KINDS[..3].iter().map(|kind| kept(kind)).collect(),
        },
        warnings: Warnings {
            notice_people: 3,
            notice_days: 14,
            warning_people: 5,
            warning_days: 30,
            false_alarms_per_month: 4,
            clause: String::new(),
        },
        board: Board { sample_min: 5 },
        terms: vec![term("autumn", "2026-09-01", "2027-01-15"), term("spring", "2027-03-01", "2027-07-10")],
        statutory: vec![Statutory {
            id: "report-road".into(),
            name: "举报".into(),
            kinds: vec!["report".into()],
            categories: vec![],
            unit: "students".into(),
            days: 15,
            extension_days: Some(15),
            extension_by: ExtensionBy::Head,
            filing_days: None,
            rights: "还可以向上级反映。".into(),
            clause: "法定程序".into(),
            outcomes: None,
        }],
    }
}

fn kind(id: &str) -> Kind {
    Kind {
        id: id.into(),
        name: id.into(),
        entrance: id.into(),
        hint: String::new(),
        question: String::new(),
        icon: "dot".into(),
        colour: 2,
        on_home: true,
        identity: Identity::Open,
        public: true,
        needs_place: false,
        dispatches_itself: id == "repair",
        restricted: id == "report",
        note: String::new(),
    }
}

fn unit(id: &str, parent: Option<&str>, leader: Option<&str>) -> Unit {
    Unit {
        id: id.into(),
        name: id.into(),
        aliases: vec![],
        parent: parent.map(UnitId::from),
        leader: leader.map(str::to_owned),
        phone: String::new(),
        class: String::new(),
        closed: false,
        successor: None,
    }
}

fn category(id: &str, unit: Option<&str>, words: &[&str]) -> Category {
    Category {
        id: id.into(),
        name: id.into(),
        kinds: vec![],
        unit: unit.map(UnitId::from),
        assisting: vec![],
        words: words.iter().map(|word| (*word).to_owned()).collect(),
        restricted: false,
        valid_from: None,
        valid_until: None,
        by_place: vec![],
    }
}

fn channel(id: &str, registered_by_staff: bool) -> Channel {
    let (owner, audience) = ("office".into(), Audience::All);
    Channel {
        id: id.into(),
        name: id.into(),
        owner,
        audience,
        form: None,
        cosigners_min: (id == "congress").then_some(3),
        real_name_only: id == "congress",
        registered_by_staff,
        outside: id == "hotline",
        clause: String::new(),
    }
}

fn term(id: &str, from: &str, until: &str) -> Term {
    let day = |text: &str| text.parse().expect("a day");
    Term { id: id.into(), name: id.into(), from: day(from), until: day(until) }
}

/// The autumn of 2026 as the notice of the State Council's office has it; the rest of the year without holidays.
pub fn calendar() -> Calendar {
    let mut calendar = Calendar::default();
    calendar.know_year(2026, "国务院办公厅");
    let mut list = |text: &str, kind, name| calendar.list(text.parse().expect("a day"), kind, name);
    for day in ["2026-09-25", "2026-09-26", "2026-09-27"] {
        list(day, DayKind::Holiday, "中秋节");
    }
    for day in 1..=7 {
        list(&format!("2026-10-{day:02}"), DayKind::Holiday, "国庆节");
    }
    for day in ["2026-09-20", "2026-10-10"] {
        list(day, DayKind::Makeup, "国庆节");
    }
    calendar
}

/// A moment of 2026 in Shanghai, like `09-24 10:00`.
pub fn at(text: &str) -> Instant {
    let (day, time) = text.split_once(' ').expect("a day and a time");
    let day: huiyin_domain::calendar::Day = format!("2026-{day}").parse().expect("a day");
    day.at(time.parse().expect("a time"))
}

/// A plain submission; tests change what they are about.
pub fn submission(kind: &str) -> Submission {
    Submission {
        kind: KindId::from(kind),
        category: None,
        title: "图书馆几点开门".into(),
        body: String::new(),
        place: Default::default(),
        identity: Identity::Open,
        channel: "online".into(),
        danger: false,
        may_publish: true,
        contact: String::new(),
        on_behalf_of: String::new(),
        outside_no: String::new(),
        files: vec![],
        unit: None,
        about: vec![],
        split_from: None,
    }
}

/// A member of staff with one duty.
pub fn staff(role: Role, unit: Option<&str>, post: Option<&str>) -> Actor {
    let place = unit.or(post).unwrap_or("school");
    let duty = Duty { role, unit: unit.map(UnitId::from), post: post.map(str::to_owned) };
    Actor::Staff { person: format!("{}-{place}", role.word()).as_str().into(), duties: vec![duty] }
}

/// An officer of a unit.
pub fn officer(unit: &str) -> Actor {
    staff(Role::Officer, Some(unit), None)
}

/// The clerk of the coordinating office.
pub fn clerk() -> Actor {
    staff(Role::Clerk, Some("office"), None)
}

/// The holder of a leader post.
pub fn leader(post: &str) -> Actor {
    staff(Role::Leader, None, Some(post))
}

/// Kept for some days only, so that lives are long enough to see the end of it.
fn kept(kind: &str) -> RetentionRule {
    RetentionRule {
        kinds: vec![kind.into()],
        categories: vec![],
        contact_days: Some(2),
        requester_days: Some(3),
        words_days: Some(5),
        clause: "保存期限".into(),
    }
}
