//! Rows. What callers send and get is in `bodies` and `views`.

pub mod bodies;
pub mod views;

use diesel::prelude::*;

use crate::platform::actor::{SessionId, UserId, UserState};
use crate::platform::policy::Role;
use crate::platform::text::Lang;
use crate::platform::types::Stamp;
use crate::schema::{
    account_codes, consents, password_history, pending_registrations, refresh_tokens, role_grants, sessions, users,
};
use crate::{id_type, text_enum};

id_type!(ConsentId, CodeId, PasswordId);

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = users)]
pub struct User {
    pub id: UserId,
    /// In lower case.
    pub email: String,
    pub name: String,
    /// Eleven digits (mainland China).
    pub mobile: Option<String>,
    pub state: UserState,
    /// Absent until an invited person chose a password.
    pub password_hash: Option<String>,
    pub password_set_at: Option<Stamp>,
    /// From then on only the account itself can be worked on.
    pub password_due_at: Option<Stamp>,
    /// In a row, since the last good one or the last lock.
    pub failed_sign_ins: i32,
    pub locked_until: Option<Stamp>,
    pub lang: Lang,
    pub created_at: Stamp,
    pub last_sign_in_at: Option<Stamp>,
    /// Counts what people edit; sign-ins leave it alone.
    pub version: i64,
}

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = role_grants)]
pub struct RoleGrant {
    pub user_id: UserId,
    pub role: Role,
    /// A user's id, or `system:` and the name of a job.
    pub granted_by: String,
    pub granted_at: Stamp,
}

#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = consents)]
pub struct Consent {
    pub id: ConsentId,
    pub user_id: UserId,
    pub notice_version: String,
    pub given_at: Stamp,
}

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = pending_registrations)]
pub struct PendingRegistration {
    pub user_id: UserId,
    pub credit_code: String,
    pub enterprise_name: String,
    pub created_at: Stamp,
}

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = password_history)]
pub struct UsedPassword {
    pub id: PasswordId,
    pub user_id: UserId,
    pub password_hash: String,
    pub created_at: Stamp,
}

text_enum! {
    pub enum CodePurpose {
        ConfirmEmail = "confirm_email",
        ResetPassword = "reset_password",
        AcceptInvitation = "accept_invitation",
    }
}

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = account_codes)]
pub struct AccountCode {
    pub id: CodeId,
    pub user_id: UserId,
    pub purpose: CodePurpose,
    /// Keyed: eight digits would be found at once behind a plain hash.
    pub code_hash: String,
    /// Wrong guesses at this code.
    pub attempts: i32,
    pub created_at: Stamp,
    pub expires_at: Stamp,
    /// Redeemed, or replaced by a newer code.
    pub used_at: Option<Stamp>,
}

text_enum! {
    pub enum EndReason {
        SignedOut = "signed_out",
        /// An administrator has one session at a time.
        Replaced = "replaced",
        PasswordChanged = "password_changed",
        Suspended = "suspended",
        /// By an administrator, for example because a device was lost.
        Closed = "closed",
        /// A refresh token came back that had been replaced: somebody holds a copy.
        TokenReused = "token_reused",
    }
}

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = sessions)]
pub struct Session {
    pub id: SessionId,
    pub user_id: UserId,
    pub address: String,
    pub user_agent: String,
    pub created_at: Stamp,
    pub last_used_at: Stamp,
    /// Moves on with every refresh.
    pub expires_at: Stamp,
    pub ended_at: Option<Stamp>,
    pub end_reason: Option<EndReason>,
}

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = refresh_tokens)]
pub struct RefreshToken {
    /// SHA-256 of a token of 256 random bits.
    pub token_hash: String,
    pub session_id: SessionId,
    pub created_at: Stamp,
    /// When its successor was handed out.
    pub used_at: Option<Stamp>,
}
