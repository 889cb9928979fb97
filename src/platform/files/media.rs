//! What a file is, told by its content and never by what its sender says.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use crate::error::{AppError, Code};
use crate::{say, text_enum};

text_enum! {
    /// What is taken: documents and pictures without macros.
    pub enum MediaType {
        Pdf = "application/pdf",
        Png = "image/png",
        Jpeg = "image/jpeg",
        Docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        /// GB/T 33190.
        Ofd = "application/ofd",
    }
}

impl MediaType {
    fn extensions(self) -> &'static [&'static str] {
        match self {
            Self::Pdf => &["pdf"],
            Self::Png => &["png"],
            Self::Jpeg => &["jpg", "jpeg"],
            Self::Docx => &["docx"],
            Self::Xlsx => &["xlsx"],
            Self::Ofd => &["ofd"],
        }
    }
}

/// None when it is nothing that is taken.
pub(super) fn told_by_content(path: &Path) -> std::io::Result<Option<MediaType>> {
    let mut head = Vec::new();
    File::open(path)?.take(8).read_to_end(&mut head)?;
    Ok(match head.as_slice() {
        [b'%', b'P', b'D', b'F', b'-', ..] => Some(MediaType::Pdf),
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n'] => Some(MediaType::Png),
        [0xff, 0xd8, 0xff, ..] => Some(MediaType::Jpeg),
        [b'P', b'K', 3, 4, ..] => told_by_parts(path)?,
        _ => None,
    })
}

/// Three formats are archives; their parts tell them apart.
fn told_by_parts(path: &Path) -> std::io::Result<Option<MediaType>> {
    let Ok(archive) = zip::ZipArchive::new(File::open(path)?) else { return Ok(None) };
    let has = |part: &str| archive.index_for_name(part).is_some();
    // Macros live in a part of this name, wherever it lies; a name that cannot be read is trusted as little.
    if !archive.file_names().all(|name| name.is_ok_and(|name| !name.ends_with("vbaProject.bin"))) {
        return Ok(None);
    }
    Ok(match has("[Content_Types].xml") {
        true if has("word/document.xml") => Some(MediaType::Docx),
        true if has("xl/workbook.xml") => Some(MediaType::Xlsx),
        false if has("OFD.xml") => Some(MediaType::Ofd),
        _ => None,
    })
}

/// The name must promise what the content is: who opens the download trusts it.
pub(super) fn agreed(found: Option<MediaType>, name: &str) -> Result<MediaType, AppError> {
    let Some(found) = found else {
        let said = say!(
            "只接受 PDF、OFD、DOCX、XLSX、PNG、JPEG，且不得含宏",
            "PDF, OFD, DOCX, XLSX, PNG and JPEG are taken, without macros"
        );
        return Err(AppError::with(Code::FileType, said));
    };
    let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_lowercase()).unwrap_or_default();
    if found.extensions().contains(&extension.as_str()) {
        return Ok(found);
    }
    let said = say!("内容为 {found}，与文件名“{name}”不符", "the content is {found}, which {name:?} does not say");
    Err(AppError::with(Code::FileType, said))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn told(bytes: &[u8]) -> Option<MediaType> {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(bytes).unwrap();
        told_by_content(file.path()).unwrap()
    }

    fn archive(parts: &[&str]) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for part in parts {
            writer.start_file(*part, zip::write::SimpleFileOptions::default()).unwrap();
            writer.write_all(b"x").unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    #[test]
    fn a_file_is_what_its_content_is() {
        let docx = ["[Content_Types].xml", "word/document.xml"];
        let cases: [(&[u8], Option<MediaType>); 11] = [
            (b"%PDF-1.7\n", Some(MediaType::Pdf)),
            (b"\x89PNG\r\n\x1a\n....", Some(MediaType::Png)),
            (b"\xff\xd8\xff\xe0....", Some(MediaType::Jpeg)),
            (&archive(&docx), Some(MediaType::Docx)),
            (&archive(&["[Content_Types].xml", "xl/workbook.xml"]), Some(MediaType::Xlsx)),
            (&archive(&["OFD.xml"]), Some(MediaType::Ofd)),
            (&archive(&[docx[0], docx[1], "word/vbaProject.bin"]), None),
            (&archive(&["a.txt"]), None),
            (b"PK\x03\x04 not an archive", None),
            (b"<html><script>alert(1)</script>", None),
            (b"", None),
        ];
        for (n, (bytes, expected)) in cases.into_iter().enumerate() {
            assert_eq!(told(bytes), expected, "case {n}");
        }
    }

    #[test]
    fn a_name_that_says_something_else_is_refused() {
        for (found, name, taken) in [
            (Some(MediaType::Pdf), "执照.PDF", true),
            (Some(MediaType::Jpeg), "a.jpg", true),
            (Some(MediaType::Jpeg), "a.pdf", false),
            (Some(MediaType::Pdf), "a.pdf.exe", false),
            (Some(MediaType::Pdf), "pdf", false),
            (None, "a.pdf", false),
        ] {
            assert_eq!(agreed(found, name).is_ok(), taken, "{name}");
        }
    }
}
