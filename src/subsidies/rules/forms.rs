//! What a claim must contain to be handed in. Everything that is missing is named at once.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::error::{AppError, Code, Faults, FieldCode};
use crate::say;
use crate::subsidies::model::*;

const TEXT_MAX: usize = 2_000;

/// A draft may lack anything, but what is there fits.
pub fn check_draft(faults: &mut Faults, form: &SubsidyForm) {
    for (kind, text) in &form.evidence {
        faults.text(&format!("/form/evidence/{kind}"), text, 0, TEXT_MAX);
    }
    faults.text("/form/account/holder", &form.account.holder, 0, 200);
    faults.text("/form/account/bank_name", &form.account.bank_name, 0, 200);
    faults.text("/form/contact_name", &form.contact_name, 0, 100);
    faults.text("/form/contact_mobile", &form.contact_mobile, 0, 30);
}

/// Evidence, promises, account and contact. Evidence is a file of its kind, or words that say where it is.
pub fn check_complete(faults: &mut Faults, form: &SubsidyForm, files: &BTreeSet<EvidenceKind>) {
    check_draft(faults, form);
    for kind in EvidenceKind::ALL.iter().filter(|kind| **kind != EvidenceKind::Other) {
        let said = form.evidence.get(kind).is_some_and(|text| !text.trim().is_empty());
        if !said && !files.contains(kind) {
            faults.plain(format!("/form/evidence/{kind}"), FieldCode::Required);
        }
    }
    let given: BTreeSet<_> = form.promises.iter().collect();
    for promise in Promise::ALL.iter().filter(|promise| !given.contains(promise)) {
        let said = say!("须作出承诺：{promise}", "the promise {promise} is required");
        faults.add("/form/promises", FieldCode::Required, said);
    }
    check_account(faults, "/form/account", &form.account);
    faults.text("/form/contact_name", &form.contact_name, 2, 100);
    faults.text("/form/contact_mobile", &form.contact_mobile, 7, 30);
}

pub fn check_account(faults: &mut Faults, at: &str, account: &PayeeAccount) {
    faults.text(&format!("{at}/holder"), &account.holder, 2, 200);
    faults.text(&format!("{at}/bank_name"), &account.bank_name, 2, 200);
    let digits = |text: &str| text.chars().all(|c| c.is_ascii_digit());
    let number = plain_number(&account.number);
    if !(5..=30).contains(&number.len()) || !digits(&number) {
        faults.add(format!("{at}/number"), FieldCode::Format, say!("账号为 5 至 30 位数字", "is 5 to 30 digits"));
    }
    if account.cnaps_code.len() != 12 || !digits(&account.cnaps_code) {
        faults.add(format!("{at}/cnaps_code"), FieldCode::Format, say!("行号为 12 位数字", "is 12 digits"));
    }
}

/// Without the spaces and hyphens people write.
pub fn plain_number(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && *c != '-').collect()
}

/// The green threshold (绿色门槛): every item answered, none with no. All that stands in the way is named.
pub fn check_green(form: &SubsidyForm) -> Result<(), AppError> {
    let mut faults = Faults::default();
    for item in GreenItem::ALL {
        let label = item.label();
        let (zh, en) = (label.zh, label.en);
        match form.green.get(item) {
            Some(GreenAnswer::Yes | GreenAnswer::NotApplicable) => {}
            Some(GreenAnswer::No) => {
                let said = say!("未达到：{zh}", "is not met: {en}");
                faults.add(format!("/form/green/{item}"), FieldCode::NotAllowed, said);
            }
            None => {
                faults.add(format!("/form/green/{item}"), FieldCode::Required, say!("未填写：{zh}", "is missing: {en}"))
            }
        }
    }
    faults.done().map_err(|e| AppError { code: Code::GreenThreshold, ..e })
}

