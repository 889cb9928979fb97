use actix_web::web::{Data, Path, Payload};
use actix_web::{delete, get, post};
use std::sync::Arc;
use utoipa_actix_web::service_config::ServiceConfig;

use super::model::{
    AttachParams, AttachmentId, AttachmentSummary, AttachmentView, Holder, HolderKind, ListAttachmentsParams,
};
use super::service::{self, StoredFile};
use crate::app::App;
use crate::applications::model::ApplicationId;
use crate::error::AppError;
use crate::platform::actor::Caller;
use crate::platform::http::{Answer, Params, reply};
use crate::platform::page::Page;
use crate::platform::policy::Action;
use crate::risk_pool::model::CompensationClaimId;
use crate::subsidies::model::SubsidyClaimId;
use crate::support::model::ItemId;
use crate::visits::model::SiteVisitId;

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(attach_to_application)
        .service(list_application_attachments)
        .service(attach_to_site_visit)
        .service(list_site_visit_attachments)
        .service(attach_to_support_item)
        .service(list_support_item_attachments)
        .service(attach_to_subsidy_claim)
        .service(list_subsidy_claim_attachments)
        .service(attach_to_compensation_claim)
        .service(list_compensation_claim_attachments)
        .service(get_attachment)
        .service(get_attachment_content)
        .service(remove_attachment);
}

/// Adds a file to an application that can be edited; the raw file is the body, known by its content.
///
/// 413 `body_too_large`, 415 `file_type` (also when the name promises another type), 422 `file_infected`.
#[utoipa::path(
    tag = "attachments", params(("id" = ApplicationId, Path), AttachParams),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 201, body = AttachmentView))
)]
#[post("/applications/{id}/attachments")]
async fn attach_to_application(
    app: Data<App>,
    caller: Caller,
    id: Path<ApplicationId>,
    params: Params<AttachParams>,
    payload: Payload,
) -> Answer {
    let to = Holder::new(HolderKind::Application, id.into_inner().0);
    take_in(&app, &caller, to, params, payload).await
}

/// The files of an application, oldest first.
#[utoipa::path(
    tag = "attachments", params(("id" = ApplicationId, Path), ListAttachmentsParams),
    responses((status = 200, body = Page<AttachmentSummary>))
)]
#[get("/applications/{id}/attachments")]
async fn list_application_attachments(
    app: Data<App>,
    caller: Caller,
    id: Path<ApplicationId>,
    params: Params<ListAttachmentsParams>,
) -> Answer {
    list(&app, &caller, Holder::new(HolderKind::Application, id.into_inner().0), params).await
}

/// Adds a photograph or document to a site visit that is not concluded; the raw file is the body, known by its content.
#[utoipa::path(
    tag = "attachments", params(("id" = SiteVisitId, Path), AttachParams),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 201, body = AttachmentView))
)]
#[post("/site-visits/{id}/attachments")]
async fn attach_to_site_visit(
    app: Data<App>,
    caller: Caller,
    id: Path<SiteVisitId>,
    params: Params<AttachParams>,
    payload: Payload,
) -> Answer {
    let to = Holder::new(HolderKind::SiteVisit, id.into_inner().0);
    take_in(&app, &caller, to, params, payload).await
}

/// The files of a site visit, oldest first.
#[utoipa::path(
    tag = "attachments", params(("id" = SiteVisitId, Path), ListAttachmentsParams),
    responses((status = 200, body = Page<AttachmentSummary>))
)]
#[get("/site-visits/{id}/attachments")]
async fn list_site_visit_attachments(
    app: Data<App>,
    caller: Caller,
    id: Path<SiteVisitId>,
    params: Params<ListAttachmentsParams>,
) -> Answer {
    list(&app, &caller, Holder::new(HolderKind::SiteVisit, id.into_inner().0), params).await
}

/// Adds a file to a support item that is not ended; the raw file is the body, known by its content. `item=evidence` marks what the unit
/// shows for its work, without which it cannot complete the item.
#[utoipa::path(
    tag = "attachments", params(("id" = ItemId, Path), AttachParams),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 201, body = AttachmentView))
)]
#[post("/support-items/{id}/attachments")]
async fn attach_to_support_item(
    app: Data<App>,
    caller: Caller,
    id: Path<ItemId>,
    params: Params<AttachParams>,
    payload: Payload,
) -> Answer {
    let to = Holder::new(HolderKind::SupportItem, id.into_inner().0);
    take_in(&app, &caller, to, params, payload).await
}

/// The files of a support item, oldest first.
#[utoipa::path(
    tag = "attachments", params(("id" = ItemId, Path), ListAttachmentsParams),
    responses((status = 200, body = Page<AttachmentSummary>))
)]
#[get("/support-items/{id}/attachments")]
async fn list_support_item_attachments(
    app: Data<App>,
    caller: Caller,
    id: Path<ItemId>,
    params: Params<ListAttachmentsParams>,
) -> Answer {
    list(&app, &caller, Holder::new(HolderKind::SupportItem, id.into_inner().0), params).await
}

/// Adds a file to a subsidy claim that can be edited; the raw file is the body, known by its content. `item` is the kind of evidence.
#[utoipa::path(
    tag = "attachments", params(("id" = SubsidyClaimId, Path), AttachParams),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 201, body = AttachmentView))
)]
#[post("/subsidy-claims/{id}/attachments")]
async fn attach_to_subsidy_claim(
    app: Data<App>,
    caller: Caller,
    id: Path<SubsidyClaimId>,
    params: Params<AttachParams>,
    payload: Payload,
) -> Answer {
    let to = Holder::new(HolderKind::SubsidyClaim, id.into_inner().0);
    take_in(&app, &caller, to, params, payload).await
}

