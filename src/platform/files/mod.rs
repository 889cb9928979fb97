//! Files on object storage: a folder beside the database, or any S3-compatible service.
//!
//! What is uploaded streams into a temporary file while it is counted and hashed, is told by its content, and is shown to a virus
//! scanner; only then is it stored. All of it happens outside the door: a transaction may run twice, and a file must not.

mod media;
mod scan;

use std::path::PathBuf;
use std::sync::Arc;

use actix_web::web::{Bytes, Payload};
use futures_util::StreamExt;
use futures_util::stream::BoxStream;
use object_store::aws::AmazonS3Builder;
use object_store::buffered::BufWriter;
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::{ObjectStore, ObjectStoreExt};
use sha2::{Digest, Sha256};
use tempfile::{NamedTempFile, TempPath};
use tokio::io::AsyncWriteExt;

use super::config::{self, Config};
use super::http::refused_payload;
use super::types::Stamp;
use crate::error::{AppError, Code};
use crate::say;

pub use media::MediaType;
pub use scan::Scanner;

/// Where files are kept. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Files {
    store: Arc<dyn ObjectStore>,
    scanner: Option<Scanner>,
    /// Uploads on their way.
    incoming: PathBuf,
    max_bytes: u64,
}

/// An upload that is complete, clean and of a type that is taken. Its temporary file goes with it.
#[derive(Debug)]
pub struct Upload {
    pub media_type: MediaType,
    pub bytes: u64,
    /// Hexadecimal.
    pub sha256: String,
    file: TempPath,
}

impl Files {
    pub fn open(config: &Config) -> Result<Self, String> {
        // One TLS for mail and files, said before anybody makes a client; somebody else may have said so already.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let incoming = config.data_dir.join("incoming");
        std::fs::create_dir_all(&incoming).map_err(|e| format!("{}: {e}", incoming.display()))?;
        Ok(Self {
            store: open_store(config)?,
            scanner: Scanner::of(&config.files),
            incoming,
            max_bytes: config.files.max_bytes,
        })
    }

    /// Takes an upload in. `name` is what the file is called where it comes from: it must say what the content is.
    ///
    /// # Errors
    /// `body_too_large`, `file_type`, `file_infected`; `busy` when the scanner does not answer: nothing is taken unseen.
    pub async fn receive(&self, mut payload: Payload, name: &str) -> Result<Upload, AppError> {
        let incoming = self.incoming.clone();
        let temporary = blocking(move || NamedTempFile::new_in(incoming).map_err(AppError::internal)).await?;
        let (file, path) = temporary.into_parts();
        let mut file = tokio::fs::File::from_std(file);
        let (mut bytes, mut hash) = (0_u64, Sha256::new());
        while let Some(piece) = payload.next().await {
            let piece = piece.map_err(|e| refused_payload(&e.into()))?;
            bytes += piece.len() as u64;
            if bytes > self.max_bytes {
                let most = self.max_bytes;
                let said = say!("文件不得超过 {most} 字节", "a file takes at most {most} bytes");
                return Err(AppError::with(Code::BodyTooLarge, said));
            }
            hash.update(&piece);
            file.write_all(&piece).await.map_err(AppError::internal)?;
        }
        file.flush().await.map_err(AppError::internal)?;
        let opened = path.to_path_buf();
        let found = blocking(move || media::told_by_content(&opened).map_err(AppError::internal)).await?;
        let media_type = media::agreed(found, name)?;
        if let Some(scanner) = &self.scanner {
            scanner.scan(&path).await?;
        }
        Ok(Upload { media_type, bytes, sha256: hex::encode(hash.finalize()), file: path })
    }

    /// Stores an upload under a key of the caller's.
    pub async fn keep(&self, key: &str, upload: &Upload) -> Result<(), AppError> {
        let mut from = tokio::fs::File::open(&upload.file).await.map_err(AppError::internal)?;
        let mut to = BufWriter::new(self.store.clone(), Path::from(key));
        tokio::io::copy(&mut from, &mut to).await.map_err(unreachable_store)?;
        to.shutdown().await.map_err(unreachable_store)
    }

    pub async fn read(&self, key: &str) -> Result<BoxStream<'static, Result<Bytes, object_store::Error>>, AppError> {
        match self.store.get(&Path::from(key)).await {
            Ok(found) => Ok(found.into_stream()),
            Err(e @ object_store::Error::NotFound { .. }) => Err(AppError::internal(e)),
            Err(e) => Err(unreachable_store(e)),
        }
    }

    /// What is not there is gone already.
    pub async fn remove(&self, key: &str) -> Result<(), AppError> {
        match self.store.delete(&Path::from(key)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(e) => Err(unreachable_store(e)),
        }
    }
}

impl Files {
    /// The names of everything stored in a folder, in no order.
    pub fn list(&self, folder: &str) -> BoxStream<'static, Result<String, AppError>> {
        let found = self.store.list(Some(&Path::from(folder)));
        found.map(|entry| entry.map(|entry| entry.location.to_string()).map_err(unreachable_store)).boxed()
    }

    /// Deletes uploads that a process which ended left behind on their way.
    pub async fn forget_incoming(&self, before: Stamp) -> Result<(), AppError> {
        let folder = self.incoming.clone();
        blocking(move || forget_older(&folder, before.utc().into()).map_err(AppError::internal)).await
    }
}

fn forget_older(folder: &std::path::Path, before: std::time::SystemTime) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        // It may be gone by now: another process sweeps the same folder.
        if entry.metadata().and_then(|file| file.modified()).is_ok_and(|at| at < before) {
            std::fs::remove_file(entry.path()).or_else(|e| match e.kind() {
                std::io::ErrorKind::NotFound => Ok(()),
                _ => Err(e),
            })?;
        }
    }
    Ok(())
}

fn open_store(config: &Config) -> Result<Arc<dyn ObjectStore>, String> {
    let files = &config.files;
    let Some(bucket) = files.store.strip_prefix("s3://") else {
        let folder = config.files_dir();
        std::fs::create_dir_all(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
        let local = LocalFileSystem::new_with_prefix(&folder).map_err(|e| e.to_string())?;
        return Ok(Arc::new(local));
    };
    open_s3(bucket, files).map_err(|e| format!("files.store: {e}"))
}

fn open_s3(bucket: &str, files: &config::Files) -> Result<Arc<dyn ObjectStore>, object_store::Error> {
    let mut builder = AmazonS3Builder::new()
        .with_bucket_name(bucket)
        .with_region(&files.s3_region)
        .with_access_key_id(&files.s3_access_key)
        .with_secret_access_key(&files.s3_secret_key)
        .with_allow_http(files.s3_endpoint.starts_with("http://"));
    if !files.s3_endpoint.is_empty() {
        builder = builder.with_endpoint(&files.s3_endpoint);
    }
    Ok(Arc::new(builder.build()?))
}

fn unreachable_store(e: impl std::fmt::Display) -> AppError {
    AppError::busy(format!("object storage: {e}"))
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, AppError> + Send + 'static,
) -> Result<T, AppError> {
    tokio::task::spawn_blocking(work).await.map_err(AppError::internal)?
}
