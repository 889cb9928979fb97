use chrono::NaiveDate;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};

use crate::platform::actions::ActionView;
use crate::platform::text::Say;
use crate::platform::types::{Doc, Stamp};
use crate::schema::{notice_subjects, notices, objections};
use crate::{id_type, say, text_enum};

id_type!(NoticeId, NoticeSubjectId, ObjectionId);

text_enum! {
    pub enum NoticeKind {
        RecognitionList = "recognition_list",
        SubsidyList = "subsidy_list",
    }
}

text_enum! {
    pub enum ObjectionState {
        Received = "received",
        Admitted = "admitted",
        Inadmissible = "inadmissible",
        Investigating = "investigating",
        Upheld = "upheld",
        Dismissed = "dismissed",
        Replied = "replied",
    }
}

impl ObjectionState {
    /// Not answered yet.
    pub const OPEN: [ObjectionState; 3] =
        [ObjectionState::Received, ObjectionState::Admitted, ObjectionState::Investigating];
    /// Taken up and not answered yet: what it is about is on hold.
    pub const HOLDING: [ObjectionState; 2] = [ObjectionState::Admitted, ObjectionState::Investigating];

    /// The name people read.
    pub fn label(self) -> Say {
        match self {
            ObjectionState::Received => say!("已收到", "received"),
            ObjectionState::Admitted => say!("已受理", "admitted"),
            ObjectionState::Inadmissible => say!("不予受理", "inadmissible"),
            ObjectionState::Investigating => say!("核查中", "under investigation"),
            ObjectionState::Upheld => say!("异议成立", "upheld"),
            ObjectionState::Dismissed => say!("异议不成立", "dismissed"),
            ObjectionState::Replied => say!("已答复", "replied to"),
        }
    }
}

text_enum! {
    pub enum ObjectionOutcome {
        Upheld = "upheld",
        Dismissed = "dismissed",
    }
}

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = notices)]
pub struct Notice {
    pub id: NoticeId,
    pub kind: NoticeKind,
    pub title: String,
    pub body: String,
    pub round_id: Option<String>,
    pub starts_on: NaiveDate,
    /// Runs until 24:00 in Shanghai on this day.
    pub ends_on: NaiveDate,
    pub published_at: Stamp,
    pub published_by: String,
    pub version: i64,
}

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = notice_subjects)]
pub struct NoticeSubject {
    pub id: NoticeSubjectId,
    pub notice_id: NoticeId,
    /// 1, 2, 3..
    pub position: i32,
    pub subject_kind: String,
    pub subject_id: String,
    /// The fields everybody may read, frozen at publication.
    pub public: Doc<Value>,
}

/// A notice as another slice orders it.
#[derive(Debug, Clone)]
pub struct NewNoticeOrder {
    pub kind: NoticeKind,
    pub title: String,
    pub body: String,
    pub round_id: Option<String>,
    pub starts_on: NaiveDate,
    pub ends_on: NaiveDate,
    /// In the order of the list.
    pub subjects: Vec<NewNoticeSubject>,
}

#[derive(Debug, Clone)]
pub struct NewNoticeSubject {
    /// The kind its audit events are filed under, for example `application`.
    pub kind: &'static str,
    pub id: String,
    /// What everybody may read about it, and nothing else.
    pub public: Value,
}

#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = objections)]
#[diesel(treat_none_as_null = true)]
pub struct Objection {
    pub id: ObjectionId,
    pub notice_id: NoticeId,
    pub subject_kind: String,
    pub subject_id: String,
    pub state: ObjectionState,
    pub objector_name: String,
    pub contact: String,
    pub content: String,
    pub evidence: String,
    pub filed_at: Stamp,
    /// The last day for the answer.
    pub due_on: NaiveDate,
    /// The officer who took the last step; nobody else reads who objected.
    pub handler: Option<String>,
    pub outcome: Option<ObjectionOutcome>,
    pub answer: Option<String>,
    pub closed_at: Option<Stamp>,
    pub version: i64,
}

