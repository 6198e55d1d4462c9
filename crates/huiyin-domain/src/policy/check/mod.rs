//! What no single section can see: pointers that lead nowhere, limits that leave a gap, orders that cannot hold.

mod conduct;
mod limits;
mod pointers;

pub(super) use conduct::conduct;
pub(super) use limits::limits;
pub(super) use pointers::pointers;
