use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

use crate::platform::text::Say;
use crate::{say, text_enum};

text_enum! {
    /// What a claim is proved with. All but `other` is required.
    pub enum EvidenceKind {
        BusinessLicence = "business_licence",
        TalentCertificate = "talent_certificate",
        /// 合同与借据
        ContractAndNote = "contract_and_note",
        /// 银行结息单或付息回单
        InterestStatement = "interest_statement",
        /// 资金用途凭证
        UseOfFunds = "use_of_funds",
        Other = "other",
    }
}

text_enum! {
    /// What the enterprise promises with its claim. Every one is required.
    pub enum Promise {
        /// What is handed in is true.
        Truthfulness = "truthfulness",
        /// No other fiscal money subsidises the same interest.
        NoOtherSubsidy = "no_other_subsidy",
        /// The money was used for what the loan was given for: no financing products, no relending to related parties.
        UseAsAgreed = "use_as_agreed",
        /// Stays in the district for as long as the scheme asks.
        StayInDistrict = "stay_in_district",
    }
}

text_enum! {
    /// The green threshold (绿色门槛): what an enterprise declares of itself before it gets fiscal money.
    pub enum GreenItem {
        /// Not of an industry that is prohibited or to be eliminated (产业结构调整指导目录).
        Industry = "industry",
        /// Environmental impact assessment and acceptance done where they are required.
        Assessment = "assessment",
        /// Discharge permit or registration valid where one is required.
        DischargePermit = "discharge_permit",
        /// No serious environmental accident or penalty in three years.
        Record = "record",
        /// No rectification order that is open.
        Rectification = "rectification",
        /// Energy use within its limits.
        Energy = "energy",
    }
}

impl GreenItem {
    /// The declaration that is answered with yes.
    pub fn label(self) -> Say {
        match self {
            Self::Industry => say!("不属于淘汰类、限制类产业", "not of a prohibited or restricted industry"),
            Self::Assessment => {
                say!("依法履行环评及验收手续", "environmental assessment and acceptance done as required")
            }
            Self::DischargePermit => {
                say!("依法持有排污许可或完成登记", "discharge permit or registration held as required")
            }
            Self::Record => {
                say!("近三年无重大环境事故和处罚", "no serious environmental accident or penalty in three years")
            }
            Self::Rectification => say!("无未完成的整改要求", "no open rectification order"),
            Self::Energy => say!("能耗符合要求", "energy use within its limits"),
        }
    }
}

text_enum! {
    pub enum GreenAnswer {
        Yes = "yes",
        No = "no",
        /// The duty does not touch this enterprise.
        NotApplicable = "not_applicable",
    }
}

/// Where the money goes: an account of the enterprise itself.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct PayeeAccount {
    /// The name of the enterprise.
    pub holder: String,
    /// Digits, 5 to 30; spaces and hyphens are left out.
    pub number: String,
    pub bank_name: String,
    /// 12 digits.
    pub cnaps_code: String,
}

/// What the enterprise fills in. A draft may lack anything; handed in, it may not.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct SubsidyForm {
    /// Per kind: what there is and where it is kept.
    pub evidence: BTreeMap<EvidenceKind, String>,
    pub promises: Vec<Promise>,
    pub green: BTreeMap<GreenItem, GreenAnswer>,
    pub account: PayeeAccount,
    pub contact_name: String,
    pub contact_mobile: String,
}
