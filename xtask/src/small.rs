//! The smallest wasm: Rust's own library is compiled for size too, and a panic is a bare trap.
//!
//! Both are not stable yet, so `RUSTC_BOOTSTRAP` lets the stable compiler use them, for the builds
//! that browsers download and for no others. Measured on the npm package's engine, on one commit:
//! 167 kB gzipped with them, 183 kB without.
//!
//! `{:?}` writes nothing in these builds (174.8 kB to 171.0 on a later commit): clippy keeps it out of what they
//! contain. LLVM inlines only what makes the code smaller by itself (170.2 kB), and does not rewrite loops to count
//! addresses (1.8 kB less, on a smaller engine). `opt-level = "s"` and `-Zinline-mir=no` were tried too: the one is
//! far larger, the other changes nothing.

use std::process::Command;

const FLAGS: &str = "-Zunstable-options -Cpanic=immediate-abort -Zfmt-debug=none -Zlocation-detail=none \
                     -Cllvm-args=-inline-threshold=0 -Cllvm-args=-disable-lsr";

/// Makes a build for `wasm32-unknown-unknown` small, whether cargo is started directly or by Trunk.
pub fn wasm(command: &mut Command) -> &mut Command {
    command
        .env("RUSTC_BOOTSTRAP", "1")
        .env("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort")
        .env("CARGO_UNSTABLE_BUILD_STD_FEATURES", "optimize_for_size")
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", FLAGS)
}

/// The same for the playground, whose components are erased too: Leptos then compiles what elements have in common
/// once, and not for each view. Of 2.18 MB of code 1.90 remain.
pub fn playground(command: &mut Command) -> &mut Command {
    let flags = format!("{FLAGS} --cfg erase_components");
    wasm(command).env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", flags)
}
