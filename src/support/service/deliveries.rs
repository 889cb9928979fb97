//! What enterprises have received, line by line, and whether it came twice.

use crate::enterprises::model::EnterpriseId;
use crate::error::{AppError, Code, Faults, FieldCode, Refusal};
use crate::platform::actions::Actions;
use crate::platform::door::Cx;
use crate::platform::page::{Page, PageRequest};
use crate::platform::policy::Action;
use crate::platform::trail::{Changes, Event, Subject};
use crate::platform::types::Doc;
use crate::say;
use crate::support::db;
use crate::support::model::{
    BudgetLine, Category, ClearFlagBody, Delivery, DeliveryId, DeliveryKind, DeliverySummary, DeliveryTotal,
    DeliveryTotalsParams, DeliveryTotalsView, DeliveryView, DocumentRef, FlagId, FlagView, FundSource, FundingFlag,
    ListDeliveriesParams, PlanId, RecordDeliveryBody, UpdateDeliveryBody,
};
use crate::support::rules;

pub fn list_deliveries(cx: &mut Cx, params: &ListDeliveriesParams) -> Result<Page<DeliverySummary>, AppError> {
    let page = PageRequest::read(params.limit, params.cursor.as_deref(), params.count)?;
    let user = cx.actor.user_id();
    let rows = db::deliveries::list_deliveries(cx.conn, cx.scope, user, params, &page)?;
    let total =
        if page.count { Some(db::deliveries::count_deliveries(cx.conn, cx.scope, user, params)?) } else { None };
    let documents = rows.iter().map(|(row, _)| row.document.read()).collect::<Result<Vec<_>, _>>()?;
    let mut documents = documents.into_iter();
    let summary = |(row, enterprise_name): (Delivery, String)| DeliverySummary {
        id: row.id,
        enterprise_id: row.enterprise_id,
        enterprise_name,
        plan_id: row.plan_id,
        kind: row.kind,
        category: row.category,
        programme: row.programme,
        source: row.source,
        budget_year: row.budget_year,
        planned_fen: row.planned_fen,
        approved_fen: row.approved_fen,
        paid_fen: row.paid_fen,
        quantity: row.quantity,
        document: documents.next().expect("every row has its document"),
        flagged: row.flagged,
        version: row.version,
    };
    Ok(Page::of(rows, page.limit, total, |(row, _)| row.id.clone(), summary))
}

pub fn total_deliveries(cx: &mut Cx, params: &DeliveryTotalsParams) -> Result<DeliveryTotalsView, AppError> {
    let rows = db::deliveries::list_totals(cx.conn, cx.scope, cx.actor.user_id(), params)?;
    let total = |(budget_year, source, kind, lines, planned_fen, approved_fen, paid_fen, quantity)| DeliveryTotal {
        budget_year,
        source,
        kind,
        lines,
        planned_fen,
        approved_fen,
        paid_fen,
        quantity,
    };
    Ok(DeliveryTotalsView { totals: rows.into_iter().map(total).collect() })
}

pub fn get_delivery(cx: &mut Cx, id: &DeliveryId) -> Result<DeliveryView, AppError> {
    let row = db::deliveries::find_visible_delivery(cx.conn, cx.scope, cx.actor.user_id(), id)?;
    view(cx, row)
}

