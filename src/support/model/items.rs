use chrono::NaiveDate;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{Category, DepartmentId, DocumentRef, PlanId, VisitId};
use crate::decisions::model::DecisionSummary;
use crate::enterprises::model::EnterpriseId;
use crate::platform::actions::ActionView;
use crate::platform::actor::UserId;
use crate::platform::text::Say;
use crate::platform::types::{Doc, Stamp};
use crate::schema::{support_escalations, support_item_entries, support_items};
use crate::{id_type, say, text_enum};

id_type!(ItemId, EntryId, EscalationId);

text_enum! {
    pub enum ItemState {
        Raised = "raised",
        Accepted = "accepted",
        Assigned = "assigned",
        InProgress = "in_progress",
        /// The unit says it is done; the enterprise has not closed it yet.
        PendingConfirm = "pending_confirm",
        Closed = "closed",
        /// Not the unit's remit: the office looks for another.
        Returned = "returned",
        /// Waits for a higher level; no deadline runs.
        Suspended = "suspended",
        /// The enterprise is not satisfied, or it happened again.
        Reopened = "reopened",
        /// Cannot be done; the legal basis was explained.
        Explained = "explained",
    }
}

impl ItemState {
    pub fn is_open(self) -> bool {
        !matches!(self, ItemState::Closed | ItemState::Explained)
    }

    /// The name people read.
    pub fn label(self) -> Say {
        match self {
            ItemState::Raised => say!("提出", "raised"),
            ItemState::Accepted => say!("受理", "accepted"),
            ItemState::Assigned => say!("交办", "assigned"),
            ItemState::InProgress => say!("办理中", "in progress"),
            ItemState::PendingConfirm => say!("待企业确认", "waiting for the enterprise's word"),
            ItemState::Closed => say!("销号", "closed"),
            ItemState::Returned => say!("退回", "returned by the unit"),
            ItemState::Suspended => say!("挂起", "suspended"),
            ItemState::Reopened => say!("重办", "reopened"),
            ItemState::Explained => say!("解释说明", "explained"),
        }
    }
}

text_enum! {
    pub enum ItemKind {
        Problem = "problem",
        Need = "need",
        Measure = "measure",
    }
}

text_enum! {
    /// Where an item came from.
    pub enum ItemSource {
        Enterprise = "enterprise",
        Officer = "officer",
        Visit = "visit",
        /// A measure of a confirmed plan.
        Plan = "plan",
        /// A bad rating of another item.
        Rating = "rating",
    }
}

text_enum! {
    /// The four lists (四张清单), each a view of the one set of items.
    pub enum ItemList {
        Problems = "problems",
        Needs = "needs",
        /// What is done: the measures of plans, and whatever a unit has answered with a deadline.
        Measures = "measures",
        /// Who is responsible: everything that has a unit.
        Responsibilities = "responsibilities",
    }
}

text_enum! {
    pub enum Escalation {
        None = "none",
        /// Past its deadline.
        Yellow = "yellow",
        /// More than ten working days past it: shown to the approver.
        Red = "red",
    }
}

text_enum! {
    pub enum ItemStep {
        Raise = "raise",
        Accept = "accept",
        Assign = "assign",
        Answer = "answer",
        Return = "return",
        Progress = "progress",
        Suspend = "suspend",
        Resume = "resume",
        Extend = "extend",
        Complete = "complete",
        Confirm = "confirm",
        Reject = "reject",
        Close = "close",
        Explain = "explain",
        Reopen = "reopen",
    }
}

/// No deadline runs.
pub fn no_deadline() -> NaiveDate {
    NaiveDate::from_ymd_opt(9999, 12, 31).expect("a date of the calendar")
}

#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = support_items)]
#[diesel(treat_none_as_null = true)]
pub struct Item {
    pub id: ItemId,
    pub enterprise_id: EnterpriseId,
    pub plan_id: Option<PlanId>,
    pub measure: Option<String>,
    pub visit_id: Option<VisitId>,
    pub refers_to: Option<ItemId>,
    pub kind: ItemKind,
    pub source: ItemSource,
    pub category: Category,
    pub title: String,
    pub description: String,
    pub state: ItemState,
    pub open: bool,
    pub department_id: Option<DepartmentId>,
    pub officer_id: Option<UserId>,
    pub raised_by: String,
    pub raised_at: Stamp,
    pub assigned_at: Option<Stamp>,
    pub answered_at: Option<Stamp>,
    pub due_on: Option<NaiveDate>,
    pub deadline_on: NaiveDate,
    pub escalation: Escalation,
    pub extended: bool,
    pub suspended_on: Option<NaiveDate>,
    /// The state it goes back to.
    pub suspended_from: Option<ItemState>,
    pub evidence_count: i32,
    pub completed_at: Option<Stamp>,
    pub on_time: Option<bool>,
    pub confirmed_at: Option<Stamp>,
    pub rating: Option<i32>,
    pub closed_at: Option<Stamp>,
    pub version: i64,
}

