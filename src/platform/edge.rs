//! The outermost layer of every request: its id and arrival, rate limits, the one place where an error becomes an answer, the
//! one line it leaves in the log, and the headers every answer carries.

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::{Method, StatusCode, header};
use actix_web::middleware::Next;
use actix_web::web::{Bytes, Data};
use actix_web::{Error, HttpMessage, HttpResponse};
use governor::clock::Clock as _;
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use sha2::{Digest, Sha256};
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::time::Instant;
use tracing::Instrument;

use super::actor::{Caller, Idempotency};
use super::config::{Limits, Server};
use super::http::{Meant, lang_of, refused_payload};
use super::text::Lang;
use crate::app::App;
use crate::error::{AppError, Code, Problem, ProblemField};
use crate::say;

/// Requests per minute and client address, in memory of this process.
pub struct RateLimits {
    sign_in: DefaultKeyedRateLimiter<IpAddr>,
    public: DefaultKeyedRateLimiter<IpAddr>,
}

impl RateLimits {
    pub fn new(limits: &Limits) -> Self {
        let per_minute = |n: u32| RateLimiter::keyed(Quota::per_minute(NonZeroU32::new(n).expect("checked at load")));
        Self { sign_in: per_minute(limits.sign_in_per_minute), public: per_minute(limits.public_per_minute) }
    }

    fn check(&self, path: &str, address: IpAddr) -> Result<(), AppError> {
        let limiter = match path.strip_prefix("/api/v1/") {
            Some(rest) if rest.starts_with("auth/") => &self.sign_in,
            Some(rest) if rest.starts_with("public/") => &self.public,
            _ => return Ok(()),
        };
        limiter.check_key(&address).map_err(|until| {
            let wait = until.wait_time_from(limiter.clock().now()).as_secs() + 1;
            AppError { retry_after: Some(wait as u32), ..AppError::new(Code::TooManyRequests) }
        })
    }

    /// Forgets addresses that have been quiet; the worker calls it now and then.
    pub fn forget_quiet(&self) {
        self.sign_in.retain_recent();
        self.public.retain_recent();
    }
}

/// The address a request came from. A forwarded address is believed only as far as configured proxies vouch for it.
fn client_address(server: &Server, peer: Option<IpAddr>, forwarded: Option<&str>) -> IpAddr {
    let trusted = |ip: &IpAddr| server.trusted_proxies.iter().any(|net| net.contains(ip));
    let mut address = peer.unwrap_or(IpAddr::from([0, 0, 0, 0]));
    let hops = forwarded.unwrap_or_default().rsplit(',').map_while(|hop| hop.trim().parse().ok());
    for hop in hops {
        if !trusted(&address) {
            break;
        }
        address = hop;
    }
    address
}

pub async fn edge<B: MessageBody + 'static>(
    mut req: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let started = Instant::now();
    let app = req.app_data::<Data<App>>().cloned().expect("the server attaches the application");
    let arrived_at = app.door.clock().now();
    let request_id = app.door.next_id().to_string();
    let lang = lang_of(req.request());
    let forwarded = req.headers().get("x-forwarded-for").and_then(|v| v.to_str().ok());
    let address = client_address(&app.config.server, req.peer_addr().map(|a| a.ip()), forwarded);
    let caller = Caller {
        token: None,
        request_id: request_id.clone(),
        arrived_at,
        lang,
        address: address.to_string(),
        if_match: None,
        idempotency: None,
    };
    let method = req.method().clone();
    let path = req.path().to_owned();
    let span = tracing::info_span!("request", %request_id, %method);

    let work = async {
        app.rates.check(&path, address)?;
        let idempotency = idempotency(&mut req).await?;
        req.extensions_mut().insert(Caller { idempotency, ..caller });
        next.call(req).await.map(ServiceResponse::map_into_boxed_body)
    };
    // What has begun at the database is finished there all the same; a repeat with the same Idempotency-Key finds its answer.
    let most = std::time::Duration::from_secs(app.config.limits.request_seconds);
    let outcome = match tokio::time::timeout(most, work.instrument(span.clone())).await {
        Ok(outcome) => outcome,
        Err(_) => Err(AppError::new(Code::RequestTimeout).into()),
    };
    // An early refusal has no response to carry it, so it is kept beside a request that can still be answered.
    let mut response = match outcome {
        Ok(response) => match refusal(&response) {
            Some(error) => response.into_response(problem(&error, lang, &request_id)),
            None => response,
        },
        Err(error) => return Err(EarlyRefusal::wrap(error, lang, request_id, &path, app.config.server.secure_cookies)),
    };

    let status = response.status().as_u16();
    let route = response.request().match_pattern().unwrap_or_else(|| "unmatched".into());
    let took = started.elapsed();
    app.metrics.answered(method.as_str(), &route, status, took);
    let _in = span.enter();
    tracing::info!(route, status, millis = took.as_millis() as u64, "answered");
    harden(response.headers_mut(), &path, &request_id, app.config.server.secure_cookies);
    Ok(response)
}

