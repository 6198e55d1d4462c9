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
    let (mut dangerous, mut missed, mut unheard, mut harmless, mut false_alarms) = (0, 0, 0, 0, 0);
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
            unheard += usize::from(!is_crisis);
        } else {
            harmless += 1;
            false_alarms += usize::from(is_crisis);
        }
    }
    println!("unit among three proposals: {found} of {asked}");
    println!("danger: {missed} of {dangerous} missed, {unheard} of them only heard as haste or not at all");
    println!("danger: {false_alarms} false alarms on {harmless} harmless ones");
    assert!(found * 10 >= asked * 9);
    // What was reached may not be lost again; a figure of speech alarms somebody, who calls it off with one press.
    assert!(missed == 0 && unheard <= 3 && false_alarms <= 4, "{missed}, {unheard}, {false_alarms}");
}

// 7.6
#[test]
fn danger_is_heard_in_many_words_and_everyday_speech_seldom_takes_for_it() {
    let (_, policy) = presets().next().unwrap();
    let dangerous = [
        "我活不下去了，谁能来陪陪我",
        "一了百了算了",
        "真希望睡着了就不想再醒过来",
        "室友吃了一瓶安眠药，叫不醒",
        "他说要从楼上跳下去",
        "我想了结自己",
        "有人在宿舍烧炭",
        "同学突然抽搐，口吐白沫",
        "有人持刀在校门口转",
        "被人堵在巷子里要钱，不给就打",
        "实验室起火了",
        "胳膊划开了，流血不止",
        "老师对我性侵",
        "对方让我裸聊然后要钱",
        "同学昏迷在操场",
        "我一个人在天台，风很大",
        "再也撑不住了，想就这样睡过去",
        "家里人说不要我了，我没地方去",
    ];
    let harmless = [
        "热死了，教室能不能开空调",
        "排队排到怀疑人生",
        "笑死，公告写错了日期",
        "建议开一门急救课，讲昏倒了怎么办",
        "游戏里打了半天没通关",
        "天台能不能开放看星星",
        "消防栓的门关不严",
        "跳绳比赛什么时候报名",
        "食堂的刀切面很好吃",
        "图书馆的灯一闪一闪",
        "社团想排一出话剧",
        "跑步跑到腿软",
        "老师讲得太快，跟不上",
        "快递被别人拿走了",
    ];
    let heard = |text: &&str| !policy::crisis_hits(&policy, text).is_empty();
    let missed: Vec<&str> = dangerous.into_iter().filter(|text| !heard(text)).collect();
    let false_alarms: Vec<&str> = harmless.into_iter().filter(heard).collect();
    println!("danger in many words: {} of {} missed: {missed:?}", missed.len(), dangerous.len());
    println!("everyday speech: {} false alarms on {}: {false_alarms:?}", false_alarms.len(), harmless.len());
    // These say it without a word of any list; the requester's own tick and whoever reads them remain.
    assert!(missed.len() <= 2, "{missed:?}");
    assert_eq!(false_alarms, Vec::<&str>::new());
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
