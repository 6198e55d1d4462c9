//! Where and how this copy of the program runs: address, data folder, database, proxy, log. One typed value.
//!
//! Each setting is looked for in four places, later ones winning: what is built in, `DATA/huiyin.toml`, the environment
//! (`HUIYIN_LISTEN` …), the command line. [`Config::explain`] says each value and where it came from.
//! Mail, robots and other doors to the outside stand in a file of their own, [`POST_FILE`], because it holds secrets.
//! What is deliberately not here: anything a school decides (limits, units, words). That is the policy, kept in the database.

use std::fmt::Write as _;
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use std::str::FromStr;
use toml::Spanned;

mod imap;
mod post;
mod sources;
#[cfg(test)]
mod tests;

pub use imap::{After, Certificates, Imap};
pub use post::{Outlets, POST_FILE, Robot, RobotKind, Secret, Security, Smtp, Webhook, WecomApp};
use sources::{Found, gather};
use std::sync::Arc;

/// Name of the settings file inside the data folder.
pub const CONFIG_FILE: &str = "huiyin.toml";

/// How log lines are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line, for collectors.
    Json,
}

/// Whether floods are slowed down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RateLimits {
    /// As [`crate::limits`] says.
    On,
    /// Not at all: for benchmarks and browser tests on this very machine.
    Off,
}

/// How this copy of the program runs.
#[derive(Clone, Debug)]
pub struct Config {
    /// The address it answers on.
    pub listen: SocketAddr,
    /// The folder with keys, files and, without a database server, the database.
    pub data: PathBuf,
    /// The PostgreSQL server, if one is used.
    pub database_url: Option<String>,
    /// The schema of the school on that server; several schools each have their own.
    pub database_schema: String,
    /// The address people type, without a slash at the end.
    pub base_url: Option<String>,
    /// Proxies whose word on the caller's address is believed.
    pub trusted_proxies: Vec<IpAddr>,
    /// How log lines are written.
    pub log_format: LogFormat,
    /// Whether floods are slowed down.
    pub rate_limits: RateLimits,
    /// The doors to the outside.
    pub outlets: Arc<Outlets>,
    /// The font of papers; none to look where systems keep theirs.
    pub font: Option<PathBuf>,
    origins: Vec<Found>,
}

/// Why the settings cannot be used: the place and the remedy in one line.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("{place}: {reason}")]
pub struct ConfigTrouble {
    /// File and line, environment variable or flag.
    pub place: String,
    /// What is wrong there and what would be right.
    pub reason: String,
}

/// A setting: its key in the file, what holds without it, and what it is for.
pub struct Setting {
    /// The key in `huiyin.toml`; `--key-like-this` and `HUIYIN_KEY_LIKE_THIS` are its twins.
    pub key: &'static str,
    /// What holds if nobody says anything; empty means none.
    pub default: &'static str,
    /// One line for `huiyin config explain`.
    pub purpose: &'static str,
}

/// All settings there are.
pub const SETTINGS: [Setting; 9] = [
    Setting { key: "listen", default: "127.0.0.1:8080", purpose: "address and port to answer on" },
    Setting { key: "data", default: "data", purpose: "folder with keys, files and the database" },
    Setting { key: "database_url", default: "", purpose: "postgres://… to use a database server" },
    Setting { key: "database_schema", default: "huiyin", purpose: "schema of the school on that server" },
    Setting {
        key: "base_url",
        default: "",
        purpose: "the address people type, such as https://hy.example.edu.cn",
    },
    Setting {
        key: "trusted_proxies",
        default: "",
        purpose: "proxies whose X-Forwarded-For is believed, by comma",
    },
    Setting { key: "log_format", default: "text", purpose: "text or json" },
    Setting {
        key: "rate_limits",
        default: "on",
        purpose: "on, or off for tests; off needs a loopback address",
    },
    Setting { key: "font", default: "", purpose: "font file with Chinese letters, for papers as PDF" },
];

impl Config {
    /// Gathers the settings. `flags` holds only what was written on the command line; `environment` is asked by full name.
    pub fn load(
        flags: &[(&str, String)],
        environment: impl Fn(&str) -> Option<String>,
    ) -> Result<Config, ConfigTrouble> {
        let origins = gather(flags, environment)?;
        let found = |key: &str| {
            origins
                .iter()
                .find(|found| found.key == key)
                .expect("every setting is gathered, if only its default")
        };
        let config = Config {
            listen: parsed(found("listen"), "an address with a port, such as 127.0.0.1:8080")?,
            data: PathBuf::from(&found("data").value),
            database_url: optional(found("database_url"), database_url)?,
            database_schema: schema(found("database_schema"))?,
            base_url: optional(found("base_url"), base_url)?,
            trusted_proxies: addresses(found("trusted_proxies"))?,
            log_format: one_of(found("log_format"), &[("text", LogFormat::Text), ("json", LogFormat::Json)])?,
            rate_limits: one_of(found("rate_limits"), &[("on", RateLimits::On), ("off", RateLimits::Off)])?,
            outlets: Arc::new(Outlets::read(Path::new(&found("data").value))?),
            font: Some(found("font").value.as_str()).filter(|path| !path.is_empty()).map(PathBuf::from),
            origins: Vec::new(),
        };
        if config.rate_limits == RateLimits::Off && !config.listen.ip().is_loopback() {
            let reason =
                "rate_limits may be off only while listening on a loopback address, such as 127.0.0.1:8080";
            return Err(found("rate_limits").trouble(reason));
        }
        Ok(Config { origins, ..config })
    }