/// Settlements of the interest: on days the interest was due by, none twice, none negative.
pub fn check_receipts(faults: &mut Faults, receipts: &[InterestReceipt], from: NaiveDate, today: NaiveDate) {
    const MOST: usize = 60;
    const MONEY_MAX: i64 = 1_000_000_000_000_000;
    if receipts.len() > MOST {
        faults.add("/receipts", FieldCode::TooLong, say!("最多 {MOST} 笔", "takes at most {MOST}"));
    }
    let mut days = BTreeSet::new();
    for (i, receipt) in receipts.iter().enumerate() {
        faults.range(&format!("/receipts/{i}/amount_fen"), receipt.amount_fen, 0, MONEY_MAX);
        let at = format!("/receipts/{i}/settled_on");
        if receipt.settled_on > today {
            faults.plain(at.clone(), FieldCode::InTheFuture);
        }
        if receipt.settled_on < from {
            let said = say!("早于计息期 {from}", "lies before the interest period, {from}");
            faults.add(at.clone(), FieldCode::OutOfRange, said);
        }
        if !days.insert(receipt.settled_on) {
            faults.plain(at, FieldCode::Duplicate);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn full() -> SubsidyForm {
        let kinds = EvidenceKind::ALL.iter().map(|kind| (*kind, "档案室 3 号柜".to_owned()));
        SubsidyForm {
            evidence: kinds.collect(),
            promises: Promise::ALL.to_vec(),
            green: GreenItem::ALL.iter().map(|item| (*item, GreenAnswer::Yes)).collect(),
            account: PayeeAccount {
                holder: "青岛示例公司".into(),
                number: "3802 0000-1234".into(),
                bank_name: "示例银行".into(),
                cnaps_code: "313452060150".into(),
            },
            contact_name: "王敏".into(),
            contact_mobile: "13800000000".into(),
        }
    }

    fn missing(form: &SubsidyForm) -> Vec<String> {
        let mut faults = Faults::default();
        check_complete(&mut faults, form, &BTreeSet::new());
        faults.done().err().map(|e| e.fields.into_iter().map(|f| f.pointer).collect()).unwrap_or_default()
    }

    #[test]
    fn a_complete_form_passes_and_an_empty_one_names_everything() {
        assert_eq!(missing(&full()), Vec::<String>::new());
        let empty = missing(&SubsidyForm::default());
        let count = |start: &str| empty.iter().filter(|p| p.starts_with(start)).count();
        assert_eq!((count("/form/evidence/"), count("/form/promises"), count("/form/account/")), (5, 4, 4));
        assert_eq!((count("/form/contact_"), empty.len()), (2, 15));
    }

    #[test]
    fn evidence_is_a_file_or_words_and_other_evidence_is_nobody_s_duty() {
        let mut form = full();
        form.evidence.clear();
        let files = EvidenceKind::ALL.iter().copied().filter(|kind| *kind != EvidenceKind::UseOfFunds).collect();
        let mut faults = Faults::default();
        check_complete(&mut faults, &form, &files);
        let named: Vec<_> = faults.done().unwrap_err().fields.into_iter().map(|f| f.pointer).collect();
        assert_eq!(named, ["/form/evidence/use_of_funds"]);
    }

    #[test]
    fn an_account_is_digits_and_a_bank_code_twelve_of_them() {
        for (number, code, wrong) in [
            ("3802 0000-1234", "313452060150", vec![]),
            ("38O2", "313452060150", vec!["/form/account/number"]),
            ("38020000", "31345206015", vec!["/form/account/cnaps_code"]),
        ] {
            let mut form = full();
            (form.account.number, form.account.cnaps_code) = (number.into(), code.into());
            assert_eq!(missing(&form), wrong, "{number}");
        }
    }

    #[test]
    fn the_green_threshold_wants_every_answer_and_no_no() {
        let mut form = full();
        form.green.insert(GreenItem::DischargePermit, GreenAnswer::NotApplicable);
        assert!(check_green(&form).is_ok());
        form.green.insert(GreenItem::Record, GreenAnswer::No);
        form.green.remove(&GreenItem::Energy);
        let refused = check_green(&form).expect_err("not met");
        let named: Vec<_> = refused.fields.iter().map(|f| (f.pointer.as_str(), f.code.as_str())).collect();
        assert_eq!(refused.code, Code::GreenThreshold);
        assert_eq!(named, [("/form/green/record", "not_allowed"), ("/form/green/energy", "required")]);
    }

    #[test]
    fn receipts_are_of_past_days_of_the_period_and_each_once() {
        let on = |text: &str| text.parse().expect("a date");
        let receipt = |day: &str, amount_fen| InterestReceipt { settled_on: on(day), amount_fen };
        let mut faults = Faults::default();
        let receipts =
            [receipt("2025-12-20", 1), receipt("2026-03-21", -1), receipt("2026-03-21", 1), receipt("2027-02-02", 1)];
        check_receipts(&mut faults, &receipts, on("2025-12-21"), on("2027-02-01"));
        let found: Vec<_> =
            faults.done().expect_err("faults").fields.into_iter().map(|f| (f.pointer, f.code)).collect();
        let expected = [
            ("/receipts/0/settled_on", "out_of_range"),
            ("/receipts/1/amount_fen", "out_of_range"),
            ("/receipts/2/settled_on", "duplicate"),
            ("/receipts/3/settled_on", "in_the_future"),
        ];
        assert_eq!(found, expected.map(|(p, c)| (p.to_owned(), c.to_owned())));
    }
}
