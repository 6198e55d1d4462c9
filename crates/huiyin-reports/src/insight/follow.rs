//! The follower: new cases in the order in which they came in, each once, each to its topic; and the warnings that follow.
//!
//! It keeps its place in its own tables, so that it may be stopped at any moment, and running it twice changes nothing. What
//! it writes is derived: [`forget`] takes it away, and it comes again alike, with what the office decided applied at the same
//! place of the order.

use super::crowd;
use super::decisions::{self, Decision};
use super::entering::that_may_enter;
use super::state::{self, State};
use super::window::{DAY_MS, Message, RARITY_DAYS, WINDOW_DAYS, Window};
use huiyin_domain::calendar::Instant;
use huiyin_domain::policy::Policy;
use huiyin_foundation::db::{Filter, Row, Tx};
use huiyin_foundation::error::Error;
use huiyin_foundation::keys::{Keys, Label};
use huiyin_foundation::params;
use huiyin_foundation::school::App;
use std::sync::{Arc, Mutex, PoisonError};

/// So many cases are taken in one transaction.
const BATCH: i64 = 400;
/// A case may still be on its way for so long after the moment it names.
const SETTLED_MS: i64 = 60_000;

/// Where the window stands between two rounds.
#[derive(Default)]
struct Shelf(Mutex<Option<Window>>);

/// A case that was looked at: its topic, or nothing where it may not enter one.
struct Taken {
    no: String,
    at: Instant,
    topic: String,
    begins: bool,
}

/// What a round found, to be written.
struct Round {
    from: State,
    to: State,
    taken: Vec<Taken>,
    decision: Option<Decision>,
    shelf: Option<Arc<Shelf>>,
    window: Window,
    is_over: bool,
}

/// Takes in what is new, up to the end of the last whole hour: of an anonymous case the record keeps the hour alone, so that
/// until it is over others of it may come. Tells how many cases it looked at.
///
/// # Errors
/// What stands in the way of reading or writing; what was done before stays done.
pub async fn follow(app: &App) -> Result<u64, Error> {
    let mut looked_at = 0;
    loop {
        let until = app.now().plus_ms(-SETTLED_MS).floor_to_hour().plus_ms(-1);
        let school = app.clone();
        let round = app.db.read(move |tx| round(tx, &school, until)).await?;
        let Some(round) = round else { return Ok(looked_at) };
        let is_over = round.is_over;
        looked_at += round.taken.len() as u64;
        let school = app.clone();
        let (kept, shelf, window) = app
            .db
            .write(move |tx| {
                let kept = keep(tx, &school, &round)?;
                Ok::<_, Error>((kept, round.shelf, round.window))
            })
            .await?;
        if let Some(shelf) = shelf.filter(|_| kept) {
            *shelf.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(window);
        }
        if is_over || !kept {
            return Ok(looked_at);
        }
    }
}

/// Takes away what was derived, so that it is made anew by the next round.
///
/// # Errors
/// What stands in the way of writing.
pub async fn forget(app: &App) -> Result<(), Error> {
    app.db
        .write(|tx| {
            tx.execute("delete from insight_members", params![])?;
            tx.execute("delete from insight_topics", params![])?;
            tx.execute("delete from insight_state", params![])?;
            Ok::<_, Error>(())
        })
        .await
}

/// Cases that came in behind the place where the follower stands, as an import of earlier years does: then all topics are
/// made anew. Tells how many there were.
///
/// # Errors
/// What stands in the way of reading or writing.
pub async fn look_behind(app: &App) -> Result<u64, Error> {
    let missed = app
        .db
        .read(|tx| {
            let state = state::read(tx)?;
            // How many cases came in earlier than the one that was looked at last, and were not looked at?
            let row = tx.query_one(
                "select count(*) as missed
                 from cases
                 where (submitted_at < $1 or (submitted_at = $1 and case_no <= $2))
                   and not exists (select 1 from insight_members where insight_members.case_no = cases.case_no)",
                params![state.cursor.0, state.cursor.1],
            )?;
            Ok::<_, Error>(row.int("missed")?)
        })
        .await?;
    if missed > 0 {
        forget(app).await?;
    }
    Ok(missed.unsigned_abs())
}

fn round(tx: &mut Tx, app: &App, until: Instant) -> Result<Option<Round>, Error> {
    let in_force = app.policy_in_force();
    let policy = &in_force.policy;
    let from = state::read(tx)?;
    let decision = decisions::after(tx, from.decided)?;
    // What came in before a decision is taken before it, now and whenever topics are made anew.
    let until = decision.as_ref().map_or(until, |decision| until.min(decision.at));
    let batch = batch(tx, policy, &from, until)?;
    if batch.is_empty() && decision.is_none() {
        return Ok(None);
    }
    let shelf = tx.kept::<Shelf>();
    let kept = shelf.as_ref().and_then(|shelf| shelf.0.lock().unwrap_or_else(PoisonError::into_inner).take());
    let mut to = from.clone();
    let is_current = |window: &Window| (&window.cursor, window.decided) == (&from.cursor, from.decided);
    let mut window = match kept.filter(is_current) {
        Some(window) => window,
        None => load(tx, policy, &from)?,
    };
    if window.is_to_count_anew() && !batch.is_empty() {
        to.counted = from.cursor.clone();
        window = load(tx, policy, &to)?;
    }
    let is_whole = (batch.len() as i64) < BATCH;
    let mut taken = Vec::with_capacity(batch.len());
    let all = batch.len();
    for (message, enters) in batch {
        if window.is_to_count_anew() && !taken.is_empty() {
            break;
        }
        to.cursor = (message.at.0, message.no.clone());
        let mut topic = String::new();
        let own = name_of(&app.keys, &message.no);
        if enters {
            topic = window.take(&message, &own);
        }
        let begins = topic == own;
        taken.push(Taken { no: message.no, at: message.at, topic, begins });
        window.cursor = to.cursor.clone();
    }
    let is_done = is_whole && taken.len() == all;
    let decision = decision.filter(|_| is_done);
    if let Some(decision) = &decision {
        // What was decided moves cases between topics: the window still knows of the decision before, and is made anew.
        to.decided = decision.seq;
    }
    let is_over = is_done && decision.is_none();
    Ok(Some(Round { from, to, taken, decision, shelf, window, is_over }))
}

