//! How handlers read requests and shape answers.

use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::web::{self, Bytes, Data};
use actix_web::{FromRequest, HttpMessage, HttpRequest, HttpResponse};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use std::future::{Future, Ready, ready};
use std::pin::Pin;

use super::actor::Caller;
use super::text::{self, Lang};
use crate::app::App;
use crate::error::{AppError, Code, FieldCode, FieldError};
use crate::say;

/// What every handler returns.
pub type Answer = Result<HttpResponse, AppError>;

impl FromRequest for Caller {
    type Error = AppError;
    type Future = Ready<Result<Self, AppError>>;

    /// The edge has put the request's facts together; here the access token joins them. A token that does not verify counts as
    /// none: public pages stay public, everything else answers 401.
    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready((|| {
            let app = app(req)?;
            let mut caller = req.extensions().get::<Caller>().cloned().ok_or_else(|| AppError::internal("no edge"))?;
            caller.if_match = if_match(req)?;
            caller.token = bearer(req).and_then(|token| app.keys.verify_access(token, caller.arrived_at));
            Ok(caller)
        })())
    }
}

fn app(req: &HttpRequest) -> Result<&Data<App>, AppError> {
    req.app_data::<Data<App>>().ok_or_else(|| AppError::internal("the application is not attached"))
}

fn bearer(req: &HttpRequest) -> Option<&str> {
    req.headers().get(header::AUTHORIZATION)?.to_str().ok()?.strip_prefix("Bearer ").map(str::trim)
}

/// `If-Match: "7"`: the version that was edited. `*` is not taken: it would defeat the purpose.
fn if_match(req: &HttpRequest) -> Result<Option<i64>, AppError> {
    let Some(value) = req.headers().get(header::IF_MATCH) else { return Ok(None) };
    let text = value.to_str().unwrap_or_default().trim();
    let number = text.trim_start_matches("W/").trim_matches('"').parse();
    number.map(Some).map_err(|_| {
        AppError::with(
            Code::MalformedRequest,
            say!("If-Match 应为读取记录时得到的 ETag", "If-Match must be the ETag the record was read with"),
        )
    })
}

pub fn lang_of(req: &HttpRequest) -> Lang {
    let wanted = req.headers().get(header::ACCEPT_LANGUAGE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    // The first language that is one of ours wins; weights are written in order by every client there is.
    for part in wanted.split(',') {
        let tag = part.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        if tag.starts_with("en") {
            return Lang::En;
        }
        if tag.starts_with("zh") {
            return Lang::Zh;
        }
    }
    Lang::Zh
}

/// A JSON body. Whether it was readable is asked inside the door (`body.get()?`): who may not do a thing is told that first.
#[derive(Debug)]
pub struct Body<T>(Result<T, AppError>);

impl<T> Body<T> {
    pub fn get(&self) -> Result<&T, AppError> {
        self.0.as_ref().map_err(Clone::clone)
    }
}

impl<T: DeserializeOwned + 'static> FromRequest for Body<T> {
    type Error = AppError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, AppError>>>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let limit = app(req).map(|app| app.config.limits.body_bytes);
        let is_json = req.content_type().is_empty() || req.content_type().ends_with("json");
        let bytes = Bytes::from_request(req, payload);
        Box::pin(async move {
            let limit = limit?;
            let bytes = bytes.await.map_err(|e| refused_payload(&e))?;
            Ok(Self(if bytes.len() > limit {
                Err(AppError::new(Code::BodyTooLarge))
            } else if !is_json {
                Err(AppError::new(Code::UnsupportedMediaType))
            } else {
                parse(&bytes)
            }))
        })
    }
}

pub fn refused_payload(e: &actix_web::Error) -> AppError {
    match e.as_response_error().status_code().as_u16() {
        413 => AppError::new(Code::BodyTooLarge),
        _ => AppError { cause: Some(e.to_string()), ..AppError::new(Code::MalformedRequest) },
    }
}

/// An absent body is read as `{}`: a state change that needs no input needs no body either.
fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, AppError> {
    let bytes = if bytes.iter().all(u8::is_ascii_whitespace) { b"{}" } else { bytes };
    let mut json = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut json).map_err(|e| misshapen("", e))?;
    json.end().map_err(|e| AppError { cause: Some(e.to_string()), ..AppError::new(Code::MalformedJson) })?;
    Ok(value)
}

/// Reads a part of a body that has been read as plain JSON already; `at` is the pointer to that part.
pub fn read_part<T: DeserializeOwned>(at: &str, part: serde_json::Value) -> Result<T, AppError> {
    serde_path_to_error::deserialize(part).map_err(|e| misshapen(at, e))
}

