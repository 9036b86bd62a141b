//! Builds and packs the npm package.

use std::path::PathBuf;
use std::sync::OnceLock;

use anyhow::{Context, Result, anyhow};

use crate::process::{Output, cargo, find, node};
use crate::{setup, small, workspace};

/// Builds the package and gives the path of the packed file. The steps after cargo's are those of wasm/npm/build.mjs.
pub fn build(output: &Output) -> Result<PathBuf> {
    setup::ensure(setup::NPM)?;
    let target = ["--profile", "wasm-release", "--target", "wasm32-unknown-unknown"];
    // The crate is an rlib too, for its tests; beside an rlib there is no link-time optimization.
    let library = ["rustc", "-p", "admittance-wasm", "--lib", "--crate-type", "cdylib"];
    output.run(small::wasm(cargo(library).args(target)))?;
    let wasm = workspace::target().join("wasm32-unknown-unknown/wasm-release/admittance_wasm.wasm");
    let mut script = node("wasm/npm");
    script
        .arg("build.mjs")
        .env("ADMITTANCE_WASM", wasm)
        .env("ADMITTANCE_NPM_OUT", folder())
        .env("WASM_BINDGEN", find(&["wasm-bindgen"]).context("there is no wasm-bindgen")?);
    output.run(&mut script)?;
    Ok(folder().join("admittance.tgz"))
}

/// The packed file, built when it is first asked for.
pub fn built(output: &Output) -> Result<PathBuf> {
    static BUILT: OnceLock<Result<PathBuf, String>> = OnceLock::new();
    let built =
        BUILT.get_or_init(|| build(output).map_err(|error| format!("the npm package was not built: {error:#}")));
    built.clone().map_err(|error| anyhow!(error))
}

/// Where the package is put together.
pub fn folder() -> PathBuf {
    workspace::target().join("npm")
}
