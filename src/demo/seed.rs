//! The story behind the demo data, told by its people in order of time.
//!
//! Some 300 days before the demo's today a first round of the ladder runs to its end, and a support plan is made for each of its
//! members. Then six more rounds begin, so that today one is open, one is under formal review, one is with the experts, one is being
//! visited, one is deliberated on and one is in publicity; a seventh was cancelled. By then the
//! members of the first round have moved on: the library shows every state.

use chrono::{Datelike, Duration, NaiveDate};
use serde_json::json;

use super::deeds::Phases;
use super::figures;
use super::firms::{self, Firm};
use super::stage::{Applicant, Player, Stage, body};
use crate::app::App;
use crate::applications::model::ApplicationId;
use crate::enterprises::model::EnterpriseId;
use crate::enterprises::rules::credit_code::CreditCode;
use crate::enterprises::service as enterprises;
use crate::error::AppError;
use crate::messages::model::inbox::ReadMessagesBody;
use crate::messages::service as messages;
use crate::platform::calendar::{business_day, start_of_day_utc};
use crate::platform::door::Cx;
use crate::platform::policy::{Action, Role};
use crate::programme::model::{RuleSetId, Tier};
use crate::rounds::service as rounds;

const LADDER: [Tier; 3] = [Tier::Seed, Tier::FutureStar, Tier::Leading];

/// One account per role; the applicant's is made with its firm.
pub const PEOPLE: [(Role, &str); 10] = [
    (Role::Applicant, "李申"),
    (Role::Officer, "王经办"),
    (Role::Approver, "赵分管"),
    (Role::Department, "孙责办"),
    (Role::Expert, "周评"),
    (Role::FundManager, "吴基"),
    (Role::Bank, "郑行"),
    (Role::SystemAdmin, "钱系统"),
    (Role::SecurityAdmin, "冯安全"),
    (Role::Auditor, "陈审计"),
];

pub fn email_of(role: Role) -> String {
    format!("{role}@laoshan.example")
}

/// Makes all demo data, from 300 days ago to now.
pub async fn seed(app: App) -> Result<(), AppError> {
    let clock = app.door.clock().clone();
    let today = business_day(clock.now().utc());
    clock.set_shift(Duration::days(-300));
    let mut story = Story::begin(Stage::new(app).await?, today).await?;
    story.move_to(-299).await?;
    let lending = story.loans_are_filed().await?;
    story.a_round_that_was_concluded().await?;
    story.move_to(-240).await?;
    let supported = story.plans_are_made().await?;
    story.move_to(-150).await?;
    story.items_are_worked_on(&supported).await?;
    story.move_to(-110).await?;
    let claimed = story.subsidies_are_approved(&lending).await?;
    story.loans_go_bad(&lending).await?;
    story.move_to(-62).await?;
    story.subsidies_are_paid(&claimed).await?;
    story.the_pools_first_month_is_closed(story.day(-299)).await?;
    story.plans_are_evaluated(&supported).await?;
    story.members_are_visited(&supported).await?;
    story.six_rounds_under_way().await?;
    story.items_of_today(&supported).await?;
    story.subsidies_of_today(&lending).await?;
    story.compensation_of_today(&lending).await?;
    story.members_move().await?;
    story.members_report().await?;
    story.members_change().await?;
    story.the_chain_grows().await?;
    story.directions_are_watched().await?;
    clock.set_shift(Duration::zero());
    crate::jobs::run_due(&story.stage.app).await.map(drop)
}

pub(super) struct Story {
    pub stage: Stage,
    pub today: NaiveDate,
    pub officer: Player,
    pub approver: Player,
    pub rule_set: RuleSetId,
    pub applicants: Vec<Applicant>,
}

impl Story {
    async fn begin(stage: Stage, today: NaiveDate) -> Result<Self, AppError> {
        let mut people = Vec::new();
        for (role, name) in PEOPLE {
            people.push(stage.player(&email_of(role), name, role).await?);
        }
        let (owner, officer, approver) = (people[0].clone(), people[1].clone(), people[2].clone());
        let day = business_day(stage.now().utc());
        let rule_set =
            stage.app.door.peek("demo", move |cx| Ok(crate::programme::service::current(cx, day)?.0)).await?;
        let mut story = Self { stage, today, officer, approver, rule_set, applicants: Vec::new() };
        for (n, firm) in firms::all().into_iter().enumerate() {
            let (owner, email) = match n {
                0 => (owner.clone(), email_of(Role::Applicant)),
                _ => {
                    let email = format!("firm{n:02}@laoshan.example");
                    (story.stage.player(&email, "企业经办人", Role::Applicant).await?, email)
                }
            };
            let applicant = story.settle(firm, owner, email).await?;
            story.applicants.push(applicant);
        }
        Ok(story)
    }

