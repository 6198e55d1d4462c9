//! Reading the whole: the first page, what is public, the promises, the search, the board and the ledgers (8.1–8.4), and what
//! many speak of (7.1, 7.2).
//!
//! This floor reads any table and writes only its own. It shows the public only what was published, and staff only what their
//! duties reach; a case itself is opened in the hall.

mod board;
mod cockpit;
pub mod figures;
mod home;
pub mod insight;
pub mod ledger;
mod promise;
mod public;
mod search;
mod stored;

#[cfg(test)]
mod tests;

use huiyin_foundation::web::Routes;

/// The routes of this floor.
pub fn routes() -> Routes {
    home::routes()
        .merge(public::routes())
        .merge(promise::routes())
        .merge(search::routes())
        .merge(board::routes())
        .merge(ledger::routes())
        .merge(insight::routes())
        .merge(cockpit::routes())
}
