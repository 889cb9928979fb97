//! Rows, bodies and views, one file per noun.

mod content;
mod deliveries;
mod departments;
mod figures;
mod items;
mod plans;
mod visits;

pub use content::{
    BudgetLine, Category, DocumentRef, FundSource, Goal, LineOrigin, LineOriginKind, Measure, PlanContent,
};
pub use deliveries::{
    ClearFlagBody, Delivery, DeliveryId, DeliveryKind, DeliverySummary, DeliveryTotal, DeliveryTotalsParams,
    DeliveryTotalsView, DeliveryView, FlagGround, FlagId, FlagView, FundingFlag, ListDeliveriesParams,
    RecordDeliveryBody, UpdateDeliveryBody,
};
pub use departments::{
    CreateDepartmentBody, Department, DepartmentId, DepartmentMemberView, DepartmentMembersView, DepartmentView,
    ListDepartmentsParams, SetDepartmentMembersBody, UpdateDepartmentBody,
};
pub use figures::{
    EffectFigure, EffectRow, EffectsParams, EffectsView, ProposalView, ProposedMeasure, ServiceBy,
    ServiceFiguresParams, ServiceFiguresView, ServiceRow,
};
pub use items::{
    AnswerItemBody, AssignItemBody, BoardSort, Entry, EntryId, EntryView, Escalation, EscalationId, EscalationRow,
    EscalationView, ExplainItemBody, ExtendItemBody, Item, ItemId, ItemKind, ItemList, ItemNoteBody, ItemProgressBody,
    ItemSource, ItemState, ItemStep, ItemSummary, ItemView, ListItemsParams, RaiseItemBody, RateItemBody, no_deadline,
};
pub use plans::{
    AnswerChangeBody, CreatePlanBody, DiffLine, EvaluatePlanBody, Evaluation, GoalResult, ListPlansParams, MidReview,
    MidReviewBody, Plan, PlanId, PlanReasonBody, PlanState, PlanSummary, PlanView, RequestChangeBody, Revision,
    RevisionId, RevisionState, RevisionView, Side, SignatureView, UpdatePlanBody,
};
pub use visits::{
    ListVisitsParams, OverdueVisit, OverdueVisitsParams, RecordVisitBody, Visit, VisitId, VisitItemBody, VisitSummary,
    VisitView, VisitWay,
};
