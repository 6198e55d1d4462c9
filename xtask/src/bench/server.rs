//! A server in a process of its own on loopback, ended when the measurement is over.
//!
//! What the program says of its own recurring work is read from its log.

use super::Browser;
use std::io::{BufRead, BufReader};
use std::net::{Ipv4Addr, TcpListener};
use std::process::{Child, ChildStderr, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

const OPENS_WITHIN: Duration = Duration::from_secs(120);

/// A running server.
pub struct Server {
    /// Host and port.
    pub address: String,
    /// From its start to its first good page.
    pub opened_within: Duration,
    process: Child,
    log: Log,
}

impl Server {
    /// This very program, to be started again with other arguments.
    pub fn this_errand() -> Result<Command, String> {
        std::env::current_exe().map(Command::new).map_err(|e| format!("where this program stands: {e}"))
    }

    /// Starts a program that takes `--listen` and waits for its first good answer on this path.
    pub async fn start(call: &mut Command, path: &str) -> Result<Server, String> {
        let address = format!("127.0.0.1:{}", free_port()?);
        let began = Instant::now();
        let mut process = call
            .args(["--listen", &address])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|e| format!("{}: {e}", call.get_program().to_string_lossy()))?;
        let log = Log::of(process.stderr.take());
        let mut server = Server { address, opened_within: Duration::ZERO, process, log };
        loop {
            if let Ok(mut browser) = Browser::open(&server.address).await
                && browser.page(path).await.is_ok()
            {
                server.opened_within = began.elapsed();
                return Ok(server);
            }
            if let Ok(Some(status)) = server.process.try_wait() {
                return Err(format!("the server ended at its start with {status}: {}", server.log.said()));
            }
            if began.elapsed() > OPENS_WITHIN {
                return Err(format!("the server did not answer on {path} within two minutes"));
            }
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    }

    /// Waits for the line that says that a piece of recurring work was done, and reads how much of it in which time.
    pub async fn work_done(&self, name: &str) -> Result<(f64, Duration), String> {
        let began = Instant::now();
        let begins = format!("work=\"{name}\"");
        while began.elapsed() < OPENS_WITHIN {
            let said = self.log.said();
            if let Some(line) = said.lines().find(|line| line.contains(&begins)) {
                let number = |key: &str| -> Option<f64> {
                    line.split_once(key)?.1.split_whitespace().next()?.parse().ok()
                };
                let took = number("took_ms=").map(|ms| Duration::from_secs_f64(ms / 1_000.0));
                return number("count=").zip(took).ok_or_else(|| format!("the log says: {line}"));
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        Err(format!("the server did not say within two minutes that “{name}” was done"))
    }

    /// What it holds in memory now, in MiB; none where the system does not say.
    pub fn memory_mib(&self) -> Option<f64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.process.id())).ok()?;
        let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
        line.split_whitespace().nth(1)?.parse::<f64>().ok().map(|kib| kib / 1024.0)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.process.kill().ok();
        self.process.wait().ok();
    }
}

/// What the server says on standard error, as far as it has said it.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<String>>);

impl Log {
    fn of(stream: Option<ChildStderr>) -> Log {
        let log = Log::default();
        let kept = log.clone();
        std::thread::spawn(move || {
            for line in
                stream.into_iter().flat_map(|stream| BufReader::new(stream).lines()).map_while(Result::ok)
            {
                let mut said = kept.0.lock().unwrap_or_else(PoisonError::into_inner);
                said.push_str(&line);
                said.push('\n');
            }
        });
        log
    }

    fn said(&self) -> String {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

fn free_port() -> Result<u16, String> {
    let door =
        TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).map_err(|e| format!("no free port on loopback: {e}"))?;
    door.local_addr().map(|address| address.port()).map_err(|e| format!("no free port on loopback: {e}"))
}
