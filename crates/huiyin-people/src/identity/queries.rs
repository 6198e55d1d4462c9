//! The tables of people and duties: one function a question. Sessions are in `sessions.rs`.

use super::person::{Person, PersonEntry, PersonKind};
use huiyin_domain::access::{Duty, Role};
use huiyin_domain::calendar::Instant;
use huiyin_domain::ids::{PersonId, UnitId};
use huiyin_foundation::db::{DbError, Filter, Row, Tx};
use huiyin_foundation::params;
use std::collections::HashMap;

/// The person with this id.
pub fn person(tx: &mut Tx, id: &PersonId) -> Result<Option<Person>, DbError> {
    // Who has this id?
    let row = tx.query_opt(
        "select *
           from people
          where id = $1",
        params![id],
    )?;
    with_duties(tx, row)
}

/// The person with this 学工号.
pub fn person_by_number(tx: &mut Tx, number: &str) -> Result<Option<Person>, DbError> {
    // Who has this number?
    let row = tx.query_opt(
        "select *
           from people
          where number = $1",
        params![number],
    )?;
    with_duties(tx, row)
}

/// Where the account of a name that somebody typed stands: the id, and the hash if there is a password.
pub(super) fn account(tx: &mut Tx, number: &str) -> Result<Option<(PersonId, Option<String>)>, DbError> {
    // Which open account has this number, and with which password?
    let row = tx.query_opt(
        "select id, password_hash
           from people
          where number = $1
            and disabled = 0",
        params![number],
    )?;
    row.map(|row| Ok((row.get("id")?, row.get("password_hash")?))).transpose()
}

/// The password hash of a person, if there is one.
pub(super) fn password_hash(tx: &mut Tx, id: &PersonId) -> Result<Option<String>, DbError> {
    // Which password has this person?
    let row = tx.query_opt(
        "select password_hash
           from people
          where id = $1",
        params![id],
    )?;
    row.map_or(Ok(None), |row| row.get("password_hash"))
}

/// What somebody is there for.
pub fn duties_of(tx: &mut Tx, id: &PersonId) -> Result<Vec<Duty>, DbError> {
    // Which duties has this person?
    tx.query_map(
        "select role, unit_id, post
           from duties
          where person_id = $1
          order by role, unit_id, post",
        params![id],
        duty,
    )
}

/// Names of several people at once, for lists.
pub fn names_of(tx: &mut Tx, ids: &[PersonId]) -> Result<HashMap<PersonId, String>, DbError> {
    // How are these people called?
    let (sql, values) = Filter::new("select id, name\n  from people\n where id in ").list(ids).finish();
    tx.query_map(sql, &values, |row| Ok((row.get("id")?, row.get("name")?)))
        .map(|found| found.into_iter().collect())
}

/// A page of people whose number, name or department begins or contains what was typed, staff with duties first.
pub fn search(tx: &mut Tx, typed: &str, limit: u32, offset: u32) -> Result<Vec<Person>, DbError> {
    let pattern = format!("%{}%", typed.trim().to_lowercase().replace(['%', '_', '\\'], ""));
    // Which people fit these letters?
    let rows = tx.query(
        "select p.*
           from people p
          where lower(p.number) like $1
             or lower(p.name) like $1
             or lower(p.department) like $1
          order by case when exists (select 1 from duties d where d.person_id = p.id) then 0 else 1 end,
                   p.department, p.number
          limit $2 offset $3",
        params![pattern, limit, offset],
    )?;
    with_duties_all(tx, rows)
}

/// Everybody with a duty and some without, for the demonstration.
pub(super) fn cast(
    tx: &mut Tx,
    without_duty: &[(PersonKind, u32)],
    with_duty: u32,
) -> Result<Vec<Person>, DbError> {
    // Who has a duty?
    let mut rows = tx.query(
        "select p.*
           from people p
          where p.disabled = 0
            and exists (select 1 from duties d where d.person_id = p.id)
          order by p.number
          limit $1",
        params![with_duty],
    )?;
    for (kind, count) in without_duty {
        // Who are some of the others of this kind?
        rows.extend(tx.query(
            "select p.*
               from people p
              where p.disabled = 0
                and p.kind = $1
                and not exists (select 1 from duties d where d.person_id = p.id)
              order by p.number
              limit $2",
            params![kind.word(), *count],
        )?);
    }
    with_duties_all(tx, rows)
}

/// How many accounts are open.
pub fn count_open(tx: &mut Tx) -> Result<i64, DbError> {
    // How many people can sign in?
    tx.query_one(
        "select count(*) as people
           from people
          where disabled = 0",
        params![],
    )?
    .get("people")
}

/// What became of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Upserted {
    /// A new account.
    Added,
    /// Something was different.
    Changed,
    /// Everything was as it stood.
    Unchanged,
    /// The account is closed and stays so; what is known of the person was brought up to date.
    Closed,
}

