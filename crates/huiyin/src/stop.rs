//! Why a command ends before its end: one line that says what to do, and the exit code that scripts rely on.

use huiyin_domain::Complaint;
use huiyin_foundation::config::ConfigTrouble;
use huiyin_foundation::db::DbError;
use huiyin_foundation::error::Error;
use huiyin_foundation::keys::KeyTrouble;
use std::fmt;
use std::path::Path;
use std::process::ExitCode;

/// Why a command ends before its end.
#[derive(Debug)]
pub enum Stop {
    /// A check failed, or something outside went wrong: exit 1.
    Failed(String),
    /// The command was not used rightly: exit 2.
    WrongUse(String),
    /// Everything to be said was said already: exit 1.
    Silently,
}

impl Stop {
    /// A check failed, with the line that says so.
    pub fn failed(line: impl fmt::Display) -> Stop {
        Stop::Failed(line.to_string())
    }

    /// The command was not used rightly, with the line that says how.
    pub fn wrong_use(line: impl fmt::Display) -> Stop {
        Stop::WrongUse(line.to_string())
    }

    /// Something went wrong with a file.
    pub fn about(path: &Path) -> impl Fn(std::io::Error) -> Stop {
        move |cause| Stop::Failed(format!("{}: {cause}", path.display()))
    }

    /// What scripts see.
    pub fn exit_code(&self) -> ExitCode {
        match self {
            Stop::WrongUse(_) => ExitCode::from(2),
            Stop::Failed(_) | Stop::Silently => ExitCode::from(1),
        }
    }

    /// What people see; nothing if everything was said already.
    pub fn line(&self) -> Option<&str> {
        match self {
            Stop::Failed(line) | Stop::WrongUse(line) => Some(line),
            Stop::Silently => None,
        }
    }
}

/// All complaints about a file in one line each.
pub fn lines(complaints: &[Complaint]) -> String {
    complaints.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

impl From<ConfigTrouble> for Stop {
    fn from(trouble: ConfigTrouble) -> Stop {
        Stop::wrong_use(trouble)
    }
}

impl From<KeyTrouble> for Stop {
    fn from(trouble: KeyTrouble) -> Stop {
        Stop::failed(trouble)
    }
}

impl From<DbError> for Stop {
    fn from(error: DbError) -> Stop {
        Stop::failed(error)
    }
}

impl From<Error> for Stop {
    fn from(error: Error) -> Stop {
        Stop::failed(error)
    }
}
