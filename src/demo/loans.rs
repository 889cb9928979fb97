//! Talent loans of the demo: a scheme whose claim window is open today, two banks, a talent per firm, loans in every state, and the
//! pool with its compensation claims. The second bank's loans go bad, so that it passes the line and is suspended.

use chrono::{Datelike, Duration, NaiveDate};
use serde_json::{Value, json};

use super::seed::{Story, email_of};
use super::stage::{Player, body};
use crate::error::AppError;
use crate::platform::door::Cx;
use crate::platform::policy::{Action, Role};
use crate::risk_pool::model::{CompensationClaimId, CompensationView};
use crate::risk_pool::service::{book_interest, claims as compensation, proposals};
use crate::talent_loans::model::{LoanId, LoanSchemeId};
use crate::talent_loans::scheme::SHIPPED;
use crate::talent_loans::service::imports::Import;
use crate::talent_loans::service::{banks, entries, loans, rates, schemes, talents};

/// Second and third person of the fund manager's office, and the clerk of the other bank.
const COLLEAGUES: [(&str, &str, Role); 3] = [
    ("fund_manager2@laoshan.example", "许复核", Role::FundManager),
    ("fund_manager3@laoshan.example", "何再审", Role::FundManager),
    ("bank2@laoshan.example", "曹行", Role::Bank),
];

/// Firms with a talent: the first is the one of the demo's applicant.
pub(super) const BORROWERS: usize = 14;
/// 1 million yuan.
pub(super) const MILLION: i64 = 100_000_000;

/// Everybody who works on loans, signed in.
pub(super) struct Desk {
    pub manager: Player,
    pub reviewer: Player,
    pub checker: Player,
    pub clerk: Player,
    pub other_clerk: Player,
}

/// What later chapters go on with.
pub struct Lending {
    pub scheme: LoanSchemeId,
    /// Of the bank that gets suspended, all drawn.
    pub bad: Vec<LoanId>,
}

/// How far a compensation claim has come today.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fate {
    Filed,
    Returned,
    Refused,
    Admitted,
    Paid,
    Closed,
}

impl Story {
    /// Registers, scheme, pool and the loans, as the banks bring them from their books.
    pub async fn loans_are_filed(&self) -> Result<Lending, AppError> {
        for (email, name, role) in COLLEAGUES {
            self.stage.player(email, name, role).await?;
        }
        let desk = self.desk().await?;
        let lpr = format!("发布日期,1年期,5年期以上\n{},3.10,3.60\n{},3.00,3.50\n", self.day(-760), self.day(-420));
        let import = move |cx: &mut Cx| rates::import_lpr_rates(cx, lpr.as_bytes(), 100, Import::Write);
        self.stage.act(&desk.manager, Action::LprRateImport, import).await?;
        let scheme = self.scheme(&desk).await?;
        self.bank("青岛示例银行崂山支行", "313452060150", email_of(Role::Bank), &desk).await?;
        self.bank("示例农商银行崂山支行", "402452060151", COLLEAGUES[2].0.to_owned(), &desk).await?;
        for n in 0..BORROWERS {
            self.talent(n, &desk).await?;
        }
        let mut lending = Lending { scheme, bad: Vec::new() };
        self.loans_of_every_kind(&desk, &lending).await?;
        for n in 0..8 {
            let loan = self.loan(&desk.other_clerk, &lending, &format!("NS-{:03}", n + 1), n + 3, 3 * MILLION).await?;
            self.draw(&desk.other_clerk, &loan, 3 * MILLION).await?;
            lending.bad.push(loan);
        }
        for (level, fen, voucher) in [("city", 360_000_000, "ZZ-001"), ("district", 240_000_000, "ZZ-002")] {
            let order =
                body(json!({"level": level, "amount_fen": fen, "reason": "年度预算安排", "voucher_no": voucher}))?;
            let allocate = move |cx: &mut Cx| proposals::allocate_to_pool(cx, &order);
            let decision = self.stage.act(&desk.manager, Action::PoolAllocate, allocate).await?;
            self.approve(json!(decision)).await?;
        }
        Ok(lending)
    }

    /// Seven of the second bank's loans are overdue for long; the first claims on the pool come in.
    pub async fn loans_go_bad(&self, lending: &Lending) -> Result<(), AppError> {
        let desk = self.desk().await?;
        for loan in &lending.bad[1..] {
            let clerk = &desk.other_clerk;
            self.enter(clerk, loan, json!({"kind": "overdue_start", "effective_on": self.day(-215)})).await?;
            let class = json!({"kind": "class_change", "effective_on": self.day(-112), "class": "doubtful"});
            self.enter(clerk, loan, class).await?;
        }
        for (n, loss, fate) in [(1, 2, Fate::Paid), (2, 1, Fate::Closed), (3, 2, Fate::Refused)] {
            self.compensate(&desk, &lending.bad[n], loss * MILLION, fate).await?;
        }
        Ok(())
    }

