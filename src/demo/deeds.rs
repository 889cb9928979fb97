//! What people of the demo do, one deed each.

use chrono::{Datelike, Duration};
use serde_json::{Value, json};
use std::collections::BTreeMap;

use super::figures;
use super::seed::Story;
use super::stage::{Player, body};
use crate::applications::model::{ApplicationId, ApplicationView};
use crate::applications::service as applications;
use crate::decisions::service as decisions;
use crate::error::AppError;
use crate::platform::calendar::business_day;
use crate::platform::door::Cx;
use crate::platform::policy::Action;
use crate::programme::model::Tier;
use crate::publicity::model::NoticeId;
use crate::publicity::service as publicity;
use crate::rounds::model::{RoundId, RoundView};
use crate::rounds::service as rounds;

/// What a round of the demo has besides formal review and deliberation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phases {
    Plain,
    Experts,
    ExpertsAndVisits,
}

impl Story {
    pub fn year(&self) -> i32 {
        business_day(self.stage.now().utc()).year()
    }

    /// Firms made for these tiers, without the first, which is kept for whoever tries the demo.
    pub fn fitting(&self, tiers: &[Tier], count: usize) -> Vec<usize> {
        (1..self.applicants.len()).filter(|n| tiers.contains(&self.applicants[*n].firm.fit)).take(count).collect()
    }

    pub async fn open_round(&self, name: &str, tiers: &[Tier], days: i64, phases: Phases) -> Result<RoundId, AppError> {
        let now = self.stage.now();
        let settings = body(json!({
            "name": name, "year": self.year(), "tiers": tiers, "rule_set_id": self.rule_set, "opens_at": now,
            "closes_at": now.plus(Duration::days(days)), "grace_seconds": 300,
            "expert_review": phases != Phases::Plain, "site_check": phases == Phases::ExpertsAndVisits,
            "guide": "请在截止时间前在线填报，所填内容须真实。",
        }))?;
        let create = move |cx: &mut Cx| rounds::create_round(cx, &settings);
        let round = self.stage.act(&self.officer, Action::RoundCreate, create).await?.id;
        let id = round.clone();
        self.stage.act(&self.officer, Action::RoundPublish, move |cx| rounds::publish_round(cx, &id)).await?;
        let id = round.clone();
        self.stage.act(&self.officer, Action::RoundOpen, move |cx| rounds::open_round(cx, &id)).await?;
        Ok(round)
    }

    pub async fn step(
        &self,
        round: &RoundId,
        step: fn(&mut Cx, &RoundId) -> Result<RoundView, AppError>,
    ) -> Result<(), AppError> {
        let id = round.clone();
        self.stage.act(&self.officer, Action::RoundAdvance, move |cx| step(cx, &id)).await.map(drop)
    }

    pub(super) async fn owner(&self, n: usize) -> Result<Player, AppError> {
        self.stage.sign_in(&self.applicants[n].email).await
    }

    /// A draft with everything filled in, not handed in.
    pub async fn draft(&self, n: usize, round: &RoundId) -> Result<ApplicationId, AppError> {
        let applicant = &self.applicants[n];
        let order =
            body(json!({"round_id": round, "enterprise_id": applicant.enterprise, "tier": applicant.firm.fit}))?;
        let create = move |cx: &mut Cx| applications::draft::create_application(cx, &order);
        let owner = self.owner(n).await?;
        let view = self.stage.act(&owner, Action::ApplicationCreate, create).await?;
        let registered_on = figures::registered_on(&applicant.firm, self.today);
        let form = body(figures::form(&applicant.firm, self.year(), registered_on))?;
        let id = view.id.clone();
        let fill = move |cx: &mut Cx| applications::draft::update_application(cx, &id, &form);
        self.stage.edit(&owner, view.version, Action::ApplicationUpdate, fill).await?;
        Ok(view.id)
    }

    pub async fn apply(&self, n: usize, round: &RoundId) -> Result<ApplicationId, AppError> {
        let id = self.draft(n, round).await?;
        self.submit(n, &id).await?;
        Ok(id)
    }