pub fn record_delivery(cx: &mut Cx, body: &RecordDeliveryBody) -> Result<DeliveryView, AppError> {
    let mut faults = Faults::default();
    for (pointer, missing) in [
        ("/enterprise_id", body.enterprise_id.is_none()),
        ("/kind", body.kind.is_none()),
        ("/category", body.category.is_none()),
        ("/source", body.source.is_none()),
        ("/budget_year", body.budget_year.is_none()),
        ("/document", body.document.is_none()),
    ] {
        if missing {
            faults.plain(pointer, FieldCode::Required);
        }
    }
    if let Some(year) = body.budget_year {
        faults.range("/budget_year", year, 2000, 2100);
    }
    let row = Delivery {
        id: cx.id(),
        enterprise_id: body.enterprise_id.clone().unwrap_or(EnterpriseId(String::new())),
        plan_id: body.plan_id.clone(),
        item_id: body.item_id.clone(),
        budget_line: body.budget_line.clone(),
        kind: body.kind.unwrap_or(DeliveryKind::Money),
        category: body.category.unwrap_or(Category::Other),
        programme: body.programme.trim().to_owned(),
        source: body.source.unwrap_or(FundSource::District),
        budget_year: i32::try_from(body.budget_year.unwrap_or_default()).unwrap_or_default(),
        planned_fen: body.planned_fen,
        approved_fen: body.approved_fen,
        paid_fen: body.paid_fen,
        quantity: body.quantity,
        document: Doc::from_text(String::new()),
        invoice: body.invoice.as_deref().and_then(rules::plain_number),
        contract: body.contract.as_deref().and_then(rules::plain_number),
        cost_item: body.cost_item.as_deref().map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()),
        period_from: body.period_from,
        period_to: body.period_to,
        flagged: false,
        recorded_by: cx.actor.label(),
        recorded_at: cx.now,
        version: 1,
    };
    rules::check_amounts(&mut faults, &row);
    if let Some(document) = &body.document {
        rules::documents_faults(&mut faults, "/document", std::slice::from_ref(document));
    }
    let line = check_references(cx, &mut faults, body)?;
    faults.done()?;
    if let (Some(plan), Some(line)) = (&row.plan_id, &line) {
        draw(cx, plan, line, row.planned_fen, 0)?;
    }
    let document: Option<&DocumentRef> = body.document.as_ref();
    let row = Delivery { document: document.map(Doc::of).unwrap_or(row.document), ..row };
    db::deliveries::insert_delivery(cx.conn, &row)?;
    cx.record(event(&row.id).changes(changes(None, &row)));
    let row = flag(cx, row)?;
    view(cx, row)
}

/// Amounts move on; the line stays what it is.
pub fn update_delivery(cx: &mut Cx, id: &DeliveryId, body: &UpdateDeliveryBody) -> Result<DeliveryView, AppError> {
    let old = db::deliveries::find_visible_delivery(cx.conn, cx.scope, cx.actor.user_id(), id)?;
    cx.expect_version(old.version)?;
    let number = |new: &Option<String>, old: &Option<String>| match new {
        Some(text) => rules::plain_number(text),
        None => old.clone(),
    };
    let row = Delivery {
        planned_fen: body.planned_fen.unwrap_or(old.planned_fen),
        approved_fen: body.approved_fen.unwrap_or(old.approved_fen),
        paid_fen: body.paid_fen.unwrap_or(old.paid_fen),
        document: body.document.as_ref().map_or_else(|| old.document.clone(), Doc::of),
        invoice: number(&body.invoice, &old.invoice),
        contract: number(&body.contract, &old.contract),
        version: old.version + 1,
        ..old.clone()
    };
    let mut faults = Faults::default();
    rules::check_amounts(&mut faults, &row);
    if let Some(document) = &body.document {
        rules::documents_faults(&mut faults, "/document", std::slice::from_ref(document));
    }
    faults.done()?;
    if let (Some(plan), Some(key)) = (&row.plan_id, &row.budget_line) {
        let content = super::plans::content_in_force(cx, plan)?.1;
        if let Some(line) = content.budget.iter().find(|line| line.key == *key) {
            draw(cx, plan, line, row.planned_fen, old.planned_fen)?;
        }
    }
    db::deliveries::update_delivery(cx.conn, &row)?;
    cx.record(event(id).changes(changes(Some(&old), &row)));
    let row = flag(cx, row)?;
    view(cx, row)
}

