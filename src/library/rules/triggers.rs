//! What puts a member on watch without anybody's report: a title that ran out, an incident that came on record.

use chrono::NaiveDate;

use crate::library::model::WatchTrigger;
use crate::programme::Figures;

/// The first thing that happened from `since` on, the day on which the member's present state began: what is older was known then,
/// so that a clearance stays.
pub fn trigger(figures: &Figures, since: NaiveDate, today: NaiveDate) -> Option<(WatchTrigger, String)> {
    if let Some(incident) = figures.incidents.iter().find(|incident| {
        (since..=today).contains(&incident.on) && incident.resolved_on.is_none_or(|resolved| resolved > today)
    }) {
        return Some((WatchTrigger::CreditEvent, format!("{} {}", incident.veto, incident.on)));
    }
    let titles = figures.titles.as_deref().unwrap_or_default();
    let stands = |kind: &str| {
        titles.iter().any(|title| title.kind == kind && title.valid_to.is_none_or(|last_day| today <= last_day))
    };
    let lost = titles.iter().find(|title| {
        title.valid_to.is_some_and(|last_day| (since..today).contains(&last_day)) && !stands(&title.kind)
    })?;
    Some((WatchTrigger::LostTitle, lost.kind.clone()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::programme::figures::{Incident, Title};

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn title(kind: &str, valid_to: &str) -> Title {
        Title { kind: kind.into(), valid_to: Some(day(valid_to)), ..Title::default() }
    }

    #[test]
    fn a_title_is_lost_on_the_day_after_its_last_unless_another_of_its_kind_stands() {
        for (titles, today, lost) in [
            (vec![title("high_tech", "2026-03-05")], "2026-03-05", false),
            (vec![title("high_tech", "2026-03-05")], "2026-03-06", true),
            (vec![title("high_tech", "2026-03-05"), title("high_tech", "2029-03-05")], "2026-03-06", false),
            (vec![title("high_tech", "2026-03-05"), title("tech_sme", "2029-03-05")], "2026-03-06", true),
            (vec![title("high_tech", "2026-02-28")], "2026-03-06", false),
        ] {
            let figures = Figures { titles: Some(titles), ..Figures::default() };
            let found = trigger(&figures, day("2026-03-01"), day(today)).map(|(trigger, _)| trigger);
            assert_eq!(found, lost.then_some(WatchTrigger::LostTitle), "{:?} on {today}", figures.titles);
        }
        assert_eq!(trigger(&Figures::default(), day("2026-03-01"), day("2026-03-06")), None);
    }

    #[test]
    fn an_incident_counts_while_it_is_not_resolved_and_only_if_it_is_new() {
        for (on, resolved, watched) in [
            ("2026-03-01", None, true),
            ("2026-03-06", None, true),
            ("2026-02-28", None, false),
            ("2026-03-02", Some("2026-03-06"), false),
            ("2026-03-02", Some("2026-03-07"), true),
        ] {
            let incident = Incident { on: day(on), resolved_on: resolved.map(day), ..incident() };
            let figures = Figures { incidents: vec![incident], ..Figures::default() };
            let found = trigger(&figures, day("2026-03-01"), day("2026-03-06")).map(|(trigger, _)| trigger);
            assert_eq!(found, watched.then_some(WatchTrigger::CreditEvent), "{on} {resolved:?}");
        }
    }

    fn incident() -> Incident {
        serde_json::from_value(serde_json::json!({"veto": "abnormal_list", "on": "2026-03-01"})).expect("an incident")
    }
}
