//! What still differs between the two engines, all of it here.
//!
//! A statement is written once (lower case, `$1 … $n`). These are the differences the door bridges, and those a writer
//! of SQL has to know:
//!
//! - rusqlite numbers `$n` by first appearance, PostgreSQL by number: [`numbered`] turns `$n` into `?n` for SQLite.
//! - A statement that fails spoils the whole transaction on PostgreSQL. So that both behave alike, [`Tx`](super::Tx)
//!   refuses to go on after a failure on either; [`Tx::attempt`](super::Tx::attempt) is the way to try and carry on.
//! - Writes on SQLite come one after the other. On PostgreSQL they overlap (read committed): whoever hands out a number
//!   does so in one statement (`insert … on conflict do update set last = last + 1 returning last`), and whoever must
//!   not lose to a neighbour relies on a unique index, never on "first look, then write".
//! - `sum` of a bigint is numeric on PostgreSQL: write `cast(sum(x) as bigint)`. The door refuses numeric.
//! - Text sorts by bytes on SQLite and by the database's collation on PostgreSQL: create the database with the
//!   collation `C`. Range conditions on text are for days and ids, which are plain ASCII.
//! - No text with a zero character on PostgreSQL: the door refuses it on both.
//! - No deferred constraints: on SQLite they are checked when a whole group is committed, and one that does not hold
//!   would undo its neighbours too.
//! - `like` overlooks the case of Latin letters on SQLite only: write `lower(x) like lower($1)`.
//! - `limit -1`, `insert or ignore`, `ilike`, `for update`, `::type`, JSON operators and date functions exist on one
//!   only. Not used.

use std::fmt::Write as _;

/// Which of the two engines keeps the data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Engine {
    /// SQLite, inside the program.
    Sqlite,
    /// A PostgreSQL server.
    Postgres,
}

/// The statement with every `$n` turned into `?n`; what stands in quotes or comments is left as it is.
pub(crate) fn numbered(sql: &str) -> String {
    let mut out = String::with_capacity(sql.len());
    let mut rest = sql;
    while let Some(at) = rest.find(['$', '\'', '"', '-', '/']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let taken = match rest.as_bytes() {
            [b'$', digit, ..] if digit.is_ascii_digit() => {
                let digits = rest[1..].bytes().take_while(u8::is_ascii_digit).count();
                // Writing to a string cannot fail.
                let _ = write!(out, "?{}", &rest[1..=digits]);
                rest = &rest[1 + digits..];
                continue;
            }
            [quote @ (b'\'' | b'"'), ..] => after(rest, 1, char::from(*quote)),
            [b'-', b'-', ..] => after(rest, 2, '\n'),
            [b'/', b'*', ..] => rest[2..].find("*/").map_or(rest.len(), |end| end + 4),
            _ => 1,
        };
        out.push_str(&rest[..taken]);
        rest = &rest[taken..];
    }
    out.push_str(rest);
    out
}

/// How many bytes lie up to and including the mark, looking from `from` on.
fn after(text: &str, from: usize, mark: char) -> usize {
    text[from..].find(mark).map_or(text.len(), |end| from + end + 1)
}

#[cfg(test)]
mod tests {
    use super::numbered;

    #[test]
    fn parameters_keep_their_numbers() {
        assert_eq!(numbered("select $2||$1||$2"), "select ?2||?1||?2");
        assert_eq!(numbered("values ($1, $10, $11)"), "values (?1, ?10, ?11)");
    }

    #[test]
    fn what_stands_in_quotes_or_comments_is_left_alone() {
        for same in [
            "select '$1', 'it''s $2'",
            "select \"$1\"",
            "-- costs $5\nselect 1",
            "/* $1 */ select 4/2-1",
            "'open $1",
        ] {
            assert_eq!(numbered(same), same);
        }
        assert_eq!(numbered("select '$1' || $1 -- 费用 $2\n, $2"), "select '$1' || ?1 -- 费用 $2\n, ?2");
    }
}
