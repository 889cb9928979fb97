//! Leaves over facts that are not annual numbers, and the vetoes.

use chrono::{Months, NaiveDate};

use super::numbers::Finding;
use super::used::{entry, fact};
use super::{EvalContext, Op, ScoreCard, Used, UsedValue, VetoResult};
use crate::programme::document::{
    Age, AwardTest, EquityTest, FactName, Flag, HeldTitle, InCodes, InstitutionTest, IpCount, IpTest, PartnersTest,
    ProjectTest, Rule, RuleSet, Since, TalentTest, Test, TextFact, TrackTest, Veto,
};
use crate::programme::figures::{Award, Figures, Partner};
use crate::programme::indicators::Unit;
use crate::programme::model::Outcome;
use crate::say;

/// Everything a leaf may look at.
#[derive(Clone, Copy)]
pub(super) struct Facts<'a> {
    pub rules: &'a RuleSet,
    pub figures: &'a Figures,
    pub cx: EvalContext,
}

impl<'a> Facts<'a> {
    /// Decides one leaf. Combinators are walked elsewhere and find nothing here.
    pub fn finding(&self, rule: &Rule, score: Option<&ScoreCard>) -> Finding {
        match &rule.test {
            Test::Gte(test) => self.compare(Op::Gte, test),
            Test::Gt(test) => self.compare(Op::Gt, test),
            Test::Lte(test) => self.compare(Op::Lte, test),
            Test::Lt(test) => self.compare(Op::Lt, test),
            Test::Eq(test) => self.compare(Op::Eq, test),
            Test::EachYearGte(test) => self.each_year(Op::Gte, test),
            Test::EachYearLte(test) => self.each_year(Op::Lte, test),
            Test::SumGte(test) => self.sum(test),
            Test::RatioGte(test) => self.ratio_test(Op::Gte, test),
            Test::RatioLte(test) => self.ratio_test(Op::Lte, test),
            Test::CagrGte(test) => self.growth_test(test),
            Test::Present(test) => {
                let mut finding = Finding::default();
                if self.amount(&test.indicator, test.year, &mut finding).is_some() {
                    finding.outcome = Outcome::Met;
                }
                finding
            }
            Test::In(test) => self.code_in(test),
            Test::HoldsTitle(test) => self.holds_title(test),
            Test::TrackIn(test) => self.track_in(test),
            Test::AgeLte(test) => self.age(Op::Lte, test),
            Test::AgeGte(test) => self.age(Op::Gte, test),
            Test::IsTrue(test) => self.flag(test),
            Test::IpGte(test) => self.ip(test),
            Test::Award(test) => self.award(test),
            Test::SourcedProject(test) => self.sourced_project(test),
            Test::Talent(test) => self.talent(test),
            Test::Institution(test) => self.institution(test),
            Test::PartnersGte(test) => self.partners(test),
            Test::ContractsGte(test) => self.contracts(test),
            Test::EquityGte(test) => self.equity(test),
            Test::ScoreGte(test) => score.map_or_else(Finding::default, |score| score.finding(test)),
            Test::Human(test) => self.human(&test.question),
            Test::All(_) | Test::Any(_) | Test::Not(_) | Test::Piecewise(_) | Test::Same(_) => Finding::default(),
        }
    }

    fn code_in(&self, test: &InCodes) -> Finding {
        let (name, value) = match test.fact {
            TextFact::Track => ("track", &self.figures.track),
            TextFact::Industry => ("industry", &self.figures.industry),
        };
        let used = vec![fact(name, value.clone().map(UsedValue::Text), Unit::Code)];
        decided(value.as_ref().map(|value| test.values.contains(value)), used)
    }

    fn track_in(&self, test: &TrackTest) -> Finding {
        let named = self.figures.track.iter().chain(&self.figures.tracks);
        let one = |code: &String| -> Outcome {
            let listed = test.tracks.is_empty() || test.tracks.contains(code);
            match self.rules.tracks.iter().find(|track| track.code == *code) {
                Some(track) if listed && (test.maturity.is_empty() || test.maturity.contains(&track.maturity)) => {
                    Outcome::Met
                }
                None if test.watch_list && self.rules.watch_list.iter().any(|topic| topic.code == *code) => {
                    Outcome::ManualReview
                }
                _ => Outcome::Unmet,
            }
        };
        let outcomes: Vec<_> = named.map(one).collect();
        let outcome = if outcomes.is_empty() { Outcome::Unknown } else { Outcome::any(outcomes) };
        let mut used = vec![fact("track", self.figures.track.clone().map(UsedValue::Text), Unit::Code)];
        if !self.figures.tracks.is_empty() {
            used.push(fact("tracks", Some(UsedValue::Text(self.figures.tracks.join(", "))), Unit::Code));
        }
        Finding { outcome, used, ..Finding::default() }
    }