fn misshapen(at: &str, e: serde_path_to_error::Error<serde_json::Error>) -> AppError {
    let pointer = format!("{at}{}", pointer(e.path()));
    let inner = e.into_inner();
    let code = if inner.to_string().starts_with("unknown ") { FieldCode::Unknown } else { FieldCode::WrongType };
    let said = inner.to_string();
    let detail = match inner.line() {
        0 => say!("{pointer}：{said}", "{pointer}: {said}"),
        line => say!("第 {line} 行第 {} 列：{said}", "line {line} column {}: {said}", inner.column()),
    };
    let fields = if inner.is_data() {
        vec![FieldError { pointer, code: code.as_str().into(), say: say!("{said}", "{said}") }]
    } else {
        vec![]
    };
    AppError { fields, ..AppError::with(Code::MalformedJson, detail) }
}

/// RFC 6901 pointer of a serde path: `years.2025.revenue` -> `/years/2025/revenue`.
pub fn pointer(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;
    path.iter()
        .filter_map(|segment| match segment {
            Segment::Seq { index } => Some(format!("/{index}")),
            Segment::Map { key } => Some(format!("/{}", text::segment(key))),
            Segment::Enum { .. } | Segment::Unknown => None,
        })
        .collect()
}

/// Query parameters, read like a body: asked for inside the door.
#[derive(Debug)]
pub struct Params<T>(Result<T, AppError>);

impl<T> Params<T> {
    pub fn get(&self) -> Result<&T, AppError> {
        self.0.as_ref().map_err(Clone::clone)
    }
}

impl<T: DeserializeOwned> FromRequest for Params<T> {
    type Error = AppError;
    type Future = Ready<Result<Self, AppError>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let read = web::Query::<T>::from_query(req.query_string()).map(web::Query::into_inner);
        ready(Ok(Self(read.map_err(|e| {
            let said = e.to_string();
            AppError::with(Code::MalformedRequest, say!("查询参数不正确：{said}", "query parameters: {said}"))
        }))))
    }
}

/// Marks a 4xx answer that is meant as it is: the edge makes no problem of it.
#[derive(Debug, Clone, Copy)]
pub struct Meant;

/// Answers. `version` becomes the ETag that the next edit sends back as If-Match.
pub mod reply {
    use super::*;

    pub fn ok(view: &impl Serialize) -> HttpResponse {
        HttpResponse::Ok().json(view)
    }

    pub fn versioned(version: i64, view: &impl Serialize) -> HttpResponse {
        HttpResponse::Ok().insert_header((header::ETAG, format!("\"{version}\""))).json(view)
    }

    pub fn created(location: String, version: i64, view: &impl Serialize) -> HttpResponse {
        HttpResponse::Created()
            .insert_header((header::LOCATION, location))
            .insert_header((header::ETAG, format!("\"{version}\"")))
            .json(view)
    }

    /// Made, but not to be read again by whoever made it: no address, no version.
    pub fn received(receipt: &impl Serialize) -> HttpResponse {
        HttpResponse::Created().json(receipt)
    }

    /// What anybody may read and any cache may keep for a minute; the ETag is a digest of the answer itself.
    pub fn cacheable(req: &HttpRequest, view: &impl Serialize) -> HttpResponse {
        let body = serde_json::to_vec(view).expect("views are plain data");
        let etag = format!("\"{}\"", hex::encode(&Sha256::digest(&body)[..16]));
        let known = req.headers().get(header::IF_NONE_MATCH).and_then(|v| v.to_str().ok()).unwrap_or_default();
        let unchanged = known.split(',').any(|one| one.trim().trim_start_matches("W/") == etag);
        let mut answer = if unchanged { HttpResponse::NotModified() } else { HttpResponse::Ok() };
        answer.insert_header((header::ETAG, etag)).insert_header((header::CACHE_CONTROL, "public, max-age=60"));
        if unchanged { answer.finish() } else { answer.content_type("application/json").body(body) }
    }

    /// Refused, but with an answer of its own instead of a problem: what an import makes of a file.
    pub fn rejected(view: &impl Serialize) -> HttpResponse {
        let mut response = HttpResponse::UnprocessableEntity().json(view);
        response.extensions_mut().insert(Meant);
        response
    }

    /// A file, to be saved and never shown in place: whatever it is, it runs nothing here.
    pub fn download<E: std::error::Error + 'static>(
        name: &str,
        media_type: &str,
        bytes: u64,
        sha256: &str,
        content: impl futures_util::Stream<Item = Result<Bytes, E>> + 'static,
    ) -> HttpResponse {
        let encoded: String = name
            .bytes()
            .map(|b| match b {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'-' | b'_' => char::from(b).to_string(),
                other => format!("%{other:02X}"),
            })
            .collect();
        HttpResponse::Ok()
            .insert_header((header::CONTENT_TYPE, media_type))
            .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename*=UTF-8''{encoded}")))
            .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
            .insert_header((header::CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'"))
            .insert_header((header::CACHE_CONTROL, "private, no-store"))
            .insert_header((header::ETAG, format!("\"{sha256}\"")))
            .no_chunking(bytes)
            .streaming(content)
    }

    pub fn no_content() -> HttpResponse {
        HttpResponse::NoContent().finish()
    }
}
