use chrono::NaiveDate;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::{IntoParams, ToSchema};

use crate::error::AppError;
use crate::platform::actions::ActionView;
use crate::platform::patch;
use crate::platform::text::Say;
use crate::platform::types::{Doc, Stamp};
use crate::programme::model::{RuleSetId, Tier};
use crate::schema::{round_extensions, rounds};
use crate::{id_type, say, text_enum};

id_type!(RoundId, RoundExtensionId);

text_enum! {
    /// `expert_review` and `site_check` are passed only when the round has those phases.
    pub enum RoundState {
        Draft = "draft",
        Published = "published",
        Open = "open",
        Closed = "closed",
        FormalReview = "formal_review",
        ExpertReview = "expert_review",
        SiteCheck = "site_check",
        Deliberation = "deliberation",
        Publicity = "publicity",
        Concluded = "concluded",
        Archived = "archived",
        Cancelled = "cancelled",
    }
}

impl RoundState {
    /// The name people read.
    pub fn label(self) -> Say {
        match self {
            RoundState::Draft => say!("草稿", "draft"),
            RoundState::Published => say!("已发布", "published"),
            RoundState::Open => say!("申报中", "open"),
            RoundState::Closed => say!("申报截止", "closed"),
            RoundState::FormalReview => say!("形式审查", "in formal review"),
            RoundState::ExpertReview => say!("专家评审", "in expert review"),
            RoundState::SiteCheck => say!("实地核查", "in site check"),
            RoundState::Deliberation => say!("联席审议", "in deliberation"),
            RoundState::Publicity => say!("公示中", "in publicity"),
            RoundState::Concluded => say!("已认定公布", "concluded"),
            RoundState::Archived => say!("已归档", "archived"),
            RoundState::Cancelled => say!("已终止", "cancelled"),
        }
    }
}

#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = rounds)]
#[diesel(treat_none_as_null = true)]
pub struct Round {
    pub id: RoundId,
    pub name: String,
    pub year: i32,
    pub tiers: Doc<Vec<Tier>>,
    pub rule_set_id: RuleSetId,
    pub state: RoundState,
    pub opens_at: Stamp,
    pub closes_at: Stamp,
    /// Seconds after `closes_at` in which a submission still counts.
    pub grace_seconds: i64,
    pub expert_review: bool,
    pub site_check: bool,
    /// The legal representative's account signs before a submission.
    pub certification: bool,
    /// Required evidence of the rule set must be attached before a submission.
    pub evidence_required: bool,
    /// How many of a tier may be proposed; a tier left out has no quota.
    pub quotas: Doc<BTreeMap<Tier, i64>>,
    /// How many different people approve a proposal.
    pub approvals_needed: i32,
    pub max_returns: i32,
    /// Working days an enterprise has to correct a returned application.
    pub return_days: i32,
    /// Working days of publicity.
    pub publicity_days: i32,
    pub first_day_counts: bool,
    pub publicity_starts_on: Option<NaiveDate>,
    pub publicity_ends_on: Option<NaiveDate>,
    pub notice_id: Option<String>,
    pub guide: Option<String>,
    pub created_by: String,
    pub created_at: Stamp,
    /// Set once; a round without it is seen by nobody but its makers.
    pub published_at: Option<Stamp>,
    pub updated_at: Stamp,
    pub version: i64,
}

impl Round {
    pub fn settings(&self) -> Result<RoundSettings, AppError> {
        Ok(RoundSettings {
            name: self.name.clone(),
            year: self.year,
            tiers: self.tiers.read()?,
            rule_set_id: self.rule_set_id.clone(),
            opens_at: self.opens_at,
            closes_at: self.closes_at,
            grace_seconds: self.grace_seconds,
            expert_review: self.expert_review,
            site_check: self.site_check,
            certification: self.certification,
            evidence_required: self.evidence_required,
            quotas: self.quotas.read()?,
            approvals_needed: self.approvals_needed,
            max_returns: self.max_returns,
            return_days: self.return_days,
            publicity_days: self.publicity_days,
            first_day_counts: self.first_day_counts,
            guide: self.guide.clone(),
        })
    }

