//! Merge patch (RFC 7396): a field left out stays, `null` clears, a value replaces.

use serde::{Deserialize, Deserializer};

/// `#[serde(default, deserialize_with = "patch::field")] pub park: Option<Option<String>>`:
/// `None` = left out, `Some(None)` = cleared, `Some(Some(v))` = replaced.
pub fn field<'de, T: Deserialize<'de>, D: Deserializer<'de>>(d: D) -> Result<Option<Option<T>>, D::Error> {
    Option::<T>::deserialize(d).map(Some)
}
