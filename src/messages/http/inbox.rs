use actix_web::web::{Data, Path};
use actix_web::{get, patch, post};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::app::App;
use crate::messages::model::inbox::{
    ChoosePreferencesBody, ListMessagesParams, MessageId, MessageSummary, MessageView, PreferencesView,
    ReadMessagesBody, UnreadView,
};
use crate::messages::service::inbox as service;
use crate::platform::actor::Caller;
use crate::platform::http::{Answer, Body, Params, reply};
use crate::platform::page::Page;
use crate::platform::policy::Action;

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(list_messages)
        .service(count_unread_messages)
        .service(view_message)
        .service(read_message)
        .service(read_messages)
        .service(show_message_preferences)
        .service(choose_message_preferences);
}

/// The caller's inbox, newest first.
#[utoipa::path(tag = "messages", params(ListMessagesParams), responses((status = 200, body = Page<MessageSummary>)))]
#[get("/messages")]
async fn list_messages(app: Data<App>, caller: Caller, params: Params<ListMessagesParams>) -> Answer {
    let page = app.look(&caller, Action::MessageList, move |cx| service::list_messages(cx, params.get()?)).await?;
    Ok(reply::ok(&page))
}

#[utoipa::path(tag = "messages", responses((status = 200, body = UnreadView)))]
#[get("/messages/unread-count")]
async fn count_unread_messages(app: Data<App>, caller: Caller) -> Answer {
    let view = app.look(&caller, Action::MessageList, service::count_unread).await?;
    Ok(reply::ok(&view))
}

#[utoipa::path(tag = "messages", params(("id" = MessageId, Path)), responses((status = 200, body = MessageView)))]
#[get("/messages/{id}")]
async fn view_message(app: Data<App>, caller: Caller, id: Path<MessageId>) -> Answer {
    let view = app.look(&caller, Action::MessageList, move |cx| service::view_message(cx, &id)).await?;
    Ok(reply::ok(&view))
}

/// Marks a message as read.
#[utoipa::path(tag = "messages", params(("id" = MessageId, Path)), responses((status = 200, body = MessageView)))]
#[post("/messages/{id}/reading")]
async fn read_message(app: Data<App>, caller: Caller, id: Path<MessageId>) -> Answer {
    let view = app.act(&caller, Action::MessageRead, move |cx| service::read_message(cx, &id)).await?;
    Ok(reply::ok(&view))
}

/// Marks all messages as read, or those up to one of them.
#[utoipa::path(tag = "messages", request_body = ReadMessagesBody, responses((status = 200, body = UnreadView)))]
#[post("/messages/readings")]
async fn read_messages(app: Data<App>, caller: Caller, body: Body<ReadMessagesBody>) -> Answer {
    let view = app.act(&caller, Action::MessageRead, move |cx| service::read_messages(cx, body.get()?)).await?;
    Ok(reply::ok(&view))
}

/// What the caller wants mailed, for each notice that can reach them.
#[utoipa::path(tag = "messages", responses((status = 200, body = PreferencesView)))]
#[get("/me/message-preferences")]
async fn show_message_preferences(app: Data<App>, caller: Caller) -> Answer {
    let view = app.look(&caller, Action::MessagePreferenceView, service::show_preferences).await?;
    Ok(reply::versioned(view.version, &view))
}

/// Chooses for some notices; the mail of a mandatory one cannot be turned off. The first time, `If-Match` is `"0"`.
#[utoipa::path(tag = "messages", request_body = ChoosePreferencesBody, responses((status = 200, body = PreferencesView)))]
#[patch("/me/message-preferences")]
async fn choose_message_preferences(app: Data<App>, caller: Caller, body: Body<ChoosePreferencesBody>) -> Answer {
    let choose = move |cx: &mut crate::platform::door::Cx| service::choose_preferences(cx, body.get()?);
    let view = app.act(&caller, Action::MessagePreferenceChoose, choose).await?;
    Ok(reply::versioned(view.version, &view))
}
