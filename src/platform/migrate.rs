//! Brings the schema up to date. One set of migrations per database, twins by number and name.

use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::conn::{Conn, Target};
use crate::error::AppError;

const SQLITE: EmbeddedMigrations = embed_migrations!("migrations/sqlite");
const POSTGRES: EmbeddedMigrations = embed_migrations!("migrations/postgres");

pub fn run(target: &Target) -> Result<(), AppError> {
    if let Target::Sqlite(path) = target
        && let Some(dir) = path.parent()
    {
        std::fs::create_dir_all(dir).map_err(|e| AppError::internal(format!("{}: {e}", dir.display())))?;
    }
    let outcome = match &mut target.connect()? {
        Conn::Sqlite(c) => c.run_pending_migrations(SQLITE).map(drop),
        Conn::Pg(c) => {
            // Copies that start together take turns; the lock goes with the connection.
            diesel::connection::SimpleConnection::batch_execute(c, "SELECT pg_advisory_lock(4707032100)")?;
            c.run_pending_migrations(POSTGRES).map(drop)
        }
    };
    outcome.map_err(AppError::internal)
}

/// Undoes every migration: only the tests that prove each `down.sql` use it.
pub fn undo_all(target: &Target) -> Result<(), AppError> {
    match &mut target.connect()? {
        Conn::Sqlite(c) => c.revert_all_migrations(SQLITE).map(drop),
        Conn::Pg(c) => c.revert_all_migrations(POSTGRES).map(drop),
    }
    .map_err(AppError::internal)
}
