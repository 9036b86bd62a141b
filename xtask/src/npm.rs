//! Builds and packs the npm package.

use std::path::PathBuf;
use std::sync::OnceLock;

use anyhow::{Context, Result, anyhow};

use crate::process::{Output, cargo, find, node};
use crate::{setup, small, workspace};

/// Builds the package and gives the path of the packed file. The steps after cargo's are those of wasm/npm/build.mjs.
pub fn build(output: &Output) -> Result<PathBuf> {
    setup::ensure(setup::NPM)?;
    let engine = compile(output, "admittance-wasm", "admittance_wasm")?;
    let analysis = compile(output, "admittance-analysis", "admittance_analysis")?;
    let mut script = node("wasm/npm");
    script
        .arg("build.mjs")
        .env("ADMITTANCE_WASM", engine)
        .env("ADMITTANCE_ANALYSIS_WASM", analysis)
        .env("ADMITTANCE_NPM_OUT", folder())
        .env("WASM_BINDGEN", find(&["wasm-bindgen"]).context("there is no wasm-bindgen")?);
    output.run(&mut script)?;
    Ok(folder().join("admittance.tgz"))
}

/// Compiles a crate, by itself: each of the two is to have its own of the engine's features.
fn compile(output: &Output, package: &str, library: &str) -> Result<PathBuf> {
    let target = ["--profile", "wasm-release", "--target", "wasm32-unknown-unknown"];
    // A crate may be an rlib too, for its tests; beside an rlib there is no link-time optimization.
    let cdylib = ["rustc", "-p", package, "--lib", "--crate-type", "cdylib"];
    output.run(small::wasm(cargo(cdylib).args(target)))?;
    Ok(workspace::target().join(format!("wasm32-unknown-unknown/wasm-release/{library}.wasm")))
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
