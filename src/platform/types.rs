//! Column types that mean the same on SQLite and PostgreSQL: ids, stamps, text enums and JSON documents.

use chrono::{DateTime, Duration, NaiveDateTime, SubsecRound, Utc};
use diesel::backend::Backend;
use diesel::deserialize::{self, FromSql, FromSqlRow};
use diesel::expression::AsExpression;
use diesel::serialize::{self, Output, ToSql};
use diesel::sql_types::{Text, Timestamp};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::marker::PhantomData;
use utoipa::{PartialSchema, ToSchema};

use crate::error::AppError;

/// A moment in UTC, to the microsecond: what PostgreSQL keeps, so both databases answer with what was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, AsExpression, FromSqlRow)]
#[diesel(sql_type = Timestamp)]
pub struct Stamp(NaiveDateTime);

impl Stamp {
    pub fn new(at: DateTime<Utc>) -> Self {
        Self(at.naive_utc().trunc_subsecs(6))
    }
    pub fn utc(self) -> DateTime<Utc> {
        self.0.and_utc()
    }
    pub fn plus(self, by: Duration) -> Self {
        Self(self.0 + by)
    }
    pub fn minus(self, by: Duration) -> Self {
        Self(self.0 - by)
    }
    /// RFC 3339 with microseconds: fixed width, so that it sorts and hashes the same everywhere.
    pub fn to_rfc3339(self) -> String {
        self.utc().to_rfc3339_opts(chrono::SecondsFormat::Micros, true)
    }
}

impl<DB: Backend> ToSql<Timestamp, DB> for Stamp
where
    NaiveDateTime: ToSql<Timestamp, DB>,
{
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
        self.0.to_sql(out)
    }
}

impl<DB: Backend> FromSql<Timestamp, DB> for Stamp
where
    NaiveDateTime: FromSql<Timestamp, DB>,
{
    fn from_sql(bytes: DB::RawValue<'_>) -> deserialize::Result<Self> {
        Ok(Self(NaiveDateTime::from_sql(bytes)?))
    }
}

impl Serialize for Stamp {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(&self.to_rfc3339())
    }
}

impl<'de> Deserialize<'de> for Stamp {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        Ok(Self::new(DateTime::<Utc>::deserialize(d)?))
    }
}

impl PartialSchema for Stamp {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        utoipa::openapi::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::String)
            .format(Some(utoipa::openapi::SchemaFormat::KnownFormat(utoipa::openapi::KnownFormat::DateTime)))
            .into()
    }
}
impl ToSchema for Stamp {}

/// `id_type!(RoundId)`: a text id of its own type, so that a round's id is never passed for an application's.
#[macro_export]
macro_rules! id_type {
    ($($(#[$meta:meta])* $name:ident),* $(,)?) => {$(
        $(#[$meta])*
        #[derive(
            Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize, utoipa::ToSchema,
            diesel::expression::AsExpression, diesel::deserialize::FromSqlRow,
        )]
        #[diesel(sql_type = diesel::sql_types::Text)]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl $name {
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }
        impl From<uuid::Uuid> for $name {
            fn from(id: uuid::Uuid) -> Self {
                Self(id.to_string())
            }
        }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
        impl<DB: diesel::backend::Backend> diesel::serialize::ToSql<diesel::sql_types::Text, DB> for $name
        where
            str: diesel::serialize::ToSql<diesel::sql_types::Text, DB>,
        {
            fn to_sql<'b>(&'b self, out: &mut diesel::serialize::Output<'b, '_, DB>) -> diesel::serialize::Result {
                diesel::serialize::ToSql::<diesel::sql_types::Text, DB>::to_sql(self.0.as_str(), out)
            }
        }
        impl<DB: diesel::backend::Backend> diesel::deserialize::FromSql<diesel::sql_types::Text, DB> for $name
        where
            String: diesel::deserialize::FromSql<diesel::sql_types::Text, DB>,
        {
            fn from_sql(bytes: DB::RawValue<'_>) -> diesel::deserialize::Result<Self> {
                Ok(Self(<String as diesel::deserialize::FromSql<diesel::sql_types::Text, DB>>::from_sql(bytes)?))
            }
        }
    )*};
}