    pub fn set(&mut self, settings: &RoundSettings) {
        self.name = settings.name.clone();
        self.year = settings.year;
        self.tiers = Doc::of(&settings.tiers);
        self.rule_set_id = settings.rule_set_id.clone();
        self.opens_at = settings.opens_at;
        self.closes_at = settings.closes_at;
        self.grace_seconds = settings.grace_seconds;
        self.expert_review = settings.expert_review;
        self.site_check = settings.site_check;
        self.certification = settings.certification;
        self.evidence_required = settings.evidence_required;
        self.quotas = Doc::of(&settings.quotas);
        self.approvals_needed = settings.approvals_needed;
        self.max_returns = settings.max_returns;
        self.return_days = settings.return_days;
        self.publicity_days = settings.publicity_days;
        self.first_day_counts = settings.first_day_counts;
        self.guide = settings.guide.clone();
    }
}

/// What an officer decides about a round before it opens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RoundSettings {
    pub name: String,
    pub year: i32,
    pub tiers: Vec<Tier>,
    pub rule_set_id: RuleSetId,
    pub opens_at: Stamp,
    pub closes_at: Stamp,
    /// Seconds after `closes_at` in which a submission still counts.
    pub grace_seconds: i64,
    /// Whether the round has this phase.
    pub expert_review: bool,
    /// Whether the round has this phase.
    pub site_check: bool,
    /// Whether the legal representative's account signs before a submission.
    pub certification: bool,
    /// Whether required evidence of the rule set must be attached before a submission.
    pub evidence_required: bool,
    /// How many of a tier may be proposed; a tier left out has no quota.
    pub quotas: BTreeMap<Tier, i64>,
    /// How many different people approve a proposal.
    pub approvals_needed: i32,
    /// How often an application may be returned for correction.
    pub max_returns: i32,
    /// Working days an enterprise has to correct a returned application.
    pub return_days: i32,
    /// Working days of publicity.
    pub publicity_days: i32,
    /// Whether the day the publicity starts on is its first working day.
    pub first_day_counts: bool,
    pub guide: Option<String>,
}

