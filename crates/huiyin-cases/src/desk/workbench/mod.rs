//! The workbench (H2, H3; 3.4, 5.1): one case with what was said, what was promised, and the acts that are open to this
//! officer now. Shown again with everything typed whenever an act could not be done.

pub(super) mod acts;
pub(super) mod attachments;
pub(crate) use attachments::{keep as keep_files, with_files};
pub(super) mod attempt;
mod changes;
mod filling;
mod first;
mod look;
mod ring;
pub(super) mod roads;
pub(super) mod second_look;
pub(super) mod tab;
pub(super) mod turns;

use super::counts;
use super::drafts::{self, Kept};
use super::line::{self, Line};
use super::queries::{self, Neighbours};
use super::reply_templates::blanks::Blanks;
use super::reply_templates::{self, Offered, ReplyTemplate};
use super::seat::{self, Seat};
use super::view::{Asked, Cursor, Shelf, View};
use crate::cases::log::Standing;
use crate::cases::offers::{Offers, offers};
use crate::cases::opinions;
use crate::cases::photos;
use crate::cases::presence;
use crate::cases::reads;
use crate::cases::sight::Seen;
use crate::cases::timeline;
use crate::cases::together::{self, Along};
use crate::dossier;
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use huiyin_domain::access::{Act, Hat};
use huiyin_domain::ids::{CaseNo, FileId, PersonId};
use huiyin_foundation::db::Tx;
use huiyin_foundation::error::Error;
use huiyin_foundation::files::StoredFile;
use huiyin_foundation::keys::Keys;
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Choice, ChoiceGroup, Filled, Page, Side, Tab as Link, html};
use look::{Attached, Entry, Fact, Subject};
pub(super) use look::{OUTCOMES, Requester, at_the_place, outcome_words, requester, satisfaction_words};
use ring::Ring;
use roads::Helper;
use second_look::{Answering, Review};
use std::collections::BTreeMap;
use tab::Tab;

/// How the page is to be shown.
#[derive(Default)]
pub(super) struct Showing {
    /// The act whose form is open.
    pub tab: Option<Tab>,
    /// What stands in the form; none to begin afresh.
    pub form: Option<Filled>,
    /// Why an act was not done.
    pub notice: Option<Notice>,
    /// What is said of the act that was just done.
    pub done: &'static str,
    /// Only what the requester sees.
    pub is_outside: bool,
    /// The reply template that was chosen.
    pub template: String,
    /// The status of the answer.
    pub status: StatusCode,
}

/// Why an act was not done, above the form that is shown again.
pub(super) struct Notice {
    /// What happened and what to do.
    pub sentence: String,
    /// The rule behind it; may be empty.
    pub clause: String,
}

#[derive(Template)]
#[template(path = "desk/workbench/page.html")]
struct Workbench {
    page: Page,
    here: String,
    /// The way to the page for the place; empty where nobody works there.
    field: String,
    list: String,
    way: Way,
    subject: Subject,
    requester: Requester,
    ring: Option<Ring>,
    facts: Vec<Fact>,
    same_place: Vec<(String, Line)>,
    entries: Vec<Entry>,
    is_outside: bool,
    record_href: String,
    acts: Vec<Link>,
    tab: Option<Tab>,
    is_offered: bool,
    can_sign: bool,
    answering: Answering,
    review: Option<Review>,
    returned: String,
    seen: u32,
    form: Filled,
    rewriting: Filled,
    notice: Option<Notice>,
    done: &'static str,
    also_open: String,
    kept: Kept,
    templates: Vec<Offered>,
    template: String,
    outcomes: Vec<Choice>,
    grounds: Vec<Choice>,
    units: Vec<Choice>,
    hints: turns::Hints,
    helpers: Vec<Helper>,
    asked_of: String,
    callable: Vec<ChoiceGroup>,
    along: Vec<Along>,
    may_publish: bool,
    is_on_statute: bool,
    files_max: u16,
}

/// The way along the list.
struct Way {
    place: Option<u32>,
    total: u32,
    previous: Option<String>,
    next: Option<String>,
}

/// Everything the page is made from.
struct Loaded {
    seen: Seen,
    offers: Offers,
    names: BTreeMap<PersonId, String>,
    requester: Requester,
    files: BTreeMap<FileId, StoredFile>,
    neighbours: Neighbours,
    same_place: Vec<Line>,
    also_open: String,
    own_draft: Option<drafts::Draft>,
    kept: Kept,
    written: Vec<ReplyTemplate>,
    side: Side,
    along: Vec<Along>,
}

