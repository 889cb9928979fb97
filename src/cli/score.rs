//! `laoshan score replay ROUND`: exit 0 when every frozen result of a round follows from what was frozen with it, 1 when one does
//! not.

use clap::Subcommand;

use super::{DONE, Failure, REFUSED, Shell, block_on, print};
use crate::app::App;
use crate::platform::clock::Clock;
use crate::reviews::service::replay;
use crate::rounds::model::RoundId;

#[derive(Debug, Subcommand)]
pub enum Score {
    /// Compute a round's results again from the stored marks and rules, and compare.
    Replay { round_id: String },
}

pub fn run(command: Score, shell: Shell) -> Result<u8, Failure> {
    let Score::Replay { round_id } = command;
    let view = block_on(async move {
        let app = App::start(shell.config, Clock::default()).await?;
        let work = move |cx: &mut crate::platform::door::Cx| replay::replay_scores(cx, &RoundId(round_id.clone()));
        Ok(app.door.peek("score.replay", work).await?)
    })?;
    print(&serde_json::to_string_pretty(&view).expect("a view is plain data"))?;
    Ok(if view.different.is_empty() { DONE } else { REFUSED })
}
