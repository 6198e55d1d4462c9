//! The one-time token of a form: `nonce.issued_ms.mac`, bound to the session or, for strangers, to "anyone".
//!
//! It proves that the form came from here, and its nonce lets the same form sent twice make one case. A token that is
//! too old, or belongs to another session, costs nobody a word: the handler shows the form again with what was typed.

use super::visitor::Visitor;
use crate::keys::{Keys, Label};
use crate::school::School;
use data_encoding::BASE64URL_NOPAD;
use huiyin_domain::calendar::Instant;

/// A form stays good this long; a day at the desk with its lunch.
const VALID_MS: i64 = 12 * 3_600_000;
/// A token from the future by more than this was not made here.
const SKEW_MS: i64 = 60_000;
const NONCE_BYTES: usize = 16;

/// The chance inside one form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Nonce(pub [u8; NONCE_BYTES]);

impl Nonce {
    /// As text, for a unique column.
    pub fn to_text(self) -> String {
        BASE64URL_NOPAD.encode(&self.0)
    }
}

/// What came back with a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Token {
    /// Ours, for this visitor, recent.
    Valid(Nonce),
    /// Ours, for this visitor, too old; what it was spent on may still be found.
    Stale(Nonce),
    /// Made for another session, or not here.
    Foreign,
    /// There was none.
    Missing,
}

impl Token {
    /// The nonce of a valid token.
    pub fn nonce(self) -> Option<Nonce> {
        match self {
            Token::Valid(nonce) => Some(nonce),
            _ => None,
        }
    }

    /// What to say above the form that is shown again.
    pub fn sentence(self) -> Option<&'static str> {
        match self {
            Token::Valid(_) => None,
            _ => Some("这一页打开太久或登录有变化，内容都在，请再点一次提交。"),
        }
    }
}

/// A fresh token for a form.
pub fn mint(keys: &Keys, binding: &str, now: Instant) -> String {
    let nonce: [u8; NONCE_BYTES] = keys.random_bytes();
    let body = format!("{}.{}", BASE64URL_NOPAD.encode(&nonce), now.0);
    let mac = keys.hmac_text(Label::FormTokens, &signed(binding, &body));
    format!("{body}.{mac}")
}

/// A token for a form that is sent on the nameless road, shown on a page that may know its visitor.
pub fn token_for_anyone(school: &School) -> String {
    mint(&school.keys, Visitor::stranger().binding(), school.now())
}

/// Judges a token that came back.
pub(super) fn check(keys: &Keys, binding: &str, text: &str, now: Instant) -> Token {
    if text.is_empty() {
        return Token::Missing;
    }
    judged(keys, binding, text, now).unwrap_or(Token::Foreign)
}

fn judged(keys: &Keys, binding: &str, text: &str, now: Instant) -> Option<Token> {
    let (body, mac) = text.rsplit_once('.')?;
    let mac = BASE64URL_NOPAD.decode(mac.as_bytes()).ok()?;
    if !keys.hmac_fits(Label::FormTokens, &signed(binding, body), &mac) {
        return None;
    }
    let (nonce, issued_ms) = body.split_once('.')?;
    let nonce: [u8; NONCE_BYTES] = BASE64URL_NOPAD.decode(nonce.as_bytes()).ok()?.try_into().ok()?;
    let age_ms = now.0 - issued_ms.parse::<i64>().ok()?;
    Some(if (-SKEW_MS..=VALID_MS).contains(&age_ms) {
        Token::Valid(Nonce(nonce))
    } else {
        Token::Stale(Nonce(nonce))
    })
}

/// The binding's length goes first, so that no binding can borrow bytes of the body.
fn signed(binding: &str, body: &str) -> Vec<u8> {
    let length = u32::try_from(binding.len()).unwrap_or(u32::MAX);
    [&length.to_be_bytes()[..], binding.as_bytes(), body.as_bytes()].concat()
}
