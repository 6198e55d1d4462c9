//! `huiyin demo`: a seeded school, every role one click away, its clock movable from a page (10.1).
//!
//! Without a folder the school is gone at the end. A folder keeps it for the next time; the folder of a real school is
//! refused.

use super::serve;
use crate::cli::{self, Place};
use crate::demo;
use crate::logging;
use crate::rules;
use crate::school;
use crate::serving::announce;
use crate::stop::Stop;
use huiyin_foundation::clock::Clock;
use huiyin_foundation::keys::KEY_FILE;
use huiyin_foundation::school::App;
use std::fs;
use std::path::Path;

/// Seeds if need be, and serves.
pub fn run(options: cli::Demo) -> Result<(), Stop> {
    let thrown_away = tempfile::tempdir().map_err(Stop::failed)?;
    let data = options.data.as_deref().unwrap_or(thrown_away.path());
    let place = Place { data: Some(data.to_owned()), database_url: None, database_schema: None };
    let config = place.config_with(&options.answering)?;
    logging::begin(config.log_format, "warn,huiyin=info,huiyin::access=warn");
    let is_there = data.join(KEY_FILE).exists();
    if is_there && !data.join(demo::MARK).exists() {
        let data = data.display();
        return Err(Stop::failed(format!(
            "{data} holds a real school, which is never shown as a demonstration: name another folder"
        )));
    }
    let (app, code) = if is_there {
        let app = school::open_demo(config, Clock::shifted(0))?;
        let code = demo::known_receipt_code(&app)?;
        (app, code)
    } else {
        let app = new_school(data, config)?;
        let played = demo::seed(&app, options.seed, demo::TERM)?;
        announce(format!("{} cases in the past ten weeks, made from seed {}", played.cases, options.seed));
        (app, played.receipt_code)
    };
    serve::run_now(app, |address| {
        announce(format!("listening on http://{address}"));
        announce(format!("  every role one click away   http://{address}/sign-in"));
        announce(format!("  move the clock              http://{address}/demo/clock"));
        if let Some(code) = code {
            announce(format!("  an anonymous receipt code   {code}"));
        }
    })
}

fn new_school(data: &Path, config: huiyin_foundation::config::Config) -> Result<App, Stop> {
    school::make_folder(data)?;
    let mark = data.join(demo::MARK);
    fs::write(&mark, "This folder holds a demonstration of Huiyin; it may be deleted.\n")
        .map_err(Stop::about(&mark))?;
    let policy = demo::settings(rules::policy(demo::PRESET)?);
    school::create(config, demo::PRESET.to_owned(), policy, Clock::shifted(0), true)
}
