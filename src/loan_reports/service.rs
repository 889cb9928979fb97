//! Reading, grouping, handing to the rules.

use std::collections::BTreeMap;

use super::db;
use super::model::*;
use super::rules::ages::by_state_and_age;
use super::rules::exposure::{Holding, by, total};
use super::rules::forecast::{Clock, Schedule, dues, forecast};
use crate::enterprises::model::EnterpriseId;
use crate::error::AppError;
use crate::platform::calendar::business_day;
use crate::platform::door::Cx;
use crate::programme::model::{Lane, Tier};
use crate::talent_loans::model::{BankId, LoanClass, LoanSchemeId};
use crate::talent_loans::rules::cover::covered_balance;
use crate::talent_loans::scheme::Scheme;
use crate::talent_loans::service::schemes;

/// What has no tier or track.
const NONE: &str = "none";

pub fn get_loan_report(cx: &mut Cx, params: &LoanReportParams) -> Result<LoanReportView, AppError> {
    let today = business_day(cx.now.utc());
    let ages: Vec<_> = db::list_claims(cx.conn, params.year)?
        .into_iter()
        .map(|(state, since, computed, granted)| {
            (state, (today - business_day(since.utc())).num_days(), computed, granted)
        })
        .collect();
    let tiers = tiers(cx)?;
    let mut paid: BTreeMap<EnterpriseId, PaidToEnterprise> = BTreeMap::new();
    for (enterprise_id, name, paid_fen, returned_fen) in db::list_paid(cx.conn, params.year)? {
        let id = enterprise_id.clone();
        let line = PaidToEnterprise { enterprise_id, name, paid_fen: 0, returned_fen: 0 };
        let line = paid.entry(id).or_insert(line);
        line.paid_fen += paid_fen;
        line.returned_fen += returned_fen;
    }
    let mut paid_by_enterprise: Vec<PaidToEnterprise> = paid.into_values().collect();
    paid_by_enterprise.sort_by_key(|line| std::cmp::Reverse(line.paid_fen));
    let mut by_tier: BTreeMap<Option<Tier>, i64> = BTreeMap::new();
    for paid in &paid_by_enterprise {
        *by_tier.entry(tiers.get(&paid.enterprise_id).copied()).or_default() += paid.paid_fen;
    }
    let mut by_bank: BTreeMap<BankId, PaidByBank> = BTreeMap::new();
    for (bank_id, name, paid_fen) in db::list_paid_by_bank(cx.conn, params.year)? {
        let line = PaidByBank { bank_id: bank_id.clone(), name, paid_fen: 0 };
        by_bank.entry(bank_id).or_insert(line).paid_fen += paid_fen;
    }
    let mut paid_by_bank: Vec<PaidByBank> = by_bank.into_values().collect();
    paid_by_bank.sort_by_key(|line| std::cmp::Reverse(line.paid_fen));
    let mut loans: Vec<LoansByClass> = db::list_loans_by_class(cx.conn)?
        .into_iter()
        .map(|(class, loans, balance_fen, covered_fen)| LoansByClass { class, loans, balance_fen, covered_fen })
        .collect();
    loans.sort_by_key(|line| line.class);
    let late = db::list_late_reviews(cx.conn, today)?.into_iter().map(|row| (BreachKind::SubsidyReview, row));
    let unpaid = db::list_late_payments(cx.conn, today)?.into_iter().map(|row| (BreachKind::CompensationPayment, row));
    let breach = |(kind, (id, due_on)): (BreachKind, (String, Option<chrono::NaiveDate>))| {
        let due_on = due_on?;
        Some(Breach { kind, id, due_on, days_late: (today - due_on).num_days() })
    };
    let mut breaches: Vec<Breach> = late.chain(unpaid).filter_map(breach).collect();
    breaches.sort_by(|a, b| b.days_late.cmp(&a.days_late).then_with(|| a.id.cmp(&b.id)));
    Ok(LoanReportView {
        as_of: today,
        claims: by_state_and_age(&ages),
        paid_by_enterprise,
        paid_by_tier: by_tier.into_iter().map(|(tier, paid_fen)| PaidByTier { tier, paid_fen }).collect(),
        paid_by_bank,
        loans,
        breaches,
    })
}

