mod bodies;
mod form;
mod views;

use chrono::NaiveDate;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

pub use bodies::{
    AcceptApplicationBody, ApplicationReasonBody, BatchAction, BatchApplicationsBody, CreateApplicationBody,
    DifferencesParams, ListApplicationsParams, OverrideApplicationBody, ReturnApplicationBody, WithdrawApplicationBody,
};
pub use form::{Contact, Form, Statements};
pub use views::{
    ApplicantView, ApplicationSummary, ApplicationView, BatchResult, BatchView, CertificationView, Difference,
    DifferencesView, EvaluationView, EvidenceItemView, JudgementView, OverrideView, ReturnView, SectionFault,
    SectionView, SnapshotView, SubmissionSummary, SubmissionView, SummaryRow,
};

use crate::decisions::model::DecisionId;
use crate::enterprises::model::EnterpriseId;
use crate::platform::actor::UserId;
use crate::platform::text::Say;
use crate::platform::types::{Doc, Stamp};
use crate::programme::figures::Figures;
use crate::programme::model::{Lane, Outcome, RuleSetId, Tier};
use crate::programme::rules::TierEvaluation;
use crate::rounds::model::RoundId;
use crate::schema::{
    application_certifications, application_overrides, application_returns, application_snapshots, applications,
};
use crate::{id_type, say, text_enum};

id_type!(ApplicationId, SnapshotId, ApplicationReturnId, OverrideId, CertificationId);

text_enum! {
    pub enum ApplicationState {
        Draft = "draft",
        Submitted = "submitted",
        Returned = "returned",
        Accepted = "accepted",
        RejectedFormal = "rejected_formal",
        InReview = "in_review",
        Scored = "scored",
        SiteChecked = "site_checked",
        Proposed = "proposed",
        NotSelected = "not_selected",
        InPublicity = "in_publicity",
        Objected = "objected",
        Recognised = "recognised",
        Denied = "denied",
        Withdrawn = "withdrawn",
        Void = "void",
    }
}

impl ApplicationState {
    /// The name people read.
    pub fn label(self) -> Say {
        match self {
            Self::Draft => say!("草稿", "a draft"),
            Self::Submitted => say!("已提交", "submitted"),
            Self::Returned => say!("退回补正", "returned for correction"),
            Self::Accepted => say!("已受理", "accepted"),
            Self::RejectedFormal => say!("形式审查不通过", "rejected in formal review"),
            Self::InReview => say!("评审中", "in review"),
            Self::Scored => say!("评审完成", "scored"),
            Self::SiteChecked => say!("已核查", "site-checked"),
            Self::Proposed => say!("拟认定", "proposed"),
            Self::NotSelected => say!("未入选", "not selected"),
            Self::InPublicity => say!("公示中", "in publicity"),
            Self::Objected => say!("异议核查中", "under objection"),
            Self::Recognised => say!("已认定", "recognised"),
            Self::Denied => say!("异议成立不予认定", "denied"),
            Self::Withdrawn => say!("已撤回", "withdrawn"),
            Self::Void => say!("作废", "void"),
        }
    }

    /// Whether it holds its enterprise's place in the lane of its round.
    pub fn is_live(self) -> bool {
        !matches!(self, Self::RejectedFormal | Self::NotSelected | Self::Denied | Self::Withdrawn | Self::Void)
    }

    /// The states that take up one of the places of a tier.
    pub const TAKING_A_PLACE: [Self; 4] = [Self::Proposed, Self::InPublicity, Self::Objected, Self::Recognised];

    /// Handed in and without an outcome; those in publicity get theirs when the round is concluded.
    pub const UNDECIDED: [Self; 8] = [
        Self::Submitted,
        Self::Returned,
        Self::Accepted,
        Self::InReview,
        Self::Scored,
        Self::SiteChecked,
        Self::Proposed,
        Self::Objected,
    ];

    /// The live states before publicity: what a cancelled round takes with it.
    pub const CEASING: [Self; 8] = [
        Self::Draft,
        Self::Submitted,
        Self::Returned,
        Self::Accepted,
        Self::InReview,
        Self::Scored,
        Self::SiteChecked,
        Self::Proposed,
    ];
}

#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = applications, treat_none_as_null = true)]
pub struct Application {
    pub id: ApplicationId,
    pub round_id: RoundId,
    pub enterprise_id: EnterpriseId,
    pub tier: Tier,
    pub lane: Lane,
    pub state: ApplicationState,
    pub live: bool,
    pub form: Doc<Form>,
    pub submitted_at: Option<Stamp>,
    /// What counts: the last submission.
    pub snapshot_id: Option<SnapshotId>,
    pub returns_used: i32,
    /// Last day (Shanghai) on which a returned application may be submitted again.
    pub return_due_on: Option<NaiveDate>,
    pub judgement: Option<Doc<Judgement>>,
    pub created_by: UserId,
    pub created_at: Stamp,
    pub updated_at: Stamp,
    pub version: i64,
}

/// One submission, frozen: figures, evaluation, and the rule set they were judged by.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = application_snapshots)]
pub struct Snapshot {
    pub id: SnapshotId,
    pub application_id: ApplicationId,
    /// 1 for the first submission, one more after each return.
    pub number: i32,
    pub rule_set_id: RuleSetId,
    pub as_of: NaiveDate,
    pub base_year: i32,
    pub form: Doc<Form>,
    pub figures: Doc<Figures>,
    pub evaluation: Doc<TierEvaluation>,
    pub outcome: Outcome,
    pub created_at: Stamp,
}

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = application_returns)]
pub struct ApplicationReturn {
    pub id: ApplicationReturnId,
    pub application_id: ApplicationId,
    pub number: i32,
    pub items: Doc<Vec<ReturnItem>>,
    pub due_on: NaiveDate,
    pub returned_by: UserId,
    pub at: Stamp,
    pub resubmitted_at: Option<Stamp>,
}

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = application_overrides)]
pub struct Override {
    pub id: OverrideId,
    pub application_id: ApplicationId,
    pub snapshot_id: SnapshotId,
    pub leaf_code: String,
    pub reason: String,
    pub decision_id: DecisionId,
    pub at: Stamp,
}

/// A signature under what the application held at that moment.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = application_certifications)]
pub struct Certification {
    pub id: CertificationId,
    pub application_id: ApplicationId,
    /// SHA-256 over form and files, hexadecimal.
    pub digest: String,
    pub certified_by: UserId,
    pub certified_at: Stamp,
}

text_enum! {
    /// How far a section of the form is.
    pub enum SectionState {
        Empty = "empty",
        /// Nothing stands in it, and nothing is asked for.
        Optional = "optional",
        /// Begun; something is missing or wrong.
        Incomplete = "incomplete",
        Complete = "complete",
        /// Returned, and nothing in it has changed since.
        ToCorrect = "to_correct",
        /// Returned, and changed since.
        Corrected = "corrected",
    }
}

text_enum! {
    /// A part of the form.
    pub enum Section {
        Contact = "contact",
        Summary = "summary",
        Track = "track",
        Figures = "figures",
        Statements = "statements",
        Attachments = "attachments",
    }
}

/// One thing to correct.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReturnItem {
    pub section: Section,
    /// RFC 6901 pointer into the form, when one value is meant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pointer: Option<String>,
    pub remark: String,
}

/// What the accepting officer judged, where the rules leave it to a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Judgement {
    /// Code of the gate's rule -> whether it is met.
    pub human: BTreeMap<String, bool>,
    /// Code of the veto -> whether it is hit.
    pub vetoes: BTreeMap<String, bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    pub by: UserId,
    pub at: Stamp,
}
