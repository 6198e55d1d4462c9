//! Robots that write into a group of WeCom, DingTalk or Feishu: one idea, three manners of signing.
//!
//! A group sees numbers and links only; the caller sees to that. Answers are judged by their code, never by their words.

use super::http::{Answer, Http};
use super::{Trouble, patience, sign};
use crate::config::{Robot, RobotKind};
use huiyin_domain::calendar::Instant;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

/// WeCom takes no more than 2,048 bytes of text; the others more.
const WORDS_BYTES_MAX: usize = 2_000;

/// Writes into the group of a robot.
pub(super) async fn write(http: &Http, robot: &Robot, words: &str, now: Instant) -> Result<(), Trouble> {
    let words = within(words, WORDS_BYTES_MAX);
    let (url, body) = match robot.kind {
        RobotKind::Wecom => (robot.url.reveal().to_owned(), text(words)),
        RobotKind::Dingtalk => (signed_address(robot, now), text(words)),
        RobotKind::Feishu => (robot.url.reveal().to_owned(), signed_body(robot, words, now)),
    };
    let answer = http.post(&url, &[], body.to_string()).await?;
    judge(robot.kind, &answer, now)
}

fn text(words: &str) -> Value {
    json!({ "msgtype": "text", "text": { "content": words } })
}

/// DingTalk: the secret is the key, and the signature stands in the address.
fn signed_address(robot: &Robot, now: Instant) -> String {
    let (url, secret) = (robot.url.reveal(), robot.secret.reveal());
    if secret.is_empty() {
        return url.to_owned();
    }
    let millis = now.0;
    let signature = sign::base64(secret.as_bytes(), format!("{millis}\n{secret}").as_bytes());
    let signature = utf8_percent_encode(&signature, NON_ALPHANUMERIC);
    let joint = if url.contains('?') { '&' } else { '?' };
    format!("{url}{joint}timestamp={millis}&sign={signature}")
}

/// Feishu: time and secret are the key of an empty message, and the signature stands in the body.
fn signed_body(robot: &Robot, words: &str, now: Instant) -> Value {
    let mut body = json!({ "msg_type": "text", "content": { "text": words } });
    let secret = robot.secret.reveal();
    if !secret.is_empty() {
        let seconds = now.0.div_euclid(1000);
        body["timestamp"] = json!(seconds.to_string());
        body["sign"] = json!(sign::base64(format!("{seconds}\n{secret}").as_bytes(), b""));
    }
    body
}

fn judge(kind: RobotKind, answer: &Answer, now: Instant) -> Result<(), Trouble> {
    if !answer.status.is_success() {
        let reason = format!("群机器人没有收（HTTP {}）", answer.status.as_u16());
        return Err(patience::not_taken(answer, reason, now));
    }
    let body: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
    let field = if kind == RobotKind::Feishu { "code" } else { "errcode" };
    match (kind, body[field].as_i64()) {
        (_, Some(0)) => Ok(()),
        (RobotKind::Wecom, Some(code @ 45009))
        | (RobotKind::Dingtalk, Some(code @ (130_101 | 410_100)))
        | (RobotKind::Feishu, Some(code @ (11232 | 9499))) => {
            Err(Trouble::Channel(format!("发得太勤，对方请稍后（{code}）")))
        }
        (RobotKind::Wecom, Some(93000)) => {
            Err(Trouble::Channel("机器人已被移除，或地址不对（93000）".to_owned()))
        }
        (RobotKind::Dingtalk, Some(310_000)) | (RobotKind::Feishu, Some(19021)) => {
            Err(Trouble::Channel("签名、关键词或来源地址没有通过，请核对机器人的安全设置".to_owned()))
        }
        (RobotKind::Feishu, Some(19022)) => Err(Trouble::Channel("来源地址不在名单里（19022）".to_owned())),
        (RobotKind::Feishu, Some(19024)) => {
            Err(Trouble::Channel("缺少关键词，请把关键词设成“回音”（19024）".to_owned()))
        }
        (_, Some(code)) => Err(Trouble::Later(format!("群机器人没有收（{code}）"))),
        (_, None) => Err(Trouble::Channel("对方的答复看不懂".to_owned())),
    }
}

/// The start of a text that fits, cut between characters.
pub(super) fn within(words: &str, bytes_max: usize) -> &str {
    if words.len() <= bytes_max {
        return words;
    }
    let end = (0..=bytes_max).rev().find(|at| words.is_char_boundary(*at)).unwrap_or(0);
    &words[..end]
}
