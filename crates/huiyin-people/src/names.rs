//! The names and telephones of people, for pages that may show them.

use huiyin_domain::ids::PersonId;
use huiyin_foundation::db::{Filter, Tx};
use huiyin_foundation::error::Error;
use std::collections::BTreeMap;

/// The names of these people; whoever is not on the roster is left out.
pub fn of(tx: &mut Tx, people: &[PersonId]) -> Result<BTreeMap<PersonId, String>, Error> {
    if people.is_empty() {
        return Ok(BTreeMap::new());
    }
    // What are these people called?
    let (sql, values) = Filter::new("select id, name from people where id in ").list(people).finish();
    let rows = tx.query(sql, &values)?;
    rows.iter().map(|row| Ok((row.get("id")?, row.text("name")?))).collect()
}

/// The telephones of these people on the roster, as they stand there; whoever has none is left out.
pub fn phones_of(tx: &mut Tx, people: &[PersonId]) -> Result<BTreeMap<PersonId, String>, Error> {
    if people.is_empty() {
        return Ok(BTreeMap::new());
    }
    // How are these people called up?
    let filter = Filter::new("select id, phone from people where phone <> '' and id in ");
    let (sql, values) = filter.list(people).finish();
    let rows = tx.query(sql, &values)?;
    rows.iter().map(|row| Ok((row.get("id")?, row.text("phone")?))).collect()
}
