//! The facts an evaluation reads: one shape for the public self-check and for an application.

mod annual;
mod facts;
mod faults;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub use annual::{AnnualForm, AnnualValue};
pub use facts::{
    Award, EquityRound, Incident, Institution, Ip, Partner, PartnerRole, SourcedProject, SourcedProjectKind, Talent,
    TalentGrade, Title,
};
pub use faults::FigureFault;

/// Indicator code -> value, for one year.
pub type Year = BTreeMap<String, AnnualValue>;

/// What is known about one enterprise. Whatever is absent is unknown, and unknown never meets a rule; an empty
/// list is an answer ("none"). Money is integer fen, rates are integer ppm (10 000 ppm = 1 %), dates are
/// business days in Asia/Shanghai.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
#[schema(example = json!({
    "track": "marine_electronics",
    "registered_on": "2021-05-20",
    "years": {"2025": {"revenue": 900000000, "rd_expense": 81000000}, "2023": {"revenue": 500000000}},
    "titles": [{"kind": "high_tech", "valid_from": "2024-11-01", "valid_to": "2027-10-31"}],
    "ip": {"class1_granted": 2}
}))]
pub struct Figures {
    /// Code of the main track.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub track: Option<String>,
    /// Codes of further tracks.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tracks: Vec<String>,
    /// Date of registration; ages are counted from it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub registered_on: Option<NaiveDate>,
    /// Since when the enterprise has worked in its niche market.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub niche_since: Option<NaiveDate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub registered_in_laoshan: Option<bool>,
    /// Independent legal person with a valid unified social credit code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub legal_person: Option<bool>,
    /// A landing agreement with the district is signed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub landing_agreement: Option<bool>,
    /// The enterprise consents to the use of its data for screening.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data_consent: Option<bool>,
    /// Industry class of GB/T 4754, for example `3940`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub industry: Option<String>,
    /// Year ("2025") -> indicator code -> value, a plain integer or an object with its source.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    #[schema(value_type = BTreeMap<String, BTreeMap<String, AnnualForm>>)]
    pub years: BTreeMap<String, Year>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub titles: Option<Vec<Title>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ip: Option<Ip>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub awards: Option<Vec<Award>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub partners: Option<Vec<Partner>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sourced_projects: Option<Vec<SourcedProject>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub talents: Option<Vec<Talent>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub institutions: Option<Vec<Institution>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub equity_rounds: Option<Vec<EquityRound>>,
    /// Veto code -> whether it applies. What is not answered is left to an officer.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub vetoes: BTreeMap<String, bool>,
    /// Dated credit, accident and other veto facts.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub incidents: Vec<Incident>,
    /// Question code -> an officer's answer. Ignored when the figures come from an applicant.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub human: BTreeMap<String, bool>,
    /// Code of a rule or scored item with alternatives -> code of the alternative the applicant takes.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub choices: BTreeMap<String, String>,
}

impl Figures {
    /// The figures as an applicant may state them: without officers' answers and without marks of verification.
    pub fn as_declared(mut self) -> Self {
        self.human.clear();
        self.years.values_mut().flat_map(BTreeMap::values_mut).for_each(|value| value.verified = false);
        self
    }

    /// The value of an indicator in a year.
    pub fn annual(&self, year: i32, indicator: &str) -> Option<&AnnualValue> {
        self.years.get(&year.to_string())?.get(indicator)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn annual_values_are_read_as_numbers_and_as_objects_with_a_source() {
        let text =
            r#"{"years":{"2025":{"revenue":500,"staff":{"value":12,"source":"annual_update","verified":true}}}}"#;
        let figures: Figures = serde_json::from_str(text).unwrap();
        assert_eq!(figures.annual(2025, "revenue"), Some(&AnnualValue::plain(500)));
        let staff = figures.annual(2025, "staff").unwrap();
        assert_eq!((staff.value, staff.source.as_deref(), staff.verified), (12, Some("annual_update"), true));
        assert_eq!(serde_json::to_string(&figures).unwrap(), text, "and written back as they came");
        assert!(!figures.as_declared().annual(2025, "staff").unwrap().verified);
    }

    #[test]
    fn fractions_texts_and_unknown_keys_are_refused_with_their_place() {
        for (text, place) in [
            (r#"{"years":{"2025":{"revenue":1.5}}}"#, "years.2025.revenue"),
            (r#"{"years":{"2025":{"revenue":"12"}}}"#, "years.2025.revenue"),
            (r#"{"years":{"2025":{"revenue":9223372036854775808}}}"#, "years.2025.revenue"),
            (r#"{"years":{"2025":{"revenue":{"value":1,"sauce":"x"}}}}"#, "years.2025.revenue.sauce"),
            (r#"{"ip":{"class1":1}}"#, "ip.class1"),
            (r#"{"registered":"2020-01-01"}"#, "registered"),
            (r#"{"registered_on":"2020-02-30"}"#, "registered_on"),
        ] {
            let mut json = serde_json::Deserializer::from_str(text);
            let error = serde_path_to_error::deserialize::<_, Figures>(&mut json).unwrap_err();
            assert_eq!(error.path().to_string(), place, "{text}: {error}");
        }
    }
}
