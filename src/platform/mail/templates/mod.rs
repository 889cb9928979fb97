//! The words of letters: `config/mail/<lang>/<name>.txt`, built into the binary. The first line is `Subject: ..`, an empty line
//! follows, then the text. The HTML part is `config/mail/layout.html` around the paragraphs of the text.
//!
//! A folder of local wording (`mail.templates_dir`) may hold files of the same names, and besides `<lang>/<name>.html` where a letter
//! wants an HTML part of its own (`{% extends "layout.html" %}` works). What is wrong in it is named, and the built-in words stay.

mod catalogue;

use minijinja::{Environment, UndefinedBehavior};
use serde::Serialize;
use serde_json::Value;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

pub use catalogue::{LETTERS, Letter};

use crate::error::AppError;
use crate::platform::text::{Lang, Say};
use crate::say;

const LAYOUT: &str = include_str!("../../../../config/mail/layout.html");
const LAYOUT_NAME: &str = "layout.html";
/// What an HTML part knows besides the values of its letter.
const HTML_VARS: [&str; 4] = ["lang", "subject", "paragraphs", "site"];
/// Steps one letter may take: a loop in a wording ends.
const FUEL: u64 = 200_000;

/// Letters whose values were incomplete, in this process. The tests insist on none.
static GAPS: AtomicU64 = AtomicU64::new(0);

pub fn gaps() -> u64 {
    GAPS.load(Ordering::Relaxed)
}

/// A letter, filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filled {
    pub subject: String,
    pub text: String,
    pub html: String,
}

/// A file of the overlay folder that is not used, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// Below the folder, for example `en/invitation.txt`.
    pub file: String,
    pub words: Say,
}

/// Which part of a wording is wrong, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    pub html: bool,
    pub words: Say,
}

/// The wordings in force. Cheap to clone.
#[derive(Clone)]
pub struct Templates(Arc<Inner>);

struct Inner {
    env: Environment<'static>,
    site: String,
    /// Files of the overlay that are in force.
    replaced: Vec<String>,
    problems: Vec<Problem>,
}

impl Templates {
    /// With the local wording of `folder`; an empty path means none. `site` is the address that people reach this server by.
    pub fn load(folder: &Path, site: &str) -> Self {
        let site = site.trim_end_matches('/').to_owned();
        let mut inner = Inner { env: built_in(), site, replaced: Vec::new(), problems: Vec::new() };
        if !folder.as_os_str().is_empty() {
            inner.overlay(folder);
        }
        Self(Arc::new(inner))
    }

    /// The address that links begin with.
    pub fn site(&self) -> &str {
        &self.0.site
    }

    pub fn problems(&self) -> &[Problem] {
        &self.0.problems
    }

    /// Files of the overlay that are in force.
    pub fn replaced(&self) -> &[String] {
        &self.0.replaced
    }

    /// Fills a letter in. A value that is missing leaves a gap and a line in the log: that is for the tests to find, not for the
    /// person whose request would fail.
    pub fn render(&self, name: &str, lang: Lang, values: &Value) -> Result<Filled, AppError> {
        if catalogue::find(name).is_none() {
            return Err(AppError::internal(format!("there is no letter {name}")));
        }
        let mut values = values.clone();
        if values.get("site").is_none() {
            values["site"] = self.site().into();
        }
        let values = &values;
        fill(&self.0.env, name, lang, values).or_else(|e| {
            GAPS.fetch_add(1, Ordering::Relaxed);
            tracing::error!(letter = name, lang = lang.as_str(), error = %e, "a letter has gaps");
            let mut lenient = self.0.env.clone();
            lenient.set_undefined_behavior(UndefinedBehavior::Lenient);
            fill(&lenient, name, lang, values).map_err(AppError::internal)
        })
    }

