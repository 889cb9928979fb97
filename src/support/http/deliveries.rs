use actix_web::web::{Data, Path};
use actix_web::{get, patch, post};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::app::App;
use crate::platform::actor::Caller;
use crate::platform::door::Cx;
use crate::platform::http::{Answer, Body, Params, reply};
use crate::platform::page::Page;
use crate::platform::policy::Action;
use crate::support::model::{
    ClearFlagBody, DeliveryId, DeliverySummary, DeliveryTotalsParams, DeliveryTotalsView, DeliveryView, FlagId,
    ListDeliveriesParams, RecordDeliveryBody, UpdateDeliveryBody,
};
use crate::support::service::deliveries;

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(list_support_deliveries)
        .service(record_support_delivery)
        .service(total_support_deliveries)
        .service(get_support_delivery);
    cfg.service(update_support_delivery).service(clear_support_flag);
}

/// The ledger of what was given, newest first.
#[utoipa::path(tag = "support", params(ListDeliveriesParams), responses((status = 200, body = Page<DeliverySummary>)))]
#[get("/support-deliveries")]
async fn list_support_deliveries(app: Data<App>, caller: Caller, params: Params<ListDeliveriesParams>) -> Answer {
    let work = move |cx: &mut Cx| deliveries::list_deliveries(cx, params.get()?);
    Ok(reply::ok(&app.look(&caller, Action::SupportDeliveryList, work).await?))
}

/// Records what an enterprise is to receive or has received. More than its budget line holds is refused; what seems to be paid
/// twice is flagged.
#[utoipa::path(tag = "support", request_body = RecordDeliveryBody, responses((status = 201, body = DeliveryView)))]
#[post("/support-deliveries")]
async fn record_support_delivery(app: Data<App>, caller: Caller, body: Body<RecordDeliveryBody>) -> Answer {
    let work = move |cx: &mut Cx| deliveries::record_delivery(cx, body.get()?);
    let view = app.act(&caller, Action::SupportDeliveryRecord, work).await?;
    Ok(reply::created(format!("/api/v1/support-deliveries/{}", view.id), view.version, &view))
}

/// Sums by budget year, source and kind, of everything within reach or of one enterprise.
#[utoipa::path(tag = "support", params(DeliveryTotalsParams), responses((status = 200, body = DeliveryTotalsView)))]
#[get("/support-deliveries/totals")]
async fn total_support_deliveries(app: Data<App>, caller: Caller, params: Params<DeliveryTotalsParams>) -> Answer {
    let work = move |cx: &mut Cx| deliveries::total_deliveries(cx, params.get()?);
    Ok(reply::ok(&app.look(&caller, Action::SupportDeliveryList, work).await?))
}

/// One line of the ledger.
#[utoipa::path(tag = "support", params(("id" = DeliveryId, Path)), responses((status = 200, body = DeliveryView)))]
#[get("/support-deliveries/{id}")]
async fn get_support_delivery(app: Data<App>, caller: Caller, id: Path<DeliveryId>) -> Answer {
    let work = move |cx: &mut Cx| deliveries::get_delivery(cx, &id);
    let view = app.look(&caller, Action::SupportDeliveryView, work).await?;
    Ok(reply::versioned(view.version, &view))
}

/// Moves the amounts on (If-Match).
#[utoipa::path(
    tag = "support", params(("id" = DeliveryId, Path)), request_body = UpdateDeliveryBody,
    responses((status = 200, body = DeliveryView))
)]
#[patch("/support-deliveries/{id}")]
async fn update_support_delivery(
    app: Data<App>,
    caller: Caller,
    id: Path<DeliveryId>,
    body: Body<UpdateDeliveryBody>,
) -> Answer {
    let work = move |cx: &mut Cx| deliveries::update_delivery(cx, &id, body.get()?);
    let view = app.act(&caller, Action::SupportDeliveryUpdate, work).await?;
    Ok(reply::versioned(view.version, &view))
}

/// Says why it is no double funding; by somebody who recorded neither line.
#[utoipa::path(
    tag = "support", params(("id" = DeliveryId, Path), ("flag_id" = FlagId, Path)), request_body = ClearFlagBody,
    responses((status = 200, body = DeliveryView))
)]
#[post("/support-deliveries/{id}/flags/{flag_id}/clearance")]
async fn clear_support_flag(
    app: Data<App>,
    caller: Caller,
    path: Path<(DeliveryId, FlagId)>,
    body: Body<ClearFlagBody>,
) -> Answer {
    let work = move |cx: &mut Cx| deliveries::clear_flag(cx, &path.0, &path.1, body.get()?);
    let view = app.act(&caller, Action::SupportFlagClear, work).await?;
    Ok(reply::versioned(view.version, &view))
}