    /// What waits on the desks today: to be admitted, to be corrected, to be paid, and one for which the pool is short.
    pub async fn compensation_of_today(&self, lending: &Lending) -> Result<(), AppError> {
        let desk = self.desk().await?;
        let today = [(4, 3, Fate::Admitted), (5, 3, Fate::Admitted), (6, 1, Fate::Filed), (7, 1, Fate::Returned)];
        for (n, loss, fate) in today {
            self.compensate(&desk, &lending.bad[n], loss * MILLION, fate).await?;
        }
        let order = body(json!({
            "level": "city", "amount_fen": 200_000_000, "reason": "补充风险池", "voucher_no": "ZZ-003",
        }))?;
        let allocate = move |cx: &mut Cx| proposals::allocate_to_pool(cx, &order);
        self.stage.act(&desk.manager, Action::PoolAllocate, allocate).await.map(drop)
    }

    /// Money of the pool moves: what was admitted is paid, something is recovered, the account bears interest.
    async fn compensate(&self, desk: &Desk, loan: &LoanId, loss_fen: i64, fate: Fate) -> Result<(), AppError> {
        let order = body(json!({
            "loan_id": loan, "principal_loss_fen": loss_fen, "recovery_started_on": self.day(-118),
            "collateral_proceeds_fen": 0, "evidence": "民事判决书、强制执行申请书（扫描件存银行档案）",
        }))?;
        let file = move |cx: &mut Cx| compensation::file_compensation(cx, &order);
        let filed = self.stage.act(&desk.other_clerk, Action::CompensationFile, file).await?;
        let why = |reason: &str| body(json!({"reason": reason}));
        let (id, clerk) = (filed.claim.id.clone(), &desk.reviewer);
        match fate {
            Fate::Filed => return Ok(()),
            Fate::Returned => {
                let why = why("请补充执行裁定书")?;
                let give_back = move |cx: &mut Cx| compensation::return_compensation(cx, &id, &why);
                self.stage.edit(clerk, filed.version, Action::CompensationReturn, give_back).await?;
                return Ok(());
            }
            Fate::Refused => {
                let why = why("借款人已恢复还款，不符合补偿条件")?;
                let refuse = move |cx: &mut Cx| compensation::refuse_compensation(cx, &id, &why);
                self.stage.edit(clerk, filed.version, Action::CompensationRefuse, refuse).await?;
                return Ok(());
            }
            Fate::Admitted | Fate::Paid | Fate::Closed => {}
        }
        let admit = move |cx: &mut Cx| compensation::admit_compensation(cx, &id);
        let admitted = self.stage.edit(clerk, filed.version, Action::CompensationAdmit, admit).await?;
        if fate >= Fate::Paid {
            self.pay(desk, &admitted, fate).await?;
        }
        Ok(())
    }

    async fn pay(&self, desk: &Desk, claim: &CompensationView, fate: Fate) -> Result<(), AppError> {
        let id = &claim.claim.id;
        let voucher = if fate == Fate::Paid { "BC-001" } else { "BC-002" };
        let order = body(json!({"amount_fen": claim.claim.committed_fen, "voucher_no": voucher}))?;
        let pay = {
            let id = id.clone();
            move |cx: &mut Cx| compensation::pay_compensation(cx, &id, &order)
        };
        self.stage.act(&desk.manager, Action::CompensationPay, pay).await?;
        if fate == Fate::Paid {
            return self.recover(desk, id).await;
        }
        let paid = self.compensation(desk, id).await?;
        let on = body(json!({"written_off_on": self.day(-110), "reason": "借款人破产终结"}))?;
        let write_off = {
            let id = id.clone();
            move |cx: &mut Cx| compensation::write_off_compensation(cx, &id, &on)
        };
        let off = self.stage.edit(&desk.manager, paid.version, Action::CompensationWriteOff, write_off).await?;
        let close = {
            let id = id.clone();
            move |cx: &mut Cx| compensation::close_compensation(cx, &id)
        };
        self.stage.edit(&desk.manager, off.version, Action::CompensationClose, close).await.map(drop)
    }

