//! Fetching letters from a mailbox over IMAP: which are unread and how large, one letter or its beginning, and what is
//! marked afterwards (1.4).
//!
//! The mailbox itself remembers what is still to do: unread and not starred. No UID is kept anywhere, so a mailbox that
//! was moved or numbered anew makes no difference. What could not be taken is starred and stays unread, where a person
//! finds it; taking the star away lets it be tried again. What it says about a failure names no person.

mod wire;

use super::trust;
use crate::config::{After, Imap, Security};
use rustls::pki_types::ServerName;
use std::time::Duration;
use tokio::net::TcpStream;
use wire::{Ended, Piece, Stream, Wire};

/// A server that says nothing for so long is taken to be gone.
const SILENCE_MAX: Duration = Duration::from_secs(20);
/// Answers that are not letters hold no longer text than this.
const SMALL_BYTES_MAX: u64 = 64 * 1024;

/// A letter that waits in the mailbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// Its number in the mailbox as it stands open.
    pub uid: u32,
    /// Its size.
    pub size_bytes: u64,
}

/// A mailbox that stands open.
pub struct Mailbox {
    wire: Wire,
    after: After,
    can_move: bool,
    has_uidplus: bool,
}

impl Mailbox {
    /// Goes to the mailbox and opens it; says what is wrong if that fails.
    pub async fn open(imap: &Imap) -> Result<Mailbox, String> {
        let mut wire = connected(imap).await?;
        let login = format!("LOGIN {} {}", quoted(&imap.user), quoted(imap.password.reveal()));
        if let Ended::Refused(code) = wire.call(&login, SMALL_BYTES_MAX).await? {
            return Err(format!("收信服务器不认账号{}", bracketed(&code)));
        }
        let told = match wire.call("CAPABILITY", SMALL_BYTES_MAX).await? {
            Ended::Done(answers) => answers,
            Ended::Refused(_) => Vec::new(),
        };
        let can = |word: &str| told.iter().flatten().any(|piece| piece.is(word));
        let (can_move, has_uidplus) = (can("MOVE"), can("UIDPLUS"));
        if can("ID") {
            // Some large providers open the folder only for whoever has said what program they are.
            wire.call("ID (\"name\" \"huiyin\")", SMALL_BYTES_MAX).await?;
        }
        let select = ["SELECT", &quoted(&imap.mailbox)].join(" ");
        if let Ended::Refused(code) = wire.call(&select, SMALL_BYTES_MAX).await? {
            return Err(format!("信箱里打不开文件夹 {}{}", imap.mailbox, bracketed(&code)));
        }
        Ok(Mailbox { wire, after: imap.after.clone(), can_move, has_uidplus })
    }

    /// Letters that are unread and not laid aside, the oldest first, with their sizes; at most so many.
    pub async fn unread(&mut self, letters_max: usize) -> Result<Vec<Waiting>, String> {
        let mut uids = self.search("UNSEEN UNFLAGGED UNDELETED").await?;
        uids.truncate(letters_max);
        if uids.is_empty() {
            return Ok(Vec::new());
        }
        let set: Vec<String> = uids.iter().map(u32::to_string).collect();
        let answers = self.call(&format!("UID FETCH {} (UID RFC822.SIZE)", set.join(",")), 0).await?;
        let mut waiting: Vec<Waiting> = answers
            .iter()
            .filter_map(|line| {
                let uid = u32::try_from(after(line, "UID")?.number()?).ok()?;
                Some(Waiting { uid, size_bytes: after(line, "RFC822.SIZE")?.number()? })
            })
            .collect();
        waiting.sort_by_key(|letter| letter.uid);
        waiting.dedup_by_key(|letter| letter.uid);
        Ok(waiting)
    }

    /// How many letters were laid aside and are still unread.
    pub async fn laid_aside(&mut self) -> Result<usize, String> {
        Ok(self.search("UNSEEN FLAGGED UNDELETED").await?.len())
    }

    /// A letter, or the first so many bytes of it, without marking it as read; none if it is gone.
    pub async fn fetch(&mut self, uid: u32, bytes_max: u64) -> Result<Option<Vec<u8>>, String> {
        let command = format!("UID FETCH {uid} (UID BODY.PEEK[]<0.{bytes_max}>)");
        let answers = self.call(&command, bytes_max).await?;
        let body = answers.into_iter().find_map(|line| {
            let at = line.iter().position(|piece| {
                matches!(piece, Piece::Text(text) if text.to_ascii_uppercase().starts_with(b"BODY[]"))
            })?;
            match line.into_iter().nth(at + 1) {
                Some(Piece::Text(text)) => Some(text),
                _ => None,
            }
        });
        Ok(body)
    }

    /// Marks a letter as taken: read, and where the school wants it in a folder, there.
    pub async fn done_with(&mut self, uid: u32) -> Result<(), String> {
        self.call(&format!("UID STORE {uid} +FLAGS.SILENT (\\Seen)"), 0).await?;
        let After::Move(folder) = self.after.clone() else { return Ok(()) };
        let verb = if self.can_move { "MOVE" } else { "COPY" };
        let go = format!("UID {verb} {uid} {}", quoted(&folder));
        if let Ended::Refused(_) = self.wire.call(&go, SMALL_BYTES_MAX).await? {
            // Most likely the folder is not there yet; if it cannot be made, the second try says so.
            self.wire.call(&format!("CREATE {}", quoted(&folder)), SMALL_BYTES_MAX).await?;
            self.call(&go, 0).await?;
        }
        if !self.can_move {
            self.call(&format!("UID STORE {uid} +FLAGS.SILENT (\\Deleted)"), 0).await?;
            if self.has_uidplus {
                self.call(&format!("UID EXPUNGE {uid}"), 0).await?;
            }
        }
        Ok(())
    }

