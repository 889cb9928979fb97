//! What a loan must be to be filed. Everything is looked at, so that a clerk corrects it once.

use chrono::NaiveDate;

use super::repricing::with_spread;
use crate::enterprises::model::{Enterprise, EnterpriseStatus};
use crate::error::{Faults, FieldCode};
use crate::platform::money::percent_text;
use crate::say;
use crate::talent_loans::model::*;
use crate::talent_loans::scheme::Scheme;

/// 100 billion yuan: beyond it somebody slipped a digit.
const MAX_PRINCIPAL_FEN: i64 = 10_000_000_000_000;
/// The highest rate of a year that is taken for a rate and not for a slip of the decimal point.
const MAX_RATE_PPM: i64 = 360_000;
const MAX_SPREAD_BP: i64 = 3_600;
/// Thirty years of months.
const MAX_INSTALMENTS: usize = 360;

/// What is on record about the parties of a loan. What was looked for and not found is a fault already.
#[derive(Debug, Default)]
pub struct FilingFacts<'a> {
    pub scheme: Option<&'a Scheme>,
    pub enterprise: Option<&'a Enterprise>,
    pub talent: Option<&'a Talent>,
    /// Of the talent.
    pub employments: &'a [Employment],
    /// In force on the day of signing, for the tenor the rate is held against.
    pub lpr: Option<LprRateView>,
}

/// The values by themselves. `today` is the business day.
pub fn check_values(body: &CreateLoanBody, today: NaiveDate, faults: &mut Faults) {
    faults.text("/contract_no", &body.contract_no, 1, 100);
    if let Some(note) = &body.purpose_note {
        faults.text("/purpose_note", note, 0, 500);
    }
    for (pointer, given) in [
        ("/enterprise_id", (body.enterprise_id.is_some(), body.credit_code.is_some())),
        ("/talent_id", (body.talent_id.is_some(), body.id_number.is_some())),
    ] {
        match given {
            (false, false) => faults.plain(pointer, FieldCode::Required),
            (true, true) => faults.add(
                pointer,
                FieldCode::NotAllowed,
                say!("请只用一种方式指明", "is named in two ways: keep one of them"),
            ),
            _ => {}
        }
    }
    faults.range("/principal_fen", body.principal_fen, 1, MAX_PRINCIPAL_FEN);
    if let Some(currency) = body.currency.as_deref().filter(|currency| *currency != "CNY") {
        faults.add(
            "/currency",
            FieldCode::Unknown,
            say!("仅支持人民币（CNY），不支持 {currency}", "only CNY is covered, not {currency}"),
        );
    }
    match body.pricing {
        Pricing::Fixed { rate_ppm } => faults.range("/pricing/rate_ppm", rate_ppm, 0, MAX_RATE_PPM),
        Pricing::Lpr { spread_bp, .. } => faults.range("/pricing/spread_bp", spread_bp, -MAX_SPREAD_BP, MAX_SPREAD_BP),
    }
    if body.signed_on > today {
        faults.plain("/signed_on", FieldCode::InTheFuture);
    }
    if body.matures_on <= body.signed_on {
        faults.add("/matures_on", FieldCode::DateOrder, say!("须晚于签约日", "lies after the day of signing"));
    }
    check_instalments(body, faults);
}

/// In order, between signing and maturity, and together no more than the principal.
fn check_instalments(body: &CreateLoanBody, faults: &mut Faults) {
    if body.instalments.len() > MAX_INSTALMENTS {
        let said = say!("最多 {MAX_INSTALMENTS} 期", "takes at most {MAX_INSTALMENTS}");
        return faults.add("/instalments", FieldCode::TooLong, said);
    }
    let mut before = body.signed_on;
    let mut left = body.principal_fen;
    for (i, instalment) in body.instalments.iter().enumerate() {
        let due_on = instalment.due_on;
        if due_on <= before || due_on > body.matures_on {
            let said =
                say!("须按日期先后，晚于签约日且不晚于到期日", "follow one another after signing, up to maturity");
            faults.add(format!("/instalments/{i}/due_on"), FieldCode::DateOrder, said);
        }
        faults.range(&format!("/instalments/{i}/amount_fen"), instalment.amount_fen, 1, left.max(1));
        before = due_on;
        left -= instalment.amount_fen.clamp(0, left.max(0));
    }
}

/// The rate agreed, and the loan prime rate it was held against.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AgreedRate {
    pub rate_ppm: i64,
    pub lpr: LprRateView,
}