    async fn recover(&self, desk: &Desk, id: &CompensationClaimId) -> Result<(), AppError> {
        let id = id.clone();
        let money = body(json!({"gross_fen": 30_000_000, "cost_fen": 2_000_000, "voucher_no": "ZC-001"}))?;
        let recover = move |cx: &mut Cx| compensation::record_recovery(cx, &id, &money);
        self.stage.act(&desk.manager, Action::CompensationRecover, recover).await?;
        let interest = body(json!({"amount_fen": 123_456, "reason": "季度结息", "voucher_no": "LX-001"}))?;
        let book = move |cx: &mut Cx| book_interest(cx, &interest);
        self.stage.act(&desk.manager, Action::PoolCredit, book).await.map(drop)
    }

    async fn compensation(&self, desk: &Desk, id: &CompensationClaimId) -> Result<CompensationView, AppError> {
        let id = id.clone();
        let read = move |cx: &mut Cx| compensation::get_compensation(cx, &id);
        self.stage.look(&desk.manager, Action::CompensationView, read).await
    }

    /// One loan in each state besides those that are claimed for.
    async fn loans_of_every_kind(&self, desk: &Desk, lending: &Lending) -> Result<(), AppError> {
        let clerk = &desk.clerk;
        for n in [1, 2] {
            self.loan(clerk, lending, &format!("LS-W{n:02}"), n, 5 * MILLION).await?;
        }
        let mistaken = self.loan(clerk, lending, "LS-C01", 3, 4 * MILLION).await?;
        let why = body(json!({"reason": "合同未实际执行"}))?;
        let cancel = move |cx: &mut Cx| loans::cancel_loan(cx, &mistaken, &why);
        self.stage.edit(clerk, 1, Action::LoanCancel, cancel).await?;
        let settled = self.loan(clerk, lending, "LS-J01", 4, 2 * MILLION).await?;
        self.draw(clerk, &settled, 2 * MILLION).await?;
        for (kind, on, fen) in [("repayment", -400, MILLION), ("prepayment", -310, MILLION)] {
            let entry = json!({"kind": kind, "effective_on": self.day(on), "amount_fen": fen});
            self.enter(clerk, &settled, entry).await?;
        }
        let floating = self.loan_priced(
            clerk,
            lending,
            "LS-F01",
            5,
            8 * MILLION,
            json!({"kind": "lpr", "tenor": "1y", "spread_bp": 45, "repricing": "quarterly"}),
        );
        let floating = floating.await?;
        self.draw(clerk, &floating, 6 * MILLION).await
    }

    pub(super) async fn loan(
        &self,
        clerk: &Player,
        lending: &Lending,
        contract: &str,
        firm: usize,
        fen: i64,
    ) -> Result<LoanId, AppError> {
        self.loan_priced(clerk, lending, contract, firm, fen, json!({"kind": "fixed", "rate_ppm": 34_500})).await
    }

    async fn loan_priced(
        &self,
        clerk: &Player,
        lending: &Lending,
        contract: &str,
        firm: usize,
        fen: i64,
        pricing: Value,
    ) -> Result<LoanId, AppError> {
        // One after the other, so that the forecast has something to show for every month.
        let matures_on = self.day(90 + 20 * i64::try_from(firm).map_err(AppError::internal)?);
        let filing = body(json!({
            "contract_no": contract, "enterprise_id": self.applicants[firm].enterprise, "id_document": "passport",
            "id_number": passport(firm), "scheme_id": lending.scheme, "principal_fen": fen, "pricing": pricing,
            "signed_on": self.day(-480), "matures_on": matures_on, "purpose": "research",
        }))?;
        let keys = self.stage.app.keys.clone();
        let file = move |cx: &mut Cx| loans::create_loan(cx, &keys, &filing);
        Ok(self.stage.act(clerk, Action::LoanCreate, file).await?.summary.id)
    }

    pub(super) async fn draw(&self, clerk: &Player, loan: &LoanId, fen: i64) -> Result<(), AppError> {
        let entry = json!({"kind": "drawdown", "effective_on": self.day(-480), "amount_fen": fen});
        self.enter(clerk, loan, entry).await
    }

    async fn enter(&self, clerk: &Player, loan: &LoanId, entry: Value) -> Result<(), AppError> {
        let (id, entry) = (loan.clone(), body(entry)?);
        let enter = move |cx: &mut Cx| entries::create_loan_entry(cx, &id, &entry);
        self.stage.act(clerk, Action::LoanEntryCreate, enter).await.map(drop)
    }

