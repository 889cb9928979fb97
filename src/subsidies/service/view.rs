use super::db;
use crate::decisions::service::decisions_of;
use crate::error::AppError;
use crate::platform::actions::Actions;
use crate::platform::door::Cx;
use crate::platform::policy::Action;
use crate::platform::types::Doc;
use crate::subsidies::model::*;
use crate::subsidies::rules::claims::{Step, may, may_confirm, may_review, may_review_again};
use crate::subsidies::rules::claw_back::may_claw_back;

/// Everybody their part: banks the lines of their own loans, enterprises everything but who decides, staff all of it.
pub fn view(cx: &mut Cx, (claim, name): NamedClaim) -> Result<SubsidyClaimView, AppError> {
    let (staff, bank) = (cx.scope.all, cx.scope.org && !cx.scope.own && !cx.scope.all);
    let me = cx.actor.label();
    let user = cx.actor.user_id().cloned();
    let mut loans = Vec::new();
    for (row, contract_no) in db::claims::list_claim_loans(cx.conn, &claim.id)? {
        if bank && !matches!(&user, Some(user) if db::claims::is_own_bank(cx.conn, &row, user)?) {
            continue;
        }
        loans.push(SubsidyClaimLoanView {
            receipts: row.receipts.as_ref().map(Doc::read).transpose()?,
            loan_id: row.loan_id,
            bank_id: row.bank_id,
            contract_no,
            confirmed_at: row.confirmed_at,
            computed_fen: row.computed_fen,
            granted_fen: row.granted_fen,
            adjust_reason: row.adjust_reason,
        });
    }
    let contracts = loans.iter().map(|loan| loan.contract_no.clone()).collect();
    let decisions = if staff { decisions_of(cx, &claim.subject())? } else { Vec::new() };
    let payments = if bank { Vec::new() } else { db::payments::list_of_claim(cx.conn, &claim.id)? };
    let href = |step: &str| format!("/api/v1/subsidy-claims/{}{step}", claim.id);
    let step = |step: Step| may(&claim, step).map(drop);
    let actions = Actions::of(cx)
        .add(Action::SubsidyClaimUpdate, "PATCH", href(""), step(Step::Edit))
        .add(Action::SubsidyClaimSubmit, "POST", href("/submission"), step(Step::Submit))
        .add(Action::SubsidyClaimWithdraw, "POST", href("/withdrawal"), step(Step::Withdraw))
        .add(Action::SubsidyClaimConfirm, "POST", href("/confirmations"), may_confirm(&claim))
        .add(Action::SubsidyClaimReturn, "POST", href("/return"), step(Step::Return))
        .add(Action::SubsidyClaimReject, "POST", href("/rejection"), step(Step::Reject))
        .add(Action::SubsidyClaimReview, "POST", href("/review"), may_review(&claim, &me))
        .add(Action::SubsidyClaimReviewAgain, "POST", href("/second-review"), may_review_again(&claim, &me))
        .add(Action::SubsidyAnnounce, "POST", "/api/v1/subsidy-notices".into(), step(Step::Announce))
        .add(Action::PaymentBatchCreate, "POST", "/api/v1/payment-batches".into(), step(Step::Order))
        .add(Action::SubsidyClaimArchive, "POST", href("/archival"), step(Step::Archive))
        .add(Action::ClawBackPrepare, "POST", href("/claw-backs"), may_claw_back(&claim))
        .list();
    Ok(SubsidyClaimView {
        scheme_id: claim.scheme_id.clone(),
        interest_from: claim.interest_from,
        interest_to: claim.interest_to,
        window_from: claim.window_from,
        form: if bank { None } else { Some(claim.form.read()?) },
        loans,
        calculation: match &claim.calculation {
            Some(calculation) if !bank => Some(calculation.read()?),
            _ => None,
        },
        due_provisional: claim.due_provisional,
        notice_id: claim.notice_id.clone(),
        publicity_ends_on: claim.publicity_ends_on,
        reason: claim.reason.clone(),
        returned_fen: claim.returned_fen,
        decisions,
        payments: payments.into_iter().map(PaymentSummary::try_from).collect::<Result<_, _>>()?,
        created_at: claim.created_at,
        updated_at: claim.updated_at,
        version: claim.version,
        actions,
        summary: SubsidyClaimSummary::of((claim, name), contracts, cx.today()),
    })
}
