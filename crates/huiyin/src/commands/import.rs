//! `huiyin import`: takes in cases and people from files of an older system.
//!
//! Every bad line is named on standard error with file, line and reason, and the rest goes on; exit 1 if there was any.

use super::{complain, progress, say};
use crate::at_work;
use crate::cli;
use crate::import::{Bad, Carried, CaseColumns, Found, Importer, Incoming, Reading, importer, open};
use crate::rules;
use crate::school;
use crate::stop::Stop;
use huiyin_domain::ids::KindId;
use huiyin_domain::policy::Policy;
use huiyin_foundation::error::Error;
use serde_json::json;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::Ordering;
use std::sync::mpsc::sync_channel;
use std::thread;
use std::time::Duration;

/// Cases in a transaction: some five hundred commands for one flush to the disk.
const BATCH_CASES: usize = 120;
/// Cases in a transaction beside a school at work: few enough that it waits for moments only.
const BATCH_CASES_BESIDE: usize = 40;
/// Between two transactions beside a school at work; the engine looks for its turn about as often.
const PAUSE: Duration = Duration::from_millis(20);
/// Batches read ahead of the one being written.
const BATCHES_AHEAD: usize = 3;

/// Imports.
pub fn run(options: cli::Import) -> Result<(), Stop> {
    match options {
        cli::Import::Cases(options) => cases(options),
        cli::Import::Roster(options) => super::roster::run(options),
    }
}

/// How it went.
#[derive(Debug, Default)]
struct Summary {
    /// Taken in now.
    pub imported: u64,
    /// Taken in before.
    pub known: u64,
    /// Left out, and why.
    pub skipped: BTreeMap<&'static str, u64>,
    /// Lines that could not be used.
    pub bad: u64,
    /// Units that are named in the file and not known here, and how often.
    pub unknown_units: BTreeMap<String, u64>,
}

impl Summary {
    /// Says it, and fails if any line was bad.
    fn end(self, is_json: bool) -> Result<(), Stop> {
        let Summary { imported, known, skipped, bad, unknown_units } = self;
        for (unit, count) in &unknown_units {
            complain(format!("no unit is called “{unit}”: {count} cases went where their words belong"));
        }
        if is_json {
            say(
                json!({ "imported": imported, "already_there": known, "skipped": skipped, "unknown_units": unknown_units, "bad": bad }),
            )?;
        } else {
            let left_out: String =
                skipped.iter().map(|(why, count)| format!(", skipped {count} ({why})")).collect();
            say(format!("imported {imported}, already there {known}{left_out}, bad {bad}"))?;
        }
        if bad == 0 { Ok(()) } else { Err(Stop::Silently) }
    }
}

fn cases(options: cli::ImportCases) -> Result<(), Stop> {
    let app = school::open(options.place.config()?)?;
    let in_force = app.policy_in_force();
    let policy = &in_force.policy;
    let opened = open(&options.file)?;
    let columns = CaseColumns::mapped(&options.map, opened.columns.as_deref())?;
    if let Some(heading) = opened.columns.as_deref().filter(|heading| !columns.tell_a_case(heading)) {
        let known = heading.join(", ");
        return Err(Stop::wrong_use(format!(
            "{}: no column is called title or body; it has {known}. Say which is meant with --map COLUMN=body",
            options.file.display()
        )));
    }
    let kind = match &options.kind {
        Some(word) => rules::kind(policy, word)?,
        None => usual_kind(policy),
    };
    let importer = Importer::new(&app, importer(&app)?);
    let reading = Reading { policy, columns: &columns, kind, now: app.now(), keys: &app.keys };

    let bar = progress::bytes_bar(opened.size_bytes, "import");
    let mut summary = Summary::default();
    let file = options.file.as_path();
    let outcome = thread::scope(|scope| {
        let (to_writer, for_writer) = sync_channel::<Vec<Incoming>>(BATCHES_AHEAD);
        let data = app.config.data.as_path();
        let writer = scope.spawn(move || {
            let mut carried = Vec::new();
            for batch in for_writer {
                carry_beside(&importer, batch, data, &mut carried)?;
            }
            Ok::<_, Error>(carried)
        });
        let mut batch = Vec::with_capacity(BATCH_CASES);
        for row in opened.rows {
            match row.and_then(|row| reading.read(&row)) {
                Ok(Found::Case(case)) => {
                    if let Some(unit) = &case.unknown_unit {
                        *summary.unknown_units.entry(unit.clone()).or_default() += 1;
                    }
                    batch.push(*case);
                }
                Ok(Found::Skipped(why)) => *summary.skipped.entry(why).or_default() += 1,
                Err(bad) => bar.suspend(|| name_bad(file, &bad, &mut summary)),
            }
            if batch.len() == BATCH_CASES && to_writer.send(std::mem::take(&mut batch)).is_err() {
                break;
            }
            bar.set_position(opened.read_bytes.load(Ordering::Relaxed));
        }
        // If nobody takes it any more, the writer says below why.
        let _ = to_writer.send(batch);
        drop(to_writer);
        writer.join()
    });
    bar.finish_and_clear();
    let carried =
        outcome.map_err(|_| Stop::failed("the import broke off; run it again, nothing is taken in twice"))?;
    for part in carried? {
        summary.imported += part.imported;
        summary.known += part.known;
        for bad in &part.refused {
            name_bad(file, bad, &mut summary);
        }
    }
    app.db.close();
    summary.end(options.json)
}

/// Carries a batch at once, or in parts with gaps between them while a school is at work on the same data.
fn carry_beside(
    importer: &Importer,
    mut batch: Vec<Incoming>,
    data: &Path,
    carried: &mut Vec<Carried>,
) -> Result<(), Error> {
    while at_work::is_somebody(data) && !batch.is_empty() {
        let later = batch.split_off(batch.len().min(BATCH_CASES_BESIDE));
        carried.push(importer.carry(batch)?);
        give_way();
        batch = later;
    }
    if !batch.is_empty() {
        carried.push(importer.carry(batch)?);
    }
    Ok(())
}

/// Whoever waits to write beside us, a school at work, gets its turn now.
#[expect(clippy::disallowed_methods, reason = "another process says nothing that could be waited for")]
fn give_way() {
    thread::sleep(PAUSE);
}

/// Names a line that could not be used.
fn name_bad(file: &Path, bad: &Bad, summary: &mut Summary) {
    summary.bad += 1;
    complain(format!("{}:{}: {}", file.display(), bad.line, bad.reason));
}

/// A kind that anything can be: a complaint, or the first that people dispatch.
fn usual_kind(policy: &Policy) -> KindId {
    let by_people = policy.kinds.iter().filter(|kind| !kind.restricted && !kind.dispatches_itself);
    let kinds: Vec<&KindId> = by_people.map(|kind| &kind.id).collect();
    let usual = kinds.iter().find(|id| id.as_str() == "complaint").or(kinds.first());
    usual.map_or_else(|| KindId::from(""), |id| (*id).clone())
}
