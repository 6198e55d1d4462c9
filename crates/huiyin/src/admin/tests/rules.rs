//! Units, categories, limits, terms: a change is a new version, a bad one is named and changes nothing.

use super::*;

const LOGISTICS: [(&str, &str); 4] =
    [("name", "后勤管理处"), ("phone", "8200"), ("class", "机关"), ("based_on", "1")];

#[tokio::test]
async fn a_unit_is_changed_and_the_history_says_from_what_to_what() {
    let app = opened().await;
    let hand = admin(&app);
    leads_to(&hand.post("/admin/units/logistics", &LOGISTICS).await, "/admin/units?saved=2");
    hand.get("/admin/units?saved=2").await.says("第 2 版").says("8200");
    let note = notes(&app).await.remove(0);
    assert!(note.starts_with("单位「") && note.contains("→ 8200"), "{note}");
    hand.get("/admin/limits").await.says("→ 8200").says("安装时");
    hand.post("/admin/units/logistics", &LOGISTICS).await.is(303);
    assert_eq!(app.policy_in_force().version, 2, "nothing new makes no version");
    hand.get("/admin/units/nowhere").await.is(404);
}

#[tokio::test]
async fn a_unit_that_is_still_named_cannot_be_closed() {
    let app = opened().await;
    let mut typed = LOGISTICS.to_vec();
    typed.push(("closed", "yes"));
    let answer = admin(&app).post("/admin/units/logistics", &typed).await;
    answer.is(422).says("没有保存").says("已停用，请改为接手的单位");
    assert_eq!(app.policy_in_force().version, 1);
}

#[tokio::test]
async fn a_new_unit_needs_a_plain_id() {
    let app = opened().await;
    let mut typed = vec![
        ("id", "体育"),
        ("name", "体育场馆中心"),
        ("phone", "8300"),
        ("class", "机关"),
        ("based_on", "1"),
    ];
    admin(&app).post("/admin/units/new", &typed).await.is(422).says("代号请用小写字母");
    typed[0].1 = "sports-center";
    leads_to(&admin(&app).post("/admin/units/new", &typed).await, "/admin/units?saved=2");
    admin(&app).get("/admin/units/sports-center").await.is(200).says("还没有。请在人员列表里找到本人");
}

#[tokio::test]
async fn places_are_added_renamed_and_closed_and_the_history_says_so() {
    let app = opened().await;
    let hand = admin(&app);
    hand.get("/admin/places").await.is(200).says("主校区").says("去掉预设里没用过的地点");
    let typed = [("based_on", "1"), ("drop_preset", "yes"), ("added", "南校区，七号楼\n南校区，综合楼")];
    leads_to(&hand.post("/admin/places", &typed).await, "/admin/places?saved=2");
    assert_eq!(app.policy_in_force().policy.places.len(), 26 + 2, "a line that was not sent stays");
    let preset: Vec<(String, String, String)> = app.policy_in_force().policy.places[..26]
        .iter()
        .map(|place| (place.id.to_string(), place.name.clone(), place.campus.clone()))
        .collect();
    let mut typed = vec![("based_on", "2"), ("drop_preset", "yes")];
    for (id, name, campus) in &preset {
        typed.extend([("id", id.as_str()), ("name", name.as_str()), ("campus", campus.as_str())]);
    }
    typed.extend([("id", "place-1"), ("name", "七号公寓"), ("campus", "南校区")]);
    typed.extend([("id", "place-2"), ("name", "综合楼"), ("campus", "南校区"), ("closed", "place-2")]);
    leads_to(&hand.post("/admin/places", &typed).await, "/admin/places?saved=3");
    let places = app.policy_in_force().policy.places.clone();
    let told: Vec<(&str, bool)> = places.iter().map(|place| (place.name.as_str(), place.closed)).collect();
    assert_eq!(told, [("七号公寓", false), ("综合楼", true)]);
    let note = notes(&app).await.remove(0);
    assert!(note.contains("「七号楼」名称：七号楼 → 七号公寓") && note.contains("停用：否 → 是"), "{note}");
    hand.get("/admin").await.hides("地点还是预设里的");
    let twins = [("based_on", "3"), ("added", "南校区，七号公寓\n，")];
    let refused = hand.post("/admin/places", &twins).await;
    refused.is(422).says("「七号公寓」写了两次").says("没有写名称");
    assert!(refused.html().contains("南校区，七号公寓"), "what was typed is kept");
}

