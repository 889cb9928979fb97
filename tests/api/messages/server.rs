//! A mail server with its moods, on a real socket.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
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

#[allow(clippy::disallowed_methods, reason = "a server that is slow has to wait")]
impl MailServer {
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let url = format!("smtp://{}", listener.local_addr().expect("an address"));
        let book = Arc::new(Mutex::new(Book::default()));
        let shared = book.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let book = shared.clone();
                book.lock().expect("nobody panicked").connections += 1;
                std::thread::spawn(move || converse(stream, &book));
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

fn converse(stream: TcpStream, book: &Mutex<Book>) -> Option<()> {
    let mut out = stream.try_clone().ok()?;
    let mut lines = BufReader::new(stream).lines();
    let mut say = |words: &str| out.write_all(format!("{words}\r\n").as_bytes()).ok();
    let (mut to, mut tries) = (String::new(), 0);
    say("220 test")?;
    while let Some(Ok(line)) = lines.next() {
        let upper = line.to_ascii_uppercase();
        if upper.starts_with("EHLO") {
            say("250-test")?;
            say("250 AUTH PLAIN")?;
        } else if upper.starts_with("AUTH PLAIN") {
            // base64 of "\0post\0right".
            say(if line.ends_with("AHBvc3QAcmlnaHQ=") { "235 welcome" } else { "535 wrong password" })?;
        } else if let Some(rest) = upper.strip_prefix("RCPT TO:<") {
            to = rest.split('>').next().unwrap_or_default().to_ascii_lowercase();
            tries = {
                let mut book = book.lock().expect("nobody panicked");
                let tries = book.tries.entry(to.clone()).or_default();
                *tries += 1;
                *tries
            };
            match to.split(['@', '-']).next().unwrap_or_default() {
                "refused" => say("550 no such person")?,
                "later" => say("451 come back")?,
                "grey" if tries == 1 => say("450 not so fast")?,
                "unsigned" => say("530 authentication required")?,
                "slow" => {
                    std::thread::sleep(Duration::from_millis(300));
                    say("250 at last")?;
                }
                // Longer than any patience of the stories.
                "stuck" if tries == 1 => std::thread::sleep(Duration::from_secs(4)),
                _ => say("250 fine")?,
            }
        } else if upper == "DATA" {
            say("354 go on")?;
            if to.starts_with("dropped") && tries == 1 {
                lines.nth(2);
                return None;
            }
            let text: Vec<String> = lines.by_ref().map_while(Result::ok).take_while(|line| line != ".").collect();
            let message_id = text.iter().find_map(|line| line.strip_prefix("Message-ID: ")).unwrap_or_default();
            let arrival = Arrival { to: to.clone(), message_id: message_id.to_owned(), text: text.join("\n") };
            book.lock().expect("nobody panicked").taken.push(arrival);
            if to.starts_with("unanswered") && tries == 1 {
                return None;
            }
            say("250 taken")?;
        } else if upper == "QUIT" {
            say("221 bye")?;
            return None;
        } else {
            say("250 fine")?;
        }
    }
    Some(())
}
