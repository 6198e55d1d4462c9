//! What a letter says: what happened, the number, by when, and where to look; never what a complaint is about.

use super::addressees::Beside;
use super::correspondents::{Correspondent, Sayable};
use super::page::way_of;
use huiyin_foundation::keys::Keys;
use huiyin_foundation::outbox::{Batch, Letter};
use std::fmt::Write as _;

/// More lines than this are counted, not listed.
const LINES_MAX: usize = 30;

/// Where the letter comes from: the name of the school and the address people type.
#[derive(Clone, Copy, Debug)]
pub(super) struct House<'a> {
    pub school: &'a str,
    pub url: &'a str,
    /// The telephone that is answered round the clock; may be empty.
    pub phone: &'a str,
}

/// A letter in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Written {
    pub subject: String,
    pub body: String,
    /// Where it leads.
    pub link: String,
}

/// Writes what one recipient gets at one time.
pub(super) fn written(batch: &Batch, beside: Beside, sayable: &Sayable, house: House<'_>) -> Written {
    let url = house.url;
    // Whoever carries the letter knows the address; it must not learn which sealed case belongs to it.
    if beside == Beside::Sealed {
        let link = format!("{url}/messages");
        let words = "您用保密身份反映的事有了新消息，请登录后查看";
        return Written { subject: words.to_owned(), body: signed(words, &link, house), link };
    }
    let letters: Vec<&Letter> = batch.letters.iter().collect();
    if let [letter] = letters[..] {
        let link = format!("{url}{}", way_of(&letter.kind, &letter.case_no));
        let words = format!("{}{}", letter.words, asking(sayable, house));
        let body = signed(&words, &link, house);
        return Written { subject: letter.words.clone(), body, link };
    }
    let link = format!("{url}/messages");
    let mut words = String::new();
    for letter in letters.iter().take(LINES_MAX) {
        let _ = writeln!(words, "· {}\n  {url}{}", letter.words, way_of(&letter.kind, &letter.case_no));
    }
    if letters.len() > LINES_MAX {
        let _ = writeln!(words, "另有 {} 条，请登录后看全部消息。", letters.len() - LINES_MAX);
    }
    let subject = format!("{} 条新消息", letters.len());
    let words = format!("{}{}", words.trim_end(), asking(sayable, house));
    Written { subject, body: signed(&words, &link, house), link }
}

/// The way to the questions after an answer; no more is said of a protected case than before.
fn asking(sayable: &Sayable, house: House<'_>) -> String {
    if sayable.follow_up.is_empty() {
        return String::new();
    }
    format!(
        "\n\n不登录也能评价：{}{}\n这个链接只用来评价这一次答复，请不要转给别人。",
        house.url, sayable.follow_up
    )
}

/// Writes to whoever wrote to the mailbox. Of a protected case nothing leaves but that the letter was taken, without its
/// number; none if there is nothing to be said.
pub(super) fn to_correspondent(
    batch: &Batch,
    to: &Correspondent,
    sayable: &Sayable,
    keys: &Keys,
    house: House<'_>,
) -> Option<Written> {
    let House { school, url, phone } = house;
    let link = format!("{url}/receipt");
    let taken = batch.letters.iter().find(|letter| letter.kind == "letter_taken");
    let (subject, mut words) = if sayable.is_protected {
        ("您的来信已收到".to_owned(), protected(taken?, phone))
    } else {
        let lines: Vec<&str> = batch.letters.iter().map(|letter| letter.words.as_str()).collect();
        let subject = lines[0].lines().next().unwrap_or_default();
        (subject.to_owned(), lines.join("\n"))
    };
    if taken.is_some() {
        let code = to.receipt_code(keys).grouped();
        let _ = write!(
            words,
            "\n\n查询码：{code}\n凭它看进展、评价、撤回。只写在这封信里，请留好，不要转给别人。"
        );
    }
    words.push_str(&asking(sayable, house));
    let more = if sayable.is_protected {
        ""
    } else {
        "要补充情况，直接回复这封信，可以附照片。\n"
    };
    let body =
        format!("{words}\n\n查看：{link}\n{more}\n— {school} 回音\n这封信由平台自动发出，不写诉求内容。\n");
    Some(Written { subject, body, link })
}

/// What is said of a protected case: that it was taken, whom to ring up in danger, and what of the letter was not taken.
fn protected(taken: &Letter, phone: &str) -> String {
    let mut words = "您的来信已收到，已交专人办理。这件受保护，除这封信外不再发邮件，进展请用查询码看。\n\
                     有人身危险，请马上打 110、120"
        .to_owned();
    if !phone.is_empty() {
        let _ = write!(words, "，或学校总值班 {phone}");
    }
    words.push('。');
    taken.words.lines().skip(1).fold(words, |words, note| format!("{words}\n{note}"))
}

fn signed(words: &str, link: &str, house: House<'_>) -> String {
    let House { school, url, .. } = house;
    format!(
        "{words}\n\n查看：{link}\n\n— {school} 回音\n这封信由平台自动发出，不写诉求内容，登录后可看详情。\n\
         发什么、什么时候发，在这里改：{url}/settings/notices\n"
    )
}

/// What a group sees: numbers and links.
pub(super) fn for_group(batch: &Batch, house: House<'_>) -> String {
    let mut numbers: Vec<&str> = batch.letters.iter().map(|letter| letter.case_no.as_str()).collect();
    numbers.sort_unstable();
    numbers.dedup();
    let mut words = String::from("回音");
    for no in numbers.iter().take(LINES_MAX / 2) {
        let _ = write!(words, "\n{no} {}/staff/cases/{no}", house.url);
    }
    if numbers.len() > LINES_MAX / 2 {
        let _ = write!(words, "\n另有 {} 件 {}/messages", numbers.len() - LINES_MAX / 2, house.url);
    }
    words
}

/// What a webhook hears: what happened to which number, when, and where to look.
pub(super) fn for_hook(letter: &Letter, house: House<'_>) -> String {
    let Letter { kind, case_no, .. } = letter;
    let link = format!("{}/staff/cases/{case_no}", house.url);
    let timestamp = letter.at.to_rfc3339();
    let data = serde_json::json!({ "number": case_no, "link": link });
    serde_json::json!({ "type": format!("case.{kind}"), "timestamp": timestamp, "data": data }).to_string()
}
