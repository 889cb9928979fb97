//! The words of mails: `config/mail/<lang>/<name>.txt`, built into the binary. The first line is `Subject: ..`, an empty line
//! follows, then the text.

use minijinja::{Environment, UndefinedBehavior};
use serde_json::Value;
use std::sync::LazyLock;

use crate::error::AppError;
use crate::platform::text::Lang;

macro_rules! templates {
    ($($name:literal),* $(,)?) => {
        /// Name, then the text per language in the order of [`Lang::ALL`].
        const TEMPLATES: &[(&str, [&str; 2])] = &[$((
            $name,
            [
                include_str!(concat!("../../../config/mail/zh-CN/", $name, ".txt")),
                include_str!(concat!("../../../config/mail/en/", $name, ".txt")),
            ],
        )),*];
    };
}

templates!(
    "account_exists",
    "account_locked",
    "confirm_email",
    "feedback",
    "invitation",
    "password_changed",
    "password_reset",
    "round_cancelled",
    "round_invitation"
);

/// Subject and text are two templates: whatever a value contains, it cannot leave the line it stands in and become a header.
static WORDS: LazyLock<Environment<'static>> = LazyLock::new(|| {
    let mut words = Environment::new();
    words.set_undefined_behavior(UndefinedBehavior::Strict);
    for (name, texts) in TEMPLATES {
        for (lang, text) in Lang::ALL.iter().zip(texts) {
            let (subject, body) = split(text).expect("a template begins with its subject and an empty line");
            let parts = [("subject", subject), ("body", body)];
            for (part, source) in parts {
                words.add_template_owned(key(name, *lang, part), source).expect("templates are checked by a test");
            }
        }
    }
    words
});

fn split(text: &'static str) -> Option<(&'static str, &'static str)> {
    text.strip_prefix("Subject: ")?.split_once("\n\n")
}

fn key(name: &str, lang: Lang, part: &str) -> String {
    format!("{}/{name}.txt/{part}", lang.as_str())
}

/// Subject and text.
pub(super) fn render(name: &str, lang: Lang, values: &Value) -> Result<(String, String), AppError> {
    let part = |part: &str| {
        let template = WORDS.get_template(&key(name, lang, part))?;
        template.render(minijinja::Value::from(minijinja::value::Serde(values)))
    };
    let subject = part("subject").map_err(AppError::internal)?;
    let body = part("body").map_err(AppError::internal)?;
    let subject: String = subject.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    Ok((subject.trim().to_owned(), body))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use std::collections::BTreeSet;

    #[test]
    fn both_languages_speak_about_the_same_values_and_every_file_is_built_in() {
        for (name, _) in TEMPLATES {
            let wanted = |lang| -> BTreeSet<String> {
                let parts = ["subject", "body"].map(|part| key(name, lang, part));
                let vars =
                    parts.iter().map(|key| WORDS.get_template(key).expect("is there").undeclared_variables(false));
                vars.flatten().collect()
            };
            assert_eq!(wanted(Lang::Zh), wanted(Lang::En), "{name}");
        }
        for lang in Lang::ALL {
            let folder = format!("{}/config/mail/{}", env!("CARGO_MANIFEST_DIR"), lang.as_str());
            let files = std::fs::read_dir(folder).expect("the folder").map(|f| f.expect("a file").file_name());
            let files: BTreeSet<String> = files.map(|f| f.to_string_lossy().into_owned()).collect();
            let built_in: BTreeSet<String> = TEMPLATES.iter().map(|(name, _)| format!("{name}.txt")).collect();
            assert_eq!(files, built_in);
        }
    }

    #[test]
    fn a_missing_value_or_template_is_an_error() {
        assert!(render("password_reset", Lang::Zh, &json!({})).is_err());
        assert!(render("no_such", Lang::Zh, &json!({})).is_err());
    }

    #[test]
    fn a_value_cannot_leave_the_subject_line() {
        let site = "x\r\nBcc: a@b.cn\r\n\r\nbuy";
        let values = json!({ "name": "n", "code": "1", "minutes": 30, "site": site });
        let (subject, body) = render("password_reset", Lang::En, &values).expect("renders");
        assert!(subject.contains("Bcc: a@b.cn") && !subject.contains(['\r', '\n']), "{subject}");
        assert!(body.contains("30"), "{body}");
    }
}
