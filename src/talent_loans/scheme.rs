//! The scheme document: written as TOML by the fund manager's office, stored as JSON, pinned by loans and claims.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::model::{FiscalLevel, LoanClass, LoanPurpose, QualifyingGrade, SubsidyBase};
use crate::platform::text::Say;
use crate::{say, text_enum};

/// A scheme. Published versions never change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Scheme {
    pub code: String,
    pub version: i32,
    pub name: Say,
    pub effective_from: NaiveDate,
    /// Last day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effective_to: Option<NaiveDate>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub basis: Option<Say>,
    pub eligibility: Eligibility,
    pub caps: Caps,
    pub subsidy: SubsidyTerms,
    pub compensation: CompensationTerms,
    pub pool: PoolLines,
    pub bank: BankLines,
    pub service: ServiceLevels,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Eligibility {
    pub grades: Vec<QualifyingGrade>,
    pub purposes: Vec<LoanPurpose>,
    /// Above the loan prime rate on the day of signing.
    pub rate_ceiling_bp: i64,
}

/// Principal that is covered, at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Caps {
    /// Per talent, over all banks.
    pub talent_fen: i64,
    pub enterprise_fen: i64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SubsidyTerms {
    pub base: SchemeBase,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ceiling: Option<SchemeBase>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enterprise_year_cap_fen: Option<i64>,
    /// From first drawdown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub months: Option<i64>,
    pub one_per_loan: bool,
    pub difference_top_up: bool,
    pub exclusions: BTreeSet<SubsidyExclusion>,
    /// `MM-DD` of the year before the claim's.
    pub interest_from: String,
    /// `MM-DD` of the claim's year, exclusive.
    pub interest_to: String,
    /// `MM-DD`, both included.
    pub window_from: String,
    pub window_to: String,
}

/// As [`SubsidyBase`], before the loan prime rate of a loan is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum SchemeBase {
    ShareOfInterest { share_ppm: i64 },
    FixedPoints { points_ppm: i64 },
    ShareOfLpr { share_ppm: i64 },
}

impl SchemeBase {
    /// For a loan signed at this loan prime rate.
    pub fn at(self, lpr_ppm: i64) -> SubsidyBase {
        match self {
            Self::ShareOfInterest { share_ppm } => SubsidyBase::ShareOfInterest { share_ppm },
            Self::FixedPoints { points_ppm } => SubsidyBase::FixedPoints { points_ppm },
            Self::ShareOfLpr { share_ppm } => SubsidyBase::ShareOfLpr { share_ppm, lpr_ppm },
        }
    }

    fn ppm(self) -> i64 {
        match self {
            Self::ShareOfInterest { share_ppm } | Self::ShareOfLpr { share_ppm } => share_ppm,
            Self::FixedPoints { points_ppm } => points_ppm,
        }
    }
}

