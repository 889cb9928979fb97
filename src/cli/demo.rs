//! `laoshan demo`.

use chrono::Duration;
use clap::Args;
use std::net::SocketAddr;

use super::serve::{log, run_until_stopped};
use super::{DONE, ENVIRONMENT, Failure, Shell, USAGE};
use crate::app::App;
use crate::demo::folder::{self, Folder};
use crate::demo::{PASSWORD, seed};
use crate::platform::clock::Clock;
use crate::platform::config::{Config, MailTransport};

#[derive(Debug, Args)]
pub struct Demo {
    /// Address and port; beyond this machine only with --allow-remote.
    #[arg(long)]
    bind: Option<SocketAddr>,
    /// Let others reach the demo, whose passwords everybody knows and whose clock everybody may move.
    #[arg(long)]
    allow_remote: bool,
    /// Make the data and end.
    #[arg(long)]
    seed_only: bool,
}

pub fn run(args: Demo, shell: Shell) -> Result<u8, Failure> {
    let mut config = shell.config;
    if let Some(bind) = args.bind {
        config.server.bind = bind;
        config.server.public_url = format!("http://{bind}");
    }
    if !config.server.bind.ip().is_loopback() && !args.allow_remote {
        let words =
            format!("{} can be reached from outside; the demo wants --allow-remote for that", config.server.bind);
        return Err(Failure::new(USAGE, words));
    }
    // Whatever the configuration says: a demo touches no shared database and sends no mail.
    config.database.url.clear();
    config.mail.transport = MailTransport::File;
    // Its clock jumps by months: nobody should have to change a demo password over it.
    config.password.max_age_days = 0;
    log(&config.log)?;
    actix_web::rt::System::new().block_on(async move {
        let bind = config.server.bind;
        let app = open(config).await?;
        if args.seed_only {
            return Ok(DONE);
        }
        greet(&app, bind);
        run_until_stopped(app, bind).await
    })
}

async fn open(config: Config) -> Result<App, Failure> {
    let dir = config.data_dir.clone();
    let clock = Clock::default();
    match folder::look(&dir).map_err(|words| Failure::new(USAGE, words))? {
        Folder::Ready(marker) => {
            clock.set_shift(Duration::seconds(marker.shift_seconds));
            Ok(App::start_demo(config, clock).await?)
        }
        Folder::Fresh => {
            let cannot = |words: String| Failure::new(ENVIRONMENT, words);
            folder::mark(&dir, Duration::zero(), false).map_err(cannot)?;
            eprintln!("正在生成演示数据 · making demo data in {} ..", dir.display());
            let app = App::start_demo(config, clock).await?;
            seed::seed(app.clone()).await?;
            folder::mark(&dir, Duration::zero(), true).map_err(cannot)?;
            Ok(app)
        }
    }
}

fn greet(app: &App, bind: SocketAddr) {
    println!("崂山未来产业企业培育 · Laoshan Pipeline demo: http://{bind}  (API: http://{bind}/docs/)");
    println!("演示时间 · demo time: {}", app.door.clock().now().to_rfc3339());
    println!("演示账号 · accounts, all with the password {PASSWORD}:");
    for (role, _) in seed::PEOPLE {
        println!("  {}", seed::email_of(role));
    }
}
