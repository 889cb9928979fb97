use proptest::prelude::*;

use super::*;
use Method::{Median, Plain, Trimmed, ZScore};

/// The vector of the programme's own proposal.
const VECTOR: [i64; 7] = [7_800, 8_200, 8_500, 9_000, 6_100, 8_800, 8_400];

fn expert(n: usize) -> ExpertId {
    ExpertId(format!("expert-{n}"))
}

/// A rubric of one dimension, so that its marks are the total.
fn plain_rules(method: Method) -> ScoreRules {
    ScoreRules {
        method,
        spread_limit: 2_000,
        min_valid: 1,
        pass: 6_000,
        dimensions: vec![dimension("all", 10_000, 10_000, 0)],
    }
}

fn dimension(code: &str, full: i64, weight: i64, floor: i64) -> Dimension {
    Dimension { code: code.into(), full, weight, floor }
}

fn sheet(n: usize, marks: &[(&str, i64)]) -> Sheet {
    Sheet { expert_id: expert(n), arbiter: false, marks: marks.iter().map(|(d, m)| ((*d).to_owned(), *m)).collect() }
}

fn sheets(totals: &[i64]) -> Vec<Sheet> {
    totals.iter().enumerate().map(|(n, total)| sheet(n, &[("all", *total)])).collect()
}

fn total(method: Method, totals: &[i64]) -> i64 {
    score(&ScoreInput { rules: plain_rules(method), sheets: sheets(totals), computed: BTreeMap::new(), scales: None })
        .unwrap()
        .total
}

#[test]
fn seven_experts_are_trimmed_to_83_40_and_flagged_for_a_spread_of_29() {
    let input = |method| ScoreInput {
        rules: plain_rules(method),
        sheets: sheets(&VECTOR),
        computed: BTreeMap::new(),
        scales: None,
    };
    let trimmed = score(&input(Trimmed)).unwrap();
    assert_eq!((trimmed.total, trimmed.spread, trimmed.arbitration), (8_340, 2_900, Arbitration::Needed));
    assert_eq!(score(&input(Plain)).unwrap().total, 8_114);
    assert_eq!(score(&input(Median)).unwrap().total, 8_400);
}

#[test]
fn each_method_rounds_half_up_to_two_decimals() {
    let cases: &[(Method, &[i64], i64)] = &[
        (Plain, &[8_000], 8_000),
        (Plain, &[8_000, 8_001], 8_001),
        (Plain, &[8_000, 8_000, 8_001], 8_000),
        (Plain, &[8_000, 8_001, 8_001], 8_001),
        (Median, &[1, 2, 3], 2),
        (Median, &[10, 0, 7_000, 9_999], 3_505),
        (Median, &[0, 1], 1),
        (Trimmed, &[0, 8_000, 9_000, 10_000], 6_750),
        (Trimmed, &[0, 8_000, 8_001, 8_001, 10_000], 8_001),
        (Trimmed, &[0, 0, 10_000, 10_000, 10_000], 6_667),
        (Plain, &[0, 0, 0, 0, 0], 0),
    ];
    for (method, totals, expected) in cases {
        assert_eq!(total(*method, totals), *expected, "{method} of {totals:?}");
    }
}

#[test]
fn marks_add_up_to_the_total_and_other_weights_are_rounded_once() {
    let seed = [dimension("technology", 3_500, 3_500, 2_100), dimension("rest", 6_500, 6_500, 0)];
    let given = sheet(1, &[("technology", 2_933), ("rest", 5_012)]);
    assert_eq!(weighted_total(&seed, &given), 7_945);
    // 29.33 of 35 at a weight of 50, and 50.12 of 65 at 50: 41.9000 + 38.5538.. = 80.4538..
    let halves = [dimension("technology", 3_500, 5_000, 0), dimension("rest", 6_500, 5_000, 0)];
    assert_eq!(weighted_total(&halves, &given), 8_045);
    // A third of 33.35 is 11.1166.., half of it 16.675: half up.
    let thirds = [dimension("a", 3, 3_335, 0)];
    assert_eq!(weighted_total(&thirds, &sheet(1, &[("a", 1)])), 1_112);
    let half = [dimension("a", 2, 3_335, 0)];
    assert_eq!(weighted_total(&half, &sheet(1, &[("a", 1)])), 1_668);
}