    /// Full years end on the anniversary, which is still inside; a birthday on 29 February falls on the 28th.
    fn age(&self, op: Op, test: &Age) -> Finding {
        let (name, since) = match test.since {
            Since::RegisteredOn => ("registered_on", self.figures.registered_on),
            Since::NicheSince => ("niche_since", self.figures.niche_since),
        };
        let used = vec![fact(name, since.map(UsedValue::Date), Unit::Date)];
        let as_of = self.cx.as_of;
        let (limit, unit) = match (test.years, test.days) {
            (Some(years), _) => (years, Unit::Years),
            (None, days) => (days.unwrap_or_default(), Unit::Days),
        };
        let mut finding = Finding { used, ..Finding::needing(op, limit.into(), unit) };
        // A date that lies ahead tells no age.
        let Some(since) = since.filter(|since| *since <= as_of) else { return finding };
        let reached = match unit {
            Unit::Years => since.checked_add_months(Months::new(limit.saturating_mul(12))),
            _ => since.checked_add_days(chrono::Days::new(limit.into())),
        };
        // A limit beyond the calendar lies ahead of every day.
        let met = match op {
            Op::Gte => reached.is_some_and(|day| as_of >= day),
            _ => reached.is_none_or(|day| as_of <= day),
        };
        finding.got = match unit {
            Unit::Years => as_of.years_since(since).map(i64::from),
            _ => Some((as_of - since).num_days()),
        };
        finding.outcome = if met { Outcome::Met } else { Outcome::Unmet };
        finding
    }

    fn holds_title(&self, test: &HeldTitle) -> Finding {
        let as_of = self.cx.as_of;
        let fits = |level| test.min_level.map_or(Some(true), |min| Some(level? >= min));
        let of_kind =
            self.figures.titles.iter().flatten().enumerate().filter(|(_, title)| test.kinds.contains(&title.kind));
        let mut held = Vec::new();
        let mut used = Vec::new();
        for (i, title) in of_kind {
            let valid =
                title.valid_from.is_none_or(|from| from <= as_of) && title.valid_to.is_none_or(|to| as_of <= to);
            held.push(if valid { fits(title.level) } else { Some(false) });
            let shown = [Some(title.kind.clone()), title.number.clone(), title.valid_to.map(|to| format!("≤ {to}"))];
            let shown = shown.into_iter().flatten().collect::<Vec<_>>().join(" ");
            used.push(entry("titles", i, shown));
        }
        self.any_of(self.figures.titles.is_some(), "titles", held, used)
    }

    fn award(&self, test: &AwardTest) -> Finding {
        let fits = |award: &Award| {
            every([
                Some(test.kinds.is_empty() || test.kinds.contains(&award.kind)),
                test.min_level.map_or(Some(true), |min| Some(award.level? >= min)),
                test.rank_lte.map_or(Some(true), |limit| Some(award.rank? <= limit)),
                test.within_years.map_or(Some(true), |years| {
                    let since = self.cx.base_year.saturating_sub_unsigned(years);
                    Some((since..=self.cx.base_year).contains(&award.year?))
                }),
            ])
        };
        let awards = self.figures.awards.iter().flatten();
        let held = awards.clone().map(fits).collect();
        let used = awards.enumerate().map(|(i, award)| entry("awards", i, award.kind.clone())).collect();
        self.any_of(self.figures.awards.is_some(), "awards", held, used)
    }

    fn sourced_project(&self, test: &ProjectTest) -> Finding {
        let projects = self.figures.sourced_projects.iter().flatten();
        let held = projects.clone().map(|project| Some(test.kinds.contains(&project.kind))).collect();
        let shown = |project: &crate::programme::figures::SourcedProject| project.name.clone().unwrap_or_default();
        let used = projects.enumerate().map(|(i, project)| entry("sourced_projects", i, shown(project))).collect();
        self.any_of(self.figures.sourced_projects.is_some(), "sourced_projects", held, used)
    }

    fn institution(&self, test: &InstitutionTest) -> Finding {
        let institutions = self.figures.institutions.iter().flatten();
        let held = institutions.clone().map(|institution| Some(institution.level >= test.min_level)).collect();
        let used = institutions.enumerate().map(|(i, it)| entry("institutions", i, it.level.to_string())).collect();
        self.any_of(self.figures.institutions.is_some(), "institutions", held, used)
    }

    fn talent(&self, test: &TalentTest) -> Finding {
        let Some(talents) = &self.figures.talents else {
            let used = vec![fact("talents", None, Unit::Persons)];
            return Finding { used, ..Finding::needing(Op::Gte, test.value, Unit::Persons) };
        };
        let fits = talents.iter().filter(|talent| test.grades.contains(&talent.grade));
        let fits = fits.map(|talent| if test.founder { talent.founder } else { Some(true) });
        let (least, most) = bounds(fits.map(|fits| (fits, 1)));
        let used = talents.iter().enumerate().map(|(i, talent)| entry("talents", i, format!("{:?}", talent.grade)));
        Finding { used: used.collect(), ..Finding::needing(Op::Gte, test.value, Unit::Persons) }
            .between(least, Some(most))
    }