/// The body that creates a round, and the merge patch (RFC 7396) that edits one: the same fields, said once.
macro_rules! round_bodies {
    ($($(#[$meta:meta])* $field:ident: $ty:ty),* $(,)?) => {
        #[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, ToSchema)]
        #[serde(deny_unknown_fields)]
        pub struct CreateRoundBody { $($(#[$meta])* pub $field: Option<$ty>),* }

        /// A field left out stays; `null` clears an optional one and brings back the default of one that has a default.
        #[derive(Debug, Clone, Default, Deserialize, ToSchema)]
        #[serde(deny_unknown_fields)]
        pub struct UpdateRoundBody {
            $($(#[$meta])*
            #[serde(default, deserialize_with = "patch::field")]
            #[schema(value_type = Option<$ty>)]
            pub $field: Option<Option<$ty>>),*
        }

        impl UpdateRoundBody {
            /// The whole form as it reads with the patch applied.
            pub fn over(&self, settings: RoundSettings) -> CreateRoundBody {
                let current = CreateRoundBody::from(settings);
                CreateRoundBody { $($field: self.$field.clone().unwrap_or(current.$field)),* }
            }
        }
    };
}

round_bodies! {
    /// Required. 2 to 200 characters.
    name: String,
    /// Required.
    year: i64,
    /// Required: each tier once.
    tiers: Vec<Tier>,
    /// Required: a published rule set.
    rule_set_id: RuleSetId,
    /// Required.
    opens_at: Stamp,
    /// Required, later than `opens_at`.
    closes_at: Stamp,
    /// 0 to 3600; 0 when left out.
    grace_seconds: i64,
    /// False when left out.
    expert_review: bool,
    /// False when left out.
    site_check: bool,
    /// False when left out.
    certification: bool,
    /// False when left out.
    evidence_required: bool,
    /// At least 1 each, for tiers of the round only.
    quotas: BTreeMap<Tier, i64>,
    /// 1 to 3; 1 when left out.
    approvals_needed: i64,
    /// 0 to 2; 2 when left out.
    max_returns: i64,
    /// Working days, 1 to 60; 5 when left out.
    return_days: i64,
    /// Working days, 1 to 60; 5 when left out.
    publicity_days: i64,
    /// False when left out.
    first_day_counts: bool,
    /// Up to 20,000 characters.
    guide: String,
}

impl From<RoundSettings> for CreateRoundBody {
    fn from(s: RoundSettings) -> Self {
        Self {
            name: Some(s.name),
            year: Some(s.year.into()),
            tiers: Some(s.tiers),
            rule_set_id: Some(s.rule_set_id),
            opens_at: Some(s.opens_at),
            closes_at: Some(s.closes_at),
            grace_seconds: Some(s.grace_seconds),
            expert_review: Some(s.expert_review),
            site_check: Some(s.site_check),
            certification: Some(s.certification),
            evidence_required: Some(s.evidence_required),
            quotas: Some(s.quotas),
            approvals_needed: Some(s.approvals_needed.into()),
            max_returns: Some(s.max_returns.into()),
            return_days: Some(s.return_days.into()),
            publicity_days: Some(s.publicity_days.into()),
            first_day_counts: Some(s.first_day_counts),
            guide: s.guide,
        }
    }
}

#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ExtendRoundBody {
    /// Required: later than the deadline so far, and later than now.
    pub closes_at: Option<Stamp>,
    /// Required. 2 to 2,000 characters.
    #[serde(default)]
    pub reason: String,
}

#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct PublicityBody {
    /// Required, today or later (Shanghai).
    pub starts_on: Option<NaiveDate>,
    /// The last day; left out it follows from the round's working days of publicity and the calendar.
    pub ends_on: Option<NaiveDate>,
    /// Title of the notice; left out it follows from the round's name.
    pub title: Option<String>,
    /// Text of the notice above the list.
    pub body: Option<String>,
}

#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CancelRoundBody {
    /// Required. 2 to 2,000 characters.
    #[serde(default)]
    pub reason: String,
}

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = round_extensions)]
pub struct RoundExtension {
    pub id: RoundExtensionId,
    pub round_id: RoundId,
    pub old_closes_at: Stamp,
    pub new_closes_at: Stamp,
    pub reason: String,
    pub extended_by: String,
    pub at: Stamp,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RoundExtensionView {
    pub old_closes_at: Stamp,
    pub new_closes_at: Stamp,
    pub reason: String,
    pub at: Stamp,
}

impl From<RoundExtension> for RoundExtensionView {
    fn from(e: RoundExtension) -> Self {
        Self { old_closes_at: e.old_closes_at, new_closes_at: e.new_closes_at, reason: e.reason, at: e.at }
    }
}

#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct RoundView {
    pub id: RoundId,
    pub state: RoundState,
    #[serde(flatten)]
    pub settings: RoundSettings,
    pub publicity_starts_on: Option<NaiveDate>,
    pub publicity_ends_on: Option<NaiveDate>,
    pub notice_id: Option<String>,
    /// Oldest first.
    pub extensions: Vec<RoundExtensionView>,
    pub created_at: Stamp,
    pub published_at: Option<Stamp>,
    pub updated_at: Stamp,
    pub version: i64,
    pub actions: Vec<ActionView>,
}

#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct RoundSummary {
    pub id: RoundId,
    pub name: String,
    pub year: i32,
    pub tiers: Vec<Tier>,
    pub state: RoundState,
    pub opens_at: Stamp,
    pub closes_at: Stamp,
    pub publicity_ends_on: Option<NaiveDate>,
    pub version: i64,
}

#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListRoundsParams {
    /// 1 to 200; 50 when left out.
    pub limit: Option<i64>,
    pub cursor: Option<String>,
    pub count: Option<bool>,
    #[param(inline)]
    pub state: Option<RoundState>,
    pub year: Option<i32>,
}
