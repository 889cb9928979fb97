//! What a document that parses may still get wrong. Every fault at once, each with its path.

use std::collections::BTreeSet;

use super::{Age, Band, Dimension, FactName, Piecewise, Rubric, Rule, RuleSet, ScoreBand, ScoreItem, Test, TierRules};
use crate::platform::text::Say;
use crate::programme::exact::MAX_PPM;
use crate::programme::indicators::{Unit, find_indicator, unit_of};
use crate::programme::model::Tier;
use crate::say;

/// Path and message of every fault.
pub(super) fn faults(rules: &RuleSet) -> Vec<(String, Say)> {
    let mut check =
        Check { rules, faults: Vec::new(), codes: BTreeSet::new(), scores: BTreeSet::new(), evidence: None };
    check.catalogues();
    // The common rules are walked with every tier, because their codes must not meet the tier's; faults in them
    // are told once.
    for (tier, tier_rules) in &rules.tiers {
        check.tier(*tier, tier_rules);
    }
    if rules.tiers.is_empty() {
        check.fault("tiers", say!("至少需要一个层级", "at least one tier is needed"));
    }
    let mut seen = BTreeSet::new();
    check.faults.retain(|(path, message)| seen.insert((path.clone(), message.en.clone())));
    check.faults
}

struct Check<'a> {
    rules: &'a RuleSet,
    faults: Vec<(String, Say)>,
    /// Codes of the rules walked so far in the tier.
    codes: BTreeSet<String>,
    /// Codes of scored items and dimensions of the tier.
    scores: BTreeSet<String>,
    /// Codes of the evidence of the tier; none in the common gate, which stands before all tiers.
    evidence: Option<BTreeSet<String>>,
}

impl<'a> Check<'a> {
    fn fault(&mut self, path: impl Into<String>, message: Say) {
        self.faults.push((path.into(), message));
    }

    fn catalogues(&mut self) {
        let rules = self.rules;
        if !is_code(&rules.code) {
            let message = say!(
                "应为 1 至 64 个小写字母、数字、连字符或下划线",
                "takes 1 to 64 lower-case letters, digits, hyphens or underscores"
            );
            self.fault("code", message);
        }
        for (path, text) in [("name.zh", &rules.name.zh), ("name.en", &rules.name.en)] {
            if text.trim().is_empty() || text.chars().any(char::is_control) || text.chars().count() > 200 {
                self.fault(path, say!("应为 1 至 200 个字符的单行文字", "takes one line of 1 to 200 characters"));
            }
        }
        if rules.effective_to.is_some_and(|to| to < rules.effective_from) {
            self.fault("effective_to", say!("早于 effective_from", "lies before effective_from"));
        }
        let tracks = rules.tracks.iter().map(|track| &track.code);
        self.unique("tracks", tracks);
        self.unique("watch_list", rules.watch_list.iter().map(|topic| &topic.code));
        self.unique("parks", rules.parks.iter().map(|park| &park.code));
        self.unique("titles", rules.titles.iter().map(|title| &title.code));
        self.unique("vetoes", rules.vetoes.iter().map(|veto| &veto.code));
    }

