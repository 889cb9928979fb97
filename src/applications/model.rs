use crate::{id_type, text_enum};

id_type!(ApplicationId, SnapshotId, ApplicationReturnId, OverrideId);

text_enum! {
    pub enum ApplicationState {
        Draft = "draft",
        Submitted = "submitted",
        Returned = "returned",
        Accepted = "accepted",
        RejectedFormal = "rejected_formal",
        InReview = "in_review",
        Scored = "scored",
        SiteChecked = "site_checked",
        Proposed = "proposed",
        NotSelected = "not_selected",
        InPublicity = "in_publicity",
        Objected = "objected",
        Recognised = "recognised",
        Denied = "denied",
        Withdrawn = "withdrawn",
        Void = "void",
    }
}
