//! The small words of the programme: tiers, lanes, outcomes, levels. Rule sets as rows and answers stand in `model/`.

mod catalogue;
mod rule_set;
mod self_check;

pub use catalogue::{DerivedView, IndicatorView, IndicatorsView, TopicView, TrackView, TracksView};
pub use rule_set::{
    ListRuleSetsParams, RuleSetBody, RuleSetHead, RuleSetPatch, RuleSetRow, RuleSetState, RuleSetSummary, RuleSetView,
};
pub use self_check::SelfCheckBody;

use crate::platform::text::Say;
use crate::{id_type, say, text_enum};

id_type!(RuleSetId);

text_enum! {
    /// The four tiers. Ladder tiers are ordered from first rung to last; `ecosystem` stands beside the ladder.
    pub enum Tier {
        Seed = "seed",
        FutureStar = "future_star",
        Leading = "leading",
        Ecosystem = "ecosystem",
    }
}

impl Tier {
    /// The name people read.
    pub fn label(self) -> Say {
        match self {
            Tier::Seed => say!("种子企业", "Seed enterprise"),
            Tier::FutureStar => say!("未来之星", "Future star"),
            Tier::Leading => say!("领军企业", "Leading enterprise"),
            Tier::Ecosystem => say!("生态型企业", "Ecosystem enterprise"),
        }
    }

    pub fn lane(self) -> Lane {
        match self {
            Tier::Seed | Tier::FutureStar | Tier::Leading => Lane::Ladder,
            Tier::Ecosystem => Lane::Ecosystem,
        }
    }

    /// The next rung; none above `leading`, and none beside the ladder.
    pub fn next(self) -> Option<Tier> {
        match self {
            Tier::Seed => Some(Tier::FutureStar),
            Tier::FutureStar => Some(Tier::Leading),
            Tier::Leading | Tier::Ecosystem => None,
        }
    }
}

text_enum! {
    /// An enterprise holds at most one tier per lane, and has one live application per lane and round.
    pub enum Lane {
        Ladder = "ladder",
        Ecosystem = "ecosystem",
    }
}

text_enum! {
    /// How far the local industry of a track has come.
    pub enum Maturity {
        NotYet = "not_yet",
        Starting = "starting",
        Base = "base",
    }
}

impl Maturity {
    /// The name people read.
    pub fn label(self) -> Say {
        match self {
            Maturity::NotYet => say!("空白", "Not yet present"),
            Maturity::Starting => say!("起步", "Starting"),
            Maturity::Base => say!("具有基础", "Established base"),
        }
    }
}

text_enum! {
    /// Administrative level of an award, title or institution, lowest first.
    pub enum Level {
        District = "district",
        Municipal = "municipal",
        Provincial = "provincial",
        National = "national",
    }
}

text_enum! {
    /// First recognition or re-check of a title that is held; some rules are tested in one of the two only.
    pub enum Mode {
        First = "first",
        Recheck = "recheck",
    }
}

text_enum! {
    /// What a rule says about the figures. `unknown` is never taken for `met`.
    pub enum Outcome {
        Met = "met",
        Unmet = "unmet",
        Unknown = "unknown",
        ManualReview = "manual_review",
        NotApplicable = "not_applicable",
    }
}

impl Outcome {
    /// The name people read.
    pub fn label(self) -> Say {
        match self {
            Outcome::Met => say!("满足", "Met"),
            Outcome::Unmet => say!("不满足", "Not met"),
            Outcome::Unknown => say!("数据缺失", "Data missing"),
            Outcome::ManualReview => say!("需人工核验", "Needs an officer's judgement"),
            Outcome::NotApplicable => say!("不适用", "Not applicable"),
        }
    }

    /// Every child must hold: unmet > unknown > manual_review > met; not_applicable children are ignored, and
    /// when all are ignored (or there are none) the whole is not_applicable.
    pub fn all(children: impl IntoIterator<Item = Outcome>) -> Outcome {
        const ORDER: [Outcome; 4] = [Outcome::Unmet, Outcome::Unknown, Outcome::ManualReview, Outcome::Met];
        strongest(ORDER, children)
    }

    /// One child is enough: met > manual_review > unknown > unmet; not_applicable as in [`Outcome::all`].
    pub fn any(children: impl IntoIterator<Item = Outcome>) -> Outcome {
        const ORDER: [Outcome; 4] = [Outcome::Met, Outcome::ManualReview, Outcome::Unknown, Outcome::Unmet];
        strongest(ORDER, children)
    }

    /// Swaps met and unmet and leaves the rest as it is.
    pub fn negated(self) -> Outcome {
        match self {
            Outcome::Met => Outcome::Unmet,
            Outcome::Unmet => Outcome::Met,
            other => other,
        }
    }

