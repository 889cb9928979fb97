//! The demo's clock. These routes exist in the demo only.

use actix_web::web::{Data, ServiceConfig};
use actix_web::{HttpResponse, get, post};
use chrono::Duration;
use serde::{Deserialize, Serialize};

use super::folder;
use crate::app::App;
use crate::error::{AppError, FieldCode};
use crate::platform::http::{Answer, Body, reply};
use crate::platform::types::Stamp;
use crate::say;

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(view_clock).service(advance_clock);
}

#[derive(Debug, Serialize, Deserialize)]
pub struct ClockView {
    pub now: Stamp,
    /// How far the demo's clock is ahead of the machine's.
    pub ahead_seconds: i64,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AdvanceClockBody {
    /// ISO 8601 duration of weeks, days, hours, minutes and seconds, for example `P7D` or `PT2H30M`; at most 400 days.
    pub advance: String,
}

fn view(app: &App) -> HttpResponse {
    let clock = app.door.clock();
    reply::ok(&ClockView { now: clock.now(), ahead_seconds: clock.shift().num_seconds() })
}

#[get("/api/v1/demo/clock")]
async fn view_clock(app: Data<App>) -> Answer {
    Ok(view(&app))
}

/// Moves the clock forward and runs what became due on the way, so that the next request meets the new day as it would be.
#[post("/api/v1/demo/clock")]
async fn advance_clock(app: Data<App>, body: Body<AdvanceClockBody>) -> Answer {
    let wanted = &body.get()?.advance;
    let by = duration(wanted).filter(|d| *d > Duration::zero() && *d <= Duration::days(400)).ok_or_else(|| {
        AppError::field(
            "/advance",
            FieldCode::Format,
            say!(
                "请用 ISO 8601 时长，例如 P7D，最多 400 天",
                "takes an ISO 8601 duration such as P7D, at most 400 days"
            ),
        )
    })?;
    let clock = app.door.clock();
    clock.advance(by);
    let (dir, shift) = (app.config.data_dir.clone(), clock.shift());
    tokio::task::spawn_blocking(move || folder::mark(&dir, shift, true))
        .await
        .map_err(AppError::internal)?
        .map_err(AppError::internal)?;
    crate::jobs::run_due(&app).await?;
    Ok(view(&app))
}

/// The part of ISO 8601 durations whose length does not depend on the calendar.
fn duration(text: &str) -> Option<Duration> {
    let (date, time) = match text.strip_prefix('P')?.split_once('T') {
        Some((_, "")) => return None,
        Some((date, time)) => (date, time),
        None => (text.strip_prefix('P')?, ""),
    };
    let mut total = Duration::zero();
    let mut parts = 0;
    for (piece, units) in
        [(date, [('W', 604_800), ('D', 86_400), ('\0', 0)]), (time, [('H', 3_600), ('M', 60), ('S', 1)])]
    {
        let mut number = String::new();
        for c in piece.chars() {
            if c.is_ascii_digit() {
                number.push(c);
            } else {
                let seconds = units.iter().find(|(unit, _)| *unit == c)?.1;
                total += Duration::try_seconds(number.parse::<i64>().ok()?.checked_mul(seconds)?)?;
                number.clear();
                parts += 1;
            }
        }
        if !number.is_empty() {
            return None;
        }
    }
    (parts > 0).then_some(total)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_read_or_refused() {
        for (text, seconds) in
            [("P7D", 604_800), ("P1W", 604_800), ("PT2H30M", 9_000), ("P1DT1S", 86_401), ("PT90S", 90)]
        {
            assert_eq!(duration(text).map(|d| d.num_seconds()), Some(seconds), "{text}");
        }
        for text in ["", "P", "7D", "P7", "PT", "P1M", "P1Y", "P-1D", "P1.5D", "PT1D", "P99999999999999999999D"] {
            assert_eq!(duration(text), None, "{text}");
        }
    }
}
