use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::platform::text::Lang;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MailTemplateList {
    pub items: Vec<MailTemplateView>,
    /// Files of the overlay folder that are not used.
    pub problems: Vec<WordingProblem>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MailTemplateView {
    pub name: String,
    /// What it is about, in the caller's language.
    pub title: String,
    /// What its wording may speak about.
    pub values: Vec<String>,
    /// Files of the overlay folder that stand in for the built-in words.
    pub replaced_by: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct WordingProblem {
    /// Below the overlay folder.
    pub file: String,
    pub detail: String,
}

#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PreviewMailTemplateBody {
    /// The caller's language when left out.
    pub lang: Option<Lang>,
    /// `Subject: ..`, an empty line, the text. The wording in force when left out.
    pub text: Option<String>,
    /// An HTML part of its own; may extend `layout.html`.
    pub html: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MailTemplatePreview {
    pub subject: String,
    pub text: String,
    pub html: String,
}
