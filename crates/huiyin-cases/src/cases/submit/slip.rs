//! After registering: the number, and the slip to print. Its lower part goes with the person: number, receipt code, what
//! happens next. On paper an anonymous person stays anonymous.

use super::outlook::{self, Prospect};
use super::register::{Entry, next_address};
use crate::cases::log::Standing;
use askama::Template;
use axum::response::Response;
use huiyin_domain::case::Case;
use huiyin_domain::ids::{CaseNo, UnitId};
use huiyin_foundation::error::Error;
use huiyin_foundation::say;
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Page, html};

/// A matter just registered.
pub(super) struct Registered {
    /// Its number.
    pub no: CaseNo,
    /// The receipt code for the person, in groups.
    pub code: String,
    /// How it stands.
    pub case: Case,
    /// What was registered.
    pub entry: Entry,
    /// The unit whose desk the registrar sits at; none for a clerk.
    pub desk: Option<UnitId>,
    /// Where the registrar sits, in words.
    pub seat: String,
}

#[derive(Template)]
#[template(path = "cases/submit/slip.html")]
struct SlipPage {
    page: Page,
    no: CaseNo,
    code: String,
    /// Where the registrar sees the case; empty when it went to others.
    here: String,
    next: String,
    rows: Vec<(&'static str, String)>,
    prospects: Vec<Prospect>,
    registrar: String,
}

/// The page after registering.
pub(super) fn show(
    app: &App,
    standing: &Standing,
    page: Page,
    registered: Registered,
) -> Result<Response, Error> {
    let bench = standing.bench(&app.keys);
    let Registered { no, code, case, entry, desk, seat } = registered;
    let here = match &desk {
        None => format!("/staff/cases/{no}"),
        Some(desk) if case.unit.as_ref() == Some(desk) => format!("/desk/{desk}/cases/{no}"),
        Some(_) => String::new(),
    };
    let mut prospects = outlook::prospects(&bench, &case);
    if entry.submission.unit.is_some()
        && let Some(unit) = case.unit.as_ref().and_then(|id| bench.policy.unit(id))
    {
        prospects[0] = outlook::given_by_hand(&unit.name);
    }
    html(SlipPage {
        no,
        code,
        here,
        next: next_address(&case.channel, case.kind.as_str()),
        rows: rows(standing, &case, &entry),
        prospects,
        registrar: format!("{seat} {}", page.visitor.name),
        page: page.titled("已登记").back_to("/register"),
    })
}

fn rows(standing: &Standing, case: &Case, entry: &Entry) -> Vec<(&'static str, String)> {
    let policy = &standing.policy.policy;
    let submission = &entry.submission;
    let channel = policy.channel(&case.channel).map_or("", |channel| channel.name.as_str());
    let kind = policy.kind(&case.kind).map_or("", |kind| kind.name.as_str());
    let place = case.place.as_ref().and_then(|id| policy.place(id)).map_or("", |place| place.name.as_str());
    let unit = case.unit.as_ref().and_then(|id| policy.unit(id));
    // An officer's own unit was chosen and the words spoke of danger: say where it went instead.
    let nobody = if case.is_crisis() {
        "待受理员派单（可能有人身危险，已提醒受理员）"
    } else {
        "待受理员派单"
    };
    let is_anonymous = case.identity == huiyin_domain::case::Identity::Anonymous;
    let personal = |words: &str| if is_anonymous { String::new() } else { words.to_owned() };
    let mut rows = vec![
        ("来源", channel.to_owned()),
        ("登记时间", format!("{} {}", standing.now.day(), standing.now.time_of_day())),
        ("类型", kind.to_owned()),
        ("反映人", personal(&submission.on_behalf_of)),
        ("联系方式", personal(&submission.contact)),
        ("身份", say::identity(case.identity).to_owned()),
        ("地点", format!("{place} {}", submission.place.room).trim().to_owned()),
        ("问题", submission.title.clone()),
        ("说明", submission.body.clone()),
        ("承办", unit.map_or_else(|| nobody.to_owned(), |unit| unit.name.clone())),
    ];
    rows.retain(|(_, words)| !words.is_empty());
    rows
}
