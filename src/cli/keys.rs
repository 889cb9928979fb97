//! `laoshan keys`: the key ring.

use clap::Subcommand;

use super::{Failure, Shell, block_on, open, print};
use crate::platform::keys::KeyRing;

#[derive(Debug, Subcommand)]
pub enum Keys {
    /// Print the keys of the ring as JSON, without what is secret.
    List,
    /// Make a new signing key. Tokens signed with the older ones stay valid to their end. A running server signs with the new
    /// key once it has read the ring again.
    Rotate,
}

pub fn run(command: Keys, shell: Shell) -> Result<u8, Failure> {
    let shown = block_on(async move {
        let app = open(shell).await?;
        let shown = match command {
            Keys::List => serde_json::to_value(app.door.peek("keys.list", KeyRing::list).await?),
            Keys::Rotate => {
                let keys = app.keys.clone();
                let id = app.door.system("keys.rotate", move |cx| keys.make_signing_key(cx)).await?;
                Ok(serde_json::json!({ "id": id }))
            }
        };
        Ok(shown.expect("keys are shown as plain data"))
    })?;
    print(&format!("{shown:#}"))
}
