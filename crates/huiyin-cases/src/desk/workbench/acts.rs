//! The acts of the workbench. Each reads its fields, asks the hall, and either goes on or shows the workbench again with
//! everything that was typed: 422 when something is missing, 409 when a rule or a colleague was in the way.

use super::look::{GROUNDS, NOBODY_KNOWS, OUTCOMES};
use super::tab::Tab;
use super::{Notice, Showing, attachments, first, second_look, show, turns};
use crate::cases::covering;
use crate::cases::log::{Standing, carry_out};
use crate::cases::once::SentForm;
use crate::cases::submit::Ticket;
use crate::desk::seat::Seat;
use crate::desk::view::View;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use huiyin_domain::case::{Command, Outcome, PublicText, SendBackGround, Shelving};
use huiyin_domain::ids::{CaseNo, FileId, UnitId};
use huiyin_foundation::db::Tx;
use huiyin_foundation::error::{Error, FieldErrors};
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Form, Page};

pub(super) const WORDS_MAX: usize = 2000;
pub(super) const REASON_MAX: usize = 500;
const PUBLIC_TITLE_MAX: usize = 60;

/// The answer with its result; public only where the requester agreed.
pub(in crate::desk) async fn reply(
    State(app): State<App>,
    Path((unit, no)): Path<(String, String)>,
    page: Page,
    form: Form,
) -> Result<Response, Error> {
    let mut errors = form.errors();
    let Answer { words, outcome, public, shelving } = answer(&form, &mut errors);
    let command = |files| Command::Reply { words, outcome, public, files, shelving };
    at_desk(app, &unit, no, page, form, Tab::Reply, errors, command).await
}

/// The same answer, laid before the head of the unit.
pub(in crate::desk) async fn propose(
    State(app): State<App>,
    Path((unit, no)): Path<(String, String)>,
    page: Page,
    form: Form,
) -> Result<Response, Error> {
    let mut errors = form.errors();
    let Answer { words, outcome, public, shelving } = answer(&form, &mut errors);
    let command = |files| Command::ProposeReply { words, outcome, public, files, shelving };
    at_desk(app, &unit, no, page, form, Tab::Proposal, errors, command).await
}

/// All that the form of an answer says.
struct Answer {
    words: String,
    outcome: Outcome,
    public: Option<PublicText>,
    shelving: Option<Shelving>,
}

fn answer(form: &Form, errors: &mut FieldErrors) -> Answer {
    let words = demand(form, errors, "words", "答复内容", WORDS_MAX);
    let outcome = OUTCOMES.into_iter().find(|(word, _)| *word == form.text("outcome")).map(|(_, one)| one);
    errors.expect(outcome.is_some(), "outcome", "请选办理结果");
    let public = (form.text("visibility") == "public").then(|| {
        covering::expect_covered(form, errors);
        PublicText {
            title: demand(form, errors, "public_title", "公开标题", PUBLIC_TITLE_MAX),
            body: form.words("public_body"),
        }
    });
    form.expect_filled_in(errors, "words");
    form.expect_at_most(errors, "public_body", "公开内容", WORDS_MAX);
    let outcome = outcome.unwrap_or(Outcome::Explained);
    let shelving = turns::shelving(form, errors, outcome);
    Answer { words, outcome, public, shelving }
}

/// Interim words to the requester.
pub(in crate::desk) async fn report_progress(
    State(app): State<App>,
    Path((unit, no)): Path<(String, String)>,
    page: Page,
    form: Form,
) -> Result<Response, Error> {
    let mut errors = form.errors();
    let words = demand(&form, &mut errors, "words", "阶段反馈", WORDS_MAX);
    form.expect_filled_in(&mut errors, "words");
    let command = |files| Command::ReportProgress { words, files };
    at_desk(app, &unit, no, page, form, Tab::Progress, errors, command).await
}

