//! The house rules that a compiler cannot see, checked by reading the tree.
//!
//! Each rule carries a sample that breaks it, and a test shows that it is caught: a rule that cannot fail protects nothing.

use std::collections::BTreeSet;
use std::fmt;
use std::path::Path;

/// Path from the root of the repository with forward slashes, and the text.
struct File {
    path: String,
    text: String,
}

/// One offence, printed as `rule: path:line: what`.
struct Offence<'a> {
    rule: &'a str,
    path: &'a str,
    line: usize,
    what: String,
}

impl fmt::Display for Offence<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}\n    rule: {}", self.path, self.line, self.what, self.rule)
    }
}

/// A rule over the files that `applies` picks, and a file that breaks it.
struct Rule {
    name: &'static str,
    applies: fn(&str) -> bool,
    check: fn(&File) -> Vec<(usize, String)>,
    broken: (&'static str, &'static str),
}

/// `a/b.rs` or anything inside `a/b/`.
fn is_part(path: &str, part: &str) -> bool {
    path.starts_with("src/") && (path.ends_with(&format!("/{part}.rs")) || path.contains(&format!("/{part}/")))
}

fn is_rust(path: &str) -> bool {
    path.ends_with(".rs") && ["src/", "tests/", "benches/"].iter().any(|top| path.starts_with(top))
}

const RULES: &[Rule] = &[
    Rule {
        name: "http.rs holds no query: it asks the service through the door",
        applies: |path| is_part(path, "http"),
        check: |file| mentions(file, &["diesel", "crate::schema", "db"]),
        broken: ("src/rounds/http.rs", "use crate::{platform::page, schema::rounds};"),
    },
    Rule {
        name: "rules.rs is pure: no framework, no database, no files, no environment, no clock",
        applies: |path| is_part(path, "rules"),
        check: |file| {
            mentions(file, &["diesel", "actix_web", "std::fs", "std::env", "Utc::now", "Local::now", "SystemTime::now"])
        },
        broken: ("src/rounds/rules.rs", "fn late(due: DateTime<Utc>) -> bool {\n    Utc::now() > due\n}"),
    },
    Rule {
        name: "db.rs makes no decision and knows no web framework",
        applies: |path| is_part(path, "db"),
        check: |file| mentions(file, &["actix_web", "rules"]),
        broken: ("src/rounds/db.rs", "use super::{model::Round, rules};"),
    },
    Rule {
        name: "model.rs knows neither the web framework nor the layers above it",
        applies: |path| is_part(path, "model"),
        check: |file| mentions(file, &["actix_web", "db", "service"]),
        broken: ("src/rounds/model.rs", "fn all() -> Vec<Round> {\n    super::db::list_rounds()\n}"),
    },
    Rule {
        name: "the pool belongs to platform/: only the door opens the database",
        applies: |path| path.starts_with("src/") && !path.starts_with("src/platform/"),
        check: |file| mentions(file, &["r2d2", "conn::Pool", "platform::Pool"]),
        broken: ("src/rounds/service.rs", "use diesel::r2d2::ConnectionManager;"),
    },
    Rule {
        name: "a file past 450 lines becomes a folder, split by use case",
        applies: |path| path.starts_with("src/") && path.ends_with(".rs") && path != "src/schema.rs",
        check: |file| match file.text.lines().count() {
            lines if lines > 450 => vec![(451, format!("{lines} lines"))],
            _ => Vec::new(),
        },
        broken: ("src/rounds/service.rs", LONG),
    },
    Rule {
        name: "nothing is left half done",
        applies: is_rust,
        check: |file| find(&code_of(&file.text), &["todo!(", "unimplemented!(", "dbg!(", "#[ignore"]),
        broken: ("src/rounds/service.rs", "fn open() {\n    todo!()\n}"),
    },
    Rule {
        name: "a file is called after what it does, not utils, helpers or common",
        applies: |path| is_rust(path) || path.starts_with("web/src/"),
        check: |file| {
            let names = file.path.split('/').map(|name| name.split('.').next().unwrap_or(name));
            let vague = names.filter(|name| ["util", "utils", "helper", "helpers", "common", "misc"].contains(name));
            vague.map(|name| (1, format!("is called {name}"))).collect()
        },
        broken: ("src/platform/utils.rs", ""),
    },
    Rule {
        name: "no path of one person's machine",
        applies: |_| true,
        check: |file| {
            // Put together here so that this file does not find itself.
            let homes = ["work", "farm", "root", "home", "Users"].map(|home| format!("/{home}/"));
            let starts_path =
                |before: &str| !before.ends_with(|c: char| c.is_alphanumeric() || "._-~})]*/".contains(c));
            let is_machine =
                |line: &str| homes.iter().any(|home| line.match_indices(home).any(|(at, _)| starts_path(&line[..at])));
            let lines = file.text.lines().enumerate().filter(|(_, line)| is_machine(line));
            lines.map(|(at, line)| (at + 1, line.trim().to_owned())).collect()
        },
        broken: ("docs/operations.md", concat!("Look into `", "/home", "/li/laoshan/data`.")),
    },
];

