//! One rule: a combinator over rules, or a test of the figures.

use std::fmt;

use serde::de::{MapAccess, Visitor, value::MapAccessDeserializer};
use serde::{Deserialize, Deserializer, Serialize};

use crate::platform::text::Say;
use crate::programme::figures::{PartnerRole, SourcedProjectKind, TalentGrade};
use crate::programme::model::{Level, Maturity, Mode};

/// A rule of a gate. Exactly one combinator or test stands in it, under its own key:
/// `{ code = "..", text = {..}, gte = { indicator = "revenue", value = 500_000_000 } }`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "Written", try_from = "Written")]
pub struct Rule {
    /// Unique in the tier; needed by everything that is explained, chosen or referred to.
    pub code: Option<String>,
    /// What the rule demands, for people.
    pub text: Option<Say>,
    pub basis: Option<Say>,
    /// Codes of the evidence that proves it.
    pub evidence: Vec<String>,
    /// Tested in a first recognition or in a re-check only.
    pub only_when: Option<Mode>,
    /// When this rule is met, the one it stands in is not examined.
    pub waived_if: Option<Box<Rule>>,
    pub test: Test,
}

impl Rule {
    /// The rules directly below, without the waiver.
    pub fn children(&self) -> Vec<&Rule> {
        match &self.test {
            Test::All(children) | Test::Any(children) => children.iter().collect(),
            Test::Not(child) => vec![child],
            Test::Piecewise(pieces) => pieces.bands.iter().map(|band| &band.rule).collect(),
            _ => Vec::new(),
        }
    }

    /// The rule itself, everything below it, and all waivers.
    pub fn with_descendants(&self) -> Vec<&Rule> {
        let below = self.children().into_iter().chain(self.waived_if.as_deref());
        std::iter::once(self).chain(below.flat_map(Rule::with_descendants)).collect()
    }

    /// Whether the applicant may choose `code` among the alternatives of this rule.
    pub fn offers(&self, code: &str) -> bool {
        matches!(&self.test, Test::Any(children) if children.iter().any(|child| child.code.as_deref() == Some(code)))
    }
}

