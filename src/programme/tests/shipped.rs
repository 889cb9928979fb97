//! The rules that ship: four tiers, each tried on an enterprise that meets it and on the ways to miss it.

use serde_json::{Value, json};

use super::{CX, blocking, check, figures, outcome, with};
use crate::platform::text::Lang;
use crate::programme::Outcome::{self, *};
use crate::programme::{Lane, Maturity, RuleSet, Tier, laoshan_2026, missing_figures, self_check};

fn common() -> Value {
    let vetoes: serde_json::Map<_, _> =
        laoshan_2026().vetoes.iter().map(|veto| (veto.code.clone(), json!(false))).collect();
    json!({
        "track": "terahertz", "registered_on": "2021-06-30", "registered_in_laoshan": true, "legal_person": true,
        "data_consent": true, "vetoes": vetoes
    })
}

fn seed() -> Value {
    with(
        &common(),
        json!({
            "years": {"2025": {"revenue": 100_000_000, "rd_expense": 10_000_000}}, "ip": {"class1_accepted": 1}
        }),
    )
}

fn star() -> Value {
    with(
        &common(),
        json!({
            "registered_on": "2016-06-30",
            "years": {"2025": {"revenue": 720_000_000, "rd_expense": 43_200_000}, "2023": {"revenue": 500_000_000}},
            "titles": [{"kind": "tech_sme", "valid_to": "2026-12-31"}], "ip": {"class1_granted": 1}
        }),
    )
}

fn leading() -> Value {
    with(
        &common(),
        json!({
            "years": {"2025": {"revenue": 20_000_000_000i64, "rd_expense": 1_000_000_000}, "2023": {"revenue": 18_000_000_000i64}},
            "institutions": [{"level": "provincial"}], "ip": {"class1_in_use": 4}
        }),
    )
}

fn ecosystem() -> Value {
    let partner = |name: &str| json!({"name": name, "library_member": true, "contract": true, "local": false});
    with(&common(), json!({"partners": [partner("甲"), partner("乙")]}))
}

fn try_all(tier: Tier, base: &Value, cases: &[(&str, Value, Outcome)]) {
    assert_eq!(check(laoshan_2026(), tier, base, CX).outcome, Met, "{tier}");
    for (name, changes, expected) in cases {
        let evaluation = check(laoshan_2026(), tier, &with(base, changes.clone()), CX);
        assert_eq!(evaluation.gate, *expected, "{tier}: {name}: {:?}", blocking(&evaluation));
    }
}

#[test]
fn a_seed_enterprise_is_young_or_deep_tech_and_has_a_source() {
    try_all(
        Tier::Seed,
        &seed(),
        &[
            ("the fifth anniversary is inside", json!({"registered_on": "2021-06-30"}), Met),
            ("a day older needs an officer", json!({"registered_on": "2021-06-29"}), ManualReview),
            ("who says deep-tech", json!({"registered_on": "2018-06-30", "human": {"deep_tech": true}}), Met),
            ("or not", json!({"registered_on": "2021-06-29", "human": {"deep_tech": false}}), Unmet),
            ("nine years are too many", json!({"registered_on": "2018-06-29", "human": {"deep_tech": true}}), Unmet),
            ("R&D staff instead", json!({"years": {"2025": {"rd_expense": 0, "staff": 5, "rd_staff": 1}}}), Met),
            (
                "no revenue yet, but R&D staff",
                json!({"years": {"2025": {"revenue": 0, "staff": 5, "rd_staff": 1}}}),
                Met,
            ),
            ("no revenue is no ratio", json!({"years": {"2025": {"revenue": 0, "staff": 5, "rd_staff": 0}}}), Unknown),
            ("a prize", json!({"ip": null, "sourced_projects": [{"kind": "competition"}]}), Met),
            ("a founder of grade D", json!({"ip": null, "talents": [{"grade": "D", "founder": true}]}), Met),
            (
                "none of it",
                json!({"ip": {"class1_granted": 0, "class1_accepted": 0}, "sourced_projects": [], "talents": [{"grade": "A", "founder": false}]}),
                Unmet,
            ),
            ("a track of the watch list", json!({"track": "hydrogen"}), ManualReview),
            ("no consent", json!({"data_consent": false}), Unmet),
            ("outside the district", json!({"registered_in_laoshan": false}), Unmet),
            ("the office finds out where it is registered", json!({"registered_in_laoshan": null}), ManualReview),
        ],
    );
}

