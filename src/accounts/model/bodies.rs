//! What callers send.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::platform::actor::UserState;
use crate::platform::patch;
use crate::platform::policy::Role;
use crate::platform::text::Lang;

#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RegisterBody {
    /// Unified social credit code (GB 32100) of the enterprise the person acts for.
    pub credit_code: String,
    /// Name of the enterprise; counts only while the code is not on record.
    pub enterprise_name: String,
    /// Of the person.
    pub name: String,
    /// Mainland China, 11 digits; `+86`, spaces and hyphens are taken.
    pub mobile: String,
    pub email: String,
    pub password: String,
    /// Which privacy notice the person was shown.
    pub notice_version: String,
    /// Must be true.
    pub consent: bool,
    /// Of mails to the person; the request's language when left out.
    pub lang: Option<Lang>,
}

#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConfirmEmailBody {
    pub email: String,
    /// From the mail.
    pub code: String,
}

#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenSessionBody {
    pub email: String,
    pub password: String,
}

#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AskPasswordResetBody {
    pub email: String,
}

#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ResetPasswordBody {
    pub email: String,
    /// From the mail, of a reset or an invitation.
    pub code: String,
    pub password: String,
}

#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangePasswordBody {
    pub current: String,
    pub new: String,
}

#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UpdateMeBody {
    pub name: Option<String>,
    #[serde(default, deserialize_with = "patch::field")]
    #[schema(value_type = Option<String>)]
    pub mobile: Option<Option<String>>,
    pub lang: Option<Lang>,
}

#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct InviteUserBody {
    pub email: String,
    pub name: String,
    /// Of mails to the person; the request's language when left out.
    pub lang: Option<Lang>,
}

#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SuspendUserBody {
    pub reason: String,
}

#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetRolesBody {
    /// All roles the person holds from now on.
    pub roles: Vec<Role>,
}

#[derive(Debug, Clone, Default, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListSessionsParams {
    /// 1 to 200; 50 when left out.
    pub limit: Option<i64>,
    pub cursor: Option<String>,
    pub count: Option<bool>,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListUsersParams {
    /// 1 to 200; 50 when left out.
    pub limit: Option<i64>,
    pub cursor: Option<String>,
    pub count: Option<bool>,
    pub state: Option<UserState>,
    pub role: Option<Role>,
    /// The whole address.
    pub email: Option<String>,
}
