//! `laoshan subsidy-calc --lines` over 100,000 loans of 8 segments each, against the plain Python script beside it, which works
//! in `fractions` and is also the second opinion: both must answer the same.

#![allow(clippy::disallowed_methods, reason = "a benchmark measures time and runs programs")]

use std::fs::File;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

const LOANS: usize = 100_000;

fn main() {
    // `cargo test` runs benchmarks too, to see that they work: a few loans are enough then.
    let loans = if std::env::args().any(|arg| arg == "--bench") { LOANS } else { 200 };
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/subsidy_reference.py");
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let (quotes, ours, theirs) =
        (folder.join("quotes.jsonl"), folder.join("quotes-laoshan.jsonl"), folder.join("quotes-python.jsonl"));
    let into = |path: &Path| Stdio::from(File::create(path).expect("a file in the target folder"));

    let mut make = Command::new("python3");
    make.arg(&script).args(["--generate", &loans.to_string(), "--seed", "1"]).stdout(into(&quotes));
    timed(&mut make);
    let mut calc = Command::new(env!("CARGO_BIN_EXE_laoshan"));
    calc.arg("subsidy-calc").arg(&quotes).arg("--lines").stdout(into(&ours));
    let rust = timed(&mut calc);
    let mut reference = Command::new("python3");
    reference.arg(&script).arg(&quotes).stdout(into(&theirs)).stderr(Stdio::null());
    let python = timed(&mut reference);
    let mut compare = Command::new("python3");
    compare.arg(&script).arg(&quotes).arg("--compare").arg(&ours).stdout(Stdio::null()).stderr(Stdio::null());
    timed(&mut compare);

    let speed = |seconds: f64| loans as f64 / seconds;
    println!("subsidy-calc --lines: {loans} loans of 8 segments in {rust:.2} s, {:.0} loans per second", speed(rust));
    println!(
        "python fractions:     {loans} loans of 8 segments in {python:.2} s, {:.0} loans per second",
        speed(python)
    );
    println!("the answers agree; {:.1} times as fast", python / rust);
}

/// Seconds of a program that ends well.
fn timed(command: &mut Command) -> f64 {
    let begun = Instant::now();
    let status = command.status().expect("the program starts");
    assert!(status.success(), "{command:?}: {status}");
    begun.elapsed().as_secs_f64()
}
