use actix_web::get;
use actix_web::web::Data;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::app::App;
use crate::platform::actor::Caller;
use crate::platform::http::{Answer, reply};
use crate::platform::policy::Action;

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(health_live).service(health_ready);
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct HealthView {
    pub status: String,
    /// What an operator should look at, in the caller's language; the service works nevertheless.
    pub warnings: Vec<String>,
}

/// The process answers.
#[utoipa::path(tag = "health", responses((status = 200, body = HealthView)))]
#[get("/health/live")]
async fn health_live() -> Answer {
    Ok(reply::ok(&HealthView { status: "ok".into(), warnings: vec![] }))
}

/// The database answers as well.
#[utoipa::path(tag = "health", responses((status = 200, body = HealthView)))]
#[get("/health/ready")]
async fn health_ready(app: Data<App>, caller: Caller) -> Answer {
    let view =
        app.look(&caller, Action::HealthView, |_cx| Ok(HealthView { status: "ok".into(), warnings: vec![] })).await?;
    Ok(reply::ok(&view))
}
