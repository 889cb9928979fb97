//! Ids, words and rows of the review slice.

mod bodies;
mod views;

use chrono::NaiveDate;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

pub use bodies::*;
pub use views::*;

use super::rules::draw::{Candidate, Panel, PanelRules, Place};
use super::rules::score::{Score, ScoreInput};
use crate::applications::model::{ApplicationId, SnapshotId};
use crate::enterprises::model::EnterpriseId;
use crate::platform::actor::UserId;
use crate::platform::types::{Doc, Stamp};
use crate::programme::model::Tier;
use crate::rounds::model::RoundId;
use crate::schema::{conflicts, draws, experts, panel_members, panels, redactions, review_plans, reviews, scores};
use crate::{id_type, text_enum};

id_type!(ExpertId, DrawId, PanelId, PanelMemberId, ReviewId, ConflictId, ScoreId);

text_enum! {
    /// What an expert is asked for.
    pub enum ExpertKind {
        Technical = "technical",
        Finance = "finance",
        Industry = "industry",
        Investment = "investment",
    }
}

text_enum! {
    /// How the totals of several experts become one.
    pub enum Method {
        /// The mean of all.
        Plain = "plain",
        Median = "median",
        /// The mean without one highest and one lowest from five experts up; below five the plain mean.
        Trimmed = "trimmed",
        /// The mean after every expert was brought to the same average and deviation.
        ZScore = "z_score",
    }
}

text_enum! {
    pub enum ExpertState {
        Active = "active",
        /// Out of the pool; kept for what was reviewed.
        Retired = "retired",
    }
}

text_enum! {
    /// Who says so.
    pub enum ConflictSource {
        Computed = "computed",
        Declared = "declared",
        Pinned = "pinned",
    }
}

text_enum! {
    pub enum ConflictGround {
        Member = "member",
        SameEmployer = "same_employer",
        PastEmployer = "past_employer",
        Investor = "investor",
        Partner = "partner",
        /// Said by a person, in their own words.
        Other = "other",
    }
}

text_enum! {
    pub enum PanelState {
        Sitting = "sitting",
        /// Drawn again since.
        Replaced = "replaced",
    }
}

text_enum! {
    pub enum ReviewState {
        /// Waits for the expert's declaration; nothing of the case is shown yet.
        Assigned = "assigned",
        Open = "open",
        Submitted = "submitted",
        /// The expert stepped back.
        Abstained = "abstained",
        /// An officer took the expert off the case.
        Recused = "recused",
        /// The panel was drawn again.
        Replaced = "replaced",
        /// The application left the review before the expert had scored: withdrawn, void, or its round was cancelled.
        Ended = "ended",
    }
}

impl ReviewState {
    /// Whether the expert has a part in the case.
    pub fn is_live(self) -> bool {
        matches!(self, Self::Assigned | Self::Open | Self::Submitted)
    }

    /// What an expert still has to do.
    pub const PENDING: [Self; 2] = [Self::Assigned, Self::Open];
}

text_enum! {
    /// When an expert sees how the others scored.
    pub enum Visibility {
        Never = "never",
        AfterOwn = "after_own",
        AfterPhase = "after_phase",
    }
}

/// Days on which an expert cannot review, both included.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Absence {
    pub from: NaiveDate,
    pub to: NaiveDate,
}

/// An employer or client of the past.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PastService {
    pub organisation: String,
    /// Open while it lasts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<NaiveDate>,
}

#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = experts, treat_none_as_null = true)]
pub struct Expert {
    pub id: ExpertId,
    pub user_id: UserId,
    pub kind: ExpertKind,
    pub employer: String,
    /// Unified social credit code of the employer.
    pub employer_code: Option<String>,
    pub fields: Doc<Vec<String>>,
    /// Most reviews at the same time.
    pub load_cap: i32,
    pub unavailable: Doc<Vec<Absence>>,
    pub past_service: Doc<Vec<PastService>>,
    pub state: ExpertState,
    pub created_at: Stamp,
    pub updated_at: Stamp,
    pub version: i64,
}

#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = conflicts, treat_none_as_null = true)]
pub struct Conflict {
    pub id: ConflictId,
    pub user_id: UserId,
    pub enterprise_id: EnterpriseId,
    pub source: ConflictSource,
    pub ground: ConflictGround,
    pub reason: String,
    /// The case it came up in.
    pub application_id: Option<ApplicationId>,
    pub created_by: String,
    pub created_at: Stamp,
    pub ended_by: Option<String>,
    pub ended_at: Option<Stamp>,
    pub end_reason: Option<String>,
    pub version: i64,
}

