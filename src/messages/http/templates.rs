use actix_web::web::{Data, Path};
use actix_web::{get, post};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::app::App;
use crate::messages::model::templates::{MailTemplateList, MailTemplatePreview, PreviewMailTemplateBody};
use crate::messages::service::templates as service;
use crate::platform::actor::Caller;
use crate::platform::http::{Answer, Body, reply};
use crate::platform::policy::Action;

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(list_mail_templates).service(preview_mail_template);
}

/// The letters there are, what each may speak about, which local wording is in force, and which is not and why. A few dozen, so not
/// paged.
#[utoipa::path(tag = "operations", responses((status = 200, body = MailTemplateList)))]
#[get("/mail-templates")]
async fn list_mail_templates(app: Data<App>, caller: Caller) -> Answer {
    let view = app.look(&caller, Action::MailTemplateList, service::list_mail_templates).await?;
    Ok(reply::ok(&view))
}

/// A letter filled in with made-up values: in the wording in force, or in one that is being tried. A wording that does not compile,
/// or that speaks of something the letter is not given, is refused with the line it happens in. Nothing is kept.
#[utoipa::path(
    tag = "operations", params(("name" = String, Path)), request_body = PreviewMailTemplateBody,
    responses((status = 200, body = MailTemplatePreview))
)]
#[post("/mail-templates/{name}/preview")]
async fn preview_mail_template(
    app: Data<App>,
    caller: Caller,
    name: Path<String>,
    body: Body<PreviewMailTemplateBody>,
) -> Answer {
    let preview = move |cx: &mut crate::platform::door::Cx| service::preview_mail_template(cx, &name, body.get()?);
    let view = app.look(&caller, Action::MailTemplatePreview, preview).await?;
    Ok(reply::ok(&view))
}
