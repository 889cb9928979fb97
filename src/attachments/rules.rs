//! What a file may be called, and how many there may be.

use crate::error::{Code, Faults, FieldCode, Refusal};
use crate::say;

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
    fn a_record_takes_so_many_files_and_no_more() {
        assert!(may_add(FILES_MAX - 1).is_ok());
        assert!(may_add(FILES_MAX).is_err());
    }
}
