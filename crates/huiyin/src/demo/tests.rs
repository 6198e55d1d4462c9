//! The demonstration school: its texts hold together, and a season of it has something of everything.

use super::cast::Cast;
use super::chance::Chance;
use super::matters::Texts;
use super::{PRESET, Season, seed};
use huiyin_cases::cases::verify::verify;
use huiyin_domain::calendar::Instant;
use huiyin_domain::case::{Outcome, Satisfaction};
use huiyin_domain::policy::{self, Policy};
use huiyin_domain::shipped;
use huiyin_foundation::error::Error;
use huiyin_foundation::params;
use huiyin_foundation::testing::TestSchool;
use std::collections::{BTreeMap, BTreeSet};

/// Long enough for everything to happen at least once.
const SEASON: Season = Season { days: 40, cases_a_day: 8, cases_lately: 20, cases_before_leaders: 1 };

fn campus() -> Policy {
    shipped::preset(PRESET).unwrap()
}

#[test]
fn every_matter_names_kinds_categories_and_places_that_the_preset_knows() {
    let (texts, policy) = (Texts::read(), campus());
    for matter in &texts.matters {
        assert!(policy.kind(&matter.kind).is_some(), "{matter:?}");
        if let Some(id) = &matter.category {
            let category = policy.category(id).unwrap_or_else(|| panic!("category {id}"));
            assert!(category.is_offered_under(&matter.kind), "{id} is not offered under {}", matter.kind);
        }
        for place in &matter.at {
            assert!(policy.place(place).is_some(), "place {place}");
        }
    }
}

#[test]
fn no_telling_leaves_a_gap_open_or_sounds_an_alarm() {
    let (texts, policy) = (Texts::read(), campus());
    let mut chance = Chance::of(7);
    let at = Instant::parse_rfc3339("2026-11-18T10:00:00+08:00").unwrap();
    for _ in 0..2000 {
        let telling = texts.tell(&mut chance, &policy);
        let said = [
            telling.title.clone(),
            telling.body.clone(),
            texts.reply(&mut chance, &telling, at, Outcome::Partly, 2),
            texts.reply(&mut chance, &telling, at, Outcome::CannotYet, 1),
            texts.progress(&mut chance, &telling, at),
        ];
        assert!(said.iter().all(|words| !words.contains(['{', '}']) && !words.is_empty()), "{said:?}");
        let text = format!("{}{}", telling.title, telling.body);
        assert!(policy::crisis_hits(&policy, &text).is_empty(), "{text}");
    }
}

#[test]
fn every_desk_of_the_school_has_a_telephone_of_its_own() {
    let policy = super::settings(campus());
    let numbers: BTreeSet<&str> = policy.units.iter().map(|unit| unit.phone.as_str()).collect();
    assert_eq!(numbers.len(), policy.units.len());
    assert!(!numbers.contains("") && policy.school.duty_phone == "8110");
}

#[test]
fn an_answer_says_what_its_outcome_says() {
    let (texts, policy) = (Texts::read(), campus());
    let mut chance = Chance::of(11);
    let at = Instant::parse_rfc3339("2026-11-18T10:00:00+08:00").unwrap();
    for _ in 0..2000 {
        let telling = texts.tell(&mut chance, &policy);
        let kind = texts.kind(&telling).as_str().to_owned();
        let outcome = texts.outcome(&mut chance, &telling);
        assert_eq!(
            outcome == Outcome::Explained,
            kind == "inquiry" && outcome != Outcome::CannotYet,
            "{kind}"
        );
        let done = texts.reply(&mut chance, &telling, at, Outcome::Solved, 1);
        let not_yet = texts.reply(&mut chance, &telling, at, Outcome::CannotYet, 1);
        assert_ne!(done, not_yet, "what cannot be done yet is not answered as if it were");
        let glad =
            texts.words.judgement(texts.kind(&telling), Satisfaction::Fairly, Some(Outcome::CannotYet));
        assert!(glad.is_empty(), "nobody praises what was not done");
        let progress = texts.progress(&mut chance, &telling, at);
        assert!(kind == "repair" || !progress.contains("师傅"), "{kind}: {progress}");
    }
}

