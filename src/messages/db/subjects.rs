//! What a notice says about its subject, and whom it concerns.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::decisions::model::DecisionId;
use crate::enterprises::model::EnterpriseId;
use crate::messages::model::notices::proposal_label;
use crate::platform::actor::UserId;
use crate::platform::calendar::business_day;
use crate::platform::conn::Conn;
use crate::platform::text::Say;
use crate::platform::types::Stamp;
use crate::reviews::model::DrawId;
use crate::rounds::model::RoundId;
use crate::say;
use crate::schema::{
    applications, banks, compensation_claims, decisions, draws, enterprise_claims, enterprises, memberships, notices,
    objections, reviews, rounds, subsidy_claim_loans, subsidy_claims, subsidy_claw_backs, support_items, support_plans,
};
use crate::support::model::DepartmentId;
use crate::talent_loans::model::BankId;

/// A subject as its notices need it.
#[derive(Debug, Clone, Default)]
pub struct About {
    /// Whose case it is; whoever is in conflict with one of them is told nothing.
    pub enterprises: Vec<EnterpriseId>,
    /// Their name, where the letter may say it.
    pub enterprise: String,
    pub title: Say,
    pub due_on: Option<NaiveDate>,
    pub path: String,
    pub person: Option<UserId>,
    pub unit: Option<DepartmentId>,
    pub banks: Vec<BankId>,
    pub round: Option<RoundId>,
    /// Whose panel is meant, when it is not all that have something left in the round.
    pub draw: Option<DrawId>,
}

fn same(text: &str) -> Say {
    Say::new(text, text)
}

/// None for a kind that no notice is about.
pub fn find_about(conn: &mut Conn, kind: &str, id: &str) -> QueryResult<Option<About>> {
    let about = match kind {
        "application" => application(conn, id)?,
        "round" => round(conn, id)?,
        "decision" => decision(conn, id)?,
        "objection" => objection(conn, id)?,
        "claim" => claim(conn, id)?,
        "draw" => draw(conn, id)?,
        "review" => review(conn, id)?,
        "panel" => panel(conn, id)?,
        "support_item" => support_item(conn, id)?,
        "support_plan" => support_plan(conn, id)?,
        "subsidy_claim" => subsidy_claim(conn, id)?,
        "subsidy_claw_back" => claw_back(conn, id)?,
        "compensation_claim" => compensation_claim(conn, id)?,
        "bank" => bank(conn, id)?,
        "membership" => membership(conn, id)?,
        _ => return Ok(None),
    };
    Ok(Some(about))
}

fn of_enterprise(conn: &mut Conn, id: EnterpriseId) -> QueryResult<About> {
    let name = enterprises::table.find(&id).select(enterprises::name).first(conn)?;
    Ok(About { enterprises: vec![id], enterprise: name, ..About::default() })
}

fn application(conn: &mut Conn, id: &str) -> QueryResult<About> {
    let (enterprise, round, due_on, name): (EnterpriseId, RoundId, Option<NaiveDate>, String) = applications::table
        .inner_join(rounds::table)
        .filter(applications::id.eq(id))
        .select((applications::enterprise_id, rounds::id, applications::return_due_on, rounds::name))
        .first(conn)?;
    let about = of_enterprise(conn, enterprise)?;
    Ok(About { title: same(&name), due_on, round: Some(round), path: format!("/applications/{id}"), ..about })
}

fn round(conn: &mut Conn, id: &str) -> QueryResult<About> {
    let (name, closes_at): (String, Stamp) =
        rounds::table.find(id).select((rounds::name, rounds::closes_at)).first(conn)?;
    Ok(About {
        title: same(&name),
        due_on: Some(business_day(closes_at.utc())),
        round: Some(RoundId(id.to_owned())),
        path: format!("/rounds/{id}"),
        ..About::default()
    })
}

fn decision(conn: &mut Conn, id: &str) -> QueryResult<About> {
    let (kind, subject, action, person): (String, String, String, UserId) = decisions::table
        .find(DecisionId(id.to_owned()))
        .select((decisions::subject_kind, decisions::subject_id, decisions::action, decisions::prepared_by))
        .first(conn)?;
    let about = if kind == "decision" { None } else { find_about(conn, &kind, &subject).optional()?.flatten() };
    Ok(About {
        title: proposal_label(&action),
        due_on: None,
        person: Some(person),
        path: format!("/decisions/{id}"),
        ..about.unwrap_or_default()
    })
}

fn objection(conn: &mut Conn, id: &str) -> QueryResult<About> {
    let (kind, subject, due_on, title): (String, String, NaiveDate, String) = objections::table
        .inner_join(notices::table)
        .filter(objections::id.eq(id))
        .select((objections::subject_kind, objections::subject_id, objections::due_on, notices::title))
        .first(conn)?;
    let about = find_about(conn, &kind, &subject).optional()?.flatten().unwrap_or_default();
    Ok(About { title: same(&title), due_on: Some(due_on), path: format!("/objections/{id}"), ..about })
}

fn claim(conn: &mut Conn, id: &str) -> QueryResult<About> {
    let (enterprise, person): (EnterpriseId, UserId) = enterprise_claims::table
        .filter(enterprise_claims::id.eq(id))
        .select((enterprise_claims::enterprise_id, enterprise_claims::user_id))
        .first(conn)?;
    let about = of_enterprise(conn, enterprise)?;
    Ok(About { title: same(&about.enterprise), person: Some(person), path: format!("/claims/{id}"), ..about })
}

