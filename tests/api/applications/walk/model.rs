//! What an application and its round are expected to do, told without the code under test: a few facts and plain questions.

use chrono::{DateTime, Duration, NaiveDate, Utc};
use std::collections::BTreeMap;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Who {
    Owner,
    /// Acts for another firm.
    Stranger,
    Officer,
    /// An officer who acts for the first firm.
    Cousin,
    Approver,
    Expert,
}

/// What takes two people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Matter {
    Propose,
    PassOver,
    Void,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    Apply,
    Submit,
    Withdraw,
    Accept,
    Return,
    Reject,
    Ask(Matter),
    Approve(Matter),
    Refuse(Matter),
}

/// What the rest of the system does to an application.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    Score,
    CheckSite,
    Object,
    Uphold,
    Dismiss,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    Close,
    ReviewFormally,
    ReviewByExperts,
    CheckSites,
    Deliberate,
    Publicise,
    Conclude,
    Cancel,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    Case(usize, Who, Deed),
    Effect(usize, Effect),
    Round(Who, Step),
    /// The worker looks for returns that are overdue.
    Lapse,
    /// Half a day goes by.
    Wait,
}

const WHO: [Who; 6] = [Who::Owner, Who::Stranger, Who::Officer, Who::Cousin, Who::Approver, Who::Expert];
const MATTERS: [Matter; 3] = [Matter::Propose, Matter::PassOver, Matter::Void];

impl Turn {
    pub fn all(cases: usize) -> Vec<Turn> {
        use Deed::*;
        let mut deeds = vec![Apply, Submit, Withdraw, Accept, Return, Reject];
        deeds.extend(MATTERS.iter().flat_map(|matter| [Ask(*matter), Approve(*matter), Refuse(*matter)]));
        let effects = [Effect::Score, Effect::CheckSite, Effect::Object, Effect::Uphold, Effect::Dismiss];
        let steps = [
            Step::Close,
            Step::ReviewFormally,
            Step::ReviewByExperts,
            Step::CheckSites,
            Step::Deliberate,
            Step::Publicise,
            Step::Conclude,
            Step::Cancel,
        ];
        let mut all = vec![Turn::Lapse, Turn::Wait];
        for case in 0..cases {
            all.extend(WHO.iter().flat_map(|who| deeds.iter().map(move |deed| Turn::Case(case, *who, *deed))));
            all.extend(effects.map(|effect| Turn::Effect(case, effect)));
        }
        all.extend(WHO.iter().flat_map(|who| steps.map(|step| Turn::Round(*who, step))));
        all
    }

    /// Whether it brings an application or its round nearer to an outcome: a walk that only quarrels sees little of the machine.
    pub fn leads_on(self) -> bool {
        !matches!(
            self,
            Turn::Case(_, _, Deed::Withdraw | Deed::Reject | Deed::Refuse(_) | Deed::Ask(Matter::Void))
                | Turn::Case(_, _, Deed::Approve(Matter::Void))
                | Turn::Round(_, Step::Cancel)
                | Turn::Lapse
        )
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    pub state: &'static str,
    pub returns: u32,
    pub due_on: Option<NaiveDate>,
    /// Whether the last decision on a matter still waits; absent when there was none.
    pub asked: BTreeMap<Matter, bool>,
}

impl Case {
    pub fn drafted() -> Self {
        Self { state: "draft", returns: 0, due_on: None, asked: BTreeMap::new() }
    }

    fn is(&self, states: &[&str]) -> bool {
        states.contains(&self.state)
    }

    fn waits(&self) -> bool {
        self.asked.values().any(|waiting| *waiting)
    }

    /// What was asked about it as it was is no longer asked.
    fn becomes(&mut self, state: &'static str) {
        self.state = state;
        self.asked.values_mut().for_each(|waiting| *waiting = false);
    }
}

#[derive(Debug, Clone)]
pub struct Model {
    pub now: DateTime<Utc>,
    pub round: &'static str,
    pub closes_at: DateTime<Utc>,
    pub experts: bool,
    pub sites: bool,
    pub quota: Option<usize>,
    pub publicity_ends_on: NaiveDate,
    pub cases: Vec<Case>,
}

const OVER: [&str; 6] = ["rejected_formal", "not_selected", "denied", "withdrawn", "void", "recognised"];

impl Model {
    /// The answer's status; what changed has changed when it is below 300.
    pub fn take(&mut self, turn: Turn) -> u16 {
        match turn {
            Turn::Case(n, who, deed) => self.case(n, who, deed),
            Turn::Effect(n, effect) => self.effect(n, effect),
            Turn::Round(Who::Officer | Who::Cousin, step) => self.step(step),
            Turn::Round(..) => 403,
            Turn::Lapse => self.lapse(),
            Turn::Wait => {
                self.now += Duration::hours(12);
                200
            }
        }
    }

