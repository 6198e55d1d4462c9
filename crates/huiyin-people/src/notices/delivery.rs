//! Letters leave: sorted by the wishes of each person, taken in batches, handed to their channel, and the outcome noted.
//!
//! A channel that does not answer keeps its own letters waiting and nobody else's; no case ever waits for a letter. A
//! round that is cut off loses nothing: what was taken is due again after some minutes, under the same name.

#[cfg(test)]
mod tests;

use super::addressees::{self, Addressee, Beside};
use super::correspondents::{self, Sayable};
use super::letter::{House, for_group, for_hook, to_correspondent, written};
use super::topics::Topic;
use super::wishes::{self, Wishes};
use huiyin_domain::calendar::Instant;
use huiyin_domain::ids::CaseNo;
use huiyin_foundation::carriers::{self, Card, Trouble};
use huiyin_foundation::db::Tx;
use huiyin_foundation::error::Error;
use huiyin_foundation::outbox::{self, Batch, LetterName, Outcome, Sorted};
use huiyin_foundation::school::App;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;
use tokio::task::JoinSet;

/// So many letters are sorted in one transaction.
const SORTED_TOGETHER: u32 = 500;
/// So many recipients are written to before the ledger is asked again.
const TAKEN_TOGETHER: u32 = 40;
/// What a channel that answers nobody keeps waiting is tried again after so long.
const CHANNEL_RESTS_MS: i64 = 120_000;

type Known = Arc<HashMap<String, Addressee>>;

/// Sends what is due; says how many letters left the house.
pub async fn deliver(app: &App) -> Result<u64, Error> {
    let mut known: Option<Known> = None;
    sort(app, &mut known).await?;
    let mut left = 0;
    loop {
        let now = app.now();
        let taken = app.db.write(move |tx| outbox::claim(tx, now, TAKEN_TOGETHER)).await?;
        if taken.is_empty() {
            return Ok(left);
        }
        let known = who(app, &mut known).await?;
        let mut channels: BTreeMap<String, Vec<Batch>> = BTreeMap::new();
        for batch in taken {
            channels.entry(batch.channel().to_owned()).or_default().push(batch);
        }
        // Channels do not wait for one another.
        let mut at_work = JoinSet::new();
        for (_, batches) in channels {
            at_work.spawn(send_all(app.clone(), known.clone(), batches));
        }
        while let Some(sent) = at_work.join_next().await {
            left += sent.map_err(Error::internal)??;
        }
    }
}

async fn who(app: &App, known: &mut Option<Known>) -> Result<Known, Error> {
    if let Some(known) = known {
        return Ok(known.clone());
    }
    let keys = app.keys.clone();
    let all = Arc::new(app.db.read(move |tx| addressees::all(tx, &keys)).await?);
    *known = Some(all.clone());
    Ok(all)
}

/// Asks each person's wishes what becomes of new letters.
async fn sort(app: &App, known: &mut Option<Known>) -> Result<(), Error> {
    loop {
        let new = app.db.read(|tx| outbox::unsorted(tx, SORTED_TOGETHER)).await?;
        if new.is_empty() {
            return Ok(());
        }
        // Somebody may have written since we looked.
        let is_new = |letter: &outbox::Letter, known: &Known| !known.contains_key(&letter.recipient);
        if known.as_ref().is_some_and(|known| new.iter().any(|letter| is_new(letter, known))) {
            *known = None;
        }
        let (known, now) = (who(app, known).await?, app.now());
        app.db
            .write(move |tx| {
                let mut wishes = HashMap::new();
                for letter in &new {
                    let sorted = match known.get(&letter.recipient) {
                        None => Sorted::Unwanted("账号已停用"),
                        Some(addressee) if letter.channel == outbox::MAIL && addressee.email.is_empty() => {
                            Sorted::Unwanted("名册里没有邮箱")
                        }
                        Some(addressee) if addressee.beside == Beside::Letter => {
                            sorted(&Wishes::default(), letter)
                        }
                        Some(addressee) => {
                            let wishes = match wishes.entry(addressee.person.clone()) {
                                std::collections::hash_map::Entry::Occupied(kept) => kept.into_mut(),
                                std::collections::hash_map::Entry::Vacant(place) => {
                                    place.insert(wishes::of(tx, &addressee.person)?)
                                }
                            };
                            sorted(wishes, letter)
                        }
                    };
                    outbox::sort(tx, &letter.id, &sorted, now.day())?;
                }
                Ok::<_, Error>(())
            })
            .await?;
    }
}

/// When a letter leaves, as somebody wishes it.
fn sorted(wishes: &Wishes, letter: &outbox::Letter) -> Sorted {
    let topic = Topic::from_word(&letter.topic).unwrap_or(Topic::Work);
    let ready = Instant(letter.not_before.0.max(letter.at.0));
    wishes.sorted(&letter.channel, topic, letter.is_urgent, ready)
}

