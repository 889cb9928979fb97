//! Who may do what, and how far it reaches: the only statement of it in the program. `docs/roles.md` is printed from here.
//!
//! The table answers "may this role ever do it" (403). Whether a record is within reach is answered by the slice's `visible`
//! query (404), and whether the record's own facts allow it by its rules (409).

mod page;

pub use page::markdown;
pub use table::Action;

use crate::text_enum;

text_enum! {
    /// A role a person holds; several may be held, except that the three administrators (三员) exclude one another.
    pub enum Role {
        Applicant = "applicant",
        Officer = "officer",
        Approver = "approver",
        Department = "department",
        Expert = "expert",
        FundManager = "fund_manager",
        Bank = "bank",
        SystemAdmin = "system_admin",
        SecurityAdmin = "security_admin",
        Auditor = "auditor",
    }
}

impl Role {
    /// The three separated administrators (三员分立, GB/T 22239-2019 level 3).
    pub const ADMINISTRATORS: [Role; 3] = [Role::SystemAdmin, Role::SecurityAdmin, Role::Auditor];

    pub fn is_administrator(self) -> bool {
        Self::ADMINISTRATORS.contains(&self)
    }
    pub fn is_staff(self) -> bool {
        self != Role::Applicant
    }
}

/// How far a cell of the table reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    No,
    /// What belongs to the caller: their enterprises, their account; of what the house publishes, the published.
    Own,
    /// What was assigned to the caller.
    Assigned,
    /// What belongs to the caller's bank or unit.
    Org,
    All,
}

/// What the caller's roles add up to for one action. `all` makes the others irrelevant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Scope {
    pub own: bool,
    pub assigned: bool,
    pub org: bool,
    pub all: bool,
}

impl Scope {
    pub const ALL: Scope = Scope { own: false, assigned: false, org: false, all: true };

    fn add(&mut self, reach: Reach) {
        match reach {
            Reach::No => {}
            Reach::Own => self.own = true,
            Reach::Assigned => self.assigned = true,
            Reach::Org => self.org = true,
            Reach::All => self.all = true,
        }
    }
    pub fn is_empty(self) -> bool {
        self == Self::default()
    }
}

macro_rules! cell {
    (-) => {
        Reach::No
    };
    (O) => {
        Reach::Own
    };
    (S) => {
        Reach::Assigned
    };
    (G) => {
        Reach::Org
    };
    (A) => {
        Reach::All
    };
}

macro_rules! policy {
    ($($action:ident $name:literal [$anon:tt $appl:tt $offi:tt $appr:tt $dept:tt $expt:tt $fund:tt $bank:tt $sysa:tt $seca:tt $audt:tt])*) => {
        /// Everything that can be asked of the system: noun.verb.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Action { $($action),* }

        impl Action {
            pub const ALL: &'static [Action] = &[$(Action::$action),*];
            pub fn as_str(self) -> &'static str {
                match self { $(Action::$action => $name),* }
            }
            /// The row: without sign-in first, then the roles in their order.
            pub(super) fn row(self) -> [Reach; 11] {
                match self {
                    $(Action::$action => [
                        cell!($anon), cell!($appl), cell!($offi), cell!($appr), cell!($dept), cell!($expt),
                        cell!($fund), cell!($bank), cell!($sysa), cell!($seca), cell!($audt),
                    ]),*
                }
            }
        }
    };
}

