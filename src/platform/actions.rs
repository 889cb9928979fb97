//! `actions` of a single record: what the caller may do now and, if not, why. The console builds its buttons from it.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::door::Cx;
use super::policy::Action;
use crate::error::{Code, Refusal};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ActionView {
    /// The action's name, for example `round.open`.
    pub action: String,
    pub allowed: bool,
    /// A problem code: why not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason_code: Option<String>,
    /// The same in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    pub method: String,
    pub href: String,
}

/// Collects the actions of one record. Those the caller's roles may never do are left out altogether.
pub struct Actions<'a, 'b> {
    cx: &'a Cx<'b>,
    list: Vec<ActionView>,
}

impl<'a, 'b> Actions<'a, 'b> {
    pub fn of(cx: &'a Cx<'b>) -> Self {
        Self { cx, list: Vec::new() }
    }

    /// `rule` is the same `may_*` the use case itself asks.
    pub fn add(mut self, action: Action, method: &str, href: String, rule: Result<(), Refusal>) -> Self {
        debug_assert!(href.starts_with("/api/v1/"), "{href} is no address of the API: {}", action.as_str());
        if self.cx.may(action) {
            let refusal = rule.err();
            self.list.push(ActionView {
                action: action.as_str().to_owned(),
                allowed: refusal.is_none(),
                reason_code: refusal.as_ref().map(|r| Code::as_str(r.code).to_owned()),
                reason: refusal.map(|r| r.say.in_lang(self.cx.lang).to_owned()),
                method: method.to_owned(),
                href,
            });
        }
        self
    }

    pub fn list(self) -> Vec<ActionView> {
        self.list
    }
}
