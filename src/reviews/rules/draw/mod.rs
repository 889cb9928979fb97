//! The random draw of a panel, as a function of its stored inputs: the same seed, rules and candidates give the same panel for
//! ever, on every machine, whatever the order of the candidate list.
//!
//! Candidates are put in the order of SHA-256(seed ‖ id). Places are filled by stratum - technical, finance, then open to all -
//! and along that order everybody is taken with whom the panel can still be completed. Whether it can is decided exactly, so a
//! draw never runs into a dead end, and a refusal to draw is a proof that no panel keeps the rules. Candidates that differ in
//! nothing the rules look at have equal chances, because the order treats them alike.

mod pool;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use utoipa::ToSchema;

use crate::error::{Faults, FieldCode};
use crate::platform::text::Say;
use crate::platform::width::half_width;
use crate::reviews::model::{ExpertId, ExpertKind};
use crate::{say, text_enum};
use pool::{Pool, Wanted};

/// Names the procedure above; a draw is replayed by the procedure it was drawn with.
pub const PROCEDURE: &str = "sha256-strata-1";
const MILLION: i64 = 1_000_000;

/// What a panel must look like. Data of the round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct PanelRules {
    /// Members; odd, at least 5.
    pub size: u32,
    /// Substitutes drawn at the same time, as far as the pool has them.
    pub alternates: u32,
    /// Least share of technical experts in ppm, rounded up to whole persons.
    pub min_technical_ppm: i64,
    pub min_finance: u32,
    pub max_per_employer: u32,
    /// Technical experts must know one of these fields; empty = any field.
    pub fields: Vec<String>,
}

impl Default for PanelRules {
    fn default() -> Self {
        Self { size: 5, alternates: 2, min_technical_ppm: 600_000, min_finance: 1, max_per_employer: 1, fields: vec![] }
    }
}

impl PanelRules {
    pub const MAX_SIZE: u32 = 99;

    /// What is wrong with the rules themselves, whoever the candidates are.
    pub fn check(&self, at: &str, faults: &mut Faults) {
        faults.range(&format!("{at}/size"), self.size.into(), 5, Self::MAX_SIZE.into());
        if self.size.is_multiple_of(2) {
            let said = say!("专家人数应为单数", "must be odd");
            faults.add(format!("{at}/size"), FieldCode::OutOfRange, said);
        }
        faults.range(&format!("{at}/alternates"), self.alternates.into(), 0, Self::MAX_SIZE.into());
        faults.range(&format!("{at}/min_technical_ppm"), self.min_technical_ppm, 0, MILLION);
        faults.range(&format!("{at}/max_per_employer"), self.max_per_employer.into(), 1, Self::MAX_SIZE.into());
        let open = self.size.saturating_sub(self.technical_of(self.size));
        if self.min_finance > open {
            let said = say!(
                "技术专家至少 {}、财务专家至少 {}，超过专家总数 {}",
                "{} technical and {} finance experts do not fit into a panel of {}",
                self.technical_of(self.size),
                self.min_finance,
                self.size
            );
            faults.add(format!("{at}/min_finance"), FieldCode::OutOfRange, said);
        }
        for (n, field) in self.fields.iter().enumerate() {
            faults.text(&format!("{at}/fields/{n}"), field, 1, 60);
        }
    }

    /// How many of `size` must be technical: the share, rounded up to whole persons.
    fn technical_of(&self, size: u32) -> u32 {
        let exact = i128::from(size) * i128::from(self.min_technical_ppm.clamp(0, MILLION));
        u32::try_from((exact + i128::from(MILLION) - 1) / i128::from(MILLION)).unwrap_or(size)
    }

    fn knows_field(&self, candidate: &Candidate) -> bool {
        let wanted = candidate.kind == ExpertKind::Technical && !self.fields.is_empty();
        !wanted || candidate.fields.iter().any(|field| self.fields.contains(field))
    }
}

/// An expert as the draw sees them. Stored with the draw, those who could not be drawn included.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Candidate {
    pub expert_id: ExpertId,
    pub kind: ExpertKind,
    pub employer: String,
    pub fields: Vec<String>,
    /// Reviews the expert carries already.
    pub load: u32,
    pub load_cap: u32,
    pub available: bool,
    /// In conflict with one of the applicants.
    pub conflicted: bool,
}