/// The error behind a response: ours, or one made up for a bare status that actix answered by itself.
fn refusal(response: &ServiceResponse<BoxBody>) -> Option<AppError> {
    if response.response().extensions().contains::<Meant>() {
        return None;
    }
    if let Some(error) = response.response().error() {
        return Some(match error.as_error::<AppError>() {
            Some(ours) => ours.clone(),
            None => by_status(response.status(), error.to_string()),
        });
    }
    let status = response.status();
    let is_problem = response.headers().get(header::CONTENT_TYPE).is_some_and(|v| v == PROBLEM_JSON);
    ((status.is_client_error() || status.is_server_error()) && !is_problem).then(|| by_status(status, String::new()))
}

fn by_status(status: StatusCode, cause: String) -> AppError {
    let code = match status.as_u16() {
        401 => Code::Unauthenticated,
        403 => Code::Forbidden,
        404 => Code::NotFound,
        405 => Code::MethodNotAllowed,
        406 => Code::NotAcceptable,
        408 => Code::RequestTimeout,
        413 => Code::BodyTooLarge,
        415 => Code::UnsupportedMediaType,
        429 => Code::TooManyRequests,
        503 => Code::Busy,
        400..=499 => Code::MalformedRequest,
        _ => Code::Internal,
    };
    AppError { cause: Some(cause), ..AppError::new(code) }
}

const PROBLEM_JSON: &str = "application/problem+json";

fn problem(error: &AppError, lang: Lang, request_id: &str) -> HttpResponse {
    match error.code {
        Code::Internal => tracing::error!(request_id, %error, "failed"),
        Code::Busy => tracing::warn!(request_id, %error, "refused for lack of a turn"),
        _ => tracing::debug!(request_id, %error, "refused"),
    }
    let problem = Problem {
        kind: format!("/problems/{}", error.code.as_str()),
        title: error.code.title().in_lang(lang).to_owned(),
        status: error.code.status(),
        detail: error.detail.as_ref().map(|d| d.in_lang(lang).to_owned()),
        code: error.code.as_str().to_owned(),
        request_id: request_id.to_owned(),
        errors: error
            .fields
            .iter()
            .map(|f| ProblemField {
                pointer: f.pointer.clone(),
                code: f.code.clone(),
                detail: f.say.in_lang(lang).to_owned(),
            })
            .collect(),
    };
    let mut body = serde_json::to_value(problem).expect("a problem is plain data");
    if let (Some(extra), Some(members)) = (&error.extra, body.as_object_mut()) {
        members.extend(extra.clone());
    }
    let mut response = HttpResponse::build(StatusCode::from_u16(error.code.status()).expect("a status of the table"));
    if let Some(seconds) = error.retry_after {
        response.insert_header((header::RETRY_AFTER, seconds.to_string()));
    }
    if error.code.status() == 401 {
        response.insert_header((header::WWW_AUTHENTICATE, "Bearer"));
    }
    response.content_type(PROBLEM_JSON).insert_header((header::CONTENT_LANGUAGE, lang.as_str())).body(body.to_string())
}

