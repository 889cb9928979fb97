//! Walking the tree: combinators, waivers, re-check rules, pieces by size. Leaves are decided next door.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::facts::Facts;
use super::numbers::Finding;
use super::{LeafResult, Node, ScoreCard};
use crate::programme::document::{Piecewise, Rule, Test};
use crate::programme::model::Outcome;

pub(super) struct Gate {
    pub tree: Node,
    pub leaves: Vec<LeafResult>,
}

/// One walk through the rules of a tier.
pub(super) struct Walk<'a> {
    facts: Facts<'a>,
    score: Option<&'a ScoreCard>,
    /// Outcomes of the rules with a code walked so far; a reference points backwards only.
    outcomes: BTreeMap<&'a str, Outcome>,
    leaves: Vec<LeafResult>,
}

impl<'a> Walk<'a> {
    pub fn new(facts: Facts<'a>, score: Option<&'a ScoreCard>) -> Self {
        Self { facts, score, outcomes: BTreeMap::new(), leaves: Vec::new() }
    }

    /// The common rules, then the tier's own.
    pub fn gate(mut self, common: Option<&'a Rule>, own: &'a Rule) -> Gate {
        let children: Vec<_> = common.into_iter().chain([own]).map(|rule| self.rule(rule)).collect();
        let tree = Node {
            code: None,
            rule: "all".to_owned(),
            outcome: Outcome::all(children.iter().map(|child| child.outcome)),
            children,
            waiver: None,
        };
        let mut leaves = self.leaves;
        mark_blocking(&tree, &mut leaves);
        Gate { tree, leaves }
    }

    /// One rule outside any gate, with the leaves it was decided on.
    pub fn single(mut self, rule: &'a Rule) -> (Outcome, Vec<LeafResult>) {
        let outcome = self.rule(rule).outcome;
        (outcome, self.leaves)
    }

    fn rule(&mut self, rule: &'a Rule) -> Node {
        if rule.only_when.is_some_and(|mode| mode != self.facts.cx.mode) {
            return self.skip(rule);
        }
        let mut node = self.test(rule);
        let leaf = is_leaf(rule, &node).then(|| self.leaves.len() - 1);
        if let Some(waiver) = &rule.waived_if {
            let waiver = self.rule(waiver);
            node.outcome = node.outcome.waived_by(waiver.outcome);
            node.waiver = Some(Box::new(waiver));
        }
        if let Some(leaf) = leaf {
            self.leaves[leaf].outcome = node.outcome;
        }
        if let Some(code) = &rule.code {
            self.outcomes.insert(code, node.outcome);
        }
        node
    }

    fn test(&mut self, rule: &'a Rule) -> Node {
        match &rule.test {
            Test::All(children) => {
                let children: Vec<_> = children.iter().map(|child| self.rule(child)).collect();
                let outcome = Outcome::all(children.iter().map(|child| child.outcome));
                group(rule, outcome, children)
            }
            Test::Any(children) => {
                // An applicant who has taken one way is judged by that way alone.
                let chosen = rule.code.as_ref().and_then(|code| self.facts.figures.choices.get(code));
                let chosen = chosen.filter(|choice| rule.offers(choice));
                let taken = |child: &Rule| chosen.is_none_or(|choice| child.code.as_ref() == Some(choice));
                let children: Vec<_> = children
                    .iter()
                    .map(|child| if taken(child) { self.rule(child) } else { self.skip(child) })
                    .collect();
                let outcome = Outcome::any(children.iter().map(|child| child.outcome));
                group(rule, outcome, children)
            }
            Test::Not(child) => {
                let child = self.rule(child);
                group(rule, child.outcome.negated(), vec![child])
            }
            Test::Piecewise(pieces) => self.piecewise(rule, pieces),
            Test::Same(code) => {
                let outcome = self.outcomes.get(code.as_str()).copied().unwrap_or(Outcome::Unknown);
                group(rule, outcome, Vec::new())
            }
            _ => {
                let finding = self.facts.finding(rule, self.score);
                self.leaf(rule, finding)
            }
        }
    }

