//! The session cookie's line, on https and on a plain address.

use crate::config::Config;
use crate::web::{clear_cookie, cookie_name, cookie_value, set_cookie};
use axum::http::{HeaderMap, header};

fn over_https() -> Config {
    let flags = [("base_url", "https://hy.example.edu.cn".to_owned())];
    Config::load(&flags, |_| None).unwrap()
}

fn over_http() -> Config {
    Config::load(&[], |_| None).unwrap()
}

#[test]
fn over_https_the_cookie_is_bound_to_this_host() {
    let line = set_cookie(&over_https(), "abc").to_str().unwrap().to_owned();
    assert_eq!(line, "__Host-huiyin=abc; HttpOnly; SameSite=Lax; Secure; Path=/");
}

#[test]
fn on_a_plain_address_it_lacks_only_what_needs_https() {
    let line = set_cookie(&over_http(), "abc").to_str().unwrap().to_owned();
    assert_eq!(line, "huiyin=abc; HttpOnly; SameSite=Lax; Path=/");
    let gone = clear_cookie(&over_http()).to_str().unwrap().to_owned();
    assert!(gone.starts_with("huiyin=;") && gone.contains("Max-Age=0"), "{gone}");
}

#[test]
fn only_the_own_cookie_is_read_among_others() {
    let mut headers = HeaderMap::new();
    headers.append(header::COOKIE, "other=1; huiyin=plain".parse().unwrap());
    headers.append(header::COOKIE, "__Host-huiyin=bound".parse().unwrap());
    assert_eq!(cookie_value(&over_https(), &headers).as_deref(), Some("bound"));
    assert_eq!(cookie_value(&over_http(), &headers).as_deref(), Some("plain"));
    assert_eq!(cookie_value(&over_http(), &HeaderMap::new()), None);
    assert_ne!(cookie_name(&over_https()), cookie_name(&over_http()));
}
