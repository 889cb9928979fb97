//! What support has done, and how well items are served.

use chrono::{Datelike, NaiveDate};

use crate::error::{AppError, Faults, FieldCode};
use crate::platform::calendar::{end_of_day_utc, start_of_day_utc};
use crate::platform::door::Cx;
use crate::platform::types::Stamp;
use crate::say;
use crate::support::db::figures as db;
use crate::support::model::{EffectsParams, EffectsView, ServiceBy, ServiceFiguresParams, ServiceFiguresView};
use crate::support::rules::{self, EFFECT_INDICATORS, Ended, Supported};

pub fn show_effects(cx: &mut Cx, params: &EffectsParams) -> Result<EffectsView, AppError> {
    let year = params.year.unwrap_or_else(|| cx.today().year());
    let supported: Vec<Supported> = db::list_supported(cx.conn, year)?
        .into_iter()
        .map(|(enterprise, tier, track)| Supported { enterprise: enterprise.0, tier, track })
        .collect();
    let figures = db::list_supported_figures(cx.conn, year, &EFFECT_INDICATORS)?
        .into_iter()
        .map(|(enterprise, indicator, year, value)| ((enterprise.0, indicator, year), value))
        .collect();
    Ok(EffectsView { year, rows: rules::effects(year, &supported, &figures) })
}

pub fn show_service_figures(cx: &mut Cx, params: &ServiceFiguresParams) -> Result<ServiceFiguresView, AppError> {
    let today = cx.today();
    let from = params.from.or_else(|| NaiveDate::from_ymd_opt(today.year(), 1, 1)).unwrap_or(today);
    let to = params.to.unwrap_or(today);
    let mut faults = Faults::default();
    if to < from {
        faults.plain("to", FieldCode::DateOrder);
    } else if (to - from).num_days() > 366 {
        faults.add("to", FieldCode::OutOfRange, say!("跨度不超过 366 天", "lies more than 366 days after `from`"));
    }
    faults.done()?;
    let by = params.by.unwrap_or(ServiceBy::Unit);
    let rows = db::list_ended(cx.conn, Stamp::new(start_of_day_utc(from)), Stamp::new(end_of_day_utc(to)))?;
    let ended: Vec<Ended> = rows
        .into_iter()
        .map(|row| Ended {
            group: match by {
                ServiceBy::Unit => row.department_id.map(|id| id.0).zip(row.department_name),
                ServiceBy::Officer => row.officer_id.map(|id| id.0).zip(row.officer_name),
            },
            state: row.state,
            raised_at: row.raised_at,
            answered_at: row.answered_at,
            closed_at: row.closed_at,
            on_time: row.on_time,
            rating: row.rating,
        })
        .collect();
    Ok(ServiceFiguresView { from, to, by, rows: rules::service(&ended) })
}
