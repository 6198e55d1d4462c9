//! Settings are found where they were said, and what is wrong is named with its place.

use super::*;
use std::fs;
use tempfile::{TempDir, tempdir};

fn with_file(text: &str) -> TempDir {
    let data = tempdir().unwrap();
    fs::write(data.path().join(CONFIG_FILE), text).unwrap();
    data
}

fn load(data: &TempDir, more: &[(&'static str, &str)]) -> Result<Config, ConfigTrouble> {
    let mut flags = vec![("data", data.path().display().to_string())];
    flags.extend(more.iter().map(|(key, value)| (*key, (*value).to_owned())));
    Config::load(&flags, |_| None)
}

#[test]
fn nothing_said_means_the_built_in_values() {
    let config = Config::load(&[], |_| None).unwrap();
    assert_eq!(config.listen.to_string(), "127.0.0.1:8080");
    assert_eq!(config.data, Path::new("data"));
    assert_eq!(config.database_url, None);
    assert_eq!(config.database_schema, "huiyin");
    assert_eq!(config.rate_limits, RateLimits::On);
    assert!(!config.is_https());
}

#[test]
fn the_command_line_wins_over_the_environment_and_that_over_the_file() {
    let data =
        with_file("listen = \"127.0.0.1:1\"\nlog_format = \"json\"\nbase_url = \"https://a.example/\"\n");
    let flags = [("data", data.path().display().to_string()), ("listen", "127.0.0.1:3".to_owned())];
    let environment = |name: &str| match name {
        "HUIYIN_LISTEN" => Some("127.0.0.1:2".to_owned()),
        "HUIYIN_LOG_FORMAT" => Some("text".to_owned()),
        _ => None,
    };
    let config = Config::load(&flags, environment).unwrap();
    assert_eq!(config.listen.port(), 3);
    assert_eq!(config.log_format, LogFormat::Text);
    assert_eq!(config.base_url.as_deref(), Some("https://a.example"));
    assert!(config.is_https());
    let explained = config.explain();
    assert!(explained.contains("--listen") && explained.contains("HUIYIN_LOG_FORMAT"), "{explained}");
    assert!(explained.contains("huiyin.toml:3"), "{explained}");
    assert_eq!(explained.lines().count(), SETTINGS.len());
}

#[test]
fn an_unknown_key_is_named_with_file_and_line() {
    let trouble =
        load(&with_file("# ours\n\nlisten = \"127.0.0.1:80\"\nlisten_on = \"x\"\n"), &[]).unwrap_err();
    assert!(trouble.place.ends_with("huiyin.toml:4"), "{trouble}");
    assert!(trouble.reason.contains("listen_on") && trouble.reason.contains("log_format"), "{trouble}");
}

#[test]
fn a_bad_value_in_the_file_is_named_with_its_line() {
    for (text, line, word) in [
        ("log_format = \"xml\"", 1, "json"),
        ("\nlisten = \"8080\"", 2, "127.0.0.1:8080"),
        ("\n\nlisten = 8080", 3, "quotation"),
        ("listen = ", 1, ""),
        ("base_url = \"hy.example\"", 1, "https://"),
        ("base_url = \"https://hy.example/path\"", 1, "without a path"),
        ("database_url = \"mysql://x\"", 1, "postgres://"),
        ("database_schema = \"East; drop\"", 1, "small letters"),
        ("trusted_proxies = [\"10.0.0.2\", \"proxy\"]", 1, "proxy"),
        ("data = \"elsewhere\"", 1, "--data"),
        ("listen = \"127.0.0.1:80\"\nlisten = \"127.0.0.1:81\"", 2, "duplicate"),
    ] {
        let trouble = load(&with_file(text), &[]).unwrap_err();
        assert!(trouble.place.ends_with(&format!("huiyin.toml:{line}")), "{text}: {trouble}");
        assert!(trouble.reason.contains(word), "{text}: {trouble}");
        assert_eq!(trouble.to_string().lines().count(), 1, "{trouble}");
    }
}

#[test]
fn limits_may_be_off_on_loopback_only() {
    let data = tempdir().unwrap();
    let trouble = load(&data, &[("rate_limits", "off"), ("listen", "0.0.0.0:8080")]).unwrap_err();
    assert_eq!(trouble.place, "--rate-limits");
    assert!(trouble.reason.contains("loopback"), "{trouble}");
    let config = load(&data, &[("rate_limits", "off"), ("listen", "[::1]:8080")]).unwrap();
    assert_eq!(config.rate_limits, RateLimits::Off);
}

#[test]
fn a_database_password_is_never_explained() {
    let data = tempdir().unwrap();
    for url in
        ["postgres://hy:geheim@db:5432/hy", "postgres://db/hy?password=geheim", "postgres://hy:ge@heim@db/hy"]
    {
        let config = load(&data, &[("database_url", url)]).unwrap();
        assert_eq!(config.database_url.as_deref(), Some(url));
        assert!(!config.explain().contains("heim"), "{}", config.explain());
    }
}

#[test]
fn proxies_are_given_as_a_list_or_by_comma() {
    let data = with_file("trusted_proxies = [\"10.0.0.2\", \"::1\"]");
    assert_eq!(load(&data, &[]).unwrap().trusted_proxies.len(), 2);
    assert_eq!(load(&data, &[("trusted_proxies", "10.0.0.3")]).unwrap().trusted_proxies.len(), 1);
}
