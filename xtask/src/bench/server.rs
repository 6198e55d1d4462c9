//! A server in a process of its own on loopback, ended when the measurement is over.

use super::Browser;
use std::net::{Ipv4Addr, TcpListener};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const OPENS_WITHIN: Duration = Duration::from_secs(120);

/// A running server.
pub struct Server {
    /// Host and port.
    pub address: String,
    /// From its start to its first good page.
    pub opened_within: Duration,
    process: Child,
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
        let process = call
            .args(["--listen", &address])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .spawn()
            .map_err(|e| format!("{}: {e}", call.get_program().to_string_lossy()))?;
        let mut server = Server { address, opened_within: Duration::ZERO, process };
        loop {
            if let Ok(mut browser) = Browser::open(&server.address).await
                && browser.page(path).await.is_ok()
            {
                server.opened_within = began.elapsed();
                return Ok(server);
            }
            if let Ok(Some(status)) = server.process.try_wait() {
                return Err(format!("the server ended at its start with {status}"));
            }
            if began.elapsed() > OPENS_WITHIN {
                return Err(format!("the server did not answer on {path} within two minutes"));
            }
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
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

fn free_port() -> Result<u16, String> {
    let door =
        TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).map_err(|e| format!("no free port on loopback: {e}"))?;
    door.local_addr().map(|address| address.port()).map_err(|e| format!("no free port on loopback: {e}"))
}