    pub(super) async fn desk(&self) -> Result<Desk, AppError> {
        Ok(Desk {
            manager: self.stage.sign_in(&email_of(Role::FundManager)).await?,
            reviewer: self.stage.sign_in(COLLEAGUES[0].0).await?,
            checker: self.stage.sign_in(COLLEAGUES[1].0).await?,
            clerk: self.stage.sign_in(&email_of(Role::Bank)).await?,
            other_clerk: self.stage.sign_in(COLLEAGUES[2].0).await?,
        })
    }

    /// `days` from the demo's today.
    pub(super) fn day(&self, days: i64) -> NaiveDate {
        self.today + Duration::days(days)
    }

    /// The scheme that ships, but for its days: whenever the demo is made, a year's interest has just become due for claiming.
    async fn scheme(&self, desk: &Desk) -> Result<LoanSchemeId, AppError> {
        let of_year = |days: i64| match self.day(days) {
            leap if (leap.month(), leap.day()) == (2, 29) => "02-28".to_owned(),
            day => day.format("%m-%d").to_string(),
        };
        let mut toml = SHIPPED.to_owned();
        for (key, shipped, ours) in [
            ("version = ", "1", "100".to_owned()),
            ("effective_from = ", "\"2026-01-01\"", format!("\"{}\"", self.day(-800))),
            ("interest_from = ", "\"12-21\"", format!("\"{}\"", of_year(-130))),
            ("interest_to = ", "\"12-21\"", format!("\"{}\"", of_year(-130))),
            ("window_from = ", "\"01-01\"", format!("\"{}\"", of_year(-125))),
            ("window_to = ", "\"03-31\"", format!("\"{}\"", of_year(60))),
            ("levels = ", "[{ code = \"district\", weight = 1 }]", levels()),
        ] {
            toml = toml.replacen(&format!("{key}{shipped}"), &format!("{key}{ours}"), 1);
        }
        let text = body(json!({"toml": toml}))?;
        let write = move |cx: &mut Cx| schemes::create_loan_scheme(cx, &text);
        let draft = self.stage.act(&desk.manager, Action::LoanSchemeCreate, write).await?;
        let id = draft.summary.id.clone();
        let publish = move |cx: &mut Cx| schemes::publish_loan_scheme(cx, &id);
        self.stage.edit(&self.approver, draft.version, Action::LoanSchemePublish, publish).await?;
        Ok(draft.summary.id)
    }

    async fn bank(&self, name: &str, cnaps: &str, clerk: String, desk: &Desk) -> Result<(), AppError> {
        let record = body(json!({
            "name": name, "cnaps_code": cnaps, "contact": "0532-88990000", "filed_on": self.day(-500),
        }))?;
        let file = move |cx: &mut Cx| banks::create_bank(cx, &record);
        let id = self.stage.act(&desk.manager, Action::BankCreate, file).await?.summary.id;
        let person = self.stage.sign_in(&clerk).await?.id;
        let order = body(json!({"user_id": person}))?;
        let set = move |cx: &mut Cx| banks::set_bank_user(cx, &id, &order);
        self.stage.act(&desk.manager, Action::BankUserSet, set).await.map(drop)
    }

    async fn talent(&self, firm: usize, desk: &Desk) -> Result<(), AppError> {
        let name = ["林", "陈", "黄", "周", "吴", "徐", "孙"][firm % 7].to_owned() + ["海川", "知行"][firm / 7 % 2];
        let grade = ["A", "B", "C", "D"][firm % 4];
        let record = body(json!({
            "name": name, "grade": grade, "programme": "示例人才工程",
            "valid_to": self.day(900), "id_document": "passport", "id_number": passport(firm),
        }))?;
        let keys = self.stage.app.keys.clone();
        let create = move |cx: &mut Cx| talents::create_talent(cx, &keys, &record);
        let id = self.stage.act(&desk.manager, Action::TalentCreate, create).await?.summary.id;
        let link = body(json!({
            "enterprise_id": self.applicants[firm].enterprise, "link": "founder", "since": self.day(-900),
            "evidence": "工商登记载明持股 35%",
        }))?;
        let employ = move |cx: &mut Cx| talents::create_employment(cx, &id, &link);
        self.stage.act(&desk.manager, Action::EmploymentCreate, employ).await.map(drop)
    }
}

fn levels() -> String {
    "[{ code = \"city\", weight = 6 }, { code = \"district\", weight = 4 }]".to_owned()
}

/// A number that is nobody's.
fn passport(firm: usize) -> String {
    format!("DEMO{firm:05}")
}
