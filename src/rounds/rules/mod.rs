//! What may happen to a round, and when.

mod settings;
#[cfg(test)]
mod tests;

use chrono::Duration;

use super::model::{Round, RoundState};
use crate::error::{Code, Refusal};
use crate::platform::calendar::end_of_day_utc;
use crate::platform::policy::Action;
use crate::platform::text::Say;
use crate::platform::types::Stamp;
use crate::say;
pub use settings::{extension_faults, reason_faults, settle};

/// Everything that moves a round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    Publish,
    Open,
    Extend,
    Close,
    ReviewFormally,
    ReviewByExperts,
    CheckSites,
    Deliberate,
    Publicise,
    Conclude,
    Archive,
    Cancel,
}

impl Step {
    pub const ALL: &'static [Step] = &[
        Step::Publish,
        Step::Open,
        Step::Extend,
        Step::Close,
        Step::ReviewFormally,
        Step::ReviewByExperts,
        Step::CheckSites,
        Step::Deliberate,
        Step::Publicise,
        Step::Conclude,
        Step::Archive,
        Step::Cancel,
    ];

    pub fn action(self) -> Action {
        match self {
            Step::Publish => Action::RoundPublish,
            Step::Open => Action::RoundOpen,
            Step::Extend => Action::RoundExtend,
            Step::Close => Action::RoundClose,
            Step::ReviewFormally | Step::ReviewByExperts | Step::CheckSites | Step::Deliberate => Action::RoundAdvance,
            Step::Publicise => Action::RoundPublicise,
            Step::Conclude => Action::RoundConclude,
            Step::Archive => Action::RoundArchive,
            Step::Cancel => Action::RoundCancel,
        }
    }

    /// The noun that is created under `/rounds/{id}/` to take the step.
    pub fn noun(self) -> &'static str {
        match self {
            Step::Publish => "publication",
            Step::Open => "opening",
            Step::Extend => "extension",
            Step::Close => "closing",
            Step::ReviewFormally => "formal-review",
            Step::ReviewByExperts => "expert-review",
            Step::CheckSites => "site-check",
            Step::Deliberate => "deliberation",
            Step::Publicise => "publicity",
            Step::Conclude => "conclusion",
            Step::Archive => "archival",
            Step::Cancel => "cancellation",
        }
    }
}

/// A condition of a transition beyond the state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Guard {
    RuleSetPublished,
    ClosesLater,
    OpeningDue,
    /// Deadline and grace are over.
    ClosingDue,
    /// Everything handed in is accepted, rejected or withdrawn.
    FormalReviewSettled,
    ExpertReviewOn,
    ExpertReviewOff,
    /// Every case before the experts has its frozen result, or was set aside.
    ExpertReviewSettled,
    SiteCheckOn,
    SiteCheckOff,
    PublicityOver,
    NoOpenObjection,
}

/// What the guards look at besides the round itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Facts {
    /// The moment the step was asked for.
    pub at: Stamp,
    pub rule_set_published: bool,
    /// Objections against the round's notice that are not resolved.
    pub open_objections: i64,
    /// Applications that formal review, or expert review, has not settled.
    pub unsettled: i64,
}

use Guard as G;
use RoundState as S;

/// Every transition there is: from, step, to, guards. A step from a state without a row here is refused.
pub const TRANSITIONS: &[(RoundState, Step, RoundState, &[Guard])] = &[
    (S::Draft, Step::Publish, S::Published, &[G::RuleSetPublished, G::ClosesLater]),
    (S::Published, Step::Open, S::Open, &[G::OpeningDue]),
    (S::Open, Step::Extend, S::Open, &[]),
    (S::Closed, Step::Extend, S::Open, &[]),
    (S::Open, Step::Close, S::Closed, &[G::ClosingDue]),
    (S::Closed, Step::ReviewFormally, S::FormalReview, &[]),
    (S::FormalReview, Step::ReviewByExperts, S::ExpertReview, &[G::ExpertReviewOn, G::FormalReviewSettled]),
    (S::FormalReview, Step::CheckSites, S::SiteCheck, &[G::ExpertReviewOff, G::SiteCheckOn, G::FormalReviewSettled]),
    (
        S::FormalReview,
        Step::Deliberate,
        S::Deliberation,
        &[G::ExpertReviewOff, G::SiteCheckOff, G::FormalReviewSettled],
    ),
    (S::ExpertReview, Step::CheckSites, S::SiteCheck, &[G::SiteCheckOn, G::ExpertReviewSettled]),
    (S::ExpertReview, Step::Deliberate, S::Deliberation, &[G::SiteCheckOff, G::ExpertReviewSettled]),
    (S::SiteCheck, Step::Deliberate, S::Deliberation, &[]),
    (S::Deliberation, Step::Publicise, S::Publicity, &[]),
    (S::Publicity, Step::Conclude, S::Concluded, &[G::PublicityOver, G::NoOpenObjection]),
    (S::Concluded, Step::Archive, S::Archived, &[]),
    (S::Draft, Step::Cancel, S::Cancelled, &[]),
    (S::Published, Step::Cancel, S::Cancelled, &[]),
    (S::Open, Step::Cancel, S::Cancelled, &[]),
    (S::Closed, Step::Cancel, S::Cancelled, &[]),
    (S::FormalReview, Step::Cancel, S::Cancelled, &[]),
    (S::ExpertReview, Step::Cancel, S::Cancelled, &[]),
    (S::SiteCheck, Step::Cancel, S::Cancelled, &[]),
    (S::Deliberation, Step::Cancel, S::Cancelled, &[]),
];

