//! What a file may be called, and how many there may be.

use super::model::AttachmentId;
use crate::error::{Code, Faults, FieldCode, Refusal};
use crate::platform::types::Stamp;
use crate::say;

/// Where the files of records lie in the storage.
pub const FOLDER: &str = "attachments";

/// The name of a file in the storage.
pub fn key(id: &AttachmentId) -> String {
    format!("{FOLDER}/{id}")
}

/// The file behind a name, if it was stored before that moment; `None` for what is newer or none of ours. The id itself says when.
pub fn old_file(name: &str, before: Stamp) -> Option<AttachmentId> {
    let id = uuid::Uuid::parse_str(name.strip_prefix(FOLDER)?.strip_prefix('/')?).ok()?;
    let (seconds, _) = id.get_timestamp()?.to_unix();
    (i64::try_from(seconds).ok()? < before.utc().timestamp()).then(|| id.into())
}

/// One record takes so many files.
pub const FILES_MAX: i64 = 100;
const NAME_MAX: usize = 120;

/// A name is shown and written into a header: one line, without a path.
pub fn check_name(name: &str, faults: &mut Faults) {
    faults.text("name", name, 1, NAME_MAX);
    if name.chars().any(|c| c.is_control() || matches!(c, '/' | '\\')) {
        faults.add("name", FieldCode::Format, say!("不得含路径或控制字符", "takes no path and no control characters"));
    }
}

pub fn may_add(count: i64) -> Result<(), Refusal> {
    if count < FILES_MAX {
        return Ok(());
    }
    let said = say!("最多 {FILES_MAX} 个文件", "takes at most {FILES_MAX} files");
    Err(Refusal::new(Code::InvalidTransition, said))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_line_without_a_path() {
        for (name, taken) in [
            ("营业执照.pdf", true),
            ("a b (1).png", true),
            ("", false),
            ("../../etc/passwd", false),
            ("C:\\x.pdf", false),
            ("a\r\nSet-Cookie: x.pdf", false),
            (&"长".repeat(121), false),
        ] {
            let mut faults = Faults::default();
            check_name(name, &mut faults);
            assert_eq!(faults.is_empty(), taken, "{name}");
        }
    }

    #[test]
    fn a_file_is_old_by_its_id_and_only_ours_are_judged() {
        // 2026-03-02T00:00:00Z is 1772409600.
        let id = uuid::Uuid::new_v7(uuid::Timestamp::from_unix(uuid::NoContext, 1_772_409_600, 0));
        let name = format!("attachments/{id}");
        let at = |text: &str| Stamp::new(text.parse().unwrap());
        assert_eq!(old_file(&name, at("2026-03-02T00:00:01Z")), Some(AttachmentId::from(id)));
        assert_eq!(old_file(&name, at("2026-03-02T00:00:00Z")), None, "not older than that");
        for foreign in ["attachments/readme.txt", &format!("exports/{id}"), &id.to_string(), "attachments/"] {
            assert_eq!(old_file(foreign, at("2030-01-01T00:00:00Z")), None, "{foreign}");
        }
    }

    #[test]
    fn a_record_takes_so_many_files_and_no_more() {
        assert!(may_add(FILES_MAX - 1).is_ok());
        assert!(may_add(FILES_MAX).is_err());
    }
}