/// The workbench for one case.
pub(super) async fn page(
    State(app): State<App>,
    Path((unit, no)): Path<(String, String)>,
    Query(asked): Query<Asked>,
    page: Page,
) -> Result<Response, Error> {
    let seat = Seat::take(&page.visitor, &unit)?;
    let word = |name: &str| asked.get(name).map(String::as_str).unwrap_or_default();
    let showing = Showing {
        tab: Tab::from_word(word("act")),
        done: filling::done(word("done")),
        is_outside: word("record") == "outside",
        template: word("template").to_owned(),
        ..Showing::default()
    };
    let view = View::read(&asked, &app.policy_in_force().policy);
    show(&app, page, seat, CaseNo(no), view, showing).await
}

/// Shows the workbench.
async fn show(
    app: &App,
    page: Page,
    seat: Seat,
    no: CaseNo,
    view: View,
    showing: Showing,
) -> Result<Response, Error> {
    let standing = Standing::of(app);
    let loaded = {
        let (school, seat, view, standing, visitor) =
            (app.clone(), seat.clone(), view.clone(), standing.clone(), page.visitor.clone());
        app.db.read(move |tx| {
            let near = seat.near(&standing.policy.policy);
            let counts = counts::counts(tx, seat.reads(&near), standing.now)?;
            let side = seat::side_with(&standing.policy.policy, &visitor, &seat.unit, &counts);
            let total = queries::count_in(tx, seat.reads(&near), &view, standing.now, &counts)?;
            let loaded = load(tx, &school, &standing, &seat, &no, &view, (side, total))?;
            let bench = standing.bench(&school.keys);
            let also_open = presence::others_in_words(tx, &bench, &loaded.seen, &visitor)?;
            Ok::<_, Error>(Loaded { also_open, ..loaded })
        })
    };
    let status = showing.status;
    let loaded = loaded.await?;
    reads::note(app, &page.visitor, &loaded.seen, reads::Place::Workbench).await?;
    presence::note(app, &page.visitor, &loaded.seen).await?;
    let workbench = workbench(page, &app.keys, &standing, &seat, &view, loaded, showing);
    Ok((status, html(workbench)?).into_response())
}

fn load(
    tx: &mut Tx,
    app: &App,
    standing: &Standing,
    seat: &Seat,
    no: &CaseNo,
    view: &View,
    (side, total): (Side, u32),
) -> Result<Loaded, Error> {
    let bench = standing.bench(&app.keys);
    let seen = seat.see(tx, &bench, no)?;
    let case = seen.case();
    let is_responsible = seen.hats.iter().any(|hat| matches!(hat, Hat::Officer | Hat::UnitHead));
    let requester = look::requester(tx, &seen, is_responsible)?;
    let mut staff = timeline::staff_in(&seen.loaded);
    staff.extend(case.officer.iter().chain(&seen.requester).cloned());
    let names = dossier::names(tx, &staff)?;
    let due = match view.shelf {
        Shelf::Assisting => case
            .next_promise()
            .filter(|_| case.assisting.contains(&seat.unit))
            .map(|_| opinions::wanted_by(case, &seat.unit)),
        _ => {
            case.next_promise().filter(|_| case.unit.as_ref() == Some(&seat.unit)).map(|promise| promise.due)
        }
    };
    let here = due.map(|due| Cursor { due, no: no.clone() });
    let near = seat.near(&standing.policy.policy);
    let neighbours = queries::neighbours(tx, seat.reads(&near), view, standing.now, here.as_ref(), total)?;
    let same_place = match &case.place {
        Some(place) => {
            let since = standing.now.plus_ms(-look::SAME_PLACE_DAYS * 86_400_000);
            let rows = queries::at_place(tx, seat.reads(&near), place.as_str(), since, no)?;
            line::page_of(tx, rows, standing, "submitted_at")?.0
        }
        None => Vec::new(),
    };
    let files = photos::of_case(tx, no, &seen.loaded.record)?;
    let offers = offers(&seen, &bench);
    let along = if is_responsible {
        together::along(tx, &seen.no, seen.case(), &seen.actor, bench.policy)?
    } else {
        Vec::new()
    };
    let drafts = drafts::of_case(tx, no, seat, &seen.hats)?;
    let (own_draft, kept) = drafts::told(tx, drafts, seat, standing.now)?;
    let written = reply_templates::written(tx, &seat.unit)?;
    let also_open = String::new();
    Ok(Loaded {
        offers,
        names,
        requester,
        files,
        neighbours,
        same_place,
        also_open,
        own_draft,
        kept,
        written,
        along,
        side,
        seen,
    })
}

