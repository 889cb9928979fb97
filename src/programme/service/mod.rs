mod catalogue;
mod draft;
mod in_force;
mod publication;
mod reading;
mod self_check;

pub use catalogue::{list_indicators, list_tracks};
pub use draft::{create_rule_set, replace_rule_set};
pub use in_force::{current, ensure_shipped, rule_set, vocabulary};
pub use publication::publish_rule_set;
pub use reading::{list_rule_sets, view_rule_set};
pub use self_check::run_self_check;

/// What rule sets are called in the audit trail.
const SUBJECT: &str = "rule_set";
