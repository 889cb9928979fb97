//! What a notice says about its subject, and whom it concerns.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::decisions::model::{DecisionAction, DecisionId};
use crate::enterprises::model::EnterpriseId;
use crate::major_changes::model::ChangeKind;
use crate::messages::model::notices::proposal_label;
use crate::platform::actor::UserId;
use crate::platform::calendar::business_day;
use crate::platform::conn::Conn;
use crate::platform::text::Say;
use crate::platform::types::Stamp;
use crate::programme::model::Tier;
use crate::reviews::model::DrawId;
use crate::rounds::model::RoundId;
use crate::say;
use crate::schema::{
    annual_updates, applications, banks, compensation_claims, decisions, draws, enterprise_claims, enterprises,
    major_changes, memberships, notices, objections, rechecks, reviews, round_invitations, rounds, site_visits,
    subsidy_claim_loans, subsidy_claims, subsidy_claw_backs, support_items, support_plans, update_windows,
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
        "recheck" => recheck(conn, id)?,
        "round_invitation" => invitation(conn, id)?,
        "site_visit" => site_visit(conn, id)?,
        // A feedback is known by its application.
        "feedback" => application(conn, id)?,
        "major_change" => major_change(conn, id)?,
        "update_window" => update_window(conn, id)?,
        "annual_update" => annual_update(conn, id)?,
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
    let (kind, subject, action, person): (String, String, DecisionAction, UserId) = decisions::table
        .find(DecisionId(id.to_owned()))
        .select((decisions::subject_kind, decisions::subject_id, decisions::action, decisions::prepared_by))
        .first(conn)?;
    let about = if kind == "decision" { None } else { find_about(conn, &kind, &subject).optional()?.flatten() };
    Ok(About {
        title: proposal_label(action),
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
    Ok(About { title: same(&name), banks, path: "/loans".to_owned(), ..About::default() })
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

fn recheck(conn: &mut Conn, id: &str) -> QueryResult<About> {
    let of: String = rechecks::table.filter(rechecks::id.eq(id)).select(rechecks::membership_id).first(conn)?;
    Ok(About { path: format!("/rechecks/{id}"), ..membership(conn, &of)? })
}

fn invitation(conn: &mut Conn, id: &str) -> QueryResult<About> {
    let (of, enterprise, tier): (String, EnterpriseId, Tier) = round_invitations::table
        .filter(round_invitations::id.eq(id))
        .select((round_invitations::round_id, round_invitations::enterprise_id, round_invitations::tier))
        .first(conn)?;
    let (of, about) = (round(conn, &of)?, of_enterprise(conn, enterprise)?);
    let tier = tier.label();
    let title = Say::new(format!("{}（{}）", of.title.zh, tier.zh), format!("{} ({})", of.title.en, tier.en));
    Ok(About { title, due_on: of.due_on, round: of.round, path: of.path, ..about })
}

fn site_visit(conn: &mut Conn, id: &str) -> QueryResult<About> {
    let (enterprise, of, planned_on): (EnterpriseId, String, NaiveDate) = site_visits::table
        .filter(site_visits::id.eq(id))
        .select((site_visits::enterprise_id, site_visits::round_id, site_visits::planned_on))
        .first(conn)?;
    let of = round(conn, &of)?;
    let about = of_enterprise(conn, enterprise)?;
    Ok(About { title: of.title, due_on: Some(planned_on), round: of.round, path: format!("/visits/{id}"), ..about })
}

fn major_change(conn: &mut Conn, id: &str) -> QueryResult<About> {
    let (enterprise, kind): (EnterpriseId, ChangeKind) = major_changes::table
        .filter(major_changes::id.eq(id))
        .select((major_changes::enterprise_id, major_changes::kind))
        .first(conn)?;
    let path = format!("/major-changes/{id}");
    Ok(About { title: kind.label(), path, ..of_enterprise(conn, enterprise)? })
}

fn yearly_report(year: i32) -> Say {
    say!("{year} 年度更新", "yearly report of {year}")
}

fn update_window(conn: &mut Conn, year: &str) -> QueryResult<About> {
    let year: i32 = year.parse().map_err(|_| diesel::NotFound)?;
    let due_on: NaiveDate = update_windows::table.find(year).select(update_windows::due_on).first(conn)?;
    Ok(About { title: yearly_report(year), due_on: Some(due_on), path: "/home".to_owned(), ..About::default() })
}

fn annual_update(conn: &mut Conn, id: &str) -> QueryResult<About> {
    let (enterprise, year): (EnterpriseId, i32) = annual_updates::table
        .filter(annual_updates::id.eq(id))
        .select((annual_updates::enterprise_id, annual_updates::year))
        .first(conn)?;
    let path = format!("/annual-updates/{id}");
    Ok(About { title: yearly_report(year), path, ..of_enterprise(conn, enterprise)? })
}
