//! The model in use, read when the first text needs it and kept until another one is taken up, here or by another process.

use super::store::{self, Entry, State, Told};
use data_encoding::HEXLOWER;
use huiyin_foundation::db::Tx;
use huiyin_foundation::error::Error;
use huiyin_text::classify::Model;
use sha2::{Digest, Sha256};
use std::sync::{Arc, Mutex, PoisonError};

/// A model ready to be asked.
#[derive(Debug)]
pub struct Known {
    /// Its number.
    pub version: u32,
    /// What is said of it.
    pub told: Told,
    pub(super) model: Model,
    /// The number of the one that was to be used, where it is damaged and this one stands in for it.
    pub in_place_of: Option<u32>,
}

/// What readers keep: for the number that is in use, what stands for it; nothing where none can be read.
#[derive(Default)]
struct Shelf(Mutex<Option<(u32, Option<Arc<Known>>)>>);

/// The model that proposes now; none before the first one, or where all that are kept are damaged. A damaged one gives way
/// to the newest readable before it.
pub fn known(tx: &mut Tx) -> Result<Option<Arc<Known>>, Error> {
    let Some(wanted) = store::in_use(tx)? else { return Ok(None) };
    let Some(shelf) = tx.kept::<Shelf>() else { return Ok(read(tx, wanted)?.map(Arc::new)) };
    let mut held = shelf.0.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((_, known)) = held.as_ref().filter(|(version, _)| *version == wanted) {
        return Ok(known.clone());
    }
    let known = read(tx, wanted)?.map(Arc::new);
    *held = Some((wanted, known.clone()));
    Ok(known)
}

/// The number of the model that is to be used, where its bytes are not those that were kept. Loads nothing.
pub fn damaged(tx: &mut Tx) -> Result<Option<u32>, Error> {
    let entries = store::entries(tx)?;
    let Some(entry) = entries.iter().find(|one| one.state == State::InUse) else { return Ok(None) };
    let body = store::body(tx, entry.version)?.unwrap_or_default();
    let is_whole = HEXLOWER.encode(&Sha256::digest(&body)) == entry.checksum;
    Ok((!is_whole).then_some(entry.version))
}

/// The model of this number, or the newest before it that can be read.
fn read(tx: &mut Tx, wanted: u32) -> Result<Option<Known>, Error> {
    let entries = store::entries(tx)?;
    let fallbacks = entries.iter().filter(|one| one.state == State::Kept && one.version < wanted);
    let first = entries.iter().filter(|one| one.version == wanted);
    for entry in first.chain(fallbacks) {
        if let Some(model) = readable(tx, entry)? {
            let in_place_of = (entry.version != wanted).then_some(wanted);
            return Ok(Some(Known { version: entry.version, told: entry.told.clone(), model, in_place_of }));
        }
        tracing::error!(version = entry.version, "this model is damaged and is not used");
    }
    Ok(None)
}

fn readable(tx: &mut Tx, entry: &Entry) -> Result<Option<Model>, Error> {
    Ok(store::body(tx, entry.version)?.and_then(|body| Model::from_bytes(&body).ok()))
}