    /// An enterprise on record, its figures of three years, and a verified owner.
    async fn settle(&self, firm: Firm, owner: Player, email: String) -> Result<Applicant, AppError> {
        let registered_on = figures::registered_on(&firm, self.today);
        let record = body(json!({
            "credit_code": firm.credit_code, "name": firm.name, "registered_on": registered_on, "capital": "1000万元",
            "province": "山东", "city": "青岛", "address": "青岛市崂山区株洲路168号", "park": "株洲路未来产业园", "tracks": [firm.track],
        }))?;
        let view = self
            .stage
            .act(&self.officer, Action::EnterpriseCreate, move |cx| enterprises::record::create_enterprise(cx, &record))
            .await?;
        let enterprise: EnterpriseId = view.id;
        for back in 1..=3 {
            let (id, figures) = (enterprise.clone(), body(figures::year(&firm, back))?);
            let year = self.today.year() - back as i32;
            self.stage
                .act(&self.officer, Action::MetricWrite, move |cx| {
                    enterprises::metrics::write_metrics(cx, &id, year, &figures)
                })
                .await?;
        }
        let (user, code, name) = (owner.id.clone(), firm.credit_code.clone(), firm.name.clone());
        self.stage
            .app
            .door
            .system("demo", move |cx| {
                let code = CreditCode::parse(&code).map_err(|_| AppError::internal("a demo code is not valid"))?;
                enterprises::registration::attach_applicant(cx, &user, &code, &name)
            })
            .await?;
        let (id, user) = (enterprise.clone(), owner.id.clone());
        self.stage
            .act(&self.officer, Action::MemberVerify, move |cx| {
                let member = enterprises::members::find_member(cx, &id, &user)?.ok_or_else(AppError::not_found)?;
                let seen = body(json!({"member_id": member.id, "evidence": "营业执照原件、加盖公章的授权书"}))?;
                enterprises::members::verify_member(cx, &id, &seen)
            })
            .await?;
        Ok(Applicant { firm, enterprise, email })
    }

    /// To nine in the morning, `days` from the demo's today, with everything that falls due on the way. The office signs in anew:
    /// sessions do not outlast the pause.
    async fn move_to(&mut self, days: i64) -> Result<(), AppError> {
        let morning = start_of_day_utc(self.today + Duration::days(days)) + Duration::hours(9);
        self.stage.advance(morning - self.stage.now().utc());
        crate::jobs::run_due(&self.stage.app).await?;
        self.officer = self.stage.sign_in(&email_of(Role::Officer)).await?;
        self.approver = self.stage.sign_in(&email_of(Role::Approver)).await?;
        messages::mailing::post(&self.stage.app).await?;
        // What is new in the last days stays unread.
        if days < -10 {
            for reader in [&self.officer, &self.approver] {
                let all = ReadMessagesBody::default();
                let read = move |cx: &mut Cx| messages::inbox::read_messages(cx, &all);
                self.stage.act(reader, Action::MessageRead, read).await?;
            }
        }
        Ok(())
    }

    async fn a_round_that_was_concluded(&mut self) -> Result<(), AppError> {
        let name = format!("{}年度未来产业企业筛选（首批）", self.year());
        let round = self.open_round(&name, &LADDER, 20, Phases::Plain).await?;
        let mut cases = Vec::new();
        for n in self.fitting(&LADDER, 24) {
            cases.push((n, self.apply(n, &round).await?));
        }
        self.withdraw(cases[0].0, &cases[0].1).await?;
        self.move_to(-277).await?;
        self.step(&round, rounds::start_formal_review).await?;
        self.reject(&cases[1].1).await?;
        self.give_back(&cases[2].1).await?;
        self.submit(cases[2].0, &cases[2].1).await?;
        for (_, id) in &cases[2..] {
            self.accept(id).await?;
        }
        self.step(&round, rounds::start_deliberation).await?;
        for (_, id) in &cases[2..6] {
            self.not_select(id).await?;
        }
        for (_, id) in &cases[6..] {
            self.propose(id).await?;
        }
        let notice = self.publicise(&round).await?;
        self.object(&notice, cases[6].0, true).await?;
        // Fraud comes to light in time.
        self.void(&cases[7].1).await?;
        self.move_to(-255).await?;
        let (id, prefix) = (round, self.stage.app.config.programme.certificate_prefix.clone());
        let conclude = move |cx: &mut Cx| rounds::conclude_round(cx, &id, &prefix);
        self.stage.act(&self.officer, Action::RoundConclude, conclude).await?;
        let passed_over: Vec<_> = cases[2..6].iter().map(|(_, id)| id.clone()).collect();
        self.feedback_is_given(&passed_over).await
    }

