//! One POST or GET to the outside: over TLS with the machine's own authorities, without redirects, with little patience.
//!
//! Only addresses from `post.toml` are called. What is said about a failure never names the address: it is a secret.

use super::{Trouble, trust};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Request, StatusCode, Uri, header};
use bytes::Bytes;
use http_body_util::{BodyExt, Full, Limited};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use rustls::pki_types::ServerName;
use std::sync::{Arc, OnceLock};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

/// Whoever has not answered by then is taken to be gone.
const ANSWER_WITHIN: Duration = Duration::from_secs(15);
/// No answer we ask for is longer.
const ANSWER_BYTES_MAX: usize = 64 * 1024;

/// What the other side answered.
#[derive(Clone, Debug)]
pub(super) struct Answer {
    pub status: StatusCode,
    /// How long it asks to be left alone, in its own words.
    pub retry_after: Option<String>,
    pub body: Bytes,
}

/// A caller of addresses.
#[derive(Clone)]
pub struct Http {
    /// Reading the machine's authorities takes a while: done when the first address asks for it.
    tls: Arc<OnceLock<TlsConnector>>,
    patience: Duration,
}

impl std::fmt::Debug for Http {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Http").field("patience", &self.patience).finish_non_exhaustive()
    }
}

impl Http {
    /// Prepares to call; nothing is connected yet.
    #[expect(clippy::new_without_default, reason = "its patience is chosen here")]
    pub fn new() -> Http {
        Http { tls: Arc::default(), patience: ANSWER_WITHIN }
    }

    /// The same with less patience, for tests with somebody who does not answer.
    #[must_use]
    pub fn hasty(self, patience: Duration) -> Http {
        Http { patience, ..self }
    }

    /// Sends JSON.
    pub(super) async fn post(
        &self,
        url: &str,
        headers: &[(HeaderName, String)],
        body: String,
    ) -> Result<Answer, Trouble> {
        let mut request = Request::post(url);
        let kind = HeaderValue::from_static("application/json; charset=utf-8");
        if let Some(all) = request.headers_mut() {
            all.insert(header::CONTENT_TYPE, kind);
            note(all, headers);
        }
        self.call(request.body(Full::from(body)).map_err(|_| wrong_address())?).await
    }

    /// Asks.
    pub(super) async fn get(&self, url: &str) -> Result<Answer, Trouble> {
        self.call(Request::get(url).body(Full::default()).map_err(|_| wrong_address())?).await
    }

    async fn call(&self, request: Request<Full<Bytes>>) -> Result<Answer, Trouble> {
        let answered = tokio::time::timeout(self.patience, self.talk(request)).await;
        answered.unwrap_or_else(|_| Err(Trouble::Channel("对方迟迟不答复".to_owned())))
    }

    async fn talk(&self, mut request: Request<Full<Bytes>>) -> Result<Answer, Trouble> {
        let uri = request.uri().clone();
        let authority = uri.authority().ok_or_else(wrong_address)?.clone();
        let is_tls = uri.scheme_str() == Some("https");
        let host = authority.host().trim_start_matches('[').trim_end_matches(']').to_owned();
        let port = authority.port_u16().unwrap_or(if is_tls { 443 } else { 80 });
        let path = uri.path_and_query().map_or("/", |path| path.as_str());
        *request.uri_mut() = path.parse::<Uri>().map_err(|_| wrong_address())?;
        let name = HeaderValue::from_str(authority.as_str()).map_err(|_| wrong_address())?;
        request.headers_mut().insert(header::HOST, name);
        let stream = TcpStream::connect((host.as_str(), port))
            .await
            .map_err(|_| Trouble::Channel("连不上对方".to_owned()))?;
        if !is_tls {
            return exchange(stream, request).await;
        }
        let name = ServerName::try_from(host).map_err(|_| wrong_address())?;
        let stream = self
            .tls
            .get_or_init(trust::machine)
            .connect(name, stream)
            .await
            .map_err(|_| Trouble::Channel("和对方的加密连接没有建立，请核对证书".to_owned()))?;
        exchange(stream, request).await
    }
}

async fn exchange(
    stream: impl AsyncRead + AsyncWrite + Send + Unpin + 'static,
    request: Request<Full<Bytes>>,
) -> Result<Answer, Trouble> {
    let broken = || Trouble::Channel("对方中断了连接".to_owned());
    let (mut caller, line) = http1::handshake(TokioIo::new(stream)).await.map_err(|_| broken())?;
    let line = tokio::spawn(line);
    let response = caller.send_request(request).await.map_err(|_| broken())?;
    let status = response.status();
    let retry_after = response.headers().get(header::RETRY_AFTER).and_then(|words| words.to_str().ok());
    let retry_after = retry_after.map(str::to_owned);
    let body = Limited::new(response.into_body(), ANSWER_BYTES_MAX).collect().await;
    line.abort();
    Ok(Answer { status, retry_after, body: body.map_err(|_| broken())?.to_bytes() })
}

fn note(all: &mut HeaderMap, headers: &[(HeaderName, String)]) {
    for (name, value) in headers {
        if let Ok(value) = HeaderValue::from_str(value) {
            all.insert(name.clone(), value);
        }
    }
}

fn wrong_address() -> Trouble {
    Trouble::Channel("post.toml 里的地址写得不对".to_owned())
}
