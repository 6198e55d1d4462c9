//! The session cookie: its name, its attributes, reading it from a request. Nothing else knows these.
//!
//! The table of sessions and signing in belong to the people floor. Routes behind [`super::Door::Nameless`] never get
//! here: on the anonymous road no session is read or set.

use crate::config::Config;
use axum::http::{HeaderMap, HeaderValue, header};
use cookie::{Cookie, SameSite};

/// The cookie's name. The `__Host-` prefix binds it to this host over https; plain loopback http cannot have it.
pub fn cookie_name(config: &Config) -> &'static str {
    if config.is_https() { "__Host-huiyin" } else { "huiyin" }
}

/// The session named by a request, if any.
pub fn cookie_value(config: &Config, headers: &HeaderMap) -> Option<String> {
    let name = cookie_name(config);
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
    lines
        .flat_map(Cookie::split_parse)
        .flatten()
        .find(|cookie| cookie.name() == name)
        .map(|cookie| cookie.value().to_owned())
}

/// The line that sets the cookie for the length of the browser's session.
pub fn set_cookie(config: &Config, value: &str) -> HeaderValue {
    line(config, Cookie::new(cookie_name(config), value.to_owned()))
}

/// The line that takes the cookie away.
pub fn clear_cookie(config: &Config) -> HeaderValue {
    let mut cookie = Cookie::new(cookie_name(config), "");
    cookie.set_max_age(cookie::time::Duration::ZERO);
    line(config, cookie)
}

fn line(config: &Config, mut cookie: Cookie<'static>) -> HeaderValue {
    cookie.set_http_only(true);
    cookie.set_same_site(SameSite::Lax);
    cookie.set_path("/");
    cookie.set_secure(config.is_https());
    HeaderValue::from_str(&cookie.to_string()).expect("session names are letters and digits")
}
