//! Interest subsidies of the demo: a claim in every state, the budget behind them, payments, and a bank statement that does not
//! agree with the books in every line.

use chrono::Datelike;
use serde_json::{Value, json};

use super::loans::{Desk, Lending, MILLION};
use super::seed::Story;
use super::stage::{Player, body};
use crate::error::AppError;
use crate::platform::door::Cx;
use crate::platform::policy::Action;
use crate::publicity::model::NoticeId;
use crate::reconciliation::model::MoneyAccount;
use crate::reconciliation::service::{closing, statements};
use crate::subsidies::model::{SubsidyClaimId, SubsidyClaimState as State, SubsidyClaimView};
use crate::subsidies::service::{announcing, budgets, claw_backs, confirming, filing, payments, reading, reviewing};
use crate::talent_loans::service::imports::Import;

/// Firm and state of the claims that are worked on at once when the window opens.
const EARLY: [(usize, State); 8] = [
    (0, State::Paid),
    (1, State::Paid),
    (2, State::Archived),
    (3, State::Payable),
    (4, State::Payable),
    (5, State::InPayment),
    (6, State::PaymentFailed),
    (7, State::Paid),
];

/// And of those that lie on the desks today.
const LATE: [(usize, State); 19] = [
    (0, State::Draft),
    (0, State::Returned),
    (8, State::Filed),
    (9, State::Filed),
    (10, State::Filed),
    (11, State::Confirmed),
    (12, State::Confirmed),
    (13, State::Confirmed),
    (1, State::Reviewed),
    (2, State::Reviewed),
    (3, State::PendingApproval),
    (4, State::PendingApproval),
    (5, State::Approved),
    (6, State::Approved),
    (7, State::InPublicity),
    (8, State::Objected),
    (9, State::Rejected),
    (10, State::Withdrawn),
    (11, State::Confirmed),
];

/// Claims on their way, with the state they are to be in.
pub struct Claimed(Vec<(SubsidyClaimId, State)>);

impl Story {
    /// The window opens: a budget, and the first claims up to their public notice.
    pub async fn subsidies_are_approved(&self, lending: &Lending) -> Result<Claimed, AppError> {
        let desk = self.desk().await?;
        let year = self.day(-125).year();
        let set = body(json!({"year": year, "total_fen": 300_000_000, "reason": "区财政预算批复第 12 号"}))?;
        let prepare = move |cx: &mut Cx| budgets::set_subsidy_budget(cx, &set);
        let decision = self.stage.act(&desk.manager, Action::SubsidyBudgetSet, prepare).await?;
        self.approve(json!(decision)).await?;
        let mut claimed = Vec::new();
        for (n, (firm, state)) in EARLY.into_iter().enumerate() {
            let contract = format!("LS-{:03}", n + 1);
            claimed.push((self.claim(&desk, lending, &contract, firm, State::Approved).await?, state));
        }
        self.announce(&desk, claimed.iter().map(|(id, _)| id.clone()).collect()).await?;
        Ok(Claimed(claimed))
    }

    /// The notice has ended without an objection: money goes out, and the bank's statement comes in.
    pub async fn subsidies_are_paid(&self, Claimed(claimed): &Claimed) -> Result<(), AppError> {
        let desk = self.desk().await?;
        let ordered: Vec<_> = claimed.iter().filter(|(_, state)| *state != State::Payable).collect();
        let ids: Vec<_> = ordered.iter().map(|(id, _)| id).collect();
        let order = body(json!({"claim_ids": ids, "note": "第一批"}))?;
        let create = move |cx: &mut Cx| payments::create_payment_batch(cx, &order);
        let batch = self.stage.act(&desk.manager, Action::PaymentBatchCreate, create).await?;
        let mut lines = vec!["交易日期,流水号,借贷方向,金额（元）,对方户名,对方账号,摘要".to_owned()];
        for (n, payment) in batch.items.iter().enumerate() {
            let Some((_, state)) = ordered.iter().find(|(id, _)| *id == payment.claim_id) else { continue };
            let voucher = format!("TX-{:03}", n + 1);
            let outcome = match state {
                State::InPayment => continue,
                State::PaymentFailed => json!({"outcome": "failed", "failure": "收款账号与户名不符"}),
                _ => json!({"outcome": "paid", "voucher_no": voucher}),
            };
            let (id, outcome) = (payment.id.clone(), body(outcome)?);
            let record = move |cx: &mut Cx| payments::record_subsidy_payment(cx, &id, &outcome);
            self.stage.edit(&desk.manager, 1, Action::SubsidyPaymentRecord, record).await?;
            if *state == State::PaymentFailed {
                continue;
            }
            // One transfer went out with 10 yuan less than the books say.
            let fen = payment.amount_fen - if n == 1 { 1_000 } else { 0 };
            let (day, payee) = (self.day(-62), &payment.payee);
            let yuan = format!("{}.{:02}", fen / 100, fen % 100);
            lines.push(format!("{day},{voucher},借,{yuan},{},{},贷款贴息", payee.holder, payee.number));
        }
        lines.push(format!("{},JX-01,贷,86.40,,,账户结息", self.day(-62)));
        self.statement(&desk, MoneyAccount::Subsidy, lines.join("\n")).await?;
        for (id, state) in claimed {
            if *state == State::Archived {
                let archive = |cx: &mut Cx, id: &SubsidyClaimId| reading::archive_subsidy_claim(cx, id);
                self.on_claim(&desk.manager, Action::SubsidyClaimArchive, id, archive).await?;
            }
        }
        let (id, why) = (
            claimed[7].0.clone(),
            json!({
                "cause": "moved_out", "extent": "pro_rata", "since": self.day(-62), "reason": "企业已办理迁出登记",
            }),
        );
        let why = body(why)?;
        let claw_back = move |cx: &mut Cx| claw_backs::claw_back_subsidy(cx, &id, &why);
        self.stage.act(&desk.reviewer, Action::ClawBackPrepare, claw_back).await.map(drop)
    }

