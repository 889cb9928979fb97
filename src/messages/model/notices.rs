//! Who hears what: one row per letter. `docs/notices.md` is printed from here.
//!
//! An event is what the audit trail records anyway, so nothing has to be called for a notice to go out, and nobody can forget it.

use crate::decisions::model::DecisionAction;
use crate::platform::policy::Role;
use crate::platform::text::Say;
use crate::{say, text_enum};

/// What makes a notice due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// A subject of this kind has come into this state.
    Becomes(&'static str, &'static str),
    /// This was done to a subject of this kind, whatever its state.
    Does(&'static str, &'static str),
    /// Anything was recorded about a subject of this kind.
    Any(&'static str),
    /// A subject of this kind has gone from one state into another.
    Moves(&'static str, &'static str, &'static str),
    /// A field of a subject of this kind has got this value.
    Gets(&'static str, &'static str, &'static str),
    /// A day by which something must be done comes near.
    Before(Deadline),
    /// It has passed.
    After(Deadline),
}

text_enum! {
    /// What people are reminded of.
    pub enum Deadline {
        /// A draft in an open round.
        Draft = "draft",
        /// An application returned for correction.
        Return = "return",
        Review = "review",
        /// The end of a round's publicity.
        Publicity = "publicity",
        /// The answer to an objection.
        Objection = "objection",
        /// What a support item's unit has promised, or its answer.
        SupportItem = "support_item",
        /// The draft of a subsidy claim in its filing window.
        SubsidyDraft = "subsidy_draft",
        /// The payment of a subsidy.
        Subsidy = "subsidy",
        /// The payment of a compensation.
        Compensation = "compensation",
        /// The yearly report of a member.
        AnnualUpdate = "annual_update",
        /// The term of a membership.
        Membership = "membership",
    }
}

/// Who is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Everybody who acts for the enterprise the case is about.
    Party,
    /// Everybody who acts for an enterprise with an application in the round.
    RoundParties,
    /// Everybody who acts for an enterprise that holds a title.
    MemberParties,
    /// Everybody who acts for any enterprise on record.
    AllParties,
    /// Everybody with this role.
    Role(Role),
    /// The person the record belongs to: whoever claimed, reviews or prepared.
    Person,
    /// The experts who have something left to review in it.
    Reviewers,
    /// The people of the unit that has it in hand.
    Unit,
    /// The clerks of the banks it concerns.
    Banks,
}

/// How a notice is mailed, unless the person chose otherwise. It is in the inbox in any case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mailed {
    pub mailing: Mailing,
    /// Nobody can turn the mail off.
    pub mandatory: bool,
}

text_enum! {
    /// What a person wants of the mail for a notice.
    pub enum Mailing {
        Now = "now",
        /// Collected, and sent once each working day.
        Digest = "digest",
        Never = "never",
    }
}

pub const NOW: Mailed = Mailed { mailing: Mailing::Now, mandatory: false };
pub const MUST: Mailed = Mailed { mailing: Mailing::Now, mandatory: true };
pub const DAILY: Mailed = Mailed { mailing: Mailing::Digest, mandatory: false };
pub const MUST_DAILY: Mailed = Mailed { mailing: Mailing::Digest, mandatory: true };

macro_rules! notices {
    ($($name:ident $code:literal $zh:literal $en:literal [$($when:expr),+] $audience:expr, $mailed:expr;)*) => {
        text_enum! {
            /// A notice; the letter of the same name holds its words.
            pub enum Notice { $($name = $code),* }
        }

        impl Notice {
            pub fn when(self) -> &'static [When] {
                match self { $(Notice::$name => &[$($when),+]),* }
            }
            pub fn audience(self) -> Audience {
                match self { $(Notice::$name => $audience),* }
            }
            pub fn mailed(self) -> Mailed {
                match self { $(Notice::$name => $mailed),* }
            }
            /// What it is called where people choose.
            pub fn label(self) -> Say {
                match self { $(Notice::$name => say!($zh, $en)),* }
            }
        }
    };
}

use Audience::*;
use When::*;

const OFFICERS: Audience = Audience::Role(crate::platform::policy::Role::Officer);
const APPROVERS: Audience = Audience::Role(crate::platform::policy::Role::Approver);
const FUND: Audience = Audience::Role(crate::platform::policy::Role::FundManager);

