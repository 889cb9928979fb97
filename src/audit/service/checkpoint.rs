//! Signing where all chains stand, once a day, in the database and outside it.

use chrono::Duration;
use sha2::{Digest, Sha256};
use std::path::Path;

use crate::app::App;
use crate::audit::db::{self, CheckpointRow};
use crate::audit::model::{Checkpoint, Head, SignedCheckpoint};
use crate::error::AppError;
use crate::platform::door::Cx;
use crate::platform::keys::KeyRing;

/// Transactions that were under way at the last checkpoint may have committed events stamped before it.
const OVERLAP_MINUTES: i64 = 10;

pub async fn make(app: App) -> Result<(), AppError> {
    let keys = app.keys.clone();
    app.door.system("audit.checkpoint", move |cx| sign(cx, &keys)).await?;
    write_missing_files(&app).await
}

/// Extends the chain of checkpoints by one. Nothing is made when nothing happened.
fn sign(cx: &mut Cx, keys: &KeyRing) -> Result<(), AppError> {
    let last = db::find_last_checkpoint(cx.conn)?;
    let since = last.as_ref().map(|row| row.at.minus(Duration::minutes(OVERLAP_MINUTES)));
    let mut heads: Vec<Head> = Vec::new();
    for (kind, id, seq, hash) in db::list_heads_since(cx.conn, since)? {
        match heads.last_mut() {
            Some(head) if head.kind == kind && head.id == id => (head.seq, head.hash) = (seq, hash),
            _ => heads.push(Head { kind, id, seq, hash }),
        }
    }
    if heads.is_empty() {
        return Ok(());
    }
    let document = Checkpoint {
        number: last.as_ref().map_or(1, |row| row.number + 1),
        at: cx.now,
        previous: last.map(|row| digest(&row.document)).unwrap_or_default(),
        heads,
    };
    let text = serde_json::to_string(&document).map_err(AppError::internal)?;
    let (key_id, signature) = keys.sign(text.as_bytes(), cx.now)?;
    let row = CheckpointRow { id: cx.id(), number: document.number, at: cx.now, document: text, key_id, signature };
    db::insert_checkpoint(cx.conn, &row)?;
    Ok(())
}

/// Whatever file is missing is written: a crash between commit and file is made good at the next checkpoint.
async fn write_missing_files(app: &App) -> Result<(), AppError> {
    let dir = app.config.checkpoint_dir();
    let rows = app.door.peek("audit.checkpoint", |cx| Ok(db::list_checkpoints(cx.conn)?)).await?;
    tokio::task::spawn_blocking(move || write_files(&dir, &rows)).await.map_err(AppError::internal)?
}

fn write_files(dir: &Path, rows: &[CheckpointRow]) -> Result<(), AppError> {
    let failed = |e: std::io::Error| AppError::internal(format!("{}: {e}", dir.display()));
    std::fs::create_dir_all(dir).map_err(failed)?;
    for row in rows {
        let path = dir.join(file_name(row.number));
        if path.exists() {
            continue;
        }
        let signed = SignedCheckpoint {
            document: row.document.clone(),
            key_id: row.key_id.clone(),
            signature: row.signature.clone(),
        };
        let text = serde_json::to_string(&signed).map_err(AppError::internal)?;
        // Beside it first: a half-written file must not pass for a checkpoint.
        let half = path.with_extension("part");
        std::fs::write(&half, text).and_then(|()| std::fs::rename(&half, &path)).map_err(failed)?;
    }
    Ok(())
}

pub fn file_name(number: i64) -> String {
    format!("checkpoint-{number:08}.json")
}

pub fn digest(document: &str) -> String {
    hex::encode(Sha256::digest(document))
}
