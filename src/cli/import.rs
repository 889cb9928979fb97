//! `laoshan import`.

use clap::{Args, Subcommand};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{IsTerminal, Read};
use std::path::PathBuf;

use super::{DONE, ENVIRONMENT, Failure, REFUSED, Shell, USAGE, block_on, print};
use crate::app::App;
use crate::enterprises::model::ImportParams;
use crate::enterprises::service::import::{RegisterFile, import_enterprises};
use crate::platform::calendar::business_day;
use crate::platform::clock::Clock;
use crate::platform::door::Cx;
use crate::platform::text::Lang;
use crate::programme;

/// Under this name the import stands in the audit trail.
const JOB: &str = "import";

#[derive(Debug, Args)]
pub struct Import {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Enterprises from a register: CSV (UTF-8 or GB18030), XLSX or XLS.
    Enterprises(Enterprises),
}

#[derive(Debug, Args)]
struct Enterprises {
    /// `-` reads stdin.
    file: PathBuf,
    /// Count what would happen, write nothing.
    #[arg(long)]
    dry_run: bool,
    /// Write the sound rows although others were rejected.
    #[arg(long)]
    skip_rejected: bool,
}

pub fn run(args: Import, shell: Shell) -> Result<u8, Failure> {
    let What::Enterprises(args) = args.what;
    super::serve::log(&shell.config.log)?;
    let limits = &shell.config.limits;
    let bytes = read(&args.file, limits.import_bytes)?;
    let clock = Clock::default();
    let (max_rows, today) = (limits.import_rows, business_day(clock.now().utc()));
    let params = ImportParams { dry_run: args.dry_run, skip_rejected: args.skip_rejected };
    let (refused, summary) = block_on(async move {
        let app = App::start(shell.config, clock).await?;
        let rules = app.door.peek(JOB, move |cx| programme::service::vocabulary(cx, today)).await?;
        let file = RegisterFile::read(&rules, &bytes, max_rows, today);
        if file.is_refused(params) {
            return Ok((true, file.refusal(Lang::default())));
        }
        let bar = progress_bar(file.rows());
        let drawn = bar.clone();
        let work = move |cx: &mut Cx| import_enterprises(cx, &file, params, &|rows| drawn.set_position(rows as u64));
        let summary = app.door.system(JOB, work).await;
        bar.finish_and_clear();
        Ok((false, summary?))
    })?;
    print(&serde_json::to_string(&summary).expect("a summary is plain data"))?;
    Ok(if refused { REFUSED } else { DONE })
}

fn read(file: &PathBuf, limit: usize) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    // One byte more than allowed tells that there is more.
    let most = limit as u64 + 1;
    let outcome = if file.as_os_str() == "-" {
        std::io::stdin().lock().take(most).read_to_end(&mut bytes)
    } else {
        std::fs::File::open(file).and_then(|opened| opened.take(most).read_to_end(&mut bytes))
    };
    outcome.map_err(|e| {
        let exit = if e.kind() == std::io::ErrorKind::NotFound { USAGE } else { ENVIRONMENT };
        Failure::new(exit, format!("{}: {e}", file.display()))
    })?;
    if bytes.len() > limit {
        return Err(Failure::new(REFUSED, format!("{}: larger than limits.import_bytes = {limit}", file.display())));
    }
    Ok(bytes)
}

/// On stderr and only for a person who watches.
fn progress_bar(rows: usize) -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{bar:40} {pos}/{len} {eta}").expect("a valid template");
    ProgressBar::with_draw_target(Some(rows as u64), ProgressDrawTarget::stderr()).with_style(style)
}