/// By somebody who recorded neither line.
pub fn clear_flag(
    cx: &mut Cx,
    id: &DeliveryId,
    flag_id: &FlagId,
    body: &ClearFlagBody,
) -> Result<DeliveryView, AppError> {
    let row = db::deliveries::find_visible_delivery(cx.conn, cx.scope, cx.actor.user_id(), id)?;
    let mut flag = db::deliveries::find_flag(cx.conn, flag_id)?;
    if flag.delivery_id != row.id && flag.other_id != row.id {
        return Err(AppError::not_found());
    }
    let other = if flag.delivery_id == row.id { &flag.other_id } else { &flag.delivery_id };
    let other = db::deliveries::find_delivery(cx.conn, other)?;
    let me = cx.actor.label();
    if [&row.recorded_by, &other.recorded_by].contains(&&me) {
        let said = say!("登记人不能核销本人登记的重复资助预警", "nobody clears a flag on a line they recorded");
        return Err(Refusal::new(Code::TwoPersonRule, said).into());
    }
    if flag.cleared_at.is_some() {
        let said = say!("该预警已核销", "this flag has been cleared");
        return Err(Refusal::new(Code::InvalidTransition, said).into());
    }
    let reason = super::checked_reason(&body.reason)?;
    (flag.cleared_by, flag.cleared_at, flag.reason) = (Some(me), Some(cx.now), Some(reason.to_owned()));
    db::deliveries::update_flag(cx.conn, &flag)?;
    for line in [&row, &other] {
        let flagged = db::deliveries::has_open_flag(cx.conn, &line.id)?;
        db::deliveries::update_flagged(cx.conn, &line.id, flagged)?;
        let changes = Changes::default().field("flagged", line.flagged, flagged).set("flag", flag.ground);
        cx.record(event(&line.id).reason(reason).changes(changes));
    }
    let row = db::deliveries::find_delivery(cx.conn, id)?;
    view(cx, row)
}

/// The enterprise, its plan and its item exist and belong together. Answers with the budget line that pays.
fn check_references(
    cx: &mut Cx,
    faults: &mut Faults,
    body: &RecordDeliveryBody,
) -> Result<Option<BudgetLine>, AppError> {
    let Some(enterprise) = &body.enterprise_id else { return Ok(None) };
    match crate::enterprises::db::record::find_enterprise(cx.conn, enterprise) {
        Ok(_) => {}
        Err(diesel::NotFound) => {
            faults.plain("/enterprise_id", FieldCode::NotExisting);
            return Ok(None);
        }
        Err(e) => return Err(e.into()),
    }
    if let Some(item) = &body.item_id {
        match db::items::find_item(cx.conn, item) {
            Ok(item) if item.enterprise_id == *enterprise => {}
            Ok(_) | Err(diesel::NotFound) => faults.plain("/item_id", FieldCode::NotExisting),
            Err(e) => return Err(e.into()),
        }
    }
    let Some(plan) = &body.plan_id else {
        if body.budget_line.is_some() {
            faults.plain("/plan_id", FieldCode::Required);
        }
        return Ok(None);
    };
    let (plan, content) = match super::plans::content_in_force(cx, plan) {
        Ok((plan, _)) if plan.enterprise_id == *enterprise && plan.closed_at.is_some() => {
            faults.add("/plan_id", FieldCode::NotAllowed, say!("方案已结案", "the plan is closed"));
            return Ok(None);
        }
        Ok((plan, content)) if plan.enterprise_id == *enterprise => (plan, content),
        Ok(_) => {
            faults.plain("/plan_id", FieldCode::NotExisting);
            return Ok(None);
        }
        Err(e) if e.code == Code::NotFound => {
            faults.plain("/plan_id", FieldCode::NotExisting);
            return Ok(None);
        }
        Err(e) => return Err(e),
    };
    if body.budget_year.is_some_and(|year| year != i64::from(plan.year)) {
        let year = plan.year;
        let said = say!("应为计划年度 {year}", "must be {year}, the plan's year");
        faults.add("/budget_year", FieldCode::OutsideYear, said);
    }
    let Some(key) = &body.budget_line else { return Ok(None) };
    let Some(line) = content.budget.into_iter().find(|line| line.key == *key) else {
        faults.plain("/budget_line", FieldCode::NotExisting);
        return Ok(None);
    };
    if body.source.is_some_and(|source| source != line.source) {
        faults.plain("/source", FieldCode::Mismatch);
    }
    Ok(Some(line))
}

fn draw(cx: &mut Cx, plan: &PlanId, line: &BudgetLine, wanted: i64, before: i64) -> Result<(), AppError> {
    let used = db::deliveries::list_used_lines(cx.conn, plan)?;
    let spoken_for = used.iter().find(|(key, _)| *key == line.key).map_or(0, |(_, used)| *used);
    Ok(rules::may_draw(&line.key, line.amount_fen, spoken_for - before, wanted)?)
}

