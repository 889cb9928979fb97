#[cfg(test)]
use super::FiscalLevel;
use super::{LevelShare, LoanClass};
use crate::talent_loans::scheme::{PoolLines, Scheme};

/// What the scheme of a loan says about compensating its loss.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PoolTerms {
    /// Government's share of a covered loss.
    pub ratio_ppm: i64,
    /// Who bears how much of government's share.
    pub split: Vec<LevelShare>,
    /// All three must hold: principal overdue so long, classed so or worse, recovery begun.
    pub overdue_days: i32,
    pub class: LoanClass,
    pub recovery_started: bool,
    /// Working days from a complete claim to its payment.
    pub payment_days: u16,
}

impl From<&Scheme> for PoolTerms {
    /// Levels that bear nothing are left out. The ranges of a scheme fit; what does not is capped rather than lost.
    fn from(scheme: &Scheme) -> Self {
        let terms = &scheme.compensation;
        let bearing = terms.levels.iter().filter(|level| level.weight > 0);
        Self {
            ratio_ppm: terms.ratio_ppm,
            split: bearing.map(|level| LevelShare { level: level.code, weight: level.weight }).collect(),
            overdue_days: i32::try_from(terms.trigger_overdue_days).unwrap_or(i32::MAX),
            class: terms.trigger_class,
            recovery_started: terms.trigger_recovery_started,
            payment_days: u16::try_from(scheme.service.compensation_working_days).unwrap_or(u16::MAX),
        }
    }
}

/// Before any scheme is in effect: the lines of the scheme that ships with the program.
pub fn shipped_lines() -> PoolLines {
    crate::talent_loans::scheme::shipped().pool
}

/// Shared by a province and a district, for tests of rules.
#[cfg(test)]
pub fn terms_of_tests() -> PoolTerms {
    PoolTerms {
        split: vec![
            LevelShare { level: FiscalLevel::City, weight: 6 },
            LevelShare { level: FiscalLevel::District, weight: 4 },
        ],
        ..PoolTerms::from(crate::talent_loans::scheme::shipped())
    }
}
