//! The presets that come with the program: they are right, they say themselves back in Chinese, they keep what they promise.

use huiyin_domain::policy::{self, Policy};
use huiyin_domain::shipped;

mod shared;

fn presets() -> impl Iterator<Item = (&'static str, Policy)> {
    shipped::PRESETS.iter().map(|(name, text)| {
        let file = format!("presets/{name}.toml");
        let policy = policy::parse(text, &file).unwrap_or_else(|complaints| {
            panic!("{}", complaints.iter().map(|one| format!("{one}\n")).collect::<String>())
        });
        (*name, policy)
    })
}

#[test]
fn every_shipped_preset_is_right_and_survives_being_written_and_read() {
    for (name, policy) in presets() {
        let written = policy::to_toml(&policy);
        let read =
            policy::parse(&written, name).unwrap_or_else(|complaints| panic!("{complaints:#?}\n{written}"));
        assert_eq!(read, policy, "{name}");
    }
}

/// Compares with the golden paper; `HUIYIN_BLESS=1` writes it anew.
#[expect(clippy::disallowed_methods, reason = "a test reads and, when asked, writes its golden paper")]
fn assert_golden(name: &str, text: &str) {
    let path = format!("{}/tests/explained/{name}.txt", env!("CARGO_MANIFEST_DIR"));
    if std::env::var_os("HUIYIN_BLESS").is_some() {
        std::fs::write(&path, text).expect("the golden paper can be written");
    }
    let golden = std::fs::read_to_string(&path).unwrap_or_default();
    let differing = golden.lines().zip(text.lines()).enumerate().find(|(_, (old, new))| old != new);
    assert!(
        golden == text,
        "{path} says something else than the preset (first difference: {differing:?}); HUIYIN_BLESS=1 writes it anew"
    );
}

#[test]
fn every_preset_says_itself_back_as_its_golden_paper_says() {
    for (name, policy) in presets() {
        assert_golden(name, &policy::explain(&policy));
    }
}

#[test]
fn the_sample_titles_find_their_unit_among_three_proposals_and_danger_is_heard() {
    let Some(samples) = shared::text("sample-appeals.tsv") else { return };
    let (_, policy) = presets().next().unwrap();
    let (mut asked, mut found) = (0, 0);
    let (mut dangerous, mut missed, mut harmless, mut false_alarms) = (0, 0, 0, 0);
    for line in samples.lines().skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [_, kind, category, title, unit, _, urgency, is_safety_critical, ..] = cells[..] else {
            panic!("{line}")
        };
        let kind = policy.kinds.iter().find(|known| known.name == kind).expect(kind);
        assert!(policy.categories.iter().any(|known| known.name == category), "no category {category}");
        let unit = policy.units.iter().find(|known| known.name == unit).expect(unit);
        let proposals = policy::propose(&policy, &kind.id, title);
        asked += 1;
        found += usize::from(proposals.iter().any(|one| one.unit.as_ref() == Some(&unit.id)));
        let is_crisis = !policy::crisis_hits(&policy, title).is_empty();
        if urgency == "特急" && is_safety_critical == "1" {
            dangerous += 1;
            missed += usize::from(!is_crisis && policy::urgent_hits(&policy, title).is_empty());
        } else {
            harmless += 1;
            false_alarms += usize::from(is_crisis);
        }
    }
    println!("unit among three proposals: {found} of {asked}");
    println!("danger: {missed} of {dangerous} missed, {false_alarms} false alarms on {harmless}");
    assert!(found * 10 >= asked * 9 && missed * 8 <= dangerous && false_alarms * 10 <= harmless);
}
