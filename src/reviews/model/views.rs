//! What answers show.

use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::{
    Absence, Conflict, ConflictGround, ConflictId, ConflictSource, DrawId, ExpertId, ExpertKind, ExpertState,
    MarkSheet, PanelId, PanelState, PastService, ReviewId, ReviewPlan, ReviewState,
};
use crate::applications::model::ApplicationId;
use crate::decisions::model::PersonView;
use crate::enterprises::model::EnterpriseId;
use crate::platform::actions::ActionView;
use crate::platform::actor::UserId;
use crate::platform::text::Say;
use crate::platform::types::Stamp;
use crate::programme::model::Tier;
use crate::reviews::rules::draw::{Candidate, Panel, PanelRules};
use crate::reviews::rules::score::{Score, ScoreInput};
use crate::rounds::model::RoundId;

#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ExpertSummary {
    pub id: ExpertId,
    pub user_id: UserId,
    pub name: String,
    pub kind: ExpertKind,
    pub employer: String,
    pub fields: Vec<String>,
    /// Reviews not finished yet.
    pub load: i64,
    pub load_cap: i32,
    pub state: ExpertState,
}

#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ExpertView {
    pub id: ExpertId,
    pub user_id: UserId,
    pub name: String,
    pub kind: ExpertKind,
    pub employer: String,
    pub employer_code: Option<String>,
    pub fields: Vec<String>,
    pub load: i64,
    pub load_cap: i32,
    pub unavailable: Vec<Absence>,
    pub past_service: Vec<PastService>,
    pub state: ExpertState,
    pub version: i64,
    pub actions: Vec<ActionView>,
}

#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ConflictView {
    pub id: ConflictId,
    pub user_id: UserId,
    pub user_name: String,
    pub enterprise_id: EnterpriseId,
    pub enterprise_name: String,
    pub source: ConflictSource,
    pub ground: ConflictGround,
    pub reason: String,
    pub created_at: Stamp,
    pub ended_at: Option<Stamp>,
    pub end_reason: Option<String>,
    pub version: i64,
}

/// With the names of the person and of the enterprise.
pub type NamedConflict = (Conflict, String, String);

impl From<NamedConflict> for ConflictView {
    fn from((c, user_name, enterprise_name): NamedConflict) -> Self {
        Self {
            id: c.id,
            user_id: c.user_id,
            user_name,
            enterprise_id: c.enterprise_id,
            enterprise_name,
            source: c.source,
            ground: c.ground,
            reason: c.reason,
            created_at: c.created_at,
            ended_at: c.ended_at,
            end_reason: c.end_reason,
            version: c.version,
        }
    }
}

#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ReviewPlanView {
    pub round_id: RoundId,
    #[serde(flatten)]
    pub plan: ReviewPlan,
    /// 0 while nothing but the defaults was ever set.
    pub version: i64,
    pub actions: Vec<ActionView>,
}

#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct SeatView {
    pub expert_id: ExpertId,
    pub name: String,
    pub kind: ExpertKind,
    pub employer: String,
    pub alternate: bool,
}

#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct PanelView {
    pub id: PanelId,
    pub round_id: RoundId,
    pub draw_id: DrawId,
    pub state: PanelState,
    /// Members first, then alternates in the order in which they step in.
    pub seats: Vec<SeatView>,
    pub alternates_missing: u32,
    pub application_ids: Vec<ApplicationId>,
    pub version: i64,
}

#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct DrawSummary {
    pub id: DrawId,
    pub round_id: RoundId,
    pub replaces: Option<DrawId>,
    pub drawn_by: PersonView,
    pub drawn_at: Stamp,
}

/// A draw with all it followed from; `laoshan draw replay` computes it again.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct DrawView {
    pub id: DrawId,
    pub round_id: RoundId,
    /// 32 bytes, hexadecimal.
    pub seed: String,
    pub procedure: String,
    pub rules: PanelRules,
    pub tasks: u32,
    pub candidates: Vec<Candidate>,
    /// What the candidates are called today; the draw itself knows no names.
    pub experts: Vec<ExpertName>,
    pub application_ids: Vec<ApplicationId>,
    pub result: Panel,
    pub replaces: Option<DrawId>,
    pub decision_id: Option<String>,
    pub drawn_by: PersonView,
    pub drawn_at: Stamp,
}

#[derive(Debug, Clone, PartialEq, Eq, Queryable, Serialize, Deserialize, ToSchema)]
pub struct ExpertName {
    pub id: ExpertId,
    pub name: String,
}

