//! Configuration: defaults in the binary, an overlay file, the environment. Read once at start and passed on as a value.

use serde::{Deserialize, Serialize};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use super::conn::Target;

const DEFAULTS: &str = include_str!("../../config/default.toml");
const SECRETS: [&str; 3] = ["/security/master_key", "/mail/smtp_url", "/files/s3_secret_key"];

macro_rules! section {
    ($(#[$m:meta])* $name:ident { $($field:ident : $ty:ty),* $(,)? }) => {
        $(#[$m])*
        #[derive(Debug, Clone, Serialize, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct $name { $(pub $field: $ty),* }
    };
}

// What each key means, and its unit, is said in config/default.toml.
section!(Config {
    data_dir: PathBuf,
    server: Server,
    database: Database,
    limits: Limits,
    security: Security,
    password: Password,
    mail: Mail,
    messages: Messages,
    jobs: Jobs,
    files: Files,
    audit: Audit,
    log: Log,
    programme: Programme,
});
section!(Server {
    bind: SocketAddr,
    metrics_bind: String,
    public_url: String,
    workers: usize,
    trusted_proxies: Vec<ipnet::IpNet>,
    secure_cookies: bool,
    shutdown_seconds: u64,
});
section!(Database { url: String, pool_size: u32, wait_millis: u64, migrate: bool });
section!(Limits {
    body_bytes: usize,
    import_bytes: usize,
    import_rows: usize,
    head_seconds: u64,
    request_seconds: u64,
    sign_in_per_minute: u32,
    public_per_minute: u32,
});
section!(Security {
    master_key: String,
    master_key_file: PathBuf,
    access_minutes: i64,
    session_days: i64,
    idle_minutes_staff: i64,
    idle_minutes_enterprise: i64,
    refresh_grace_seconds: i64,
    key_days: i64,
    code_minutes: i64,
    invitation_days: i64,
});
section!(Password {
    min_length: usize,
    classes: usize,
    history: usize,
    max_age_days: i64,
    lock_after: i32,
    lock_minutes: i64,
    hash_memory_kib: u32,
    hash_iterations: u32,
    hash_parallel: usize,
    hash_wait_millis: u64,
});
section!(Mail {
    transport: MailTransport,
    smtp_url: String,
    from: String,
    ca_file: PathBuf,
    timeout_seconds: u64,
    max_attempts: i32,
    templates_dir: PathBuf,
});
section!(Messages { reminder_days: Vec<i64>, escalation_days: Vec<i64>, digest_hour: u32 });
section!(Jobs { enabled: bool, poll_millis: u64, lease_seconds: i64 });
section!(Files {
    store: String,
    max_bytes: u64,
    clamav: String,
    scan_seconds: u64,
    s3_endpoint: String,
    s3_region: String,
    s3_access_key: String,
    s3_secret_key: String,
});
section!(Audit { checkpoint_dir: PathBuf, retention_days: i64 });
section!(Log { format: LogFormat, filter: String });
section!(Programme {
    certificate_prefix: String,
    objection_days: u16,
    formal_review_days: u16,
    approvals_needed: i32,
    bar_years: i64,
    change_report_months: u32
});

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MailTransport {
    File,
    Smtp,
    Memory,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LogFormat {
    Pretty,
    Json,
}

impl Config {
    /// `env` is the process environment, handed in by `main`; only `LAOSHAN__*` is looked at.
    pub fn load(overlay: Option<&Path>, env: impl IntoIterator<Item = (String, String)>) -> Result<Self, String> {
        let mut builder =
            config::Config::builder().add_source(config::File::from_str(DEFAULTS, config::FileFormat::Toml));
        if let Some(path) = overlay {
            builder = builder.add_source(config::File::from(path).format(config::FileFormat::Toml));
        }
        let vars = env.into_iter().filter(|(name, _)| name.starts_with("LAOSHAN__")).collect();
        let source = config::Environment::with_prefix("LAOSHAN")
            .prefix_separator("__")
            .separator("__")
            .try_parsing(true)
            .list_separator(",")
            .with_list_parse_key("server.trusted_proxies")
            .with_list_parse_key("messages.reminder_days")
            .with_list_parse_key("messages.escalation_days")
            .source(Some(vars));
        let merged = builder.add_source(source).build().map_err(|e| e.to_string())?;
        let config: Config = serde_path_to_error::deserialize(merged)
            .map_err(|e| format!("configuration key {}: {}", e.path(), e.inner()))?;
        config.check()?;
        Ok(config)
    }

    fn check(&self) -> Result<(), String> {
        let mut wrong = Vec::new();
        let mut need = |ok: bool, what: &str| {
            if !ok {
                wrong.push(what.to_owned());
            }
        };
        need(self.audit.retention_days >= 184, "audit.retention_days is below the legal floor of 184");
        need(self.password.min_length >= 8, "password.min_length is below 8");
        need(self.password.classes <= 4, "password.classes is above 4");
        need(self.password.hash_parallel >= 1, "password.hash_parallel is below 1");
        need(self.database.pool_size >= 1, "database.pool_size is below 1");
        need(self.files.max_bytes >= 1, "files.max_bytes is below 1");
        need(self.limits.request_seconds >= 1, "limits.request_seconds is below 1");
        need(self.security.idle_minutes_staff >= 1, "security.idle_minutes_staff is below 1");
        need(self.security.idle_minutes_enterprise >= 1, "security.idle_minutes_enterprise is below 1");
        need(self.limits.sign_in_per_minute >= 1, "limits.sign_in_per_minute is below 1");
        need(self.limits.public_per_minute >= 1, "limits.public_per_minute is below 1");
        need(
            self.mail.transport != MailTransport::Smtp || !self.mail.smtp_url.is_empty(),
            "mail.smtp_url is needed when mail.transport is smtp",
        );
        need(self.mail.max_attempts >= 1, "mail.max_attempts is below 1");
        need((1..=300).contains(&self.mail.timeout_seconds), "mail.timeout_seconds is outside 1..=300");
        let days = |steps: &[i64]| steps.iter().all(|day| (1..=60).contains(day));
        need(days(&self.messages.reminder_days), "messages.reminder_days has a day outside 1..=60");
        need(days(&self.messages.escalation_days), "messages.escalation_days has a day outside 1..=60");
        need(self.messages.digest_hour <= 23, "messages.digest_hour is outside 0..=23");
        need((1..=3).contains(&self.programme.approvals_needed), "programme.approvals_needed is outside 1..=3");
        need(self.programme.change_report_months <= 24, "programme.change_report_months is above 24");
        need((0..=10).contains(&self.programme.bar_years), "programme.bar_years is outside 0..=10");
        need((1..=250).contains(&self.programme.objection_days), "programme.objection_days is outside 1..=250");
        need((1..=250).contains(&self.programme.formal_review_days), "programme.formal_review_days is outside 1..=250");
        need(self.mail.from.parse::<lettre::message::Mailbox>().is_ok(), "mail.from is no mailbox");
        need(
            self.server.metrics_bind.is_empty() || self.server.metrics_bind.parse::<SocketAddr>().is_ok(),
            "server.metrics_bind is no address",
        );
        if !self.database.url.is_empty()
            && let Err(e) = Target::parse(&self.database.url)
        {
            wrong.push(format!("database.url {e}"));
        }
        if wrong.is_empty() { Ok(()) } else { Err(wrong.join("; ")) }
    }

    pub fn target(&self) -> Target {
        match self.database.url.as_str() {
            "" => Target::Sqlite(self.data_dir.join("laoshan.sqlite")),
            url => Target::parse(url).expect("checked at load"),
        }
    }

    /// The folder that uploaded files lie in, when they lie in one.
    pub fn files_dir(&self) -> PathBuf {
        match self.files.store.as_str() {
            "" => self.data_dir.join("files"),
            folder => PathBuf::from(folder),
        }
    }

    pub fn checkpoint_dir(&self) -> PathBuf {
        if self.audit.checkpoint_dir.as_os_str().is_empty() {
            self.data_dir.join("checkpoints")
        } else {
            self.audit.checkpoint_dir.clone()
        }
    }

    /// What is in force, fit to be shown: secrets and the password inside a database URL are masked.
    pub fn masked(&self) -> serde_json::Value {
        let mut shown = serde_json::to_value(self).expect("configuration is plain data");
        for pointer in SECRETS {
            if let Some(v) = shown.pointer_mut(pointer)
                && v.as_str().is_some_and(|s| !s.is_empty())
            {
                *v = "***".into();
            }
        }
        if let Some(v) = shown.pointer_mut("/database/url")
            && let Some(masked) = v.as_str().map(mask_password)
        {
            *v = masked.into();
        }
        shown
    }
}

fn mask_password(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else { return url.to_owned() };
    let query_masked = |tail: &str| match tail.find("password=") {
        Some(at) => {
            let end = tail[at..].find('&').map_or(tail.len(), |n| at + n);
            format!("{}password=***{}", &tail[..at], &tail[end..])
        }
        None => tail.to_owned(),
    };
    match rest.rsplit_once('@') {
        Some((user, host)) => {
            let user = user.split_once(':').map_or(user.to_owned(), |(name, _)| format!("{name}:***"));
            format!("{scheme}://{user}@{}", query_masked(host))
        }
        None => format!("{scheme}://{}", query_masked(rest)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(vars: &[(&str, &str)]) -> Result<Config, String> {
        Config::load(None, vars.iter().map(|(k, v)| (k.to_string(), v.to_string())))
    }

    #[test]
    fn the_defaults_are_complete() {
        let config = load(&[]).expect("defaults load");
        assert!(config.target().is_sqlite());
        assert_eq!(config.security.access_minutes, 15);
    }

    #[test]
    fn the_environment_wins_and_numbers_and_lists_are_read() {
        let config = load(&[
            ("LAOSHAN__DATABASE__POOL_SIZE", "3"),
            ("LAOSHAN__SERVER__TRUSTED_PROXIES", "10.0.0.0/8,127.0.0.1/32"),
            ("LAOSHAN__SERVER__BIND", "127.0.0.1:9"),
            ("OTHER", "x"),
        ])
        .expect("loads");
        assert_eq!((config.database.pool_size, config.server.trusted_proxies.len()), (3, 2));
    }

    #[test]
    fn an_unknown_or_wrong_key_is_refused_by_name() {
        assert!(load(&[("LAOSHAN__SERVER__BINDD", "x")]).unwrap_err().contains("bindd"));
        assert!(load(&[("LAOSHAN__DATABASE__POOL_SIZE", "many")]).unwrap_err().contains("database.pool_size"));
        assert!(load(&[("LAOSHAN__DATABASE__URL", "mysql://x")]).unwrap_err().contains("database.url"));
        assert!(load(&[("LAOSHAN__AUDIT__RETENTION_DAYS", "90")]).unwrap_err().contains("184"));
    }

    #[test]
    fn secrets_are_masked() {
        let config = load(&[
            ("LAOSHAN__SECURITY__MASTER_KEY", "c2VjcmV0"),
            ("LAOSHAN__DATABASE__URL", "postgres://app:hunter2@db,db2/laoshan?sslmode=require"),
        ])
        .expect("loads");
        let shown = config.masked().to_string();
        assert!(
            !shown.contains("c2VjcmV0") && !shown.contains("hunter2") && shown.contains("app:***@db,db2"),
            "{shown}"
        );
    }
}
