//! The rule set document: written as TOML by a district officer, stored as JSON, pinned by rounds.

mod load;
mod rule;
mod scoring;
mod shipped;
mod validate;

use std::collections::BTreeMap;
use std::fmt;

use chrono::NaiveDate;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

pub use load::DocumentFault;
pub use rule::{
    Age, AwardTest, Band, Compare, EachYear, EquityTest, FactName, Flag, Growth, HeldTitle, Human, InCodes,
    InstitutionTest, IpCount, IpTest, OneYear, PartnersTest, Piecewise, ProjectTest, Ratio, Rule, ScoreTest, Since,
    Sum, TalentTest, Test, TextFact, TrackTest,
};
pub use scoring::{ScoreBand, ScoreItem, ScoreOption};
pub use shipped::{LAOSHAN_2026, laoshan_2026};

use crate::platform::text::Say;
use crate::programme::model::{Lane, Maturity, Tier};

/// A rule set. Published versions never change; a round and each of its applications pin one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleSet {
    pub code: String,
    pub version: u32,
    pub name: Say,
    pub effective_from: NaiveDate,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effective_to: Option<NaiveDate>,
    /// Legal basis of every rule that names none of its own.
    #[serde(default, deserialize_with = "rule::plain_or_both", skip_serializing_if = "Option::is_none")]
    pub basis: Option<Say>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tracks: Vec<Track>,
    /// Tracks under observation: not promoted yet, to be judged one by one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub watch_list: Vec<Named>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parks: Vec<Named>,
    /// Kinds of titles the rules may ask for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub titles: Vec<Named>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub vetoes: Vec<Veto>,
    /// Rules that stand before the gate of every tier.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub common_gate: Option<Rule>,
    #[serde(deserialize_with = "tiers")]
    pub tiers: BTreeMap<Tier, TierRules>,
}

/// A code with its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Named {
    pub code: String,
    pub name: Say,
}

/// A track of the future industries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Track {
    pub code: String,
    pub name: Say,
    pub maturity: Maturity,
}

/// A fact that ends eligibility whatever else is true (一票否决).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Veto {
    pub code: String,
    pub text: Say,
    #[serde(default, deserialize_with = "rule::plain_or_both", skip_serializing_if = "Option::is_none")]
    pub basis: Option<Say>,
    /// A dated incident counts for so many years; without it, until it is resolved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within_years: Option<u32>,
}

/// What one tier asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TierRules {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Say>,
    pub lane: Lane,
    /// How long the title is valid.
    pub validity_years: u32,
    /// Default number of places in a round; none = no limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quota: Option<u32>,
    /// Codes of the vetoes that apply; none = all of the rule set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vetoes: Option<Vec<String>>,
    /// Figures without which nothing can be submitted, whatever the rules make of the rest.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub required: Vec<Required>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub required_facts: Vec<FactName>,
    pub gate: Rule,
    /// Computed points; read by `score_gte`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub scoring: Vec<ScoreItem>,
    /// What experts score.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rubric: Option<Rubric>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<Evidence>,
    /// What visitors look at on site.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub site_checks: Vec<Named>,
}

impl TierRules {
    /// How many points of a dimension of the rubric figures can give; the rest is judged by experts.
    pub fn computed_most(&self, dimension: &str) -> u32 {
        let items = self.scoring.iter().filter(|item| item.dimension.as_deref() == Some(dimension));
        items.map(ScoreItem::most).sum()
    }
}

/// An indicator that must be given for each of the years (-1 = the year before the round's).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Required {
    pub indicator: String,
    pub years: Vec<i32>,
}

/// The dimensions experts score, with weights that sum to 100.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rubric {
    /// Lowest passing total, 0 to 100.
    pub pass: u32,
    pub dimensions: Vec<Dimension>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dimension {
    pub code: String,
    pub name: Say,
    /// Full marks of the dimension.
    pub weight: u32,
    /// Lowest passing marks of the dimension, in marks, not percent.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub floor: u32,
}

/// A file the applicant hands in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    pub code: String,
    pub name: Say,
    #[serde(default)]
    pub required: bool,
}

/// Reads the keys as text, because a key that is read as an enum is missing from the path of a fault.
fn tiers<'de, D: Deserializer<'de>>(deserializer: D) -> Result<BTreeMap<Tier, TierRules>, D::Error> {
    struct Tiers;

    impl<'de> Visitor<'de> for Tiers {
        type Value = BTreeMap<Tier, TierRules>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a table with the rules of each tier")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            let mut tiers = BTreeMap::new();
            while let Some(code) = map.next_key::<String>()? {
                let tier = code.parse::<Tier>().map_err(serde::de::Error::custom)?;
                tiers.insert(tier, map.next_value()?);
            }
            Ok(tiers)
        }
    }

    deserializer.deserialize_map(Tiers)
}

fn is_zero(value: &u32) -> bool {
    *value == 0
}

impl RuleSet {
    pub fn tier(&self, tier: Tier) -> Option<&TierRules> {
        self.tiers.get(&tier)
    }

    pub fn veto(&self, code: &str) -> Option<&Veto> {
        self.vetoes.iter().find(|veto| veto.code == code)
    }

    /// The vetoes of a tier, in the order of the document.
    pub fn vetoes_of<'a>(&'a self, tier: &'a TierRules) -> impl Iterator<Item = &'a Veto> {
        self.vetoes.iter().filter(|veto| tier.vetoes.as_ref().is_none_or(|codes| codes.contains(&veto.code)))
    }

    /// Whether the code is a track or stands on the watch list.
    pub fn knows_track(&self, code: &str) -> bool {
        self.tracks.iter().any(|track| track.code == code) || self.watch_list.iter().any(|topic| topic.code == code)
    }

    /// Whether some tier has alternatives under `of` and `choice` is one of them.
    pub fn offers_choice(&self, of: &str, choice: &str) -> bool {
        self.tiers.values().any(|tier| {
            let scored = tier.scoring.iter().filter(|item| item.code == of);
            let in_rules = self.common_gate.iter().chain([&tier.gate]).flat_map(Rule::with_descendants);
            scored.flat_map(|item| &item.best_of).any(|option| option.code == choice)
                || in_rules.filter(|rule| rule.code.as_deref() == Some(of)).any(|rule| rule.offers(choice))
        })
    }
}
