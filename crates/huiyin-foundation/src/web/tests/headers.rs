//! The lines that must stand on every answer, whatever its status.

use super::site;
use crate::testing::Answer;
use crate::web::asset;
use axum::http::header;

fn line<'a>(answer: &'a Answer, name: &str) -> &'a str {
    answer.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

#[tokio::test]
async fn every_answer_forbids_inline_scripts_frames_and_guessing() {
    let app = site();
    let sheet = asset("hy.css");
    for (path, status) in [
        ("/anyone", 200),
        ("/nowhere", 404),
        ("/boom", 500),
        ("/mine", 303),
        (sheet.as_str(), 200),
        ("/assets/x/y", 404),
    ] {
        let answer = app.anyone().get(path).await;
        assert_eq!(answer.status.as_u16(), status, "{path}");
        let policy = line(&answer, "content-security-policy");
        for part in [
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
            "form-action 'self'",
        ] {
            assert!(policy.contains(part), "{path}: {part} is not in {policy}");
        }
        assert!(!policy.contains("unsafe"), "{path}");
        assert_eq!(line(&answer, "x-content-type-options"), "nosniff", "{path}");
        assert_eq!(line(&answer, "referrer-policy"), "same-origin", "{path}");
        assert_eq!(line(&answer, "cross-origin-opener-policy"), "same-origin", "{path}");
        assert_eq!(line(&answer, "cross-origin-resource-policy"), "same-origin", "{path}");
        assert!(line(&answer, "permissions-policy").contains("geolocation=()"), "{path}");
        assert_eq!(line(&answer, "x-request-number").len(), 8, "{path}");
        assert!(!line(&answer, header::CACHE_CONTROL.as_str()).is_empty(), "{path}");
    }
}

#[tokio::test]
async fn pages_are_not_kept_and_nothing_promises_https_on_a_plain_address() {
    let answer = site().student().get("/anyone").await;
    assert_eq!(line(&answer, "cache-control"), "no-store");
    assert_eq!(line(&answer, "strict-transport-security"), "");
}

#[tokio::test]
async fn acts_started_on_another_site_are_turned_away() {
    let app = site();
    let send = async |name: &'static str, value: &'static str| {
        app.anyone().post_bytes("/say", &[(name, value)], b"title=x").await.status.as_u16()
    };
    assert_eq!(send("sec-fetch-site", "same-origin").await, 200);
    assert_eq!(send("sec-fetch-site", "none").await, 200);
    assert_eq!(send("sec-fetch-site", "cross-site").await, 403);
    assert_eq!(send("sec-fetch-site", "same-site").await, 403);
    assert_eq!(send("origin", "http://127.0.0.1").await, 200);
    assert_eq!(send("origin", "https://evil.example").await, 403);
    assert_eq!(send("origin", "http://127.0.0.1.evil.example").await, 403);
    assert_eq!(send("origin", "null").await, 403);
    app.anyone().post_bytes("/say", &[("origin", "null")], b"").await.says("请从本站办理");
}
