//! The demo's experts and what they and the office do with three rounds: one is scored by half, one is visited, one is deliberated
//! on.

use chrono::Duration;
use serde_json::{Map, Value, json};

use super::seed::{Story, email_of};
use super::stage::{Player, body};
use crate::applications::model::ApplicationId;
use crate::deliberation::service::{feedback, minutes, ranking};
use crate::error::AppError;
use crate::platform::calendar::business_day;
use crate::platform::clock::random_bytes;
use crate::platform::door::Cx;
use crate::platform::policy::{Action, Role};
use crate::programme::model::Tier;
use crate::reviews::model::{DimensionView, ListReviewsParams, ReviewId, ReviewView};
use crate::reviews::service as reviews;
use crate::rounds::model::RoundId;
use crate::visits::model::{SiteVisitId, SiteVisitView};
use crate::visits::service as visits;

/// The demo's expert account and those beside it: three technical experts, so that the account sits on every panel.
const EXPERTS: [(&str, &str, &str); 7] = [
    ("周评", "technical", "青岛海工技术转移中心"),
    ("何以衡", "technical", "山东滨海大学"),
    ("许知微", "technical", "青岛精密仪器研究所"),
    ("高会明", "finance", "青岛正衡会计师事务所"),
    ("罗算之", "finance", "山东信诚审计咨询"),
    ("林投远", "investment", "崂山创新投资"),
    ("马产业", "industry", "青岛船舶配套协会"),
];

const REASONS: [&str; 4] = [
    "材料翔实，与佐证一致，处于同批申报企业前列。",
    "基础较好，关键指标有第三方证明，仍有提升空间。",
    "思路清晰，但产业化证据偏少，建议补充订单和用户证明。",
    "与同类企业相比优势不明显，后续投入计划需要落实。",
];

/// How strict each of them is, in hundredths of full marks.
const STRICTNESS: [i64; 7] = [0, -300, 200, -100, 100, 300, -200];

impl Story {
    /// The pool. They answer in the order of [`EXPERTS`].
    pub async fn experts_are_invited(&self) -> Result<(), AppError> {
        for (n, (name, kind, employer)) in EXPERTS.into_iter().enumerate() {
            let person = match n {
                0 => self.stage.sign_in(&email_of(Role::Expert)).await?,
                _ => self.stage.player(&expert_email(n), name, Role::Expert).await?,
            };
            let card = body(json!({"user_id": person.id, "kind": kind, "employer": employer, "load_cap": 40}))?;
            let create = move |cx: &mut Cx| reviews::experts::create_expert(cx, &card);
            self.stage.act(&self.officer, Action::ExpertCreate, create).await?;
        }
        Ok(())
    }

    /// A panel for everything that waits in the round; scores are taken until `days` from now.
    pub async fn panel(&self, round: &RoundId, days: i64) -> Result<(), AppError> {
        let (id, plan) = (round.clone(), body(json!({"due_at": self.stage.now().plus(Duration::days(days))}))?);
        let settle = move |cx: &mut Cx| reviews::plan::update_review_plan(cx, &id, &plan);
        self.stage.edit(&self.officer, 0, Action::ReviewPlanUpdate, settle).await?;
        let (id, all, seed) = (round.clone(), body(json!({}))?, random_bytes::<32>());
        let draw = move |cx: &mut Cx| reviews::drawing::draw_panel(cx, &id, &all, seed);
        self.stage.act(&self.officer, Action::PanelDraw, draw).await.map(drop)
    }

    /// Who sits on the round's panels scores their tasks there: `cases` gives each application's level in percent of full marks.
    pub async fn everybody_scores(&self, round: &RoundId, cases: &[(ApplicationId, i64)]) -> Result<(), AppError> {
        for (n, strictness) in STRICTNESS.iter().enumerate() {
            let expert = self.expert(n).await?;
            for (task, application) in self.tasks(&expert, round).await? {
                let level = cases.iter().find(|(id, _)| *id == application).map_or(80, |(_, level)| *level);
                self.score(&expert, &task, level * 100 + strictness, true).await?;
            }
        }
        let (id, all) = (round.clone(), body(json!({}))?);
        let freeze = move |cx: &mut Cx| reviews::scoring::freeze_scores(cx, &id, &all);
        let frozen = self.stage.act(&self.officer, Action::ScoreFreeze, freeze).await?;
        if frozen.applied { Ok(()) } else { Err(AppError::internal("a result of the demo could not be frozen")) }
    }

