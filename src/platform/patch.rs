//! Merge patch (RFC 7396): a field left out stays, `null` clears, a value replaces.

use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};

/// `#[serde(default, deserialize_with = "patch::field")] pub park: Option<Option<String>>`:
/// `None` = left out, `Some(None)` = cleared, `Some(Some(v))` = replaced.
pub fn field<'de, T: Deserialize<'de>, D: Deserializer<'de>>(d: D) -> Result<Option<Option<T>>, D::Error> {
    Option::<T>::deserialize(d).map(Some)
}

/// Merges a patch into a document: `null` removes, objects are merged, everything else replaces.
pub fn merge(target: &mut Value, patch: &Value) {
    let Value::Object(patch) = patch else {
        *target = patch.clone();
        return;
    };
    if !target.is_object() {
        *target = Value::Object(Map::new());
    }
    let Value::Object(target) = target else { return };
    for (key, value) in patch {
        if value.is_null() {
            target.remove(key);
        } else {
            merge(target.entry(key.clone()).or_insert(Value::Null), value);
        }
    }
}
