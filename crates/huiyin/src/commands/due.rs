//! `huiyin due`: until when something is due, every clock with its instant and clause (4.1, 4.2).
//!
//! Asks the same table that decides in a running school. Reads one instant, or one a line; a bad line is named and the
//! others are answered all the same.

use super::{complain, say};
use crate::cli;
use crate::rules;
use crate::stop::Stop;
use huiyin_domain::calendar::{Calendar, Instant};
use huiyin_domain::case::due::{Circumstances, table};
use huiyin_domain::case::{Clock, ClockCalendar, Promise, Route, Urgency};
use huiyin_domain::ids::KindId;
use huiyin_domain::policy::Policy;
use serde::Serialize;
use std::io::{self, BufRead, Write};

/// One answer, as `--json` prints it.
#[derive(Serialize)]
struct Answer {
    from: String,
    clocks: Vec<Line>,
}

#[derive(Serialize)]
struct Line {
    clock: Clock,
    due: String,
    calendar: ClockCalendar,
    clause: String,
    /// The calendar is not known that far: the date may change when the notice is out.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    provisional: bool,
}

struct Question {
    policy: Policy,
    calendar: Calendar,
    kind: KindId,
    route: Route,
    urgency: Urgency,
    is_json: bool,
}

/// Answers.
pub fn run(options: cli::Due) -> Result<(), Stop> {
    let policy = rules::policy(&options.preset)?;
    let kind = match options.kind.as_deref() {
        Some(word) => rules::kind(&policy, word)?,
        // A kind that no limit names: only limits for every kind hold.
        None => KindId::from(""),
    };
    let question = Question {
        policy,
        calendar: rules::calendar(&options.calendar)?,
        kind,
        route: options.route.into(),
        urgency: options.urgency.into(),
        is_json: options.json,
    };
    if options.from != "-" {
        let from = Instant::parse_rfc3339(&options.from);
        let from = from.map_err(|reason| Stop::wrong_use(format!("--from: {reason}")))?;
        return say(question.answer(from)?);
    }
    question.answer_lines(io::stdin().lock(), io::stdout().lock())
}

impl Question {
    fn answer_lines(&self, mut asked: impl BufRead, told: impl Write) -> Result<(), Stop> {
        let mut told = io::BufWriter::new(told);
        let (mut number, mut bad) = (0_usize, 0_usize);
        let mut line = Vec::new();
        loop {
            line.clear();
            if asked.read_until(b'\n', &mut line).map_err(Stop::failed)? == 0 {
                break;
            }
            number += 1;
            let text = String::from_utf8_lossy(&line);
            let text = text.trim_start_matches('\u{feff}').trim();
            if text.is_empty() {
                continue;
            }
            match Instant::parse_rfc3339(text) {
                Ok(from) => writeln!(told, "{}", self.answer(from)?).map_err(|_| Stop::Silently)?,
                Err(reason) => {
                    bad += 1;
                    complain(format!("line {number}: {reason}"));
                }
            }
        }
        told.flush().map_err(|_| Stop::Silently)?;
        if bad == 0 {
            Ok(())
        } else {
            Err(Stop::failed(format!("{bad} of {number} lines could not be read")))
        }
    }

    fn answer(&self, from: Instant) -> Result<String, Stop> {
        let (kind, urgency, route) = (&self.kind, self.urgency, Some(self.route));
        let of = Circumstances { kind, category: None, urgency, route, reopened: false, from };
        let promises = table(&self.policy, &self.calendar, &of);
        if self.is_json {
            let clocks = promises.into_iter().map(line).collect();
            return serde_json::to_string(&Answer { from: from.to_rfc3339(), clocks }).map_err(Stop::failed);
        }
        let mut words = format!("from {}", from.to_rfc3339());
        for promise in promises {
            let note = if promise.provisional { "  (provisional)" } else { "" };
            let (clock, calendar) = (clock_word(promise.clock), calendar_word(promise.calendar));
            let due = promise.due.to_rfc3339();
            words.push_str(&format!("\n  {clock:<12} {due}  {calendar:<8} {}{note}", promise.clause));
        }
        Ok(words)
    }
}

fn line(promise: Promise) -> Line {
    Line {
        clock: promise.clock,
        due: promise.due.to_rfc3339(),
        calendar: promise.calendar,
        clause: promise.clause,
        provisional: promise.provisional,
    }
}

fn clock_word(clock: Clock) -> &'static str {
    match clock {
        Clock::Acknowledge => "acknowledge",
        Clock::FirstReply => "first_reply",
        Clock::Result => "result",
    }
}

fn calendar_word(calendar: ClockCalendar) -> &'static str {
    match calendar {
        ClockCalendar::Working => "working",
        ClockCalendar::School => "school",
        ClockCalendar::Hours => "hours",
    }
}
