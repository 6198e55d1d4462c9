//! The requester's side: the list of one's cases, one case, and the acts that belong to the requester (5.2–5.4).

mod acts;
mod ask;
mod done;
mod follow_up;
mod mine;
mod receipt;
mod show;
mod stand;
#[cfg(test)]
mod tests;

pub(crate) use done::just_done;
pub(crate) use receipt::receipt_page;

use huiyin_foundation::web::{Door, Routes};

pub(super) fn routes() -> Routes {
    Routes::new("cases")
        .get("/cases", Door::SignedIn, mine::list)
        .get("/cases/{no}", Door::SignedIn, show::show)
        .get("/cases/{no}/{act}", Door::SignedIn, ask::show)
        .post("/cases/{no}/{act}", Door::SignedIn, acts::act)
        .get("/follow-up/{link}", Door::Nameless, follow_up::show)
        .post("/follow-up/{link}", Door::Nameless, follow_up::judge)
        .post("/receipt/{act}", Door::Nameless, receipt::act)
}
