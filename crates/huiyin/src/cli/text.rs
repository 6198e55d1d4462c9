//! What can be typed after `huiyin text`.

use super::Place;
use clap::{Args, Subcommand};
use std::path::PathBuf;

/// `huiyin text`
#[derive(Debug, Subcommand)]
#[command(
    after_help = "Files are tables with tabs and one header line, plain or gzip; columns that are not named may be there too."
)]
pub enum Text {
    /// Proposing a class: columns label, title, body (or tokens); macro-F1, what would go out by itself, time
    Classify(TextFiles),
    /// Finding the same matter: --train the messages (id, title, body), --eval groups of them (matter, id); recall, rank, time
    Similar(TextFiles),
    /// Grouping a stream: columns time, user, title, body, event; F1, B-cubed, notices, warnings, how early, time
    Topics(TextFiles),
    /// Finding words: columns title, body (or tokens), --train more messages; right counts, time, size of the index
    Search(TextFiles),
    /// Looking at answers: columns title, body, reply and a mark (explains: 0 or 1); those that say nothing, those to something else
    Answers(TextFiles),
    /// Learn anew what a school's proposals come from: the cases whose category its staff confirmed
    Train(Train),
}

/// `huiyin text train`
#[derive(Debug, Args)]
pub struct Train {
    /// Where the school is kept.
    #[command(flatten)]
    pub place: Place,
    /// Print what came of it as one JSON object
    #[arg(long)]
    pub json: bool,
}

/// The files of `huiyin text`
#[derive(Debug, Args)]
pub struct TextFiles {
    /// What is learned from, or searched in; may be given more than once
    #[arg(long, value_name = "FILE")]
    pub train: Vec<PathBuf>,
    /// What is judged; classify without --train judges every fifth of it by the rest
    #[arg(long, value_name = "FILE")]
    pub eval: PathBuf,
    /// Print the figures as one JSON object
    #[arg(long)]
    pub json: bool,
}
