use chrono::NaiveDate;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::platform::actions::ActionView;
use crate::platform::types::{Doc, Stamp};
use crate::schema::loan_schemes;
use crate::talent_loans::scheme::Scheme;
use crate::{id_type, text_enum};

id_type!(LoanSchemeId);

text_enum! {
    pub enum SchemeState {
        Draft = "draft",
        Published = "published",
    }
}

text_enum! {
    /// A level of government that puts money into the pool and bears a share of what is paid.
    pub enum FiscalLevel {
        Province = "province",
        City = "city",
        District = "district",
    }
}

#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = loan_schemes, treat_none_as_null = true)]
pub struct LoanScheme {
    pub id: LoanSchemeId,
    pub code: String,
    pub revision: i32,
    pub name_zh: String,
    pub name_en: String,
    pub state: SchemeState,
    pub effective_from: NaiveDate,
    pub effective_to: Option<NaiveDate>,
    pub document: Doc<Scheme>,
    pub created_by: String,
    pub created_at: Stamp,
    pub published_by: Option<String>,
    pub published_at: Option<Stamp>,
    pub version: i64,
}

/// A scheme as people write it.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WriteLoanSchemeBody {
    /// The TOML text of the document.
    pub toml: String,
}

#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListLoanSchemesParams {
    /// 1 to 200; 50 when left out.
    pub limit: Option<i64>,
    pub cursor: Option<String>,
    pub count: Option<bool>,
    pub state: Option<SchemeState>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LoanSchemeSummary {
    pub id: LoanSchemeId,
    pub code: String,
    /// 1, 2, 3.. of the same code.
    pub revision: i32,
    pub name_zh: String,
    pub name_en: String,
    pub state: SchemeState,
    pub effective_from: NaiveDate,
    /// Last day.
    pub effective_to: Option<NaiveDate>,
}

impl From<LoanScheme> for LoanSchemeSummary {
    fn from(s: LoanScheme) -> Self {
        Self {
            id: s.id,
            code: s.code,
            revision: s.revision,
            name_zh: s.name_zh,
            name_en: s.name_en,
            state: s.state,
            effective_from: s.effective_from,
            effective_to: s.effective_to,
        }
    }
}

#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct LoanSchemeView {
    #[serde(flatten)]
    pub summary: LoanSchemeSummary,
    pub document: Scheme,
    pub created_at: Stamp,
    pub published_at: Option<Stamp>,
    pub version: i64,
    pub actions: Vec<ActionView>,
}
