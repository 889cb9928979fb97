//! A release build carries the console, so it is compiled again when the console was built again. A debug build reads it from the disk.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    #[expect(clippy::disallowed_methods, reason = "what cargo tells a build script, it tells in the environment")]
    let release = std::env::var("PROFILE").is_ok_and(|profile| profile == "release");
    if release {
        println!("cargo::rerun-if-changed=web/dist/index.html");
    }
}
