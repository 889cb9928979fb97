//! Facts as they are shown beside an outcome: their names and their places in the figures.

use super::{Used, UsedValue};
use crate::platform::text::Say;
use crate::programme::document::FactName;
use crate::programme::figures::Figures;
use crate::programme::indicators::Unit;

/// A fact by its key in the figures.
pub(super) fn fact(key: &str, value: Option<UsedValue>, unit: Unit) -> Used {
    Used {
        what: key.to_owned(),
        name: name_of(key),
        year: None,
        value,
        unit,
        source: None,
        verified: false,
        pointer: format!("/{key}"),
    }
}

/// One entry of a list of facts.
pub(super) fn entry(list: &str, index: usize, shown: String) -> Used {
    Used { pointer: format!("/{list}/{index}"), ..fact(list, Some(UsedValue::Text(shown)), Unit::Code) }
}

fn name_of(key: &str) -> Say {
    let (zh, en) = match key {
        "track" => ("主赛道", "Main track"),
        "tracks" => ("其他赛道", "Further tracks"),
        "registered_on" => ("成立日期", "Date of registration"),
        "niche_since" => ("进入细分市场日期", "In the niche market since"),
        "registered_in_laoshan" => ("注册地在崂山区", "Registered in Laoshan"),
        "legal_person" => ("独立法人", "Independent legal person"),
        "landing_agreement" => ("已签落地协议", "Landing agreement signed"),
        "data_consent" => ("同意数据使用", "Consent to data use"),
        "industry" => ("国民经济行业代码", "Industry class"),
        "titles" => ("资质称号", "Title"),
        "ip" => ("知识产权", "Intellectual property"),
        "awards" => ("奖励", "Award"),
        "partners" => ("合作伙伴", "Partner"),
        "sourced_projects" => ("项目来源", "Sourced project"),
        "talents" => ("高层次人才", "High-level talent"),
        "institutions" => ("研发机构", "R&D institution"),
        "equity_rounds" => ("股权融资", "Equity round"),
        "class1_granted" => ("已授权Ⅰ类知识产权", "Class I IP granted"),
        "class1_accepted" => ("已受理Ⅰ类知识产权", "Class I IP accepted"),
        "class1_in_use" => ("实际应用的Ⅰ类知识产权", "Class I IP in use"),
        "class1_own" => ("自主研发的Ⅰ类知识产权", "Class I IP of own development"),
        "class1_high_value" => ("Ⅰ类高价值知识产权", "High-value class I IP"),
        "class2" => ("Ⅱ类知识产权", "Class II IP"),
        "vetoes" | "incidents" => ("否决事项", "Veto fact"),
        other => (other, other),
    };
    Say::new(zh, en)
}

/// The facts a tier may require, with whether they are given.
pub(super) fn given(figures: &Figures, name: FactName) -> (Used, bool) {
    let (key, is_given) = match name {
        FactName::Track => ("track", figures.track.is_some()),
        FactName::RegisteredOn => ("registered_on", figures.registered_on.is_some()),
        FactName::NicheSince => ("niche_since", figures.niche_since.is_some()),
        FactName::RegisteredInLaoshan => ("registered_in_laoshan", figures.registered_in_laoshan.is_some()),
        FactName::LegalPerson => ("legal_person", figures.legal_person.is_some()),
        FactName::LandingAgreement => ("landing_agreement", figures.landing_agreement.is_some()),
        FactName::DataConsent => ("data_consent", figures.data_consent.is_some()),
        FactName::Titles => ("titles", figures.titles.is_some()),
        FactName::Ip => ("ip", figures.ip.is_some()),
        FactName::Awards => ("awards", figures.awards.is_some()),
        FactName::Partners => ("partners", figures.partners.is_some()),
        FactName::SourcedProjects => ("sourced_projects", figures.sourced_projects.is_some()),
        FactName::Talents => ("talents", figures.talents.is_some()),
        FactName::Institutions => ("institutions", figures.institutions.is_some()),
        FactName::EquityRounds => ("equity_rounds", figures.equity_rounds.is_some()),
    };
    (fact(key, None, Unit::Code), is_given)
}