#[test]
fn nobody_at_the_school_has_the_name_of_another() {
    let school = TestSchool::new();
    let app = school.app();
    let names: Vec<String> = school
        .db
        .write_now(move |tx| {
            let in_force = app.policy_in_force();
            let cast =
                Cast::engage(tx, &app.keys, &in_force.policy, &Texts::read(), &mut Chance::of(1), app.now())?;
            Ok::<_, Error>(cast.names())
        })
        .unwrap();
    assert!((40..80).contains(&names.len()), "{}", names.len());
    assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len());
}

/// How often each value of a column of `cases` stands there.
fn counts(school: &TestSchool, sql: &'static str) -> BTreeMap<String, i64> {
    let rows = school.db.read_now(move |tx| -> Result<Vec<(String, i64)>, Error> {
        tx.query_map(sql, params![], |row| Ok((row.text(0)?, row.int(1)?)))
    });
    rows.unwrap().into_iter().collect()
}

#[test]
fn a_season_holds_every_stage_and_every_mark_and_its_records_agree() {
    let school = TestSchool::new();
    let played = seed(&school.app(), 1, SEASON).unwrap();
    assert!((200..400).contains(&played.cases), "{} cases", played.cases);
    assert!(played.receipt_code.is_some());
    let found_again = super::known_receipt_code(&school.app()).unwrap();
    assert_eq!(found_again, played.receipt_code, "a second start prints the same code");

    let stages = counts(&school, "select stage, count(*) from cases group by stage");
    for stage in
        ["submitted", "accepted", "assigned", "replied", "rated", "archived", "declined", "withdrawn"]
    {
        // A case waits only minutes for its unit, so that at a given moment none may be accepted without one.
        assert!(
            stages.contains_key(stage) || ["submitted", "accepted"].contains(&stage),
            "no case is {stage}: {stages:?}"
        );
    }
    let waiting =
        counts(&school, "select leader, count(*) from cases where awaits_instruction = 1 group by leader");
    assert!(waiting.len() >= 4, "leaders have something to instruct on: {waiting:?}");
    let photos = counts(&school, "select mime, count(*) from files where case_no is not null group by mime");
    assert!(photos["image/jpeg"] >= 4, "people have sent photos: {photos:?}");
    let identities = counts(&school, "select identity, count(*) from cases group by identity");
    assert_eq!(identities.len(), 3, "{identities:?}");
    let events = counts(&school, "select name, count(*) from case_events group by name");
    for event in [
        "assigned",
        "transferred",
        "escalated",
        "instructed",
        "signed_for",
        "sent_back",
        "progress_reported",
        "replied",
        "noted",
        "supplemented",
        "urged",
        "rated",
        "reopened",
        "withdrawn",
        "declined",
        "corrected",
        "published",
        "reminded",
        "reminded_by_hand",
        "deadline_missed",
        "supervised",
        "archived",
    ] {
        assert!(events.contains_key(event), "nothing was {event}: {events:?}");
    }

    let policy = campus();
    let checked = school.db.read_now(move |tx| verify(tx, &policy, |_| ())).unwrap();
    assert_eq!(checked.map(|checked| checked.cases), Ok(played.cases as u64));
}

