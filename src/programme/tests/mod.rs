//! The engine as a whole, on the shipped rules and on national reference models.

mod documents;
mod laws;
mod reference;
mod shipped;

use chrono::NaiveDate;
use serde_json::{Value, json};

use super::{EvalContext, Figures, Mode, Outcome, RuleSet, Tier, TierEvaluation, evaluate};

/// Rounds of 2026, reckoned on 30 June.
const CX: EvalContext =
    EvalContext { base_year: 2026, as_of: NaiveDate::from_ymd_opt(2026, 6, 30).unwrap(), mode: Mode::First };

fn figures(value: Value) -> Figures {
    serde_json::from_value(value).unwrap()
}

fn check(rules: &RuleSet, tier: Tier, facts: &Value, cx: EvalContext) -> TierEvaluation {
    let figures = figures(facts.clone());
    let evaluation = evaluate(rules, tier, &figures, cx).unwrap();
    let stored = serde_json::to_string(&evaluation).unwrap();
    assert_eq!(serde_json::from_str::<TierEvaluation>(&stored).unwrap(), evaluation, "a frozen evaluation reads back");
    evaluation
}

fn outcome(evaluation: &TierEvaluation, code: &str) -> Outcome {
    evaluation.leaf(code).unwrap_or_else(|| panic!("no leaf {code}")).outcome
}

fn blocking(evaluation: &TierEvaluation) -> Vec<&str> {
    evaluation.blocking().map(|leaf| leaf.code.as_str()).collect()
}

/// `base` with `changes` merged into it; null removes.
fn with(base: &Value, changes: Value) -> Value {
    fn merge(into: &mut Value, changes: Value) {
        match changes {
            Value::Object(changes) => {
                if !into.is_object() {
                    *into = json!({});
                }
                let into = into.as_object_mut().unwrap();
                for (key, value) in changes {
                    if value.is_null() {
                        into.remove(&key);
                    } else {
                        merge(into.entry(key).or_insert(Value::Null), value);
                    }
                }
            }
            value => *into = value,
        }
    }
    let mut result = base.clone();
    merge(&mut result, changes);
    result
}

#[test]
fn the_interface_describes_figures_and_evaluations() {
    #[derive(utoipa::OpenApi)]
    #[openapi(components(schemas(Figures, TierEvaluation, super::SelfCheckShown, super::MissingFigure)))]
    struct Described;

    let described = serde_json::to_value(<Described as utoipa::OpenApi>::openapi()).unwrap();
    let schemas = &described["components"]["schemas"];
    let years = &schemas["Figures"]["properties"]["years"]["additionalProperties"]["additionalProperties"];
    assert_eq!(years["$ref"], "#/components/schemas/AnnualValue");
    assert_eq!(schemas["AnnualValue"]["oneOf"][0]["type"], "integer");
    assert_eq!(schemas["Node"]["properties"]["children"]["items"]["$ref"], "#/components/schemas/Node");
}