/// A note for colleagues.
pub(in crate::desk) async fn note(
    State(app): State<App>,
    Path((unit, no)): Path<(String, String)>,
    page: Page,
    form: Form,
) -> Result<Response, Error> {
    let mut errors = form.errors();
    let words = demand(&form, &mut errors, "words", "批注内容", WORDS_MAX);
    at_desk(app, &unit, no, page, form, Tab::Note, errors, |_| Command::Note { words }).await
}

/// Handing the case back, with a ground, a reason, and whose matter it is.
pub(in crate::desk) async fn send_back(
    State(app): State<App>,
    Path((unit, no)): Path<(String, String)>,
    page: Page,
    form: Form,
) -> Result<Response, Error> {
    let mut errors = form.errors();
    let ground = GROUNDS.into_iter().find(|(word, _)| *word == form.text("ground")).map(|(_, one)| one);
    errors.expect(ground.is_some(), "ground", "请选退回的原因");
    let suggested = form.text("suggested");
    let is_named = !suggested.is_empty() || ground == Some(SendBackGround::Unclear);
    errors.expect(is_named, "suggested", "请选建议单位；说不准就选“请协调部门定”");
    let reason = demand(&form, &mut errors, "reason", "退回的理由", REASON_MAX);
    let suggested = (!suggested.is_empty() && suggested != NOBODY_KNOWS).then_some(UnitId(suggested));
    let ground = ground.unwrap_or(SendBackGround::Unclear);
    let command = |_| Command::SendBack { ground, suggested, reason };
    at_desk(app, &unit, no, page, form, Tab::Return, errors, command).await
}

/// A text that the act cannot do without.
pub(super) fn demand(
    form: &Form,
    errors: &mut FieldErrors,
    name: &'static str,
    label: &str,
    chars_max: usize,
) -> String {
    let words = form.words(name);
    if words.is_empty() {
        errors.add(name, format!("请写{label}"));
    }
    form.expect_at_most(errors, name, label, chars_max);
    words
}

#[expect(clippy::too_many_arguments, reason = "what a handler was given, handed on once")]
pub(super) async fn at_desk(
    app: App,
    unit: &str,
    no: String,
    page: Page,
    form: Form,
    tab: Tab,
    errors: FieldErrors,
    command: impl FnOnce(Vec<FileId>) -> Command,
) -> Result<Response, Error> {
    let seat = Seat::take(&page.visitor, unit)?;
    match Attempt::new(app, seat, no, page, form, tab).carry(errors, command).await? {
        Carried::Done(to) => Ok(Redirect::to(&to).into_response()),
        Carried::Shown(response) => Ok(response),
    }
}

/// Somebody trying to do something to a case of their unit.
pub(in crate::desk) struct Attempt {
    app: App,
    seat: Seat,
    no: CaseNo,
    page: Page,
    form: Form,
    tab: Tab,
    view: View,
    seen: u32,
    files: Vec<Ticket>,
    sent: SentForm,
}

/// What became of it.
pub(in crate::desk) enum Carried {
    /// Done; the way on.
    Done(String),
    /// Not done; the workbench again.
    Shown(Response),
}

impl Attempt {
    /// An act that a form asks for.
    pub fn new(app: App, seat: Seat, no: String, page: Page, form: Form, tab: Tab) -> Attempt {
        let view = View::carried(&form.text("list"), &app.policy_in_force().policy);
        let seen = form.text("seen").parse().unwrap_or(u32::MAX);
        let no = CaseNo(no);
        let sent = SentForm::of(&app.keys, &no, &format!("{} {}", seat.unit, tab.word()), &form);
        Attempt { app, seat, no, page, form, tab, view, seen, files: Vec::new(), sent }
    }

