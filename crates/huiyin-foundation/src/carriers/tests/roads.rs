//! Robots, the application and webhooks, against somebody on this machine who checks signatures and answers with errors,
//! silence and limits.

use super::super::*;
use crate::config::{Outlets, Robot};
use crate::testing::{Receiver, Reply, TEST_MORNING};
use std::time::Duration;

const WORDS: &str = "回音\nHY-20261124-0042 https://hy.example.edu.cn/staff/cases/HY-20261124-0042";

fn outlets(post: &str) -> Outlets {
    Outlets::parse(post, "post.toml").unwrap()
}

fn robot(kind: &str, url: &str) -> (Carriers, Robot) {
    let post = format!(
        "[[robots]]\nname = \"g\"\nkind = \"{kind}\"\nurl = \"{url}/hook?key=k\"\nsecret = \"SEC000\"\nunit = \"logistics\"\n"
    );
    let outlets = outlets(&post);
    (Carriers::new(&outlets).unwrap(), outlets.robots[0].clone())
}

async fn written(kind: &str, reply: Reply) -> (Result<(), Trouble>, Receiver) {
    let receiver = Receiver::new(&[reply]).await;
    let (mut carriers, robot) = robot(kind, &receiver.url);
    carriers.http = carriers.http.hasty(Duration::from_millis(500));
    (carriers.write_to_group(&robot, WORDS, TEST_MORNING).await, receiver)
}

#[tokio::test]
async fn a_robot_of_dingtalk_signs_with_its_secret_in_the_address() {
    let (done, receiver) = written("dingtalk", Reply::Says(200, "{\"errcode\":0}")).await;
    done.unwrap();
    let heard = &receiver.heard()[0];
    let query = heard.path.split_once('?').unwrap().1;
    let fields: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    assert_eq!(fields[0], ("key".to_owned(), "k".to_owned()));
    assert_eq!(fields[1], ("timestamp".to_owned(), TEST_MORNING.0.to_string()));
    let expected = sign::base64(b"SEC000", format!("{}\nSEC000", TEST_MORNING.0).as_bytes());
    assert_eq!(fields[2], ("sign".to_owned(), expected));
    let body: serde_json::Value = serde_json::from_str(&heard.body).unwrap();
    assert_eq!((&body["msgtype"], &body["text"]["content"]), (&"text".into(), &WORDS.into()));
}

#[tokio::test]
async fn a_robot_of_feishu_signs_an_empty_message_with_time_and_secret() {
    let (done, receiver) = written("feishu", Reply::Says(200, "{\"code\":0}")).await;
    done.unwrap();
    let body: serde_json::Value = serde_json::from_str(&receiver.heard()[0].body).unwrap();
    let seconds = (TEST_MORNING.0 / 1000).to_string();
    assert_eq!(body["timestamp"], seconds.as_str());
    assert_eq!(body["sign"], sign::base64(format!("{seconds}\nSEC000").as_bytes(), b"").as_str());
    assert_eq!((&body["msg_type"], &body["content"]["text"]), (&"text".into(), &WORDS.into()));
}

#[test]
fn a_signature_is_the_one_that_others_compute() {
    // RFC 4231, test case 2, in base64.
    let signed = sign::base64(b"Jefe", b"what do ya want for nothing?");
    assert_eq!(signed, "W9zBRr9gdU5qBCQmCJV1x1oAPwidJzmDnexYuWTsOEM=");
}

#[tokio::test]
async fn a_group_that_is_written_to_too_often_or_has_lost_its_robot_waits_and_says_why() {
    for (kind, reply, said) in [
        ("wecom", Reply::Says(200, "{\"errcode\":45009}"), "45009"),
        ("wecom", Reply::Says(200, "{\"errcode\":93000}"), "93000"),
        ("dingtalk", Reply::Says(200, "{\"errcode\":310000}"), "安全设置"),
        ("dingtalk", Reply::Says(200, "{\"errcode\":130101}"), "太勤"),
        ("feishu", Reply::Says(200, "{\"code\":11232}"), "太勤"),
        ("feishu", Reply::Says(200, "{\"code\":19024}"), "关键词"),
        ("feishu", Reply::Says(429, ""), "429"),
        ("wecom", Reply::Says(200, "<html>"), "看不懂"),
        ("wecom", Reply::Silence, "迟迟不答复"),
    ] {
        let (done, _receiver) = written(kind, reply).await;
        let Err(Trouble::Channel(reason)) = done else { panic!("{kind} {reply:?}: {done:?}") };
        assert!(reason.contains(said), "{reason}");
        assert!(!reason.contains("http") && !reason.contains("key"), "an address is a secret: {reason}");
    }
    let (gone, robot) = robot("wecom", "http://127.0.0.1:1");
    let done = gone.write_to_group(&robot, WORDS, TEST_MORNING).await;
    assert_eq!(done, Err(Trouble::Channel("连不上对方".to_owned())));
}

#[test]
fn words_are_cut_between_characters() {
    assert_eq!(robots::within("回音平台", 7), "回音");
    assert_eq!(robots::within("回音", 7), "回音");
}

const HOOK: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

async fn called(replies: &[Reply]) -> (Result<(), Trouble>, Receiver) {
    let receiver = Receiver::new(replies).await;
    let post =
        format!("[[webhooks]]\nname = \"ops\"\nurl = \"{}/hear\"\nsecret = \"{HOOK}\"\n", receiver.url);
    let outlets = outlets(&post);
    let mut carriers = Carriers::new(&outlets).unwrap();
    carriers.http = carriers.http.hasty(Duration::from_millis(500));
    let body = "{\"type\":\"case.missed\"}".to_owned();
    (carriers.call_webhook(&outlets.webhooks[0], "msg_1", body, TEST_MORNING).await, receiver)
}

