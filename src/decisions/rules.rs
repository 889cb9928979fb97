//! Who may decide: nobody what they prepared, everybody once.

use super::model::{Decision, DecisionState, DecisionStep, Verdict};
use crate::error::{Code, Refusal};
use crate::platform::actor::UserId;
use crate::say;

/// For approving and for refusing alike.
pub fn may_decide(decision: &Decision, steps: &[DecisionStep], me: &UserId) -> Result<(), Refusal> {
    pending(decision)?;
    if decision.prepared_by == *me {
        return Err(Refusal::plain(Code::TwoPersonRule));
    }
    if steps.iter().any(|step| step.user_id == *me) {
        let said = say!("您已对此事项表决，需由其他人审批", "you have decided on this already; another person must");
        return Err(Refusal::new(Code::TwoPersonRule, said));
    }
    Ok(())
}

pub fn may_void(decision: &Decision, me: &UserId) -> Result<(), Refusal> {
    pending(decision)?;
    if decision.prepared_by == *me { Ok(()) } else { Err(Refusal::plain(Code::NotPreparer)) }
}

pub fn approvals(steps: &[DecisionStep]) -> i32 {
    steps.iter().filter(|step| step.verdict == Verdict::Approved).count() as i32
}

fn pending(decision: &Decision) -> Result<(), Refusal> {
    let said = match decision.state {
        DecisionState::Pending => return Ok(()),
        DecisionState::Approved => say!("此事项已批准", "this has been approved already"),
        DecisionState::Refused => say!("此事项已被否决", "this has been refused already"),
        DecisionState::Voided => say!("此事项已作废", "this has been voided"),
    };
    Err(Refusal::new(Code::InvalidTransition, said))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decisions::model::{DecisionAction, DecisionId, DecisionStepId};
    use crate::platform::clock::Clock;
    use crate::platform::types::Doc;

    fn user(name: &str) -> UserId {
        UserId(name.into())
    }

    fn decision(state: DecisionState) -> Decision {
        Decision {
            id: DecisionId("d".into()),
            subject_kind: "application".into(),
            subject_id: "a".into(),
            action: DecisionAction::ApplicationPropose,
            proposal: Doc::of(&serde_json::json!({})),
            state,
            prepared_by: user("officer"),
            reason: "ranked first".into(),
            approvals_needed: 2,
            created_at: Clock::default().now(),
            decided_by: None,
            decided_at: None,
            version: 1,
        }
    }

    fn step(by: &str, verdict: Verdict) -> DecisionStep {
        DecisionStep {
            id: DecisionStepId(by.into()),
            decision_id: DecisionId("d".into()),
            user_id: user(by),
            verdict,
            reason: None,
            at: Clock::default().now(),
        }
    }

    #[test]
    fn another_person_decides_and_each_of_them_once() {
        let pending = decision(DecisionState::Pending);
        let first = [step("leader", Verdict::Approved)];
        for (steps, me, code) in [
            (&[][..], "officer", Some(Code::TwoPersonRule)),
            (&[], "leader", None),
            (&first, "leader", Some(Code::TwoPersonRule)),
            (&first, "deputy", None),
            (&first, "officer", Some(Code::TwoPersonRule)),
        ] {
            assert_eq!(
                may_decide(&pending, steps, &user(me)).err().map(|r| r.code),
                code,
                "{me} after {}",
                steps.len()
            );
        }
        assert_eq!(approvals(&first), 1);
    }

    #[test]
    fn what_is_decided_stays_decided() {
        for state in [DecisionState::Approved, DecisionState::Refused, DecisionState::Voided] {
            let decided = decision(state);
            for refusal in [may_decide(&decided, &[], &user("leader")), may_void(&decided, &user("officer"))] {
                assert_eq!(refusal.unwrap_err().code, Code::InvalidTransition, "{state}");
            }
        }
    }

    #[test]
    fn only_the_preparer_takes_a_proposal_back() {
        let pending = decision(DecisionState::Pending);
        assert_eq!(may_void(&pending, &user("officer")), Ok(()));
        assert_eq!(may_void(&pending, &user("leader")).unwrap_err().code, Code::NotPreparer);
    }
}
