//! Pictures and papers of a case: links that open for a while, and the door behind them.
//!
//! A page that may show a case signs a link to each of its files; the link itself is the right to read, for about an
//! hour, so that the holder of a receipt code needs no session. Whoever has no link gets the same 404 as for a file
//! that does not exist.

use super::timeline::Item;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use data_encoding::BASE64URL_NOPAD;
use huiyin_domain::calendar::Instant;
use huiyin_domain::case::{Event, Recorded};
use huiyin_domain::ids::{CaseNo, FileId};
use huiyin_foundation::db::Tx;
use huiyin_foundation::error::Error;
use huiyin_foundation::files::{self, StoredFile, Variant};
use huiyin_foundation::keys::{Keys, Label};
use huiyin_foundation::school::App;
use huiyin_foundation::web::Photo;
use serde::Deserialize;
use std::collections::BTreeMap;

const QUARTER_MS: i64 = 15 * 60_000;
/// A link opens until the end of the fourth quarter of an hour after this one.
const VALID_QUARTERS: i64 = 5;

/// A link to a file of a case that the page's reader may see.
pub fn link(keys: &Keys, id: &FileId, now: Instant) -> String {
    // To the full quarter, so that a page opened twice shows the same pictures from the browser's memory.
    let until = now.0.div_euclid(QUARTER_MS) + VALID_QUARTERS;
    format!(
        "/files/{id}?until={until}&key={}",
        keys.hmac_text(Label::FileLinks, signed(id, until).as_bytes())
    )
}

fn signed(id: &FileId, until_quarter: i64) -> String {
    format!("{id} {until_quarter}")
}

/// What comes with a link.
#[derive(Deserialize)]
pub(super) struct Ask {
    until: Option<i64>,
    key: Option<String>,
    small: Option<String>,
}

/// GET /files/{id}
pub(super) async fn show(
    State(app): State<App>,
    Path(id): Path<String>,
    Query(ask): Query<Ask>,
) -> Result<Response, Error> {
    let (id, until) = (FileId(id), ask.until.unwrap_or_default());
    let key = BASE64URL_NOPAD.decode(ask.key.unwrap_or_default().as_bytes()).unwrap_or_default();
    let is_ours = app.keys.hmac_fits(Label::FileLinks, signed(&id, until).as_bytes(), &key);
    let is_valid = is_ours && until.saturating_mul(QUARTER_MS) > app.now().0;
    if !is_valid {
        return Err(Error::Hidden);
    }
    let file = app.db.read(move |tx| Ok::<_, Error>(files::stored(tx, &id)?)).await?.ok_or(Error::Hidden)?;
    let variant = if ask.small.is_some() { Variant::Thumbnail } else { Variant::Whole };
    Ok(app.files.serve(&file, variant).await?.into_response())
}

/// The files of a case by their ids, with those that the answer of its lead case brought along.
pub fn of_case(tx: &mut Tx, no: &CaseNo, record: &[Recorded]) -> Result<BTreeMap<FileId, StoredFile>, Error> {
    let mut found = files::stored_of_case(tx, no)?;
    for line in record.iter().filter(|line| matches!(line.event, Event::Replied { through: Some(_), .. })) {
        for id in line.event.files() {
            found.extend(files::stored(tx, id)?);
        }
    }
    Ok(found.into_iter().map(|file| (file.id.clone(), file)).collect())
}

/// A paper to be downloaded.
#[derive(Clone, Debug)]
pub struct Paper {
    /// The way to it.
    pub href: String,
    /// 附件2.pdf
    pub name: String,
}

/// The pictures and papers of a timeline item, with links.
pub fn shown(
    item: &Item,
    stored: &BTreeMap<FileId, StoredFile>,
    keys: &Keys,
    now: Instant,
) -> (Vec<Photo>, Vec<Paper>) {
    linked(&item.files, stored, keys, now)
}

/// These files as pictures and papers, with links.
pub fn linked(
    ids: &[FileId],
    stored: &BTreeMap<FileId, StoredFile>,
    keys: &Keys,
    now: Instant,
) -> (Vec<Photo>, Vec<Paper>) {
    let (mut photos, mut papers) = (Vec::new(), Vec::new());
    for file in ids.iter().filter_map(|id| stored.get(id)) {
        let (href, name) = (link(keys, &file.id, now), file.shown_name());
        if file.is_picture() {
            let thumbnail = if file.has_thumbnail { format!("{href}&small=1") } else { href.clone() };
            photos.push(Photo { href, thumbnail, alt: format!("照片 {name}") });
        } else {
            papers.push(Paper { href, name });
        }
    }
    (photos, papers)
}