/// The state the step leads to.
pub fn may_take(round: &Round, step: Step, facts: &Facts) -> Result<RoundState, Refusal> {
    let row = TRANSITIONS.iter().find(|(from, by, _, _)| *from == round.state && *by == step);
    let Some((_, _, to, guards)) = row else { return Err(wrong_state(round.state)) };
    guards.iter().try_for_each(|guard| check(*guard, round, facts))?;
    Ok(*to)
}

/// Whether a rule set in this state may be used.
pub fn is_published(rule_set_state: &str) -> bool {
    rule_set_state == "published"
}

/// A round is edited until it opens; afterwards only the deadline moves, by an extension.
pub fn may_update(round: &Round) -> Result<(), Refusal> {
    match round.state {
        RoundState::Draft | RoundState::Published => Ok(()),
        other => Err(wrong_state(other)),
    }
}

/// The last moment in which a submission counts.
pub fn last_moment(round: &Round) -> Stamp {
    round.closes_at.plus(Duration::seconds(round.grace_seconds))
}

/// A submission counts when it arrived by [`last_moment`], also when the round was closed while it waited for its turn: a round
/// never closes earlier than that.
pub fn accepts_submission(round: &Round, arrived_at: Stamp) -> Result<(), Refusal> {
    match round.state {
        RoundState::Open | RoundState::Closed if arrived_at <= last_moment(round) => Ok(()),
        RoundState::Open | RoundState::Closed => {
            let end = last_moment(round).to_rfc3339();
            Err(Refusal::new(
                Code::DeadlinePassed,
                say!("申报已于 {end} 截止", "submissions were accepted until {end}"),
            ))
        }
        other => Err(wrong_state(other)),
    }
}

fn wrong_state(state: RoundState) -> Refusal {
    let Say { zh, en } = state.label();
    Refusal::new(
        Code::InvalidTransition,
        say!("批次当前为“{zh}”，不允许此操作", "the round is {en}, which does not allow this"),
    )
}

fn check(guard: Guard, round: &Round, facts: &Facts) -> Result<(), Refusal> {
    let refuse = |holds: bool, code: Code, say: fn(&Round) -> Say| {
        if holds { Ok(()) } else { Err(Refusal::new(code, say(round))) }
    };
    match guard {
        Guard::RuleSetPublished => refuse(facts.rule_set_published, Code::InvalidTransition, |_| {
            say!("所用规则版本尚未发布", "the round's rule set is not published")
        }),
        Guard::ClosesLater => refuse(round.closes_at > facts.at, Code::DeadlinePassed, |_| {
            say!("截止时间已过，请先修改", "the deadline has passed already, change it first")
        }),
        Guard::OpeningDue => refuse(round.opens_at <= facts.at, Code::NotYetDue, |round| {
            let at = round.opens_at.to_rfc3339();
            say!("开始申报时间为 {at}，提前开放请先修改该时间", "opens at {at}; to open earlier, change that first")
        }),
        Guard::ClosingDue => refuse(last_moment(round) < facts.at, Code::NotYetDue, |round| {
            let at = last_moment(round).to_rfc3339();
            say!("申报（含宽限）至 {at} 为止", "submissions are accepted until {at}, grace included")
        }),
        Guard::FormalReviewSettled if facts.unsettled > 0 => {
            let n = facts.unsettled;
            let said = say!("尚有 {n} 件申报未办结形式审查", "applications still in formal review: {n}");
            Err(Refusal::new(Code::ApplicationsUndecided, said))
        }
        Guard::ExpertReviewSettled if facts.unsettled > 0 => {
            let n = facts.unsettled;
            let said = say!(
                "尚有 {n} 件申报没有冻结的评审结果，请先冻结或不予入选",
                "applications without a frozen result: {n}; freeze them or pass them over first"
            );
            Err(Refusal::new(Code::ScoresMissing, said))
        }
        Guard::FormalReviewSettled | Guard::ExpertReviewSettled => Ok(()),
        Guard::ExpertReviewOn => refuse(round.expert_review, Code::InvalidTransition, |_| {
            say!("本批次未设专家评审环节", "this round has no expert review")
        }),
        Guard::ExpertReviewOff => refuse(!round.expert_review, Code::InvalidTransition, |_| {
            say!("须先完成专家评审", "expert review comes first in this round")
        }),
        Guard::SiteCheckOn => refuse(round.site_check, Code::InvalidTransition, |_| {
            say!("本批次未设实地核查环节", "this round has no site check")
        }),
        Guard::SiteCheckOff => refuse(!round.site_check, Code::InvalidTransition, |_| {
            say!("须先完成实地核查", "the site check comes first in this round")
        }),
        Guard::PublicityOver => {
            let over = round.publicity_ends_on.is_some_and(|day| end_of_day_utc(day) <= facts.at.utc());
            refuse(over, Code::NotYetDue, |round| match round.publicity_ends_on {
                Some(day) => say!("公示至 {day} 24:00 为止", "the publicity runs until 24:00 on {day} (Shanghai)"),
                None => say!("尚未公示", "there was no publicity yet"),
            })
        }
        Guard::NoOpenObjection if facts.open_objections > 0 => {
            let n = facts.open_objections;
            let said = say!("尚有 {n} 件异议未处理完毕", "objections still open: {n}");
            Err(Refusal::new(Code::ObjectionOpen, said))
        }
        Guard::NoOpenObjection => Ok(()),
    }
}