    /// Half of the scores are in; the demo's own expert has one handed in, one begun, one declared, and the others unread.
    pub async fn half_of_the_scores_are_in(&self, round: &RoundId) -> Result<(), AppError> {
        for (n, strictness) in STRICTNESS.iter().enumerate() {
            let expert = self.expert(n).await?;
            for (i, (task, _)) in self.tasks(&expert, round).await?.into_iter().enumerate() {
                match (n, i) {
                    (0, 0) => self.score(&expert, &task, 8_400, true).await?,
                    (0, 1) => self.score(&expert, &task, 7_900, false).await?,
                    (0, 2) => self.declare(&expert, &task).await.map(drop)?,
                    (0, _) => {}
                    (_, i) if (n + i) % 5 < 3 => {
                        let level = 7_200 + 250 * i64::try_from(i).map_err(AppError::internal)?;
                        self.score(&expert, &task, level + strictness, true).await?;
                    }
                    _ => {}
                }
            }
        }
        Ok(())
    }

    /// Of four cases one is confirmed by the enterprise, one disputed, one to be visited in three days, one not planned yet.
    pub async fn sites_are_visited(&self, firms: &[usize], cases: &[ApplicationId]) -> Result<(), AppError> {
        for (n, (firm, case)) in firms.iter().zip(cases).take(3).enumerate() {
            let visit = self.plan_visit(case, if n == 2 { 3 } else { 0 }).await?;
            if n == 2 {
                continue;
            }
            self.hold_visit(&visit, n == 0).await?;
            let answer = match n {
                0 => json!({"agreed": true}),
                _ => json!({"agreed": false, "remark": "核查当日两台关键设备外借检测，附设备台账。"}),
            };
            let (id, answer) = (visit.id, body(answer)?);
            let owner = self.stage.sign_in(&self.applicants[*firm].email).await?;
            let reply = move |cx: &mut Cx| visits::answer_site_visit(cx, &id, &answer);
            self.stage.act(&owner, Action::SiteVisitAnswer, reply).await?;
        }
        Ok(())
    }

    async fn plan_visit(&self, case: &ApplicationId, in_days: i64) -> Result<SiteVisitView, AppError> {
        let day = business_day(self.stage.now().utc()) + Duration::days(in_days);
        let plan = body(json!({"planned_on": day, "visitors": [self.officer.id, self.approver.id]}))?;
        let id = case.clone();
        let go = move |cx: &mut Cx| visits::plan_site_visit(cx, &id, &plan);
        self.stage.act(&self.officer, Action::SiteVisitPlan, go).await
    }

    async fn hold_visit(&self, visit: &SiteVisitView, consistent: bool) -> Result<(), AppError> {
        let found = |n: usize| match (n, consistent) {
            (2, false) => json!({"result": "unmet", "remark": "申报的两台研发设备不在现场。"}),
            _ => json!({"result": "met", "remark": ""}),
        };
        let findings: Map<String, Value> =
            visit.checklist.iter().enumerate().map(|(n, item)| (item.code.clone(), found(n))).collect();
        let summary =
            if consistent { "现场与申报材料一致。" } else { "除研发设备外与申报材料一致。" };
        let notes = body(json!({"findings": findings, "summary": summary}))?;
        let id: SiteVisitId = visit.id.clone();
        let note = move |cx: &mut Cx| visits::update_site_visit(cx, &id, &notes);
        self.stage.edit(&self.officer, visit.version, Action::SiteVisitUpdate, note).await?;
        let conclusion = if consistent { "consistent" } else { "inconsistent" };
        let held_on = business_day(self.stage.now().utc());
        let (id, end) = (visit.id.clone(), body(json!({"held_on": held_on, "conclusion": conclusion}))?);
        let conclude = move |cx: &mut Cx| visits::conclude_site_visit(cx, &id, &end);
        self.stage.act(&self.officer, Action::SiteVisitUpdate, conclude).await.map(drop)
    }

