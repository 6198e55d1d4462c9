//! Field work (1.3): a case on the phone of whoever stands before the broken thing. Where it is, what is wrong, whom to ring,
//! until when; and four acts for one thumb: come, picture, done, part missing.
//!
//! Done is the answer of the workbench with its words proposed, under the same rules and the same second look. Having come
//! meets no clock: a first reply is words to the requester. What this page deliberately does not do: hand back, ask for
//! more, publish; the workbench is one link away.

pub(super) mod acts;
pub(super) mod list;
mod queries;

use super::seat::{self, Seat};
use super::view::Asked;
use super::workbench::{Requester, at_the_place, requester};
use crate::cases::log::Standing;
use crate::cases::offers::offers;
use crate::cases::photos;
use crate::cases::presence;
use crate::cases::reads;
use crate::cases::sight::Seen;
use crate::cases::timeline::{self, Ear, Item, Telling};
use crate::dossier::{self, place_words};
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use huiyin_domain::access::{Act, Hat};
use huiyin_domain::case::{Case, Urgency};
use huiyin_domain::ids::CaseNo;
use huiyin_domain::policy::{Policy, can_be_dialled};
use huiyin_foundation::error::Error;
use huiyin_foundation::say::{self, Due};
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Choice, Filled, Page, Photo, Side, html};

/// How many of the last lines of the record are shown.
const LAST_LINES: usize = 4;

/// What is shown besides the case itself.
#[derive(Default)]
struct Showing {
    /// The act whose form is open.
    open: &'static str,
    /// What stands in the forms; none to begin afresh.
    form: Option<Filled>,
    /// Why an act was not done, and the clause.
    notice: (String, String),
    /// What is said of the act that was just done.
    done: &'static str,
    /// The status of the answer.
    status: StatusCode,
}

#[derive(Template)]
#[template(path = "desk/field/order.html")]
struct Order {
    page: Page,
    here: String,
    workbench: String,
    no: String,
    title: String,
    body: String,
    place: String,
    urgency: Option<&'static str>,
    due: Option<Due>,
    standing: String,
    requester: Requester,
    can_ring: bool,
    photos: Vec<Photo>,
    lines: Vec<(Item, Vec<Photo>)>,
    has_arrived: bool,
    may_arrive: bool,
    may_picture: bool,
    may_finish: bool,
    /// The answer goes to the head of the unit first.
    is_looked_at: bool,
    may_await: bool,
    part_days_max: u16,
    /// The squads that may take it; empty where none may now.
    squads: Vec<Choice>,
    may_release: bool,
    moments: Vec<Choice>,
    form: Filled,
    open: &'static str,
    notice: (String, String),
    done: &'static str,
    seen: u32,
    files_max: u16,
}

/// The way to this page from the workbench; empty where there is no place to go to, or nothing to do there.
pub(super) fn way(seen: &Seen, seat: &Seat) -> String {
    let case = seen.case();
    let has_place = case.place.is_some() || !seen.texts.room().is_empty();
    let is_open = case.stage.is_open() && is_responsible(seen);
    if has_place && is_open { format!("{}/field/{}", seat.desk(), seen.no) } else { String::new() }
}

/// Somebody of the unit that has the case; whoever only assists has no order.
fn is_responsible(seen: &Seen) -> bool {
    seen.hats.iter().any(|hat| matches!(hat, Hat::Officer | Hat::UnitHead))
}

/// GET /desk/{unit}/field/{no}
pub(super) async fn page(
    State(app): State<App>,
    Path((unit, no)): Path<(String, String)>,
    Query(asked): Query<Asked>,
    page: Page,
) -> Result<Response, Error> {
    let seat = Seat::take(&page.visitor, &unit)?;
    let done = acts::done(asked.get("done").map(String::as_str).unwrap_or_default());
    show(&app, page, seat, CaseNo(no), Showing { done, ..Showing::default() }).await
}

/// Everything the page is made from.
struct Loaded {
    seen: Seen,
    requester: Requester,
    photos: Vec<Photo>,
    lines: Vec<(Item, Vec<Photo>)>,
    side: Side,
}