notices! {
    ApplicationReceived "application_received" "申报已收到" "application received" [Becomes("application", "submitted")] Party, MUST;
    ApplicationArrived "application_arrived" "有新的申报待受理" "an application has come in" [Becomes("application", "submitted")] OFFICERS, DAILY;
    ApplicationAccepted "application_accepted" "申报已受理" "application accepted" [Becomes("application", "accepted")] Party, NOW;
    ApplicationReturned "application_returned" "申报需补正" "application returned for correction" [Becomes("application", "returned")] Party, MUST;
    ApplicationRejected "application_rejected" "申报未通过形式审查" "application rejected" [Becomes("application", "rejected_formal")] Party, MUST;
    ApplicationWithdrawn "application_withdrawn" "申报已撤回" "application withdrawn" [Becomes("application", "withdrawn")] OFFICERS, DAILY;
    ApplicationNotSelected "application_not_selected" "申报未入选" "application not selected" [Becomes("application", "not_selected")] Party, MUST;
    ApplicationInPublicity "application_in_publicity" "申报进入公示" "application in publicity" [Does("application", "application.publicise")] Party, NOW;
    ApplicationObjected "application_objected" "公示期间收到异议" "objection to an application" [Becomes("application", "objected")] Party, MUST;
    ApplicationRecognised "application_recognised" "获得认定" "application recognised" [Becomes("application", "recognised")] Party, MUST;
    ApplicationDenied "application_denied" "未予认定" "recognition denied" [Becomes("application", "denied")] Party, MUST;
    ApplicationVoided "application_voided" "申报作废" "application void" [Does("application", "application.void")] Party, MUST;
    RoundOpened "round_opened" "申报批次开放" "round open" [Becomes("round", "open")] AllParties, NOW;
    RoundExtended "round_extended" "申报截止时间调整" "deadline of a round moved" [Does("round", "round.extend")] RoundParties, NOW;
    RoundClosed "round_closed" "申报批次截止" "round closed" [Becomes("round", "closed")] OFFICERS, DAILY;
    RoundCancelled "round_cancelled" "申报批次取消" "round cancelled" [Does("application", "application.cease")] Party, MUST;
    RoundInvitation "round_invitation" "邀请申报" "invitation to apply" [Does("round_invitation", "round_invitation.create")] Party, NOW;
    SiteVisitPlanned "site_visit_planned" "实地核查安排" "site visit planned" [Becomes("site_visit", "planned")] Party, MUST;
    SiteVisitCancelled "site_visit_cancelled" "实地核查取消" "site visit cancelled" [Becomes("site_visit", "cancelled")] Party, MUST;
    SiteVisitConcluded "site_visit_concluded" "实地核查记录待确认" "record of a site visit to be confirmed" [Becomes("site_visit", "concluded")] Party, MUST;
    SiteVisitDisputed "site_visit_disputed" "企业对核查记录有异议" "record of a site visit disputed" [Becomes("site_visit", "disputed")] OFFICERS, NOW;
    FeedbackSent "feedback_sent" "评审反馈" "feedback on an application" [Becomes("feedback", "sent")] Party, MUST;
    DecisionWaiting "decision_waiting" "有事项待审批" "a decision waits" [Does("decision", "decision.prepare")] APPROVERS, NOW;
    DecisionApproved "decision_approved" "提请的事项已批准" "your proposal was approved" [Becomes("decision", "approved")] Person, NOW;
    DecisionRefused "decision_refused" "提请的事项未获批准" "your proposal was refused" [Becomes("decision", "refused")] Person, NOW;
    ObjectionFiled "objection_filed" "收到异议" "an objection was filed" [Becomes("objection", "received")] OFFICERS, MUST;
    ClaimWaiting "claim_waiting" "有企业认领待审核" "a claim of an enterprise waits" [Becomes("claim", "pending")] OFFICERS, DAILY;
    ClaimApproved "claim_approved" "企业认领通过" "claim approved" [Becomes("claim", "approved")] Person, MUST;
    ClaimRefused "claim_refused" "企业认领未通过" "claim refused" [Becomes("claim", "refused")] Person, MUST;
    ReviewAssigned "review_assigned" "有新的评审任务" "reviews assigned to you" [Any("draw"), Becomes("review", "assigned")] Reviewers, MUST;
    SupportItemRaised "support_item_raised" "有新的服务事项" "a support item was raised" [Becomes("support_item", "raised")] OFFICERS, DAILY;
    SupportItemAssigned "support_item_assigned" "服务事项交办" "a support item for your unit" [Becomes("support_item", "assigned")] Unit, MUST;
    SupportItemAnswered "support_item_answered" "服务事项已答复" "support item answered" [Becomes("support_item", "in_progress")] Party, NOW;
    SupportItemReturned "support_item_returned" "服务事项被退回" "support item sent back by its unit" [Becomes("support_item", "returned")] OFFICERS, NOW;
    SupportItemDone "support_item_done" "服务事项待确认" "support item waits for your confirmation" [Becomes("support_item", "pending_confirm")] Party, MUST;
    SupportItemReopened "support_item_reopened" "服务事项重新打开" "support item reopened" [Becomes("support_item", "reopened")] Unit, NOW;
    SupportItemClosed "support_item_closed" "服务事项办结" "support item closed" [Becomes("support_item", "closed")] Party, NOW;
    SupportItemYellow "support_item_yellow" "服务事项逾期" "support item past its deadline" [Gets("support_item", "escalation", "yellow"), Gets("support_item", "escalation", "red")] Unit, MUST_DAILY;
    SupportItemRed "support_item_red" "服务事项红牌" "red card for a support item" [Gets("support_item", "escalation", "red")] APPROVERS, MUST_DAILY;
    SupportPlanConsulted "support_plan_consulted" "一企一策方案征求意见" "support plan for your comments" [Becomes("support_plan", "consulting")] Party, MUST;
    SubsidyFiled "subsidy_filed" "有贴息申请待确认利息" "interest to be confirmed" [Becomes("subsidy_claim", "filed")] Banks, NOW;
    SubsidyConfirmed "subsidy_confirmed" "有贴息申请待审核" "a subsidy claim waits for review" [Becomes("subsidy_claim", "confirmed")] FUND, DAILY;
    SubsidyReturned "subsidy_returned" "贴息申请需补正" "subsidy claim returned" [Becomes("subsidy_claim", "returned")] Party, MUST;
    SubsidyRejected "subsidy_rejected" "贴息申请未通过" "subsidy claim rejected" [Becomes("subsidy_claim", "rejected")] Party, MUST;
    SubsidyApproved "subsidy_approved" "贴息申请获批" "subsidy claim approved" [Becomes("subsidy_claim", "approved")] Party, NOW;
    SubsidyPaid "subsidy_paid" "贴息已拨付" "subsidy paid" [Becomes("subsidy_claim", "paid")] Party, NOW;
    SubsidyPaymentFailed "subsidy_payment_failed" "贴息拨付失败" "payment of a subsidy failed" [Becomes("subsidy_claim", "payment_failed")] FUND, MUST;
    ClawBackDemanded "claw_back_demanded" "贴息追回通知" "subsidy to be paid back" [Becomes("subsidy_claw_back", "demanded")] Party, MUST;
    CompensationFiled "compensation_filed" "有风险补偿申请" "a compensation claim was filed" [Becomes("compensation_claim", "filed")] FUND, DAILY;
    CompensationReturned "compensation_returned" "风险补偿申请需补正" "compensation claim returned" [Becomes("compensation_claim", "returned")] Banks, MUST;
    CompensationAdmitted "compensation_admitted" "风险补偿申请获准" "compensation claim admitted" [Becomes("compensation_claim", "admitted"), Becomes("compensation_claim", "queued")] Banks, NOW;
    CompensationRefused "compensation_refused" "风险补偿申请未获准" "compensation claim refused" [Becomes("compensation_claim", "refused")] Banks, MUST;
    CompensationPaid "compensation_paid" "风险补偿已拨付" "compensation paid" [Becomes("compensation_claim", "paid")] Banks, NOW;
    BankSuspended "bank_suspended" "合作银行被暂停" "bank suspended" [Becomes("bank", "suspended")] Banks, MUST;
    MembershipWatched "membership_watched" "列入预警" "membership on watch" [Becomes("membership", "watch")] Party, MUST;
    MembershipSuspended "membership_suspended" "资格暂停" "membership suspended" [Becomes("membership", "suspended")] Party, MUST;
    MembershipReviewed "membership_reviewed" "资格进入复核" "membership under re-check" [Becomes("membership", "re_review")] Party, MUST;
    MembershipEnded "membership_ended" "资格终止" "membership ended" [Becomes("membership", "exited"), Becomes("membership", "revoked"), Becomes("membership", "demoted"), Moves("membership", "active", "expired"), Moves("membership", "watch", "expired"), Moves("membership", "suspended", "expired")] Party, MUST;
    MembershipExpiring "membership_expiring" "资格即将到期" "membership about to expire" [Before(Deadline::Membership)] Party, NOW;
    RecheckPassed "recheck_passed" "复核通过" "re-check passed" [Gets("recheck", "outcome", "keep"), Gets("recheck", "outcome", "promote")] Party, MUST;
    MajorChangeReported "major_change_reported" "企业报告重大变更" "an enterprise has reported a major change" [Becomes("major_change", "reported")] OFFICERS, DAILY;
    MajorChangeResolved "major_change_resolved" "重大变更已处理" "major change dealt with" [Becomes("major_change", "kept"), Becomes("major_change", "rechecked")] Party, NOW;
    AnnualUpdateOpened "annual_update_opened" "年度更新" "yearly report" [Does("update_window", "update_window.create")] MemberParties, MUST;
    AnnualUpdateSubmitted "annual_update_submitted" "有年度更新待核" "a yearly report has come in" [Becomes("annual_update", "submitted")] OFFICERS, DAILY;
    AnnualUpdateQuestioned "annual_update_questioned" "年度更新需说明" "questions about your yearly report" [Becomes("annual_update", "questioned")] Party, MUST;
    AnnualUpdateVerified "annual_update_verified" "年度更新已核实" "yearly report verified" [Becomes("annual_update", "verified")] Party, NOW;
    AnnualUpdateDue "annual_update_due" "年度更新即将截止" "yearly report due soon" [Before(Deadline::AnnualUpdate)] Party, NOW;
    AnnualUpdateOverdue "annual_update_overdue" "年度更新逾期" "yearly report overdue" [After(Deadline::AnnualUpdate)] Party, MUST;
    DraftDue "draft_due" "草稿申报即将截止" "draft before the deadline" [Before(Deadline::Draft)] Party, NOW;
    ReturnDue "return_due" "补正即将到期" "correction due soon" [Before(Deadline::Return)] Party, MUST;
    ReviewDue "review_due" "评审即将到期" "reviews due soon" [Before(Deadline::Review)] Reviewers, NOW;
    ReviewOverdue "review_overdue" "评审逾期" "reviews past their deadline" [After(Deadline::Review)] OFFICERS, NOW;
    PublicityEnded "publicity_ended" "公示期满" "public notice has ended" [After(Deadline::Publicity)] OFFICERS, NOW;
    ObjectionDue "objection_due" "异议答复即将到期" "answer to an objection due soon" [Before(Deadline::Objection)] OFFICERS, NOW;
    ObjectionOverdue "objection_overdue" "异议逾期未答复" "objection not answered in time" [After(Deadline::Objection)] APPROVERS, MUST;
    SupportItemDue "support_item_due" "服务事项即将到期" "support item due soon" [Before(Deadline::SupportItem)] Unit, NOW;
    SubsidyDraftDue "subsidy_draft_due" "贴息申请即将截止" "subsidy claim still a draft" [Before(Deadline::SubsidyDraft)] Party, NOW;
    SubsidyDue "subsidy_due" "贴息即将到拨付期限" "subsidy to be paid soon" [Before(Deadline::Subsidy)] FUND, NOW;
    SubsidyOverdue "subsidy_overdue" "贴息逾期未拨付" "subsidy not paid in time" [After(Deadline::Subsidy)] APPROVERS, MUST;
    CompensationDue "compensation_due" "风险补偿即将到拨付期限" "compensation to be paid soon" [Before(Deadline::Compensation)] FUND, NOW;
    CompensationOverdue "compensation_overdue" "风险补偿逾期未拨付" "compensation not paid in time" [After(Deadline::Compensation)] APPROVERS, MUST;
}

