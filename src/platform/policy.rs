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