fn harden(headers: &mut header::HeaderMap, path: &str, request_id: &str, tls: bool) {
    let mut set = |name: &'static str, value: &str| {
        let name = header::HeaderName::from_static(name);
        if !headers.contains_key(&name)
            && let Ok(value) = header::HeaderValue::from_str(value)
        {
            headers.insert(name, value);
        }
    };
    set("x-request-id", request_id);
    set("x-content-type-options", "nosniff");
    set("x-frame-options", "DENY");
    set("referrer-policy", "no-referrer");
    set("cross-origin-opener-policy", "same-origin");
    if path.starts_with("/docs") {
        // The document viewer styles itself inline; it runs no inline script but its own initialiser file.
        set("content-security-policy", "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:");
    } else {
        set("content-security-policy", "default-src 'none'; frame-ancestors 'none'");
    }
    if path.starts_with("/api/") {
        set("cache-control", "no-store");
    }
    if tls {
        set("strict-transport-security", "max-age=31536000; includeSubDomains");
    }
}

/// Reads the body of a POST that carries an Idempotency-Key, to know later whether a repeat is the same request.
async fn idempotency(req: &mut ServiceRequest) -> Result<Option<Idempotency>, Error> {
    let Some(key) = req.headers().get("idempotency-key").cloned() else { return Ok(None) };
    if req.method() != Method::POST {
        return Ok(None);
    }
    let key = key.to_str().unwrap_or_default().trim().to_owned();
    if key.is_empty() || key.len() > 200 {
        let said = say!("Idempotency-Key 应为 1 至 200 个字符", "Idempotency-Key takes 1 to 200 characters");
        return Err(AppError::with(Code::MalformedRequest, said).into());
    }
    let bytes = req.extract::<Bytes>().await.map_err(|e| refused_payload(&e))?;
    let mut hash = Sha256::new();
    hash.update(req.uri().to_string());
    hash.update([0]);
    hash.update(&bytes);
    let digest = hex::encode(hash.finalize());
    req.set_payload(bytes.into());
    Ok(Some(Idempotency { key, digest }))
}

/// A refusal from before the router ran. actix renders it through `ResponseError`, so the finished answer travels inside.
#[derive(Debug)]
struct EarlyRefusal {
    error: AppError,
    lang: Lang,
    request_id: String,
    path: String,
    tls: bool,
}

impl EarlyRefusal {
    fn wrap(error: Error, lang: Lang, request_id: String, path: &str, tls: bool) -> Error {
        let error = match error.as_error::<AppError>() {
            Some(ours) => ours.clone(),
            None => by_status(error.as_response_error().status_code(), error.to_string()),
        };
        Self { error, lang, request_id, path: path.to_owned(), tls }.into()
    }
}

impl std::fmt::Display for EarlyRefusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.error.fmt(f)
    }
}

impl actix_web::ResponseError for EarlyRefusal {
    fn status_code(&self) -> StatusCode {
        actix_web::ResponseError::status_code(&self.error)
    }
    fn error_response(&self) -> HttpResponse {
        let mut response = problem(&self.error, self.lang, &self.request_id);
        harden(response.headers_mut(), &self.path, &self.request_id, self.tls);
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::config::Config;

    #[test]
    fn a_forwarded_address_is_believed_only_from_a_trusted_proxy() {
        let mut server = Config::load(None, []).expect("defaults").server;
        server.trusted_proxies = vec!["10.0.0.0/8".parse().expect("a network")];
        let ip = |s: &str| s.parse::<IpAddr>().expect("an address");
        for (peer, forwarded, expected) in [
            ("10.0.0.1", Some("1.2.3.4"), "1.2.3.4"),
            ("10.0.0.1", Some("9.9.9.9, 1.2.3.4, 10.0.0.2"), "1.2.3.4"),
            ("8.8.8.8", Some("1.2.3.4"), "8.8.8.8"),
            ("10.0.0.1", Some("nonsense"), "10.0.0.1"),
            ("10.0.0.1", None, "10.0.0.1"),
        ] {
            assert_eq!(client_address(&server, Some(ip(peer)), forwarded), ip(expected), "{peer} {forwarded:?}");
        }
    }
}
