//! One reported value with, when it is known, where it came from.

use std::fmt;

use serde::de::{Error, MapAccess, Visitor, value::MapAccessDeserializer};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use utoipa::ToSchema;

/// The value of an indicator in one year, in the unit of the indicator. Written as a plain integer, or as an
/// object when the source is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnnualValue {
    pub value: i64,
    /// Where the value comes from, for example `annual_update`, `application`, `import`.
    pub source: Option<String>,
    /// An officer or auditor has verified it.
    pub verified: bool,
}

impl AnnualValue {
    pub fn plain(value: i64) -> Self {
        Self { value, source: None, verified: false }
    }

    pub fn sourced(value: i64, source: impl Into<String>, verified: bool) -> Self {
        Self { value, source: Some(source.into()), verified }
    }
}

/// A whole number in the unit of the indicator (fen, persons, count, ppm), or an object with its source.
///
/// The written form of [`AnnualValue`], which stands for it in the description of the interface.
#[derive(Serialize, ToSchema)]
#[serde(untagged)]
#[schema(as = AnnualValue)]
pub enum AnnualForm {
    Plain(i64),
    Sourced(#[schema(inline)] Sourced),
}

/// The object form, a struct of its own so that a misspelt key is refused.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Sourced {
    value: i64,
    /// Where the value comes from, for example `annual_update`, `application`, `import`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    source: Option<String>,
    /// An officer or auditor has verified it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    verified: bool,
}

impl Serialize for AnnualValue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let form = if self.source.is_none() && !self.verified {
            AnnualForm::Plain(self.value)
        } else {
            AnnualForm::Sourced(Sourced { value: self.value, source: self.source.clone(), verified: self.verified })
        };
        form.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for AnnualValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnnualVisitor)
    }
}

/// Not `#[serde(untagged)]`: that would lose both the message and the place of what is wrong inside.
struct AnnualVisitor;

impl<'de> Visitor<'de> for AnnualVisitor {
    type Value = AnnualValue;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a whole number or an object {value, source, verified}")
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<AnnualValue, E> {
        Ok(AnnualValue::plain(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<AnnualValue, E> {
        i64::try_from(value).map(AnnualValue::plain).map_err(|_| E::custom("the number is too large"))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<AnnualValue, A::Error> {
        let Sourced { value, source, verified } = Sourced::deserialize(MapAccessDeserializer::new(map))?;
        Ok(AnnualValue { value, source, verified })
    }
}
