use chrono::NaiveDate;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::enterprises::model::EnterpriseId;
use crate::platform::actions::ActionView;
use crate::platform::types::Stamp;
use crate::schema::{talent_employments, talents};
use crate::{id_type, text_enum};

id_type!(TalentId, EmploymentId);

text_enum! {
    /// Grade of the Qingdao catalogue of high-level talents, or the district's own list.
    pub enum QualifyingGrade {
        A = "A",
        B = "B",
        C = "C",
        D = "D",
        District = "district",
    }
}

text_enum! {
    pub enum IdDocument {
        /// 居民身份证 (GB 11643); also the residence permits of Hong Kong, Macao and Taiwan residents, which are numbered alike.
        ResidentId = "resident_id",
        /// 外国人永久居留身份证, 18 digits beginning with 9 or the older 3 letters and 12 digits.
        ForeignPermanentResident = "foreign_permanent_resident",
        /// 港澳居民来往内地通行证, 台湾居民来往大陆通行证.
        HkMacaoTaiwanPermit = "hk_macao_taiwan_permit",
        Passport = "passport",
    }
}

text_enum! {
    /// What shows that a person works for an enterprise in the long term.
    pub enum EmploymentLink {
        LabourContract = "labour_contract",
        SocialInsurance = "social_insurance",
        Founder = "founder",
    }
}

#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = talents)]
pub struct Talent {
    pub id: TalentId,
    pub name: String,
    pub grade: QualifyingGrade,
    pub programme: String,
    /// Last day of the qualification.
    pub valid_to: NaiveDate,
    pub id_document: IdDocument,
    pub id_sealed: String,
    pub id_index: String,
    pub id_masked: String,
    pub created_by: String,
    pub created_at: Stamp,
    pub updated_at: Stamp,
    pub version: i64,
}

#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = talent_employments, treat_none_as_null = true)]
pub struct Employment {
    pub id: EmploymentId,
    pub talent_id: TalentId,
    pub enterprise_id: EnterpriseId,
    pub link: EmploymentLink,
    pub since: NaiveDate,
    /// Last day.
    pub until: Option<NaiveDate>,
    pub evidence: String,
    pub created_by: String,
    pub created_at: Stamp,
    pub version: i64,
}

#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateTalentBody {
    pub name: String,
    pub grade: QualifyingGrade,
    /// The talent programme the person was selected by.
    pub programme: String,
    /// Last day of the qualification.
    pub valid_to: NaiveDate,
    /// `resident_id` when left out.
    pub id_document: Option<IdDocument>,
    /// Kept sealed; shown masked, and whole only to who gives a reason.
    pub id_number: String,
}

/// Merge patch.
#[derive(Clone, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct UpdateTalentBody {
    pub name: Option<String>,
    pub grade: Option<QualifyingGrade>,
    pub programme: Option<String>,
    pub valid_to: Option<NaiveDate>,
    pub id_document: Option<IdDocument>,
    pub id_number: Option<String>,
}

#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListTalentsParams {
    /// 1 to 200; 50 when left out.
    pub limit: Option<i64>,
    pub cursor: Option<String>,
    pub count: Option<bool>,
    pub grade: Option<QualifyingGrade>,
    /// The whole name.
    pub name: Option<String>,
    /// Those ever linked to this enterprise.
    pub enterprise_id: Option<EnterpriseId>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TalentSummary {
    pub id: TalentId,
    pub name: String,
    pub grade: QualifyingGrade,
    pub programme: String,
    pub valid_to: NaiveDate,
    pub id_document: IdDocument,
    /// `3702**********001X`
    pub id_number_masked: String,
}

impl From<Talent> for TalentSummary {
    fn from(t: Talent) -> Self {
        Self {
            id: t.id,
            name: t.name,
            grade: t.grade,
            programme: t.programme,
            valid_to: t.valid_to,
            id_document: t.id_document,
            id_number_masked: t.id_masked,
        }
    }
}

#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct TalentView {
    #[serde(flatten)]
    pub summary: TalentSummary,
    /// The caller sees those at enterprises within their reach.
    pub employments: Vec<EmploymentView>,
    pub created_at: Stamp,
    pub updated_at: Stamp,
    pub version: i64,
    pub actions: Vec<ActionView>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct EmploymentView {
    pub id: EmploymentId,
    pub enterprise_id: EnterpriseId,
    pub enterprise_name: String,
    pub link: EmploymentLink,
    pub since: NaiveDate,
    /// Last day; absent while it lasts.
    pub until: Option<NaiveDate>,
    pub evidence: String,
    pub version: i64,
}

impl From<(Employment, String)> for EmploymentView {
    fn from((e, enterprise_name): (Employment, String)) -> Self {
        Self {
            id: e.id,
            enterprise_id: e.enterprise_id,
            enterprise_name,
            link: e.link,
            since: e.since,
            until: e.until,
            evidence: e.evidence,
            version: e.version,
        }
    }
}

#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateEmploymentBody {
    pub enterprise_id: EnterpriseId,
    pub link: EmploymentLink,
    pub since: NaiveDate,
    /// Last day; left out while it lasts.
    pub until: Option<NaiveDate>,
    /// What was seen: contract number, months of social insurance, share held.
    pub evidence: String,
}

#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EndEmploymentBody {
    /// Last day.
    pub until: NaiveDate,
    pub reason: String,
}

/// The one answer that carries the whole number.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct IdNumberView {
    pub id_document: IdDocument,
    pub id_number: String,
}
