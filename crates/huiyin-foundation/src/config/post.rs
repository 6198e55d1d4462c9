//! The doors to the outside: mail server, robots, webhooks, WeCom. One file beside `huiyin.toml`, for its owner alone.
//!
//! `DATA/post.toml` holds passwords and secret addresses, so it is refused while others on the machine may read it. A
//! school without the file tells people inside the pages only. What a school decides (who is told what) is not here.

use super::ConfigTrouble;
use super::imap::Imap;
use serde::Deserialize;
use std::fmt;
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use toml::Spanned;

/// Name of the file inside the data folder.
pub const POST_FILE: &str = "post.toml";

/// Where WeCom answers when no other address is given.
const WECOM_API: &str = "https://qyapi.weixin.qq.com";

/// Something that must not be shown: it prints as dots.
#[derive(Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    /// The value itself, for whoever signs with it or hands it to its server.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// A value that must not be shown.
    pub fn new(value: &str) -> Secret {
        Secret(value.to_owned())
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("…")
    }
}

/// How a connection to a mail server is kept from other ears.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Security {
    /// TLS from the first byte.
    Tls,
    /// TLS after the greeting.
    #[default]
    StartTls,
    /// None; only to this very machine.
    None,
}

/// The server that takes letters.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Smtp {
    /// Name of the machine.
    pub host: String,
    /// Its port.
    #[serde(default = "submission_port")]
    pub port: u16,
    /// How the connection is protected.
    #[serde(default)]
    pub security: Security,
    /// Account; empty where none is asked.
    #[serde(default)]
    pub user: String,
    /// Its password.
    #[serde(default)]
    pub password: Secret,
    /// Who writes, such as `回音 <huiyin@example.edu.cn>`.
    pub from: String,
}

/// Which messenger a group robot belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RobotKind {
    /// 企业微信
    Wecom,
    /// 钉钉
    Dingtalk,
    /// 飞书
    Feishu,
}

/// A robot that writes into a group.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Robot {
    /// Its name on the page of the administrator.
    pub name: String,
    /// Its messenger.
    pub kind: RobotKind,
    /// Its address, which is itself a secret.
    pub url: Secret,
    /// What it signs with; empty where the messenger asks for none.
    #[serde(default)]
    pub secret: Secret,
    /// The unit whose work it tells of.
    pub unit: String,
}

/// An address that hears of everything that is told to somebody.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Webhook {
    /// Its name on the page of the administrator.
    pub name: String,
    /// Where it listens.
    pub url: Secret,
    /// `whsec_` and the key in base64.
    pub secret: Secret,
}

/// The school's own application inside WeCom.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WecomApp {
    /// The enterprise.
    pub corp_id: String,
    /// The application.
    pub agent_id: u32,
    /// Its secret.
    pub secret: Secret,
    /// Where WeCom answers.
    #[serde(default = "wecom_api")]
    pub api: String,
}

/// All doors to the outside.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outlets {
    /// The server that takes letters.
    pub smtp: Option<Smtp>,
    /// The mailbox whose letters become cases.
    pub imap: Option<Imap>,
    /// The application inside WeCom.
    pub wecom_app: Option<WecomApp>,
    /// Robots in groups.
    pub robots: Vec<Robot>,
    /// Addresses that hear of everything.
    pub webhooks: Vec<Webhook>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Paper {
    smtp: Option<Spanned<Smtp>>,
    imap: Option<Spanned<Imap>>,
    wecom_app: Option<Spanned<WecomApp>>,
    #[serde(default)]
    robots: Vec<Spanned<Robot>>,
    #[serde(default)]
    webhooks: Vec<Spanned<Webhook>>,
}

fn submission_port() -> u16 {
    587
}

fn wecom_api() -> String {
    WECOM_API.to_owned()
}

