//! What readers of a store keep between two requests, so that it need not be worked out again for the next one.
//!
//! There is one shelf for each type, shared by all readers of a store; what stands on it, and until when it holds, is
//! the business of the room whose type it is. A writer has no shelf: what it sees may yet be undone.

use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// The shelves of one store.
#[derive(Default)]
pub(super) struct Kept(Mutex<HashMap<TypeId, Arc<dyn Any + Send + Sync>>>);

impl Kept {
    /// The shelf of this type, empty the first time.
    pub fn shelf<T: Default + Send + Sync + 'static>(&self) -> Option<Arc<T>> {
        let mut shelves = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let shelf = shelves.entry(TypeId::of::<T>()).or_insert_with(|| Arc::new(T::default()));
        Arc::clone(shelf).downcast().ok()
    }
}
