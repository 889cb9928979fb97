use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};

use super::{BudgetLine, DepartmentId, Goal, Measure, PlanContent};
use crate::enterprises::model::EnterpriseId;
use crate::library::model::MembershipId;
use crate::platform::actions::ActionView;
use crate::platform::actor::UserId;
use crate::platform::text::Say;
use crate::platform::types::{Doc, Stamp};
use crate::programme::model::Tier;
use crate::schema::{support_plan_revisions, support_plans};
use crate::{id_type, say, text_enum};
use chrono::NaiveDate;

id_type!(PlanId, RevisionId);

text_enum! {
    pub enum PlanState {
        Draft = "draft",
        Consulting = "consulting",
        Confirmed = "confirmed",
        Executing = "executing",
        MidReview = "mid_review",
        Adjusted = "adjusted",
        Evaluated = "evaluated",
        Closed = "closed",
    }
}

impl PlanState {
    /// The name people read.
    pub fn label(self) -> Say {
        match self {
            PlanState::Draft => say!("草拟", "a draft"),
            PlanState::Consulting => say!("征求意见", "in consultation"),
            PlanState::Confirmed => say!("已确认", "confirmed"),
            PlanState::Executing => say!("执行中", "being executed"),
            PlanState::MidReview => say!("中期评估", "in mid-term review"),
            PlanState::Adjusted => say!("已调整", "adjusted"),
            PlanState::Evaluated => say!("年度评价", "evaluated"),
            PlanState::Closed => say!("结案", "closed"),
        }
    }
}

text_enum! {
    pub enum RevisionState {
        Draft = "draft",
        InForce = "in_force",
        /// A change request that waits for the other side.
        Requested = "requested",
        Refused = "refused",
        Withdrawn = "withdrawn",
        /// A later one is in force.
        Superseded = "superseded",
    }
}

text_enum! {
    /// The two sides of a plan.
    pub enum Side {
        Office = "office",
        Enterprise = "enterprise",
    }
}

#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = support_plans)]
#[diesel(treat_none_as_null = true)]
pub struct Plan {
    pub id: PlanId,
    pub membership_id: MembershipId,
    pub enterprise_id: EnterpriseId,
    pub tier: Tier,
    pub track: Option<String>,
    pub year: i32,
    pub state: PlanState,
    pub revision: i32,
    pub officer_a: UserId,
    pub officer_b: Option<UserId>,
    pub consulted_at: Option<Stamp>,
    pub confirmed_at: Option<Stamp>,
    pub mid_review: Option<Doc<MidReview>>,
    pub evaluation: Option<Doc<Evaluation>>,
    pub score: Option<i32>,
    pub attained_ppm: Option<i64>,
    pub created_by: String,
    pub created_at: Stamp,
    pub updated_at: Stamp,
    pub closed_at: Option<Stamp>,
    pub version: i64,
}

