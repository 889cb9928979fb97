//! From a filed claim to a paid one: who may do what when, and what the pool can commit to whom.

use crate::error::{AppError, Code, Faults, FieldCode, Refusal};
use crate::platform::actor::UserId;
use crate::risk_pool::model::{CompensationClaim, CompensationState as State, PoolTerms};
use crate::say;
use crate::talent_loans::model::{Loan, LoanState};

/// The facts a claim must show before it is admitted; all that is missing is named at once.
pub fn may_trigger(claim: &CompensationClaim, terms: &PoolTerms) -> Result<(), AppError> {
    let mut faults = Faults::default();
    if claim.overdue_days < terms.overdue_days {
        let (least, is) = (terms.overdue_days, claim.overdue_days);
        let said = say!("本金逾期须满 {least} 天，现为 {is} 天", "principal must be {least} days overdue, it is {is}");
        faults.add("/overdue_days", FieldCode::OutOfRange, said);
    }
    if claim.class < terms.class {
        let (least, is) = (terms.class, claim.class);
        let said = say!("贷款分类须不优于 {least}，现为 {is}", "the loan must be classed {least} or worse, it is {is}");
        faults.add("/class", FieldCode::NotAllowed, said);
    }
    if terms.recovery_started && claim.recovery_started_on.is_none() {
        let said = say!("须已启动追偿", "recovery must have been started");
        faults.add("/recovery_started_on", FieldCode::Required, said);
    }
    faults.done().map_err(|e| AppError { code: Code::TriggerUnmet, ..e })
}

/// There is something to lose: drawn and not paid back.
pub fn may_file(loan: &Loan) -> Result<(), Refusal> {
    match loan.state {
        LoanState::Active | LoanState::Overdue => Ok(()),
        LoanState::Registered | LoanState::Settled | LoanState::Cancelled => {
            let said = say!("此贷款没有未偿还的本金", "nothing is owed on this loan");
            Err(Refusal::new(Code::InvalidTransition, said))
        }
    }
}

pub fn may_update(claim: &CompensationClaim) -> Result<(), Refusal> {
    in_state(claim, &[State::Filed, State::Returned])
}

pub fn may_submit(claim: &CompensationClaim) -> Result<(), Refusal> {
    in_state(claim, &[State::Returned])
}

pub fn may_return(claim: &CompensationClaim) -> Result<(), Refusal> {
    in_state(claim, &[State::Filed])
}

/// Nobody admits what they filed.
pub fn may_admit(claim: &CompensationClaim, me: &UserId) -> Result<(), Refusal> {
    in_state(claim, &[State::Filed])?;
    another(&claim.filed_by, me)
}

/// Also after admission, as long as nothing has been paid.
pub fn may_refuse(claim: &CompensationClaim) -> Result<(), Refusal> {
    in_state(claim, &[State::Filed, State::Returned, State::Admitted, State::Queued])?;
    if claim.paid_fen > 0 {
        let said = say!("已支付部分补偿，不能再驳回", "part of it has been paid; it can no longer be refused");
        return Err(Refusal::new(Code::InvalidTransition, said));
    }
    Ok(())
}

/// Nobody pays what they admitted. A claim that only waits is told so in its own code.
pub fn may_pay(claim: &CompensationClaim, me: &UserId) -> Result<(), Refusal> {
    in_state(claim, &[State::Admitted, State::Queued])?;
    if let Some(admitted_by) = &claim.admitted_by {
        another(admitted_by, me)?;
    }
    if claim.committed_fen == 0 {
        let said = say!("风险池余额不足，此申请仍在排队", "the pool is short; this claim still waits in the queue");
        return Err(Refusal::new(Code::PoolShort, said));
    }
    Ok(())
}

/// As soon as anything was paid, and for ever: neither write-off nor closing ends the duty to return what is recovered.
pub fn may_recover(claim: &CompensationClaim) -> Result<(), Refusal> {
    if claim.paid_fen > 0 { Ok(()) } else { Err(wrong_state(claim)) }
}

