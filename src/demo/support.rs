//! The year of support that the demo's recognised enterprises have had: one plan in every state, and items that went well, badly,
//! or are late today.

use chrono::{Datelike, Duration, NaiveDate};
use serde_json::{Value, json};

use super::seed::{Story, email_of};
use super::stage::{Player, body};
use crate::enterprises::model::EnterpriseId;
use crate::enterprises::service as enterprises;
use crate::error::AppError;
use crate::library;
use crate::library::model::MembershipSummary;
use crate::platform::calendar::business_day;
use crate::platform::door::Cx;
use crate::platform::policy::{Action, Role};
use crate::support::model::{
    DepartmentId, ItemId, ItemSummary, ItemView, ListItemsParams, PlanId, PlanState, PlanView,
};
use crate::support::service::{deliveries, departments, items, plans, visits};

const UNITS: [(&str, &str); 3] = [("kejiju", "区科技局"), ("gongxinju", "区工信局"), ("rensheju", "区人社局")];

const TALENTS: &str = "引进两名高层次人才";

/// How far each plan has come today, the furthest first.
const STATES: [PlanState; 8] = [
    PlanState::Closed,
    PlanState::Evaluated,
    PlanState::Adjusted,
    PlanState::MidReview,
    PlanState::Executing,
    PlanState::Confirmed,
    PlanState::Consulting,
    PlanState::Draft,
];

/// A plan of the demo, with the firm's number among the applicants.
#[derive(Clone)]
pub struct Supported {
    plan: PlanId,
    firm: usize,
    state: PlanState,
}

impl Story {
    /// Begins as soon as there are members. The clerk of the units is the demo's department account.
    pub async fn plans_are_made(&self) -> Result<Vec<Supported>, AppError> {
        let mut units = Vec::new();
        for (code, name) in UNITS {
            units.push(self.unit(code, name).await?);
        }
        let list = move |cx: &mut Cx| library::service::list_memberships(cx, &body(json!({"state": "active"}))?);
        let members = self.stage.look(&self.officer, Action::MembershipList, list).await?.items;
        let mut supported = Vec::new();
        for (state, member) in STATES.into_iter().zip(&members) {
            let Some(firm) = self.applicants.iter().position(|a| a.enterprise == member.enterprise_id) else {
                continue;
            };
            let plan = self.plan(member, firm, state, &units).await?;
            supported.push(Supported { plan, firm, state });
        }
        // The first quarter's visits; one member is left out and will be overdue.
        for (n, member) in members.iter().enumerate().skip(1) {
            self.visit(&member.enterprise_id, n).await?;
        }
        Ok(supported)
    }

    /// Work on what was opened: most of it done, some of it late.
    pub async fn items_are_worked_on(&self, supported: &[Supported]) -> Result<(), AppError> {
        for one in supported.iter().filter(|one| one.state >= PlanState::Executing) {
            for item in self.items_of(&one.plan).await? {
                // The bad rating of one opens a ticket; those of the plan under execution stay undone and get their cards.
                match one.state {
                    PlanState::Executing => {}
                    PlanState::Evaluated if item.title == TALENTS => self.finish(one, &item.id, 2).await?,
                    _ => self.finish(one, &item.id, 5).await?,
                }
            }
            if one.state == PlanState::Adjusted {
                self.adjust(one).await?;
            }
            if matches!(one.state, PlanState::MidReview | PlanState::Adjusted) {
                let id = one.plan.clone();
                let findings = body(json!({"findings": "场地已落实，订单对接进展偏慢，建议增加应用场景"}))?;
                if one.state == PlanState::MidReview {
                    let review = move |cx: &mut Cx| plans::review_plan(cx, &id, &findings);
                    self.stage.act(&self.officer, Action::SupportPlanReview, review).await?;
                }
            }
        }
        Ok(())
    }