    pub async fn submit(&self, n: usize, id: &ApplicationId) -> Result<(), AppError> {
        let id = id.clone();
        let submit = move |cx: &mut Cx| applications::submission::submit_application(cx, &id);
        self.stage.act(&self.owner(n).await?, Action::ApplicationSubmit, submit).await.map(drop)
    }

    pub async fn withdraw(&self, n: usize, id: &ApplicationId) -> Result<(), AppError> {
        let (id, why) = (id.clone(), body(json!({"reason": "融资计划调整，明年再报"}))?);
        let withdraw = move |cx: &mut Cx| applications::submission::withdraw_application(cx, &id, &why);
        self.stage.act(&self.owner(n).await?, Action::ApplicationWithdraw, withdraw).await.map(drop)
    }

    /// Answers whatever the rules leave to the officer, in the enterprise's favour, and accepts.
    pub async fn accept(&self, id: &ApplicationId) -> Result<(), AppError> {
        let view = {
            let id = id.clone();
            let read = move |cx: &mut Cx| applications::reading::get_application(cx, &id);
            self.stage.look(&self.officer, Action::ApplicationView, read).await?
        };
        let judged = body(json!({
            "human": left_to_the_officer(&view, "leaves", true),
            "vetoes": left_to_the_officer(&view, "vetoes", false),
            "reason": "经查验营业执照、承诺书和信用记录，符合条件",
        }))?;
        let id = id.clone();
        let accept = move |cx: &mut Cx| applications::review::accept_application(cx, &id, &judged);
        self.stage.act(&self.officer, Action::ApplicationAccept, accept).await.map(drop)
    }

    pub async fn cancel(&self, round: &RoundId) -> Result<(), AppError> {
        let (id, why) = (round.clone(), body(json!({"reason": "与市级认定合并开展，本批次不再单独组织"}))?);
        let cancel = move |cx: &mut Cx| rounds::cancel_round(cx, &id, &why);
        self.stage.act(&self.officer, Action::RoundCancel, cancel).await.map(drop)
    }

    pub async fn give_back(&self, id: &ApplicationId) -> Result<(), AppError> {
        let remark = json!({"items": [{"section": "figures", "pointer": "/figures/titles/0/number", "remark": "请补充资质证书编号"}]});
        let (id, remark) = (id.clone(), body(remark)?);
        let give_back = move |cx: &mut Cx| applications::review::return_application(cx, &id, &remark);
        self.stage.act(&self.officer, Action::ApplicationReturn, give_back).await.map(drop)
    }

    pub async fn reject(&self, id: &ApplicationId) -> Result<(), AppError> {
        let (id, why) = (id.clone(), body(json!({"reason": "主营业务不属于申报赛道，且未在期限内说明"}))?);
        let reject = move |cx: &mut Cx| applications::review::reject_application(cx, &id, &why);
        self.stage.act(&self.officer, Action::ApplicationReject, reject).await.map(drop)
    }

    pub async fn propose(&self, id: &ApplicationId) -> Result<(), AppError> {
        let decision = self.prepare_proposal(id).await?;
        self.approve(decision).await
    }

    /// For the approver to decide.
    pub async fn prepare_proposal(&self, id: &ApplicationId) -> Result<Value, AppError> {
        let (case, why) = (id.clone(), body(json!({"reason": "符合条件，建议认定"}))?);
        let prepare = move |cx: &mut Cx| applications::preparation::prepare_proposal(cx, &case, &why);
        let decision = self.stage.act(&self.officer, Action::ApplicationPropose, prepare).await?;
        serde_json::to_value(decision).map_err(AppError::internal)
    }

    pub async fn not_select(&self, id: &ApplicationId) -> Result<(), AppError> {
        let (case, why) = (id.clone(), body(json!({"reason": "名额有限，综合排序靠后，列入储备"}))?);
        let prepare = move |cx: &mut Cx| applications::preparation::prepare_non_selection(cx, &case, &why);
        let decision = self.stage.act(&self.officer, Action::ApplicationNotSelect, prepare).await?;
        self.approve(serde_json::to_value(decision).map_err(AppError::internal)?).await
    }

