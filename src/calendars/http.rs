use actix_web::web::{Bytes, Data, Path};
use actix_web::{HttpMessage, HttpRequest, get, put};
use utoipa_actix_web::service_config::ServiceConfig;

use super::model::{CalendarView, PeriodParams, PeriodView, PutCalendarBody};
use super::service;
use crate::app::App;
use crate::error::{AppError, Code};
use crate::platform::actor::Caller;
use crate::platform::calendar::YearCalendar;
use crate::platform::door::Cx;
use crate::platform::http::{Answer, Params, refused_payload, reply};
use crate::platform::policy::Action;

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(suggest_period).service(get_calendar).service(put_calendar);
}

/// The last day of a period of working days.
#[utoipa::path(tag = "calendars", params(PeriodParams), responses((status = 200, body = PeriodView)))]
#[get("/calendars/period")]
async fn suggest_period(app: Data<App>, caller: Caller, params: Params<PeriodParams>) -> Answer {
    let work = move |cx: &mut Cx| service::suggest_period(cx, params.get()?);
    Ok(reply::ok(&app.look(&caller, Action::CalendarView, work).await?))
}

/// The public holidays of a year, and the weekend days worked in exchange.
#[utoipa::path(tag = "calendars", params(("year" = i32, Path)), responses((status = 200, body = CalendarView)))]
#[get("/calendars/{year}")]
async fn get_calendar(app: Data<App>, caller: Caller, year: Path<String>) -> Answer {
    let view = app.look(&caller, Action::CalendarView, move |cx| service::get_calendar(cx, &year)).await?;
    Ok(reply::versioned(view.version, &view))
}

/// Imports the calendar of a year: the year file as JSON, or as TOML with any other content type. A year that is there already
/// is replaced (If-Match).
#[utoipa::path(
    tag = "calendars", request_body(content((PutCalendarBody = "application/json"), (String = "application/toml"))),
    params(("year" = i32, Path)), responses((status = 200, body = CalendarView))
)]
#[put("/calendars/{year}")]
async fn put_calendar(
    app: Data<App>,
    caller: Caller,
    request: HttpRequest,
    year: Path<String>,
    body: Result<Bytes, actix_web::Error>,
) -> Answer {
    let file = body.map_err(|e| refused_payload(&e)).and_then(|bytes| {
        if bytes.len() > app.config.limits.body_bytes {
            return Err(AppError::new(Code::BodyTooLarge));
        }
        let text = std::str::from_utf8(&bytes).map_err(|_| AppError::new(Code::MalformedRequest))?;
        let is_json = request.content_type().ends_with("json");
        if is_json { YearCalendar::parse_json(text) } else { YearCalendar::parse(text) }
    });
    let work = move |cx: &mut Cx| service::put_calendar(cx, &year, file.as_ref().map_err(Clone::clone)?);
    let view = app.act(&caller, Action::CalendarImport, work).await?;
    Ok(reply::versioned(view.version, &view))
}
