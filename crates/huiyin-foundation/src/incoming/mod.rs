//! A letter as it came in, read from its bytes: who says to have written it, its words as plain text, what was attached, what
//! it belongs behind, and whether a person wrote it (1.4).
//!
//! Nothing of it is believed: whoever writes a letter writes all of it, the sender too. What nobody can read is kept as
//! it stands rather than lost. Not here: what becomes of a letter, and what a file must be like to be kept.

mod body;
mod nature;
#[cfg(test)]
mod tests;

pub use nature::Nature;

use crate::web::{clean_line, clean_lines};
use bytes::Bytes;
use encoding_rs::GB18030;
use mail_parser::{HeaderValue, Message, MessageParser, MimeHeaders, PartType};
use std::borrow::Cow;

/// So many parts within parts are read; a letter with more is read as far as that. Reading, and letting go of what was
/// read, costs a step of the stack for each.
const PARTS_MAX: usize = 200;
/// So many earlier letters are looked up at most.
const THREAD_MAX: usize = 50;
/// Longest subject and name that are read.
const LINE_CHARS_MAX: usize = 400;

/// Something attached to a letter. Its name is not read: it may say more than its sender knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    /// What it holds.
    pub bytes: Bytes,
    /// The ending of its name, such as `docx`; empty if there is no plain one.
    pub ending: String,
}

/// A letter as it came in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Incoming {
    /// Its own name (Message-ID), as it says; may be empty.
    pub name: String,
    /// The address it says to come from, in small letters; empty if none can be read.
    pub from: String,
    /// What the sender is called, as it says.
    pub called: String,
    /// Its subject in one line.
    pub subject: String,
    /// The line that says when it was written, as it stands.
    pub date: String,
    /// Its words as plain text.
    pub words: String,
    /// What was attached.
    pub attachments: Vec<Attachment>,
    /// The names of the letters it belongs behind, or of which it brings news.
    pub thread: Vec<String>,
    /// Who wrote it, as far as it can be told.
    pub nature: Nature,
    /// Whether all of it was read; otherwise there are no attachments.
    pub is_whole: bool,
}

/// Reads a letter. `is_whole` is false when only its beginning was fetched.
pub fn read(bytes: &[u8], is_whole: bool) -> Incoming {
    let (bytes, is_whole) = match knot(bytes) {
        Some(end) => (&bytes[..end], false),
        None => (bytes, is_whole),
    };
    let bytes = with_readable_head(bytes);
    let Some(message) = MessageParser::default().parse(bytes.as_ref()) else {
        let words = clean_lines(&body::decoded(bytes.as_ref()));
        return Incoming { words, ..Incoming::nothing(is_whole) };
    };
    let (from, called) = sender(&message);
    let line = |text: &str| clean_line(&text.chars().take(LINE_CHARS_MAX).collect::<String>());
    let nature = nature::of(&message);
    let subject = line(message.subject().unwrap_or_default());
    let mut words = clean_lines(&body::words(&message));
    if words.is_empty() && subject.is_empty() && from.is_empty() {
        // Nothing of it was found where it belongs: it is read as it stands.
        words = clean_lines(&body::decoded(bytes.as_ref()));
    }
    Incoming {
        name: message.message_id().unwrap_or_default().chars().take(LINE_CHARS_MAX).collect(),
        from,
        called: line(&called),
        subject,
        date: message.header_raw("Date").unwrap_or_default().trim().chars().take(LINE_CHARS_MAX).collect(),
        words,
        attachments: if is_whole { attachments(&message) } else { Vec::new() },
        thread: if nature == Nature::Bounce { mentioned(bytes.as_ref()) } else { thread(&message) },
        nature,
        is_whole,
    }
}

impl Incoming {
    fn nothing(is_whole: bool) -> Incoming {
        Incoming {
            name: String::new(),
            from: String::new(),
            called: String::new(),
            subject: String::new(),
            date: String::new(),
            words: String::new(),
            attachments: Vec::new(),
            thread: Vec::new(),
            nature: Nature::Person,
            is_whole,
        }
    }
}

