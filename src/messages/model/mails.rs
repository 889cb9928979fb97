use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::platform::actions::ActionView;
use crate::platform::mail::{Mail, MailId, MailState};
use crate::platform::types::Stamp;

/// Neither subject nor text: whoever runs the system need not read other people's mail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MailSummary {
    pub id: MailId,
    /// Masked: `z***@example.com`.
    pub to: String,
    pub template: String,
    pub state: MailState,
    pub attempts: i32,
    pub next_attempt_at: Stamp,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_error: Option<String>,
    pub created_at: Stamp,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sent_at: Option<Stamp>,
}

impl From<Mail> for MailSummary {
    fn from(mail: Mail) -> Self {
        let to = match mail.to_address.split_once('@') {
            Some((name, host)) => format!("{}***@{host}", name.chars().next().unwrap_or('*')),
            None => "***".to_owned(),
        };
        Self {
            id: mail.id,
            to,
            template: mail.template,
            state: mail.state,
            attempts: mail.attempts,
            next_attempt_at: mail.next_attempt_at,
            last_error: mail.last_error,
            created_at: mail.created_at,
            sent_at: mail.sent_at,
        }
    }
}

#[derive(Debug, Clone, Default, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListMailsParams {
    /// 1 to 200; 50 when left out.
    pub limit: Option<i64>,
    pub cursor: Option<String>,
    pub count: Option<bool>,
    pub state: Option<MailState>,
}

#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct MailView {
    #[serde(flatten)]
    pub mail: MailSummary,
    pub actions: Vec<ActionView>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MailRetriesView {
    /// How many dead letters will be sent again.
    pub queued: i64,
}
