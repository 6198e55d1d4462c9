//! The sheet, the script and the icons of the site, each under an address that names its version.
//!
//! A released program carries them inside; a debug build reads `frontend/dist` when it is there, so that
//! `node build.mjs` is enough to see a change.

use axum::body::Body;
use axum::extract::Path;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use std::borrow::Cow;

/// Names the version of the bundle in its addresses.
const HASH: &str = env!("HUIYIN_ASSETS_HASH");

const BUNDLE: [(&str, &str, &[u8]); 4] = [
    ("hy.css", "text/css; charset=utf-8", include_bytes!(concat!(env!("OUT_DIR"), "/hy.css"))),
    ("hy.js", "text/javascript; charset=utf-8", include_bytes!(concat!(env!("OUT_DIR"), "/hy.js"))),
    ("icons.svg", "image/svg+xml", include_bytes!(concat!(env!("OUT_DIR"), "/icons.svg"))),
    ("favicon.svg", "image/svg+xml", include_bytes!(concat!(env!("OUT_DIR"), "/favicon.svg"))),
];

/// The address of a file of the bundle: `/assets/…/hy.css`.
pub fn asset(name: &str) -> String {
    format!("/assets/{HASH}/{name}")
}

/// What is stored under a name, with its type.
pub(super) fn bundled(name: &str) -> Option<(&'static str, Cow<'static, [u8]>)> {
    let (_, kind, bytes) = BUNDLE.into_iter().find(|(known, _, _)| *known == name)?;
    Some((kind, from_disk(name).map_or(Cow::Borrowed(bytes), Cow::Owned)))
}

#[cfg(debug_assertions)]
fn from_disk(name: &str) -> Option<Vec<u8>> {
    std::fs::read(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../frontend/dist").join(name))
        .ok()
}

#[cfg(not(debug_assertions))]
fn from_disk(_name: &str) -> Option<Vec<u8>> {
    None
}

/// `GET /assets/{hash}/{name}`. An old page may ask for an old version: it gets the present one, but not for long.
pub(super) async fn serve(Path((hash, name)): Path<(String, String)>) -> Response {
    let Some((kind, bytes)) = bundled(&name) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let is_this_version = hash == HASH && !cfg!(debug_assertions);
    let keep = if is_this_version { "public, max-age=31536000, immutable" } else { "no-cache" };
    let mut response = Response::new(Body::from(bytes.into_owned()));
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(keep));
    response
}
