use std::process::ExitCode;

#[expect(clippy::disallowed_methods, reason = "the one place that reads the environment")]
fn main() -> ExitCode {
    laoshan::cli::main(std::env::args_os(), std::env::vars())
}
