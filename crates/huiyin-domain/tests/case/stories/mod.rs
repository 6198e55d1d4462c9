//! The regulations as playable text: every file of `stories/` is read aloud to the rules and must come true.
//!
//! A 党办 corrects the rule in the story, not the syntax. Who reads here how a story is written, reads [`grammar`].

mod acts;
mod expected;
mod grammar;
mod names;

use crate::record::{Life, World};
use grammar::Script;
use huiyin_domain::calendar::Calendar;
use huiyin_domain::shipped;
use std::path::PathBuf;

/// Tells every story of a script by one of its presets; each thing that did not come true is named by its line.
fn play(script: &Script, preset: &str) -> Result<usize, Vec<String>> {
    let policy = shipped::preset(preset).ok_or(vec![format!("没有规则集「{preset}」")])?;
    let mut calendar = Calendar::default();
    for year in &script.years {
        let file = format!("calendars/{year}.toml");
        let known = shipped::CALENDARS.iter().find(|(name, _)| *name == file);
        let (_, text) = known.ok_or(vec![format!("没有 {year} 年的日历")])?;
        calendar.merge(Calendar::parse(text, &file).expect("a shipped calendar is right"));
    }
    let world = World { policy, calendar };
    let (mut failures, mut checked) = (Vec::new(), 0);
    for story in script.stories.iter().filter(|story| story.only.holds(preset)) {
        let mut life = Life::default();
        for step in story.steps.iter().filter(|step| step.only.holds(preset)) {
            match take(&world, &mut life, step, preset) {
                Ok(expectations) => checked += expectations,
                Err(reasons) => {
                    let place = |(line, reason)| format!("第 {line} 行（{}）：{reason}", story.title);
                    failures.extend(reasons.into_iter().map(place));
                }
            }
        }
    }
    if failures.is_empty() { Ok(checked) } else { Err(failures) }
}

/// Takes one step and checks what must hold after it; says how much that was.
fn take(
    world: &World,
    life: &mut Life,
    step: &grammar::Step,
    preset: &str,
) -> Result<usize, Vec<(usize, String)>> {
    let expected: Vec<_> = step.expected.iter().filter(|expected| expected.only.holds(preset)).collect();
    let here = |reason: String| vec![(step.line, reason)];
    let before = life.case.clone();
    let actor = acts::actor(&step.who, before.as_ref(), &world.policy).map_err(here)?;
    let command = acts::command(step, life, &world.policy).map_err(here)?;
    let is_about_refusal =
        expected.iter().any(|expected| expected.tokens[0] == grammar::Token::Word("不准".into()));
    let answer = match command {
        None => Ok(Vec::new()),
        Some(command) => life.carry_out(world, &actor, step.at, command).map(<[_]>::to_vec),
    };
    if let (Err(refusal), false) = (&answer, is_about_refusal) {
        return Err(here(format!("不准：{refusal}")));
    }
    let outcome = expected::Outcome {
        policy: &world.policy,
        now: step.at,
        actor: &actor,
        before: before.as_ref(),
        after: life.case.as_ref(),
        answer: &answer,
        record: life.lines.iter().map(|line| line.recorded.clone()).collect(),
    };
    let failures: Vec<_> = expected
        .iter()
        .filter_map(|expected| Some((expected.line, expected::check(&expected.tokens, &outcome).err()?)))
        .collect();
    if failures.is_empty() { Ok(expected.len()) } else { Err(failures) }
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../stories")
}

#[expect(clippy::disallowed_methods, reason = "stories are files, so that anybody can read and correct them")]
fn stories() -> Vec<(String, String)> {
    let mut found: Vec<_> = std::fs::read_dir(folder())
        .expect("there is a folder of stories")
        .map(|entry| entry.expect("the folder can be read").path())
        .filter(|path| path.extension().is_some_and(|end| end == "story"))
        .map(|path| {
            let text = std::fs::read_to_string(&path).expect("a story can be read");
            (path.file_name().expect("a file has a name").to_string_lossy().into_owned(), text)
        })
        .collect();
    found.sort();
    found
}

fn check(of_preset: &str) {
    let (mut failures, mut checked) = (Vec::new(), 0);
    for (file, text) in stories() {
        let script = grammar::read(&text).unwrap_or_else(|reason| panic!("stories/{file}：{reason}"));
        if !script.presets.iter().any(|preset| preset == of_preset) {
            continue;
        }
        match play(&script, of_preset) {
            Ok(expectations) => checked += expectations,
            Err(reasons) => {
                failures.extend(reasons.into_iter().map(|reason| format!("stories/{file} {reason}")))
            }
        }
    }
    assert!(failures.is_empty(), "\n{}", failures.join("\n"));
    assert!(checked > 0, "the preset {of_preset} has no story");
}

#[test]
fn the_stories_of_campus_come_true() {
    check("campus");
}

#[test]
fn the_stories_of_the_echo_wall_come_true() {
    check("echo-wall");
}

#[test]
fn the_stories_of_the_afternoon_tea_come_true() {
    check("afternoon-tea");
}

#[test]
fn the_stories_of_the_information_channels_come_true() {
    check("information-channels");
}

#[test]
fn the_stories_of_four_o_clock_come_true() {
    check("four-oclock");
}

#[test]
fn every_story_belongs_to_a_shipped_preset() {
    for (file, text) in stories() {
        let script = grammar::read(&text).unwrap_or_else(|reason| panic!("stories/{file}：{reason}"));
        assert!(!script.presets.is_empty(), "stories/{file}");
        for preset in &script.presets {
            assert!(shipped::preset_text(preset).is_some(), "stories/{file}：{preset}");
        }
    }
}

const SAMPLE: &str = "规则集：campus
日历：2026

故事：一件咨询
2026-09-24 10:00 学生 提交 咨询「图书馆几点开门」 → 已提交
10:05 受理员 派单 图书馆 → 办理中；办结期限 2026-09-29 18:00
";

#[test]
fn a_story_that_is_wrong_is_told_by_its_line() {
    let script = grammar::read(SAMPLE).expect("the sample can be read");
    let failures = play(&script, "campus").expect_err("25 to 27 September are a festival");
    assert_eq!(
        failures,
        ["第 6 行（一件咨询）：应为「2026-09-29T18:00:00+08:00」，实际「2026-09-30T18:00:00+08:00」"]
    );
}

#[test]
fn a_line_that_cannot_be_read_is_named() {
    let broken = SAMPLE.replace("2026-09-24 ", "");
    let reason = grammar::read(&broken).err().expect("the first line has no day");
    assert!(reason.starts_with("第 5 行读不懂"), "{reason}");
}

const COMPARED: &str = "规则集：campus、four-oclock
日历：2026

故事：一件咨询
2026-09-24 10:00 学生 提交 咨询「图书馆几点开门」
10:05 受理员 派单 图书馆
    → 【campus】办结期限 2026-09-30 18:00
    → 【four-oclock】办结期限 2026-10-09 18:00
【four-oclock】10:10 受理员 受理 → 不准「正在办理」

故事：【campus】一件建议
2026-09-24 10:00 学生 提交 建议「图书馆早开」 → 已提交；一般
";

#[test]
fn what_is_said_of_one_preset_is_not_asked_of_another() {
    let script = grammar::read(COMPARED).expect("the sample can be read");
    assert_eq!(play(&script, "campus"), Ok(3));
    assert_eq!(play(&script, "four-oclock"), Ok(2));
    let reason = grammar::read(&COMPARED.replace("【campus】", "【echo-wall】")).err();
    assert!(reason.is_some_and(|reason| reason.contains("里没有写「echo-wall」")));
}