/// Adds a person, or brings what is known of them up to date; the number finds them. A closed account stays
/// closed: only an administrator opens it again.
pub fn upsert(
    tx: &mut Tx,
    new_id: &PersonId,
    entry: &PersonEntry,
    now: Instant,
) -> Result<(PersonId, Upserted), DbError> {
    let Some(known) = person_by_number(tx, &entry.number)? else {
        // Add a person.
        tx.execute(
            "insert into people (id, number, name, kind, department, email, phone, theme, text_size,
                                 created_ms, disabled)
             values ($1, $2, $3, $4, $5, $6, $7, '', '', $8, 0)",
            params![
                new_id,
                &entry.number,
                &entry.name,
                entry.kind.word(),
                &entry.department,
                &entry.email,
                &entry.phone,
                now
            ],
        )?;
        return Ok((new_id.clone(), Upserted::Added));
    };
    let is_same = known.name == entry.name
        && known.kind == entry.kind
        && known.department == entry.department
        && known.email == entry.email
        && known.phone == entry.phone;
    let unless_closed = |outcome| if known.is_disabled { Upserted::Closed } else { outcome };
    if is_same {
        return Ok((known.id, unless_closed(Upserted::Unchanged)));
    }
    // Bring a person up to date; whether the account is open is not the roster's to say.
    tx.execute(
        "update people
            set name = $2, kind = $3, department = $4, email = $5, phone = $6
          where id = $1",
        params![&known.id, &entry.name, entry.kind.word(), &entry.department, &entry.email, &entry.phone],
    )?;
    Ok((known.id, unless_closed(Upserted::Changed)))
}

/// Replaces what a person is there for; true if that changed anything.
pub fn set_duties(tx: &mut Tx, id: &PersonId, duties: &[Duty]) -> Result<bool, DbError> {
    let mut wanted = duties.to_vec();
    wanted.sort();
    wanted.dedup();
    let mut known = duties_of(tx, id)?;
    known.sort();
    if wanted == known {
        return Ok(false);
    }
    // Take all duties from a person.
    tx.execute(
        "delete from duties
          where person_id = $1",
        params![id],
    )?;
    for duty in &wanted {
        let unit = duty.unit.as_ref().map_or("", UnitId::as_str);
        // Give a person a duty.
        tx.execute(
            "insert into duties (person_id, role, unit_id, post)
             values ($1, $2, $3, $4)",
            params![id, duty.role.word(), unit, duty.post.as_deref().unwrap_or_default()],
        )?;
    }
    Ok(true)
}

/// Stores a password hash.
pub fn set_password(tx: &mut Tx, id: &PersonId, hash: &str) -> Result<(), DbError> {
    // Give a person a password.
    tx.execute(
        "update people
            set password_hash = $2
          where id = $1",
        params![id, hash],
    )?;
    Ok(())
}

/// Stores how somebody likes their pages.
pub(super) fn set_looks(tx: &mut Tx, id: &PersonId, theme: &str, text_size: &str) -> Result<(), DbError> {
    // Keep theme and text size of a person.
    tx.execute(
        "update people
            set theme = $2, text_size = $3
          where id = $1",
        params![id, theme, text_size],
    )?;
    Ok(())
}

/// Closes an account and ends its sessions; what the person did stays in the records.
pub fn disable(tx: &mut Tx, id: &PersonId) -> Result<(), DbError> {
    // Close an account.
    tx.execute(
        "update people
            set disabled = 1
          where id = $1",
        params![id],
    )?;
    super::sessions::end_all(tx, id, None)
}

/// Opens a closed account again.
pub fn enable(tx: &mut Tx, id: &PersonId) -> Result<(), DbError> {
    // Open an account.
    tx.execute(
        "update people
            set disabled = 0
          where id = $1",
        params![id],
    )?;
    Ok(())
}

fn with_duties(tx: &mut Tx, row: Option<Row>) -> Result<Option<Person>, DbError> {
    row.map(|row| person_of(tx, &row)).transpose()
}

fn with_duties_all(tx: &mut Tx, rows: Vec<Row>) -> Result<Vec<Person>, DbError> {
    rows.iter().map(|row| person_of(tx, row)).collect()
}

fn person_of(tx: &mut Tx, row: &Row) -> Result<Person, DbError> {
    let id: PersonId = row.get("id")?;
    let duties = duties_of(tx, &id)?;
    let kind = row.text("kind")?;
    Ok(Person {
        id,
        number: row.get("number")?,
        name: row.get("name")?,
        kind: PersonKind::from_word(&kind).ok_or_else(|| unknown_word("kind", &kind))?,
        department: row.get("department")?,
        email: row.get("email")?,
        phone: row.get("phone")?,
        has_password: row.opt_text("password_hash")?.is_some(),
        is_disabled: row.flag("disabled")?,
        duties,
    })
}

/// A duty of three columns.
fn duty(row: &Row) -> Result<Duty, DbError> {
    let role = row.text("role")?;
    let (unit, post) = (row.text("unit_id")?, row.text("post")?);
    Ok(Duty {
        role: Role::from_word(&role).ok_or_else(|| unknown_word("role", &role))?,
        unit: (!unit.is_empty()).then_some(UnitId(unit)),
        post: (!post.is_empty()).then_some(post),
    })
}

fn unknown_word(column: &str, word: &str) -> DbError {
    DbError::Mistaken { message: format!("{column} holds the unknown word {word}") }
}