    /// What the pool's account shows of its first month, which is closed.
    pub async fn the_pools_first_month_is_closed(&self, began: chrono::NaiveDate) -> Result<(), AppError> {
        let desk = self.desk().await?;
        let csv = format!(
            "交易日期,流水号,借贷方向,金额（元）,对方户名,对方账号,摘要\n{began},ZZ-001,贷,3600000.00,,,市级注资\n{began},ZZ-002,贷,2400000.00,,,区级注资"
        );
        self.statement(&desk, MoneyAccount::Pool, csv).await?;
        let month = body(json!({"account": "pool", "period": began.format("%Y-%m").to_string()}))?;
        let close = move |cx: &mut Cx| closing::close_period(cx, &month);
        self.stage.act(&desk.manager, Action::PeriodClose, close).await.map(drop)
    }

    /// The claims of today, each at another desk.
    pub async fn subsidies_of_today(&self, lending: &Lending) -> Result<(), AppError> {
        let desk = self.desk().await?;
        for (n, (firm, state)) in LATE.into_iter().enumerate() {
            let contract = format!("LS-{:03}", 101 + n);
            let id = self.claim(&desk, lending, &contract, firm, state).await?;
            if matches!(state, State::InPublicity | State::Objected) {
                let notice = self.announce(&desk, vec![id]).await?;
                if state == State::Objected {
                    self.object(&notice, firm, false).await?;
                }
            }
        }
        // Drawn and not claimed for yet: the applicant may begin a claim.
        let free = self.loan(&desk.clerk, lending, "LS-201", 0, 3 * MILLION).await?;
        self.draw(&desk.clerk, &free, 3 * MILLION).await?;
        let more = json!({"year": self.day(-125).year(), "total_fen": 400_000_000, "reason": "追加预算申请"});
        let more = body(more)?;
        let prepare = move |cx: &mut Cx| budgets::set_subsidy_budget(cx, &more);
        self.stage.act(&desk.manager, Action::SubsidyBudgetSet, prepare).await.map(drop)
    }

    /// A loan of its own, drawn for more than the interest year, and a claim for it as far as `state`; beyond the approval by others.
    async fn claim(
        &self,
        desk: &Desk,
        lending: &Lending,
        contract: &str,
        firm: usize,
        state: State,
    ) -> Result<SubsidyClaimId, AppError> {
        let loan = self.loan(&desk.clerk, lending, contract, firm, 3 * MILLION).await?;
        self.draw(&desk.clerk, &loan, 3 * MILLION).await?;
        let owner = self.stage.sign_in(&self.applicants[firm].email).await?;
        let order = body(json!({
            "enterprise_id": self.applicants[firm].enterprise, "loan_ids": [loan],
            "form": form(&self.applicants[firm].firm.name, firm),
        }))?;
        let create = move |cx: &mut Cx| filing::create_subsidy_claim(cx, &order);
        let id = self.stage.act(&owner, Action::SubsidyClaimCreate, create).await?.summary.id;
        if state == State::Draft {
            return Ok(id);
        }
        let filed = self.on_claim(&owner, Action::SubsidyClaimSubmit, &id, filing::submit_subsidy_claim).await?;
        let why = |reason: &str| body(json!({"reason": reason}));
        match state {
            State::Withdrawn => {
                let why = why("已享受其他贴息，不再申请")?;
                let step = move |cx: &mut Cx, id: &SubsidyClaimId| filing::withdraw_subsidy_claim(cx, id, &why);
                self.on_claim(&owner, Action::SubsidyClaimWithdraw, &id, step).await?;
            }
            State::Returned => {
                let why = why("用款说明不完整，请补充发票清单")?;
                let step = move |cx: &mut Cx, id: &SubsidyClaimId| reviewing::return_subsidy_claim(cx, id, &why);
                self.on_claim(&desk.reviewer, Action::SubsidyClaimReturn, &id, step).await?;
            }
            State::Rejected => {
                let why = why("资金用途与合同不符")?;
                let step = move |cx: &mut Cx, id: &SubsidyClaimId| reviewing::reject_subsidy_claim(cx, id, &why);
                self.on_claim(&desk.reviewer, Action::SubsidyClaimReject, &id, step).await?;
            }
            State::Filed => {}
            _ => self.reviewed(desk, filed, firm, state).await?,
        }
        Ok(id)
    }

