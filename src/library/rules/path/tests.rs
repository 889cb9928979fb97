use super::*;
use crate::programme::figures::{AnnualValue, Ip, Title};
use crate::programme::{EvalContext, Figures, Mode, evaluate, laoshan_2026};
use proptest::prelude::*;

const WAN: i64 = 1_000_000;

/// A seed enterprise on its way up: good at everything the future star asks for.
fn star() -> Figures {
    let mut figures = Figures {
        track: Some("terahertz".into()),
        registered_on: "2020-05-01".parse().ok(),
        registered_in_laoshan: Some(true),
        legal_person: Some(true),
        data_consent: Some(true),
        titles: Some(vec![Title { kind: "high_tech".into(), ..Title::default() }]),
        ip: Some(Ip { class1_granted: Some(2), class2: Some(0), ..Ip::default() }),
        ..Figures::default()
    };
    for veto in &laoshan_2026().vetoes {
        figures.vetoes.insert(veto.code.clone(), false);
    }
    for (year, revenue, rd, equity) in [("2025", 900, 90, 0), ("2024", 700, 70, 0), ("2023", 500, 50, 0)] {
        let of_year = figures.years.entry(year.into()).or_default();
        for (code, value) in [("revenue", revenue), ("rd_expense", rd), ("equity_new", equity)] {
            of_year.insert(code.into(), AnnualValue::plain(value * WAN));
        }
    }
    figures
}

fn judged(figures: &Figures) -> TierEvaluation {
    let context = EvalContext { base_year: 2026, as_of: "2026-06-30".parse().expect("a date"), mode: Mode::First };
    evaluate(laoshan_2026(), Tier::FutureStar, figures, context).expect("the tier has rules")
}

fn with(change: impl FnOnce(&mut Figures)) -> Distance {
    let mut figures = star();
    change(&mut figures);
    distance(&judged(&figures))
}

fn set(figures: &mut Figures, year: &str, code: &str, value: i64) {
    figures.years.entry(year.into()).or_default().insert(code.into(), AnnualValue::plain(value));
}

#[test]
fn the_distance_counts_rules_and_measures_the_farthest() {
    assert_eq!(with(|_| {}), Distance::default());
    // 4.2 % of 6 % are needed for the ratio, 37.8 of 300 for the amount: the nearer way counts.
    let low = |figures: &mut Figures| set(figures, "2025", "rd_expense", 378 * WAN / 10);
    assert_eq!(with(low), Distance { unmet: 1, gap_ppm: 300_000 });
    let no_title = |figures: &mut Figures| figures.titles = Some(Vec::new());
    assert_eq!(with(no_title), Distance { unmet: 1, gap_ppm: UNMEASURED });
    assert_eq!(
        with(|figures| {
            low(figures);
            no_title(figures);
        }),
        Distance { unmet: 2, gap_ppm: 300_000 },
        "a title is counted and not measured"
    );
    let unknown = |figures: &mut Figures| figures.ip = None;
    assert_eq!(with(unknown), Distance { unmet: 1, gap_ppm: UNMEASURED }, "what is not known is not met");
    let veto = |figures: &mut Figures| figures.vetoes.extend([("abnormal_list".into(), true)]);
    assert_eq!(with(veto), Distance { unmet: 1, gap_ppm: UNMEASURED });
    let unasked = |figures: &mut Figures| figures.vetoes.clear();
    assert_eq!(with(unasked), Distance::default(), "what an officer has yet to judge stands in nobody's way");
}

#[test]
fn a_rule_is_told_with_what_was_reached() {
    let mut figures = star();
    set(&mut figures, "2025", "rd_expense", 378 * WAN / 10);
    figures.titles = Some(Vec::new());
    figures.ip = None;
    let evaluation = judged(&figures);
    let told_of = |code: &str| told(evaluation.leaf(code).expect("a leaf"));
    assert_eq!(told_of("star_rd_ratio").en, "R&D at least 6 % of revenue last year: now 4.2 %");
    assert_eq!(told_of("star_rd_ratio").zh, "上年度研发费用占营业收入不低于 6 %：现为 4.2 %");
    assert_eq!(told_of("star_rd_amount").zh, "上年度研发费用不低于 300 万元：现为 37.8 万元");
    assert_eq!(told_of("star_rd_amount").en, "R&D at least 3 million yuan last year: now 378,000.00 yuan");
    assert_eq!(told_of("star_ip_class2").en, "At least 5 class II intellectual property rights: figures are missing");
    assert!(told_of("star_title").en.ends_with("in force: Not met"), "{}", told_of("star_title").en);
}