#[tokio::test]
async fn a_webhook_carries_the_three_headers_and_a_signature_over_id_time_and_body() {
    let (done, receiver) = called(&[Reply::Says(204, "")]).await;
    done.unwrap();
    let heard = &receiver.heard()[0];
    let header = |name: &str| heard.headers.get(name).unwrap().to_str().unwrap();
    let seconds = (TEST_MORNING.0 / 1000).to_string();
    assert_eq!((header("webhook-id"), header("webhook-timestamp")), ("msg_1", seconds.as_str()));
    let key = data_encoding::BASE64.decode(HOOK.trim_start_matches("whsec_").as_bytes()).unwrap();
    let signed = sign::base64(&key, format!("msg_1.{seconds}.{}", heard.body).as_bytes());
    assert_eq!(header("webhook-signature"), format!("v1,{signed}"));
}

#[tokio::test]
async fn a_webhook_that_fails_is_called_again_and_one_that_is_gone_is_not() {
    for status in [429, 500, 503] {
        assert!(matches!(called(&[Reply::Says(status, "")]).await.0, Err(Trouble::Channel(_))), "{status}");
    }
    assert!(matches!(called(&[Reply::Silence]).await.0, Err(Trouble::Channel(_))));
    assert!(matches!(called(&[Reply::Says(400, "")]).await.0, Err(Trouble::Later(_))));
    assert!(matches!(called(&[Reply::Says(410, "")]).await.0, Err(Trouble::Never(_))));
    // Nobody is led elsewhere.
    assert!(matches!(called(&[Reply::Says(302, "")]).await.0, Err(Trouble::Later(_))));
}

const TOKEN: Reply = Reply::Says(200, "{\"errcode\":0,\"access_token\":\"T1\",\"expires_in\":7200}");
const TAKEN: Reply = Reply::Says(200, "{\"errcode\":0,\"errmsg\":\"ok\",\"msgid\":\"m\"}");

async fn app(replies: &[Reply]) -> (Carriers, Receiver) {
    let receiver = Receiver::new(replies).await;
    let post = format!(
        "[wecom_app]\ncorp_id = \"ww1\"\nagent_id = 7\nsecret = \"s e\"\napi = \"{}\"\n",
        receiver.url
    );
    (Carriers::new(&outlets(&post)).unwrap(), receiver)
}

fn card() -> Card<'static> {
    Card {
        to: "20261234",
        title: "回音",
        words: "HY-20261124-0042 已答复",
        link: "https://hy.example.edu.cn/",
    }
}

#[tokio::test]
async fn one_token_serves_many_messages_until_shortly_before_its_end() {
    let (carriers, receiver) = app(&[TOKEN, TAKEN, TAKEN, TOKEN, TAKEN]).await;
    let wecom = carriers.wecom.as_ref().unwrap();
    for hours in [0, 1, 2] {
        wecom.send(&carriers.http, card(), TEST_MORNING.plus_hours(hours)).await.unwrap();
    }
    let paths: Vec<String> = receiver.heard().into_iter().map(|heard| heard.path).collect();
    assert_eq!(
        paths,
        [
            "/cgi-bin/gettoken?corpid=ww1&corpsecret=s%20e",
            "/cgi-bin/message/send?access_token=T1",
            "/cgi-bin/message/send?access_token=T1",
            "/cgi-bin/gettoken?corpid=ww1&corpsecret=s%20e",
            "/cgi-bin/message/send?access_token=T1",
        ]
    );
    let body: serde_json::Value = serde_json::from_str(&receiver.heard()[1].body).unwrap();
    assert_eq!(
        (&body["touser"], &body["agentid"], &body["msgtype"]),
        (&"20261234".into(), &7.into(), &"textcard".into())
    );
}

#[tokio::test]
async fn a_token_that_died_early_is_fetched_once_more_and_only_once() {
    let dead = Reply::Says(200, "{\"errcode\":42001}");
    let (carriers, receiver) = app(&[TOKEN, dead, TOKEN, TAKEN]).await;
    carriers.wecom.as_ref().unwrap().send(&carriers.http, card(), TEST_MORNING).await.unwrap();
    assert_eq!(receiver.heard().len(), 4);
    let (carriers, receiver) = app(&[TOKEN, dead, TOKEN, dead]).await;
    let done = carriers.wecom.as_ref().unwrap().send(&carriers.http, card(), TEST_MORNING).await;
    assert!(matches!(done, Err(Trouble::Channel(reason)) if reason.contains("42001")));
    assert_eq!(receiver.heard().len(), 4);
}

#[tokio::test]
async fn a_member_whom_wecom_does_not_know_is_not_written_to_again() {
    let unknown = Reply::Says(200, "{\"errcode\":0,\"invaliduser\":\"20261234\"}");
    for (reply, is_final) in [
        (unknown, true),
        (Reply::Says(200, "{\"errcode\":81013}"), true),
        (Reply::Says(200, "{\"errcode\":60020}"), false),
    ] {
        let (carriers, _receiver) = app(&[TOKEN, reply]).await;
        let done =
            carriers.wecom.as_ref().unwrap().send(&carriers.http, card(), TEST_MORNING).await.unwrap_err();
        assert_eq!(matches!(done, Trouble::Never(_)), is_final, "{done:?}");
    }
}
