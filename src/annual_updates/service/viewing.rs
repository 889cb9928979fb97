use super::recorded;
use crate::annual_updates::model::{
    AnnualEntryView, AnnualUpdateSummary, AnnualUpdateView, ListAnnualUpdatesParams, UpdateId, UpdateState,
};
use crate::annual_updates::{db, rules};
use crate::error::AppError;
use crate::platform::actions::Actions;
use crate::platform::calendar::business_day;
use crate::platform::door::Cx;
use crate::platform::page::{Page, PageRequest};
use crate::platform::policy::Action;
use crate::programme::indicators::find_indicator;

pub fn list_annual_updates(
    cx: &mut Cx,
    params: &ListAnnualUpdatesParams,
) -> Result<Page<AnnualUpdateSummary>, AppError> {
    let page = PageRequest::read(params.limit, params.cursor.as_deref(), params.count)?;
    let user = cx.actor.user_id();
    let rows = db::list_updates(cx.conn, cx.scope, user, params, &page)?;
    let total = if page.count { Some(db::count_updates(cx.conn, cx.scope, user, params)?) } else { None };
    Ok(Page::of(
        rows,
        page.limit,
        total,
        |(row, _)| row.id.clone(),
        |(row, enterprise_name)| AnnualUpdateSummary {
            id: row.id,
            year: row.year,
            enterprise_id: row.enterprise_id,
            enterprise_name,
            state: row.state,
            submitted_at: row.submitted_at,
            version: row.version,
        },
    ))
}

/// A report beside the figures of the year before, with every jump marked.
pub fn get_annual_update(cx: &mut Cx, id: &UpdateId) -> Result<AnnualUpdateView, AppError> {
    let (row, enterprise_name) = db::find_visible(cx.conn, cx.scope, cx.actor.user_id(), id)?;
    let window = db::find_window(cx.conn, row.year)?;
    let last = recorded(cx, &row.enterprise_id, row.year - 2)?;
    let mut entries = Vec::new();
    for (code, entry) in row.entries.read()? {
        let Some(indicator) = find_indicator(&code) else {
            return Err(AppError::internal(format!("annual update {}: indicator {code}", row.id)));
        };
        let before = last.get(&code).map(|entry| entry.value);
        entries.push(AnnualEntryView {
            name: indicator.name(),
            unit: indicator.unit,
            value: entry.value,
            last: before,
            change_ppm: rules::change_ppm(before, entry.value),
            marked: rules::is_marked(before, entry.value, window.change_ppm),
            reason: entry.reason,
            verdict: entry.verdict,
            remark: entry.remark,
            indicator: code,
        });
    }
    let href = format!("/api/v1/annual-updates/{}", row.id);
    let actions = Actions::of(cx)
        .add(Action::AnnualUpdateUpdate, "PATCH", href.clone(), rules::may_edit(row.state))
        .add(Action::AnnualUpdateSubmit, "POST", format!("{href}/submission"), rules::may_edit(row.state))
        .add(Action::AnnualUpdateJudge, "POST", format!("{href}/judgements"), rules::may_judge(row.state))
        .list();
    let handed_in = row.submitted_at.filter(|_| row.state != UpdateState::Draft);
    Ok(AnnualUpdateView {
        late: handed_in.is_some_and(|at| business_day(at.utc()) > window.due_on),
        due_on: window.due_on,
        id: row.id,
        year: row.year,
        enterprise_id: row.enterprise_id,
        enterprise_name,
        state: row.state,
        entries,
        submitted_at: row.submitted_at,
        version: row.version,
        actions,
    })
}