#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = support_plan_revisions)]
#[diesel(treat_none_as_null = true)]
pub struct Revision {
    pub id: RevisionId,
    pub plan_id: PlanId,
    pub number: i32,
    pub state: RevisionState,
    pub content: Doc<PlanContent>,
    /// Which side asked for it.
    pub side: Side,
    pub reason: Option<String>,
    pub made_by: String,
    pub made_at: Stamp,
    pub office_by: Option<String>,
    pub office_at: Option<Stamp>,
    pub enterprise_by: Option<String>,
    pub enterprise_at: Option<Stamp>,
    pub answer: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MidReview {
    pub held_on: NaiveDate,
    pub findings: String,
    pub by: UserId,
}

/// How a goal stands by the figures of its year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct GoalResult {
    pub indicator: String,
    pub year: i32,
    pub base: i64,
    pub target: i64,
    /// Null while nobody has given the figure: then the goal is not reached.
    pub actual: Option<i64>,
    /// How much of the way from base to target is done, 0 to 1,000,000.
    pub progress_ppm: Option<i64>,
    pub reached: bool,
    /// An officer has compared the figure with the books.
    pub verified: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Evaluation {
    pub evaluated_on: NaiveDate,
    /// 0 to 100.
    pub score: i32,
    pub summary: String,
    pub goals: Vec<GoalResult>,
    /// Goals reached, of a million.
    pub attained_ppm: i64,
    pub by: UserId,
}

/// Who signed for one side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SignatureView {
    pub side: Side,
    pub at: Stamp,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PlanView {
    pub id: PlanId,
    pub membership_id: MembershipId,
    pub enterprise_id: EnterpriseId,
    pub enterprise_name: String,
    pub tier: Tier,
    pub track: Option<String>,
    pub year: i32,
    pub state: PlanState,
    /// The number of the revision shown.
    pub revision: i32,
    /// Chief service officer.
    pub officer_a: UserId,
    pub officer_a_name: String,
    /// Who stands in.
    pub officer_b: Option<UserId>,
    pub content: PlanContent,
    /// Of this revision.
    pub signatures: Vec<SignatureView>,
    /// The number of the change request that waits for an answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub open_request: Option<i32>,
    /// By the figures at hand.
    pub goals: Vec<GoalResult>,
    pub mid_review: Option<MidReview>,
    pub evaluation: Option<Evaluation>,
    pub created_at: Stamp,
    pub confirmed_at: Option<Stamp>,
    pub closed_at: Option<Stamp>,
    pub version: i64,
    pub actions: Vec<ActionView>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PlanSummary {
    pub id: PlanId,
    pub enterprise_id: EnterpriseId,
    pub enterprise_name: String,
    pub tier: Tier,
    pub track: Option<String>,
    pub year: i32,
    pub state: PlanState,
    pub revision: i32,
    pub officer_a: UserId,
    pub score: Option<i32>,
    /// Goals reached, of a million; after the evaluation.
    pub attained_ppm: Option<i64>,
    pub version: i64,
}

/// One value that differs between two revisions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DiffLine {
    /// Goals stand under their indicator, measures and budget lines under their key: `/measures/m1/due_on`.
    pub pointer: String,
    /// Null when it was not there.
    #[schema(value_type = Option<Object>)]
    pub old: Value,
    /// Null when it is no longer there.
    #[schema(value_type = Option<Object>)]
    pub new: Value,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RevisionView {
    pub number: i32,
    pub state: RevisionState,
    /// Which side asked for it.
    pub side: Side,
    pub reason: Option<String>,
    pub answer: Option<String>,
    pub made_at: Stamp,
    pub signatures: Vec<SignatureView>,
    pub content: PlanContent,
    /// Against the revision that was in force when this one was made; the first has none.
    pub diff: Vec<DiffLine>,
}

#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct CreatePlanBody {
    /// Required: a membership that is no mere candidate's and has not ended.
    pub membership_id: Option<MembershipId>,
    /// Required: a year of the membership's term.
    pub year: Option<i32>,
    /// Chief service officer; the caller when left out.
    pub officer_a: Option<UserId>,
    /// Who stands in.
    pub officer_b: Option<UserId>,
}

/// The two bodies that give new content: the same fields, said once.
macro_rules! content_bodies {
    ($($(#[$meta:meta])* $body:ident { $($(#[$own_meta:meta])* $own:ident: $own_ty:ty),* })*) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, Default, Deserialize, ToSchema)]
        #[serde(default, deny_unknown_fields)]
        pub struct $body {
            $($(#[$own_meta])* pub $own: $own_ty,)*
            pub diagnosis: Option<String>,
            /// The unit responsible for the plan as a whole.
            pub lead: Option<DepartmentId>,
            pub goals: Option<Vec<Goal>>,
            pub measures: Option<Vec<Measure>>,
            pub budget: Option<Vec<BudgetLine>>,
            /// What the enterprise commits to.
            pub commitments: Option<Vec<String>>,
            pub mid_review_on: Option<NaiveDate>,
        }

        impl $body {
            /// The content as it reads with this in place.
            pub fn over(&self, content: PlanContent) -> PlanContent {
                PlanContent {
                    diagnosis: self.diagnosis.clone().unwrap_or(content.diagnosis),
                    lead: self.lead.clone().or(content.lead),
                    goals: self.goals.clone().unwrap_or(content.goals),
                    measures: self.measures.clone().unwrap_or(content.measures),
                    budget: self.budget.clone().unwrap_or(content.budget),
                    commitments: self.commitments.clone().unwrap_or(content.commitments),
                    mid_review_on: self.mid_review_on.or(content.mid_review_on),
                }
            }
        }
    )*};
}

content_bodies! {
    /// What is left out stays; a list that is given replaces the whole list.
    UpdatePlanBody {
        /// Chief service officer.
        officer_a: Option<UserId>,
        /// Who stands in.
        officer_b: Option<UserId>
    }
    /// A change and why: what is left out stays; a list that is given replaces the whole list.
    RequestChangeBody {
        /// Required. Up to 2,000 characters.
        reason: String
    }
}

#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct AnswerChangeBody {
    /// Required for a refusal. Up to 2,000 characters.
    pub answer: Option<String>,
}

/// For every step that must say why.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct PlanReasonBody {
    /// Required. Up to 2,000 characters.
    pub reason: String,
}

#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct MidReviewBody {
    /// Required. Up to 4,000 characters.
    pub findings: String,
}

#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct EvaluatePlanBody {
    /// Required: 0 to 100.
    pub score: Option<i64>,
    /// Required. Up to 4,000 characters.
    pub summary: String,
}

#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListPlansParams {
    /// 1 to 200; 50 when left out.
    pub limit: Option<i64>,
    pub cursor: Option<String>,
    pub count: Option<bool>,
    #[param(inline)]
    pub state: Option<PlanState>,
    #[param(inline)]
    pub tier: Option<Tier>,
    pub year: Option<i32>,
    pub enterprise_id: Option<String>,
}