#[tokio::test]
async fn the_turns_of_a_case_are_changed_with_the_clause_they_come_from() {
    let app = opened().await;
    let hand = admin(&app);
    let typed = |times: &'static str, look: &'static str| {
        [
            ("based_on", "1"),
            ("extension_times", times),
            ("extension_days", "7"),
            ("extension_clause", "校办〔2026〕3 号第五条"),
            ("asking_times", "3"),
            ("asking_days", "5"),
            ("asking_clause", "平台默认"),
            ("calls", "4"),
            ("effect_weeks", "6"),
            ("shelving_days", "92"),
            ("shelving_clause", "平台默认"),
            ("second_look", look),
            ("answering_clause", "校办〔2026〕3 号第六条"),
            ("complaint_days", "4"),
            ("complaint_clause", "校办〔2026〕3 号第七条"),
        ]
    };
    let path = "/admin/limits/turns";
    hand.get(path).await.is(200).says("哪些答复先送单位负责人签发");
    hand.post(path, &typed("两次", "all")).await.is(422).says("请写整数，现在是「两次」");
    hand.post(path, &typed("2", "some")).await.is(422).says("请选哪些答复");
    leads_to(&hand.post(path, &typed("2", "all")).await, "/admin/limits?saved=2");
    let list = hand.get("/admin/limits").await;
    list.says("办结几周后回访：4 → 6")
        .says("每件最多延 2 次")
        .says("最多延期次数：1 → 2")
        .says("每轮最多停几次：2 → 3")
        .says("先送单位负责人签发：都不用 → 每一件答复");
    let policy = app.policy_in_force();
    assert_eq!((policy.policy.rating.effect_check_weeks, policy.policy.rating.follow_up_calls), (6, 4));
    assert_eq!(policy.policy.handling_complaints.answer_working_days, 4);
    assert_eq!(policy.policy.extension.clause, "校办〔2026〕3 号第五条");
}

#[tokio::test]
async fn how_long_things_are_kept_is_changed_and_never_shorter_than_a_requester_may_come_back() {
    let app = opened().await;
    let hand = admin(&app);
    let typed = |contact: &'static str, words: &'static str| {
        [
            ("based_on", "1"),
            ("contact-0", "1095"),
            ("requester-0", "3650"),
            ("words-0", ""),
            ("clause-0", "平台默认"),
            ("contact-1", contact),
            ("requester-1", "1095"),
            ("words-1", words),
            ("clause-1", "校档〔2026〕1 号"),
            ("notice_days", "30"),
            ("clause", "平台默认"),
        ]
    };
    let path = "/admin/limits/retention";
    hand.get(path).await.is(200).says("举报、申诉").says("35 天内本人还可能");
    hand.post(path, &typed("半年", "3650")).await.is(422).says("请写整数，长期保存就空着，现在是「半年」");
    hand.post(path, &typed("30", "3650")).await.is(422).says("保存期限不能更短");
    for (contact, words, says) in
        [("0", "3650", "保存期限不能更短"), ("40000", "3650", "最多写 36525 天"), ("365", "400", "从短到长")]
    {
        let again = hand.post(path, &typed(contact, words)).await;
        again.is(422).says(says).hides("retention.rules").hides("contact_days");
    }
    let mut soon = typed("365", "3650");
    soon[9].1 = "120";
    hand.post(path, &soon).await.is(422).says("请写 1 到 90 之间的天数").hides("notice_days 应");
    leads_to(&hand.post(path, &typed("365", "")).await, "/admin/limits?saved=2");
    let list = hand.get("/admin/limits").await;
    list.says("其余的：联系方式：180 天 → 365 天").says("正文和附件：3650 天 → 长期");
    let policy = app.policy_in_force();
    assert_eq!(policy.policy.retention.notice_days, 30);
    assert_eq!(policy.policy.retention.rules[1].words_days, None);
}

#[tokio::test]
async fn office_hours_are_changed_and_must_be_hours() {
    let app = opened().await;
    let hand = admin(&app);
    let typed = [("based_on", "1"), ("opens", "08:30"), ("closes", "17:30")];
    leads_to(&hand.post("/admin/limits/hours", &typed).await, "/admin/limits?saved=2");
    hand.get("/admin/limits").await.says("08:30—17:30").says("08:00—18:00 → 08:30—17:30");
    let wrong = [("based_on", "2"), ("opens", "18:00"), ("closes", "九点")];
    hand.post("/admin/limits/hours", &wrong).await.is(422).says("请写成 08:30 的样子，现在是「九点」");
    let upside_down = [("based_on", "2"), ("opens", "18:00"), ("closes", "09:00")];
    hand.post("/admin/limits/hours", &upside_down).await.is(422).says("下班时间要晚于上班时间");
}

