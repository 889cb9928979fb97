use super::{Level, LevelShare, LoanClass};

/// What a scheme says about the pool. The defaults are the shapes of the published municipal rules named in
/// `docs/risk-pool.md`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PoolTerms {
    /// Committed of the balance from which the pool is shown amber, and red.
    pub amber_ppm: i64,
    pub red_ppm: i64,
    /// Government's share of a covered loss.
    pub ratio_ppm: i64,
    /// Who bears how much of government's share.
    pub split: Vec<LevelShare>,
    /// All three must hold: principal overdue so long, classed so or worse, recovery begun.
    pub overdue_days: i32,
    pub class: LoanClass,
    /// Working days from a complete claim to its payment.
    pub payment_days: u16,
}

impl Default for PoolTerms {
    fn default() -> Self {
        Self {
            amber_ppm: 600_000,
            red_ppm: 800_000,
            ratio_ppm: 800_000,
            split: vec![LevelShare { level: Level::City, weight: 6 }, LevelShare { level: Level::District, weight: 4 }],
            overdue_days: 90,
            class: LoanClass::Substandard,
            payment_days: 60,
        }
    }
}
