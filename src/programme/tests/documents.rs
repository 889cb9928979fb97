//! Documents that are wrong name the file, the line and the path of the fault.

use std::collections::BTreeSet;

use crate::programme::document::{LAOSHAN_2026, Rule};
use crate::programme::{DocumentFault, RuleSet, laoshan_2026};

fn faults(text: &str) -> Vec<DocumentFault> {
    RuleSet::from_toml("rules.toml", text).unwrap_err()
}

/// The shipped document with one passage changed, and the line that passage stands on.
fn edited(from: &str, to: &str) -> (String, usize) {
    let at = LAOSHAN_2026.find(from).unwrap_or_else(|| panic!("{from} is not in the document"));
    (LAOSHAN_2026.replacen(from, to, 1), LAOSHAN_2026[..at].matches('\n').count() + 1)
}

#[test]
fn a_rule_set_is_stored_as_json_and_read_back_unchanged() {
    let stored = laoshan_2026().to_json();
    assert_eq!(&RuleSet::from_json("stored", &stored).unwrap(), laoshan_2026());
    let broken =
        RuleSet::from_json("stored", &stored.replace("\"age_lte\":{\"since\"", "\"age_lte\":{\"sins\"")).unwrap_err();
    assert_eq!(broken[0].path, "tiers.seed.gate.all[1].any[0].age_lte.sins");
    assert_eq!(RuleSet::from_json("stored", &format!("{stored} x")).unwrap_err()[0].file, "stored");
}

#[test]
fn a_document_that_is_no_toml_names_the_line() {
    let found = faults("code = \"x\"\nversion = = 1\n");
    assert_eq!((found[0].file.as_str(), found[0].line), ("rules.toml", Some(2)));
    assert!(found[0].to_string().starts_with("rules.toml:2: "), "{}", found[0]);
}

#[test]
fn nesting_that_nobody_could_follow_is_refused_before_it_is_read() {
    let deep = |levels: usize| format!("not = {}{}", "{ not = ".repeat(levels), "1".to_owned() + &" }".repeat(levels));
    let (text, line) = edited("age_lte = { years = 10 }", &deep(60));
    let found = faults(&text);
    assert_eq!((found.len(), found[0].line), (1, Some(line)), "{}", found[0]);
    assert!(found[0].message.en.contains("40 levels"), "{}", found[0]);
    let dotted = format!("[tiers.seed.gate{}]\n", ".not".repeat(5_000));
    assert_eq!(faults(&dotted).len(), 1, "a path of dots is nesting too");
}

#[test]
fn a_shape_that_is_wrong_names_line_and_path() {
    for (from, to, path) in [
        ("age_lte = { years = 10 }", "age_lte = { years = \"ten\" }", "tiers.future_star.gate.all[1].age_lte.years"),
        ("age_lte = { years = 10 }", "age_lte = { yeers = 10 }", "tiers.future_star.gate.all[1].age_lte.yeers"),
        ("age_lte = { years = 10 }", "age_let = { years = 10 }", "tiers.future_star.gate.all[1].age_let"),
        ("maturity = \"base\"", "maturity = \"basic\"", "tracks[0].maturity"),
        ("effective_from = \"2026-01-01\"", "effective_from = \"2026-13-01\"", "effective_from"),
        ("lane = \"ecosystem\"", "lanes = \"ecosystem\"", "tiers.ecosystem.lanes"),
    ] {
        let (text, line) = edited(from, to);
        let found = faults(&text);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].path.as_str(), found[0].line), (path, Some(line)), "{to}: {}", found[0]);
    }
}

#[test]
fn a_rule_has_exactly_one_test() {
    for (to, words) in
        [("", "found none"), ("age_lte = { years = 10 }\nage_gte = { years = 1 }", "found age_lte, age_gte")]
    {
        let (text, _) = edited("age_lte = { years = 10 }", to);
        let found = faults(&text);
        assert_eq!(found[0].path, "tiers.future_star.gate.all[1]");
        assert!(found[0].line.is_some());
        assert!(found[0].message.en.contains(words), "{}", found[0]);
    }
}

