//! The HTTP server: routes of all slices, the edge around them, a graceful end.

use actix_web::middleware::from_fn;
use actix_web::web::{self, Data};
use actix_web::{App as ActixApp, HttpResponse, HttpServer};
use std::net::{SocketAddr, TcpListener};
use std::time::Duration;
use utoipa::OpenApi;
use utoipa::openapi::OpenApi as Document;
use utoipa_actix_web::{AppExt, scope};

use crate::app::App;
use crate::error::Problem;
use crate::platform::edge::edge;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Laoshan Pipeline",
        description = "Screening, library, support plans and talent loans of Laoshan District."
    ),
    components(schemas(Problem))
)]
struct Doc;

fn routes(cfg: &mut utoipa_actix_web::service_config::ServiceConfig) {
    crate::health::http::routes(cfg);
    crate::accounts::http::routes(cfg);
    crate::attachments::http::routes(cfg);
    crate::audit::http::routes(cfg);
    crate::talent_loans::http::routes(cfg);
    crate::subsidies::http::routes(cfg);
    crate::reconciliation::http::routes(cfg);
    crate::loan_reports::http::routes(cfg);
    crate::reviews::http::routes(cfg);
    crate::calendars::http::routes(cfg);
    crate::rounds::http::routes(cfg);
    crate::applications::http::routes(cfg);
    crate::decisions::http::routes(cfg);
    crate::visits::http::routes(cfg);
    crate::deliberation::http::routes(cfg);
    crate::publicity::http::routes(cfg);
    crate::library::http::routes(cfg);
    crate::support::http::routes(cfg);
    crate::annual_updates::http::routes(cfg);
    crate::directions::http::routes(cfg);
    crate::ecosystem::http::routes(cfg);
    crate::major_changes::http::routes(cfg);
    crate::enterprises::http::routes(cfg);
    crate::messages::http::routes(cfg);
    crate::operations::http::routes(cfg);
    crate::programme::http::routes(cfg);
    crate::reports::http::routes(cfg);
    crate::risk_pool::http::routes(cfg);
}

/// The OpenAPI 3.1 document, from the handlers themselves.
pub fn openapi() -> Document {
    let (_, document) = ActixApp::new()
        .into_utoipa_app()
        .openapi(Doc::openapi())
        .service(scope("/api/v1").configure(routes))
        .split_for_parts();
    finish(document)
}

/// Says once, for every operation, what every operation can answer.
fn finish(mut document: Document) -> Document {
    use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
    use utoipa::openapi::{ContentBuilder, Ref, ResponseBuilder};
    let refused = || {
        ResponseBuilder::new()
            .description("Refused: RFC 9457 problem details")
            .content(
                "application/problem+json",
                ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build(),
            )
            .build()
    };
    for item in document.paths.paths.values_mut() {
        let operations = [&mut item.get, &mut item.post, &mut item.put, &mut item.patch, &mut item.delete];
        for operation in operations.into_iter().flatten() {
            operation.responses.responses.insert("4XX".into(), refused().into());
            operation.responses.responses.insert("5XX".into(), refused().into());
        }
    }
    if let Some(components) = document.components.as_mut() {
        components.add_security_scheme("bearer", SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer)));
    }
    document
}

pub struct Running {
    pub address: SocketAddr,
    pub server: actix_web::dev::Server,
}

/// Binds and starts; the returned server ends when it is told to or by a signal when `signals` is set.
pub fn listen(app: &App, bind: SocketAddr, signals: bool) -> std::io::Result<Running> {
    let listener = TcpListener::bind(bind)?;
    let address = listener.local_addr()?;
    let shared = app.clone();
    let config = &app.config.server;
    let document = openapi();
    let server = HttpServer::new(move || {
        let document = document.clone();
        // These come first: a scope answers 404 for whatever lies below it and is not its own.
        let (actix, _) = ActixApp::new()
            .route(
                "/api/v1/openapi.json",
                web::get().to(move || std::future::ready(HttpResponse::Ok().json(&document))),
            )
            .configure(|cfg| {
                if shared.demo {
                    crate::demo::http::routes(cfg);
                }
            })
            .into_utoipa_app()
            .service(scope("/api/v1").configure(routes))
            .split_for_parts();
        actix
            .app_data(Data::new(shared.clone()))
            .app_data(web::PayloadConfig::new(shared.config.limits.import_bytes))
            .service(
                utoipa_swagger_ui::SwaggerUi::new("/docs/{_:.*}")
                    .config(utoipa_swagger_ui::Config::from("/api/v1/openapi.json")),
            )
            .configure(crate::web::routes)
            .wrap(from_fn(edge))
    })
    .listen(listener)?
    .shutdown_timeout(config.shutdown_seconds)
    .client_request_timeout(Duration::from_secs(app.config.limits.head_seconds))
    .keep_alive(Duration::from_secs(75));
    let server = if config.workers > 0 { server.workers(config.workers) } else { server };
    let server = if signals { server } else { server.disable_signals() };
    Ok(Running { address, server: server.run() })
}

/// Prometheus metrics on an address of their own, so that they are not public by accident.
pub fn listen_metrics(app: &App, bind: &str) -> std::io::Result<actix_web::dev::ServerHandle> {
    let metrics = app.metrics.clone();
    let server = HttpServer::new(move || {
        let metrics = metrics.clone();
        ActixApp::new().route(
            "/metrics",
            web::get().to(move || {
                let text = metrics.text();
                std::future::ready(HttpResponse::Ok().content_type("text/plain; version=0.0.4").body(text))
            }),
        )
    })
    .workers(1)
    .disable_signals()
    .bind(bind)?
    .run();
    let handle = server.handle();
    actix_web::rt::spawn(server);
    Ok(handle)
}
