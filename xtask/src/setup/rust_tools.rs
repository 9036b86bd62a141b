//! The wasm target and the programs that come from crates.io.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

use super::announce;
use crate::process::{cargo, command, find, read, run};
use crate::workspace;

const TARGET: &str = "wasm32-unknown-unknown";
// The newest that compiles with the Rust version the workspace asks for.
const TRUNK: &str = "0.21.14";
// Of the release train of the `wasm_split_helpers` that Leptos takes.
const WASM_SPLIT: &str = "0.2.4";
const MDBOOK: &str = "0.5.4";

pub fn wasm_target() -> Result<bool> {
    let libraries = read(command("rustc").args(["--print", "target-libdir", "--target", TARGET]));
    if libraries.is_some_and(|folder| Path::new(&folder).is_dir()) {
        return Ok(false);
    }
    announce(&format!("adding Rust's standard library for {TARGET} (seconds)"));
    run(command("rustup").args(["target", "add", TARGET])).with_context(|| {
        format!("Rust's standard library for {TARGET} is missing; without rustup, install it from where your Rust came")
    })?;
    Ok(true)
}

pub fn rust_source() -> Result<bool> {
    let sysroot = read(command("rustc").args(["--print", "sysroot"])).context("there is no rustc")?;
    if Path::new(&sysroot).join("lib/rustlib/src/rust/library/Cargo.lock").is_file() {
        return Ok(false);
    }
    announce("adding the source of Rust's standard library, which is compiled for size (seconds)");
    run(command("rustup").args(["component", "add", "rust-src"])).context(
        "the source of Rust's standard library is missing; without rustup, install it from where your Rust came",
    )?;
    Ok(true)
}

pub fn wasm_bindgen() -> Result<bool> {
    let version = workspace::locked_version("wasm-bindgen")?;
    if has("wasm-bindgen", &version) && has("wasm-bindgen-test-runner", &version) {
        return Ok(false);
    }
    announce(&format!("compiling wasm-bindgen {version} into .tools/ (once, about 3 minutes)"));
    // Lightly optimized, it compiles faster and works as fast.
    run(install("wasm-bindgen-cli", &version).env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1"))?;
    Ok(true)
}

pub fn trunk() -> Result<bool> {
    if has("trunk", TRUNK) {
        return Ok(false);
    }
    announce(&format!("compiling Trunk {TRUNK} into .tools/ (once, about 3 minutes)"));
    // Trunk itself does no heavy work: an unoptimized one compiles in a third of the time and serves as well.
    run(install("trunk", TRUNK).arg("--debug").env("CARGO_PROFILE_DEV_DEBUG", "none"))?;
    Ok(true)
}

pub fn wasm_split() -> Result<bool> {
    // The program does not say its version.
    let installed = fs::read_to_string(workspace::tools().join(".crates.toml")).unwrap_or_default();
    if find(&["wasm-split-cli"]).is_some() && installed.contains(&format!("\"wasm_split_cli_support {WASM_SPLIT} ")) {
        return Ok(false);
    }
    announce(&format!("compiling wasm-split {WASM_SPLIT} into .tools/ (once, about a minute)"));
    run(install("wasm_split_cli_support", WASM_SPLIT)
        .args(["--features", "build-binary"])
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1"))?;
    Ok(true)
}

pub fn mdbook() -> Result<bool> {
    if has("mdbook", MDBOOK) {
        return Ok(false);
    }
    announce(&format!("compiling mdBook {MDBOOK} into .tools/ (once, about 2 minutes)"));
    // Without its server and its search: the tests only build a small book.
    let mut command = install("mdbook", MDBOOK);
    run(command.args(["--debug", "--no-default-features"]).env("CARGO_PROFILE_DEV_DEBUG", "none"))?;
    Ok(true)
}

fn install(package: &str, version: &str) -> Command {
    let mut command = cargo(["install", package, "--locked", "--force", "--version", version, "--root"]);
    command.arg(workspace::tools());
    command
}

/// Whether the program that would be started says that it has this version.
fn has(program: &str, version: &str) -> bool {
    find(&[program])
        .and_then(|path| read(command(path).arg("--version")))
        .is_some_and(|line| line.split_whitespace().nth(1).map(|own| own.trim_start_matches('v')) == Some(version))
}
