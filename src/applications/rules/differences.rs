//! What changed between two versions of a document, value by value.

use serde_json::Value;

use crate::applications::model::Difference;
use crate::platform::text::segment;

/// Every value that differs, by its RFC 6901 pointer, in the order of the pointers. Objects are compared member by member; a list
/// is compared entry by entry as long as both have one, and what one has more is named as a whole.
pub fn differences(old: &Value, new: &Value) -> Vec<Difference> {
    let mut found = Vec::new();
    compare(String::new(), old, new, &mut found);
    found.sort_by(|a, b| a.pointer.cmp(&b.pointer));
    found
}

fn compare(at: String, old: &Value, new: &Value, found: &mut Vec<Difference>) {
    match (old, new) {
        (Value::Object(before), Value::Object(after)) => {
            let keys = before.keys().chain(after.keys().filter(|key| !before.contains_key(*key)));
            for key in keys {
                let at = format!("{at}/{}", segment(key));
                let (old, new) = (before.get(key).unwrap_or(&Value::Null), after.get(key).unwrap_or(&Value::Null));
                compare(at, old, new, found);
            }
        }
        (Value::Array(before), Value::Array(after)) => {
            for n in 0..before.len().max(after.len()) {
                let (old, new) = (before.get(n).unwrap_or(&Value::Null), after.get(n).unwrap_or(&Value::Null));
                compare(format!("{at}/{n}"), old, new, found);
            }
        }
        (old, new) if old == new => {}
        (old, new) => found.push(Difference { pointer: at, old: old.clone(), new: new.clone() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::{Map, json};

    #[test]
    fn each_changed_value_is_named_once() {
        let old = json!({ "summary": "a", "figures": { "years": { "2025": { "revenue": 1 } }, "awards": [{ "kind": "x" }] }, "a/b": 1 });
        let new = json!({ "summary": "b", "figures": { "years": { "2025": { "revenue": 2, "staff": 3 } }, "awards": [] }, "a/b": 1 });
        let found = differences(&old, &new);
        let seen: Vec<_> = found.iter().map(|d| (d.pointer.as_str(), d.old.clone(), d.new.clone())).collect();
        assert_eq!(
            seen,
            [
                ("/figures/awards/0", json!({ "kind": "x" }), Value::Null),
                ("/figures/years/2025/revenue", json!(1), json!(2)),
                ("/figures/years/2025/staff", Value::Null, json!(3)),
                ("/summary", json!("a"), json!("b")),
            ]
        );
        assert_eq!(differences(&old, &old), []);
    }

    fn document() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            any::<bool>().prop_map(Value::from),
            (0..4_i64).prop_map(Value::from),
            "[ab/~]{1,2}".prop_map(Value::from)
        ];
        let inner = leaf.prop_recursive(3, 24, 3, |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 1..3).prop_map(Value::Array),
                proptest::collection::btree_map("[ab/~]{1,2}", inner, 1..3)
                    .prop_map(|members| Value::Object(members.into_iter().collect::<Map<_, _>>())),
            ]
        });
        proptest::collection::btree_map("[a-c]", inner, 0..4)
            .prop_map(|members| Value::Object(members.into_iter().collect::<Map<_, _>>()))
    }

    proptest! {
        #[test]
        fn differences_are_what_the_two_versions_hold_at_that_place(old in document(), new in document()) {
            let found = differences(&old, &new);
            prop_assert_eq!(found.is_empty(), old == new);
            for difference in found {
                let at = |document: &Value| document.pointer(&difference.pointer).cloned().unwrap_or(Value::Null);
                prop_assert_eq!((at(&old), at(&new)), (difference.old.clone(), difference.new.clone()));
                prop_assert_ne!(difference.old, difference.new);
            }
        }
    }
}