    /// Figures of the plan's year come in, and two plans are evaluated by them.
    pub async fn plans_are_evaluated(&self, supported: &[Supported]) -> Result<(), AppError> {
        for one in supported.iter().filter(|one| one.state >= PlanState::Evaluated) {
            let (enterprise, year) = (self.applicants[one.firm].enterprise.clone(), self.plan_year());
            let revenue = self.applicants[one.firm].firm.revenue_fen;
            let figures = body(json!({"revenue": revenue / 10 * 13, "rd_expense": revenue / 10}))?;
            let write = move |cx: &mut Cx| enterprises::metrics::write_metrics(cx, &enterprise, year, &figures);
            self.stage.act(&self.officer, Action::MetricWrite, write).await?;
            let id = one.plan.clone();
            let score = body(json!({"score": 86, "summary": "营收目标达成，措施全部销号"}))?;
            let evaluate = move |cx: &mut Cx| plans::evaluate_plan(cx, &id, &score);
            self.stage.act(&self.officer, Action::SupportPlanEvaluate, evaluate).await?;
            self.give_twice(one).await?;
            if one.state == PlanState::Closed {
                let id = one.plan.clone();
                let close = move |cx: &mut Cx| plans::close_plan(cx, &id);
                self.stage.act(&self.officer, Action::SupportPlanClose, close).await?;
            }
        }
        Ok(())
    }

    /// In time for the last whole quarter, but for one member; and something promised for the day before yesterday.
    pub async fn members_are_visited(&self, supported: &[Supported]) -> Result<(), AppError> {
        for (n, one) in supported.iter().enumerate().skip(1) {
            self.visit(&self.applicants[one.firm].enterprise, n).await?;
        }
        let Some(one) = supported.iter().find(|one| one.state == PlanState::Executing) else { return Ok(()) };
        let late = self.raise(one, "need", "TTR", "与驻区高校对接概念验证").await?;
        self.by_officer(&late, Action::SupportItemAccept, items::accept_item).await?;
        self.assign(&late).await?;
        self.answer_by(&self.clerk().await?, &late, self.today - Duration::days(2)).await
    }

    /// What lies on the desks today: one item in every state.
    pub async fn items_of_today(&self, supported: &[Supported]) -> Result<(), AppError> {
        let Some(one) = supported.iter().find(|one| one.state == PlanState::Executing) else { return Ok(()) };
        let clerk = self.clerk().await?;
        // Nobody has taken this one on yet.
        self.raise(one, "problem", "COM", "环评手续办理缓慢").await?;
        let accepted = self.raise(one, "need", "FIN", "流动资金贷款对接").await?;
        self.by_officer(&accepted, Action::SupportItemAccept, items::accept_item).await?;
        let mut assigned = Vec::new();
        for title in ["子女入学协调", "首台套产品认定咨询", "道路占用手续", "厂房扩建用电增容", "海外专利布局辅导"]
        {
            let id = self.raise(one, "need", "OTH", title).await?;
            self.by_officer(&id, Action::SupportItemAccept, items::accept_item).await?;
            self.assign(&id).await?;
            assigned.push(id);
        }
        let (answered, returned, suspended, waiting) = (&assigned[1], &assigned[2], &assigned[3], &assigned[4]);
        self.answer(&clerk, answered).await?;
        let note = body(json!({"note": "属城市管理局职责"}))?;
        self.act_on(&clerk, returned, Action::SupportItemReturn, move |cx, id| items::return_item(cx, id, &note))
            .await?;
        let note = body(json!({"note": "需市供电公司统筹"}))?;
        let suspend = move |cx: &mut Cx, id: &ItemId| items::suspend_item(cx, id, &note);
        self.act_on(&self.officer, suspended, Action::SupportItemSuspend, suspend).await?;
        self.answer(&clerk, waiting).await?;
        self.complete(&clerk, waiting).await?;
        let cannot = self.raise(one, "need", "SUB", "申请一次性装修补贴").await?;
        let why = body(json!({"note": "现行政策不含装修费用", "legal_basis": "《中华人民共和国预算法》第十三条"}))?;
        let explain = move |cx: &mut Cx, id: &ItemId| items::explain_item(cx, id, &why);
        self.act_on(&self.officer, &cannot, Action::SupportItemExplain, explain).await?;
        // The applicant's account has one to confirm.
        let own = self.raise(&Supported { firm: 0, ..one.clone() }, "need", "SCN", "对接海洋监测应用场景").await?;
        self.by_officer(&own, Action::SupportItemAccept, items::accept_item).await?;
        self.assign(&own).await?;
        self.answer(&clerk, &own).await?;
        self.complete(&clerk, &own).await?;
        let again = self.raise(one, "problem", "TAL", "人才公寓维修").await?;
        self.by_officer(&again, Action::SupportItemAccept, items::accept_item).await?;
        self.assign(&again).await?;
        self.answer(&clerk, &again).await?;
        self.complete(&clerk, &again).await?;
        let owner = self.stage.sign_in(&self.applicants[one.firm].email).await?;
        let no = body(json!({"note": "漏水问题仍未解决"}))?;
        self.act_on(&owner, &again, Action::SupportItemReject, move |cx, id| items::reject_item(cx, id, &no)).await?;
        Ok(())
    }

