//! What goes into a statement and comes out of a row: five kinds of value, the same on both engines.
//!
//! The rest of the house's types stand on these: instants are whole numbers (UTC milliseconds), days and ids are text,
//! yes and no are 1 and 0.

use huiyin_domain::calendar::{Day, Instant};
use huiyin_domain::ids;

/// One value of a column or a parameter.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Nothing.
    Null,
    /// A whole number, of whatever width the column has.
    Int(i64),
    /// Text.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
    /// A number with a fraction.
    Real(f64),
}

/// The parameters of a statement, in the order of `$1, $2, …`; anything that has an `Into<Value>`.
///
/// ```
/// use huiyin_foundation::params;
/// let unit = "后勤处";
/// assert_eq!(params![unit, 3_i64].len(), 2);
/// assert_eq!(params![].len(), 0);
/// ```
#[macro_export]
macro_rules! params {
    ($($value:expr),* $(,)?) => {
        (&[$($crate::db::Value::from($value)),*] as &[$crate::db::Value])
    };
}

impl Value {
    /// The word for this kind of value, for messages.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Value::Null => "null",
            Value::Int(_) => "a whole number",
            Value::Text(_) => "text",
            Value::Bytes(_) => "bytes",
            Value::Real(_) => "a real number",
        }
    }

    /// Whether this can be stored on both engines: PostgreSQL has no text with a zero character inside.
    pub(crate) fn is_storable(&self) -> bool {
        !matches!(self, Value::Text(text) if text.as_bytes().contains(&0))
    }
}

macro_rules! whole_numbers {
    ($($number:ty),*) => {$(
        impl From<$number> for Value {
            fn from(number: $number) -> Value {
                Value::Int(i64::from(number))
            }
        }
    )*};
}
whole_numbers!(i64, i32, i16, i8, u32, u16, u8, bool);

impl From<usize> for Value {
    fn from(count: usize) -> Value {
        Value::Int(i64::try_from(count).unwrap_or(i64::MAX))
    }
}

impl From<f64> for Value {
    fn from(number: f64) -> Value {
        Value::Real(number)
    }
}

impl From<String> for Value {
    fn from(text: String) -> Value {
        Value::Text(text)
    }
}

impl From<&String> for Value {
    fn from(text: &String) -> Value {
        Value::Text(text.clone())
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Value {
        Value::Text(text.to_owned())
    }
}

impl From<Vec<u8>> for Value {
    fn from(bytes: Vec<u8>) -> Value {
        Value::Bytes(bytes)
    }
}

impl From<&[u8]> for Value {
    fn from(bytes: &[u8]) -> Value {
        Value::Bytes(bytes.to_vec())
    }
}

impl From<&Vec<u8>> for Value {
    fn from(bytes: &Vec<u8>) -> Value {
        Value::Bytes(bytes.clone())
    }
}

impl<const N: usize> From<[u8; N]> for Value {
    fn from(bytes: [u8; N]) -> Value {
        Value::Bytes(bytes.to_vec())
    }
}

impl<const N: usize> From<&[u8; N]> for Value {
    fn from(bytes: &[u8; N]) -> Value {
        Value::Bytes(bytes.to_vec())
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Value {
        value.map_or(Value::Null, Into::into)
    }
}

impl From<&Value> for Value {
    fn from(value: &Value) -> Value {
        value.clone()
    }
}

impl From<Instant> for Value {
    fn from(instant: Instant) -> Value {
        Value::Int(instant.0)
    }
}

impl From<Day> for Value {
    fn from(day: Day) -> Value {
        Value::Text(day.to_string())
    }
}

/// Every id that is a word is stored as that word.
macro_rules! ids_as_text {
    ($($id:ident),* $(,)?) => {$(
        impl From<ids::$id> for Value {
            fn from(id: ids::$id) -> Value {
                Value::Text(id.0)
            }
        }
        impl From<&ids::$id> for Value {
            fn from(id: &ids::$id) -> Value {
                Value::Text(id.0.clone())
            }
        }
        impl $crate::db::FromValue for ids::$id {
            fn from_value(value: &Value) -> Option<ids::$id> {
                String::from_value(value).map(ids::$id)
            }
        }
    )*};
}
ids_as_text!(CaseNo, PersonId, UnitId, KindId, CategoryId, ChannelId, PlaceId, FileId);
