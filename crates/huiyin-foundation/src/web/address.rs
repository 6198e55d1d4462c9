//! The address of a request, made harmless at the edge: what no browser types is turned away before any room sees it, and
//! a value named twice is taken once.
//!
//! Control characters in a path, or what is no text, are no page of ours (404); in a query they are no question that can be
//! asked (400). Of a parameter that comes twice the first counts, wherever the link was put together.

use super::errors::Trouble;
use crate::error::Error;
use axum::extract::Request;
use axum::http::{StatusCode, Uri};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use percent_encoding::percent_decode;

pub(super) async fn clean(mut request: Request, next: Next) -> Response {
    let (path, query) = (request.uri().path(), request.uri().query().unwrap_or_default());
    let decoded: Vec<u8> = percent_decode(path.as_bytes()).collect();
    if decoded.iter().any(u8::is_ascii_control) || std::str::from_utf8(&decoded).is_err() {
        return Error::Hidden.into_response();
    }
    if percent_decode(query.as_bytes()).any(|byte| byte.is_ascii_control() && !b"\t\r\n".contains(&byte)) {
        let sentence = "地址里有看不见的字符，请从页面上重新点一次，或重新输入。";
        return Trouble::new(StatusCode::BAD_REQUEST, "这个地址没有写对", sentence).into_response();
    }
    if let Some(uri) = each_once(path, query) {
        *request.uri_mut() = uri;
    }
    next.run(request).await
}

/// The address with the first of each parameter, if one came twice.
fn each_once(path: &str, query: &str) -> Option<Uri> {
    let mut names: Vec<Vec<u8>> = Vec::new();
    let mut kept: Vec<&str> = Vec::new();
    let mut is_changed = false;
    for pair in query.split('&') {
        let name: Vec<u8> = percent_decode(pair.split('=').next().unwrap_or_default().as_bytes()).collect();
        if names.contains(&name) {
            is_changed = true;
        } else {
            names.push(name);
            kept.push(pair);
        }
    }
    is_changed.then(|| format!("{path}?{}", kept.join("&")).parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use crate::testing::TestApp;
    use crate::web::{Door, Routes};
    use axum::extract::{Path, Query};
    use std::collections::HashMap;

    fn site() -> TestApp {
        let asked = async |Path(no): Path<String>, Query(asked): Query<HashMap<String, String>>| {
            format!("{no} {:?}", asked.get("view"))
        };
        TestApp::new(Routes::new("tests").get("/cases/{no}", Door::Anyone, asked))
    }

    #[tokio::test]
    async fn control_characters_in_an_address_find_nothing() {
        let app = site();
        for path in ["/cases/a%00b", "/cases/a%0ab", "/%00", "/cases/%7f", "/cases/%ff"] {
            app.student().get(path).await.is(404);
        }
        app.student().get("/cases/a?view=%00").await.is(400).says("看不见的字符");
        app.student().get("/cases/a?view=a%0D%0Ab").await.is(200);
    }

    #[tokio::test]
    async fn of_a_parameter_that_comes_twice_the_first_counts() {
        let app = site();
        let answer = app.student().get("/cases/a?view=open&page=2&view=ended&%76iew=x").await;
        assert_eq!(answer.is(200).text(), "a Some(\"open\")");
        app.student().get("/cases/a?&&").await.is(200);
    }
}
