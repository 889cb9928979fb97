//! The console: the pages of `web/`, built by Vite and embedded here. A debug build reads them from the disk, so the console can be
//! built again without compiling; a release build carries them. Without them there is a page that says how to build them.

use actix_web::http::{Method, header};
use actix_web::web::{self, Data};
use actix_web::{HttpRequest, HttpResponse};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rust_embed::{Embed, EmbeddedFile};

use crate::app::App;
use crate::error::AppError;
use crate::platform::clock::random_bytes;
use crate::platform::http::Answer;

#[derive(Embed)]
#[folder = "web/dist"]
#[allow_missing = true]
struct Console;

const INDEX: &str = "index.html";
/// Stands in the built page wherever a nonce belongs.
const NONCE: &str = "__NONCE__";
/// Stands in the built page where the console looks up whether it shows the demo.
const DEMO: &str = "__DEMO__";

/// Comes last: what no route has taken is a file of the console, or a page that the console itself shows.
pub fn routes(cfg: &mut web::ServiceConfig) {
    cfg.default_service(web::to(page_or_file));
}

async fn page_or_file(app: Data<App>, req: HttpRequest) -> Answer {
    let path = req.path().trim_start_matches('/');
    let of_the_server = ["api", "docs"].contains(&path.split('/').next().unwrap_or_default());
    if of_the_server || !matches!(*req.method(), Method::GET | Method::HEAD) {
        return Err(AppError::not_found());
    }
    if path != INDEX
        && let Some(answer) = file(path, accepted(&req))
    {
        return Ok(answer);
    }
    // A file that is gone must not be answered with a page: a browser would take it for a script.
    if path.rsplit('/').next().is_some_and(|name| name.contains('.')) && path != INDEX {
        return Err(AppError::not_found());
    }
    Ok(match Console::get(INDEX) {
        Some(index) => page(&String::from_utf8_lossy(&index.data), app.demo),
        None => landing(),
    })
}

/// The page of the console. Scripts come from this server only; the styles that components make carry a nonce of this answer.
fn page(built: &str, demo: bool) -> HttpResponse {
    let nonce = URL_SAFE_NO_PAD.encode(random_bytes::<16>());
    let policy = format!(
        "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{nonce}'; img-src 'self' data: blob:; font-src 'self'; \
         connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    );
    HttpResponse::Ok()
        .content_type("text/html; charset=utf-8")
        .insert_header((header::CONTENT_SECURITY_POLICY, policy))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .body(built.replace(NONCE, &nonce).replace(DEMO, if demo { "true" } else { "false" }))
}

fn landing() -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/html; charset=utf-8")
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .body(include_str!("web/landing.html"))
}

/// How a compressed copy that was made at the build is called and sent.
const ENCODINGS: [(&str, &str); 2] = [("br", "br"), ("gzip", "gz")];

fn accepted(req: &HttpRequest) -> &str {
    req.headers().get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

fn file(path: &str, accepted: &str) -> Option<HttpResponse> {
    let plain = Console::get(path)?;
    let (encoding, found) = compressed(path, accepted).map_or((None, plain), |(name, file)| (Some(name), file));
    let mut answer = HttpResponse::Ok();
    answer
        .content_type(content_type(path))
        .insert_header((header::VARY, "accept-encoding"))
        // The names of assets carry a hash of their content, so they never change.
        .insert_header((
            header::CACHE_CONTROL,
            if path.starts_with("assets/") { "public, max-age=31536000, immutable" } else { "no-cache" },
        ));
    if let Some(encoding) = encoding {
        answer.insert_header((header::CONTENT_ENCODING, encoding));
    }
    Some(answer.body(found.data.into_owned()))
}

fn compressed(path: &str, accepted: &str) -> Option<(&'static str, EmbeddedFile)> {
    let takes = |name: &str| accepted.split(',').any(|part| part.split(';').next().is_some_and(|a| a.trim() == name));
    ENCODINGS
        .iter()
        .filter(|(name, _)| takes(name))
        .find_map(|(name, ending)| Console::get(&format!("{path}.{ending}")).map(|file| (*name, file)))
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "woff2" => "font/woff2",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_carries_a_fresh_nonce_and_allows_no_inline_script() {
        let built = r#"<html data-demo="__DEMO__"><meta property="csp-nonce" nonce="__NONCE__">"#;
        let policy = |answer: &HttpResponse| {
            let value = answer.headers().get("content-security-policy").expect("a policy");
            value.to_str().expect("plain text").to_owned()
        };
        let (first, second) = (page(built, true), page(built, false));
        let (said, other) = (policy(&first), policy(&second));
        assert_ne!(said, other, "every answer has a nonce of its own");
        assert!(said.contains("script-src 'self';") && !said.contains("unsafe"), "{said}");
    }
}
