//! What can be typed: every command with its options, as `--help` shows them. A contract: scripts and checks rely on it.
//!
//! Options that are settings (`--data`, `--listen` …) may also stand in the environment or in `DATA/huiyin.toml`; they are
//! resolved by [`Config`], which knows where each came from. Nothing is done here.

use clap::{Args, Parser, Subcommand};
use huiyin_foundation::config::{Config, ConfigTrouble};
use std::path::PathBuf;

mod text;
mod words;

pub use text::{Text, TextFiles, Train};
pub use words::{RouteWord, UrgencyWord};

/// 回音 Huiyin: every case of a school on record, answered in time, judged by whoever brought it.
#[derive(Debug, Parser)]
#[command(name = "huiyin", version, disable_help_subcommand = true, arg_required_else_help = true)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Run a seeded school, every role one click away
    Demo(Demo),
    /// Make a new school and print a one-time administrator link
    Init(Init),
    /// Run a school
    Serve(Serve),
    /// Take in cases or people from a file
    #[command(subcommand, arg_required_else_help = true)]
    Import(Import),
    /// Give out cases, the term's ledger or the whole school
    #[command(subcommand, arg_required_else_help = true)]
    Export(Export),
    /// Refold every record and check the hash chain; exit 1 names the first difference
    Verify(Verify),
    /// Say until when something is due, each clock with its clause
    Due(Due),
    /// Check or explain a set of rules
    #[command(subcommand, arg_required_else_help = true)]
    Preset(Preset),
    /// Write the whole school into one file, while it runs
    Backup(Backup),
    /// Make a school anew from a backup
    Restore(Restore),
    /// Measure how well Chinese is read, on files with known answers
    #[command(subcommand, arg_required_else_help = true)]
    Text(Text),
    /// Look at the settings of this copy
    #[command(subcommand, arg_required_else_help = true)]
    Config(ConfigCommand),
}

/// Where the school is kept.
#[derive(Clone, Debug, Default, Args)]
pub struct Place {
    /// Folder with keys, files and the database [env: HUIYIN_DATA] [default: data]
    #[arg(long, value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// Use a database server: postgres://… [env: HUIYIN_DATABASE_URL]
    #[arg(long, value_name = "URL")]
    pub database_url: Option<String>,
    /// Schema of the school on that server [env: HUIYIN_DATABASE_SCHEMA] [default: huiyin]
    #[arg(long, value_name = "NAME")]
    pub database_schema: Option<String>,
}

/// How a school answers.
#[derive(Clone, Debug, Default, Args)]
pub struct Answering {
    /// Address and port to answer on [env: HUIYIN_LISTEN] [default: 127.0.0.1:8080]
    #[arg(long, value_name = "ADDR")]
    pub listen: Option<String>,
    /// The address people type, such as `https://hy.example.edu.cn` [env: HUIYIN_BASE_URL]
    #[arg(long, value_name = "URL")]
    pub base_url: Option<String>,
    /// Proxies whose X-Forwarded-For is believed, by comma [env: HUIYIN_TRUSTED_PROXIES]
    #[arg(long, value_name = "ADDRS")]
    pub trusted_proxies: Option<String>,
    /// text or json [env: HUIYIN_LOG_FORMAT] [default: text]
    #[arg(long, value_name = "FORMAT")]
    pub log_format: Option<String>,
    /// on, or off for tests on this very machine [env: HUIYIN_RATE_LIMITS] [default: on]
    #[arg(long, value_name = "ON")]
    pub rate_limits: Option<String>,
    /// Font file with Chinese letters, for papers as PDF [env: HUIYIN_FONT]
    #[arg(long, value_name = "FILE")]
    pub font: Option<String>,
}

impl Place {
    /// The settings in force with these options.
    pub fn config(&self) -> Result<Config, ConfigTrouble> {
        self.config_with(&Answering::default())
    }