#[test]
fn every_written_scene_is_played_to_where_it_stands_today_and_a_list_waits_for_a_second_person() {
    // Quiet, and long enough for something whose time of keeping is over.
    let school = TestSchool::of(super::settings(campus()));
    let season = Season { days: 62, cases_a_day: 1, cases_lately: 0, cases_before_leaders: 0 };
    seed(&school.app(), 1, season).unwrap();
    let titles: BTreeSet<String> = counts(&school, "select title, 1 from cases").into_keys().collect();
    let scenes = super::scenes::read(&campus());
    assert!(scenes.len() >= 12, "a channel, kind or unit of scenes.toml is not in the preset");
    for scene in &scenes {
        assert!(titles.contains(&scene.title), "{} did not begin", scene.title);
    }
    let events = counts(&school, "select name, count(*) from case_events group by name");
    let wanted = [
        ("squad_called", 5),
        ("work_reported", 3),
        ("field_arrived", 4),
        ("field_pictured", 2),
        ("cosigners_named", 3),
        ("cosign_answered", 7),
        ("proposal_settled", 2),
    ];
    for (event, count) in wanted {
        assert!(events.get(event).is_some_and(|found| *found >= count), "{event}: {events:?}");
    }
    let standing = |sql| counts(&school, sql);
    let squad =
        "select stage, count(*) from cases where squad is not null and stage = 'assigned' group by stage";
    assert_eq!(standing(squad)["assigned"], 3, "two in hand, one waits for the unit to look");
    let told = "select stage, count(*) from cases where channel = 'congress' group by stage";
    let wanted = [("archived".to_owned(), 1), ("assigned".to_owned(), 2)];
    assert_eq!(standing(told), BTreeMap::from(wanted), "one answered, one taken on, one still asked about");
    let by_name = "select identity, count(*) from cases where channel in ('congress', 'staff-consultation') group by identity";
    assert_eq!(standing(by_name), BTreeMap::from([("open".to_owned(), 5)]));
    assert_eq!(standing("select 'letters', count(*) from correspondents")["letters"], 2);
    let checked = school.db.read_now(move |tx| verify(tx, &campus(), |_| ())).unwrap();
    assert!(checked.is_ok(), "{checked:?}");

    let lists = standing("select state, count(*) from retention_lists group by state");
    assert_eq!(lists, BTreeMap::from([("listed".to_owned(), 1)]));
    let steps = standing("select step, count(*) from retention_items group by step");
    assert_eq!(steps.keys().collect::<Vec<_>>(), ["contact"], "{steps:?}");
    let preset = campus().retention.rules.pop().unwrap();
    assert!(preset.contact_days > Some(45), "a real school keeps its own time");
}

#[test]
fn what_came_due_was_witnessed_in_the_minute_it_came_due() {
    let school = TestSchool::new();
    seed(&school.app(), 3, SEASON).unwrap();
    let found = school.db.read_now(|tx| -> Result<Vec<(i64, String)>, Error> {
        tx.query_map("select at_ms, body from case_events where name = 'deadline_missed'", params![], |row| {
            Ok((row.int(0)?, row.text(1)?))
        })
    });
    let found = found.unwrap();
    assert!(!found.is_empty());
    for (at_ms, body) in found {
        let body: serde_json::Value = serde_json::from_str(&body).unwrap();
        let late_ms = at_ms - body["due"].as_i64().unwrap();
        assert!((0..60_000).contains(&late_ms), "{late_ms} ms late: {body}");
    }
    let now = school.now().0;
    let newest = counts(&school, "select 'at', max(at_ms) from case_events");
    assert!(newest["at"] <= now, "nothing lies in the future");
}

#[test]
fn nothing_lies_unanswered_for_weeks() {
    let school = TestSchool::new();
    seed(&school.app(), 2, SEASON).unwrap();
    // What a law gives sixty days may take them.
    let oldest = counts(
        &school,
        "select stage, min(submitted_at) from cases where stage in ('submitted', 'accepted', 'assigned') \
         and case_no not in (select case_no from case_events where body like '%\"statutory:%') group by stage",
    );
    let days = |at_ms: &i64| (school.now().0 - at_ms) / 86_400_000;
    assert!(!oldest.is_empty() && oldest.values().all(|at_ms| days(at_ms) < 25), "{oldest:?}");
}

#[test]
fn the_same_seed_makes_the_same_school() {
    let titles = |seed_number: u64| {
        let school = TestSchool::new();
        seed(
            &school.app(),
            seed_number,
            Season { days: 14, cases_a_day: 4, cases_lately: 3, cases_before_leaders: 0 },
        )
        .unwrap();
        counts(&school, "select title || ' ' || stage || ' ' || submitted_at, count(*) from cases group by 1")
    };
    let first = titles(5);
    assert_eq!(first, titles(5));
    assert_ne!(first, titles(6));
}
