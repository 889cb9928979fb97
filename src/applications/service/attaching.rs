//! What an application lets its files do. The files themselves are the slice `attachments`.

use super::case_of;
use crate::applications::db;
use crate::applications::model::ApplicationId;
use crate::applications::rules::Move;
use crate::error::{AppError, Faults, FieldCode};
use crate::platform::door::Cx;
use crate::platform::policy::Scope;
use crate::programme::service as programme;

/// Files change with the form: while it can be edited, and by who acts for the enterprise. `item` is an evidence item of the tier.
pub fn may_change_files(
    cx: &mut Cx,
    id: &ApplicationId,
    item: Option<&str>,
    faults: &mut Faults,
) -> Result<(), AppError> {
    let own = Scope { own: true, ..Scope::default() };
    let application = db::find_visible(cx.conn, own, cx.actor.user_id(), id)?;
    let case = case_of(cx, application)?;
    case.may(Move::Edit)?;
    if let Some(item) = item {
        let rules = programme::rule_set(cx, &case.round.rule_set_id)?;
        let known = rules.tier(case.application.tier).is_some_and(|tier| tier.evidence.iter().any(|e| e.code == item));
        if !known {
            faults.plain("item", FieldCode::NotExisting);
        }
    }
    Ok(())
}

/// Whoever sees the application sees its files.
pub fn may_see_files(cx: &mut Cx, id: &ApplicationId) -> Result<(), AppError> {
    Ok(db::find_visible(cx.conn, cx.scope, cx.actor.user_id(), id).map(drop)?)
}
