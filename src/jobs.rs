//! What runs by the clock, and how often. The one list of it; each slice says what its job does.

use chrono::Duration;
use std::sync::Arc;

use crate::app::App;
use crate::error::AppError;
use crate::platform::worker::{self, Job};

pub fn all(app: &App) -> Vec<Job> {
    let own = || app.clone();
    vec![
        {
            let app = own();
            Job::new("audit.checkpoint", Duration::days(1), move || {
                crate::audit::service::checkpoint::make(app.clone())
            })
        },
        {
            let app = own();
            Job::new("keys.tend", Duration::hours(1), move || tend_keys(app.clone()))
        },
        {
            let app = own();
            Job::new("leftovers.sweep", Duration::hours(1), move || sweep(app.clone()))
        },
    ]
}

/// Runs whatever is due now; says how many jobs ran.
pub async fn run_due(app: &App) -> Result<usize, AppError> {
    worker::run_due(&app.door, &all(app), app.config.jobs.lease_seconds).await
}

/// Polls until told to stop; a job that runs is let finish.
pub async fn poll(app: App, stop: Arc<tokio::sync::Notify>) {
    let pause = std::time::Duration::from_millis(app.config.jobs.poll_millis);
    loop {
        if let Err(error) = run_due(&app).await {
            tracing::warn!(%error, "the worker could not look for due jobs");
        }
        tokio::select! {
            () = stop.notified() => return,
            () = tokio::time::sleep(pause) => {}
        }
    }
}

/// Replaces the signing key when it is old, takes out replaced ones, and picks up keys other processes made.
async fn tend_keys(app: App) -> Result<(), AppError> {
    let (keys, security) = (app.keys.clone(), app.config.security.clone());
    app.door
        .system("keys.tend", move |cx| {
            let newest = crate::platform::keys::KeyRing::newest(cx)?;
            if newest.is_none_or(|at| at.plus(Duration::days(security.key_days)) <= cx.now) {
                keys.make_signing_key(cx)?;
            }
            keys.retire_old(cx, security.access_minutes)
        })
        .await?;
    let keys = app.keys.clone();
    app.door.system("keys.load", move |cx| keys.load(cx)).await
}

/// Throws away what nobody may need any more: kept answers after a day, quiet addresses of the rate limiter.
async fn sweep(app: App) -> Result<(), AppError> {
    app.rates.forget_quiet();
    app.door.system("leftovers.sweep", crate::platform::door::forget_answers).await
}
