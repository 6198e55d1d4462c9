//! The school's secrets, and the only place where chance enters the program.
//!
//! One root key of 32 bytes lies in `DATA/keys`, readable by its owner alone; every use has its own key derived from it,
//! so that a leaked form token says nothing about receipt codes or sealed names. Without this file receipt codes can no
//! longer be found and sealed names no longer be opened: it belongs into every backup, kept apart from the database.
//! What this room deliberately does not do: rotate the root key, or keep it in the database it protects.

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use data_encoding::{BASE64URL_NOPAD, HEXLOWER, HEXLOWER_PERMISSIVE};
use hmac::{Hmac, Mac};
use huiyin_domain::calendar::Instant;
use huiyin_domain::ids::PersonId;
use sha2::Sha256;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use subtle::ConstantTimeEq;

pub use crate::receipt_code::{ReceiptCode, ReceiptTypo};

/// Name of the key file inside the data folder.
pub const KEY_FILE: &str = "keys";
const ROOT_BYTES: usize = 32;
const KEY_FILE_PREFIX: &str = "huiyin-root-key-1 ";
const NONCE_BYTES: usize = 24;
/// Letters of random codes: Crockford's alphabet, without I, L, O and U that people misread.
pub(crate) const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// What a derived key is for. A new use gets a new label, never a borrowed one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Label {
    /// One-time tokens of forms.
    FormTokens,
    /// Looking up a session by its cookie.
    Sessions,
    /// Making a receipt code from the nonce of a form.
    ReceiptCodes,
    /// Looking up a case by its receipt code.
    ReceiptLookup,
    /// Encrypting names, numbers and contact details.
    SealedFields,
    /// Naming a person where the person's id must not stand.
    PersonRefs,
    /// The same for sealed cases and what is told about them: no equal value stands beside an open name.
    SealedRefs,
    /// The same for having met a matter too.
    EchoRefs,
    /// One-time links that set a password.
    SetupLinks,
    /// Tickets of files that a form has handed in and no case has claimed yet.
    FileTickets,
    /// Remembering which form made which case.
    SentForms,
    /// Finding the answers that were parked while somebody signs in.
    ParkedAnswers,
    /// Links to the files of a case.
    FileLinks,
    /// Check codes under printed sheets.
    SheetChecks,
    /// Knowing letters of the mailbox again, and how many one sender wrote.
    Letters,
    /// Naming the exchange of letters about a case, in what we write and when it is answered.
    Exchanges,
    /// Making the receipt code of a case that came as a letter.
    LetterCodes,
    /// Links in letters to the questions after an answer.
    FollowUps,
    /// Naming a topic by the case it began with, without saying which.
    Topics,
}

const LABELS: [(Label, &str); 19] = [
    (Label::FormTokens, "form tokens"),
    (Label::Sessions, "sessions"),
    (Label::ReceiptCodes, "receipt codes"),
    (Label::ReceiptLookup, "receipt lookup"),
    (Label::SealedFields, "sealed fields"),
    (Label::PersonRefs, "person references"),
    (Label::SealedRefs, "sealed references"),
    (Label::EchoRefs, "echo references"),
    (Label::SetupLinks, "set-up links"),
    (Label::FileTickets, "file tickets"),
    (Label::SentForms, "sent forms"),
    (Label::ParkedAnswers, "parked answers"),
    (Label::FileLinks, "file links"),
    (Label::SheetChecks, "sheet checks"),
    (Label::Letters, "letters"),
    (Label::Exchanges, "exchanges of letters"),
    (Label::LetterCodes, "letter codes"),
    (Label::FollowUps, "follow-ups"),
    (Label::Topics, "topics"),
];

/// The derived keys of one school and its source of chance; clones share them.
#[derive(Clone)]
pub struct Keys(Arc<Ring>);

struct Ring {
    derived: [[u8; 32]; LABELS.len()],
    chance: Chance,
}

enum Chance {
    System,
    /// The same bytes in the same order in every run, for tests.
    Counted(AtomicU64),
}

/// Why the keys cannot be used; each sentence says what to do.
#[derive(Debug, thiserror::Error)]
pub enum KeyTrouble {
    /// There is no key file.
    #[error("{0} is missing: restore it from the backup of this school, or run `huiyin init` for a new one")]
    Missing(PathBuf),
    /// Others on the machine may read or change the file.
    #[error("{0} is open to other users (mode {1:03o}): run `chmod 600 {0}`")]
    Exposed(PathBuf, u32),
    /// The file holds no full key.
    #[error("{0} does not hold a full key of 32 random bytes: restore it from the backup of this school")]
    Malformed(PathBuf),
    /// A new key would replace one that is in use.
    #[error("{0} exists already: a new key would make receipt codes and sealed names unreadable")]
    Exists(PathBuf),
    /// The file cannot be read or written.
    #[error("{0}: {1}")]
    Io(PathBuf, io::Error),
}