/// What everybody may read of a notice's subject.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PublicSubjectView {
    /// Names the subject in an objection.
    pub id: NoticeSubjectId,
    pub fields: Value,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct NoticeView {
    pub id: NoticeId,
    pub kind: NoticeKind,
    pub title: String,
    pub body: String,
    pub starts_on: NaiveDate,
    /// Objections are taken until 24:00 in Shanghai on this day.
    pub ends_on: NaiveDate,
    pub running: bool,
    pub published_at: Stamp,
    pub subjects: Vec<PublicSubjectView>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct NoticeSummary {
    pub id: NoticeId,
    pub kind: NoticeKind,
    pub title: String,
    pub starts_on: NaiveDate,
    pub ends_on: NaiveDate,
    pub running: bool,
    pub published_at: Stamp,
}

#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListNoticesParams {
    /// 1 to 200; 50 when left out.
    pub limit: Option<i64>,
    pub cursor: Option<String>,
    pub count: Option<bool>,
    #[param(inline)]
    pub kind: Option<NoticeKind>,
}

#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FileObjectionBody {
    /// Required: the id of one of the notice's subjects.
    #[serde(default)]
    pub subject_id: String,
    /// Required: the real name of the person or organisation.
    #[serde(default)]
    pub name: String,
    /// Required: a telephone number or e-mail address.
    #[serde(default)]
    pub contact: String,
    /// Required. Up to 5,000 characters.
    #[serde(default)]
    pub content: String,
    /// Required: what proves it, or where it can be seen. Up to 5,000 characters.
    #[serde(default)]
    pub evidence: String,
}

/// An objection that came on paper.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordObjectionBody {
    /// Required.
    #[serde(default)]
    pub notice_id: String,
    /// Required: a day of the notice, not later than today.
    pub received_on: Option<NaiveDate>,
    /// Required: the id of one of the notice's subjects.
    #[serde(default)]
    pub subject_id: String,
    /// Required: the real name of the person or organisation.
    #[serde(default)]
    pub name: String,
    /// Required: a telephone number, e-mail or postal address.
    #[serde(default)]
    pub contact: String,
    /// Required. Up to 5,000 characters.
    #[serde(default)]
    pub content: String,
    /// Required. Up to 5,000 characters.
    #[serde(default)]
    pub evidence: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ReceiptView {
    /// The receipt number.
    pub receipt: ObjectionId,
}

#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RefuseObjectionBody {
    /// Required. 2 to 2,000 characters.
    #[serde(default)]
    pub reason: String,
}

#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ResolveObjectionBody {
    /// Required.
    pub outcome: Option<ObjectionOutcome>,
    /// Required: what the objector is told. 2 to 5,000 characters.
    #[serde(default)]
    pub answer: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ObjectionView {
    pub id: ObjectionId,
    pub notice_id: NoticeId,
    pub subject_kind: String,
    pub subject_id: String,
    /// The enterprise that it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject_name: Option<String>,
    pub notice_title: String,
    pub state: ObjectionState,
    /// `***` for everybody but the handling officer.
    pub objector_name: String,
    /// `***` for everybody but the handling officer.
    pub contact: String,
    pub content: String,
    pub evidence: String,
    pub filed_at: Stamp,
    /// The last day for the answer.
    pub due_on: NaiveDate,
    /// Not answered, and the last day for it has passed.
    pub overdue: bool,
    /// A user's id.
    pub handler: Option<String>,
    pub outcome: Option<ObjectionOutcome>,
    pub answer: Option<String>,
    pub closed_at: Option<Stamp>,
    pub version: i64,
    pub actions: Vec<ActionView>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ObjectionSummary {
    pub id: ObjectionId,
    pub notice_id: NoticeId,
    pub subject_kind: String,
    pub subject_id: String,
    /// The enterprise that it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject_name: Option<String>,
    pub notice_title: String,
    pub state: ObjectionState,
    pub filed_at: Stamp,
    pub due_on: NaiveDate,
    pub overdue: bool,
    /// A user's id.
    pub handler: Option<String>,
    pub version: i64,
}

#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListObjectionsParams {
    /// 1 to 200; 50 when left out.
    pub limit: Option<i64>,
    pub cursor: Option<String>,
    pub count: Option<bool>,
    #[param(inline)]
    pub state: Option<ObjectionState>,
    pub notice_id: Option<String>,
}
