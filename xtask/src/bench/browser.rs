//! A browser as far as a load test needs one: one keep-alive connection, cookies, forms fetched and posted.

use super::form::Form;
use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper::header::{CONTENT_TYPE, COOKIE, HOST, HeaderValue, LOCATION, ORIGIN, SET_COOKIE};
use hyper::{Method, Request, StatusCode};
use hyper_util::rt::TokioIo;
use std::collections::BTreeMap;
use tokio::net::TcpStream;

/// One person's browser.
pub struct Browser {
    host: String,
    connection: SendRequest<Full<Bytes>>,
    cookies: BTreeMap<String, String>,
}

/// What came back.
pub struct Answer {
    /// Its status.
    pub status: StatusCode,
    /// Where it sends the browser next.
    pub location: Option<String>,
    /// The page.
    pub body: Bytes,
}

impl Answer {
    /// The page as text.
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap_or_default()
    }
}

impl Browser {
    /// Connects to a server on loopback.
    pub async fn open(host: &str) -> Result<Browser, String> {
        Ok(Browser { host: host.to_owned(), connection: connect(host).await?, cookies: BTreeMap::new() })
    }

    /// The same person in another window: a connection of its own, the same cookies.
    pub async fn again(&self) -> Result<Browser, String> {
        let connection = connect(&self.host).await?;
        Ok(Browser { host: self.host.clone(), connection, cookies: self.cookies.clone() })
    }

    /// Fetches a page.
    pub async fn get(&mut self, path: &str) -> Result<Answer, String> {
        self.ask(Method::GET, path, None).await
    }

    /// Fetches a page and insists that it is there.
    pub async fn page(&mut self, path: &str) -> Result<Answer, String> {
        let answer = self.get(path).await?;
        if answer.status == StatusCode::OK {
            Ok(answer)
        } else {
            Err(format!("{path} answered {}", answer.status))
        }
    }

    /// Sends a form.
    pub async fn send(&mut self, form: &Form) -> Result<Answer, String> {
        let (kind, body) = form.encode();
        self.ask(Method::POST, &form.action, Some((kind, body))).await
    }

    async fn ask(
        &mut self,
        method: Method,
        path: &str,
        form: Option<(String, String)>,
    ) -> Result<Answer, String> {
        let wrong = |what: &dyn std::fmt::Display| format!("{path}: {what}");
        if self.connection.ready().await.is_err() {
            self.connection = connect(&self.host).await?;
        }
        let mut request = Request::builder().method(method).uri(path).header(HOST, &self.host);
        if !self.cookies.is_empty() {
            let pairs: Vec<String> =
                self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            request = request.header(COOKIE, pairs.join("; "));
        }
        let body = match form {
            Some((kind, body)) => {
                // What every browser adds to a form it sends to the site it came from.
                request = request.header(CONTENT_TYPE, kind).header(ORIGIN, format!("http://{}", self.host));
                request = request.header("sec-fetch-site", "same-origin");
                Bytes::from(body)
            }
            None => Bytes::new(),
        };
        let request = request.body(Full::new(body)).map_err(|e| wrong(&e))?;
        let answer = self.connection.send_request(request).await.map_err(|e| wrong(&e))?;
        let (head, body) = answer.into_parts();
        for cookie in head.headers.get_all(SET_COOKIE) {
            self.keep(cookie);
        }
        let location = head.headers.get(LOCATION).and_then(|to| to.to_str().ok()).map(str::to_owned);
        let body = body.collect().await.map_err(|e| wrong(&e))?.to_bytes();
        Ok(Answer { status: head.status, location, body })
    }

    fn keep(&mut self, cookie: &HeaderValue) {
        let pair = cookie.to_str().unwrap_or_default().split(';').next().unwrap_or_default();
        if let Some((name, value)) = pair.split_once('=') {
            if value.is_empty() {
                self.cookies.remove(name.trim());
            } else {
                self.cookies.insert(name.trim().to_owned(), value.to_owned());
            }
        }
    }
}

async fn connect(host: &str) -> Result<SendRequest<Full<Bytes>>, String> {
    let stream = TcpStream::connect(host).await.map_err(|e| format!("{host}: {e}"))?;
    stream.set_nodelay(true).map_err(|e| format!("{host}: {e}"))?;
    let (sender, connection) = handshake(TokioIo::new(stream)).await.map_err(|e| format!("{host}: {e}"))?;
    tokio::spawn(async move {
        // A connection that ends is noticed by the next request on it, which opens another.
        connection.await.ok();
    });
    Ok(sender)
}
