//! What a quote may not contain. Everything is looked at, so that a clerk corrects it once.

use std::collections::HashMap;
use std::fmt::Arguments;

use chrono::NaiveDate;

use crate::error::{AppError, Faults, FieldCode};
use crate::platform::text::Say;
use crate::say;
use crate::talent_loans::model::*;

/// The highest rate of a year that is taken for a rate and not for a slip of the decimal point.
const MAX_RATE_PPM: i64 = 360_000;
const MAX_SHARE_PPM: i64 = 1_000_000;
const MAX_MONTHS: i64 = 1200;

/// Everything is said at once.
///
/// # Errors
/// `invalid_fields`: `out_of_range` for amounts, rates, shares and months, `date_order` for a reversed period and for
/// segments that overlap, `duplicate` and `required` for ids, `unknown` for another currency, `not_allowed` for receipts
/// together with claim bounds, months or overdue days.
pub fn check(body: &SubsidyQuoteBody) -> Result<(), AppError> {
    let mut faults = Checks::default();
    faults.base(body.base, "/base");
    if let Some(ceiling) = body.ceiling {
        faults.base(ceiling, "/ceiling");
    }
    if let (Some(from), Some(to)) = (body.claim_from, body.claim_to) {
        faults.order(from, to, format_args!("/claim_to"));
    }
    if let Some(months) = body.subsidy_months {
        faults.0.range("/subsidy_months", months, 0, MAX_MONTHS);
    }
    faults.amount(body.enterprise_year_cap_fen, format_args!("/enterprise_year_cap_fen"));
    faults.amount(body.enterprise_year_used_fen, format_args!("/enterprise_year_used_fen"));
    faults.amount(body.budget_available_fen, format_args!("/budget_available_fen"));
    if let Some(currency) = &body.currency {
        faults.check(currency == "CNY", FieldCode::Unknown, format_args!("/currency"), || {
            say!("仅支持人民币（CNY），不支持 {currency}", "only CNY is subsidised, not {currency}")
        });
    }

    let mut seen = HashMap::new();
    for (i, loan) in body.loans.iter().enumerate() {
        let id = format_args!("/loans/{i}/id");
        faults.check(!loan.id.is_empty(), FieldCode::Required, id, || say!("贷款编号不能为空", "a loan needs an id"));
        if let Some(first) = seen.insert(loan.id.as_str(), i) {
            faults.check(false, FieldCode::Duplicate, id, || {
                say!("与第 {0} 笔贷款编号相同", "loan number {0} of the list has the same id", first + 1)
            });
        }
        faults.loan(body, i, loan);
    }
    faults.0.done()
}

#[derive(Default)]
struct Checks(Faults);

impl Checks {
    fn check(&mut self, holds: bool, code: FieldCode, at: Arguments, text: impl FnOnce() -> Say) {
        if !holds {
            self.0.add(at.to_string(), code, text());
        }
    }

    fn amount(&mut self, fen: Option<i64>, at: Arguments) {
        let text = || say!("金额不能为负", "an amount must not be negative");
        self.check(fen.is_none_or(|fen| fen >= 0), FieldCode::OutOfRange, at, text);
    }

    fn rate(&mut self, ppm: i64, at: Arguments) {
        self.check((0..=MAX_RATE_PPM).contains(&ppm), FieldCode::OutOfRange, at, || {
            say!(
                "年利率须在 0 至 36%（{MAX_RATE_PPM} ppm）之间",
                "a yearly rate is between 0 and 36 % ({MAX_RATE_PPM} ppm)"
            )
        });
    }

    fn share(&mut self, ppm: i64, at: Arguments) {
        self.check((0..=MAX_SHARE_PPM).contains(&ppm), FieldCode::OutOfRange, at, || {
            say!(
                "比例须在 0 至 100%（{MAX_SHARE_PPM} ppm）之间",
                "a share is between 0 and 100 % ({MAX_SHARE_PPM} ppm)"
            )
        });
    }