/// Stores an enum that has `as_str` and `FromStr` as Text. `text_enum!` makes a whole such enum.
#[macro_export]
macro_rules! text_column {
    ($name:ty) => {
        impl<DB: diesel::backend::Backend> diesel::serialize::ToSql<diesel::sql_types::Text, DB> for $name
        where
            str: diesel::serialize::ToSql<diesel::sql_types::Text, DB>,
        {
            fn to_sql<'b>(&'b self, out: &mut diesel::serialize::Output<'b, '_, DB>) -> diesel::serialize::Result {
                diesel::serialize::ToSql::<diesel::sql_types::Text, DB>::to_sql(self.as_str(), out)
            }
        }
        impl<DB: diesel::backend::Backend> diesel::deserialize::FromSql<diesel::sql_types::Text, DB> for $name
        where
            String: diesel::deserialize::FromSql<diesel::sql_types::Text, DB>,
        {
            fn from_sql(bytes: DB::RawValue<'_>) -> diesel::deserialize::Result<Self> {
                let text = <String as diesel::deserialize::FromSql<diesel::sql_types::Text, DB>>::from_sql(bytes)?;
                text.parse::<$name>().map_err(Into::into)
            }
        }
    };
}

/// An enum kept as Text and shown in the API under the same word.
///
/// `text_enum! { pub enum RoundState { Draft = "draft", .. } }`
#[macro_export]
macro_rules! text_enum {
    ($(#[$meta:meta])* pub enum $name:ident { $($(#[$vmeta:meta])* $variant:ident = $text:tt),* $(,)? }) => {
        $(#[$meta])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize, utoipa::ToSchema,
            diesel::expression::AsExpression, diesel::deserialize::FromSqlRow,
        )]
        #[diesel(sql_type = diesel::sql_types::Text)]
        pub enum $name { $($(#[$vmeta])* #[serde(rename = $text)] $variant),* }

        impl $name {
            pub const ALL: &'static [$name] = &[$($name::$variant),*];
            pub fn as_str(&self) -> &'static str {
                match self { $($name::$variant => $text),* }
            }
        }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
        impl std::str::FromStr for $name {
            type Err = String;
            fn from_str(text: &str) -> Result<Self, String> {
                match text {
                    $($text => Ok($name::$variant),)*
                    other => Err(format!("{other:?} is no {}", stringify!($name))),
                }
            }
        }
        $crate::text_column!($name);
    };
}

/// A JSON document in a Text column. The text is kept as written (hashes over it stay true) and read on demand as `T`.
#[derive(AsExpression, FromSqlRow)]
#[diesel(sql_type = diesel::sql_types::Text)]
pub struct Doc<T> {
    text: String,
    shape: PhantomData<fn() -> T>,
}

impl<T: Serialize> Doc<T> {
    pub fn of(value: &T) -> Self {
        Self::from_text(serde_json::to_string(value).expect("documents are made of plain data and always serialise"))
    }
}

impl<T: DeserializeOwned> Doc<T> {
    /// Fails only when the database was edited by hand or a document's shape changed without a migration.
    pub fn read(&self) -> Result<T, AppError> {
        serde_json::from_str(&self.text).map_err(AppError::internal)
    }
}

impl<T> Doc<T> {
    pub fn from_text(text: String) -> Self {
        Self { text, shape: PhantomData }
    }
    pub fn as_text(&self) -> &str {
        &self.text
    }
}

impl<T> std::fmt::Debug for Doc<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text)
    }
}

impl<T> Clone for Doc<T> {
    fn clone(&self) -> Self {
        Self::from_text(self.text.clone())
    }
}

impl<T, DB: Backend> ToSql<Text, DB> for Doc<T>
where
    str: ToSql<Text, DB>,
{
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
        ToSql::<Text, DB>::to_sql(self.text.as_str(), out)
    }
}

impl<T, DB: Backend> FromSql<Text, DB> for Doc<T>
where
    String: FromSql<Text, DB>,
{
    fn from_sql(bytes: DB::RawValue<'_>) -> deserialize::Result<Self> {
        Ok(Self::from_text(<String as FromSql<Text, DB>>::from_sql(bytes)?))
    }
}
