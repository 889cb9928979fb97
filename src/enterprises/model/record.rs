use chrono::NaiveDate;
use diesel::prelude::*;

use super::{EnterpriseId, EnterpriseSource, EnterpriseStatus};
use crate::platform::types::Stamp;
use crate::schema::enterprises;

#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = enterprises)]
#[diesel(treat_none_as_null = true)]
pub struct Enterprise {
    pub id: EnterpriseId,
    pub credit_code: String,
    pub name: String,
    /// The name as it is searched; see `rules::search_name`.
    pub name_search: String,
    pub english_name: Option<String>,
    pub kind: Option<String>,
    pub registered_on: Option<NaiveDate>,
    /// In the smallest unit of `capital_currency`; absent when the register's text could not be read for certain.
    pub capital_fen: Option<i64>,
    pub capital_currency: Option<String>,
    pub capital_text: Option<String>,
    pub business_scope: Option<String>,
    pub province: Option<String>,
    pub city: Option<String>,
    pub address: Option<String>,
    pub registered_in_laoshan: bool,
    /// An officer's word on `registered_in_laoshan`; without one it follows from the address.
    pub laoshan_stated: Option<bool>,
    pub park: Option<String>,
    pub status: EnterpriseStatus,
    pub main_track: Option<String>,
    pub source: EnterpriseSource,
    pub created_at: Stamp,
    pub updated_at: Stamp,
    pub version: i64,
}

impl Enterprise {
    /// A record that says nothing yet but who it is about.
    pub fn new(
        id: EnterpriseId,
        credit_code: &str,
        name: String,
        name_search: String,
        source: EnterpriseSource,
        now: Stamp,
    ) -> Self {
        Self {
            id,
            credit_code: credit_code.to_owned(),
            name,
            name_search,
            english_name: None,
            kind: None,
            registered_on: None,
            capital_fen: None,
            capital_currency: None,
            capital_text: None,
            business_scope: None,
            province: None,
            city: None,
            address: None,
            registered_in_laoshan: false,
            laoshan_stated: None,
            park: None,
            status: EnterpriseStatus::Active,
            main_track: None,
            source,
            created_at: now,
            updated_at: now,
            version: 1,
        }
    }
}