/// Everything taken for one channel, one after the other; when the channel answers nobody, the rest is laid back.
async fn send_all(app: App, known: Known, batches: Vec<Batch>) -> Result<u64, Error> {
    let mut left = 0;
    let mut batches = batches.into_iter();
    while let Some(batch) = batches.next() {
        if let Some((until, reason)) = app.carriers.rests(batch.channel(), app.now()) {
            // Asked to leave it alone, we do: no try is made and none is counted.
            let rest: Vec<Batch> = std::iter::once(batch).chain(batches).collect();
            let lay_back = move |tx: &mut Tx| {
                rest.iter().try_for_each(|batch| outbox::release(tx, batch, until, &reason))
            };
            app.db.write(lay_back).await?;
            break;
        }
        let ended = send(&app, &known, &batch).await;
        let is_channel_dead = matches!(&ended, Err(Trouble::Channel(_)));
        let outcome = match ended {
            Ok(()) => Outcome::Sent,
            Err(Trouble::Rests(reason, until)) => {
                app.carriers.leave_alone(batch.channel(), until, &reason);
                Outcome::Later(reason)
            }
            Err(Trouble::Later(reason) | Trouble::Channel(reason)) => Outcome::Later(reason),
            Err(Trouble::Never(reason)) => Outcome::Never(reason),
        };
        if let Outcome::Later(reason) | Outcome::Never(reason) = &outcome {
            // No person and no number, which no line of the log may hold.
            tracing::warn!(
                channel = batch.channel(),
                reason,
                tries = batch.tries + 1,
                "a letter did not leave"
            );
        }
        left += if outcome == Outcome::Sent { batch.letters.len() as u64 } else { 0 };
        let (now, chance) = (app.now(), u16::from_be_bytes(app.keys.random_bytes()));
        let rest: Vec<Batch> = if is_channel_dead { batches.by_ref().collect() } else { Vec::new() };
        app.db
            .write(move |tx| {
                outbox::settle(tx, &batch, &outcome, now, chance)?;
                if let Outcome::Later(reason) = &outcome {
                    for batch in &rest {
                        outbox::release(tx, batch, now.plus_ms(CHANNEL_RESTS_MS), reason)?;
                    }
                }
                Ok::<_, Error>(())
            })
            .await?;
    }
    Ok(left)
}

async fn send(app: &App, known: &Known, batch: &Batch) -> Result<(), Trouble> {
    let in_force = app.policy_in_force();
    let url = address(app);
    let school = &in_force.policy.school;
    let house = House { school: &school.name, url: &url, phone: &school.duty_phone };
    let gone = || Trouble::Never("账号已停用".to_owned());
    match batch.channel() {
        outbox::MAIL => {
            let to = known.get(batch.recipient()).ok_or_else(gone)?;
            let mail = app.carriers.mail.as_ref().ok_or_else(not_set_up)?;
            let sayable = sayable(app, batch).await?;
            let letter = match &to.exchange {
                Some(exchange) => to_correspondent(batch, exchange, &sayable, &app.keys, house)
                    .ok_or_else(|| Trouble::Never("受保护的件不再发邮件".to_owned()))?,
                None => written(batch, to.beside, &sayable, house),
            };
            let subject = format!("【回音】{}", letter.subject);
            let exchange = to.exchange.as_ref().map(|exchange| exchange.exchange.clone());
            let name = LetterName { batch: batch.id.clone(), exchange }.written();
            let references = to.exchange.as_ref().map_or("", |exchange| exchange.letter.as_str());
            let references = if references.is_empty() { String::new() } else { format!("<{references}>") };
            mail.send(&carriers::Letter {
                name: &name,
                to: &to.email,
                subject: &subject,
                body: &letter.body,
                references: &references,
                at: batch.letters[0].at,
            })
            .await
        }
        outbox::WECOM => {
            let to = known.get(batch.recipient()).ok_or_else(gone)?;
            let wecom = app.carriers.wecom.as_ref().ok_or_else(not_set_up)?;
            let letter = written(batch, to.beside, &Sayable::default(), house);
            let card = Card { to: &to.number, title: "回音", words: &letter.subject, link: &letter.link };
            wecom.send(&app.carriers.http, card, app.now()).await
        }
        other => {
            let outlets = &app.config.outlets;
            if let Some(name) = other.strip_prefix(outbox::ROBOT) {
                let robot = outlets.robots.iter().find(|robot| robot.name == name).ok_or_else(not_set_up)?;
                return app.carriers.write_to_group(robot, &for_group(batch, house), app.now()).await;
            }
            let name = other.strip_prefix(outbox::HOOK).ok_or_else(not_set_up)?;
            let hook = outlets.webhooks.iter().find(|hook| hook.name == name).ok_or_else(not_set_up)?;
            let body = for_hook(&batch.letters[0], house);
            app.carriers.call_webhook(hook, &batch.id, body, app.now()).await
        }
    }
}

/// What may be said at this moment of the case that letters are about; nothing of letters that are about several.
async fn sayable(app: &App, batch: &Batch) -> Result<Sayable, Trouble> {
    let cases: BTreeSet<&str> = batch.letters.iter().map(|letter| letter.case_no.as_str()).collect();
    if cases.len() != 1 {
        return Ok(Sayable::default());
    }
    let no = CaseNo::from(batch.letters[0].case_no.as_str());
    let answered =
        batch.letters.iter().rev().find(|letter| letter.kind == "answered").map(|letter| letter.at);
    let keys = app.keys.clone();
    let asked = app.db.read(move |tx| correspondents::sayable(tx, &keys, &no, answered)).await;
    asked.map_err(|_| Trouble::Later("数据库暂时读不了".to_owned()))
}

fn not_set_up() -> Trouble {
    Trouble::Channel("post.toml 里没有这条路".to_owned())
}

/// The address people type, or the one we listen on.
pub fn address(app: &App) -> String {
    app.config.base_url.clone().unwrap_or_else(|| format!("http://{}", app.config.listen))
}