#[test]
fn meaningless_rules_are_refused_with_their_path() {
    for (from, to, path) in [
        (
            "gte = { indicator = \"cagr2\"",
            "gte = { indicator = \"cagr9\"",
            "tiers.future_star.gate.all[3].gte.indicator",
        ),
        (
            "indicator = \"cagr2\", ppm = 200_000",
            "indicator = \"cagr2\", value = 20",
            "tiers.future_star.gate.all[3].gte",
        ),
        (
            "indicator = \"cagr2\", ppm",
            "indicator = \"cagr2\", year = 2025, ppm",
            "tiers.future_star.gate.all[3].gte.year",
        ),
        (
            "waived_if = { rule = \"star_scale_equity\" }",
            "waived_if = { rule = \"star_scal\" }",
            "tiers.future_star.gate.all[3].waived_if.rule",
        ),
        (
            "waived_if = { rule = \"star_scale_equity\" }",
            "waived_if = { rule = \"star_title\" }",
            "tiers.future_star.gate.all[3].waived_if.rule",
        ),
        ("code = \"star_age\"", "code = \"star_registered\"", "tiers.future_star.gate.all[1].code"),
        ("code = \"star_age\"", "code = \"track\"", "tiers.future_star.gate.all[1].code"),
        ("code = \"star_age\"\n", "", "tiers.future_star.gate.all[1].code"),
        (
            "kinds = [\"tech_sme\", \"high_tech\"",
            "kinds = [\"tech_sme\", \"hightech\"",
            "tiers.future_star.gate.all[6].holds_title.kinds[1]",
        ),
        (
            "track_in = { watch_list = true }",
            "track_in = { tracks = [\"alchemy\"] }",
            "common_gate.all[1].track_in.tracks[0]",
        ),
        ("age_lte = { years = 10 }", "all = []", "tiers.future_star.gate.all[1].all"),
        ("{ up_to = 20_000_000_000, rule", "{ rule", "tiers.leading.gate.all[3].piecewise.bands[0]"),
        ("pass = 60", "pass = 101", "tiers.seed.rubric.pass"),
        ("weight = 35, floor = 21", "weight = 34, floor = 21", "tiers.seed.rubric.dimensions"),
        ("weight = 35, floor = 21", "weight = 35, floor = 36", "tiers.seed.rubric.dimensions[0].floor"),
        ("evidence = [\"F01\"]\nis_true", "evidence = [\"F99\"]\nis_true", "tiers.seed.gate.all[0].evidence[0]"),
        ("is_true = { fact = \"legal_person\"", "is_true = { fact = \"titles\"", "common_gate.all[0].is_true.fact"),
        ("lane = \"ecosystem\"", "lane = \"ladder\"", "tiers.ecosystem.lane"),
        ("code = \"hydrogen\"", "code = \"biomass\"", "watch_list[1].code"),
        ("code = \"laoshan-2026\"", "code = \"Laoshan 2026\"", "code"),
        ("en = \"Laoshan rules for cultivating future-industry enterprises, 2026\"", "en = \" \"", "name.en"),
    ] {
        let (text, _) = edited(from, to);
        let found = faults(&text);
        assert_eq!(found.iter().map(|fault| fault.path.as_str()).collect::<Vec<_>>(), [path], "{to}: {found:#?}");
        assert!(found[0].line.is_some(), "{}", found[0]);
    }
}

#[test]
fn all_faults_of_meaning_are_told_at_once_each_with_its_line() {
    let (text, first) = edited("weight = 35, floor = 21", "weight = 30, floor = 21");
    let text = text.replacen("age_lte = { years = 10 }", "age_lte = { years = 10, days = 3 }", 1);
    let text = text.replacen(
        "sum_gte = { indicator = \"equity_new\", years = [-1, -2]",
        "sum_gte = { indicator = \"equity\", years = [-1, -1]",
        1,
    );
    let found = faults(&text);
    let paths: Vec<_> = found.iter().map(|fault| fault.path.as_str()).collect();
    assert_eq!(
        paths,
        [
            "tiers.seed.rubric.dimensions",
            "tiers.future_star.gate.all[1].age_lte",
            "tiers.future_star.gate.all[2].any[1].sum_gte.years",
            "tiers.future_star.gate.all[2].any[1].sum_gte.indicator",
        ]
    );
    assert_eq!(found[0].line, Some(first - 1), "the key `dimensions` stands one line above its first entry");
    assert!(found.iter().all(|fault| fault.line.is_some() && !fault.message.zh.is_empty()));
}

/// The TOML examples of the manual, in their order: the document, combinators, leaves, computed points.
fn examples() -> Vec<String> {
    let manual = include_str!("../../../docs/programme.md");
    let blocks = manual.split("```toml\n").skip(1);
    blocks.map(|block| block.split("```").next().unwrap_or_default().to_owned()).collect()
}

#[test]
fn the_examples_of_the_manual_are_true_and_name_every_test_there_is() {
    let [document, combinators, leaves, points] = examples().try_into().expect("four examples");
    RuleSet::from_toml("document", &document).unwrap();
    let (head, _) = document.split_once("[common_gate]").expect("what stands before the rules");
    let gate = |rules: &str| {
        let tier = "[tiers.seed]\nlane = \"ladder\"\nvalidity_years = 1\n";
        format!("{head}{tier}{points}[tiers.seed.gate]\nall = [\n{rules}]\n")
    };
    let rules = [&combinators, &leaves].map(|rules| RuleSet::from_toml("rules", &gate(rules)).unwrap());
    let gates = rules.iter().flat_map(|rules| rules.tiers.values()).map(|tier| &tier.gate);
    let shown: BTreeSet<_> = gates.flat_map(Rule::with_descendants).map(|rule| rule.test.key()).collect();
    let expected: BTreeSet<_> = "all any not piecewise rule gte in present sum_gte each_year_gte ratio_gte cagr_gte \
        holds_title track_in age_lte is_true ip_gte award sourced_project talent institution partners_gte contracts_gte \
        equity_gte score_gte human"
        .split_whitespace()
        .collect();
    assert_eq!(shown, expected);
    for twin in ["gt,", "lte,", "lt,", "eq)", "each_year_lte", "ratio_lte", "age_gte"] {
        assert!(leaves.contains(twin), "{twin} is not mentioned");
    }
}
