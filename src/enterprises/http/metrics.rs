use actix_web::web::{Data, Path};
use actix_web::{get, post, put};
use serde::Deserialize;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::app::App;
use crate::enterprises::model::{EnterpriseId, MetricsView, VerifyMetricsBody, WriteMetricsBody};
use crate::enterprises::service::{figures, metrics};
use crate::platform::actor::Caller;
use crate::platform::door::Cx;
use crate::platform::http::{Answer, Body, Params, reply};
use crate::platform::policy::Action;
use crate::programme::Figures;

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(list_metrics).service(write_metrics).service(verify_metrics).service(view_figures);
}

/// Annual figures of all years.
#[utoipa::path(tag = "enterprises", params(("id" = EnterpriseId, Path)), responses((status = 200, body = MetricsView)))]
#[get("/enterprises/{id}/metrics")]
async fn list_metrics(app: Data<App>, caller: Caller, id: Path<EnterpriseId>) -> Answer {
    Ok(reply::ok(&app.look(&caller, Action::MetricList, move |cx| metrics::list_metrics(cx, &id)).await?))
}

/// Writes values of one year; `null` takes one away, what is left out stays. A changed value loses its verification.
#[utoipa::path(tag = "enterprises", params(("id" = EnterpriseId, Path), ("year" = i32, Path)), request_body = WriteMetricsBody, responses((status = 200, body = MetricsView)))]
#[put("/enterprises/{id}/metrics/{year}")]
async fn write_metrics(
    app: Data<App>,
    caller: Caller,
    path: Path<(EnterpriseId, String)>,
    body: Body<WriteMetricsBody>,
) -> Answer {
    let (id, year) = path.into_inner();
    let work = move |cx: &mut Cx| metrics::write_metrics(cx, &id, metrics::read_year(&year)?, body.get()?);
    Ok(reply::ok(&app.act(&caller, Action::MetricWrite, work).await?))
}

/// An officer has compared the values with the books.
#[utoipa::path(tag = "enterprises", params(("id" = EnterpriseId, Path), ("year" = i32, Path)), request_body = VerifyMetricsBody, responses((status = 200, body = MetricsView)))]
#[post("/enterprises/{id}/metrics/{year}/verification")]
async fn verify_metrics(
    app: Data<App>,
    caller: Caller,
    path: Path<(EnterpriseId, String)>,
    body: Body<VerifyMetricsBody>,
) -> Answer {
    let (id, year) = path.into_inner();
    let work = move |cx: &mut Cx| metrics::verify_metrics(cx, &id, metrics::read_year(&year)?, body.get()?);
    Ok(reply::ok(&app.act(&caller, Action::MetricVerify, work).await?))
}

#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ViewFiguresParams {
    /// The round's year; this year when left out.
    year: Option<i32>,
}

/// The figures a rule set would be evaluated on, of the same shape as a self-check's.
#[utoipa::path(tag = "enterprises", params(("id" = EnterpriseId, Path), ViewFiguresParams), responses((status = 200, body = Figures)))]
#[get("/enterprises/{id}/figures")]
async fn view_figures(
    app: Data<App>,
    caller: Caller,
    id: Path<EnterpriseId>,
    params: Params<ViewFiguresParams>,
) -> Answer {
    let work = move |cx: &mut Cx| figures::view_figures(cx, &id, params.get()?.year);
    Ok(reply::ok(&app.look(&caller, Action::FigureView, work).await?))
}
