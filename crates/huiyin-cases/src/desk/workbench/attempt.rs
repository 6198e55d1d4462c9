//! Somebody tries to do something to a case of their unit: the form as it was sent, the one way it is carried out, and the
//! workbench shown again with everything that was typed when it could not be: 422 when something is missing, 409 when a
//! rule or a colleague was in the way.

use super::tab::Tab;
use super::{Notice, Showing, attachments, first, show};
use crate::cases::covering;
use crate::cases::log::{Standing, carry_out, load};
use crate::cases::once::SentForm;
use crate::cases::proposal;
use crate::cases::submit::Ticket;
use crate::desk::drafts;
use crate::desk::seat::Seat;
use crate::desk::view::View;
use crate::dossier::{LOOKED_INTO, expect_other_unit};
use axum::extract::{FromRequest, FromRequestParts, Path, Request};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use huiyin_domain::calendar::Instant;
use huiyin_domain::case::{ANOTHER_DAY, Command};
use huiyin_domain::ids::{CaseNo, FileId};
use huiyin_foundation::db::Tx;
use huiyin_foundation::error::{Error, FieldErrors};
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Form, Page, marked};

/// What the queue is told of a case that came back so often that a leader has to say whose it is.
pub(in crate::desk) const RETURNED_ABOVE: &str = "return-above";

/// A form that was sent from the desk of a unit about one of its cases.
pub(in crate::desk) struct FromDesk {
    /// What was typed.
    pub form: Form,
    /// The page it is answered with.
    pub page: Page,
    app: App,
    unit: String,
    no: String,
}

impl FromRequest<App> for FromDesk {
    type Rejection = Response;

    async fn from_request(request: Request, app: &App) -> Result<FromDesk, Response> {
        let (mut parts, body) = request.into_parts();
        let path = Path::<(String, String)>::from_request_parts(&mut parts, app).await;
        let Path((unit, no)) = path.map_err(IntoResponse::into_response)?;
        let page = Page::from_request_parts(&mut parts, app).await.map_err(IntoResponse::into_response)?;
        let form = Form::from_request(Request::from_parts(parts, body), app).await?;
        Ok(FromDesk { form, page, app: app.clone(), unit, no })
    }
}

impl FromDesk {
    /// The school it was sent to.
    pub fn app(&self) -> App {
        self.app.clone()
    }

    /// The case it is about.
    pub fn no(&self) -> CaseNo {
        CaseNo(self.no.clone())
    }

    /// The present moment of the school.
    pub fn now(&self) -> Instant {
        self.app.now()
    }

    /// Where whoever sent it sits.
    pub fn seat(&self) -> Result<Seat, Error> {
        Seat::take(&self.page.visitor, &self.unit)
    }

    /// The part of the queue it was sent from.
    pub fn view(&self) -> View {
        View::carried(&self.form.text("list"), &self.app.policy_in_force().policy)
    }

    /// Does it and goes on, or shows the workbench again.
    pub async fn carry(
        self,
        tab: Tab,
        errors: FieldErrors,
        command: impl FnOnce(Vec<FileId>) -> Command,
    ) -> Result<Response, Error> {
        match self.attempt(tab)?.carry(errors, command).await? {
            Carried::Done(to) => Ok(Redirect::to(&to).into_response()),
            Carried::Shown(response) => Ok(response),
        }
    }

    /// The act that it asks for.
    pub fn attempt(self, tab: Tab) -> Result<Attempt, Error> {
        let (seat, view) = (self.seat()?, self.view());
        let FromDesk { form, page, app, no, .. } = self;
        let no = CaseNo(no);
        let seen = marked(&app.keys, &no, &form.text("seen")).unwrap_or(u32::MAX);
        let sent = SentForm::of(&app.keys, &no, &format!("{} {}", seat.unit, tab.word()), &form);
        Ok(Attempt { app, seat, no, page, form, tab, view, seen, files: Vec::new(), sent })
    }
}

/// An act on its way.
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
            self.files =
                attachments::keep(&self.app, &self.seat.person, &mut self.form, |all| all, &mut errors)
                    .await?;
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
            Ok(()) => Ok(Carried::Done(self.way_on().await?)),
            Err(Error::Refused { sentence, clause }) => {
                let first = self.ask(first::first).await?.unwrap_or_default();
                let mut errors = errors;
                if let Some(field) = self.tab.day_field().filter(|_| sentence.ends_with(ANOTHER_DAY)) {
                    errors.add(field, sentence.clone());
                }
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
        let is_looked_into = self.form.has(LOOKED_INTO);
        let (sent, draft) = (self.sent.clone(), marked(&app.keys, &no, &self.form.text("draft")));
        let write = move |tx: &mut Tx| {
            let is_repeat = first::is_repeat(tx, &seat, &no, seen, tab, &command)?;
            if is_repeat || !sent.is_first(tx, &no, standing.now.day())? {
                return Ok(());
            }
            let bench = standing.bench(&app.keys);
            let seer = seat.see(tx, &bench, &no)?;
            covering::expect_unnamed(tx, &seer, &command)?;
            if !is_looked_into {
                expect_other_unit(tx, &bench, &seer, &command)?;
            }
            let command = proposal::with_texts(tx, &no, draft, command)?;
            carry_out(tx, &bench, &seat.actor(), Some(&seat.unit), &no, command)?;
            // Only what could be carried out is worth holding back; undone with the transaction.
            first::expect_nothing_new(tx, &seat, &no, seen, tab, standing.now)?;
            if matches!(tab, Tab::Reply | Tab::Proposal) {
                drafts::forget(tx, &no, &seat.person)?;
            }
            Ok(())
        };
        self.app.db.write(write).await
    }

    /// Asks the record what happened since the page was opened.
    async fn ask(&self, question: Question) -> Result<Option<String>, Error> {
        let (seat, no, seen, now) = (self.seat.clone(), self.no.clone(), self.seen, self.app.now());
        self.app.db.read(move |tx| question(tx, &seat, &no, seen, now)).await
    }

    async fn way_on(&self) -> Result<String, Error> {
        let desk = self.seat.desk();
        if self.tab != Tab::Return {
            return Ok(self.view.on_with(&format!("{desk}/cases/{}", self.no), "done", self.tab.word()));
        }
        // Where it lies now is not theirs to see; that the rule sent it up is what their form had said.
        let no = self.no.clone();
        let left = self.app.db.read(move |tx| load(tx, &no)).await?;
        let is_above = left.is_some_and(|left| left.case.awaits_instruction);
        let done = if is_above { RETURNED_ABOVE } else { self.tab.word() };
        Ok(self.view.on_with(&desk, "done", done))
    }

    /// The workbench again, with what was typed.
    async fn again(
        self,
        errors: FieldErrors,
        notice: Option<Notice>,
        status: StatusCode,
    ) -> Result<Carried, Error> {
        let filled = attachments::with_files(&self.form, &self.files, &self.app.keys, errors);
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

type Question = fn(&mut Tx, &Seat, &CaseNo, u32, Instant) -> Result<Option<String>, Error>;

fn plain(sentence: &str) -> Notice {
    Notice { sentence: sentence.to_owned(), clause: String::new() }
}
