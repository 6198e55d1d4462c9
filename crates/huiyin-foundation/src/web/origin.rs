//! Acts come from our own pages only: a request that changes something and was started elsewhere is turned away.
//!
//! Newer browsers say so in `Sec-Fetch-Site`, older ones in `Origin`. A request with neither is no browser's form;
//! the cookie's SameSite and the form token stand behind this.

use axum::http::{HeaderMap, Method, header};

/// Whether this request may change something.
pub(super) fn may_act(method: &Method, headers: &HeaderMap) -> bool {
    if matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS) {
        return true;
    }
    let word = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    if let Some(site) = word("sec-fetch-site") {
        return matches!(site, "same-origin" | "none");
    }
    match word(header::ORIGIN.as_str()) {
        None => true,
        Some(origin) => {
            let host = origin.split_once("://").map(|(_, host)| host);
            host.is_some() && host == word(header::HOST.as_str())
        }
    }
}
