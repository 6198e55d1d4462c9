//! A real mail server on this machine that keeps what it takes, for tests of letters: Debian's `python3-aiosmtpd`.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use tempfile::TempDir;

const PROGRAM: &str = include_str!("mail_server.py");

/// A mail server that ends with this value.
pub struct MailServer {
    child: Child,
    folder: TempDir,
    /// The port it listens on, on 127.0.0.1.
    pub port: u16,
}

/// A letter as the server took it.
#[derive(Debug, serde::Deserialize)]
pub struct Taken {
    /// To whom it was handed over.
    pub to: Vec<String>,
    /// Message-ID.
    pub id: String,
    /// Subject, decoded.
    pub subject: String,
    /// From, decoded.
    pub from: String,
    /// Auto-Submitted.
    pub auto: String,
    /// In-Reply-To.
    pub reply_to: String,
    /// The words, decoded.
    pub body: String,
}

impl MailServer {
    /// Starts one and waits until it listens.
    #[expect(clippy::new_without_default, reason = "it starts a process; nothing should do that by default")]
    pub fn new() -> MailServer {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mut child = Command::new("/usr/bin/python3")
            .args(["-c", PROGRAM])
            .arg(folder.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("Debian's python3 is there: cargo xtask ci --only setup");
        let mut line = String::new();
        let out = child.stdout.take().expect("its output is a pipe");
        BufReader::new(out).read_line(&mut line).expect("a line of its output");
        let port = line.trim().parse().expect("python3-aiosmtpd is installed: cargo xtask ci --only setup");
        MailServer { child, folder, port }
    }

    /// The lines of `post.toml` that lead to it.
    pub fn post(&self) -> String {
        format!(
            "[smtp]\nhost = \"127.0.0.1\"\nport = {}\nsecurity = \"none\"\nfrom = \"回音 <huiyin@example.edu.cn>\"\n",
            self.port
        )
    }

    /// What it has taken so far, in order.
    pub fn taken(&self) -> Vec<Taken> {
        let entries = std::fs::read_dir(self.folder.path()).expect("the folder is ours");
        let mut files: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
        files.sort();
        let read = |file: &std::path::PathBuf| {
            let text = std::fs::read_to_string(file).expect("a file it wrote");
            serde_json::from_str(&text).expect("JSON it wrote")
        };
        files.iter().map(read).collect()
    }
}

impl Drop for MailServer {
    fn drop(&mut self) {
        // It may be gone already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