/// Marks the line and those it seems to double. What was flagged once stays so until somebody clears it.
fn flag(cx: &mut Cx, mut row: Delivery) -> Result<Delivery, AppError> {
    let alike = db::deliveries::list_alike(cx.conn, &row)?;
    let known = db::deliveries::list_flags(cx.conn, &row.id)?;
    for (other, ground) in rules::double_funding(&row, &alike) {
        let pair = |flag: &FundingFlag| flag.ground == ground && (flag.delivery_id == other || flag.other_id == other);
        if known.iter().any(pair) {
            continue;
        }
        let raised = FundingFlag {
            id: cx.id(),
            delivery_id: row.id.clone(),
            other_id: other.clone(),
            ground,
            raised_at: cx.now,
            cleared_by: None,
            cleared_at: None,
            reason: None,
        };
        db::deliveries::insert_flag(cx.conn, &raised)?;
        row.flagged = true;
        for (one, of) in [(&row.id, &other), (&other, &row.id)] {
            db::deliveries::update_flagged(cx.conn, one, true)?;
            let changes = Changes::default().set("flag", ground).set("other", of);
            cx.record(event(one).action("support_delivery.flag").changes(changes));
        }
    }
    Ok(row)
}

fn changes(old: Option<&Delivery>, new: &Delivery) -> Changes {
    let document = |row: &Delivery| row.document.as_text().to_owned();
    Changes::default()
        .field("enterprise_id", old.map(|row| &row.enterprise_id), &new.enterprise_id)
        .field("plan_id", old.and_then(|row| row.plan_id.as_ref()), &new.plan_id)
        .field("budget_line", old.and_then(|row| row.budget_line.as_ref()), &new.budget_line)
        .field("kind", old.map(|row| row.kind), new.kind)
        .field("programme", old.map(|row| &row.programme), &new.programme)
        .field("source", old.map(|row| row.source), new.source)
        .field("budget_year", old.map(|row| row.budget_year), new.budget_year)
        .field("planned_fen", old.map(|row| row.planned_fen), new.planned_fen)
        .field("approved_fen", old.map(|row| row.approved_fen), new.approved_fen)
        .field("paid_fen", old.map(|row| row.paid_fen), new.paid_fen)
        .field("quantity", old.map(|row| row.quantity), new.quantity)
        .field("invoice", old.and_then(|row| row.invoice.as_ref()), &new.invoice)
        .field("contract", old.and_then(|row| row.contract.as_ref()), &new.contract)
        .field("document", old.map(document), document(new))
}

fn view(cx: &mut Cx, row: Delivery) -> Result<DeliveryView, AppError> {
    let enterprise_name = db::plans::find_enterprise_name(cx.conn, &row.enterprise_id)?;
    let flags = if cx.scope.all { db::deliveries::list_flags(cx.conn, &row.id)? } else { Vec::new() };
    let flags = flags.into_iter().map(|flag| FlagView {
        other_id: if flag.delivery_id == row.id { flag.other_id } else { flag.delivery_id },
        id: flag.id,
        ground: flag.ground,
        raised_at: flag.raised_at,
        cleared_at: flag.cleared_at,
        reason: flag.reason,
    });
    let flags = flags.collect();
    let href = format!("/api/v1/support-deliveries/{}", row.id);
    Ok(DeliveryView {
        actions: Actions::of(cx).add(Action::SupportDeliveryUpdate, "PATCH", href, Ok(())).list(),
        document: row.document.read()?,
        id: row.id,
        enterprise_id: row.enterprise_id,
        enterprise_name,
        plan_id: row.plan_id,
        item_id: row.item_id,
        budget_line: row.budget_line,
        kind: row.kind,
        category: row.category,
        programme: row.programme,
        source: row.source,
        budget_year: row.budget_year,
        planned_fen: row.planned_fen,
        approved_fen: row.approved_fen,
        paid_fen: row.paid_fen,
        quantity: row.quantity,
        invoice: row.invoice,
        contract: row.contract,
        cost_item: row.cost_item,
        period_from: row.period_from,
        period_to: row.period_to,
        flagged: row.flagged,
        flags,
        recorded_at: row.recorded_at,
        version: row.version,
    })
}

fn event(id: &DeliveryId) -> Event {
    Event::on(Subject::new("support_delivery", id))
}
