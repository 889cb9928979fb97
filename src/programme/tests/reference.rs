//! National labels as reference models: whatever their rules need, the language can say.

use serde_json::{Value, json};

use super::{CX, blocking, check, outcome, with};
use crate::programme::Outcome::{self, *};
use crate::programme::{EvalContext, Mode, RuleSet, Tier};

macro_rules! fixture {
    ($name:literal) => {
        RuleSet::from_toml($name, include_str!(concat!("../../../tests/fixtures/programme/", $name)))
            .unwrap_or_else(|faults| panic!("{faults:#?}"))
    };
}

const RECHECK: EvalContext = EvalContext { mode: Mode::Recheck, ..CX };

fn innovative() -> Value {
    json!({
        "years": {
            "2025": {"revenue": 1_000_000, "main_revenue": 700_000, "rd_expense": 50_000,
                     "total_assets": 1_000_000, "total_liabilities": 550_000},
            "2024": {"main_revenue": 608_696}
        },
        "titles": [], "awards": [], "institutions": [], "equity_rounds": [],
        "ip": {"class1_high_value": 0, "class1_own": 1, "class1_granted": 1, "class2": 0},
        "human": {"strategic_emerging_field": true}
    })
}

#[test]
fn values_on_a_boundary_score_in_the_better_band() {
    let rules = fixture!("gradient-2022.toml");
    let points = |facts: &Value, item: &str| {
        let score = check(&rules, Tier::Seed, facts, CX).score.unwrap().points(Some(item));
        assert_eq!(score.least, score.most, "{item} is decided");
        score.least
    };
    let year = |code: &str, value: i64| with(&innovative(), json!({"years": {"2025": {code: value}}}));
    for (item, facts, expected) in [
        ("rd", year("rd_expense", 50_000), 20),
        ("rd", year("rd_expense", 49_999), 15),
        ("rd", year("rd_expense", 30_000), 15),
        ("rd", year("rd_expense", 20_000), 10),
        ("rd", year("rd_expense", 10_000), 5),
        ("rd", year("rd_expense", 9_999), 0),
        ("debt", year("total_liabilities", 550_000), 10),
        ("debt", year("total_liabilities", 550_001), 5),
        ("debt", year("total_liabilities", 750_000), 5),
        ("debt", year("total_liabilities", 750_001), 0),
        ("main_share", year("main_revenue", 700_000), 20),
        ("main_share", year("main_revenue", 699_999), 15),
        ("main_share", year("main_revenue", 600_000), 15),
        ("main_share", year("main_revenue", 550_000), 10),
        ("main_share", year("main_revenue", 500_000), 5),
        ("main_share", year("main_revenue", 499_999), 0),
        // 700 000 to 608 696 is 14.99993 %: not yet 15 %.
        ("main_growth", innovative(), 15),
        ("main_growth", with(&innovative(), json!({"years": {"2024": {"main_revenue": 608_695}}})), 20),
        ("main_growth", with(&innovative(), json!({"years": {"2024": {"main_revenue": 700_000}}})), 5),
        ("main_growth", with(&innovative(), json!({"years": {"2024": {"main_revenue": 700_001}}})), 0),
        ("ip", innovative(), 15),
        ("ip", with(&innovative(), json!({"ip": {"class1_high_value": 1}})), 20),
        ("field", with(&innovative(), json!({"human": {"strategic_emerging_field": false}})), 5),
    ] {
        assert_eq!(points(&facts, item), expected, "{item} of {facts}");
    }
}

