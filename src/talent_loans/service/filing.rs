//! From a form or a row of a file to a loan that may be written.

use chrono::NaiveDate;

use super::rates::lpr_table;
use super::{reach, talents};
use crate::enterprises::model::Enterprise;
use crate::enterprises::rules::credit_code::CreditCode;
use crate::error::{AppError, Faults, FieldCode};
use crate::platform::door::Cx;
use crate::platform::keys::KeyRing;
use crate::platform::types::Doc;
use crate::say;
use crate::talent_loans::db::{banks, loans, parties, schemes, talents as talents_db};
use crate::talent_loans::model::*;
use crate::talent_loans::rules::banks::may_file_loans;
use crate::talent_loans::rules::cover::{Taken, covered_part};
use crate::talent_loans::rules::filing::{AgreedRate, FilingFacts, check_facts, check_values};
use crate::talent_loans::rules::repricing::{lpr_on, tenor_of};
use crate::talent_loans::scheme::{Caps, Scheme};

/// What every loan of one filing is held against, read once.
pub struct Desk {
    bank: Bank,
    /// The one that took effect last comes first.
    schemes: Vec<(LoanScheme, Scheme)>,
    lpr: Vec<LprRateView>,
    today: NaiveDate,
}

impl Desk {
    /// For the bank named, or the clerk's own.
    pub fn open(cx: &mut Cx, bank: Option<&BankId>) -> Result<Self, AppError> {
        let reach = reach(cx);
        let user = cx.actor.user_id().filter(|_| cx.scope.org && !cx.scope.all).cloned();
        let found = match (bank, user) {
            (Some(id), _) => match banks::find_visible_bank(cx.conn, &reach, id) {
                Err(diesel::result::Error::NotFound) => None,
                other => Some(other?),
            },
            (None, Some(user)) => banks::find_bank_of(cx.conn, &user)?,
            (None, None) => return Err(AppError::field("/bank_id", FieldCode::Required, FieldCode::Required.title())),
        };
        let missing = || say!("银行不存在或不属于您", "is no bank within your reach");
        let bank = found.ok_or_else(|| AppError::field("/bank_id", FieldCode::NotExisting, missing()))?;
        may_file_loans(&bank)?;
        let read = |row: LoanScheme| row.document.read().map(|document| (row, document));
        let schemes = schemes::list_published(cx.conn)?.into_iter().map(read).collect::<Result<_, _>>()?;
        Ok(Self { bank, schemes, lpr: lpr_table(cx)?, today: cx.today() })
    }

    pub fn bank(&self) -> &Bank {
        &self.bank
    }

    /// The loan as it would be written, but for its cover.
    ///
    /// # Errors
    /// `invalid_fields` with everything that is wrong with it.
    pub fn prepare(&self, cx: &mut Cx, keys: &KeyRing, body: &CreateLoanBody) -> Result<Loan, AppError> {
        let mut faults = Faults::default();
        check_values(body, self.today, &mut faults);
        let scheme = self.scheme_of(body, &mut faults);
        let enterprise = find_borrower(cx, body, &mut faults)?;
        let talent = find_person(cx, keys, body, &mut faults)?;
        let employments = match &talent {
            Some(talent) => talents_db::list_employments(cx.conn, &talent.id)?,
            None => Vec::new(),
        };
        let tenor = tenor_of(body.pricing, body.signed_on, body.matures_on);
        let facts = FilingFacts {
            scheme: scheme.map(|(_, document)| document),
            enterprise: enterprise.as_ref(),
            talent: talent.as_ref(),
            employments: &employments,
            lpr: lpr_on(&self.lpr, tenor, body.signed_on),
        };
        let agreed = check_facts(body, &facts, &mut faults);
        faults.done()?;
        let (Some((scheme, _)), Some(enterprise), Some(talent), Some(agreed)) = (scheme, enterprise, talent, agreed)
        else {
            return Err(AppError::internal("a faultless filing has its scheme, borrower, talent and rate"));
        };
        Ok(self.loan(cx, body, scheme, enterprise, talent, agreed))
    }

    fn loan(
        &self,
        cx: &Cx,
        body: &CreateLoanBody,
        scheme: &LoanScheme,
        enterprise: Enterprise,
        talent: Talent,
        agreed: AgreedRate,
    ) -> Loan {
        let (spread_bp, repricing) = match body.pricing {
            Pricing::Fixed { .. } => (None, None),
            Pricing::Lpr { spread_bp, repricing, .. } => (Some(spread_bp), Some(repricing)),
        };
        let note = body.purpose_note.as_deref().map(str::trim).filter(|note| !note.is_empty());
        Loan {
            id: cx.id(),
            bank_id: self.bank.id.clone(),
            contract_no: body.contract_no.trim().to_owned(),
            enterprise_id: enterprise.id,
            talent_id: talent.id,
            scheme_id: scheme.id.clone(),
            principal_fen: body.principal_fen,
            covered_fen: 0,
            day_basis: body.day_basis.unwrap_or(DayBasis::Act360),
            rate_ppm: agreed.rate_ppm,
            lpr_tenor: agreed.lpr.tenor,
            lpr_ppm: agreed.lpr.rate_ppm,
            spread_bp,
            repricing,
            signed_on: body.signed_on,
            matures_on: body.matures_on,
            purpose: body.purpose,
            purpose_note: note.map(str::to_owned),
            instalments: Doc::of(&body.instalments),
            state: LoanState::Registered,
            balance_fen: 0,
            class: LoanClass::Normal,
            due_on: body.matures_on,
            overdue_since: None,
            first_drawdown_on: None,
            last_seq: 0,
            created_by: cx.actor.label(),
            created_at: cx.now,
            updated_at: cx.now,
            version: 1,
        }
    }

