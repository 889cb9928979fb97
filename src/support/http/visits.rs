use actix_web::web::{Data, Path};
use actix_web::{get, post};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::app::App;
use crate::platform::actor::Caller;
use crate::platform::door::Cx;
use crate::platform::http::{Answer, Body, Params, reply};
use crate::platform::page::Page;
use crate::platform::policy::Action;
use crate::support::model::{
    ListVisitsParams, OverdueVisit, OverdueVisitsParams, RecordVisitBody, VisitId, VisitSummary, VisitView,
};
use crate::support::service::visits;

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(list_support_visits)
        .service(record_support_visit)
        .service(list_overdue_support_visits)
        .service(get_support_visit);
}

/// Visits, the latest first.
#[utoipa::path(tag = "support", params(ListVisitsParams), responses((status = 200, body = Page<VisitSummary>)))]
#[get("/support-visits")]
async fn list_support_visits(app: Data<App>, caller: Caller, params: Params<ListVisitsParams>) -> Answer {
    let work = move |cx: &mut Cx| visits::list_visits(cx, params.get()?);
    Ok(reply::ok(&app.look(&caller, Action::SupportVisitList, work).await?))
}

/// Records a visit and raises what was heard.
#[utoipa::path(tag = "support", request_body = RecordVisitBody, responses((status = 201, body = VisitView)))]
#[post("/support-visits")]
async fn record_support_visit(app: Data<App>, caller: Caller, body: Body<RecordVisitBody>) -> Answer {
    let work = move |cx: &mut Cx| visits::record_visit(cx, body.get()?);
    let view = app.act(&caller, Action::SupportVisitRecord, work).await?;
    Ok(reply::created(format!("/api/v1/support-visits/{}", view.id), 1, &view))
}

/// Leading and star members that nobody visited in the last whole quarter nor since.
#[utoipa::path(tag = "support", params(OverdueVisitsParams), responses((status = 200, body = Page<OverdueVisit>)))]
#[get("/support-visits/overdue")]
async fn list_overdue_support_visits(app: Data<App>, caller: Caller, params: Params<OverdueVisitsParams>) -> Answer {
    let work = move |cx: &mut Cx| visits::list_overdue_visits(cx, params.get()?);
    Ok(reply::ok(&app.look(&caller, Action::SupportVisitList, work).await?))
}

/// One visit with its items.
#[utoipa::path(tag = "support", params(("id" = VisitId, Path)), responses((status = 200, body = VisitView)))]
#[get("/support-visits/{id}")]
async fn get_support_visit(app: Data<App>, caller: Caller, id: Path<VisitId>) -> Answer {
    let work = move |cx: &mut Cx| visits::get_visit(cx, &id);
    Ok(reply::ok(&app.look(&caller, Action::SupportVisitView, work).await?))
}
