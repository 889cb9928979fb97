use chrono::{Duration, NaiveDate};
use std::collections::BTreeMap;

use super::db;
use crate::error::{AppError, Code, Faults, FieldCode};
use crate::platform::door::Cx;
use crate::platform::trail::{Changes, Event, Subject};
use crate::reconciliation::model::*;
use crate::reconciliation::rules::matching::reconcile;
use crate::say;

const LONGEST_DAYS: i64 = 400;
/// A transfer may be booked at the bank in another month than in the books: both are looked for so far beyond the days asked for.
const MARGIN_DAYS: i64 = 31;

pub fn reconcile_account(cx: &mut Cx, params: &ReconciliationParams) -> Result<ReconciliationView, AppError> {
    let mut faults = Faults::default();
    if params.to < params.from {
        faults.plain("to", FieldCode::DateOrder);
    } else if (params.to - params.from).num_days() > LONGEST_DAYS {
        let said = say!("最多 {LONGEST_DAYS} 天", "takes at most {LONGEST_DAYS} days");
        faults.add("to", FieldCode::OutOfRange, said);
    }
    faults.done()?;
    compare(cx, params.account, params.from, params.to)
}

pub(super) fn compare(
    cx: &mut Cx,
    account: MoneyAccount,
    from: NaiveDate,
    to: NaiveDate,
) -> Result<ReconciliationView, AppError> {
    let margin = Duration::days(MARGIN_DAYS);
    let lines = db::list_lines(cx.conn, account, from - margin, to + margin)?;
    let entries = db::list_entries(cx.conn, account, from - margin, to + margin)?;
    let open = match account {
        MoneyAccount::Subsidy => db::list_open_payments(cx.conn)?,
        MoneyAccount::Pool => Vec::new(),
    };
    let within = |day: NaiveDate| (from..=to).contains(&day);
    let outcome = reconcile(&lines, &entries, &open);
    let touches = |d: &BookDifference| {
        d.line.as_ref().is_some_and(|line| within(line.booked_on)) || d.entry.as_ref().is_some_and(|e| within(e.on))
    };
    let mut differences: Vec<BookDifference> = outcome.differences.into_iter().filter(touches).collect();
    explain(cx, &mut differences)?;
    let differing: Vec<&str> = differences
        .iter()
        .filter(|d| d.entry.is_some() && d.line.is_some())
        .filter_map(|d| d.line.as_ref().map(|line| line.id.as_str()))
        .collect();
    let unmatched = |line: &&StatementLine| {
        differing.contains(&line.id.as_str())
            || differences.iter().any(|d| d.line.as_ref().is_some_and(|other| other.id == line.id))
    };
    let lines: Vec<&StatementLine> = lines.iter().filter(|line| within(line.booked_on)).collect();
    let entries: Vec<&BookEntry> = entries.iter().filter(|entry| within(entry.on)).collect();
    let bank = |d: Direction| lines.iter().filter(|l| l.direction == d).map(|l| l.amount_fen).sum();
    let books = |d: Direction| entries.iter().filter(|e| e.direction == d).map(|e| e.amount_fen).sum();
    Ok(ReconciliationView {
        account,
        from,
        to,
        lines: lines.len() as i64,
        entries: entries.len() as i64,
        matched: lines.iter().filter(|line| !unmatched(line)).count() as i64,
        bank_in_fen: bank(Direction::In),
        bank_out_fen: bank(Direction::Out),
        books_in_fen: books(Direction::In),
        books_out_fen: books(Direction::Out),
        open: differences.iter().filter(|d| d.explained.is_none()).count() as i64,
        differences,
    })
}

fn explain(cx: &mut Cx, differences: &mut [BookDifference]) -> Result<(), AppError> {
    let mut known: BTreeMap<String, ExplanationView> = BTreeMap::new();
    let keys: Vec<String> = differences.iter().map(|d| d.key.clone()).collect();
    for piece in keys.chunks(500) {
        let piece: Vec<&str> = piece.iter().map(String::as_str).collect();
        for row in db::list_explanations(cx.conn, &piece)? {
            let view = ExplanationView { reason: row.reason, explained_by: row.explained_by, at: row.at };
            known.insert(row.difference, view);
        }
    }
    for difference in differences {
        difference.explained = known.remove(&difference.key);
    }
    Ok(())
}

/// Says why a difference is as it should be. Whoever recorded the payment may say so too; who said what stays on record.
pub fn explain_difference(cx: &mut Cx, body: &ExplainDifferenceBody) -> Result<ReconciliationView, AppError> {
    let mut faults = Faults::default();
    faults.text("/reason", &body.reason, 2, 2_000);
    faults.done()?;
    let params = ReconciliationParams { account: body.account, from: body.from, to: body.to };
    let found = reconcile_account(cx, &params)?.differences.into_iter().find(|d| d.key == body.key);
    match found {
        None => return Err(AppError::field("/key", FieldCode::NotExisting, FieldCode::NotExisting.title())),
        Some(BookDifference { explained: Some(_), .. }) => return Err(AppError::new(Code::AlreadyExists)),
        Some(_) => {}
    }
    let row = Explanation {
        difference: body.key.clone(),
        account: body.account,
        reason: body.reason.trim().to_owned(),
        explained_by: cx.actor.label(),
        at: cx.now,
    };
    db::insert_explanation(cx.conn, &row)?;
    let subject = Subject::new("bank_statement", body.account);
    let changes = Changes::default().set("difference", &row.difference);
    cx.record(Event::on(subject).to("explained").reason(&row.reason).changes(changes));
    reconcile_account(cx, &params)
}