    /// In Shanghai, eight hours ahead.
    fn today(&self) -> NaiveDate {
        (self.now + Duration::hours(8)).date_naive()
    }

    fn case(&mut self, n: usize, who: Who, deed: Deed) -> u16 {
        let by = match deed {
            Deed::Apply | Deed::Submit | Deed::Withdraw => Who::Owner,
            Deed::Approve(_) | Deed::Refuse(_) => Who::Approver,
            _ => Who::Officer,
        };
        match (by, who) {
            (Who::Owner, Who::Stranger) => return 404,
            (Who::Officer, Who::Cousin) if n == 0 => return 404,
            (Who::Officer, Who::Cousin) => {}
            _ if by == who => {}
            _ => return 403,
        }
        match deed {
            Deed::Apply => self.apply(n),
            Deed::Approve(matter) => self.approve(n, matter),
            Deed::Ask(matter) => self.ask(n, matter),
            Deed::Refuse(matter) => match self.cases[n].asked.get_mut(&matter) {
                None => 404,
                Some(false) => 409,
                Some(waiting) => {
                    *waiting = false;
                    200
                }
            },
            _ => self.plainly(n, deed),
        }
    }

    fn apply(&mut self, n: usize) -> u16 {
        if self.round != "open" || !OVER[..5].contains(&self.cases[n].state) {
            return 409;
        }
        self.cases[n] = Case::drafted();
        201
    }

    fn plainly(&mut self, n: usize, deed: Deed) -> u16 {
        let (today, formal) = (self.today(), self.round == "formal_review");
        let in_time = ["open", "closed", "formal_review"].contains(&self.round) && self.now <= self.closes_at;
        let case = &mut self.cases[n];
        let to = match deed {
            Deed::Submit if case.is(&["draft"]) && in_time => "submitted",
            Deed::Submit if case.is(&["returned"]) && case.due_on.is_some_and(|due| today <= due) => "submitted",
            Deed::Withdraw if !case.is(&OVER) && !case.is(&["proposed", "in_publicity", "objected"]) => "withdrawn",
            Deed::Accept if case.is(&["submitted"]) && formal => "accepted",
            Deed::Reject if case.is(&["submitted"]) && formal => "rejected_formal",
            Deed::Return if case.is(&["submitted"]) && formal && case.returns < 2 => {
                case.returns += 1;
                "returned"
            }
            _ => return 409,
        };
        case.becomes(to);
        200
    }

    /// Where a matter leads, if the case and its round are ripe for it.
    fn ripe(&self, n: usize, matter: Matter) -> Option<&'static str> {
        let case = &self.cases[n];
        let judged = case.is(&["scored", "site_checked"]) || (case.is(&["accepted"]) && !self.experts);
        match matter {
            Matter::Propose => (judged && self.round == "deliberation").then_some("proposed"),
            Matter::PassOver => {
                let aside = case.is(&["in_review"]) && ["expert_review", "site_check"].contains(&self.round);
                let late = ["deliberation", "publicity"].contains(&self.round);
                (aside || (late && (judged || case.is(&["in_review"])))).then_some("not_selected")
            }
            Matter::Void => (!case.is(&OVER) && !case.is(&["draft"])).then_some("void"),
        }
    }

    fn taken(&self) -> usize {
        self.cases.iter().filter(|c| c.is(&["proposed", "in_publicity", "objected", "recognised"])).count()
    }

    fn ask(&mut self, n: usize, matter: Matter) -> u16 {
        let asked = self.cases.iter().filter(|c| c.asked.get(&Matter::Propose) == Some(&true)).count();
        let full = self.quota.is_some_and(|quota| self.taken() + asked >= quota);
        let twice = self.cases[n].asked.get(&matter) == Some(&true);
        if self.ripe(n, matter).is_none() || twice || (matter == Matter::Propose && full) {
            return 409;
        }
        self.cases[n].asked.insert(matter, true);
        201
    }

