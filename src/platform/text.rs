//! Words for people, always in both languages of the house.

use diesel::deserialize::FromSqlRow;
use diesel::expression::AsExpression;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The language a caller reads (`Accept-Language`); zh-CN unless English is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema, AsExpression, FromSqlRow)]
#[diesel(sql_type = diesel::sql_types::Text)]
pub enum Lang {
    #[default]
    #[serde(rename = "zh-CN")]
    Zh,
    #[serde(rename = "en")]
    En,
}

impl Lang {
    pub const ALL: [Lang; 2] = [Lang::Zh, Lang::En];

    /// The language tag (BCP 47).
    pub fn as_str(&self) -> &'static str {
        match self {
            Lang::Zh => "zh-CN",
            Lang::En => "en",
        }
    }
}

impl std::str::FromStr for Lang {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        Lang::ALL
            .into_iter()
            .find(|lang| lang.as_str() == text)
            .ok_or_else(|| format!("{text:?} is no language of ours"))
    }
}

crate::text_column!(Lang);

/// One sentence, said twice. Made with [`say!`](crate::say).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
pub struct Say {
    pub zh: String,
    pub en: String,
}

impl Say {
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { zh: zh.into(), en: en.into() }
    }

    pub fn in_lang(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }

    /// Both, for a text that is kept once and read by everybody: a reason that the clock gives. [`in_own_words`] takes one out again.
    pub fn both(&self) -> String {
        if self.zh == self.en {
            return self.zh.clone();
        }
        format!("{}{APART}{}", self.zh, self.en)
    }
}

/// Between the two languages of a text that is kept in both. Nobody types it by chance.
const APART: &str = " ‖ ";

/// A kept text as this reader reads it: what the house said in both languages in theirs, what a person wrote as it was written.
pub fn in_own_words(kept: &str, lang: Lang) -> &str {
    match (kept.split_once(APART), lang) {
        (Some((zh, _)), Lang::Zh) => zh,
        (Some((_, en)), Lang::En) => en,
        (None, _) => kept,
    }
}

/// An optional text without the space around it; one of nothing but space is none.
pub fn trimmed(text: Option<&str>) -> Option<String> {
    text.map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
}

/// A key as one segment of a pointer (RFC 6901, section 3).
pub fn segment(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

/// `say!("第 {row} 行", "row {row}")`: both languages with the same captured values.
#[macro_export]
macro_rules! say {
    ($zh:literal, $en:literal $(, $arg:expr)* $(,)?) => {
        $crate::platform::text::Say::new(format!($zh $(, $arg)*), format!($en $(, $arg)*))
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_in_both_languages_is_read_in_one_and_what_a_person_wrote_stays() {
        let kept = say!("有效期届满", "the term is over").both();
        assert_eq!((in_own_words(&kept, Lang::Zh), in_own_words(&kept, Lang::En)), ("有效期届满", "the term is over"));
        for written in ["同意 (ok)", "", "搬迁所致，新厂已投产。"] {
            assert_eq!((in_own_words(written, Lang::Zh), in_own_words(written, Lang::En)), (written, written));
        }
    }
}
