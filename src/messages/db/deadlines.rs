//! What has to be done by a day between `from` and `to`, both included.

use chrono::{Days, NaiveDate};
use diesel::prelude::*;

use crate::annual_updates::db as windows;
use crate::applications::model::ApplicationState;
use crate::library::model::MembershipState;
use crate::messages::model::notices::Deadline;
use crate::platform::calendar::{business_day, start_of_day_utc};
use crate::platform::conn::Conn;
use crate::platform::types::{Doc, Stamp};
use crate::reviews::model::{ReviewPlan, ReviewState};
use crate::risk_pool::model::CompensationState;
use crate::rounds::model::RoundState;
use crate::schema::{
    applications, compensation_claims, memberships, objections, review_plans, reviews, rounds, subsidy_claims,
    support_items,
};
use crate::subsidies::model::SubsidyClaimState;
use crate::support::model::ItemState;

/// A matter with a deadline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    pub kind: &'static str,
    pub id: String,
    pub due_on: NaiveDate,
    /// The day it came up.
    pub since: NaiveDate,
}

fn due(kind: &'static str, (id, due_on, since): (String, NaiveDate, Stamp)) -> Due {
    Due { kind, id, due_on, since: business_day(since.utc()) }
}

pub fn list_due(conn: &mut Conn, what: Deadline, from: NaiveDate, to: NaiveDate) -> QueryResult<Vec<Due>> {
    match what {
        Deadline::Draft => drafts(conn, from, to),
        Deadline::Return => returns(conn, from, to),
        Deadline::Review => rounds_under_review(conn, from, to),
        Deadline::Publicity => rounds_in_publicity(conn, from, to),
        Deadline::Objection => objections(conn, from, to),
        Deadline::SupportItem => items(conn, from, to),
        Deadline::SubsidyDraft => subsidy_drafts(conn, from, to),
        Deadline::Subsidy => subsidies(conn, from, to),
        Deadline::Compensation => compensations(conn, from, to),
        Deadline::AnnualUpdate => annual_updates(conn, from, to),
        Deadline::Membership => terms(conn, from, to),
    }
}

fn drafts(conn: &mut Conn, from: NaiveDate, to: NaiveDate) -> QueryResult<Vec<Due>> {
    let begin = Stamp::new(start_of_day_utc(from));
    let end = Stamp::new(start_of_day_utc(to + Days::new(1)));
    let rows: Vec<(String, Stamp, Stamp)> = applications::table
        .inner_join(rounds::table)
        .filter(rounds::state.eq(RoundState::Open))
        .filter(rounds::closes_at.ge(begin))
        .filter(rounds::closes_at.lt(end))
        .filter(applications::state.eq(ApplicationState::Draft))
        .select((applications::id, rounds::closes_at, applications::created_at))
        .load(conn)?;
    let day = |(id, closes, since): (String, Stamp, Stamp)| due("application", (id, business_day(closes.utc()), since));
    Ok(rows.into_iter().map(day).collect())
}

fn returns(conn: &mut Conn, from: NaiveDate, to: NaiveDate) -> QueryResult<Vec<Due>> {
    let rows: Vec<(String, NaiveDate, Stamp)> = applications::table
        .filter(applications::state.eq(ApplicationState::Returned))
        .filter(applications::return_due_on.between(from, to))
        .select((applications::id, applications::return_due_on.assume_not_null(), applications::updated_at))
        .load(conn)?;
    Ok(rows.into_iter().map(|row| due("application", row)).collect())
}

/// One row for each round with reviews left, whose experts are reminded together.
fn rounds_under_review(conn: &mut Conn, from: NaiveDate, to: NaiveDate) -> QueryResult<Vec<Due>> {
    let pending = reviews::table
        .filter(reviews::state.eq_any([ReviewState::Assigned, ReviewState::Open]))
        .select(reviews::round_id);
    let rows: Vec<(String, Doc<ReviewPlan>, Stamp)> = rounds::table
        .inner_join(review_plans::table)
        .filter(rounds::state.eq(RoundState::ExpertReview))
        .filter(rounds::id.eq_any(pending))
        .select((rounds::id, review_plans::document, rounds::created_at))
        .load(conn)?;
    let day = |(id, plan, since): (String, Doc<ReviewPlan>, Stamp)| {
        // A plan that cannot be read has no deadline to remind of; reading it is the business of its own slice.
        let due_on = business_day(plan.read().ok()?.due_at?.utc());
        Some(due("round", (id, due_on, since)))
    };
    Ok(rows.into_iter().filter_map(day).filter(|row| (from..=to).contains(&row.due_on)).collect())
}

