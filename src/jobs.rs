//! What runs by the clock, and how often. The one list of it; each slice says what its job does.

use chrono::Duration;
use std::sync::Arc;

use crate::app::App;
use crate::error::AppError;
use crate::library::model::MembershipId;
use crate::library::service as library;
use crate::platform::door::Cx;
use crate::platform::mail;
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
        {
            let app = own();
            Job::new("pool.check", Duration::days(1), move || check_pool(app.clone()))
        },
        {
            let app = own();
            Job::new("banks.assess", Duration::days(1), move || assess_banks(app.clone()))
        },
        {
            let app = own();
            Job::new("subsidies.release", Duration::minutes(5), move || release_subsidies(app.clone()))
        },
        {
            let app = own();
            Job::new("applications.lapse", Duration::minutes(5), move || lapse_returns(app.clone()))
        },
        {
            let app = own();
            Job::new("applications.cease", Duration::seconds(30), move || cease_cancelled(app.clone()))
        },
        {
            let app = own();
            Job::new("attachments.sweep", Duration::days(1), move || sweep_files(app.clone()))
        },
        {
            let app = own();
            Job::new("memberships.expire", Duration::hours(1), move || expire_members(app.clone()))
        },
        {
            let app = own();
            Job::new("annual_updates.sweep", Duration::hours(1), move || sweep_late_reports(app.clone()))
        },
        {
            let app = own();
            Job::new("promotions.measure", Duration::days(1), move || measure_promotions(app.clone()))
        },
        {
            let app = own();
            Job::new("memberships.look_out", Duration::days(1), move || look_out(app.clone()))
        },
        {
            let app = own();
            Job::new("rounds.advance", Duration::seconds(30), move || advance_rounds(app.clone()))
        },
        {
            let app = own();
            Job::new("support.escalate", Duration::minutes(10), move || escalate_items(app.clone()))
        },
    ]
}

/// Runs whatever is due now; says how many jobs ran.
pub async fn run_due(app: &App) -> Result<usize, AppError> {
    worker::run_due(&app.door, &all(app), app.config.jobs.lease_seconds).await
}

/// Polls for due jobs and due mail until told to stop; what runs is let finish.
pub async fn poll(app: App, stop: Arc<tokio::sync::Notify>) {
    let pause = std::time::Duration::from_millis(app.config.jobs.poll_millis);
    loop {
        if let Err(error) = run_due(&app).await {
            tracing::warn!(%error, "the worker could not look for due jobs");
        }
        if let Err(error) = mail::deliver_due(&app).await {
            tracing::warn!(%error, "the worker could not look for due mail");
        }
        tokio::select! {
            () = stop.notified() => return,
            () = tokio::time::sleep(pause) => {}
        }
    }
}