#[test]
fn the_ladder_is_climbed_from_where_one_stands() {
    use Tier::{Ecosystem, FutureStar, Leading, Seed};
    for (lane, held, expected) in [
        (Lane::Ladder, None, &[Leading, FutureStar, Seed][..]),
        (Lane::Ladder, Some(Seed), &[Leading, FutureStar]),
        (Lane::Ladder, Some(FutureStar), &[Leading]),
        (Lane::Ladder, Some(Leading), &[]),
        (Lane::Ecosystem, None, &[Ecosystem]),
        (Lane::Ecosystem, Some(Ecosystem), &[]),
    ] {
        assert_eq!(above(lane, held), expected, "{lane} {held:?}");
    }
}

fn leaf_node(code: usize, outcome: Outcome) -> Node {
    Node { code: Some(format!("l{code}")), rule: "gte".into(), outcome, children: Vec::new(), waiver: None }
}

fn group(rule: &str, children: Vec<Node>) -> Node {
    let outcomes = children.iter().map(|child| child.outcome);
    let outcome = if rule == "all" { Outcome::all(outcomes) } else { Outcome::any(outcomes) };
    Node { code: None, rule: rule.into(), outcome, children, waiver: None }
}

/// A tree of `all` and `any` over at most ten leaves; leaf codes are given afterwards.
fn trees() -> impl Strategy<Value = Node> {
    let outcomes = prop::sample::select(Outcome::ALL.to_vec());
    outcomes.prop_map(|outcome| leaf_node(0, outcome)).prop_recursive(3, 10, 3, |inner| {
        (prop::bool::ANY, prop::collection::vec(inner, 1..4))
            .prop_map(|(all, children)| group(if all { "all" } else { "any" }, children))
    })
}

/// Numbers the leaves from left to right.
fn numbered(node: &mut Node, next: &mut usize) {
    if node.children.is_empty() {
        node.code = Some(format!("l{next}"));
        *next += 1;
    }
    node.children.iter_mut().for_each(|child| numbered(child, next));
}

/// The outcome once the leaves of the set are met.
fn mended(node: &Node, set: u32) -> Outcome {
    if node.children.is_empty() {
        let number: u32 = node.code.as_deref().and_then(|code| code[1..].parse().ok()).expect("a number");
        let mended = set & (1 << number) != 0 && node.outcome != Outcome::NotApplicable;
        return if mended { Outcome::Met } else { node.outcome };
    }
    let children = node.children.iter().map(|child| mended(child, set));
    if node.rule == "all" { Outcome::all(children) } else { Outcome::any(children) }
}

proptest! {
    /// No smaller set of rules would do, and some set of that size does: found by trying all of them.
    #[test]
    fn the_count_is_the_smallest_number_of_rules_that_opens_the_gate(tree in trees()) {
        let (mut tree, mut leaves) = (tree, 0);
        numbered(&mut tree, &mut leaves);
        prop_assume!(leaves <= 12);
        let opens = |set: &u32| !matches!(mended(&tree, *set), Outcome::Unmet | Outcome::Unknown);
        let fewest = (0_u32..1 << leaves).filter(opens).map(u32::count_ones).min();
        prop_assert_eq!(Some(from_node(&tree, &[]).unmet as u32), fewest);
    }

    #[test]
    fn more_research_never_moves_the_tier_away(less in 0_i64..400, more in 0_i64..400) {
        let with_rd = |wan: i64| with(|figures| set(figures, "2025", "rd_expense", wan * WAN));
        prop_assert!(with_rd(less.max(more)) <= with_rd(less.min(more)));
    }
}
