//! The form is sent: `POST /cases` with an account, `POST /nameless/cases` without. Everything is judged once more, then one
//! write makes the case and gives it its number. The same form sent again gives the same number.
//!
//! The nameless road reads and sets no cookie; the caller's address is only counted, as a hash that lives in memory. The
//! receipt code is made from the form's nonce, so it need not be kept to be shown again.

use super::answers::Answers;
use super::entrance::Entrance;
use super::pages::{self, Showing, Step};
use super::{channel, parking, receipt, steps};
use crate::cases::log::{self, Bringer};
use crate::cases::numbers;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use huiyin_domain::case::{Actor, Identity};
use huiyin_domain::ids::CaseNo;
use huiyin_foundation::caller::Caller;
use huiyin_foundation::error::{Error, FieldErrors};
use huiyin_foundation::keys::{Keys, Label};
use huiyin_foundation::limits::{LimitedAction, TooMany, Who};
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Form, Nonce, Page, Token};

const SESSION_OVER: &str = "您离开得久了一点，登录已经结束。写的内容都在，请点“登录后接着提交”，或改选匿名。";

/// `POST /cases`
pub(super) async fn with_account(State(app): State<App>, page: Page, form: Form) -> Result<Response, Error> {
    let mut sending = Sending::read(app, &form)?;
    parking::clear(&sending.app, &mut sending.answers).await?;
    let Some(person) = page.visitor.person.clone() else {
        let has_identity = sending.answers.identity.is_some_and(|known| known != Identity::Anonymous);
        let notice = if has_identity { SESSION_OVER } else { "" };
        let step = if sending.is_complete(true) { Step::Reply } else { Step::Matter };
        return sending.again(step, page, notice);
    };
    if let Some(page) = channel::not_meant(&sending.app, &page, &sending.entrance, &sending.answers).await? {
        return Ok(page);
    }
    if !sending.is_complete(true) {
        return sending.again(sending.incomplete, page, "");
    }
    if sending.answers.identity == Some(Identity::Anonymous) {
        // The check page leads whoever chose this to the nameless road.
        return sending.again(Step::Check, page, "匿名提交不经过登录，请再点一次提交。");
    }
    if let Some((no, _)) = sending.made_already(form.token()).await? {
        return Ok(to_receipt(&no));
    }
    let Some(nonce) = form.token().nonce() else {
        return sending.again(Step::Check, page, form.token().sentence().unwrap_or_default());
    };
    if let Err(too_many) = sending.pass(LimitedAction::Submit, Who::Person(&person)) {
        return sending.slow_down(page, too_many);
    }
    match sending.make(nonce, Bringer::Account(person)).await {
        Ok(no) => Ok(to_receipt(&no)),
        Err(error) => sending.refused(page, error),
    }
}

/// `POST /nameless/cases`
pub(super) async fn nameless(
    State(app): State<App>,
    caller: Caller,
    page: Page,
    form: Form,
) -> Result<Response, Error> {
    let mut sending = Sending::read(app, &form)?;
    if !sending.is_complete(false) {
        return sending.again(sending.incomplete, page, "");
    }
    if let Some((_, nonce)) = sending.made_already(form.token()).await? {
        let code = sending.app.keys.receipt_code_from(&nonce.0);
        return receipt::with_code(&sending.app, page, &code).await;
    }
    let Some(nonce) = form.token().nonce() else {
        return sending.again(Step::Check, page, form.token().sentence().unwrap_or_default());
    };
    if let Err(too_many) = sending.pass(LimitedAction::SubmitAnonymously, Who::Address(caller.0)) {
        return sending.slow_down(page, too_many);
    }
    let code = sending.app.keys.receipt_code_from(&nonce.0);
    let bringer = Bringer::Receipt(sending.app.keys.receipt_code_hash(&code));
    match sending.make(nonce, bringer).await {
        Ok(_) => receipt::with_code(&sending.app, page, &code).await,
        Err(error) => sending.refused(page, error),
    }
}

fn to_receipt(no: &CaseNo) -> Response {
    Redirect::to(&format!("/cases/{no}/receipt")).into_response()
}

