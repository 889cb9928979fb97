use actix_web::web::Data;
use actix_web::{get, patch};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::accounts::model::bodies::UpdateMeBody;
use crate::accounts::model::views::MeView;
use crate::accounts::service::me;
use crate::app::App;
use crate::platform::actor::Caller;
use crate::platform::http::{Answer, Body, reply};
use crate::platform::policy::Action;

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(show_me).service(update_me);
}

/// The caller: who they are, what they act for, what their roles may ever do.
#[utoipa::path(tag = "me", responses((status = 200, body = MeView)))]
#[get("/me")]
async fn show_me(app: Data<App>, caller: Caller) -> Answer {
    let view = app.look(&caller, Action::MeView, me::show_me).await?;
    Ok(reply::versioned(view.version, &view))
}

/// Change one's own name, mobile number or language (merge patch).
#[utoipa::path(tag = "me", request_body = UpdateMeBody, responses((status = 200, body = MeView)))]
#[patch("/me")]
async fn update_me(app: Data<App>, caller: Caller, body: Body<UpdateMeBody>) -> Answer {
    let view = app.act(&caller, Action::MeUpdate, move |cx| me::update_me(cx, body.get()?)).await?;
    Ok(reply::versioned(view.version, &view))
}