    fn approve(&mut self, n: usize, matter: Matter) -> u16 {
        let full = self.quota.is_some_and(|quota| self.taken() >= quota);
        match (self.cases[n].asked.get(&matter), self.ripe(n, matter)) {
            (None, _) => 404,
            (Some(true), Some(to)) if matter != Matter::Propose || !full => {
                self.cases[n].becomes(to);
                200
            }
            _ => 409,
        }
    }

    fn effect(&mut self, n: usize, effect: Effect) -> u16 {
        let (experts, visiting) = (self.experts, self.round == "site_check");
        let case = &mut self.cases[n];
        let to = match (effect, case.state) {
            (Effect::Score, "in_review") => "scored",
            (Effect::CheckSite, "site_checked") => return 200,
            (Effect::CheckSite, "scored") if visiting => "site_checked",
            (Effect::CheckSite, "accepted") if visiting && !experts => "site_checked",
            (Effect::Object, "in_publicity") => "objected",
            (Effect::Uphold, "objected") => "denied",
            (Effect::Dismiss, "objected") => "in_publicity",
            _ => return 409,
        };
        case.becomes(to);
        200
    }

    fn lapse(&mut self) -> u16 {
        // A quarter of an hour is left for what arrived in the last second.
        let settled = (self.now + Duration::hours(8) - Duration::minutes(15)).date_naive();
        let late = |case: &&mut Case| case.is(&["returned"]) && case.due_on.is_some_and(|due| due < settled);
        self.cases.iter_mut().filter(late).for_each(|case| case.becomes("rejected_formal"));
        200
    }

    fn step(&mut self, step: Step) -> u16 {
        let settled = !self.cases.iter().any(|case| case.is(&["submitted", "returned"]));
        let judged = !self.cases.iter().any(|case| case.is(&["in_review"]));
        let (from, experts, sites) = (self.round, self.experts, self.sites);
        let to = match step {
            Step::Close if from == "open" && self.now > self.closes_at => "closed",
            Step::ReviewFormally if from == "closed" => "formal_review",
            Step::ReviewByExperts if from == "formal_review" && experts && settled => "expert_review",
            Step::CheckSites if from == "formal_review" && !experts && sites && settled => "site_check",
            Step::CheckSites if from == "expert_review" && sites && judged => "site_check",
            Step::Deliberate if from == "formal_review" && !experts && !sites && settled => "deliberation",
            Step::Deliberate if from == "expert_review" && !sites && judged => "deliberation",
            Step::Deliberate if from == "site_check" => "deliberation",
            Step::Publicise if from == "deliberation" => return self.publicise(),
            Step::Conclude if from == "publicity" => return self.conclude(),
            Step::Cancel if !["publicity", "concluded", "cancelled"].contains(&from) => "cancelled",
            _ => return 409,
        };
        self.round = to;
        match to {
            "expert_review" => self.all(&["accepted"], "in_review"),
            "cancelled" => {
                let live =
                    ["draft", "submitted", "returned", "accepted", "in_review", "scored", "site_checked", "proposed"];
                self.all(&live, "void");
            }
            _ => {}
        }
        200
    }

    fn publicise(&mut self) -> u16 {
        if !self.cases.iter().any(|case| case.is(&["proposed"])) || self.cases.iter().any(Case::waits) {
            return 409;
        }
        self.round = "publicity";
        self.publicity_ends_on = self.today();
        self.all(&["proposed"], "in_publicity");
        200
    }

    fn conclude(&mut self) -> u16 {
        let undecided = |case: &Case| !case.is(&OVER) && !case.is(&["draft", "in_publicity"]);
        if self.today() <= self.publicity_ends_on || self.cases.iter().any(undecided) {
            return 409;
        }
        self.round = "concluded";
        self.all(&["in_publicity"], "recognised");
        200
    }

    fn all(&mut self, from: &[&str], to: &'static str) {
        self.cases.iter_mut().filter(|case| case.is(from)).for_each(|case| case.becomes(to));
    }
}
