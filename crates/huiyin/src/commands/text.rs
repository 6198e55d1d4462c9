//! `huiyin text`: how well Chinese is read, measured on files with known answers (the figures of docs/benchmarks-text.md), and
//! the school's own model learned anew.

use super::{finding, say};
use crate::cli::{Text, TextFiles, Train};
use crate::school;
use crate::stop::Stop;
use flate2::read::GzDecoder;
use huiyin_cases::learning::{Drawn, draw};
use huiyin_foundation::clock::Stopwatch;
use huiyin_text::evaluate::{
    Answered, Classified, Grouped, Resembled, Resembling, Table, answers, classify, similar, topics,
};
use serde::Serialize;
use serde_json::json;
use std::fmt::Write;
use std::io::Read;
use std::path::Path;

/// Measures.
pub fn run(what: Text) -> Result<(), Stop> {
    let watch = Stopwatch::start();
    let clock = move || watch.elapsed();
    match what {
        Text::Classify(files) => {
            let learn = joined(&files.train)?;
            let figures = classify(learn.as_ref(), &table(&files.eval)?, &clock).map_err(Stop::failed)?;
            tell(&files, &figures, classified)
        }
        Text::Similar(files) => {
            let corpora = files.train.iter().map(|file| table(file)).collect::<Result<Vec<_>, _>>()?;
            let figures = similar(&corpora, &table(&files.eval)?, &clock).map_err(Stop::failed)?;
            tell(&files, &figures, resembling)
        }
        Text::Topics(files) => {
            let elsewhere = joined(&files.train)?;
            let figures = topics(elsewhere.as_ref(), &table(&files.eval)?, &clock).map_err(Stop::failed)?;
            tell(&files, &figures, grouped)
        }
        Text::Answers(files) => {
            let figures = answers(&table(&files.eval)?, &clock).map_err(Stop::failed)?;
            tell(&files, &figures, answered)
        }
        Text::Train(options) => train(options),
        Text::Search(files) => {
            let all = files.train.iter().chain([&files.eval]).map(|file| table(file));
            let all = all.collect::<Result<Vec<_>, _>>()?.into_iter().reduce(Table::and);
            let figures = all.map(|all| finding::search(&all)).transpose()?;
            figures.map_or(Ok(()), |figures| tell(&files, &figures, finding::in_words))
        }
    }
}

/// Learns what a school proposes from; also where nothing has changed, because somebody asked.
fn train(options: Train) -> Result<(), Stop> {
    let school = school::open(options.place.config()?)?;
    let drawn = draw(&school, true).map_err(Stop::failed)?;
    let Drawn::New { version, takes_over, told, checksum, bytes } = drawn else {
        return Err(Stop::failed("the catalogue has fewer than two categories to tell apart"));
    };
    if options.json {
        let told = serde_json::to_value(&told).map_err(Stop::failed)?;
        let found = json!({
            "version": version, "takes_over": takes_over, "checksum": checksum, "bytes": bytes, "told": told,
        });
        return say(found.to_string());
    }
    let mut out =
        format!("model {version}: {} confirmed cases, {} of the start\n", told.examples, told.start);
    let _ = match told.judged.asked {
        0 => writeln!(out, "judged: too few confirmed cases to say how good it is"),
        asked => writeln!(out, "judged: {} right of the newest {asked}, unseen", told.judged.right),
    };
    if let Some([(new, of_new), (old, of_old)]) = told.judged.both() {
        let _ = writeln!(out, "compared: {new} of {of_new} now, {old} of {of_old} before");
    }
    let _ =
        writeln!(out, "{}", if takes_over { "it proposes from now on" } else { "held back: it is worse" });
    let _ = writeln!(out, "{bytes} bytes, {checksum}");
    say(out.trim_end())
}

fn tell<F: Serialize>(files: &TextFiles, figures: &F, in_words: impl Fn(&F) -> String) -> Result<(), Stop> {
    if files.json {
        say(&serde_json::to_string(figures).map_err(Stop::failed)?)
    } else {
        say(in_words(figures).trim_end())
    }
}

/// All files as one, or none where there is none.
fn joined(files: &[std::path::PathBuf]) -> Result<Option<Table>, Stop> {
    let mut tables = files.iter().map(|file| table(file)).collect::<Result<Vec<_>, _>>()?.into_iter();
    let first = tables.next();
    Ok(first.map(|first| tables.fold(first, Table::and)))
}