#[tokio::test]
async fn a_category_with_new_words_is_proposed_by_them() {
    let app = opened().await;
    let hand = admin(&app);
    let id = app.policy_in_force().policy.categories[0].id.clone();
    let path = format!("/admin/categories/{id}");
    let typed = [("name", "夜间班车"), ("unit", "logistics"), ("words", "摆渡车、末班车"), ("based_on", "1")];
    leads_to(&hand.post(&path, &typed).await, "/admin/categories?saved=2");
    let tried =
        hand.post("/admin/categories/test", &[("kind", "suggestion"), ("text", "晚上的末班车太早")]).await;
    tried.is(200).says("夜间班车").says("因为有：末班车").says("100%");
    hand.post("/admin/categories/test", &[("kind", "suggestion")]).await.is(422).says("请写一段要试的话");
    let mut broken = typed.to_vec();
    broken[2].1 = "车";
    broken[3].1 = "2";
    hand.post(&path, &broken).await.is(422).says("「车」只有一个字");
}

#[tokio::test]
async fn a_limit_is_tried_before_it_is_changed() {
    let app = opened().await;
    let hand = admin(&app);
    let limit = app
        .policy_in_force()
        .policy
        .limits
        .iter()
        .find(|limit| limit.working_days.is_some())
        .cloned()
        .unwrap();
    let path = format!("/admin/limits/{}", limit.id);
    hand.get(&path).await.is(200).says("已经向师生承诺的时间不变");
    let typed = [
        ("based_on", "1"),
        ("measure", "working_days"),
        ("length", "9"),
        ("clause", "校长办公会第 3 次会议"),
        ("kind", limit.kinds.first().map_or("suggestion", |kind| kind.as_str())),
        ("route", "transfer"),
        ("urgency", "normal"),
        ("from", "2026-11-24T10:00"),
    ];
    let trying: Vec<(&str, &str)> = typed.iter().copied().chain([("act", "try")]).collect();
    hand.post(&path, &trying).await.is(200).says("改之前").says("改之后").says("试算结果");
    assert_eq!(app.policy_in_force().version, 1, "trying changes nothing");
    let mut wrong = typed.to_vec();
    wrong[2].1 = "很多";
    hand.post(&path, &wrong).await.is(422).says("1 到 999 的整数，现在是「很多」");
    leads_to(&hand.post(&path, &typed).await, "/admin/limits?saved=2");
    hand.get("/admin/limits").await.says("9 个工作日内").says("校长办公会第 3 次会议");
    let late = hand.post(&path, &[typed.as_slice(), &[("clause", "x")]].concat()).await;
    late.is(303);
    let mut late = typed.to_vec();
    late[2].1 = "8";
    hand.post(&path, &late).await.is(409).says("现在是第 2 版");
}

#[tokio::test]
async fn terms_are_read_line_by_line() {
    let app = opened().await;
    let hand = admin(&app);
    let typed = [
        ("based_on", "1"),
        ("id", ""),
        ("name", "第二学期"),
        ("from", "2027-02-22"),
        ("until", "2027-07-09"),
    ];
    leads_to(&hand.post("/admin/limits/terms", &typed).await, "/admin/limits?saved=2");
    assert_eq!(app.policy_in_force().policy.terms.len(), 1);
    let mut wrong = typed.to_vec();
    wrong[3].1 = "开春";
    let answer = hand.post("/admin/limits/terms", &wrong).await;
    answer.is(422).says("「第二学期」的起止日期请写成");
    assert!(answer.html().contains("开春"));
}

#[tokio::test]
async fn when_a_crowd_is_told_is_changed_and_must_be_three_people_at_least() {
    let app = opened().await;
    let hand = admin(&app);
    let path = "/admin/limits/early";
    let typed = |people, days| {
        [
            ("based_on", "1"),
            ("notice_people", people),
            ("notice_days", days),
            ("warning_people", "6"),
            ("warning_days", "30"),
            ("alarms", "2"),
            ("clause", "校办发文"),
        ]
    };
    hand.post(path, &typed("2", "14")).await.is(422).says("请写 3 到 100 的整数");
    hand.post(path, &typed("4", "一周")).await.is(422).says("请写 1 到 90 的整数");
    leads_to(&hand.post(path, &typed("4", "10")).await, "/admin/limits?saved=2");
    let list = hand.get("/admin/limits").await;
    list.says("14 天 3 人列为苗头，30 天 5 人发预警，每月容许 4 次误报 → 10 天 4 人列为苗头，30 天 6 人发预警，每月容许 2 次误报");
    assert_eq!(app.policy_in_force().policy.warnings.false_alarms_per_month, 2);
}
