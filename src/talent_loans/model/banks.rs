use chrono::NaiveDate;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::platform::actions::ActionView;
use crate::platform::actor::UserId;
use crate::platform::types::Stamp;
use crate::schema::{bank_users, banks};
use crate::{id_type, text_enum};

id_type!(BankId);

text_enum! {
    /// A suspended bank files no new loan; those on record go on.
    pub enum BankState {
        Filed = "filed",
        Suspended = "suspended",
    }
}

#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = banks, treat_none_as_null = true)]
pub struct Bank {
    pub id: BankId,
    pub name: String,
    /// 12 digits (支付系统行号).
    pub cnaps_code: String,
    pub contact: String,
    pub state: BankState,
    pub suspended_reason: Option<String>,
    pub filed_on: NaiveDate,
    pub created_by: String,
    pub created_at: Stamp,
    pub updated_at: Stamp,
    pub version: i64,
}

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = bank_users)]
pub struct BankUser {
    pub user_id: UserId,
    pub bank_id: BankId,
    pub set_by: String,
    pub set_at: Stamp,
}

#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateBankBody {
    pub name: String,
    /// 12 digits (支付系统行号); spaces are taken out.
    #[schema(example = "313452060150")]
    pub cnaps_code: String,
    /// Department, person or telephone to turn to.
    pub contact: String,
    /// Day of filing with the finance office; today when left out.
    pub filed_on: Option<NaiveDate>,
}

/// Merge patch.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct UpdateBankBody {
    pub name: Option<String>,
    pub cnaps_code: Option<String>,
    pub contact: Option<String>,
}

#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListBanksParams {
    /// 1 to 200; 50 when left out.
    pub limit: Option<i64>,
    pub cursor: Option<String>,
    pub count: Option<bool>,
    pub state: Option<BankState>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct BankSummary {
    pub id: BankId,
    pub name: String,
    pub cnaps_code: String,
    pub state: BankState,
    pub filed_on: NaiveDate,
}

impl From<Bank> for BankSummary {
    fn from(b: Bank) -> Self {
        Self { id: b.id, name: b.name, cnaps_code: b.cnaps_code, state: b.state, filed_on: b.filed_on }
    }
}

#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct BankView {
    #[serde(flatten)]
    pub summary: BankSummary,
    pub contact: String,
    pub suspended_reason: Option<String>,
    pub created_at: Stamp,
    pub updated_at: Stamp,
    pub version: i64,
    pub actions: Vec<ActionView>,
}

#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetBankUserBody {
    /// A person with the bank role; one who worked for another bank leaves it.
    pub user_id: UserId,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct BankUserView {
    pub user_id: UserId,
    pub name: String,
    pub email: String,
    pub set_at: Stamp,
}

#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct BankUsersView {
    pub items: Vec<BankUserView>,
}

/// Why somebody does what must not happen without a reason.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReasonBody {
    pub reason: String,
}
