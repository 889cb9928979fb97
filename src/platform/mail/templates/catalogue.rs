//! The letters there are, and what each may speak about.

use serde_json::{Value, json};

use crate::platform::text::Lang;

/// A letter: `config/mail/<lang>/<name>.txt` in both languages, built into the binary.
#[derive(Debug, Clone, Copy)]
pub struct Letter {
    pub name: &'static str,
    /// The values it is given. A wording that wants another is refused.
    pub vars: &'static [&'static str],
    /// In the order of [`Lang::ALL`].
    texts: [&'static str; 2],
}

impl Letter {
    pub fn built_in(&self, lang: Lang) -> &'static str {
        let at = Lang::ALL.iter().position(|l| *l == lang).expect("every language is in the list of all languages");
        self.texts[at]
    }
}

macro_rules! letters {
    ($($name:ident [$($var:ident)*])*) => {
        pub const LETTERS: &[Letter] = &[$(Letter {
            name: stringify!($name),
            vars: &[$(stringify!($var)),*],
            texts: [
                include_str!(concat!("../../../../config/mail/zh-CN/", stringify!($name), ".txt")),
                include_str!(concat!("../../../../config/mail/en/", stringify!($name), ".txt")),
            ],
        }),*];
    };
}

letters! {
    account_exists   [name site]
    account_locked   [name site minutes]
    confirm_email    [site credit_code code minutes]
    invitation       [name site code days]
    password_changed [name site]
    password_reset   [name site code minutes]
}

pub fn find(name: &str) -> Option<&'static Letter> {
    LETTERS.iter().find(|letter| letter.name == name)
}

/// What a value may look like, for previews and for proving that every wording can be filled in.
pub fn sample(var: &str, lang: Lang) -> Option<Value> {
    let say = |zh: &str, en: &str| Some(Value::from(if lang == Lang::Zh { zh } else { en }));
    match var {
        "name" => say("韩梅梅", "Han Meimei"),
        "site" => Some("https://laoshan.example".into()),
        "minutes" => Some(30.into()),
        "days" => Some(7.into()),
        "code" => Some("12345678".into()),
        "credit_code" => Some("91370212MA3CABCD12".into()),
        _ => None,
    }
}

/// All values of a letter.
pub fn samples(letter: &Letter, lang: Lang) -> Value {
    let mut values = json!({});
    for var in letter.vars {
        values[*var] = sample(var, lang).unwrap_or(Value::Null);
    }
    values
}