/// Writes what a round found; nothing if another has been here in between.
fn keep(tx: &mut Tx, app: &App, round: &Round) -> Result<bool, Error> {
    if state::read(tx)? != round.from {
        return Ok(false);
    }
    for taken in &round.taken {
        tx.execute(
            "insert into insight_members (case_no, topic, at_ms)
             values ($1, $2, $3)
             on conflict (case_no) do nothing",
            params![&taken.no, &taken.topic, taken.at],
        )?;
        if taken.begins {
            decisions::begin(tx, &taken.topic, taken.at)?;
        } else if !taken.topic.is_empty() {
            crowd::look(tx, app, &taken.topic, taken.at)?;
        }
    }
    if let Some(decision) = &round.decision {
        decisions::apply(tx, &app.keys, decision)?;
    }
    state::write(tx, &round.to)?;
    Ok(true)
}

/// The name of the topic that begins with this case. It does not say with which.
pub(super) fn name_of(keys: &Keys, no: &str) -> String {
    let mut name = keys.hmac_text(Label::Topics, no.as_bytes()).to_lowercase();
    name.retain(|c| c.is_ascii_alphanumeric());
    name.truncate(12);
    name
}

const COLUMNS: &str = "select cases.case_no, cases.title, cases.place, cases.submitted_at,
           coalesce(case_texts.words, '') as body, ";

const BODIES: &str = "
         from cases
         left join case_texts on case_texts.case_no = cases.case_no
           and case_texts.seq = 1
           and case_texts.kind = 'body'
           and case_texts.sealed = 0";

fn batch(tx: &mut Tx, policy: &Policy, from: &State, until: Instant) -> Result<Vec<(Message, bool)>, Error> {
    let filter = Filter::new(COLUMNS).sql("'' as topic, case when ");
    let filter = that_may_enter(filter, policy).sql(" then 1 else 0 end as enters").sql(BODIES);
    let filter = filter.sql("\n where (cases.submitted_at > ").value(from.cursor.0);
    let filter = filter.sql(" or (cases.submitted_at = ").value(from.cursor.0);
    let filter =
        filter.sql(" and cases.case_no > ").value(&from.cursor.1).sql("))\n and cases.submitted_at <= ");
    let filter =
        filter.value(until).sql("\n order by cases.submitted_at, cases.case_no\n limit ").value(BATCH);
    let (sql, values) = filter.finish();
    // Which cases come next, and may they enter a topic?
    tx.query_map(sql, &values, |row| Ok((message(row)?, row.flag("enters")?)))
}

/// The window as it stood when the follower came to this place.
fn load(tx: &mut Tx, policy: &Policy, state: &State) -> Result<Window, Error> {
    let mut window = Window::new(policy);
    let held_from = state.cursor.0.saturating_sub(WINDOW_DAYS * DAY_MS);
    let counted_from = state.counted.0.saturating_sub(RARITY_DAYS * DAY_MS);
    let filter = Filter::new(COLUMNS).sql("insight_members.topic").sql(BODIES).sql(
        "
         join insight_members on insight_members.case_no = cases.case_no
         left join insight_topics on insight_topics.topic = insight_members.topic
         where insight_members.topic <> ''
           and insight_topics.closed_ms is null
           and insight_members.at_ms >= ",
    );
    let filter = filter.value(held_from.min(counted_from)).sql("\n and ");
    let filter =
        that_may_enter(filter, policy).sql("\n order by insight_members.at_ms, insight_members.case_no");
    let (sql, values) = filter.finish();
    let mut messages: Vec<Message> = Vec::new();
    // What came in during the last half year, and in which topic is it?
    tx.query_each(sql, &values, |row| {
        let message = message(row)?;
        let is_counted = (message.at.0, &message.no) <= (state.counted.0, &state.counted.1);
        if is_counted && message.at.0 >= counted_from {
            window.count(&message.title, &message.body);
        }
        if message.at.0 >= held_from {
            messages.push(message);
        }
        Ok::<_, Error>(())
    })?;
    for message in &messages {
        let is_counted = (message.at.0, &message.no) <= (state.counted.0, &state.counted.1);
        window.put(message, !is_counted);
    }
    window.cursor = state.cursor.clone();
    window.decided = state.decided;
    Ok(window)
}

fn message(row: &Row) -> Result<Message, Error> {
    Ok(Message {
        no: row.text("case_no")?,
        topic: row.text("topic")?,
        at: row.instant("submitted_at")?,
        place: row.opt_text("place")?,
        title: row.text("title")?,
        body: row.text("body")?,
    })
}
