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
    AnswerItemBody, AssignItemBody, ExplainItemBody, ExtendItemBody, ItemId, ItemNoteBody, ItemProgressBody,
    ItemSummary, ItemView, ListItemsParams, RaiseItemBody, RateItemBody,
};
use crate::support::service::items;

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(list_support_items).service(raise_support_item).service(get_support_item).service(accept_support_item);
    cfg.service(assign_support_item)
        .service(answer_support_item)
        .service(return_support_item)
        .service(progress_support_item);
    cfg.service(extend_support_item)
        .service(complete_support_item)
        .service(confirm_support_item)
        .service(reject_support_item);
    cfg.service(close_support_item)
        .service(explain_support_item)
        .service(reopen_support_item)
        .service(suspend_support_item);
    cfg.service(resume_support_item);
}

/// The board, and the four lists as views of it: items by deadline, or by unit and state, those that are open unless asked otherwise.
#[utoipa::path(tag = "support", params(ListItemsParams), responses((status = 200, body = Page<ItemSummary>)))]
#[get("/support-items")]
async fn list_support_items(app: Data<App>, caller: Caller, params: Params<ListItemsParams>) -> Answer {
    let work = move |cx: &mut Cx| items::list_items(cx, params.get()?);
    Ok(reply::ok(&app.look(&caller, Action::SupportItemList, work).await?))
}

/// Raises a problem or a need.
#[utoipa::path(tag = "support", request_body = RaiseItemBody, responses((status = 201, body = ItemView)))]
#[post("/support-items")]
async fn raise_support_item(app: Data<App>, caller: Caller, body: Body<RaiseItemBody>) -> Answer {
    let work = move |cx: &mut Cx| items::raise_item(cx, body.get()?);
    let view = app.act(&caller, Action::SupportItemRaise, work).await?;
    Ok(reply::created(format!("/api/v1/support-items/{}", view.id), view.version, &view))
}

/// One item: its steps, its cards, and what the caller may do.
#[utoipa::path(tag = "support", params(("id" = ItemId, Path)), responses((status = 200, body = ItemView)))]
#[get("/support-items/{id}")]
async fn get_support_item(app: Data<App>, caller: Caller, id: Path<ItemId>) -> Answer {
    let work = move |cx: &mut Cx| items::get_item(cx, &id);
    let view = app.look(&caller, Action::SupportItemView, work).await?;
    Ok(reply::versioned(view.version, &view))
}

/// The office takes it on.
#[utoipa::path(tag = "support", params(("id" = ItemId, Path)), responses((status = 200, body = ItemView)))]
#[post("/support-items/{id}/acceptance")]
async fn accept_support_item(app: Data<App>, caller: Caller, id: Path<ItemId>) -> Answer {
    let work = move |cx: &mut Cx| items::accept_item(cx, &id);
    let view = app.act(&caller, Action::SupportItemAccept, work).await?;
    Ok(reply::versioned(view.version, &view))
}

/// Gives it to a unit, which has seven working days to answer.
#[utoipa::path(
    tag = "support", params(("id" = ItemId, Path)), request_body = AssignItemBody,
    responses((status = 200, body = ItemView))
)]
#[post("/support-items/{id}/assignment")]
async fn assign_support_item(app: Data<App>, caller: Caller, id: Path<ItemId>, body: Body<AssignItemBody>) -> Answer {
    let work = move |cx: &mut Cx| items::assign_item(cx, &id, body.get()?);
    let view = app.act(&caller, Action::SupportItemAssign, work).await?;
    Ok(reply::versioned(view.version, &view))
}

/// The unit says what it will do until when.
#[utoipa::path(
    tag = "support", params(("id" = ItemId, Path)), request_body = AnswerItemBody,
    responses((status = 200, body = ItemView))
)]
#[post("/support-items/{id}/answer")]
async fn answer_support_item(app: Data<App>, caller: Caller, id: Path<ItemId>, body: Body<AnswerItemBody>) -> Answer {
    let work = move |cx: &mut Cx| items::answer_item(cx, &id, body.get()?);
    let view = app.act(&caller, Action::SupportItemAnswer, work).await?;
    Ok(reply::versioned(view.version, &view))
}

/// Not the unit's remit: back to the office, with the reason.
#[utoipa::path(
    tag = "support", params(("id" = ItemId, Path)), request_body = ItemNoteBody,
    responses((status = 200, body = ItemView))
)]
#[post("/support-items/{id}/return")]
async fn return_support_item(app: Data<App>, caller: Caller, id: Path<ItemId>, body: Body<ItemNoteBody>) -> Answer {
    let work = move |cx: &mut Cx| items::return_item(cx, &id, body.get()?);
    let view = app.act(&caller, Action::SupportItemReturn, work).await?;
    Ok(reply::versioned(view.version, &view))
}

/// How it goes, with evidence where there is some.
#[utoipa::path(
    tag = "support", params(("id" = ItemId, Path)), request_body = ItemProgressBody,
    responses((status = 200, body = ItemView))
)]
#[post("/support-items/{id}/progress")]
async fn progress_support_item(
    app: Data<App>,
    caller: Caller,
    id: Path<ItemId>,
    body: Body<ItemProgressBody>,
) -> Answer {
    let work = move |cx: &mut Cx| items::progress_item(cx, &id, body.get()?);
    let view = app.act(&caller, Action::SupportItemProgress, work).await?;
    Ok(reply::versioned(view.version, &view))
}

