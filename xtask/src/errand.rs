//! What every errand needs: where the house stands, how another program is called, and how an errand ends.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

/// Why an errand came back without having done its work.
pub enum Stop {
    /// A check failed or a program did: exit 1.
    Failed(String),
    /// The errand was called wrongly: exit 2.
    WrongUse(String),
}

impl From<String> for Stop {
    fn from(why: String) -> Self {
        Stop::Failed(why)
    }
}

/// The repository.
pub struct House {
    /// Its top folder.
    pub root: PathBuf,
}

impl House {
    /// The house this errand was built in.
    pub fn here() -> Self {
        let manifest = std::env::var_os("CARGO_MANIFEST_DIR")
            .map(PathBuf::from)
            .unwrap_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")));
        House { root: manifest.parent().map(Path::to_path_buf).unwrap_or(manifest) }
    }

    /// A path inside the house.
    pub fn at(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }

    /// Where cargo puts what it builds.
    pub fn target(&self) -> PathBuf {
        std::env::var_os("CARGO_TARGET_DIR").map(PathBuf::from).unwrap_or_else(|| self.at("target"))
    }

    /// A call of cargo at the top of the house.
    pub fn cargo(&self) -> Command {
        let mut call = self.program(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        // Cargo told us about xtask; build scripts that watch these variables would run again for nothing.
        for (name, _) in std::env::vars_os() {
            let name = name.to_string_lossy().into_owned();
            if name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_") {
                call.env_remove(name);
            }
        }
        call
    }

    /// A call of any program at the top of the house, without standard input.
    pub fn program(&self, name: impl AsRef<OsStr>) -> Command {
        let mut call = Command::new(name);
        call.current_dir(&self.root).stdin(Stdio::null());
        call
    }
}

/// Says what is called, calls it, and complains if it fails.
pub fn must(call: &mut Command) -> Result<(), String> {
    let line = words(call);
    println!("    $ {line}");
    let status = call.status().map_err(|e| format!("`{line}` did not start: {e}"))?;
    if status.success() { Ok(()) } else { Err(format!("`{line}` ended with {status}")) }
}

/// Calls a program silently and hands back what it printed.
pub fn output(call: &mut Command) -> Result<String, String> {
    let line = words(call);
    let done = call.output().map_err(|e| format!("`{line}` did not start: {e}"))?;
    if !done.status.success() {
        let said = String::from_utf8_lossy(&done.stderr);
        return Err(format!("`{line}` ended with {}: {}", done.status, said.trim()));
    }
    Ok(String::from_utf8_lossy(&done.stdout).into_owned())
}

/// Whether a program answers at all, its words unheard.
pub fn answers(call: &mut Command) -> bool {
    call.stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
}

/// The first file of this name in the folders of PATH.
pub fn on_path(name: &str) -> Option<PathBuf> {
    let folders = std::env::var_os("PATH")?;
    std::env::split_paths(&folders).map(|folder| folder.join(name)).find(|file| file.is_file())
}

/// A length of time as people say it.
pub fn said(time: Duration) -> String {
    let seconds = time.as_secs_f64();
    if seconds < 60.0 {
        format!("{seconds:.1} s")
    } else {
        format!("{} min {:02} s", time.as_secs() / 60, time.as_secs() % 60)
    }
}

fn words(call: &Command) -> String {
    let program = Path::new(call.get_program()).file_name().unwrap_or(call.get_program());
    std::iter::once(program).chain(call.get_args()).map(OsStr::to_string_lossy).collect::<Vec<_>>().join(" ")
}