/// The list of tests is written once; the enum, the written form and the conversions follow from it. The written
/// form is a struct with one optional key per test, not a tagged enum, because a tagged enum would be buffered and
/// lose the path of a fault.
macro_rules! tests {
    ($($(#[$doc:meta])* $key:ident = $variant:ident($content:ty)),+ $(,)?) => {
        /// What a rule asks.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum Test { $($(#[$doc])* $variant($content)),+ }

        impl Test {
            /// The key in the document.
            pub fn key(&self) -> &'static str {
                match self { $(Test::$variant(_) => stringify!($key).trim_start_matches("r#")),+ }
            }
        }

        #[derive(Default, Serialize, Deserialize)]
        #[serde(default, deny_unknown_fields)]
        struct Written {
            #[serde(skip_serializing_if = "Option::is_none")]
            code: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            text: Option<Say>,
            #[serde(deserialize_with = "plain_or_both", skip_serializing_if = "Option::is_none")]
            basis: Option<Say>,
            #[serde(skip_serializing_if = "Vec::is_empty")]
            evidence: Vec<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            only_when: Option<Mode>,
            #[serde(skip_serializing_if = "Option::is_none")]
            waived_if: Option<Box<Rule>>,
            $(#[serde(skip_serializing_if = "Option::is_none")] $key: Option<$content>,)+
        }

        impl From<Rule> for Written {
            fn from(rule: Rule) -> Self {
                let Rule { code, text, basis, evidence, only_when, waived_if, test } = rule;
                let mut written = Written { code, text, basis, evidence, only_when, waived_if, ..Written::default() };
                match test { $(Test::$variant(content) => written.$key = Some(content),)+ }
                written
            }
        }

        impl TryFrom<Written> for Rule {
            type Error = String;

            fn try_from(written: Written) -> Result<Self, String> {
                let Written { code, text, basis, evidence, only_when, waived_if, .. } = written;
                let mut tests: Vec<Test> = Vec::new();
                $(tests.extend(written.$key.map(Test::$variant));)+
                let found: Vec<_> = tests.iter().map(Test::key).collect();
                let found = if found.is_empty() { "found none".to_owned() } else { format!("found {}", found.join(", ")) };
                match <[Test; 1]>::try_from(tests) {
                    Ok([test]) => Ok(Rule { code, text, basis, evidence, only_when, waived_if, test }),
                    Err(_) => Err(format!("a rule needs exactly one test (all, any, not, gte, ...), {found}")),
                }
            }
        }
    };
}

tests! {
    /// Every rule must hold.
    all = All(Vec<Rule>),
    /// One rule is enough; the applicant may choose which.
    any = Any(Vec<Rule>),
    not = Not(Box<Rule>),
    /// Another rule by the size of the enterprise.
    piecewise = Piecewise(Piecewise),
    /// The outcome of a rule that stands before this one.
    rule = Same(String),
    gte = Gte(Compare),
    gt = Gt(Compare),
    lte = Lte(Compare),
    lt = Lt(Compare),
    eq = Eq(Compare),
    /// A code is one of a list.
    r#in = In(InCodes),
    /// The figure is given, whatever it is.
    present = Present(OneYear),
    sum_gte = SumGte(Sum),
    each_year_gte = EachYearGte(EachYear),
    each_year_lte = EachYearLte(EachYear),
    ratio_gte = RatioGte(Ratio),
    ratio_lte = RatioLte(Ratio),
    cagr_gte = CagrGte(Growth),
    holds_title = HoldsTitle(HeldTitle),
    track_in = TrackIn(TrackTest),
    age_lte = AgeLte(Age),
    age_gte = AgeGte(Age),
    is_true = IsTrue(Flag),
    ip_gte = IpGte(IpTest),
    award = Award(AwardTest),
    sourced_project = SourcedProject(ProjectTest),
    talent = Talent(TalentTest),
    institution = Institution(InstitutionTest),
    partners_gte = PartnersGte(PartnersTest),
    contracts_gte = ContractsGte(PartnersTest),
    equity_gte = EquityGte(EquityTest),
    score_gte = ScoreGte(ScoreTest),
    /// Only a person can judge it.
    human = Human(Human),
}

macro_rules! content {
    ($($(#[$doc:meta])* $name:ident { $($body:tt)* })+) => {
        $($(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct $name { $($body)* })+
    };
}

fn last_year() -> i32 {
    -1
}

fn last_year_only() -> Vec<i32> {
    vec![-1]
}

fn one() -> i64 {
    1
}

content! {
    /// The first band whose limit takes the size; the last band has no limit.
    Piecewise {
        pub by: String,
        #[serde(default = "last_year")]
        pub year: i32,
        pub bands: Vec<Band>,
    }
    /// `up_to` includes its limit, `below` does not.
    Band {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub up_to: Option<i64>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub below: Option<i64>,
        pub rule: Rule,
    }
    /// An indicator of one year against `value` (amounts, counts) or `ppm` (rates).
    Compare {
        pub indicator: String,
        #[serde(default = "last_year")]
        pub year: i32,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub value: Option<i64>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub ppm: Option<i64>,
    }
    OneYear {
        pub indicator: String,
        #[serde(default = "last_year")]
        pub year: i32,
    }
    InCodes {
        pub fact: TextFact,
        pub values: Vec<String>,
    }
    /// The sum of an indicator over the years.
    Sum {
        pub indicator: String,
        pub years: Vec<i32>,
        pub value: i64,
    }
    /// The same comparison in each of the years.
    EachYear {
        pub indicator: String,
        pub years: Vec<i32>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub value: Option<i64>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub ppm: Option<i64>,
    }
    /// One indicator over another, both summed over the years.
    Ratio {
        pub numerator: String,
        pub denominator: String,
        #[serde(default = "last_year_only")]
        pub years: Vec<i32>,
        pub ppm: i64,
    }
    /// Compound annual growth over `over` years up to `year`.
    Growth {
        pub indicator: String,
        pub over: u32,
        #[serde(default = "last_year")]
        pub year: i32,
        pub ppm: i64,
    }
    /// One of the kinds is held on the day of reckoning.
    HeldTitle {
        pub kinds: Vec<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub min_level: Option<Level>,
    }
    /// A track of the rule set; narrowed by code or maturity when those are given.
    TrackTest {
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub tracks: Vec<String>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub maturity: Vec<Maturity>,
        /// A track of the watch list is left to an officer instead of refused.
        #[serde(default)]
        pub watch_list: bool,
    }
    /// Age on the day of reckoning, in full `years` or in `days`; the limit is included.
    Age {
        #[serde(default)]
        pub since: Since,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub years: Option<u32>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub days: Option<u32>,
    }
    /// A fact that is true or false.
    Flag {
        pub fact: FactName,
        /// The office finds out by itself: what is not stated is left to an officer instead of missing.
        #[serde(default)]
        pub officer_verifies: bool,
    }
    /// The sum of these counts.
    IpTest {
        pub counts: Vec<IpCount>,
        pub value: i64,
    }
    AwardTest {
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub kinds: Vec<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub min_level: Option<Level>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub rank_lte: Option<u32>,
        /// Awarded in one of so many years before the round's, or in that year itself.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub within_years: Option<u32>,
    }
    ProjectTest {
        pub kinds: Vec<SourcedProjectKind>,
    }
    TalentTest {
        pub grades: Vec<TalentGrade>,
        /// Only founders count.
        #[serde(default)]
        pub founder: bool,
        #[serde(default = "one")]
        pub value: i64,
    }
    InstitutionTest {
        pub min_level: Level,
    }
    /// Partners that fit: their number (`partners_gte`) or the sum of their contracts in fen (`contracts_gte`).
    PartnersTest {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub role: Option<PartnerRole>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub library_member: Option<bool>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub local: Option<bool>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub contract: Option<bool>,
        /// Contracts of this year only.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub year: Option<i32>,
        pub value: i64,
    }
    /// Paid-in equity rounds of the last years.
    EquityTest {
        pub within_years: u32,
        /// Only money of qualified institutions counts.
        #[serde(default)]
        pub qualified: bool,
        /// In fen.
        pub value: i64,
    }
    /// Computed points of an item, of a dimension, or of all.
    ScoreTest {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub of: Option<String>,
        pub value: u32,
    }
    /// The code under which an officer's answer is looked up; the text of the rule is the question.
    Human {
        pub question: String,
    }
}

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident { $($variant:ident),+ $(,)? })+) => {
        $($(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($variant),+ })+
    };
}

codes! {
    /// A fact that is true or false, or (for `required_facts`) given or not.
    FactName { Track, RegisteredOn, NicheSince, RegisteredInLaoshan, LegalPerson, LandingAgreement, DataConsent,
        Titles, Ip, Awards, Partners, SourcedProjects, Talents, Institutions, EquityRounds }
    TextFact { Industry, Track }
    IpCount { Class1Granted, Class1Accepted, Class1InUse, Class1Own, Class1HighValue, Class2 }
}

/// The date an age is counted from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Since {
    #[default]
    RegisteredOn,
    NicheSince,
}

/// A legal basis is often a document number that needs no translation: a plain string stands for both languages.
pub(super) fn plain_or_both<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Say>, D::Error> {
    struct PlainOrBoth;

    impl<'de> Visitor<'de> for PlainOrBoth {
        type Value = Option<Say>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a string or { zh, en }")
        }

        fn visit_str<E>(self, text: &str) -> Result<Option<Say>, E> {
            Ok(Some(Say::new(text, text)))
        }

        fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Option<Say>, A::Error> {
            Say::deserialize(MapAccessDeserializer::new(map)).map(Some)
        }
    }

    deserializer.deserialize_any(PlainOrBoth)
}