/// What `laoshan draw replay` found.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ReplayView {
    pub id: DrawId,
    pub same: bool,
    pub stored: Panel,
    /// Absent when the stored rules and candidates give no panel at all.
    pub replayed: Option<Panel>,
}

/// What `laoshan score replay` found.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ScoreReplayView {
    pub round_id: RoundId,
    pub checked: usize,
    pub different: Vec<ScoreDifference>,
}

/// A stored result that does not follow from its stored inputs.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ScoreDifference {
    pub application_id: ApplicationId,
    pub stored: Score,
    /// Absent when the stored inputs give no result at all.
    pub replayed: Option<Score>,
}

#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ReviewSummary {
    pub id: ReviewId,
    pub round_id: RoundId,
    pub application_id: ApplicationId,
    /// Absent for the expert of a blind review.
    pub enterprise: Option<String>,
    pub tier: Tier,
    pub expert: String,
    pub state: ReviewState,
    pub arbiter: bool,
    /// Hundredths, once submitted.
    pub total: Option<i64>,
}

/// One dimension of the rubric, as the expert fills it in.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct DimensionView {
    pub code: String,
    pub name: Say,
    /// Full marks; hundredths.
    pub full: i64,
    /// Marks that follow from the frozen figures already; part of every expert's marks of the dimension.
    pub computed: i64,
    /// Most marks the expert can give; 0 where figures decide alone.
    pub judged: i64,
    pub floor: i64,
}

/// What another expert of the same case gave, without their name.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct OtherScore {
    pub total: i64,
    pub sheet: MarkSheet,
}

#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ReviewView {
    pub id: ReviewId,
    pub round_id: RoundId,
    pub application_id: ApplicationId,
    /// Known before the declaration: nobody can declare a conflict with an unknown. Absent for the expert of a blind review.
    pub enterprise_id: Option<EnterpriseId>,
    pub enterprise: Option<String>,
    /// Only in blind review, until the declaration: whom the panel reviews, by name, without saying which of them this is.
    pub applicants: Option<Vec<ReviewedApplicant>>,
    pub tier: Tier,
    pub expert_id: ExpertId,
    pub expert: String,
    pub state: ReviewState,
    pub arbiter: bool,
    pub due_at: Option<Stamp>,
    pub dimensions: Vec<DimensionView>,
    pub sheet: MarkSheet,
    pub total: Option<i64>,
    pub declared_at: Option<Stamp>,
    pub submitted_at: Option<Stamp>,
    /// Form and figures as submitted; absent until the expert has declared no conflict.
    pub material: Option<MaterialView>,
    /// Scores of the others, when the round lets them be seen.
    pub others: Option<Vec<OtherScore>>,
    pub version: i64,
    pub actions: Vec<ActionView>,
}

/// One of those a panel reviews.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ReviewedApplicant {
    pub id: EnterpriseId,
    pub name: String,
}

/// What of a submission was released to blind reviewers.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct RedactionView {
    pub application_id: ApplicationId,
    /// Nothing is withheld.
    pub complete: bool,
    pub texts: Vec<RedactionText>,
    pub version: i64,
    pub actions: Vec<ActionView>,
}

#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct RedactionText {
    /// RFC 6901 pointer into the material.
    pub pointer: String,
    pub original: String,
    /// What blind reviewers read in its place; absent while it is withheld.
    pub released: Option<String>,
}

/// The submission under review, frozen.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct MaterialView {
    #[schema(value_type = Object)]
    pub form: Value,
    #[schema(value_type = Object)]
    pub figures: Value,
    #[schema(value_type = Object)]
    pub evaluation: Value,
    /// In blind review: pointers of texts that nobody has released yet.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub withheld: Vec<String>,
}

/// The answer to a declaration or a recusal.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct StepBackView {
    pub id: ReviewId,
    pub state: ReviewState,
    /// The alternate's review; absent when none may step in and the officer has to act.
    pub substitute: Option<ReviewId>,
    pub version: i64,
}

/// A result: frozen, or as it stands now.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ScoreView {
    pub application_id: ApplicationId,
    pub round_id: RoundId,
    pub tier: Tier,
    pub frozen_at: Option<Stamp>,
    pub score: Score,
    /// Everything the score follows from.
    pub input: ScoreInput,
}

#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct FreezeView {
    /// All or nothing.
    pub applied: bool,
    pub results: Vec<FreezeResult>,
}

#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct FreezeResult {
    pub application_id: ApplicationId,
    pub ok: bool,
    pub total: Option<i64>,
    pub passed: Option<bool>,
    /// A problem code: why not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}