    /// Without the size nobody knows which band applies: the rule is then explained as a leaf of its own.
    fn piecewise(&mut self, rule: &'a Rule, pieces: &'a Piecewise) -> Node {
        let mut size = Finding::default();
        let Some(value) = self.facts.amount(&pieces.by, pieces.year, &mut size) else {
            size.outcome = Outcome::Unknown;
            let children = pieces.bands.iter().map(|band| self.skip(&band.rule)).collect();
            return Node { children, ..self.leaf(rule, size) };
        };
        let fits = |up_to: Option<i64>, below: Option<i64>| {
            up_to.is_none_or(|limit| value <= limit) && below.is_none_or(|limit| value < limit)
        };
        let band = pieces.bands.iter().position(|band| fits(band.up_to, band.below));
        let walked = pieces.bands.iter().enumerate();
        let children: Vec<_> = walked
            .map(|(i, piece)| if Some(i) == band { self.rule(&piece.rule) } else { self.skip(&piece.rule) })
            .collect();
        let outcome = Outcome::all(children.iter().map(|child| child.outcome));
        group(rule, outcome, children)
    }

    fn leaf(&mut self, rule: &Rule, finding: Finding) -> Node {
        let Finding { outcome, used, needs, got, gap } = finding;
        self.leaves.push(LeafResult {
            code: rule.code.clone().unwrap_or_default(),
            outcome,
            text: rule.text.clone().unwrap_or_default(),
            used,
            basis: rule.basis.clone().or_else(|| self.facts.rules.basis.clone()),
            needs,
            got,
            gap,
            evidence: rule.evidence.clone(),
            question: match &rule.test {
                Test::Human(human) => Some(human.question.clone()),
                _ => None,
            },
            blocking: false,
        });
        group(rule, outcome, Vec::new())
    }

    /// A rule that does not apply, with everything below it.
    fn skip(&mut self, rule: &'a Rule) -> Node {
        if let Some(code) = &rule.code {
            self.outcomes.insert(code, Outcome::NotApplicable);
        }
        let children = rule.children();
        if children.is_empty() && !matches!(rule.test, Test::Same(_)) {
            return self.leaf(rule, Finding { outcome: Outcome::NotApplicable, ..Finding::default() });
        }
        let children = children.into_iter().map(|child| self.skip(child)).collect();
        group(rule, Outcome::NotApplicable, children)
    }
}

fn group(rule: &Rule, outcome: Outcome, children: Vec<Node>) -> Node {
    Node { code: rule.code.clone(), rule: rule.test.key().to_owned(), outcome, children, waiver: None }
}

/// Whether the walk has just pushed a leaf for the rule itself.
fn is_leaf(rule: &Rule, node: &Node) -> bool {
    match rule.test {
        Test::All(_) | Test::Any(_) | Test::Not(_) | Test::Same(_) => false,
        Test::Piecewise(_) => node.outcome == Outcome::Unknown && node.children.iter().all(is_skipped),
        _ => true,
    }
}

fn is_skipped(node: &Node) -> bool {
    node.outcome == Outcome::NotApplicable
}

/// Descends only into what is not met: under an `any` that is met no alternative stands in the way.
fn mark_blocking(node: &Node, leaves: &mut [LeafResult]) {
    if !node.outcome.holds_back() {
        return;
    }
    if node.rule == "not" {
        return node.children.iter().for_each(|child| mark_leaves(child, leaves));
    }
    mark_code(node, leaves);
    // A waiver is a favour, not a duty: it is pointed to only when an officer's word would settle it.
    let waiver = node.waiver.as_deref().filter(|waiver| waiver.outcome == Outcome::ManualReview);
    node.children.iter().chain(waiver).for_each(|child| mark_blocking(child, leaves));
}

/// Under a `not` it is the leaves that are met that stand in the way; which of them, the reader has to judge.
fn mark_leaves(node: &Node, leaves: &mut [LeafResult]) {
    if node.outcome != Outcome::NotApplicable {
        mark_code(node, leaves);
        node.children.iter().for_each(|child| mark_leaves(child, leaves));
    }
}

fn mark_code(node: &Node, leaves: &mut [LeafResult]) {
    let own = leaves.iter_mut().find(|leaf| node.code.as_ref() == Some(&leaf.code));
    if let Some(leaf) = own {
        leaf.blocking = true;
    }
}

/// Whether a comparison holds.
pub(super) fn holds(op: super::Op, ordering: Ordering) -> bool {
    match op {
        super::Op::Gte => ordering.is_ge(),
        super::Op::Gt => ordering.is_gt(),
        super::Op::Lte => ordering.is_le(),
        super::Op::Lt => ordering.is_lt(),
        super::Op::Eq => ordering.is_eq(),
    }
}
