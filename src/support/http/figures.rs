use actix_web::get;
use actix_web::web::Data;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::app::App;
use crate::platform::actor::Caller;
use crate::platform::door::Cx;
use crate::platform::http::{Answer, Params, reply};
use crate::platform::policy::Action;
use crate::support::model::{EffectsParams, EffectsView, ServiceFiguresParams, ServiceFiguresView};
use crate::support::service::figures;

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(show_support_effects).service(show_support_service);
}

/// Revenue, research, staff and equity before and after support, by tier and track, with the number of enterprises behind each.
#[utoipa::path(tag = "support", params(EffectsParams), responses((status = 200, body = EffectsView)))]
#[get("/support-figures/effects")]
async fn show_support_effects(app: Data<App>, caller: Caller, params: Params<EffectsParams>) -> Answer {
    let work = move |cx: &mut Cx| figures::show_effects(cx, params.get()?);
    Ok(reply::ok(&app.look(&caller, Action::SupportFigureView, work).await?))
}

/// On-time rate, response, time to close and satisfaction of items that ended in a period, by unit or officer.
#[utoipa::path(tag = "support", params(ServiceFiguresParams), responses((status = 200, body = ServiceFiguresView)))]
#[get("/support-figures/service")]
async fn show_support_service(app: Data<App>, caller: Caller, params: Params<ServiceFiguresParams>) -> Answer {
    let work = move |cx: &mut Cx| figures::show_service_figures(cx, params.get()?);
    Ok(reply::ok(&app.look(&caller, Action::SupportFigureView, work).await?))
}
