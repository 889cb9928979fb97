use serde::Serialize;
use utoipa::ToSchema;

use super::Maturity;
use crate::platform::text::Say;
use crate::programme::document::{Named, Track, Veto};
use crate::programme::indicators::{Derived, Indicator, Unit};

/// What the rule set in force today lets an enterprise choose from: tracks, parks, titles, and the vetoes it is asked about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct TracksView {
    /// Code of the rule set.
    pub rule_set: String,
    pub version: u32,
    pub tracks: Vec<TrackView>,
    /// Topics under observation: whether an enterprise of such a topic is admitted is an officer's call.
    pub watch_list: Vec<TopicView>,
    pub parks: Vec<TopicView>,
    /// Kinds of titles the rules may ask for.
    pub titles: Vec<TopicView>,
    /// What ends eligibility whatever else is true.
    pub vetoes: Vec<TopicView>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct TrackView {
    pub code: String,
    pub name: Say,
    pub maturity: Maturity,
    pub maturity_name: Say,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct TopicView {
    pub code: String,
    pub name: Say,
}

/// What an enterprise reports per year, and the rates that are made of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct IndicatorsView {
    pub indicators: Vec<IndicatorView>,
    pub derived: Vec<DerivedView>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct IndicatorView {
    pub code: String,
    pub name: Say,
    pub unit: Unit,
    /// The smallest value that makes sense; absent when there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min: Option<i64>,
    /// The largest value that makes sense; absent when there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max: Option<i64>,
}

/// A rate in ppm. Nobody reports it: it follows from the indicators.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct DerivedView {
    pub code: String,
    pub name: Say,
    pub unit: Unit,
}

impl From<&Track> for TrackView {
    fn from(track: &Track) -> Self {
        Self {
            code: track.code.clone(),
            name: track.name.clone(),
            maturity: track.maturity,
            maturity_name: track.maturity.label(),
        }
    }
}

impl From<&Named> for TopicView {
    fn from(topic: &Named) -> Self {
        Self { code: topic.code.clone(), name: topic.name.clone() }
    }
}

impl From<&Veto> for TopicView {
    fn from(veto: &Veto) -> Self {
        Self { code: veto.code.clone(), name: veto.text.clone() }
    }
}

impl From<&Indicator> for IndicatorView {
    fn from(row: &Indicator) -> Self {
        Self {
            code: row.code.to_owned(),
            name: row.name(),
            unit: row.unit,
            min: Some(row.min).filter(|min| *min != i64::MIN),
            max: Some(row.max).filter(|max| *max != i64::MAX),
        }
    }
}

impl From<&Derived> for DerivedView {
    fn from(row: &Derived) -> Self {
        Self { code: row.code.to_owned(), name: Say::new(row.zh, row.en), unit: Unit::Ppm }
    }
}
