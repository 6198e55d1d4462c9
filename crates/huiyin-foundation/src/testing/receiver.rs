//! Somebody on this machine who listens to what is sent over HTTP, for tests of robots and webhooks: keeps every request
//! and answers as the test says, or not at all.

use axum::Router;
use axum::body::Bytes;
use axum::extract::{OriginalUri, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// A request as it was heard.
#[derive(Clone, Debug)]
pub struct Heard {
    /// Path and query.
    pub path: String,
    /// Headers.
    pub headers: HeaderMap,
    /// Body.
    pub body: String,
}

/// How one request is answered.
#[derive(Clone, Copy, Debug)]
pub enum Reply {
    /// With this status and body.
    Says(u16, &'static str),
    /// With this status, asking to be left alone for so long.
    AsksToWait(u16, &'static str),
    /// Never.
    Silence,
}

#[derive(Default)]
struct Ear {
    heard: Mutex<Vec<Heard>>,
    replies: Mutex<VecDeque<Reply>>,
}

/// A listener that ends with this value.
pub struct Receiver {
    ear: Arc<Ear>,
    task: JoinHandle<()>,
    /// Its address, such as `http://127.0.0.1:49152`.
    pub url: String,
}

impl Receiver {
    /// Listens, and answers one request after the other like this; when nothing is left, with the last.
    pub async fn new(replies: &[Reply]) -> Receiver {
        let ear = Arc::new(Ear::default());
        ear.replies.lock().expect("nobody else").extend(replies);
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port on this machine");
        let url = format!("http://{}", listener.local_addr().expect("it is bound"));
        let site = Router::new().fallback(hear).with_state(ear.clone());
        let task = tokio::spawn(async move {
            // It ends when it is aborted.
            let _ = axum::serve(listener, site).await;
        });
        Receiver { ear, task, url }
    }

    /// What it heard so far.
    pub fn heard(&self) -> Vec<Heard> {
        self.ear.heard.lock().expect("nobody panics while holding it").clone()
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn hear(
    State(ear): State<Arc<Ear>>,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let body = String::from_utf8_lossy(&body).into_owned();
    ear.heard.lock().expect("nobody panics while holding it").push(Heard {
        path: uri.to_string(),
        headers,
        body,
    });
    let reply = {
        let mut replies = ear.replies.lock().expect("nobody panics while holding it");
        if replies.len() > 1 { replies.pop_front() } else { replies.front().copied() }
    };
    match reply.unwrap_or(Reply::Says(200, "{}")) {
        Reply::Says(status, body) => {
            (StatusCode::from_u16(status).expect("a status of a test"), body).into_response()
        }
        Reply::AsksToWait(status, long) => {
            let status = StatusCode::from_u16(status).expect("a status of a test");
            (status, [(header::RETRY_AFTER, long)], "").into_response()
        }
        Reply::Silence => std::future::pending().await,
    }
}