    /// The letter with made-up values, in the wording in force or in the one given.
    pub fn preview(
        &self,
        letter: &Letter,
        lang: Lang,
        text: Option<&str>,
        html: Option<&str>,
    ) -> Result<Filled, Fault> {
        let mut env = self.0.env.clone();
        if let Some(text) = text {
            put_text(&mut env, letter, lang, text).map_err(|words| Fault { html: false, words })?;
        }
        if let Some(html) = html {
            put_html(&mut env, letter, lang, html).map_err(|words| Fault { html: true, words })?;
        }
        fill(&env, letter.name, lang, &catalogue::samples(letter, lang))
            .map_err(|e| Fault { html: html.is_some(), words: words_of(&e) })
    }
}

impl Inner {
    fn overlay(&mut self, folder: &Path) {
        if let Err(e) = std::fs::read_dir(folder) {
            self.problems.push(Problem { file: ".".into(), words: both(&format!("{}: {e}", folder.display())) });
            return;
        }
        self.take(folder, LAYOUT_NAME, put_layout);
        for lang in Lang::ALL {
            let mut known = Vec::new();
            for letter in LETTERS {
                let (text, html) = (format!("{}.txt", letter.name), html_key(letter.name, lang));
                self.take(folder, &format!("{}/{text}", lang.as_str()), |env, s| put_text(env, letter, lang, s));
                self.take(folder, &html, |env, s| put_html(env, letter, lang, s));
                known.extend([text, format!("{}.html", letter.name)]);
            }
            let found = std::fs::read_dir(folder.join(lang.as_str())).into_iter().flatten().flatten();
            let mut names: Vec<String> = found.map(|f| f.file_name().to_string_lossy().into_owned()).collect();
            names.sort_unstable();
            for name in names.into_iter().filter(|name| !known.contains(name) && !name.starts_with('.')) {
                let file = format!("{}/{name}", lang.as_str());
                self.problems.push(Problem { file, words: say!("没有这个名称的邮件", "is no letter's name") });
            }
        }
    }

    /// Puts a file into force if it is there and sound.
    fn take(&mut self, folder: &Path, file: &str, put: impl Fn(&mut Environment<'static>, &str) -> Result<(), Say>) {
        let read = match std::fs::read_to_string(folder.join(file)) {
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => return,
            other => other.map_err(|e| both(&e.to_string())),
        };
        let mut tried = self.env.clone();
        match read.and_then(|source| put(&mut tried, &source)) {
            Ok(()) => {
                self.env = tried;
                self.replaced.push(file.to_owned());
            }
            Err(words) => self.problems.push(Problem { file: file.to_owned(), words }),
        }
    }
}

fn built_in() -> Environment<'static> {
    let mut env = Environment::new();
    env.set_undefined_behavior(UndefinedBehavior::Strict);
    env.set_fuel(Some(FUEL));
    env.add_template_owned(LAYOUT_NAME, LAYOUT).expect("the layout is checked by a test");
    for letter in LETTERS {
        for lang in Lang::ALL {
            put_text(&mut env, letter, lang, letter.built_in(lang)).expect("built-in wordings are checked by a test");
        }
    }
    env
}

/// Subject and text are two templates: whatever a value contains, it cannot leave the line it stands in and become a header.
fn put_text(env: &mut Environment<'static>, letter: &Letter, lang: Lang, source: &str) -> Result<(), Say> {
    let source = source.replace("\r\n", "\n");
    let (subject, body) = source
        .strip_prefix("Subject: ")
        .and_then(|rest| rest.split_once("\n\n"))
        .filter(|(subject, _)| !subject.contains('\n'))
        .ok_or_else(|| {
            say!(
                "第一行须为“Subject: ..”，其后空一行",
                "begins with `Subject: ..` on one line and an empty line after it"
            )
        })?;
    for (part, text) in [("subject", subject), ("body", body)] {
        put(env, text_key(letter.name, lang, part), text, letter.vars)?;
    }
    fill(env, letter.name, lang, &catalogue::samples(letter, lang)).map(drop).map_err(|e| words_of(&e))
}

