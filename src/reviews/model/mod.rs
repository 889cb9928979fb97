//! Ids, words and rows of the review slice.

use crate::{id_type, text_enum};

id_type!(ExpertId, DrawId, PanelId, PanelMemberId, ReviewId, ConflictId, ScoreId);

text_enum! {
    /// What an expert is asked for.
    pub enum ExpertKind {
        Technical = "technical",
        Finance = "finance",
        Industry = "industry",
        Investment = "investment",
    }
}

text_enum! {
    /// How the totals of several experts become one.
    pub enum Method {
        /// The mean of all.
        Plain = "plain",
        Median = "median",
        /// The mean without one highest and one lowest from five experts up; below five the plain mean.
        Trimmed = "trimmed",
        /// The mean after every expert was brought to the same average and deviation.
        ZScore = "z_score",
    }
}
