//! What each kind of record lets its files do. A file has no rules of its own: who sees the record sees its files, and they change
//! while the record does.

use super::model::{Holder, HolderKind};
use crate::applications::model::ApplicationId;
use crate::applications::service::attaching;
use crate::error::{AppError, Faults, FieldCode};
use crate::platform::door::Cx;
use crate::platform::policy::Action;
use crate::reviews::service::tasks;
use crate::risk_pool::model::CompensationClaimId;
use crate::risk_pool::service::claims as compensation;
use crate::subsidies::model::SubsidyClaimId;
use crate::subsidies::service::filing;
use crate::support::model::ItemId;
use crate::support::service::items;
use crate::visits::model::SiteVisitId;
use crate::visits::service as visits;

impl HolderKind {
    /// Under which the files are seen.
    pub fn seen_by(self) -> Action {
        match self {
            HolderKind::Application => Action::AttachmentList,
            HolderKind::SiteVisit => Action::SiteVisitView,
            HolderKind::SupportItem => Action::SupportItemView,
            HolderKind::SubsidyClaim => Action::SubsidyClaimView,
            HolderKind::CompensationClaim => Action::CompensationView,
        }
    }

    /// Under which files are added and taken out.
    pub fn changed_by(self) -> Action {
        match self {
            HolderKind::Application => Action::AttachmentCreate,
            HolderKind::SiteVisit => Action::SiteVisitAttach,
            HolderKind::SupportItem => Action::SupportItemAttach,
            HolderKind::SubsidyClaim => Action::SubsidyClaimUpdate,
            HolderKind::CompensationClaim => Action::CompensationUpdate,
        }
    }
}

/// Whether its files belong to all who may change it, and not to whoever put them there: an enterprise's people write one form, an
/// office's people one report.
pub fn shared(kind: HolderKind) -> bool {
    matches!(kind, HolderKind::Application | HolderKind::SiteVisit)
}

/// 404 for whom the record does not exist.
pub fn see(cx: &mut Cx, holder: &Holder) -> Result<(), AppError> {
    let id = holder.id.clone();
    cx.under(holder.kind.seen_by(), |cx| match holder.kind {
        HolderKind::Application => {
            let id = ApplicationId(id);
            match attaching::may_see_files(cx, &id) {
                // An expert reads the files of a case they review, once they have declared no conflict.
                Err(_) if cx.scope.assigned && tasks::reads_files(cx, &id)? => Ok(()),
                other => other,
            }
        }
        HolderKind::SiteVisit => visits::may_see_files(cx, &SiteVisitId(id)),
        HolderKind::SupportItem => items::may_see_files(cx, &ItemId(id)),
        HolderKind::SubsidyClaim => filing::may_see_files(cx, &SubsidyClaimId(id)),
        HolderKind::CompensationClaim => compensation::may_see_files(cx, &CompensationClaimId(id)),
    })
}

/// `item` is what a new file proves.
pub fn may_change(cx: &mut Cx, holder: &Holder, item: Option<&str>, faults: &mut Faults) -> Result<(), AppError> {
    let id = holder.id.clone();
    cx.under(holder.kind.changed_by(), |cx| match holder.kind {
        HolderKind::Application => attaching::may_change_files(cx, &ApplicationId(id), item, faults),
        HolderKind::SiteVisit => {
            no_item(item, faults);
            visits::may_change_files(cx, &SiteVisitId(id))
        }
        HolderKind::SupportItem => items::may_change_files(cx, &ItemId(id), item, faults),
        HolderKind::SubsidyClaim => filing::may_change_files(cx, &SubsidyClaimId(id), item, faults),
        HolderKind::CompensationClaim => {
            no_item(item, faults);
            compensation::may_change_files(cx, &CompensationClaimId(id))
        }
    })
}

/// Nothing is listed that its files would have to prove.
fn no_item(item: Option<&str>, faults: &mut Faults) {
    if item.is_some() {
        faults.plain("item", FieldCode::NotAllowed);
    }
}
