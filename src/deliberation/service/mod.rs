//! Use cases of the joint meeting, one file each.

pub mod feedback;
pub mod minutes;
pub mod ranking;
pub mod release;

use crate::error::Faults;

const REASON_MAX: usize = 2_000;

fn check_reason(faults: &mut Faults, reason: &str) {
    faults.text("/reason", reason, 1, REASON_MAX);
}
