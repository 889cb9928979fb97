//! Proving that the trail is whole: every hash, every chain, every checkpoint, in the database and in the files outside it.

use std::collections::HashMap;
use std::path::Path;

use super::checkpoint::digest;
use crate::audit::db;
use crate::audit::model::{Checkpoint, Head, SignedCheckpoint, TrailFault, VerificationView};
use crate::error::AppError;
use crate::platform::door::Cx;
use crate::platform::keys::KeyRing;

const PIECE: i64 = 2_000;
const MOST_FAULTS: usize = 1_000;

/// Reads the checkpoint files; done before the door, for nothing inside it may wait for a disk elsewhere.
pub fn read_files(dir: &Path) -> Result<Vec<(String, SignedCheckpoint)>, AppError> {
    let failed = |e: std::io::Error| AppError::internal(format!("{}: {e}", dir.display()));
    let mut files = Vec::new();
    if !dir.exists() {
        return Ok(files);
    }
    for entry in std::fs::read_dir(dir).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.extension().is_some_and(|e| e == "json") {
            let text = std::fs::read_to_string(&path).map_err(failed)?;
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            // A file that cannot be read as a checkpoint is a finding, not a failure.
            let empty = SignedCheckpoint { document: text.clone(), key_id: String::new(), signature: String::new() };
            files.push((name, serde_json::from_str(&text).unwrap_or(empty)));
        }
    }
    files.sort_by(|a, b| a.0.cmp(&b.0));
    Ok(files)
}

pub fn verify_trail(cx: &mut Cx, files: &[(String, SignedCheckpoint)]) -> Result<VerificationView, AppError> {
    let mut found = Findings::default();
    let marks = checkpoint_heads(cx, files, &mut found)?;
    let (events, subjects) = walk_chains(cx, marks, &mut found)?;
    let checkpoints = db::list_checkpoints(cx.conn)?.len() as i64;
    Ok(VerificationView {
        intact: found.0.is_empty(),
        events,
        subjects,
        checkpoints,
        files: files.len() as i64,
        faults: found.0,
    })
}

#[derive(Default)]
struct Findings(Vec<TrailFault>);

impl Findings {
    fn add(&mut self, fault: &str, kind: &str, id: &str, seq: i64, detail: String) {
        if self.0.len() < MOST_FAULTS {
            self.0.push(TrailFault {
                fault: fault.to_owned(),
                subject_kind: kind.to_owned(),
                subject_id: id.to_owned(),
                seq,
                detail,
            });
        }
    }
}

type Marks = HashMap<(String, String), Vec<(i64, String)>>;

/// Collects what the checkpoints vouch for: that a subject's chain had this hash at this event.
fn checkpoint_heads(
    cx: &mut Cx,
    files: &[(String, SignedCheckpoint)],
    found: &mut Findings,
) -> Result<Marks, AppError> {
    let mut marks = Marks::new();
    let mut previous = String::new();
    let mut in_database = HashMap::new();
    for (place, row) in db::list_checkpoints(cx.conn)?.into_iter().enumerate() {
        let number = place as i64 + 1;
        if !KeyRing::verify(cx, &row.key_id, row.document.as_bytes(), &row.signature)? {
            found.add("signature", "checkpoint", &row.number.to_string(), row.number, "does not verify".into());
            continue;
        }
        let document: Checkpoint = serde_json::from_str(&row.document).map_err(AppError::internal)?;
        if document.number != number || document.previous != previous {
            let detail = format!("expected number {number} behind {previous}");
            found.add("checkpoint_gap", "checkpoint", &document.number.to_string(), document.number, detail);
        }
        previous = digest(&row.document);
        in_database.insert(document.number, previous.clone());
        note(&mut marks, document.heads);
    }
    for (name, file) in files {
        let good = KeyRing::verify(cx, &file.key_id, file.document.as_bytes(), &file.signature)?;
        let Some(document) = serde_json::from_str::<Checkpoint>(&file.document).ok().filter(|_| good) else {
            found.add("checkpoint_file", "checkpoint", name, 0, "is not a checkpoint signed by this ring".into());
            continue;
        };
        // A file whose row is gone or differs still testifies: that is what it lies outside the database for.
        if in_database.get(&document.number) != Some(&digest(&file.document)) {
            let detail = format!("{name} has no equal in the database");
            found.add("checkpoint_gap", "checkpoint", &document.number.to_string(), document.number, detail);
        }
        note(&mut marks, document.heads);
    }
    Ok(marks)
}

fn note(marks: &mut Marks, heads: Vec<Head>) {
    for head in heads {
        marks.entry((head.kind, head.id)).or_default().push((head.seq, head.hash));
    }
}

/// Recomputes every hash and follows every chain, holding it against the checkpoints on the way.
fn walk_chains(cx: &mut Cx, mut marks: Marks, found: &mut Findings) -> Result<(i64, i64), AppError> {
    let (mut events, mut subjects) = (0, 0);
    let mut after = (String::new(), String::new(), 0);
    let mut last_hash = String::new();
    let mut open: Vec<(i64, String)> = Vec::new();
    loop {
        let piece = db::list_chain_piece(cx.conn, &after, PIECE)?;
        let ended = (piece.len() as i64) < PIECE;
        for event in piece {
            let (kind, id) = (event.subject_kind.as_str(), event.subject_id.as_str());
            if (kind, id) != (after.0.as_str(), after.1.as_str()) {
                close(&after, &open, found);
                subjects += 1;
                after = (kind.to_owned(), id.to_owned(), 0);
                last_hash.clear();
                open = marks.remove(&(after.0.clone(), after.1.clone())).unwrap_or_default();
            }
            if event.seq != after.2 + 1 {
                found.add("gap", kind, id, event.seq, format!("follows event {}", after.2));
            }
            if event.prev_hash != last_hash {
                found.add("chain", kind, id, event.seq, "does not continue the event before it".into());
            }
            let computed = event.computed_hash();
            if computed != event.hash {
                found.add("changed", kind, id, event.seq, "was changed after it was written".into());
            }
            open.retain(|(seq, hash)| {
                if *seq == event.seq && *hash != event.hash {
                    found.add("changed", kind, id, *seq, "differs from what a checkpoint vouched for".into());
                }
                *seq != event.seq
            });
            (after.2, last_hash) = (event.seq, event.hash);
            events += 1;
        }
        if ended {
            break;
        }
    }
    close(&after, &open, found);
    let mut gone: Vec<_> = marks.into_iter().collect();
    gone.sort();
    for ((kind, id), heads) in gone {
        let seq = heads.iter().map(|(seq, _)| *seq).max().unwrap_or_default();
        found.add("missing_history", &kind, &id, seq, "a checkpoint vouched for events that are all gone".into());
    }
    Ok((events, subjects))
}

fn close(chain: &(String, String, i64), open: &[(i64, String)], found: &mut Findings) {
    if let Some(seq) = open.iter().map(|(seq, _)| *seq).max() {
        let detail = format!("ends at event {} though a checkpoint vouched for {seq}", chain.2);
        found.add("missing_end", &chain.0, &chain.1, seq, detail);
    }
}
