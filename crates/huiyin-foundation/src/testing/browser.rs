//! A browser for tests: it keeps its cookies, finds the one-time token of the page it looks at, and follows where it is
//! sent only when asked. What a page says is read as text, not as markup.

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode, header};
use http_body_util::BodyExt;
use std::collections::BTreeMap;
use tower::ServiceExt;

/// A browser in somebody's hands.
#[derive(Clone)]
pub struct Browser {
    site: Router,
    cookies: BTreeMap<String, String>,
    token: Option<String>,
}

/// What came back.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The status.
    pub status: StatusCode,
    /// The lines before the page.
    pub headers: HeaderMap,
    /// The page as it was sent.
    pub html: String,
    /// The body as bytes, for files.
    pub bytes: Vec<u8>,
}

impl Browser {
    /// A fresh browser before this site.
    pub fn new(site: Router) -> Browser {
        Browser { site, cookies: BTreeMap::new(), token: None }
    }

    /// Looks at a page.
    pub async fn get(&mut self, path: &str) -> Answer {
        let request = Request::get(path).header(header::ACCEPT, "text/html");
        self.send(request.body(Body::empty()).expect("a path of the site")).await
    }

    /// Sends a form with the token of the page looked at last.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let token = self.token.clone().unwrap_or_default();
        let mut body = form_urlencoded::Serializer::new(String::new());
        if !fields.iter().any(|(name, _)| *name == "_token") {
            body.append_pair("_token", &token);
        }
        body.extend_pairs(fields);
        let kind = "application/x-www-form-urlencoded";
        self.post_body(path, kind, body.finish().into_bytes()).await
    }

    /// Sends a form with files: field, name, bytes.
    pub async fn post_files(
        &mut self,
        path: &str,
        fields: &[(&str, &str)],
        files: &[(&str, &str, &[u8])],
    ) -> Answer {
        const EDGE: &str = "----the-edge-of-a-part";
        let mut body = Vec::new();
        let token = self.token.clone().unwrap_or_default();
        let own_token = ("_token", token.as_str());
        for (name, value) in fields.iter().chain([&own_token]) {
            let head =
                format!("--{EDGE}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
            body.extend_from_slice(head.as_bytes());
        }
        for (name, file, bytes) in files {
            let head = format!(
                "--{EDGE}\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"{file}\"\r\nContent-Type: application/octet-stream\r\n\r\n"
            );
            body.extend_from_slice(head.as_bytes());
            body.extend_from_slice(bytes);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(format!("--{EDGE}--\r\n").as_bytes());
        self.post_body(path, &format!("multipart/form-data; boundary={EDGE}"), body).await
    }

    /// Looks at the page an answer leads to, or keeps the answer if it leads nowhere.
    pub async fn follow(&mut self, answer: Answer) -> Answer {
        match answer.location() {
            Some(path) => {
                let path = path.to_owned();
                self.get(&path).await
            }
            None => answer,
        }
    }

    /// The token of the page looked at last.
    pub fn token(&self) -> Option<&str> {
        self.token.as_deref()
    }

    /// The value of a cookie.
    pub fn cookie(&self, name: &str) -> Option<&str> {
        self.cookies.get(name).map(String::as_str)
    }

    /// Puts a cookie in.
    pub fn set_cookie(&mut self, name: &str, value: &str) {
        self.cookies.insert(name.to_owned(), value.to_owned());
    }

    async fn post_body(&mut self, path: &str, kind: &str, body: Vec<u8>) -> Answer {
        let request = Request::post(path)
            .header(header::CONTENT_TYPE, kind)
            .header(header::ACCEPT, "text/html")
            .header("sec-fetch-site", "same-origin");
        self.send(request.body(Body::from(body)).expect("a path of the site")).await
    }

    async fn send(&mut self, mut request: Request<Body>) -> Answer {
        request.headers_mut().insert(header::HOST, "huiyin.test".parse().expect("a host"));
        let cookies: Vec<String> =
            self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        if !cookies.is_empty() {
            request.headers_mut().insert(header::COOKIE, cookies.join("; ").parse().expect("plain cookies"));
        }
        let response = self.site.clone().oneshot(request).await.expect("the site always answers");
        let (parts, body) = response.into_parts();
        for line in parts.headers.get_all(header::SET_COOKIE) {
            self.take_cookie(line.to_str().expect("plain cookies"));
        }
        let bytes = body.collect().await.expect("the body ends").to_bytes().to_vec();
        let html = String::from_utf8_lossy(&bytes).into_owned();
        if let Some(token) = attribute_after(&html, "name=\"_token\" value=\"") {
            self.token = Some(token);
        }
        Answer { status: parts.status, headers: parts.headers, html, bytes }
    }

    fn take_cookie(&mut self, line: &str) {
        let pair = line.split(';').next().unwrap_or_default();
        let Some((name, value)) = pair.split_once('=') else { return };
        if value.is_empty() {
            self.cookies.remove(name);
        } else {
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
    }
}

impl Answer {
    /// Where it leads.
    pub fn location(&self) -> Option<&str> {
        self.headers.get(header::LOCATION).and_then(|path| path.to_str().ok())
    }

    /// The page as people read it: no markup, single spaces.
    pub fn text(&self) -> String {
        let mut text = String::with_capacity(self.html.len());
        let mut rest = self.html.as_str();
        while let Some(start) = rest.find('<') {
            text.push_str(&rest[..start]);
            text.push(' ');
            let tag = &rest[start..];
            let end = match tag {
                script if script.starts_with("<script") => script.find("</script>").map(|at| at + 9),
                other => other.find('>').map(|at| at + 1),
            };
            rest = end.map_or("", |end| &tag[end..]);
        }
        text.push_str(rest);
        let text = text.replace("&quot;", "\"").replace("&#34;", "\"").replace("&#39;", "'");
        let text = text.replace("&lt;", "<").replace("&#60;", "<").replace("&gt;", ">").replace("&#62;", ">");
        let text = text.replace("&#38;", "&").replace("&amp;", "&");
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Whether the page says these words.
    pub fn says(&self, words: &str) -> bool {
        self.text().contains(words)
    }

    /// The value of the first hidden or visible box of this name.
    pub fn value(&self, name: &str) -> Option<String> {
        attribute_after(&self.html, &format!("name=\"{name}\" value=\""))
    }
}

fn attribute_after(html: &str, start: &str) -> Option<String> {
    let at = html.find(start)? + start.len();
    html[at..].split('"').next().map(str::to_owned)
}
