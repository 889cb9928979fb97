//! `laoshan draw replay ID`: exit 0 when a stored draw gives the same panel again, 1 when it does not.

use clap::Subcommand;

use super::{DONE, Failure, REFUSED, Shell, block_on, print};
use crate::app::App;
use crate::platform::clock::Clock;
use crate::reviews::model::DrawId;
use crate::reviews::service::replay;

#[derive(Debug, Subcommand)]
pub enum Draw {
    /// Draw again from the stored seed, rules and candidates, and compare.
    Replay { id: String },
}

pub fn run(command: Draw, shell: Shell) -> Result<u8, Failure> {
    let Draw::Replay { id } = command;
    let view = block_on(async move {
        let app = App::start(shell.config, Clock::default()).await?;
        Ok(app.door.peek("draw.replay", move |cx| replay::replay_draw(cx, &DrawId(id.clone()))).await?)
    })?;
    print(&serde_json::to_string_pretty(&view).expect("a view is plain data"))?;
    Ok(if view.same { DONE } else { REFUSED })
}
