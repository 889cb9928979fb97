use actix_web::post;
use actix_web::web::Data;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::app::App;
use crate::platform::actor::Caller;
use crate::platform::http::{Answer, Body, reply};
use crate::platform::policy::Action;
use crate::talent_loans::model::*;
use crate::talent_loans::service::quotes;

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(create_subsidy_quote);
}

/// Prices a claim with its calculation sheet; nothing is stored.
#[utoipa::path(tag = "talent-loans", request_body = SubsidyQuoteBody, responses((status = 200, body = SubsidyQuoteView)))]
#[post("/subsidy-quotes")]
async fn create_subsidy_quote(app: Data<App>, caller: Caller, body: Body<SubsidyQuoteBody>) -> Answer {
    let view =
        app.look(&caller, Action::SubsidyQuoteCreate, move |_| quotes::create_subsidy_quote(body.get()?)).await?;
    Ok(reply::ok(&view))
}
