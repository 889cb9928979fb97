//! The subsidy quote: what goes in, what comes out. Amounts in fen, rates in parts per million, every `to` exclusive.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::platform::text::Say;
use crate::talent_loans::exact::Exact;
use crate::text_enum;

/// One claim's worth of loans of one enterprise, priced together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SubsidyQuoteBody {
    pub day_basis: DayBasis,
    pub base: SubsidyBase,
    /// A second base the subsidy may not exceed.
    pub ceiling: Option<SubsidyBase>,
    /// First day of the claim period.
    #[serde(default, with = "day::option")]
    pub claim_from: Option<NaiveDate>,
    /// First day after the claim period.
    #[serde(default, with = "day::option")]
    pub claim_to: Option<NaiveDate>,
    /// Only the first so many months from first drawdown are subsidised, by the calendar, clamped to the end of the month.
    #[schema(minimum = 0, maximum = 1200)]
    pub subsidy_months: Option<i64>,
    #[schema(minimum = 0)]
    pub enterprise_year_cap_fen: Option<i64>,
    /// What the enterprise has had of its cap in this budget year.
    #[schema(minimum = 0)]
    pub enterprise_year_used_fen: Option<i64>,
    #[schema(minimum = 0)]
    pub budget_available_fen: Option<i64>,
    /// `CNY`, which is also what is meant when absent.
    #[schema(example = "CNY")]
    pub currency: Option<String>,
    pub loans: Vec<QuoteLoan>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct QuoteLoan {
    pub id: String,
    /// Principal beyond it earns no subsidy.
    #[schema(minimum = 0)]
    pub principal_cap_fen: Option<i64>,
    /// What the loan may get over its whole life, and what it has had.
    #[schema(minimum = 0)]
    pub loan_cap_fen: Option<i64>,
    #[schema(minimum = 0)]
    pub loan_used_fen: Option<i64>,
    /// The start of the earliest segment when absent.
    #[serde(default, with = "day::option")]
    pub first_drawdown: Option<NaiveDate>,
    /// Stretches of one principal and one rate, in any order, not overlapping.
    pub segments: Vec<LoanSegment>,
    /// Days that earn no subsidy.
    #[serde(default)]
    pub overdue: Vec<Period>,
    /// Interest receipts of the bank for the whole principal. Their presence is receipt mode: what was paid is what counts.
    pub receipts_fen: Option<Vec<i64>>,
    /// Of this loan, where it differs from the request's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub day_basis: Option<DayBasis>,
    /// Of this loan, where it differs from the request's: the loan prime rate is that of its own signing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base: Option<SubsidyBase>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ceiling: Option<SubsidyBase>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LoanSegment {
    #[schema(minimum = 0)]
    pub principal_fen: i64,
    /// Rate of a year.
    #[schema(minimum = 0, maximum = 360_000)]
    pub rate_ppm: i64,
    #[serde(with = "day")]
    pub from: NaiveDate,
    #[serde(with = "day")]
    pub to: NaiveDate,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Period {
    #[serde(with = "day")]
    pub from: NaiveDate,
    #[serde(with = "day")]
    pub to: NaiveDate,
}

text_enum! {
    /// Days of a year in a loan contract. RMB loans divide the annual rate by 360 (银发〔2005〕129号); some contracts say 365.
    pub enum DayBasis {
        Act360 = "act/360",
        Act365 = "act/365",
    }
}

impl DayBasis {
    pub fn days(self) -> i128 {
        match self {
            Self::Act360 => 360,
            Self::Act365 => 365,
        }
    }
}

/// What the subsidy is reckoned from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum SubsidyBase {
    /// A share of the interest.
    ShareOfInterest { share_ppm: i64 },
    /// So many points of a year on the principal, whatever its rate.
    FixedPoints { points_ppm: i64 },
    /// A share of the loan prime rate on the principal.
    ShareOfLpr { share_ppm: i64, lpr_ppm: i64 },
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SubsidyQuoteView {
    /// In the order of the request.
    pub loans: Vec<QuotedLoan>,
    pub total_fen: i64,
    /// The limits that lowered some amount.
    pub bound_by: Vec<Bound>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct QuotedLoan {
    pub id: String,
    pub eligible_days: i64,
    /// Interest on eligible days and capped principal, by the segments.
    pub interest_fen: i64,
    /// By the base, within interest and ceiling, rounded once; before any cap.
    pub computed_fen: i64,
    /// What is granted.
    pub subsidy_fen: i64,
    pub flags: Vec<Flag>,
    /// The calculation, step by step.
    pub sheet: Vec<SheetLine>,
}

/// Something a reviewer should look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Flag {
    /// Receipts and computed interest differ by more than 1 fen per receipt.
    ReceiptDifference,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Bound {
    Interest,
    Ceiling,
    LoanCap,
    EnterpriseYearCap,
    Budget,
}

/// One step of the calculation. Fractions (`"n/d"`, fen) are exact; every step follows from the request and the steps above.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum SheetLine {
    /// `interest` = `counted_fen` × `rate_ppm` × `days` / (1,000,000 × day basis). `segment` counts from 0.
    Segment {
        segment: usize,
        #[serde(with = "day")]
        from: NaiveDate,
        #[serde(with = "day")]
        to: NaiveDate,
        days: i64,
        principal_fen: i64,
        /// The principal within the cap.
        counted_fen: i64,
        rate_ppm: i64,
        #[schema(value_type = String)]
        interest: Exact,
    },
    /// Days of a segment that do not count, and why.
    Excluded {
        segment: usize,
        #[serde(with = "day")]
        from: NaiveDate,
        #[serde(with = "day")]
        to: NaiveDate,
        days: i64,
        reason: Exclusion,
    },
    /// The segments together.
    Interest {
        days: i64,
        #[schema(value_type = String)]
        interest: Exact,
        interest_fen: i64,
    },
    /// What the bank received against what the segments yield on the whole principal. `counted` = the receipts or, when the
    /// gap is beyond the tolerance, the lower of the two; of that the part on capped principal.
    Receipts {
        paid_fen: i64,
        expected_fen: i64,
        tolerance_fen: i64,
        #[schema(value_type = String)]
        counted: Exact,
        text: Say,
    },
    Base {
        base: SubsidyBase,
        #[schema(value_type = String)]
        amount: Exact,
        text: Say,
    },
    /// A limit on the exact amount: interest or ceiling.
    Limit {
        bound: Bound,
        #[schema(value_type = String)]
        limit: Exact,
        #[schema(value_type = String)]
        before: Exact,
        #[schema(value_type = String)]
        after: Exact,
        text: Say,
    },
    /// The one rounding, half-up.
    Rounding {
        #[schema(value_type = String)]
        exact: Exact,
        computed_fen: i64,
    },
    /// A limit in whole fen. One that several loans share is allocated over what they had before the first shared limit
    /// (`total_fen` is the sum of that), by largest remainder, of equal remainders to the earlier loan.
    Cap { bound: Bound, left_fen: i64, total_fen: i64, before_fen: i64, after_fen: i64, text: Say },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Exclusion {
    OutsideClaimPeriod,
    OutsideSubsidyMonths,
    Overdue,
    /// Beyond the maturity first agreed.
    Extension,
}

/// Dates strictly as `YYYY-MM-DD`; chrono's own reader also takes `2026-2-3`.
mod day {
    use std::fmt;

    use chrono::{Datelike, NaiveDate};
    use serde::{Deserializer, Serializer, de};

    struct Day;

    impl de::Visitor<'_> for Day {
        type Value = NaiveDate;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a date of the calendar written YYYY-MM-DD")
        }

        fn visit_str<E: de::Error>(self, text: &str) -> Result<NaiveDate, E> {
            parse(text.as_bytes()).ok_or_else(|| E::invalid_value(de::Unexpected::Str(text), &self))
        }
    }

    fn parse(text: &[u8]) -> Option<NaiveDate> {
        let number = |digits: &[u8]| {
            digits.iter().try_fold(0u32, |n, c| c.is_ascii_digit().then(|| n * 10 + u32::from(c - b'0')))
        };
        let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = *text else { return None };
        let year = i32::try_from(number(&[y1, y2, y3, y4])?).ok()?;
        NaiveDate::from_ymd_opt(year, number(&[m1, m2])?, number(&[d1, d2])?)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<NaiveDate, D::Error> {
        deserializer.deserialize_str(Day)
    }

    pub fn serialize<S: Serializer>(date: &NaiveDate, serializer: S) -> Result<S::Ok, S::Error> {
        let (year, month, day) = (date.year(), date.month(), date.day());
        serializer.collect_str(&format_args!("{year:04}-{month:02}-{day:02}"))
    }

    pub mod option {
        use super::*;

        struct MaybeDay;

        impl<'de> de::Visitor<'de> for MaybeDay {
            type Value = Option<NaiveDate>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                de::Visitor::expecting(&Day, f)
            }

            fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
                super::deserialize(deserializer).map(Some)
            }

            fn visit_none<E: de::Error>(self) -> Result<Self::Value, E> {
                Ok(None)
            }
        }

        pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<NaiveDate>, D::Error> {
            deserializer.deserialize_option(MaybeDay)
        }

        pub fn serialize<S: Serializer>(date: &Option<NaiveDate>, serializer: S) -> Result<S::Ok, S::Error> {
            match date {
                Some(date) => super::serialize(date, serializer),
                None => serializer.serialize_none(),
            }
        }
    }
}
