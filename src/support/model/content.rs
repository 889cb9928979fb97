//! What a plan says.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::DepartmentId;
use crate::platform::text::Say;
use crate::{say, text_enum};

text_enum! {
    /// What kind of help a measure is.
    pub enum Category {
        Finance = "FIN",
        Subsidy = "SUB",
        Equity = "EQT",
        Talent = "TAL",
        Land = "LAND",
        Research = "RND",
        Property = "IPR",
        Transfer = "TTR",
        Scenario = "SCN",
        Market = "MKT",
        Chain = "CHN",
        Compliance = "COM",
        Digital = "DIG",
        Other = "OTH",
    }
}

impl Category {
    /// The name people read.
    pub fn label(self) -> Say {
        match self {
            Category::Finance => say!("融资信贷", "finance and loans"),
            Category::Subsidy => say!("补贴税惠", "subsidies and tax"),
            Category::Equity => say!("股权基金", "equity and funds"),
            Category::Talent => say!("人才安居", "talent, housing, schools"),
            Category::Land => say!("空间园区", "space and parks"),
            Category::Research => say!("研发平台", "research projects and platforms"),
            Category::Property => say!("知识产权标准", "intellectual property and standards"),
            Category::Transfer => say!("成果转化", "technology transfer and pilot lines"),
            Category::Scenario => say!("应用场景", "application scenarios and orders"),
            Category::Market => say!("市场会展", "markets and exhibitions"),
            Category::Chain => say!("产业链对接", "chain matching"),
            Category::Compliance => say!("合规审批", "compliance and permits"),
            Category::Digital => say!("数字绿色改造", "digital and green upgrade"),
            Category::Other => say!("其他", "other"),
        }
    }
}

text_enum! {
    /// Whose budget pays.
    pub enum FundSource {
        National = "national",
        Provincial = "provincial",
        Municipal = "municipal",
        District = "district",
        Park = "park",
        Social = "social",
    }
}

text_enum! {
    /// Where a proposed line comes from.
    pub enum LineOriginKind {
        /// What is missing to the next tier.
        Gap = "gap",
        /// A problem or need of the enterprise that is still open.
        Request = "request",
        /// What similar plans that reached their goals did.
        Similar = "similar",
    }
}

/// Kept with the line when a person took it over from a proposal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LineOrigin {
    pub kind: LineOriginKind,
    /// In words: which rule with which figures, which item, how many plans.
    pub text: String,
    /// The rule's code, the item's id, or the category.
    pub reference: String,
}

/// A figure to be reached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Goal {
    /// Code of an annual indicator; each once in a plan.
    pub indicator: String,
    /// In the unit of the indicator: money in fen, shares in ppm.
    pub base: i64,
    /// Below the base when the figure is to fall.
    pub target: i64,
    /// The figure of this day's year is held against the target.
    pub due_on: NaiveDate,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<LineOrigin>,
}

/// What will be done, by whom, until when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Measure {
    /// Names the measure over all revisions: lower-case letters, digits and hyphens, up to 20.
    pub key: String,
    pub category: Category,
    pub title: String,
    /// The responsible unit.
    pub lead: DepartmentId,
    /// Supporting units.
    #[serde(default)]
    pub supporting: Vec<DepartmentId>,
    pub due_on: NaiveDate,
    /// The budget line it is paid from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub budget_line: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<LineOrigin>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BudgetLine {
    /// Names the line over all revisions: lower-case letters, digits and hyphens, up to 20.
    pub key: String,
    pub source: FundSource,
    pub purpose: String,
    pub amount_fen: i64,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct PlanContent {
    pub diagnosis: String,
    /// The unit responsible for the plan as a whole.
    pub lead: Option<DepartmentId>,
    pub goals: Vec<Goal>,
    pub measures: Vec<Measure>,
    pub budget: Vec<BudgetLine>,
    /// What the enterprise commits to.
    pub commitments: Vec<String>,
    pub mid_review_on: Option<NaiveDate>,
}

impl PlanContent {
    /// Every unit named, each once, in order of appearance.
    pub fn units(&self) -> Vec<&DepartmentId> {
        let named =
            self.lead.iter().chain(self.measures.iter().flat_map(|m| std::iter::once(&m.lead).chain(&m.supporting)));
        named.fold(Vec::new(), |mut units, unit| {
            if !units.contains(&unit) {
                units.push(unit);
            }
            units
        })
    }
}

/// A paper that proves something, by what is printed on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DocumentRef {
    pub title: String,
    /// Document or invoice number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issued_by: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dated_on: Option<NaiveDate>,
    /// Of the file, 64 hexadecimal digits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
}
