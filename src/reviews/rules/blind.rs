//! Blind review: what an expert reads of a case without learning whose it is.
//!
//! A text of the applicant's is shown only as an officer released it. What nobody released is withheld - also when a release is
//! empty or belongs to an earlier submission: there is no way back to the original. Numbers, dates and words of a closed
//! vocabulary name nobody and stay.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde_json::{Map, Value, json};

use super::draw::employer_key;
use crate::platform::text::segment;
use crate::programme::document::RuleSet;

/// Words of the figures that stand for a choice out of a list.
const CHOICES: &[&str] = &[
    "up",
    "down",
    "peer",
    "poc_centre",
    "competition",
    "pilot_base",
    "technology_transfer",
    "A",
    "B",
    "C",
    "D",
    "district",
    "municipal",
    "provincial",
    "national",
];

/// Parts of an evaluation that come from the rules, not from the applicant.
const EXPLAINED: [&str; 6] = ["code", "outcome", "text", "needs", "got", "gap"];

/// Which words are no free text: codes of the rule set and the choices of the figures.
pub struct Vocabulary<'a>(BTreeSet<&'a str>);

impl<'a> Vocabulary<'a> {
    pub fn of(rules: &'a RuleSet) -> Self {
        let named = rules.watch_list.iter().chain(&rules.parks).chain(&rules.titles).map(|named| named.code.as_str());
        let tracks = rules.tracks.iter().map(|track| track.code.as_str());
        let vetoes = rules.vetoes.iter().map(|veto| veto.code.as_str());
        Self(named.chain(tracks).chain(vetoes).chain(CHOICES.iter().copied()).collect())
    }

    /// A code, a date, or an industry class of GB/T 4754.
    fn knows(&self, text: &str) -> bool {
        let class = (2..=4).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        class || self.0.contains(text) || text.parse::<NaiveDate>().is_ok_and(|day| day.to_string() == text)
    }
}

/// Form, figures and evaluation of a submission as they may be read without knowing whose they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BlindMaterial {
    pub form: Value,
    pub figures: Value,
    pub evaluation: Value,
    /// Pointers of texts that nobody has released yet.
    pub withheld: Vec<String>,
}

/// The texts an officer has to release, by their pointer: `/form/summary`, `/figures/partners/0/name`.
pub fn free_texts(words: &Vocabulary, form: &Value, figures: &Value) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for (part, value) in [("form", shown_form(form)), ("figures", figures.clone())] {
        walk(&value, &format!("/{part}"), &mut |at, text| {
            if !words.knows(text) {
                found.insert(at.to_owned(), text.to_owned());
            }
            Value::Null
        });
    }
    found
}

pub fn blind(
    words: &Vocabulary,
    released: &BTreeMap<String, String>,
    form: &Value,
    figures: &Value,
    evaluation: &Value,
) -> BlindMaterial {
    let mut withheld = Vec::new();
    let mut shown = |at: &str, text: &str| {
        if words.knows(text) {
            return text.into();
        }
        released.get(at).map_or_else(
            || {
                withheld.push(at.to_owned());
                Value::Null
            },
            |text| text.as_str().into(),
        )
    };
    let form = walk(&shown_form(form), "/form", &mut shown);
    let figures = walk(figures, "/figures", &mut shown);
    let leaves = evaluation["leaves"].as_array().into_iter().flatten().map(|leaf| {
        let kept = EXPLAINED.iter().filter_map(|key| Some(((*key).to_owned(), leaf.get(key)?.clone())));
        Value::Object(kept.collect())
    });
    let evaluation = json!({ "outcome": evaluation["outcome"], "leaves": leaves.collect::<Vec<_>>() });
    BlindMaterial { form, figures, evaluation, withheld }
}

/// Whether any of the names stands in the text, whatever the blanks, width and case.
pub fn names_one_of(text: &str, names: &[String]) -> bool {
    let text = employer_key(text);
    names.iter().map(|name| employer_key(name)).any(|name| name.chars().count() >= 2 && text.contains(&name))
}

/// Of the form only what an expert judges: whom to call is nobody's business, and its figures are among the figures.
fn shown_form(form: &Value) -> Value {
    let kept = ["summary", "track"].into_iter().filter_map(|key| Some((key.to_owned(), form.get(key)?.clone())));
    Value::Object(kept.collect())
}