/// Asks for the one extension; an approver decides.
#[utoipa::path(
    tag = "support", params(("id" = ItemId, Path)), request_body = ExtendItemBody,
    responses((status = 200, body = ItemView))
)]
#[post("/support-items/{id}/extension")]
async fn extend_support_item(app: Data<App>, caller: Caller, id: Path<ItemId>, body: Body<ExtendItemBody>) -> Answer {
    let work = move |cx: &mut Cx| items::extend_item(cx, &id, body.get()?);
    let view = app.act(&caller, Action::SupportItemExtend, work).await?;
    Ok(reply::versioned(view.version, &view))
}

/// The unit says it is done; there must be evidence.
#[utoipa::path(
    tag = "support", params(("id" = ItemId, Path)), request_body = ItemProgressBody,
    responses((status = 200, body = ItemView))
)]
#[post("/support-items/{id}/completion")]
async fn complete_support_item(
    app: Data<App>,
    caller: Caller,
    id: Path<ItemId>,
    body: Body<ItemProgressBody>,
) -> Answer {
    let work = move |cx: &mut Cx| items::complete_item(cx, &id, body.get()?);
    let view = app.act(&caller, Action::SupportItemComplete, work).await?;
    Ok(reply::versioned(view.version, &view))
}

/// The enterprise says it is done, and rates it.
#[utoipa::path(
    tag = "support", params(("id" = ItemId, Path)), request_body = RateItemBody,
    responses((status = 200, body = ItemView))
)]
#[post("/support-items/{id}/confirmation")]
async fn confirm_support_item(app: Data<App>, caller: Caller, id: Path<ItemId>, body: Body<RateItemBody>) -> Answer {
    let work = move |cx: &mut Cx| items::confirm_item(cx, &id, body.get()?);
    let view = app.act(&caller, Action::SupportItemConfirm, work).await?;
    Ok(reply::versioned(view.version, &view))
}

/// The enterprise says it is not done: the unit answers anew.
#[utoipa::path(
    tag = "support", params(("id" = ItemId, Path)), request_body = ItemNoteBody,
    responses((status = 200, body = ItemView))
)]
#[post("/support-items/{id}/rejection")]
async fn reject_support_item(app: Data<App>, caller: Caller, id: Path<ItemId>, body: Body<ItemNoteBody>) -> Answer {
    let work = move |cx: &mut Cx| items::reject_item(cx, &id, body.get()?);
    let view = app.act(&caller, Action::SupportItemReject, work).await?;
    Ok(reply::versioned(view.version, &view))
}

/// Closes what the enterprise has confirmed; never by who handled it.
#[utoipa::path(tag = "support", params(("id" = ItemId, Path)), responses((status = 200, body = ItemView)))]
#[post("/support-items/{id}/closing")]
async fn close_support_item(app: Data<App>, caller: Caller, id: Path<ItemId>) -> Answer {
    let work = move |cx: &mut Cx| items::close_item(cx, &id);
    let view = app.act(&caller, Action::SupportItemClose, work).await?;
    Ok(reply::versioned(view.version, &view))
}

/// Ends what cannot be done, with the legal basis.
#[utoipa::path(
    tag = "support", params(("id" = ItemId, Path)), request_body = ExplainItemBody,
    responses((status = 200, body = ItemView))
)]
#[post("/support-items/{id}/explanation")]
async fn explain_support_item(app: Data<App>, caller: Caller, id: Path<ItemId>, body: Body<ExplainItemBody>) -> Answer {
    let work = move |cx: &mut Cx| items::explain_item(cx, &id, body.get()?);
    let view = app.act(&caller, Action::SupportItemExplain, work).await?;
    Ok(reply::versioned(view.version, &view))
}

/// Opens an item again within thirty days of its end.
#[utoipa::path(
    tag = "support", params(("id" = ItemId, Path)), request_body = ItemNoteBody,
    responses((status = 200, body = ItemView))
)]
#[post("/support-items/{id}/reopening")]
async fn reopen_support_item(app: Data<App>, caller: Caller, id: Path<ItemId>, body: Body<ItemNoteBody>) -> Answer {
    let work = move |cx: &mut Cx| items::reopen_item(cx, &id, body.get()?);
    let view = app.act(&caller, Action::SupportItemReopen, work).await?;
    Ok(reply::versioned(view.version, &view))
}

/// Waits for a higher level; no deadline runs.
#[utoipa::path(
    tag = "support", params(("id" = ItemId, Path)), request_body = ItemNoteBody,
    responses((status = 200, body = ItemView))
)]
#[post("/support-items/{id}/suspension")]
async fn suspend_support_item(app: Data<App>, caller: Caller, id: Path<ItemId>, body: Body<ItemNoteBody>) -> Answer {
    let work = move |cx: &mut Cx| items::suspend_item(cx, &id, body.get()?);
    let view = app.act(&caller, Action::SupportItemSuspend, work).await?;
    Ok(reply::versioned(view.version, &view))
}

/// Goes on where it was; the pause is added to the date promised.
#[utoipa::path(
    tag = "support", params(("id" = ItemId, Path)), request_body = ItemNoteBody,
    responses((status = 200, body = ItemView))
)]
#[post("/support-items/{id}/resumption")]
async fn resume_support_item(app: Data<App>, caller: Caller, id: Path<ItemId>, body: Body<ItemNoteBody>) -> Answer {
    let work = move |cx: &mut Cx| items::resume_item(cx, &id, body.get()?);
    let view = app.act(&caller, Action::SupportItemResume, work).await?;
    Ok(reply::versioned(view.version, &view))
}
