//! What puts a member on watch without anybody's report: a title that ran out, an incident that came on record.

use chrono::NaiveDate;

use crate::library::model::WatchTrigger;
use crate::platform::text::Say;
use crate::programme::Figures;
use crate::programme::document::RuleSet;
use crate::programme::figures::{Incident, Title};
use crate::say;

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause<'a> {
    Lost(&'a Title),
    Came(&'a Incident),
}

impl Cause<'_> {
    pub fn trigger(self) -> WatchTrigger {
        match self {
            Cause::Lost(_) => WatchTrigger::LostTitle,
            Cause::Came(_) => WatchTrigger::CreditEvent,
        }
    }

    /// In the words of the rules; whatever they no longer name keeps its code.
    pub fn told(self, rules: &RuleSet) -> Say {
        match self {
            Cause::Lost(title) => {
                let named = rules.titles.iter().find(|named| named.code == title.kind).map(|named| named.name.clone());
                let Say { zh, en } = named.unwrap_or_else(|| Say::new(&title.kind, &title.kind));
                let day = title.valid_to.map(|day| day.to_string()).unwrap_or_default();
                say!("{zh}有效期止于 {day}", "{en}: valid to {day}")
            }
            Cause::Came(incident) => {
                let named = rules.veto(&incident.veto).map(|veto| veto.text.clone());
                let Say { zh, en } = named.unwrap_or_else(|| Say::new(&incident.veto, &incident.veto));
                let day = incident.on;
                say!("{zh}（{day}）", "{en}, on {day}")
            }
        }
    }
}

/// The first thing that happened from `since` on, the day on which the member's present state began: what is older was known then,
/// so that a clearance stays.
pub fn cause(figures: &Figures, since: NaiveDate, today: NaiveDate) -> Option<Cause<'_>> {
    if let Some(incident) = figures.incidents.iter().find(|incident| {
        (since..=today).contains(&incident.on) && incident.resolved_on.is_none_or(|resolved| resolved > today)
    }) {
        return Some(Cause::Came(incident));
    }
    let titles = figures.titles.as_deref().unwrap_or_default();
    let stands = |kind: &str| {
        titles.iter().any(|title| title.kind == kind && title.valid_to.is_none_or(|last_day| today <= last_day))
    };
    let lost = |title: &&Title| {
        title.valid_to.is_some_and(|last_day| (since..today).contains(&last_day)) && !stands(&title.kind)
    };
    titles.iter().find(lost).map(Cause::Lost)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::programme::laoshan_2026;

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
            let found = cause(&figures, day("2026-03-01"), day(today)).map(Cause::trigger);
            assert_eq!(found, lost.then_some(WatchTrigger::LostTitle), "{:?} on {today}", figures.titles);
        }
        assert_eq!(cause(&Figures::default(), day("2026-03-01"), day("2026-03-06")), None);
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
            let found = cause(&figures, day("2026-03-01"), day("2026-03-06")).map(Cause::trigger);
            assert_eq!(found, watched.then_some(WatchTrigger::CreditEvent), "{on} {resolved:?}");
        }
    }

    #[test]
    fn what_happened_is_told_in_the_words_of_the_rules() {
        let rules = laoshan_2026();
        let veto = rules.veto("abnormal_list").expect("a veto of the rules");
        let told = Cause::Came(&incident()).told(rules);
        assert_eq!(
            told,
            Say::new(format!("{}（2026-03-01）", veto.text.zh), format!("{}, on 2026-03-01", veto.text.en))
        );
        let told = Cause::Lost(&title("high_tech", "2026-03-05")).told(rules);
        assert_eq!(told, Say::new("高新技术企业有效期止于 2026-03-05", "High-tech enterprise: valid to 2026-03-05"));
        let told = Cause::Lost(&title("abolished", "2026-03-05")).told(rules);
        assert_eq!(told.zh, "abolished有效期止于 2026-03-05");
    }

    fn incident() -> Incident {
        serde_json::from_value(serde_json::json!({"veto": "abnormal_list", "on": "2026-03-01"})).expect("an incident")
    }
}