    /// Lays a letter aside: starred and unread, where it is.
    pub async fn lay_aside(&mut self, uid: u32) -> Result<(), String> {
        self.call(&format!("UID STORE {uid} +FLAGS.SILENT (\\Flagged)"), 0).await.map(|_| ())
    }

    /// Takes the star off everything that was laid aside, so that it is tried again.
    pub async fn take_up_again(&mut self) -> Result<(), String> {
        let uids = self.search("UNSEEN FLAGGED UNDELETED").await?;
        if uids.is_empty() {
            return Ok(());
        }
        let set: Vec<String> = uids.iter().map(u32::to_string).collect();
        self.call(&format!("UID STORE {} -FLAGS.SILENT (\\Flagged)", set.join(",")), 0).await.map(|_| ())
    }

    /// Leaves.
    pub async fn close(mut self) {
        // Whatever it answers, we are gone.
        let _ = self.wire.call("LOGOUT", SMALL_BYTES_MAX).await;
    }

    async fn search(&mut self, wanted: &str) -> Result<Vec<u32>, String> {
        let answers = self.call(&format!("UID SEARCH {wanted}"), 0).await?;
        let found = answers.iter().filter(|line| line.get(1).is_some_and(|piece| piece.is("SEARCH")));
        let numbers = found.flat_map(|line| line.iter().skip(2).filter_map(Piece::number));
        let mut uids: Vec<u32> = numbers.filter_map(|number| u32::try_from(number).ok()).collect();
        uids.sort_unstable();
        Ok(uids)
    }

    async fn call(&mut self, command: &str, letter_bytes_max: u64) -> Result<Vec<Vec<Piece>>, String> {
        match self.wire.call(command, letter_bytes_max + SMALL_BYTES_MAX).await? {
            Ended::Done(answers) => Ok(answers),
            Ended::Refused(code) => {
                let verb = command.split(' ').find(|word| *word != "UID").unwrap_or_default();
                Err(format!("收信服务器不让做 {verb}{}", bracketed(&code)))
            }
        }
    }
}

async fn connected(imap: &Imap) -> Result<Wire, String> {
    let gone = || "连不上收信服务器".to_owned();
    let address = (imap.host.as_str(), imap.port());
    let stream = tokio::time::timeout(SILENCE_MAX, TcpStream::connect(address))
        .await
        .map_err(|_| gone())?
        .map_err(|_| gone())?;
    if imap.security == Security::Tls {
        let mut wire = Wire::new(protected(imap, stream).await?, SILENCE_MAX);
        wire.greeting().await?;
        return Ok(wire);
    }
    let mut wire = Wire::new(Box::new(stream), SILENCE_MAX);
    wire.greeting().await?;
    if imap.security == Security::None {
        return Ok(wire);
    }
    if let Ended::Refused(_) = wire.call("STARTTLS", 0).await? {
        return Err("收信服务器不肯加密，请核对 security".to_owned());
    }
    Ok(Wire::new(protected(imap, wire.into_stream()?).await?, SILENCE_MAX))
}

async fn protected(imap: &Imap, stream: impl Stream + 'static) -> Result<Box<dyn Stream>, String> {
    let trouble = || "和收信服务器的加密连接没有建立，请核对端口和 security".to_owned();
    let name = ServerName::try_from(imap.host.clone()).map_err(|_| trouble())?;
    let named = &imap.certificate.0;
    let connector = if named.is_empty() { trust::machine() } else { trust::only(named)? };
    let shaken = tokio::time::timeout(SILENCE_MAX, connector.connect(name, stream)).await;
    let shaken = shaken.map_err(|_| trouble())?;
    Ok(Box::new(shaken.map_err(|cause| if is_of_certificate(&cause) { untrusted() } else { trouble() })?))
}

/// Whether the other side is there, and is not who it should be.
fn is_of_certificate(cause: &std::io::Error) -> bool {
    let cause = cause.get_ref().and_then(|cause| cause.downcast_ref::<rustls::Error>());
    matches!(cause, Some(rustls::Error::InvalidCertificate(_)))
}

fn untrusted() -> String {
    "收信服务器的证书不可信，没有登录：发证者不认识，或名称、日期不符；自签的证书请写进 post.toml 的 certificate"
        .to_owned()
}

/// A text between quotation marks; the settings hold nothing that cannot stand there.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

fn bracketed(code: &str) -> String {
    if code.is_empty() { String::new() } else { format!("（{}）", code.trim_matches(['[', ']'])) }
}

/// The piece behind this word.
fn after<'a>(line: &'a [Piece], word: &str) -> Option<&'a Piece> {
    let at = line.iter().position(|piece| piece.is(word))?;
    line.get(at + 1)
}
