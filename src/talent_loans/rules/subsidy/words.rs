//! What the calculation sheet says to people.

use crate::platform::money::{percent_text, yuan_text};
use crate::platform::text::Say;
use crate::say;
use crate::talent_loans::model::{Bound, SubsidyBase};

pub(super) fn base(base: SubsidyBase) -> Say {
    match base {
        SubsidyBase::ShareOfInterest { share_ppm } => {
            let share = percent_text(share_ppm);
            say!("按实付利息的 {share} 计算", "{share} of the interest paid")
        }
        SubsidyBase::FixedPoints { points_ppm } => {
            let points = percent_text(points_ppm);
            say!("按计息本金的年 {points} 计算", "{points} a year on the counted principal")
        }
        SubsidyBase::ShareOfLpr { share_ppm, lpr_ppm } => {
            let (share, lpr) = (percent_text(share_ppm), percent_text(lpr_ppm));
            say!("按贷款市场报价利率 {lpr} 的 {share} 计算", "{share} of the loan prime rate of {lpr}")
        }
    }
}

pub(super) fn ceiling(ceiling: SubsidyBase) -> Say {
    let Say { zh, en } = base(ceiling);
    say!("贴息上限：{zh}", "no more than {en}")
}

pub(super) fn receipts(differs: bool) -> Say {
    if differs {
        say!(
            "回单与计算利息相差超过每张 1 分，取较低者",
            "receipts and computed interest differ by more than 1 fen each: the lower counts"
        )
    } else {
        say!("以银行回单的实付利息为准", "the interest paid, as shown by the bank's receipts, counts")
    }
}

pub(super) fn cap(bound: Bound, left_fen: i64) -> Say {
    let left = yuan_text(left_fen);
    match bound {
        Bound::LoanCap => say!("本笔贷款贴息额度剩余 {left} 元", "{left} yuan left of the loan's cap"),
        Bound::EnterpriseYearCap => {
            say!("企业年度贴息额度剩余 {left} 元", "{left} yuan left of the enterprise's yearly cap")
        }
        Bound::Budget => say!("贴息预算剩余 {left} 元", "{left} yuan left of the subsidy budget"),
        Bound::Interest | Bound::Ceiling => say!("上限 {left} 元", "at most {left} yuan"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ceiling_is_told_in_both_languages() {
        let text = ceiling(SubsidyBase::ShareOfLpr { share_ppm: 500_000, lpr_ppm: 30_000 });
        assert_eq!(text.zh, "贴息上限：按贷款市场报价利率 3 % 的 50 % 计算");
        assert_eq!(text.en, "no more than 50 % of the loan prime rate of 3 %");
    }
}