#[test]
fn an_innovative_sme_passes_by_fast_track_or_by_score_with_its_floors() {
    let rules = fixture!("gradient-2022.toml");
    let gate = |facts: &Value| check(&rules, Tier::Seed, facts, CX).gate;
    assert_eq!(gate(&innovative()), Met, "15+20 + 15+10 + 10+20 = 90");

    let weak_growth = with(
        &innovative(),
        json!({"years": {"2025": {"total_liabilities": 800_000}, "2024": {"main_revenue": 680_000}}}),
    );
    let evaluation = check(&rules, Tier::Seed, &weak_growth, CX);
    assert_eq!(outcome(&evaluation, "score_total"), Met, "15+20 + 5+0 + 10+20 = 70");
    assert_eq!(outcome(&evaluation, "score_growth"), Unmet, "5 of 15");
    assert_eq!(evaluation.leaf("score_growth").unwrap().gap, Some(10));
    assert_eq!(evaluation.gate, Unmet);

    for (fast_track, expected) in [
        (json!({"titles": [{"kind": "high_tech", "valid_from": "2023-07-01", "valid_to": "2026-06-30"}]}), Met),
        (json!({"titles": [{"kind": "high_tech", "valid_from": "2023-06-30", "valid_to": "2026-06-29"}]}), Unmet),
        (json!({"titles": [{"kind": "gazelle"}]}), Unmet),
        (json!({"awards": [{"kind": "science_technology", "level": "provincial", "year": 2023}]}), Met),
        (json!({"awards": [{"kind": "science_technology", "level": "provincial", "year": 2022}]}), Unmet),
        (json!({"awards": [{"kind": "science_technology", "level": "municipal", "year": 2025}]}), Unmet),
        (json!({"awards": [{"kind": "science_technology", "level": "national"}]}), Unknown),
        (json!({"institutions": [{"level": "provincial"}]}), Met),
        (json!({"equity_rounds": [{"on": "2023-06-30", "amount_fen": 500_000_000, "qualified": true}]}), Met),
        (json!({"equity_rounds": [{"on": "2023-06-29", "amount_fen": 500_000_000, "qualified": true}]}), Unmet),
        (json!({"equity_rounds": [{"on": "2025-01-01", "amount_fen": 499_999_999, "qualified": true}]}), Unmet),
        (json!({"equity_rounds": [{"on": "2025-01-01", "amount_fen": 500_000_000}]}), Unknown),
        (json!({"awards": null}), Unknown),
    ] {
        assert_eq!(gate(&with(&weak_growth, fast_track.clone())), expected, "{fast_track}");
    }
}

#[test]
fn points_that_wait_for_an_officer_leave_the_score_open_only_where_they_decide() {
    let rules = fixture!("gradient-2022.toml");
    let unanswered = with(&innovative(), json!({"human": null}));
    let evaluation = check(&rules, Tier::Seed, &unanswered, CX);
    let points = evaluation.score.as_ref().unwrap().points(Some("field"));
    assert_eq!((points.least, points.most, points.manual_review), (5, 10, true));
    assert_eq!(evaluation.gate, Met, "25 or 30 points of specialisation: both pass");

    let tight =
        with(&unanswered, json!({"years": {"2025": {"main_revenue": 500_000}, "2024": {"main_revenue": 400_000}}}));
    let evaluation = check(&rules, Tier::Seed, &tight, CX);
    assert_eq!(outcome(&evaluation, "score_specialisation"), ManualReview, "10 or 15 points of 15");
    assert_eq!(evaluation.gate, ManualReview);
}

#[test]
fn a_technology_sme_needs_sixty_points_and_points_for_its_staff() {
    let rules = fixture!("technology-sme.toml");
    let firm = |tech_staff: i64, staff: i64, rd: i64, ip: Value| {
        json!({
            "industry": "3940", "ip": ip, "vetoes": {"serious_incident": false, "dishonest_list": false},
            "years": {"2025": {"staff": staff, "tech_staff": tech_staff, "revenue": 1_000_000, "rd_expense": rd,
                               "total_costs": 900_000, "total_assets": 2_000_000}}
        })
    };
    let passes = check(&rules, Tier::Seed, &firm(45, 200, 50_000, json!({"class1_granted": 0, "class2": 4})), CX);
    assert_eq!((passes.score.as_ref().unwrap().total.least, passes.outcome), (76, Met), "12 + 40 + 24");

    let fails = firm(999, 10_000, 60_000, json!({"class1_granted": 1}));
    let evaluation = check(&rules, Tier::Seed, &fails, CX);
    assert_eq!(evaluation.score.as_ref().unwrap().total.least, 80, "0 + 50 + 30");
    assert_eq!((outcome(&evaluation, "score_total"), outcome(&evaluation, "score_staff")), (Met, Unmet));
    assert_eq!(evaluation.outcome, Unmet);

    let excluded = with(&firm(45, 200, 50_000, json!({"class1_granted": 1})), json!({"industry": "1621"}));
    assert_eq!(blocking(&check(&rules, Tier::Seed, &excluded, CX)), ["excluded_industry"]);
}