    /// The settings in force with these and those options.
    pub fn config_with(&self, answering: &Answering) -> Result<Config, ConfigTrouble> {
        let data = self.data.as_ref().map(|path| path.display().to_string());
        let spoken = [
            ("data", &data),
            ("database_url", &self.database_url),
            ("database_schema", &self.database_schema),
            ("listen", &answering.listen),
            ("base_url", &answering.base_url),
            ("trusted_proxies", &answering.trusted_proxies),
            ("log_format", &answering.log_format),
            ("rate_limits", &answering.rate_limits),
            ("font", &answering.font),
        ];
        let flags: Vec<(&str, String)> =
            spoken.into_iter().filter_map(|(key, value)| Some((key, value.clone()?))).collect();
        Config::load(&flags, |name| std::env::var(name).ok())
    }
}

/// `huiyin demo`
#[derive(Debug, Args)]
pub struct Demo {
    /// Where to keep the school; without it a folder that is deleted at the end
    #[arg(long, value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// How it answers.
    #[command(flatten)]
    pub answering: Answering,
    /// The same number makes the same school
    #[arg(long, value_name = "N", env = "HUIYIN_SEED", default_value_t = 1)]
    pub seed: u64,
}

/// `huiyin init`
#[derive(Debug, Args)]
pub struct Init {
    /// Where the school is kept.
    #[command(flatten)]
    pub place: Place,
    /// The rules to begin with: campus, echo-wall, afternoon-tea, information-channels, four-oclock, or a file
    #[arg(long, value_name = "NAME", env = "HUIYIN_PRESET", default_value = "campus")]
    pub preset: String,
    /// The school's name
    #[arg(long, value_name = "校名", env = "HUIYIN_NAME")]
    pub name: String,
    /// The telephone of the school that is answered round the clock; it can also be written in the browser later
    #[arg(
        long,
        value_name = "NUMBER",
        env = "HUIYIN_DUTY_PHONE",
        default_value = "",
        hide_default_value = true
    )]
    pub duty_phone: String,
    /// The address people type; it stands in the printed link [env: HUIYIN_BASE_URL]
    #[arg(long, value_name = "URL")]
    pub base_url: Option<String>,
}

/// `huiyin serve`
#[derive(Debug, Args)]
pub struct Serve {
    /// Where the school is kept.
    #[command(flatten)]
    pub place: Place,
    /// How it answers.
    #[command(flatten)]
    pub answering: Answering,
}

/// `huiyin import`
#[derive(Debug, Subcommand)]
pub enum Import {
    /// Cases with their own times: .tsv .csv .jsonl .xlsx, plain or .gz
    Cases(ImportCases),
    /// People with their duties: .tsv .csv .xlsx, plain or .gz
    Roster(ImportRoster),
}

/// `huiyin import cases`
#[derive(Debug, Args)]
#[command(after_help = crate::import::CASE_FIELDS_HELP)]
pub struct ImportCases {
    /// The file
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Where the school is kept.
    #[command(flatten)]
    pub place: Place,
    /// What an unknown column holds, such as 反映内容=body
    #[arg(long, value_name = "COLUMN=FIELD", num_args = 1..)]
    pub map: Vec<String>,
    /// The kind of rows that name none
    #[arg(long, value_name = "KIND", env = "HUIYIN_KIND")]
    pub kind: Option<String>,
    /// Print the summary as one JSON object
    #[arg(long)]
    pub json: bool,
}

/// `huiyin import roster`
#[derive(Debug, Args)]
#[command(after_help = crate::import::ROSTER_FIELDS_HELP)]
pub struct ImportRoster {
    /// The file
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Where the school is kept.
    #[command(flatten)]
    pub place: Place,
    /// What an unknown column holds, such as 人员编号=number
    #[arg(long, value_name = "COLUMN=FIELD", num_args = 1..)]
    pub map: Vec<String>,
    /// Print the summary as one JSON object
    #[arg(long)]
    pub json: bool,
}

/// `huiyin export`
#[derive(Debug, Subcommand)]
pub enum Export {
    /// Every case with its record and texts, one JSON object a line
    Cases(ExportCases),
    /// The term's table of what was brought and how it stands: CSV, a workbook, or JSON
    Ledger(ExportLedger),
    /// Everything a school needs to move: settings, people, cases; one JSON object a line
    School(ExportSchool),
}