#[test]
fn a_future_star_grows_or_has_raised_capital() {
    try_all(
        Tier::FutureStar,
        &star(),
        &[
            (
                "a yuan less of growth",
                json!({"years": {"2025": {"revenue": 719_999_900, "rd_expense": 50_000_000}}}),
                Unmet,
            ),
            ("5.99996 % is not 6 %", json!({"years": {"2025": {"rd_expense": 43_199_712}}}), Unmet),
            (
                "but 3 million yuan of R&D are enough",
                json!({"years": {"2025": {"revenue": 9_000_000_000i64, "rd_expense": 300_000_000}}}),
                Met,
            ),
            (
                "capital waives scale and growth",
                json!({"years": {"2025": {"revenue": 100_000_000, "equity_new": 400_000_000}, "2024": {"equity_new": 600_000_000}}}),
                Met,
            ),
            (
                "unless the applicant takes the way of revenue",
                json!({"choices": {"star_scale": "star_scale_revenue"},
                   "years": {"2025": {"revenue": 600_000_000, "equity_new": 1_000_000_000}, "2024": {"equity_new": 0}}}),
                Unmet,
            ),
            ("ten years and a day", json!({"registered_on": "2016-06-29"}), Unmet),
            ("five of class II", json!({"ip": {"class1_granted": 0, "class2": 5}}), Met),
            ("four of class II", json!({"ip": {"class1_granted": 0, "class2": 4}}), Unmet),
            ("titles not told", json!({"titles": null}), Unknown),
            ("no title", json!({"titles": []}), Unmet),
        ],
    );
}

#[test]
fn a_leading_enterprise_is_large_inventive_and_still_growing() {
    try_all(
        Tier::Leading,
        &leading(),
        &[
            ("3 % from two hundred million on", json!({"years": {"2025": {"revenue": 33_333_333_333i64}}}), Met),
            ("5 % below", json!({"years": {"2025": {"rd_expense": 999_999_999}}}), Unmet),
            (
                "valuation instead of revenue",
                json!({"years": {"2025": {"revenue": 9_000_000_000i64, "valuation": 100_000_000_000i64}, "2023": {"revenue": 8_000_000_000i64}}}),
                Met,
            ),
            (
                "top three instead of revenue",
                json!({"years": {"2025": {"revenue": 9_000_000_000i64, "niche_rank": 3}, "2023": {"revenue": 8_000_000_000i64}}}),
                Met,
            ),
            (
                "none of the four",
                json!({"years": {"2025": {"revenue": 9_000_000_000i64, "valuation": 1, "niche_rank": 4, "niche_share": 99_999}, "2023": {"revenue": 8_000_000_000i64}}}),
                Unmet,
            ),
            ("three in use", json!({"ip": {"class1_in_use": 3}}), Unmet),
            (
                "high-tech title instead of the institution",
                json!({"institutions": [], "titles": [{"kind": "high_tech"}]}),
                Met,
            ),
            ("a municipal institution", json!({"institutions": [{"level": "municipal"}], "titles": []}), Unmet),
        ],
    );
}

#[test]
fn an_ecosystem_enterprise_works_with_the_library_or_for_local_firms() {
    let contract = |amount: i64, local: Value| json!([{"name": "丙", "contract": true, "local": local, "amount_fen": amount, "year": 2025}]);
    try_all(
        Tier::Ecosystem,
        &ecosystem(),
        &[
            (
                "the same partner twice is one",
                json!({"partners": [{"name": "甲", "library_member": true, "contract": true, "local": false}, {"name": "甲 ", "library_member": true, "contract": true, "local": false}]}),
                Unmet,
            ),
            (
                "a partner who may be in the library",
                json!({"partners": [{"name": "甲", "library_member": true, "contract": true, "local": false}, {"name": "乙", "contract": true, "local": false}]}),
                Unknown,
            ),
            ("five million of local contracts", json!({"partners": contract(500_000_000, json!(true))}), Met),
            ("a fen less", json!({"partners": contract(499_999_999, json!(true))}), Unmet),
            ("perhaps not local", json!({"partners": contract(500_000_000, Value::Null)}), Unknown),
            (
                "landing agreement instead of registration",
                json!({"registered_in_laoshan": false, "landing_agreement": true}),
                Met,
            ),
        ],
    );
}