#[test]
fn the_better_of_two_r_and_d_ratios_counts_unless_the_applicant_picks_one() {
    let rules = fixture!("technology-sme.toml");
    let firm = json!({"years": {"2025": {"revenue": 1_000_000, "rd_expense": 30_000, "total_costs": 100_000}}});
    let points = |facts: &Value| check(&rules, Tier::Seed, facts, CX).score.unwrap().points(Some("rd")).least;
    assert_eq!(points(&firm), 50, "30 % of costs");
    assert_eq!(points(&with(&firm, json!({"choices": {"rd": "to_sales"}}))), 20, "3 % of sales");
    let chosen = super::figures(json!({"choices": {"rd": "to_moon"}}));
    assert_eq!(chosen.faults(&rules)[0].pointer, "/choices/rd");
}

fn giant_2022(revenue: i64, rd: i64) -> Value {
    json!({
        "niche_since": "2023-06-30", "ip": {"class1_granted": 2},
        "years": {
            "2025": {"revenue": revenue, "main_revenue": revenue, "rd_expense": rd, "niche_share": 100_000, "equity_new": 8_000_000_000i64,
                     "staff": 10, "rd_staff": 5, "total_assets": 10, "total_liabilities": 7},
            "2024": {"equity_new": 0}, "2023": {"main_revenue": revenue / 2}
        }
    })
}

#[test]
fn the_little_giant_of_2022_is_judged_by_its_size() {
    let rules = fixture!("gradient-2022.toml");
    for (revenue, rd, band, expected) in [
        (10_000_000_000i64, 300_000_000i64, "rd_large", Met),
        (10_000_000_000, 299_999_999, "rd_large", Unmet),
        (9_999_999_999, 599_999_999, "rd_middle", Unmet),
        (9_999_999_999, 600_000_000, "rd_middle", Met),
        (5_000_000_000, 300_000_000, "rd_middle", Met),
        (4_999_999_999, 3_000_000_000, "rd_small_amount", Met),
        (4_999_999_999, 2_999_999_999, "rd_small_amount", Unmet),
    ] {
        let evaluation = check(&rules, Tier::Leading, &giant_2022(revenue, rd), CX);
        assert_eq!((outcome(&evaluation, band), evaluation.gate), (expected, expected), "{revenue} with {rd}");
        let bands = ["rd_small_amount", "rd_middle", "rd_large"];
        let skipped = bands.into_iter().filter(|other| *other != band);
        skipped.for_each(|other| assert_eq!(outcome(&evaluation, other), NotApplicable, "{revenue}: {other}"));
    }
    let unsized_firm = with(&giant_2022(1, 1), json!({"years": {"2025": {"revenue": null}}}));
    let evaluation = check(&rules, Tier::Leading, &unsized_firm, CX);
    assert_eq!((outcome(&evaluation, "rd"), outcome(&evaluation, "rd_large")), (Unknown, NotApplicable));
    assert!(blocking(&evaluation).contains(&"rd"), "without a size the whole rule is explained");
}

fn giant_2026() -> Value {
    json!({
        "niche_since": "2020-01-01", "ip": {"class1_granted": 4}, "human": {"chain_critical": true}, "awards": [],
        "titles": [{"kind": "srdi", "valid_from": "2024-01-01", "valid_to": "2026-12-31"}],
        "years": {
            "2025": {"revenue": 6_000_000_000i64, "main_revenue": 5_400_000_000i64, "rd_expense": 600_000_000, "niche_rank": 3,
                     "total_assets": 100, "total_liabilities": 75, "quality_score": 60},
            "2024": {"revenue": 6_000_000_000i64, "rd_expense": 600_000_000},
            "2023": {"revenue": 5_442_176_870i64}
        }
    })
}

