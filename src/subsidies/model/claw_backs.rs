use chrono::NaiveDate;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::SubsidyClaimId;
use crate::platform::actions::ActionView;
use crate::platform::trail::Subject;
use crate::platform::types::Stamp;
use crate::schema::{subsidy_claw_backs, subsidy_repayments};
use crate::{id_type, text_enum};

id_type!(ClawBackId, RepaymentId);

text_enum! {
    /// Why money is asked back.
    pub enum ClawBackCause {
        FalseMaterial = "false_material",
        MovedOut = "moved_out",
        /// The same interest was subsidised by other fiscal money.
        DoubleFunding = "double_funding",
        PaidByMistake = "paid_by_mistake",
    }
}

text_enum! {
    pub enum ClawBackExtent {
        Full = "full",
        /// By the days that were left of the years to stay.
        ProRata = "pro_rata",
    }
}

text_enum! {
    pub enum ClawBackState {
        /// A decision is pending.
        Proposed = "proposed",
        Demanded = "demanded",
        Settled = "settled",
        /// The decision came to nothing.
        Dropped = "dropped",
    }
}

#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = subsidy_claw_backs, treat_none_as_null = true)]
pub struct ClawBack {
    pub id: ClawBackId,
    pub claim_id: SubsidyClaimId,
    pub cause: ClawBackCause,
    pub extent: ClawBackExtent,
    /// The day it happened.
    pub since: NaiveDate,
    pub amount_fen: i64,
    pub received_fen: i64,
    pub state: ClawBackState,
    pub reason: String,
    pub prepared_by: String,
    pub demanded_on: Option<NaiveDate>,
    pub created_at: Stamp,
    pub updated_at: Stamp,
    pub version: i64,
}

impl ClawBack {
    pub fn subject(&self) -> Subject {
        Subject::new("subsidy_claw_back", &self.id)
    }
}

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = subsidy_repayments)]
pub struct Repayment {
    pub id: RepaymentId,
    pub claw_back_id: ClawBackId,
    pub amount_fen: i64,
    pub voucher_no: String,
    pub received_on: NaiveDate,
    pub recorded_by: String,
    pub at: Stamp,
}

/// Prepares a demand; it is made when somebody else approves the decision that goes with it.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct ClawBackBody {
    /// Required.
    pub cause: Option<ClawBackCause>,
    /// Required.
    pub extent: Option<ClawBackExtent>,
    /// Required: the day it happened.
    pub since: Option<NaiveDate>,
    /// Required.
    pub reason: String,
}

#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct RecordRepaymentBody {
    /// At most what is still owed.
    #[schema(minimum = 1)]
    pub amount_fen: i64,
    /// One number is booked once.
    pub voucher_no: String,
    /// Today when left out.
    pub received_on: Option<NaiveDate>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RepaymentView {
    pub id: RepaymentId,
    pub amount_fen: i64,
    pub voucher_no: String,
    pub received_on: NaiveDate,
}

impl From<Repayment> for RepaymentView {
    fn from(r: Repayment) -> Self {
        Self { id: r.id, amount_fen: r.amount_fen, voucher_no: r.voucher_no, received_on: r.received_on }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ClawBackView {
    pub id: ClawBackId,
    pub claim_id: SubsidyClaimId,
    pub cause: ClawBackCause,
    pub extent: ClawBackExtent,
    pub since: NaiveDate,
    pub amount_fen: i64,
    pub received_fen: i64,
    pub state: ClawBackState,
    pub reason: String,
    pub demanded_on: Option<NaiveDate>,
    pub repayments: Vec<RepaymentView>,
    pub version: i64,
    pub actions: Vec<ActionView>,
}

#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ClawBacksView {
    /// Newest first.
    pub items: Vec<ClawBackView>,
}
