use chrono::NaiveDate;
use diesel::prelude::*;
use std::collections::BTreeMap;

use crate::platform::types::{Doc, Stamp};
use crate::programme::model::{RuleSetId, Tier};
use crate::schema::rounds;
use crate::{id_type, text_enum};

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

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = rounds)]
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
    /// How many of a tier may be proposed; a tier left out has no quota.
    pub quotas: Doc<BTreeMap<String, i64>>,
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
    pub updated_at: Stamp,
    pub version: i64,
}
