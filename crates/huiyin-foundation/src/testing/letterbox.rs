//! A real mailbox on this machine, for tests of letters that come in: Debian's `dovecot-imapd` over a folder of its own.

use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use tempfile::TempDir;

/// Tries to find a port that nobody takes meanwhile.
const TRIES_MAX: u32 = 5;
/// The ids of Debian's `nobody` and `nogroup`: root may not own a mailbox.
const NOBODY: u32 = 65_534;

/// A mailbox that ends with this value. Its account is `letters`, its password `geheim`.
pub struct Letterbox {
    child: Child,
    folder: TempDir,
    count: AtomicU32,
    security: &'static str,
    /// The port it listens on, on 127.0.0.1.
    pub port: u16,
}

/// The certificate of a mailbox that is spoken to over TLS.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// It signs itself.
    SelfSigned,
    /// The school's own authority signed it, for 127.0.0.1.
    OfAuthority,
}

impl Letterbox {
    /// Starts one and waits until it answers.
    #[expect(clippy::new_without_default, reason = "it starts a process; nothing should do that by default")]
    pub fn new() -> Letterbox {
        Letterbox::start(None)
    }

    /// One that is spoken to over TLS and shows such a certificate.
    pub fn protected(shown: Shown) -> Letterbox {
        Letterbox::start(Some(shown))
    }

    fn start(shown: Option<Shown>) -> Letterbox {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let is_root = folder.path().metadata().expect("it is there").uid() == 0;
        open_to_all(folder.path(), 0o755);
        for part in ["mail", "mail/new", "mail/cur", "mail/tmp", "home"] {
            let path = folder.path().join(part);
            std::fs::create_dir(&path).expect("a folder of ours");
            if is_root {
                chown(&path, Some(NOBODY), Some(NOBODY)).expect("root gives away what it has made");
            }
        }
        if let Some(shown) = shown {
            let by = (shown == Shown::OfAuthority).then_some("authority");
            certify(folder.path(), "authority", None);
            certify(folder.path(), "server", by);
        }
        let security = if shown.is_some() { "tls" } else { "none" };
        for _ in 0..TRIES_MAX {
            let free = TcpListener::bind("127.0.0.1:0").expect("a port of this machine");
            let port = free.local_addr().expect("it is bound").port();
            drop(free);
            if let Some(child) = started(folder.path(), port, is_root, shown.is_some()) {
                return Letterbox { child, folder, count: AtomicU32::new(0), security, port };
            }
        }
        let log = std::fs::read_to_string(folder.path().join("log")).unwrap_or_default();
        panic!("dovecot does not start; is dovecot-imapd installed (cargo xtask ci --only setup)? {log}");
    }

    /// The lines of `post.toml` that lead to it, and these.
    pub fn post(&self, more: &str) -> String {
        let (port, security) = (self.port, self.security);
        format!(
            "[imap]\nhost = \"127.0.0.1\"\nport = {port}\nsecurity = \"{security}\"\nuser = \"letters\"\n\
             password = \"geheim\"\npoll_seconds = 15\n{more}\n"
        )
    }

    /// The line that trusts its certificate; or, with `authority`, whoever signed it.
    pub fn trusting(&self, whom: &str) -> String {
        let pem = std::fs::read_to_string(self.folder.path().join(format!("{whom}.pem")));
        format!("certificate = \"\"\"\n{}\"\"\"", pem.expect("it was made with the mailbox"))
    }

    /// Puts a letter into it.
    pub fn deliver(&self, letter: &[u8]) {
        let name = format!("{}.test.here", self.count.fetch_add(1, Ordering::Relaxed) + 1_000_000_000);
        let (draft, place) =
            (self.folder.path().join("mail/tmp").join(&name), self.in_mailbox("new").join(&name));
        std::fs::write(&draft, letter).expect("a file of ours");
        open_to_all(&draft, 0o666);
        std::fs::rename(draft, place).expect("it moves within the mailbox");
    }

    /// The flags of every letter in the mailbox, such as `FS` for starred and read; those nobody has looked at have none.
    pub fn flags(&self) -> Vec<String> {
        let mut names: Vec<String> =
            ["new", "cur"].iter().flat_map(|part| names_in(&self.in_mailbox(part))).collect();
        names.sort();
        let flags = |name: &String| name.split_once(":2,").map_or("", |(_, flags)| flags).to_owned();
        names.iter().map(flags).collect()
    }

    /// How many letters lie in a folder beside the inbox.
    pub fn count_in(&self, folder: &str) -> usize {
        let path = self.in_mailbox(&format!(".{folder}"));
        names_in(&path.join("cur")).len() + names_in(&path.join("new")).len()
    }