    pub async fn void(&self, id: &ApplicationId) -> Result<(), AppError> {
        let (case, why) = (id.clone(), body(json!({"reason": "查实提供虚假知识产权材料"}))?);
        let prepare = move |cx: &mut Cx| applications::preparation::prepare_voiding(cx, &case, &why);
        let decision = self.stage.act(&self.officer, Action::ApplicationVoid, prepare).await?;
        self.approve(serde_json::to_value(decision).map_err(AppError::internal)?).await
    }

    pub async fn approve(&self, decision: Value) -> Result<(), AppError> {
        let id = body(decision["id"].clone())?;
        let agreed = body(json!({}))?;
        let approve = move |cx: &mut Cx| decisions::approve_decision(cx, &id, &agreed);
        self.stage.act(&self.approver, Action::DecisionApprove, approve).await.map(drop)
    }

    /// From today, for the round's working days.
    pub async fn publicise(&self, round: &RoundId) -> Result<NoticeId, AppError> {
        let id = round.clone();
        let when = body(json!({"starts_on": business_day(self.stage.now().utc())}))?;
        let start = move |cx: &mut Cx| rounds::start_publicity(cx, &id, &when);
        let view = self.stage.act(&self.officer, Action::RoundPublicise, start).await?;
        view.notice_id.map(NoticeId).ok_or_else(|| AppError::internal("a publicity without a notice"))
    }

    /// A real-name objection, admitted; and if `upheld`, investigated and answered.
    pub async fn object(&self, notice: &NoticeId, firm: usize, upheld: bool) -> Result<(), AppError> {
        let on = self.subject_of(notice, &self.applicants[firm].firm.credit_code).await?;
        let paper = body(json!({
            "notice_id": notice, "received_on": business_day(self.stage.now().utc()), "subject_id": on, "name": "张三",
            "contact": "13900139000", "content": "该企业所列发明专利已转让，不再为其所有。", "evidence": "专利登记簿副本一份",
        }))?;
        let days = self.stage.app.config.programme.objection_days;
        let record = move |cx: &mut Cx| publicity::record_objection(cx, &paper, days);
        let objection = self.stage.act(&self.officer, Action::ObjectionRecord, record).await?.id;
        let id = objection.clone();
        self.stage.act(&self.officer, Action::ObjectionResolve, move |cx| publicity::admit_objection(cx, &id)).await?;
        if upheld {
            let id = objection.clone();
            let look = move |cx: &mut Cx| publicity::investigate_objection(cx, &id);
            self.stage.act(&self.officer, Action::ObjectionResolve, look).await?;
            let answer = body(json!({"outcome": "upheld", "answer": "经核查，所反映情况属实，不予认定。"}))?;
            let resolve = move |cx: &mut Cx| publicity::resolve_objection(cx, &objection, &answer);
            self.stage.act(&self.officer, Action::ObjectionResolve, resolve).await?;
        }
        Ok(())
    }
}

impl Story {
    /// The row of a notice that shows this enterprise.
    async fn subject_of(&self, notice: &NoticeId, credit_code: &str) -> Result<String, AppError> {
        let id = notice.clone();
        let read = move |cx: &mut Cx| publicity::get_notice(cx, &id);
        let shown = self.stage.look(&self.officer, Action::NoticeView, read).await?;
        let shown = serde_json::to_value(shown).map_err(AppError::internal)?;
        let row =
            shown["subjects"].as_array().into_iter().flatten().find(|s| s["fields"]["credit_code"] == credit_code);
        row.and_then(|row| row["id"].as_str())
            .map(str::to_owned)
            .ok_or_else(|| AppError::internal("is not on the notice"))
    }
}

/// Codes of rules that wait for a person, each with the same answer.
fn left_to_the_officer(view: &ApplicationView, list: &str, answer: bool) -> BTreeMap<String, bool> {
    let evaluation = view.snapshot.as_ref().map_or(&Value::Null, |snapshot| &snapshot.evaluation);
    let waiting = evaluation[list].as_array().into_iter().flatten().filter(|leaf| leaf["outcome"] == "manual_review");
    waiting.filter_map(|leaf| Some((leaf["code"].as_str()?.to_owned(), answer))).collect()
}
