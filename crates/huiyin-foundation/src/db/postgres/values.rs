//! Our five kinds of value on the wire: a whole number goes into a column of any width, and comes out of it.

use crate::db::error::DbError;
use crate::db::value::Value;
use bytes::BytesMut;
use tokio_postgres::Row;
use tokio_postgres::types::{IsNull, ToSql, Type, to_sql_checked};

type WrongValue = Box<dyn std::error::Error + Sync + Send>;

impl ToSql for Value {
    fn to_sql(&self, wanted: &Type, out: &mut BytesMut) -> Result<IsNull, WrongValue> {
        match self {
            Value::Null => Ok(IsNull::Yes),
            Value::Int(number) => match *wanted {
                Type::INT8 => number.to_sql(wanted, out),
                Type::INT4 => i32::try_from(*number)?.to_sql(wanted, out),
                Type::INT2 => i16::try_from(*number)?.to_sql(wanted, out),
                Type::FLOAT8 => (*number as f64).to_sql(wanted, out),
                _ => Err(unfit(self, wanted)),
            },
            Value::Real(number) if *wanted == Type::FLOAT8 => number.to_sql(wanted, out),
            Value::Text(text) if is_text(wanted) => text.to_sql(wanted, out),
            Value::Bytes(bytes) if *wanted == Type::BYTEA => bytes.to_sql(wanted, out),
            _ => Err(unfit(self, wanted)),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

/// The value of a column of an answer.
pub(super) fn value_at(row: &Row, place: usize) -> Result<Value, DbError> {
    let column = &row.columns()[place];
    let value = match *column.type_() {
        Type::INT8 => row.try_get::<_, Option<i64>>(place).map(|found| found.map(Value::Int)),
        Type::INT4 => row.try_get::<_, Option<i32>>(place).map(|found| found.map(Value::from)),
        Type::INT2 => row.try_get::<_, Option<i16>>(place).map(|found| found.map(Value::from)),
        Type::BOOL => row.try_get::<_, Option<bool>>(place).map(|found| found.map(Value::from)),
        Type::FLOAT8 => row.try_get::<_, Option<f64>>(place).map(|found| found.map(Value::Real)),
        Type::FLOAT4 => row
            .try_get::<_, Option<f32>>(place)
            .map(|found| found.map(|number| Value::Real(f64::from(number)))),
        Type::BYTEA => row.try_get::<_, Option<Vec<u8>>>(place).map(|found| found.map(Value::Bytes)),
        Type::VOID => Ok(None),
        ref other if is_text(other) => {
            row.try_get::<_, Option<String>>(place).map(|found| found.map(Value::Text))
        }
        ref other => {
            let hint = if *other == Type::NUMERIC { "; write cast(sum(x) as bigint)" } else { "" };
            let message =
                format!("column {} is of type {other}, which only PostgreSQL has{hint}", column.name());
            return Err(DbError::mistaken(message));
        }
    };
    value.map(|found| found.unwrap_or(Value::Null)).map_err(|error| super::errors::db_error(&error))
}

fn is_text(wanted: &Type) -> bool {
    matches!(*wanted, Type::TEXT | Type::VARCHAR | Type::BPCHAR | Type::NAME | Type::UNKNOWN)
}

fn unfit(value: &Value, wanted: &Type) -> WrongValue {
    format!("{} where PostgreSQL expects {wanted}", value.kind()).into()
}