    async fn reviewed(&self, desk: &Desk, filed: SubsidyClaimView, firm: usize, state: State) -> Result<(), AppError> {
        let id = filed.summary.id.clone();
        let interest = filed.calculation.as_ref().and_then(|c| c.result.loans.first()).map_or(0, |l| l.interest_fen);
        // The bank of one firm received less than the engine reckons: the lower counts, and the difference is shown.
        let received = if firm == 12 { interest - 50_000 } else { interest };
        let receipts = json!([{"settled_on": filed.interest_to.pred_opt(), "amount_fen": received}]);
        let receipts = body(json!({"loan_id": filed.loans[0].loan_id, "receipts": receipts}))?;
        let confirm = {
            let id = id.clone();
            move |cx: &mut Cx| confirming::confirm_interest(cx, &id, &receipts)
        };
        self.stage.act(&desk.clerk, Action::SubsidyClaimConfirm, confirm).await?;
        if state == State::Confirmed {
            return Ok(());
        }
        let opinion = body(json!({"opinion": "材料齐全，测算无误"}))?;
        let review = move |cx: &mut Cx, id: &SubsidyClaimId| reviewing::review_subsidy_claim(cx, id, &opinion);
        self.on_claim(&desk.reviewer, Action::SubsidyClaimReview, &id, review).await?;
        if state == State::Reviewed {
            return Ok(());
        }
        let opinion = body(json!({"opinion": "复核无异议"}))?;
        let again = move |cx: &mut Cx, id: &SubsidyClaimId| reviewing::review_subsidy_claim_again(cx, id, &opinion);
        let asked = self.on_claim(&desk.checker, Action::SubsidyClaimReviewAgain, &id, again).await?;
        if state == State::PendingApproval {
            return Ok(());
        }
        match asked.decisions.first() {
            Some(decision) => self.approve(json!(decision)).await,
            None => Err(AppError::internal("a claim before the approvers has its decision")),
        }
    }

    async fn announce(&self, desk: &Desk, claims: Vec<SubsidyClaimId>) -> Result<NoticeId, AppError> {
        let order = body(json!({
            "claim_ids": claims, "title": "人才贷贴息拟补贴名单公示", "body": "公示期内如有异议，请实名反映。",
        }))?;
        let announce = move |cx: &mut Cx| announcing::announce_subsidies(cx, &order);
        Ok(self.stage.act(&desk.manager, Action::SubsidyAnnounce, announce).await?.notice_id)
    }

    async fn statement(&self, desk: &Desk, account: MoneyAccount, csv: String) -> Result<(), AppError> {
        let import = move |cx: &mut Cx| statements::import_statement(cx, account, csv.as_bytes(), 100, Import::Write);
        self.stage.act(&desk.manager, Action::StatementImport, import).await.map(drop)
    }

    /// A step on what the person sees of the claim now.
    async fn on_claim(
        &self,
        who: &Player,
        action: Action,
        id: &SubsidyClaimId,
        step: impl Fn(&mut Cx, &SubsidyClaimId) -> Result<SubsidyClaimView, AppError> + Send + 'static,
    ) -> Result<SubsidyClaimView, AppError> {
        let seen = {
            let id = id.clone();
            let read = move |cx: &mut Cx| reading::get_subsidy_claim(cx, &id);
            self.stage.look(who, Action::SubsidyClaimView, read).await?
        };
        let id = id.clone();
        self.stage.edit(who, seen.version, action, move |cx| step(cx, &id)).await
    }
}

fn form(firm: &str, n: usize) -> Value {
    let all = |keys: &[&str], value: &str| -> Value {
        keys.iter().map(|key| ((*key).to_owned(), json!(value))).collect::<serde_json::Map<_, _>>().into()
    };
    let evidence =
        ["business_licence", "talent_certificate", "contract_and_note", "interest_statement", "use_of_funds"];
    let green = ["industry", "assessment", "discharge_permit", "record", "rectification", "energy"];
    json!({
        "evidence": all(&evidence, "已上传并存档"),
        "promises": ["truthfulness", "no_other_subsidy", "use_as_agreed", "stay_in_district"],
        "green": all(&green, "yes"),
        "account": {
            "holder": firm, "number": format!("380200001234{n:04}"), "bank_name": "青岛示例银行崂山支行",
            "cnaps_code": "313452060150",
        },
        "contact_name": "财务负责人", "contact_mobile": "13800138000",
    })
}
