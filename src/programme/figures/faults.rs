//! What is wrong with figures that parse: all of it at once, each with its JSON pointer.

use serde::Serialize;

use super::Figures;
use crate::platform::text::{Say, segment};
use crate::programme::document::RuleSet;
use crate::programme::indicators::find_indicator;
use crate::say;

/// A value that makes no sense, with the RFC 6901 pointer to it inside the figures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FigureFault {
    pub pointer: String,
    /// `unknown_indicator`, `invalid_year`, `unknown_track`, `unknown_veto`, `unknown_choice`, `out_of_range`,
    /// `dates_reversed`.
    pub code: &'static str,
    pub detail: Say,
}

impl Figures {
    /// Every fault of the figures under a rule set; empty when they may be evaluated.
    pub fn faults(&self, rules: &RuleSet) -> Vec<FigureFault> {
        let mut faults = Faults(Vec::new());
        self.check_years(&mut faults);
        self.check_codes(rules, &mut faults);
        self.check_facts(&mut faults);
        faults.0
    }

    fn check_years(&self, faults: &mut Faults) {
        for (year, values) in &self.years {
            if !is_year(year) {
                faults.add(
                    format!("/years/{}", segment(year)),
                    "invalid_year",
                    say!("“{year}”不是年份", "{year:?} is no year"),
                );
            }
            for (code, value) in values {
                let pointer = format!("/years/{}/{}", segment(year), segment(code));
                let Some(indicator) = find_indicator(code) else {
                    faults.add(
                        pointer,
                        "unknown_indicator",
                        say!("没有指标“{code}”", "there is no indicator {code:?}"),
                    );
                    continue;
                };
                faults.range(pointer, Some(value.value), indicator.min, indicator.max);
            }
        }
    }

    fn check_codes(&self, rules: &RuleSet, faults: &mut Faults) {
        let further = self.tracks.iter().enumerate().map(|(i, track)| (format!("/tracks/{i}"), track));
        for (pointer, track) in self.track.iter().map(|track| ("/track".to_owned(), track)).chain(further) {
            if !rules.knows_track(track) {
                faults.add(pointer, "unknown_track", say!("没有赛道“{track}”", "there is no track {track:?}"));
            }
        }
        let dated = self.incidents.iter().enumerate().map(|(i, fact)| (format!("/incidents/{i}/veto"), &fact.veto));
        let flagged = self.vetoes.keys().map(|code| (format!("/vetoes/{}", segment(code)), code));
        for (pointer, code) in flagged.chain(dated) {
            if rules.veto(code).is_none() {
                faults.add(pointer, "unknown_veto", say!("没有否决事项“{code}”", "there is no veto {code:?}"));
            }
        }
        for (of, choice) in &self.choices {
            if !rules.offers_choice(of, choice) {
                let detail = say!("“{of}”没有选项“{choice}”", "{of:?} has no alternative {choice:?}");
                faults.add(format!("/choices/{}", segment(of)), "unknown_choice", detail);
            }
        }
    }

    fn check_facts(&self, faults: &mut Faults) {
        if let Some(ip) = &self.ip {
            for (name, value) in [
                ("class1_granted", ip.class1_granted),
                ("class1_accepted", ip.class1_accepted),
                ("class1_in_use", ip.class1_in_use),
                ("class1_own", ip.class1_own),
                ("class1_high_value", ip.class1_high_value),
                ("class2", ip.class2),
            ] {
                faults.range(format!("/ip/{name}"), value, 0, i64::MAX);
            }
        }
        for (i, title) in self.titles.iter().flatten().enumerate() {
            if let (Some(from), Some(to)) = (title.valid_from, title.valid_to)
                && to < from
            {
                let detail = say!("有效期止早于有效期起", "valid_to lies before valid_from");
                faults.add(format!("/titles/{i}/valid_to"), "dates_reversed", detail);
            }
        }
        for (i, award) in self.awards.iter().flatten().enumerate() {
            faults.range(format!("/awards/{i}/rank"), award.rank.map(i64::from), 1, i64::MAX);
        }
        for (i, partner) in self.partners.iter().flatten().enumerate() {
            faults.range(format!("/partners/{i}/amount_fen"), partner.amount_fen, 0, i64::MAX);
        }
        for (i, round) in self.equity_rounds.iter().flatten().enumerate() {
            faults.range(format!("/equity_rounds/{i}/amount_fen"), Some(round.amount_fen), 0, i64::MAX);
        }
    }
}

struct Faults(Vec<FigureFault>);

impl Faults {
    fn add(&mut self, pointer: String, code: &'static str, detail: Say) {
        self.0.push(FigureFault { pointer, code, detail });
    }

    fn range(&mut self, pointer: String, value: Option<i64>, min: i64, max: i64) {
        let detail = match value {
            Some(value) if value < min => say!("不能小于 {min}", "must not be less than {min}"),
            Some(value) if value > max => say!("不能大于 {max}", "must not be more than {max}"),
            _ => return,
        };
        self.add(pointer, "out_of_range", detail);
    }
}

/// Four digits, so that every year has one spelling.
fn is_year(text: &str) -> bool {
    text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit()) && text >= "1900"
}

#[cfg(test)]
mod tests {
    use crate::programme::{Figures, laoshan_2026};

    #[test]
    fn every_fault_is_told_at_once_with_its_pointer() {
        let figures: Figures = serde_json::from_value(serde_json::json!({
            "track": "alchemy",
            "tracks": ["quantum_information", "terahertz/6g"],
            "years": {"2025": {"revenue": -1, "turnover": 5, "niche_share": 1_000_001, "net_profit": -9}, "last~year/": {}},
            "titles": [{"kind": "high_tech", "valid_from": "2025-01-01", "valid_to": "2024-01-01"}],
            "ip": {"class2": -3},
            "awards": [{"kind": "science_technology", "rank": 0}],
            "vetoes": {"bad_weather": true},
            "incidents": [{"veto": "bad_luck", "on": "2025-01-01"}],
            "choices": {"nowhere": "left"}
        }))
        .unwrap();
        let faults = figures.faults(laoshan_2026());
        let told: Vec<_> = faults.iter().map(|fault| (fault.pointer.as_str(), fault.code)).collect();
        assert_eq!(
            told,
            [
                ("/years/2025/niche_share", "out_of_range"),
                ("/years/2025/revenue", "out_of_range"),
                ("/years/2025/turnover", "unknown_indicator"),
                ("/years/last~0year~1", "invalid_year"),
                ("/track", "unknown_track"),
                ("/tracks/1", "unknown_track"),
                ("/vetoes/bad_weather", "unknown_veto"),
                ("/incidents/0/veto", "unknown_veto"),
                ("/choices/nowhere", "unknown_choice"),
                ("/ip/class2", "out_of_range"),
                ("/titles/0/valid_to", "dates_reversed"),
                ("/awards/0/rank", "out_of_range"),
            ]
        );
    }
}
