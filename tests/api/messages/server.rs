//! A mail server with its moods, on a real socket.

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// Speaks just enough SMTP (RFC 5321) to take, delay, put off or refuse a mail by its address, or to hang up in the middle of it, and
/// keeps what it was given.
pub struct MailServer {
    pub url: String,
    book: Arc<Mutex<Book>>,
}

#[derive(Default)]
struct Book {
    taken: Vec<Arrival>,
    /// How often each address has been written to.
    tries: BTreeMap<String, usize>,
    connections: usize,
}

/// A mail that came in whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrival {
    pub to: String,
    pub message_id: String,
    pub text: String,
}

/// How a conversation is kept from others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Security {
    Plain,
    /// TLS from the first byte.
    Wrapped,
    /// Plain until the client asks for TLS; mail is taken after that only.
    StartTls,
}

trait Wire: Read + Write {}
impl<T: Read + Write> Wire for T {}

/// Certificates of the test authority, valid for a century.
pub const AUTHORITY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/api/messages/tls/ca.pem");

fn encrypted(stream: TcpStream) -> Box<dyn Wire> {
    let certificates = CertificateDer::pem_slice_iter(include_bytes!("tls/server.pem")).collect::<Result<_, _>>();
    let key = PrivateKeyDer::from_pem_slice(include_bytes!("tls/server.key"));
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(certificates.expect("certificates"), key.expect("a key"))
        .expect("a certificate and its key");
    let connection = rustls::ServerConnection::new(Arc::new(config)).expect("a connection");
    Box::new(rustls::StreamOwned::new(connection, stream))
}

impl MailServer {
    pub fn start() -> Self {
        Self::start_with(Security::Plain)
    }

    pub fn start_with(security: Security) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let place = listener.local_addr().expect("an address");
        let url = match security {
            Security::Plain => format!("smtp://{place}"),
            Security::Wrapped => format!("smtps://{place}"),
            Security::StartTls => format!("smtp://{place}?tls=required"),
        };
        let book = Arc::new(Mutex::new(Book::default()));
        let shared = book.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let book = shared.clone();
                book.lock().expect("nobody panicked").connections += 1;
                std::thread::spawn(move || converse(stream, security, &book));
            }
        });
        Self { url, book }
    }

    pub fn taken(&self) -> Vec<Arrival> {
        self.book.lock().expect("nobody panicked").taken.clone()
    }

    pub fn connections(&self) -> usize {
        self.book.lock().expect("nobody panicked").connections
    }
}

struct Talk {
    wire: BufReader<Box<dyn Wire>>,
}

impl Talk {
    fn say(&mut self, words: &str) -> Option<()> {
        let wire = self.wire.get_mut();
        wire.write_all(format!("{words}\r\n").as_bytes()).and_then(|()| wire.flush()).ok()
    }

    /// The next line without its end; none when the other side has gone.
    fn hear(&mut self) -> Option<String> {
        let mut line = String::new();
        let read = self.wire.read_line(&mut line).ok()?;
        (read > 0).then(|| line.trim_end_matches(['\r', '\n']).to_owned())
    }
}

#[allow(clippy::disallowed_methods, reason = "a server that is slow has to wait")]
fn converse(stream: TcpStream, security: Security, book: &Mutex<Book>) -> Option<()> {
    let plain = stream.try_clone().ok()?;
    let wire: Box<dyn Wire> = if security == Security::Wrapped { encrypted(plain) } else { Box::new(plain) };
    let mut talk = Talk { wire: BufReader::new(wire) };
    let mut open = security != Security::StartTls;
    let (mut to, mut tries) = (String::new(), 0);
    talk.say("220 test")?;
    while let Some(line) = talk.hear() {
        let upper = line.to_ascii_uppercase();
        if upper.starts_with("EHLO") {
            talk.say(if open { "250-test\r\n250 AUTH PLAIN" } else { "250-test\r\n250 STARTTLS" })?;
        } else if upper == "STARTTLS" {
            talk.say("220 go ahead")?;
            talk.wire = BufReader::new(encrypted(stream.try_clone().ok()?));
            open = true;
        } else if !open {
            talk.say("530 STARTTLS first")?;
        } else if upper.starts_with("AUTH PLAIN") {
            // base64 of "\0post\0right".
            talk.say(if line.ends_with("AHBvc3QAcmlnaHQ=") { "235 welcome" } else { "535 wrong password" })?;
        } else if let Some(rest) = upper.strip_prefix("RCPT TO:<") {
            to = rest.split('>').next().unwrap_or_default().to_ascii_lowercase();
            tries = {
                let mut book = book.lock().expect("nobody panicked");
                let tries = book.tries.entry(to.clone()).or_default();
                *tries += 1;
                *tries
            };
            match to.split(['@', '-']).next().unwrap_or_default() {
                "refused" => talk.say("550 no such person")?,
                "later" => talk.say("451 come back")?,
                "grey" if tries == 1 => talk.say("450 not so fast")?,
                "unsigned" => talk.say("530 authentication required")?,
                "slow" => {
                    std::thread::sleep(Duration::from_millis(300));
                    talk.say("250 at last")?;
                }
                // Longer than any patience of the stories.
                "stuck" if tries == 1 => std::thread::sleep(Duration::from_secs(4)),
                _ => talk.say("250 fine")?,
            }
        } else if upper == "DATA" {
            talk.say("354 go on")?;
            let mut text = Vec::new();
            loop {
                match talk.hear()? {
                    line if line == "." => break,
                    line => text.push(line),
                }
                if to.starts_with("dropped") && tries == 1 && text.len() == 3 {
                    stream.shutdown(std::net::Shutdown::Both).ok()?;
                    return None;
                }
            }
            let message_id = text.iter().find_map(|line| line.strip_prefix("Message-ID: ")).unwrap_or_default();
            let arrival = Arrival { to: to.clone(), message_id: message_id.to_owned(), text: text.join("\n") };
            book.lock().expect("nobody panicked").taken.push(arrival);
            if to.starts_with("unanswered") && tries == 1 {
                stream.shutdown(std::net::Shutdown::Both).ok()?;
                return None;
            }
            talk.say("250 taken")?;
        } else if upper == "QUIT" {
            talk.say("221 bye")?;
            return None;
        } else {
            talk.say("250 fine")?;
        }
    }
    Some(())
}