fn workbench(
    page: Page,
    keys: &Keys,
    standing: &Standing,
    seat: &Seat,
    view: &View,
    loaded: Loaded,
    showing: Showing,
) -> Workbench {
    let policy = &standing.policy.policy;
    let desk = seat.desk();
    let here = format!("{desk}/cases/{}", loaded.seen.no);
    let case = loaded.seen.case();
    let answering = Answering::of(&loaded.seen, &loaded.offers, policy);
    let is_open = |tab: &Tab| match tab {
        Tab::Reply => answering.is_open(),
        tab => loaded.offers.has(tab.act()),
    };
    let offered: Vec<Tab> = Tab::FORMS.into_iter().filter(is_open).collect();
    // A form that was sent stays open even when its act is over, so that what was typed can be copied.
    let posted = showing.form.is_some().then_some(showing.tab).flatten().and_then(Tab::of_form);
    let asked = showing.tab.filter(|tab| offered.contains(tab));
    let tab = posted.or(asked).or(offered.first().copied());
    let acts = offered.iter().map(|one| Link {
        href: view.on_with(&here, "act", one.word()),
        words: one.title().to_owned(),
        is_current: Some(*one) == tab,
        ..Link::default()
    });
    let attached = Attached { files: &loaded.files, keys, now: standing.now };
    let subject = look::subject(&loaded.seen, &attached, standing);
    let may_publish = case.may_publish && !case.restricted;
    let ring = ring::ring(case, &seat.unit, standing);
    let category = case.category.as_ref().and_then(|id| policy.category(id));
    let blanks = Blanks {
        // What may become public begins without a name.
        salutation: if may_publish { "您好" } else { &loaded.requester.salutation },
        no: &subject.no,
        place: &subject.place,
        title: &subject.title,
        category: category.map_or("", |category| category.name.as_str()),
        unit: &dossier::unit_name(policy, &seat.unit),
        phone: policy.unit(&seat.unit).map_or("", |unit| unit.phone.as_str()),
        due: ring.as_ref().and_then(|ring| ring.due.as_ref()).map_or("", |due| due.at.as_str()),
    };
    let templates = tab.map(|tab| reply_templates::offered(loaded.written, tab, case, &blanks));
    let templates = templates.unwrap_or_default();
    let (posted_form, rewriting) = match (showing.tab, showing.form) {
        (Some(Tab::Rewriting), form) => (None, form.unwrap_or_default()),
        (_, form) => (form, Filled::new()),
    };
    let form = posted_form.unwrap_or_else(|| {
        let chosen = templates.iter().find(|template| template.id == showing.template);
        filling::begun(&loaded.seen, &loaded.names, &attached, &subject, tab, loaded.own_draft, chosen)
    });
    let bench = standing.bench(keys);
    let review = second_look::review(&loaded.seen, &loaded.offers, &attached, &loaded.names, &bench);
    let returned = second_look::returned(&loaded.seen.loaded.record, &loaded.seen.texts);
    let href_of = |no: &CaseNo| view.on(&format!("{desk}/cases/{no}"));
    let way = Way {
        place: loaded.neighbours.place,
        total: loaded.neighbours.total,
        previous: loaded.neighbours.previous.as_ref().map(href_of),
        next: loaded.neighbours.next.as_ref().map(href_of),
    };
    let same_place = loaded.same_place.into_iter().map(|line| (view.on(&line.href(seat)), line));
    let has_errors = showing.notice.is_some() || !form.errors.is_empty() || !rewriting.errors.is_empty();
    let record_href =
        if showing.is_outside { view.on(&here) } else { view.on_with(&here, "record", "outside") };
    let title = format!("办理：{}", subject.title);
    Workbench {
        way,
        requester: loaded.requester,
        ring,
        hints: turns::Hints::of(&loaded.seen, &bench),
        facts: look::facts(case, standing, &loaded.names),
        same_place: same_place.take(5).collect(),
        entries: look::entries(&loaded.seen, &attached, standing, &loaded.names, showing.is_outside),
        is_outside: showing.is_outside,
        record_href,
        acts: acts.collect(),
        is_offered: tab.is_some_and(|tab| offered.contains(&tab)),
        can_sign: loaded.offers.has(Act::SignFor),
        answering,
        review,
        returned,
        rewriting,
        seen: loaded.seen.last_read(),
        notice: showing.notice,
        done: showing.done,
        also_open: loaded.also_open,
        kept: loaded.kept,
        templates,
        template: showing.template,
        outcomes: look::outcomes_of(policy.law_of(case)),
        grounds: look::grounds(),
        units: look::units(policy, &seat.unit, case),
        helpers: roads::helpers(&loaded.seen, &attached, standing),
        asked_of: roads::asked_of(&loaded.seen, &seat.unit, standing),
        callable: roads::callable(&loaded.seen, standing),
        along: loaded.along,
        may_publish,
        is_on_statute: case.is_on_statute(),
        files_max: policy.attachments.count_max,
        page: page.titled(title).back_to(view.on(&desk)).beside(loaded.side).with_errors(has_errors),
        list: view.query(),
        field: super::field::way(&loaded.seen, seat),
        here,
        subject,
        tab,
        form,
    }
}

impl Workbench {
    fn is_tab(&self, word: &str) -> bool {
        self.tab.is_some_and(|tab| tab.word() == word)
    }

    fn list_href(&self) -> &str {
        &self.page.back
    }
}
