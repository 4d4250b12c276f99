//! Tells Cargo that a new file in `assets/` means a new build, which an embedded folder alone does not.
#![allow(clippy::print_stdout, reason = "Cargo reads a build script's standard output")]

fn main() {
    println!("cargo:rerun-if-changed=assets");
}
