//! What stands between a submission and its acceptance.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::error::{Faults, FieldCode};
use crate::platform::text::Say;
use crate::programme::{Outcome, TierEvaluation};
use crate::say;

/// A rule or veto that is not settled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OpenRule {
    pub code: String,
    pub outcome: Outcome,
    #[serde(skip)]
    pub text: Say,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GateVerdict {
    Passed,
    /// Ends it: no decision lets a veto pass.
    VetoHit(Vec<OpenRule>),
    /// What is neither met, nor judged to be met, nor overridden; vetoes that nobody has answered stand among them.
    Unmet(Vec<OpenRule>),
}

/// Judges a frozen evaluation with what the officer answered and what decisions let pass. Answers to what is not an officer's to
/// judge are faults under `/human` and `/vetoes`.
pub fn judge_gate(
    evaluation: &TierEvaluation,
    overridden: &BTreeSet<String>,
    human: &BTreeMap<String, bool>,
    vetoes: &BTreeMap<String, bool>,
    faults: &mut Faults,
) -> GateVerdict {
    check_answers(evaluation, human, vetoes, faults);
    let hit = |code: &str, outcome: Outcome| outcome == Outcome::Unmet || vetoes.get(code) == Some(&true);
    let hits: Vec<_> = evaluation.vetoes.iter().filter(|veto| hit(&veto.code, veto.outcome)).collect();
    if !hits.is_empty() {
        let open =
            hits.iter().map(|v| OpenRule { code: v.code.clone(), outcome: Outcome::Unmet, text: v.text.clone() });
        return GateVerdict::VetoHit(open.collect());
    }
    let mut passed = overridden.clone();
    passed.extend(human.iter().filter(|(_, met)| **met).map(|(code, _)| code.clone()));
    let mut open = Vec::new();
    if evaluation.gate_with(&passed).holds_back() {
        let leaves = evaluation.blocking().filter(|leaf| !passed.contains(&leaf.code));
        open.extend(leaves.map(|leaf| {
            let outcome = if human.contains_key(&leaf.code) { Outcome::Unmet } else { leaf.outcome };
            OpenRule { code: leaf.code.clone(), outcome, text: leaf.text.clone() }
        }));
    }
    let unanswered = |code: &str, outcome: Outcome| outcome == Outcome::ManualReview && !vetoes.contains_key(code);
    let unanswered = evaluation.vetoes.iter().filter(|veto| unanswered(&veto.code, veto.outcome));
    open.extend(unanswered.map(|v| OpenRule { code: v.code.clone(), outcome: v.outcome, text: v.text.clone() }));
    if open.is_empty() { GateVerdict::Passed } else { GateVerdict::Unmet(open) }
}

fn check_answers(
    evaluation: &TierEvaluation,
    human: &BTreeMap<String, bool>,
    vetoes: &BTreeMap<String, bool>,
    faults: &mut Faults,
) {
    for code in human.keys() {
        match evaluation.leaf(code).map(|leaf| leaf.outcome) {
            Some(Outcome::ManualReview) => {}
            Some(_) => {
                let said = say!("该条件由数据判定，不由人工核验", "this rule is decided by figures, not by judgement");
                faults.add(format!("/human/{code}"), FieldCode::NotAllowed, said);
            }
            None => faults.plain(format!("/human/{code}"), FieldCode::Unknown),
        }
    }
    for code in vetoes.keys() {
        if evaluation.vetoes.iter().all(|veto| veto.code != *code) {
            faults.plain(format!("/vetoes/{code}"), FieldCode::Unknown);
        }
    }
}

