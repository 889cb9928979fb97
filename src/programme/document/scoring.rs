//! Points that are computed from figures, for labels that are scored without experts.

use serde::{Deserialize, Serialize};

use super::Rule;
use crate::platform::text::Say;

/// One scored indicator: either bands, or alternatives of which the best counts (or the one the applicant takes).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScoreItem {
    pub code: String,
    pub name: Say,
    /// Items of one dimension are summed; `score_gte` can ask for a floor of the dimension.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dimension: Option<String>,
    /// From the best band down; the first whose rule is met gives its points, none gives zero. Limits are
    /// inclusive, so a value on the boundary falls into the better band.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bands: Vec<ScoreBand>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub best_of: Vec<ScoreOption>,
}

impl ScoreItem {
    /// The points of its best band.
    pub fn most(&self) -> u32 {
        let options = self.best_of.iter().flat_map(|option| &option.bands);
        self.bands.iter().chain(options).map(|band| band.points).max().unwrap_or(0)
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScoreBand {
    pub points: u32,
    /// The last band may have none: it is for everybody else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Rule>,
}

/// One way to earn the points of an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScoreOption {
    pub code: String,
    pub bands: Vec<ScoreBand>,
}
