//! Runs the built program with an empty environment, and makes schools to run it on.

use std::ffi::OsStr;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

/// What a command said and how it ended.
#[derive(Debug)]
pub struct Said {
    /// The exit code.
    pub code: i32,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

impl Said {
    fn of(output: Output) -> Said {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Said { code: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
    }

    /// The output, of a command that must have succeeded.
    #[track_caller]
    pub fn done(&self) -> &str {
        assert_eq!(self.code, 0, "{self:?}");
        &self.out
    }

    /// The output as one JSON value.
    #[track_caller]
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap_or_else(|cause| panic!("{cause}: {self:?}"))
    }

    /// The one line of complaint of a command that ended with this code.
    #[track_caller]
    pub fn complaint(&self, code: i32) -> &str {
        assert_eq!(self.code, code, "{self:?}");
        assert_eq!(self.err.lines().count(), 1, "one line that says what to do: {self:?}");
        self.err.trim_end()
    }
}

/// The program with these words, nothing from the environment.
pub fn command<S: AsRef<OsStr>>(words: impl IntoIterator<Item = S>) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_huiyin"));
    command.env_clear().args(words);
    command
}

/// Runs it.
pub fn huiyin(words: &[&str]) -> Said {
    Said::of(command(words).output().unwrap())
}

/// Runs it with something to read.
pub fn huiyin_reading(words: &[&str], input: &str) -> Said {
    let mut command = command(words);
    let mut running =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut pipe = running.stdin.take().unwrap();
    let input = input.to_owned();
    let writer = std::thread::spawn(move || pipe.write_all(input.as_bytes()));
    let said = Said::of(running.wait_with_output().unwrap());
    writer.join().unwrap().unwrap();
    said
}

/// A school in a folder that is thrown away.
pub struct School {
    folder: TempDir,
}

impl School {
    /// A new one.
    pub fn new() -> School {
        let folder = tempfile::tempdir().unwrap();
        let school = School { folder };
        huiyin(&["init", "--data", school.data(), "--name", "试验学校"]).done();
        school
    }

    /// Its data folder.
    pub fn data(&self) -> &str {
        self.folder.path().to_str().unwrap()
    }

    /// Runs a command on it.
    pub fn run(&self, words: &[&str]) -> Said {
        let mut all = words.to_vec();
        all.extend(["--data", self.data()]);
        huiyin(&all)
    }

    /// A file beside it with this content.
    pub fn file(&self, name: &str, content: &str) -> PathBuf {
        let path = self.path(name);
        std::fs::write(&path, content).unwrap();
        path
    }

    /// A path in its data folder.
    pub fn path(&self, name: &str) -> PathBuf {
        Path::new(self.data()).join(name)
    }
}