    async fn six_rounds_under_way(&mut self) -> Result<(), AppError> {
        self.move_to(-60).await?;
        let year = self.year();
        let shown =
            self.open_round(&format!("{year}年度生态型企业认定"), &[Tier::Ecosystem], 20, Phases::Plain).await?;
        let mut shown_cases = Vec::new();
        let shown_firms = self.fitting(&[Tier::Ecosystem], 4);
        for n in &shown_firms {
            shown_cases.push(self.apply(*n, &shown).await?);
        }
        let scored =
            self.open_round(&format!("{year}年度未来之星遴选"), &[Tier::FutureStar], 20, Phases::Experts).await?;
        let mut scored_cases = Vec::new();
        for n in self.fitting(&[Tier::FutureStar], 5) {
            scored_cases.push(self.apply(n, &scored).await?);
        }

        let weighed =
            self.open_round(&format!("{year}年度领军企业认定"), &[Tier::Leading], 20, Phases::Experts).await?;
        let mut weighed_cases = Vec::new();
        for n in self.fitting(&[Tier::Leading], 4) {
            weighed_cases.push(self.apply(n, &weighed).await?);
        }
        let given_up = self.open_round(&format!("{year}年度雏鹰企业专项"), &[Tier::Seed], 20, Phases::Plain).await?;
        for n in self.fitting(&[Tier::Seed], 2) {
            self.apply(n, &given_up).await?;
        }
        self.cancel(&given_up).await?;
        let name = format!("{year}年度种子企业专项遴选");
        let visited = self.open_round(&name, &[Tier::Seed], 20, Phases::ExpertsAndVisits).await?;
        let visited_firms = self.fitting(&[Tier::Seed], 4);
        let mut visited_cases = Vec::new();
        for n in &visited_firms {
            visited_cases.push(self.apply(*n, &visited).await?);
        }

        self.move_to(-38).await?;
        self.experts_are_invited().await?;
        for (round, cases) in
            [(&shown, &shown_cases), (&scored, &scored_cases), (&weighed, &weighed_cases), (&visited, &visited_cases)]
        {
            self.step(round, rounds::start_formal_review).await?;
            for id in cases {
                self.accept(id).await?;
            }
        }
        for (round, days) in [(&scored, 45), (&weighed, 20), (&visited, 20)] {
            self.step(round, rounds::start_expert_review).await?;
            self.panel(round, days).await?;
        }
        self.step(&shown, rounds::start_deliberation).await?;
        for id in &shown_cases {
            self.propose(id).await?;
        }

        self.move_to(-25).await?;
        let with = |cases: &[ApplicationId], levels: [i64; 4]| cases.iter().cloned().zip(levels).collect::<Vec<_>>();
        self.everybody_scores(&weighed, &with(&weighed_cases, [92, 90, 88, 85])).await?;
        self.everybody_scores(&visited, &with(&visited_cases, [86, 82, 78, 74])).await?;
        self.step(&weighed, rounds::start_deliberation).await?;
        self.step(&visited, rounds::start_site_check).await?;
        self.the_meeting_deliberates(&weighed, Tier::Leading, &weighed_cases[1]).await?;
        for id in &weighed_cases[..2] {
            self.propose(id).await?;
        }
        // One waits for the approver.
        self.prepare_proposal(&weighed_cases[2]).await?;

        let name = format!("{year}年度未来产业企业筛选（第二批）");
        let reviewed = self.open_round(&name, &[Tier::Seed, Tier::Leading], 20, Phases::Plain).await?;
        let mut reviewed_cases = Vec::new();
        for n in self.fitting(&[Tier::Seed, Tier::Leading], 12) {
            reviewed_cases.push(self.apply(n, &reviewed).await?);
        }

        self.move_to(-10).await?;
        let open =
            self.open_round(&format!("{year}年度未来产业企业筛选（第三批）"), &LADDER, 30, Phases::Plain).await?;
        self.draft(0, &open).await?;
        let others = self.fitting(&LADDER, 7);
        for n in &others[..2] {
            self.draft(*n, &open).await?;
        }
        for n in &others[2..] {
            self.apply(*n, &open).await?;
        }
        self.the_eligible_are_invited(&open).await?;

        self.move_to(-4).await?;
        self.half_of_the_scores_are_in(&scored).await?;
        self.sites_are_visited(&visited_firms, &visited_cases).await?;
        self.step(&reviewed, rounds::start_formal_review).await?;
        self.give_back(&reviewed_cases[0]).await?;
        self.reject(&reviewed_cases[1]).await?;
        for id in &reviewed_cases[2..6] {
            self.accept(id).await?;
        }

        self.move_to(-1).await?;
        let notice = self.publicise(&shown).await?;
        self.object(&notice, shown_firms[0], false).await
    }
}
