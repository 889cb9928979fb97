//! The indicator dictionary: what an enterprise reports per year, and the ratios made of it.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::platform::text::Say;

/// What a value counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Money: hundredths of a yuan.
    Fen,
    Persons,
    Count,
    /// Parts per million; 10 000 ppm are 1 %.
    Ppm,
    Date,
    Years,
    Days,
    Points,
    /// A code of some list.
    Code,
    /// True or false.
    Flag,
}

/// A figure an enterprise reports for each year.
#[derive(Debug, PartialEq, Eq)]
pub struct Indicator {
    pub code: &'static str,
    pub zh: &'static str,
    pub en: &'static str,
    pub unit: Unit,
    /// The smallest value that makes sense; below it the figure is a fault.
    pub min: i64,
    /// The largest value that makes sense.
    pub max: i64,
}

impl Indicator {
    pub fn name(&self) -> Say {
        Say::new(self.zh, self.en)
    }

    /// A sum of such figures can only grow, so a part of it may already be enough.
    pub fn never_negative(&self) -> bool {
        self.min >= 0
    }
}

const fn row(code: &'static str, zh: &'static str, en: &'static str, unit: Unit) -> Indicator {
    Indicator { code, zh, en, unit, min: 0, max: i64::MAX }
}

const fn signed(code: &'static str, zh: &'static str, en: &'static str) -> Indicator {
    Indicator { code, zh, en, unit: Unit::Fen, min: i64::MIN, max: i64::MAX }
}

/// Every annual indicator.
pub const INDICATORS: &[Indicator] = &[
    row("revenue", "营业收入", "Revenue", Unit::Fen),
    row("main_revenue", "主营业务收入", "Main-business revenue", Unit::Fen),
    row("high_tech_revenue", "高新技术产品（服务）收入", "Revenue from high-tech products and services", Unit::Fen),
    row("rd_expense", "研发费用", "R&D expense", Unit::Fen),
    row("rd_expense_domestic", "境内研发费用", "R&D expense incurred in China", Unit::Fen),
    row("total_costs", "成本费用总额", "Total costs and expenses", Unit::Fen),
    signed("net_profit", "净利润", "Net profit"),
    row("total_assets", "资产总额", "Total assets", Unit::Fen),
    row("total_liabilities", "负债总额", "Total liabilities", Unit::Fen),
    signed("net_assets", "净资产", "Net assets"),
    row("tax_paid", "实缴税额", "Tax paid", Unit::Fen),
    row("local_purchase", "本地采购额", "Local purchases", Unit::Fen),
    row("equity_new", "新增实缴股权融资", "New paid-in equity financing", Unit::Fen),
    row("valuation", "最近估值", "Latest valuation", Unit::Fen),
    row("staff", "职工总数", "Staff", Unit::Persons),
    row("tech_staff", "科技人员数", "Technical staff", Unit::Persons),
    row("rd_staff", "研发人员数", "R&D staff", Unit::Persons),
    row("talent_abcd", "A–D 类高层次人才数", "High-level talents, grades A to D", Unit::Persons),
    row("ip_class1", "Ⅰ类知识产权数", "Class I intellectual property", Unit::Count),
    row("ip_class2", "Ⅱ类知识产权数", "Class II intellectual property", Unit::Count),
    row("pct", "PCT 国际专利申请数", "PCT patent applications", Unit::Count),
    row("standards_led", "主导制定标准数", "Standards led", Unit::Count),
    Indicator { max: 1_000_000, ..row("niche_share", "细分市场占有率", "Share of the niche market", Unit::Ppm) },
    Indicator {
        min: 1, ..row("niche_rank", "细分市场全国排名", "National rank in the niche market", Unit::Count)
    },
    Indicator { max: 100, ..row("quality_score", "质量评价得分", "Quality platform score", Unit::Points) },
];

/// A rate made of annual indicators; its unit is ppm and it is compared exactly.
#[derive(Debug, PartialEq, Eq)]
pub struct Derived {
    pub code: &'static str,
    pub zh: &'static str,
    pub en: &'static str,
    pub form: DerivedForm,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DerivedForm {
    /// The first over the second, both of the same year.
    Ratio(&'static str, &'static str),
    /// Compound annual growth of the indicator over so many years.
    Growth(&'static str, u32),
}

const fn derived(code: &'static str, zh: &'static str, en: &'static str, form: DerivedForm) -> Derived {
    Derived { code, zh, en, form }
}

/// Every derived indicator.
pub const DERIVED: &[Derived] = &[
    derived("rd_ratio", "研发费用占营业收入比重", "R&D to revenue", DerivedForm::Ratio("rd_expense", "revenue")),
    derived("rd_cost_ratio", "研发费用占成本费用比重", "R&D to costs", DerivedForm::Ratio("rd_expense", "total_costs")),
    derived(
        "main_ratio",
        "主营业务收入占比",
        "Main-business share of revenue",
        DerivedForm::Ratio("main_revenue", "revenue"),
    ),
    derived(
        "debt_ratio",
        "资产负债率",
        "Liabilities to assets",
        DerivedForm::Ratio("total_liabilities", "total_assets"),
    ),
    derived("tech_staff_ratio", "科技人员占比", "Technical staff share", DerivedForm::Ratio("tech_staff", "staff")),
    derived("rd_staff_ratio", "研发人员占比", "R&D staff share", DerivedForm::Ratio("rd_staff", "staff")),
    derived("growth", "营业收入增长率", "Revenue growth", DerivedForm::Growth("revenue", 1)),
    derived(
        "main_growth",
        "主营业务收入增长率",
        "Main-business revenue growth",
        DerivedForm::Growth("main_revenue", 1),
    ),
    derived("cagr2", "近两年营业收入复合增长率", "Revenue CAGR over two years", DerivedForm::Growth("revenue", 2)),
    derived("cagr3", "近三年营业收入复合增长率", "Revenue CAGR over three years", DerivedForm::Growth("revenue", 3)),
];

pub fn find_indicator(code: &str) -> Option<&'static Indicator> {
    INDICATORS.iter().find(|row| row.code == code)
}

pub fn find_derived(code: &str) -> Option<&'static Derived> {
    DERIVED.iter().find(|row| row.code == code)
}

/// The unit of an indicator, reported or derived.
pub fn unit_of(code: &str) -> Option<Unit> {
    find_indicator(code).map(|row| row.unit).or_else(|| find_derived(code).map(|_| Unit::Ppm))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique_and_derived_indicators_stand_on_reported_ones() {
        let mut codes: Vec<_> = INDICATORS.iter().map(|i| i.code).chain(DERIVED.iter().map(|d| d.code)).collect();
        let count = codes.len();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), count);
        for row in DERIVED {
            match row.form {
                DerivedForm::Ratio(a, b) => assert!(find_indicator(a).is_some() && find_indicator(b).is_some()),
                DerivedForm::Growth(a, years) => assert!(find_indicator(a).is_some() && (1..=3).contains(&years)),
            }
        }
    }
}
