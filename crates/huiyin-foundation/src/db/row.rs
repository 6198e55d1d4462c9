//! One row of an answer, read by the name of the column or by its place.

use super::error::DbError;
use super::value::Value;
use huiyin_domain::calendar::{Day, Instant};
use std::sync::Arc;

/// One row: its values, and the names of its columns shared with the other rows of the answer.
#[derive(Clone, Debug)]
pub struct Row {
    columns: Arc<[String]>,
    values: Vec<Value>,
}

/// Which column: its name, or its place from 0.
pub trait Column: Copy {
    /// The place of the column among these names.
    fn place(self, columns: &[String]) -> Option<usize>;
    /// The column in words, for a message.
    fn named(self) -> String;
}

impl Column for &str {
    fn place(self, columns: &[String]) -> Option<usize> {
        columns.iter().position(|name| name == self)
    }
    fn named(self) -> String {
        self.to_owned()
    }
}

impl Column for usize {
    fn place(self, columns: &[String]) -> Option<usize> {
        (self < columns.len()).then_some(self)
    }
    fn named(self) -> String {
        format!("number {self}")
    }
}

/// What a value of a row can be read as.
pub trait FromValue: Sized {
    /// The value as this type, or nothing if it is of another kind.
    fn from_value(value: &Value) -> Option<Self>;
}

impl Row {
    pub(crate) fn new(columns: Arc<[String]>, values: Vec<Value>) -> Row {
        Row { columns, values }
    }

    /// The value of a column as the type wanted; `Option<T>` where the column may be null.
    pub fn get<T: FromValue>(&self, column: impl Column) -> Result<T, DbError> {
        let value = self.value(column)?;
        T::from_value(value)
            .ok_or_else(|| DbError::mistaken(format!("column {} holds {}", column.named(), value.kind())))
    }

    /// The value of a column as it is.
    pub fn value(&self, column: impl Column) -> Result<&Value, DbError> {
        column
            .place(&self.columns)
            .and_then(|place| self.values.get(place))
            .ok_or_else(|| DbError::mistaken(format!("there is no column {}", column.named())))
    }

    /// The text of a column, without a copy.
    pub fn str(&self, column: impl Column) -> Result<&str, DbError> {
        match self.value(column)? {
            Value::Text(text) => Ok(text),
            other => Err(DbError::mistaken(format!("column {} holds {}", column.named(), other.kind()))),
        }
    }

    /// The text of a column.
    pub fn text(&self, column: impl Column) -> Result<String, DbError> {
        self.get(column)
    }

    /// The text of a column, if there is one.
    pub fn opt_text(&self, column: impl Column) -> Result<Option<String>, DbError> {
        self.get(column)
    }

    /// The whole number in a column.
    pub fn int(&self, column: impl Column) -> Result<i64, DbError> {
        self.get(column)
    }

    /// The whole number in a column, if there is one.
    pub fn opt_int(&self, column: impl Column) -> Result<Option<i64>, DbError> {
        self.get(column)
    }

    /// The number with a fraction in a column; a whole number counts as one.
    pub fn real(&self, column: impl Column) -> Result<f64, DbError> {
        self.get(column)
    }

    /// The bytes of a column.
    pub fn bytes(&self, column: impl Column) -> Result<Vec<u8>, DbError> {
        self.get(column)
    }

    /// The yes or no of a column that holds 1 or 0.
    pub fn flag(&self, column: impl Column) -> Result<bool, DbError> {
        self.get(column)
    }

    /// The moment in a column.
    pub fn instant(&self, column: impl Column) -> Result<Instant, DbError> {
        self.get(column)
    }

    /// The moment in a column, if there is one.
    pub fn opt_instant(&self, column: impl Column) -> Result<Option<Instant>, DbError> {
        self.get(column)
    }

    /// The day in a column.
    pub fn day(&self, column: impl Column) -> Result<Day, DbError> {
        self.get(column)
    }
}

impl FromValue for Value {
    fn from_value(value: &Value) -> Option<Value> {
        Some(value.clone())
    }
}

impl FromValue for i64 {
    fn from_value(value: &Value) -> Option<i64> {
        match value {
            Value::Int(number) => Some(*number),
            _ => None,
        }
    }
}

macro_rules! narrower {
    ($($number:ty),*) => {$(
        impl FromValue for $number {
            fn from_value(value: &Value) -> Option<$number> {
                i64::from_value(value).and_then(|number| number.try_into().ok())
            }
        }
    )*};
}
narrower!(i32, i16, i8, u64, u32, u16, u8, usize);

impl FromValue for bool {
    fn from_value(value: &Value) -> Option<bool> {
        match value {
            Value::Int(0) => Some(false),
            Value::Int(1) => Some(true),
            _ => None,
        }
    }
}

impl FromValue for f64 {
    fn from_value(value: &Value) -> Option<f64> {
        match value {
            Value::Real(number) => Some(*number),
            // Exact up to 2^53, which no rate or average here reaches.
            Value::Int(number) => Some(*number as f64),
            _ => None,
        }
    }
}

impl FromValue for String {
    fn from_value(value: &Value) -> Option<String> {
        match value {
            Value::Text(text) => Some(text.clone()),
            _ => None,
        }
    }
}

impl FromValue for Vec<u8> {
    fn from_value(value: &Value) -> Option<Vec<u8>> {
        match value {
            Value::Bytes(bytes) => Some(bytes.clone()),
            _ => None,
        }
    }
}

impl<const N: usize> FromValue for [u8; N] {
    fn from_value(value: &Value) -> Option<[u8; N]> {
        match value {
            Value::Bytes(bytes) => bytes.as_slice().try_into().ok(),
            _ => None,
        }
    }
}

impl<T: FromValue> FromValue for Option<T> {
    fn from_value(value: &Value) -> Option<Option<T>> {
        match value {
            Value::Null => Some(None),
            other => T::from_value(other).map(Some),
        }
    }
}

impl FromValue for Instant {
    fn from_value(value: &Value) -> Option<Instant> {
        i64::from_value(value).map(Instant)
    }
}

impl FromValue for Day {
    fn from_value(value: &Value) -> Option<Day> {
        match value {
            Value::Text(text) => text.parse().ok(),
            _ => None,
        }
    }
}
