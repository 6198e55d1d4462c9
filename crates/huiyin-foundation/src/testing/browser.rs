//! A browser for tests of signing in and out: unlike a hand it keeps the cookies it is given, and sends the one-time token
//! of the page it looked at last.

use super::Answer;
use axum::Router;
use axum::body::Body;
use axum::http::{Request, header};
use http_body_util::BodyExt;
use std::collections::BTreeMap;
use tower::ServiceExt;

const TOKEN_BOX: &str = "name=\"_token\" value=\"";

/// A browser in somebody's hands.
#[derive(Clone)]
pub struct Browser {
    site: Router,
    /// Its cookies by name.
    pub cookies: BTreeMap<String, String>,
    /// The token of the page looked at last.
    pub token: String,
}

impl Browser {
    /// A fresh browser before this site.
    pub fn new(site: Router) -> Browser {
        Browser { site, cookies: BTreeMap::new(), token: String::new() }
    }

    /// Looks at a page.
    pub async fn get(&mut self, path: &str) -> Answer {
        let request = Request::get(path).body(Body::empty()).expect("a path of the site");
        self.send(request).await
    }

    /// Sends a form with the token of the page looked at last.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let mut body = form_urlencoded::Serializer::new(String::new());
        body.append_pair("_token", &self.token).extend_pairs(fields);
        let request = Request::post(path)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin")
            .body(Body::from(body.finish()))
            .expect("a path of the site");
        self.send(request).await
    }

    /// Looks at the page an answer leads to.
    pub async fn follow(&mut self, answer: &Answer) -> Answer {
        assert!(answer.status.is_redirection(), "it leads nowhere: {} {}", answer.status, answer.text());
        let path = answer.location().to_owned();
        self.get(&path).await
    }

    async fn send(&mut self, mut request: Request<Body>) -> Answer {
        let headers = request.headers_mut();
        headers.insert(header::HOST, header::HeaderValue::from_static("127.0.0.1"));
        let cookies: Vec<String> =
            self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        if let Ok(line) = cookies.join("; ").parse()
            && !cookies.is_empty()
        {
            headers.insert(header::COOKIE, line);
        }
        let response = self.site.clone().oneshot(request).await.expect("the site always answers");
        let (parts, body) = response.into_parts();
        for line in parts.headers.get_all(header::SET_COOKIE) {
            self.take_cookie(line.to_str().unwrap_or_default());
        }
        let body = body.collect().await.map(|body| body.to_bytes().to_vec()).unwrap_or_default();
        let answer = Answer { status: parts.status, headers: parts.headers, body };
        if let Some((_, after)) = answer.html().split_once(TOKEN_BOX) {
            self.token = after.split('"').next().unwrap_or_default().to_owned();
        }
        answer
    }

    fn take_cookie(&mut self, line: &str) {
        let pair = line.split(';').next().unwrap_or_default();
        match pair.split_once('=') {
            Some((name, "")) => _ = self.cookies.remove(name),
            Some((name, value)) => _ = self.cookies.insert(name.to_owned(), value.to_owned()),
            None => {}
        }
    }
}