/// The files of a subsidy claim, oldest first.
#[utoipa::path(
    tag = "attachments", params(("id" = SubsidyClaimId, Path), ListAttachmentsParams),
    responses((status = 200, body = Page<AttachmentSummary>))
)]
#[get("/subsidy-claims/{id}/attachments")]
async fn list_subsidy_claim_attachments(
    app: Data<App>,
    caller: Caller,
    id: Path<SubsidyClaimId>,
    params: Params<ListAttachmentsParams>,
) -> Answer {
    list(&app, &caller, Holder::new(HolderKind::SubsidyClaim, id.into_inner().0), params).await
}

/// Adds a file to a compensation claim that can be edited; the raw file is the body, known by its content.
#[utoipa::path(
    tag = "attachments", params(("id" = CompensationClaimId, Path), AttachParams),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 201, body = AttachmentView))
)]
#[post("/compensation-claims/{id}/attachments")]
async fn attach_to_compensation_claim(
    app: Data<App>,
    caller: Caller,
    id: Path<CompensationClaimId>,
    params: Params<AttachParams>,
    payload: Payload,
) -> Answer {
    let to = Holder::new(HolderKind::CompensationClaim, id.into_inner().0);
    take_in(&app, &caller, to, params, payload).await
}

/// The files of a compensation claim, oldest first.
#[utoipa::path(
    tag = "attachments", params(("id" = CompensationClaimId, Path), ListAttachmentsParams),
    responses((status = 200, body = Page<AttachmentSummary>))
)]
#[get("/compensation-claims/{id}/attachments")]
async fn list_compensation_claim_attachments(
    app: Data<App>,
    caller: Caller,
    id: Path<CompensationClaimId>,
    params: Params<ListAttachmentsParams>,
) -> Answer {
    list(&app, &caller, Holder::new(HolderKind::CompensationClaim, id.into_inner().0), params).await
}

/// What is known of a file.
#[utoipa::path(
    tag = "attachments", params(("id" = AttachmentId, Path)),
    responses((status = 200, body = AttachmentView))
)]
#[get("/attachments/{id}")]
async fn get_attachment(app: Data<App>, caller: Caller, id: Path<AttachmentId>) -> Answer {
    let view = app.look(&caller, Action::AttachmentView, move |cx| service::get_attachment(cx, &id)).await?;
    Ok(reply::versioned(view.version, &view))
}

/// The file itself, as a download: never shown in place, never kept by a cache.
#[utoipa::path(
    tag = "attachments", params(("id" = AttachmentId, Path)),
    responses((status = 200, body = Vec<u8>, content_type = "application/octet-stream"))
)]
#[get("/attachments/{id}/content")]
async fn get_attachment_content(app: Data<App>, caller: Caller, id: Path<AttachmentId>) -> Answer {
    let file = app.look(&caller, Action::AttachmentView, move |cx| service::find(cx, &id)).await?;
    let content = app.files.read(&file.object_key).await?;
    Ok(reply::download(&file.name, file.media_type.as_str(), file.bytes.unsigned_abs(), &file.sha256, content))
}

/// Takes a file out of a record that can be edited.
#[utoipa::path(
    tag = "attachments", params(("id" = AttachmentId, Path)),
    responses((status = 204, description = "Gone from the record"))
)]
#[delete("/attachments/{id}")]
async fn remove_attachment(app: Data<App>, caller: Caller, id: Path<AttachmentId>) -> Answer {
    let removal = app.act(&caller, Action::AttachmentRemove, move |cx| service::remove_attachment(cx, &id)).await?;
    if let Some(key) = removal.object_key {
        forget(&app, &key).await;
    }
    Ok(reply::no_content())
}

async fn list(app: &App, caller: &Caller, of: Holder, params: Params<ListAttachmentsParams>) -> Answer {
    let action = of.kind.seen_by();
    let page = app.look(caller, action, move |cx| service::list_attachments(cx, &of, params.get()?)).await?;
    Ok(reply::ok(&page))
}

/// The file is taken in and stored before the door and joins its record inside it. If the door says no it is not kept.
async fn take_in(app: &App, caller: &Caller, to: Holder, params: Params<AttachParams>, payload: Payload) -> Answer {
    let action = to.kind.changed_by();
    let (to, params) = (Arc::new(to), Arc::new(params));
    let asked = {
        let (to, params) = (to.clone(), params.clone());
        move |cx: &mut crate::platform::door::Cx| {
            service::may_attach(cx, &to, params.get()?)?;
            Ok(params.get()?.name.clone())
        }
    };
    let name = app.look(caller, action, asked).await?;
    let upload = app.files.receive(payload, &name).await?;
    let id = AttachmentId::from(app.door.next_id());
    let file = StoredFile {
        object_key: service::key(&id),
        id,
        media_type: upload.media_type,
        bytes: i64::try_from(upload.bytes).map_err(AppError::internal)?,
        sha256: upload.sha256.clone(),
    };
    app.files.keep(&file.object_key, &upload).await?;
    let work = {
        let file = file.clone();
        move |cx: &mut crate::platform::door::Cx| service::attach(cx, &to, params.get()?, &file)
    };
    let outcome = app.act(caller, action, work).await;
    // Refused, or the kept answer of an earlier request with the same Idempotency-Key.
    if outcome.as_ref().map_or(true, |view| view.summary.id != file.id) {
        forget(app, &file.object_key).await;
    }
    let view = outcome?;
    Ok(reply::created(format!("/api/v1/attachments/{}", view.summary.id), view.version, &view))
}

/// A file nobody refers to does no harm: that it could not be deleted is a line in the log.
async fn forget(app: &App, key: &str) {
    if let Err(error) = app.files.remove(key).await {
        tracing::warn!(%error, key, "a file that is no longer needed could not be deleted");
    }
}
