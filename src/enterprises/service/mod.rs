//! One function per use case.

pub mod claims;
pub mod facts;
pub mod figures;
pub mod import;
pub mod members;
pub mod metrics;
pub mod record;
pub mod registration;

use std::collections::HashMap;

use super::model::EnterpriseId;

/// Pairs as loaded for a whole page, by enterprise.
fn grouped<T>(pairs: Vec<(EnterpriseId, T)>) -> HashMap<EnterpriseId, Vec<T>> {
    let mut groups: HashMap<EnterpriseId, Vec<T>> = HashMap::new();
    for (id, value) in pairs {
        groups.entry(id).or_default().push(value);
    }
    groups
}
