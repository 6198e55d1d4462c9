//! Signing what is sent: HMAC-SHA256 in base64, as all four addressees ask for it.

use data_encoding::BASE64;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// The signature of a message under a key.
pub(super) fn base64(key: &[u8], message: &[u8]) -> String {
    let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(key).expect("HMAC takes keys of any length");
    mac.update(message);
    BASE64.encode(&mac.finalize().into_bytes())
}
