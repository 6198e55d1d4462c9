//! Webhooks, signed as Standard Webhooks says: the receiver can tell that it is us, when, and whether it heard this before.

use super::http::Http;
use super::{Trouble, patience, sign};
use crate::config::Webhook;
use axum::http::HeaderName;
use data_encoding::BASE64;
use huiyin_domain::calendar::Instant;

/// Calls a webhook. `id` stays the same at every try.
pub(super) async fn call(
    http: &Http,
    hook: &Webhook,
    id: &str,
    body: String,
    now: Instant,
) -> Result<(), Trouble> {
    let seconds = now.0.div_euclid(1000);
    let key = hook.secret.reveal().trim_start_matches("whsec_");
    let key = BASE64.decode(key.as_bytes()).unwrap_or_default();
    let signature = sign::base64(&key, format!("{id}.{seconds}.{body}").as_bytes());
    let headers = [
        (HeaderName::from_static("webhook-id"), id.to_owned()),
        (HeaderName::from_static("webhook-timestamp"), seconds.to_string()),
        (HeaderName::from_static("webhook-signature"), format!("v1,{signature}")),
    ];
    let answer = http.post(hook.url.reveal(), &headers, body).await?;
    match answer.status.as_u16() {
        200..=299 => Ok(()),
        // The receiver says that it wants no more.
        code @ 410 => Err(Trouble::Never(format!("对方说不再接收（{code}）"))),
        code @ (408 | 429 | 500..=599) => {
            Err(patience::not_taken(&answer, format!("对方请稍后再送（{code}）"), now))
        }
        code => Err(Trouble::Later(format!("对方没有收（{code}）"))),
    }
}
