//! The library as it lives: members in every state, the yearly report, changes, the chain with its gaps, and new directions.

use chrono::{Datelike, Duration, NaiveDate};
use serde_json::{Value, json};

use super::seed::Story;
use super::stage::body;
use crate::annual_updates::model::{AnnualUpdateView, UpdateId};
use crate::annual_updates::service as updates;
use crate::decisions::model::DecisionView;
use crate::directions::service as directions;
use crate::ecosystem::service as ecosystem;
use crate::error::AppError;
use crate::library::model::{MembershipId, RecheckId};
use crate::library::service::{self as library, preparation, prospects, rechecks, watching};
use crate::major_changes::service as changes;
use crate::platform::calendar::business_day;
use crate::platform::door::Cx;
use crate::platform::policy::Action;
use crate::rounds::model::RoundId;

const BASIS: &str = "区级培育管理规则（演示）";

impl Story {
    /// Firms of the first round whose plans are not shown move on: by number among the applicants.
    pub async fn members_move(&self) -> Result<(), AppError> {
        self.conclude(17, "other", json!({"outcome": "promote"})).await?;
        self.conclude(13, "revenue_drop", json!({"outcome": "demote"})).await?;
        // Its term ends soon: a new one begins and the old one is over.
        self.conclude(11, "expiry", json!({"outcome": "keep"})).await?;
        self.open_recheck(16, "credit_event").await?;
        let (id, why) =
            (self.member(18).await?, body(json!({"trigger": "lost_title", "reason": "高新技术企业证书到期未续"}))?);
        let watch = move |cx: &mut Cx| watching::watch_membership(cx, &id, &why);
        self.stage.act(&self.officer, Action::MembershipWatch, watch).await?;

        let programme = self.stage.app.config.programme.clone();
        let (id, why) = (self.member(12).await?, body(json!({"reason": "环保处罚整改中", "basis": BASIS}))?);
        let suspend = move |cx: &mut Cx| preparation::prepare_suspension(cx, &id, &why, &programme);
        let decision = self.stage.act(&self.officer, Action::MembershipSuspend, suspend).await?;
        self.agree(decision).await?;

        let programme = self.stage.app.config.programme.clone();
        let (id, why) = (self.member(20).await?, body(json!({"reason": "主营业务迁出本区", "basis": BASIS}))?);
        let leave = move |cx: &mut Cx| preparation::prepare_exit(cx, &id, &why, &programme);
        let decision = self.stage.act(&self.officer, Action::MembershipExit, leave).await?;
        self.agree(decision).await?;

        let programme = self.stage.app.config.programme.clone();
        let (id, why) = (self.member(19).await?, body(json!({"reason": "提供虚假财务数据", "basis": BASIS}))?);
        let revoke = move |cx: &mut Cx| preparation::prepare_revocation(cx, &id, &why, &programme);
        let decision = self.stage.act(&self.officer, Action::MembershipRevoke, revoke).await?;
        self.agree(decision).await
    }

    /// The membership a firm holds now.
    async fn member(&self, n: usize) -> Result<MembershipId, AppError> {
        let filter = body(json!({"enterprise_id": self.applicants[n].enterprise, "state": "active"}))?;
        let list = move |cx: &mut Cx| library::list_memberships(cx, &filter);
        let page = self.stage.look(&self.officer, Action::MembershipList, list).await?;
        let first = page.items.into_iter().next();
        first.map(|row| row.id).ok_or_else(|| AppError::internal(format!("firm {n} is no member in the demo")))
    }

    async fn open_recheck(&self, n: usize, cause: &str) -> Result<RecheckId, AppError> {
        let order = body(json!({"membership_id": self.member(n).await?, "cause": cause}))?;
        let open = move |cx: &mut Cx| rechecks::create_recheck(cx, &order);
        Ok(self.stage.act(&self.officer, Action::RecheckCreate, open).await?.id)
    }