/// How a round is reviewed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ReviewPlan {
    pub panel: PanelRules,
    pub method: Method,
    /// A larger distance between two totals asks for arbitration; hundredths of a mark.
    pub spread_limit: i64,
    /// Fewer valid scores give no result.
    pub min_valid: u32,
    /// Scores are taken until then; open when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due_at: Option<Stamp>,
    pub visibility: Visibility,
    /// Experts do not learn whose application they review, and read only texts that were released to them.
    pub blind: bool,
}

impl Default for ReviewPlan {
    fn default() -> Self {
        Self {
            panel: PanelRules::default(),
            method: Method::Trimmed,
            spread_limit: 2_000,
            min_valid: 5,
            due_at: None,
            visibility: Visibility::Never,
            blind: false,
        }
    }
}

#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = review_plans, primary_key(round_id))]
pub struct ReviewPlanRow {
    pub round_id: RoundId,
    pub document: Doc<ReviewPlan>,
    pub updated_by: String,
    pub updated_at: Stamp,
    pub version: i64,
}

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = draws)]
pub struct Draw {
    pub id: DrawId,
    pub round_id: RoundId,
    /// 32 bytes, hexadecimal.
    pub seed: String,
    pub procedure: String,
    pub rules: Doc<PanelRules>,
    /// Reviews that each member takes on.
    pub tasks: i32,
    pub candidates: Doc<Vec<Candidate>>,
    pub application_ids: Doc<Vec<ApplicationId>>,
    pub result: Doc<Panel>,
    /// The draw whose panel this one replaces, and the decision that allowed it.
    pub replaces: Option<DrawId>,
    pub decision_id: Option<String>,
    pub drawn_by: String,
    pub drawn_at: Stamp,
}

#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = panels)]
pub struct PanelRow {
    pub id: PanelId,
    pub round_id: RoundId,
    pub draw_id: DrawId,
    pub state: PanelState,
    /// What allowed it to be drawn again.
    pub decision_id: Option<String>,
    pub created_at: Stamp,
    pub updated_at: Stamp,
    pub version: i64,
}

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = panel_members)]
pub struct PanelMember {
    pub id: PanelMemberId,
    pub panel_id: PanelId,
    pub expert_id: ExpertId,
    pub position: i32,
    pub place: Place,
    pub alternate: bool,
}

/// What an expert wrote: marks in hundredths with the reason for each.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MarkSheet {
    /// By the dimension's code.
    #[serde(default)]
    pub dimensions: BTreeMap<String, Mark>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
}

/// A task as a list reads it.
#[derive(Debug, Clone)]
pub struct TaskRow {
    pub id: ReviewId,
    pub round_id: RoundId,
    pub application_id: ApplicationId,
    pub state: ReviewState,
    pub arbiter: bool,
    pub total: Option<i64>,
    pub tier: Tier,
    pub enterprise: String,
    pub expert: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Mark {
    /// Hundredths: `2850` = 28.50. May be missing in a draft.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marks: Option<i64>,
    /// Why; at least 20 characters when it is submitted.
    #[serde(default)]
    pub justification: String,
}

#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = reviews, treat_none_as_null = true)]
pub struct Review {
    pub id: ReviewId,
    pub panel_id: PanelId,
    pub round_id: RoundId,
    pub application_id: ApplicationId,
    pub enterprise_id: EnterpriseId,
    pub expert_id: ExpertId,
    pub user_id: UserId,
    pub arbiter: bool,
    pub state: ReviewState,
    pub sheet: Doc<MarkSheet>,
    /// Hundredths, once submitted.
    pub total: Option<i64>,
    pub declared_at: Option<Stamp>,
    pub submitted_at: Option<Stamp>,
    pub end_reason: Option<String>,
    pub created_at: Stamp,
    pub updated_at: Stamp,
    pub version: i64,
}

/// Texts of one submission as blind reviewers read them, by pointer.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = redactions, primary_key(snapshot_id))]
pub struct Redaction {
    pub snapshot_id: SnapshotId,
    pub application_id: ApplicationId,
    pub texts: Doc<BTreeMap<String, String>>,
    pub updated_by: String,
    pub updated_at: Stamp,
    pub version: i64,
}

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = scores)]
pub struct ScoreRow {
    pub id: ScoreId,
    pub application_id: ApplicationId,
    pub round_id: RoundId,
    pub tier: Tier,
    pub total: i64,
    pub passed: bool,
    pub input: Doc<ScoreInput>,
    pub result: Doc<Score>,
    pub frozen_by: String,
    pub frozen_at: Stamp,
}
