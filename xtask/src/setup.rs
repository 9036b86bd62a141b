//! Puts in place what a task needs and the machine lacks. What is there already is left alone.

mod apt;
pub mod chromium;
mod node_packages;
mod python;
mod rust_tools;
mod valgrind;

use anyhow::Result;

/// Something a task needs.
#[derive(Clone, Copy)]
pub enum Need {
    /// Rust's standard library for `wasm32-unknown-unknown`.
    WasmTarget,
    /// The source of Rust's standard library, which is compiled for size.
    RustSource,
    /// The `wasm-bindgen` programs of the version in Cargo.lock.
    WasmBindgen,
    /// Trunk, which builds and serves the playground.
    Trunk,
    /// wasm-split, which takes the playground's program apart.
    WasmSplit,
    /// mdBook, which builds a book in the tests.
    Mdbook,
    /// The npm packages of a folder, as its package-lock.json says.
    NodePackages(&'static str),
    /// A Chromium and its driver.
    Chromium,
    /// Python's package installer, for the data of the `managed` group and of the catalog.
    Pip,
    /// Valgrind, for the `speed` group.
    Valgrind,
}

impl Need {
    /// Puts it in place if it is missing, and says whether it had to.
    fn ensure(self) -> Result<bool> {
        match self {
            Self::WasmTarget => rust_tools::wasm_target(),
            Self::RustSource => rust_tools::rust_source(),
            Self::WasmBindgen => rust_tools::wasm_bindgen(),
            Self::Trunk => rust_tools::trunk(),
            Self::WasmSplit => rust_tools::wasm_split(),
            Self::Mdbook => rust_tools::mdbook(),
            Self::NodePackages(folder) => node_packages::ensure(folder),
            Self::Chromium => chromium::ensure(),
            Self::Pip => python::ensure(),
            Self::Valgrind => valgrind::ensure(),
        }
    }
}

const EDITOR: Need = Need::NodePackages("playground/editor");
// The npm package's tools include wasm-opt, which every release build of wasm goes through.
const PACKAGE: Need = Need::NodePackages("wasm/npm");
const NODE_TESTS: Need = Need::NodePackages("tests/node");
const RUNTIMES: Need = Need::NodePackages("tests/node/runtimes");
const TOOLS: Need = Need::NodePackages("tests/node/runtimes/tools");
const BENCHES: Need = Need::NodePackages("tests/bench/node");
const SITES_TESTS: Need = Need::NodePackages("tests/sites");
const DOCUSAURUS: Need = Need::NodePackages("tests/sites/docusaurus");
const ELEVENTY: Need = Need::NodePackages("tests/sites/eleventy");
const BROWSER_TESTS: Need = Need::NodePackages("tests/browser");

/// To serve a development build of the playground.
pub const SERVE: &[Need] = &[Need::WasmTarget, Need::WasmBindgen, Need::Trunk, EDITOR];
/// To build the playground for release.
pub const BUILD: &[Need] =
    &[Need::WasmTarget, Need::RustSource, Need::WasmBindgen, Need::WasmSplit, Need::Trunk, EDITOR, PACKAGE];
/// To build the npm package.
pub const NPM: &[Need] = &[Need::WasmTarget, Need::RustSource, Need::WasmBindgen, PACKAGE];
/// To run wasm tests in a browser.
pub const WASM_TEST: &[Need] = &[Need::WasmTarget, Need::WasmBindgen, Need::Chromium];
/// To test the npm package, in Node and in a browser.
pub const NODE_TEST: &[Need] = &[NODE_TESTS, Need::Chromium];
/// To test the npm package in other runtimes, bundlers and test runners, which are npm packages too.
pub const RUNTIMES_TEST: &[Need] = &[NODE_TESTS, RUNTIMES, TOOLS, Need::Chromium];
/// To test the playground in a browser.
pub const BROWSER_TEST: &[Need] = &[BROWSER_TESTS, Need::Chromium];
/// To build sites with the widgets and test them in a browser.
pub const SITES_TEST: &[Need] = &[SITES_TESTS, DOCUSAURUS, ELEVENTY, Need::Mdbook, Need::Chromium];
/// To fetch the managed policies, or what the catalog is made of.
pub const MANAGED: &[Need] = &[Need::Pip];
/// To read the licenses of what is shipped.
pub const NOTICES: &[Need] = &[EDITOR, PACKAGE];
/// To run the benchmarks.
pub const BENCH: &[Need] = &[Need::Pip, BENCHES];
/// To count instructions.
pub const SPEED: &[Need] = &[Need::Valgrind];
/// To compile for wasm.
pub const WASM_TARGET: &[Need] = &[Need::WasmTarget];

/// Puts in place what is missing of these; silent when nothing is.
pub fn ensure(needs: &[Need]) -> Result<bool> {
    let mut did_something = false;
    for need in needs {
        did_something |= need.ensure()?;
    }
    Ok(did_something)
}

/// Puts in place what any task needs.
pub fn everything() -> Result<()> {
    let mut did_something = false;
    for needs in [BUILD, WASM_TEST, NODE_TEST, RUNTIMES_TEST, BROWSER_TEST, SITES_TEST, MANAGED, BENCH, SPEED] {
        did_something |= ensure(needs)?;
    }
    println!("{}", if did_something { "Everything is in place now." } else { "Everything is in place already." });
    Ok(())
}

/// Tells the person what is being done and how long it will roughly take.
fn announce(what: &str) {
    println!("set-up: {what}");
}
