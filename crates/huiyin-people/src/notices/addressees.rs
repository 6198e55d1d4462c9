//! Who stands behind the keyed references of letters: worked out in memory when letters leave, and written nowhere.

use super::correspondents::{self, Correspondent};
use huiyin_domain::ids::PersonId;
use huiyin_foundation::db::{DbError, Tx};
use huiyin_foundation::error::Error;
use huiyin_foundation::keys::Keys;
use std::collections::HashMap;

/// Which of a person's references a letter is addressed to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Beside {
    /// Their open cases, or their work.
    Open,
    /// Their sealed cases, which no letter may lead back to them.
    Sealed,
    /// A matter they met too.
    Echo,
    /// A case that came as a letter, from somebody who need not have an account.
    Letter,
}

/// A person who can be written to.
#[derive(Clone, Debug)]
pub(super) struct Addressee {
    pub person: PersonId,
    pub email: String,
    /// 学工号, their name inside WeCom.
    pub number: String,
    pub beside: Beside,
    /// The exchange, where it is one.
    pub exchange: Option<Correspondent>,
}

/// Everybody with an account, by each of their references, and whoever else a letter waits for.
pub(super) fn all(tx: &mut Tx, keys: &Keys) -> Result<HashMap<String, Addressee>, Error> {
    // Who can be written to?
    let people = tx.query_map(
        "select id, number, email
           from people
          where disabled = 0",
        &[],
        |row| Ok::<_, DbError>((row.get::<PersonId>("id")?, row.text("number")?, row.text("email")?)),
    )?;
    let mut known = HashMap::with_capacity(people.len() * 3);
    for (person, number, email) in people {
        let refs = keys.letter_refs(&person);
        for (reference, beside) in refs.into_iter().zip([Beside::Open, Beside::Sealed, Beside::Echo]) {
            let (person, number, email) = (person.clone(), number.clone(), email.clone());
            known.insert(reference, Addressee { person, email, number, beside, exchange: None });
        }
    }
    for exchange in correspondents::waited_for(tx, keys)? {
        let (person, email) = (PersonId::from(""), exchange.address.clone());
        let (number, beside, key) = (String::new(), Beside::Letter, exchange.exchange.clone());
        known.insert(key, Addressee { person, email, number, beside, exchange: Some(exchange) });
    }
    Ok(known)
}
