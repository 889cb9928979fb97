//! Steps that take a right away: an officer prepares them, or the enterprise asks for its own exit, and an approver decides.
//! `decided.rs` carries them out.

use serde_json::{Value, json};

use super::moving::subject;
use super::reading::find_visible;
use crate::decisions::model::{DecisionAction, DecisionView};
use crate::decisions::service::{self as decisions, Preparation};
use crate::error::{AppError, Code, Faults, Refusal};
use crate::library::db;
use crate::library::model::{Membership, MembershipId, MembershipReasonBody, RevokeMembershipBody};
use crate::library::rules::asking::{check_bar_years, check_grounds};
use crate::library::rules::{self, Move};
use crate::platform::config::Programme;
use crate::platform::door::Cx;
use crate::say;

pub fn prepare_suspension(
    cx: &mut Cx,
    id: &MembershipId,
    body: &MembershipReasonBody,
    programme: &Programme,
) -> Result<DecisionView, AppError> {
    let member = find_movable(cx, id, Move::Suspend)?;
    let grounds = Grounds::checked(&body.reason, &body.basis)?;
    grounds.prepare(cx, &member, DecisionAction::MembershipSuspend, Move::Suspend, json!({}), programme)
}

/// Neutral: nobody is barred by it.
pub fn prepare_exit(
    cx: &mut Cx,
    id: &MembershipId,
    body: &MembershipReasonBody,
    programme: &Programme,
) -> Result<DecisionView, AppError> {
    let (member, _) = find_visible(cx, id)?;
    may_step(cx, &member, Move::Exit, true)?;
    let grounds = Grounds::checked(&body.reason, &body.basis)?;
    grounds.prepare(cx, &member, DecisionAction::MembershipExit, Move::Exit, json!({}), programme)
}

/// For fault: the title ends and the enterprise may not come back for some years.
pub fn prepare_revocation(
    cx: &mut Cx,
    id: &MembershipId,
    body: &RevokeMembershipBody,
    programme: &Programme,
) -> Result<DecisionView, AppError> {
    let member = find_movable(cx, id, Move::Revoke)?;
    let bar_years = body.bar_years.unwrap_or(programme.bar_years);
    let mut faults = Faults::default();
    check_grounds(&body.reason, &body.basis, &mut faults);
    check_bar_years(bar_years, &mut faults);
    faults.done()?;
    let grounds = Grounds { reason: &body.reason, basis: &body.basis };
    let more = json!({ "bar_years": bar_years });
    grounds.prepare(cx, &member, DecisionAction::MembershipRevoke, Move::Revoke, more, programme)
}

fn find_movable(cx: &mut Cx, id: &MembershipId, by: Move) -> Result<Membership, AppError> {
    let (member, _) = find_visible(cx, id)?;
    may_step(cx, &member, by, false)?;
    Ok(member)
}

/// Whether this move may be asked for by the caller now. Nobody takes part in what concerns their own enterprise, but for an exit
/// it asks for itself. While a re-check is open, its conclusion decides.
pub(super) fn may_step(cx: &mut Cx, member: &Membership, by: Move, by_itself: bool) -> Result<(), AppError> {
    rules::may_move(member.state, by)?;
    if !by_itself && super::in_conflict(cx, member)? {
        return Err(Refusal::plain(Code::ConflictOfInterest).into());
    }
    if db::rechecks::has_open_recheck(cx.conn, &member.id)? {
        let said = say!("复核尚未结束，须由复核结论决定", "a re-check is open: its conclusion decides");
        return Err(Refusal::new(Code::InvalidTransition, said).into());
    }
    Ok(())
}

struct Grounds<'a> {
    reason: &'a str,
    basis: &'a str,
}

impl<'a> Grounds<'a> {
    fn checked(reason: &'a str, basis: &'a str) -> Result<Self, AppError> {
        let mut faults = Faults::default();
        check_grounds(reason, basis, &mut faults);
        faults.done()?;
        Ok(Self { reason, basis })
    }

    fn prepare(
        self,
        cx: &mut Cx,
        member: &Membership,
        action: DecisionAction,
        by: Move,
        more: Value,
        programme: &Programme,
    ) -> Result<DecisionView, AppError> {
        let mut proposal = shown(cx, member, self.basis)?;
        proposal["state"] = json!({"from": member.state, "to": rules::may_move(member.state, by)?});
        if let (Value::Object(proposal), Value::Object(more)) = (&mut proposal, more) {
            proposal.extend(more);
        }
        let decision = decisions::prepare(
            cx,
            Preparation {
                subject: subject(member),
                action,
                proposal,
                reason: self.reason.to_owned(),
                approvals_needed: programme.approvals_needed,
            },
        )?;
        decisions::view(cx, decision)
    }
}

/// What an approver has to know of a membership.
pub(super) fn shown(cx: &mut Cx, member: &Membership, basis: &str) -> Result<Value, AppError> {
    let enterprise = crate::applications::db::find_enterprise(cx.conn, &member.enterprise_id)?;
    Ok(json!({
        "enterprise": {"id": enterprise.id, "name": enterprise.name, "credit_code": enterprise.credit_code},
        "membership_id": member.id,
        "tier": member.tier,
        "lane": member.lane,
        "certificate_number": member.certificate_number,
        "basis": basis.trim(),
    }))
}
