//! Who wrote a letter: a person, an answering machine, a program, somebody who writes to many, or a mail server that
//! could not deliver one of ours (RFC 3834, 3464). When in doubt it was a person.

use mail_parser::{HeaderValue, Message, MimeHeaders};

/// Who wrote a letter, as far as it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nature {
    /// A person.
    Person,
    /// An answering machine: away, received, thank you.
    AutoReply,
    /// A program that writes by itself.
    Machine,
    /// Somebody who writes the same to many.
    Bulk,
    /// A mail server about a letter that it could not deliver.
    Bounce,
}

/// How answering machines of mail providers begin their subject.
const AWAY: [&str; 6] =
    ["自动回复", "自动答复", "automatic reply", "auto reply", "out of office", "auto-reply"];

pub(super) fn of(message: &Message<'_>) -> Nature {
    let head = |name: &str| message.header_raw(name.to_owned()).unwrap_or_default().trim().to_lowercase();
    let has = |name: &str| !head(name).is_empty();
    let is_report = message.content_type().is_some_and(|kind| {
        kind.ctype().eq_ignore_ascii_case("multipart")
            && kind.subtype().is_some_and(|subtype| subtype.eq_ignore_ascii_case("report"))
    });
    let from =
        message.from().and_then(|from| from.first()).and_then(|from| from.address()).unwrap_or_default();
    let is_postmaster =
        ["mailer-daemon@", "postmaster@"].iter().any(|who| from.to_lowercase().starts_with(who));
    let is_from_nobody = head("Return-Path") == "<>";
    if is_report || (is_postmaster && is_from_nobody) {
        return Nature::Bounce;
    }
    let (submitted, precedence) = (head("Auto-Submitted"), head("Precedence"));
    let subject = message.subject().unwrap_or_default().to_lowercase();
    let is_away = AWAY.iter().any(|words| {
        subject.strip_prefix(words).is_some_and(|rest| rest.trim_start().starts_with([':', '：']))
    });
    let is_answer = is_from_nobody || !matches!(message.in_reply_to(), HeaderValue::Empty);
    if submitted.starts_with("auto-replied")
        || precedence == "auto_reply"
        || ["X-Autoreply", "X-Autorespond", "X-Autoreply-From"].into_iter().any(has)
        || (is_away && is_answer)
    {
        return Nature::AutoReply;
    }
    if (!submitted.is_empty() && submitted != "no") || is_from_nobody || has("X-Loop") {
        return Nature::Machine;
    }
    if matches!(precedence.as_str(), "bulk" | "list" | "junk") || has("List-Id") || has("List-Unsubscribe") {
        return Nature::Bulk;
    }
    Nature::Person
}