fn table(file: &Path) -> Result<Table, Stop> {
    let failed = Stop::about(file);
    let bytes = std::fs::read(file).map_err(&failed)?;
    let mut text = String::new();
    if bytes.starts_with(&[0x1f, 0x8b]) {
        GzDecoder::new(bytes.as_slice()).read_to_string(&mut text).map_err(&failed)?;
    } else {
        bytes.as_slice().read_to_string(&mut text).map_err(&failed)?;
    }
    Ok(Table::of(&file.display().to_string(), &text))
}

fn answered(figures: &Answered) -> String {
    format!(
        "judged {} answers, {} marked by people as explaining nothing\nempty               {} found, precision {:.4}, \
         recall {:.4}, F1 {:.4}\nof {} others        to something else: {:.4} beside their own question, {:.4} beside another\n\
         one answer          {:.3} ms\n",
        figures.answers,
        figures.marked,
        figures.empty,
        figures.precision,
        figures.recall,
        figures.f1,
        figures.full,
        figures.alarms,
        figures.found,
        figures.milliseconds_each
    )
}

/// Writing into a `String` never fails, so the results are let go.
fn classified(figures: &Classified) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "judged {} texts, learned from {}", figures.judged, figures.learned_from);
    let _ = writeln!(out, "macro-F1            {:.4}", figures.macro_f1);
    if let Some(titles) = figures.macro_f1_titles {
        let _ = writeln!(out, "  by titles alone   {titles:.4}");
    }
    let _ = writeln!(
        out,
        "first, two, three   {:.4}  {:.4}  {:.4}",
        figures.top[0], figures.top[1], figures.top[2]
    );
    let _ = writeln!(
        out,
        "out by themselves   {:.4}, right {:.4}",
        figures.automatic_share, figures.automatic_right
    );
    let _ = writeln!(out, "training            {:.2} s", figures.training_seconds);
    let _ = writeln!(out, "one proposal        {:.3} ms", figures.milliseconds_each);
    for one in &figures.classes {
        let _ = writeln!(out, "  {:.4}  {} ({})", one.f1, one.class, one.texts);
    }
    for (from, to, count, right) in &figures.reliability {
        let _ = writeln!(out, "  said {from:.1}–{to:.1}: {right} of {count} right");
    }
    out
}

fn resembling(figures: &Resembling) -> String {
    let mut out = format!("among {} messages\n", figures.corpus);
    let by_index = &figures.shortlisted;
    for (how, one) in [
        ("whole message", &figures.whole),
        ("title alone", &figures.title),
        ("whole, as pages ask", &by_index.whole),
        ("title, as pages ask", &by_index.title),
    ] {
        let Resembled { asked, recall_at_1, recall_at_5, mean_reciprocal_rank, milliseconds_each, .. } = one;
        let _ = writeln!(
            out,
            "{how:<19} asked {asked}: recall@1 {recall_at_1:.3}, recall@5 {recall_at_5:.3}, MRR {mean_reciprocal_rank:.3}, {milliseconds_each:.2} ms"
        );
        for (kind, (asked, found)) in &one.by_kind {
            let _ = writeln!(out, "  {kind}: {found} of {asked}");
        }
    }
    out
}

fn grouped(figures: &Grouped) -> String {
    let [precision, recall, f] = figures.b_cubed;
    let mut out = format!("{} messages fell into {} topics\n", figures.messages, figures.topics);
    let _ = writeln!(out, "mean event F1  {:.3}", figures.mean_event_f1);
    let _ = writeln!(out, "B-cubed        {precision:.3} precision, {recall:.3} recall, {f:.3} F");
    let _ = writeln!(out, "notices        {}, warnings {}", figures.notices, figures.warnings);
    let _ = writeln!(out, "one message    {:.3} ms", figures.milliseconds_each);
    for one in &figures.events {
        let after = |at: Option<usize>| at.map_or("never".to_owned(), |at| format!("after {at}"));
        let _ = writeln!(
            out,
            "  {}: {} messages, precision {:.3}, recall {:.3}, F1 {:.3}; noticed {}, warned {}, fullest day ends after {}",
            one.event,
            one.messages,
            one.precision,
            one.recall,
            one.f1,
            after(one.noticed_after),
            after(one.warned_after),
            one.peak_after
        );
    }
    out
}
