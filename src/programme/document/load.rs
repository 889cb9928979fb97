//! Reading a rule set, and naming file, line and path of whatever is wrong with it.

use std::fmt;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{RuleSet, validate};
use crate::platform::text::Say;
use crate::say;

/// One thing that is wrong with a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentFault {
    pub file: String,
    /// Counted from 1; none when the document is no text a person wrote (stored JSON).
    pub line: Option<usize>,
    /// Where in the document, for example `tiers.future_star.gate.all[2].gte.year`.
    pub path: String,
    pub message: Say,
}

impl fmt::Display for DocumentFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        if !self.path.is_empty() {
            write!(f, ": {}", self.path)?;
        }
        write!(f, ": {}", self.message.en)
    }
}

impl std::error::Error for DocumentFault {}

/// Far deeper than rules that people can follow, and shallow enough to be read on the stack of any thread.
const MAX_DEPTH: usize = 40;

impl RuleSet {
    /// Reads a rule set as people write it. `file` is only named in faults. A document whose shape is wrong gives
    /// the first fault; one whose shape is right gives all that is wrong with its meaning.
    pub fn from_toml(file: &str, text: &str) -> Result<RuleSet, Vec<DocumentFault>> {
        let fault = |path: String, span: Option<Range<usize>>, message: &str| {
            vec![DocumentFault {
                file: file.to_owned(),
                line: span.map(|span| line_of(text, span.start)),
                path,
                message: say!("无法读取：{message}", "cannot be read: {message}"),
            }]
        };
        let table = DeTable::parse(text).map_err(|error| fault(String::new(), error.span(), error.message()))?;
        if let Some(span) = table.get_ref().values().find_map(|value| too_deep(value, MAX_DEPTH)) {
            return Err(fault(String::new(), Some(span), &format!("more than {MAX_DEPTH} levels deep")));
        }
        let document =
            toml::Deserializer::parse(text).map_err(|error| fault(String::new(), error.span(), error.message()))?;
        let rules: RuleSet = serde_path_to_error::deserialize(document).map_err(|error| {
            let path = shown(error.path());
            let span = error.inner().span().or_else(|| find_span(&table, &path));
            fault(path, span, error.inner().message())
        })?;
        report(&rules, |path, message| DocumentFault {
            file: file.to_owned(),
            line: find_span(&table, &path).map(|span| line_of(text, span.start)),
            path,
            message,
        })?;
        Ok(rules)
    }

    /// Reads a rule set as it is stored.
    pub fn from_json(name: &str, text: &str) -> Result<RuleSet, Vec<DocumentFault>> {
        let fault = |path, message| DocumentFault { file: name.to_owned(), line: None, path, message };
        let mut document = serde_json::Deserializer::from_str(text);
        let unreadable =
            |path, message: String| vec![fault(path, say!("无法读取：{message}", "cannot be read: {message}"))];
        let rules: RuleSet = serde_path_to_error::deserialize(&mut document)
            .map_err(|error| unreadable(shown(error.path()), error.inner().to_string()))?;
        document.end().map_err(|error| unreadable(String::new(), error.to_string()))?;
        report(&rules, fault)?;
        Ok(rules)
    }

    /// The stored form.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).expect("every key of a rule set is a string")
    }
}

fn report(rules: &RuleSet, fault: impl Fn(String, Say) -> DocumentFault) -> Result<(), Vec<DocumentFault>> {
    let faults: Vec<_> = validate::faults(rules).into_iter().map(|(path, message)| fault(path, message)).collect();
    if faults.is_empty() { Ok(()) } else { Err(faults) }
}

/// The tracker writes the path of the whole document as a dot.
fn shown(path: &serde_path_to_error::Path) -> String {
    let path = path.to_string();
    if path == "." { String::new() } else { path }
}

/// Where the nesting exceeds the levels that are `left`.
fn too_deep(value: &Spanned<DeValue<'_>>, left: usize) -> Option<Range<usize>> {
    let Some(left) = left.checked_sub(1) else { return Some(value.span()) };
    match value.get_ref() {
        DeValue::Array(items) => items.iter().find_map(|item| too_deep(item, left)),
        DeValue::Table(table) => table.values().find_map(|value| too_deep(value, left)),
        _ => None,
    }
}

fn line_of(text: &str, offset: usize) -> usize {
    1 + text.bytes().take(offset).filter(|byte| *byte == b'\n').count()
}

/// The place of a path like `tiers.seed.gate.all[2].gte` in the text, or of the deepest part of it that is there.
fn find_span(table: &Spanned<DeTable<'_>>, path: &str) -> Option<Range<usize>> {
    let mut value: Option<&DeValue<'_>> = None;
    let mut span = None;
    for step in path.split(['.', '[']).filter(|step| !step.is_empty()) {
        let next = match (value, step.strip_suffix(']')) {
            (None, None) => table.get_ref().get_key_value(step),
            (Some(DeValue::Table(table)), None) => table.get_key_value(step),
            (Some(DeValue::Array(items)), Some(index)) => {
                let Some(item) = index.parse().ok().and_then(|index: usize| items.get(index)) else { break };
                (value, span) = (Some(item.get_ref()), Some(item.span()));
                continue;
            }
            _ => break,
        };
        let Some((key, found)) = next else { break };
        (value, span) = (Some(found.get_ref()), Some(key.span()));
    }
    span
}
