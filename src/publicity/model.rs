use crate::{id_type, text_enum};

id_type!(NoticeId, NoticeSubjectId, ObjectionId);

text_enum! {
    pub enum NoticeKind {
        RecognitionList = "recognition_list",
        SubsidyList = "subsidy_list",
    }
}

text_enum! {
    pub enum ObjectionState {
        Received = "received",
        Admitted = "admitted",
        Inadmissible = "inadmissible",
        Investigating = "investigating",
        Upheld = "upheld",
        Dismissed = "dismissed",
        Replied = "replied",
    }
}
