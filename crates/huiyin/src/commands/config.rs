//! `huiyin config explain`: each setting of this copy, its value and where it came from; passwords are not shown.

use super::say;
use crate::cli::ConfigCommand;
use crate::stop::Stop;

/// Explains.
pub fn run(options: ConfigCommand) -> Result<(), Stop> {
    let ConfigCommand::Explain { place, answering } = options;
    say(place.config_with(&answering)?.explain().trim_end())
}