#[test]
fn a_floor_missed_fails_whatever_the_total() {
    let mut rules = plain_rules(Trimmed);
    rules.dimensions = vec![dimension("technology", 3_500, 3_500, 2_100), dimension("rest", 6_500, 6_500, 0)];
    let five = |technology: [i64; 5]| {
        (0..5).map(|n| sheet(n, &[("technology", technology[n]), ("rest", 6_500)])).collect::<Vec<_>>()
    };
    let result = |technology| {
        score(&ScoreInput { rules: rules.clone(), sheets: five(technology), computed: BTreeMap::new(), scales: None })
            .unwrap()
    };
    let just = result([0, 2_100, 2_100, 2_100, 3_500]);
    assert_eq!(
        (just.total, just.passed, just.dimensions[0].marks, just.dimensions[0].floor_met),
        (8_600, true, 2_100, true)
    );
    let below = result([0, 2_098, 2_100, 2_100, 3_500]);
    assert_eq!((below.total, below.passed, below.dimensions[0].floor_met), (8_599, false, false));
    assert!(below.dimensions[1].floor_met);
}

#[test]
fn too_few_valid_scores_give_no_result() {
    let rules = ScoreRules { min_valid: 5, ..plain_rules(Trimmed) };
    let four =
        ScoreInput { rules: rules.clone(), sheets: sheets(&VECTOR[..4]), computed: BTreeMap::new(), scales: None };
    let refused = score(&four).unwrap_err();
    assert_eq!((refused.code, refused.say.en.as_str()), (Code::ScoresMissing, "4 valid scores, at least 5 are needed"));
    assert!(
        score(&ScoreInput { rules, sheets: sheets(&VECTOR[..5]), computed: BTreeMap::new(), scales: None }).is_ok()
    );
    let nobody = ScoreInput {
        rules: ScoreRules { min_valid: 0, ..plain_rules(Plain) },
        sheets: vec![],
        computed: BTreeMap::new(),
        scales: None,
    };
    assert!(score(&nobody).is_err());
}

#[test]
fn a_spread_at_the_limit_is_fine_and_a_further_expert_settles_a_larger_one() {
    let at = |totals: &[i64], arbiter: bool| {
        let mut sheets = sheets(totals);
        sheets.last_mut().unwrap().arbiter = arbiter;
        score(&ScoreInput { rules: plain_rules(Plain), sheets, computed: BTreeMap::new(), scales: None })
            .unwrap()
            .arbitration
    };
    assert_eq!(at(&[6_000, 8_000], false), Arbitration::NotNeeded);
    assert_eq!(at(&[6_000, 8_001], false), Arbitration::Needed);
    assert_eq!(at(&[6_000, 8_001, 7_000], true), Arbitration::Done);
}

/// Two experts, three applications: one strict, one generous, the same order.
fn two_experts() -> Vec<[i64; 2]> {
    vec![[5_000, 8_000], [6_000, 8_500], [7_000, 9_000]]
}

fn refitted(applications: &[[i64; 2]]) -> Vec<i64> {
    let rules = plain_rules(ZScore);
    let all: Vec<Vec<Sheet>> = applications.iter().map(|totals| sheets(totals)).collect();
    let scales = Scales::of(&rules.dimensions, &all.iter().flatten().collect::<Vec<_>>());
    let one = |sheets: &Vec<Sheet>| {
        let scales = scales.restricted_to(sheets.iter().map(|s| &s.expert_id));
        score(&ScoreInput {
            rules: rules.clone(),
            sheets: sheets.clone(),
            computed: BTreeMap::new(),
            scales: Some(scales),
        })
        .unwrap()
        .total
    };
    all.iter().map(one).collect()
}

#[test]
fn a_strict_and_a_generous_expert_count_alike_after_the_re_fit() {
    // Group: mean 72.50, deviation 14.0682..; both experts put the applications at -1.2247.., 0 and 1.2247.. deviations.
    assert_eq!(refitted(&two_experts()), [5_527, 7_250, 8_973]);
    let mut strict_moved = two_experts();
    strict_moved.iter_mut().for_each(|row| row[0] -= 3_000);
    let order = |totals: &[i64]| totals.windows(2).all(|pair| pair[0] < pair[1]);
    assert!(order(&refitted(&strict_moved)));
}

#[test]
fn an_expert_who_gives_everybody_the_same_says_nothing() {
    // The second expert never varies: z = 0, the group's mean.
    let group = [[6_000, 8_000], [8_000, 8_000]];
    assert_eq!(refitted(&group), [(7_500 - 866 + 7_500) / 2, (7_500 + 866 + 7_500) / 2]);
    assert_eq!(refitted(&[[7_000, 7_000], [7_000, 7_000]]), [7_000, 7_000]);
}

