//! What a made-up firm states in its application.

use chrono::{Datelike, NaiveDate};
use serde_json::{Value, json};

use super::firms::Firm;
use crate::programme::model::Tier;

const MILLION: i128 = 1_000_000;

/// Annual figures of a firm `back` years before `base_year`, consistent with its growth.
pub fn year(firm: &Firm, back: u32) -> Value {
    let mut revenue = i128::from(firm.revenue_fen);
    for _ in 1..back {
        revenue = revenue * MILLION / (MILLION + i128::from(firm.growth_ppm));
    }
    let share = |ppm: i128| (revenue * ppm / MILLION) as i64;
    let staff = firm.staff - i64::from(back - 1) * firm.staff / 8;
    json!({
        "revenue": share(MILLION),
        "main_revenue": share(930_000),
        "rd_expense": share(i128::from(firm.rd_ppm)),
        "net_profit": share(60_000),
        "total_assets": share(1_200_000),
        "total_liabilities": share(520_000),
        "net_assets": share(680_000),
        "tax_paid": share(42_000),
        "local_purchase": share(150_000),
        "equity_new": if firm.fit == Tier::Seed && back == 1 { 500_000_000 } else { 0 },
        "staff": staff,
        "tech_staff": staff * 2 / 5,
        "rd_staff": staff * 3 / 10,
    })
}

/// The form of an application to a round of `base_year`, complete.
pub fn form(firm: &Firm, base_year: i32, registered_on: NaiveDate) -> Value {
    let years: serde_json::Map<_, _> =
        (1..=3).map(|back| ((base_year - back as i32).to_string(), year(firm, back))).collect();
    let title = if firm.fit == Tier::Seed { "tech_sme" } else { "high_tech" };
    let partners: Vec<_> = if firm.fit == Tier::Ecosystem {
        (1..=3)
            .map(|n| {
                json!({"name": format!("崂山链上企业{n}"), "role": "down", "library_member": true, "local": true,
                       "contract": true, "amount_fen": 260_000_000, "year": base_year - 1})
            })
            .collect()
    } else {
        vec![]
    };
    json!({
        "contact": {"name": "申报联系人", "position": "总经理助理", "mobile": "13800138000", "email": "contact@firm.example"},
        "summary": format!("{}专注本赛道核心技术的研发与产业化，产品已在本地产业链得到应用。", firm.name),
        "track": firm.track,
        "figures": {
            "registered_on": registered_on,
            "years": years,
            "titles": [{"kind": title, "valid_from": format!("{}-11-01", base_year - 2), "valid_to": format!("{}-12-31", base_year + 1)}],
            "ip": {"class1_granted": firm.class1, "class1_in_use": firm.class1, "class2": firm.class2},
            "awards": [], "partners": partners, "sourced_projects": [], "talents": [], "institutions": [],
            "equity_rounds": [],
        },
        "statements": {"truthful": true, "data_consent": true},
    })
}

/// When the firm was registered, seen from the demo's today.
pub fn registered_on(firm: &Firm, today: NaiveDate) -> NaiveDate {
    NaiveDate::from_ymd_opt(today.year() - firm.age, 3, 18).unwrap_or(today)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::programme::{EvalContext, Figures, Mode, Outcome, evaluate, laoshan_2026, missing_figures};

    #[test]
    fn every_firm_fits_the_tier_it_was_made_for() {
        let today = NaiveDate::from_ymd_opt(2026, 6, 1).expect("a date");
        for firm in super::super::firms::all() {
            let form = form(&firm, 2026, registered_on(&firm, today));
            let mut figures: Figures = serde_json::from_value(form["figures"].clone()).expect("figures");
            figures.track = Some(firm.track.to_owned());
            figures.registered_in_laoshan = Some(true);
            figures.legal_person = Some(true);
            figures.data_consent = Some(true);
            let cx = EvalContext { base_year: 2026, as_of: today, mode: Mode::First };
            assert_eq!(figures.faults(laoshan_2026()), vec![], "{}", firm.name);
            assert_eq!(missing_figures(laoshan_2026(), firm.fit, &figures, cx), vec![], "{}", firm.name);
            let seen = evaluate(laoshan_2026(), firm.fit, &figures, cx).expect("a tier of the rule set");
            let open: Vec<_> = seen.blocking().map(|leaf| (leaf.code.clone(), leaf.outcome)).collect();
            assert!(
                matches!(seen.gate, Outcome::Met | Outcome::ManualReview),
                "{} {:?}: {open:?}",
                firm.name,
                firm.fit
            );
        }
    }
}
