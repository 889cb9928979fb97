use chrono::NaiveDate;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

use super::notices::{Mailing, Notice};
use crate::enterprises::model::EnterpriseId;
use crate::platform::actions::ActionView;
use crate::platform::actor::UserId;
use crate::platform::text::{Lang, Say};
use crate::platform::types::{Doc, Stamp};
use crate::schema::{message_preferences, messages};
use crate::{id_type, text_enum};

id_type!(MessageId);

text_enum! {
    /// How far the mail of a message is.
    pub enum MailStep {
        /// To be mailed at once.
        Now = "now",
        /// Waits for the next digest.
        Digest = "digest",
        /// Handed to the outbox, or never to be mailed.
        Done = "done",
    }
}

/// What a letter of a notice speaks about besides the person it is written to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// Empty where the reader must not know it.
    pub enterprise: String,
    /// What it is about: the round, the item, the proposal.
    pub title: Say,
    pub reason: String,
    pub state: String,
    /// Days until a deadline, or since it.
    pub days: i64,
    /// Where in the console it is shown.
    pub path: String,
}

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = messages)]
pub struct Message {
    pub id: MessageId,
    pub user_id: UserId,
    pub notice: Notice,
    pub subject_kind: String,
    pub subject_id: String,
    /// Whose case it is.
    pub enterprise_id: Option<EnterpriseId>,
    /// Told as somebody who acts for that enterprise.
    pub own: bool,
    pub content: Doc<Content>,
    pub due_on: Option<NaiveDate>,
    pub mailing: MailStep,
    /// What makes a reminder the same as one given before.
    pub occasion: Option<String>,
    pub created_at: Stamp,
    pub read_at: Option<Stamp>,
}

/// Somebody to be told.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Recipient {
    pub id: UserId,
    pub email: String,
    pub name: String,
    pub lang: Lang,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MessageSummary {
    pub id: MessageId,
    #[schema(value_type = String)]
    pub notice: Notice,
    /// In the caller's language.
    pub title: String,
    pub subject_kind: String,
    pub subject_id: String,
    /// Where in the console it is shown.
    pub path: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due_on: Option<NaiveDate>,
    pub created_at: Stamp,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub read_at: Option<Stamp>,
}

#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct MessageView {
    #[serde(flatten)]
    pub message: MessageSummary,
    /// In the caller's language.
    pub text: String,
    pub actions: Vec<ActionView>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct UnreadView {
    pub unread: i64,
}

#[derive(Debug, Clone, Default, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListMessagesParams {
    /// 1 to 200; 50 when left out.
    pub limit: Option<i64>,
    pub cursor: Option<String>,
    pub count: Option<bool>,
    /// Only what has not been read, or only what has.
    pub unread: Option<bool>,
}

#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReadMessagesBody {
    /// The newest message to be marked, so that what came in since stays unread. All of them when left out.
    pub up_to: Option<MessageId>,
}

/// Notice to choice; what is left out follows the default of the notice.
pub type Choices = BTreeMap<Notice, Mailing>;

#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = message_preferences)]
pub struct Preferences {
    pub user_id: UserId,
    pub choices: Doc<Choices>,
    pub updated_at: Stamp,
    pub version: i64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PreferencesView {
    /// Every notice that can reach the caller by their roles.
    pub items: Vec<PreferenceView>,
    /// 0 as long as nothing was chosen.
    pub version: i64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PreferenceView {
    #[schema(value_type = String)]
    pub notice: Notice,
    pub label: String,
    /// Its mail cannot be turned off.
    pub mandatory: bool,
    pub default: Mailing,
    pub mailing: Mailing,
}

#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChoosePreferencesBody {
    /// Notice to `now`, `digest` or `never`; null returns to the default.
    #[schema(value_type = std::collections::BTreeMap<String, Mailing>)]
    pub choices: BTreeMap<String, Option<Mailing>>,
}