fn rounds_in_publicity(conn: &mut Conn, from: NaiveDate, to: NaiveDate) -> QueryResult<Vec<Due>> {
    let rows: Vec<(String, NaiveDate, Stamp)> = rounds::table
        .filter(rounds::state.eq(RoundState::Publicity))
        .filter(rounds::publicity_ends_on.between(from, to))
        .select((rounds::id, rounds::publicity_ends_on.assume_not_null(), rounds::updated_at))
        .load(conn)?;
    Ok(rows.into_iter().map(|row| due("round", row)).collect())
}

fn objections(conn: &mut Conn, from: NaiveDate, to: NaiveDate) -> QueryResult<Vec<Due>> {
    let rows: Vec<(String, NaiveDate, Stamp)> = objections::table
        .filter(objections::closed_at.is_null())
        .filter(objections::due_on.between(from, to))
        .select((objections::id, objections::due_on, objections::filed_at))
        .load(conn)?;
    Ok(rows.into_iter().map(|row| due("objection", row)).collect())
}

fn items(conn: &mut Conn, from: NaiveDate, to: NaiveDate) -> QueryResult<Vec<Due>> {
    let running = [ItemState::Assigned, ItemState::InProgress, ItemState::Reopened];
    let rows: Vec<(String, NaiveDate, Stamp)> = support_items::table
        .filter(support_items::open.eq(true))
        .filter(support_items::state.eq_any(running))
        .filter(support_items::department_id.is_not_null())
        .filter(support_items::deadline_on.between(from, to))
        .select((support_items::id, support_items::deadline_on, support_items::raised_at))
        .load(conn)?;
    Ok(rows.into_iter().map(|row| due("support_item", row)).collect())
}

fn subsidy_drafts(conn: &mut Conn, from: NaiveDate, to: NaiveDate) -> QueryResult<Vec<Due>> {
    let rows: Vec<(String, NaiveDate, Stamp)> = subsidy_claims::table
        .filter(subsidy_claims::state.eq_any([SubsidyClaimState::Draft, SubsidyClaimState::Returned]))
        .filter(subsidy_claims::window_to.between(from, to))
        .select((subsidy_claims::id, subsidy_claims::window_to, subsidy_claims::created_at))
        .load(conn)?;
    Ok(rows.into_iter().map(|row| due("subsidy_claim", row)).collect())
}

fn subsidies(conn: &mut Conn, from: NaiveDate, to: NaiveDate) -> QueryResult<Vec<Due>> {
    use SubsidyClaimState::*;
    let unpaid = [
        Filed,
        Confirmed,
        Reviewed,
        PendingApproval,
        Approved,
        InPublicity,
        Objected,
        Payable,
        InPayment,
        PaymentFailed,
    ];
    let rows: Vec<(String, NaiveDate, Stamp)> = subsidy_claims::table
        .filter(subsidy_claims::state.eq_any(unpaid))
        .filter(subsidy_claims::due_on.between(from, to))
        .select((subsidy_claims::id, subsidy_claims::due_on.assume_not_null(), subsidy_claims::created_at))
        .load(conn)?;
    Ok(rows.into_iter().map(|row| due("subsidy_claim", row)).collect())
}

fn compensations(conn: &mut Conn, from: NaiveDate, to: NaiveDate) -> QueryResult<Vec<Due>> {
    use CompensationState::*;
    let rows: Vec<(String, NaiveDate, Stamp)> = compensation_claims::table
        .filter(compensation_claims::state.eq_any([Filed, Admitted, Queued]))
        .filter(compensation_claims::due_on.between(from, to))
        .select((
            compensation_claims::id,
            compensation_claims::due_on.assume_not_null(),
            compensation_claims::created_at,
        ))
        .load(conn)?;
    Ok(rows.into_iter().map(|row| due("compensation_claim", row)).collect())
}

/// One row for each enterprise that has not reported in a window, under its membership.
fn annual_updates(conn: &mut Conn, from: NaiveDate, to: NaiveDate) -> QueryResult<Vec<Due>> {
    let mut rows = Vec::new();
    for window in windows::list_due(conn, from, to)? {
        let since = window.opens_on;
        let silent = windows::list_silent_members(conn, &window)?.into_iter();
        rows.extend(silent.map(|id| Due { kind: "membership", id: id.to_string(), due_on: window.due_on, since }));
    }
    Ok(rows)
}

/// Terms that end without a re-check having been begun.
fn terms(conn: &mut Conn, from: NaiveDate, to: NaiveDate) -> QueryResult<Vec<Due>> {
    let running = [MembershipState::Active, MembershipState::Watch, MembershipState::Suspended];
    let rows: Vec<(String, NaiveDate, Stamp)> = memberships::table
        .filter(memberships::live.eq(true))
        .filter(memberships::state.eq_any(running))
        .filter(memberships::valid_to.between(from, to))
        .select((memberships::id, memberships::valid_to.assume_not_null(), memberships::created_at))
        .load(conn)?;
    Ok(rows.into_iter().map(|row| due("membership", row)).collect())
}
