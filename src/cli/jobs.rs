//! `laoshan jobs`: what runs by the clock.

use clap::Subcommand;

use super::{ENVIRONMENT, Failure, REFUSED, Shell, block_on, open, print};
use crate::app::App;
use crate::jobs;
use crate::platform::worker::{self, Job};

#[derive(Debug, Subcommand)]
pub enum Jobs {
    /// Print all jobs as JSON: what each does, how often, when next, how the last run went.
    List,
    /// Run a job now, due or not, and print it as JSON. Exits 1 when another process has it in hand, 3 when it fails.
    Run { name: String },
    /// Say in words what a job does, how it stands and why; without a name, of all of them.
    Explain { name: Option<String> },
}

pub fn run(command: Jobs, shell: Shell) -> Result<u8, Failure> {
    let words = block_on(async move {
        let app = open(shell).await?;
        match command {
            Jobs::List => Ok(format!("{:#}", shown(&app, None).await?)),
            Jobs::Run { name } => {
                let job = find(&app, &name)?;
                let ran = worker::run_now(&app.door, &job, app.config.jobs.lease_seconds).await;
                match ran.map_err(|e| Failure::new(ENVIRONMENT, e))? {
                    true => Ok(format!("{:#}", shown(&app, Some(&name)).await?)),
                    false => Err(Failure::new(REFUSED, format!("another process has {name} in hand"))),
                }
            }
            Jobs::Explain { name } => {
                if let Some(name) = &name {
                    find(&app, name)?;
                }
                explained(&app, name.as_deref()).await
            }
        }
    })?;
    print(&words)
}

fn find(app: &App, name: &str) -> Result<Job, Failure> {
    let all = jobs::all(app);
    all.iter().find(|job| job.name == name).cloned().ok_or_else(|| {
        let names: Vec<&str> = all.iter().map(|job| job.name).collect();
        Failure::new(REFUSED, format!("there is no job {name}; there are {}", names.join(", ")))
    })
}

async fn shown(app: &App, name: Option<&str>) -> Result<serde_json::Value, Failure> {
    let list = jobs::all(app);
    let views = app.door.peek("jobs.list", move |cx| worker::view_jobs(cx, &list)).await?;
    let one = name.and_then(|name| views.iter().find(|view| view.row.name == name));
    let shown = match one {
        Some(view) => serde_json::to_value(view),
        None => serde_json::to_value(&views),
    };
    shown.map_err(|e| Failure::new(ENVIRONMENT, e))
}

async fn explained(app: &App, name: Option<&str>) -> Result<String, Failure> {
    let (list, now) = (jobs::all(app), app.door.clock().now());
    let rows = app.door.peek("jobs.explain", worker::list_jobs).await?;
    let mut lines = Vec::new();
    for job in list.iter().filter(|job| name.is_none_or(|name| name == job.name)) {
        let state = match rows.iter().find(|row| row.name == job.name) {
            Some(row) => worker::explain(row, now),
            None => worker::explain(&worker::unborn(job.name, now), now),
        };
        let schedule = job.schedule.words();
        lines.push(format!("{}\n  {}；{}。{}", job.name, job.about.zh, schedule.zh, state.zh));
        lines.push(format!("  {}; {}. It {}.", job.about.en, schedule.en, state.en));
    }
    Ok(lines.join("\n"))
}