/// Which rules a decision may let pass: those that stand in the way. Vetoes never. Faults are placed under `/leaves`.
pub fn overridable(evaluation: &TierEvaluation, leaves: &[String], faults: &mut Faults) {
    if leaves.is_empty() {
        faults.plain("/leaves", FieldCode::Required);
    }
    for (i, code) in leaves.iter().enumerate() {
        let pointer = format!("/leaves/{i}");
        if leaves[..i].contains(code) {
            faults.plain(pointer, FieldCode::Duplicate);
        } else if evaluation.vetoes.iter().any(|veto| veto.code == *code) {
            faults.add(pointer, FieldCode::NotAllowed, say!("一票否决事项不可豁免", "a veto cannot be overridden"));
        } else {
            match evaluation.leaf(code) {
                None => faults.plain(pointer, FieldCode::Unknown),
                Some(leaf) if !leaf.blocking => {
                    faults.add(
                        pointer,
                        FieldCode::NotAllowed,
                        say!("该条件并未阻碍受理", "this rule does not stand in the way"),
                    );
                }
                Some(_) => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::programme::{EvalContext, Figures, Mode, Tier, evaluate, laoshan_2026};
    use serde_json::json;

    /// An ecosystem firm that meets everything, but for what `change` does.
    fn evaluation(change: impl FnOnce(&mut serde_json::Value)) -> TierEvaluation {
        let mut vetoes = serde_json::Map::new();
        for veto in &laoshan_2026().vetoes {
            vetoes.insert(veto.code.clone(), false.into());
        }
        let mut figures = json!({
            "track": "terahertz", "legal_person": true, "data_consent": true, "registered_in_laoshan": true,
            "partners": [{"name": "A", "library_member": true, "contract": true}, {"name": "B", "library_member": true, "contract": true}],
            "vetoes": vetoes,
        });
        change(&mut figures);
        let figures: Figures = serde_json::from_value(figures).unwrap();
        let cx = EvalContext { base_year: 2026, as_of: "2026-06-01".parse().unwrap(), mode: Mode::First };
        evaluate(laoshan_2026(), Tier::Ecosystem, &figures, cx).unwrap()
    }

    fn answers(list: &[(&str, bool)]) -> BTreeMap<String, bool> {
        list.iter().map(|(code, answer)| ((*code).to_owned(), *answer)).collect()
    }

    fn codes(open: &[OpenRule]) -> Vec<(&str, Outcome)> {
        open.iter().map(|rule| (rule.code.as_str(), rule.outcome)).collect()
    }

    fn judge(
        evaluation: &TierEvaluation,
        overridden: &[&str],
        human: &[(&str, bool)],
        vetoes: &[(&str, bool)],
    ) -> (GateVerdict, bool) {
        let mut faults = Faults::default();
        let overridden = overridden.iter().map(|code| (*code).to_owned()).collect();
        let verdict = judge_gate(evaluation, &overridden, &answers(human), &answers(vetoes), &mut faults);
        (verdict, faults.is_empty())
    }

    #[test]
    fn a_firm_that_meets_everything_passes_without_a_word() {
        assert_eq!(judge(&evaluation(|_| {}), &[], &[], &[]), (GateVerdict::Passed, true));
    }

    #[test]
    fn an_unmet_rule_passes_by_a_decision_only() {
        let unmet = evaluation(|f| f["partners"] = json!([]));
        let (GateVerdict::Unmet(open), true) = judge(&unmet, &[], &[], &[]) else { panic!("unmet") };
        assert!(codes(&open).contains(&("ecosystem_partners", Outcome::Unmet)), "{open:?}");
        assert_eq!(judge(&unmet, &["ecosystem_partners"], &[], &[]), (GateVerdict::Passed, true));
        let (verdict, sound) = judge(&unmet, &[], &[("ecosystem_partners", true)], &[]);
        assert!(!sound, "figures decide it, not an officer: {verdict:?}");
    }

    #[test]
    fn what_only_a_person_can_judge_is_answered_at_acceptance() {
        let open = evaluation(|f| {
            f.as_object_mut().unwrap().remove("data_consent");
        });
        let unmet = |verdict| match verdict {
            (GateVerdict::Unmet(open), true) => {
                codes(&open).iter().map(|(c, o)| ((*c).to_owned(), *o)).collect::<Vec<_>>()
            }
            other => panic!("{other:?}"),
        };
        assert_eq!(unmet(judge(&open, &[], &[], &[])), [("data_consent".to_owned(), Outcome::ManualReview)]);
        assert_eq!(judge(&open, &[], &[("data_consent", true)], &[]), (GateVerdict::Passed, true));
        assert_eq!(
            unmet(judge(&open, &[], &[("data_consent", false)], &[])),
            [("data_consent".to_owned(), Outcome::Unmet)]
        );
        assert!(!judge(&open, &[], &[("no_such_rule", true)], &[]).1);
    }

    #[test]
    fn a_veto_is_never_overridden() {
        let hit = evaluation(|f| f["vetoes"]["dishonest_list"] = true.into());
        for overridden in [&[][..], &["dishonest_list"]] {
            let (GateVerdict::VetoHit(open), true) = judge(&hit, overridden, &[], &[("dishonest_list", false)]) else {
                panic!("hit")
            };
            assert_eq!(codes(&open), [("dishonest_list", Outcome::Unmet)]);
        }
        let mut faults = Faults::default();
        overridable(&hit, &["dishonest_list".to_owned()], &mut faults);
        assert_eq!(faults.done().unwrap_err().fields[0].code, "not_allowed");
    }

    #[test]
    fn an_officer_answers_the_vetoes_an_applicant_left_open() {
        let open = evaluation(|f| {
            f["vetoes"].as_object_mut().unwrap().remove("tax_evasion");
        });
        let (GateVerdict::Unmet(rules), true) = judge(&open, &[], &[], &[]) else { panic!("open") };
        assert_eq!(codes(&rules), [("tax_evasion", Outcome::ManualReview)]);
        assert_eq!(judge(&open, &[], &[], &[("tax_evasion", false)]), (GateVerdict::Passed, true));
        assert!(matches!(judge(&open, &[], &[], &[("tax_evasion", true)]), (GateVerdict::VetoHit(_), true)));
    }

    #[test]
    fn a_decision_may_let_pass_what_stands_in_the_way_and_nothing_else() {
        let unmet = evaluation(|f| f["partners"] = json!([]));
        for (leaves, expected) in [
            (&["ecosystem_partners"][..], &[][..]),
            (&[], &["required"]),
            (&["ecosystem_partners", "ecosystem_partners"], &["duplicate"]),
            (&["track", "nothing"], &["not_allowed", "unknown"]),
        ] {
            let leaves: Vec<String> = leaves.iter().map(|l| (*l).to_owned()).collect();
            let mut faults = Faults::default();
            overridable(&unmet, &leaves, &mut faults);
            let found: Vec<String> =
                faults.done().err().map(|e| e.fields.into_iter().map(|f| f.code).collect()).unwrap_or_default();
            assert_eq!(found, expected, "{leaves:?}");
        }
    }
}
