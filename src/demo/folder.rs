//! A demo folder says that it is one. `serve` refuses it, and `demo` refuses any other: made-up data and real data never mix.

use chrono::Duration;
use serde::{Deserialize, Serialize};
use std::io::Write;
use std::path::{Path, PathBuf};

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Marker {
    pub what: String,
    /// How far the demo's clock is ahead of the machine's.
    pub shift_seconds: i64,
    /// False until all demo data has been made: a start that was interrupted begins anew.
    pub complete: bool,
}

fn path(dir: &Path) -> PathBuf {
    dir.join("demo.json")
}

pub fn is_demo(dir: &Path) -> bool {
    path(dir).exists()
}

/// What a folder is to `laoshan demo`.
#[derive(Debug)]
pub enum Folder {
    /// Empty or absent: demo data will be made in it.
    Fresh,
    Ready(Marker),
}

pub fn look(dir: &Path) -> Result<Folder, String> {
    let shown = dir.display();
    if let Ok(text) = std::fs::read_to_string(path(dir)) {
        let marker: Marker = serde_json::from_str(&text).map_err(|e| format!("{}: {e}", path(dir).display()))?;
        if marker.complete {
            return Ok(Folder::Ready(marker));
        }
        std::fs::remove_dir_all(dir).map_err(|e| format!("{shown}: {e}"))?;
        return Ok(Folder::Fresh);
    }
    if std::fs::read_dir(dir).is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(format!("{shown} holds something that no demo made; name another folder with --data-dir"));
    }
    Ok(Folder::Fresh)
}

pub fn mark(dir: &Path, shift: Duration, complete: bool) -> Result<(), String> {
    let what = "demo data of laoshan, made up; `laoshan serve` refuses this folder".to_owned();
    let marker = Marker { what, shift_seconds: shift.num_seconds(), complete };
    let write = || -> std::io::Result<()> {
        std::fs::create_dir_all(dir)?;
        let half = dir.join("demo.json.part");
        let mut file = std::fs::File::create(&half)?;
        file.write_all(serde_json::to_string_pretty(&marker)?.as_bytes())?;
        file.sync_all()?;
        std::fs::rename(&half, path(dir))
    };
    write().map_err(|e| format!("{}: {e}", dir.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_with_other_things_in_it_is_refused_and_a_half_made_demo_begins_anew() {
        let dir = tempfile::tempdir().expect("a folder");
        let dir = dir.path().join("data");
        assert!(matches!(look(&dir), Ok(Folder::Fresh)));
        std::fs::create_dir(&dir).expect("made");
        std::fs::write(dir.join("laoshan.sqlite"), "real").expect("written");
        assert!(look(&dir).is_err());
        std::fs::remove_file(dir.join("laoshan.sqlite")).expect("removed");
        mark(&dir, Duration::days(7), true).expect("marked");
        assert!(matches!(look(&dir), Ok(Folder::Ready(m)) if m.shift_seconds == 7 * 86_400));
        mark(&dir, Duration::zero(), false).expect("marked");
        assert!(matches!(look(&dir), Ok(Folder::Fresh)) && !dir.exists());
    }
}