// Cells: - no, O own, S assigned, G own bank or unit, A all.
policy! {
    //                                           without sign-in
    //                                           |  applicant
    //                                           |  |  officer
    //                                           |  |  |  approver
    //                                           |  |  |  |  department
    //                                           |  |  |  |  |  expert
    //                                           |  |  |  |  |  |  fund_manager
    //                                           |  |  |  |  |  |  |  bank
    //                                           |  |  |  |  |  |  |  |  system_admin
    //                                           |  |  |  |  |  |  |  |  |  security_admin
    //                                           |  |  |  |  |  |  |  |  |  |  auditor
    HealthView            "health.view"         [A  A  A  A  A  A  A  A  A  A  A]
    RegistrationCreate    "registration.create" [A  A  A  A  A  A  A  A  A  A  A]
    EmailConfirm          "email.confirm"       [A  A  A  A  A  A  A  A  A  A  A]
    PasswordResetAsk      "password_reset.ask"  [A  A  A  A  A  A  A  A  A  A  A]
    PasswordReset         "password.reset"      [A  A  A  A  A  A  A  A  A  A  A]
    SessionOpen           "session.open"        [A  A  A  A  A  A  A  A  A  A  A]
    SessionRefresh        "session.refresh"     [A  A  A  A  A  A  A  A  A  A  A]
    SessionList           "session.list"        [-  O  O  O  O  O  O  O  O  O  O]
    SessionClose          "session.close"       [-  O  O  O  O  O  O  O  O  O  O]
    PasswordChange        "password.change"     [-  O  O  O  O  O  O  O  O  O  O]
    MeView                "me.view"             [-  O  O  O  O  O  O  O  O  O  O]
    MeUpdate              "me.update"           [-  O  O  O  O  O  O  O  O  O  O]
    UserList              "user.list"           [-  -  -  -  -  -  -  -  A  A  A]
    UserView              "user.view"           [-  -  -  -  -  -  -  -  A  A  A]
    UserInvite            "user.invite"         [-  -  -  -  -  -  -  -  A  -  -]
    UserSuspend           "user.suspend"        [-  -  -  -  -  -  -  -  A  -  -]
    UserReinstate         "user.reinstate"      [-  -  -  -  -  -  -  -  A  -  -]
    RoleGrant             "role.grant"          [-  -  -  -  -  -  -  -  -  A  -]
    AuditList             "audit.list"          [-  -  -  -  -  -  -  -  -  -  A]
    AuditVerify           "audit.verify"        [-  -  -  -  -  -  -  -  -  -  A]
    ConfigView            "config.view"         [-  -  -  -  -  -  -  -  A  -  -]
    KeyRotate             "key.rotate"          [-  -  -  -  -  -  -  -  A  -  -]
    JobList               "job.list"            [-  -  -  -  -  -  -  -  A  -  -]
    JobRun                "job.run"             [-  -  -  -  -  -  -  -  A  -  -]
    MailList              "mail.list"           [-  -  -  -  -  -  -  -  A  -  -]
    MailRetry             "mail.retry"          [-  -  -  -  -  -  -  -  A  -  -]
    EnterpriseList        "enterprise.list"     [-  O  A  A  -  -  A  -  -  -  -]
    EnterpriseView        "enterprise.view"     [-  O  A  A  -  -  A  -  -  -  -]
    EnterpriseCreate      "enterprise.create"   [-  -  A  -  -  -  -  -  -  -  -]
    EnterpriseUpdate      "enterprise.update"   [-  O  A  -  -  -  -  -  -  -  -]
    EnterpriseImport      "enterprise.import"   [-  -  A  -  -  -  -  -  -  -  -]
    ClaimCreate           "claim.create"        [-  A  -  -  -  -  -  -  -  -  -]
    ClaimList             "claim.list"          [-  O  A  A  -  -  -  -  -  -  -]
    ClaimView             "claim.view"          [-  O  A  A  -  -  -  -  -  -  -]
    ClaimDecide           "claim.decide"        [-  -  A  -  -  -  -  -  -  -  -]
    MemberList            "member.list"         [-  O  A  A  -  -  -  -  -  -  -]
    MemberVerify          "member.verify"       [-  -  A  -  -  -  -  -  -  -  -]
    MemberRemove          "member.remove"       [-  O  A  -  -  -  -  -  -  -  -]
    MetricList            "metric.list"         [-  O  A  A  -  -  A  -  -  -  -]
    MetricWrite           "metric.write"        [-  O  A  -  -  -  -  -  -  -  -]
    MetricVerify          "metric.verify"       [-  -  A  -  -  -  -  -  -  -  -]
    FactList              "fact.list"           [-  O  A  A  -  -  A  -  -  -  -]
    FactWrite             "fact.write"          [-  O  A  -  -  -  -  -  -  -  -]
    FactVerify            "fact.verify"         [-  -  A  -  -  -  -  -  -  -  -]
    FigureView            "figure.view"         [-  O  A  A  -  -  -  -  -  -  -]
    RuleSetList           "rule_set.list"       [-  O  A  A  O  O  O  -  O  -  -]
    RuleSetView           "rule_set.view"       [-  O  A  A  O  O  O  -  O  -  -]
    RuleSetCreate         "rule_set.create"     [-  -  A  -  -  -  -  -  -  -  -]
    RuleSetUpdate         "rule_set.update"     [-  -  A  -  -  -  -  -  -  -  -]
    RuleSetPublish        "rule_set.publish"    [-  -  -  A  -  -  -  -  -  -  -]
    TrackList             "track.list"          [A  A  A  A  A  A  A  A  A  A  A]
    IndicatorList         "indicator.list"      [A  A  A  A  A  A  A  A  A  A  A]
    SelfCheckRun          "self_check.run"      [A  A  A  A  A  A  A  A  A  A  A]
    CalendarView          "calendar.view"       [-  A  A  A  A  A  A  A  A  A  A]
    CalendarImport        "calendar.import"     [-  -  A  -  -  -  -  -  A  -  -]
    // Own: rounds that were published; All: drafts too.
    RoundList             "round.list"          [-  O  A  A  O  O  O  O  -  -  -]
    RoundView             "round.view"          [-  O  A  A  O  O  O  O  -  -  -]
    RoundCreate           "round.create"        [-  -  A  -  -  -  -  -  -  -  -]
    RoundUpdate           "round.update"        [-  -  A  -  -  -  -  -  -  -  -]
    RoundPublish          "round.publish"       [-  -  A  -  -  -  -  -  -  -  -]
    RoundOpen             "round.open"          [-  -  A  -  -  -  -  -  -  -  -]
    RoundExtend           "round.extend"        [-  -  A  -  -  -  -  -  -  -  -]
    RoundClose            "round.close"         [-  -  A  -  -  -  -  -  -  -  -]
    RoundAdvance          "round.advance"       [-  -  A  -  -  -  -  -  -  -  -]
    RoundPublicise        "round.publicise"     [-  -  A  -  -  -  -  -  -  -  -]
    RoundConclude         "round.conclude"      [-  -  A  -  -  -  -  -  -  -  -]
    RoundArchive          "round.archive"       [-  -  A  -  -  -  -  -  -  -  -]
    RoundCancel           "round.cancel"        [-  -  A  -  -  -  -  -  -  -  -]
    ApplicationList       "application.list"    [-  O  A  A  -  -  -  -  -  -  -]
    ApplicationView       "application.view"    [-  O  A  A  -  -  -  -  -  -  -]
    ApplicationCreate     "application.create"  [-  O  -  -  -  -  -  -  -  -  -]
    ApplicationUpdate     "application.update"  [-  O  -  -  -  -  -  -  -  -  -]
    ApplicationSubmit     "application.submit"  [-  O  -  -  -  -  -  -  -  -  -]
    ApplicationCertify    "application.certify" [-  O  -  -  -  -  -  -  -  -  -]
    AttachmentCreate      "attachment.create"   [-  O  -  -  -  -  -  -  -  -  -]
    AttachmentList        "attachment.list"     [-  O  A  A  -  S  -  -  -  -  -]
    AttachmentView        "attachment.view"     [-  O  A  A  -  S  -  -  -  -  -]
    AttachmentRemove      "attachment.remove"   [-  O  A  -  -  -  -  -  -  -  -]
    ApplicationWithdraw   "application.withdraw"[-  O  -  -  -  -  -  -  -  -  -]
    ApplicationAccept     "application.accept"  [-  -  A  -  -  -  -  -  -  -  -]
    ApplicationReturn     "application.return"  [-  -  A  -  -  -  -  -  -  -  -]
    ApplicationReject     "application.reject"  [-  -  A  -  -  -  -  -  -  -  -]
    ApplicationOverride   "application.override"[-  -  A  -  -  -  -  -  -  -  -]
    ApplicationPropose    "application.propose" [-  -  A  -  -  -  -  -  -  -  -]
    ApplicationNotSelect  "application.not_select" [-  -  A  -  -  -  -  -  -  -  -]
    ApplicationVoid       "application.void"    [-  -  A  -  -  -  -  -  -  -  -]
    DecisionList          "decision.list"       [-  -  A  A  -  -  O  -  -  -  -]
    DecisionView          "decision.view"       [-  -  A  A  -  -  O  -  -  -  -]
    ExpertList            "expert.list"         [-  -  A  A  -  -  -  -  -  -  -]
    ExpertView            "expert.view"         [-  -  A  A  -  -  -  -  -  -  -]
    ExpertCreate          "expert.create"       [-  -  A  -  -  -  -  -  -  -  -]
    ExpertUpdate          "expert.update"       [-  -  A  -  -  -  -  -  -  -  -]
    ConflictList          "conflict.list"       [-  -  A  A  -  -  -  -  -  -  -]
    ConflictPin           "conflict.pin"        [-  -  A  -  -  -  -  -  -  -  -]
    ConflictEnd           "conflict.end"        [-  -  A  -  -  -  -  -  -  -  -]
    ReviewPlanView        "review_plan.view"    [-  -  A  A  -  -  -  -  -  -  -]
    ReviewPlanUpdate      "review_plan.update"  [-  -  A  -  -  -  -  -  -  -  -]
    RedactionView         "redaction.view"      [-  -  A  -  -  -  -  -  -  -  -]
    RedactionUpdate       "redaction.update"    [-  -  A  -  -  -  -  -  -  -  -]
    PanelDraw             "panel.draw"          [-  -  A  -  -  -  -  -  -  -  -]
    PanelRedraw           "panel.redraw"        [-  -  A  -  -  -  -  -  -  -  -]
    PanelView             "panel.view"          [-  -  A  A  -  -  -  -  -  -  -]
    DrawList              "draw.list"           [-  -  A  A  -  -  -  -  -  -  -]
    DrawView              "draw.view"           [-  -  A  A  -  -  -  -  -  -  -]
    ReviewList            "review.list"         [-  -  A  A  -  S  -  -  -  -  -]
    ReviewView            "review.view"         [-  -  A  A  -  S  -  -  -  -  -]
    ReviewDeclare         "review.declare"      [-  -  -  -  -  S  -  -  -  -  -]
    ReviewScore           "review.score"        [-  -  -  -  -  S  -  -  -  -  -]
    ReviewSubmit          "review.submit"       [-  -  -  -  -  S  -  -  -  -  -]
    ReviewRecuse          "review.recuse"       [-  -  A  -  -  -  -  -  -  -  -]
    ArbiterCall           "arbiter.call"        [-  -  A  -  -  -  -  -  -  -  -]
    ScoreFreeze           "score.freeze"        [-  -  A  -  -  -  -  -  -  -  -]
    ScoreView             "score.view"          [-  -  A  A  -  -  -  -  -  -  -]
    SiteVisitPlan         "site_visit.plan"     [-  -  A  -  -  -  -  -  -  -  -]
    SiteVisitUpdate       "site_visit.update"   [-  -  A  -  -  -  -  -  -  -  -]
    SiteVisitAttach       "site_visit.attach"   [-  -  A  -  -  -  -  -  -  -  -]
    SiteVisitList         "site_visit.list"     [-  O  A  A  -  -  -  -  -  -  -]
    SiteVisitView         "site_visit.view"     [-  O  A  A  -  -  -  -  -  -  -]
    SiteVisitAnswer       "site_visit.answer"   [-  O  -  -  -  -  -  -  -  -  -]
    RankingView           "ranking.view"        [-  -  A  A  -  -  -  -  -  -  -]
    RankingMove           "ranking.move"        [-  -  A  -  -  -  -  -  -  -  -]
    RankingRelease        "ranking.release"     [-  -  A  -  -  -  -  -  -  -  -]
    MinutesView           "minutes.view"        [-  -  A  A  -  -  -  -  -  -  -]
    MinutesUpdate         "minutes.update"      [-  -  A  -  -  -  -  -  -  -  -]
    FeedbackView          "feedback.view"       [-  O  A  A  -  -  -  -  -  -  -]
    FeedbackUpdate        "feedback.update"     [-  -  A  -  -  -  -  -  -  -  -]
    FeedbackSend          "feedback.send"       [-  -  A  -  -  -  -  -  -  -  -]
    DecisionApprove       "decision.approve"    [-  -  -  A  -  -  -  -  -  -  -]
    DecisionRefuse        "decision.refuse"     [-  -  -  A  -  -  -  -  -  -  -]
    DecisionVoid          "decision.void"       [-  -  A  -  -  -  O  -  -  -  -]
    NoticeList            "notice.list"         [A  A  A  A  A  A  A  A  A  A  A]
    NoticeView            "notice.view"         [A  A  A  A  A  A  A  A  A  A  A]
    ObjectionFile         "objection.file"      [A  A  A  A  A  A  A  A  A  A  A]
    ObjectionRecord       "objection.record"    [-  -  A  -  -  -  -  -  -  -  -]
    ObjectionList         "objection.list"      [-  -  A  A  -  -  -  -  -  -  -]
    ObjectionView         "objection.view"      [-  -  A  A  -  -  -  -  -  -  -]
    ObjectionAdmit        "objection.admit"     [-  -  A  -  -  -  -  -  -  -  -]
    ObjectionReject       "objection.reject"    [-  -  A  -  -  -  -  -  -  -  -]
    ObjectionInvestigate  "objection.investigate" [-  -  A  -  -  -  -  -  -  -  -]
    ObjectionResolve      "objection.resolve"   [-  -  A  -  -  -  -  -  -  -  -]
    ObjectionReply        "objection.reply"     [-  -  A  -  -  -  -  -  -  -  -]
    MembershipList        "membership.list"     [-  O  A  A  -  -  A  -  -  -  -]
    MembershipView        "membership.view"     [-  O  A  A  -  -  A  -  -  -  -]
    // What a department reaches by Org is what its own units are named in or have in hand.
    DepartmentList        "department.list"     [-  A  A  A  A  -  A  -  A  A  -]
    DepartmentView        "department.view"     [-  A  A  A  A  -  A  -  A  A  -]
    DepartmentCreate      "department.create"   [-  -  A  -  -  -  -  -  -  -  -]
    DepartmentUpdate      "department.update"   [-  -  A  -  -  -  -  -  -  -  -]
    DepartmentMembers     "department.members"  [-  -  A  A  -  -  -  -  -  A  -]
    DepartmentStaff       "department.staff"    [-  -  -  -  -  -  -  -  -  A  -]
    SupportPlanList       "support_plan.list"   [-  O  A  A  G  -  -  -  -  -  -]
    SupportPlanView       "support_plan.view"   [-  O  A  A  G  -  -  -  -  -  -]
    SupportPlanCreate     "support_plan.create" [-  -  A  -  -  -  -  -  -  -  -]
    SupportPlanUpdate     "support_plan.update" [-  -  A  -  -  -  -  -  -  -  -]
    SupportPlanConsult    "support_plan.consult" [-  -  A  -  -  -  -  -  -  -  -]
    SupportPlanSendBack   "support_plan.send_back" [-  O  -  -  -  -  -  -  -  -  -]
    SupportPlanConfirm    "support_plan.confirm" [-  O  A  -  -  -  -  -  -  -  -]
    SupportPlanExecute    "support_plan.execute" [-  -  A  -  -  -  -  -  -  -  -]
    SupportPlanRequestChange "support_plan.request_change" [-  O  A  -  -  -  -  -  -  -  -]
    SupportPlanAcceptChange "support_plan.accept_change" [-  O  A  -  -  -  -  -  -  -  -]
    SupportPlanRefuseChange "support_plan.refuse_change" [-  O  A  -  -  -  -  -  -  -  -]
    SupportPlanWithdrawChange "support_plan.withdraw_change" [-  O  A  -  -  -  -  -  -  -  -]
    SupportPlanReview     "support_plan.review" [-  -  A  -  -  -  -  -  -  -  -]
    SupportPlanEvaluate   "support_plan.evaluate" [-  -  A  -  -  -  -  -  -  -  -]
    SupportPlanClose      "support_plan.close"  [-  -  A  -  -  -  -  -  -  -  -]
    SupportPlanPropose    "support_plan.propose" [-  -  A  A  -  -  -  -  -  -  -]
    SupportItemList       "support_item.list"   [-  O  A  A  G  -  -  -  -  -  -]
    SupportItemView       "support_item.view"   [-  O  A  A  G  -  -  -  -  -  -]
    SupportItemRaise      "support_item.raise"  [-  O  A  -  -  -  -  -  -  -  -]
    SupportItemAccept     "support_item.accept" [-  -  A  -  -  -  -  -  -  -  -]
    SupportItemAssign     "support_item.assign" [-  -  A  -  -  -  -  -  -  -  -]
    SupportItemAnswer     "support_item.answer" [-  -  -  -  G  -  -  -  -  -  -]
    SupportItemReturn     "support_item.return" [-  -  -  -  G  -  -  -  -  -  -]
    SupportItemProgress   "support_item.progress" [-  -  -  -  G  -  -  -  -  -  -]
    SupportItemExtend     "support_item.extend" [-  -  -  -  G  -  -  -  -  -  -]
    SupportItemComplete   "support_item.complete" [-  -  -  -  G  -  -  -  -  -  -]
    SupportItemConfirm    "support_item.confirm" [-  O  -  -  -  -  -  -  -  -  -]
    SupportItemReject     "support_item.reject" [-  O  -  -  -  -  -  -  -  -  -]
    SupportItemClose      "support_item.close"  [-  -  A  -  -  -  -  -  -  -  -]
    SupportItemExplain    "support_item.explain" [-  -  A  -  -  -  -  -  -  -  -]
    SupportItemReopen     "support_item.reopen" [-  O  A  -  -  -  -  -  -  -  -]
    SupportItemSuspend    "support_item.suspend" [-  -  A  -  -  -  -  -  -  -  -]
    SupportItemResume     "support_item.resume" [-  -  A  -  -  -  -  -  -  -  -]
    SupportVisitList      "support_visit.list"  [-  -  A  A  -  -  -  -  -  -  -]
    SupportVisitView      "support_visit.view"  [-  -  A  A  -  -  -  -  -  -  -]
    SupportVisitRecord    "support_visit.record" [-  -  A  -  -  -  -  -  -  -  -]
    SupportDeliveryList   "support_delivery.list" [-  O  A  A  -  -  A  -  -  -  -]
    SupportDeliveryView   "support_delivery.view" [-  O  A  A  -  -  A  -  -  -  -]
    SupportDeliveryRecord "support_delivery.record" [-  -  A  -  -  -  A  -  -  -  -]
    SupportDeliveryUpdate "support_delivery.update" [-  -  A  -  -  -  A  -  -  -  -]
    SupportFlagClear      "support_flag.clear"  [-  -  A  A  -  -  -  -  -  -  -]
    SupportFigureView     "support_figure.view" [-  -  A  A  -  -  -  -  -  -  -]
    CertificateCheck      "certificate.check"   [A  A  A  A  A  A  A  A  A  A  A]
    ReportView            "report.view"         [-  -  A  A  -  -  -  -  -  -  -]
    TimelineView          "timeline.view"       [-  O  A  A  -  -  -  -  -  -  A]
    TalentList            "talent.list"         [-  O  -  A  -  -  A  G  -  -  -]
    TalentView            "talent.view"         [-  O  -  A  -  -  A  G  -  -  -]
    TalentCreate          "talent.create"       [-  -  -  -  -  -  A  -  -  -  -]
    TalentUpdate          "talent.update"       [-  -  -  -  -  -  A  -  -  -  -]
    TalentReveal          "talent.reveal"       [-  -  -  -  -  -  A  -  -  -  -]
    EmploymentCreate      "employment.create"   [-  -  -  -  -  -  A  -  -  -  -]
    EmploymentEnd         "employment.end"      [-  -  -  -  -  -  A  -  -  -  -]
    BankList              "bank.list"           [-  -  -  A  -  -  A  G  -  A  -]
    BankView              "bank.view"           [-  -  -  A  -  -  A  G  -  A  -]
    BankCreate            "bank.create"         [-  -  -  -  -  -  A  -  -  -  -]
    BankUpdate            "bank.update"         [-  -  -  -  -  -  A  -  -  -  -]
    BankSuspend           "bank.suspend"        [-  -  -  -  -  -  A  -  -  -  -]
    BankResume            "bank.resume"         [-  -  -  -  -  -  A  -  -  -  -]
    BankUserList          "bank_user.list"      [-  -  -  -  -  -  A  -  -  A  -]
    BankUserSet           "bank_user.set"       [-  -  -  -  -  -  A  -  -  A  -]
    BankUserRemove        "bank_user.remove"    [-  -  -  -  -  -  A  -  -  A  -]
    LoanSchemeList        "loan_scheme.list"    [-  A  A  A  -  -  A  A  -  -  -]
    LoanSchemeView        "loan_scheme.view"    [-  A  A  A  -  -  A  A  -  -  -]
    LoanSchemeCreate      "loan_scheme.create"  [-  -  -  -  -  -  A  -  -  -  -]
    LoanSchemeUpdate      "loan_scheme.update"  [-  -  -  -  -  -  A  -  -  -  -]
    LoanSchemePublish     "loan_scheme.publish" [-  -  -  A  -  -  -  -  -  -  -]
    LprRateList           "lpr_rate.list"       [-  A  A  A  -  -  A  A  -  -  -]
    LprRateImport         "lpr_rate.import"     [-  -  -  -  -  -  A  -  -  -  -]
    LoanList              "loan.list"           [-  O  -  A  -  -  A  G  -  -  -]
    LoanView              "loan.view"           [-  O  -  A  -  -  A  G  -  -  -]
    LoanCreate            "loan.create"         [-  -  -  -  -  -  A  G  -  -  -]
    LoanImport            "loan.import"         [-  -  -  -  -  -  A  G  -  -  -]
    LoanCancel            "loan.cancel"         [-  -  -  -  -  -  A  G  -  -  -]
    LoanReprice           "loan.reprice"        [-  -  -  -  -  -  A  G  -  -  -]
    LoanEntryCreate       "loan_entry.create"   [-  -  -  -  -  -  A  G  -  -  -]
    LoanEntryReverse      "loan_entry.reverse"  [-  -  -  -  -  -  A  G  -  -  -]
    SubsidyQuoteCreate    "subsidy_quote.create" [-  A  -  -  -  -  A  A  -  -  -]
    SubsidyBudgetView     "subsidy_budget.view" [-  -  -  A  -  -  A  -  -  -  -]
    SubsidyBudgetSet      "subsidy_budget.set"  [-  -  -  -  -  -  A  -  -  -  -]
    SubsidyClaimList      "subsidy_claim.list"  [-  O  -  A  -  -  A  G  -  -  -]
    SubsidyClaimView      "subsidy_claim.view"  [-  O  -  A  -  -  A  G  -  -  -]
    SubsidyClaimReplay    "subsidy_claim.replay" [-  O  -  A  -  -  A  -  -  -  -]
    SubsidyClaimCreate    "subsidy_claim.create" [-  O  -  -  -  -  -  -  -  -  -]
    SubsidyClaimUpdate    "subsidy_claim.update" [-  O  -  -  -  -  -  -  -  -  -]
    SubsidyClaimSubmit    "subsidy_claim.submit" [-  O  -  -  -  -  -  -  -  -  -]
    SubsidyClaimWithdraw  "subsidy_claim.withdraw" [-  O  -  -  -  -  -  -  -  -  -]
    SubsidyClaimConfirm   "subsidy_claim.confirm" [-  -  -  -  -  -  -  G  -  -  -]
    SubsidyClaimReturn    "subsidy_claim.return" [-  -  -  -  -  -  A  -  -  -  -]
    SubsidyClaimReject    "subsidy_claim.reject" [-  -  -  -  -  -  A  -  -  -  -]
    SubsidyClaimReview    "subsidy_claim.review" [-  -  -  -  -  -  A  -  -  -  -]
    SubsidyClaimReviewAgain "subsidy_claim.review_again" [-  -  -  -  -  -  A  -  -  -  -]
    SubsidyClaimArchive   "subsidy_claim.archive" [-  -  -  -  -  -  A  -  -  -  -]
    SubsidyAnnounce       "subsidy.announce"    [-  -  -  -  -  -  A  -  -  -  -]
    PaymentBatchView      "payment_batch.view"  [-  -  -  A  -  -  A  -  -  -  -]
    PaymentBatchCreate    "payment_batch.create" [-  -  -  -  -  -  A  -  -  -  -]
    SubsidyPaymentRecord  "subsidy_payment.record" [-  -  -  -  -  -  A  -  -  -  -]
    SubsidyPaymentReopen  "subsidy_payment.reopen" [-  -  -  -  -  -  A  -  -  -  -]
    ClawBackList          "claw_back.list"      [-  O  -  A  -  -  A  -  -  -  -]
    ClawBackPrepare       "claw_back.prepare"   [-  -  -  -  -  -  A  -  -  -  -]
    ClawBackRepay         "claw_back.repay"     [-  -  -  -  -  -  A  -  -  -  -]
    StatementImport       "statement.import"    [-  -  -  -  -  -  A  -  -  -  -]
    ReconciliationView    "reconciliation.view" [-  -  -  A  -  -  A  -  -  -  -]
    ReconciliationExplain "reconciliation.explain" [-  -  -  -  -  -  A  -  -  -  -]
    PeriodList            "period.list"         [-  -  -  A  -  -  A  -  -  -  -]
    PeriodClose           "period.close"        [-  -  -  -  -  -  A  -  -  -  -]
    LoanReportView        "loan_report.view"    [-  -  -  A  -  -  A  -  -  -  -]
    PoolView              "pool.view"           [-  -  -  A  -  -  A  -  -  -  -]
    PoolTransactionList   "pool_transaction.list" [-  -  -  A  -  -  A  -  -  -  -]
    PoolTransactionView   "pool_transaction.view" [-  -  -  A  -  -  A  -  -  -  -]
    PoolAllocate          "pool.allocate"       [-  -  -  -  -  -  A  -  -  -  -]
    PoolCredit            "pool.credit"         [-  -  -  -  -  -  A  -  -  -  -]
    PoolRefund            "pool.refund"         [-  -  -  -  -  -  A  -  -  -  -]
    PoolAdjust            "pool.adjust"         [-  -  -  -  -  -  A  -  -  -  -]
    PoolCheck             "pool.check"          [-  -  -  A  -  -  A  -  -  -  -]
    CompensationList      "compensation.list"   [-  -  -  A  -  -  A  G  -  -  -]
    CompensationView      "compensation.view"   [-  -  -  A  -  -  A  G  -  -  -]
    CompensationFile      "compensation.file"   [-  -  -  -  -  -  A  G  -  -  -]
    CompensationUpdate    "compensation.update" [-  -  -  -  -  -  A  G  -  -  -]
    CompensationSubmit    "compensation.submit" [-  -  -  -  -  -  A  G  -  -  -]
    CompensationReturn    "compensation.return" [-  -  -  -  -  -  A  -  -  -  -]
    CompensationAdmit     "compensation.admit"  [-  -  -  -  -  -  A  -  -  -  -]
    CompensationRefuse    "compensation.refuse" [-  -  -  -  -  -  A  -  -  -  -]
    CompensationPay       "compensation.pay"    [-  -  -  -  -  -  A  -  -  -  -]
    CompensationRecover   "compensation.recover" [-  -  -  -  -  -  A  -  -  -  -]
    CompensationWriteOff  "compensation.write_off" [-  -  -  -  -  -  A  -  -  -  -]
    CompensationClose     "compensation.close"  [-  -  -  -  -  -  A  -  -  -  -]
}
mod table;