    async fn conclude(&self, n: usize, cause: &str, outcome: Value) -> Result<(), AppError> {
        let id = self.open_recheck(n, cause).await?;
        let mut said = outcome;
        said["reason"] = json!("经现场核查和数据比对");
        said["basis"] = json!(BASIS);
        let (said, programme) = (body(said)?, self.stage.app.config.programme.clone());
        let prepare = move |cx: &mut Cx| rechecks::prepare_conclusion(cx, &id, &said, &programme);
        let decision = self.stage.act(&self.officer, Action::RecheckConclude, prepare).await?;
        self.agree(decision).await
    }

    async fn agree(&self, decision: DecisionView) -> Result<(), AppError> {
        self.approve(serde_json::to_value(decision).map_err(AppError::internal)?).await
    }

    /// This year's window is open: one report is verified, one questioned, one handed in, one begun.
    pub async fn members_report(&self) -> Result<(), AppError> {
        let today = business_day(self.stage.now().utc());
        let first = NaiveDate::from_ymd_opt(today.year(), 1, 1).unwrap_or(today);
        let window = body(json!({"year": today.year(), "opens_on": first, "due_on": today + Duration::days(30)}))?;
        let open = move |cx: &mut Cx| updates::create_window(cx, &window);
        self.stage.act(&self.officer, Action::UpdateWindowCreate, open).await?;
        let verified = self.report(21, today.year()).await?;
        let codes: Vec<_> = verified.entries.iter().map(|entry| entry.indicator.clone()).collect();
        self.judge(&verified, json!({"verified": codes})).await?;
        let questioned = self.report(24, today.year()).await?;
        self.judge(
            &questioned,
            json!({"verified": ["revenue"], "questioned": {"staff": "与社保缴纳人数不一致，请说明"}}),
        )
        .await?;
        self.report(25, today.year()).await?;
        self.begin_report(26, today.year()).await.map(drop)
    }

    async fn begin_report(&self, n: usize, year: i32) -> Result<AnnualUpdateView, AppError> {
        let order = body(json!({"enterprise_id": self.applicants[n].enterprise, "year": year}))?;
        let begin = move |cx: &mut Cx| updates::create_annual_update(cx, &order);
        self.stage.act(&self.owner(n).await?, Action::AnnualUpdateCreate, begin).await
    }

    /// Every jump is explained, and the report handed in.
    async fn report(&self, n: usize, year: i32) -> Result<AnnualUpdateView, AppError> {
        let owner = self.owner(n).await?;
        let draft = self.begin_report(n, year).await?;
        let reasons: serde_json::Map<String, Value> = draft
            .entries
            .iter()
            .map(|entry| (entry.indicator.clone(), json!({"reason": "新产品投产，订单增长"})))
            .collect();
        let (id, reasons) = (draft.id.clone(), body(Value::Object(reasons))?);
        let fill = move |cx: &mut Cx| updates::update_annual_update(cx, &id, &reasons);
        self.stage.edit(&owner, draft.version, Action::AnnualUpdateUpdate, fill).await?;
        let id: UpdateId = draft.id;
        let submit = move |cx: &mut Cx| updates::submit_annual_update(cx, &id);
        self.stage.act(&owner, Action::AnnualUpdateSubmit, submit).await
    }

    async fn judge(&self, report: &AnnualUpdateView, verdict: Value) -> Result<(), AppError> {
        let (id, verdict) = (report.id.clone(), body(verdict)?);
        let judge = move |cx: &mut Cx| updates::judge_annual_update(cx, &id, &verdict);
        self.stage.edit(&self.officer, report.version, Action::AnnualUpdateJudge, judge).await.map(drop)
    }

