//! A throwaway PostgreSQL server: one per test process, one database per test.
//!
//! It listens on a Unix socket only, so runs beside each other need no ports, and trusts whoever reaches that socket.
//! Nothing of it is meant to outlive the process: durability is switched off and the folder lies in memory where that is roomy.
#![allow(clippy::disallowed_methods, reason = "the harness looks for programs of the machine and waits for a server")]

use std::collections::HashMap;
use std::fs::{self, File};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock};
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection};

/// The oldest PostgreSQL the product supports.
const OLDEST: u32 = 15;

/// C.UTF-8 is on every Debian and sorts by code point, as SQLite does: both databases owe the same order of rows.
const INITDB: &[&str] =
    &["--username=laoshan", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions"];

const SETTINGS: &[&str] = &[
    "listen_addresses=",
    "port=5432",
    "max_connections=400",
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    // The log is never replayed; unbounded it would fill the memory disk.
    "max_wal_size=128MB",
    "wal_level=minimal",
    "max_wal_senders=0",
    // Databases live for a second: there is nothing to vacuum, and a worker in a template would hold up its copies.
    "autovacuum=off",
];

/// Outlives this process however that ends, because it is the *end of the pipe* that wakes it and no signal of ours
/// reaches it (own process group, signals ignored). `$1` is the folder, the rest starts the server.
const WATCHDOG: &str = r#"
trap '' INT TERM HUP
dir=$1; shift
"$@" >"$dir/log" 2>&1 </dev/null &
read -r _
kill -QUIT $! && wait $!
rm -rf "$dir"
"#;

/// The server of this process, started by whoever asks first.
pub fn cluster() -> &'static Cluster {
    static CLUSTER: OnceLock<Result<Cluster, String>> = OnceLock::new();
    // A failed start is remembered: the next hundred tests should say the same at once, not try again.
    CLUSTER.get_or_init(Cluster::start).as_ref().unwrap_or_else(|e| panic!("no PostgreSQL for the tests: {e}"))
}

pub struct Cluster {
    dir: PathBuf,
    idle: Mutex<Vec<PgConnection>>,
    templates: Mutex<HashMap<String, Arc<OnceLock<Template>>>>,
    next: AtomicU64,
    /// Holds our end of the pipe. Never dropped, so it closes when the process is gone.
    _watchdog: Child,
}

/// A migrated database that nobody may connect to any more; copies of it are cheap.
#[derive(Clone)]
pub struct Template {
    name: String,
}

/// A database of one test's own; dropping it drops the database, whoever is still connected.
pub struct TestDatabase {
    pub url: String,
    name: String,
    cluster: &'static Cluster,
}

