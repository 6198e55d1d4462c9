//! A model as bytes: a mark with the version, a checksum, the rest. What is torn or of another version is not used.

use super::Model;
use sha2::{Digest, Sha256};

/// The mark and the version of the form: whoever changes pieces, hashes or blocks counts on.
const MARK: &[u8; 16] = b"huiyin-classify1";
const SUM: usize = 32;

/// Bytes that are no model of this version: torn, changed, or of another one. Train anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is no model of this version of the program, or it is damaged; train it anew")]
pub struct NoModel;

impl Model {
    /// The model as bytes. The same model gives the same bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let rest = postcard::to_stdvec(self).unwrap_or_default();
        [MARK.as_slice(), Sha256::digest(&rest).as_slice(), &rest].concat()
    }

    /// The model of these bytes.
    ///
    /// # Errors
    /// [`NoModel`] for bytes that are not whole or not of this version.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, NoModel> {
        let rest = bytes.strip_prefix(MARK).ok_or(NoModel)?;
        let (sum, rest) = rest.split_at_checked(SUM).ok_or(NoModel)?;
        if Sha256::digest(rest).as_slice() != sum {
            return Err(NoModel);
        }
        postcard::from_bytes(rest).ok().filter(Model::is_whole).ok_or(NoModel)
    }
}