    /// `from == to` is a legal period of no days.
    fn order(&mut self, from: NaiveDate, to: NaiveDate, at: Arguments) {
        self.check(from <= to, FieldCode::DateOrder, at, || {
            say!("结束日 {to} 早于开始日 {from}", "it ends on {to}, before it begins on {from}")
        });
    }

    fn base(&mut self, base: SubsidyBase, at: &str) {
        match base {
            SubsidyBase::ShareOfInterest { share_ppm } => self.share(share_ppm, format_args!("{at}/share_ppm")),
            SubsidyBase::FixedPoints { points_ppm } => self.rate(points_ppm, format_args!("{at}/points_ppm")),
            SubsidyBase::ShareOfLpr { share_ppm, lpr_ppm } => {
                self.share(share_ppm, format_args!("{at}/share_ppm"));
                self.rate(lpr_ppm, format_args!("{at}/lpr_ppm"));
            }
        }
    }

    fn loan(&mut self, body: &SubsidyQuoteBody, i: usize, loan: &QuoteLoan) {
        self.amount(loan.principal_cap_fen, format_args!("/loans/{i}/principal_cap_fen"));
        self.amount(loan.loan_cap_fen, format_args!("/loans/{i}/loan_cap_fen"));
        self.amount(loan.loan_used_fen, format_args!("/loans/{i}/loan_used_fen"));
        for (key, base) in [("base", loan.base), ("ceiling", loan.ceiling)] {
            if let Some(base) = base {
                self.base(base, &format!("/loans/{i}/{key}"));
            }
        }
        for (j, segment) in loan.segments.iter().enumerate() {
            self.amount(Some(segment.principal_fen), format_args!("/loans/{i}/segments/{j}/principal_fen"));
            self.rate(segment.rate_ppm, format_args!("/loans/{i}/segments/{j}/rate_ppm"));
            self.order(segment.from, segment.to, format_args!("/loans/{i}/segments/{j}/to"));
        }
        self.overlaps(i, &loan.segments);
        for (j, period) in loan.overdue.iter().enumerate() {
            self.order(period.from, period.to, format_args!("/loans/{i}/overdue/{j}/to"));
        }
        if let Some(receipts) = &loan.receipts_fen {
            for (j, fen) in receipts.iter().enumerate() {
                self.amount(Some(*fen), format_args!("/loans/{i}/receipts_fen/{j}"));
            }
            self.receipts_alone(body, i, loan);
        }
    }

    fn overlaps(&mut self, i: usize, segments: &[LoanSegment]) {
        let mut order: Vec<usize> = (0..segments.len()).filter(|j| segments[*j].from < segments[*j].to).collect();
        order.sort_by_key(|j| segments[*j].from);
        let mut last: Option<usize> = None;
        for j in order {
            if let Some(k) = last.filter(|k| segments[*k].to > segments[j].from) {
                let (from, number) = (segments[j].from, k + 1);
                self.check(false, FieldCode::DateOrder, format_args!("/loans/{i}/segments/{j}"), || {
                    say!("{from} 起与第 {number} 段重叠", "from {from} on it overlaps segment number {number}")
                });
            }
            last = Some(last.map_or(j, |k| if segments[k].to > segments[j].to { k } else { j }));
        }
    }

    /// A receipt says what was paid, not for which days, so days cannot be taken out of it.
    fn receipts_alone(&mut self, body: &SubsidyQuoteBody, i: usize, loan: &QuoteLoan) {
        let conflicts = [
            ("claim_from", body.claim_from.is_some()),
            ("claim_to", body.claim_to.is_some()),
            ("subsidy_months", body.subsidy_months.is_some()),
            ("overdue", loan.overdue.iter().any(|period| period.from != period.to)),
        ];
        for (key, _) in conflicts.into_iter().filter(|(_, present)| *present) {
            self.check(false, FieldCode::NotAllowed, format_args!("/loans/{i}/receipts_fen"), || {
                say!("按回单计算时不能同时使用 {key}", "receipts cannot be combined with {key}")
            });
        }
    }
}
