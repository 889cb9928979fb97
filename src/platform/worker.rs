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

use super::calendar::{business_day, start_of_day_utc};
use super::door::{Cx, Door};
use super::text::Say;
use super::types::Stamp;
use crate::error::AppError;
use crate::say;
use crate::schema::jobs;

type Run = Arc<dyn Fn() -> Pin<Box<dyn Future<Output = Result<(), AppError>> + Send>> + Send + Sync>;

/// When a job is due again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Schedule {
    Every(Duration),
    /// Once a day, at this full hour in Shanghai.
    Daily(u32),
}

impl Schedule {
    pub fn words(self) -> Say {
        match self {
            Schedule::Daily(hour) => {
                say!("每天 {hour:02}:00（北京时间）", "daily at {hour:02}:00, China Standard Time")
            }
            Schedule::Every(pause) => match pause.num_seconds() {
                86_400 => say!("每天", "every day"),
                3_600 => say!("每小时", "every hour"),
                60 => say!("每分钟", "every minute"),
                s if s % 86_400 == 0 => say!("每 {} 天", "every {} days", s / 86_400),
                s if s % 3_600 == 0 => say!("每 {} 小时", "every {} hours", s / 3_600),
                s if s % 60 == 0 => say!("每 {} 分钟", "every {} minutes", s / 60),
                s => say!("每 {s} 秒", "every {s} seconds"),
            },
        }
    }

    /// The first moment after `now`.
    pub fn next(self, now: Stamp) -> Stamp {
        match self {
            Schedule::Every(pause) => now.plus(pause),
            Schedule::Daily(hour) => {
                let today = Stamp::new(start_of_day_utc(business_day(now.utc()))).plus(Duration::hours(hour.into()));
                if today > now { today } else { today.plus(Duration::days(1)) }
            }
        }
    }
}

/// A piece of work and how often it is due.
#[derive(Clone)]
pub struct Job {
    pub name: &'static str,
    pub schedule: Schedule,
    /// What it does, for whoever looks after the system.
    pub about: Say,
    run: Run,
}

