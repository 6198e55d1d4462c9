//! Somebody without an account who is told by letter: whoever wrote to the mailbox (1.4).
//!
//! Their address is sealed in the database and opened when a letter leaves. Every exchange about a case has a keyed name
//! that stands in the names of our letters; only who got one can write it, so that an answer finds its case by it and
//! not by the sender's word. Nothing here is ever joined to a person of the roster, whatever address they have.

use super::follow_up;
use data_encoding::HEXLOWER;
use huiyin_domain::calendar::Instant;
use huiyin_domain::case::Identity;
use huiyin_domain::ids::CaseNo;
use huiyin_foundation::db::{DbError, Row, Tx};
use huiyin_foundation::error::Error;
use huiyin_foundation::keys::{Keys, Label, ReceiptCode};
use huiyin_foundation::params;

/// Somebody to whom letters about one case go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correspondent {
    /// The case.
    pub no: CaseNo,
    /// The keyed name of the exchange.
    pub exchange: String,
    /// Their address.
    pub address: String,
    /// The name of their first letter, behind which ours stand; may be empty.
    pub letter: String,
    /// What the receipt code of the case is made from.
    code: String,
}

impl Correspondent {
    /// The receipt code of their case.
    pub fn receipt_code(&self, keys: &Keys) -> ReceiptCode {
        receipt_code(keys, &self.code)
    }
}

/// The receipt code of a case that came as a letter, made from the keyed hash of the letter.
pub fn receipt_code(keys: &Keys, letter_hash: &str) -> ReceiptCode {
    keys.receipt_code_from(&keys.hmac(Label::LetterCodes, letter_hash.as_bytes()))
}

/// Notes whom to write to about a case. `letter` is the name of theirs, `letter_hash` its keyed hash.
pub fn write_to(
    tx: &mut Tx,
    keys: &Keys,
    no: &CaseNo,
    address: &str,
    letter: &str,
    letter_hash: &str,
) -> Result<(), DbError> {
    // Letters about this case go there.
    tx.execute(
        "insert into correspondents (case_no, exchange, address, letter, code)
         values ($1, $2, $3, $4, $5)",
        params![
            no,
            exchange(keys, no),
            keys.seal(&place(no, "address"), address),
            keys.seal(&place(no, "letter"), letter),
            letter_hash,
        ],
    )?;
    Ok(())
}

/// The exchange of letters about a case, if it came as one.
pub fn exchange_of(tx: &mut Tx, no: &CaseNo) -> Result<Option<String>, DbError> {
    // Is anybody written to about this case?
    let row = tx.query_opt("select exchange from correspondents where case_no = $1", params![no])?;
    row.map(|row| row.text("exchange")).transpose()
}

/// Whoever belongs to an exchange.
pub fn of_exchange(tx: &mut Tx, keys: &Keys, exchange: &str) -> Result<Option<Correspondent>, Error> {
    // Whose exchange is it?
    let row = tx.query_opt(
        "select case_no, exchange, address, letter, code
           from correspondents
          where exchange = $1",
        params![exchange],
    )?;
    row.map(|row| opened(&row, keys)).transpose()
}

/// Nobody is written to about a case any more, and nothing leads back to who was.
pub fn write_no_more(tx: &mut Tx, no: &CaseNo) -> Result<(), DbError> {
    // No letters about this case from now on.
    tx.execute("delete from correspondents where case_no = $1", params![no])?;
    Ok(())
}

/// Everybody for whom a letter waits.
pub(super) fn waited_for(tx: &mut Tx, keys: &Keys) -> Result<Vec<Correspondent>, Error> {
    // For whom without an account does a letter wait?
    let rows = tx.query(
        "select case_no, exchange, address, letter, code
           from correspondents
          where exchange in (
             select recipient
               from outbox
              where state = 'unsorted'
              union
             select recipient
               from outbox
              where state = 'waiting')",
        &[],
    )?;
    rows.iter().map(|row| opened(row, keys)).collect()
}

fn opened(row: &Row, keys: &Keys) -> Result<Correspondent, Error> {
    let no: CaseNo = row.get("case_no")?;
    let open =
        |part: &'static str, sealed: &str| keys.open(&place(&no, part), sealed).map_err(Error::internal);
    let address = open("address", row.str("address")?)?;
    let letter = open("letter", row.str("letter")?)?;
    Ok(Correspondent { exchange: row.text("exchange")?, address, letter, code: row.text("code")?, no })
}

fn exchange(keys: &Keys, no: &CaseNo) -> String {
    HEXLOWER.encode(&keys.hmac(Label::Exchanges, no.as_str().as_bytes())[..16])
}

fn place(no: &CaseNo, part: &str) -> String {
    format!("correspondent {no} {part}")
}

/// What may be said of a case in a letter, as it stands at this moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Sayable {
    /// Protected: restricted, sealed or anonymous. No letter names it.
    pub is_protected: bool,
    /// Where its answer can be judged without signing in; empty for none.
    pub follow_up: String,
}

/// Looks up what may be said of a case whose answer, told by a letter, came at `answered_ms`.
pub(super) fn sayable(
    tx: &mut Tx,
    keys: &Keys,
    no: &CaseNo,
    answered: Option<Instant>,
) -> Result<Sayable, Error> {
    // Is this case protected?
    let row = tx.query_opt("select identity, restricted from cases where case_no = $1", params![no])?;
    let Some(row) = row else { return Ok(Sayable::default()) };
    let is_open = row.str("identity")? == identity_word(Identity::Open);
    let is_protected = !is_open || row.get::<bool>("restricted")?;
    let answered = answered.filter(|_| !is_protected);
    let follow_up = answered.map_or_else(String::new, |at| follow_up::path(keys, no, at));
    Ok(Sayable { is_protected, follow_up })
}

fn identity_word(identity: Identity) -> &'static str {
    match identity {
        Identity::Open => "open",
        Identity::Sealed => "sealed",
        Identity::Anonymous => "anonymous",
    }
}
