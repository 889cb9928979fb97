use crate::{id_type, text_enum};

id_type!(DecisionId, DecisionStepId);

text_enum! {
    pub enum DecisionState {
        Pending = "pending",
        Approved = "approved",
        Refused = "refused",
        Voided = "voided",
    }
}
