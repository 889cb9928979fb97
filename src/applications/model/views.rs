//! What answers show.

use chrono::NaiveDate;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;
use utoipa::ToSchema;

use super::{ApplicationId, ApplicationState, Form, ReturnItem, Section, SectionState};
use crate::attachments::model::AttachmentSummary;
use crate::decisions::model::{DecisionId, DecisionSummary};
use crate::enterprises::model::EnterpriseId;
use crate::platform::actions::ActionView;
use crate::platform::types::Stamp;
use crate::programme::model::{Lane, Outcome, RuleSetId, Tier};
use crate::programme::{Figures, LeafShown, Node, TierEvaluation};
use crate::rounds::model::RoundId;
use crate::schema::{applications, enterprises, rounds};

#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = applications)]
pub struct SummaryRow {
    pub id: ApplicationId,
    pub round_id: RoundId,
    pub enterprise_id: EnterpriseId,
    #[diesel(select_expression = enterprises::name)]
    pub enterprise_name: String,
    #[diesel(select_expression = enterprises::credit_code)]
    pub credit_code: String,
    #[diesel(select_expression = rounds::closes_at)]
    pub closes_at: Stamp,
    pub tier: Tier,
    pub lane: Lane,
    pub state: ApplicationState,
    pub submitted_at: Option<Stamp>,
    pub return_due_on: Option<NaiveDate>,
    pub updated_at: Stamp,
    pub version: i64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ApplicantView {
    pub id: EnterpriseId,
    pub name: String,
    pub credit_code: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ApplicationSummary {
    pub id: ApplicationId,
    pub round_id: RoundId,
    pub enterprise: ApplicantView,
    pub tier: Tier,
    pub lane: Lane,
    pub state: ApplicationState,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub submitted_at: Option<Stamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub return_due_on: Option<NaiveDate>,
    /// Last day of the formal review that it waits for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review_due_on: Option<NaiveDate>,
    pub updated_at: Stamp,
    pub version: i64,
}

impl ApplicationSummary {
    pub fn of(row: SummaryRow, review_due_on: Option<NaiveDate>) -> Self {
        Self {
            review_due_on,
            id: row.id,
            round_id: row.round_id,
            enterprise: ApplicantView {
                id: row.enterprise_id,
                name: row.enterprise_name,
                credit_code: row.credit_code,
            },
            tier: row.tier,
            lane: row.lane,
            state: row.state,
            submitted_at: row.submitted_at,
            return_due_on: row.return_due_on,
            updated_at: row.updated_at,
            version: row.version,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ApplicationView {
    pub id: ApplicationId,
    pub round_id: RoundId,
    pub round_name: String,
    pub enterprise: ApplicantView,
    pub tier: Tier,
    pub lane: Lane,
    pub state: ApplicationState,
    pub form: Form,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub submitted_at: Option<Stamp>,
    /// The last submission and how the rules see it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub snapshot: Option<SnapshotView>,
    pub returns: Vec<ReturnView>,
    /// Last day (Shanghai) for submitting again what was returned.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub return_due_on: Option<NaiveDate>,
    pub overrides: Vec<OverrideView>,
    /// The evidence that the rules of its tier know; a file says by `item` which of them it is.
    pub evidence: Vec<EvidenceItemView>,
    /// How far each section is, while the form can be edited.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sections: Option<Vec<SectionView>>,
    /// The last signature of the legal representative's account.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certification: Option<CertificationView>,
    /// For staff.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub judgement: Option<JudgementView>,
    /// For staff; newest first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decisions: Option<Vec<DecisionSummary>>,
    pub created_at: Stamp,
    pub updated_at: Stamp,
    pub version: i64,
    pub actions: Vec<ActionView>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct EvidenceItemView {
    pub code: String,
    pub name: String,
    /// Without it nothing can be submitted in this round.
    pub required: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct SnapshotView {
    pub number: i32,
    pub rule_set_id: RuleSetId,
    /// The day on which ages and titles were looked at.
    pub as_of: NaiveDate,
    /// Year -1 of a rule is the year before this one.
    pub base_year: i32,
    pub outcome: Outcome,
    #[schema(value_type = EvaluationView)]
    pub evaluation: Value,
    pub created_at: Stamp,
}

/// How the rules see the figures, explained rule by rule in the reader's language.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct EvaluationView {
    /// Gate and vetoes together.
    pub outcome: Outcome,
    pub gate: Outcome,
    /// How the rules of the gate stand together; `leaves` explains them under their codes.
    pub tree: Node,
    pub leaves: Vec<LeafShown>,
    pub vetoes: Vec<LeafShown>,
}

impl EvaluationView {
    pub fn of(evaluation: TierEvaluation, lang: crate::platform::text::Lang) -> Self {
        Self {
            outcome: evaluation.outcome,
            gate: evaluation.gate,
            tree: evaluation.tree,
            leaves: evaluation.leaves.into_iter().map(|leaf| leaf.in_lang(lang)).collect(),
            vetoes: evaluation.vetoes.into_iter().map(|veto| veto.in_lang(lang)).collect(),
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ReturnView {
    pub number: i32,
    pub items: Vec<ReturnItem>,
    pub due_on: NaiveDate,
    pub at: Stamp,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resubmitted_at: Option<Stamp>,
}

/// A rule of the gate that an approved decision lets pass, for this submission.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OverrideView {
    pub leaf_code: String,
    pub reason: String,
    pub decision_id: DecisionId,
    pub at: Stamp,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct JudgementView {
    pub human: BTreeMap<String, bool>,
    pub vetoes: BTreeMap<String, bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    pub at: Stamp,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct BatchView {
    /// False when anything was refused or it was a dry run: then nothing changed.
    pub applied: bool,
    pub results: Vec<BatchResult>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct BatchResult {
    pub id: ApplicationId,
    pub ok: bool,
    /// A problem code: why not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The same in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SectionView {
    pub section: Section,
    pub state: SectionState,
    /// What submitting it now would be refused for.
    pub faults: Vec<SectionFault>,
    /// What it was returned for.
    pub remarks: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SectionFault {
    /// RFC 6901 pointer into the form.
    pub pointer: String,
    pub code: String,
    pub detail: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CertificationView {
    /// Who signed.
    pub by: String,
    pub at: Stamp,
    /// Neither form nor files have changed since.
    pub valid: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SubmissionSummary {
    /// 1 for the first submission, one more after each return.
    pub number: i32,
    pub outcome: Outcome,
    pub at: Stamp,
}

/// One submission as it was frozen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SubmissionView {
    pub number: i32,
    pub rule_set_id: RuleSetId,
    pub outcome: Outcome,
    pub at: Stamp,
    pub form: Form,
    /// The figures it was judged by: the form's, completed from the record.
    pub figures: Figures,
    pub attachments: Vec<AttachmentSummary>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct DifferencesView {
    pub from: i32,
    /// Absent for the form as it is now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<i32>,
    pub differences: Vec<Difference>,
}

/// One value that differs; null where there is none.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Difference {
    /// RFC 6901 pointer into the form; files are under `/attachments`.
    pub pointer: String,
    #[schema(value_type = Value)]
    pub old: Value,
    #[schema(value_type = Value)]
    pub new: Value,
}
