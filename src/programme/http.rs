use actix_web::dev::Payload;
use actix_web::web::{Bytes, Data, Path};
use actix_web::{FromRequest, HttpMessage, HttpRequest, get, post, put};
use std::future::Future;
use std::pin::Pin;
use utoipa_actix_web::service_config::ServiceConfig;

use super::model::{
    IndicatorsView, ListRuleSetsParams, RuleSetBody, RuleSetId, RuleSetSummary, RuleSetView, SelfCheckBody, TracksView,
};
use super::{SelfCheckShown, service};
use crate::app::App;
use crate::error::{AppError, Code};
use crate::platform::actor::Caller;
use crate::platform::http::{Answer, Body, Params, refused_payload, reply};
use crate::platform::page::Page;
use crate::platform::policy::Action;
use crate::say;

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(list_rule_sets)
        .service(view_rule_set)
        .service(create_rule_set)
        .service(replace_rule_set)
        .service(publish_rule_set)
        .service(run_self_check)
        .service(list_tracks)
        .service(list_indicators);
}

/// The rule sets, newest first. Drafts are shown to officers and approvers only.
#[utoipa::path(tag = "programme", params(ListRuleSetsParams), responses((status = 200, body = Page<RuleSetSummary>)))]
#[get("/rule-sets")]
async fn list_rule_sets(app: Data<App>, caller: Caller, params: Params<ListRuleSetsParams>) -> Answer {
    let page = app.look(&caller, Action::RuleSetList, move |cx| service::list_rule_sets(cx, params.get()?)).await?;
    Ok(reply::ok(&page))
}

/// One rule set with its document; officers and approvers see the text it was written as.
#[utoipa::path(tag = "programme", params(("id" = RuleSetId, Path)), responses((status = 200, body = RuleSetView)))]
#[get("/rule-sets/{id}")]
async fn view_rule_set(app: Data<App>, caller: Caller, id: Path<RuleSetId>) -> Answer {
    let view = app.look(&caller, Action::RuleSetView, move |cx| service::view_rule_set(cx, &id)).await?;
    Ok(reply::versioned(view.version, &view))
}

/// A draft from the text of a rule set: the next revision of its code. Whatever is wrong with the text is answered with
/// line and path.
#[utoipa::path(
    tag = "programme",
    request_body(content((RuleSetBody = "application/json"), (String = "application/toml"))),
    responses((status = 201, body = RuleSetView))
)]
#[post("/rule-sets")]
async fn create_rule_set(app: Data<App>, caller: Caller, text: RuleSetText) -> Answer {
    let view = app.act(&caller, Action::RuleSetCreate, move |cx| service::create_rule_set(cx, text.get()?)).await?;
    Ok(reply::created(format!("/api/v1/rule-sets/{}", view.summary.id), view.version, &view))
}

/// Another text for a draft. Needs `If-Match`.
#[utoipa::path(
    tag = "programme",
    params(("id" = RuleSetId, Path)),
    request_body(content((RuleSetBody = "application/json"), (String = "application/toml"))),
    responses((status = 200, body = RuleSetView))
)]
#[put("/rule-sets/{id}")]
async fn replace_rule_set(app: Data<App>, caller: Caller, id: Path<RuleSetId>, text: RuleSetText) -> Answer {
    let view =
        app.act(&caller, Action::RuleSetUpdate, move |cx| service::replace_rule_set(cx, &id, text.get()?)).await?;
    Ok(reply::versioned(view.version, &view))
}

/// Publishes a draft for good, by somebody who wrote none of it. Needs `If-Match`.
#[utoipa::path(tag = "programme", params(("id" = RuleSetId, Path)), responses((status = 200, body = RuleSetView)))]
#[post("/rule-sets/{id}/publication")]
async fn publish_rule_set(app: Data<App>, caller: Caller, id: Path<RuleSetId>) -> Answer {
    let view = app.act(&caller, Action::RuleSetPublish, move |cx| service::publish_rule_set(cx, &id)).await?;
    Ok(reply::versioned(view.version, &view))
}

/// How an enterprise with these figures stands to the tiers of the rule set in force today. Without sign-in; nothing is
/// stored. Year -1 of a rule is last year, ages are taken today, in Shanghai.
#[utoipa::path(tag = "public", request_body = SelfCheckBody, responses((status = 200, body = SelfCheckShown)))]
#[post("/public/self-checks")]
async fn run_self_check(app: Data<App>, caller: Caller, body: Body<SelfCheckBody>) -> Answer {
    let view = app.look(&caller, Action::SelfCheckRun, move |cx| service::run_self_check(cx, body.get()?)).await?;
    Ok(reply::ok(&view))
}

/// What the rule set in force today lets an enterprise choose from: tracks, topics under observation, parks, titles and vetoes.
#[utoipa::path(tag = "public", responses((status = 200, body = TracksView)))]
#[get("/public/tracks")]
async fn list_tracks(app: Data<App>, caller: Caller) -> Answer {
    Ok(reply::ok(&app.look(&caller, Action::TrackList, service::list_tracks).await?))
}

/// The indicators an enterprise reports per year, and the rates made of them.
#[utoipa::path(tag = "public", responses((status = 200, body = IndicatorsView)))]
#[get("/public/indicators")]
async fn list_indicators(app: Data<App>, caller: Caller) -> Answer {
    Ok(reply::ok(&app.look(&caller, Action::IndicatorList, service::list_indicators).await?))
}

/// The text of a rule set: the body itself when it is sent as TOML, `source` of a JSON body otherwise.
struct RuleSetText(Result<RuleSetBody, AppError>);

impl RuleSetText {
    fn get(&self) -> Result<&RuleSetBody, AppError> {
        self.0.as_ref().map_err(Clone::clone)
    }
}

impl FromRequest for RuleSetText {
    type Error = AppError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, AppError>>>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        if req.content_type() != "application/toml" {
            let body = Body::<RuleSetBody>::from_request(req, payload);
            return Box::pin(async move { Ok(Self(body.await?.get().cloned())) });
        }
        let bytes = Bytes::from_request(req, payload);
        Box::pin(async move {
            let bytes = bytes.await.map_err(|e| refused_payload(&e))?;
            let source = String::from_utf8(bytes.into()).map_err(|_| {
                let said = say!("规则文本应为 UTF-8 编码", "the text of a rule set must be UTF-8");
                AppError::with(Code::MalformedRequest, said)
            });
            Ok(Self(source.map(|source| RuleSetBody { source })))
        })
    }
}
