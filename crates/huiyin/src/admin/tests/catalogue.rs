//! The catalogue over time and place: who takes over from a dissolved unit, from when until when a category is offered, at
//! which places another unit has the matter (3.2).

use super::*;
use huiyin_domain::calendar::Day;
use huiyin_domain::ids::UnitId;

const PATH: &str = "/admin/categories/sports";

const SPORTS: [(&str, &str); 4] =
    [("name", "体育场馆"), ("unit", "sports"), ("assisting", "logistics"), ("words", "体育馆、操场")];

fn typed<'a>(version: &'a str, more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    SPORTS.into_iter().chain([("based_on", version)]).chain(more.iter().copied()).collect()
}

fn unit_for(app: &TestApp, place: Option<&str>, day: &str) -> Option<UnitId> {
    let policy = app.policy_in_force().policy.clone();
    let place = place.map(Into::into);
    policy.unit_for(&"sports".into(), place.as_ref(), day.parse::<Day>().unwrap())
}

#[tokio::test]
async fn who_takes_over_from_a_dissolved_unit_gets_its_categories_and_the_form_keeps_naming_it() {
    let app = opened().await;
    let hand = admin(&app);
    let name = app.policy_in_force().policy.unit(&"sports".into()).unwrap().name.clone();
    let closing = |more: &[(&'static str, &'static str)]| {
        let base = [("name", name.as_str()), ("class", "机关部门"), ("based_on", "1")];
        [&base[..], more].concat()
    };
    let path = "/admin/units/sports";
    let early = hand.post(path, &closing(&[("successor", "logistics")])).await;
    early.is(422).says("停用以后才由别的单位接手");
    assert!(early.html().contains(r#"id="successor-error""#));
    hand.post(path, &closing(&[("closed", "yes"), ("successor", "nowhere")]))
        .await
        .is(422)
        .says("请从列表里选接手的单位");
    leads_to(
        &hand.post(path, &closing(&[("closed", "yes"), ("successor", "logistics")])).await,
        "/admin/units?saved=2",
    );
    assert!(notes(&app).await[0].contains("接手单位：（空） → 后勤管理处"), "{:?}", notes(&app).await);
    assert_eq!(unit_for(&app, None, "2026-11-23"), Some("logistics".into()));

    // The form still names the unit that was closed: another word alone moves nothing.
    let form = hand.get(PATH).await;
    assert!(form.html().contains(r#"<option value="sports" selected>"#), "{}", form.text());
    form.says("（已停用）");
    let another_word = [("based_on", "2"), ("words", "体育馆、操场、看台")];
    let another_word: Vec<_> = SPORTS[..3].iter().copied().chain(another_word).collect();
    leads_to(&hand.post(PATH, &another_word).await, "/admin/categories?saved=3");
    let note = notes(&app).await.remove(0);
    assert!(note.contains("看台") && !note.contains("主办单位"), "{note}");
    assert_eq!(unit_for(&app, None, "2026-11-23"), Some("logistics".into()));
    assert!(
        !hand.get("/admin/categories/catering").await.html().contains(r#"value="sports""#),
        "nobody chooses it anew"
    );
}

#[tokio::test]
async fn a_category_is_offered_from_its_first_day_until_its_last() {
    let app = opened().await;
    let hand = admin(&app);
    for (from, until, field, sentence) in [
        ("明年", "", "valid_from", "请选一个日期"),
        ("", "2026-13-01", "valid_until", "请选一个日期"),
        ("2026-12-01", "2026-11-30", "valid_until", "最后一天不能早于第一天"),
    ] {
        let refused = hand.post(PATH, &typed("1", &[("valid_from", from), ("valid_until", until)])).await;
        refused.is(422).says(sentence);
        assert!(refused.html().contains(&format!(r#"id="{field}-error""#)), "{field}");
    }
    let season = [("valid_from", "2026-12-01"), ("valid_until", "2027-02-28")];
    leads_to(&hand.post(PATH, &typed("1", &season)).await, "/admin/categories?saved=2");
    let note = notes(&app).await.remove(0);
    assert!(
        note.contains("第一天：（空） → 2026-12-01") && note.contains("最后一天：（空） → 2027-02-28"),
        "{note}"
    );
    let days = ["2026-11-30", "2026-12-01", "2027-02-28", "2027-03-01"];
    let given = days.map(|day| unit_for(&app, None, day).is_some());
    assert_eq!(given, [false, true, true, false]);
    let form = hand.get(PATH).await.html();
    assert!(form.contains(r#"value="2026-12-01""#) && form.contains(r#"value="2027-02-28""#));
    leads_to(&hand.post(PATH, &typed("2", &[])).await, "/admin/categories?saved=3");
    assert!(unit_for(&app, None, "2030-01-01").is_some(), "empty again is for good");
}

#[tokio::test]
async fn at_some_places_another_unit_has_the_matter() {
    let app = opened().await;
    let hand = admin(&app);
    for half in [("place_unit_0", "residence"), ("places_0", "stadium")] {
        let refused = hand.post(PATH, &typed("1", &[half])).await;
        refused.is(422).says("每一条都要选单位，也要选地点");
        assert!(refused.html().contains(r#"id="by_place-error""#), "the complaint stands at the rules");
    }
    let stray = [("place_unit_0", "residence"), ("places_0", "moon")];
    hand.post(PATH, &typed("1", &stray)).await.is(422).says("没有保存").says("「moon」");
    let rules = [
        ("place_unit_0", "residence"),
        ("places_0", "stadium"),
        ("places_0", "lake"),
        ("place_unit_1", "library"),
        ("places_1", "library"),
    ];
    leads_to(&hand.post(PATH, &typed("1", &rules)).await, "/admin/categories?saved=2");
    let note = notes(&app).await.remove(0);
    assert!(note.contains("按地点：（空） → 田径场、湖边归") && note.contains("；图书馆归图书馆"), "{note}");
    let day = "2026-11-23";
    assert_eq!(unit_for(&app, Some("lake"), day), Some("residence".into()));
    assert_eq!(unit_for(&app, Some("library"), day), Some("library".into()));
    assert_eq!(unit_for(&app, Some("gymnasium"), day), Some("sports".into()));
    let form = hand.get(PATH).await.html();
    assert!(
        form.contains(r#"name="place_unit_1""#) && form.contains(r#"name="place_unit_2""#),
        "an empty one stands behind"
    );
    assert!(form.contains(r#"<option value="lake" selected>"#));
    leads_to(&hand.post(PATH, &typed("2", &rules[3..])).await, "/admin/categories?saved=3");
    assert_eq!(unit_for(&app, Some("lake"), day), Some("sports".into()), "a rule that was emptied is gone");
    assert_eq!(unit_for(&app, Some("library"), day), Some("library".into()));
}
