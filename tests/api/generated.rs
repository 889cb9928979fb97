//! What is printed from the code and committed must be fresh; a stale page fails here and `make docs` mends it.

use std::path::Path;

#[track_caller]
fn fresh(path: &str, now: &str, mend: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    // Whoever has just compiled the tests need not compile the binary as well to print a page.
    if std::env::var_os("LAOSHAN_UPDATE_PAGES").is_some() {
        std::fs::write(&file, now.trim_end().to_owned() + "\n").expect("the page is written");
        return;
    }
    let committed = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(committed.trim_end() == now.trim_end(), "{path} is stale: run `{mend}` and commit the result");
}

#[test]
fn docs_roles_is_fresh() {
    fresh("docs/roles.md", &laoshan::platform::policy::markdown(), "make docs");
}

#[test]
fn docs_problems_is_fresh() {
    fresh("docs/problems.md", &laoshan::error::markdown(), "make docs");
}

#[test]
fn docs_notices_is_fresh() {
    fresh("docs/notices.md", &laoshan::messages::rules::page::markdown(), "make docs");
}

#[test]
fn the_api_document_is_the_committed_one() {
    let now = laoshan::server::openapi().to_pretty_json().expect("plain data");
    fresh("docs/openapi.json", &now, "make openapi");
}

#[test]
fn every_operation_has_its_own_name_and_says_what_it_answers() {
    let document: serde_json::Value = serde_json::to_value(laoshan::server::openapi()).expect("plain data");
    let mut names = std::collections::BTreeSet::new();
    for (path, item) in document["paths"].as_object().expect("paths") {
        for (method, operation) in item.as_object().expect("operations") {
            let name = operation["operationId"].as_str().unwrap_or_default();
            assert!(
                !name.is_empty() && names.insert(name.to_owned()),
                "{method} {path}: {name:?} is empty or used twice"
            );
            let good = operation["responses"].as_object().expect("responses").keys().any(|s| s.starts_with('2'));
            assert!(good, "{method} {path} does not say what it answers when it works");
            assert!(operation["tags"][0].is_string(), "{method} {path} has no tag");
            let declared = operation["parameters"].as_array().into_iter().flatten().filter(|p| p["in"] == "path");
            let declared = declared.map(|p| p["name"].as_str().expect("a name").to_owned()).collect::<Vec<_>>();
            let named = path.split('{').skip(1).filter_map(|part| part.split('}').next()).collect::<Vec<_>>();
            assert_eq!(declared, named, "{method} {path}: what stands in braces is a parameter");
        }
    }
}

/// A client generated from the document fails on the first reference that leads nowhere.
#[test]
fn every_reference_of_the_api_document_leads_somewhere() {
    fn references(value: &serde_json::Value, found: &mut Vec<String>) {
        match value {
            serde_json::Value::Object(members) => {
                found.extend(members.get("$ref").and_then(|to| to.as_str()).map(str::to_owned));
                members.values().for_each(|inner| references(inner, found));
            }
            serde_json::Value::Array(items) => items.iter().for_each(|inner| references(inner, found)),
            _ => {}
        }
    }
    let document: serde_json::Value = serde_json::to_value(laoshan::server::openapi()).expect("plain data");
    let mut found = Vec::new();
    references(&document, &mut found);
    assert!(found.len() > 100);
    found.retain(|to| document.pointer(to.trim_start_matches('#')).is_none());
    assert_eq!(found, Vec::<String>::new(), "in a list of parameters, #[param(inline)] writes the type out");
}

#[test]
fn every_row_of_the_policy_table_is_asked_somewhere() {
    let mut code = String::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") && !path.ends_with("policy.rs") {
                code += &std::fs::read_to_string(path).expect("a source file");
            }
        }
    }
    for action in laoshan::platform::policy::Action::ALL {
        assert!(code.contains(&format!("Action::{action:?}")), "nothing asks for {action:?}");
    }
}
