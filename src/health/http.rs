use actix_web::get;
use actix_web::web::Data;
use chrono::Days;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::app::App;
use crate::platform::actor::Caller;
use crate::platform::calendar::business_day;
use crate::platform::http::{Answer, reply};
use crate::platform::policy::Action;
use crate::say;

/// Deadlines and publicity rarely reach further; the State Council publishes a year's schedule late in the year before.
const AHEAD_DAYS: u64 = 60;

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
    let view = app
        .look(&caller, Action::HealthView, |cx| {
            let calendar = crate::calendars::service::load(cx)?;
            let missing = calendar.missing_years(business_day(cx.now.utc()), Days::new(AHEAD_DAYS));
            let said = |year| {
                say!(
                    "缺少 {year} 年节假日安排，按周末推算的工作日为暂定",
                    "no holiday calendar for {year}: working days count weekends only and are provisional"
                )
            };
            let mut warnings: Vec<_> = missing.into_iter().map(said).collect();
            warnings.extend(crate::messages::service::warnings(cx)?);
            let warnings = warnings.into_iter().map(|said| said.in_lang(cx.lang).to_owned()).collect();
            Ok(HealthView { status: "ok".into(), warnings })
        })
        .await?;
    Ok(reply::ok(&view))
}
