//! Lists and single records.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::view;
use crate::applications::db;
use crate::applications::model::{
    ApplicationId, ApplicationState, ApplicationSummary, ApplicationView, ListApplicationsParams, SummaryRow,
};
use crate::applications::rules::Move;
use crate::audit::model::{TimelineItem, TimelineParams};
use crate::audit::service::timeline::list_timeline;
use crate::calendars::service as calendars;
use crate::enterprises::rules::record::read_credit_code;
use crate::enterprises::service::record::begin_search;
use crate::error::{AppError, Faults};
use crate::platform::calendar::{business_day, end_of_day_utc};
use crate::platform::door::Cx;
use crate::platform::page::{Page, PageRequest};
use crate::platform::trail::Subject;
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
    let mut faults = Faults::default();
    let credit_code = params.q.as_deref().and_then(|q| read_credit_code(q, &mut Faults::default()));
    let search = match credit_code {
        Some(_) => None,
        None => begin_search(cx, params.q.as_deref(), &mut faults)?,
    };
    faults.done()?;
    let wanted = db::Wanted {
        params,
        overdue_before: Stamp::new(end_of_day_utc(last)),
        credit_code: credit_code.map(|code| code.as_str().to_owned()),
        search,
    };
    let rows = db::list_applications(cx.conn, cx.scope, cx.actor.user_id(), &wanted, &page)?;
    let total =
        if page.count { Some(db::count_applications(cx.conn, cx.scope, cx.actor.user_id(), &wanted)?) } else { None };
    let due = review_days_of(cx, &rows, review_days)?;
    let summary = |row: SummaryRow| {
        let on = due.get(&row.id).copied();
        ApplicationSummary::of(row, on)
    };
    Ok(Page::of(rows, page.limit, total, |row| row.id.clone(), summary))
}

/// Until when the formal review of what waits for it has to be done: so many working days after it came in and its round closed.
fn review_days_of(
    cx: &mut Cx,
    rows: &[SummaryRow],
    review_days: u16,
) -> Result<BTreeMap<ApplicationId, NaiveDate>, AppError> {
    let waits = |row: &&SummaryRow| row.state == ApplicationState::Submitted;
    if !rows.iter().any(|row| waits(&row)) {
        return Ok(BTreeMap::new());
    }
    let calendar = calendars::load(cx)?;
    let due = |row: &SummaryRow| {
        let from = row.submitted_at.map_or(row.closes_at, |at| at.max(row.closes_at));
        (row.id.clone(), calendar.add_working_days(business_day(from.utc()), review_days))
    };
    Ok(rows.iter().filter(waits).map(due).collect())
}

/// Without the partial saves of the form.
pub fn get_application_timeline(
    cx: &mut Cx,
    id: &ApplicationId,
    params: &TimelineParams,
) -> Result<Page<TimelineItem>, AppError> {
    db::find_visible(cx.conn, cx.scope, cx.actor.user_id(), id)?;
    list_timeline(cx, &Subject::new("application", id), &[Move::Edit.name()], params)
}

pub fn get_application(cx: &mut Cx, id: &ApplicationId) -> Result<ApplicationView, AppError> {
    let application = db::find_visible(cx.conn, cx.scope, cx.actor.user_id(), id)?;
    view::of(cx, application)
}