#[test]
fn the_little_giant_of_2026_knows_waivers_and_drops_growth_at_a_re_check() {
    let rules = fixture!("gradient-2026.toml");
    let cases: &[(&str, Value, EvalContext, Outcome)] = &[
        ("all of it, and growth of just 5 %", json!({}), CX, Met),
        (
            "one fen more at the start is below 5 %",
            json!({"years": {"2023": {"revenue": 5_442_176_871i64}}}),
            CX,
            Unmet,
        ),
        ("growth is not tested again", json!({"years": {"2023": {"revenue": 6_000_000_000i64}}}), RECHECK, Met),
        ("nor asked for", json!({"years": {"2023": null}}), RECHECK, Met),
        ("growth from nothing is unknown", json!({"years": {"2023": {"revenue": 0}}}), CX, Unknown),
        ("three patents are too few", json!({"ip": {"class1_granted": 3}}), CX, Unmet),
        (
            "a national award among the first three waives them",
            json!({"ip": {"class1_granted": 0}, "awards": [{"kind": "x", "level": "national", "rank": 3}]}),
            CX,
            Met,
        ),
        (
            "the fourth place does not",
            json!({"ip": {"class1_granted": 0}, "awards": [{"kind": "x", "level": "national", "rank": 4}]}),
            CX,
            Unmet,
        ),
        (
            "an award without a place does not waive them",
            json!({"ip": {"class1_granted": 0}, "awards": [{"kind": "x", "level": "national"}]}),
            CX,
            Unmet,
        ),
        (
            "a share of 10 % instead of the rank",
            json!({"years": {"2025": {"niche_rank": 4, "niche_share": 100_000}}}),
            CX,
            Met,
        ),
        ("one weak year of R&D", json!({"years": {"2024": {"rd_expense": 179_999_999}}}), CX, Unmet),
        ("R&D over two years too low", json!({"years": {"2024": {"rd_expense": 599_999_999}}}), CX, Unmet),
        ("the title has run out", json!({"titles": [{"kind": "srdi", "valid_to": "2026-06-29"}]}), CX, Unmet),
        ("only a person can judge the chain", json!({"human": null}), CX, ManualReview),
        ("and has judged", json!({"human": {"chain_critical": false}}), CX, Unmet),
    ];
    for (name, changes, cx, expected) in cases {
        let evaluation = check(&rules, Tier::Leading, &with(&giant_2026(), changes.clone()), *cx);
        assert_eq!(evaluation.gate, *expected, "{name}: {:?}", blocking(&evaluation));
    }
    let waived = with(
        &giant_2026(),
        json!({"ip": {"class1_granted": 0}, "awards": [{"kind": "x", "level": "national", "rank": 1}]}),
    );
    assert_eq!(outcome(&check(&rules, Tier::Leading, &waived, CX), "ip"), NotApplicable);
}

#[test]
fn a_re_check_of_the_specialised_sme_takes_the_better_of_two_quality_scores() {
    let rules = fixture!("gradient-2026.toml");
    let quality = json!({"years": {"2025": {"quality_score": 49}, "2024": {"quality_score": 50}}});
    let first = check(&rules, Tier::FutureStar, &quality, CX);
    assert_eq!((outcome(&first, "quality_first"), outcome(&first, "quality_before")), (Unmet, NotApplicable));
    let again = check(&rules, Tier::FutureStar, &quality, RECHECK);
    assert_eq!((outcome(&again, "quality_first"), outcome(&again, "quality_before")), (NotApplicable, Met));
    assert!(!blocking(&again).contains(&"quality_last"), "one of the two years is enough");
}

#[test]
fn a_high_tech_enterprise_is_measured_over_three_years_and_365_days() {
    let rules = fixture!("high-tech.toml");
    let year = |revenue: i64, rd: i64| json!({"revenue": revenue, "rd_expense": rd, "rd_expense_domestic": rd});
    let firm = json!({
        "registered_on": "2025-06-30", "human": {"core_ip": true}, "vetoes": {"serious_accident": false},
        "years": {"2025": year(5_000_000_000, 100_000_000), "2024": year(2_500_000_000, 150_000_000),
                  "2023": year(2_500_000_000, 250_000_000)}
    });
    let firm =
        with(&firm, json!({"years": {"2025": {"staff": 10, "tech_staff": 1, "high_tech_revenue": 3_000_000_000i64}}}));
    let evaluation = check(&rules, Tier::Leading, &firm, CX);
    assert_eq!(evaluation.outcome, Met, "500 of 10 000 is 5 %: {:?}", blocking(&evaluation));

    let larger =
        with(&firm, json!({"years": {"2025": {"revenue": 5_000_000_001i64, "high_tech_revenue": 4_000_000_000i64}}}));
    assert_eq!(outcome(&check(&rules, Tier::Leading, &larger, CX), "rd_middle"), Met, "4 % from 50 million on");
    let young = with(&firm, json!({"registered_on": "2025-07-01"}));
    assert_eq!(blocking(&check(&rules, Tier::Leading, &young, CX)), ["age"]);
    let accident = with(&firm, json!({"incidents": [{"veto": "serious_accident", "on": "2025-06-30"}]}));
    assert_eq!(check(&rules, Tier::Leading, &accident, CX).outcome, Unmet, "a year ago to the day still counts");
    let long_ago = with(&firm, json!({"incidents": [{"veto": "serious_accident", "on": "2025-06-29"}]}));
    assert_eq!(check(&rules, Tier::Leading, &long_ago, CX).outcome, Met);
}