    /// The joint meeting: its minutes, and one place changed by hand.
    pub async fn the_meeting_deliberates(
        &self,
        round: &RoundId,
        tier: Tier,
        raised: &ApplicationId,
    ) -> Result<(), AppError> {
        let (id, moved) = (
            round.clone(),
            body(json!({
                "tier": tier, "application_id": raised, "to_position": 1, "reason": "承担国家重点研发计划项目，联席会议一致同意前移",
            }))?,
        );
        let change = move |cx: &mut Cx| ranking::move_ranking(cx, &id, &moved);
        self.stage.edit(&self.officer, 0, Action::RankingMove, change).await?;
        let (id, said) = (
            round.clone(),
            body(json!({
                "held_on": business_day(self.stage.now().utc()), "place": "区政务服务中心三楼会议室", "chair": "赵分管",
                "attendees": ["赵分管", "王经办", "孙责办"], "text": "会议听取了评审情况汇报，逐件审议，同意排序及一项人工调整。",
            }))?,
        );
        let record = move |cx: &mut Cx| minutes::update_minutes(cx, &id, &said);
        self.stage.edit(&self.officer, 0, Action::MinutesUpdate, record).await.map(drop)
    }

    /// To those who were not selected: two have theirs, one waits for the approver, the others are drafts.
    pub async fn feedback_is_given(&self, cases: &[ApplicationId]) -> Result<(), AppError> {
        for (n, case) in cases.iter().enumerate() {
            let id = case.clone();
            let draft = move |cx: &mut Cx| feedback::prepare_feedback(cx, &id);
            self.stage.act(&self.officer, Action::FeedbackUpdate, draft).await?;
            if n < 3 {
                let id = case.clone();
                let ask = move |cx: &mut Cx| feedback::prepare_sending(cx, &id);
                let decision = self.stage.act(&self.officer, Action::FeedbackSend, ask).await?;
                if n < 2 {
                    self.approve(serde_json::to_value(decision).map_err(AppError::internal)?).await?;
                }
            }
        }
        Ok(())
    }

    async fn expert(&self, n: usize) -> Result<Player, AppError> {
        match n {
            0 => self.stage.sign_in(&email_of(Role::Expert)).await,
            _ => self.stage.sign_in(&expert_email(n)).await,
        }
    }

    /// An expert's tasks in a round, the oldest application first.
    async fn tasks(&self, expert: &Player, round: &RoundId) -> Result<Vec<(ReviewId, ApplicationId)>, AppError> {
        let params: ListReviewsParams = body(json!({"round_id": round, "limit": 200}))?;
        let list = move |cx: &mut Cx| reviews::tasks::list_reviews(cx, &params);
        let page = self.stage.look(expert, Action::ReviewList, list).await?;
        let mut tasks: Vec<_> = page.items.into_iter().map(|task| (task.id, task.application_id)).collect();
        tasks.sort_by(|a, b| a.1.cmp(&b.1));
        Ok(tasks)
    }

    async fn declare(&self, expert: &Player, task: &ReviewId) -> Result<ReviewView, AppError> {
        let (id, free) = (task.clone(), body(json!({"conflict": false}))?);
        let declare = move |cx: &mut Cx| reviews::reviewing::declare_review(cx, &id, &free);
        self.stage.act(expert, Action::ReviewDeclare, declare).await?;
        let id = task.clone();
        self.stage.look(expert, Action::ReviewView, move |cx| reviews::tasks::get_review(cx, &id)).await
    }

    /// `level` in hundredths of full marks.
    async fn score(&self, expert: &Player, task: &ReviewId, level: i64, submit: bool) -> Result<(), AppError> {
        let read = self.declare(expert, task).await?;
        let judged = |d: &&DimensionView| d.judged > 0;
        let mark = |d: &DimensionView| {
            let marks = (d.judged * level / 10_000).clamp(0, d.judged);
            let words = REASONS[usize::try_from((level / 100 + d.full / 500) % 4).unwrap_or_default()];
            (d.code.clone(), json!({"marks": marks, "justification": format!("{}：{words}", d.name.zh)}))
        };
        let marks: Map<String, Value> = read.dimensions.iter().filter(judged).map(mark).collect();
        let (id, sheet) = (task.clone(), body(json!({"dimensions": marks, "comment": "建议持续关注产业化进度。"}))?);
        let write = move |cx: &mut Cx| reviews::reviewing::update_scores(cx, &id, &sheet);
        self.stage.edit(expert, read.version, Action::ReviewScore, write).await?;
        if submit {
            let id = task.clone();
            let hand_in = move |cx: &mut Cx| reviews::reviewing::submit_review(cx, &id);
            self.stage.act(expert, Action::ReviewSubmit, hand_in).await?;
        }
        Ok(())
    }
}

fn expert_email(n: usize) -> String {
    format!("expert{n:02}@laoshan.example")
}
