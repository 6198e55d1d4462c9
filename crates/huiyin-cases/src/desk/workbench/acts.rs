//! The acts of the workbench: what each form says, as a command, and what it lacks. `attempt.rs` carries it out.

use super::attempt::FromDesk;
use super::look::{GROUNDS, NOBODY_KNOWS, OUTCOMES};
use super::tab::Tab;
use super::turns;
use crate::cases::covering;
use axum::response::Response;
use huiyin_domain::case::{Answer, Command, Outcome, PublicText, SendBackGround};
use huiyin_domain::ids::UnitId;
use huiyin_foundation::error::{Error, FieldErrors};
use huiyin_foundation::web::Form;

pub(super) const WORDS_MAX: usize = 2000;
pub(super) const REASON_MAX: usize = 500;
const PUBLIC_TITLE_MAX: usize = 60;

/// The answer with its result; public only where the requester agreed.
pub(in crate::desk) async fn reply(sent: FromDesk) -> Result<Response, Error> {
    let mut errors = sent.form.errors();
    let answer = answer(&sent.form, &mut errors);
    let command = |files| Command::Reply(Answer { files, ..answer });
    sent.carry(Tab::Reply, errors, command).await
}

/// The same answer, laid before the head of the unit.
pub(in crate::desk) async fn propose(sent: FromDesk) -> Result<Response, Error> {
    let mut errors = sent.form.errors();
    let answer = answer(&sent.form, &mut errors);
    let command = |files| Command::ProposeReply(Answer { files, ..answer });
    sent.carry(Tab::Proposal, errors, command).await
}

/// What the form says; its pictures are kept when all is in order.
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
    form.expect_at_most(errors, "joined_words", "给并案各位的答复", WORDS_MAX);
    let (files, joined_words) = (Vec::new(), form.words("joined_words"));
    Answer { words, outcome, public, files, shelving, joined_words }
}

/// Interim words to the requester.
pub(in crate::desk) async fn report_progress(sent: FromDesk) -> Result<Response, Error> {
    let (form, mut errors) = (&sent.form, sent.form.errors());
    let words = demand(form, &mut errors, "words", "阶段反馈", WORDS_MAX);
    form.expect_filled_in(&mut errors, "words");
    form.expect_at_most(&mut errors, "joined_words", "给并案各位的进展", WORDS_MAX);
    let joined_words = form.words("joined_words");
    let command = |files| Command::ReportProgress { words, files, joined_words };
    sent.carry(Tab::Progress, errors, command).await
}

/// A note for colleagues.
pub(in crate::desk) async fn note(sent: FromDesk) -> Result<Response, Error> {
    let (form, mut errors) = (&sent.form, sent.form.errors());
    let words = demand(form, &mut errors, "words", "批注内容", WORDS_MAX);
    sent.carry(Tab::Note, errors, |_| Command::Note { words }).await
}

/// Handing the case back, with a ground, a reason, and whose matter it is.
pub(in crate::desk) async fn send_back(sent: FromDesk) -> Result<Response, Error> {
    let (form, mut errors) = (&sent.form, sent.form.errors());
    let ground = GROUNDS.into_iter().find(|(word, _)| *word == form.text("ground")).map(|(_, one)| one);
    errors.expect(ground.is_some(), "ground", "请选退回的原因");
    let suggested = form.text("suggested");
    let is_named = !suggested.is_empty() || ground == Some(SendBackGround::Unclear);
    errors.expect(is_named, "suggested", "请选建议单位；说不准就选“请协调部门定”");
    let reason = demand(form, &mut errors, "reason", "退回的理由", REASON_MAX);
    let suggested = (!suggested.is_empty() && suggested != NOBODY_KNOWS).then_some(UnitId(suggested));
    let ground = ground.unwrap_or(SendBackGround::Unclear);
    let command = |_| Command::SendBack { ground, suggested, reason };
    sent.carry(Tab::Return, errors, command).await
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
