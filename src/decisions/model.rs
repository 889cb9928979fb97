use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use crate::platform::actions::ActionView;
use crate::platform::actor::UserId;
use crate::platform::text::{Lang, in_own_words};
use crate::platform::types::{Doc, Stamp};
use crate::schema::{decision_steps, decisions};
use crate::{id_type, text_enum};

id_type!(DecisionId, DecisionStepId);

text_enum! {
    pub enum DecisionState {
        Pending = "pending",
        Approved = "approved",
        Refused = "refused",
        Voided = "voided",
    }
}

text_enum! {
    /// What happens when the last step is approved; `effects.rs` says who carries it out.
    pub enum DecisionAction {
        ApplicationOverride = "application.override",
        ApplicationPropose = "application.propose",
        ApplicationNotSelect = "application.not_select",
        ApplicationVoid = "application.void",
        SupportItemExtend = "support_item.extend",
        PoolAllocate = "pool.allocate",
        PoolRefund = "pool.refund",
        PoolAdjust = "pool.adjust",
        SubsidyBudgetSet = "subsidy_budget.set",
        SubsidyApprove = "subsidy_claim.approve",
        SubsidyClawBack = "subsidy_claim.claw_back",
        PanelRedraw = "panel.redraw",
        RoundRelease = "round.release",
        FeedbackSend = "feedback.send",
        MembershipSuspend = "membership.suspend",
        MembershipExit = "membership.exit",
        MembershipRevoke = "membership.revoke",
        RecheckConclude = "recheck.conclude",
    }
}

text_enum! {
    pub enum Verdict {
        Approved = "approved",
        Refused = "refused",
    }
}

/// The proposal is never edited: whoever prepared it voids it and prepares another, so an approval stands for what was read.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = decisions)]
pub struct Decision {
    pub id: DecisionId,
    pub subject_kind: String,
    pub subject_id: String,
    pub action: DecisionAction,
    pub proposal: Doc<Value>,
    pub state: DecisionState,
    pub prepared_by: UserId,
    pub reason: String,
    /// How many different people approve, the one who prepared it not among them.
    pub approvals_needed: i32,
    pub created_at: Stamp,
    pub decided_by: Option<UserId>,
    pub decided_at: Option<Stamp>,
    pub version: i64,
}

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = decision_steps)]
pub struct DecisionStep {
    pub id: DecisionStepId,
    pub decision_id: DecisionId,
    pub user_id: UserId,
    pub verdict: Verdict,
    pub reason: Option<String>,
    pub at: Stamp,
}

/// A record of another slice, by its kind (`application`) and id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SubjectView {
    pub kind: String,
    pub id: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PersonView {
    pub id: UserId,
    pub name: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct StepView {
    pub by: PersonView,
    pub verdict: Verdict,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    pub at: Stamp,
}

/// Everything an approver needs to know before saying yes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DecisionView {
    pub id: DecisionId,
    pub subject: SubjectView,
    /// The enterprise or the round that it is about, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject_name: Option<String>,
    pub action: DecisionAction,
    /// Exactly what will change; its shape belongs to the action.
    #[schema(value_type = Object)]
    pub proposal: Value,
    pub reason: String,
    pub state: DecisionState,
    pub prepared_by: PersonView,
    pub approvals_needed: i32,
    pub approvals_given: i32,
    pub steps: Vec<StepView>,
    pub created_at: Stamp,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decided_at: Option<Stamp>,
    pub version: i64,
    pub actions: Vec<ActionView>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DecisionSummary {
    pub id: DecisionId,
    pub subject: SubjectView,
    /// The enterprise or the round that it is about, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject_name: Option<String>,
    pub action: DecisionAction,
    pub reason: String,
    pub state: DecisionState,
    pub prepared_by: PersonView,
    pub approvals_needed: i32,
    pub created_at: Stamp,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decided_at: Option<Stamp>,
}

impl DecisionSummary {
    pub fn of((decision, preparer): (Decision, String), subject_name: Option<String>, lang: Lang) -> Self {
        Self {
            id: decision.id,
            subject_name,
            subject: SubjectView { kind: decision.subject_kind, id: decision.subject_id },
            action: decision.action,
            reason: in_own_words(&decision.reason, lang).to_owned(),
            state: decision.state,
            prepared_by: PersonView { id: decision.prepared_by, name: preparer },
            approvals_needed: decision.approvals_needed,
            created_at: decision.created_at,
            decided_at: decision.decided_at,
        }
    }
}

#[derive(Debug, Clone, Default, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListDecisionsParams {
    /// 1 to 200; 50 when left out.
    pub limit: Option<i64>,
    pub cursor: Option<String>,
    pub count: Option<bool>,
    pub state: Option<DecisionState>,
    pub action: Option<DecisionAction>,
}

#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct ApproveDecisionBody {
    pub reason: Option<String>,
}

text_enum! {
    /// What can be said to many decisions at once.
    pub enum DecisionBatchAction {
        Approval = "approval",
        Refusal = "refusal",
    }
}

#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct BatchDecisionsBody {
    /// Required.
    pub action: Option<DecisionBatchAction>,
    /// 1 to 200 decisions, each once.
    pub ids: Vec<DecisionId>,
    /// Required for a refusal. Up to 2,000 characters.
    pub reason: String,
    /// Tries everything and changes nothing.
    pub dry_run: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DecisionBatchResult {
    pub id: DecisionId,
    pub ok: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DecisionBatchView {
    /// Whether everything was done; if not, nothing was.
    pub applied: bool,
    pub results: Vec<DecisionBatchResult>,
}

/// For every step that must say why.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct DecisionReasonBody {
    /// Required. Up to 2,000 characters.
    pub reason: String,
}
