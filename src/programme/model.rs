use crate::{id_type, text_enum};

id_type!(RuleSetId);

text_enum! {
    /// The four tiers.
    pub enum Tier {
        Seed = "seed",
        FutureStar = "future_star",
        Leading = "leading",
        Ecosystem = "ecosystem",
    }
}

text_enum! {
    /// Ladder seed -> future star -> leading; ecosystem runs beside it.
    pub enum Lane {
        Ladder = "ladder",
        Ecosystem = "ecosystem",
    }
}

impl Tier {
    pub fn lane(self) -> Lane {
        match self {
            Tier::Seed | Tier::FutureStar | Tier::Leading => Lane::Ladder,
            Tier::Ecosystem => Lane::Ecosystem,
        }
    }
}
