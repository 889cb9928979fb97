//! The command line. Exit 0 done, 1 input refused or verification failed, 2 usage or configuration, 3 environment;
//! JSON on stdout, words on stderr; `-` reads stdin.

pub mod audit;
pub mod demo;
pub mod draw;
pub mod health;
pub mod import;
pub mod jobs;
pub mod keys;
pub mod score;
pub mod serve;
pub mod subsidy_calc;
pub mod user;

use clap::{Args, Parser, Subcommand};
use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use crate::app::App;
use crate::error::AppError;
use crate::platform::clock::Clock;
use crate::platform::config::Config;

pub const DONE: u8 = 0;
pub const REFUSED: u8 = 1;
pub const USAGE: u8 = 2;
pub const ENVIRONMENT: u8 = 3;

#[derive(Debug, Parser)]
#[command(name = "laoshan", version, about = "Laoshan Pipeline: screening, library, support and talent loans", long_about = None)]
struct Cli {
    #[command(flatten)]
    common: Common,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Clone, Args)]
pub struct Common {
    /// Overlay over the built-in defaults (also LAOSHAN_CONFIG).
    #[arg(long, global = true, env = "LAOSHAN_CONFIG")]
    config: Option<PathBuf>,
    /// Where the embedded mode keeps everything; wins over the configuration.
    #[arg(long, global = true)]
    data_dir: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the API and the console.
    Serve(serve::Serve),
    /// Take data over from files.
    Import(import::Import),
    /// The audit trail.
    #[command(subcommand)]
    Audit(audit::Audit),
    /// Price subsidy claims: JSON in, JSON out, without a server or a database.
    SubsidyCalc(subsidy_calc::SubsidyCalc),
    /// Draws of expert panels.
    #[command(subcommand)]
    Draw(draw::Draw),
    /// What runs by the clock.
    #[command(subcommand)]
    Jobs(jobs::Jobs),
    /// Frozen results of expert review.
    #[command(subcommand)]
    Score(score::Score),
    /// Accounts.
    #[command(subcommand)]
    User(user::User),
    /// The keys that sign access tokens and audit checkpoints.
    #[command(subcommand)]
    Keys(keys::Keys),
    /// Try the system out: the real server on made-up data, with a clock that moves.
    Demo(demo::Demo),
    /// Print the configuration in force, secrets masked.
    CheckConfig,
    /// Ask a running server whether it is well.
    Health(health::Health),
    /// Print the OpenAPI document.
    Openapi,
    /// Print a generated page of docs/.
    Docs { page: DocsPage },
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum DocsPage {
    Roles,
    Problems,
    Notices,
}

/// What a command needs besides its own arguments.
pub struct Shell {
    pub config: Config,
}

/// Why a command ended without doing its work.
pub struct Failure {
    pub exit: u8,
    pub words: String,
}

impl Failure {
    pub fn new(exit: u8, words: impl std::fmt::Display) -> Self {
        Self { exit, words: words.to_string() }
    }
}

impl From<AppError> for Failure {
    fn from(e: AppError) -> Self {
        let exit = if e.code.status() >= 500 { ENVIRONMENT } else { REFUSED };
        Self { exit, words: e.to_string() }
    }
}

/// The environment comes in as a value; nothing below reads it by itself.
pub fn main(args: impl IntoIterator<Item = OsString>, env: impl IntoIterator<Item = (String, String)>) -> ExitCode {
    let cli = match Cli::try_parse_from(args) {
        Ok(cli) => cli,
        Err(e) => {
            let _ = e.print();
            return ExitCode::from(if e.use_stderr() { USAGE } else { DONE });
        }
    };
    let outcome = match cli.command {
        Command::Health(health) => health::run(&health),
        Command::Openapi => print(&crate::server::openapi().to_pretty_json().expect("the document is plain data")),
        Command::Docs { page: DocsPage::Roles } => print(crate::platform::policy::markdown().trim_end()),
        Command::Docs { page: DocsPage::Notices } => print(crate::messages::rules::page::markdown().trim_end()),
        Command::Docs { page: DocsPage::Problems } => print(crate::error::markdown().trim_end()),
        Command::SubsidyCalc(args) => args.run(),
        command => shell(&cli.common, env).and_then(|shell| run(command, shell)),
    };
    match outcome {
        Ok(exit) => ExitCode::from(exit),
        Err(failure) => {
            eprintln!("laoshan: {}", failure.words);
            ExitCode::from(failure.exit)
        }
    }
}

fn run(command: Command, shell: Shell) -> Result<u8, Failure> {
    match command {
        Command::Demo(demo) => demo::run(demo, shell),
        Command::Serve(serve) => serve::run(serve, shell),
        Command::Import(args) => import::run(args, shell),
        Command::Audit(audit) => audit::run(audit, shell),
        Command::Draw(draw) => draw::run(draw, shell),
        Command::Jobs(command) => jobs::run(command, shell),
        Command::Score(score) => score::run(score, shell),
        Command::User(user) => user::run(user, shell),
        Command::Keys(keys) => keys::run(keys, shell),
        Command::CheckConfig => check_config(&shell.config),
        Command::Health(_) | Command::Openapi | Command::Docs { .. } | Command::SubsidyCalc(_) => {
            unreachable!("answered without configuration")
        }
    }
}

/// Prints what is in force; local wording of letters that cannot be used is named, and refused.
fn check_config(config: &Config) -> Result<u8, Failure> {
    print(&format!("{:#}", config.masked()))?;
    let templates = crate::platform::mail::Templates::load(&config.mail.templates_dir, &config.server.public_url);
    let problems: Vec<String> =
        templates.problems().iter().map(|p| format!("{}: {}", p.file, p.words.both())).collect();
    if problems.is_empty() { Ok(DONE) } else { Err(Failure::new(REFUSED, problems.join("\n"))) }
}

fn shell(common: &Common, env: impl IntoIterator<Item = (String, String)>) -> Result<Shell, Failure> {
    let mut config = Config::load(common.config.as_deref(), env).map_err(|words| Failure::new(USAGE, words))?;
    if let Some(dir) = &common.data_dir {
        config.data_dir = dir.clone();
    }
    Ok(Shell { config })
}

pub fn print(text: &str) -> Result<u8, Failure> {
    use std::io::Write;
    // A reader that went away (`| head`) is no failure of ours.
    let _ = writeln!(std::io::stdout(), "{text}");
    Ok(DONE)
}

/// The application for a command that serves nobody.
pub async fn open(shell: Shell) -> Result<App, Failure> {
    Ok(App::start(shell.config, Clock::default()).await?)
}

/// Runs async work of a command to its end.
pub fn block_on<T>(work: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(|e| Failure::new(ENVIRONMENT, e))?;
    runtime.block_on(work)
}