impl Cluster {
    /// Makes the template `name` the first time it is asked for: `migrate` gets the URL of an empty database.
    pub fn template(&self, name: &str, migrate: impl FnOnce(&str)) -> Template {
        let cell = Arc::clone(self.templates.lock().unwrap().entry(name.to_owned()).or_default());
        let make = || {
            let name = format!("template_{name}");
            // A migration that panicked in another test left a half-made one behind.
            self.run(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
            self.run(&format!("CREATE DATABASE {name}"));
            migrate(&self.url(&name));
            self.run(&format!("ALTER DATABASE {name} WITH ALLOW_CONNECTIONS false"));
            Template { name }
        };
        cell.get_or_init(make).clone()
    }

    pub fn create_database_from(&'static self, template: &Template) -> TestDatabase {
        let name = format!("test_{}", self.next.fetch_add(1, Ordering::Relaxed));
        // Copying files takes half the time of the default, which writes each page to the log; its checkpoints cost nothing here.
        self.run(&format!("CREATE DATABASE {name} TEMPLATE {} STRATEGY FILE_COPY", template.name));
        TestDatabase { url: self.url(&name), name, cluster: self }
    }

    fn url(&self, database: &str) -> String {
        format!("postgres:///{database}?host={}&port=5432&user=laoshan", self.dir.display())
    }

    fn run(&self, sql: &str) {
        self.try_run(sql).unwrap_or_else(|e| panic!("{sql}: {e}"));
    }

    /// As many connections as there are callers at one time: PostgreSQL copies databases side by side.
    fn try_run(&self, sql: &str) -> Result<(), String> {
        let idle = self.idle.lock().unwrap().pop();
        let mut conn = match idle {
            Some(conn) => conn,
            None => PgConnection::establish(&self.url("postgres")).map_err(|e| e.to_string())?,
        };
        conn.batch_execute(sql).map_err(|e| e.to_string())?;
        self.idle.lock().unwrap().push(conn);
        Ok(())
    }

    fn start() -> Result<Self, String> {
        let bin = server_programs()?;
        let (dir, lock) = own_folder()?;
        // PostgreSQL refuses to run as root; Debian's package brings a user for it.
        let as_user: &[&str] = match uid() {
            0 => &["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", "--"],
            _ => &["env", "--"],
        };
        if uid() == 0 {
            succeed(Command::new("chown").arg("postgres:").arg(&dir))?;
        }
        let data = dir.join("data");
        let mut initdb = Command::new(as_user[0]);
        initdb.args(&as_user[1..]).arg(bin.join("initdb")).args(INITDB).arg("--pgdata").arg(&data).current_dir(&dir);
        succeed(&mut initdb)?;

        let mut watchdog = Command::new("sh");
        watchdog.args(["-c", WATCHDOG, "laoshan-test-postgres"]).arg(&dir).args(as_user).arg(bin.join("postgres"));
        watchdog.arg("-D").arg(&data).arg("-k").arg(&dir);
        for setting in SETTINGS {
            watchdog.args(["-c", setting]);
        }
        // Its standard output is the lock: the folder counts as alive until the watchdog is through with it.
        watchdog.current_dir(&dir).stdin(Stdio::piped()).stdout(lock).stderr(Stdio::null()).process_group(0);
        let watchdog = watchdog.spawn().map_err(|e| format!("sh: {e}"))?;

        let cluster = Self {
            dir,
            idle: Mutex::default(),
            templates: Mutex::default(),
            next: AtomicU64::new(1),
            _watchdog: watchdog,
        };
        let asked = Instant::now();
        while let Err(refusal) = cluster.try_run("SELECT 1") {
            if asked.elapsed() > Duration::from_secs(60) {
                let log = fs::read_to_string(cluster.dir.join("log")).unwrap_or_default();
                return Err(format!("the server does not answer: {refusal}\n{log}"));
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        Ok(cluster)
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        // Not a panic: the test may be panicking already, and the cluster is thrown away anyhow.
        if let Err(e) = self.cluster.try_run(&format!("DROP DATABASE {} WITH (FORCE)", self.name)) {
            eprintln!("{} stays until the cluster goes: {e}", self.name);
        }
    }
}

/// The folder of the server programs: `LAOSHAN_TEST_PG_BIN`, else Debian's newest, else what `pg_config` names.
fn server_programs() -> Result<PathBuf, String> {
    let debian = || {
        let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
        versions.filter_map(|v| Some((v.file_name().to_str()?.parse::<u32>().ok()?, v.path().join("bin")))).collect()
    };
    let candidates: Vec<PathBuf> = match std::env::var_os("LAOSHAN_TEST_PG_BIN") {
        Some(chosen) => vec![chosen.into()],
        None => {
            let mut debian: Vec<(u32, PathBuf)> = debian();
            debian.sort_unstable_by(|a, b| b.cmp(a));
            let named = Command::new("pg_config").arg("--bindir").output().ok();
            let named = named.map(|out| PathBuf::from(String::from_utf8_lossy(&out.stdout).trim()));
            debian.into_iter().map(|(_, bin)| bin).chain(named).collect()
        }
    };
    let bin = candidates.iter().find(|bin| bin.join("initdb").is_file() && bin.join("postgres").is_file()).ok_or(
        "no initdb and postgres found; install Debian's package postgresql (make test does) or set LAOSHAN_TEST_PG_BIN",
    )?;
    let out = Command::new(bin.join("postgres")).arg("--version").output().map_err(|e| e.to_string())?;
    let version = String::from_utf8_lossy(&out.stdout).trim().to_owned();
    let major = version.rsplit(' ').find_map(|word| word.split('.').next()?.parse::<u32>().ok());
    if major.is_none_or(|major| major < OLDEST) {
        return Err(format!("{} is {version:?}, but {OLDEST} is the oldest supported", bin.display()));
    }
    Ok(bin.clone())
}

/// A new folder and the lock that shows it is in use. Leftovers of processes that are gone are removed on the way.
///
/// Not under `target/`: as root the server runs as another user, who may not be let into the folders above it, and a socket's path
/// has at most 107 bytes.
fn own_folder() -> Result<(PathBuf, File), String> {
    let base = roomy_memory_disk().unwrap_or_else(std::env::temp_dir).join(format!("laoshan-pg-{}", uid()));
    fs::create_dir_all(&base).map_err(|e| format!("{}: {e}", base.display()))?;
    if fs::symlink_metadata(&base).map_err(|e| e.to_string())?.uid() != uid() {
        return Err(format!("{} belongs to somebody else", base.display()));
    }
    let made = || {
        fs::set_permissions(&base, fs::Permissions::from_mode(0o711))?;
        // Between making a folder and locking it, nobody else may look.
        let one_at_a_time = File::create(base.join("lock"))?;
        one_at_a_time.lock()?;
        for entry in fs::read_dir(&base)?.flatten().filter(|entry| entry.path().is_dir()) {
            sweep(&entry.path());
        }
        let dir = (0..).map(|n| base.join(format!("{}-{n}", std::process::id()))).find(|dir| !dir.exists());
        let dir = dir.expect("some number is free");
        fs::create_dir(&dir)?;
        fs::set_permissions(&dir, fs::Permissions::from_mode(0o700))?;
        let lock = File::create(dir.join("lock"))?;
        lock.lock()?;
        Ok((dir, lock))
    };
    made().map_err(|e: std::io::Error| format!("{}: {e}", base.display()))
}

/// Containers often give `/dev/shm` 64 MiB only, too little for a server.
fn roomy_memory_disk() -> Option<PathBuf> {
    let out = Command::new("df").args(["-Pk", "/dev/shm"]).output().ok()?;
    let out = String::from_utf8(out.stdout).ok()?;
    let free_kib: u64 = out.lines().nth(1)?.split_whitespace().nth(3)?.parse().ok()?;
    (free_kib > 1 << 20).then(|| PathBuf::from("/dev/shm"))
}

/// Removes `dir` if neither its process nor its watchdog lives, and stops a server that lost both.
fn sweep(dir: &Path) {
    if File::open(dir.join("lock")).is_ok_and(|lock| lock.try_lock().is_err()) {
        return;
    }
    let data = dir.join("data");
    let postmaster = fs::read_to_string(data.join("postmaster.pid")).unwrap_or_default();
    let pid = postmaster.lines().next().unwrap_or_default();
    // The number may belong to another program by now: a server works in its data folder.
    if fs::read_link(format!("/proc/{pid}/cwd")).is_ok_and(|cwd| cwd == data) {
        let _ = Command::new("sh").args(["-c", "kill -QUIT \"$1\"", "sh", pid]).status();
    }
    let _ = fs::remove_dir_all(dir);
}

fn uid() -> u32 {
    fs::metadata("/proc/self").map_or(u32::MAX, |me| me.uid())
}

fn succeed(command: &mut Command) -> Result<(), String> {
    let out = command.stdin(Stdio::null()).output().map_err(|e| format!("{command:?}: {e}"))?;
    match out.status.success() {
        true => Ok(()),
        false => Err(format!("{command:?}: {}\n{}", out.status, String::from_utf8_lossy(&out.stderr))),
    }
}

#[cfg(test)]
mod tests {
    use std::io::{BufRead, BufReader};
    use std::thread;

    use super::*;

    fn people(migrated: &'static AtomicU64) -> Template {
        cluster().template("people", move |url| {
            migrated.fetch_add(1, Ordering::Relaxed);
            let mut conn = PgConnection::establish(url).unwrap();
            conn.batch_execute("CREATE TABLE people (name text PRIMARY KEY)").unwrap();
        })
    }

    #[test]
    fn fifty_databases_are_copied_side_by_side_from_a_template_made_once() {
        static MIGRATED: AtomicU64 = AtomicU64::new(0);
        let test = |_| {
            thread::spawn(|| {
                let database = cluster().create_database_from(&people(&MIGRATED));
                let mut conn = PgConnection::establish(&database.url).unwrap();
                // The same key in every one of them: they share nothing.
                conn.batch_execute("INSERT INTO people VALUES ('Li Wei')").unwrap();
            })
        };
        let tests: Vec<_> = (0..50).map(test).collect();
        for test in tests {
            test.join().unwrap();
        }
        assert_eq!(MIGRATED.load(Ordering::Relaxed), 1);
    }

    #[test]
    fn a_dropped_database_is_gone_even_with_a_connection_open() {
        let empty = cluster().template("empty", |_| {});
        let database = cluster().create_database_from(&empty);
        let _conn = PgConnection::establish(&database.url).unwrap();
        let url = database.url.clone();
        drop(database);
        assert!(PgConnection::establish(&url).is_err());
    }

    #[test]
    fn the_server_and_its_folder_go_when_the_process_is_killed() {
        const ROLE: &str = "LAOSHAN_TEST_PG_VICTIM";
        if std::env::var_os(ROLE).is_some() {
            println!("\nfolder {}", cluster().dir.display());
            loop {
                thread::park();
            }
        }
        let me = thread::current().name().expect("the test's own path").to_owned();
        let mut victim = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", &me, "--nocapture"])
            .env(ROLE, "1")
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(victim.stdout.take().unwrap()).lines().map_while(Result::ok);
        let dir = lines.find_map(|line| Some(PathBuf::from(line.strip_prefix("folder ")?))).expect("a cluster came up");
        let postmaster = fs::read_to_string(dir.join("data/postmaster.pid")).unwrap();
        let process = PathBuf::from("/proc").join(postmaster.lines().next().unwrap());
        assert!(process.exists());

        victim.kill().unwrap();
        victim.wait().unwrap();
        let killed = Instant::now();
        while dir.exists() || process.exists() {
            assert!(
                killed.elapsed() < Duration::from_secs(30),
                "{} or {} is still there",
                dir.display(),
                process.display()
            );
            thread::sleep(Duration::from_millis(20));
        }
    }
}