    /// Does it, unless something is wrong.
    pub async fn carry(
        mut self,
        mut errors: FieldErrors,
        command: impl FnOnce(Vec<FileId>) -> Command,
    ) -> Result<Carried, Error> {
        if let Some(sentence) = self.form.token().sentence() {
            return self.again(errors, Some(plain(sentence)), StatusCode::UNPROCESSABLE_ENTITY).await;
        }
        if errors.is_empty() {
            self.files = attachments::keep(&self.app, &self.seat.person, &mut self.form, &mut errors).await?;
        }
        if !errors.is_empty() {
            return self.again(errors, None, StatusCode::UNPROCESSABLE_ENTITY).await;
        }
        let command = command(self.files.iter().map(|ticket| ticket.id.clone()).collect());
        let outcome = match self.carry_out(command.clone()).await {
            // The same form at the same moment: once more finds it done, or says who was quicker.
            Err(Error::Conflict { .. }) => self.carry_out(command).await,
            outcome => outcome,
        };
        match outcome {
            Ok(()) => Ok(Carried::Done(self.way_on())),
            Err(Error::Refused { sentence, clause }) => {
                let first = self.ask(first::who_was_first).await?.unwrap_or_default();
                let notice = Notice { sentence: format!("{first}{sentence}"), clause };
                self.again(errors, Some(notice), StatusCode::CONFLICT).await
            }
            Err(Error::Conflict { sentence }) => {
                self.again(errors, Some(plain(&sentence)), StatusCode::CONFLICT).await
            }
            Err(Error::Invalid(errors)) => self.again(errors, None, StatusCode::UNPROCESSABLE_ENTITY).await,
            Err(Error::Hidden) => match self.ask(first::gone).await? {
                Some(sentence) => Err(Error::conflict(sentence)),
                None => Err(Error::Hidden),
            },
            Err(other) => Err(other),
        }
    }

    async fn carry_out(&self, command: Command) -> Result<(), Error> {
        let (app, seat, no) = (self.app.clone(), self.seat.clone(), self.no.clone());
        let (seen, tab, standing) = (self.seen, self.tab, Standing::of(&self.app));
        let (sent, draft) = (self.sent.clone(), self.form.text("draft").parse().ok());
        let write = move |tx: &mut Tx| {
            let is_repeat = first::is_repeat(tx, &seat, &no, seen, tab, &command)?;
            if is_repeat || !sent.is_first(tx, &no, standing.now.day())? {
                return Ok(());
            }
            let bench = standing.bench(&app.keys);
            let command = second_look::with_texts(tx, &no, draft, command)?;
            carry_out(tx, &bench, &seat.actor(), Some(&seat.unit), &no, command).map(|_| ())
        };
        self.app.db.write(write).await
    }

    /// Asks the record what happened since the page was opened.
    async fn ask(&self, question: Question) -> Result<Option<String>, Error> {
        let (seat, no, seen, now) = (self.seat.clone(), self.no.clone(), self.seen, self.app.now());
        self.app.db.read(move |tx| question(tx, &seat, &no, seen, now)).await
    }

    fn way_on(&self) -> String {
        let desk = self.seat.desk();
        match self.tab {
            Tab::Return => self.view.on_with(&desk, "done", self.tab.word()),
            _ => self.view.on_with(&format!("{desk}/cases/{}", self.no), "done", self.tab.word()),
        }
    }

    /// The workbench again, with what was typed.
    async fn again(
        self,
        errors: FieldErrors,
        notice: Option<Notice>,
        status: StatusCode,
    ) -> Result<Carried, Error> {
        let earlier = self.form.all("file");
        let tickets = self.files.iter().map(|ticket| ticket.text(&self.app.keys));
        let new = tickets.filter(|ticket| !earlier.contains(ticket));
        let filled = new.fold(self.form.filled(errors), |filled, ticket| filled.with("file", ticket));
        let showing = Showing {
            tab: Some(self.tab),
            form: (!matches!(self.tab, Tab::Signature | Tab::Approval)).then_some(filled),
            notice,
            status,
            ..Showing::default()
        };
        show(&self.app, self.page, self.seat, self.no, self.view, showing).await.map(Carried::Shown)
    }
}

type Question =
    fn(&mut Tx, &Seat, &CaseNo, u32, huiyin_domain::calendar::Instant) -> Result<Option<String>, Error>;

fn plain(sentence: &str) -> Notice {
    Notice { sentence: sentence.to_owned(), clause: String::new() }
}
