//! Messages of the school's own application inside WeCom, each to one member.
//!
//! The token of the application is fetched when it is needed, kept until shortly before its end, and fetched once more when
//! WeCom says it died early. A member is named by 学工号; whether letters are large or small does not matter there.

use super::http::Http;
use super::robots::within;
use super::{Trouble, patience};
use crate::config::{Secret, WecomApp};
use huiyin_domain::calendar::Instant;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};
use tokio::sync::Mutex;

/// A token is given up this long before its end.
const TOKEN_SPARE_MS: i64 = 300_000;
const TITLE_BYTES_MAX: usize = 120;
const WORDS_BYTES_MAX: usize = 500;

/// A message to one member.
#[derive(Clone, Copy, Debug)]
pub struct Card<'a> {
    /// The member.
    pub to: &'a str,
    /// Its first line.
    pub title: &'a str,
    /// What it says.
    pub words: &'a str,
    /// Where it leads.
    pub link: &'a str,
}

/// The application, with its token.
#[derive(Debug)]
pub struct Wecom {
    app: WecomApp,
    token: Mutex<Option<(Secret, Instant)>>,
}

impl Wecom {
    /// Prepares for an application; nothing is fetched yet.
    pub fn new(app: &WecomApp) -> Wecom {
        Wecom { app: app.clone(), token: Mutex::new(None) }
    }

    /// Sends a message.
    pub async fn send(&self, http: &Http, card: Card<'_>, now: Instant) -> Result<(), Trouble> {
        let token = self.token(http, now).await?;
        match self.send_with(http, &token, card, now).await? {
            // It died early: WeCom asks to fetch another one, once.
            40014 | 42001 => {
                self.forget(&token).await;
                let token = self.token(http, now).await?;
                judge(self.send_with(http, &token, card, now).await?)
            }
            code => judge(code),
        }
    }

    async fn token(&self, http: &Http, now: Instant) -> Result<Secret, Trouble> {
        // Held while fetching, so that many messages fetch one token.
        let mut kept = self.token.lock().await;
        if let Some((token, until)) = &*kept
            && now < *until
        {
            return Ok(token.clone());
        }
        let encoded = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
        let (corp, secret) = (encoded(&self.app.corp_id), encoded(self.app.secret.reveal()));
        let url = format!("{}/cgi-bin/gettoken?corpid={corp}&corpsecret={secret}", self.app.api);
        let answer = read(&http.get(&url).await?, now)?;
        judge(code_of(&answer)?)?;
        let token = Secret::new(answer["access_token"].as_str().unwrap_or_default());
        let lasts_ms = answer["expires_in"].as_i64().unwrap_or(0) * 1000;
        *kept = Some((token.clone(), now.plus_ms(lasts_ms - TOKEN_SPARE_MS)));
        Ok(token)
    }

    async fn forget(&self, dead: &Secret) {
        let mut kept = self.token.lock().await;
        // Somebody else may have fetched a fresh one meanwhile.
        if kept.as_ref().is_some_and(|(token, _)| token == dead) {
            *kept = None;
        }
    }

    async fn send_with(
        &self,
        http: &Http,
        token: &Secret,
        card: Card<'_>,
        now: Instant,
    ) -> Result<i64, Trouble> {
        let url = format!("{}/cgi-bin/message/send?access_token={}", self.app.api, token.reveal());
        let body = json!({
            "touser": card.to,
            "msgtype": "textcard",
            "agentid": self.app.agent_id,
            "textcard": {
                "title": within(card.title, TITLE_BYTES_MAX),
                "description": within(card.words, WORDS_BYTES_MAX),
                "url": card.link,
                "btntxt": "查看",
            },
            // The same message again within half an hour is shown once.
            "enable_duplicate_check": 1,
            "duplicate_check_interval": 1800,
        });
        let answer = read(&http.post(&url, &[], body.to_string()).await?, now)?;
        let code = code_of(&answer)?;
        // Taken, but for nobody: the only addressee is unknown there.
        let is_unknown = answer["invaliduser"].as_str().is_some_and(|unknown| !unknown.is_empty());
        Ok(if code == 0 && is_unknown { 81013 } else { code })
    }
}

fn read(answer: &super::http::Answer, now: Instant) -> Result<Value, Trouble> {
    if !answer.status.is_success() {
        let reason = format!("企业微信没有收（HTTP {}）", answer.status.as_u16());
        return Err(patience::not_taken(answer, reason, now));
    }
    serde_json::from_slice(&answer.body).map_err(|_| Trouble::Channel("企业微信的答复看不懂".to_owned()))
}

fn code_of(answer: &Value) -> Result<i64, Trouble> {
    answer["errcode"].as_i64().ok_or_else(|| Trouble::Channel("企业微信的答复看不懂".to_owned()))
}

fn judge(code: i64) -> Result<(), Trouble> {
    match code {
        0 => Ok(()),
        81013 | 60111 => Err(Trouble::Never(format!("企业微信里没有这个人，或不在应用的可见范围（{code}）"))),
        45009 | 45033 => Err(Trouble::Channel(format!("发得太勤，企业微信请稍后（{code}）"))),
        60020 => Err(Trouble::Channel("本机的出口地址不在企业可信名单里（60020）".to_owned())),
        40001 | 40013 | 40014 | 41001 | 42001 => {
            Err(Trouble::Channel(format!("企业微信不认应用的凭据（{code}）")))
        }
        code => Err(Trouble::Later(format!("企业微信没有收（{code}）"))),
    }
}
