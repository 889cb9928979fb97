//! The rule set that ships with the program.

use std::sync::LazyLock;

use super::RuleSet;

/// The text of `config/programme/laoshan-2026.toml`.
pub const LAOSHAN_2026: &str = include_str!("../../../config/programme/laoshan-2026.toml");

/// The shipped rule set, parsed once.
pub fn laoshan_2026() -> &'static RuleSet {
    static SHIPPED: LazyLock<RuleSet> = LazyLock::new(|| {
        RuleSet::from_toml("config/programme/laoshan-2026.toml", LAOSHAN_2026).unwrap_or_else(|faults| {
            panic!(
                "the shipped rule set is tested to parse: {}",
                faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
            )
        })
    });
    &SHIPPED
}