    /// One change waits to be settled; one was reported too late.
    pub async fn members_change(&self) -> Result<(), AppError> {
        for (n, kind, days, detail) in [
            (27, "rename", 20, json!({"new_name": format!("{}（青岛）", self.applicants[27].firm.name)})),
            (28, "change_of_control", 150, json!({"new_controller": "某产业集团"})),
        ] {
            let on = business_day(self.stage.now().utc()) - Duration::days(days);
            let report = body(json!({
                "enterprise_id": self.applicants[n].enterprise, "kind": kind, "occurred_on": on, "detail": detail,
            }))?;
            let months = self.stage.app.config.programme.change_report_months;
            let tell = move |cx: &mut Cx| changes::create_major_change(cx, &report, months);
            self.stage.act(&self.owner(n).await?, Action::MajorChangeReport, tell).await?;
        }
        Ok(())
    }

    /// A link that stands, one that is missing, and enterprises courted for the chain.
    pub async fn the_chain_grows(&self) -> Result<(), AppError> {
        let firm = |n: usize| &self.applicants[n].enterprise;
        let year = self.year();
        let track = self.applicants[24].firm.track;
        let mut missing = None;
        for link in [
            json!({
                "track": track, "enterprise_id": firm(24), "kind": "supplies", "counterpart_id": firm(32), "item": "核心器件",
                "contract_number": "HT-001", "amount_fen": 320_000_000, "starts_on": format!("{}-03-01", year - 1),
            }),
            json!({"track": track, "enterprise_id": firm(32), "kind": "buys_from", "item": "精密封装服务"}),
        ] {
            let order = body(link)?;
            let note = move |cx: &mut Cx| ecosystem::create_link(cx, &order);
            missing = Some(self.stage.act(&self.officer, Action::LinkWrite, note).await?.id);
        }
        for (name, link, steps) in
            [("苏州某封装有限公司", missing, 1), ("深圳某检测技术有限公司", None, 0), ("西安某材料有限公司", None, 2)]
        {
            let order = body(json!({
                "name": name, "track": track, "link_id": link, "contact": "招商联系人", "promised": "首年厂房租金减免",
                "investment_fen": 3_000_000_000_i64,
            }))?;
            let note = move |cx: &mut Cx| ecosystem::create_lead(cx, &order);
            let mut lead = self.stage.act(&self.officer, Action::LeadWrite, note).await?;
            for to in
                [json!({"to": "negotiating"}), json!({"to": "lost", "reason": "选址外地"})].into_iter().take(steps)
            {
                let (id, step) = (lead.id.clone(), body(to)?);
                let advance = move |cx: &mut Cx| ecosystem::advance_lead(cx, &id, &step);
                lead = self.stage.edit(&self.officer, lead.version, Action::LeadAdvance, advance).await?;
            }
        }
        Ok(())
    }

    pub async fn directions_are_watched(&self) -> Result<(), AppError> {
        let today = business_day(self.stage.now().utc());
        for (code, zh, en, days) in
            [("hydrogen", "氢能", "Hydrogen energy", 30), ("carbon_capture", "碳捕集", "Carbon capture", 90)]
        {
            let order = body(json!({
                "code": code, "name": {"zh": zh, "en": en}, "review_on": today + Duration::days(days),
            }))?;
            let note = move |cx: &mut Cx| directions::create_direction(cx, &order);
            let id = self.stage.act(&self.officer, Action::DirectionWrite, note).await?.id;
            let signal = body(json!({"observed_on": today, "text": "两家企业完成首轮融资", "source": "行业周报"}))?;
            let hear = move |cx: &mut Cx| directions::create_signal(cx, &id, &signal);
            self.stage.act(&self.officer, Action::DirectionWrite, hear).await?;
        }
        Ok(())
    }

    /// Everybody in the library who fulfils the rules of the round that is open.
    pub async fn the_eligible_are_invited(&self, round: &RoundId) -> Result<(), AppError> {
        let id = round.clone();
        let everybody = body(json!({}))?;
        let invite = move |cx: &mut Cx| prospects::create_invitations(cx, &id, &everybody);
        self.stage.act(&self.officer, Action::InvitationCreate, invite).await.map(drop)
    }
}