impl Action {
    /// What a set of roles may reach; empty means the roles may never do this.
    pub fn scope(self, roles: &[Role]) -> Scope {
        let row = self.row();
        let mut scope = Scope::default();
        scope.add(row[0]);
        for role in roles {
            let column = Role::ALL.iter().position(|r| r == role).expect("every role is in the list of all roles");
            scope.add(row[column + 1]);
        }
        scope
    }

    /// The same for somebody who has signed in: what every role may do to their own account needs no role at all, so that an
    /// invited person can look after it before a role is granted.
    pub fn scope_signed_in(self, roles: &[Role]) -> Scope {
        let mut scope = self.scope(roles);
        if self.row()[1..].iter().all(|reach| *reach == Reach::Own) {
            scope.add(Reach::Own);
        }
        scope
    }

    /// Open to callers who have not signed in.
    pub fn is_public(self) -> bool {
        self.row()[0] != Reach::No
    }

    /// What remains possible while a password change is due.
    pub fn works_with_old_password(self) -> bool {
        matches!(self, Action::PasswordChange | Action::MeView | Action::SessionClose | Action::SessionList)
    }

    /// Whether the answer may be kept for an Idempotency-Key. Not where a credential or a sealed field is asked for or given: neither the answer
    /// nor a plain digest of the request belongs into the database.
    pub fn keeps_answer(self) -> bool {
        !matches!(
            self,
            Action::RegistrationCreate
                | Action::EmailConfirm
                | Action::PasswordReset
                | Action::PasswordChange
                | Action::SessionOpen
                | Action::SessionRefresh
                | Action::TalentReveal
        )
    }
}

#[cfg(test)]
mod tests;