    /// Makes every letter unread again, as if whoever had marked it was cut off before.
    pub fn forget_marks(&self) {
        let cur = self.in_mailbox("cur");
        for name in names_in(&cur) {
            let bare = name.split(":2,").next().unwrap_or_default().to_owned();
            std::fs::rename(cur.join(&name), cur.join(format!("{bare}:2,"))).expect("it is ours");
        }
    }

    /// Numbers all letters anew, as a mailbox does that was moved or mended.
    pub fn number_anew(&self) {
        for name in names_in(&self.in_mailbox("")) {
            if name.starts_with("dovecot") {
                std::fs::remove_file(self.in_mailbox(&name)).expect("it is ours");
            }
        }
        self.forget_marks();
    }

    fn in_mailbox(&self, part: &str) -> std::path::PathBuf {
        self.folder.path().join("mail").join(part)
    }
}

impl Drop for Letterbox {
    fn drop(&mut self) {
        // Asked to go, so that it takes its own children along.
        let _ = Command::new("kill").arg(self.child.id().to_string()).status();
        let _ = self.child.wait();
    }
}

fn names_in(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let files = entries.filter(|entry| entry.path().is_file());
    files.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
}

fn open_to_all(path: &Path, mode: u32) {
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).expect("it is ours");
}

/// The server, once it answers; none if it ended before.
fn started(folder: &Path, port: u16, is_root: bool, is_protected: bool) -> Option<Child> {
    let config = folder.join("config");
    std::fs::write(&config, configuration(folder, port, is_root, is_protected)).expect("a file of ours");
    let program =
        ["/usr/sbin/dovecot", "/usr/local/sbin/dovecot"].into_iter().find(|path| Path::new(path).is_file());
    let mut child = Command::new(program.unwrap_or("dovecot"))
        .arg("-F")
        .arg("-c")
        .arg(&config)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("Debian's dovecot-imapd is there: cargo xtask ci --only setup");
    loop {
        if TcpStream::connect(("127.0.0.1", port)).is_ok() {
            return Some(child);
        }
        if child.try_wait().ok().flatten().is_some() {
            return None;
        }
        std::thread::yield_now();
    }
}

/// A certificate with its key, signed by itself or by one that was made before.
fn certify(folder: &Path, name: &str, by: Option<&str>) {
    let mut openssl = Command::new("openssl");
    openssl.current_dir(folder).args(["req", "-x509", "-newkey", "ec", "-nodes", "-days", "2"]);
    openssl.args(["-pkeyopt", "ec_paramgen_curve:prime256v1", "-subj", &format!("/CN={name} of a test")]);
    openssl.args(["-keyout", &format!("{name}.key"), "-out", &format!("{name}.pem")]);
    if let Some(by) = by {
        openssl.args(["-CA", &format!("{by}.pem"), "-CAkey", &format!("{by}.key")]);
        openssl.args([
            "-addext",
            "basicConstraints=critical,CA:FALSE",
            "-addext",
            "subjectAltName=IP:127.0.0.1",
        ]);
    }
    let said = openssl.output().expect("Debian's dovecot brings openssl along");
    assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
}

fn configuration(folder: &Path, port: u16, is_root: bool, is_protected: bool) -> String {
    let here = folder.display();
    let of = |what: &str| {
        let said = Command::new("id").arg(what).output().expect("every machine has id").stdout;
        String::from_utf8_lossy(&said).trim().to_owned()
    };
    let (user, group) =
        if is_root { ("nobody".to_owned(), "nogroup".to_owned()) } else { (of("-un"), of("-gn")) };
    let (tls, plain_port, tls_port) = if is_protected {
        (format!("required\nssl_cert = <{here}/server.pem\nssl_key = <{here}/server.key"), 0, port)
    } else {
        ("no".to_owned(), port, 0)
    };
    format!(
        "base_dir = {here}/run\nstate_dir = {here}/state\nlog_path = {here}/log\nprotocols = imap\n\
         listen = 127.0.0.1\nssl = {tls}\ndisable_plaintext_auth = no\ndefault_internal_user = {user}\n\
         default_internal_group = {group}\ndefault_login_user = {user}\nfirst_valid_uid = 1\nfirst_valid_gid = 1\n\
         mail_location = maildir:{here}/mail\nmail_fsync = never\n\
         passdb {{\n driver = static\n args = password=geheim\n}}\n\
         userdb {{\n driver = static\n args = uid={user} gid={group} home={here}/home\n}}\n\
         service imap-login {{\n chroot =\n inet_listener imap {{\n port = {plain_port}\n }}\n inet_listener imaps {{\n port = {tls_port}\n }}\n}}\n\
         service anvil {{\n chroot =\n}}\nservice stats {{\n chroot =\n}}\n"
    )
}