    /// The year the plans are of: the one in which they are made.
    fn plan_year(&self) -> i32 {
        (self.today - Duration::days(240)).year()
    }

    /// `days` from today, but within the plans' year.
    fn within_year(&self, days: i64) -> NaiveDate {
        let last = NaiveDate::from_ymd_opt(self.plan_year(), 12, 31).unwrap_or(self.today);
        (self.today + Duration::days(days)).min(last)
    }

    async fn clerk(&self) -> Result<Player, AppError> {
        self.stage.sign_in(&email_of(Role::Department)).await
    }

    async fn unit(&self, code: &str, name: &str) -> Result<DepartmentId, AppError> {
        let record = body(json!({"code": code, "name": name}))?;
        let create = move |cx: &mut Cx| departments::create_department(cx, &record);
        let unit = self.stage.act(&self.officer, Action::DepartmentCreate, create).await?.id;
        let security = self.stage.sign_in(&email_of(Role::SecurityAdmin)).await?;
        let (id, members) = (unit.clone(), body(json!({"members": [self.clerk().await?.id]}))?);
        let staff = move |cx: &mut Cx| departments::set_department_members(cx, &id, &members);
        self.stage.act(&security, Action::DepartmentStaff, staff).await?;
        Ok(unit)
    }

    async fn plan(
        &self,
        member: &MembershipSummary,
        firm: usize,
        state: PlanState,
        units: &[DepartmentId],
    ) -> Result<PlanId, AppError> {
        let order = body(json!({"membership_id": member.id, "year": self.plan_year()}))?;
        let create = move |cx: &mut Cx| plans::create_plan(cx, &order);
        let plan = self.stage.act(&self.officer, Action::SupportPlanCreate, create).await?;
        let revenue = self.applicants[firm].firm.revenue_fen;
        let content = body(json!({
            "diagnosis": "技术领先，但缺少中试场地，客户集中，融资以自有资金为主。",
            "lead": units[0],
            "goals": [{
                "indicator": "revenue", "base": revenue, "target": revenue / 10 * 12, "due_on": self.within_year(-70),
            }],
            "measures": [
                {"key": "m1", "category": "LAND", "title": "落实中试场地", "lead": units[0], "supporting": [units[1]],
                 "due_on": self.within_year(-120), "budget_line": "b1"},
                {"key": "m2", "category": "TAL", "title": TALENTS, "lead": units[2], "due_on": self.within_year(-100)},
            ],
            "budget": [{"key": "b1", "source": "district", "purpose": "中试场地租金补助", "amount_fen": 80_000_000}],
            "commitments": ["三年内注册地不迁出崂山区", "按年报送经营数据"],
            "mid_review_on": self.within_year(-120),
        }))?;
        let id = plan.id.clone();
        let write = move |cx: &mut Cx| plans::update_plan(cx, &id, &content);
        self.stage.edit(&self.officer, plan.version, Action::SupportPlanUpdate, write).await?;
        if state == PlanState::Draft {
            return Ok(plan.id);
        }
        let id = plan.id.clone();
        let consult = move |cx: &mut Cx| plans::consult_plan(cx, &id);
        let asked = self.stage.act(&self.officer, Action::SupportPlanConsult, consult).await?;
        if state == PlanState::Consulting {
            return Ok(plan.id);
        }
        let owner = self.stage.sign_in(&self.applicants[firm].email).await?;
        let signed = self.sign(&owner, &asked).await?;
        self.sign(&self.officer, &signed).await?;
        self.give(member, &plan.id).await?;
        if state != PlanState::Confirmed {
            let id = plan.id.clone();
            let execute = move |cx: &mut Cx| plans::execute_plan(cx, &id);
            self.stage.act(&self.officer, Action::SupportPlanExecute, execute).await?;
            let clerk = self.clerk().await?;
            for item in self.items_of(&plan.id).await? {
                self.answer_by(&clerk, &item.id, item.due_on.unwrap_or(self.within_year(-120))).await?;
            }
        }
        Ok(plan.id)
    }

