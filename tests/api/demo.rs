//! The demo as a new user meets it: the README's tour, executed as printed, on the real program.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const PROGRAM: &str = env!("CARGO_BIN_EXE_laoshan");

/// Killed when the test ends, however it ends.
struct Demo {
    child: Child,
    address: SocketAddr,
}

impl Drop for Demo {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn start(dir: &Path) -> Demo {
    let address = TcpListener::bind("127.0.0.1:0").and_then(|l| l.local_addr()).expect("a free port");
    let child = Command::new(PROGRAM)
        .args(["demo", "--bind", &address.to_string(), "--data-dir"])
        .arg(dir)
        .env("LAOSHAN__LOG__FILTER", "warn")
        .stdout(Stdio::piped())
        .spawn()
        .expect("the demo starts");
    let mut demo = Demo { child, address };
    let begun = Instant::now();
    while TcpStream::connect(address).is_err() {
        assert!(demo.child.try_wait().expect("a status").is_none(), "the demo ended by itself");
        assert!(begun.elapsed() < Duration::from_secs(600), "the demo does not answer");
        std::thread::sleep(Duration::from_millis(200));
    }
    demo
}

/// The fenced `sh` blocks of the README's tour.
fn tour() -> String {
    let readme = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).expect("a README");
    let tour = readme.split("## A five-minute tour").nth(1).expect("a tour").split("\n## ").next().expect("its end");
    tour.split("```sh\n").skip(1).map(|block| block.split("```").next().expect("a closed block")).collect()
}

#[test]
fn the_tour_of_the_readme_leads_from_a_self_check_to_a_certificate() {
    let dir = tempfile::tempdir().expect("a folder");
    let data = dir.path().join("data");
    let demo = start(&data);
    let output = Command::new("bash")
        .args(["-euo", "pipefail", "-c", &tour()])
        .env("API", format!("http://{}/api/v1", demo.address))
        .output()
        .expect("bash runs");
    let (said, complained) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{said}\n{complained}");
    let lines: Vec<_> = said.lines().collect();
    for word in ["published", "open", "formal_review", "accepted", "deliberation", "approved", "concluded"] {
        assert!(lines.contains(&word), "{word} is missing in\n{said}");
    }
    assert_eq!(lines[lines.len() - 2..], ["青岛澜启太赫兹科技有限公司", "true"], "{said}");

    // The demo keeps its clock over a restart, and `serve` leaves its folder alone.
    drop(demo);
    let serve = Command::new(PROGRAM).args(["serve", "--data-dir"]).arg(&data).output().expect("runs");
    assert_eq!(serve.status.code(), Some(2), "{}", String::from_utf8_lossy(&serve.stderr));
    let verified = Command::new(PROGRAM).args(["audit", "verify", "--data-dir"]).arg(&data).output().expect("runs");
    assert_eq!(verified.status.code(), Some(0), "{}", String::from_utf8_lossy(&verified.stdout));
    let mut again = start(&data);
    let mut first = String::new();
    let printed = again.child.stdout.take().expect("a pipe");
    BufReader::new(printed).read_line(&mut first).expect("a greeting");
    assert!(first.contains("Laoshan Pipeline demo"), "{first}");
    let mut answer = String::new();
    let mut stream = TcpStream::connect(again.address).expect("connects");
    let request = b"GET /api/v1/demo/clock HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n";
    stream.write_all(request).expect("sends");
    stream.read_to_string(&mut answer).expect("an answer");
    assert!(answer.contains("\"ahead_seconds\":1987200"), "23 days ahead: {answer}");
}

#[test]
fn the_demo_refuses_what_is_not_its_own() {
    let dir = tempfile::tempdir().expect("a folder");
    let run = |args: &[&str]| Command::new(PROGRAM).args(args).arg(dir.path()).output().expect("runs");
    let outside = run(&["demo", "--bind", "0.0.0.0:0", "--data-dir"]);
    assert_eq!(outside.status.code(), Some(2), "{}", String::from_utf8_lossy(&outside.stderr));
    std::fs::write(dir.path().join("laoshan.sqlite"), "somebody's").expect("written");
    let foreign = run(&["demo", "--data-dir"]);
    assert_eq!(foreign.status.code(), Some(2), "{}", String::from_utf8_lossy(&foreign.stderr));
    assert_eq!(std::fs::read_to_string(dir.path().join("laoshan.sqlite")).expect("there"), "somebody's");
}
