use serde_json::Value;

use super::current;
use crate::error::{AppError, Faults, FieldCode, FieldError};
use crate::platform::calendar::business_day;
use crate::platform::door::Cx;
use crate::platform::http::read_part;
use crate::programme::figures::{FigureFault, Figures};
use crate::programme::model::{SelfCheckBody, Tier};
use crate::programme::{RuleSet, SelfCheckShown, self_check};
use crate::say;

pub fn run_self_check(cx: &mut Cx, body: &SelfCheckBody) -> Result<SelfCheckShown, AppError> {
    let (tiers, figures) = read(body)?;
    let today = business_day(cx.now.utc());
    let (_, rules) = current(cx, today)?;
    check(&rules, tiers.as_deref(), &figures)?;
    Ok(self_check(&rules, tiers, figures, today).in_lang(cx.lang))
}

/// The tiers asked for, if any were, and the figures.
fn read(body: &SelfCheckBody) -> Result<(Option<Vec<Tier>>, Figures), AppError> {
    let mut figures = body.0.clone();
    let tiers = figures.remove("tiers").map_or(Ok(None), |tiers| read_part("/tiers", tiers))?;
    Ok((tiers, read_part("", Value::Object(figures))?))
}

fn check(rules: &RuleSet, tiers: Option<&[Tier]>, figures: &Figures) -> Result<(), AppError> {
    let mut faults = Faults::default();
    if tiers.is_some_and(<[Tier]>::is_empty) {
        let said = say!("至少一个层级；不填则检查全部", "takes at least one tier; left out, all are checked");
        faults.add("/tiers", FieldCode::TooShort, said);
    }
    for (i, tier) in tiers.unwrap_or_default().iter().enumerate().filter(|(_, tier)| rules.tier(**tier).is_none()) {
        let said = say!("现行规则没有层级“{tier}”", "the rule set in force has no tier {tier}");
        faults.add(format!("/tiers/{i}"), FieldCode::NotExisting, said);
    }
    figures.faults(rules).into_iter().map(FieldError::from).for_each(|fault| faults.push(fault));
    faults.done()
}

impl From<FigureFault> for FieldError {
    fn from(FigureFault { pointer, code, detail }: FigureFault) -> Self {
        Self { pointer, code: code.to_owned(), say: detail }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::programme::laoshan_2026;

    #[test]
    fn every_code_of_a_figure_fault_stands_in_the_table_of_codes() {
        let figures: Figures = serde_json::from_value(serde_json::json!({
            "track": "alchemy",
            "years": {"2025": {"revenue": -1, "turnover": 5}, "20255": {}},
            "titles": [{"kind": "high_tech", "valid_from": "2025-01-01", "valid_to": "2024-01-01"}],
            "vetoes": {"bad_weather": true},
            "choices": {"nowhere": "left"}
        }))
        .unwrap();
        let codes: std::collections::BTreeSet<_> =
            figures.faults(laoshan_2026()).into_iter().map(|fault| fault.code).collect();
        assert_eq!(codes.len(), 7);
        for code in codes {
            assert!(FieldCode::ALL.iter().any(|known| known.as_str() == code), "{code}");
        }
    }
}
