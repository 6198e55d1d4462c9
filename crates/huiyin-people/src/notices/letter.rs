//! What a letter says: what happened, the number, by when, and where to look; never what a complaint is about.

use super::addressees::Beside;
use super::page::way_of;
use huiyin_foundation::outbox::{Batch, Letter};
use std::fmt::Write as _;

/// More lines than this are counted, not listed.
const LINES_MAX: usize = 30;

/// Where the letter comes from: the name of the school and the address people type.
#[derive(Clone, Copy, Debug)]
pub(super) struct House<'a> {
    pub school: &'a str,
    pub url: &'a str,
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
pub(super) fn written(batch: &Batch, beside: Beside, house: House<'_>) -> Written {
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
        let body = signed(&letter.words, &link, house);
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
    Written { subject, body: signed(words.trim_end(), &link, house), link }
}

fn signed(words: &str, link: &str, house: House<'_>) -> String {
    let House { school, url } = house;
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