#[test]
fn a_re_fit_stays_between_zero_and_full_marks() {
    let mut group = vec![[0, 9_900]; 9];
    group.push([10_000, 10_000]);
    let fitted = refitted(&group);
    assert!(fitted.iter().all(|total| (0..=FULL).contains(total)), "{fitted:?}");
    assert_eq!(Scale::of([(&expert(0), 9_900), (&expert(1), 100)]).refit(&expert(9), 9_000, 5_000), 5_000);
}

#[test]
fn large_groups_do_not_overflow() {
    let many: Vec<ExpertId> = (0..200).map(expert).collect();
    let scale = Scale::of((0..200_000).map(|n: usize| (&many[n % 200], if n.is_multiple_of(3) { 0 } else { FULL })));
    let fitted = scale.refit(&many[1], FULL, FULL);
    assert!((0..=FULL).contains(&fitted));
}

fn totals() -> impl Strategy<Value = Vec<i64>> {
    prop::collection::vec(0..=FULL, 1..16)
}

fn any_sheets() -> impl Strategy<Value = Vec<Sheet>> {
    let marks = (0..=2_500_i64, 0..=7_500_i64);
    prop::collection::vec(marks, 1..12).prop_map(|all| {
        let made = |(n, (a, b)): (usize, (i64, i64))| sheet(n, &[("a", a), ("b", b)]);
        all.into_iter().enumerate().map(made).collect()
    })
}

fn two_dimensions(method: Method) -> ScoreRules {
    ScoreRules {
        dimensions: vec![dimension("a", 2_500, 2_500, 1_500), dimension("b", 7_500, 7_500, 0)],
        ..plain_rules(method)
    }
}

proptest! {
    #[test]
    fn the_order_of_the_experts_does_not_matter(
        sheets in any_sheets(),
        method in prop::sample::select(Method::ALL.to_vec()),
        turn in 0..12_usize,
    ) {
        let mut turned = sheets.clone();
        turned.rotate_left(turn % sheets.len());
        turned.reverse();
        let of = |sheets: Vec<Sheet>| {
            let rules = two_dimensions(method);
            let scales = Scales::of(&rules.dimensions, &sheets.iter().collect::<Vec<_>>());
            score(&ScoreInput { rules, sheets, computed: BTreeMap::new(), scales: Some(scales) }).unwrap()
        };
        prop_assert_eq!(of(sheets), of(turned));
    }

    #[test]
    fn plain_median_and_trimmed_stay_inside_the_range(totals in totals()) {
        let (low, high) = (*totals.iter().min().unwrap(), *totals.iter().max().unwrap());
        for method in [Plain, Median, Trimmed] {
            let one = total(method, &totals);
            prop_assert!(low <= one && one <= high, "{} gave {}", method, one);
        }
    }

    #[test]
    fn trimmed_is_plain_below_five(totals in prop::collection::vec(0..=FULL, 1..5)) {
        prop_assert_eq!(total(Trimmed, &totals), total(Plain, &totals));
    }

    #[test]
    fn a_re_fit_never_leaves_the_scale_and_keeps_each_experts_order(group in prop::collection::vec([0..=FULL, 0..=FULL], 1..12)) {
        let all: Vec<Vec<Sheet>> = group.iter().map(|totals| sheets(totals)).collect();
        let scales = Scales::of(&plain_rules(ZScore).dimensions, &all.iter().flatten().collect::<Vec<_>>());
        let mut own: Vec<(i64, i64)> =
            group.iter().map(|row| (row[0], scales.total.refit(&expert(0), row[0], FULL))).collect();
        own.sort_unstable();
        prop_assert!(own.iter().all(|(_, fitted)| (0..=FULL).contains(fitted)));
        prop_assert!(own.windows(2).all(|pair| pair[0].1 <= pair[1].1), "{:?}", own);
    }

    #[test]
    fn what_was_frozen_computes_to_the_same_digits(
        sheets in any_sheets(),
        method in prop::sample::select(Method::ALL.to_vec()),
    ) {
        let rules = two_dimensions(method);
        let scales = Scales::of(&rules.dimensions, &sheets.iter().collect::<Vec<_>>());
        let input = ScoreInput { rules, sheets, computed: BTreeMap::new(), scales: Some(scales) };
        let frozen = serde_json::to_string(&(&input, score(&input).unwrap())).unwrap();
        let (kept, result): (ScoreInput, Score) = serde_json::from_str(&frozen).unwrap();
        prop_assert_eq!(score(&kept).unwrap(), result);
    }
}