    /// The settings of tests: a data folder, loopback, no limits on floods.
    pub fn for_tests(data: &Path) -> Config {
        let flags = [("data", data.display().to_string()), ("rate_limits", "off".to_owned())];
        Config::load(&flags, |_| None).expect("the built-in settings are valid")
    }

    /// Whether people reach it by https, so that cookies may be bound to it.
    pub fn is_https(&self) -> bool {
        self.base_url.as_deref().is_some_and(|url| url.starts_with("https://"))
    }

    /// Each setting, its value and where it came from, one a line; passwords are not shown.
    pub fn explain(&self) -> String {
        let mut lines = String::new();
        for (setting, found) in SETTINGS.iter().zip(&self.origins) {
            let value = match found.value.as_str() {
                "" => "(none)".to_owned(),
                url if setting.key == "database_url" => without_password(url),
                other => other.to_owned(),
            };
            let (key, purpose) = (setting.key, setting.purpose);
            let _ = writeln!(lines, "{key:<16} {value:<32} {:<28} {purpose}", found.origin.to_string());
        }
        for line in self.outlets.explain() {
            let _ = writeln!(lines, "{:<16} {line}", POST_FILE);
        }
        lines
    }
}

fn parsed<T: FromStr>(found: &Found, wanted: &str) -> Result<T, ConfigTrouble> {
    found.value.parse().map_err(|_| found.trouble(&format!("“{}” is not {wanted}", found.value)))
}

fn optional(
    found: &Found,
    check: fn(&str) -> Result<String, &'static str>,
) -> Result<Option<String>, ConfigTrouble> {
    match found.value.as_str() {
        "" => Ok(None),
        value => check(value).map(Some).map_err(|reason| found.trouble(reason)),
    }
}

fn database_url(value: &str) -> Result<String, &'static str> {
    match value.split_once("://") {
        Some(("postgres" | "postgresql", rest)) if !rest.is_empty() => Ok(value.to_owned()),
        _ => Err("database_url begins with postgres:// ; leave it out to use SQLite in the data folder"),
    }
}

fn schema(found: &Found) -> Result<String, ConfigTrouble> {
    let name = &found.value;
    let is_plain =
        name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
    let begins_well = name.starts_with(|first: char| first.is_ascii_lowercase());
    if is_plain && begins_well && name.len() <= 63 && !name.starts_with("pg_") {
        return Ok(name.clone());
    }
    Err(found.trouble("database_schema is small letters, digits and _, such as huiyin_east"))
}

fn base_url(value: &str) -> Result<String, &'static str> {
    let wanted = "base_url is http:// or https:// and a host, without a path";
    let trimmed = value.trim_end_matches('/');
    let host = trimmed.strip_prefix("https://").or_else(|| trimmed.strip_prefix("http://")).ok_or(wanted)?;
    let is_host = !host.is_empty() && !host.contains(['/', '?', '#', '@', ' ', '"', '<', ';']);
    is_host.then(|| trimmed.to_owned()).ok_or(wanted)
}

fn addresses(found: &Found) -> Result<Vec<IpAddr>, ConfigTrouble> {
    let parts = found.value.split(',').map(str::trim).filter(|part| !part.is_empty());
    parts
        .map(|part| {
            part.parse().map_err(|_| found.trouble(&format!("“{part}” is not an address such as 10.0.0.2")))
        })
        .collect()
}

fn one_of<T: Copy>(found: &Found, choices: &[(&str, T)]) -> Result<T, ConfigTrouble> {
    let chosen = choices.iter().find(|(word, _)| *word == found.value);
    chosen.map(|(_, value)| *value).ok_or_else(|| {
        let words: Vec<&str> = choices.iter().map(|(word, _)| *word).collect();
        found.trouble(&format!("“{}” is none of: {}", found.value, words.join(", ")))
    })
}

fn without_password(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else { return "…".to_owned() };
    match rest.rsplit_once('@') {
        Some((account, host)) => {
            let user = account.split(':').next().unwrap_or_default();
            format!("{scheme}://{user}:…@{}", without_query(host))
        }
        None => format!("{scheme}://{}", without_query(rest)),
    }
}

/// A password may also stand in the query part.
fn without_query(host: &str) -> String {
    host.split_once('?').map_or_else(|| host.to_owned(), |(host, _)| format!("{host}?…"))
}
