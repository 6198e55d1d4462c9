//! What was sent with a form: texts and files, within limits, made harmless, with its token judged.
//!
//! Takes `application/x-www-form-urlencoded` and `multipart/form-data`. A text that is too long or damaged is kept and
//! told about; only what is beyond any honest form is refused whole. What this deliberately does not do: know what a
//! field means.

use super::clean;
use super::errors::{Kept, Trouble};
use super::fields::Filled;
use super::multipart;
use super::token::{self, Token};
use super::visitor::Visitor;
use crate::error::FieldErrors;
use crate::school::App;
use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use http_body_util::{BodyExt, Limited};
use sha2::{Digest, Sha256};
use tokio::sync::OwnedSemaphorePermit;

/// All texts of a form together.
pub(super) const TEXT_BYTES_MAX: usize = 1 << 20;
/// Values of a form.
pub(super) const VALUES_MAX: usize = 400;
/// What is written when bytes are no text.
const DAMAGED: &str = "有几个字没能识别（显示为 �），请把它们重新输入一遍";

/// How many files of which size a form may bring; from the policy in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FormLimits {
    /// At most so many files.
    pub files_max: usize,
    /// Each at most so large.
    pub file_bytes_max: usize,
}

impl FormLimits {
    fn of(app: &App) -> FormLimits {
        let attachments = app.policy_in_force().policy.attachments.clone();
        FormLimits {
            files_max: usize::from(attachments.count_max),
            file_bytes_max: usize::from(attachments.size_mib_max) << 20,
        }
    }
}

/// A file that came with a form, in memory until the room has stored it.
pub struct SentFile {
    /// The name the sender's device gave; for messages only, never a path.
    pub name: String,
    /// What it holds, whatever its name says.
    pub bytes: Bytes,
    /// Its share of the memory set aside for uploads; given back when the file is dropped.
    pub(super) _room: Option<OwnedSemaphorePermit>,
}

/// Everything that came with a form.
pub struct Form {
    pub(super) values: Vec<(String, String)>,
    pub(super) files: Vec<(String, SentFile)>,
    pub(super) errors: FieldErrors,
    token: Token,
}

impl Form {
    /// The first value of a field as one line: trimmed, without direction marks; empty if there is none.
    pub fn text(&self, name: &str) -> String {
        clean::line(self.raw(name))
    }

    /// The first value of a field as lines.
    pub fn words(&self, name: &str) -> String {
        clean::lines(self.raw(name))
    }

    /// Every value of a field, each as one line.
    pub fn all(&self, name: &str) -> Vec<String> {
        let values = self.values.iter().filter(|(known, _)| known == name);
        values.map(|(_, value)| clean::line(value)).collect()
    }

    /// All that was typed and handed in, boiled down: the same content sent twice agrees. To be asked before files are taken.
    pub fn digest(&self) -> [u8; 32] {
        let mut hasher = Sha256::new();
        let mut take = |part: &[u8]| {
            hasher.update((part.len() as u64).to_be_bytes());
            hasher.update(part);
        };
        for (name, value) in self.values.iter().filter(|(name, _)| !name.starts_with('_')) {
            take(name.as_bytes());
            take(value.as_bytes());
        }
        for (name, file) in &self.files {
            take(name.as_bytes());
            take(&file.bytes);
        }
        hasher.finalize().into()
    }

    /// Whether a field was sent and is not empty.
    pub fn has(&self, name: &str) -> bool {
        !self.raw(name).trim().is_empty()
    }

    /// The files of a field, in order.
    pub fn files(&self, name: &str) -> Vec<&SentFile> {
        self.files.iter().filter(|(known, _)| known == name).map(|(_, file)| file).collect()
    }

    /// Takes the files of a field out of the form.
    pub fn take_files(&mut self, name: &str) -> Vec<SentFile> {
        let (taken, left) = std::mem::take(&mut self.files).into_iter().partition(|(known, _)| known == name);
        self.files = left;
        let taken: Vec<(String, SentFile)> = taken;
        taken.into_iter().map(|(_, file)| file).collect()
    }

    /// What the token says. A form with another than a valid one is shown again, never thrown away.
    pub fn token(&self) -> Token {
        self.token
    }

    /// What is wrong already: damaged text, files too many or too large. The room adds its own.
    pub fn errors(&self) -> FieldErrors {
        self.errors.clone()
    }

    /// Notes a text longer than so many characters: 「标题超过 40 字，请删去 6 字」.
    pub fn expect_at_most(
        &self,
        errors: &mut FieldErrors,
        name: &'static str,
        label: &str,
        chars_max: usize,
    ) {
        let chars = self.words(name).chars().count();
        if chars > chars_max {
            errors.add(name, format!("{label}超过 {chars_max} 字，请删去 {} 字", chars - chars_max));
        }
    }