pub fn may_write_off(claim: &CompensationClaim) -> Result<(), Refusal> {
    in_state(claim, &[State::Paid, State::Closed])?;
    match claim.written_off_on {
        None => Ok(()),
        Some(on) => {
            let said = say!("已于 {on} 核销", "it was written off on {on}");
            Err(Refusal::new(Code::InvalidTransition, said))
        }
    }
}

pub fn may_close(claim: &CompensationClaim) -> Result<(), Refusal> {
    in_state(claim, &[State::Paid])
}

/// The state of an admitted claim follows from its money.
pub fn state_of_admitted(claim: &CompensationClaim) -> State {
    if claim.queued_fen > 0 {
        State::Queued
    } else if claim.committed_fen > 0 {
        State::Admitted
    } else {
        State::Paid
    }
}

/// What each waiting claim gets of the available money, in the order given: the first is served as far as the money goes before
/// the next gets anything.
pub fn serve(available_fen: i64, queued_fen: &[i64]) -> Vec<i64> {
    let mut left = available_fen.max(0);
    let take = |wanted: &i64| {
        let given = left.min(*wanted);
        left -= given;
        given
    };
    queued_fen.iter().map(take).collect()
}

fn another(first: &UserId, me: &UserId) -> Result<(), Refusal> {
    if first == me { Err(Refusal::plain(Code::TwoPersonRule)) } else { Ok(()) }
}

fn in_state(claim: &CompensationClaim, allowed: &[State]) -> Result<(), Refusal> {
    if allowed.contains(&claim.state) { Ok(()) } else { Err(wrong_state(claim)) }
}

