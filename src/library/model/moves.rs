//! What moves a membership, as people ask for it.

use chrono::NaiveDate;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{MembershipId, MembershipState, Source};
use crate::decisions::model::DecisionId;
use crate::enterprises::model::EnterpriseId;
use crate::platform::text::Say;
use crate::platform::types::Stamp;
use crate::programme::model::{Lane, Tier};
use crate::schema::{membership_spans, reentry_bars};
use crate::{id_type, say, text_enum};

id_type!(BarId);

text_enum! {
    /// Why a member is watched (预警).
    pub enum WatchTrigger {
        MissedUpdate = "missed_update",
        RevenueDrop = "revenue_drop",
        LostTitle = "lost_title",
        CreditEvent = "credit_event",
        MajorChange = "major_change",
        Recheck = "recheck",
        Other = "other",
    }
}

impl WatchTrigger {
    /// The name people read.
    pub fn label(self) -> Say {
        match self {
            WatchTrigger::MissedUpdate => say!("未按期更新年度信息", "missed annual update"),
            WatchTrigger::RevenueDrop => say!("营业收入大幅下降", "revenue dropped"),
            WatchTrigger::LostTitle => say!("资质失效", "lost title"),
            WatchTrigger::CreditEvent => say!("信用或司法事件", "credit or judicial event"),
            WatchTrigger::MajorChange => say!("重大变化", "major change"),
            WatchTrigger::Recheck => say!("复核结论", "outcome of a re-check"),
            WatchTrigger::Other => say!("其他", "other"),
        }
    }
}

/// One state of a membership and how long it lasted.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = membership_spans)]
pub struct Span {
    pub membership_id: MembershipId,
    pub seq: i64,
    pub state: MembershipState,
    pub tier: Option<Tier>,
    pub from_at: Stamp,
    pub to_at: Option<Stamp>,
}

/// Bars an enterprise from applying after a revocation for fault.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = reentry_bars)]
pub struct Bar {
    pub id: BarId,
    pub enterprise_id: EnterpriseId,
    pub membership_id: MembershipId,
    pub decision_id: DecisionId,
    pub basis: String,
    pub from_on: NaiveDate,
    /// The last day of the bar.
    pub until_on: NaiveDate,
    pub created_at: Stamp,
}

/// How a candidate was found; which fields count depends on the source.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct CandidateOrigin {
    /// A competition's name; required of that source.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event: Option<String>,
    /// The place won.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// The competition's track, in its own words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub track: Option<String>,
    /// The park, institute or expert who refers; required of a referral.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub referred_by: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct CreateMembershipBody {
    /// Required.
    pub enterprise_id: Option<EnterpriseId>,
    /// Required.
    pub lane: Option<Lane>,
    /// Required. `self_check` from the enterprise itself, `competition`, `referral` or `import` from an officer.
    pub source: Option<Source>,
    pub detail: CandidateOrigin,
    /// The enterprise agrees to be kept in the library; required of `self_check`.
    pub consent: bool,
}

#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct WatchMembershipBody {
    /// Required.
    pub trigger: Option<WatchTrigger>,
    /// Required. Up to 2,000 characters.
    pub reason: String,
}

#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct ClearMembershipBody {
    /// Required. Up to 2,000 characters.
    pub reason: String,
}

/// For a step that takes a right away: why, and by which article.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct MembershipReasonBody {
    /// Required. Up to 2,000 characters.
    pub reason: String,
    /// Required. The article it rests on, up to 500 characters.
    pub basis: String,
}

#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct RevokeMembershipBody {
    /// Required. Up to 2,000 characters.
    pub reason: String,
    /// Required. The article it rests on, up to 500 characters.
    pub basis: String,
    /// Years of the bar, 0 to 10; as configured when left out.
    pub bar_years: Option<i64>,
}