#[test]
fn a_veto_hit_ends_it_and_an_unanswered_veto_waits_for_an_officer() {
    for (name, changes, expected) in [
        ("plainly stated", json!({"vetoes": {"tax_evasion": true}}), Unmet),
        ("not stated", json!({"vetoes": {"tax_evasion": null}}), ManualReview),
        ("three years ago to the day", json!({"incidents": [{"veto": "major_accident", "on": "2023-06-30"}]}), Unmet),
        ("longer ago", json!({"incidents": [{"veto": "major_accident", "on": "2023-06-29"}]}), Met),
        ("still listed", json!({"incidents": [{"veto": "abnormal_list", "on": "2019-01-01"}]}), Unmet),
        (
            "lifted",
            json!({"incidents": [{"veto": "abnormal_list", "on": "2019-01-01", "resolved_on": "2026-06-30"}]}),
            Met,
        ),
    ] {
        let evaluation = check(laoshan_2026(), Tier::Seed, &with(&seed(), changes), CX);
        assert_eq!((evaluation.gate, evaluation.outcome), (Met, expected), "{name}");
        assert_eq!(evaluation.veto_hits().count(), usize::from(expected == Unmet), "{name}");
    }
}

#[test]
fn a_leaf_explains_what_it_needs_what_was_reached_and_from_which_figures() {
    let facts = with(
        &star(),
        json!({"years": {"2025": {"rd_expense": {"value": 30_240_000, "source": "annual_update", "verified": true}}}}),
    );
    let evaluation = check(laoshan_2026(), Tier::FutureStar, &facts, CX);
    let leaf = serde_json::to_value(evaluation.leaf("star_rd_ratio").unwrap()).unwrap();
    assert_eq!(leaf["needs"], json!({"op": "gte", "value": 60_000, "unit": "ppm"}));
    assert_eq!((&leaf["got"], &leaf["gap"], &leaf["blocking"]), (&json!(42_000), &json!(18_000), &json!(true)));
    assert_eq!(leaf["basis"]["en"], "Proposed default, to be confirmed by the district office");
    assert_eq!(
        leaf["used"],
        json!([
            {"what": "rd_expense", "name": {"zh": "研发费用", "en": "R&D expense"}, "year": 2025, "value": 30_240_000,
             "unit": "fen", "source": "annual_update", "verified": true, "pointer": "/years/2025/rd_expense"},
            {"what": "revenue", "name": {"zh": "营业收入", "en": "Revenue"}, "year": 2025, "value": 720_000_000,
             "unit": "fen", "verified": false, "pointer": "/years/2025/revenue"},
        ])
    );
    // Rounded, 5.99996 % would be 6 %: it is never shown as if it passed.
    let close = with(&star(), json!({"years": {"2025": {"rd_expense": 43_199_712}}}));
    let evaluation = check(laoshan_2026(), Tier::FutureStar, &close, CX);
    let leaf = evaluation.leaf("star_rd_ratio").unwrap();
    assert_eq!((leaf.outcome, leaf.got, leaf.gap), (Unmet, Some(59_999), Some(1)));
    // Growth of 12.0 to 18.5 million is shown as 24.1639 %.
    let grown =
        with(&star(), json!({"years": {"2025": {"revenue": 1_850_000_000}, "2023": {"revenue": 1_200_000_000}}}));
    assert_eq!(check(laoshan_2026(), Tier::FutureStar, &grown, CX).leaf("star_growth").unwrap().got, Some(241_639));
}

#[test]
fn only_figures_that_still_matter_are_missed() {
    let missing = |facts: &Value| -> Vec<String> {
        let all = missing_figures(laoshan_2026(), Tier::FutureStar, &figures(facts.clone()), CX);
        all.into_iter().map(|figure| figure.pointer).collect()
    };
    assert_eq!(missing(&star()), [] as [&str; 0]);
    assert_eq!(missing(&with(&star(), json!({"years": {"2023": null}}))), ["/years/2023/revenue"]);
    let by_capital = with(&star(), json!({"years": {"2023": null, "2025": {"equity_new": 1_000_000_000}}}));
    assert_eq!(missing(&by_capital), [] as [&str; 0], "growth is waived, and the other year of equity changes nothing");
    assert_eq!(
        missing(&json!({})),
        [
            "/track",
            "/registered_on",
            "/years/2025/revenue",
            "/years/2025/equity_new",
            "/years/2024/equity_new",
            "/years/2023/revenue",
            "/years/2025/rd_expense",
            "/ip/class1_granted",
            "/ip/class2",
            "/titles",
        ]
    );
}

