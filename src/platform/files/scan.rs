//! The virus scanner: ClamAV's daemon, asked over TCP by its `INSTREAM` command.
//!
//! A session is `zINSTREAM\0`, then pieces of the file, each with its length before it (32 bits, big-endian), a piece of length
//! zero, and one answer: `stream: OK\0` or `stream: <name> FOUND\0` (clamd(8)).

use std::path::Path;
use std::time::Duration;

use tokio::fs::File;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::error::{AppError, Code};
use crate::platform::config;
use crate::say;

const PIECE: usize = 64 * 1024;
/// An answer is one line.
const ANSWER_MAX: u64 = 4_096;

#[derive(Debug, Clone)]
pub struct Scanner {
    address: String,
    patience: Duration,
}

impl Scanner {
    pub fn of(files: &config::Files) -> Option<Self> {
        let address = files.clamav.clone();
        (!address.is_empty()).then(|| Self { address, patience: Duration::from_secs(files.scan_seconds) })
    }

    /// # Errors
    /// `file_infected`, with the scanner's name for what it found; `busy` when there is no answer.
    pub async fn scan(&self, path: &Path) -> Result<(), AppError> {
        let answer = tokio::time::timeout(self.patience, self.ask(path))
            .await
            .map_err(|_| AppError::busy("the virus scanner took too long"))?
            .map_err(|e| AppError::busy(format!("virus scanner at {}: {e}", self.address)))?;
        verdict(&answer)
    }

    async fn ask(&self, path: &Path) -> std::io::Result<String> {
        let mut file = File::open(path).await?;
        let mut scanner = TcpStream::connect(&self.address).await?;
        scanner.write_all(b"zINSTREAM\0").await?;
        let mut piece = vec![0; PIECE];
        loop {
            let read = file.read(&mut piece).await?;
            scanner.write_all(&(read as u32).to_be_bytes()).await?;
            if read == 0 {
                break;
            }
            scanner.write_all(&piece[..read]).await?;
        }
        let mut answer = Vec::new();
        scanner.take(ANSWER_MAX).read_to_end(&mut answer).await?;
        Ok(String::from_utf8_lossy(&answer).trim_end_matches(['\0', '\n']).to_owned())
    }
}

fn verdict(answer: &str) -> Result<(), AppError> {
    let said = answer.strip_prefix("stream: ").unwrap_or(answer);
    if said == "OK" {
        return Ok(());
    }
    match said.strip_suffix(" FOUND") {
        Some(name) => {
            Err(AppError::with(Code::FileInfected, say!("检测到病毒：{name}", "the virus scanner found {name}")))
        }
        None => Err(AppError::busy(format!("the virus scanner answered {answer:?}"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_clear_ok_is_clean() {
        let code = |answer: &str| verdict(answer).err().map(|e| e.code);
        assert_eq!(code("stream: OK"), None);
        assert_eq!(code("stream: Eicar-Test-Signature FOUND"), Some(Code::FileInfected));
        for unclear in ["", "INSTREAM size limit exceeded. ERROR", "stream: OK FOUND?", "UNKNOWN COMMAND"] {
            assert_eq!(code(unclear), Some(Code::Busy), "{unclear}");
        }
    }
}
