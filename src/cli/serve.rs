//! `laoshan serve`.

use clap::Args;
use std::net::SocketAddr;
use tokio::sync::watch;

use super::{DONE, ENVIRONMENT, Failure, Shell, USAGE};
use crate::app::App;
use crate::demo::folder;
use crate::platform::clock::Clock;
use crate::platform::config::{Config, Log, LogFormat};

#[derive(Debug, Args)]
pub struct Serve {
    /// Address and port; wins over the configuration.
    #[arg(long)]
    pub bind: Option<SocketAddr>,
}

pub fn run(args: Serve, shell: Shell) -> Result<u8, Failure> {
    let mut config = shell.config;
    if let Some(bind) = args.bind {
        config.server.bind = bind;
    }
    if folder::is_demo(&config.data_dir) {
        let shown = config.data_dir.display();
        return Err(Failure::new(USAGE, format!("{shown} holds demo data; `laoshan demo` serves it")));
    }
    log(&config.log)?;
    // actix brings its own runtime: one thread per worker, each with its own queue.
    actix_web::rt::System::new().block_on(serve(config))
}

async fn serve(config: Config) -> Result<u8, Failure> {
    let bind = config.server.bind;
    let app = App::start(config, Clock::default()).await?;
    run_until_stopped(app, bind).await
}

/// Serves until a signal comes; then answers what is under way, lets a running job finish, and ends.
pub async fn run_until_stopped(app: App, bind: SocketAddr) -> Result<u8, Failure> {
    let cannot = |place: &str, e: std::io::Error| Failure::new(ENVIRONMENT, format!("{place}: {e}"));
    let running = crate::server::listen(&app, bind, true).map_err(|e| cannot(&bind.to_string(), e))?;
    let metrics = match app.config.server.metrics_bind.as_str() {
        "" => None,
        place => Some(crate::server::listen_metrics(&app, place).map_err(|e| cannot(place, e))?),
    };
    let (stop, stopped) = watch::channel(false);
    let worker = app.config.jobs.enabled.then(|| actix_web::rt::spawn(crate::jobs::poll(app.clone(), stopped)));
    let keys = actix_web::rt::spawn(crate::jobs::watch_keys(app.clone()));
    tracing::info!(address = %running.address, "serving");
    running.server.await.map_err(|e| cannot("server", e))?;
    stop.send_replace(true);
    keys.abort();
    if let Some(worker) = worker {
        let _ = worker.await;
    }
    if let Some(metrics) = metrics {
        metrics.stop(true).await;
    }
    tracing::info!("stopped");
    Ok(DONE)
}

pub fn log(config: &Log) -> Result<(), Failure> {
    use tracing_subscriber::EnvFilter;
    let filter = EnvFilter::try_new(&config.filter).map_err(|e| Failure::new(USAGE, format!("log.filter: {e}")))?;
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    // Installed once per process; a second command in one process (the tests) keeps the first.
    let _ = match config.format {
        LogFormat::Pretty => builder.try_init(),
        LogFormat::Json => builder.json().flatten_event(true).try_init(),
    };
    Ok(())
}