    async fn sign(&self, who: &Player, plan: &PlanView) -> Result<PlanView, AppError> {
        let id = plan.id.clone();
        let sign = move |cx: &mut Cx| plans::confirm_plan(cx, &id);
        self.stage.edit(who, plan.version, Action::SupportPlanConfirm, sign).await
    }

    /// Half of the budget line, on the way to being paid.
    async fn give(&self, member: &MembershipSummary, plan: &PlanId) -> Result<(), AppError> {
        let line = body(json!({
            "enterprise_id": member.enterprise_id, "plan_id": plan, "budget_line": "b1", "kind": "money",
            "category": "LAND", "programme": "未来产业加速园租金补助", "source": "district",
            "budget_year": self.plan_year(), "planned_fen": 40_000_000, "approved_fen": 40_000_000, "paid_fen": 20_000_000,
            "cost_item": "场地租金", "document": {"title": "关于拨付场地租金补助的通知", "issued_by": "区财政局"},
        }))?;
        let record = move |cx: &mut Cx| deliveries::record_delivery(cx, &line);
        self.stage.act(&self.officer, Action::SupportDeliveryRecord, record).await.map(drop)
    }

    /// Two programmes pay the same invoice: flagged for somebody to look into.
    async fn give_twice(&self, one: &Supported) -> Result<(), AppError> {
        if one.state != PlanState::Evaluated {
            return Ok(());
        }
        for (programme, source) in [("首台套设备补助", "municipal"), ("设备更新贴息", "provincial")] {
            let line = body(json!({
                "enterprise_id": self.applicants[one.firm].enterprise, "kind": "money", "category": "SUB",
                "programme": programme, "source": source, "budget_year": self.plan_year(), "planned_fen": 30_000_000,
                "approved_fen": 30_000_000, "invoice": "3702261104", "document": {"title": "资金拨付通知书"},
            }))?;
            let record = move |cx: &mut Cx| deliveries::record_delivery(cx, &line);
            self.stage.act(&self.officer, Action::SupportDeliveryRecord, record).await?;
        }
        Ok(())
    }

    async fn visit(&self, enterprise: &EnterpriseId, n: usize) -> Result<(), AppError> {
        let record = body(json!({
            "enterprise_id": enterprise, "visited_on": business_day(self.stage.now().utc()), "way": "place",
            "visitors": ["王经办", "孙责办"], "met": ["企业负责人"], "topics": "生产经营、用工与融资情况",
            "items": if n == 2 { json!([{"kind": "problem", "category": "FIN", "title": "贷款审批周期长"}]) } else { json!([]) },
        }))?;
        let record = move |cx: &mut Cx| visits::record_visit(cx, &record);
        self.stage.act(&self.officer, Action::SupportVisitRecord, record).await.map(drop)
    }

    async fn items_of(&self, plan: &PlanId) -> Result<Vec<ItemSummary>, AppError> {
        let params = ListItemsParams { plan_id: Some(plan.to_string()), ..ListItemsParams::default() };
        let list = move |cx: &mut Cx| items::list_items(cx, &params);
        Ok(self.stage.look(&self.officer, Action::SupportItemList, list).await?.items)
    }

