use chrono::NaiveDate;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::platform::types::Stamp;
use crate::schema::lpr_rates;
use crate::text_enum;

text_enum! {
    /// The loan prime rate is published for one year, and for five years and more.
    pub enum LprTenor {
        OneYear = "1y",
        FiveYears = "5y",
    }
}

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = lpr_rates)]
pub struct LprRate {
    pub published_on: NaiveDate,
    pub tenor: LprTenor,
    pub rate_ppm: i64,
    pub imported_by: String,
    pub imported_at: Stamp,
}

#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListLprRatesParams {
    /// 1 to 200; 50 when left out.
    pub limit: Option<i64>,
    pub cursor: Option<String>,
    pub count: Option<bool>,
    pub tenor: Option<LprTenor>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LprRateView {
    /// In force from this day until the next publication.
    pub published_on: NaiveDate,
    pub tenor: LprTenor,
    pub rate_ppm: i64,
}

impl From<LprRate> for LprRateView {
    fn from(r: LprRate) -> Self {
        Self { published_on: r.published_on, tenor: r.tenor, rate_ppm: r.rate_ppm }
    }
}
