//! Opening a school: its keys, its database with tables up to date, the settings in force, the calendars, its files.
//!
//! Nothing is made here that was not there, except by [`create`]; a folder without keys is no school.

use crate::rules;
use crate::stop::Stop;
use arc_swap::ArcSwap;
use huiyin_cases::cases::{refold, shelves};
use huiyin_domain::policy::Policy;
use huiyin_foundation::carriers::Carriers;
use huiyin_foundation::clock::Clock;
use huiyin_foundation::config::Config;
use huiyin_foundation::db::Db;
use huiyin_foundation::files::Files;
use huiyin_foundation::keys::{KEY_FILE, KeyTrouble, Keys};
use huiyin_foundation::limits::Limits;
use huiyin_foundation::passwords::Passwords;
use huiyin_foundation::private;
use huiyin_foundation::school::{App, School};
use huiyin_people::settings;
use std::path::Path;
use std::sync::Arc;

/// The database inside the data folder.
pub const DATABASE_FILE: &str = "huiyin.sqlite";

/// Opens a school that is there.
pub fn open(config: Config) -> Result<App, Stop> {
    let keys = Keys::load(&config.data).map_err(|trouble| match trouble {
        KeyTrouble::Missing(_) => {
            let data = config.data.display();
            Stop::failed(format!(
                "there is no school in {data}: make one with `huiyin init --data {data} --name 校名`"
            ))
        }
        other => Stop::from(other),
    })?;
    assemble(config, keys, Clock::System, false)
}

/// Opens a demonstration that is there, with a clock that can be moved.
pub fn open_demo(config: Config, clock: Clock) -> Result<App, Stop> {
    let keys = Keys::load(&config.data)?;
    assemble(config, keys, clock, true)
}

/// Makes a school where there is none, with these as its first settings.
pub fn create(
    config: Config,
    note: String,
    policy: Policy,
    clock: Clock,
    is_demo: bool,
) -> Result<App, Stop> {
    make_folder(&config.data)?;
    if config.data.join(KEY_FILE).exists() {
        let data = config.data.display();
        return Err(Stop::failed(format!("there is a school in {data} already: choose another folder")));
    }
    let keys = Keys::create(&config.data)?;
    let db = database(&config)?;
    let at = clock.now();
    db.write_now(move |tx| settings::install(tx, &note, policy, at))?;
    db.close();
    assemble(config, keys, clock, is_demo)
}

fn assemble(config: Config, keys: Keys, clock: Clock, is_demo: bool) -> Result<App, Stop> {
    make_folder(&config.data)?;
    let db = database(&config)?;
    let Some(in_force) = db.read_now(settings::in_force)? else {
        let data = config.data.display();
        return Err(Stop::failed(format!(
            "the school in {data} has no settings: restore it from a backup, or make a new one"
        )));
    };
    let policy = in_force.policy.clone();
    let folded = db.write_now(move |tx| refold::bring_up_to_date(tx, &policy))?;
    if folded > 0 {
        tracing::info!(cases = folded, "rows and counts were folded anew from the record");
    }
    db.write_now(shelves::open_up)?;
    let calendar = rules::calendar(&rules::calendar_files(&config.data)?)?;
    let files = Files::open(&config.data).map_err(Stop::about(&config.data))?;
    let carriers = Carriers::new(&config.outlets).map_err(Stop::failed)?;
    let limits = Limits::new(config.rate_limits, &keys, clock.now());
    Ok(Arc::new(School {
        db,
        policy: ArcSwap::from_pointee(in_force),
        calendar: ArcSwap::from_pointee(calendar),
        clock,
        files,
        passwords: Passwords::new(),
        limits,
        keys,
        carriers,
        config,
        is_demo,
    }))
}

fn database(config: &Config) -> Result<Db, Stop> {
    Ok(match &config.database_url {
        Some(url) => Db::connect_postgres(url, &config.database_schema)?,
        None => Db::open_sqlite(config.data.join(DATABASE_FILE))?,
    })
}

/// The folder, readable by nobody else.
pub fn make_folder(data: &Path) -> Result<(), Stop> {
    private::make_folder(data).map_err(Stop::about(data))
}
