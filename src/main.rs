use std::process::ExitCode;

fn main() -> ExitCode {
    laoshan::cli::main(std::env::args_os(), std::env::vars())
}
