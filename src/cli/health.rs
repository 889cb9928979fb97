//! `laoshan health`: asks a running server whether it is well; for container health checks, where no curl is at hand.

use clap::Args;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use super::{DONE, ENVIRONMENT, Failure, USAGE};

#[derive(Debug, Args)]
pub struct Health {
    /// http:// only: the check stays on the machine.
    #[arg(long, default_value = "http://127.0.0.1:8080/api/v1/health/ready")]
    url: String,
}

pub fn run(args: &Health) -> Result<u8, Failure> {
    let rest = args.url.strip_prefix("http://").ok_or_else(|| Failure::new(USAGE, "--url must begin with http://"))?;
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let unwell = |e: std::io::Error| Failure::new(ENVIRONMENT, format!("{}: {e}", args.url));
    let mut stream = TcpStream::connect(host).map_err(unwell)?;
    stream.set_read_timeout(Some(Duration::from_secs(5))).map_err(unwell)?;
    write!(stream, "GET /{path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n").map_err(unwell)?;
    let mut answer = String::new();
    stream.take(64 * 1024).read_to_string(&mut answer).map_err(unwell)?;
    let status = answer.split_whitespace().nth(1).unwrap_or("no answer");
    if status == "200" { Ok(DONE) } else { Err(Failure::new(ENVIRONMENT, format!("{}: {status}", args.url))) }
}
