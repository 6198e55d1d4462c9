//! One order of a squad: where, what, pictures, until when; nobody's name, and what a requester wrote of themselves is
//! covered as it would be for the public.

use super::{Member, acts};
use crate::cases::covering;
use crate::cases::log::Standing;
use crate::cases::offers::offers;
use crate::cases::photos;
use crate::cases::timeline::{self, Ear, Item, Telling};
use crate::dossier::{place_words, unit_name};
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use huiyin_domain::access::Act;
use huiyin_domain::case::{Event, TextKind};
use huiyin_domain::ids::CaseNo;
use huiyin_foundation::error::Error;
use huiyin_foundation::say::{self, Due};
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Choice, Filled, Page, Photo, html};
use std::collections::BTreeMap;

/// What is shown besides the order itself.
#[derive(Default)]
pub(super) struct Showing {
    /// The act whose form is open.
    pub open: &'static str,
    /// What stands in the forms.
    pub form: Filled,
    /// Why an act was not done.
    pub notice: String,
    /// What is said of the act that was just done.
    pub done: &'static str,
    /// The status of the answer.
    pub status: StatusCode,
}

#[derive(Template)]
#[template(path = "squad/order.html")]
struct Order {
    page: Page,
    no: CaseNo,
    title: String,
    body: String,
    place: String,
    unit: String,
    phone: String,
    told: String,
    due: Option<Due>,
    photos: Vec<Photo>,
    lines: Vec<(Item, Vec<Photo>)>,
    has_arrived: bool,
    may_arrive: bool,
    may_report: bool,
    moments: Vec<Choice>,
    outcomes: Vec<Choice>,
    showing: Showing,
    files_max: u16,
}

/// GET /squad/{no}
pub(super) async fn page(
    State(app): State<App>,
    Path(no): Path<String>,
    Query(asked): Query<BTreeMap<String, String>>,
    page: Page,
) -> Result<Response, Error> {
    let member = Member::of(&page.visitor)?;
    let done = acts::done(asked.get("done").map(String::as_str).unwrap_or_default());
    show(&app, page, member, CaseNo(no), Showing { done, ..Showing::default() }).await
}

/// Shows the order.
pub(super) async fn show(
    app: &App,
    page: Page,
    member: Member,
    no: CaseNo,
    showing: Showing,
) -> Result<Response, Error> {
    let standing = Standing::of(app);
    let (seen, stored, behind) = {
        let (school, standing, member, no) = (app.clone(), standing.clone(), member.clone(), no.clone());
        app.db
            .read(move |tx| {
                let seen = member.see(tx, &standing.bench(&school.keys), &no)?;
                let stored = photos::of_case(tx, &no, &seen.loaded.record)?;
                let behind = covering::names_behind(tx, &seen)?;
                Ok::<_, Error>((seen, stored, behind))
            })
            .await?
    };
    let (case, policy) = (seen.case(), &standing.policy.policy);
    let offers = offers(&seen, &standing.bench(&app.keys));
    // The names of people stand nowhere on this page.
    let names = BTreeMap::new();
    let telling = Telling {
        ear: Ear::Staff,
        hats: &seen.hats,
        now: standing.now,
        policy,
        names: &names,
        law: policy.law_of(case),
    };
    let covered = |text: &str| covering::covered_for(text, &behind);
    let with_photos = |item: Item| {
        let (photos, _) = photos::shown(&item, &stored, &app.keys, standing.now);
        (Item { words: covered(&item.words), ..item }, photos)
    };
    let lines = timeline::timeline(&seen.loaded, &seen.texts, &telling).into_iter().map(with_photos);
    let called = seen.loaded.record.iter().rev().find(|line| matches!(line.event, Event::SquadCalled(_)));
    let told = called.map_or("", |line| seen.texts.of(line.seq, TextKind::Words)).to_owned();
    let promise = case.next_promise();
    let due =
        promise.map(|promise| say::due(standing.now, promise.due, promise.calendar, &standing.calendar));
    let (photos, _) = photos::linked(&case.files, &stored, &app.keys, standing.now);
    let has_errors = !showing.form.errors.is_empty();
    let status = showing.status;
    let unit = case.unit.as_ref();
    let order = Order {
        title: covered(seen.texts.title()),
        body: covered(seen.texts.body()),
        place: place_words(policy, case.place.as_ref(), seen.texts.room()),
        unit: unit.map_or_else(String::new, |unit| unit_name(policy, unit)),
        phone: unit.and_then(|id| policy.unit(id)).map_or_else(String::new, |unit| unit.phone.clone()),
        lines: lines.collect(),
        has_arrived: case.field.arrived_at.is_some(),
        may_arrive: offers.has(Act::Arrive),
        may_report: offers.has(Act::ReportWork),
        moments: vec![Choice::new("before", "修前"), Choice::new("after", "修后")],
        outcomes: vec![
            Choice::new("yes", "修好了").hinting("等单位确认、答复"),
            Choice::new("no", "办不了").hinting("还给单位"),
        ],
        files_max: policy.attachments.count_max,
        page: page.titled("服务队工单").back_to("/squad").beside(member.side(policy)).with_errors(has_errors),
        no,
        told,
        due,
        photos,
        showing,
    };
    Ok((status, html(order)?).into_response())
}