const LONG: &str = match std::str::from_utf8(&[b'\n'; 451]) {
    Ok(lines) => lines,
    Err(_) => "",
};

#[test]
fn the_tree_keeps_the_house_rules() {
    let tree = tree();
    let offences = RULES.iter().flat_map(|rule| broken_by(rule, &tree)).chain(slices_in_platform(&tree));
    let offences = offences.chain(lonely_migrations(&tree)).chain(unknown_settings(&tree));
    assert_none(offences.chain(twin_schemas(&tree)));
}

#[test]
fn every_rule_catches_the_sample_that_breaks_it() {
    for rule in RULES {
        let (path, text) = rule.broken;
        let tree = [File { path: path.to_owned(), text: text.to_owned() }];
        assert!(!broken_by(rule, &tree).is_empty(), "not caught: {}", rule.name);
    }
}

#[test]
fn words_in_comments_and_texts_are_no_imports() {
    let text = "//! No diesel::here.\n/* std::env::var */ const A: &str = \"diesel::x\";\nconst B: &str = r#\"std::fs::\"#; fn f<'a>(c: &'a char) { let _ = '\"'; }";
    let file = File { path: "src/rounds/rules.rs".into(), text: text.into() };
    assert_eq!(mentions(&file, &["diesel", "std::env", "std::fs"]), []);
}

#[test]
fn the_test_module_of_a_file_is_not_bound_by_its_imports() {
    let text = "use crate::x;\n#[cfg(test)]\nmod tests {\n    use std::fs;\n}\n";
    let file = File { path: "src/rounds/rules.rs".into(), text: text.into() };
    assert_eq!(mentions(&file, &["std::fs"]), []);
}

#[test]
fn nested_imports_are_read_to_their_full_paths() {
    let code = "use std::{collections::BTreeMap, io::{self, Write}};\nfn f() { crate::a::b(1) }";
    let paths: Vec<(usize, String)> = paths_in(code);
    let paths: Vec<&str> = paths.iter().map(|(_, path)| path.as_str()).collect();
    assert_eq!(paths, ["std::collections::BTreeMap", "std::io::self", "std::io::Write", "crate::a::b"]);
}

#[test]
fn a_slice_named_in_platform_is_caught() {
    let file = |path: &str, text: &str| File { path: path.into(), text: text.into() };
    let tree = [
        file("src/rounds/model.rs", ""),
        file("src/schema.rs", ""),
        file("src/platform/page.rs", "use crate::schema::rounds;\nuse crate::rounds::model::Round;"),
    ];
    let lines: Vec<usize> = slices_in_platform(&tree).map(|offence| offence.line).collect();
    assert_eq!(lines, [2]);
}

