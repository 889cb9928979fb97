//! Queries, always within reach of the caller where a person asks.

pub mod assessments;
pub mod banks;
pub mod entries;
pub mod loans;
pub mod parties;
pub mod rates;
pub mod schemes;
pub mod talents;

use diesel::prelude::*;

use crate::platform::actor::UserId;
use crate::platform::conn::Conn;
use crate::platform::policy::Scope;
use crate::schema::{bank_users, enterprise_members};

type Backend = <Conn as diesel::Connection>::Backend;

/// How far the caller reaches.
pub enum Reach {
    All,
    /// The bank whose clerk they are.
    OwnBank(UserId),
    /// The enterprises they act for, once verified.
    OwnEnterprises(UserId),
    Both(UserId),
    Nothing,
}

impl Reach {
    pub fn of(scope: Scope, user: Option<&UserId>) -> Self {
        match (scope.all, user, scope.org, scope.own) {
            (true, ..) => Self::All,
            (_, Some(user), true, true) => Self::Both(user.clone()),
            (_, Some(user), true, false) => Self::OwnBank(user.clone()),
            (_, Some(user), false, true) => Self::OwnEnterprises(user.clone()),
            _ => Self::Nothing,
        }
    }
}

#[diesel::dsl::auto_type]
pub fn own_banks<'a>(user: &'a UserId) -> _ {
    let user: &'a str = user.as_str();
    bank_users::table.filter(bank_users::user_id.eq(user)).select(bank_users::bank_id)
}

/// Whoever merely claims an enterprise sees nothing of its money.
#[diesel::dsl::auto_type]
pub fn own_enterprises<'a>(user: &'a UserId) -> _ {
    let user: &'a str = user.as_str();
    enterprise_members::table
        .filter(enterprise_members::user_id.eq(user))
        .filter(enterprise_members::verified.eq(true))
        .filter(enterprise_members::ended_at.is_null())
        .select(enterprise_members::enterprise_id)
}
