//! The whole file of a case (归档, 5.6): a ZIP with the timeline as a page that opens without a network, the attachments, and
//! the record as it is stored, with its hashes and how to check them.
//!
//! For those who may see all of a case: the coordinating office, supervision and audit. Whoever takes it is kept among the
//! readers of the case. The requester takes their own (5.4): what stands on their page, with the attachments they see. What is never inside: how a requester can be reached and on whose behalf something was registered,
//! sealed or not; the record holds a commitment to these and no more. What this deliberately does not do: many cases at once,
//! and forgetting (the room `retention`).

mod contents;
mod own;
mod pack;
mod pages;

#[cfg(test)]
mod tests;

use crate::cases::log::Standing;
use crate::cases::sight::{self, Seen};
use crate::cases::{photos, reads, timeline};
use crate::dossier::{actor_of, names};
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use contents::Contents;
use huiyin_domain::access::Hat;
use huiyin_domain::ids::CaseNo;
use huiyin_foundation::error::Error;
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Door, Page, Routes};

/// The routes of this room.
pub fn routes() -> Routes {
    Routes::new("archive")
        .get("/staff/cases/{no}/archive.zip", Door::Staff, download)
        .get("/cases/{no}/archive.zip", Door::SignedIn, own::by_account)
        .post("/receipt/archive", Door::Nameless, own::by_receipt)
}

/// Whether this reader may take the file, by their hats. What goes past them (a complaint about their own office) is not in it,
/// and nothing in it tells whether there is anything of the kind.
pub(crate) fn may_take(seen: &Seen) -> bool {
    seen.hats.iter().any(|hat| matches!(hat, Hat::Clerk | Hat::Supervisor | Hat::Auditor))
}

/// GET /staff/cases/{no}/archive.zip
async fn download(State(app): State<App>, page: Page, Path(no): Path<String>) -> Result<Response, Error> {
    let actor = actor_of(&page.visitor)?;
    let school = app.clone();
    let (seen, contents) = app
        .db
        .read(move |tx| {
            let standing = Standing::of(&school);
            let bench = standing.bench(&school.keys);
            let no = CaseNo(no);
            let seen = sight::by_staff(tx, &bench, &actor, &no)?;
            if !may_take(&seen) {
                return Err(Error::Hidden);
            }
            let names = names(tx, &timeline::staff_in(&seen.loaded))?;
            let files = photos::of_case(tx, &no, &seen.loaded.record)?;
            let contents = Contents::of(tx, &seen, &standing, &names, files)?;
            Ok::<_, Error>((seen, contents))
        })
        .await?;
    // Kept before the first byte goes out.
    reads::keep(&app, &page.visitor, &seen, reads::Place::Archive).await?;
    Ok(sent(&app, &seen.no, contents))
}

/// The file on its way.
fn sent(app: &App, no: &CaseNo, contents: Contents) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "application/zip".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{no}.zip\"")),
        (header::CACHE_CONTROL, "private, no-store".to_owned()),
    ];
    (headers, Body::from_stream(pack::stream(app, contents))).into_response()
}
