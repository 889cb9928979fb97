use chrono::NaiveDate;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{Category, DocumentRef, FundSource, ItemId, PlanId};
use crate::enterprises::model::EnterpriseId;
use crate::platform::actions::ActionView;
use crate::platform::types::{Doc, Stamp};
use crate::schema::{support_deliveries, support_funding_flags};
use crate::{id_type, text_enum};

id_type!(DeliveryId, FlagId);

text_enum! {
    pub enum DeliveryKind {
        Money = "money",
        /// Square metres.
        Space = "space",
        /// Places, for example school places or flats.
        Talent = "talent",
        /// Customers, partners or investors brought together.
        Introduction = "introduction",
    }
}

text_enum! {
    /// Why two lines seem to pay for the same thing.
    pub enum FlagGround {
        Invoice = "invoice",
        Contract = "contract",
        /// The same cost item of the same enterprise in overlapping periods.
        CostItem = "cost_item",
    }
}

#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = support_deliveries)]
#[diesel(treat_none_as_null = true)]
pub struct Delivery {
    pub id: DeliveryId,
    pub enterprise_id: EnterpriseId,
    pub plan_id: Option<PlanId>,
    pub item_id: Option<ItemId>,
    pub budget_line: Option<String>,
    pub kind: DeliveryKind,
    pub category: Category,
    pub programme: String,
    pub source: FundSource,
    pub budget_year: i32,
    pub planned_fen: i64,
    pub approved_fen: i64,
    pub paid_fen: i64,
    pub quantity: i64,
    pub document: Doc<DocumentRef>,
    /// In capitals, without spaces; so are contract numbers.
    pub invoice: Option<String>,
    pub contract: Option<String>,
    pub cost_item: Option<String>,
    pub period_from: Option<NaiveDate>,
    pub period_to: Option<NaiveDate>,
    pub flagged: bool,
    pub recorded_by: String,
    pub recorded_at: Stamp,
    pub version: i64,
}

#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = support_funding_flags)]
#[diesel(treat_none_as_null = true)]
pub struct FundingFlag {
    pub id: FlagId,
    pub delivery_id: DeliveryId,
    pub other_id: DeliveryId,
    pub ground: FlagGround,
    pub raised_at: Stamp,
    pub cleared_by: Option<String>,
    pub cleared_at: Option<Stamp>,
    pub reason: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FlagView {
    pub id: FlagId,
    /// The other line.
    pub other_id: DeliveryId,
    pub ground: FlagGround,
    pub raised_at: Stamp,
    pub cleared_at: Option<Stamp>,
    /// Why it is no double funding.
    pub reason: Option<String>,
}

/// One line of the ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DeliveryView {
    pub id: DeliveryId,
    pub enterprise_id: EnterpriseId,
    pub enterprise_name: String,
    pub plan_id: Option<PlanId>,
    pub item_id: Option<ItemId>,
    /// The budget line of the plan that pays.
    pub budget_line: Option<String>,
    pub kind: DeliveryKind,
    pub category: Category,
    pub programme: String,
    pub source: FundSource,
    pub budget_year: i32,
    pub planned_fen: i64,
    pub approved_fen: i64,
    pub paid_fen: i64,
    /// Square metres, places or introductions; 0 for money.
    pub quantity: i64,
    pub document: DocumentRef,
    pub invoice: Option<String>,
    pub contract: Option<String>,
    pub cost_item: Option<String>,
    pub period_from: Option<NaiveDate>,
    pub period_to: Option<NaiveDate>,
    /// Some double funding is not cleared yet.
    pub flagged: bool,
    /// Not shown to the enterprise.
    pub flags: Vec<FlagView>,
    pub recorded_at: Stamp,
    pub version: i64,
    pub actions: Vec<ActionView>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DeliverySummary {
    pub id: DeliveryId,
    pub enterprise_id: EnterpriseId,
    pub enterprise_name: String,
    pub plan_id: Option<PlanId>,
    pub kind: DeliveryKind,
    pub category: Category,
    pub programme: String,
    pub source: FundSource,
    pub budget_year: i32,
    pub planned_fen: i64,
    pub approved_fen: i64,
    pub paid_fen: i64,
    pub quantity: i64,
    pub document: DocumentRef,
    pub flagged: bool,
    pub version: i64,
}

/// What was given of one kind from one source in one budget year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DeliveryTotal {
    pub budget_year: i32,
    pub source: FundSource,
    pub kind: DeliveryKind,
    pub lines: i64,
    pub planned_fen: i64,
    pub approved_fen: i64,
    pub paid_fen: i64,
    pub quantity: i64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DeliveryTotalsView {
    pub totals: Vec<DeliveryTotal>,
}

#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct RecordDeliveryBody {
    /// Required.
    pub enterprise_id: Option<EnterpriseId>,
    /// A plan of the enterprise.
    pub plan_id: Option<PlanId>,
    /// An item of the enterprise.
    pub item_id: Option<ItemId>,
    /// Of the plan: the money counts against it.
    pub budget_line: Option<String>,
    /// Required.
    pub kind: Option<DeliveryKind>,
    /// Required.
    pub category: Option<Category>,
    /// Required: the programme or policy it comes from. 2 to 200 characters.
    pub programme: String,
    /// Required.
    pub source: Option<FundSource>,
    /// Required.
    pub budget_year: Option<i64>,
    /// Required for money.
    pub planned_fen: i64,
    /// Up to what is planned.
    pub approved_fen: i64,
    /// Up to what is approved.
    pub paid_fen: i64,
    /// Required for anything but money.
    pub quantity: i64,
    /// Required.
    pub document: Option<DocumentRef>,
    pub invoice: Option<String>,
    pub contract: Option<String>,
    /// What the money is for, for example `rent` or a piece of equipment.
    pub cost_item: Option<String>,
    pub period_from: Option<NaiveDate>,
    pub period_to: Option<NaiveDate>,
}

/// What is left out stays.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct UpdateDeliveryBody {
    pub planned_fen: Option<i64>,
    pub approved_fen: Option<i64>,
    pub paid_fen: Option<i64>,
    pub document: Option<DocumentRef>,
    pub invoice: Option<String>,
    pub contract: Option<String>,
}

#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct ClearFlagBody {
    /// Required: why it is no double funding. Up to 2,000 characters.
    pub reason: String,
}

#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListDeliveriesParams {
    /// 1 to 200; 50 when left out.
    pub limit: Option<i64>,
    pub cursor: Option<String>,
    pub count: Option<bool>,
    pub enterprise_id: Option<String>,
    pub plan_id: Option<String>,
    pub budget_year: Option<i32>,
    #[param(inline)]
    pub source: Option<FundSource>,
    #[param(inline)]
    pub kind: Option<DeliveryKind>,
    pub flagged: Option<bool>,
}

#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct DeliveryTotalsParams {
    pub enterprise_id: Option<String>,
    pub plan_id: Option<String>,
    pub budget_year: Option<i32>,
}