#[test]
fn a_migration_without_its_twin_is_caught() {
    let file = |path: &str| File { path: path.into(), text: String::new() };
    let pair =
        ["migrations/sqlite/0001_a/up.sql", "migrations/sqlite/0001_a/down.sql", "migrations/postgres/0001_a/up.sql"];
    let missing: Vec<String> = lonely_migrations(&pair.map(file)).map(|offence| offence.what).collect();
    assert_eq!(missing, ["migrations/postgres/0001_a/down.sql is missing"]);
}

#[test]
fn a_setting_that_the_program_would_refuse_is_caught() {
    let file = |path: &str, text: &str| File { path: path.into(), text: text.into() };
    let tree = [
        file("config/default.toml", "[database]\n# Where.\nurl = \"\"\n[mail]\n# from = \"a@b\"\n"),
        file("compose.yaml", "LAOSHAN__DATABASE__URL: x\nLAOSHAN__MAIL__FROM: y\nLAOSHAN__DATABASE__URI: z\n"),
    ];
    let lines: Vec<usize> = unknown_settings(&tree).map(|offence| offence.line).collect();
    assert_eq!(lines, [3]);
}

#[test]
fn two_schemas_of_one_name_are_caught() {
    let file = |path: &str, text: &str| File { path: path.into(), text: text.into() };
    let tree = [
        file("src/a/model.rs", "#[derive(Debug, ToSchema)]\npub struct Line {}\n#[derive(Debug)]\npub struct Row {}"),
        file("src/b/model.rs", "text_enum! {\n    pub enum Line {}\n}\n#[derive(ToSchema)]\npub struct Row {}"),
    ];
    let found: Vec<(&str, usize)> = twin_schemas(&tree).map(|offence| (offence.path, offence.line)).collect();
    assert_eq!(found, [("src/b/model.rs", 2)]);
}

fn assert_none<'a>(offences: impl Iterator<Item = Offence<'a>>) {
    let offences: Vec<String> = offences.map(|offence| offence.to_string()).collect();
    assert!(offences.is_empty(), "{} offences:\n{}", offences.len(), offences.join("\n"));
}

fn broken_by<'a>(rule: &'a Rule, tree: &'a [File]) -> Vec<Offence<'a>> {
    let files = tree.iter().filter(|file| (rule.applies)(&file.path));
    let offence = |file: &'a File, (line, what)| Offence { rule: rule.name, path: &file.path, line, what };
    files.flat_map(|file| (rule.check)(file).into_iter().map(move |found| offence(file, found))).collect()
}

/// A slice is a folder of `src`; what lies there as a file, and the command line, stands above them all.
fn slices_in_platform(tree: &[File]) -> impl Iterator<Item = Offence<'_>> {
    let folder = |file: &File| Some(file.path.strip_prefix("src/")?.split_once('/')?.0.to_owned());
    let slices: BTreeSet<String> = tree.iter().filter_map(folder).filter(|name| name != "platform").collect();
    let slices: Vec<String> = slices.iter().map(|slice| format!("crate::{slice}")).collect();
    let platform = tree.iter().filter(|file| file.path.starts_with("src/platform/"));
    platform.flat_map(move |file| {
        let found = mentions(file, &slices.iter().map(String::as_str).collect::<Vec<_>>());
        let rule = "platform/ knows no slice";
        found.into_iter().map(move |(line, what)| Offence { rule, path: &file.path, line, what })
    })
}

fn lonely_migrations(tree: &[File]) -> impl Iterator<Item = Offence<'_>> {
    let sides = ["migrations/sqlite/", "migrations/postgres/"];
    let present: BTreeSet<&str> = tree.iter().map(|file| file.path.as_str()).collect();
    let names = tree.iter().filter_map(move |file| {
        let (name, _) = sides.iter().find_map(|side| file.path.strip_prefix(side))?.split_once('/')?;
        Some((name, file.path.as_str()))
    });
    // One of its files stands for the migration in the message.
    let names: std::collections::BTreeMap<&str, &str> = names.collect();
    names.into_iter().flat_map(move |(name, path)| {
        let wanted = sides.iter().flat_map(|side| ["up.sql", "down.sql"].map(|file| format!("{side}{name}/{file}")));
        let missing: Vec<String> = wanted.filter(|wanted| !present.contains(wanted.as_str())).collect();
        let rule = "every migration is written for both databases, up and down";
        missing.into_iter().map(move |wanted| Offence { rule, path, line: 1, what: format!("{wanted} is missing") })
    })
}

