//! What a budget and a yearly cap leave.

use crate::error::{Code, Refusal};
use crate::platform::money::yuan_text;
use crate::say;
use crate::subsidies::model::Budget;

/// The year has a budget, and it holds this much that is neither committed nor paid.
pub fn may_commit(budget: Option<&Budget>, year: i32, amount_fen: i64) -> Result<(), Refusal> {
    let available_fen = budget.map_or(0, Budget::available_fen);
    if budget.is_none() {
        let said = say!("{year} 年贴息预算尚未设定", "no subsidy budget is set for {year}");
        return Err(Refusal::new(Code::BudgetShort, said));
    }
    if amount_fen > available_fen {
        let (has, wants) = (yuan_text(available_fen), yuan_text(amount_fen));
        let said = say!(
            "{year} 年贴息预算可用 {has} 元，不足 {wants} 元",
            "the subsidy budget of {year} has {has} yuan left, {wants} are asked for"
        );
        return Err(Refusal::new(Code::BudgetShort, said));
    }
    Ok(())
}

/// Beside what the enterprise was granted in the budget year already.
pub fn may_grant(cap_fen: Option<i64>, used_fen: i64, amount_fen: i64) -> Result<(), Refusal> {
    match cap_fen {
        Some(cap) if used_fen.saturating_add(amount_fen) > cap => {
            let left = yuan_text((cap - used_fen).max(0));
            let said = say!("企业年度贴息上限只余 {left} 元", "the enterprise's yearly cap leaves {left} yuan");
            Err(Refusal::new(Code::YearCapReached, said))
        }
        _ => Ok(()),
    }
}

/// A budget is not lowered below what it owes and has paid.
pub fn may_set(budget: Option<&Budget>, total_fen: i64) -> Result<(), Refusal> {
    let bound_fen = budget.map_or(0, |b| b.committed_fen + b.paid_fen);
    if total_fen < bound_fen {
        let bound = yuan_text(bound_fen);
        let said = say!("已占用和支付 {bound} 元", "{bound} yuan are committed or paid already");
        return Err(Refusal::new(Code::BudgetShort, said));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::clock::Clock;

    fn budget(total_fen: i64, committed_fen: i64, paid_fen: i64) -> Budget {
        let updated_at = Clock::default().now();
        Budget { year: 2027, total_fen, committed_fen, paid_fen, returned_fen: 0, updated_at, version: 1 }
    }

    #[test]
    fn a_budget_gives_what_it_has_and_not_a_fen_more() {
        let code = |r: Result<(), Refusal>| r.err().map(|r| r.code);
        assert_eq!(code(may_commit(Some(&budget(100, 30, 50)), 2027, 20)), None);
        assert_eq!(code(may_commit(Some(&budget(100, 30, 50)), 2027, 21)), Some(Code::BudgetShort));
        assert_eq!(code(may_commit(None, 2027, 0)), Some(Code::BudgetShort));
        assert_eq!(code(may_set(Some(&budget(100, 30, 50)), 80)), None);
        assert_eq!(code(may_set(Some(&budget(100, 30, 50)), 79)), Some(Code::BudgetShort));
        assert_eq!(code(may_set(None, 1)), None);
    }

    #[test]
    fn the_cap_of_an_enterprise_holds_over_all_its_claims_of_a_year() {
        let code = |r: Result<(), Refusal>| r.err().map(|r| r.code);
        assert_eq!(code(may_grant(Some(100), 60, 40)), None);
        assert_eq!(code(may_grant(Some(100), 60, 41)), Some(Code::YearCapReached));
        assert_eq!(code(may_grant(None, i64::MAX, 41)), None);
    }
}
