//! Lists and single records.

use super::view;
use crate::applications::db;
use crate::applications::model::{ApplicationId, ApplicationSummary, ApplicationView, ListApplicationsParams};
use crate::calendars::service as calendars;
use crate::error::AppError;
use crate::platform::calendar::end_of_day_utc;
use crate::platform::door::Cx;
use crate::platform::page::{Page, PageRequest};
use crate::platform::types::Stamp;

/// Newest first.
pub fn list_applications(
    cx: &mut Cx,
    params: &ListApplicationsParams,
    review_days: u16,
) -> Result<Page<ApplicationSummary>, AppError> {
    let page = PageRequest::read(params.limit, params.cursor.as_deref(), params.count)?;
    let last = match params.overdue {
        Some(true) => calendars::load(cx)?.last_day_overdue(cx.today(), review_days),
        _ => cx.today(),
    };
    let wanted = db::Wanted { params, overdue_before: Stamp::new(end_of_day_utc(last)) };
    let rows = db::list_applications(cx.conn, cx.scope, cx.actor.user_id(), &wanted, &page)?;
    let total =
        if page.count { Some(db::count_applications(cx.conn, cx.scope, cx.actor.user_id(), &wanted)?) } else { None };
    Ok(Page::of(rows, page.limit, total, |row| row.id.clone(), ApplicationSummary::from))
}

pub fn get_application(cx: &mut Cx, id: &ApplicationId) -> Result<ApplicationView, AppError> {
    let application = db::find_visible(cx.conn, cx.scope, cx.actor.user_id(), id)?;
    view::of(cx, application)
}