/// One drawn expert.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Drawn {
    pub expert_id: ExpertId,
    pub kind: ExpertKind,
    /// The stratum whose place the expert fills.
    pub place: Place,
}

text_enum! {
    pub enum Place {
        Technical = "technical",
        Finance = "finance",
        Open = "open",
    }
}

impl Place {
    fn takes(self, kind: ExpertKind) -> bool {
        match self {
            Place::Technical => kind == ExpertKind::Technical,
            Place::Finance => kind == ExpertKind::Finance,
            Place::Open => true,
        }
    }
}

/// What a draw gives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Panel {
    pub members: Vec<Drawn>,
    /// In the order in which they step in.
    pub alternates: Vec<Drawn>,
    /// Alternates that were asked for and that the pool does not have.
    pub alternates_missing: u32,
}

text_enum! {
    /// The rules of composition, as an answer names them.
    pub enum PanelRule {
        Size = "size",
        TechnicalShare = "technical_share",
        Finance = "finance",
        EmployerLimit = "employer_limit",
        FieldMatch = "field_match",
    }
}

/// A rule that no panel of these candidates keeps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Shortage {
    pub rule: PanelRule,
    /// How many experts the rules need of one sort, and how many the pool can give at most.
    pub needed: u32,
    pub found: u32,
    pub said: Say,
}

/// Why nothing was drawn: every rule in the way, and who was left out before the draw began.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Infeasible {
    pub shortages: Vec<Shortage>,
    pub unavailable: u32,
    pub at_load_cap: u32,
    pub conflicted: u32,
}

/// Draws a panel for `tasks` reviews per member.
///
/// `rules` must have passed [`PanelRules::check`], and no expert may be listed twice.
pub fn draw(seed: &[u8; 32], rules: &PanelRules, tasks: u32, candidates: &[Candidate]) -> Result<Panel, Infeasible> {
    let mut in_order: Vec<&Candidate> = candidates.iter().filter(|c| may_be_drawn(c, tasks)).collect();
    in_order.sort_by_cached_key(|c| (rank(seed, &c.expert_id), c.expert_id.clone()));
    let fitting: Vec<&Candidate> = in_order.iter().copied().filter(|c| rules.knows_field(c)).collect();
    let wanted = Wanted { technical: rules.technical_of(rules.size), finance: rules.min_finance, total: rules.size };

    let mut pool = Pool::new(fitting, rules.max_per_employer);
    if !pool.can_give(wanted) {
        let any_field = Pool::new(in_order, rules.max_per_employer);
        return Err(explain(&pool, &any_field, wanted, tasks, candidates));
    }
    let members = pool.take(wanted);
    // Finance first: a panel's one finance expert cannot be replaced by anybody else.
    let finance = rules.min_finance.min(rules.alternates);
    let technical = rules.technical_of(rules.alternates).min(rules.alternates - finance);
    let alternates = pool.take(pool.at_most(Wanted { technical, finance, total: rules.alternates }));
    let alternates_missing = rules.alternates - alternates.len() as u32;
    Ok(Panel { members, alternates, alternates_missing })
}

/// The alternate who steps in for a member who leaves: the first with whom the panel keeps its rules.
///
/// `panel` is who sits now, the leaving one included; `alternates` those who wait, in their order.
pub fn substitute<'a>(
    rules: &PanelRules,
    panel: &[Candidate],
    leaving: &ExpertId,
    alternates: &'a [Candidate],
) -> Option<&'a Candidate> {
    let staying: Vec<&Candidate> = panel.iter().filter(|c| c.expert_id != *leaving).collect();
    let sits = |c: &Candidate| panel.iter().any(|member| member.expert_id == c.expert_id);
    // A panel that is a member short already is measured at the size it has.
    let rules = PanelRules { size: staying.len() as u32 + 1, ..rules.clone() };
    alternates.iter().filter(|c| !sits(c)).find(|c| {
        let seated: Vec<&Candidate> = staying.iter().copied().chain([*c]).collect();
        broken_rules(&rules, &seated).is_empty()
    })
}

