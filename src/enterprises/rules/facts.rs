//! Facts about an enterprise, checked by the rules of the programme that will read them.

use chrono::NaiveDate;

use crate::enterprises::model::FactDetail;
use crate::error::{Faults, FieldCode};
use crate::programme::{Figures, RuleSet};
use crate::say;

/// Every fault of a fact, at `/detail/..`, in the words of `rules`.
pub fn check_fact(rules: &RuleSet, fact: &FactDetail, today: NaiveDate, by_officer: bool, faults: &mut Faults) {
    let mut figures = Figures::default();
    add_fact(&mut figures, fact.clone(), today);
    for fault in figures.faults(rules) {
        let field = fault.pointer.rsplit('/').next().unwrap_or_default();
        faults.add(format!("/detail/{field}"), field_code(fault.code), fault.detail);
    }
    check_texts(fact, faults);
    match fact {
        FactDetail::Title(title) if !rules.titles.iter().any(|known| known.code == title.kind) => {
            let kind = &title.kind;
            let said = say!("没有资质类型“{kind}”", "there is no kind of title {kind:?}");
            faults.add("/detail/kind", FieldCode::NotExisting, said);
        }
        FactDetail::LandingAgreement(agreement) if agreement.ends_on.is_some_and(|end| end < agreement.signed_on) => {
            faults.plain("/detail/ends_on", FieldCode::DateOrder);
        }
        FactDetail::Incident(incident) if incident.resolved_on.is_some_and(|end| end < incident.on) => {
            faults.plain("/detail/resolved_on", FieldCode::DateOrder);
        }
        FactDetail::Veto(_) if !by_officer => {
            let said = say!("否决事项由经办人员认定", "whether a veto applies is for an officer to say");
            faults.add("/kind", FieldCode::NotAllowed, said);
        }
        FactDetail::Veto(answer) if rules.veto(&answer.veto).is_none() => {
            faults.add("/detail/veto", FieldCode::NotExisting, say!("没有此否决事项", "there is no such veto"));
        }
        _ => {}
    }
    let (field, future_allowed) = match fact {
        FactDetail::Title(_) => ("valid_from", true),
        FactDetail::LandingAgreement(_) => ("signed_on", false),
        FactDetail::Niche(_) => ("since", false),
        _ => ("on", false),
    };
    if !future_allowed && fact.occurred_on().is_some_and(|day| day > today) {
        faults.plain(format!("/detail/{field}"), FieldCode::InTheFuture);
    }
}

fn check_texts(fact: &FactDetail, faults: &mut Faults) {
    let mut text = |field: &str, value: Option<&str>, min, max| {
        faults.text(&format!("/detail/{field}"), value.unwrap_or_default(), min, max);
    };
    match fact {
        FactDetail::Title(title) => {
            text("number", title.number.as_deref(), 0, 100);
            text("issuer", title.issuer.as_deref(), 0, 200);
        }
        FactDetail::Award(award) => text("kind", Some(&award.kind), 1, 64),
        FactDetail::Partner(partner) => text("name", Some(&partner.name), 1, 200),
        FactDetail::SourcedProject(project) => text("name", project.name.as_deref(), 0, 200),
        FactDetail::Institution(institution) => {
            text("kind", institution.kind.as_deref(), 0, 64);
            text("name", institution.name.as_deref(), 0, 200);
        }
        FactDetail::LandingAgreement(agreement) => text("number", agreement.number.as_deref(), 0, 100),
        FactDetail::Niche(niche) => text("name", niche.name.as_deref(), 0, 200),
        FactDetail::Industry(industry) => {
            let class = industry.class.trim();
            if !(2..=5).contains(&class.len()) || !class.bytes().all(|b| b.is_ascii_alphanumeric()) {
                let said = say!("应为国民经济行业分类代码，如 3940", "must be a class of GB/T 4754 such as 3940");
                faults.add("/detail/class", FieldCode::Format, said);
            }
        }
        FactDetail::Incident(incident) => text("source", incident.source.as_deref(), 0, 200),
        _ => {}
    }
}

fn field_code(code: &str) -> FieldCode {
    match code {
        "out_of_range" => FieldCode::OutOfRange,
        "dates_reversed" => FieldCode::DateOrder,
        _ => FieldCode::NotExisting,
    }
}

/// Puts a fact where the programme looks for it; of those that stand alone the later one counts.
pub fn add_fact(figures: &mut Figures, fact: FactDetail, today: NaiveDate) {
    match fact {
        FactDetail::Title(title) => figures.titles.get_or_insert_default().push(title),
        FactDetail::Ip(ip) => figures.ip = Some(ip),
        FactDetail::Award(award) => figures.awards.get_or_insert_default().push(award),
        FactDetail::Partner(partner) => figures.partners.get_or_insert_default().push(partner),
        FactDetail::SourcedProject(project) => figures.sourced_projects.get_or_insert_default().push(project),
        FactDetail::Talent(talent) => figures.talents.get_or_insert_default().push(talent),
        FactDetail::Institution(institution) => figures.institutions.get_or_insert_default().push(institution),
        FactDetail::EquityRound(round) => figures.equity_rounds.get_or_insert_default().push(round),
        FactDetail::LandingAgreement(agreement) => {
            let binds = agreement.ends_on.is_none_or(|end| end >= today);
            figures.landing_agreement = Some(binds || figures.landing_agreement == Some(true));
        }
        FactDetail::Niche(niche) => figures.niche_since = Some(niche.since),
        FactDetail::Industry(industry) => figures.industry = Some(industry.class),
        FactDetail::DataConsent(consent) => figures.data_consent = Some(consent.given),
        FactDetail::Incident(incident) => figures.incidents.push(incident),
        FactDetail::Veto(answer) => {
            figures.vetoes.insert(answer.veto, answer.applies);
        }
    }
}

/// Independent legal person (独立法人), as far as code and name tell: GB 32100 marks companies, cooperatives, institutions and
/// societies; self-employed (92) and branches of companies are none. Anything else is for a person to judge.
pub fn legal_person(credit_code: &str, name: &str) -> Option<bool> {
    if name.ends_with("分公司") || name.ends_with("办事处") || name.ends_with("代表处") {
        return Some(false);
    }
    match credit_code.get(..2)? {
        "91" | "93" | "11" | "12" | "51" => Some(true),
        "92" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_and_name_tell_a_legal_person() {
        for (code, name, expected) in [
            ("91370212MAQJWYLF5K", "青岛示例科技有限公司", Some(true)),
            ("91370212MAQJWYLF5K", "示例集团有限公司青岛分公司", Some(false)),
            ("92370212MAQJWYLF5K", "示例小吃店", Some(false)),
            ("12370212MAQJWYLF5K", "示例研究院", Some(true)),
            ("52370212MAQJWYLF5K", "示例中心", None),
        ] {
            assert_eq!(legal_person(code, name), expected, "{code} {name}");
        }
    }
}
