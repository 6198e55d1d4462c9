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

#[test]
fn proposals_name_the_words_that_spoke_and_share_out_a_hundred_percent() {
    let (_, policy) = presets().next().unwrap();
    let repair = "repair".into();
    let proposals = policy::propose(&policy, &repair, "六号公寓三层淋浴间的热水\n器漏水，校园网也断网了");
    let said: Vec<(&str, Option<&str>, Vec<&str>)> = proposals
        .iter()
        .map(|one| {
            let words = one.words.iter().map(String::as_str).collect();
            (one.category.as_str(), one.unit.as_ref().map(|unit| unit.as_str()), words)
        })
        .collect();
    // 热水 stands inside 热水器 and does not speak twice; a line break hides nothing.
    assert_eq!(
        said,
        [
            ("repairs", Some("logistics"), vec!["漏水", "热水器", "淋浴"]),
            ("network", Some("network"), vec!["校园网", "断网"]),
            ("residence", Some("residence"), vec!["公寓"]),
        ]
    );
    let shares: u32 = proposals.iter().map(|one| u32::from(one.share)).sum();
    assert!(
        (97..=100).contains(&shares) && proposals.is_sorted_by(|a, b| a.share >= b.share),
        "{proposals:?}"
    );
    assert_eq!(policy::propose(&policy, &repair, "您好"), []);
    // A category of other kinds is not proposed.
    assert!(
        policy::propose(&policy, &repair, "处分决定")
            .iter()
            .all(|one| one.category.as_str() != "student-appeal")
    );
}

#[test]
fn danger_is_heard_through_blanks_and_a_long_word_speaks_once() {
    let (_, policy) = presets().next().unwrap();
    assert_eq!(policy::crisis_hits(&policy, "我真的不 想\n活了，已经写好遗书"), ["不想活", "遗书"]);
    assert_eq!(policy::crisis_hits(&policy, "食堂几点开门"), Vec::<String>::new());
    assert_eq!(policy::urgent_hits(&policy, "天花板漏水，请尽快来"), ["漏水"]);
}

// 1.7
#[test]
fn everyday_words_are_neither_danger_nor_haste() {
    let (_, policy) = presets().next().unwrap();
    for text in [
        "建议楼顶种菜，天台放几把椅子",
        "机动车道对学生安全构成威胁，请跟踪处理，尽快答复",
        "燃气费怎么交，旧教材送人了可以再领吗",
        "有人冒充辅导员在宿舍楼推销，别孤立地看这件事，请马上处理",
    ] {
        assert_eq!(policy::crisis_hits(&policy, text), Vec::<String>::new(), "{text}");
        assert_eq!(policy::urgent_hits(&policy, text), Vec::<String>::new(), "{text}");
    }
    for text in ["有人站在楼顶", "室友威胁我", "一路跟踪我到宿舍", "楼道里有煤气味"]
    {
        assert_ne!(policy::crisis_hits(&policy, text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn a_unit_without_a_post_of_its_own_answers_to_the_post_above_it() {
    let (_, policy) = presets().next().unwrap();
    let post = |unit: &str| policy.leader_of(&unit.into()).map(|leader| leader.id.as_str());
    assert_eq!(post("catering"), Some("deputy-services"));
    assert_eq!(post("finance"), Some("deputy-resources"));
    assert_eq!(post("nowhere"), None);
    let phones: Vec<String> = policy.phones().into_iter().map(|phone| phone.number).collect();
    assert_eq!(phones, ["110", "119", "120", "12356"]);
    assert_eq!(policy.online_channel().map(|channel| channel.id.as_str()), Some("online"));
}

#[test]
fn no_preset_invents_a_telephone_of_the_school() {
    for (name, policy) in presets() {
        assert_eq!(policy.school.duty_phone, "", "{name}");
        assert!(policy.units.iter().all(|unit| unit.phone.is_empty()), "{name}");
        let mut named = policy.clone();
        named.school.duty_phone = "0531-12345678".into();
        assert_eq!(named.phones()[0].number, "0531-12345678");
    }
}

#[test]
fn the_presets_differ_where_the_practices_do() {
    let differences = |name: &str| {
        let policy = presets().find(|(known, _)| *known == name).unwrap().1;
        let dispatching = policy.kinds.iter().filter(|kind| kind.dispatches_itself).count();
        let counts_school_days = policy.limits.iter().any(|limit| limit.school_days.is_some());
        (dispatching, counts_school_days, policy.channels[0].id.as_str().to_owned())
    };
    assert_eq!(differences("campus"), (1, false, "online".to_owned()));
    assert_eq!(differences("information-channels"), (0, false, "online".to_owned()));
    assert_eq!(differences("four-oclock"), (1, true, "dialogue".to_owned()));
    for (name, policy) in presets() {
        let uncited = policy.limits.iter().filter(|limit| !limit.clause.contains('：')).count();
        assert_eq!(uncited, 0, "{name}: every limit names its source before the colon");
        assert!(policy.units.len() >= 40 && policy.places.len() >= 20, "{name}");
    }
}
