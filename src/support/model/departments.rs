use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::id_type;
use crate::platform::actions::ActionView;
use crate::platform::actor::UserId;
use crate::platform::types::Stamp;
use crate::schema::departments;

id_type!(DepartmentId);

/// A responsible unit.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = departments)]
#[diesel(treat_none_as_null = true)]
pub struct Department {
    pub id: DepartmentId,
    pub code: String,
    pub name: String,
    /// A closed unit gets nothing new.
    pub open: bool,
    pub created_at: Stamp,
    pub closed_at: Option<Stamp>,
    pub version: i64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DepartmentView {
    pub id: DepartmentId,
    pub code: String,
    pub name: String,
    /// A closed unit gets nothing new.
    pub open: bool,
    pub created_at: Stamp,
    pub closed_at: Option<Stamp>,
    pub version: i64,
    pub actions: Vec<ActionView>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DepartmentMemberView {
    pub id: UserId,
    pub name: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DepartmentMembersView {
    pub department_id: DepartmentId,
    pub members: Vec<DepartmentMemberView>,
}

#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct CreateDepartmentBody {
    /// Required: lower-case letters, digits and hyphens, up to 20.
    pub code: String,
    /// Required. 2 to 60 characters.
    pub name: String,
}

/// What is left out stays.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct UpdateDepartmentBody {
    pub name: Option<String>,
    /// False closes the unit: nothing new is given to it.
    pub open: Option<bool>,
}

#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct SetDepartmentMembersBody {
    /// All who act for the unit from now on; each holds the role `department`.
    pub members: Vec<UserId>,
}

#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListDepartmentsParams {
    /// 1 to 200; 50 when left out.
    pub limit: Option<i64>,
    pub cursor: Option<String>,
    pub count: Option<bool>,
    pub open: Option<bool>,
}
