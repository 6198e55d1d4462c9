//! A channel's lead unit, audience, form, names and co-signers: changed one by one, told in the history, never against the
//! rules of the settings.

use super::*;
use huiyin_domain::policy::{Audience, Channel};

fn channel(app: &TestApp, id: &str) -> Channel {
    app.policy_in_force().policy.channel(&id.into()).unwrap().clone()
}

/// The reception day as it stands in the preset, with these fields put in.
fn typed<'a>(changed: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let standing = [
        ("based_on", "1"),
        ("name", "校领导接待日"),
        ("owner", "office"),
        ("audience", "all"),
        ("clause", "信息沟通实施办法：每周三下午校领导轮值接待"),
    ];
    let untouched = standing.into_iter().filter(|(name, _)| changed.iter().all(|(new, _)| new != name));
    untouched.chain(changed.iter().copied()).collect()
}

const PATH: &str = "/admin/channels/reception-day";

#[tokio::test]
async fn everything_about_a_channel_is_changed_and_the_history_says_so() {
    let app = opened().await;
    let hand = admin(&app);
    hand.get("/admin/channels")
        .await
        .is(200)
        .says("校领导接待日")
        .says("由工作人员代为登记")
        .says("本人在网上提交");
    hand.get(PATH).await.is(200).says("牵头单位").says("网上入口").says("工作人员也能代为登记");
    let all = [
        ("owner", "library"),
        ("audience", "staff"),
        ("form", "suggestion"),
        ("real_name_only", "yes"),
        ("cosigners_min", "5"),
        ("clause", "教代会工作规则第四条"),
    ];
    leads_to(&hand.post(PATH, &typed(&all)).await, "/admin/channels?saved=2");
    let changed = channel(&app, "reception-day");
    assert_eq!((changed.owner.as_str(), changed.audience), ("library", Audience::Staff));
    assert_eq!(changed.form.as_ref().map(|kind| kind.as_str()), Some("suggestion"));
    assert_eq!((changed.real_name_only, changed.cosigners_min), (true, Some(5)));
    assert!(changed.registered_by_staff, "what the form does not ask stays");
    let note = notes(&app).await.remove(0);
    for told in [
        "渠道「校领导接待日」",
        "→ 图书馆",
        "谁可以用：学生、教职工都能用 → 教职工用",
        "网上入口：（空） → 建议",
        "限实名：否 → 是",
        "附议：（空） → 5 人",
        "→ 教代会工作规则第四条",
    ] {
        assert!(note.contains(told), "{told}: {note}");
    }
    let list = hand.get("/admin/channels?saved=2").await;
    list.says("第 2 版").says("网上有自己的入口（建议）").says("收提案，一般 5 人附议").says("限实名");
    let form = hand.get(PATH).await.html();
    assert!(form.contains(r#"value="suggestion" selected"#) && form.contains(r#"value="5""#));

    // And back again: an empty box takes the form and the co-signers away.
    let back: Vec<(&str, &str)> = typed(&[("based_on", "2"), ("name", "接待日"), ("form", "")]);
    leads_to(&hand.post(PATH, &back).await, "/admin/channels?saved=3");
    let changed = channel(&app, "reception-day");
    assert_eq!((changed.form, changed.cosigners_min, changed.real_name_only), (None, None, false));
    assert_eq!(changed.name, "接待日");
    hand.post(PATH, &typed(&[("based_on", "3"), ("name", "接待日")])).await.is(303);
    assert_eq!(app.policy_in_force().version, 3, "nothing new makes no version");
}

#[tokio::test]
async fn what_does_not_hold_together_is_said_at_its_field_and_changes_nothing() {
    let app = opened().await;
    let hand = admin(&app);
    for (fields, field, sentence) in [
        (&[("owner", "nowhere")][..], "owner", "没有这个单位，或已停用"),
        (&[("audience", "aliens")], "audience", "请选谁可以用"),
        (&[("form", "nothing")], "form", "没有这个类型"),
        (&[("name", "")], "name", "请填写渠道名称"),
        (
            &[("cosigners_min", "0"), ("real_name_only", "yes")],
            "cosigners_min",
            "1 到 30 的整数，不收提案就空着，现在是「0」",
        ),
        (&[("cosigners_min", "三"), ("real_name_only", "yes")], "cosigners_min", "现在是「三」"),
        (&[("cosigners_min", "3")], "cosigners_min", "请同时勾“限实名”"),
    ] {
        let refused = hand.post(PATH, &typed(fields)).await;
        refused.is(422).says(sentence);
        assert!(refused.html().contains(&format!(r#"id="{field}-error""#)), "{field}");
    }
    let late = typed(&[("based_on", "0"), ("owner", "library")]);
    hand.post(PATH, &late).await.is(409).says("刚才有人改过设置");
    hand.post(PATH, &typed(&[("name", "网上平台")])).await.is(422).says("「网上平台」前面已经用过");
    assert_eq!(app.policy_in_force().version, 1);
    hand.get("/admin/channels/nowhere").await.is(404);
    app.clerk().post(PATH, &typed(&[("owner", "library")])).await.is(403);
}

#[tokio::test]
async fn a_road_for_everybody_that_asks_for_no_name_is_never_closed() {
    let app = opened().await;
    let hand = admin(&app);
    let of = |extra: &[(&'static str, &'static str)]| {
        let base = [("based_on", "1"), ("name", "二维码"), ("owner", "logistics"), ("audience", "staff")];
        [&base[..], extra].concat()
    };
    leads_to(&hand.post("/admin/channels/room-code", &of(&[])).await, "/admin/channels?saved=2");
    // Now the portal is the only one left.
    for (name, value) in [("audience", "students"), ("real_name_only", "yes")] {
        let mut last =
            vec![("based_on", "2"), ("name", "网上平台"), ("owner", "office"), ("audience", "all")];
        last.retain(|(known, _)| *known != name);
        last.push((name, value));
        let refused = hand.post("/admin/channels/online", &last).await;
        refused.is(422).says("没有保存").says("学生和教职工都能用、不限实名");
    }
    assert_eq!(app.policy_in_force().version, 2);
}
