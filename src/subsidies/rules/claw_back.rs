//! What is asked back.

use chrono::{Months, NaiveDate};

use crate::error::{Code, Refusal};
use crate::platform::money::half_up;
use crate::say;
use crate::subsidies::model::{Claim, ClawBack, ClawBackExtent, ClawBackState, SubsidyClaimState};

/// After it was paid, and only for what was not asked back before.
pub fn may_claw_back(claim: &Claim) -> Result<(), Refusal> {
    match claim.state {
        SubsidyClaimState::Paid | SubsidyClaimState::Archived if claim.returned_fen < claim.paid_fen => Ok(()),
        SubsidyClaimState::Paid | SubsidyClaimState::Archived => {
            Err(Refusal::new(Code::InvalidTransition, say!("已全部追回", "all of it has been returned")))
        }
        _ => Err(Refusal::new(Code::InvalidTransition, say!("贴息尚未拨付", "nothing has been paid"))),
    }
}

pub fn may_repay(claw_back: &ClawBack) -> Result<(), Refusal> {
    match claw_back.state {
        ClawBackState::Demanded => Ok(()),
        ClawBackState::Proposed | ClawBackState::Settled | ClawBackState::Dropped => {
            Err(Refusal::new(Code::InvalidTransition, say!("该追回事项当前不收款", "nothing is owed on this demand")))
        }
    }
}

/// The amount, of what is not returned yet. Pro rata: the days left of the years to stay over all their days, counted from the
/// payment, half-up to the fen; whoever leaves after them owes nothing.
pub fn amount(
    extent: ClawBackExtent,
    paid_fen: i64,
    returned_fen: i64,
    paid_on: NaiveDate,
    since: NaiveDate,
    years: i64,
) -> i64 {
    let owed = match extent {
        ClawBackExtent::Full => paid_fen,
        ClawBackExtent::ProRata => {
            let months = u32::try_from(years * 12).unwrap_or(0);
            let until = paid_on.checked_add_months(Months::new(months)).unwrap_or(NaiveDate::MAX);
            let (left, all) = ((until - since.max(paid_on)).num_days().max(0), (until - paid_on).num_days());
            if all <= 0 {
                0
            } else {
                let share = half_up(i128::from(paid_fen) * i128::from(left), i128::from(all));
                i64::try_from(share).unwrap_or(paid_fen)
            }
        }
    };
    owed.min(paid_fen - returned_fen)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn on(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    #[test]
    fn whoever_moves_out_returns_the_days_that_were_left() {
        let paid = on("2027-05-10");
        for (extent, since, returned, expected) in [
            (ClawBackExtent::Full, "2029-01-01", 0, 1_096_000),
            (ClawBackExtent::Full, "2029-01-01", 96_000, 1_000_000),
            // 1,096 days from 10 May 2027 to 10 May 2030.
            (ClawBackExtent::ProRata, "2027-05-10", 0, 1_096_000),
            (ClawBackExtent::ProRata, "2027-01-01", 0, 1_096_000),
            (ClawBackExtent::ProRata, "2030-05-09", 0, 1_000),
            (ClawBackExtent::ProRata, "2030-05-10", 0, 0),
            (ClawBackExtent::ProRata, "2028-05-10", 0, 730_000),
            (ClawBackExtent::ProRata, "2028-05-10", 1_000_000, 96_000),
        ] {
            assert_eq!(amount(extent, 1_096_000, returned, paid, on(since), 3), expected, "{extent} {since}");
        }
        assert_eq!(amount(ClawBackExtent::ProRata, 1_000, 0, paid, paid, 0), 0, "no duty to stay, nothing to return");
    }

    proptest! {
        #[test]
        fn never_more_than_was_paid_and_less_the_later(
            paid_fen in 1..1_000_000_000i64, first in 0..1_200i64, later in 0..400i64, returned in 0..1_000i64,
        ) {
            let paid_on = on("2027-05-10");
            let at = |days| paid_on + chrono::Duration::days(days);
            let returned = returned.min(paid_fen);
            let early = amount(ClawBackExtent::ProRata, paid_fen, returned, paid_on, at(first), 3);
            let late = amount(ClawBackExtent::ProRata, paid_fen, returned, paid_on, at(first + later), 3);
            prop_assert!(0 <= late && late <= early && early <= paid_fen - returned);
        }
    }
}
