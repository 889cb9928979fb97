//! Rows of slices a story is not about, put there directly.

use diesel::prelude::*;
use laoshan::applications::model::{ApplicationId, ApplicationState};
use laoshan::enterprises::model::{EnterpriseId, MemberId};
use laoshan::programme::model::{RuleSetId, Tier};
use laoshan::rounds::model::RoundId;
use laoshan::schema::{applications, enterprise_members, enterprises, rule_sets};

use super::{TestApp, TestUser};

/// A rule set in this state (`draft`, `published`); its document is not looked at.
pub async fn rule_set(app: &TestApp, state: &'static str) -> RuleSetId {
    app.app
        .door
        .system("test", move |cx| {
            let id: RuleSetId = cx.id();
            diesel::insert_into(rule_sets::table)
                .values((
                    rule_sets::id.eq(&id),
                    rule_sets::code.eq(id.as_str()),
                    rule_sets::revision.eq(1),
                    rule_sets::name_zh.eq("规则"),
                    rule_sets::name_en.eq("rules"),
                    rule_sets::state.eq(state),
                    rule_sets::effective_from.eq("2026-01-01".parse::<chrono::NaiveDate>().expect("a date")),
                    rule_sets::source.eq("test"),
                    rule_sets::document.eq("{}"),
                    rule_sets::created_by.eq("test"),
                    rule_sets::created_at.eq(cx.now),
                    rule_sets::edited_by.eq("test"),
                    rule_sets::edited_at.eq(cx.now),
                    rule_sets::version.eq(1_i64),
                ))
                .execute(cx.conn)?;
            Ok(id)
        })
        .await
        .expect("a rule set is made")
}

pub async fn enterprise(app: &TestApp, name: &'static str) -> EnterpriseId {
    app.app
        .door
        .system("test", move |cx| {
            let id: EnterpriseId = cx.id();
            diesel::insert_into(enterprises::table)
                .values((
                    enterprises::id.eq(&id),
                    enterprises::credit_code.eq(id.as_str()),
                    enterprises::name.eq(name),
                    enterprises::name_search.eq(name),
                    enterprises::registered_in_laoshan.eq(true),
                    enterprises::status.eq("active"),
                    enterprises::source.eq("import"),
                    enterprises::created_at.eq(cx.now),
                    enterprises::updated_at.eq(cx.now),
                    enterprises::version.eq(1_i64),
                ))
                .execute(cx.conn)?;
            Ok(id)
        })
        .await
        .expect("an enterprise is made")
}

/// Makes the person the verified owner of the enterprise.
pub async fn owner(app: &TestApp, person: &TestUser, enterprise: &EnterpriseId) {
    let (user, enterprise) = (person.id.clone(), enterprise.clone());
    app.app
        .door
        .system("test", move |cx| {
            let id: MemberId = cx.id();
            diesel::insert_into(enterprise_members::table)
                .values((
                    enterprise_members::id.eq(id),
                    enterprise_members::enterprise_id.eq(&enterprise),
                    enterprise_members::user_id.eq(&user),
                    enterprise_members::role.eq("owner"),
                    enterprise_members::verified.eq(true),
                    enterprise_members::created_at.eq(cx.now),
                ))
                .execute(cx.conn)?;
            Ok(())
        })
        .await
        .expect("a member is made");
}

/// An application that is about to be recognised.
pub async fn application(app: &TestApp, round: &RoundId, enterprise: &EnterpriseId, tier: Tier) -> ApplicationId {
    let (round, enterprise) = (round.clone(), enterprise.clone());
    app.app
        .door
        .system("test", move |cx| {
            let id: ApplicationId = cx.id();
            diesel::insert_into(applications::table)
                .values((
                    applications::id.eq(&id),
                    applications::round_id.eq(&round),
                    applications::enterprise_id.eq(&enterprise),
                    applications::tier.eq(tier),
                    applications::lane.eq(tier.lane()),
                    applications::state.eq(ApplicationState::InPublicity),
                    // Several rounds' worth of applications share one round here.
                    applications::live.eq(false),
                    applications::form.eq("{}"),
                    applications::returns_used.eq(0),
                    applications::created_by.eq("test"),
                    applications::created_at.eq(cx.now),
                    applications::updated_at.eq(cx.now),
                    applications::version.eq(1_i64),
                ))
                .execute(cx.conn)?;
            Ok(id)
        })
        .await
        .expect("an application is made")
}

/// An event: action, from, to, reason.
type Step<T> = (String, T, T, T);

/// What happened to a subject, oldest first: (action, from, to, reason).
pub async fn trail(app: &TestApp, kind: &'static str, id: &str) -> Vec<Step<String>> {
    use laoshan::schema::audit_events as e;
    let id = id.to_owned();
    let rows: Vec<Step<Option<String>>> = app
        .app
        .door
        .peek("test", move |cx| {
            let of_subject = e::table.filter(e::subject_kind.eq(kind)).filter(e::subject_id.eq(&id));
            Ok(of_subject.order(e::seq).select((e::action, e::from_state, e::to_state, e::reason)).load(cx.conn)?)
        })
        .await
        .expect("the trail is read");
    let text = |value: Option<String>| value.unwrap_or_default();
    rows.into_iter().map(|(action, from, to, reason)| (action, text(from), text(to), text(reason))).collect()
}

/// Rows of [`trail`] as they are written in a story.
pub fn events(rows: &[(&str, &str, &str, &str)]) -> Vec<Step<String>> {
    rows.iter().map(|(a, b, c, d)| (a.to_string(), b.to_string(), c.to_string(), d.to_string())).collect()
}