    /// The published scheme that was asked for, or the one in effect on the day of signing.
    fn scheme_of(&self, body: &CreateLoanBody, faults: &mut Faults) -> Option<&(LoanScheme, Scheme)> {
        let on = body.signed_on;
        let in_effect = |s: &LoanScheme| s.effective_from <= on && s.effective_to.is_none_or(|to| to >= on);
        match &body.scheme_id {
            Some(id) => {
                let found = self.schemes.iter().find(|(scheme, _)| scheme.id == *id);
                match found {
                    None => faults.plain("/scheme_id", FieldCode::NotExisting),
                    Some((scheme, _)) if !in_effect(scheme) => faults.add(
                        "/scheme_id",
                        FieldCode::NotAllowed,
                        say!("签约日 {on} 不在方案有效期内", "is not in effect on the day of signing, {on}"),
                    ),
                    Some(_) => {}
                }
                found
            }
            None => {
                let found = self.schemes.iter().find(|(scheme, _)| in_effect(scheme));
                if found.is_none() {
                    let say = say!("签约日 {on} 没有生效的人才贷方案", "no scheme is in effect on {on}");
                    faults.add("/signed_on", FieldCode::NotExisting, say);
                }
                found
            }
        }
    }
}

/// What both caps leave of the principal, beside all other loans that take up cover, whichever the bank.
pub fn cover(cx: &mut Cx, loan: &Loan) -> Result<i64, AppError> {
    let caps: Caps = schemes::find_scheme(cx.conn, &loan.scheme_id)?.document.read()?.caps;
    let sum = |rows: Vec<(LoanState, i64)>| -> i64 {
        rows.into_iter().filter(|(state, _)| state.takes_cover()).map(|(_, fen)| fen).sum()
    };
    let taken = Taken {
        talent_fen: sum(loans::list_cover_of_talent(cx.conn, &loan.talent_id, &loan.id)?),
        enterprise_fen: sum(loans::list_cover_of_enterprise(cx.conn, &loan.enterprise_id, &loan.id)?),
    };
    Ok(covered_part(loan.principal_fen, caps, taken))
}

fn find_borrower(cx: &mut Cx, body: &CreateLoanBody, faults: &mut Faults) -> Result<Option<Enterprise>, AppError> {
    let (pointer, found) = match (&body.enterprise_id, &body.credit_code) {
        (Some(id), _) => ("/enterprise_id", parties::find_enterprise(cx.conn, id)?),
        (None, Some(code)) => match CreditCode::parse(code) {
            Ok(code) => ("/credit_code", parties::find_enterprise_by_code(cx.conn, code.as_str())?),
            Err(fault) => {
                faults.add("/credit_code", FieldCode::Format, fault.say());
                return Ok(None);
            }
        },
        (None, None) => return Ok(None),
    };
    if found.is_none() {
        faults.add(pointer, FieldCode::NotExisting, say!("该企业未登记", "no such enterprise is on record"));
    }
    Ok(found)
}

/// By number whoever it is; by id within the caller's reach, so that ids tell a bank nothing about talents of others.
fn find_person(
    cx: &mut Cx,
    keys: &KeyRing,
    body: &CreateLoanBody,
    faults: &mut Faults,
) -> Result<Option<Talent>, AppError> {
    let (pointer, found) = match (&body.talent_id, &body.id_number) {
        (Some(id), _) => {
            let reach = reach(cx);
            match talents_db::find_visible_talent(cx.conn, &reach, id) {
                Err(diesel::result::Error::NotFound) => ("/talent_id", None),
                other => ("/talent_id", Some(other?)),
            }
        }
        (None, Some(text)) => {
            let document = body.id_document.unwrap_or(IdDocument::ResidentId);
            let Some(number) = talents::read_number(faults, cx, document, text) else { return Ok(None) };
            ("/id_number", talents::find_by_number(cx, keys, &number)?)
        }
        (None, None) => return Ok(None),
    };
    if found.is_none() {
        faults.add(pointer, FieldCode::NotExisting, say!("该人才未登记", "no such talent is on record"));
    }
    Ok(found)
}
