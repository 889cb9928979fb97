//! What callers get.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Session, User};
use crate::enterprises::model::{EnterpriseId, MemberRole};
use crate::platform::actions::ActionView;
use crate::platform::actor::{SessionId, UserId, UserState};
use crate::platform::policy::Role;
use crate::platform::text::Lang;
use crate::platform::types::Stamp;

/// The same for every address, whether or not somebody holds it.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct AcceptedView {
    /// What to do next: `email_confirmation` or `password_reset_confirmation`, with the code that was mailed.
    pub next: String,
}

#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ConfirmedView {
    pub user_id: UserId,
    pub enterprise_id: EnterpriseId,
    /// `owner`: nobody acted for it yet, and the person does, unverified until an officer has seen licence and authorisation.
    /// `claim`: somebody acts for it already, and an officer decides.
    pub attachment: String,
}

#[derive(Serialize, Deserialize, ToSchema)]
pub struct SessionTokenView {
    pub access_token: String,
    /// `Bearer`
    pub token_type: String,
    /// Seconds the access token lives; the refresh token is in the cookie.
    pub expires_in: i64,
    /// Until the password is changed, only the account itself can be worked on.
    pub must_change_password: bool,
}

#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct SessionView {
    pub id: SessionId,
    /// The one that asks.
    pub current: bool,
    pub address: String,
    pub user_agent: String,
    pub created_at: Stamp,
    pub last_used_at: Stamp,
    pub expires_at: Stamp,
}

impl SessionView {
    pub fn of(session: Session, current: &SessionId) -> Self {
        Self {
            current: session.id == *current,
            id: session.id,
            address: session.address,
            user_agent: session.user_agent,
            created_at: session.created_at,
            last_used_at: session.last_used_at,
            expires_at: session.expires_at,
        }
    }
}

#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct MeView {
    pub id: UserId,
    pub email: String,
    pub name: String,
    pub mobile: Option<String>,
    pub lang: Lang,
    pub roles: Vec<Role>,
    pub enterprises: Vec<MyEnterpriseView>,
    /// Names of the actions the roles may ever do; whether a record allows one now is in its own `actions`.
    pub permitted_actions: Vec<String>,
    pub must_change_password: bool,
    pub password_due_at: Option<Stamp>,
    pub last_sign_in_at: Option<Stamp>,
    pub version: i64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MyEnterpriseView {
    pub id: EnterpriseId,
    pub name: String,
    pub role: MemberRole,
    /// An officer has seen licence and authorisation.
    pub verified: bool,
}

#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct UserView {
    pub id: UserId,
    pub email: String,
    pub name: String,
    pub state: UserState,
    pub roles: Vec<Role>,
    pub lang: Lang,
    pub locked_until: Option<Stamp>,
    pub created_at: Stamp,
    pub last_sign_in_at: Option<Stamp>,
    pub version: i64,
    pub actions: Vec<ActionView>,
}

#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct UserSummary {
    pub id: UserId,
    pub email: String,
    pub name: String,
    pub state: UserState,
    pub roles: Vec<Role>,
    pub created_at: Stamp,
    pub last_sign_in_at: Option<Stamp>,
}

impl UserSummary {
    pub fn of(user: User, roles: Vec<Role>) -> Self {
        Self {
            id: user.id,
            email: user.email,
            name: user.name,
            state: user.state,
            roles,
            created_at: user.created_at,
            last_sign_in_at: user.last_sign_in_at,
        }
    }
}