/// A form on its way to become a case.
struct Sending {
    app: App,
    entrance: Entrance,
    answers: Answers,
    errors: FieldErrors,
    incomplete: Step,
}

impl Sending {
    fn read(app: App, form: &Form) -> Result<Sending, Error> {
        let entrance = Entrance::of(&app, &form.text("kind"))?;
        let answers = Answers::read(form, &app.keys);
        Ok(Sending { entrance, answers, errors: form.errors(), incomplete: Step::Matter, app })
    }

    /// Judges all answers; the first step with something wrong is noted.
    fn is_complete(&mut self, is_signed_in: bool) -> bool {
        let errors = &mut self.errors;
        self.incomplete = steps::judge(errors, &self.answers, &self.entrance, Step::Check, is_signed_in);
        self.errors.is_empty()
    }

    /// A step again, with everything in it.
    fn again(&mut self, step: Step, page: Page, notice: &str) -> Result<Response, Error> {
        let showing = Showing {
            school: &self.app,
            entrance: &self.entrance,
            answers: &self.answers,
            errors: std::mem::take(&mut self.errors),
            notice: notice.to_owned(),
            alike: Vec::new(),
        };
        pages::show(step, page, showing)
    }

    /// The case that an old form has made already: a receipt loaded again the next day must not make another. A fresh form
    /// is found by the write itself.
    async fn made_already(&self, token: Token) -> Result<Option<(CaseNo, Nonce)>, Error> {
        let Token::Stale(nonce) = token else { return Ok(None) };
        let form = form_key(&self.app.keys, nonce);
        let made = self.app.db.read(move |tx| numbers::of_form(tx, &form)).await?;
        Ok(made.map(|no| (no, nonce)))
    }

    fn pass(&self, action: LimitedAction, who: Who<'_>) -> Result<(), TooMany> {
        self.app.limits.pass(action, who, &self.app.keys, self.app.now())
    }

    fn slow_down(&mut self, page: Page, too_many: TooMany) -> Result<Response, Error> {
        let mut response = self.again(Step::Check, page, &too_many.sentence())?;
        *response.status_mut() = StatusCode::TOO_MANY_REQUESTS;
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(too_many.wait_seconds.max(1)));
        Ok(response)
    }

    async fn make(&self, nonce: Nonce, bringer: Bringer) -> Result<CaseNo, Error> {
        let submission = self.entrance.submission(&self.answers)?;
        let form = form_key(&self.app.keys, nonce);
        let attempt = || {
            let (app, standing) = (self.app.clone(), self.entrance.standing.clone());
            let (bringer, form, submission) = (bringer.clone(), form.clone(), submission.clone());
            self.app.db.write(move |tx| {
                let bench = standing.bench(&app.keys);
                log::submit(tx, &bench, &Actor::Requester, None, &bringer, Some(&form), submission)
            })
        };
        match attempt().await {
            // The same form at the same moment, or a random number already taken: once more finds the one or draws another.
            Err(Error::Conflict { .. }) => attempt().await,
            outcome => outcome,
        }
    }

    /// What could not be done, on the page where it can be put right.
    fn refused(&mut self, page: Page, error: Error) -> Result<Response, Error> {
        match error {
            Error::Refused { sentence, clause } => {
                let notice =
                    if clause.is_empty() { sentence } else { format!("{sentence}依据：{clause}") };
                let mut response = self.again(Step::Check, page, &notice)?;
                *response.status_mut() = StatusCode::CONFLICT;
                Ok(response)
            }
            // Files lay about for too long, or belong to a case already sent.
            Error::Invalid(errors) => {
                self.answers.photos.clear();
                for (_, sentence) in errors.iter() {
                    self.errors.add("photo", sentence);
                }
                self.again(Step::Matter, page, "")
            }
            error => Err(error),
        }
    }
}

/// What is remembered of a form that made a case. Not the nonce itself: a receipt code can be made from that.
pub(super) fn form_key(keys: &Keys, nonce: Nonce) -> String {
    keys.hmac_text(Label::SentForms, &nonce.0)
}
