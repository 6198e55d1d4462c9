//! The words of a letter: the plain text where there is one, else what can be read of the page; in whatever encoding.

use encoding_rs::GB18030;
use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::html::html_to_text;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;
use mail_parser::{Encoding, Message, MessagePart, PartType};
use std::borrow::Cow;

/// Everything in it that is to be read as words.
pub(super) fn words(message: &Message<'_>) -> String {
    let plain = joined(message, message.text_bodies());
    // Some programs send an empty text beside the page.
    if plain.trim().is_empty() { joined(message, message.html_bodies()) } else { plain }
}

fn joined<'x>(message: &Message<'x>, parts: impl Iterator<Item = &'x MessagePart<'x>>) -> String {
    let texts: Vec<String> = parts.map(|part| text_of(message, part)).collect();
    texts.join("\n\n")
}

fn text_of(message: &Message<'_>, part: &MessagePart<'_>) -> String {
    match &part.body {
        PartType::Text(text) => readable(message, part, text).into_owned(),
        PartType::Html(text) => html_to_text(&readable(message, part, text)),
        _ => String::new(),
    }
}

/// What was said to be another encoding, or none, is tried as the one that Chinese programs write when they say nothing.
fn readable<'a>(message: &Message<'_>, part: &MessagePart<'_>, text: &'a str) -> Cow<'a, str> {
    let lost = |text: &str| text.matches('\u{fffd}').count();
    if lost(text) == 0 {
        return Cow::Borrowed(text);
    }
    let (from, until) = (part.offset_body as usize, part.offset_end as usize);
    let raw = message.raw_message.get(from..until).unwrap_or_default();
    let bytes = match part.encoding {
        Encoding::None => Some(raw.to_vec()),
        Encoding::QuotedPrintable => quoted_printable_decode(raw),
        Encoding::Base64 => base64_decode(raw),
    };
    let Some(bytes) = bytes else { return Cow::Borrowed(text) };
    let (other, _, _) = GB18030.decode(&bytes);
    if lost(&other) < lost(text) { Cow::Owned(other.into_owned()) } else { Cow::Borrowed(text) }
}

/// Bytes of which nothing is known, as text.
pub(super) fn decoded(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => GB18030.decode(bytes).0.into_owned(),
    }
}
