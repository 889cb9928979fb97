//! How a mail leaves the process.

use chrono::{DateTime, Utc};
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};
use lettre::transport::smtp::PoolConfig;
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::transport::smtp::response::Category;
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::{Duration, SystemTime};

use super::Mail;
use crate::platform::config::{self, Config, MailTransport};

/// Where mail goes, by `mail.transport`.
pub struct Mailer {
    from: Mailbox,
    transport: Transport,
}

enum Transport {
    Smtp(AsyncSmtpTransport<Tokio1Executor>),
    /// One `.eml` per mail in the data folder, for trying out.
    File(PathBuf),
    /// For tests.
    Memory(Mutex<Vec<SentMail>>),
}

/// A mail as the memory transport kept it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentMail {
    pub to: String,
    pub template: String,
    pub subject: String,
    pub body: String,
    pub html: String,
    pub message_id: String,
}

/// Why a mail did not leave.
pub(super) struct Refused {
    pub permanent: bool,
    /// There was no conversation at all: the next mail would fare no better.
    pub unreachable: bool,
    /// For the operator. Servers tend to repeat the address they refuse, so it is shown to nobody else.
    pub words: String,
}

impl Mailer {
    /// Needs a tokio runtime: the SMTP pool looks after its connections in the background.
    pub fn new(config: &Config) -> Result<Self, String> {
        let from = config.mail.from.parse().map_err(|e| format!("mail.from: {e}"))?;
        let transport = match config.mail.transport {
            MailTransport::Memory => Transport::Memory(Mutex::default()),
            MailTransport::File => Transport::File(config.data_dir.join("mail")),
            MailTransport::Smtp => {
                let smtp = AsyncSmtpTransport::<Tokio1Executor>::from_url(&config.mail.smtp_url)
                    .map_err(|e| format!("mail.smtp_url: {e}"))?;
                let smtp = match tls_of(&config.mail)? {
                    Some(tls) => smtp.tls(tls),
                    None => smtp,
                };
                // Mails go one after the other, so one connection is kept; a second bridges the moment it is replaced.
                let pool = PoolConfig::new().max_size(2).idle_timeout(Duration::from_secs(60));
                let timeout = Duration::from_secs(config.mail.timeout_seconds);
                Transport::Smtp(smtp.timeout(Some(timeout)).pool_config(pool).build())
            }
        };
        Ok(Self { from, transport })
    }

    /// What the memory transport was given so far.
    pub fn sent(&self) -> Vec<SentMail> {
        match &self.transport {
            Transport::Memory(kept) => kept.lock().unwrap_or_else(|e| e.into_inner()).clone(),
            Transport::Smtp(_) | Transport::File(_) => Vec::new(),
        }
    }

    pub(super) async fn send(&self, mail: &Mail) -> Result<(), Refused> {
        let message = self.message(mail).map_err(|words| Refused { permanent: true, unreachable: false, words })?;
        match &self.transport {
            Transport::Smtp(smtp) => smtp.send(message).await.map(drop).map_err(refused_by_server),
            Transport::File(folder) => {
                let (folder, name, text) = (folder.clone(), format!("{}.eml", mail.id), message.formatted());
                let written = tokio::task::spawn_blocking(move || write(&folder, &name, &text)).await;
                let outcome = written.map_err(|e| e.to_string()).and_then(|r| r.map_err(|e| e.to_string()));
                outcome.map_err(|words| Refused { permanent: false, unreachable: true, words })
            }
            Transport::Memory(kept) => {
                kept.lock().unwrap_or_else(|e| e.into_inner()).push(SentMail {
                    to: mail.to_address.clone(),
                    template: mail.template.clone(),
                    subject: mail.subject.clone(),
                    body: mail.body.clone(),
                    html: mail.html.clone(),
                    message_id: self.message_id(mail),
                });
                Ok(())
            }
        }
    }

    /// The same for every attempt, so that a mail that was sent twice is recognised as one.
    fn message_id(&self, mail: &Mail) -> String {
        format!("<{}@{}>", mail.id, self.from.email.domain())
    }

    fn message(&self, mail: &Mail) -> Result<Message, String> {
        let to = mail.to_address.parse().map_err(|e| format!("the address: {e}"))?;
        let created: DateTime<Utc> = mail.created_at.utc();
        let automatic = HeaderName::new_from_ascii_str("Auto-Submitted");
        Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(&mail.subject)
            .message_id(Some(self.message_id(mail)))
            .date(SystemTime::from(created))
            // RFC 3834: no out-of-office answers, please.
            .raw_header(HeaderValue::new(automatic, "auto-generated".into()))
            .multipart(MultiPart::alternative_plain_html(mail.body.clone(), mail.html.clone()))
            .map_err(|e| e.to_string())
    }
}

/// TLS as the URL asks for it, trusting the certificates in `mail.ca_file` besides the public authorities. Nothing without such a file:
/// then the URL says it all.
fn tls_of(mail: &config::Mail) -> Result<Option<Tls>, String> {
    if mail.ca_file.as_os_str().is_empty() {
        return Ok(None);
    }
    let wrong = |e: &dyn std::fmt::Display| format!("mail.ca_file: {e}");
    let pem = std::fs::read(&mail.ca_file).map_err(|e| wrong(&e))?;
    let roots = Certificate::from_pem(&pem).map_err(|e| wrong(&e))?;
    let url = reqwest::Url::parse(&mail.smtp_url).map_err(|e| format!("mail.smtp_url: {e}"))?;
    let host = url.host_str().unwrap_or_default().to_owned();
    let tls = TlsParameters::builder(host).add_root_certificate(roots).build().map_err(|e| wrong(&e))?;
    let asked = url.query_pairs().find(|(name, _)| name == "tls").map(|(_, value)| value.into_owned());
    Ok(match (url.scheme(), asked.as_deref()) {
        ("smtps", _) => Some(Tls::Wrapper(tls)),
        (_, Some("required")) => Some(Tls::Required(tls)),
        (_, Some("opportunistic")) => Some(Tls::Opportunistic(tls)),
        _ => None,
    })
}

/// Replies 53x are about our own account at the server (RFC 4954): a wrong password there must not bury everybody's mail.
fn refused_by_server(e: lettre::transport::smtp::Error) -> Refused {
    let ours = e.status().is_some_and(|code| code.category == Category::Unspecified3);
    Refused { permanent: e.is_permanent() && !ours, unreachable: e.status().is_none(), words: e.to_string() }
}

/// Under its final name only when it is whole: somebody may be watching the folder.
fn write(folder: &Path, name: &str, text: &[u8]) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    let unfinished = folder.join(format!("{name}.part"));
    std::fs::write(&unfinished, text)?;
    std::fs::rename(unfinished, folder.join(name))
}