pub fn get_pool_exposure(cx: &mut Cx) -> Result<PoolExposureView, AppError> {
    let tiers = tiers(cx)?;
    let balance_fen = db::find_pool_balance(cx.conn)?;
    let names: BTreeMap<_, _> = db::list_banks(cx.conn)?.into_iter().collect();
    let tracks: BTreeMap<_, _> = db::list_tracks(cx.conn)?.into_iter().collect();
    let mut terms = Schemes::default();
    let mut holdings = Vec::new();
    for (bank, enterprise, scheme, loans, covered_fen) in db::list_holdings(cx.conn)? {
        holdings.push(Holding {
            bank: (bank.0.clone(), names.get(&bank).cloned().unwrap_or_default()),
            tier: tiers.get(&enterprise).map_or(NONE, |tier| tier.as_str()).to_owned(),
            track: tracks.get(&enterprise).cloned().flatten().unwrap_or_else(|| NONE.to_owned()),
            loans,
            covered_fen,
            ratio_ppm: terms.of(cx, &scheme)?.ratio_ppm,
        });
    }
    Ok(PoolExposureView {
        as_of: business_day(cx.now.utc()),
        balance_fen,
        total: total(&holdings, balance_fen),
        by_bank: by(&holdings, balance_fen, |holding| (&holding.bank.0, &holding.bank.1)),
        by_tier: by(&holdings, balance_fen, |holding| (&holding.tier, &holding.tier)),
        by_track: by(&holdings, balance_fen, |holding| (&holding.track, &holding.track)),
    })
}

pub fn get_pool_forecast(cx: &mut Cx) -> Result<PoolForecastView, AppError> {
    let today = business_day(cx.now.utc());
    let balance_fen = db::find_pool_balance(cx.conn)?;
    let claims: Vec<_> =
        db::list_claims_due(cx.conn)?.into_iter().map(|(due, fen)| (due.unwrap_or(today), fen)).collect();
    let mut terms = Schemes::default();
    let mut loans = Vec::new();
    for claimed in [false, true] {
        for (due_on, overdue_since, class, scheme, balance_fen, covered_fen) in db::list_schedule(cx.conn, claimed)? {
            let terms = terms.of(cx, &scheme)?;
            let bad = class >= LoanClass::Substandard;
            let dues = vec![(due_on, balance_fen)];
            loans.push(Schedule { dues, overdue_since, bad, claimed, covered_fen, terms });
        }
    }
    for (loan, claimed) in db::list_instalment_loans(cx.conn)? {
        loans.push(Schedule {
            dues: dues(&loan, &loan.instalments.read()?),
            overdue_since: loan.overdue_since,
            bad: loan.class >= LoanClass::Substandard,
            claimed,
            covered_fen: covered_balance(loan.balance_fen, loan.covered_fen),
            terms: terms.of(cx, &loan.scheme_id)?,
        });
    }
    Ok(PoolForecastView { as_of: today, balance_fen, months: forecast(today, balance_fen, &claims, &loans) })
}

fn tiers(cx: &mut Cx) -> Result<BTreeMap<EnterpriseId, Tier>, AppError> {
    let mut tiers = BTreeMap::new();
    for (enterprise, tier, lane) in db::list_tiers(cx.conn)? {
        match lane {
            Lane::Ladder => tiers.insert(enterprise, tier),
            Lane::Ecosystem => Some(*tiers.entry(enterprise).or_insert(tier)),
        };
    }
    Ok(tiers)
}

/// Schemes are few and looked at once.
#[derive(Default)]
struct Schemes(BTreeMap<LoanSchemeId, Clock>);

impl Schemes {
    fn of(&mut self, cx: &mut Cx, id: &LoanSchemeId) -> Result<Clock, AppError> {
        if let Some(known) = self.0.get(id) {
            return Ok(*known);
        }
        let scheme: Scheme = schemes::document_of(cx, id)?;
        let clock = Clock {
            ratio_ppm: scheme.compensation.ratio_ppm,
            trigger_days: scheme.compensation.trigger_overdue_days,
            payment_working_days: scheme.service.compensation_working_days,
        };
        self.0.insert(id.clone(), clock);
        Ok(clock)
    }
}
