//! The figures of a submission: what is on record, with what the form declares in its place.

use crate::applications::model::Form;
use crate::programme::Figures;
use crate::programme::figures::Year;

/// What an applicant declares stands in place of the record, but not of what an officer has verified there, not of the register's
/// facts, and no declaration clears a veto that is on record.
pub fn submitted_figures(record: Figures, form: &Form) -> Figures {
    let declared = form.figures.clone().as_declared();
    let data_consent = form.statements.data_consent.then_some(true);
    let mut years = record.years;
    for (year, values) in declared.years {
        overlay(years.entry(year).or_default(), values);
    }
    let mut vetoes = declared.vetoes;
    for (code, hit) in record.vetoes {
        let stated = vetoes.entry(code).or_default();
        *stated |= hit;
    }
    let mut incidents = record.incidents;
    incidents
        .extend(declared.incidents.into_iter().filter(|incident| !incidents.contains(incident)).collect::<Vec<_>>());
    Figures {
        track: form.track.clone().or(declared.track).or(record.track),
        tracks: if declared.tracks.is_empty() { record.tracks } else { declared.tracks },
        registered_on: record.registered_on.or(declared.registered_on),
        niche_since: declared.niche_since.or(record.niche_since),
        registered_in_laoshan: seat(record.registered_in_laoshan, declared.registered_in_laoshan),
        legal_person: record.legal_person.or(declared.legal_person),
        landing_agreement: declared.landing_agreement.or(record.landing_agreement),
        data_consent: data_consent.or(declared.data_consent).or(record.data_consent),
        industry: declared.industry.or(record.industry),
        years,
        titles: declared.titles.or(record.titles),
        ip: declared.ip.or(record.ip),
        awards: declared.awards.or(record.awards),
        partners: declared.partners.or(record.partners),
        sourced_projects: declared.sourced_projects.or(record.sourced_projects),
        talents: declared.talents.or(record.talents),
        institutions: declared.institutions.or(record.institutions),
        equity_rounds: declared.equity_rounds.or(record.equity_rounds),
        vetoes,
        incidents,
        human: declared.human,
        choices: declared.choices,
    }
}

fn overlay(recorded: &mut Year, declared: Year) {
    for (indicator, value) in declared {
        if !recorded.get(&indicator).is_some_and(|known| known.verified) {
            recorded.insert(indicator, value);
        }
    }
}

/// Where register and applicant contradict each other an officer looks.
fn seat(record: Option<bool>, declared: Option<bool>) -> Option<bool> {
    match (record, declared) {
        (Some(false), Some(true)) => None,
        (Some(known), _) => Some(known),
        (None, stated) => stated,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn merged(record: Value, form: Value) -> Value {
        let form: Form = serde_json::from_value(form).unwrap();
        serde_json::to_value(submitted_figures(serde_json::from_value(record).unwrap(), &form)).unwrap()
    }

    #[test]
    fn what_the_form_leaves_out_comes_from_the_record() {
        let record = json!({
            "track": "terahertz", "registered_on": "2019-05-01", "registered_in_laoshan": true, "legal_person": true,
            "years": {"2025": {"revenue": {"value": 5, "source": "import"}}}, "titles": [{"kind": "high_tech"}],
        });
        assert_eq!(merged(record.clone(), json!({})), record);
        let form = json!({"track": "deep_sea", "figures": {"years": {"2025": {"staff": 8}, "2024": {"revenue": 4}}, "titles": []}});
        assert_eq!(
            merged(record, form),
            json!({
                "track": "deep_sea", "registered_on": "2019-05-01", "registered_in_laoshan": true, "legal_person": true,
                "years": {"2025": {"revenue": {"value": 5, "source": "import"}, "staff": 8}, "2024": {"revenue": 4}},
                "titles": [],
            })
        );
    }

    #[test]
    fn a_declaration_stands_in_place_of_the_record_but_not_of_what_was_verified() {
        let record = json!({"years": {"2025": {
            "revenue": {"value": 5, "source": "annual_update", "verified": true}, "staff": {"value": 9, "source": "import"},
        }}});
        let form = json!({"figures": {"years": {"2025": {"revenue": 50, "staff": {"value": 90, "verified": true}}}}});
        let expected = json!({"years": {"2025": {
            "revenue": {"value": 5, "source": "annual_update", "verified": true}, "staff": 90,
        }}});
        assert_eq!(merged(record, form), expected);
    }

    #[test]
    fn no_declaration_clears_a_veto_on_record_or_answers_for_an_officer() {
        let record =
            json!({"vetoes": {"dishonest_list": true}, "incidents": [{"veto": "major_accident", "on": "2025-01-01"}]});
        let form = json!({"figures": {
            "vetoes": {"dishonest_list": false, "tax_evasion": false}, "human": {"deep_tech": true},
            "incidents": [{"veto": "major_accident", "on": "2025-01-01"}],
        }});
        assert_eq!(
            merged(record, form),
            json!({
                "vetoes": {"dishonest_list": true, "tax_evasion": false},
                "incidents": [{"veto": "major_accident", "on": "2025-01-01"}],
            })
        );
    }

    #[test]
    fn a_contradiction_about_the_seat_is_left_to_an_officer() {
        for (record, declared, expected) in [
            (Some(true), Some(false), Some(true)),
            (Some(false), Some(true), None),
            (Some(false), None, Some(false)),
            (None, Some(true), Some(true)),
        ] {
            assert_eq!(seat(record, declared), expected);
        }
    }
}