async fn show(app: &App, page: Page, seat: Seat, no: CaseNo, showing: Showing) -> Result<Response, Error> {
    let standing = Standing::of(app);
    let loaded = {
        let (school, seat, standing, visitor) =
            (app.clone(), seat.clone(), standing.clone(), page.visitor.clone());
        app.db.read(move |tx| {
            let seen = seat.see(tx, &standing.bench(&school.keys), &no)?;
            if !is_responsible(&seen) {
                return Err(Error::Hidden);
            }
            let requester = requester(tx, &seen, true)?;
            let names = dossier::names(tx, &timeline::staff_in(&seen.loaded))?;
            let policy = &standing.policy.policy;
            let telling = Telling {
                ear: Ear::Staff,
                hats: &seen.hats,
                law: policy.law_of(seen.case()),
                now: standing.now,
                policy,
                names: &names,
            };
            let stored = photos::of_case(tx, &no, &seen.loaded.record)?;
            let with_photos = |item: Item| {
                let (photos, _) = photos::shown(&item, &stored, &school.keys, standing.now);
                (item, photos)
            };
            let told = timeline::timeline(&seen.loaded, &seen.texts, &telling);
            let lines = told.into_iter().take(LAST_LINES).map(with_photos).collect();
            let (photos, _) = photos::linked(&seen.case().files, &stored, &school.keys, standing.now);
            let side = seat::side(tx, policy, standing.now, &visitor, &seat.unit)?;
            Ok(Loaded { seen, requester, photos, lines, side })
        })
    };
    let loaded = loaded.await?;
    reads::note(app, &page.visitor, &loaded.seen, reads::Place::Workbench).await?;
    presence::note(app, &page.visitor, &loaded.seen).await?;
    let status = showing.status;
    Ok((status, html(order(app, page, &standing, &seat, loaded, showing))?).into_response())
}

fn squads(case: &Case, policy: &Policy) -> Vec<Choice> {
    let Some(unit) = &case.unit else { return Vec::new() };
    let squads = policy.squads_for(unit, &case.kind, case.category.as_ref());
    squads.map(|squad| Choice::new(squad.id.as_str(), &squad.name)).collect()
}

fn order(app: &App, page: Page, standing: &Standing, seat: &Seat, loaded: Loaded, showing: Showing) -> Order {
    let Loaded { seen, requester, photos, lines, side } = loaded;
    let (case, policy) = (seen.case(), &standing.policy.policy);
    let offers = offers(&seen, &standing.bench(&app.keys));
    let is_looked_at = acts::is_looked_at(&seen, policy);
    let place = place_words(policy, case.place.as_ref(), seen.texts.room());
    let promise = case.next_promise();
    let due =
        promise.map(|promise| say::due(standing.now, promise.due, promise.calendar, &standing.calendar));
    let proposed = || {
        let (polite, place) = (&requester.salutation, &place);
        Filled::new().with("moment", if case.field.arrived_at.is_none() { "before" } else { "after" }).with(
            "words",
            format!("{polite}，{place}的问题已经修好。请您看看，还有不对的地方，评价时告诉我们，会接着办。"),
        )
    };
    let form = showing.form.unwrap_or_else(proposed);
    let has_errors = !form.errors.is_empty();
    Order {
        here: format!("{}/field/{}", seat.desk(), seen.no),
        workbench: format!("{}/cases/{}", seat.desk(), seen.no),
        no: seen.no.to_string(),
        title: seen.texts.title().to_owned(),
        body: seen.texts.body().to_owned(),
        urgency: (case.urgency != Urgency::Normal).then(|| say::urgency(case.urgency)),
        due,
        standing: at_the_place(case, policy, standing.now).unwrap_or_default(),
        can_ring: can_be_dialled(&requester.contact),
        has_arrived: case.field.arrived_at.is_some() && case.field.part_on.is_none(),
        may_arrive: offers.has(Act::Arrive),
        may_picture: offers.has(Act::Picture),
        may_finish: offers.has(if is_looked_at { Act::ProposeReply } else { Act::Reply }),
        may_await: offers.has(Act::AwaitPart),
        part_days_max: policy.shelving.review_days_max,
        squads: if offers.has(Act::CallSquad) { squads(case, policy) } else { Vec::new() },
        may_release: offers.has(Act::ReleaseSquad),
        moments: vec![Choice::new("before", "修前"), Choice::new("after", "修后")],
        seen: seen.last_read(),
        files_max: policy.attachments.count_max,
        page: page
            .titled("现场办理")
            .back_to(format!("{}/field", seat.desk()))
            .beside(side)
            .with_errors(has_errors),
        open: showing.open,
        notice: showing.notice,
        done: showing.done,
        place,
        requester,
        photos,
        lines,
        is_looked_at,
        form,
    }
}