    async fn finish(&self, one: &Supported, item: &ItemId, rating: i64) -> Result<(), AppError> {
        self.complete(&self.clerk().await?, item).await?;
        let owner = self.stage.sign_in(&self.applicants[one.firm].email).await?;
        let word = body(json!({"rating": rating, "note": "感谢支持"}))?;
        let confirm = move |cx: &mut Cx, id: &ItemId| items::confirm_item(cx, id, &word);
        self.act_on(&owner, item, Action::SupportItemConfirm, confirm).await?;
        self.by_officer(item, Action::SupportItemClose, items::close_item).await
    }

    /// A change that the enterprise asks for and the office accepts.
    async fn adjust(&self, one: &Supported) -> Result<(), AppError> {
        let owner = self.stage.sign_in(&self.applicants[one.firm].email).await?;
        let (id, change) = (
            one.plan.clone(),
            body(json!({"reason": "新增就业承诺", "commitments": ["三年内注册地不迁出崂山区", "新增就业 20 人"]}))?,
        );
        let request = move |cx: &mut Cx| plans::request_change(cx, &id, &change);
        let asked = self.stage.act(&owner, Action::SupportPlanRequestChange, request).await?;
        let (id, number) = (one.plan.clone(), asked.open_request.unwrap_or_default().to_string());
        let accept = move |cx: &mut Cx| plans::accept_change(cx, &id, &number);
        self.stage.edit(&self.officer, asked.version, Action::SupportPlanAcceptChange, accept).await.map(drop)
    }

    async fn raise(&self, one: &Supported, kind: &str, category: &str, title: &str) -> Result<ItemId, AppError> {
        let enterprise = &self.applicants[one.firm].enterprise;
        let order = body(json!({"enterprise_id": enterprise, "kind": kind, "category": category, "title": title}))?;
        let owner = self.stage.sign_in(&self.applicants[one.firm].email).await?;
        let raise = move |cx: &mut Cx| items::raise_item(cx, &order);
        Ok(self.stage.act(&owner, Action::SupportItemRaise, raise).await?.id)
    }

    async fn assign(&self, item: &ItemId) -> Result<(), AppError> {
        let unit = move |cx: &mut Cx| departments::list_departments(cx, &body(json!({}))?);
        let units = self.stage.look(&self.officer, Action::DepartmentList, unit).await?.items;
        let order = body(json!({"department_id": units[0].id}))?;
        let assign = move |cx: &mut Cx, id: &ItemId| items::assign_item(cx, id, &order);
        self.act_on(&self.officer, item, Action::SupportItemAssign, assign).await
    }

    async fn answer(&self, clerk: &Player, item: &ItemId) -> Result<(), AppError> {
        let due_on = business_day(self.stage.now().utc()) + Duration::days(20);
        self.answer_by(clerk, item, due_on).await
    }

    async fn answer_by(&self, clerk: &Player, item: &ItemId, due_on: NaiveDate) -> Result<(), AppError> {
        let word = body(json!({"note": "已明确经办人，按期办结", "due_on": due_on}))?;
        let answer = move |cx: &mut Cx, id: &ItemId| items::answer_item(cx, id, &word);
        self.act_on(clerk, item, Action::SupportItemAnswer, answer).await
    }

    async fn complete(&self, clerk: &Player, item: &ItemId) -> Result<(), AppError> {
        let done: Value = json!({"note": "已办结", "documents": [{"title": "办结单", "issued_by": "承办单位"}]});
        let done = body(done)?;
        let complete = move |cx: &mut Cx, id: &ItemId| items::complete_item(cx, id, &done);
        self.act_on(clerk, item, Action::SupportItemComplete, complete).await
    }

    async fn by_officer(
        &self,
        item: &ItemId,
        action: Action,
        work: fn(&mut Cx, &ItemId) -> Result<ItemView, AppError>,
    ) -> Result<(), AppError> {
        self.act_on(&self.officer, item, action, work).await
    }

    async fn act_on(
        &self,
        who: &Player,
        item: &ItemId,
        action: Action,
        work: impl Fn(&mut Cx, &ItemId) -> Result<ItemView, AppError> + Send + 'static,
    ) -> Result<(), AppError> {
        let id = item.clone();
        self.stage.act(who, action, move |cx| work(cx, &id)).await.map(drop)
    }
}
