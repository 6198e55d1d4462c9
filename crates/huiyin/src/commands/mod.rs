//! One file for each thing that can be typed. A command speaks on standard output, complains on standard error in one
//! line that says what to do, and ends with 0 (done), 1 (a check failed) or 2 (wrong use).

mod backup;
mod config;
mod demo;
mod due;
mod export;
mod finding;
mod import;
mod init;
mod ledger;
mod preset;
mod progress;
mod roster;
mod serve;
mod text;
mod verify;

use crate::cli::{Cli, Command};
use crate::stop::Stop;
use clap::Parser;
use clap::error::ErrorKind;
use std::ffi::OsString;
use std::io::{self, Write};
use std::process::ExitCode;

/// Does what was typed.
pub fn main(typed: impl Iterator<Item = OsString>) -> ExitCode {
    let stop = match Cli::try_parse_from(typed) {
        Ok(cli) => match run(cli.command) {
            Ok(()) => return ExitCode::SUCCESS,
            Err(stop) => stop,
        },
        Err(error) if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) => {
            // Whoever closed the pipe does not want the rest.
            let _ = write!(io::stdout(), "{}", error.render());
            return ExitCode::SUCCESS;
        }
        Err(error) => Stop::WrongUse(one_line(&error)),
    };
    if let Some(line) = stop.line() {
        complain(line);
    }
    stop.exit_code()
}

fn run(command: Command) -> Result<(), Stop> {
    match command {
        Command::Due(options) => due::run(options),
        Command::Preset(options) => preset::run(options),
        Command::Config(options) => config::run(options),
        Command::Demo(options) => demo::run(options),
        Command::Init(options) => init::run(options),
        Command::Serve(options) => serve::run(options),
        Command::Import(options) => import::run(options),
        Command::Export(options) => export::run(options),
        Command::Verify(options) => verify::run(options),
        Command::Backup(options) => backup::save(options),
        Command::Text(options) => text::run(options),
        Command::Restore(options) => backup::restore(options),
    }
}

/// Says a line on standard output. A closed pipe ends the command quietly: its reader has seen enough.
fn say(line: impl std::fmt::Display) -> Result<(), Stop> {
    writeln!(io::stdout(), "{line}").map_err(|_| Stop::Silently)
}

/// Says a line on standard error.
fn complain(line: impl std::fmt::Display) {
    // There is nobody left to tell if this fails.
    let _ = writeln!(io::stderr(), "{line}");
}

/// What was typed wrongly, as one line: the parser's first paragraph, then where to read more.
fn one_line(error: &clap::Error) -> String {
    let rendered = error.render().to_string();
    if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        return rendered.trim_end().to_owned();
    }
    let paragraph = rendered.split("\n\n").next().unwrap_or_default();
    let words: Vec<&str> = paragraph.lines().map(str::trim).collect();
    format!("{}; see `huiyin --help`", words.join(" "))
}