impl Job {
    pub fn new<F, W>(name: &'static str, every: Duration, run: F) -> Self
    where
        F: Fn() -> W + Send + Sync + 'static,
        W: Future<Output = Result<(), AppError>> + Send + 'static,
    {
        Self { name, schedule: Schedule::Every(every), about: Say::default(), run: Arc::new(move || Box::pin(run())) }
    }

    pub fn about(self, about: Say) -> Self {
        Self { about, ..self }
    }

    /// Due once a day at a full hour in Shanghai.
    pub fn daily<F, W>(name: &'static str, hour: u32, run: F) -> Self
    where
        F: Fn() -> W + Send + Sync + 'static,
        W: Future<Output = Result<(), AppError>> + Send + 'static,
    {
        Self { schedule: Schedule::Daily(hour), ..Self::new(name, Duration::days(1), run) }
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

/// A job as it is shown.
#[derive(Debug, Clone, Serialize, Deserialize, utoipa::ToSchema)]
pub struct JobView {
    #[serde(flatten)]
    pub row: JobRow,
    /// What it does.
    pub about: String,
    /// How often it is due.
    pub schedule: String,
    /// How it stands, and why.
    pub explanation: String,
}

/// Every job there is, by name, whether it has run yet or not.
pub fn view_jobs(cx: &mut Cx, list: &[Job]) -> Result<Vec<JobView>, AppError> {
    let rows = list_jobs(cx)?;
    let view = |job: &Job| {
        let row = rows.iter().find(|row| row.name == job.name).cloned().unwrap_or_else(|| unborn(job.name, cx.now));
        JobView {
            about: job.about.in_lang(cx.lang).to_owned(),
            schedule: job.schedule.words().in_lang(cx.lang).to_owned(),
            explanation: explain(&row, cx.now).in_lang(cx.lang).to_owned(),
            row,
        }
    };
    let mut views: Vec<JobView> = list.iter().map(view).collect();
    views.sort_by(|a, b| a.row.name.cmp(&b.row.name));
    Ok(views)
}

/// So long after its time a job should have been picked up by some process.
const PATIENCE_MINUTES: i64 = 10;

/// Why a job runs or does not run at this moment.
pub fn explain(row: &JobRow, now: Stamp) -> Say {
    let next = row.next_run_at.to_rfc3339();
    if let Some(until) = row.leased_until.filter(|until| *until > now) {
        let until = until.to_rfc3339();
        return say!(
            "正在运行；若该进程中断，{until} 之后由其他进程接手",
            "is running; should its process have died, another one takes over after {until}"
        );
    }
    if row.next_run_at.plus(Duration::minutes(PATIENCE_MINUTES)) <= now {
        return say!(
            "应于 {next} 运行但无人执行：没有启用 jobs.enabled 的进程在运行",
            "was due at {next}, and nobody has picked it up: no process with jobs.enabled is running"
        );
    }
    match (&row.last_finished_at, &row.last_error) {
        (None, _) => say!("尚未运行过，将于下次轮询时运行", "has not run yet; the worker's next look runs it"),
        (Some(at), Some(error)) => {
            let at = at.to_rfc3339();
            say!(
                "上次运行（{at}）失败：{error}；将于 {next} 重试",
                "failed at {at}: {error}; it is tried again at {next}"
            )
        }
        (Some(at), None) => {
            let at = at.to_rfc3339();
            say!("上次运行于 {at} 完成；下次运行 {next}", "last finished at {at}; due again at {next}")
        }
    }
}

/// A job that has not run yet.
pub fn unborn(name: &str, now: Stamp) -> JobRow {
    JobRow {
        name: name.to_owned(),
        next_run_at: now,
        leased_until: None,
        last_started_at: None,
        last_finished_at: None,
        last_error: None,
        runs: 0,
    }
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

/// Runs one job now, due or not. False when another process has it in hand; an error of the job is noted, and returned.
pub async fn run_now(door: &Door, job: &Job, lease_seconds: i64) -> Result<bool, AppError> {
    let name = job.name;
    door.system("worker", move |cx| {
        diesel::update(jobs::table.find(name)).set(jobs::next_run_at.eq(cx.now)).execute(cx.conn)?;
        Ok(())
    })
    .await?;
    if !claim(door, job, lease_seconds).await? {
        return Ok(false);
    }
    let outcome = (job.run)().await;
    finish(door, job, outcome.as_ref().err().map(|e| e.to_string())).await?;
    outcome.map(|()| true)
}

async fn claim(door: &Door, job: &Job, lease_seconds: i64) -> Result<bool, AppError> {
    let name = job.name;
    door.system("worker", move |cx| {
        let row: Option<JobRow> = jobs::table.find(name).select(JobRow::as_select()).first(cx.conn).optional()?;
        let Some(row) = row else {
            diesel::insert_into(jobs::table).values(&unborn(name, cx.now)).execute(cx.conn)?;
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
    let (name, schedule) = (job.name, job.schedule);
    door.system("worker", move |cx| {
        // However late this run was, the next one counts from now: missed runs are caught up once, not one by one.
        diesel::update(jobs::table.find(name))
            .set((
                jobs::leased_until.eq(None::<Stamp>),
                jobs::next_run_at.eq(schedule.next(cx.now)),
                jobs::last_finished_at.eq(cx.now),
                jobs::last_error.eq(&error),
                jobs::runs.eq(jobs::runs + 1),
            ))
            .execute(cx.conn)?;
        Ok(())
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_daily_job_is_due_at_its_hour_in_shanghai_and_a_late_run_does_not_move_it() {
        let at = |text: &str| Stamp::new(text.parse().unwrap());
        for (now, next) in [
            ("2026-03-01T23:59:59Z", "2026-03-02T00:00:00Z"),
            ("2026-03-02T00:00:00Z", "2026-03-03T00:00:00Z"),
            ("2026-03-02T15:59:59Z", "2026-03-03T00:00:00Z"),
            ("2026-03-02T16:00:00Z", "2026-03-03T00:00:00Z"),
        ] {
            assert_eq!(Schedule::Daily(8).next(at(now)), at(next), "{now}");
        }
        assert_eq!(Schedule::Daily(8).words().en, "daily at 08:00, China Standard Time");
        let every = Schedule::Every(Duration::minutes(5));
        assert_eq!(every.words().en, "every 5 minutes");
        assert_eq!(every.next(at("2026-03-02T00:00:00Z")), at("2026-03-02T00:05:00Z"));
    }

    #[test]
    fn a_job_explains_why_it_runs_or_does_not() {
        let at = |text: &str| Stamp::new(text.parse().unwrap());
        let (now, soon) = (at("2026-03-02T00:00:00Z"), at("2026-03-02T00:05:00Z"));
        let fresh = unborn("a", now);
        let ran = JobRow { next_run_at: soon, last_finished_at: Some(now), runs: 1, ..fresh.clone() };
        for (row, word) in [
            (fresh.clone(), "has not run yet"),
            (ran.clone(), "due again at 2026-03-02T00:05:00"),
            (
                JobRow { last_error: Some("out of ink".into()), ..ran.clone() },
                "out of ink; it is tried again at 2026-03-02T00:05:00",
            ),
            (JobRow { leased_until: Some(soon), ..ran.clone() }, "is running"),
            (JobRow { next_run_at: at("2026-03-01T23:50:00Z"), ..ran.clone() }, "no process with jobs.enabled"),
            (JobRow { next_run_at: at("2026-03-01T23:51:00Z"), ..ran }, "last finished"),
        ] {
            assert!(explain(&row, now).en.contains(word), "{word}: {}", explain(&row, now).en);
        }
    }
}
