//! A PostgreSQL cluster of our own: made in a temporary folder, on a free loopback port, gone afterwards.
//!
//! Durability is off, since its contents live for one test run; the durability tests bring their own settings.

use crate::errand::{House, Stop, answers, must, output};
use crate::setup::postgres_programs;
use std::fs::{self, File};
use std::net::{Ipv4Addr, TcpListener};
use std::os::unix::fs::chown;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

const START_TRIES: u32 = 300;
const BETWEEN_TRIES: Duration = Duration::from_millis(100);

/// A running cluster; dropping it stops the server and removes the folder, whatever happened in between.
pub struct Cluster {
    programs: PathBuf,
    owner: Option<(u32, u32)>,
    folder: PathBuf,
    port: u16,
    server: Option<Child>,
}

/// Runs one program beside a cluster of its own, its address in the environment as the tests expect it.
pub fn run(house: &House, arguments: &[String]) -> Result<(), Stop> {
    let words = arguments.strip_prefix(&["--".to_owned()]).unwrap_or(arguments);
    let Some((program, rest)) = words.split_first() else {
        return Err(Stop::WrongUse(
            "postgres wants a program to run: cargo xtask postgres -- cargo test".into(),
        ));
    };
    let cluster = Cluster::start()?;
    must(house.program(program).args(rest).env("HUIYIN_TEST_DATABASE_URL", cluster.url()))?;
    Ok(())
}

impl Cluster {
    /// Makes and starts a cluster with one empty database.
    pub fn start() -> Result<Cluster, String> {
        let programs = postgres_programs()
            .ok_or("PostgreSQL is missing: run the step setup, or apt-get install postgresql")?;
        let mut cluster =
            Cluster { programs, owner: owner()?, folder: fresh_folder()?, port: free_port()?, server: None };
        if let Some((user, group)) = cluster.owner {
            chown(&cluster.folder, Some(user), Some(group))
                .map_err(|e| format!("{}: {e}", cluster.folder.display()))?;
        }
        let rows = cluster.folder.join("rows");
        let init = [
            "--username=huiyin",
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
            "--no-sync",
            "--pgdata",
        ];
        output(cluster.program("initdb").args(init).arg(&rows))?;

        let log = File::create(cluster.folder.join("log")).map_err(|e| format!("log of PostgreSQL: {e}"))?;
        let again = log.try_clone().map_err(|e| format!("log of PostgreSQL: {e}"))?;
        let mut server = cluster.program("postgres");
        server
            .arg("-D")
            .arg(&rows)
            .args(["-p", &cluster.port.to_string(), "-h", "127.0.0.1", "-k"])
            .arg(&cluster.folder);
        for setting in ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=300"]
        {
            server.args(["-c", setting]);
        }
        let child =
            server.stdout(log).stderr(again).spawn().map_err(|e| format!("PostgreSQL did not start: {e}"))?;
        cluster.server = Some(child);
        cluster.wait_until_ready()?;
        output(cluster.client("createdb").arg("huiyin"))?;
        Ok(cluster)
    }

    /// Where the tests reach it.
    pub fn url(&self) -> String {
        format!("postgres://huiyin@{}/huiyin", self.address())
    }

    /// Host and port.
    pub fn address(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    /// The server's own name and number.
    pub fn version(&self) -> String {
        output(self.program("postgres").arg("--version"))
            .map(|said| said.trim().to_owned())
            .unwrap_or_default()
    }

    /// The last lines the server wrote, for a failed run.
    pub fn print_log(&self) {
        let log = fs::read_to_string(self.folder.join("log")).unwrap_or_default();
        let lines: Vec<&str> = log.lines().collect();
        println!("    the last words of PostgreSQL:");
        for line in &lines[lines.len().saturating_sub(30)..] {
            println!("      {line}");
        }
    }

    fn wait_until_ready(&mut self) -> Result<(), String> {
        for _ in 0..START_TRIES {
            if answers(&mut self.client("pg_isready")) {
                return Ok(());
            }
            if let Some(Ok(Some(status))) = self.server.as_mut().map(Child::try_wait) {
                self.print_log();
                return Err(format!("PostgreSQL stopped at its start with {status}"));
            }
            std::thread::sleep(BETWEEN_TRIES);
        }
        self.print_log();
        Err("PostgreSQL did not become ready in 30 seconds".into())
    }

    /// One of PostgreSQL's programs, as the user that owns the folder.
    fn program(&self, name: &str) -> Command {
        let mut call = Command::new(self.programs.join(name));
        call.current_dir(&self.folder).stdin(Stdio::null()).env("LC_ALL", "C.UTF-8");
        if let Some((user, group)) = self.owner {
            call.uid(user).gid(group);
        }
        call
    }

    fn client(&self, name: &str) -> Command {
        let mut call = self.program(name);
        call.args(["-h", "127.0.0.1", "-U", "huiyin", "-p", &self.port.to_string()]);
        call
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        if let Some(mut server) = self.server.take() {
            let stopped = answers(
                self.program("pg_ctl").args(["stop", "-m", "immediate", "-D"]).arg(self.folder.join("rows")),
            );
            if !stopped {
                server.kill().ok();
            }
            server.wait().ok();
        }
        fs::remove_dir_all(&self.folder).ok();
    }
}

/// PostgreSQL refuses to run as root: then its own user does. An ordinary user runs it as is.
fn owner() -> Result<Option<(u32, u32)>, String> {
    let number = |arguments: &[&str]| -> Result<u32, String> {
        let said = output(Command::new("id").args(arguments))?;
        said.trim().parse().map_err(|_| format!("`id {}` said “{}”", arguments.join(" "), said.trim()))
    };
    if number(&["-u"])? != 0 {
        return Ok(None);
    }
    if number(&["-u", "postgres"]).is_err() {
        must(Command::new("useradd").args([
            "--system",
            "--no-create-home",
            "--shell",
            "/usr/sbin/nologin",
            "postgres",
        ]))?;
    }
    Ok(Some((number(&["-u", "postgres"])?, number(&["-g", "postgres"])?)))
}

fn fresh_folder() -> Result<PathBuf, String> {
    let folder = std::env::temp_dir().join(format!("huiyin-postgres-{}", std::process::id()));
    make(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    Ok(folder)
}

fn make(folder: &Path) -> std::io::Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    fs::create_dir(folder)
}

fn free_port() -> Result<u16, String> {
    let door =
        TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).map_err(|e| format!("no free port on loopback: {e}"))?;
    door.local_addr().map(|address| address.port()).map_err(|e| format!("no free port on loopback: {e}"))
}
