//! Work that runs by the clock. One row per job says when it runs next and who holds it; any number of processes share the rows.
//!
//! A job is claimed by compare-and-swap with a lease, runs outside the door (it uses the door as everybody does), and its row is
//! moved on afterwards. A process that dies lets the lease run out, and another one takes the job over: jobs must bear being run
//! twice. A run that was missed while nothing was up is caught up once.

use chrono::Duration;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use std::pin::Pin;
use std::sync::Arc;

use super::door::{Cx, Door};
use super::types::Stamp;
use crate::error::AppError;
use crate::schema::jobs;

type Run = Arc<dyn Fn() -> Pin<Box<dyn Future<Output = Result<(), AppError>> + Send>> + Send + Sync>;

/// A piece of work and how often it is due.
#[derive(Clone)]
pub struct Job {
    pub name: &'static str,
    pub every: Duration,
    run: Run,
}

impl Job {
    pub fn new<F, W>(name: &'static str, every: Duration, run: F) -> Self
    where
        F: Fn() -> W + Send + Sync + 'static,
        W: Future<Output = Result<(), AppError>> + Send + 'static,
    {
        Self { name, every, run: Arc::new(move || Box::pin(run())) }
    }
}

#[derive(Debug, Clone, Queryable, Selectable, Insertable, Serialize, Deserialize, utoipa::ToSchema)]
#[diesel(table_name = jobs)]
pub struct JobRow {
    pub name: String,
    pub next_run_at: Stamp,
    pub leased_until: Option<Stamp>,
    pub last_started_at: Option<Stamp>,
    pub last_finished_at: Option<Stamp>,
    pub last_error: Option<String>,
    pub runs: i64,
}

pub fn list_jobs(cx: &mut Cx) -> Result<Vec<JobRow>, AppError> {
    Ok(jobs::table.select(JobRow::as_select()).order(jobs::name).load(cx.conn)?)
}

/// Makes the job due now; the next poll of any process runs it.
pub fn request_run(cx: &mut Cx, name: &str) -> Result<JobRow, AppError> {
    let touched = diesel::update(jobs::table.find(name)).set(jobs::next_run_at.eq(cx.now)).execute(cx.conn)?;
    if touched == 0 {
        return Err(AppError::not_found());
    }
    Ok(jobs::table.find(name).select(JobRow::as_select()).first(cx.conn)?)
}

/// Runs everything that is due, once each; says how many jobs ran. The server polls this; tests call it after moving the clock.
pub async fn run_due(door: &Door, list: &[Job], lease_seconds: i64) -> Result<usize, AppError> {
    let mut ran = 0;
    // One read a poll; the writer's turn is taken only for what looks due.
    let known = door.peek("worker", |cx| Ok((cx.now, list_jobs(cx)?))).await?;
    let idle = |name: &str| {
        let row = known.1.iter().find(|row| row.name == name);
        row.is_some_and(|row| row.next_run_at > known.0 || row.leased_until.is_some_and(|until| until > known.0))
    };
    for job in list.iter().filter(|job| !idle(job.name)) {
        if claim(door, job, lease_seconds).await? {
            let outcome = (job.run)().await;
            if let Err(error) = &outcome {
                tracing::error!(job = job.name, %error, "job failed");
            }
            finish(door, job, outcome.err().map(|e| e.to_string())).await?;
            ran += 1;
        }
    }
    Ok(ran)
}

async fn claim(door: &Door, job: &Job, lease_seconds: i64) -> Result<bool, AppError> {
    let name = job.name;
    door.system("worker", move |cx| {
        let row: Option<JobRow> = jobs::table.find(name).select(JobRow::as_select()).first(cx.conn).optional()?;
        let Some(row) = row else {
            let first = JobRow {
                name: name.to_owned(),
                next_run_at: cx.now,
                leased_until: None,
                last_started_at: None,
                last_finished_at: None,
                last_error: None,
                runs: 0,
            };
            diesel::insert_into(jobs::table).values(&first).execute(cx.conn)?;
            return take(cx, name, lease_seconds);
        };
        let due = row.next_run_at <= cx.now && row.leased_until.is_none_or(|until| until <= cx.now);
        if due { take(cx, name, lease_seconds) } else { Ok(false) }
    })
    .await
}

fn take(cx: &mut Cx, name: &str, lease_seconds: i64) -> Result<bool, AppError> {
    let free = jobs::leased_until.is_null().or(jobs::leased_until.le(cx.now));
    let taken = diesel::update(jobs::table.filter(jobs::name.eq(name)).filter(free))
        .set((jobs::leased_until.eq(cx.now.plus(Duration::seconds(lease_seconds))), jobs::last_started_at.eq(cx.now)))
        .execute(cx.conn)?;
    Ok(taken == 1)
}

async fn finish(door: &Door, job: &Job, error: Option<String>) -> Result<(), AppError> {
    let (name, every) = (job.name, job.every);
    door.system("worker", move |cx| {
        // However late this run was, the next one counts from now: missed runs are caught up once, not one by one.
        diesel::update(jobs::table.find(name))
            .set((
                jobs::leased_until.eq(None::<Stamp>),
                jobs::next_run_at.eq(cx.now.plus(every)),
                jobs::last_finished_at.eq(cx.now),
                jobs::last_error.eq(&error),
                jobs::runs.eq(jobs::runs + 1),
            ))
            .execute(cx.conn)?;
        Ok(())
    })
    .await
}
