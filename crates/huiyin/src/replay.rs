//! A public stream of messages with known events, brought into a school in the order of its time through the ordinary
//! command path: the events are noticed, the largest of them while it still grows.
//!
//! The messages are no part of the project. Where they are not to be had the test says so in a line and has nothing to show.

use flate2::read::GzDecoder;
use huiyin_cases::cases::log::{Bench, Bringer, Standing, submit};
use huiyin_domain::calendar::Instant;
use huiyin_domain::case::{Actor, Identity, Place, Submission};
use huiyin_domain::ids::{ChannelId, KindId, PersonId};
use huiyin_foundation::clock::Stopwatch;
use huiyin_foundation::db::Tx;
use huiyin_foundation::error::Error;
use huiyin_foundation::params;
use huiyin_foundation::school::App;
use huiyin_foundation::testing::TestSchool;
use huiyin_reports::insight;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::io::Read;
use std::path::PathBuf;

const TITLE_CHARS: usize = 40;
const DAY_MS: i64 = 86_400_000;

struct Message {
    at: Instant,
    user: String,
    title: String,
    body: String,
    event: String,
}

fn stream() -> Option<Vec<Message>> {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared");
    let folder = std::env::var_os("HUIYIN_SHARED").map_or_else(|| PathBuf::from(beside), PathBuf::from);
    let file = std::fs::read(folder.join("data/hot_stream.tsv.gz")).ok()?;
    let mut text = String::new();
    GzDecoder::new(file.as_slice()).read_to_string(&mut text).ok()?;
    let mut messages: Vec<Message> = text.lines().skip(1).filter_map(message).collect();
    messages.sort_by_key(|message| message.at);
    Some(messages)
}

fn message(line: &str) -> Option<Message> {
    let cells: Vec<&str> = line.split('\t').collect();
    let at = Instant::parse_rfc3339(&format!("{}+08:00", cells.get(1)?)).ok()?;
    let cell = |at: usize| cells.get(at).map(|cell| (*cell).to_owned()).unwrap_or_default();
    Some(Message { at, user: cell(2), title: cell(3), body: cell(4), event: cell(7) })
}

/// Brings the messages in; says which case belongs to which known event.
fn bring_in(tx: &mut Tx, app: &App, messages: Vec<Message>) -> Result<Vec<(String, Instant, String)>, Error> {
    let standing = Standing::of(app);
    let bench = standing.bench(&app.keys);
    let mut known = Vec::new();
    for message in messages {
        let submission = Submission {
            kind: KindId::from("suggestion"),
            category: None,
            title: message.title.chars().take(TITLE_CHARS).collect(),
            body: message.body,
            place: Place { id: None, room: String::new() },
            identity: Identity::Open,
            channel: ChannelId::from("online"),
            danger: false,
            may_publish: false,
            contact: String::new(),
            on_behalf_of: String::new(),
            files: Vec::new(),
            unit: None,
            outside_no: String::new(),
            about: Vec::new(),
            split_from: None,
        };
        let bringer = Bringer::Account(PersonId::from(message.user.as_str()));
        let bench = Bench { now: message.at, ..bench };
        let no = submit(tx, &bench, &Actor::Requester, None, &bringer, None, submission)?;
        if !message.event.is_empty() {
            known.push((message.event, message.at, no.as_str().to_owned()));
        }
    }
    Ok(known)
}

#[tokio::test]
async fn known_events_of_a_stream_are_noticed_and_the_largest_before_its_fullest_day() {
    let Some(messages) = stream() else {
        println!("skipped: no ../shared/data/hot_stream.tsv.gz, and HUIYIN_SHARED names no other folder");
        return;
    };
    let all = messages.len();
    let school = TestSchool::new();
    let app = school.app();
    let bringing = app.clone();
    let known = school.db.write_now(move |tx| bring_in(tx, &bringing, messages)).unwrap();
    let watch = Stopwatch::start();
    assert_eq!(insight::follow(&app).await.unwrap(), all as u64);
    let each_ms = watch.elapsed().as_secs_f64() * 1000.0 / all as f64;
    println!("{all} messages, {each_ms:.2} ms each with what is written");
    type Found = (HashMap<String, String>, HashMap<String, Instant>, HashSet<String>, usize);
    let (topic_of, warned, crowds, notices) = school
        .db
        .read_now::<Found, Error>(|tx| {
            let topics = tx.query_map("select case_no, topic from insight_members", params![], |row| {
                Ok::<_, Error>((row.text("case_no")?, row.text("topic")?))
            })?;
            let warned = tx.query_map(
                "select kind, subject, min(at_ms) as at from insight_warnings group by kind, subject",
                params![],
                |row| Ok::<_, Error>((row.text("kind")?, row.text("subject")?, row.instant("at")?)),
            )?;
            let notices = warned.iter().filter(|one| one.0 == "notice").count();
            let crowds = warned.iter().filter(|one| one.0 == "crowd").map(|one| one.1.clone()).collect();
            let mut first: HashMap<String, Instant> = HashMap::new();
            for (_, subject, at) in warned {
                let known = first.entry(subject).or_insert(at);
                *known = at.min(*known);
            }
            Ok((topics.into_iter().collect(), first, crowds, notices))
        })
        .unwrap();
    println!("{notices} topics were noticed and {} warned of", crowds.len());
    let mut events: BTreeMap<&str, Vec<(Instant, &String)>> = BTreeMap::new();
    for (event, at, no) in &known {
        events.entry(event).or_default().push((*at, no));
    }
    assert_eq!(events.len(), 3);
    for (event, messages) in events {
        let mut hits: BTreeMap<&String, usize> = BTreeMap::new();
        messages.iter().for_each(|(_, no)| *hits.entry(&topic_of[*no]).or_default() += 1);
        let (topic, hits) = hits.into_iter().max_by_key(|(_, n)| *n).unwrap();
        let noticed = warned.get(topic);
        let mut by_day: BTreeMap<i64, usize> = BTreeMap::new();
        messages.iter().for_each(|(at, _)| *by_day.entry(at.0 / DAY_MS).or_default() += 1);
        let (fullest, _) = by_day.into_iter().max_by_key(|(day, n)| (*n, -day)).unwrap();
        let before = noticed.map(|noticed| messages.iter().filter(|(at, _)| at <= noticed).count());
        let by_then = messages.iter().filter(|(at, _)| at.0 / DAY_MS <= fullest).count();
        println!(
            "{event}: {hits} of {} in one topic, noticed after {before:?}, fullest day ends after {by_then}",
            messages.len()
        );
        assert!(before.is_some(), "{event} is noticed");
        assert!(hits * 2 > messages.len(), "{event}: most of it is one topic");
        if messages.len() > 20 {
            assert!(before < Some(by_then), "{event} is noticed while it still grows");
            assert!(crowds.contains(topic), "{event} is warned of");
        }
    }
}