    fn partner_fits(&self, test: &PartnersTest, partner: &Partner) -> Option<bool> {
        fn agrees<T: PartialEq>(wanted: Option<T>, stated: Option<T>) -> Option<bool> {
            wanted.map_or(Some(true), |wanted| Some(stated? == wanted))
        }
        every([
            agrees(test.role, partner.role),
            agrees(test.library_member, partner.library_member),
            agrees(test.local, partner.local),
            agrees(test.contract, partner.contract),
            agrees(test.year.map(|offset| self.cx.base_year + offset), partner.year),
        ])
    }

    fn listed_partners(&self, finding: Finding) -> Result<(&'a [Partner], Finding), Finding> {
        let Some(partners) = &self.figures.partners else {
            return Err(Finding { used: vec![fact("partners", None, Unit::Count)], ..finding });
        };
        let used = partners.iter().enumerate().map(|(i, partner)| entry("partners", i, partner.name.clone())).collect();
        Ok((partners, Finding { used, ..finding }))
    }

    /// A partner that is listed twice, once per contract, is one partner.
    fn partners(&self, test: &PartnersTest) -> Finding {
        let (partners, finding) = match self.listed_partners(Finding::needing(Op::Gte, test.value, Unit::Count)) {
            Ok(listed) => listed,
            Err(unknown) => return unknown,
        };
        let mut by_name: std::collections::BTreeMap<&str, Option<bool>> = Default::default();
        for partner in partners {
            let fits = self.partner_fits(test, partner);
            let known = by_name.entry(partner.name.trim()).or_insert(fits);
            *known = some_of([*known, fits]);
        }
        let (least, most) = bounds(by_name.into_values().map(|fits| (fits, 1)));
        finding.between(least, Some(most))
    }

    fn contracts(&self, test: &PartnersTest) -> Finding {
        let (partners, finding) = match self.listed_partners(Finding::needing(Op::Gte, test.value, Unit::Fen)) {
            Ok(listed) => listed,
            Err(unknown) => return unknown,
        };
        let fitting: Vec<_> =
            partners.iter().map(|partner| (self.partner_fits(test, partner), partner.amount_fen)).collect();
        let (least, most) = bounds(fitting.iter().map(|(fits, amount)| (*fits, amount.unwrap_or(0))));
        // A contract that may count and names no amount leaves the most open.
        let open = fitting.iter().any(|(fits, amount)| *fits != Some(false) && amount.is_none());
        finding.between(least, (!open).then_some(most))
    }

    fn equity(&self, test: &EquityTest) -> Finding {
        let finding = Finding::needing(Op::Gte, test.value, Unit::Fen);
        let Some(rounds) = &self.figures.equity_rounds else {
            return Finding { used: vec![fact("equity_rounds", None, Unit::Fen)], ..finding };
        };
        let since = years_before(self.cx.as_of, test.within_years);
        let recent = rounds.iter().filter(|round| (since..=self.cx.as_of).contains(&round.on));
        let fits = recent.map(|round| (if test.qualified { round.qualified } else { Some(true) }, round.amount_fen));
        let (least, most) = bounds(fits);
        let used = rounds.iter().enumerate().map(|(i, round)| Used {
            value: Some(UsedValue::Number(round.amount_fen)),
            unit: Unit::Fen,
            ..entry("equity_rounds", i, String::new())
        });
        Finding { used: used.collect(), ..finding }.between(least, Some(most))
    }

    fn ip(&self, test: &IpTest) -> Finding {
        let mut finding = Finding::needing(Op::Gte, test.value, Unit::Count);
        let ip = self.figures.ip.clone().unwrap_or_default();
        let mut known = 0i128;
        let mut complete = true;
        for count in &test.counts {
            let (name, value) = match count {
                IpCount::Class1Granted => ("class1_granted", ip.class1_granted),
                IpCount::Class1Accepted => ("class1_accepted", ip.class1_accepted),
                IpCount::Class1InUse => ("class1_in_use", ip.class1_in_use),
                IpCount::Class1Own => ("class1_own", ip.class1_own),
                IpCount::Class1HighValue => ("class1_high_value", ip.class1_high_value),
                IpCount::Class2 => ("class2", ip.class2),
            };
            known += i128::from(value.unwrap_or_default());
            complete &= value.is_some();
            finding
                .used
                .push(Used { pointer: format!("/ip/{name}"), ..fact(name, value.map(UsedValue::Number), Unit::Count) });
        }
        finding.between(known, complete.then_some(known))
    }

