//! Who may do what, and how far it reaches: the only statement of it in the program. `docs/roles.md` is printed from here.
//!
//! The table answers "may this role ever do it" (403). Whether a record is within reach is answered by the slice's `visible`
//! query (404), and whether the record's own facts allow it by its rules (409).

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
            fn row(self) -> [Reach; 11] {
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
    DecisionList          "decision.list"       [-  -  A  A  -  -  -  -  -  -  -]
    DecisionView          "decision.view"       [-  -  A  A  -  -  -  -  -  -  -]
    DecisionApprove       "decision.approve"    [-  -  -  A  -  -  -  -  -  -  -]
    DecisionRefuse        "decision.refuse"     [-  -  -  A  -  -  -  -  -  -  -]
    DecisionVoid          "decision.void"       [-  -  A  -  -  -  -  -  -  -  -]
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
    CertificateCheck      "certificate.check"   [A  A  A  A  A  A  A  A  A  A  A]
    TimelineView          "timeline.view"       [-  O  A  A  -  -  -  -  -  -  A]
}

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

    /// Whether the answer may be kept for an Idempotency-Key. Not where a credential is asked for or given: neither the answer
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
        )
    }
}

/// `docs/roles.md`.
pub fn markdown() -> String {
    let mut out = String::from(
        "# Roles\n\nGenerated by `laoshan docs roles` from `src/platform/policy.rs`; a test fails when this page is stale.\n\n\
         Cells: `-` never, `Own` what belongs to the caller (of rule sets: the published ones), `Assigned` what was assigned to them, `Org` their bank or unit, `All`.\n\
         A row that says `Own` for every role holds for everybody who has signed in, also before a role is granted.\n\n",
    );
    out += "| action | without sign-in |";
    for role in Role::ALL {
        out += &format!(" {role} |");
    }
    out += "\n|---|---|";
    out += &"---|".repeat(Role::ALL.len());
    out.push('\n');
    for action in Action::ALL {
        out += &format!("| `{}` |", action.as_str());
        for reach in action.row() {
            let cell = match reach {
                Reach::No => "-",
                Reach::Own => "Own",
                Reach::Assigned => "Assigned",
                Reach::Org => "Org",
                Reach::All => "All",
            };
            out += &format!(" {cell} |");
        }
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_noun_dot_verb() {
        let mut seen = std::collections::BTreeSet::new();
        for action in Action::ALL {
            assert!(action.as_str().split('.').count() == 2 && seen.insert(action.as_str()), "{}", action.as_str());
        }
    }

    #[test]
    fn administrators_decide_no_business() {
        for name in [
            "application.",
            "round.",
            "decision.",
            "membership.",
            "enterprise.",
            "review.",
            "panel.",
            "score.",
            "objection.a",
            "objection.i",
            "objection.r",
        ] {
            for action in Action::ALL.iter().filter(|a| a.as_str().starts_with(name)) {
                assert!(action.scope(&Role::ADMINISTRATORS).is_empty(), "{}", action.as_str());
            }
        }
    }

    #[test]
    fn ones_own_account_needs_no_role() {
        for (action, own) in [(Action::MeView, true), (Action::PasswordChange, true), (Action::ApplicationList, false)]
        {
            assert_eq!(action.scope_signed_in(&[]).own, own, "{}", action.as_str());
            assert!(action.scope(&[]).is_empty());
        }
    }

    #[test]
    fn roles_add_up() {
        let scope = Action::EnterpriseList.scope(&[Role::Applicant, Role::Officer]);
        assert!(scope.own && scope.all && !scope.org);
        assert!(Action::RoundCreate.scope(&[Role::Applicant, Role::Approver]).is_empty());
    }
}