/// In the API document a schema is known by its name alone: the second of a name hides the first.
fn twin_schemas(tree: &[File]) -> impl Iterator<Item = Offence<'_>> {
    let mut known = std::collections::BTreeMap::new();
    let sources = tree.iter().filter(|file| file.path.starts_with("src/"));
    sources.flat_map(move |file| {
        let (mut shown, mut found) = (false, Vec::new());
        for (at, line) in code_of(&file.text).lines().enumerate() {
            shown |= line.contains("ToSchema") && !line.contains("use ") || line.starts_with("text_enum!");
            // A macro's `$name` is no name.
            let name = ["pub struct ", "pub enum "].iter().find_map(|kind| line.trim_start().strip_prefix(kind));
            let Some(name) =
                name.and_then(|rest| rest.split(|c: char| !c.is_alphanumeric()).next()).filter(|name| !name.is_empty())
            else {
                continue;
            };
            if std::mem::take(&mut shown)
                && let Some(first) = known.insert(name.to_owned(), file.path.as_str())
            {
                let what = format!("{name} is the name of a schema in {first} too");
                found.push(Offence {
                    rule: "every schema has a name of its own",
                    path: &file.path,
                    line: at + 1,
                    what,
                });
            }
        }
        found
    })
}

/// The program refuses a key it does not know, so a container with a misspelt one would not start.
fn unknown_settings(tree: &[File]) -> impl Iterator<Item = Offence<'_>> {
    let mut section = String::new();
    let mut known = BTreeSet::new();
    let default = tree.iter().find(|file| file.path == "config/default.toml").map_or("", |file| &file.text);
    for line in default.lines() {
        let line = line.trim_start_matches(['#', ' ']);
        if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            section = name.to_owned();
        } else if let Some((key, _)) = line.split_once('=') {
            known.insert(format!("LAOSHAN__{section}__{}", key.trim()).replace('.', "__").to_uppercase());
        }
    }
    let deployments = tree.iter().filter(|file| ["compose.yaml", "Dockerfile"].contains(&file.path.as_str()));
    deployments.flat_map(move |file| {
        let words = |line: &'_ str| -> Vec<String> {
            let words = line.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_'));
            words.filter(|word| word.starts_with("LAOSHAN__")).map(str::to_owned).collect()
        };
        let used = file
            .text
            .lines()
            .enumerate()
            .flat_map(|(at, line)| words(line).into_iter().map(move |word| (at + 1, word)));
        let unknown: Vec<(usize, String)> = used.filter(|(_, word)| !known.contains(word)).collect();
        let rule = "deployments set only keys of config/default.toml";
        unknown.into_iter().map(move |(line, what)| Offence { rule, path: &file.path, line, what })
    })
}

/// Where the code of `file` (its test module left out) names one of `forbidden`, which are paths or parts of paths.
fn mentions(file: &File, forbidden: &[&str]) -> Vec<(usize, String)> {
    let code = code_of(&file.text);
    let code = code.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
    let names = |path: &str, part: &str| format!("::{path}::").contains(&format!("::{part}::"));
    let hit = |(line, path): (usize, String)| {
        forbidden.iter().any(|part| names(&path, part)).then(|| (line, format!("names {path}")))
    };
    paths_in(code).into_iter().filter_map(hit).collect()
}

fn find(text: &str, words: &[&str]) -> Vec<(usize, String)> {
    let lines = text.lines().enumerate();
    lines
        .filter(|(_, line)| words.iter().any(|word| line.contains(word)))
        .map(|(at, line)| (at + 1, line.trim().to_owned()))
        .collect()
}

