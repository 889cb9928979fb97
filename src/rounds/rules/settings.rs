//! What an officer may put into a round.

use crate::error::{AppError, Faults, FieldCode};
use crate::platform::types::Stamp;
use crate::rounds::model::{CreateRoundBody, ExtendRoundBody, RoundSettings};
use crate::say;

const YEARS: (i64, i64) = (2000, 2100);
const GRACE_SECONDS: (i64, i64) = (0, 3600);
const APPROVALS: (i64, i64) = (1, 3);
const RETURNS: (i64, i64) = (0, 2);
const WORKING_DAYS: (i64, i64) = (1, 60);
const QUOTA: (i64, i64) = (1, 10_000);

/// The form as settings, defaults filled in; or everything that is wrong with it. `rule_set_published` says what the rule set's
/// id leads to: `None` when it leads nowhere.
pub fn settle(form: &CreateRoundBody, rule_set_published: Option<bool>) -> Result<RoundSettings, AppError> {
    let mut faults = Faults::default();
    let name = form.name.as_deref().unwrap_or_default().trim();
    faults.text("/name", name, 2, 200);
    let guide = form.guide.as_deref().map(str::trim).filter(|text| !text.is_empty());
    faults.text("/guide", guide.unwrap_or_default(), 0, 20_000);

    if let Some(year) = form.year {
        faults.range("/year", year, YEARS.0, YEARS.1);
    }
    let tiers = form.tiers.clone().unwrap_or_default();
    for (i, tier) in tiers.iter().enumerate() {
        if tiers[..i].contains(tier) {
            faults.plain(format!("/tiers/{i}"), FieldCode::Duplicate);
        }
    }
    let quotas = form.quotas.clone().unwrap_or_default();
    for (tier, quota) in &quotas {
        let at = format!("/quotas/{tier}");
        faults.range(&at, *quota, QUOTA.0, QUOTA.1);
        if !tiers.contains(tier) {
            let said = say!("本批次不含该层级", "the round does not call for this tier");
            faults.add(at, FieldCode::NotAllowed, said);
        }
    }

    for (at, missing) in [
        ("/year", form.year.is_none()),
        ("/tiers", tiers.is_empty()),
        ("/rule_set_id", form.rule_set_id.is_none()),
        ("/opens_at", form.opens_at.is_none()),
        ("/closes_at", form.closes_at.is_none()),
    ] {
        if missing {
            faults.plain(at, FieldCode::Required);
        }
    }
    match (&form.rule_set_id, rule_set_published) {
        (None, _) | (_, Some(true)) => {}
        (Some(_), None) => faults.plain("/rule_set_id", FieldCode::NotExisting),
        (Some(_), Some(false)) => {
            let said = say!("该规则版本尚未发布", "this rule set is not published");
            faults.add("/rule_set_id", FieldCode::NotAllowed, said);
        }
    }
    if let (Some(opens), Some(closes)) = (form.opens_at, form.closes_at)
        && closes <= opens
    {
        let said = say!("截止时间须晚于开始时间", "must be later than opens_at");
        faults.add("/closes_at", FieldCode::DateOrder, said);
    }

    let mut number = |at: &str, value: Option<i64>, default: i64, (min, max): (i64, i64)| {
        let value = value.unwrap_or(default);
        faults.range(at, value, min, max);
        value
    };
    let grace_seconds = number("/grace_seconds", form.grace_seconds, 0, GRACE_SECONDS);
    let approvals_needed = number("/approvals_needed", form.approvals_needed, 1, APPROVALS);
    let max_returns = number("/max_returns", form.max_returns, 2, RETURNS);
    let return_days = number("/return_days", form.return_days, 5, WORKING_DAYS);
    let publicity_days = number("/publicity_days", form.publicity_days, 5, WORKING_DAYS);
    faults.done()?;

    let present = "a required field that is missing was refused above";
    Ok(RoundSettings {
        name: name.to_owned(),
        year: form.year.expect(present) as i32,
        tiers,
        rule_set_id: form.rule_set_id.clone().expect(present),
        opens_at: form.opens_at.expect(present),
        closes_at: form.closes_at.expect(present),
        grace_seconds,
        expert_review: form.expert_review.unwrap_or(false),
        site_check: form.site_check.unwrap_or(false),
        certification: form.certification.unwrap_or(false),
        evidence_required: form.evidence_required.unwrap_or(false),
        quotas,
        approvals_needed: approvals_needed as i32,
        max_returns: max_returns as i32,
        return_days: return_days as i32,
        publicity_days: publicity_days as i32,
        first_day_counts: form.first_day_counts.unwrap_or(false),
        guide: guide.map(str::to_owned),
    })
}

/// The new deadline of an extension.
pub fn extension_faults(body: &ExtendRoundBody, old_closes_at: Stamp, now: Stamp) -> Result<Stamp, AppError> {
    let mut faults = Faults::default();
    match body.closes_at {
        None => faults.plain("/closes_at", FieldCode::Required),
        Some(new) if new <= old_closes_at => {
            let old = old_closes_at.to_rfc3339();
            let said = say!("须晚于原截止时间 {old}", "must be later than the deadline so far, {old}");
            faults.add("/closes_at", FieldCode::DateOrder, said);
        }
        Some(new) if new <= now => {
            faults.add("/closes_at", FieldCode::OutOfRange, say!("须晚于当前时间", "must lie in the future"));
        }
        Some(_) => {}
    }
    faults.text("/reason", &body.reason, 2, 2_000);
    faults.done()?;
    Ok(body.closes_at.expect("a missing deadline was refused above"))
}

pub fn reason_faults(reason: &str) -> Result<(), AppError> {
    let mut faults = Faults::default();
    faults.text("/reason", reason, 2, 2_000);
    faults.done()
}
