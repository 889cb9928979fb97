//! Who may act for an enterprise, and who decides it.

use crate::enterprises::model::{Claim, ClaimState, Member, MemberRole};
use crate::error::{Code, Refusal};
use crate::platform::actor::UserId;
use crate::say;

/// Nobody decides a claim of their own, and no claim is decided twice.
pub fn may_decide(claim: &Claim, officer: Option<&UserId>) -> Result<(), Refusal> {
    if claim.state != ClaimState::Pending {
        let said = say!("该认领已处理", "the claim has been decided already");
        return Err(Refusal::new(Code::InvalidTransition, said));
    }
    if officer == Some(&claim.user_id) {
        let said = say!("不能处理本人提出的认领", "nobody decides a claim of their own");
        return Err(Refusal::new(Code::TwoPersonRule, said));
    }
    Ok(())
}

pub fn may_verify(member: &Member, officer: Option<&UserId>) -> Result<(), Refusal> {
    if officer == Some(&member.user_id) {
        let said = say!("不能核验本人", "nobody verifies themselves");
        return Err(Refusal::new(Code::TwoPersonRule, said));
    }
    if member.verified {
        return Err(Refusal::new(Code::InvalidTransition, say!("该人员已核验", "the person is verified already")));
    }
    Ok(())
}

/// At the enterprise's own wish: an owner removes others, anybody leaves, but somebody must be left who owns the record.
/// `by` is the membership of the caller; officers are not bound by this.
pub fn may_remove(member: &Member, by: Option<&Member>, owners: usize) -> Result<(), Refusal> {
    let Some(by) = by else { return Err(Refusal::plain(Code::Forbidden)) };
    if by.id != member.id && by.role != MemberRole::Owner {
        let said = say!("仅企业负责人可移除其他人员", "only an owner removes others");
        return Err(Refusal::new(Code::Forbidden, said));
    }
    if member.role == MemberRole::Owner && owners < 2 {
        let said = say!("企业须保留至少一名负责人", "the enterprise keeps at least one owner");
        return Err(Refusal::new(Code::InvalidTransition, said));
    }
    Ok(())
}