/// `huiyin export cases`
#[derive(Debug, Args)]
pub struct ExportCases {
    /// Where the school is kept.
    #[command(flatten)]
    pub place: Place,
    /// Also who brought them, as far as it is known
    #[arg(long)]
    pub with_requesters: bool,
    /// One JSON object a line (always so here)
    #[arg(long)]
    pub json: bool,
}

/// `huiyin export ledger`
#[derive(Debug, Args)]
pub struct ExportLedger {
    /// Where the school is kept.
    #[command(flatten)]
    pub place: Place,
    /// Which term, such as 2026-2027-1; without it the one we are in
    #[arg(long, value_name = "TERM", env = "HUIYIN_TERM", default_value = "", hide_default_value = true)]
    pub term: String,
    /// Write a file instead: .csv, .xlsx or .jsonl
    #[arg(long, value_name = "FILE", env = "HUIYIN_OUT")]
    pub out: Option<PathBuf>,
    /// One JSON object a line
    #[arg(long)]
    pub json: bool,
}

/// `huiyin export school`
#[derive(Debug, Args)]
pub struct ExportSchool {
    /// Where the school is kept.
    #[command(flatten)]
    pub place: Place,
    /// One JSON object a line (always so here)
    #[arg(long)]
    pub json: bool,
}

/// `huiyin verify`
#[derive(Debug, Args)]
pub struct Verify {
    /// Where the school is kept.
    #[command(flatten)]
    pub place: Place,
    /// Print the finding as one JSON object
    #[arg(long)]
    pub json: bool,
}

/// `huiyin due`
#[derive(Debug, Args)]
pub struct Due {
    /// A preset by name, or a file
    #[arg(long, value_name = "NAME", env = "HUIYIN_PRESET", default_value = "campus")]
    pub preset: String,
    /// What kind of case; without it only limits for every kind hold
    #[arg(long, value_name = "KIND", env = "HUIYIN_KIND")]
    pub kind: Option<String>,
    /// Which route it takes
    #[arg(long, value_enum, env = "HUIYIN_ROUTE")]
    pub route: RouteWord,
    /// How pressing it is
    #[arg(long, value_enum, env = "HUIYIN_URGENCY", default_value = "normal")]
    pub urgency: UrgencyWord,
    /// From when: a moment like 2026-09-24T10:00:00+08:00, or - for one a line
    #[arg(long, value_name = "RFC3339", allow_hyphen_values = true, env = "HUIYIN_FROM")]
    pub from: String,
    /// A calendar file that replaces the built-in one for its year
    #[arg(long, value_name = "FILE", env = "HUIYIN_CALENDAR")]
    pub calendar: Vec<PathBuf>,
    /// One JSON object a line
    #[arg(long)]
    pub json: bool,
}

/// `huiyin preset`
#[derive(Debug, Subcommand)]
pub enum Preset {
    /// Say what is wrong with a file, line by line
    Check {
        /// The file
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// Print the findings as JSON
        #[arg(long)]
        json: bool,
    },
    /// Say the rules back in Chinese prose
    Explain {
        /// A preset by name, or a file
        #[arg(value_name = "NAME")]
        name: String,
    },
}

/// `huiyin backup`
#[derive(Debug, Args)]
#[command(
    after_help = "The backup holds the school's keys: whoever has it can open what the school has sealed. Keep it like a key."
)]
pub struct Backup {
    /// Where the school is kept.
    #[command(flatten)]
    pub place: Place,
    /// The file to write; it must not exist yet
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
}

/// `huiyin restore`
#[derive(Debug, Args)]
pub struct Restore {
    /// The backup
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Where the school will be kept; must be empty or not exist yet.
    #[command(flatten)]
    pub place: Place,
}

/// `huiyin config`
#[derive(Debug, Subcommand)]
pub enum ConfigCommand {
    /// Each setting, its value and where it came from
    Explain {
        /// Where the school is kept.
        #[command(flatten)]
        place: Place,
        /// How it answers.
        #[command(flatten)]
        answering: Answering,
    },
}