/// What a decision is about, in words.
pub fn proposal_label(action: DecisionAction) -> Say {
    match action {
        DecisionAction::ApplicationOverride => say!("放行未达标条件", "override of unmet conditions"),
        DecisionAction::ApplicationPropose => say!("列入拟认定名单", "putting an application on the proposed list"),
        DecisionAction::ApplicationNotSelect => say!("不予入选", "not selecting an application"),
        DecisionAction::ApplicationVoid => say!("申报作废", "voiding an application"),
        DecisionAction::RoundRelease => say!("集中公布审议结果", "release of what was deliberated"),
        DecisionAction::FeedbackSend => say!("发送未入选反馈", "sending feedback"),
        DecisionAction::PanelRedraw => say!("重新抽取评审专家", "drawing a panel again"),
        DecisionAction::MembershipSuspend => say!("暂停资格", "suspending a membership"),
        DecisionAction::MembershipExit => say!("退出培育库", "exit of a member"),
        DecisionAction::MembershipRevoke => say!("撤销资格", "revoking a membership"),
        DecisionAction::RecheckConclude => say!("复核结论", "conclusion of a re-check"),
        DecisionAction::SupportItemExtend => say!("服务事项延期", "a longer deadline for a support item"),
        DecisionAction::PoolAllocate => say!("风险池注资", "allocation to the risk pool"),
        DecisionAction::PoolRefund => say!("风险池退回", "refund from the risk pool"),
        DecisionAction::PoolAdjust => say!("风险池调整", "adjustment of the risk pool"),
        DecisionAction::SubsidyBudgetSet => say!("核定贴息预算", "yearly budget of subsidies"),
        DecisionAction::SubsidyApprove => say!("批准贴息", "approval of a subsidy claim"),
        DecisionAction::SubsidyClawBack => say!("追回贴息", "claw-back of a subsidy"),
    }
}