/// Reads the key ring again every minute, in every process, whether it runs jobs or not: another one may have made a new key.
pub async fn watch_keys(app: App) {
    loop {
        tokio::time::sleep(std::time::Duration::from_secs(60)).await;
        if let Err(error) = app.reload_keys().await {
            tracing::warn!(%error, "the key ring could not be read again");
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
    app.reload_keys().await
}

/// Throws away what nobody may need any more: kept answers and dead codes after a day, ended sessions and the record of sent mail
/// after the time for which logs are kept, quiet addresses of the rate limiter.
async fn sweep(app: App) -> Result<(), AppError> {
    app.rates.forget_quiet();
    let kept = Duration::days(app.config.audit.retention_days);
    app.door
        .system("leftovers.sweep", move |cx| {
            let old = cx.now.minus(kept);
            crate::platform::door::forget_answers(cx)?;
            crate::accounts::service::forget_old(cx, old)?;
            mail::forget_sent(cx, old)
        })
        .await
}

/// Fails, and so shows in the list of jobs, when the pool's balances are not what its postings add up to.
async fn check_pool(app: App) -> Result<(), AppError> {
    let found = app.door.peek("pool.check", crate::risk_pool::service::check_balances).await?;
    if found.balanced {
        Ok(())
    } else {
        Err(AppError::internal(format!("the pool does not balance: {:?}", found.faults)))
    }
}

/// Opens and closes rounds whose time has come.
async fn advance_rounds(app: App) -> Result<(), AppError> {
    let moves = app.door.system("rounds.advance", crate::rounds::service::advance_due).await?;
    if moves > 0 {
        tracing::info!(moves, "rounds opened or closed");
    }
    Ok(())
}

/// Assesses every bank once a quarter and suspends those whose loans went bad.
async fn assess_banks(app: App) -> Result<(), AppError> {
    let suspended = app.door.system("banks.assess", crate::talent_loans::service::assessments::assess_banks).await?;
    if suspended > 0 {
        tracing::info!(suspended, "banks suspended for bad loans");
    }
    Ok(())
}

/// Ends memberships whose term is over.
async fn expire_members(app: App) -> Result<(), AppError> {
    let ended = app.door.system("memberships.expire", library::watching::expire_members).await?;
    if ended > 0 {
        tracing::info!(ended, "memberships expired");
    }
    Ok(())
}

/// Measures how far every member is from the next tier: ages and titles change without anybody's doing.
async fn measure_promotions(app: App) -> Result<(), AppError> {
    over_members(app, "promotions.measure", library::promotion::measure_next).await
}

/// Puts on watch who lost a title or came into an incident.
async fn look_out(app: App) -> Result<(), AppError> {
    over_members(app, "memberships.look_out", library::watching::look_out).await
}

/// Takes some members after the last one, and answers with the last of them.
type Batch = fn(&mut Cx, Option<&MembershipId>) -> Result<Option<MembershipId>, AppError>;

/// Batch by batch, each in a transaction of its own.
async fn over_members(app: App, job: &'static str, batch: Batch) -> Result<(), AppError> {
    let mut last = None;
    loop {
        let after: Option<MembershipId> = last;
        last = app.door.system(job, move |cx| batch(cx, after.as_ref())).await?;
        if last.is_none() {
            return Ok(());
        }
    }
}

/// Makes subsidies payable whose notice has ended without an open objection.
async fn release_subsidies(app: App) -> Result<(), AppError> {
    let released = app.door.system("subsidies.release", crate::subsidies::service::announcing::release_due).await?;
    if released > 0 {
        tracing::info!(released, "subsidies may be paid");
    }
    Ok(())
}

/// Puts on watch who has not reported in time.
async fn sweep_late_reports(app: App) -> Result<(), AppError> {
    let late = app.door.system("annual_updates.sweep", crate::annual_updates::service::sweep_late).await?;
    if late > 0 {
        tracing::info!(late, "members put on watch for a missing annual update");
    }
    Ok(())
}

/// Rejects returned applications that did not come back in time.
async fn lapse_returns(app: App) -> Result<(), AppError> {
    let work = crate::applications::service::overdue::reject_overdue_returns;
    let lapsed = app.door.system("applications.lapse", work).await?;
    if lapsed > 0 {
        tracing::info!(lapsed, "returned applications rejected as overdue");
    }
    Ok(())
}

/// Ends what the cancellation of a large round has left over.
async fn cease_cancelled(app: App) -> Result<(), AppError> {
    loop {
        let ceased = app.door.system("applications.cease", crate::applications::service::ceasing::cease_due).await?;
        if ceased == 0 {
            return Ok(());
        }
        tracing::info!(ceased, "applications of cancelled rounds ended");
    }
}

/// Deletes stored files that no record refers to: an upload that was cut off between the storage and the record.
async fn sweep_files(app: App) -> Result<(), AppError> {
    let gone = crate::attachments::sweep::sweep(&app).await?;
    if gone > 0 {
        tracing::info!(gone, "files that no record refers to were deleted");
    }
    Ok(())
}

/// Shows yellow and red cards for support items past their deadline.
async fn escalate_items(app: App) -> Result<(), AppError> {
    loop {
        let marked = app.door.system("support.escalate", crate::support::service::items::escalate_due).await?;
        if marked == 0 {
            return Ok(());
        }
        tracing::info!(marked, "support items escalated");
    }
}
