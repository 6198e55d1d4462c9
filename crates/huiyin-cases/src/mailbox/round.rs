//! A look into the mailbox: what is unread, one letter after the other, each by itself. A letter that cannot be taken holds
//! up none behind it.

use super::fate::Fate;
use super::rows;
use super::take::{self, Letter};
use huiyin_domain::ids::KindId;
use huiyin_foundation::carriers::{Mailbox, Waiting};
use huiyin_foundation::config::Imap;
use huiyin_foundation::error::Error;
use huiyin_foundation::incoming;
use huiyin_foundation::keys::Label;
use huiyin_foundation::school::App;
use std::sync::Arc;

/// So many letters are taken at one look.
const LETTERS_MAX: usize = 50;
/// So many letters of anybody are taken within an hour; the rest waits unread.
const OF_ALL_MAX: i64 = 300;
const HOUR_MS: i64 = 3_600_000;
/// The largest letter that is fetched whole.
const WHOLE_BYTES_MAX: u64 = 25 << 20;
/// Of a larger one, so much from its beginning.
const BEGINNING_BYTES: u64 = 256 << 10;
/// A letter that we fail to take so often is laid aside.
const TRIES_MAX: u32 = 3;

/// Looks into the mailbox if it is time to; says how many letters were done with.
pub async fn look(app: &App) -> Result<u64, Error> {
    let outlets = app.config.outlets.clone();
    let Some(imap) = outlets.imap.as_ref() else { return Ok(0) };
    let now = app.now();
    let last = app.db.read(rows::last_look).await?;
    let wants_again = last.is_some_and(|(_, wants_again)| wants_again);
    let wait_ms = i64::from(imap.poll_seconds) * 1000;
    // A clock that was put back is no reason to wait.
    let is_early = last.is_some_and(|(at, _)| at <= now && now < at.plus_ms(wait_ms));
    if is_early && !wants_again {
        return Ok(0);
    }
    let ended = match unfit(app, imap) {
        Some(trouble) => Err(trouble),
        None => round(app, imap, wants_again).await,
    };
    let (count, ended) = match ended {
        Ok((count, aside)) => (count, Ok(aside)),
        Err(trouble) => {
            tracing::warn!(reason = trouble, "the mailbox was not read to its end");
            (0, Err(trouble))
        }
    };
    let now = app.now();
    app.db
        .write(move |tx| rows::looked(tx, now, ended.as_ref().map(|aside| *aside).map_err(String::as_str)))
        .await?;
    Ok(count)
}

/// Why letters could not become cases whatever they say.
fn unfit(app: &App, imap: &Imap) -> Option<String> {
    let in_force = app.policy_in_force();
    let policy = &in_force.policy;
    if policy.channel(&imap.channel.as_str().into()).is_none() {
        return Some(format!("渠道登记里没有 {}，请核对 post.toml 的 channel", imap.channel));
    }
    let named = imap.kind.as_deref().map(KindId::from);
    let is_kind = |kind: &KindId| policy.kind(kind).is_some();
    if !take::kind(named.as_ref(), policy).is_ok_and(is_kind) {
        return Some("没有可用的诉求类型，请核对 post.toml 的 kind".to_owned());
    }
    None
}

async fn round(app: &App, imap: &Imap, wants_again: bool) -> Result<(u64, usize), String> {
    let mut mailbox = Mailbox::open(imap).await?;
    if wants_again {
        mailbox.take_up_again().await?;
    }
    let mut count = 0;
    for waiting in mailbox.unread(LETTERS_MAX).await? {
        let since = app.now().plus_ms(-HOUR_MS);
        let lately = app.db.read(move |tx| rows::taken(tx, since)).await.map_err(|_| no_database())?;
        if lately >= OF_ALL_MAX {
            return Err(format!("一小时内来信超过 {OF_ALL_MAX} 封，其余的留在信箱里，稍后接着收"));
        }
        match one(app, imap, &mut mailbox, waiting).await? {
            Some(fate) if fate.is_aside() => {
                tracing::warn!(fate = fate.word(), "a letter was laid aside in the mailbox");
                mailbox.lay_aside(waiting.uid).await?;
                count += 1;
            }
            Some(fate) if fate.is_settled() => {
                mailbox.done_with(waiting.uid).await?;
                count += 1;
            }
            // It waits as it is, for the next look.
            _ => {}
        }
    }
    let aside = mailbox.laid_aside().await?;
    mailbox.close().await;
    Ok((count, aside))
}

/// Fetches, reads and takes one letter; none if it is gone meanwhile.
async fn one(
    app: &App,
    imap: &Imap,
    mailbox: &mut Mailbox,
    waiting: Waiting,
) -> Result<Option<Fate>, String> {
    let is_whole = waiting.size_bytes <= WHOLE_BYTES_MAX;
    let bytes_max = if is_whole { WHOLE_BYTES_MAX } else { BEGINNING_BYTES };
    let Some(bytes) = mailbox.fetch(waiting.uid, bytes_max).await? else { return Ok(None) };
    let bytes: Arc<[u8]> = bytes.into();
    // In tasks of their own: a letter that breaks its reader ends nothing but itself.
    let read = tokio::task::spawn_blocking({
        let bytes = bytes.clone();
        move || incoming::read(&bytes, is_whole)
    });
    let Ok(incoming) = read.await else {
        let hash = app.keys.hmac_text(Label::Letters, &bytes);
        return note(app, hash, String::new(), Fate::Unreadable, 0).await.map(Some);
    };
    drop(bytes);
    let letter = Letter::of(&app.keys, incoming);
    let (hash, sender) = (letter.hash.clone(), letter.sender.clone());
    let (school, door) = (app.clone(), imap.clone());
    let taken = tokio::spawn(async move { take::take(&school, &door, letter).await }).await;
    match taken {
        Ok(Ok(fate)) => Ok(Some(fate)),
        Ok(Err(Error::Busy)) => Err("这会儿太忙，稍后接着收".to_owned()),
        Ok(Err(Error::Full)) => Err("磁盘满了，信留在信箱里".to_owned()),
        Ok(Err(error)) => {
            tracing::error!(%error, "a letter could not be taken; it is tried again");
            let key = hash.clone();
            let known = app.db.read(move |tx| rows::known(tx, &key)).await.map_err(|_| no_database())?;
            let tries = known.map_or(0, |(_, tries)| tries) + 1;
            let fate = if tries < TRIES_MAX { Fate::Trouble } else { Fate::Unreadable };
            note(app, hash, sender, fate, tries).await.map(Some)
        }
        Err(panic) => {
            tracing::error!(%panic, "a letter broke the program that took it");
            note(app, hash, sender, Fate::Unreadable, 0).await.map(Some)
        }
    }
}

async fn note(app: &App, hash: String, sender: String, fate: Fate, tries: u32) -> Result<Fate, String> {
    let now = app.now();
    let noted = app.db.write(move |tx| rows::note(tx, &hash, &sender, fate, tries, now)).await;
    noted.map(|()| fate).map_err(|_| no_database())
}

fn no_database() -> String {
    "数据库暂时用不了，信留在信箱里".to_owned()
}