/// Experts read blind: neither enterprise nor application is named.
fn draw(conn: &mut Conn, id: &str) -> QueryResult<About> {
    let of: String = draws::table.filter(draws::id.eq(id)).select(draws::round_id).first(conn)?;
    let draw = Some(DrawId(id.to_owned()));
    Ok(About { path: "/reviews".to_owned(), due_on: None, draw, ..round(conn, &of)? })
}

fn review(conn: &mut Conn, id: &str) -> QueryResult<About> {
    let (of, person, enterprise): (String, UserId, EnterpriseId) = reviews::table
        .filter(reviews::id.eq(id))
        .select((reviews::round_id, reviews::user_id, reviews::enterprise_id))
        .first(conn)?;
    let about = About { path: "/reviews".to_owned(), due_on: None, ..round(conn, &of)? };
    Ok(About { person: Some(person), enterprises: vec![enterprise], ..about })
}

fn panel(conn: &mut Conn, id: &str) -> QueryResult<About> {
    let enterprises: Vec<EnterpriseId> =
        reviews::table.filter(reviews::panel_id.eq(id)).select(reviews::enterprise_id).distinct().load(conn)?;
    Ok(About { enterprises, ..About::default() })
}

fn support_item(conn: &mut Conn, id: &str) -> QueryResult<About> {
    type Row = (EnterpriseId, String, NaiveDate, Option<DepartmentId>, Option<UserId>);
    let (enterprise, title, deadline, unit, officer): Row = support_items::table
        .filter(support_items::id.eq(id))
        .select((
            support_items::enterprise_id,
            support_items::title,
            support_items::deadline_on,
            support_items::department_id,
            support_items::officer_id,
        ))
        .first(conn)?;
    let running = Some(deadline).filter(|_| unit.is_some());
    let about = of_enterprise(conn, enterprise)?;
    Ok(About { title: same(&title), due_on: running, unit, person: officer, path: format!("/support/{id}"), ..about })
}

fn support_plan(conn: &mut Conn, id: &str) -> QueryResult<About> {
    let (enterprise, year, officer): (EnterpriseId, i32, UserId) = support_plans::table
        .filter(support_plans::id.eq(id))
        .select((support_plans::enterprise_id, support_plans::year, support_plans::officer_a))
        .first(conn)?;
    let title = say!("{year} 年一企一策方案", "support plan of {year}");
    let about = of_enterprise(conn, enterprise)?;
    Ok(About { title, person: Some(officer), path: format!("/support-plans/{id}"), ..about })
}

fn subsidy_claim(conn: &mut Conn, id: &str) -> QueryResult<About> {
    let (enterprise, year, due_on): (EnterpriseId, i32, Option<NaiveDate>) = subsidy_claims::table
        .filter(subsidy_claims::id.eq(id))
        .select((subsidy_claims::enterprise_id, subsidy_claims::claim_year, subsidy_claims::due_on))
        .first(conn)?;
    let of_loans = subsidy_claim_loans::table.filter(subsidy_claim_loans::claim_id.eq(id));
    let banks = of_loans.select(subsidy_claim_loans::bank_id).distinct().load(conn)?;
    let title = say!("{year} 年度贷款贴息申请", "interest subsidy claim of {year}");
    let about = of_enterprise(conn, enterprise)?;
    Ok(About { title, due_on, banks, path: format!("/subsidies/{id}"), ..about })
}

fn claw_back(conn: &mut Conn, id: &str) -> QueryResult<About> {
    let claim: String = subsidy_claw_backs::table
        .filter(subsidy_claw_backs::id.eq(id))
        .select(subsidy_claw_backs::claim_id)
        .first(conn)?;
    Ok(About { due_on: None, ..subsidy_claim(conn, &claim)? })
}

fn compensation_claim(conn: &mut Conn, id: &str) -> QueryResult<About> {
    let (enterprise, bank, due_on): (EnterpriseId, BankId, Option<NaiveDate>) = compensation_claims::table
        .filter(compensation_claims::id.eq(id))
        .select((compensation_claims::enterprise_id, compensation_claims::bank_id, compensation_claims::due_on))
        .first(conn)?;
    let title = say!("风险补偿申请", "compensation claim");
    let about = of_enterprise(conn, enterprise)?;
    Ok(About { title, due_on, banks: vec![bank], path: format!("/compensation/{id}"), ..about })
}

fn bank(conn: &mut Conn, id: &str) -> QueryResult<About> {
    let name: String = banks::table.filter(banks::id.eq(id)).select(banks::name).first(conn)?;
    let banks = vec![BankId(id.to_owned())];
    Ok(About { title: same(&name), banks, path: "/banks".to_owned(), ..About::default() })
}

fn membership(conn: &mut Conn, id: &str) -> QueryResult<About> {
    let (enterprise, number, valid_to): (EnterpriseId, Option<String>, Option<NaiveDate>) = memberships::table
        .filter(memberships::id.eq(id))
        .select((memberships::enterprise_id, memberships::certificate_number, memberships::valid_to))
        .first(conn)?;
    let about = of_enterprise(conn, enterprise)?;
    let title = same(number.as_deref().unwrap_or_default());
    Ok(About { title, due_on: valid_to, path: format!("/library/{id}"), ..about })
}