fn wrong_state(claim: &CompensationClaim) -> Refusal {
    let state = claim.state;
    Refusal::new(Code::InvalidTransition, say!("补偿申请当前状态为 {state}", "the claim is {state}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::enterprises::model::EnterpriseId;
    use crate::platform::clock::Clock;
    use crate::platform::types::Doc;
    use crate::risk_pool::model::{CompensationClaimId, LoanClass, terms_of_tests};
    use crate::talent_loans::model::{BankId, LoanId, TalentId};

    fn user(name: &str) -> UserId {
        UserId(name.into())
    }

    fn claim(state: State) -> CompensationClaim {
        let day = chrono::NaiveDate::from_ymd_opt(2026, 3, 2).expect("a day");
        let now = Clock::default().now();
        CompensationClaim {
            id: CompensationClaimId("c".into()),
            bank_id: BankId("bank".into()),
            loan_id: LoanId("loan".into()),
            enterprise_id: EnterpriseId("e".into()),
            talent_id: TalentId("t".into()),
            state,
            principal_loss_fen: 1_000,
            covered_fen: 1_000,
            ratio_ppm: 800_000,
            overdue_days: 90,
            class: LoanClass::Substandard,
            recovery_started_on: Some(day),
            collateral_proceeds_fen: 0,
            evidence: "judgment".into(),
            entitled_fen: 800,
            committed_fen: 0,
            paid_fen: 0,
            returned_fen: 0,
            queued_fen: 0,
            levels: Doc::of(&Vec::new()),
            filed_on: day,
            filed_by: user("bank clerk"),
            complete_on: Some(day),
            due_on: Some(day),
            due_provisional: false,
            reason: None,
            queue_no: None,
            admitted_by: Some(user("manager")),
            written_off_on: None,
            created_at: now,
            updated_at: now,
            version: 1,
        }
    }

    #[test]
    fn every_missing_condition_is_named_at_once() {
        let terms = terms_of_tests();
        assert!(may_trigger(&claim(State::Filed), &terms).is_ok());
        let early = CompensationClaim {
            overdue_days: 89,
            class: LoanClass::SpecialMention,
            recovery_started_on: None,
            ..claim(State::Filed)
        };
        let refused = may_trigger(&early, &terms).unwrap_err();
        let named: Vec<&str> = refused.fields.iter().map(|field| field.pointer.as_str()).collect();
        assert_eq!(
            (refused.code, named),
            (Code::TriggerUnmet, vec!["/overdue_days", "/class", "/recovery_started_on"])
        );
        for class in [LoanClass::Substandard, LoanClass::Doubtful, LoanClass::Loss] {
            assert!(may_trigger(&CompensationClaim { class, ..claim(State::Filed) }, &terms).is_ok(), "{class}");
        }
    }

    #[test]
    fn each_step_belongs_to_its_states() {
        type May = fn(&CompensationClaim) -> Result<(), Refusal>;
        let table: [(&str, May, &[State]); 8] = [
            ("update", may_update, &[State::Filed, State::Returned]),
            ("submit", may_submit, &[State::Returned]),
            ("return", may_return, &[State::Filed]),
            ("admit", |c| may_admit(c, &user("manager")), &[State::Filed]),
            ("refuse", may_refuse, &[State::Filed, State::Returned, State::Admitted, State::Queued]),
            ("pay", |c| may_pay(c, &user("cashier")), &[State::Admitted, State::Queued]),
            ("write off", may_write_off, &[State::Paid, State::Closed]),
            ("close", may_close, &[State::Paid]),
        ];
        for (step, may, allowed) in table {
            for state in State::ALL {
                let row = CompensationClaim { committed_fen: 800, ..claim(*state) };
                let code = may(&row).err().map(|refusal| refusal.code);
                let expected = if allowed.contains(state) { None } else { Some(Code::InvalidTransition) };
                assert_eq!(code, expected, "{step} in {state}");
            }
        }
    }

    #[test]
    fn filing_admitting_and_paying_are_different_people() {
        let filed = claim(State::Filed);
        assert_eq!(may_admit(&filed, &user("bank clerk")).unwrap_err().code, Code::TwoPersonRule);
        let admitted = CompensationClaim { committed_fen: 800, ..claim(State::Admitted) };
        assert_eq!(may_pay(&admitted, &user("manager")).unwrap_err().code, Code::TwoPersonRule);
    }

    #[test]
    fn what_waits_is_not_paid_and_what_is_paid_is_not_refused() {
        let waiting = CompensationClaim { queued_fen: 800, ..claim(State::Queued) };
        assert_eq!(may_pay(&waiting, &user("cashier")).unwrap_err().code, Code::PoolShort);
        let begun = CompensationClaim { paid_fen: 500, queued_fen: 300, ..claim(State::Queued) };
        assert_eq!(may_refuse(&begun).unwrap_err().code, Code::InvalidTransition);
    }

    #[test]
    fn recoveries_are_owed_for_ever_once_anything_was_paid() {
        for state in [State::Queued, State::Paid, State::Closed] {
            assert_eq!(may_recover(&CompensationClaim { paid_fen: 1, ..claim(state) }), Ok(()), "{state}");
            assert_eq!(may_recover(&claim(state)).unwrap_err().code, Code::InvalidTransition, "{state}");
        }
        let written_off = CompensationClaim {
            paid_fen: 1,
            written_off_on: Some(claim(State::Paid).filed_on),
            ..claim(State::Closed)
        };
        assert_eq!(may_recover(&written_off), Ok(()));
        assert_eq!(may_write_off(&written_off).unwrap_err().code, Code::InvalidTransition);
    }

    #[test]
    fn the_state_of_an_admitted_claim_follows_its_money() {
        for (committed_fen, paid_fen, queued_fen, state) in [
            (800, 0, 0, State::Admitted),
            (500, 0, 300, State::Queued),
            (0, 500, 300, State::Queued),
            (300, 500, 0, State::Admitted),
            (0, 800, 0, State::Paid),
        ] {
            let row = CompensationClaim { committed_fen, paid_fen, queued_fen, ..claim(State::Queued) };
            assert_eq!(state_of_admitted(&row), state);
        }
    }
}
