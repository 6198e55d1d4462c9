//! The mailbox whose letters become cases, as `DATA/post.toml` names it (1.4).

use super::post::{Secret, Security, is_this_machine};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use serde::Deserialize;

/// What becomes of a letter in the mailbox once it was taken.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum After {
    /// It stays where it is, marked as read.
    #[default]
    KeepSeen,
    /// It goes into a folder of the mailbox.
    Move(String),
}

impl TryFrom<String> for After {
    type Error = &'static str;

    fn try_from(words: String) -> Result<After, Self::Error> {
        match words.strip_prefix("move:") {
            Some(folder) if is_plain(folder) => Ok(After::Move(folder.to_owned())),
            None if words == "keep_seen" => Ok(After::KeepSeen),
            _ => Err("after is keep_seen, or move: and the name of a folder in ASCII"),
        }
    }
}

/// Certificates as PEM, one or several.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Certificates(pub Vec<CertificateDer<'static>>);

impl TryFrom<String> for Certificates {
    type Error = &'static str;

    fn try_from(pem: String) -> Result<Certificates, Self::Error> {
        let read: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(pem.as_bytes()).collect();
        match read {
            Ok(read) if !read.is_empty() => Ok(Certificates(read)),
            _ => {
                Err("certificate is the text between BEGIN CERTIFICATE and END CERTIFICATE, with both lines")
            }
        }
    }
}

/// The mailbox from which letters are fetched.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Imap {
    /// Name of the machine.
    pub host: String,
    /// Its port; none: the usual one for the kind of protection.
    #[serde(default)]
    pub port: Option<u16>,
    /// How the connection is protected.
    #[serde(default = "from_the_first_byte")]
    pub security: Security,
    /// What the server shows, or who vouches for it, where the machine does not know them; empty: whom the machine trusts.
    #[serde(default)]
    pub certificate: Certificates,
    /// Account.
    pub user: String,
    /// Its password.
    pub password: Secret,
    /// The folder that is read.
    #[serde(default = "inbox")]
    pub mailbox: String,
    /// What becomes of a letter that was taken.
    #[serde(default)]
    pub after: After,
    /// Looked into every so many seconds.
    #[serde(default = "a_minute")]
    pub poll_seconds: u32,
    /// The channel of the register through which its letters come.
    #[serde(default = "presidents_mailbox")]
    pub channel: String,
    /// Of which kind a letter's case is until a clerk says otherwise; none: the first that nothing dispatches by itself.
    #[serde(default)]
    pub kind: Option<String>,
}

fn from_the_first_byte() -> Security {
    Security::Tls
}

fn inbox() -> String {
    "INBOX".to_owned()
}

fn a_minute() -> u32 {
    60
}

fn presidents_mailbox() -> String {
    "president-mailbox".to_owned()
}

/// What can stand between quotation marks of the protocol as it is.
fn is_plain(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| (b' '..=b'~').contains(&byte))
}

impl Imap {
    /// The port to knock at.
    pub fn port(&self) -> u16 {
        self.port.unwrap_or(if self.security == Security::Tls { 993 } else { 143 })
    }

    pub(super) fn check(&self) -> Result<(), &'static str> {
        if self.security == Security::None && !is_this_machine(&self.host) {
            return Err("security may be none only to this very machine, such as 127.0.0.1");
        }
        if !is_plain(&self.user) || !is_plain(self.password.reveal()) || !is_plain(&self.mailbox) {
            return Err("user, password and mailbox are written in ASCII");
        }
        if !(15..=3600).contains(&self.poll_seconds) {
            return Err("poll_seconds is between 15 and 3600");
        }
        Ok(())
    }

    /// It in one line, without its secret.
    pub(super) fn explained(&self) -> String {
        let (host, port) = (&self.host, self.port());
        format!("imap {host}:{port} mailbox {} channel {}", self.mailbox, self.channel)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Outlets;

    const MAILBOX: &str =
        "[imap]\nhost = \"mail.example.edu.cn\"\nuser = \"p@example.edu.cn\"\npassword = \"geheim\"\n";

    #[test]
    fn a_mailbox_is_read_with_what_is_usual_and_explained_without_its_secret() {
        let outlets = Outlets::parse(MAILBOX, "post.toml").unwrap();
        let imap = outlets.imap.as_ref().unwrap();
        assert_eq!((imap.port(), imap.security, imap.mailbox.as_str()), (993, Security::Tls, "INBOX"));
        assert_eq!(
            (&imap.after, imap.poll_seconds, imap.channel.as_str()),
            (&After::KeepSeen, 60, "president-mailbox")
        );
        let explained = outlets.explain().join("\n");
        assert!(
            explained.contains("mail.example.edu.cn:993") && !explained.contains("geheim"),
            "{explained}"
        );
        assert!(!format!("{imap:?}").contains("geheim"));
    }

    #[test]
    fn what_cannot_be_meant_is_refused_with_its_reason() {
        for (more, words) in [
            ("security = \"none\"", "only to this very machine"),
            ("after = \"delete\"", "after is keep_seen"),
            ("after = \"move:\"", "after is keep_seen"),
            ("mailbox = \"已处理\"", "ASCII"),
            ("mailbox = \"a\\r\\nb\"", "ASCII"),
            ("poll_seconds = 1", "between 15 and 3600"),
            ("colour = \"red\"", "unknown field"),
            ("certificate = \"mail.pem\"", "BEGIN CERTIFICATE"),
        ] {
            let trouble = Outlets::parse(&format!("{MAILBOX}{more}"), "post.toml").unwrap_err();
            assert!(trouble.reason.contains(words), "{more}: {trouble}");
        }
        let moved = Outlets::parse(&format!("{MAILBOX}after = \"move:Taken\""), "post.toml").unwrap();
        assert_eq!(moved.imap.unwrap().after, After::Move("Taken".into()));
    }
}