    /// The outcome of a rule with a waiver ("not examined if ..."). A waiver that holds makes the rule
    /// not_applicable; one that an officer has yet to judge leaves the rule to the officer instead of failing it;
    /// one that nobody has given figures for is not claimed and changes nothing.
    pub fn waived_by(self, waiver: Outcome) -> Outcome {
        match (self, waiver) {
            (_, Outcome::Met) | (Outcome::NotApplicable, _) => Outcome::NotApplicable,
            (own, Outcome::ManualReview) => Outcome::any([own, Outcome::ManualReview]),
            (own, _) => own,
        }
    }

    /// Whether the outcome stands in the way of recognition.
    pub fn holds_back(self) -> bool {
        matches!(self, Outcome::Unmet | Outcome::Unknown | Outcome::ManualReview)
    }
}

fn strongest(order: [Outcome; 4], children: impl IntoIterator<Item = Outcome>) -> Outcome {
    let rank = |outcome| order.iter().position(|o| *o == outcome);
    children.into_iter().filter_map(rank).min().map_or(Outcome::NotApplicable, |rank| order[rank])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Outcome::*;
    use super::*;

    fn outcomes() -> impl Strategy<Value = Vec<Outcome>> {
        prop::collection::vec(prop::sample::select(Outcome::ALL.to_vec()), 0..6)
    }

    #[test]
    fn the_truth_table_is_the_one_of_the_programme() {
        let cases: &[(&[Outcome], Outcome, Outcome)] = &[
            (&[], NotApplicable, NotApplicable),
            (&[NotApplicable, NotApplicable], NotApplicable, NotApplicable),
            (&[Met, Unmet, Unknown, ManualReview], Unmet, Met),
            (&[Unmet, Unknown, ManualReview], Unmet, ManualReview),
            (&[Met, Unknown, ManualReview], Unknown, Met),
            (&[Unmet, Unknown], Unmet, Unknown),
            (&[Met, ManualReview], ManualReview, Met),
            (&[Met, NotApplicable], Met, Met),
            (&[Unmet, NotApplicable], Unmet, Unmet),
            (&[Unknown, NotApplicable], Unknown, Unknown),
        ];
        for (children, all, any) in cases {
            assert_eq!(Outcome::all(children.iter().copied()), *all, "all of {children:?}");
            assert_eq!(Outcome::any(children.iter().copied()), *any, "any of {children:?}");
        }
    }

    #[test]
    fn a_waiver_removes_the_rule_only_when_it_holds() {
        for (own, waiver, expected) in [
            (Unmet, Met, NotApplicable),
            (Met, Met, NotApplicable),
            (Unmet, Unmet, Unmet),
            (Unmet, Unknown, Unmet),
            (Unmet, ManualReview, ManualReview),
            (Met, Unknown, Met),
            (Unknown, Unmet, Unknown),
            (Unmet, NotApplicable, Unmet),
            (NotApplicable, ManualReview, NotApplicable),
        ] {
            assert_eq!(own.waived_by(waiver), expected, "{own} waived by {waiver}");
        }
    }

    #[test]
    fn codes_read_back_as_what_they_were_written_from() {
        for tier in Tier::ALL {
            assert_eq!(tier.as_str().parse::<Tier>().as_ref(), Ok(tier));
            assert_eq!(serde_json::to_value(tier).unwrap(), serde_json::json!(tier.as_str()));
        }
        assert!("star".parse::<Tier>().is_err());
    }

    proptest! {
        #[test]
        fn the_order_of_children_does_not_matter(mut children in outcomes(), seed in any::<prop::sample::Index>()) {
            let (all, any) = (Outcome::all(children.clone()), Outcome::any(children.clone()));
            if !children.is_empty() {
                let middle = seed.index(children.len());
                children.rotate_left(middle);
                children.reverse();
            }
            prop_assert_eq!(Outcome::all(children.clone()), all);
            prop_assert_eq!(Outcome::any(children), any);
        }

        #[test]
        fn grouping_and_de_morgan_hold_up_to_the_two_open_outcomes(children in outcomes()) {
            let wrapped = Outcome::all([Outcome::all(children.clone())]);
            prop_assert_eq!(wrapped, Outcome::all(children.clone()));
            // The two open outcomes are ordered differently under `all` and `any`, so they compare as one class.
            let class = |o: Outcome| if o == ManualReview { Unknown } else { o };
            let left = Outcome::all(children.clone()).negated();
            let right = Outcome::any(children.into_iter().map(Outcome::negated));
            prop_assert_eq!(class(left), class(right));
        }

        #[test]
        fn wrapping_never_turns_unknown_into_met(wraps in prop::collection::vec(0u8..4, 0..8)) {
            let mut outcome = Unknown;
            for wrap in wraps {
                outcome = match wrap {
                    0 => Outcome::all([outcome, Met, NotApplicable]),
                    1 => Outcome::any([outcome, Unmet, NotApplicable]),
                    2 => outcome.negated(),
                    _ => outcome.waived_by(Unmet),
                };
                prop_assert_eq!(outcome, Unknown);
            }
        }
    }
}
