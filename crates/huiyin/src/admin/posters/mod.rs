//! Sheets with a QR code for every room (1.4): whoever scans one finds the form for repairs with the place filled in.
//!
//! The administrator ticks places and may name rooms in them; the sheets come as a page to print or as PDF, six or one on a
//! sheet. A code holds an address and nothing else: who scans it is known to nobody. What this deliberately does not do: count
//! scans, or make codes that expire.

mod code;
mod page;
mod paper;

use huiyin_foundation::web::{Door, Routes};

/// The routes of this room.
pub(super) fn routes() -> Routes {
    Routes::new("admin")
        .get("/admin/posters", Door::Admin, page::choose)
        .get("/admin/posters/sheets", Door::Admin, page::sheets)
        .get("/admin/posters/sheets.pdf", Door::Admin, page::download)
}

/// What hangs in one room.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Poster {
    /// 主校区 图书馆
    place: String,
    /// 三层 301; may be empty.
    room: String,
    /// What the code says.
    address: String,
}
