//! `laoshan serve`.

use clap::Args;
use std::net::SocketAddr;

use super::{DONE, ENVIRONMENT, Failure, Shell};
use crate::app::App;
use crate::platform::clock::Clock;
use crate::platform::config::{Log, LogFormat};

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
    log(&config.log)?;
    // actix brings its own runtime: one thread per worker, each with its own queue.
    actix_web::rt::System::new().block_on(async move {
        let bind = config.server.bind;
        let app = App::start(config, Clock::default()).await?;
        let running =
            crate::server::listen(&app, bind, true).map_err(|e| Failure::new(ENVIRONMENT, format!("{bind}: {e}")))?;
        tracing::info!(address = %running.address, "serving");
        running.server.await.map_err(|e| Failure::new(ENVIRONMENT, e))?;
        Ok(DONE)
    })
}

pub fn log(config: &Log) -> Result<(), Failure> {
    use tracing_subscriber::EnvFilter;
    let filter =
        EnvFilter::try_new(&config.filter).map_err(|e| Failure::new(super::USAGE, format!("log.filter: {e}")))?;
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    // Installed once per process; a second command in one process (the tests) keeps the first.
    let _ = match config.format {
        LogFormat::Pretty => builder.try_init(),
        LogFormat::Json => builder.json().flatten_event(true).try_init(),
    };
    Ok(())
}
