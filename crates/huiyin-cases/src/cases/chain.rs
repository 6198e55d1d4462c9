//! The chain: each event carries the hash of the one before it (8.9), and a salted commitment to each of its texts.
//!
//! `hash = sha256(prev ‖ case number ‖ 0 ‖ seq ‖ at ‖ body)`; body is the stored JSON of actor, event and commitments;
//! a commitment is `sha256(kind ‖ 0 ‖ salt ‖ words)`. Erasing a text means deleting its row: the chain stays whole and
//! no longer says anything about it.

use huiyin_domain::calendar::Instant;
use huiyin_domain::case::{By, Event, Recorded, Text};
use huiyin_domain::ids::CaseNo;
use huiyin_foundation::error::Error;
use huiyin_foundation::keys::Keys;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write;

/// A SHA-256 hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hash([u8; 32]);

impl Hash {
    /// Before the first event.
    pub const ZERO: Hash = Hash([0; 32]);

    /// As stored.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// From storage.
    pub fn from_stored(bytes: &[u8]) -> Result<Hash, Error> {
        bytes.try_into().map(Hash).map_err(|_| Error::internal("a stored hash has not 32 bytes"))
    }

    /// For people: hexadecimal.
    pub fn hex(&self) -> String {
        hex(&self.0)
    }
}

/// The stored form of an event.
#[derive(Serialize, Deserialize)]
struct Body {
    by: By,
    #[serde(flatten)]
    event: Event,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    texts: BTreeMap<String, String>,
}

/// An event ready to be appended.
pub struct Link {
    /// The event's stored name.
    pub name: String,
    /// Its stored JSON.
    pub body: String,
    /// One salt for each text, in their order.
    pub salts: Vec<[u8; 16]>,
    /// Its hash.
    pub hash: Hash,
}

/// Makes the stored form of an event and its hash.
pub fn link(keys: &Keys, no: &CaseNo, line: &Recorded, texts: &[Text], prev: Hash) -> Result<Link, Error> {
    let salts: Vec<[u8; 16]> = texts.iter().map(|_| keys.random_bytes()).collect();
    let commitments = texts.iter().zip(&salts);
    let commitments = commitments
        .map(|(text, salt)| (text.kind.word().to_owned(), commitment(text.kind.word(), salt, &text.words)));
    let body = Body { by: line.by.clone(), event: line.event.clone(), texts: commitments.collect() };
    let body = serde_json::to_value(&body).map_err(Error::internal)?;
    let name = body["event"].as_str().unwrap_or_default().to_owned();
    let body = body.to_string();
    let hash = hash(prev, no, line.seq, line.at, &body);
    Ok(Link { name, body, salts, hash })
}

/// The hash of a stored event.
pub fn hash(prev: Hash, no: &CaseNo, seq: u32, at: Instant, body: &str) -> Hash {
    let mut sha = Sha256::new();
    sha.update(prev.bytes());
    sha.update(no.as_str().as_bytes());
    sha.update([0]);
    sha.update(seq.to_be_bytes());
    sha.update(at.0.to_be_bytes());
    sha.update(body.as_bytes());
    Hash(sha.finalize().into())
}

/// The commitment to a text.
pub fn commitment(kind: &str, salt: &[u8], words: &str) -> String {
    let mut sha = Sha256::new();
    sha.update(kind.as_bytes());
    sha.update([0]);
    sha.update(salt);
    sha.update(words.as_bytes());
    hex(&sha.finalize())
}

/// Reads a stored event.
pub fn read(seq: i64, at_ms: i64, body: &str) -> Result<Recorded, Error> {
    let body: Body = serde_json::from_str(body).map_err(Error::internal)?;
    let seq = u32::try_from(seq).map_err(Error::internal)?;
    Ok(Recorded { seq, at: Instant(at_ms), by: body.by, event: body.event })
}

/// The name under which a stored event stands.
pub fn name_of(body: &str) -> Result<String, Error> {
    let body: serde_json::Value = serde_json::from_str(body).map_err(Error::internal)?;
    Ok(body["event"].as_str().unwrap_or_default().to_owned())
}

/// The commitments in a stored event, by text kind.
pub fn commitments(body: &str) -> Result<BTreeMap<String, String>, Error> {
    let body: Body = serde_json::from_str(body).map_err(Error::internal)?;
    Ok(body.texts)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