/// The values against what is on record: a borrower that is active, a talent of the scheme linked to it on the day of signing, a
/// rate below the ceiling. `None` only beside a fault.
pub fn check_facts(body: &CreateLoanBody, facts: &FilingFacts, faults: &mut Faults) -> Option<AgreedRate> {
    let on = body.signed_on;
    let borrower = if body.enterprise_id.is_some() { "/enterprise_id" } else { "/credit_code" };
    let person = if body.talent_id.is_some() { "/talent_id" } else { "/id_number" };
    if facts.enterprise.is_some_and(|enterprise| enterprise.status != EnterpriseStatus::Active) {
        let say = say!("企业已迁出或注销", "the enterprise moved out or was deregistered");
        faults.add(borrower, FieldCode::NotAllowed, say);
    }
    if let Some(talent) = facts.talent {
        let until = talent.valid_to;
        if until < on {
            let say = say!("人才资格已于 {until} 到期", "the qualification ended on {until}");
            faults.add(person, FieldCode::NotQualified, say);
        }
        if facts.scheme.is_some_and(|scheme| !scheme.eligibility.grades.contains(&talent.grade)) {
            let grade = talent.grade;
            faults.add(
                person,
                FieldCode::NotQualified,
                say!("方案不含 {grade} 类人才", "grade {grade} is not one of the scheme"),
            );
        }
    }
    if let (Some(enterprise), Some(_)) = (facts.enterprise, facts.talent) {
        let linked = |e: &Employment| {
            e.enterprise_id == enterprise.id && e.since <= on && e.until.is_none_or(|until| until >= on)
        };
        if !facts.employments.iter().any(linked) {
            faults.add(
                person,
                FieldCode::NotLinked,
                say!("签约日 {on} 与借款企业无有效关联", "is not linked to the borrower on the day of signing, {on}"),
            );
        }
    }
    let eligibility = facts.scheme.map(|scheme| &scheme.eligibility);
    if eligibility.is_some_and(|eligibility| !eligibility.purposes.contains(&body.purpose)) {
        let purpose = body.purpose;
        faults.add(
            "/purpose",
            FieldCode::NotAllowed,
            say!("方案不支持该用途（{purpose}）", "{purpose} is no purpose of the scheme"),
        );
    }
    let Some(lpr) = facts.lpr else {
        faults.plain("/signed_on", FieldCode::NoLpr);
        return None;
    };
    let (rate_ppm, pointer) = match body.pricing {
        Pricing::Fixed { rate_ppm } => (rate_ppm, "/pricing/rate_ppm"),
        Pricing::Lpr { spread_bp, .. } => (with_spread(lpr.rate_ppm, spread_bp), "/pricing/spread_bp"),
    };
    if let Some(bp) = eligibility.map(|eligibility| eligibility.rate_ceiling_bp) {
        let (ceiling, prime) = (with_spread(lpr.rate_ppm, bp), lpr.rate_ppm);
        if rate_ppm > ceiling {
            faults.add(
                pointer,
                FieldCode::AboveCeiling,
                say!(
                    "签约利率 {0} 超过上限 {1}（LPR {2} + {bp} BP）",
                    "the rate of {0} is above the ceiling of {1} (LPR {2} + {bp} bp)",
                    percent_text(rate_ppm),
                    percent_text(ceiling),
                    percent_text(prime)
                ),
            );
        }
    }
    Some(AgreedRate { rate_ppm, lpr })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::AppError;
    use crate::platform::types::Stamp;
    use crate::talent_loans::scheme::shipped;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn body() -> CreateLoanBody {
        CreateLoanBody {
            bank_id: None,
            contract_no: "C-1".into(),
            enterprise_id: Some(crate::enterprises::model::EnterpriseId("e".into())),
            credit_code: None,
            talent_id: Some(TalentId("t".into())),
            id_document: None,
            id_number: None,
            scheme_id: None,
            principal_fen: 100,
            currency: None,
            day_basis: None,
            pricing: Pricing::Fixed { rate_ppm: 38_000 },
            signed_on: day("2026-03-02"),
            matures_on: day("2027-03-02"),
            purpose: LoanPurpose::Research,
            purpose_note: None,
            instalments: Vec::new(),
        }
    }

    fn talent() -> Talent {
        let at = Stamp::new(chrono::DateTime::UNIX_EPOCH);
        Talent {
            id: TalentId("t".into()),
            name: "n".into(),
            grade: QualifyingGrade::B,
            programme: "p".into(),
            valid_to: day("2026-03-02"),
            id_document: IdDocument::Passport,
            id_sealed: String::new(),
            id_index: String::new(),
            id_masked: String::new(),
            created_by: String::new(),
            created_at: at,
            updated_at: at,
            version: 1,
        }
    }

    fn codes(faults: Faults) -> Vec<(String, String)> {
        let fields = faults.done().err().map_or(vec![], |e: AppError| e.fields);
        fields.into_iter().map(|fault| (fault.pointer, fault.code)).collect()
    }

    #[test]
    fn a_rate_up_to_the_ceiling_is_agreed() {
        let lpr = LprRateView { published_on: day("2026-02-20"), tenor: LprTenor::OneYear, rate_ppm: 30_000 };
        let spread = |spread_bp| Pricing::Lpr { tenor: LprTenor::OneYear, spread_bp, repricing: Repricing::Yearly };
        for (pricing, rate_ppm, fault) in [
            (Pricing::Fixed { rate_ppm: 38_000 }, 38_000, None),
            (Pricing::Fixed { rate_ppm: 38_001 }, 38_001, Some("/pricing/rate_ppm")),
            (spread(80), 38_000, None),
            (spread(81), 38_100, Some("/pricing/spread_bp")),
            (spread(-20), 28_000, None),
        ] {
            let mut faults = Faults::default();
            let facts = FilingFacts { scheme: Some(shipped()), lpr: Some(lpr), ..Default::default() };
            let agreed = check_facts(&CreateLoanBody { pricing, ..body() }, &facts, &mut faults);
            assert_eq!(agreed, Some(AgreedRate { rate_ppm, lpr }));
            let expected = fault.map(|pointer| (pointer.to_owned(), "above_ceiling".to_owned()));
            assert_eq!(codes(faults), Vec::from_iter(expected));
        }
    }

    #[test]
    fn a_talent_qualifies_to_the_last_day_and_by_a_grade_of_the_scheme() {
        let mut scheme = shipped().clone();
        scheme.eligibility.grades = vec![QualifyingGrade::A];
        let late = Talent { valid_to: day("2026-03-01"), ..talent() };
        for (scheme, talent, count) in [(shipped(), &talent(), 0), (shipped(), &late, 1), (&scheme, &late, 2)] {
            let mut faults = Faults::default();
            let facts = FilingFacts { scheme: Some(scheme), talent: Some(talent), ..Default::default() };
            check_facts(&body(), &facts, &mut faults);
            let expected = vec![("/talent_id".to_owned(), "not_qualified".to_owned()); count];
            assert_eq!(codes(faults), [expected, vec![("/signed_on".into(), "no_lpr".into())]].concat());
        }
    }

    #[test]
    fn instalments_follow_one_another_and_never_exceed_the_principal() {
        let on = |text: &str, amount_fen| Instalment { due_on: day(text), amount_fen };
        for (instalments, wrong) in [
            (vec![on("2026-06-02", 40), on("2027-03-02", 60)], vec![]),
            (
                vec![on("2026-06-02", 40), on("2026-06-02", 61)],
                vec![("/instalments/1/due_on", "date_order"), ("/instalments/1/amount_fen", "out_of_range")],
            ),
            (
                vec![on("2026-03-02", 0)],
                vec![("/instalments/0/due_on", "date_order"), ("/instalments/0/amount_fen", "out_of_range")],
            ),
            (vec![on("2027-03-03", 100)], vec![("/instalments/0/due_on", "date_order")]),
            (vec![on("2026-06-02", 1); 361], vec![("/instalments", "too_long")]),
        ] {
            let mut faults = Faults::default();
            let filing = CreateLoanBody { talent_id: None, id_number: Some("x".into()), instalments, ..body() };
            check_values(&filing, day("2026-03-02"), &mut faults);
            let wrong: Vec<_> = wrong.into_iter().map(|(p, c): (&str, &str)| (p.to_owned(), c.to_owned())).collect();
            assert_eq!(codes(faults), wrong);
        }
    }

    #[test]
    fn all_values_are_looked_at() {
        let mut faults = Faults::default();
        let wrong = CreateLoanBody {
            contract_no: " ".into(),
            credit_code: Some("x".into()),
            talent_id: None,
            principal_fen: -5,
            currency: Some("USD".into()),
            pricing: Pricing::Fixed { rate_ppm: 3_450_000 },
            signed_on: day("2026-03-03"),
            matures_on: day("2026-03-03"),
            ..body()
        };
        check_values(&wrong, day("2026-03-02"), &mut faults);
        let expected = [
            ("/contract_no", "required"),
            ("/enterprise_id", "not_allowed"),
            ("/talent_id", "required"),
            ("/principal_fen", "out_of_range"),
            ("/currency", "unknown"),
            ("/pricing/rate_ppm", "out_of_range"),
            ("/signed_on", "in_the_future"),
            ("/matures_on", "date_order"),
        ];
        assert_eq!(codes(faults), expected.map(|(pointer, code)| (pointer.to_owned(), code.to_owned())));
    }
}
