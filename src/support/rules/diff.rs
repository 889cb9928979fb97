//! What differs between two revisions, value by value.

use serde_json::{Map, Value};

use crate::platform::text::segment;
use crate::support::model::{DiffLine, PlanContent};

/// Lists are compared by what names their members (a goal's indicator, a key), so that moving a line up is no change and a changed
/// date is one line, not a whole measure.
pub fn diff(old: &PlanContent, new: &PlanContent) -> Vec<DiffLine> {
    let mut lines = Vec::new();
    compare("", &named(old), &named(new), &mut lines);
    lines
}

fn named(content: &PlanContent) -> Value {
    let mut value = serde_json::to_value(content).expect("a plan's content is plain data");
    for (list, name) in [("goals", "indicator"), ("measures", "key"), ("budget", "key")] {
        let members = value[list].as_array().cloned().unwrap_or_default();
        let by_name = members.into_iter().filter_map(|member| Some((member[name].as_str()?.to_owned(), member)));
        value[list] = Value::Object(by_name.collect::<Map<_, _>>());
    }
    value
}

fn compare(at: &str, old: &Value, new: &Value, lines: &mut Vec<DiffLine>) {
    match (old, new) {
        _ if old == new => {}
        (Value::Object(a), Value::Object(b)) => {
            let added = b.keys().filter(|name| !a.contains_key(*name));
            for name in a.keys().chain(added) {
                let at = format!("{at}/{}", segment(name));
                let none = &Value::Null;
                compare(&at, a.get(name).unwrap_or(none), b.get(name).unwrap_or(none), lines);
            }
        }
        _ => lines.push(DiffLine { pointer: at.to_owned(), old: old.clone(), new: new.clone() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::support::model::Measure;
    use proptest::prelude::*;
    use serde_json::json;

    fn measure(key: &str, title: &str, day: u32) -> Measure {
        let value =
            json!({"key": key, "category": "OTH", "title": title, "lead": "u", "due_on": format!("2026-01-{day:02}")});
        serde_json::from_value(value).unwrap()
    }

    #[test]
    fn one_changed_date_is_one_line_and_an_added_measure_another() {
        let old = PlanContent { measures: vec![measure("a", "A", 1), measure("b", "B", 1)], ..PlanContent::default() };
        let new = PlanContent {
            measures: vec![measure("c", "C", 3), measure("b", "B", 2), measure("a", "A", 1)],
            diagnosis: "缺场地".into(),
            ..PlanContent::default()
        };
        let line = |pointer: &str, old: Value, new: Value| DiffLine { pointer: pointer.into(), old, new };
        assert_eq!(
            diff(&old, &new),
            [
                line("/diagnosis", json!(""), json!("缺场地")),
                line("/measures/b/due_on", json!("2026-01-01"), json!("2026-01-02")),
                line("/measures/c", Value::Null, serde_json::to_value(measure("c", "C", 3)).unwrap()),
            ]
        );
    }

    fn contents() -> impl Strategy<Value = PlanContent> {
        let measures = prop::collection::btree_map("[a-c]", ("[A-C]", 1..4_u32), 0..3);
        (measures, "[xy]{0,2}", prop::collection::vec("[pq]", 0..2)).prop_map(|(measures, diagnosis, commitments)| {
            let measures = measures.into_iter().map(|(key, (title, day))| measure(&key, &title, day)).collect();
            PlanContent { diagnosis, commitments, measures, ..PlanContent::default() }
        })
    }

    proptest! {
        #[test]
        fn a_diff_is_empty_for_equals_and_leads_from_the_old_to_the_new(old in contents(), new in contents()) {
            let lines = diff(&old, &new);
            prop_assert_eq!(lines.is_empty(), named(&old) == named(&new));
            let mut patched = named(&old);
            for line in &lines {
                let (parent, name) = line.pointer.rsplit_once('/').unwrap();
                let parent = patched.pointer_mut(parent).and_then(Value::as_object_mut).unwrap();
                match &line.new {
                    Value::Null if line.pointer.starts_with("/measures/") => drop(parent.remove(name)),
                    value => drop(parent.insert(name.to_owned(), value.clone())),
                }
            }
            prop_assert_eq!(patched, named(&new));
        }
    }
}
