//! Proposals on a small school: what is said, how sure, by which words, and from which bytes.

use super::*;
use proptest::prelude::*;

/// A small school: what people write about four things.
fn examples() -> Vec<Example<'static>> {
    let told: [(&str, &[&str]); 4] = [
        (
            "维修",
            &[
                "宿舍灯管不亮",
                "水龙头漏水没人修",
                "空调坏了报修三天",
                "热水器不出热水请维修",
                "门锁坏了",
                "窗户关不严漏风请来修",
            ],
        ),
        (
            "饮食",
            &[
                "食堂饭菜凉了",
                "食堂打饭排队太久",
                "饭菜里有虫子",
                "二食堂窗口太少",
                "菜价又涨了",
                "食堂不卫生",
            ],
        ),
        (
            "教务",
            &[
                "选课系统打不开",
                "成绩录错了",
                "补考安排没有通知",
                "课程和考试冲突",
                "学分认定太慢",
                "选课名额不够",
            ],
        ),
        (
            "网络",
            &[
                "校园网连不上",
                "宿舍无线网断线",
                "网速太慢打不开网页",
                "网络费扣了两次",
                "无线信号弱",
                "校园网登录失败",
            ],
        ),
    ];
    told.into_iter()
        .flat_map(|(class, titles)| {
            titles.iter().map(move |title| Example { class, text: Text { title, body: "" } })
        })
        .collect()
}

fn model() -> Model {
    train(&examples()).expect("four classes")
}

fn best(model: &Model, title: &str) -> String {
    model.propose(Text { title, body: "" }, 1)[0].class.clone()
}

#[test]
fn what_nobody_wrote_before_finds_its_class_by_words_and_characters() {
    let model = model();
    assert_eq!(best(&model, "三号楼灯管又不亮了，请来维修"), "维修");
    assert_eq!(best(&model, "食堂的饭太咸"), "饮食");
    assert_eq!(best(&model, "選課系統又打不開"), "教务", "traditional characters are folded");
    assert_eq!(best(&model, "ＷＩＦＩ：校园网断了"), "网络");
}

#[test]
fn three_proposals_stand_in_order_and_all_shares_make_one() {
    let model = model();
    let all = model.propose(Text { title: "食堂的灯不亮", body: "" }, 9);
    assert_eq!(all.len(), 4);
    assert!(all.windows(2).all(|two| two[0].confidence >= two[1].confidence));
    let sum: f32 = all.iter().map(|one| one.confidence).sum();
    assert!((sum - 1.0).abs() < 1e-4, "{sum}");
    assert_eq!(model.propose(Text { title: "食堂的灯不亮", body: "" }, 3), all[..3]);
}

#[test]
fn the_words_that_spoke_are_words_of_the_text() {
    let text = Text { title: "二食堂打饭排队", body: "中午人很多" };
    let spoke = model().spoke_for(text, "饮食", 3);
    assert!(spoke.iter().any(|word| word.contains("食堂")), "{spoke:?}");
    assert!(spoke.iter().all(|word| text.title.contains(word.as_str()) || text.body.contains(word.as_str())));
    assert_eq!(model().spoke_for(text, "没有的类", 3), Vec::<String>::new());
}

#[test]
fn the_same_examples_give_the_same_bytes_and_torn_bytes_give_no_model() {
    let bytes = model().to_bytes();
    assert_eq!(bytes, model().to_bytes());
    assert_eq!(Model::from_bytes(&bytes), Ok(model()));
    for torn in [&bytes[..bytes.len() - 1], &bytes[1..], &bytes[..40], &[]] {
        assert_eq!(Model::from_bytes(torn), Err(NoModel));
    }
    let mut changed = bytes.clone();
    *changed.last_mut().expect("not empty") ^= 1;
    assert_eq!(Model::from_bytes(&changed), Err(NoModel));
}

#[test]
fn one_class_is_nothing_to_learn_from() {
    let one = [Example { class: "维修", text: Text { title: "灯", body: "" } }; 3];
    assert_eq!(train(&one).expect_err("nothing to tell apart"), TooLittle);
    assert_eq!(train(&[]).expect_err("nothing at all"), TooLittle);
}

#[test]
fn a_threshold_is_named_only_where_enough_was_seen() {
    assert_eq!(model().reliability().threshold(0.9), None, "two dozen texts say nothing");
    let said: Vec<(f32, bool)> =
        (0..1000_u16).map(|n| (f32::from(n) / 1000.0, n % 10 != 0 || n > 900)).collect();
    let reliability = Reliability::of(&said);
    assert_eq!(reliability.threshold(0.985), Some(0.91), "of the hundred from 0.90 on one was wrong");
    assert_eq!(reliability.threshold(1.0), None);
}

proptest! {
    #[test]
    fn any_text_gets_a_proposal(title in "\\PC{0,40}", body in "\\PC{0,200}") {
        static MODEL: std::sync::OnceLock<Model> = std::sync::OnceLock::new();
        let proposals = MODEL.get_or_init(model).propose(Text { title: &title, body: &body }, 3);
        prop_assert_eq!(proposals.len(), 3);
        prop_assert!(proposals.iter().all(|one| one.confidence.is_finite() && one.confidence >= 0.0));
    }
}

#[test]
fn a_model_is_kept_without_what_it_does_not_know() {
    assert!(model().to_bytes().len() < 100_000, "{} bytes for two dozen titles", model().to_bytes().len());
}

#[test]
fn what_was_made_up_for_a_start_teaches_and_judges_nothing() {
    let told = examples();
    let own = |place: usize| place.is_multiple_of(2);
    let model = train_judged_by(&told, own).expect("four classes");
    let judged = (0..told.len()).filter(|place| own(*place)).count();
    assert_eq!(u32::try_from(told.len()), Ok(model.examples()), "all of it was learned from");
    let sure = model.reliability().rows()[0];
    assert!(sure.share <= 1.0 && f64::from(sure.count) <= judged as f64, "{sure:?}");
    assert_eq!(train_judged_by(&told, |_| false), train(&told), "nobody to judge: everybody does");
}