#[test]
fn the_self_check_answers_every_tier_in_the_language_of_the_reader() {
    let today = CX.as_of;
    let facts = with(
        &star(),
        json!({"human": {"deep_tech": true}, "registered_on": "2020-01-01", "vetoes": null, "years": {"2025": {"rd_expense": 72_000_000}}}),
    );
    let view = self_check(laoshan_2026(), None, figures(facts.clone()), today);
    assert_eq!(view.tiers.iter().map(|tier| tier.tier).collect::<Vec<_>>(), Tier::ALL);

    let view = self_check(laoshan_2026(), Some(vec![Tier::Seed]), figures(facts), today);
    let shown = serde_json::to_value(view.clone().in_lang(Lang::En)).unwrap();
    assert_eq!(shown["rule_set"], "laoshan-2026");
    assert_eq!(shown["tiers"].as_array().unwrap().len(), 1);
    let tier = &shown["tiers"][0];
    assert_eq!((&tier["tier"], &tier["outcome"]), (&json!("seed"), &json!("manual_review")));
    let age = tier["leaves"].as_array().unwrap().iter().find(|leaf| leaf["code"] == "seed_deep_tech").unwrap();
    assert_eq!(age["outcome"], "manual_review", "an applicant's own answer to an officer's question is ignored");
    assert_eq!((&age["text"], &age["used"]), (&json!("Is it a deep-tech enterprise?"), &json!([])));
    assert_eq!(serde_json::to_value(view.in_lang(Lang::Zh)).unwrap()["tiers"][0]["name"], "种子企业");
}

#[test]
fn the_shipped_rules_have_the_tracks_weights_and_periods_of_the_programme() {
    let rules: &RuleSet = laoshan_2026();
    let of = |maturity| rules.tracks.iter().filter(|track| track.maturity == maturity).count();
    assert_eq!((of(Maturity::Base), of(Maturity::Starting), of(Maturity::NotYet)), (3, 3, 2));
    assert_eq!(rules.watch_list.len(), 4);
    for (tier, lane, years, pass, weights, floors) in [
        (Tier::Seed, Lane::Ladder, 2, 60, [35, 10, 25, 10, 10, 10], [21, 0, 0, 0, 0, 0]),
        (Tier::FutureStar, Lane::Ladder, 1, 70, [25, 30, 15, 10, 10, 10], [15, 0, 0, 0, 0, 0]),
        (Tier::Leading, Lane::Ladder, 3, 80, [25, 15, 10, 30, 10, 10], [15, 0, 0, 18, 0, 0]),
        (Tier::Ecosystem, Lane::Ecosystem, 2, 60, [10, 15, 10, 40, 15, 10], [0, 0, 0, 24, 0, 0]),
    ] {
        let tier = rules.tier(tier).unwrap();
        let rubric = tier.rubric.as_ref().unwrap();
        let found = (tier.lane, tier.validity_years, rubric.pass);
        assert_eq!(found, (lane, years, pass));
        assert_eq!(rubric.dimensions.iter().map(|it| it.weight).collect::<Vec<_>>(), weights);
        assert_eq!(rubric.dimensions.iter().map(|it| it.floor).collect::<Vec<_>>(), floors);
    }
}

#[test]
fn the_outcome_is_unmet_rather_than_unknown_when_both_stand_in_the_way() {
    let facts = with(&star(), json!({"titles": null, "ip": {"class1_granted": 0, "class2": 0}}));
    let evaluation = check(laoshan_2026(), Tier::FutureStar, &facts, CX);
    assert_eq!((outcome(&evaluation, "star_title"), evaluation.outcome), (Unknown, Unmet));
    assert_eq!(blocking(&evaluation), ["star_ip_class1", "star_ip_class2", "star_title"]);
}

#[test]
fn an_override_of_what_blocks_opens_the_gate() {
    let facts = with(&star(), json!({"registered_on": "2010-01-01", "ip": {"class1_granted": 0, "class2": 0}}));
    let evaluation = check(laoshan_2026(), Tier::FutureStar, &facts, CX);
    assert_eq!(blocking(&evaluation), ["star_age", "star_ip_class1", "star_ip_class2"]);
    for (overridden, expected) in [
        (vec![], Unmet),
        (vec!["star_age"], Unmet),
        (vec!["star_age", "star_ip_class2"], Met),
        (vec!["star_ip_class1", "star_ip_class2"], Unmet),
    ] {
        let codes = overridden.iter().map(|code| (*code).to_owned()).collect();
        assert_eq!(evaluation.gate_with(&codes), expected, "{overridden:?}");
    }
}