text_enum! {
    /// What earns no subsidy.
    pub enum SubsidyExclusion {
        Overdue = "overdue",
        Penalty = "penalty",
        Compound = "compound",
        Extension = "extension",
        FinancingProducts = "financing_products",
        RelatedParty = "related_party",
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CompensationTerms {
    /// Government's share of the covered loss.
    pub ratio_ppm: i64,
    pub guarantor_ppm: i64,
    /// How the levels of government share it, in their fixed order.
    pub levels: Vec<GovernmentLevel>,
    pub trigger_overdue_days: i64,
    /// At least.
    pub trigger_class: LoanClass,
    pub trigger_recovery_started: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GovernmentLevel {
    pub code: FiscalLevel,
    pub weight: i64,
}

/// Committed share of the pool's balance at which people are warned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PoolLines {
    pub amber_ppm: i64,
    pub red_ppm: i64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BankLines {
    /// Bad-loan ratio at quarter end above which a bank is suspended.
    pub suspension_bad_loan_ppm: i64,
    pub suspension_min_loans: i64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ServiceLevels {
    /// How many different people decide a claim.
    pub approval_steps: i64,
    pub review_working_days: i64,
    pub compensation_working_days: i64,
    pub publicity_working_days: i64,
    pub claw_back_move_out_years: i64,
}

/// One thing wrong with a document: its path, empty for the whole, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SchemeFault {
    pub path: String,
    pub say: Say,
}

impl Scheme {
    /// Reads a scheme as people write it. A wrong shape gives its first fault with the line, a wrong meaning all of them.
    pub fn from_toml(text: &str) -> Result<Self, Vec<SchemeFault>> {
        let unreadable = |path: String, e: &toml::de::Error| {
            let line = e.span().map_or(1, |span| 1 + text[..span.start.min(text.len())].matches('\n').count());
            let message = e.message();
            vec![SchemeFault {
                path,
                say: say!("第 {line} 行无法读取：{message}", "line {line} cannot be read: {message}"),
            }]
        };
        let document = toml::Deserializer::parse(text).map_err(|e| unreadable(String::new(), &e))?;
        let scheme: Self = serde_path_to_error::deserialize(document).map_err(|e| {
            let path = e.path().to_string();
            unreadable(if path == "." { String::new() } else { path }, e.inner())
        })?;
        let faults = scheme.faults();
        if faults.is_empty() { Ok(scheme) } else { Err(faults) }
    }

    fn faults(&self) -> Vec<SchemeFault> {
        let mut faults = Vec::new();
        let mut check = |holds: bool, path: &str, say: Say| {
            if !holds {
                faults.push(SchemeFault { path: path.to_owned(), say });
            }
        };
        let code = &self.code;
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        check(
            !code.is_empty() && code.len() <= 60 && code.chars().all(plain),
            "code",
            say!("由小写字母、数字和连字符组成", "is made of small letters, digits and hyphens"),
        );
        check(self.version >= 1, "version", say!("版本号从 1 起", "versions count from 1"));
        check(
            self.effective_to.is_none_or(|to| to >= self.effective_from),
            "effective_to",
            say!("早于生效日", "lies before the first day"),
        );
        let (eligibility, caps, subsidy, service) = (&self.eligibility, self.caps, &self.subsidy, self.service);
        let filled = || say!("至少一项", "names at least one");
        check(!eligibility.grades.is_empty(), "eligibility.grades", filled());
        check(!eligibility.purposes.is_empty(), "eligibility.purposes", filled());
        let mut within = |value: i64, min: i64, max: i64, path: &str| {
            check(
                (min..=max).contains(&value),
                path,
                say!("应在 {min} 与 {max} 之间", "must lie between {min} and {max}"),
            );
        };
        const MONEY: i64 = 1_000_000_000_000_000;
        const ONE: i64 = 1_000_000;
        within(eligibility.rate_ceiling_bp, -1_000, 3_600, "eligibility.rate_ceiling_bp");
        within(caps.talent_fen, 0, MONEY, "caps.talent_fen");
        within(caps.enterprise_fen, 0, MONEY, "caps.enterprise_fen");
        within(subsidy.base.ppm(), 0, ONE, "subsidy.base");
        within(subsidy.ceiling.map_or(0, SchemeBase::ppm), 0, ONE, "subsidy.ceiling");
        within(subsidy.enterprise_year_cap_fen.unwrap_or(0), 0, MONEY, "subsidy.enterprise_year_cap_fen");
        within(subsidy.months.unwrap_or(0), 0, 1_200, "subsidy.months");
        within(self.compensation.ratio_ppm, 0, ONE, "compensation.ratio_ppm");
        within(
            self.compensation.guarantor_ppm,
            0,
            ONE - self.compensation.ratio_ppm.clamp(0, ONE),
            "compensation.guarantor_ppm",
        );
        within(self.compensation.trigger_overdue_days, 0, 3_660, "compensation.trigger_overdue_days");
        for (i, level) in self.compensation.levels.iter().enumerate() {
            within(level.weight, 0, ONE, &format!("compensation.levels[{i}].weight"));
        }
        within(self.pool.red_ppm, 0, ONE, "pool.red_ppm");
        within(self.pool.amber_ppm, 0, self.pool.red_ppm.clamp(0, ONE), "pool.amber_ppm");
        within(self.bank.suspension_bad_loan_ppm, 0, ONE, "bank.suspension_bad_loan_ppm");
        within(self.bank.suspension_min_loans, 0, 1_000_000, "bank.suspension_min_loans");
        // Prepared by one, decided by another: fewer than two people would be none of control.
        within(service.approval_steps, 2, 9, "service.approval_steps");
        within(service.review_working_days, 0, 366, "service.review_working_days");
        within(service.compensation_working_days, 0, 366, "service.compensation_working_days");
        within(service.publicity_working_days, 0, 366, "service.publicity_working_days");
        within(service.claw_back_move_out_years, 0, 100, "service.claw_back_move_out_years");
        let named: BTreeSet<_> = self.compensation.levels.iter().map(|level| level.code).collect();
        check(
            named.len() == self.compensation.levels.len(),
            "compensation.levels",
            say!("同一级财政只列一次", "names each level of government once"),
        );
        check(
            self.compensation.levels.iter().any(|level| level.weight > 0),
            "compensation.levels",
            say!("至少一级财政须承担补偿", "at least one level of government bears a share"),
        );
        for (day, path) in [
            (&subsidy.interest_from, "subsidy.interest_from"),
            (&subsidy.interest_to, "subsidy.interest_to"),
            (&subsidy.window_from, "subsidy.window_from"),
            (&subsidy.window_to, "subsidy.window_to"),
        ] {
            let real = day.len() == 5 && NaiveDate::parse_from_str(&format!("2025-{day}"), "%Y-%m-%d").is_ok();
            check(real, path, say!("应为每年都有的日期，写作 MM-DD", "is a day that every year has, written MM-DD"));
        }
        faults
    }
}

/// The text of `config/programme/talent-loan-scheme-2026.toml`.
pub const SHIPPED: &str = include_str!("../../config/programme/talent-loan-scheme-2026.toml");

/// The scheme that ships with the program, parsed once.
pub fn shipped() -> &'static Scheme {
    static SCHEME: LazyLock<Scheme> =
        LazyLock::new(|| Scheme::from_toml(SHIPPED).expect("the shipped scheme is tested to parse"));
    &SCHEME
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_scheme_reads_and_survives_json() {
        let scheme = shipped();
        assert_eq!((scheme.caps.talent_fen, scheme.caps.enterprise_fen), (2_000_000_000, 6_000_000_000));
        assert_eq!(scheme.subsidy.base.at(30_000), SubsidyBase::ShareOfInterest { share_ppm: 500_000 });
        let ceiling = scheme.subsidy.ceiling.map(|base| base.at(30_000));
        assert_eq!(ceiling, Some(SubsidyBase::ShareOfLpr { share_ppm: 500_000, lpr_ppm: 30_000 }));
        let json = serde_json::to_string(scheme).expect("plain data");
        assert_eq!(&serde_json::from_str::<Scheme>(&json).expect("reads back"), scheme);
    }

    #[test]
    fn everything_wrong_with_the_meaning_is_told_at_once() {
        let text = SHIPPED
            .replace("talent_fen = 2_000_000_000", "talent_fen = -1")
            .replace("window_to = \"03-31\"", "window_to = \"02-30\"")
            .replace("amber_ppm = 600_000", "amber_ppm = 900_000")
            .replace("approval_steps = 3", "approval_steps = 1")
            .replace("weight = 1", "weight = 0");
        let faults = Scheme::from_toml(&text).expect_err("faulty");
        let paths: Vec<_> = faults.iter().map(|fault| fault.path.as_str()).collect();
        let expected =
            ["caps.talent_fen", "pool.amber_ppm", "service.approval_steps", "compensation.levels", "subsidy.window_to"];
        assert_eq!(paths, expected);
    }

    #[test]
    fn what_has_the_wrong_shape_is_named_with_its_line() {
        for (text, path, line) in [
            ("code = ", "", "line 1 "),
            (&SHIPPED.replace("months = 24", "months = \"24\""), "subsidy.months", "line "),
            (&SHIPPED.replace("[pool]", "[pond]"), "", "pond"),
        ] {
            let faults = Scheme::from_toml(text).expect_err("faulty");
            assert_eq!((faults.len(), faults[0].path.starts_with(path)), (1, true), "{faults:?}");
            assert!(faults[0].say.en.contains(line), "{faults:?}");
        }
    }
}
