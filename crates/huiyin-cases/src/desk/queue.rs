//! What waits at the desk (H1; 4.3): 今日日清零 first, then the cases by deadline, each with the one thing to do next, and
//! with a box to tick: `batch.rs` does one thing to all that are ticked.

use super::batch;
use super::counts::{self, Counts};
use super::drafts::{self, Unfinished};
use super::line::{self, Line};
use super::queries::{self, PAGE_ROWS};
use super::seat::{self, Seat};
use super::view::{Asked, Cursor, Shelf, View, Whose};
use super::workbench::attempt::RETURNED_ABOVE;
use crate::cases::log::Standing;
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use huiyin_domain::access::Role;
use huiyin_foundation::error::Error;
use huiyin_foundation::say;
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Choice, Page, Tab, html};

#[derive(Template)]
#[template(path = "desk/queue.html")]
struct Queue {
    page: Page,
    seat: Seat,
    unit_name: String,
    today: String,
    counts: Counts,
    nearest: String,
    tabs: Vec<Tab>,
    view: View,
    kinds: Vec<Choice>,
    places: Vec<Choice>,
    officers: Vec<Choice>,
    lines: Vec<Line>,
    waiting: Vec<Line>,
    /// Where the list of what waits goes on, and whether it has been turned.
    waiting_next: Option<String>,
    is_waiting_turned: bool,
    before_the_head: Vec<Line>,
    unfinished: Vec<Unfinished>,
    is_head: bool,
    in_view: u32,
    next: Option<String>,
    cleared_at: String,
    done: String,
    wrong: String,
    ticked: Vec<String>,
    chosen: String,
    /// The view behind the address of a case, and as a form carries it along.
    tail: String,
    list: String,
}

/// The queue shown again because a batch could not be begun: what was ticked stays ticked.
#[derive(Default)]
pub(super) struct Again {
    /// What is wrong, and what to do.
    pub wrong: String,
    /// The numbers that were ticked.
    pub ticked: Vec<String>,
    /// To whom they were to go.
    pub officer: String,
}

impl Queue {
    fn case_href(&self, line: &Line) -> String {
        format!("{}{}", line.href(&self.seat), self.tail)
    }

    fn start_href(&self) -> String {
        self.view.begun_anew().on(&self.seat.desk())
    }

    fn chose_kind(&self, value: &str) -> bool {
        self.view.kind.as_ref().is_some_and(|kind| kind.as_str() == value)
    }

    fn chose_whose(&self, value: &str) -> bool {
        self.view.whose.as_ref().is_some_and(|whose| whose.word() == value)
    }

    fn is_ticked(&self, line: &Line) -> bool {
        self.ticked.iter().any(|no| no == line.no.as_str())
    }

    /// Whether there is anything to do to several at once: what another unit answers is that unit's to give away.
    fn has_boxes(&self) -> bool {
        self.view.shelf != Shelf::Assisting
    }

    fn chose_place(&self, value: &str) -> bool {
        self.view.place.as_ref().is_some_and(|place| place.as_str() == value)
    }
}

/// The queue of a unit.
pub(super) async fn page(
    State(app): State<App>,
    Path(unit): Path<String>,
    Query(asked): Query<Asked>,
    page: Page,
) -> Result<Response, Error> {
    let seat = Seat::take(&page.visitor, &unit)?;
    let view = View::read(&asked, &app.policy_in_force().policy);
    show(&app, page, seat, view, &asked, Again::default()).await
}