impl Item {
    pub fn running_deadline(&self) -> Option<NaiveDate> {
        Some(self.deadline_on).filter(|day| *day != no_deadline())
    }
}

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = support_item_entries)]
pub struct Entry {
    pub id: EntryId,
    pub item_id: ItemId,
    pub step: ItemStep,
    pub user_id: Option<UserId>,
    pub at: Stamp,
    pub note: String,
    pub documents: Doc<Vec<DocumentRef>>,
}

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = support_escalations)]
pub struct EscalationRow {
    pub id: EscalationId,
    pub item_id: ItemId,
    pub level: Escalation,
    pub department_id: Option<DepartmentId>,
    pub deadline_on: NaiveDate,
    pub at: Stamp,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct EntryView {
    pub step: ItemStep,
    pub at: Stamp,
    /// The person's name; the office's and units' people are not named to the enterprise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    pub note: String,
    pub documents: Vec<DocumentRef>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct EscalationView {
    pub level: Escalation,
    /// The deadline that had passed.
    pub deadline_on: NaiveDate,
    pub at: Stamp,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ItemView {
    pub id: ItemId,
    pub enterprise_id: EnterpriseId,
    pub enterprise_name: String,
    pub plan_id: Option<PlanId>,
    /// The measure of the plan that it carries out.
    pub measure: Option<String>,
    pub visit_id: Option<VisitId>,
    /// The item whose bad rating this one follows up.
    pub refers_to: Option<ItemId>,
    pub kind: ItemKind,
    pub source: ItemSource,
    pub category: Category,
    pub title: String,
    pub description: String,
    pub state: ItemState,
    pub department_id: Option<DepartmentId>,
    pub department_name: Option<String>,
    pub raised_at: Stamp,
    pub assigned_at: Option<Stamp>,
    pub answered_at: Option<Stamp>,
    /// What the unit promised.
    pub due_on: Option<NaiveDate>,
    /// The deadline that runs now: for the unit's answer, or for the work.
    pub deadline_on: Option<NaiveDate>,
    pub escalation: Escalation,
    /// The one extension has been used.
    pub extended: bool,
    pub completed_at: Option<Stamp>,
    pub on_time: Option<bool>,
    pub confirmed_at: Option<Stamp>,
    /// 1 (very dissatisfied) to 5 (very satisfied).
    pub rating: Option<i32>,
    pub closed_at: Option<Stamp>,
    /// Oldest first.
    pub entries: Vec<EntryView>,
    /// Oldest first.
    pub escalations: Vec<EscalationView>,
    /// Extensions asked for, newest first; not shown to the enterprise.
    pub decisions: Vec<DecisionSummary>,
    pub version: i64,
    pub actions: Vec<ActionView>,
}

/// A row of the board and of the four lists.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ItemSummary {
    pub id: ItemId,
    pub enterprise_id: EnterpriseId,
    pub enterprise_name: String,
    pub plan_id: Option<PlanId>,
    pub kind: ItemKind,
    pub source: ItemSource,
    pub category: Category,
    pub title: String,
    pub state: ItemState,
    pub department_id: Option<DepartmentId>,
    pub department_name: Option<String>,
    /// What the unit promised.
    pub due_on: Option<NaiveDate>,
    /// The deadline that runs now.
    pub deadline_on: Option<NaiveDate>,
    pub escalation: Escalation,
    pub rating: Option<i32>,
    pub raised_at: Stamp,
    pub version: i64,
}

#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct RaiseItemBody {
    /// Required.
    pub enterprise_id: Option<EnterpriseId>,
    /// Required: problem or need; measures come from confirmed plans.
    pub kind: Option<ItemKind>,
    /// Required.
    pub category: Option<Category>,
    /// Required. 2 to 200 characters.
    pub title: String,
    /// Up to 4,000 characters.
    pub description: String,
    /// A confirmed plan of the enterprise that the item belongs to.
    pub plan_id: Option<PlanId>,
}

#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct AssignItemBody {
    /// Required: a unit that is open.
    pub department_id: Option<DepartmentId>,
    pub note: String,
}

/// The unit takes it on.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct AnswerItemBody {
    /// Required: what will be done. Up to 2,000 characters.
    pub note: String,
    /// Required: until when.
    pub due_on: Option<NaiveDate>,
}

/// For every step that must say something.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct ItemNoteBody {
    /// Required. Up to 2,000 characters.
    pub note: String,
}

#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct ItemProgressBody {
    /// Required. Up to 2,000 characters.
    pub note: String,
    /// Evidence.
    pub documents: Vec<DocumentRef>,
}

#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct ExtendItemBody {
    /// Required: later than the date promised.
    pub due_on: Option<NaiveDate>,
    /// Required. Up to 2,000 characters.
    pub reason: String,
}

#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct RateItemBody {
    /// Required: 1 (very dissatisfied) to 5 (very satisfied).
    pub rating: Option<i64>,
    pub note: String,
}

#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct ExplainItemBody {
    /// Required: why it cannot be done. Up to 2,000 characters.
    pub note: String,
    /// Required: law, article or document.
    pub legal_basis: String,
}

text_enum! {
    pub enum BoardSort {
        /// What is due first comes first.
        Deadline = "deadline",
        /// By unit, then state, then deadline.
        Unit = "unit",
    }
}

#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListItemsParams {
    /// 1 to 200; 50 when left out.
    pub limit: Option<i64>,
    pub cursor: Option<String>,
    pub count: Option<bool>,
    /// One of the four lists; all items when left out.
    #[param(inline)]
    pub list: Option<ItemList>,
    /// False: those that have ended. True when left out, unless a state is asked for.
    pub open: Option<bool>,
    #[param(inline)]
    pub state: Option<ItemState>,
    #[param(inline)]
    pub escalation: Option<Escalation>,
    pub department_id: Option<String>,
    pub enterprise_id: Option<String>,
    pub plan_id: Option<String>,
    #[param(inline)]
    pub sort: Option<BoardSort>,
}