/// A sealed text that cannot be opened: altered, cut short, or sealed for another place.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("a sealed field does not open with this school's keys")]
pub struct SealBroken;

impl Keys {
    /// Reads the keys of a school, refusing files that others may read or that hold no full key.
    pub fn load(data: &Path) -> Result<Keys, KeyTrouble> {
        let path = data.join(KEY_FILE);
        let about = |cause: io::Error| match cause.kind() {
            io::ErrorKind::NotFound => KeyTrouble::Missing(path.clone()),
            _ => KeyTrouble::Io(path.clone(), cause),
        };
        let mode = fs::metadata(&path).map_err(about)?.permissions().mode() & 0o777;
        if mode & 0o077 != 0 {
            return Err(KeyTrouble::Exposed(path, mode));
        }
        let text = fs::read_to_string(&path).map_err(about)?;
        let root = root_from(&text).ok_or(KeyTrouble::Malformed(path))?;
        Ok(Keys::from_root(&root, Chance::System))
    }

    /// Makes the keys of a new school; never replaces existing ones.
    pub fn create(data: &Path) -> Result<Keys, KeyTrouble> {
        let path = data.join(KEY_FILE);
        let about = |cause: io::Error| match cause.kind() {
            io::ErrorKind::AlreadyExists => KeyTrouble::Exists(path.clone()),
            _ => KeyTrouble::Io(path.clone(), cause),
        };
        let mut root = [0; ROOT_BYTES];
        fill_from_system(&mut root);
        let mut file =
            OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path).map_err(about)?;
        writeln!(file, "{KEY_FILE_PREFIX}{}", HEXLOWER.encode(&root)).map_err(about)?;
        file.sync_all().map_err(about)?;
        File::open(data).and_then(|folder| folder.sync_all()).map_err(about)?;
        Ok(Keys::from_root(&root, Chance::System))
    }

    /// Reads the keys of a school, making them if there are none yet.
    pub fn load_or_create(data: &Path) -> Result<Keys, KeyTrouble> {
        match Keys::load(data) {
            Err(KeyTrouble::Missing(_)) => Keys::create(data),
            other => other,
        }
    }

    /// Known keys and a known run of chance, for tests only.
    pub fn for_tests() -> Keys {
        Keys::from_root(&[7; ROOT_BYTES], Chance::Counted(AtomicU64::new(0)))
    }

    fn from_root(root: &[u8; ROOT_BYTES], chance: Chance) -> Keys {
        let derived = LABELS.map(|(_, name)| mac(root, &[b"huiyin key 1: ", name.as_bytes()]));
        Keys(Arc::new(Ring { derived, chance }))
    }

    fn key(&self, label: Label) -> &[u8; 32] {
        &self.0.derived[label as usize]
    }

    /// The keyed hash of some bytes, for one use.
    pub fn hmac(&self, label: Label, bytes: &[u8]) -> [u8; 32] {
        mac(self.key(label), &[bytes])
    }

    /// The keyed hash as text, for a column to look things up by.
    pub fn hmac_text(&self, label: Label, bytes: &[u8]) -> String {
        BASE64URL_NOPAD.encode(&self.hmac(label, bytes))
    }

    /// Whether a keyed hash belongs to these bytes; takes the same time for every wrong one.
    pub fn hmac_fits(&self, label: Label, bytes: &[u8], claimed: &[u8]) -> bool {
        self.hmac(label, bytes).ct_eq(claimed).into()
    }

    /// The receipt code that belongs to the one-time nonce of a form: sending the form twice gives the same code.
    pub fn receipt_code_from(&self, nonce: &[u8]) -> ReceiptCode {
        ReceiptCode::from_bytes(&self.hmac(Label::ReceiptCodes, nonce))
    }

    /// What is stored of a receipt code, and by which its case is found.
    pub fn receipt_code_hash(&self, code: &ReceiptCode) -> String {
        self.hmac_text(Label::ReceiptLookup, code.as_str().as_bytes())
    }

    /// A name for a person that only this school can lead back to them: beside open cases and messages.
    pub fn person_ref(&self, person: &PersonId) -> String {
        self.reference(Label::PersonRefs, person)
    }

    /// What stands for a person on their sealed cases. It equals nothing that stands beside their name, so that a copy
    /// of the database without the key file cannot be joined into naming them.
    pub fn sealed_ref(&self, person: &PersonId) -> String {
        self.reference(Label::SealedRefs, person)
    }

    /// What stands for a person who met the matter of a published case; it equals neither of the others.
    pub fn echo_ref(&self, person: &PersonId) -> String {
        self.reference(Label::EchoRefs, person)
    }

    /// By what a person's own cases are found: the open ones and the sealed ones.
    pub fn own_refs(&self, person: &PersonId) -> [String; 2] {
        [self.person_ref(person), self.sealed_ref(person)]
    }

    /// By what a person's messages are found: about open cases and for staff, about sealed cases, about echoes.
    pub fn letter_refs(&self, person: &PersonId) -> [String; 3] {
        [self.person_ref(person), self.sealed_ref(person), self.echo_ref(person)]
    }

    fn reference(&self, label: Label, person: &PersonId) -> String {
        HEXLOWER.encode(&self.hmac(label, person.as_str().as_bytes())[..16])
    }

    /// Encrypts a personal datum for one place (say `cases/HY-20261124-0042/name`); it opens in that place only.
    pub fn seal(&self, place: &str, plaintext: &str) -> String {
        let nonce: [u8; NONCE_BYTES] = self.random_bytes();
        let payload = Payload { msg: plaintext.as_bytes(), aad: place.as_bytes() };
        let ciphertext = self
            .cipher()
            .encrypt(&XNonce::from(nonce), payload)
            .expect("XChaCha20-Poly1305 refuses only texts beyond 256 GiB");
        BASE64URL_NOPAD.encode(&[&nonce[..], &ciphertext].concat())
    }

    /// Decrypts what [`Keys::seal`] made for the same place.
    pub fn open(&self, place: &str, sealed: &str) -> Result<String, SealBroken> {
        let bytes = BASE64URL_NOPAD.decode(sealed.as_bytes()).map_err(|_| SealBroken)?;
        let (nonce, ciphertext) = bytes.split_first_chunk::<NONCE_BYTES>().ok_or(SealBroken)?;
        let payload = Payload { msg: ciphertext, aad: place.as_bytes() };
        let plaintext = self.cipher().decrypt(&XNonce::from(*nonce), payload).map_err(|_| SealBroken)?;
        String::from_utf8(plaintext).map_err(|_| SealBroken)
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&(*self.key(Label::SealedFields)).into())
    }

    /// So many random bytes.
    pub fn random_bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        match &self.0.chance {
            Chance::System => fill_from_system(&mut bytes),
            Chance::Counted(count) => {
                for chunk in bytes.chunks_mut(32) {
                    let turn = count.fetch_add(1, Ordering::Relaxed).to_be_bytes();
                    chunk.copy_from_slice(&mac(b"chance of tests", &[&turn])[..chunk.len()]);
                }
            }
        }
        bytes
    }

    /// A random token of 32 bytes as text, for cookies and links.
    pub fn random_token(&self) -> String {
        BASE64URL_NOPAD.encode(&self.random_bytes::<32>())
    }

    /// So many random letters that people can read out, as in `HY-7K3M92QX`; at most 64.
    pub fn random_letters(&self, length: usize) -> String {
        let bytes: [u8; 64] = self.random_bytes();
        bytes.iter().take(length).map(|byte| ALPHABET[usize::from(byte & 31)] as char).collect()
    }

    /// A new id that sorts by the passed moment (UUIDv7). Not for anything anonymous: it tells the millisecond.
    pub fn uuid_v7(&self, now: Instant) -> String {
        let millis = u64::try_from(now.0).unwrap_or(0);
        uuid::Builder::from_unix_timestamp_millis(millis, &self.random_bytes()).into_uuid().to_string()
    }
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Keys(…)")
    }
}

fn root_from(text: &str) -> Option<[u8; ROOT_BYTES]> {
    let hex = text.trim_end().strip_prefix(KEY_FILE_PREFIX)?;
    let root: [u8; ROOT_BYTES] = HEXLOWER_PERMISSIVE.decode(hex.as_bytes()).ok()?.try_into().ok()?;
    // A key of one repeated byte was typed by a person, not drawn by chance.
    root.iter().any(|byte| byte != &root[0]).then_some(root)
}

fn mac(key: &[u8], parts: &[&[u8]]) -> [u8; 32] {
    let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(key).expect("HMAC takes keys of any length");
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

#[allow(clippy::disallowed_methods, reason = "the one place where chance enters")]
fn fill_from_system(bytes: &mut [u8]) {
    getrandom::fill(bytes).expect("the operating system gives random bytes");
}

#[cfg(test)]
mod tests;