    fn flag(&self, test: &Flag) -> Finding {
        let (name, value) = match test.fact {
            FactName::RegisteredInLaoshan => ("registered_in_laoshan", self.figures.registered_in_laoshan),
            FactName::LegalPerson => ("legal_person", self.figures.legal_person),
            FactName::LandingAgreement => ("landing_agreement", self.figures.landing_agreement),
            FactName::DataConsent => ("data_consent", self.figures.data_consent),
            _ => return Finding::default(),
        };
        let mut finding = decided(value, vec![fact(name, value.map(UsedValue::Flag), Unit::Flag)]);
        if value.is_none() && test.officer_verifies {
            finding.outcome = Outcome::ManualReview;
        }
        finding
    }

    fn human(&self, question: &str) -> Finding {
        let answer = self.figures.human.get(question).copied();
        let used = answer.map(|answer| Used {
            what: question.to_owned(),
            pointer: format!("/human/{question}"),
            name: say!("人工核验结论", "Officer's judgement"),
            ..fact("human", Some(UsedValue::Flag(answer)), Unit::Flag)
        });
        let mut finding = decided(answer, used.into_iter().collect());
        if answer.is_none() {
            finding.outcome = Outcome::ManualReview;
        }
        finding
    }

    /// One entry of a list is enough. A list that is not given is unknown; an empty one is an answer.
    fn any_of(&self, given: bool, list: &str, fits: Vec<Option<bool>>, mut used: Vec<Used>) -> Finding {
        if used.is_empty() {
            used.push(fact(list, given.then_some(UsedValue::Number(0)), Unit::Count));
        }
        decided(if given { some_of(fits) } else { None }, used)
    }

    /// A veto is hit by a plain yes or by a dated incident that still counts. Only a plain no clears it.
    pub fn veto(&self, veto: &Veto) -> VetoResult {
        let as_of = self.cx.as_of;
        let stated = self.figures.vetoes.get(&veto.code).copied();
        let mut used: Vec<_> = stated
            .map(|hit| Used {
                what: veto.code.clone(),
                pointer: format!("/vetoes/{}", veto.code),
                ..fact("vetoes", Some(UsedValue::Flag(hit)), Unit::Flag)
            })
            .into_iter()
            .collect();
        let mut hit = stated == Some(true);
        for (i, incident) in self.figures.incidents.iter().enumerate().filter(|(_, it)| it.veto == veto.code) {
            let counts = match veto.within_years {
                Some(years) => incident.on >= years_before(as_of, years),
                None => incident.resolved_on.is_none_or(|day| day > as_of),
            };
            hit |= counts && incident.on <= as_of;
            used.push(Used {
                value: Some(UsedValue::Date(incident.on)),
                unit: Unit::Date,
                source: incident.source.clone(),
                ..entry("incidents", i, String::new())
            });
        }
        let outcome = match stated {
            _ if hit => Outcome::Unmet,
            Some(_) => Outcome::Met,
            None => Outcome::ManualReview,
        };
        let basis = veto.basis.clone().or_else(|| self.rules.basis.clone());
        VetoResult { code: veto.code.clone(), outcome, text: veto.text.clone(), used, basis }
    }
}

fn years_before(day: NaiveDate, years: u32) -> NaiveDate {
    day.checked_sub_months(Months::new(years.saturating_mul(12))).unwrap_or(NaiveDate::MIN)
}

fn decided(fits: Option<bool>, used: Vec<Used>) -> Finding {
    let outcome = match fits {
        Some(true) => Outcome::Met,
        Some(false) => Outcome::Unmet,
        None => Outcome::Unknown,
    };
    Finding { outcome, used, ..Finding::default() }
}

/// All conditions, of which some may be unknown: one that fails decides.
fn every<const N: usize>(conditions: [Option<bool>; N]) -> Option<bool> {
    if conditions.contains(&Some(false)) {
        return Some(false);
    }
    conditions.into_iter().all(|condition| condition == Some(true)).then_some(true)
}

/// At least one, of which some may be unknown: one that holds decides.
fn some_of(conditions: impl IntoIterator<Item = Option<bool>>) -> Option<bool> {
    let conditions: Vec<_> = conditions.into_iter().collect();
    if conditions.contains(&Some(true)) {
        return Some(true);
    }
    conditions.into_iter().all(|condition| condition == Some(false)).then_some(false)
}

/// The sum of what surely counts, and of what may count.
fn bounds(entries: impl Iterator<Item = (Option<bool>, i64)>) -> (i128, i128) {
    entries.fold((0, 0), |(least, most), (fits, amount)| match fits {
        Some(true) => (least + i128::from(amount), most + i128::from(amount)),
        None => (least, most + i128::from(amount)),
        Some(false) => (least, most),
    })
}
