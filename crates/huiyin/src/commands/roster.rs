//! `huiyin import roster`: takes over people with their duties; the number finds a person, nobody is removed (2.3).

use super::{complain, progress, say};
use crate::cli;
use crate::school;
use crate::stop::Stop;
use flate2::read::MultiGzDecoder;
use huiyin_people::roster::{Report, import};
use serde_json::json;
use std::io::Read;
use std::path::Path;

/// Imports.
pub fn run(options: cli::ImportRoster) -> Result<(), Stop> {
    let app = school::open(options.place.config()?)?;
    let (bytes, name) = read(&options.file)?;
    let map = options.map.iter().map(|option| pair(option)).collect::<Result<Vec<_>, _>>()?;
    let bar = progress::bar(0, "roster");
    let threads = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(Stop::failed)?;
    let outcome = threads.block_on(import(&app, &bytes, &name, &map, |done, of| {
        bar.set_length(of as u64);
        bar.set_position(done as u64);
    }))?;
    bar.finish_and_clear();
    let report =
        outcome.map_err(|trouble| Stop::wrong_use(format!("{}: {trouble}", options.file.display())))?;
    app.db.close();
    for bad in &report.complaints {
        complain(format!("{}:{}: {}", options.file.display(), bad.line, bad.reason));
    }
    tell(&report, options.json)
}

fn tell(report: &Report, is_json: bool) -> Result<(), Stop> {
    let Report { added, changed, unchanged, closed, complaints } = report;
    let bad = complaints.len();
    if is_json {
        say(
            json!({ "added": added, "changed": changed, "unchanged": unchanged, "still_closed": closed, "bad": bad }),
        )?;
    } else {
        say(format!(
            "added {added}, changed {changed}, unchanged {unchanged}, still closed {closed}, bad {bad}"
        ))?;
    }
    if bad == 0 { Ok(()) } else { Err(Stop::Silently) }
}

/// The file unpacked, and its name without `.gz`.
fn read(path: &Path) -> Result<(Vec<u8>, String), Stop> {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let bytes = std::fs::read(path).map_err(Stop::about(path))?;
    let Some(plain) = name.strip_suffix(".gz") else { return Ok((bytes, name)) };
    let mut unpacked = Vec::new();
    MultiGzDecoder::new(bytes.as_slice()).read_to_end(&mut unpacked).map_err(Stop::about(path))?;
    Ok((unpacked, plain.to_owned()))
}

fn pair(option: &str) -> Result<(String, String), Stop> {
    let (column, field) = option
        .split_once('=')
        .ok_or_else(|| Stop::wrong_use(format!("--map {option}: write COLUMN=FIELD, such as 工号=number")))?;
    Ok((column.to_owned(), field.to_owned()))
}