/// Every `a::b::c` of the code with its line; a `use` with braces counts as all the paths it stands for.
fn paths_in(code: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut open: Vec<String> = Vec::new();
    let mut path = String::new();
    for (line, text) in code.lines().enumerate().map(|(at, text)| (at + 1, text)) {
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let word: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            let taken = if !word.is_empty() {
                path.push_str(&word);
                word.len()
            } else if rest.starts_with("::{") {
                open.push(format!("{}{path}::", open.last().map_or("", String::as_str)));
                path.clear();
                3
            } else if rest.starts_with("::") {
                path.push_str("::");
                2
            } else {
                let whole = format!("{}{path}", open.last().map_or("", String::as_str));
                if !path.is_empty() && whole.contains("::") {
                    found.push((line, whole));
                }
                path.clear();
                if first == '}' {
                    open.pop();
                }
                first.len_utf8()
            };
            rest = &rest[taken..];
        }
        // A path broken over lines goes on; a word at the end of a line does not.
        if !path.ends_with("::") {
            let whole = format!("{}{path}", open.last().map_or("", String::as_str));
            if !path.is_empty() && whole.contains("::") {
                found.push((line, whole));
            }
            path.clear();
        }
    }
    found
}

/// The text with comments and the contents of literals blanked; lines stay where they are.
fn code_of(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    let mut rest = text;
    let blank = |skipped: &str| skipped.chars().map(|c| if c == '\n' { '\n' } else { ' ' }).collect::<String>();
    while let Some(first) = rest.chars().next() {
        let raw = rest.strip_prefix('r').map(|r| r.len() - r.trim_start_matches('#').len());
        let raw = raw.filter(|hashes| {
            rest[1 + hashes..].starts_with('"') && !code.ends_with(|c: char| c.is_alphanumeric() || c == '_')
        });
        let end = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |at| at + 2)
        } else if let Some(hashes) = raw {
            let close = format!("\"{}", "#".repeat(hashes));
            let start = hashes + 2;
            rest[start..].find(&close).map_or(rest.len(), |at| start + at + close.len())
        } else if first == '"' {
            let mut escaped = false;
            let close = rest.char_indices().skip(1).find(|(_, c)| {
                let closes = *c == '"' && !escaped;
                escaped = *c == '\\' && !escaped;
                closes
            });
            close.map_or(rest.len(), |(at, _)| at + 1)
        } else if first == '\'' && char_literal(rest).is_some() {
            char_literal(rest).unwrap_or(1)
        } else {
            code.push(first);
            rest = &rest[first.len_utf8()..];
            continue;
        };
        code.push_str(&blank(&rest[..end]));
        rest = &rest[end..];
    }
    code
}

/// The length of the character literal that `rest` begins with; a lifetime is none.
fn char_literal(rest: &str) -> Option<usize> {
    let mut chars = rest.char_indices().skip(1);
    match chars.next()?.1 {
        '\\' => rest[3..].find('\'').map(|at| at + 4),
        _ => chars.next().filter(|(_, c)| *c == '\'').map(|(at, _)| at + 1),
    }
}

/// The text files of the repository, without what is built, fetched or written by a running program.
fn tree() -> Vec<File> {
    fn walk(dir: &Path, root: &Path, files: &mut Vec<File>) {
        let entries = std::fs::read_dir(dir).unwrap_or_else(|e| panic!("{}: {e}", dir.display()));
        for path in entries.map(|entry| entry.unwrap().path()) {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if path.is_dir() {
                let made = [".git", "node_modules", "dist"].contains(&name.as_str());
                if !made && ![root.join("target"), root.join("data")].contains(&path) {
                    walk(&path, root, files);
                }
            } else if !["Cargo.lock", "package-lock.json", ".git", ".env"].contains(&name.as_str()) {
                // What is not text is none of our business.
                if let Ok(text) = std::fs::read_to_string(&path) {
                    let path = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
                    files.push(File { path, text });
                }
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    walk(root, root, &mut files);
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}