/// Shows the queue; `asked` says what was just done.
pub(super) async fn show(
    app: &App,
    page: Page,
    seat: Seat,
    view: View,
    asked: &Asked,
    again: Again,
) -> Result<Response, Error> {
    let standing = Standing::of(app);
    let waiting_after = asked.get("waiting").and_then(|word| Cursor::read(word));
    let loaded = {
        let (seat, view, standing) = (seat.clone(), view.clone(), standing.clone());
        let waiting_after = waiting_after.clone();
        app.db.read(move |tx| {
            let near = seat.near(&standing.policy.policy);
            let counts = counts::counts(tx, seat.reads(&near), standing.now)?;
            let rows = queries::queue(tx, seat.reads(&near), &view, standing.now)?;
            let (lines, next) = line::page_of(tx, rows, &standing, queries::due_column(&view))?;
            let in_view = queries::count_in(tx, seat.reads(&near), &view, standing.now, &counts)?;
            let last_reply = queries::last_reply_since(tx, &seat.unit, standing.now.day().start())?;
            let rows = queries::waiting(tx, seat.reads(&near), waiting_after.as_ref())?;
            let waiting = line::page_of(tx, rows, &standing, "asked_at")?;
            let rows = queries::before_the_head(tx, seat.reads(&near))?;
            let (before_the_head, _) = line::page_of(tx, rows, &standing, "submitted_at")?;
            let unfinished = drafts::of_officer(tx, &seat, standing.now)?;
            let waiting = (waiting, before_the_head, unfinished);
            let officers = batch::officers(tx, &seat)?;
            Ok::<_, Error>((counts, lines, waiting, next, in_view, last_reply, officers))
        })
    };
    let (
        counts,
        lines,
        ((waiting, waiting_next), before_the_head, unfinished),
        next,
        in_view,
        last_reply,
        officers,
    ) = loaded.await?;
    let policy = &standing.policy.policy;
    let unit = seat.unit_in(policy)?;
    // Few units assist often: the tab is there when something lies on it.
    let is_shown = |shelf: &Shelf| *shelf != Shelf::Assisting || counts.assisting > 0 || *shelf == view.shelf;
    let tabs = Shelf::ALL.into_iter().filter(is_shown).map(|shelf| Tab {
        href: view.of_shelf(shelf).on(&seat.desk()),
        words: shelf.title().to_owned(),
        count: Some(u64::from(counts.of(shelf))),
        tone: shelf.tone(counts.of(shelf)),
        is_current: shelf == view.shelf,
    });
    let side = seat::side_with(policy, &page.visitor, &seat.unit, &counts);
    let is_head = page.visitor.has_at(Role::UnitHead, seat.unit.as_str());
    let nearest = counts.nearest.map(|at| {
        if at > standing.now {
            format!("（最早的 {} 前）", say::moment_long(standing.now, at))
        } else {
            "（最早的已经超期）".to_owned()
        }
    });
    let status = if again.wrong.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let queue = Queue {
        unit_name: unit.name.clone(),
        today: say::day_long(standing.now, standing.now.day()),
        nearest: nearest.unwrap_or_default(),
        tabs: tabs.collect(),
        kinds: policy.kinds.iter().map(|kind| Choice::new(kind.id.as_str(), kind.name.as_str())).collect(),
        places: policy
            .places
            .iter()
            .map(|place| Choice::new(place.id.as_str(), place.name.as_str()))
            .collect(),
        waiting_next: waiting_next.map(|after| view.on_with(&seat.desk(), "waiting", &after.word())),
        is_waiting_turned: waiting_after.is_some(),
        next: next.map(|after| view.going_on(after).on(&seat.desk())),
        cleared_at: last_reply.map(|at| at.time_of_day().to_string()).unwrap_or_default(),
        done: done_words(asked, &officers),
        wrong: again.wrong,
        ticked: again.ticked,
        chosen: again.officer,
        officers,
        page: page.titled("待办件").beside(side),
        tail: view.begun_anew().on(""),
        list: view.query(),
        counts,
        view,
        lines,
        waiting,
        before_the_head,
        unfinished,
        is_head,
        in_view,
        seat,
    };
    Ok((status, html(queue)?).into_response())
}

/// What was just done, said above the list.
fn done_words(asked: &Asked, officers: &[Choice]) -> String {
    let word = |name: &str| asked.get(name).map(String::as_str).unwrap_or_default();
    match word("done") {
        "signature" => "已签收，请在期限前给反映人第一次回应。".into(),
        "return" => "已退回，由协调部门重新安排。".into(),
        RETURNED_ABOVE => "已退回。这件不是第一次退回，已呈报校领导定由谁办，期限不停。".into(),
        done => batch::done_words(done, word("count"), word("to"), officers),
    }
}