    fn unique<'c>(&mut self, path: &str, codes: impl Iterator<Item = &'c String>) {
        let mut seen = BTreeSet::new();
        for (i, code) in codes.enumerate() {
            if !seen.insert(code) {
                self.fault(format!("{path}[{i}].code"), say!("代码“{code}”重复", "the code {code:?} is used twice"));
            }
        }
    }

    fn tier(&mut self, tier: Tier, rules: &'a TierRules) {
        let path = format!("tiers.{tier}");
        self.codes.clear();
        if rules.lane != tier.lane() {
            let lane = tier.lane();
            self.fault(format!("{path}.lane"), say!("该层级属于 {lane}", "this tier belongs to the lane {lane}"));
        }
        if rules.validity_years == 0 {
            self.fault(format!("{path}.validity_years"), say!("至少 1 年", "must be at least 1"));
        }
        self.unique(&format!("{path}.evidence"), rules.evidence.iter().map(|evidence| &evidence.code));
        self.unique(&format!("{path}.site_checks"), rules.site_checks.iter().map(|item| &item.code));
        for (i, code) in rules.vetoes.iter().flatten().enumerate() {
            if self.rules.veto(code).is_none() {
                self.fault(format!("{path}.vetoes[{i}]"), say!("没有否决事项“{code}”", "there is no veto {code:?}"));
            }
        }
        for (i, required) in rules.required.iter().enumerate() {
            let path = format!("{path}.required[{i}]");
            if find_indicator(&required.indicator).is_none() {
                self.unknown_indicator(&format!("{path}.indicator"), &required.indicator);
            }
            self.years(&path, &required.years);
        }
        if let Some(rubric) = &rules.rubric {
            self.rubric(&format!("{path}.rubric"), rubric);
            for (i, Dimension { code, weight, .. }) in rubric.dimensions.iter().enumerate() {
                let computed = rules.computed_most(code);
                if computed > *weight {
                    let message = say!(
                        "指标计分最多 {computed} 分，超过权重 {weight}",
                        "figures give up to {computed} points, more than the weight {weight}"
                    );
                    self.fault(format!("{path}.rubric.dimensions[{i}].weight"), message);
                }
            }
        }
        self.scoring(&format!("{path}.scoring"), &rules.scoring);
        if let Some(common) = &self.rules.common_gate {
            self.evidence = None;
            self.rule("common_gate", common, true);
        }
        self.evidence = Some(rules.evidence.iter().map(|evidence| evidence.code.clone()).collect());
        self.rule(&format!("{path}.gate"), &rules.gate, true);
    }

    fn rubric(&mut self, path: &str, rubric: &Rubric) {
        if rubric.pass > 100 {
            self.fault(format!("{path}.pass"), say!("应在 0 至 100 之间", "must lie between 0 and 100"));
        }
        let sum: u64 = rubric.dimensions.iter().map(|dimension| u64::from(dimension.weight)).sum();
        if sum != 100 {
            self.fault(
                format!("{path}.dimensions"),
                say!("权重之和为 {sum}，应为 100", "the weights sum to {sum}, not 100"),
            );
        }
        self.unique(&format!("{path}.dimensions"), rubric.dimensions.iter().map(|dimension| &dimension.code));
        for (i, Dimension { weight, floor, .. }) in rubric.dimensions.iter().enumerate() {
            if floor > weight {
                let message = say!("下限 {floor} 高于权重 {weight}", "the floor {floor} is above the weight {weight}");
                self.fault(format!("{path}.dimensions[{i}].floor"), message);
            }
        }
    }

    fn scoring(&mut self, path: &str, items: &'a [ScoreItem]) {
        self.unique(path, items.iter().map(|item| &item.code));
        self.scores = items.iter().map(|item| item.code.clone()).collect();
        for (i, item) in items.iter().enumerate() {
            let path = format!("{path}[{i}]");
            if let Some(dimension) = &item.dimension
                && items.iter().any(|item| item.code == *dimension)
            {
                let message = say!("“{dimension}”已是评分项代码", "{dimension:?} is already the code of an item");
                self.fault(format!("{path}.dimension"), message);
            }
            if item.bands.is_empty() == item.best_of.is_empty() {
                self.fault(&path, say!("bands 与 best_of 须且只须填写一项", "needs either bands or best_of"));
            }
            self.bands(&format!("{path}.bands"), &item.bands);
            self.unique(&format!("{path}.best_of"), item.best_of.iter().map(|option| &option.code));
            for (j, option) in item.best_of.iter().enumerate() {
                self.bands(&format!("{path}.best_of[{j}].bands"), &option.bands);
            }
        }
        self.scores.extend(items.iter().filter_map(|item| item.dimension.clone()));
    }

    fn bands(&mut self, path: &str, bands: &'a [ScoreBand]) {
        for (i, band) in bands.iter().enumerate() {
            match &band.when {
                Some(when) => self.rule(&format!("{path}[{i}].when"), when, false),
                None if i + 1 == bands.len() => {}
                None => self.fault(
                    format!("{path}[{i}].when"),
                    say!("只有最后一档可以不写条件", "only the last band may have no rule"),
                ),
            }
            if band.points > 1000 {
                self.fault(format!("{path}[{i}].points"), say!("不能大于 1000", "must not be more than 1000"));
            }
            if i > 0 && band.points >= bands[i - 1].points {
                let message = say!("分值应逐档降低", "points must fall from band to band");
                self.fault(format!("{path}[{i}].points"), message);
            }
        }
    }

    /// Rules of a gate are explained one by one and so need a code and a text (`told`); those inside a band do not.
    fn rule(&mut self, path: &str, rule: &'a Rule, told: bool) {
        let is_group = !rule.children().is_empty() || matches!(rule.test, Test::All(_) | Test::Any(_));
        let refers = matches!(rule.test, Test::Same(_));
        let needs_code = told && !refers && (!is_group || matches!(rule.test, Test::Piecewise(_)));
        if needs_code && rule.code.as_deref().is_none_or(str::is_empty) {
            self.fault(format!("{path}.code"), say!("缺少代码", "a code is missing"));
        }
        if needs_code && rule.text.as_ref().is_none_or(|text| text.zh.is_empty() || text.en.is_empty()) {
            self.fault(format!("{path}.text"), say!("缺少中文或英文说明", "the text is missing in Chinese or English"));
        }
        if !told && rule.code.is_some() {
            self.fault(format!("{path}.code"), say!("评分档内的规则不需要代码", "rules inside a band have no code"));
        }
        self.test(path, rule, told);
        if let Some(waiver) = &rule.waived_if {
            self.rule(&format!("{path}.waived_if"), waiver, told);
        }
        if let Some(known) = self.evidence.clone() {
            for (i, code) in rule.evidence.iter().enumerate().filter(|(_, code)| !known.contains(*code)) {
                self.fault(format!("{path}.evidence[{i}]"), say!("没有材料“{code}”", "there is no evidence {code:?}"));
            }
        }
        // Entered last: a rule cannot refer to itself or to what stands after it.
        if let Some(code) = &rule.code
            && !self.codes.insert(code.clone())
        {
            self.fault(format!("{path}.code"), say!("代码“{code}”重复", "the code {code:?} is used twice"));
        }
    }

    fn test(&mut self, path: &str, rule: &'a Rule, told: bool) {
        let at = format!("{path}.{}", rule.test.key());
        match &rule.test {
            Test::All(children) | Test::Any(children) => {
                if children.is_empty() {
                    self.fault(&at, say!("不能为空", "must not be empty"));
                }
                for (i, child) in children.iter().enumerate() {
                    self.rule(&format!("{at}[{i}]"), child, told);
                }
            }
            Test::Not(child) => self.rule(&at, child, told),
            Test::Piecewise(pieces) => self.piecewise(&at, pieces, told),
            Test::Same(code) if !told || !self.codes.contains(code) => {
                self.fault(&at, say!("此前没有规则“{code}”", "no rule {code:?} stands before this one"));
            }
            Test::Gte(c) | Test::Gt(c) | Test::Lte(c) | Test::Lt(c) | Test::Eq(c) => {
                self.years(&format!("{at}.year"), &[c.year]);
                self.threshold(&at, &c.indicator, c.value, c.ppm);
            }
            Test::EachYearGte(c) | Test::EachYearLte(c) => {
                self.years(&format!("{at}.years"), &c.years);
                self.threshold(&at, &c.indicator, c.value, c.ppm);
            }
            Test::Present(c) => {
                self.years(&format!("{at}.year"), &[c.year]);
                self.reported(&format!("{at}.indicator"), &c.indicator);
            }
            Test::SumGte(sum) => {
                self.years(&format!("{at}.years"), &sum.years);
                self.reported(&format!("{at}.indicator"), &sum.indicator);
            }
            Test::RatioGte(ratio) | Test::RatioLte(ratio) => {
                self.years(&format!("{at}.years"), &ratio.years);
                self.reported(&format!("{at}.numerator"), &ratio.numerator);
                self.reported(&format!("{at}.denominator"), &ratio.denominator);
                self.ppm(&format!("{at}.ppm"), ratio.ppm);
            }
            Test::CagrGte(growth) => {
                self.years(&format!("{at}.year"), &[growth.year]);
                self.reported(&format!("{at}.indicator"), &growth.indicator);
                self.ppm(&format!("{at}.ppm"), growth.ppm);
                if !(1..=3).contains(&growth.over) {
                    self.fault(format!("{at}.over"), say!("应为 1 至 3 年", "must be 1 to 3 years"));
                }
            }
            Test::HoldsTitle(title) => {
                self.listed(&format!("{at}.kinds"), &title.kinds, |rules, code| {
                    rules.titles.iter().any(|title| title.code == code)
                });
            }
            Test::TrackIn(track) if !track.tracks.is_empty() => {
                self.listed(&format!("{at}.tracks"), &track.tracks, RuleSet::knows_track);
            }
            Test::AgeLte(Age { years, days, .. }) | Test::AgeGte(Age { years, days, .. })
                if years.is_some() == days.is_some() =>
            {
                self.fault(&at, say!("years 与 days 须且只须填写一项", "needs either years or days"));
            }
            Test::IsTrue(flag) => {
                use FactName::*;
                if !matches!(flag.fact, RegisteredInLaoshan | LegalPerson | LandingAgreement | DataConsent) {
                    self.fault(format!("{at}.fact"), say!("不是是非类事实", "is no fact that is true or false"));
                }
            }
            Test::IpGte(ip) if ip.counts.is_empty() => {
                self.fault(format!("{at}.counts"), say!("不能为空", "must not be empty"));
            }
            Test::PartnersGte(partners) | Test::ContractsGte(partners) => {
                if let Some(year) = partners.year {
                    self.years(&format!("{at}.year"), &[year]);
                }
            }
            Test::ScoreGte(score) => {
                if let Some(of) = &score.of
                    && !self.scores.contains(of)
                {
                    self.fault(
                        format!("{at}.of"),
                        say!("没有评分项“{of}”", "there is no scored item or dimension {of:?}"),
                    );
                }
                if self.scores.is_empty() {
                    self.fault(&at, say!("该层级没有评分项", "this tier has no scoring"));
                }
            }
            _ => {}
        }
    }

    fn piecewise(&mut self, path: &str, pieces: &'a Piecewise, told: bool) {
        self.reported(&format!("{path}.by"), &pieces.by);
        self.years(&format!("{path}.year"), &[pieces.year]);
        let last = pieces.bands.len().saturating_sub(1);
        let mut floor: Option<(i64, bool)> = None;
        if pieces.bands.is_empty() {
            self.fault(format!("{path}.bands"), say!("不能为空", "must not be empty"));
        }
        for (i, Band { up_to, below, rule }) in pieces.bands.iter().enumerate() {
            let path = format!("{path}.bands[{i}]");
            self.rule(&format!("{path}.rule"), rule, told);
            let limit = match (up_to, below) {
                (Some(limit), None) => Some((*limit, true)),
                (None, Some(limit)) => Some((*limit, false)),
                (None, None) => None,
                (Some(_), Some(_)) => {
                    self.fault(&path, say!("up_to 与 below 只能填写一项", "takes up_to or below, not both"));
                    continue;
                }
            };
            if limit.is_none() != (i == last) {
                self.fault(&path, say!("只有最后一档没有上限", "the last band and only the last has no limit"));
            }
            if limit.is_some() && floor.is_some() && limit <= floor {
                self.fault(&path, say!("上限应逐档升高", "limits must rise from band to band"));
            }
            floor = limit.or(floor);
        }
    }

    fn years(&mut self, path: &str, years: &[i32]) {
        if years.is_empty() || years.iter().any(|year| !(-10..=-1).contains(year)) {
            self.fault(
                path,
                say!("年份用 -1 至 -10 表示（-1 为上一年度）", "years are -1 to -10 (-1 = the year before)"),
            );
        }
        if years.iter().collect::<BTreeSet<_>>().len() != years.len() {
            self.fault(path, say!("年份重复", "a year stands twice"));
        }
    }

    fn unknown_indicator(&mut self, path: &str, code: &str) {
        self.fault(path, say!("没有指标“{code}”", "there is no indicator {code:?}"));
    }

    /// An indicator of the yearly report, not one derived from it.
    fn reported(&mut self, path: &str, code: &str) {
        if find_indicator(code).is_none() {
            self.unknown_indicator(path, code);
        }
    }

    /// Rates are compared with `ppm`, everything else with `value`, so that 6 % is never written as 6.
    fn threshold(&mut self, path: &str, indicator: &str, value: Option<i64>, ppm: Option<i64>) {
        let Some(unit) = unit_of(indicator) else {
            return self.unknown_indicator(&format!("{path}.indicator"), indicator);
        };
        match (unit, value, ppm) {
            (Unit::Ppm, None, Some(ppm)) => self.ppm(&format!("{path}.ppm"), ppm),
            (Unit::Ppm, _, _) => {
                self.fault(path, say!("{indicator} 是比率，请只填写 ppm", "{indicator} is a rate: give ppm only"))
            }
            (_, Some(_), None) => {}
            _ => self.fault(path, say!("{indicator} 请只填写 value", "{indicator} is no rate: give value only")),
        }
    }

    fn ppm(&mut self, path: &str, ppm: i64) {
        if !(-999_999..=MAX_PPM).contains(&ppm) {
            self.fault(path, say!("比率超出范围", "the rate is out of range"));
        }
    }

    fn listed(&mut self, path: &str, codes: &[String], known: impl Fn(&RuleSet, &str) -> bool) {
        if codes.is_empty() {
            self.fault(path, say!("不能为空", "must not be empty"));
        }
        for (i, code) in codes.iter().enumerate().filter(|(_, code)| !known(self.rules, code)) {
            self.faults.push((format!("{path}[{i}]"), say!("没有“{code}”", "there is no {code:?}")));
        }
    }
}

/// The code of a rule set stands in addresses and file names.
fn is_code(text: &str) -> bool {
    (1..=64).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'_')
}
