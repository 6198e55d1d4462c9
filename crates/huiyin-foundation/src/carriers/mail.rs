//! Electronic mail over SMTP.
//!
//! One plain letter at a time, marked as written by a machine so that no answering machine answers. The name of a letter
//! (Message-ID) is the caller's and stays the same at every try, so that a letter sent twice is seen as one.

use super::Trouble;
use crate::config::{Security, Smtp};
use huiyin_domain::calendar::Instant;
use lettre::message::header::{ContentType, Header, HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message};
use lettre::transport::smtp::Error as SmtpError;
use lettre::transport::smtp::authentication::Credentials;
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use std::error::Error as _;
use std::time::{Duration, UNIX_EPOCH};

/// A server that says nothing for so long is taken to be gone.
const SILENCE_MAX: Duration = Duration::from_secs(15);
/// Handing over one letter may take so long in all.
const HANDING_OVER_MAX: Duration = Duration::from_secs(45);

/// A letter as it is handed over.
#[derive(Clone, Debug)]
pub struct Letter<'a> {
    /// The left part of its Message-ID; the right part is the domain we write from.
    pub name: &'a str,
    /// To which address.
    pub to: &'a str,
    /// Its subject.
    pub subject: &'a str,
    /// Its words.
    pub body: &'a str,
    /// The Message-IDs it belongs behind; may be empty.
    pub references: &'a str,
    /// Its date.
    pub at: Instant,
}

/// A mail server, ready to take letters.
#[derive(Debug)]
pub struct Mail {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    silence_max: Duration,
}

#[derive(Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(AutoSubmitted)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

impl Mail {
    /// Prepares for a server; nothing is connected yet.
    pub fn new(smtp: &Smtp) -> Result<Mail, String> {
        let builder = match smtp.security {
            Security::Tls => AsyncSmtpTransport::<Tokio1Executor>::relay(&smtp.host),
            Security::StartTls => AsyncSmtpTransport::<Tokio1Executor>::starttls_relay(&smtp.host),
            Security::None => Ok(AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&smtp.host)),
        };
        let mut builder = builder.map_err(|cause| format!("smtp: {cause}"))?.port(smtp.port);
        if !smtp.user.is_empty() {
            let (user, password) = (smtp.user.clone(), smtp.password.reveal().to_owned());
            builder = builder.credentials(Credentials::new(user, password));
        }
        let from: Mailbox = smtp.from.parse().map_err(|cause| format!("smtp.from: {cause}"))?;
        Ok(Mail {
            transport: builder.timeout(Some(SILENCE_MAX)).build(),
            from,
            silence_max: HANDING_OVER_MAX,
        })
    }

    /// The same with less patience, for tests with a server that does not answer.
    #[must_use]
    pub fn hasty(self, silence_max: Duration) -> Mail {
        Mail { silence_max, ..self }
    }

    /// The right part of the Message-IDs of our letters.
    pub fn domain(&self) -> &str {
        self.from.email.domain()
    }

    /// Hands a letter over.
    pub async fn send(&self, letter: &Letter<'_>) -> Result<(), Trouble> {
        let message = self.written(letter)?;
        match tokio::time::timeout(self.silence_max, self.transport.send(message)).await {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(cause)) => Err(trouble(&cause)),
            Err(_) => Err(Trouble::Channel("邮件服务器迟迟不答复".to_owned())),
        }
    }

    fn written(&self, letter: &Letter<'_>) -> Result<Message, Trouble> {
        let to: Mailbox =
            letter.to.trim().parse().map_err(|_| Trouble::Never("名册里的邮箱写得不对".to_owned()))?;
        let millis = u64::try_from(letter.at.0).unwrap_or(0);
        let mut message = Message::builder()
            .from(self.from.clone())
            .to(to)
            .message_id(Some(format!("<{}@{}>", letter.name, self.domain())))
            .date(UNIX_EPOCH + Duration::from_millis(millis))
            .subject(letter.subject)
            .header(AutoSubmitted)
            .header(ContentType::TEXT_PLAIN);
        if !letter.references.is_empty() {
            message =
                message.in_reply_to(letter.references.to_owned()).references(letter.references.to_owned());
        }
        message.body(letter.body.to_owned()).map_err(|_| Trouble::Never("这封信写不成邮件".to_owned()))
    }
}

/// What a refusal means: for this letter, for now, or for everybody.
fn trouble(cause: &SmtpError) -> Trouble {
    let Some(code) = cause.status().map(u16::from) else {
        return Trouble::Channel(if cause.is_timeout() {
            "邮件服务器迟迟不答复".to_owned()
        } else if cause.is_tls() {
            "和邮件服务器的加密连接没有建立，请核对证书和 security".to_owned()
        } else if is_refused(cause) {
            "邮件服务器拒绝连接".to_owned()
        } else {
            "连不上邮件服务器".to_owned()
        });
    };
    match code {
        421 => Trouble::Channel("邮件服务器暂停服务（421）".to_owned()),
        530 | 534 | 535 | 538 => Trouble::Channel(format!("邮件服务器不认账号（{code}）")),
        400..=499 => Trouble::Later(format!("邮件服务器请稍后再送（{code}）")),
        _ => Trouble::Never(format!("邮件服务器拒收（{code}）")),
    }
}

fn is_refused(cause: &SmtpError) -> bool {
    let mut next = cause.source();
    while let Some(source) = next {
        if let Some(io) = source.downcast_ref::<std::io::Error>() {
            return io.kind() == std::io::ErrorKind::ConnectionRefused;
        }
        next = source.source();
    }
    false
}