fn put_html(env: &mut Environment<'static>, letter: &Letter, lang: Lang, source: &str) -> Result<(), Say> {
    let vars: Vec<&str> = letter.vars.iter().copied().chain(HTML_VARS).collect();
    put(env, html_key(letter.name, lang), source, &vars)?;
    fill(env, letter.name, lang, &catalogue::samples(letter, lang)).map(drop).map_err(|e| words_of(&e))
}

fn put_layout(env: &mut Environment<'static>, source: &str) -> Result<(), Say> {
    put(env, LAYOUT_NAME.to_owned(), source, &HTML_VARS)?;
    let letter = &LETTERS[0];
    fill(env, letter.name, Lang::Zh, &catalogue::samples(letter, Lang::Zh)).map(drop).map_err(|e| words_of(&e))
}

fn put(env: &mut Environment<'static>, key: String, source: &str, vars: &[&str]) -> Result<(), Say> {
    env.add_template_owned(key.clone(), source.to_owned()).map_err(|e| words_of(&e))?;
    let wanted = env.get_template(&key).map_err(|e| words_of(&e))?.undeclared_variables(false);
    let mut unknown: Vec<String> = wanted.into_iter().filter(|var| !vars.contains(&var.as_str())).collect();
    unknown.sort_unstable();
    match unknown.as_slice() {
        [] => Ok(()),
        names => {
            let (unknown, known) = (names.join(", "), vars.join(", "));
            Err(say!("用到了没有提供的变量 {unknown}；可用：{known}", "speaks of {unknown}; it may speak of {known}"))
        }
    }
}

fn fill(env: &Environment<'static>, name: &str, lang: Lang, values: &Value) -> Result<Filled, minijinja::Error> {
    let part = |key: &str, values: &Value| {
        env.get_template(key)?.render(minijinja::Value::from(minijinja::value::Serde(values)))
    };
    let subject: String =
        part(&text_key(name, lang, "subject"), values)?.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let subject = subject.trim().to_owned();
    let paragraphs = paragraphs(&part(&text_key(name, lang, "body"), values)?);
    let text = paragraphs.iter().map(|lines| lines.join("\n")).collect::<Vec<_>>().join("\n\n") + "\n";
    let mut values = values.clone();
    if values.get("site").is_none() {
        values["site"] = "".into();
    }
    values["lang"] = lang.as_str().into();
    values["subject"] = subject.as_str().into();
    values["paragraphs"] = paragraphs.into();
    let own = html_key(name, lang);
    let html = part(if env.get_template(&own).is_ok() { &own } else { LAYOUT_NAME }, &values)?;
    Ok(Filled { subject, text, html })
}

/// Lines of paragraphs: what stands between empty lines.
fn paragraphs(text: &str) -> Vec<Vec<String>> {
    let mut all: Vec<Vec<String>> = vec![Vec::new()];
    for line in text.lines().map(str::trim_end) {
        match all.last_mut() {
            Some(last) if !line.is_empty() => last.push(line.to_owned()),
            Some(last) if last.is_empty() => {}
            _ => all.push(Vec::new()),
        }
    }
    all.retain(|lines| !lines.is_empty());
    all
}

fn text_key(name: &str, lang: Lang, part: &str) -> String {
    format!("{}/{name}.txt/{part}", lang.as_str())
}

fn html_key(name: &str, lang: Lang) -> String {
    format!("{}/{name}.html", lang.as_str())
}

/// What, and in which line: for whoever wrote the wording.
fn words_of(e: &minijinja::Error) -> Say {
    match e.line() {
        Some(line) => {
            let what = e.detail().map_or_else(|| e.kind().to_string(), str::to_owned);
            say!("第 {line} 行：{what}", "line {line}: {what}")
        }
        None => both(&e.to_string()),
    }
}

/// What another program says is told as it says it.
fn both(words: &str) -> Say {
    Say::new(words, words)
}

#[cfg(test)]
mod tests;
