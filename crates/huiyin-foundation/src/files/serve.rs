//! Handing a kept file out, with headers that keep it harmless: its own type and no other, nothing in it runs, no copy in
//! shared caches, and a name that says nothing (附件1.jpg).

use super::{Files, StoredFile};
use crate::error::Error;
use axum::body::Body;
use axum::http::{HeaderValue, Response, header};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use tokio::task::spawn_blocking;

/// Which copy is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Variant {
    /// The file as kept.
    Whole,
    /// The small copy for lists; pictures only.
    Thumbnail,
}

impl Files {
    /// The file as an answer. The caller has made sure that this person may see it.
    pub async fn serve(&self, file: &StoredFile, variant: Variant) -> Result<Response<Body>, Error> {
        let is_small = variant == Variant::Thumbnail;
        if is_small && !file.has_thumbnail {
            return Err(Error::Hidden);
        }
        let (shelf, name) = (self.shelf.clone(), file.stored_as.clone());
        let bytes = spawn_blocking(move || shelf.read(&name, is_small))
            .await
            .map_err(Error::internal)?
            .map_err(Error::internal)?;
        let mime = if is_small { "image/jpeg" } else { &file.mime };
        Response::builder()
            .header(header::CONTENT_TYPE, mime)
            .header(header::CONTENT_LENGTH, bytes.len())
            .header(header::CONTENT_DISPOSITION, disposition(file))
            .header(header::X_CONTENT_TYPE_OPTIONS, "nosniff")
            .header(header::CACHE_CONTROL, "private, no-store")
            .header(header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox")
            .header("cross-origin-resource-policy", "same-origin")
            .body(Body::from(bytes))
            .map_err(Error::internal)
    }
}

/// Pictures are shown, papers are downloaded; browsers that know no Chinese in headers get `1.jpg`.
fn disposition(file: &StoredFile) -> HeaderValue {
    let how = if file.is_picture() { "inline" } else { "attachment" };
    let (ordinal, ending) = (file.ordinal.max(1), file.ending());
    let encoded = utf8_percent_encode(&file.shown_name(), NON_ALPHANUMERIC).to_string();
    HeaderValue::try_from(format!("{how}; filename=\"{ordinal}.{ending}\"; filename*=UTF-8''{encoded}"))
        .unwrap_or(HeaderValue::from_static("attachment"))
}