    /// Notes the holes of a template that nobody has filled in: 「还有【原因】没有写」.
    pub fn expect_filled_in(&self, errors: &mut FieldErrors, name: &'static str) {
        let words = self.words(name);
        let mut holes: Vec<&str> = Vec::new();
        let mut rest = words.as_str();
        while let Some((_, after)) = rest.split_once('【') {
            let Some((hole, further)) = after.split_once('】') else { break };
            if !holes.contains(&hole) {
                holes.push(hole);
            }
            rest = further;
        }
        if !holes.is_empty() {
            errors.add(name, format!("还有【{}】没有写，写好再发", holes.join("】【")));
        }
    }

    /// The form as it was typed, to be shown again with what is wrong.
    pub fn filled(&self, errors: FieldErrors) -> Filled {
        let typed = self.values.iter().filter(|(name, _)| !name.starts_with('_'));
        Filled::from_values(typed.cloned().collect(), errors)
    }

    /// What was read out of this form, if it may be taken; else what its page shows again: the form as it was typed with what
    /// is wrong in it, and what is wrong with the form itself.
    pub fn taken<T>(&self, read: Result<T, FieldErrors>) -> Result<T, (Filled, String)> {
        match (read, self.token().sentence()) {
            (Ok(read), None) => Ok(read),
            (read, sentence) => {
                let filled = self.filled(read.err().unwrap_or_default());
                Err((filled, sentence.unwrap_or_default().to_owned()))
            }
        }
    }

    /// Texts worth keeping when the act could not be done.
    pub(super) fn kept_texts(&self) -> Vec<String> {
        let typed = self.values.iter().filter(|(name, _)| !name.starts_with('_'));
        typed.map(|(_, value)| clean::lines(value)).filter(|value| value.chars().count() > 12).collect()
    }

    fn raw(&self, name: &str) -> &str {
        self.values.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.as_str())
    }

    /// Notes the values that could not be read as text.
    fn note_damage(&mut self) {
        for (name, value) in &self.values {
            if clean::is_damaged(value) && self.errors.of(name).is_none() {
                self.errors.add(name.clone(), DAMAGED);
            }
        }
    }
}

impl FromRequest<App> for Form {
    type Rejection = Response;

    async fn from_request(request: Request, app: &App) -> Result<Form, Response> {
        let binding = request.extensions().get::<Visitor>().cloned().unwrap_or_default();
        let slot = request.extensions().get::<super::errors::KeptSlot>().cloned();
        let mut form =
            Form { values: Vec::new(), files: Vec::new(), errors: FieldErrors::new(), token: Token::Missing };
        if is_multipart(&request) {
            multipart::read(request, FormLimits::of(app), &mut form).await?;
        } else {
            form.values = read_urlencoded(request).await?;
        }
        form.note_damage();
        form.token = token::check(&app.keys, binding.binding(), form.raw("_token"), app.now());
        if let Some(slot) = slot {
            slot.keep(Kept::from_form(&form));
        }
        Ok(form)
    }
}

fn is_multipart(request: &Request) -> bool {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    kind.is_some_and(|kind| kind.to_ascii_lowercase().starts_with("multipart/form-data"))
}

async fn read_urlencoded(request: Request) -> Result<Vec<(String, String)>, Response> {
    let body = Limited::new(request.into_body(), TEXT_BYTES_MAX)
        .collect()
        .await
        .map_err(|_| too_large())?
        .to_bytes();
    let pairs = body.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty()).map(|pair| {
        let (name, value) = match pair.iter().position(|byte| *byte == b'=') {
            Some(at) => (&pair[..at], &pair[at + 1..]),
            None => (pair, &[][..]),
        };
        (clean::text(&decoded(name)), clean::text(&decoded(value)))
    });
    let pairs: Vec<_> = pairs.take(VALUES_MAX + 1).collect();
    if pairs.len() > VALUES_MAX { Err(too_large()) } else { Ok(pairs) }
}

fn decoded(part: &[u8]) -> Vec<u8> {
    let spaced: Vec<u8> = part.iter().map(|byte| if *byte == b'+' { b' ' } else { *byte }).collect();
    percent_encoding::percent_decode(&spaced).collect()
}

/// Beyond any honest form.
pub(super) fn too_large() -> Response {
    Trouble::new(
        StatusCode::PAYLOAD_TOO_LARGE,
        "内容太多，一次收不下",
        "请返回上一页，把文字分成几次写，或减少照片后再交。",
    )
    .into_response()
}
