//! Writing a loan's ledger, and what the loan's row keeps of it.

use chrono::NaiveDate;

use super::filing::cover;
use super::loans::subject;
use crate::error::{AppError, Refusal};
use crate::platform::door::Cx;
use crate::platform::trail::{Changes, Event};
use crate::talent_loans::db::{entries, loans};
use crate::talent_loans::model::*;
use crate::talent_loans::rules::ledger::{Posting, Standing, Terms, history, in_force, standing};

/// All entries of one loan.
pub struct Ledger(Vec<LoanEntry>);

/// An entry before it has its place.
pub struct Draft {
    pub kind: EntryKind,
    pub effective_on: NaiveDate,
    pub amount_fen: Option<i64>,
    pub rate_ppm: Option<i64>,
    pub class: Option<LoanClass>,
    pub matures_on: Option<NaiveDate>,
    pub reverses_id: Option<LoanEntryId>,
    pub note: Option<String>,
}

impl Draft {
    pub fn new(kind: EntryKind, effective_on: NaiveDate) -> Self {
        Self {
            kind,
            effective_on,
            amount_fen: None,
            rate_ppm: None,
            class: None,
            matures_on: None,
            reverses_id: None,
            note: None,
        }
    }
}

impl Ledger {
    /// Reads the ledger and holds the loan's row against it.
    pub fn of(cx: &mut Cx, loan: &Loan) -> Result<Self, AppError> {
        let ledger = Self(entries::list_ledger(cx.conn, &loan.id)?);
        let mut derived = loan.clone();
        derived.project(&ledger.standing(loan)?, ledger.0.len() as i64);
        if derived.derived() != loan.derived() {
            return Err(AppError::internal(format!("loan {} differs from its ledger", loan.id)));
        }
        Ok(ledger)
    }

    pub fn find(&self, id: &LoanEntryId) -> Option<&LoanEntry> {
        self.0.iter().find(|entry| entry.id == *id)
    }

    pub fn is_reversed(&self, id: &LoanEntryId) -> bool {
        self.0.iter().any(|entry| entry.reverses_id.as_ref() == Some(id))
    }

    pub fn postings(&self) -> Result<Vec<Posting>, AppError> {
        in_force(&self.0)
    }

    pub fn standing(&self, loan: &Loan) -> Result<Standing, AppError> {
        standing(&Terms::from(loan), &self.postings()?).map_err(|conflict| Refusal::from(conflict).into())
    }

    pub fn segments(&self, loan: &Loan, from: Option<NaiveDate>, to: NaiveDate) -> Result<LoanSegmentsView, AppError> {
        let history = history(&Terms::from(loan), &self.postings()?, from, to).map_err(Refusal::from)?;
        Ok(LoanSegmentsView {
            loan_id: loan.id.clone(),
            first_drawdown: loan.first_drawdown_on,
            segments: history.segments,
            overdue: history.overdue,
            extended: history.extended,
        })
    }

    /// Writes further entries, if the ledger as a whole can be with them.
    ///
    /// # Errors
    /// `ledger_refused`, naming the first entry that cannot be.
    pub fn post(mut self, cx: &mut Cx, old: Loan, drafts: Vec<Draft>) -> Result<Loan, AppError> {
        let known = self.0.len();
        for draft in drafts {
            let entry = LoanEntry {
                id: cx.id(),
                loan_id: old.id.clone(),
                seq: self.0.len() as i64 + 1,
                kind: draft.kind,
                effective_on: draft.effective_on,
                amount_fen: draft.amount_fen,
                rate_ppm: draft.rate_ppm,
                class: draft.class,
                matures_on: draft.matures_on,
                reverses_id: draft.reverses_id,
                note: draft.note,
                created_by: cx.actor.label(),
                created_at: cx.now,
            };
            self.0.push(entry);
        }
        let mut loan = old.clone();
        loan.project(&self.standing(&old)?, self.0.len() as i64);
        if loan.state.takes_cover() && !old.state.takes_cover() {
            // While it was settled, others may have taken up what it had.
            loan.covered_fen = loan.covered_fen.min(cover(cx, &loan)?);
        }
        loan.updated_at = cx.now;
        loan.version += 1;
        for entry in &self.0[known..] {
            entries::insert_entry(cx.conn, entry)?;
            cx.record(event(&old, entry));
        }
        loans::update_loan(cx.conn, &loan)?;
        if (old.state, old.covered_fen) != (loan.state, loan.covered_fen) {
            let changes = Changes::default().field("covered_fen", old.covered_fen, loan.covered_fen);
            cx.record(Event::on(subject(&loan.id)).moved(old.state, loan.state).changes(changes));
        }
        Ok(loan)
    }
}

fn event(loan: &Loan, entry: &LoanEntry) -> Event {
    let changes = Changes::default()
        .set("entry_id", &entry.id)
        .set("seq", entry.seq)
        .set("kind", entry.kind)
        .set("effective_on", entry.effective_on)
        .set("amount_fen", entry.amount_fen)
        .set("rate_ppm", entry.rate_ppm)
        .set("class", entry.class)
        .set("matures_on", entry.matures_on)
        .set("reverses_id", &entry.reverses_id);
    let event = Event::on(subject(&loan.id)).changes(changes);
    match &entry.note {
        Some(note) => event.reason(note),
        None => event,
    }
}

impl Loan {
    /// Takes over what follows from the ledger; that a loan was cancelled does not.
    fn project(&mut self, standing: &Standing, last_seq: i64) {
        if self.state != LoanState::Cancelled {
            self.state = standing.state();
        }
        self.balance_fen = standing.balance_fen;
        self.class = standing.class;
        self.due_on = standing.due_on;
        self.overdue_since = standing.overdue_since;
        self.first_drawdown_on = standing.first_drawdown;
        self.last_seq = last_seq;
    }

    fn derived(&self) -> impl PartialEq {
        let dates = (self.due_on, self.overdue_since, self.first_drawdown_on);
        (self.state, self.balance_fen, self.class, dates, self.last_seq)
    }
}
