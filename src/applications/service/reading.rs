//! Lists and single records.

use super::view;
use crate::applications::db;
use crate::applications::model::{ApplicationId, ApplicationSummary, ApplicationView, ListApplicationsParams};
use crate::error::AppError;
use crate::platform::door::Cx;
use crate::platform::page::{Page, PageRequest};

/// Newest first.
pub fn list_applications(cx: &mut Cx, params: &ListApplicationsParams) -> Result<Page<ApplicationSummary>, AppError> {
    let page = PageRequest::read(params.limit, params.cursor.as_deref(), params.count)?;
    let rows = db::list_applications(cx.conn, cx.scope, cx.actor.user_id(), params, &page)?;
    let total =
        if page.count { Some(db::count_applications(cx.conn, cx.scope, cx.actor.user_id(), params)?) } else { None };
    Ok(Page::of(rows, page.limit, total, |row| row.id.clone(), ApplicationSummary::from))
}

pub fn get_application(cx: &mut Cx, id: &ApplicationId) -> Result<ApplicationView, AppError> {
    let application = db::find_visible(cx.conn, cx.scope, cx.actor.user_id(), id)?;
    view::of(cx, application)
}