/// Where the letter is nested too deeply to be read further.
fn knot(bytes: &[u8]) -> Option<usize> {
    let opens = |window: &[u8]| {
        window.eq_ignore_ascii_case(b"multipart/") || window[..8].eq_ignore_ascii_case(b"message/")
    };
    bytes.windows(10).enumerate().filter(|(_, window)| opens(window)).nth(PARTS_MAX).map(|(at, _)| at)
}

/// Programs that know nothing of the standards write Chinese into the head of a letter as the machine has it.
fn with_readable_head(bytes: &[u8]) -> Cow<'_, [u8]> {
    let ends = [&b"\r\n\r\n"[..], b"\n\n"].iter().filter_map(|end| position(bytes, end)).min();
    let (head, rest) = bytes.split_at(ends.unwrap_or(bytes.len()));
    if std::str::from_utf8(head).is_ok() {
        return Cow::Borrowed(bytes);
    }
    let (text, _, _) = GB18030.decode(head);
    Cow::Owned([text.as_bytes(), rest].concat())
}

fn position(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

/// The first address of the sender that can be one, and the name beside it.
fn sender(message: &Message<'_>) -> (String, String) {
    let from = message.from().and_then(|from| from.first());
    let Some(from) = from else { return (String::new(), String::new()) };
    let address = from.address().unwrap_or_default().trim().to_lowercase();
    let is_plain = address.len() <= 254
        && address.bytes().all(|byte| byte.is_ascii_graphic() && !b"<>()[],;:\\\"".contains(&byte))
        && matches!(address.split_once('@'), Some((who, domain)) if !who.is_empty() && domain.contains('.'));
    let called = from.name().unwrap_or_default();
    let called = if called.contains('\u{fffd}') { "" } else { called };
    (if is_plain { address } else { String::new() }, called.to_owned())
}

/// The letters that it names as those before it.
fn thread(message: &Message<'_>) -> Vec<String> {
    let mut names = Vec::new();
    for value in [message.in_reply_to(), message.references()] {
        match value {
            HeaderValue::Text(name) => names.push(name.to_string()),
            HeaderValue::TextList(list) => names.extend(list.iter().rev().map(|name| name.to_string())),
            _ => {}
        }
    }
    names.truncate(THREAD_MAX);
    names
}

/// Whatever stands between angle brackets like the name of a letter, anywhere in a notice of non-delivery.
fn mentioned(bytes: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(bytes);
    let inside = text.split('<').skip(1).filter_map(|rest| rest.split_once('>')).map(|(name, _)| name);
    let names = inside.filter(|name| name.contains('@') && name.len() < 200);
    names.take(THREAD_MAX).map(str::to_owned).collect()
}

fn attachments(message: &Message<'_>) -> Vec<Attachment> {
    let kept = message.attachments().filter(|part| !is_for_machines(part));
    kept.map(|part| {
        let bytes = match &part.body {
            PartType::Binary(bytes) | PartType::InlineBinary(bytes) => Bytes::copy_from_slice(bytes),
            PartType::Text(text) | PartType::Html(text) => Bytes::copy_from_slice(text.as_bytes()),
            PartType::Message(_) | PartType::Multipart(_) => Bytes::from_static(b"a letter within a letter"),
        };
        let ending = part.attachment_name().and_then(|name| name.rsplit_once('.')).map(|(_, ending)| ending);
        let is_plain = |ending: &&str| {
            (1..=5).contains(&ending.len()) && ending.bytes().all(|byte| byte.is_ascii_alphanumeric())
        };
        Attachment { bytes, ending: ending.filter(is_plain).unwrap_or_default().to_lowercase() }
    })
    .collect()
}

/// Signatures of mail programs belong to nobody who reads the case.
fn is_for_machines(part: &mail_parser::MessagePart<'_>) -> bool {
    part.content_type().and_then(|kind| kind.subtype()).is_some_and(|kind| {
        ["pgp-signature", "pkcs7-signature", "x-pkcs7-signature"]
            .iter()
            .any(|known| kind.eq_ignore_ascii_case(known))
    })
}
