//! The program as a process that can be killed, and what is asked of the school afterwards.

use std::collections::BTreeSet;
use std::process::{Child, Command, Stdio};
use tempfile::TempDir;

/// A school whose program is killed again and again.
pub struct School {
    folder: TempDir,
}

impl School {
    /// A new one.
    pub fn new() -> School {
        let school = School { folder: tempfile::tempdir().unwrap() };
        let made = school.command(&["init", "--name", "试验学校"]).output().unwrap();
        assert!(made.status.success(), "{made:?}");
        school
    }

    /// A path beside its data.
    pub fn path(&self, name: &str) -> String {
        self.folder.path().join(name).to_str().unwrap().to_owned()
    }

    /// A command on it.
    pub fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_huiyin"));
        command.env_clear().args(words).args(["--data", &self.path("data")]);
        command
    }

    /// Starts a command whose output is read.
    pub fn start(&self, words: &[&str]) -> Child {
        let mut command = self.command(words);
        command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap()
    }

    /// How many cases there are, after everything was checked.
    #[track_caller]
    pub fn verified_cases(&self) -> u64 {
        let verified = self.command(&["verify", "--json"]).output().unwrap();
        let said = String::from_utf8(verified.stdout).unwrap();
        assert!(verified.status.success(), "{said}");
        let said: serde_json::Value = serde_json::from_str(&said).unwrap();
        said["cases"].as_u64().unwrap()
    }

    /// The numbers of all cases.
    pub fn numbers(&self) -> BTreeSet<String> {
        let given = self.command(&["export", "cases"]).output().unwrap();
        let lines = String::from_utf8(given.stdout).unwrap();
        let number = |line: &str| -> String {
            let case: serde_json::Value = serde_json::from_str(line).unwrap();
            case["number"].as_str().unwrap().to_owned()
        };
        lines.lines().map(number).collect()
    }
}

/// Ends a process as a power cut would: without a word, and waits until it is gone.
pub fn kill(mut process: Child) {
    // SIGKILL on Unix. It may have ended by itself a moment before.
    let _ = process.kill();
    process.wait().unwrap();
}
