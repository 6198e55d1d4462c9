//! Tasks as they are kept: one row each, and every step of them for good.

use huiyin_domain::calendar::Instant;
use huiyin_domain::ids::{PersonId, UnitId};
use huiyin_foundation::db::{Filter, Row, Tx};
use huiyin_foundation::error::Error;
use huiyin_foundation::params;
use huiyin_foundation::say::Tag;

/// How far a task has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::insight) enum State {
    /// The unit works on it.
    Open,
    /// The unit says that it is done.
    Done,
    /// The office says so too.
    Confirmed,
    /// Called off.
    CalledOff,
}

impl State {
    const ALL: [State; 4] = [State::Open, State::Done, State::Confirmed, State::CalledOff];

    pub fn word(self) -> &'static str {
        match self {
            State::Open => "open",
            State::Done => "done",
            State::Confirmed => "confirmed",
            State::CalledOff => "called_off",
        }
    }

    /// As a tag on pages.
    pub fn tag(self, is_late: bool) -> Tag {
        let (word, class, icon) = match self {
            State::Open if is_late => ("过了期限", "bad", "circle-alert"),
            State::Open => ("办理中", "info", "clock"),
            State::Done => ("等协调部门确认", "warn", "hourglass"),
            State::Confirmed => ("已办好", "ok", "check"),
            State::CalledOff => ("已作罢", "mute", "ban"),
        };
        Tag { word, class, icon }
    }
}

/// A task.
#[derive(Clone, Debug)]
pub(in crate::insight) struct Task {
    pub id: String,
    /// What it is about: a topic, or a category and a place.
    pub topic: String,
    pub category: String,
    pub place: String,
    /// The monthly topic it belongs to; empty for none.
    pub monthly: String,
    pub unit: UnitId,
    /// Who sees to it in the unit, as the office wrote it.
    pub lead: String,
    pub what: String,
    pub plan: String,
    pub due: Instant,
    pub state: State,
    pub opened_at: Instant,
    pub opened_by: PersonId,
    pub done_at: Option<Instant>,
}

/// A step of a task or of a monthly topic.
#[derive(Clone, Debug)]
pub(in crate::insight) struct Step {
    pub at: Instant,
    pub by: PersonId,
    pub step: String,
    pub words: String,
}

const COLUMNS: &str = "select id, topic, category, place, monthly, unit, lead, what, plan, due_ms, state,
           opened_ms, opened_by, done_ms
         from insight_tasks
         where ";

impl Task {
    fn of(row: &Row) -> Result<Task, Error> {
        let word = row.str("state")?;
        let state = State::ALL.into_iter().find(|state| state.word() == word);
        Ok(Task {
            id: row.text("id")?,
            topic: row.text("topic")?,
            category: row.text("category")?,
            place: row.text("place")?,
            monthly: row.text("monthly")?,
            unit: row.get("unit")?,
            lead: row.text("lead")?,
            what: row.text("what")?,
            plan: row.text("plan")?,
            due: row.instant("due_ms")?,
            state: state.ok_or_else(|| Error::internal(format!("a task that is {word}")))?,
            opened_at: row.instant("opened_ms")?,
            opened_by: row.get("opened_by")?,
            done_at: row.opt_instant("done_ms")?,
        })
    }
}

/// Keeps a new task.
pub(in crate::insight) fn put(tx: &mut Tx, task: &Task) -> Result<(), Error> {
    tx.execute(
        "insert into insight_tasks (id, topic, category, place, monthly, unit, lead, what, plan, due_ms, state,
           opened_ms, opened_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        params![
            &task.id,
            &task.topic,
            &task.category,
            &task.place,
            &task.monthly,
            &task.unit,
            &task.lead,
            &task.what,
            &task.plan,
            task.due,
            task.state.word(),
            task.opened_at,
            &task.opened_by
        ],
    )?;
    note(tx, &task.id, task.opened_at, &task.opened_by, "opened", "")
}

/// A task by its id.
pub(in crate::insight) fn find(tx: &mut Tx, id: &str) -> Result<Option<Task>, Error> {
    let (sql, values) = Filter::new(COLUMNS).sql("id = ").value(id).finish();
    // Which task is this?
    let row = tx.query_opt(sql, &values)?;
    row.as_ref().map(Task::of).transpose()
}

/// The tasks of these units, or all; what is under way first, by when it is due.
pub(in crate::insight) fn of_units(tx: &mut Tx, units: Option<&[UnitId]>) -> Result<Vec<Task>, Error> {
    let filter = Filter::new(COLUMNS);
    let filter = match units {
        Some(units) => filter.sql("unit in ").list(units),
        None => filter.sql("unit <> ''"),
    };
    let (sql, values) = filter
        .sql("\n order by case when state in ('open', 'done') then 0 else 1 end, due_ms, id\n limit 200")
        .finish();
    // Which tasks do these units have?
    tx.query_map(sql, &values, Task::of)
}

/// The tasks of a topic or of a monthly topic.
pub(in crate::insight) fn about(tx: &mut Tx, topic: &str, monthly: &str) -> Result<Vec<Task>, Error> {
    let filter = Filter::new(COLUMNS).sql("((topic <> '' and topic = ").value(topic);
    let filter = filter.sql(") or (monthly <> '' and monthly = ").value(monthly);
    let (sql, values) = filter.sql("))\n order by opened_ms, id").finish();
    // What was asked about this?
    tx.query_map(sql, &values, Task::of)
}

/// Takes a task from one state to another; nothing happens to one that is in another state by now.
pub(in crate::insight) fn turn(tx: &mut Tx, task: &Task, to: State, at: Instant) -> Result<bool, Error> {
    let done = match to {
        State::Done => Some(at),
        State::Open => None,
        State::Confirmed | State::CalledOff => task.done_at,
    };
    let ended = matches!(to, State::Confirmed | State::CalledOff).then_some(at);
    let changed = tx.execute(
        "update insight_tasks set state = $3, done_ms = $4, ended_ms = $5 where id = $1 and state = $2",
        params![&task.id, task.state.word(), to.word(), done, ended],
    )?;
    Ok(changed > 0)
}

/// Keeps a step for good.
pub(in crate::insight) fn note(
    tx: &mut Tx,
    subject: &str,
    at: Instant,
    by: &PersonId,
    step: &str,
    words: &str,
) -> Result<(), Error> {
    tx.execute(
        "insert into insight_steps (subject, seq, at_ms, made_by, step, words)
         values ($1, (select count(*) + 1 from insight_steps where subject = $1), $2, $3, $4, $5)",
        params![subject, at, by, step, words],
    )?;
    Ok(())
}

/// Every step, the first first.
pub(in crate::insight) fn steps(tx: &mut Tx, subject: &str) -> Result<Vec<Step>, Error> {
    // What was done on this?
    tx.query_map(
        "select at_ms, made_by, step, words
         from insight_steps
         where subject = $1
         order by seq",
        params![subject],
        |row| {
            Ok(Step {
                at: row.instant("at_ms")?,
                by: row.get("made_by")?,
                step: row.text("step")?,
                words: row.text("words")?,
            })
        },
    )
}