impl Outlets {
    /// Reads the file of a data folder; none is no trouble.
    pub(super) fn read(data: &Path) -> Result<Outlets, ConfigTrouble> {
        let path = data.join(POST_FILE);
        let trouble = |reason: String| ConfigTrouble { place: path.display().to_string(), reason };
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(Outlets::default()),
            Err(cause) => return Err(trouble(cause.to_string())),
        };
        let mode = path.metadata().map_err(|cause| trouble(cause.to_string()))?.permissions().mode();
        if mode & 0o077 != 0 {
            let shown = path.display();
            return Err(trouble(format!(
                "it holds secrets and is open to other users: run `chmod 600 {shown}`"
            )));
        }
        Outlets::parse(&text, &path.display().to_string())
    }

    /// Reads the text of such a file; `place` is its name in complaints.
    pub fn parse(text: &str, place: &str) -> Result<Outlets, ConfigTrouble> {
        let at = |offset: usize, reason: &str| {
            let line = text[..offset.min(text.len())].matches('\n').count() + 1;
            ConfigTrouble { place: format!("{place}:{line}"), reason: reason.to_owned() }
        };
        let paper: Paper = toml::from_str(text)
            .map_err(|cause| at(cause.span().map_or(0, |span| span.start), cause.message()))?;
        let mut names: Vec<&str> = Vec::new();
        for robot in &paper.robots {
            let (start, robot) = (robot.span().start, robot.get_ref());
            check_name(&robot.name, &mut names).map_err(|reason| at(start, reason))?;
            check_url(robot.url.reveal()).map_err(|reason| at(start, reason))?;
        }
        for hook in &paper.webhooks {
            let (start, hook) = (hook.span().start, hook.get_ref());
            check_name(&hook.name, &mut names).map_err(|reason| at(start, reason))?;
            check_url(hook.url.reveal()).map_err(|reason| at(start, reason))?;
            if !is_signing_key(hook.secret.reveal()) {
                return Err(at(start, "the secret of a webhook is whsec_ and at least 24 bytes in base64"));
            }
        }
        if let Some(app) = &paper.wecom_app {
            check_url(&app.get_ref().api).map_err(|reason| at(app.span().start, reason))?;
        }
        if let Some(smtp) = &paper.smtp {
            let (start, smtp) = (smtp.span().start, smtp.get_ref());
            if smtp.security == Security::None && !is_this_machine(&smtp.host) {
                return Err(at(start, "security may be none only to this very machine, such as 127.0.0.1"));
            }
            if smtp.from.parse::<lettre::message::Mailbox>().is_err() {
                return Err(at(start, "from is who writes, such as 回音 <huiyin@example.edu.cn>"));
            }
        }
        if let Some(imap) = &paper.imap {
            imap.get_ref().check().map_err(|reason| at(imap.span().start, reason))?;
        }
        Ok(Outlets {
            smtp: paper.smtp.map(Spanned::into_inner),
            imap: paper.imap.map(Spanned::into_inner),
            wecom_app: paper.wecom_app.map(Spanned::into_inner),
            robots: paper.robots.into_iter().map(Spanned::into_inner).collect(),
            webhooks: paper.webhooks.into_iter().map(Spanned::into_inner).collect(),
        })
    }

    /// What is there, one a line, without a secret.
    pub(super) fn explain(&self) -> Vec<String> {
        let mut lines = Vec::new();
        if let Some(smtp) = &self.smtp {
            lines.push(format!("smtp {}:{} from {}", smtp.host, smtp.port, smtp.from));
        }
        lines.extend(self.imap.as_ref().map(Imap::explained));
        if let Some(app) = &self.wecom_app {
            lines.push(format!("wecom_app {} agent {}", app.corp_id, app.agent_id));
        }
        lines.extend(
            self.robots
                .iter()
                .map(|robot| format!("robot {} ({:?}, unit {})", robot.name, robot.kind, robot.unit)),
        );
        lines.extend(self.webhooks.iter().map(|hook| format!("webhook {}", hook.name)));
        lines
    }
}

/// Names stand in the ledger; two outlets of one name could not be told apart there.
fn check_name<'a>(name: &'a str, names: &mut Vec<&'a str>) -> Result<(), &'static str> {
    if name.is_empty() || name.chars().count() > 40 || name.contains(char::is_control) {
        return Err("name is at most 40 characters");
    }
    if names.contains(&name) {
        return Err("another robot or webhook has this name");
    }
    names.push(name);
    Ok(())
}

fn check_url(url: &str) -> Result<(), &'static str> {
    let wanted = "the address begins with https:// (http:// only to this very machine)";
    let uri: axum::http::Uri = url.parse().map_err(|_| wanted)?;
    let host = uri.host().ok_or(wanted)?;
    match uri.scheme_str() {
        Some("https") => Ok(()),
        Some("http") if is_this_machine(host) => Ok(()),
        _ => Err(wanted),
    }
}

pub(super) fn is_this_machine(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    bare == "localhost" || bare.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

fn is_signing_key(secret: &str) -> bool {
    let key = secret.strip_prefix("whsec_").map(|key| data_encoding::BASE64.decode(key.as_bytes()));
    matches!(key, Some(Ok(key)) if key.len() >= 24)
}