/// The value with every text replaced by what `text` makes of it. Where a number came from is left out.
fn walk(value: &Value, at: &str, text: &mut impl FnMut(&str, &str) -> Value) -> Value {
    match value {
        Value::String(found) => text(at, found),
        Value::Array(items) => {
            items.iter().enumerate().map(|(n, item)| walk(item, &format!("{at}/{n}"), text)).collect()
        }
        Value::Object(members) => {
            let members = members.iter().filter(|(key, _)| *key != "source");
            let shown =
                members.map(|(key, member)| (key.clone(), walk(member, &format!("{at}/{}", segment(key)), text)));
            Value::Object(shown.collect::<Map<_, _>>())
        }
        other => other.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::programme::laoshan_2026;
    use proptest::prelude::*;

    fn material() -> (Value, Value, Value) {
        let form = json!({
            "contact": { "name": "李伟", "mobile": "13800000000" }, "summary": "青岛澜启公司做太赫兹。", "track": "terahertz",
            "figures": { "partners": [{ "name": "青岛澜启" }] },
        });
        let figures = json!({
            "track": "terahertz", "registered_on": "2021-05-20", "industry": "3940",
            "years": { "2025": { "revenue": 500, "staff": { "value": 12, "source": "澜启年报", "verified": true } } },
            "partners": [{ "name": "海尔智家", "role": "up", "contract": true }],
            "titles": [{ "kind": "high_tech", "number": "GR2024", "valid_to": "2027-10-31" }],
        });
        let evaluation = json!({
            "tier": "seed", "outcome": "met",
            "leaves": [{ "code": "track", "outcome": "met", "text": { "zh": "赛道", "en": "track" },
                         "used": [{ "value": "澜启" }], "got": 3 }],
        });
        (form, figures, evaluation)
    }

    #[test]
    fn only_released_texts_are_read_and_the_rest_is_named_as_withheld() {
        let words = Vocabulary::of(laoshan_2026());
        let (form, figures, evaluation) = material();
        let texts = free_texts(&words, &form, &figures);
        assert_eq!(
            texts.keys().collect::<Vec<_>>(),
            ["/figures/partners/0/name", "/figures/titles/0/number", "/form/summary"]
        );
        let released = [("/form/summary".to_owned(), "某公司做太赫兹。".to_owned())].into();
        let seen = blind(&words, &released, &form, &figures, &evaluation);
        assert_eq!(seen.form, json!({ "summary": "某公司做太赫兹。", "track": "terahertz" }));
        assert_eq!(
            seen.figures,
            json!({
                "track": "terahertz", "registered_on": "2021-05-20", "industry": "3940",
                "years": { "2025": { "revenue": 500, "staff": { "value": 12, "verified": true } } },
                "partners": [{ "name": null, "role": "up", "contract": true }],
                "titles": [{ "kind": "high_tech", "number": null, "valid_to": "2027-10-31" }],
            })
        );
        assert_eq!(
            seen.evaluation,
            json!({ "outcome": "met", "leaves": [{ "code": "track", "outcome": "met", "text": { "zh": "赛道", "en": "track" }, "got": 3 }] })
        );
        assert_eq!(seen.withheld, ["/figures/partners/0/name", "/figures/titles/0/number"]);
    }

    #[test]
    fn a_name_is_found_in_a_text_however_it_is_written() {
        let names = ["青岛澜启科技有限公司".to_owned(), "Li Wei".into(), String::new()];
        for (text, found) in [
            ("本公司", false),
            ("青岛 澜启科技有限公司成立于", true),
            ("LIWEI founded it", true),
            ("澜启", false),
            ("", false),
        ] {
            assert_eq!(names_one_of(text, &names), found, "{text}");
        }
    }

    #[test]
    fn a_missing_or_empty_release_never_falls_back_to_the_original() {
        let words = Vocabulary::of(laoshan_2026());
        let (form, figures, evaluation) = material();
        let empty = [("/form/summary".to_owned(), String::new())].into();
        for (released, summary) in [(BTreeMap::new(), Value::Null), (empty, json!(""))] {
            let seen = blind(&words, &released, &form, &figures, &evaluation);
            assert_eq!(seen.form["summary"], summary);
            let all = format!("{} {} {}", seen.form, seen.figures, seen.evaluation);
            for secret in ["澜启", "海尔", "GR2024", "李伟", "1380000"] {
                assert!(!all.contains(secret), "{secret} in {all}");
            }
        }
    }

    proptest! {
        #[test]
        fn no_text_of_the_applicant_gets_through_unreleased(
            texts in proptest::collection::vec("[a-z]{6,12}漏", 1..20), nested in any::<bool>()
        ) {
            let words = Vocabulary::of(laoshan_2026());
            let mut figures = json!({ "partners": texts });
            if nested {
                figures = json!({ "a/b": { "c~d": figures } });
            }
            let form = json!({ "summary": texts[0] });
            let seen = blind(&words, &BTreeMap::new(), &form, &figures, &json!({ "leaves": [] }));
            let all = format!("{}{}{}", seen.form, seen.figures, seen.evaluation);
            prop_assert!(!all.contains('漏'), "{}", all);
            prop_assert_eq!(seen.withheld.len(), texts.len() + 1);
            prop_assert_eq!(free_texts(&words, &form, &figures).len(), texts.len() + 1);
        }
    }
}
