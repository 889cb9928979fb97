use super::filing::Desk;
use super::imports::{Import, header_faults, table_fault};
use super::loans;
use crate::error::{AppError, Code, FieldCode, FieldError};
use crate::platform::door::Cx;
use crate::platform::keys::KeyRing;
use crate::platform::table_file::read_table;
use crate::say;
use crate::talent_loans::db::loans as db;
use crate::talent_loans::model::*;
use crate::talent_loans::rules::loan_rows::read_loan_rows;

/// Files a bank's list of loans, all or nothing. A contract on record that says the same is left as it is; one that differs is
/// rejected, for what was agreed changes by entries of the ledger only. So nothing is ever `updated`.
pub fn import_loans(
    cx: &mut Cx,
    keys: &KeyRing,
    bytes: &[u8],
    max_rows: usize,
    bank: Option<&BankId>,
    import: Import,
) -> Result<ImportSummary, AppError> {
    let desk = Desk::open(cx, bank)?;
    let table = match read_table(bytes, max_rows) {
        Ok(table) => table,
        Err(fault) => return import.rejected(cx, 0, table_fault(fault)),
    };
    let read = table.rows.len();
    let mut rows = match read_loan_rows(&table) {
        Ok(rows) => rows,
        Err(faults) => return import.rejected(cx, read, header_faults(faults)),
    };
    let (mut fresh, mut unchanged, mut faults) = (Vec::new(), 0, std::mem::take(&mut rows.faults));
    for (row, body) in &rows.rows {
        let refused = match desk.prepare(cx, keys, body) {
            Ok(loan) => match db::find_by_contract(cx.conn, &desk.bank().id, &loan.contract_no)? {
                None => {
                    fresh.push(loan);
                    continue;
                }
                Some(known) if says_the_same(&known, &loan) => {
                    unchanged += 1;
                    continue;
                }
                Some(_) => vec![other_terms()],
            },
            Err(e) if e.code == Code::InvalidFields => e.fields,
            Err(e) => return Err(e),
        };
        faults.extend(refused.into_iter().map(|fault| rows.place(row.number, fault)));
    }
    if !faults.is_empty() {
        return import.rejected(cx, read, faults);
    }
    let created = fresh.len();
    for loan in fresh.into_iter().filter(|_| import == Import::Write) {
        loans::register(cx, loan)?;
    }
    Ok(ImportSummary { read, created, unchanged, ..ImportSummary::default() })
}

fn other_terms() -> FieldError {
    FieldError {
        pointer: "/contract_no".into(),
        code: FieldCode::Duplicate.as_str().into(),
        say: say!(
            "该合同已登记且内容不同，登记后的变更请记入台账",
            "the contract is on record with other terms; changes go into its ledger"
        ),
    }
}

fn says_the_same(known: &Loan, loan: &Loan) -> bool {
    let terms = |l: &Loan| {
        (
            (l.enterprise_id.clone(), l.talent_id.clone(), l.principal_fen, l.day_basis, l.pricing()),
            (l.signed_on, l.matures_on, l.purpose, l.purpose_note.clone()),
        )
    };
    terms(known) == terms(loan)
}