/// The rules of composition that these members break.
pub fn broken_rules(rules: &PanelRules, members: &[&Candidate]) -> Vec<PanelRule> {
    let of = |kind| members.iter().filter(|c| c.kind == kind).count() as u32;
    let at = |employer: &str| members.iter().filter(|c| employer_key(&c.employer) == employer).count() as u32;
    let checks = [
        (PanelRule::Size, members.len() as u32 == rules.size),
        (PanelRule::TechnicalShare, of(ExpertKind::Technical) >= rules.technical_of(rules.size)),
        (PanelRule::Finance, of(ExpertKind::Finance) >= rules.min_finance),
        (PanelRule::EmployerLimit, members.iter().all(|c| at(&employer_key(&c.employer)) <= rules.max_per_employer)),
        (PanelRule::FieldMatch, members.iter().all(|c| rules.knows_field(c))),
    ];
    checks.into_iter().filter(|(_, kept)| !kept).map(|(rule, _)| rule).collect()
}

/// How an employer's name is compared: without blanks, in half-width, in lower case.
pub fn employer_key(name: &str) -> String {
    half_width(name).chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}

fn may_be_drawn(candidate: &Candidate, tasks: u32) -> bool {
    candidate.available && !candidate.conflicted && has_room(candidate, tasks)
}

fn has_room(candidate: &Candidate, tasks: u32) -> bool {
    candidate.load.saturating_add(tasks) <= candidate.load_cap
}

fn rank(seed: &[u8; 32], id: &ExpertId) -> [u8; 32] {
    Sha256::new().chain_update(seed).chain_update(id.as_str()).finalize().into()
}

/// Names the rules in the way. A stratum that is short only because of the fields or of the employers says so: it is that rule
/// an officer would have to change.
fn explain(pool: &Pool, any_field: &Pool, wanted: Wanted, tasks: u32, candidates: &[Candidate]) -> Infeasible {
    use ExpertKind::{Finance, Industry, Investment, Technical};
    let mut shortages = Vec::new();
    let strata: [(PanelRule, u32, &[ExpertKind], Say); 4] = [
        (PanelRule::TechnicalShare, wanted.technical, &[Technical], say!("技术专家", "technical experts")),
        (PanelRule::Finance, wanted.finance, &[Finance], say!("财务专家", "finance experts")),
        (
            PanelRule::EmployerLimit,
            wanted.technical + wanted.finance,
            &[Technical, Finance],
            say!("技术和财务专家", "technical and finance experts"),
        ),
        (PanelRule::Size, wanted.total, &[Technical, Finance, Industry, Investment], say!("专家", "experts")),
    ];
    for (rule, needed, kinds, who) in strata {
        let found = pool.supply(kinds);
        // The pair is a rule of its own only when each of the two alone could be had.
        let follows = rule == PanelRule::EmployerLimit && !shortages.is_empty();
        if found >= needed || follows {
            continue;
        }
        let rule = if any_field.supply(kinds) >= needed {
            PanelRule::FieldMatch
        } else if pool.count(kinds) >= needed {
            PanelRule::EmployerLimit
        } else {
            rule
        };
        let (why_zh, why_en) = match rule {
            PanelRule::FieldMatch => ("熟悉所需领域的", " who know the fields"),
            PanelRule::EmployerLimit => ("单位不重复的", " of different employers"),
            _ => ("", ""),
        };
        let (zh, en) = (who.zh, who.en);
        let said = say!(
            "需要{why_zh}{zh} {needed} 名，可抽取的只有 {found} 名",
            "{needed} {en}{why_en} are needed, {found} can be drawn"
        );
        shortages.push(Shortage { rule, needed, found, said });
    }
    let left_out = |why: fn(&Candidate, u32) -> bool| candidates.iter().filter(|c| why(c, tasks)).count() as u32;
    Infeasible {
        shortages,
        unavailable: left_out(|c, _| !c.available),
        at_load_cap: left_out(|c, tasks| c.available && !has_room(c, tasks)),
        conflicted: left_out(|c, tasks| c.available && has_room(c, tasks) && c.conflicted),
    }
}
