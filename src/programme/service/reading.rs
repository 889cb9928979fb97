use crate::error::AppError;
use crate::platform::actions::Actions;
use crate::platform::door::Cx;
use crate::platform::page::{Page, PageRequest};
use crate::platform::policy::Action;
use crate::platform::text::Say;
use crate::programme::db;
use crate::programme::model::{ListRuleSetsParams, RuleSetId, RuleSetRow, RuleSetSummary, RuleSetView};
use crate::programme::rules::publication::{may_change, may_publish};

pub fn list_rule_sets(cx: &mut Cx, params: &ListRuleSetsParams) -> Result<Page<RuleSetSummary>, AppError> {
    let page = PageRequest::read(params.limit, params.cursor.as_deref(), params.count)?;
    let rows = db::list_rule_sets(cx.conn, cx.scope, params, &page)?;
    let total = if page.count { Some(db::count_rule_sets(cx.conn, cx.scope, params)?) } else { None };
    Ok(Page::of(rows, page.limit, total, |row| row.id.clone(), RuleSetSummary::from))
}

pub fn view_rule_set(cx: &mut Cx, id: &RuleSetId) -> Result<RuleSetView, AppError> {
    let row = db::find_rule_set(cx.conn, cx.scope, id)?;
    view(cx, row)
}

pub(super) fn view(cx: &Cx, row: RuleSetRow) -> Result<RuleSetView, AppError> {
    let href = format!("/api/v1/rule-sets/{}", row.id);
    let publish = may_publish(row.state, [&row.created_by, &row.edited_by], &cx.person()?.id);
    let actions = Actions::of(cx)
        .add(Action::RuleSetUpdate, "PUT", href.clone(), may_change(row.state))
        .add(Action::RuleSetPublish, "POST", format!("{href}/publication"), publish)
        .list();
    let inside = cx.scope.all;
    Ok(RuleSetView {
        document: serde_json::from_str(row.document.as_text()).map_err(AppError::internal)?,
        source: inside.then_some(row.source),
        created_by: inside.then_some(row.created_by),
        edited_by: inside.then_some(row.edited_by),
        version: row.version,
        actions,
        summary: RuleSetSummary {
            id: row.id,
            code: row.code,
            revision: row.revision,
            name: Say::new(row.name_zh, row.name_en),
            state: row.state,
            effective_from: row.effective_from,
            effective_to: row.effective_to,
            published_at: row.published_at,
        },
    })
}
