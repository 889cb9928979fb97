//! `laoshan audit verify`: exit 0 when the trail is whole, 1 when it is not.

use clap::Subcommand;

use super::{DONE, Failure, REFUSED, Shell, block_on, print};
use crate::app::App;
use crate::audit::service::verify;
use crate::platform::clock::Clock;

#[derive(Debug, Subcommand)]
pub enum Audit {
    /// Recompute every hash, chain and checkpoint, and report what does not hold as JSON.
    Verify,
}

pub fn run(command: Audit, shell: Shell) -> Result<u8, Failure> {
    let Audit::Verify = command;
    let files = verify::read_files(&shell.config.checkpoint_dir())?;
    let view = block_on(async move {
        let app = App::start(shell.config, Clock::default()).await?;
        Ok(app.door.peek("audit.verify", move |cx| verify::verify_trail(cx, &files)).await?)
    })?;
    print(&serde_json::to_string_pretty(&view).expect("a view is plain data"))?;
    Ok(if view.intact { DONE } else { REFUSED })
}
