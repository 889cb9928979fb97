use actix_web::web::{Data, Path};
use actix_web::{delete, get, post};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::app::App;
use crate::enterprises::model::{EnterpriseId, MemberId, MemberView, VerifyMemberBody};
use crate::enterprises::service::members;
use crate::platform::actor::Caller;
use crate::platform::door::Cx;
use crate::platform::http::{Answer, Body, reply};
use crate::platform::policy::Action;

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(list_members).service(verify_member).service(remove_member);
}

/// Who acts for the enterprise. Few, so all at once.
#[utoipa::path(tag = "enterprises", params(("id" = EnterpriseId, Path)), responses((status = 200, body = Vec<MemberView>)))]
#[get("/enterprises/{id}/members")]
async fn list_members(app: Data<App>, caller: Caller, id: Path<EnterpriseId>) -> Answer {
    Ok(reply::ok(&app.look(&caller, Action::MemberList, move |cx| members::list_members(cx, &id)).await?))
}

/// An officer has seen licence and authorisation: from now on the person may submit.
#[utoipa::path(tag = "enterprises", params(("id" = EnterpriseId, Path)), request_body = VerifyMemberBody, responses((status = 200, body = MemberView)))]
#[post("/enterprises/{id}/verification")]
async fn verify_member(app: Data<App>, caller: Caller, id: Path<EnterpriseId>, body: Body<VerifyMemberBody>) -> Answer {
    let work = move |cx: &mut Cx| members::verify_member(cx, &id, body.get()?);
    Ok(reply::ok(&app.act(&caller, Action::MemberVerify, work).await?))
}

/// Ends a membership: an owner removes others, anybody leaves, an officer removes anyone.
#[utoipa::path(tag = "enterprises", params(("id" = EnterpriseId, Path), ("member_id" = MemberId, Path)), responses((status = 204)))]
#[delete("/enterprises/{id}/members/{member_id}")]
async fn remove_member(app: Data<App>, caller: Caller, path: Path<(EnterpriseId, MemberId)>) -> Answer {
    let (id, member) = path.into_inner();
    app.act(&caller, Action::MemberRemove, move |cx| members::remove_member(cx, &id, &member)).await?;
    Ok(reply::no_content())
}
