//! Ids, words, rows and the shapes of requests and answers.

mod facts;
mod imports;
mod members;
mod metrics;
mod record;
mod views;

pub use facts::*;
pub use imports::*;
pub use members::*;
pub use metrics::*;
pub use record::*;
pub use views::*;

use crate::{id_type, text_enum};

id_type!(EnterpriseId, MemberId, ClaimId, FactId);

text_enum! {
    pub enum EnterpriseStatus {
        Active = "active",
        MovedOut = "moved_out",
        Deregistered = "deregistered",
    }
}

text_enum! {
    /// How a record came to be.
    pub enum EnterpriseSource {
        Registration = "registration",
        Officer = "officer",
        Import = "import",
    }
}

text_enum! {
    pub enum MemberRole {
        Owner = "owner",
        Member = "member",
    }
}

text_enum! {
    pub enum ClaimState {
        Pending = "pending",
        Approved = "approved",
        Refused = "refused",
    }
}

text_enum! {
    /// Who entered a figure or a fact.
    pub enum EntrySource {
        /// The enterprise itself.
        Enterprise = "enterprise",
        Officer = "officer",
        /// The enterprise, in its yearly report.
        AnnualUpdate = "annual_update",
    }
}
