//! One connection type over both databases, and the pool. Private to `platform`: slices meet a connection inside the door only.

#![expect(clippy::disallowed_methods, reason = "the one place that opens connections")]

use diesel::connection::{AnsiTransactionManager, InstrumentationEvent, SimpleConnection, TransactionManager};
use diesel::pg::PgConnection;
use diesel::r2d2::{ManageConnection, Pool as R2d2Pool, PooledConnection};
use diesel::sqlite::SqliteConnection;
use diesel::{Connection, QueryResult, RunQueryDsl};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use crate::error::AppError;

#[derive(diesel::MultiConnection)]
pub enum Conn {
    Sqlite(SqliteConnection),
    Pg(PgConnection),
}

/// The same expression on either backend, for the few statements the combined one cannot build
/// (`on_conflict`, batch insert): `each!(conn, c => insert_into(t).values(rows).execute(c))`.
#[macro_export]
macro_rules! each {
    ($conn:expr, $c:ident => $body:expr) => {
        match $conn {
            $crate::platform::conn::Conn::Sqlite($c) => $body,
            $crate::platform::conn::Conn::Pg($c) => $body,
        }
    };
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    Sqlite(PathBuf),
    Pg(String),
}

impl Target {
    /// `sqlite:PATH` or a libpq URL. Anything else is refused rather than taken for a file name: SQLite would accept any path
    /// and a mistyped URL would silently start an empty database.
    pub fn parse(url: &str) -> Result<Self, String> {
        if let Some(path) = url.strip_prefix("sqlite:") {
            let path = path.strip_prefix("//").unwrap_or(path);
            if path.is_empty() { Err("sqlite: needs a path".into()) } else { Ok(Self::Sqlite(path.into())) }
        } else if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            Ok(Self::Pg(url.to_owned()))
        } else {
            Err("is neither sqlite:PATH nor a postgres:// URL".into())
        }
    }

    pub fn is_sqlite(&self) -> bool {
        matches!(self, Self::Sqlite(_))
    }

    /// Opens one connection outside the pool, for migrations and one-off commands.
    pub fn connect(&self) -> Result<Conn, AppError> {
        match self {
            // busy_timeout comes first: without it, several connections that switch to WAL at once fail with "database is locked".
            Self::Sqlite(path) => {
                let mut c = SqliteConnection::establish(&path.to_string_lossy()).map_err(AppError::busy)?;
                c.batch_execute(
                    "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA foreign_keys = ON; \
                     PRAGMA synchronous = FULL; PRAGMA cache_size = -16000; PRAGMA temp_store = MEMORY;",
                )
                .map_err(AppError::from)?;
                Ok(Conn::Sqlite(c))
            }
            Self::Pg(url) => {
                let mut c = PgConnection::establish(url).map_err(AppError::busy)?;
                c.batch_execute("SET TIME ZONE 'UTC'; SET client_min_messages TO warning;").map_err(AppError::from)?;
                Ok(Conn::Pg(c))
            }
        }
    }
}

/// What a transaction is for. Writing transactions see no one else's half: IMMEDIATE on SQLite, SERIALIZABLE on PostgreSQL.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Access {
    Read,
    Write,
}

pub(super) fn begin(conn: &mut Conn, access: Access) -> QueryResult<()> {
    match (conn, access) {
        (Conn::Sqlite(c), Access::Read) => AnsiTransactionManager::begin_transaction_sql(c, "BEGIN"),
        (Conn::Sqlite(c), Access::Write) => AnsiTransactionManager::begin_transaction_sql(c, "BEGIN IMMEDIATE"),
        // Repeatable read never fails on a reader, and a reader needs no more than one snapshot.
        (Conn::Pg(c), Access::Read) => AnsiTransactionManager::begin_transaction_sql(
            c,
            "BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY",
        ),
        (Conn::Pg(c), Access::Write) => {
            AnsiTransactionManager::begin_transaction_sql(c, "BEGIN TRANSACTION ISOLATION LEVEL SERIALIZABLE")
        }
    }
}

/// A savepoint; [`commit`] and [`rollback`] end the innermost one first.
pub(super) fn begin_part(conn: &mut Conn) -> QueryResult<()> {
    <Conn as Connection>::TransactionManager::begin_transaction(conn)
}

pub(super) fn commit(conn: &mut Conn) -> QueryResult<()> {
    <Conn as Connection>::TransactionManager::commit_transaction(conn)
}

pub(super) fn rollback(conn: &mut Conn) -> QueryResult<()> {
    <Conn as Connection>::TransactionManager::rollback_transaction(conn)
}

pub(super) struct Manager {
    target: Target,
    read_only: bool,
    statements: Arc<AtomicU64>,
}

impl ManageConnection for Manager {
    type Connection = Conn;
    type Error = AppError;

    fn connect(&self) -> Result<Conn, AppError> {
        let mut conn = self.target.connect()?;
        if self.read_only
            && let Conn::Sqlite(c) = &mut conn
        {
            c.batch_execute("PRAGMA query_only = ON").map_err(AppError::from)?;
        }
        let statements = self.statements.clone();
        conn.set_instrumentation(move |event: InstrumentationEvent<'_>| {
            if let InstrumentationEvent::StartQuery { .. } = event {
                statements.fetch_add(1, Ordering::Relaxed);
            }
        });
        Ok(conn)
    }

    fn is_valid(&self, conn: &mut Conn) -> Result<(), AppError> {
        match conn {
            Conn::Sqlite(_) => Ok(()), // a local file cannot drop the line
            Conn::Pg(c) => diesel::sql_query("SELECT 1").execute(c).map(drop).map_err(AppError::from),
        }
    }

    fn has_broken(&self, conn: &mut Conn) -> bool {
        std::thread::panicking()
            || match conn {
                Conn::Sqlite(c) => AnsiTransactionManager::is_broken_transaction_manager(c),
                Conn::Pg(c) => AnsiTransactionManager::is_broken_transaction_manager(c),
            }
    }
}

pub(super) type Pooled = PooledConnection<Manager>;

/// Readers, and on SQLite one writer beside them that nobody else can occupy.
#[derive(Clone)]
pub(super) struct Pool {
    readers: R2d2Pool<Manager>,
    writers: R2d2Pool<Manager>,
    /// Statements sent so far: the tests compare it for lists of one and of three rows.
    pub statements: Arc<AtomicU64>,
}

impl Pool {
    pub fn open(target: &Target, size: u32, wait: Duration) -> Result<Self, AppError> {
        let statements = Arc::<AtomicU64>::default();
        let build = |read_only, size| {
            R2d2Pool::builder()
                .max_size(size)
                .min_idle(Some(size.min(2)))
                .connection_timeout(wait)
                .error_handler(Box::new(LogPoolError))
                .build(Manager { target: target.clone(), read_only, statements: statements.clone() })
                .map_err(AppError::busy)
        };
        if target.is_sqlite() {
            let writers = build(false, 1)?;
            Ok(Self { readers: build(true, size)?, writers, statements })
        } else {
            let shared = build(false, size)?;
            Ok(Self { readers: shared.clone(), writers: shared, statements })
        }
    }

    pub fn get(&self, access: Access) -> Result<Pooled, AppError> {
        match access {
            Access::Read => self.readers.get(),
            Access::Write => self.writers.get(),
        }
        .map_err(AppError::busy)
    }
}

#[derive(Debug)]
struct LogPoolError;

impl diesel::r2d2::HandleError<AppError> for LogPoolError {
    fn handle_error(&self, error: AppError) {
        tracing::warn!(%error, "database connection failed");
    }
}
